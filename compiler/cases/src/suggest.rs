//! Scenarios that are missing, found from the rules themselves.
//!
//! In: a programme and what its scenarios have shown. Out: scenarios in English words, one a result of a rule or quota that none has shown,
//! and one a step at which a result changes. Always: each holds only what its result needs, and today's result for a person to confirm.

mod quotas;
mod write;

use crate::change::Change;
use crate::constants::Constants;
use crate::values::Boundaries;
use prog_base::{Exact, Lang, combinations};
use prog_eval::{FindingKind, Options, Prepared, ScenarioRun, result_text, result_word};
use prog_model::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use write::{entries, scenario, short};

/// How many combinations are tried for a rule.
const LIMIT: usize = 1200;
/// How many values of one entry.
const VALUES: usize = 9;

/// The scenarios, in the order of the rules. `lang` is that of titles.
pub fn suggestions(p: &Programme, run: &ScenarioRun<'_>, lang: Lang) -> Vec<String> {
    let prepared = Prepared::new(p);
    let mut all = Vec::new();
    for track in &p.tracks {
        for rule in &track.rules {
            let entry = run.coverage.iter().find(|c| c.track == Some(&track.ident.key) && c.rule == rule.ident.key);
            let missing: Vec<RuleResult> =
                entry.map(|c| c.reachable.iter().copied().filter(|r| !c.seen.contains(r)).collect()).unwrap_or_default();
            let search = Search { p, prepared: &prepared, track, rule, lang, axes: axes(p, track, rule) };
            all.extend(search.results(&missing));
            all.extend(search.steps());
        }
    }
    all.extend(quotas::suggestions(p, &prepared, run, lang));
    all
}

/// What is varied: values by place, blank last.
type Axes = Vec<(String, Vec<Option<Value>>)>;

/// The first cases, one value of each axis put into a blank one.
fn combined(axes: &Axes, blank: Value) -> impl Iterator<Item = Value> {
    let rows = combinations(axes.iter().map(|(_, values)| values.len()).collect()).take(LIMIT);
    rows.map(move |row| {
        axes.iter().zip(&row).fold(blank.clone(), |case, ((pointer, values), chosen)| {
            Change { pointer: pointer.clone(), value: values[*chosen].clone() }.on(&case)
        })
    })
}

/// The case without every entry that can go while it stays as wanted.
fn without_needless(axes: &Axes, case: Value, is_wanted: impl Fn(&Value) -> bool) -> Value {
    axes.iter().fold(case, |case, (pointer, _)| {
        let less = Change { pointer: pointer.clone(), value: None }.on(&case);
        if is_wanted(&less) { less } else { case }
    })
}

struct Search<'s, 'p> {
    p: &'p Programme,
    prepared: &'s Prepared<'p>,
    track: &'p Track,
    rule: &'p Rule,
    lang: Lang,
    /// What the rule reads.
    axes: Axes,
}

impl Search<'_, '_> {
    fn blank(&self) -> Value {
        json!({ "programme": self.p.ident.key, "version": self.p.version, "id": "1", "track": self.track.ident.key })
    }

    fn result(&self, case: &Value) -> Option<RuleResult> {
        let case = self.prepared.read_case(&case.to_string()).ok()?;
        let report = self.prepared.evaluate(&case, &Options { alternatives: false, ..Options::default() });
        let mut found = report.findings.iter().chain(&report.later);
        found.find(|f| f.kind == FindingKind::Rule && f.ident.key == self.rule.ident.key).map(|f| f.result)
    }

    /// The first case found for each result.
    fn found(&self) -> BTreeMap<RuleResult, Value> {
        let mut found = BTreeMap::new();
        for case in combined(&self.axes, self.blank()) {
            if let Some(result) = self.result(&case) {
                found.entry(result).or_insert(case);
            }
        }
        found
    }

    /// The case without whatever its result does not need.
    fn small(&self, case: Value, result: RuleResult) -> Value {
        without_needless(&self.axes, case, |less| self.result(less) == Some(result))
    }

