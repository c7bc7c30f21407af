//! Targets: what is reported, what is measured, what must be reached.
//!
//! Always: constant data; a member that is left out has the value of `BLANK`.

use super::date::Day;
use super::definition::Formula;
use super::vocabulary::{FieldType, ShownType};
use super::workflow::Bound;

/// A block of targets.
#[derive(Clone, Copy, Debug)]
pub struct Targets {
    /// Its key.
    pub key: &'static str,
    /// Key of the actor that reports.
    pub reporter: Option<&'static str>,
    /// The key of which there is one reporting body per value.
    pub per: Option<&'static str>,
    /// From when its years count.
    pub from: Option<Start>,
    /// What is reported.
    pub inputs: &'static [TargetInput],
    /// What is measured.
    pub indicators: &'static [Indicator],
}

impl Targets {
    /// Nothing said.
    pub const BLANK: Self = Self {
        key: "",
        reporter: None,
        per: None,
        from: None,
        inputs: &[],
        indicators: &[],
    };
}

/// From when the years of a block count.
#[derive(Clone, Copy, Debug)]
pub enum Start {
    /// From what happens at a stage.
    Stage(&'static str),
    /// From a day.
    Day(Day),
}

/// A reported number or statement.
#[derive(Clone, Copy, Debug)]
pub struct TargetInput {
    /// Its key.
    pub key: &'static str,
    /// Its words, if they are not its key.
    pub label: &'static str,
    /// The same in English, if it is not the same.
    pub label_en: &'static str,
    /// Addresses of its clauses.
    pub clauses: &'static [&'static str],
    /// The member of a report in which it stands.
    pub place: &'static str,
    /// What is entered.
    pub entry: FieldType,
    /// The closed list for each of whose values it is stated.
    pub for_all: Option<&'static str>,
}

impl TargetInput {
    /// Nothing said.
    pub const BLANK: Self = Self {
        key: "",
        label: "",
        label_en: "",
        clauses: &[],
        place: "values",
        entry: FieldType::BLANK,
        for_all: None,
    };
}

/// What is measured.
#[derive(Clone, Copy, Debug)]
pub struct Indicator {
    /// Its key.
    pub key: &'static str,
    /// Its words, if they are not its key.
    pub label: &'static str,
    /// The same in English, if it is not the same.
    pub label_en: &'static str,
    /// Addresses of its clauses.
    pub clauses: &'static [&'static str],
    /// How it is worked out; none: as reported.
    pub formula: Option<Measure>,
    /// How it is shown.
    pub shown: ShownType,
    /// The closed list for each of whose values it is measured.
    pub for_all: Option<&'static str>,
    /// Positions of the inputs that it reads.
    pub reads: &'static [usize],
    /// Keys of the readings that it depends on.
    pub readings: &'static [&'static str],
    /// Its milestones.
    pub milestones: &'static [Milestone],
}

impl Indicator {
    /// Nothing said.
    pub const BLANK: Self = Self {
        key: "",
        label: "",
        label_en: "",
        clauses: &[],
        formula: None,
        shown: ShownType::BLANK,
        for_all: None,
        reads: &[],
        readings: &[],
        milestones: &[],
    };
}

/// How an indicator is worked out; of a quotient also its parts.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// The value.
    pub value: Formula,
    /// Numerator and denominator.
    pub parts: Option<(Formula, Formula)>,
}

/// What an indicator must reach, and when.
#[derive(Clone, Copy, Debug)]
pub struct Milestone {
    /// By this day.
    pub by: Option<Day>,
    /// In this year of the block or the calendar.
    pub year: Option<i64>,
    /// Summed over years.
    pub total: bool,
    /// Addresses of its clauses.
    pub clauses: &'static [&'static str],
    /// What must be reached.
    pub bound: Option<Bound>,
    /// Whether missing it is only noted.
    pub soft: bool,
    /// The notice's words.
    pub words: &'static str,
    /// The same in English, if it is not the same.
    pub words_en: &'static str,
}

impl Milestone {
    /// Nothing said.
    pub const BLANK: Self = Self {
        by: None,
        year: None,
        total: false,
        clauses: &[],
        bound: None,
        soft: false,
        words: "",
        words_en: "",
    };
}
