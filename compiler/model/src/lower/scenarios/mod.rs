//! Scenarios: examples lowered to cases and packages as data (semantics 5.2, 13).
//!
//! In: `scenario` blocks. Out: `Programme::scenarios`, whose cases and packages read like any case a person sends.
//! Always: numbers, dates and closed lists are written as reports.md says; what is not understood is told and left out.

mod cases;
mod expects;
mod packages;
mod paths;
mod reports;
mod values;

use super::Lower;
use crate::{ReadingId, ReadingValue, Scenario, ScenarioCase, ScenarioReport};
use prog_base::{Diagnostic, codes, text};
use prog_syntax::ast;
use std::collections::BTreeMap;

/// What is known while the steps of a scenario are read.
#[derive(Default)]
struct Run {
    /// How many cases of each track there are, for their numbers.
    numbers: BTreeMap<u32, usize>,
    /// Indexes of the cases given since the last `sent`.
    waiting: Vec<usize>,
}

impl Lower<'_> {
    /// Lowers the scenarios; everything else is known.
    pub(crate) fn scenarios(&mut self) {
        for item in &self.index.items {
            let ast::Item::Scenario(scenario) = item else { continue };
            let lowered = self.scenario(scenario);
            self.p.scenarios.push(lowered);
        }
    }

    fn scenario(&mut self, written: &ast::Scenario) -> Scenario {
        let mut scenario = Scenario {
            title: written.title.text.clone(),
            cites: self.example_cites(&written.cites),
            cases: Vec::new(),
            packages: Vec::new(),
            reports: Vec::new(),
            at: None,
            on: None,
            closed: false,
            readings: Vec::new(),
            expects: Vec::new(),
            span: written.span,
        };
        // The stage may stand after the packages that are sent at it.
        scenario.at = written.steps.iter().find_map(|s| if let ast::Step::At(name) = s { self.find_stage(name) } else { None });
        self.shows_faults = written.steps.iter().any(shows_faults);
        let mut run = Run::default();
        for step in &written.steps {
            self.step(step, &mut scenario, &mut run);
        }
        if written.steps.iter().any(|s| matches!(s, ast::Step::Expect(_))) {
            return scenario;
        }
        let title = &written.title.text;
        self.report(
            Diagnostic::warning(
                codes::EXPECTS_NOTHING,
                written.title.span,
                text!("样例“{title}”没有写应当得出什么", "scenario `{title}` expects nothing"),
            )
            .help(text!("加一行，例如 应 结论为 通过", "add a line, such as `expect verdict accepted`")),
        );
        scenario
    }

    fn step(&mut self, step: &ast::Step, scenario: &mut Scenario, run: &mut Run) {
        match step {
            ast::Step::Given(given) => self.given(given, scenario, run),
            ast::Step::Sent(sent) => self.sent(sent, scenario, run),
            ast::Step::At(_) | ast::Step::Bad(_) => {}
            ast::Step::On(day) => scenario.on = self.day_or_moment(day),
            ast::Step::Closed(_) => scenario.closed = true,
            ast::Step::Open(_) => scenario.closed = false,
            ast::Step::Reading { name, value } => {
                if let Some(set) = self.scenario_reading(name, value) {
                    scenario.readings.push(set);
                }
            }
            ast::Step::Expect(expect) => {
                if let Some(expectation) = self.expectation(expect, scenario) {
                    scenario.expects.push(expectation);
                }
            }
        }
    }

    /// `given 6 示范区 { … }`: cases alike, numbered by their track's name.
    fn given(&mut self, given: &ast::Given, scenario: &mut Scenario, run: &mut Run) {
        if let Some(block) = self.block_named(&given.track) {
            let mut json = self.target_report(block, given);
            if let Some(id) = &given.id {
                json["id"] = id.text.clone().into();
            }
            scenario.reports.push(ScenarioReport { block, json });
            return;
        }
        let Some(track) = self.find_track(&given.track) else { return };
        let assumed = self.assumed(track, given);
        let json = self.case(track, given);
        let count = given.count.unwrap_or(1).min(MOST_CASES);
        for n in 0..count {
            let number = run.numbers.entry(track.0).or_default();
            *number += 1;
            let id = match &given.id {
                Some(id) if count == 1 => id.text.clone(),
                Some(id) => format!("{}{}", id.text, n + 1),
                None => format!("{}{number}", self.p.track(track).ident.name),
            };
            if let Some(at) = scenario.cases.iter().position(|c| c.id == id) {
                self.report(
                    Diagnostic::error(codes::CASE_TWICE, given.span, text!("案件“{id}”设了两次", "case `{id}` is given twice"))
                        .help(text!("换一个编号", "give it another id")),
                );
                run.waiting.push(at);
                continue;
            }
            let mut json = json.clone();
            json["id"] = id.clone().into();
            run.waiting.push(scenario.cases.len());
            scenario.cases.push(ScenarioCase { track, id, json, assumed: assumed.clone() });
        }
    }

    fn scenario_reading(&mut self, name: &ast::Name, value: &ast::ReadingValue) -> Option<(ReadingId, String)> {
        let Some(id) = self.reading_named(&name.text) else {
            self.unknown_reading(name);
            return None;
        };
        let text = match (&self.p.readings[id.index()].value, value) {
            (ReadingValue::Choice { values, .. }, ast::ReadingValue::Word(word)) => {
                let values = values.clone();
                values[self.reading_word(&values, word)?].key.clone()
            }
            (ReadingValue::Choice { .. }, ast::ReadingValue::Open(_)) => "open".to_owned(),
            (ReadingValue::Band(_), ast::ReadingValue::Within(ast::Expr { kind: ast::ExprKind::Percent(points), .. })) => {
                format!("within {points}%")
            }
            (ReadingValue::Choice { .. } | ReadingValue::Band(_) | ReadingValue::Expr(_), _) => {
                self.reading_kind(&name.text, name.span);
                return None;
            }
        };
        Some((id, text))
    }
}

/// Whether a step expects what comes of an entry that is not as declared: a finding, a case sent back, something unknown.
fn shows_faults(step: &ast::Step) -> bool {
    use ast::{ExpectKind as E, RuleResult, Verdict};
    let ast::Step::Expect(expect) = step else { return false };
    match &expect.kind {
        E::Verdict(verdict, _) => matches!(verdict, Verdict::Returned | Verdict::Unknown),
        E::Result(_, result, _) => *result == RuleResult::Unknown,
        E::Value(_, value) => matches!(value.kind, ast::ExprKind::Silent(_)),
        E::Finding(_) => true,
        _other => false,
    }
}

/// No scenario needs more cases than a province has schools; a slip of the hand must not fill the memory.
const MOST_CASES: u32 = 10_000;