    /// One scenario a missing result.
    fn results(&self, missing: &[RuleResult]) -> Vec<String> {
        if missing.is_empty() {
            return Vec::new();
        }
        let found = self.found();
        let cases = missing.iter().filter_map(|result| Some((*result, self.small(found.get(result)?.clone(), *result))));
        let title = |result: RuleResult| format!("{} {}", self.rule.ident.name, result_text(result).get(self.lang));
        cases.filter_map(|(result, case)| self.written(&title(result), &[("1".to_owned(), case, result)])).collect()
    }

    /// One scenario for each number or day at which the result changes: a step below, on and above.
    fn steps(&self) -> Vec<String> {
        let Some(met) = self.found_met() else { return Vec::new() };
        let mut all = Vec::new();
        for (pointer, values) in &self.axes {
            let ordered: Vec<&Value> = values.iter().flatten().filter(|v| number(v).is_some() || is_day(v)).collect();
            let at = |value: &Value| Change { pointer: pointer.clone(), value: Some(value.clone()) }.on(&met);
            let results: Vec<Option<RuleResult>> = ordered.iter().map(|v| self.result(&at(v))).collect();
            let mut told = 0;
            for i in 1..ordered.len() {
                // A value that is none of the field's says nothing about the rule.
                let none = [results[i], results[i - 1]].iter().any(|r| r.is_none_or(|r| r == RuleResult::Unknown));
                if none
                    || i < told
                    || results[i] == results[i - 1]
                    || self.is_shown(pointer, ordered[i]) && self.is_shown(pointer, ordered[i - 1])
                {
                    continue;
                }
                let window = i - 1..(i + 2).min(ordered.len());
                told = window.end;
                let cases: Vec<(String, Value, RuleResult)> = window
                    .filter_map(|n| {
                        let result = results[n]?;
                        Some((short(ordered[n]), self.small(at(ordered[n]), result), result))
                    })
                    .collect();
                let values = cases.iter().map(|(id, ..)| id.as_str()).collect::<Vec<_>>().join(", ");
                all.extend(self.written(&format!("{}: {values}", self.rule.ident.name), &cases));
            }
        }
        all
    }

    fn found_met(&self) -> Option<Value> {
        let changing = self.axes.iter().any(|(_, values)| values.iter().flatten().any(|v| number(v).is_some() || is_day(v)));
        if changing { self.found().remove(&RuleResult::Met) } else { None }
    }

    /// Whether a scenario's case of this track holds the value there.
    fn is_shown(&self, pointer: &str, value: &Value) -> bool {
        let cases = self.p.scenarios.iter().flat_map(|s| &s.cases);
        cases.filter(|c| self.p.track(c.track).ident.key == self.track.ident.key).any(|c| c.json.pointer(pointer) == Some(value))
    }

    fn written(&self, title: &str, cases: &[(String, Value, RuleResult)]) -> Option<String> {
        let mut lines = Vec::new();
        for (id, case, _) in cases {
            lines.push(format!("given `{}` {} {{ {} }}", self.track.ident.name, json!(id), entries(self.p, self.track, case)?.join(", ")));
        }
        for (id, _, result) in cases {
            lines.push(format!("expect `{}` {} for {}", self.rule.ident.name, result_word(*result), json!(id)));
        }
        Some(scenario(title, &self.p.addresses(&self.rule.cites), &lines))
    }
}

