//! Runs the programme's scenarios and says which expectations failed; sums up which results were seen.
//!
//! In: scenarios lowered to JSON. Out: failures with what was expected and what came out; coverage. Always: a scenario goes through the
//! strict reader, like any other input.

use crate::case::{Batch, Data};
use crate::coverage;
use crate::expect;
use crate::options::{Options, ReadingChoice};
use crate::prepared::Prepared;
use crate::refusal::Refusal;
use crate::report::BatchReport;
use crate::select::SelectReport;
use crate::why::{self, Asked, Why};
use prog_base::{Lang, SourceMap, Span, Text, text};
use prog_model::{Constant, Expectation, ExpectationKind, Programme, ReadingId, RuleResult, Scenario};
use std::borrow::Cow;

/// All scenarios of one programme.
#[derive(Clone, Debug)]
pub struct ScenarioRun<'a> {
    /// One a scenario, in source order.
    pub results: Vec<ScenarioResult<'a>>,
    /// One a rule, quota and target, in source order.
    pub coverage: Vec<Coverage<'a>>,
    /// One an outcome of a stage, in source order.
    pub outcomes: Vec<OutcomeCoverage<'a>>,
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
    /// The id of the case that it is about, where it is about one.
    pub case: Option<String>,
}

/// Which results of a rule, quota or target the scenarios have shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage<'a> {
    /// Key of the track, of a target its block; `None` for a quota.
    pub track: Option<&'a str>,
    /// Key of the rule or quota; of a target its indicator and milestone.
    pub rule: Cow<'a, str>,
    /// The clauses it cites.
    pub clauses: Vec<&'a str>,
    /// Its place.
    pub span: Span,
    /// Results that came out.
    pub seen: Vec<RuleResult>,
    /// Results that can come out, as far as the compiler shows.
    pub reachable: Vec<RuleResult>,
}

/// Whether the scenarios have shown an outcome of a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeCoverage<'a> {
    /// Keys of the tracks that go this way.
    pub tracks: Vec<&'a str>,
    /// Key of the stage.
    pub stage: &'a str,
    /// The outcome; `None`: what lateness does.
    pub outcome: Option<&'a str>,
    /// Key of the stage that it leads to; `None`: the end.
    pub leads_to: Option<&'a str>,
    /// The stage's clauses.
    pub clauses: Vec<&'a str>,
    /// Its place.
    pub span: Span,
    /// Whether a case has taken it.
    pub seen: bool,
}

/// Runs all scenarios.
pub fn run_scenarios(p: &Programme) -> ScenarioRun<'_> {
    let prepared = Prepared::new(p);
    let mut seen = coverage::Seen::default();
    let results = p.scenarios.iter().map(|scenario| ScenarioResult { scenario, failures: run(&prepared, scenario, &mut seen) }).collect();
    ScenarioRun { results, coverage: coverage::coverage(p, &seen), outcomes: coverage::outcomes(p, &seen) }
}

/// Why an expectation did not come true: the place of what it is about, and how the result came to be.
pub fn why(p: &Programme, scenario: &Scenario, failure: &Failure, sources: &SourceMap) -> Why {
    let prepared = Prepared::new(p);
    let read = options(p, scenario).ok().zip(read(&prepared, scenario).ok());
    let expectation = scenario.expects.iter().find(|e| e.span == failure.span);
    let (Some((options, batch)), Some(expectation)) = (read, expectation) else { return Why::default() };
    let (_, batch) = proposed(&prepared, scenario, &batch, &options);
    let report = evaluate(&prepared, scenario, &batch, &options);
    let asked = Asked { prepared: &prepared, batch: &batch, report: &report, options: &options, sources };
    why::why(&asked, scenario, expectation, failure)
}

fn run(prepared: &Prepared<'_>, scenario: &Scenario, seen: &mut coverage::Seen) -> Vec<Failure> {
    let unread = |span, found| vec![Failure { span, expected: text!("样例可以读入", "the scenario can be read"), found, case: None }];
    let options = match options(prepared.programme, scenario) {
        Ok(options) => options,
        Err(found) => return unread(scenario.span, found),
    };
    let batch = match read(prepared, scenario) {
        Ok(batch) => batch,
        Err(refusal) => return unread(scenario.span, refused(&refusal)),
    };
    let (selected, known) = proposed(prepared, scenario, &batch, &options);
    let batch = &known;
    let report = evaluate(prepared, scenario, batch, &options);
    seen.add(&report);
    batch.cases.iter().for_each(|case| seen.add_route(prepared, case, &options));
    let reports = match prepared.read_reports(&lines_of(scenario.reports.iter().map(|r| &r.json))) {
        Ok(reports) => reports,
        Err(refusal) => return unread(scenario.span, refused(&refusal)),
    };
    let targets = prepared.check_targets(&reports, &options);
    seen.add_targets(&targets);
    scenario
        .expects
        .iter()
        .flat_map(|expectation| {
            expect::check(&expect::Found { p: prepared.programme, batch: &report, targets: &targets, selected: &selected }, expectation)
        })
        .collect()
}

