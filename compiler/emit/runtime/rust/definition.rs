//! What a programme is made of, as the compiler prints it: plain data and functions, all of it constant.
//!
//! Always: what is printed is found by the keys of the programme; a member that is left out has the value of `BLANK`.

pub use super::aims::*;
pub use super::application::*;
pub use super::selection::*;
pub use super::vocabulary::*;
pub use super::workflow::*;

use super::date::Zone;
use super::expression::Item;
use super::scope::Scope;
use super::value::Value;
use super::working_days::Calendar;

/// An expression: a function of the case or group in hand.
pub type Formula = for<'s, 'a> fn(&'s (dyn Scope<'a> + 's)) -> Value<'a>;

/// An expression on an item of a list.
pub type ItemFormula = for<'s, 'a> fn(&'s (dyn Scope<'a> + 's), &'s Item<'a>) -> Value<'a>;

/// Formulas by the key of their track.
pub type ByTrack = &'static [(&'static str, Formula)];

/// The formula of a track.
pub fn of_track(formulas: ByTrack, track: &str) -> Option<Formula> {
    let found = formulas.iter().find(|(key, _)| *key == track);
    found.map(|(_, formula)| *formula)
}

/// The notice is silent.
pub fn unknown<'a>(_: &(dyn Scope<'a> + '_)) -> Value<'a> {
    Value::silent()
}

/// The author's words, in both languages where there are two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

/// What a finding is on: a key, its words, its clauses.
#[derive(Clone, Copy, Debug)]
pub struct Ident {
    /// The key.
    pub key: &'static str,
    /// The words.
    pub label: Label,
    /// Addresses of the clauses.
    pub clauses: &'static [&'static str],
}

/// Declarations with a key, a label of their own or none, and clauses.
macro_rules! ident {
    ($($declared:ident),*) => {$(
        impl $declared {
            /// What findings on it say.
            pub fn ident(&self) -> Ident {
                let zh = if self.label.is_empty() { self.key } else { self.label };
                let en = if self.label_en.is_empty() { zh } else { self.label_en };
                Ident { key: self.key, label: Label { zh, en }, clauses: self.clauses }
            }
        }
    )*};
}

ident!(
    Rule,
    Member,
    Quota,
    Selection,
    Input,
    Material,
    Stage,
    Summary,
    Column,
    TargetInput,
    Indicator
);

/// A whole programme.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    /// Its key.
    pub programme: &'static str,
    /// Its version.
    pub version: &'static str,
    /// Its zone.
    pub zone: Option<Zone>,
    /// Which days are worked.
    pub calendar: Option<Calendar>,
    /// Choices of interpretation.
    pub readings: &'static [Reading],
    /// Who acts.
    pub actors: &'static [Actor],
    /// Closed lists.
    pub lists: &'static [List],
    /// Groups of fields.
    pub records: &'static [Record],
    /// Tables.
    pub tables: &'static [Table],
    /// Values of the programme.
    pub constants: &'static [Constant],
    /// Documents.
    pub materials: &'static [Material],
    /// Routes: the stages of each track.
    pub routes: &'static [Route],
    /// Tables whose rows are cases.
    pub summaries: &'static [Summary],
    /// Limits over many cases.
    pub quotas: &'static [Quota],
    /// Who is proposed to the bodies that decide.
    pub selections: &'static [Selection],
    /// Aims with their milestones.
    pub targets: &'static [Targets],
    /// Kinds of application.
    pub tracks: &'static [Track],
    /// All stages.
    pub stages: &'static [StageName],
}

/// A stage by key and name.
#[derive(Clone, Copy, Debug)]
pub struct StageName {
    /// Its key.
    pub key: &'static str,
    /// Its name, if it is another.
    pub name: Option<&'static str>,
}
