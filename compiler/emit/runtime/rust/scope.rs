//! What every expression stands in: tables, readings and constants of the programme, keys in scope, data notes.
//!
//! A case (`scene.rs`) and a group of a batch (`group.rs`) are scopes and add what their own names mean.

use super::aggregate::{aggregate, Aggregation, Counted};
use super::date::{Day, DayPart, Duration, Moment, Part, Unit};
use super::definition::{Builtin, Formula, Order};
use super::expression::open_quotient;
use super::interval::{holds, scaled, within_band, Relation};
use super::messages::{self, Message, Note};
use super::number::Exact;
use super::prepared::Prepared;
use super::readings::Setting;
use super::table::{self, Split};
use super::text::char_count;
use super::truth::Truth;
use super::value::{all_needs, Needs, Value};
use std::cell::{Cell, RefCell};
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::rc::Rc;

/// The declaration that notes name.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    /// Its key.
    pub key: &'static str,
    /// Addresses of its clauses.
    pub clauses: &'static [&'static str],
}

/// What all scopes have.
#[derive(Debug)]
pub struct Frame<'a> {
    /// The programme.
    pub prepared: &'static Prepared,
    /// What each reading is set to.
    pub settings: Rc<[Setting]>,
    /// Positions of the readings that were asked for.
    pub consulted: RefCell<BTreeSet<usize>>,
    /// Keys of the group, or of a table's row; innermost last.
    pub keys: RefCell<Vec<Rc<[Value<'a>]>>>,
    /// Data notes.
    pub notes: RefCell<Vec<Note>>,
    /// The declaration that notes name.
    pub subject: Cell<Option<Subject>>,
}

impl<'a> Frame<'a> {
    /// Nothing noted yet.
    pub fn new(prepared: &'static Prepared, settings: &Rc<[Setting]>) -> Self {
        Self {
            prepared,
            settings: Rc::clone(settings),
            consulted: RefCell::default(),
            keys: RefCell::default(),
            notes: RefCell::default(),
            subject: Cell::new(None),
        }
    }

    /// Evaluates with a declaration named in notes.
    pub fn naming<T>(&self, subject: Option<Subject>, work: impl FnOnce() -> T) -> T {
        let outer = self.subject.replace(subject);
        let result = work();
        self.subject.set(outer);
        result
    }

    /// Evaluates with keys in scope.
    pub fn with_keys<T>(&self, keys: Rc<[Value<'a>]>, work: impl FnOnce() -> T) -> T {
        self.keys.borrow_mut().push(keys);
        let result = work();
        self.keys.borrow_mut().pop();
        result
    }

    /// The setting of a built-in reading, if the programme has it.
    pub fn builtin(&self, which: Builtin) -> Option<&Setting> {
        self.setting(self.prepared.builtin(which)?)
    }

    /// The setting of a reading by its position.
    pub fn setting(&self, index: usize) -> Option<&Setting> {
        self.consulted.borrow_mut().insert(index);
        self.settings.get(index)
    }

    /// Whether 字数 counts punctuation; the reading's second word does not.
    pub fn counts_punctuation(&self) -> bool {
        self.builtin(Builtin::Length) != Some(&Setting::Choice(1))
    }

    /// The band of the reading `about`, as a fraction of one.
    pub fn band(&self) -> Option<&Exact> {
        match self.builtin(Builtin::About)? {
            Setting::Band(band) => Some(band),
            Setting::Choice(_) | Setting::Open | Setting::Fixed => None,
        }
    }

    /// A data note on what is being evaluated, once.
    fn note_zero(&self, denominator: &str) {
        let subject = self.subject.get().unwrap_or(Subject {
            key: "",
            clauses: &[],
        });
        let message = match denominator {
            "" => messages::ZERO.plain(),
            named => messages::ZERO_NAMED.about_text(named),
        };
        let note = Note {
            rule: subject.key,
            clauses: subject.clauses,
            message: Message::Own(message),
        };
        messages::add_note(&mut self.notes.borrow_mut(), note);
    }

    /// A share whose base is surely empty is a division by zero.
    pub fn note_empty_base(&self, share: &Value<'_>, denominator: &str) {
        if share.needs().is_some_and(|needs| needs.0.is_empty()) {
            self.note_zero(denominator);
        }
    }
}

/// One track's part of an aggregate over cases; its formulas take that track's case.
#[derive(Clone, Copy, Debug)]
pub struct CasePart {
    /// Key of the track.
    pub track: &'static str,
    /// Whether a case counts, or is in the base.
    pub filter: Option<Formula>,
    /// What is taken of it, or whether it is in the part.
    pub value: Option<Formula>,
}

/// What the names in expressions mean; outside a case its facts, rules and lets have no value.
pub trait Scope<'a> {
    /// What all scopes have.
    fn frame(&self) -> &Frame<'a>;

