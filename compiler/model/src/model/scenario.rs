//! Scenarios, lowered to cases as data.

use super::{Citation, LetId, QuotaId, ReadingId, SelectionId, StageId, TrackId};
use crate::Constant;
use prog_base::{Exact, Span};
pub use prog_syntax::ast::{PackageState, Place, RuleResult, Verdict};

/// An executable example.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its title.
    pub title: String,
    /// Citations.
    pub cites: Vec<Citation>,
    /// The cases given, in order, each a complete case (semantics 5.2) with an id.
    pub cases: Vec<ScenarioCase>,
    /// The packages sent, in order.
    pub packages: Vec<ScenarioPackage>,
    /// The reports on targets given, in order.
    pub reports: Vec<ScenarioReport>,
    /// `at STAGE`.
    pub at: Option<StageId>,
    /// `on …`: a day or moment as text (`2024-04-23` or with time and offset).
    pub on: Option<String>,
    /// `closed`.
    pub closed: bool,
    /// Readings set for this run, as on the command line.
    pub readings: Vec<(ReadingId, String)>,
    /// What must come out.
    pub expects: Vec<Expectation>,
    /// The place.
    pub span: Span,
}

/// A case of a scenario.
#[derive(Clone, Debug)]
pub struct ScenarioCase {
    /// Its track.
    pub track: TrackId,
    /// Its id.
    pub id: String,
    /// The case as JSON.
    pub json: serde_json::Value,
    /// Calculations of its track that are taken as given instead of worked out.
    pub assumed: Vec<(LetId, Constant)>,
}

/// A package of a scenario.
#[derive(Clone, Debug)]
pub struct ScenarioPackage {
    /// The package as JSON (`{"id","stage","by","key","at","cases",…}`).
    pub json: serde_json::Value,
}

/// A report on targets of a scenario.
#[derive(Clone, Debug)]
pub struct ScenarioReport {
    /// Index of its block.
    pub block: usize,
    /// The report as JSON (docs/reports.md).
    pub json: serde_json::Value,
}

/// One expectation.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// What is expected.
    pub kind: ExpectationKind,
    /// `for …`: a case's id, or key values of a quota's group as keys in data; of a target its milestone, a report's id, a body, a value of
    /// `for all`; empty: every case, the only group, every milestone that a report decides.
    pub of: Vec<String>,
    /// The place.
    pub span: Span,
}

/// What a value of a case must be, as the report shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpectedValue {
    /// A number in the unit shown.
    Number(Exact),
    /// A text, a day, or the key of a closed list's value.
    Text(String),
    /// Yes or no.
    Bool(bool),
    /// Not known.
    Unknown,
}

/// Where a case's events must have brought it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpectedStatus {
    /// At a stage, by key.
    At(String),
    /// At an end; with this result.
    Ended(Option<String>),
    /// More than one place is possible.
    Unknown,
}

/// The kinds of expectation.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub enum ExpectationKind {
    Verdict(Verdict),
    /// A rule of any track, by key.
    Rule(String, RuleResult),
    /// A material, by key.
    Material(String, RuleResult),
    Quota(QuotaId, RuleResult),
    /// An indicator, by its block's index and its key.
    Target(usize, String, RuleResult),
    Status(ExpectedStatus),
    Tag(String),
    Note(String),
    /// A case-level value by key.
    Value(String, ExpectedValue),
    Outcome(String),
    /// Ids of the cases of a list, in its order.
    Order(SelectionId, Vec<String>),
    /// Where cases stand in a selection; `None`: it is not known.
    Place(SelectionId, Option<Place>),
    /// What cases get of their wishes in a selection: the key of it in data.
    Given(SelectionId, String),
    Package(PackageState),
    /// A finding that is not met exists under this name (rule, quota, stage, material, field), or does not.
    Finding(String, bool),
}