fn lines_of<'j>(values: impl Iterator<Item = &'j serde_json::Value>) -> String {
    values.map(|json| format!("{json}\n")).collect()
}

/// Words for a refusal with its place.
fn refused(refusal: &Refusal) -> Text {
    let (message, pointer) = (&refusal.message, &refusal.pointer);
    let code = refusal.code.0;
    Text { zh: format!("{code} {}（{pointer}）", message.zh), en: format!("{code} {} ({pointer})", message.en) }
}

fn read(prepared: &Prepared<'_>, scenario: &Scenario) -> Result<Batch, Refusal> {
    let mut lines = String::new();
    for case in &scenario.cases {
        lines.push_str(&serde_json::json!({ "case": case.json }).to_string());
        lines.push('\n');
    }
    for package in &scenario.packages {
        lines.push_str(&serde_json::json!({ "package": package.json }).to_string());
        lines.push('\n');
    }
    let mut batch = prepared.read_batch(&lines)?;
    for (case, given) in batch.cases.iter_mut().zip(&scenario.cases) {
        case.assumed = given.assumed.iter().map(|(named, value)| (named.index(), data(value))).collect();
    }
    Ok(batch)
}

fn data(value: &Constant) -> Data {
    match value {
        Constant::Bool(value) => Data::Bool(*value),
        Constant::Number(n) => Data::Number(n.clone()),
        Constant::Date(day) => Data::Date(*day),
        Constant::Enum(_, index) => Data::Enum(*index),
        Constant::Text(text) => Data::Text(text.clone()),
    }
}

fn options(p: &Programme, scenario: &Scenario) -> Result<Options, Text> {
    let fault = |d: prog_base::Diagnostic| d.message;
    let on = scenario.on.as_ref().map(|text| Options::day_or_moment(p, text)).transpose().map_err(fault)?;
    let readings = scenario.readings.iter().map(|(id, value)| reading(p, *id, value)).collect::<Result<Vec<_>, Text>>()?;
    Ok(Options { at: scenario.at, on, readings, alternatives: true, closed: scenario.closed, lang: Lang::Zh })
}

fn reading(p: &Programme, id: ReadingId, value: &str) -> Result<(ReadingId, ReadingChoice), Text> {
    Options::reading(p, &format!("{}={value}", p.reading(id).ident.name)).map_err(|d| d.message)
}

/// What is proposed, and the batch with it: where the scenario looks at a stage or after it, is closed, or asks for it.
fn proposed<'a>(prepared: &'a Prepared<'a>, scenario: &Scenario, batch: &'a Batch, options: &Options) -> (SelectReport<'a>, Batch) {
    let asks = |e: &Expectation| matches!(e.kind, ExpectationKind::Order(..) | ExpectationKind::Place(..) | ExpectationKind::Given(..));
    if scenario.at.is_some() || scenario.closed || scenario.expects.iter().any(asks) {
        return prepared.proposals(batch, options);
    }
    (SelectReport { programme: prepared.programme, selections: Vec::new() }, batch.clone())
}

/// Single cases, or a batch where packages are sent or quotas expected.
fn evaluate<'a>(prepared: &'a Prepared<'a>, scenario: &Scenario, batch: &'a Batch, options: &Options) -> BatchReport<'a> {
    let p = prepared.programme;
    let quota = |key: &str| p.quotas.iter().any(|q| q.ident.key == key);
    let about_quota = |expectation: &Expectation| match &expectation.kind {
        ExpectationKind::Quota(..) | ExpectationKind::Package(_) => true,
        ExpectationKind::Note(key) | ExpectationKind::Finding(key, _) => quota(key),
        ExpectationKind::Verdict(_)
        | ExpectationKind::Rule(..)
        | ExpectationKind::Material(..)
        | ExpectationKind::Status(_)
        | ExpectationKind::Tag(_)
        | ExpectationKind::Value(..)
        | ExpectationKind::Outcome(_)
        | ExpectationKind::Order(..)
        | ExpectationKind::Place(..)
        | ExpectationKind::Given(..)
        | ExpectationKind::Target(..) => false,
    };
    if !batch.packages.is_empty() || scenario.closed || scenario.expects.iter().any(about_quota) {
        return prepared.evaluate_batch(batch, options);
    }
    BatchReport {
        programme: p,
        reports: batch.cases.iter().map(|case| prepared.evaluate(case, options)).collect(),
        closed: false,
        stage: None,
        packages: Vec::new(),
        findings: Vec::new(),
        notes: Vec::new(),
    }
}