    /// A fact or field by its pointer.
    fn read(&self, _pointer: &str) -> Value<'a> {
        Value::None
    }

    /// Whether a fact or field has an entry.
    fn is_given(&self, _pointer: &str) -> Value<'a> {
        Value::Bool(false)
    }

    /// A rule as truth value.
    fn rule(&self, _key: &str) -> Value<'a> {
        Value::None
    }

    /// A let of the track.
    fn named(&self, _key: &str) -> Value<'a> {
        Value::None
    }

    /// A deadline as a day.
    fn due(&self, stage: &str) -> Value<'a>;

    /// When the case's event at a stage happened.
    fn time(&self, _stage: &str) -> Value<'a> {
        Value::None
    }

    /// An aggregate over the cases of a group.
    fn over_cases(&self, _op: Aggregation, _parts: &[CasePart]) -> Value<'a> {
        Value::None
    }

    /// The share of a part in a base over the cases of a group.
    fn share(&self, _parts: &[CasePart], _denominator: &str) -> Value<'a> {
        Value::None
    }
}

impl<'a> dyn Scope<'a> + '_ {
    /// Whether a reading is set to a word.
    pub fn reading_is(&self, reading: &str, word: &str) -> Value<'a> {
        let prepared = self.frame().prepared;
        let index = prepared.reading(reading);
        let found = index.and_then(|i| self.frame().setting(i).zip(prepared.readings().get(i)));
        match found {
            Some((Setting::Choice(chosen), reading)) => {
                Value::Bool(reading.values.get(*chosen).is_some_and(|key| *key == word))
            }
            Some((Setting::Open | Setting::Band(_) | Setting::Fixed, _)) | None => Value::silent(),
        }
    }

    /// A value of the programme.
    pub fn constant(&self, key: &str) -> Value<'a> {
        let found = self.frame().prepared.constants.get(key);
        found.map_or(Value::None, |constant| (constant.value)(self))
    }

    /// A key of the group, or of the table's row.
    pub fn key(&self, index: usize) -> Value<'a> {
        let keys = self.frame().keys.borrow();
        keys.last()
            .and_then(|keys| keys.get(index))
            .cloned()
            .unwrap_or(Value::None)
    }

    /// The cell of a column in the row that the keys choose.
    pub fn lookup<const N: usize>(
        &self,
        table: &str,
        column: &str,
        keys: [Value<'a>; N],
    ) -> Value<'a> {
        let found = self.frame().prepared.tables.get(table);
        found.map_or(Value::None, |table| {
            table::lookup(self, table, column, &keys)
        })
    }

    /// An aggregate over all rows of a column.
    pub fn over_column(&self, op: Aggregation, table: &str, column: &str) -> Value<'a> {
        match self.frame().prepared.tables.get(table) {
            Some(table) if !table.absent => {
                let rows = table::rows_of(self, table, column).into_iter();
                let member = |(_, value)| Counted {
                    counts: Truth::True,
                    value: Some(value),
                };
                aggregate(op, rows.map(member).collect())
            }
            Some(_) | None => Value::silent(),
        }
    }

    /// The seats of the row that the keys choose, of a total split over a table's rows; what a tie leaves open is unknown.
    pub fn split<const N: usize>(
        &self,
        total: Value<'a>,
        table: &str,
        column: &str,
        method: Split,
        keys: [Value<'a>; N],
    ) -> Value<'a> {
        match self.frame().prepared.tables.get(table) {
            Some(table) if !table.absent => {
                let rows = table::rows_of(self, table, column);
                table::split(&total, &rows, method, &keys)
            }
            Some(_) | None => Value::silent(),
        }
    }

    /// 字数 of a text, number of items of a list.
    pub fn length(&self, value: Value<'a>) -> Value<'a> {
        match value {
            Value::Text(text) => {
                let count = char_count(text, self.frame().counts_punctuation());
                Value::whole(usize::try_from(count).unwrap_or(usize::MAX))
            }
            Value::List(items) | Value::Set(items) => Value::whole(items.len()),
            Value::Unknown(unknown) => Value::unknown(unknown.needs),
            _ => Value::None,
        }
    }

    /// Whether a value lies within the band around a target.
    pub fn about(&self, value: Value<'a>, target: Value<'a>) -> Value<'a> {
        if value.is_none() || target.is_none() {
            return Value::None;
        }
        match self.frame().band() {
            Some(band) => within_band(&value, target, band).into_value(),
            None => Value::silent(),
        }
    }

    /// The rank of a closed list's value: of `best first` lists the first ranks highest.
    pub fn level(&self, list: &str, value: Value<'a>) -> Value<'a> {
        let Value::Text(key) = value else {
            return value;
        };
        let found = self.frame().prepared.lists.get(list);
        let Some((list, place)) = found.and_then(|list| Some((list, list.place(key)?))) else {
            return Value::None;
        };
        match list.order {
            Order::BestFirst => super::interval::negative(Value::whole(place)),
            Order::LowestFirst | Order::None => Value::whole(place),
        }
    }

    /// Compares days; a moment counts as its local day.
    pub fn days(&self, a: Value<'a>, relation: Relation, b: Value<'a>) -> Value<'a> {
        let day = |value: &Value<'a>| self.local_day(value);
        self.compare_times(&a, relation, &b, |a, b| Some(day(a)?.cmp(&day(b)?)))
    }

    /// A day, or the local day of a moment.
    fn local_day(&self, value: &Value<'a>) -> Option<Day> {
        match value {
            Value::Day(day) => Some(*day),
            Value::Moment(moment) => {
                let zone = self.frame().prepared.zone();
                zone.map(|zone| zone.day_of(*moment))
            }
            _ => None,
        }
    }

    /// The time between two days, as `until` measures it; a moment counts as its local day.
    pub fn elapsed(
        &self,
        from: &Value<'a>,
        to: &Value<'a>,
        until: impl Fn(Day, Day) -> i64,
    ) -> Value<'a> {
        if from.is_none() || to.is_none() {
            return Value::None;
        }
        match (self.local_day(from), self.local_day(to)) {
            (Some(from), Some(to)) => Value::Number(Exact::from(until(from, to))),
            (_, _) => Value::unknown(all_needs([from, to])),
        }
    }

    /// What is read off one day; a moment counts as its local day.
    pub fn of_day(&self, part: DayPart, of: &Value<'a>) -> Value<'a> {
        if of.is_none() {
            return Value::None;
        }
        let Some(day) = self.local_day(of) else {
            return Value::unknown(all_needs([of]));
        };
        match day.part(part) {
            Part::Number(number) => Value::Number(Exact::from(number)),
            Part::Day(day) => day.map_or(Value::unknown(Needs::default()), Value::Day),
        }
    }

    /// Compares moments; what is known only by its day counts as the beginning of that day.
    pub fn moments(&self, a: Value<'a>, relation: Relation, b: Value<'a>) -> Value<'a> {
        let zone = self.frame().prepared.zone();
        let moment = |value: &Value<'a>| match value {
            Value::Moment(moment) => Some(*moment),
            Value::Day(day) => zone.and_then(|zone| zone.start_of(*day)),
            _ => None,
        };
        self.compare_times(&a, relation, &b, |a, b| Some(moment(a)?.cmp(&moment(b)?)))
    }

    fn compare_times(
        &self,
        a: &Value<'a>,
        relation: Relation,
        b: &Value<'a>,
        order: impl Fn(&Value<'a>, &Value<'a>) -> Option<Ordering>,
    ) -> Value<'a> {
        if a.is_none() || b.is_none() {
            return Value::None;
        }
        if a.is_unknown() || b.is_unknown() {
            return Value::unknown(all_needs([a, b]));
        }
        let Some(order) = order(a, b) else {
            return Value::unknown(Needs::default());
        };
        match relation {
            Relation::Before if order.is_eq() => self.boundary(Builtin::Before),
            Relation::After if order.is_eq() => self.boundary(Builtin::After),
            relation => Value::Bool(holds(relation, order)),
        }
    }

    /// Before or after: on the boundary itself the reading decides.
    fn boundary(&self, reading: Builtin) -> Value<'a> {
        match self.frame().builtin(reading) {
            Some(Setting::Choice(0)) | None => Value::Bool(true),
            Some(Setting::Choice(_)) => Value::Bool(false),
            Some(Setting::Open | Setting::Band(_) | Setting::Fixed) => Value::silent(),
        }
    }

    /// A day or moment plus a duration taken so many times: a whole number, and not beyond all reach.
    pub fn shifted_times(&self, date: Value<'a>, by: Duration, times: &Value<'a>) -> Value<'a> {
        const MOST: i64 = 10_000_000;
        match (&date, times) {
            (Value::None, _) | (_, Value::None) => Value::None,
            (Value::Unknown(_), _) | (_, Value::Unknown(_)) => {
                Value::unknown(all_needs([&date, times]))
            }
            (_, Value::Number(n)) => match n.to_i64().filter(|n| (-MOST..=MOST).contains(n)) {
                Some(n) => self.shifted(
                    date,
                    Duration {
                        count: by.count * n,
                        ..by
                    },
                ),
                None => Value::unknown(self.frame().prepared.out_of_reach(by)),
            },
            (_, _) => date,
        }
    }

    /// A day or moment plus a duration: days and weeks after a moment are so many hours; all else counts from its local day.
    pub fn shifted(&self, date: Value<'a>, by: Duration) -> Value<'a> {
        let seconds: Option<i64> = match by.unit {
            Unit::Days => Some(86_400),
            Unit::Weeks => Some(604_800),
            Unit::Months | Unit::Years | Unit::WorkingDays => None,
        };
        let day: Option<Day> = match (&date, seconds) {
            (Value::Moment(moment), Some(seconds)) => {
                let at = seconds
                    .checked_mul(by.count)
                    .and_then(|more| moment.0.checked_add(more));
                return at.map_or(Value::unknown(Needs::default()), |at| {
                    Value::Moment(Moment(at))
                });
            }
            (Value::Moment(moment), None) => self
                .frame()
                .prepared
                .zone()
                .map(|zone| zone.day_of(*moment)),
            (Value::Day(day), _) => Some(*day),
            (_, _) => return date,
        };
        let prepared = self.frame().prepared;
        let moved = day.and_then(|day| prepared.later(day, by));
        moved.map_or_else(|| Value::unknown(prepared.out_of_reach(by)), Value::Day)
    }

    /// a ÷ b; a division by zero is unknown, and a note names the denominator.
    pub fn divided(&self, a: Value<'a>, b: Value<'a>, denominator: &str) -> Value<'a> {
        self.quotient(&a, &b, denominator, false)
    }

    /// a ÷ b, of which b is a constant of the programme.
    pub fn divided_by_constant(&self, a: Value<'a>, b: Value<'a>, denominator: &str) -> Value<'a> {
        self.quotient(&a, &b, denominator, true)
    }

    fn quotient(
        &self,
        a: &Value<'a>,
        b: &Value<'a>,
        denominator: &str,
        constant: bool,
    ) -> Value<'a> {
        if a.is_none() || b.is_none() {
            return Value::None;
        }
        let Some(by) = b.number() else {
            return open_quotient(&[a, b]);
        };
        let Some(inverse) = Exact::ONE.divided(by) else {
            self.frame().note_zero(denominator);
            return open_quotient(&[a, b]);
        };
        match a {
            Value::Number(n) => Value::Number(n * &inverse),
            other if constant => scaled(other.clone(), &inverse),
            other => open_quotient(&[other]),
        }
    }
}
