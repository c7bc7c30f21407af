//! The reference semantics: a model and a case give a report.
//!
//! In: a programme without errors, and cases, packages and decisions as JSON text. Out: reports (docs/reports.md), explanations,
//! results of scenarios. Always: same input, same bytes; no clock, no files; exact numbers; nothing is decided that the notice,
//! the case or people leave open.

mod batch;
mod case;
mod coverage;
mod deadline;
mod eval;
mod evaluate;
mod expect;
pub mod explain;
mod inputs;
mod json;
mod materials;
mod messages;
mod options;
mod pass;
mod prepared;
mod read;
mod readings;
mod refusal;
mod report;
mod route;
mod rules;
mod scenario;
mod scene;
mod select;
mod targets;
mod truth;
mod value;
mod verdict;
mod why;

pub use case::{Batch, Case, Cell, Copy, Data, Decision, Entry, Event, Fault, Package, Problem, Sheet, When};
pub use options::{On, Options, ReadingChoice};
pub use prepared::Prepared;
pub use refusal::Refusal;
pub use report::*;
pub use scenario::{Coverage, Failure, OutcomeCoverage, ScenarioResult, ScenarioRun, run_scenarios, why};
pub use select::{Fares, Given, List, Place, SelectReport, Selected, Short};
pub use targets::{Period, Reported, TargetFinding, TargetItem, TargetReport, TargetsReport, shown_with_unit};
pub use truth::Truth;
pub use value::{Need, Needs, Source, Unknown, Value};
pub use why::Why;

use prog_model::Programme;

/// Reads a case strictly (semantics 5): one that does not read gives no report. For many cases, use [`Prepared`].
pub fn read_case(programme: &Programme, text: &str) -> Result<Case, Refusal> {
    Prepared::new(programme).read_case(text)
}

/// Evaluates one case to the JSON text of its report. For many cases, use [`Prepared`].
pub fn evaluate(programme: &Programme, case: &Case, options: &Options) -> String {
    Prepared::new(programme).evaluate(case, options).to_json(options.lang)
}