fn number(value: &Value) -> Option<Exact> {
    match value {
        Value::Number(n) => Exact::parse(&n.to_string()),
        Value::String(text) => Exact::parse(text),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn is_day(value: &Value) -> bool {
    value.as_str().is_some_and(|t| prog_base::Date::parse(t).is_some())
}

/// What a rule reads and the values that may stand there.
fn axes(p: &Programme, track: &Track, rule: &Rule) -> Axes {
    let mut reads = Reads::default();
    reads.rule(p, track, rule);
    axes_of(p, track, &reads)
}

/// The places read and the values that may stand there.
fn axes_of(p: &Programme, track: &Track, reads: &Reads) -> Axes {
    let mut constants = reads.constants.clone();
    let turning: Vec<_> = reads.counted.iter().flat_map(|e| p.turning_days(e, &constants.numbers, &constants.dates)).collect();
    constants.dates.extend(turning);
    let around = Boundaries { programme: p, constants };
    let mut axes: BTreeMap<String, Vec<Option<Value>>> = BTreeMap::new();
    for change in around.changes(track).into_iter().filter(|change| reads.pointers.contains(&change.pointer)) {
        let odd = |v: &Value| {
            matches!(v.as_str(), Some("不在表内" | "2024-02-30" | "😀𠀀" | "　"))
                || v.as_array().is_some_and(|l| l.len() == 1 && l[0] == "不在表内")
        };
        let values = axes.entry(change.pointer).or_default();
        if change.value.as_ref().is_none_or(|v| !odd(v)) && values.len() < VALUES && !values.contains(&change.value) {
            values.push(change.value);
        }
    }
    // Blank comes last: what is said reads better than what is left out.
    axes.values_mut().for_each(|values| values.sort_by_key(Option::is_none));
    axes.into_iter().collect()
}

/// Places of a case that a rule reads, and the constants it compares them with.
#[derive(Default)]
struct Reads {
    pointers: BTreeSet<String>,
    constants: Constants,
    /// The time between two days, what is read off one.
    counted: Vec<Expr>,
    rules: BTreeSet<String>,
}

impl Reads {
    fn rule(&mut self, p: &Programme, track: &Track, rule: &Rule) {
        if !self.rules.insert(rule.ident.key.clone()) {
            return;
        }
        rule.when.iter().chain(&rule.unless).chain(&rule.each).for_each(|e| self.expr(p, track, e));
        self.test(p, track, &rule.ident.key, &rule.test);
        for waiver in &rule.waived_by {
            self.rule(p, track, &track.rules[waiver.index()]);
        }
    }

    fn test(&mut self, p: &Programme, track: &Track, key: &str, test: &Test) {
        let place = match test {
            Test::Expr(e) => return self.expr(p, track, e),
            Test::Threshold { members, .. } => {
                for member in members {
                    member.when.iter().for_each(|e| self.expr(p, track, e));
                    self.test(p, track, &member.ident.key, &member.test);
                }
                return;
            }
            Test::Judged { .. } => "judgements",
            Test::Attested { .. } => "attested",
            Test::External { .. } => "external",
            Test::Bad => return,
        };
        self.pointers.insert(Change::of(place, key, None).pointer);
    }

    fn expr(&mut self, p: &Programme, track: &Track, e: &Expr) {
        let mut named: Vec<&Expr> = Vec::new();
        let mut rules: Vec<&Rule> = Vec::new();
        e.visit(&mut |x| match &x.kind {
            ExprKind::Number(n) => self.constants.numbers.push(n.clone()),
            ExprKind::Date(day) => self.constants.dates.push(*day),
            ExprKind::Text(text) => self.constants.texts.push(text.clone()),
            ExprKind::Elapsed { .. } | ExprKind::OfDay { .. } => self.counted.push(x.clone()),
            ExprKind::Input(id) => {
                let input = p.input(*id);
                self.pointers.insert(input.pointer.clone());
            }
            _other => {}
        });
        e.visit(&mut |x| match &x.kind {
            ExprKind::Let(id) => named.extend(track.lets.get(id.index()).map(|l| &l.value)),
            ExprKind::Constant(id) => named.extend(p.lets.get(id.index()).map(|l| &l.value)),
            ExprKind::Input(id) => {
                named.extend(&p.input(*id).when);
                if let Origin::Computed(value) = &p.input(*id).origin {
                    named.push(value);
                }
            }
            ExprKind::Rule(id) => rules.extend(track.rules.get(id.index())),
            _other => {}
        });
        named.into_iter().for_each(|e| self.expr(p, track, e));
        rules.into_iter().for_each(|r| self.rule(p, track, r));
    }
}
