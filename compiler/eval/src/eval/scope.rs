//! Where an expression stands: what its names mean.

use crate::case::Data;
use crate::readings::Setting;
use crate::report::Note;
use crate::value::Value;
use prog_base::{Date, Moment, Zone};
use prog_model::{CaseMember, Citation, Expr, Ident, InputId, LetId, Programme, RecordId, RuleId, ShareMember, StageId};

/// The surroundings of an expression: one case, one group of a batch, or none.
pub trait Scope<'a> {
    /// The programme.
    fn programme(&self) -> &'a Programme;
    /// Items and keys in scope, notes so far.
    fn frame(&mut self) -> &mut Frame<'a>;
    /// What a reading is set to.
    fn setting(&self, reading: usize) -> &Setting;
    /// A fact or field.
    fn input(&mut self, id: InputId) -> Value<'a>;
    /// Whether a fact or field has an entry.
    fn is_given(&mut self, id: InputId) -> bool;
    /// A rule as truth value.
    fn rule(&mut self, id: RuleId) -> Value<'a>;
    /// A let of the track.
    fn named(&mut self, id: LetId) -> Value<'a>;
    /// The expression of a let of the track.
    fn named_expr(&self, id: LetId) -> Option<&'a Expr>;
    /// A deadline as a day.
    fn due(&mut self, stage: StageId) -> Value<'a>;
    /// When the case's event at a stage happened.
    fn time(&mut self, stage: StageId) -> Value<'a>;
    /// An aggregate over cases.
    fn over_cases(&mut self, op: prog_model::Aggregation, members: &'a [CaseMember]) -> Value<'a>;
    /// A share of cases.
    fn share(&mut self, members: &'a [ShareMember]) -> Value<'a>;
}

/// What inner scopes add, and what evaluation leaves behind.
#[derive(Default)]
pub struct Frame<'a> {
    /// Items of enclosing list scopes, innermost last.
    pub items: Vec<ItemFrame<'a>>,
    /// Keys of the quota's group, or of a table's row; innermost last.
    pub keys: Vec<Vec<Value<'a>>>,
    /// What the keys in scope are called, for notes; of a formula of targets the numbers reported.
    pub key_names: &'a [Ident],
    /// Data notes.
    pub notes: Vec<Note<'a>>,
    /// What is being evaluated, for notes.
    pub subject: Option<Subject<'a>>,
}

/// A declaration that notes name.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// Its key.
    pub key: &'a str,
    /// Its citations.
    pub cites: &'a [Citation],
}

/// An item of a list.
#[derive(Clone, Copy)]
pub enum ItemFrame<'a> {
    /// An entered item and its record, if it is one.
    Data(&'a Data, Option<RecordId>),
    /// A chosen value of a closed list.
    Choice(usize),
}

/// The day of a deadline given as a moment: midnight belongs to the day that ends then.
pub fn day_of_deadline(zone: Option<&Zone>, moment: Moment) -> Option<Date> {
    zone?.day_of(Moment(moment.0 - 1))
}
