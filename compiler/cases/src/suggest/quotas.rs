//! Scenarios of quotas: as many alike cases as it takes for the result to change, and one more.
//!
//! In: a quota and the results that no scenario has shown. Out: a scenario a result. Always: the cases are alike and counted; the number is
//! where the result changes, if it does within [`MOST`].

use super::write::{entries, scenario};
use super::{Reads, axes_of, combined, without_needless};
use prog_base::Lang;
use prog_eval::{Options, Prepared, ScenarioRun, result_text, result_word};
use prog_model::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// More alike cases than this are not tried.
const MOST: usize = 130;

/// The scenarios of every quota with a result that none has shown.
pub(super) fn suggestions(p: &Programme, prepared: &Prepared<'_>, run: &ScenarioRun<'_>, lang: Lang) -> Vec<String> {
    let mut all = Vec::new();
    for quota in &p.quotas {
        let shown = run.coverage.iter().find(|c| c.track.is_none() && c.rule == quota.ident.key);
        let mut missing: Vec<RuleResult> =
            shown.map(|c| c.reachable.iter().copied().filter(|r| !c.seen.contains(r)).collect()).unwrap_or_default();
        for track in quota.tracks.iter().map(|id| (*id, p.track(*id))) {
            if missing.is_empty() {
                break;
            }
            let search = Search { p, prepared, quota, track };
            for (result, count, case) in search.found(&missing) {
                missing.retain(|r| *r != result);
                all.extend(search.written(result, count, &case, lang));
            }
        }
    }
    all
}

struct Search<'s, 'p> {
    p: &'p Programme,
    prepared: &'s Prepared<'p>,
    quota: &'p Quota,
    track: (TrackId, &'p Track),
}

impl Search<'_, '_> {
    /// What comes out for so many cases alike; `None`: they are not all counted, or not as one group.
    fn result(&self, case: &Value, count: usize) -> Option<RuleResult> {
        let mut lines = String::new();
        for id in 1..=count {
            let mut case = case.clone();
            case["id"] = json!(id.to_string());
            lines += &format!("{}\n", json!({ "case": case }));
        }
        let batch = self.prepared.read_batch(&lines).ok()?;
        let options = Options { at: self.quota.at, closed: true, alternatives: false, ..Options::default() };
        let report = self.prepared.evaluate_batch(&batch, &options);
        let mut groups = report.findings.iter().filter(|f| f.ident.key == self.quota.ident.key && f.members.len() == count);
        let found = groups.next().map(|f| f.result);
        found.filter(|_| groups.next().is_none())
    }

    /// The smallest case that is counted.
    fn counted(&self) -> Option<Value> {
        let (id, track) = self.track;
        let mut reads = Reads::default();
        let quota = self.quota;
        quota.when.iter().chain([&quota.test]).for_each(|e| reads.expr(self.p, track, e));
        quota.test.visit(&mut |e| {
            if let ExprKind::OverCases { members, .. } = &e.kind {
                let own = members.iter().filter(|m| m.track == id);
                own.flat_map(|m| m.filter.iter().chain(&m.value)).for_each(|e| reads.expr(self.p, track, e));
            }
        });
        quota.keys.iter().flat_map(|k| &k.by_track).filter(|(t, _)| *t == id).for_each(|(_, e)| reads.expr(self.p, track, e));
        let axes = axes_of(self.p, track, &reads);
        let blank = json!({ "programme": self.p.ident.key, "version": self.p.version, "track": track.ident.key });
        let is_counted = |case: &Value| self.result(case, 1).is_some();
        let first = combined(&axes, blank).find(is_counted)?;
        Some(without_needless(&axes, first, is_counted))
    }

    /// For each result asked for the number of cases beside which it changes, else the smallest that brings it.
    fn found(&self, missing: &[RuleResult]) -> Vec<(RuleResult, usize, Value)> {
        let Some(case) = self.counted() else { return Vec::new() };
        let mut first: BTreeMap<RuleResult, usize> = BTreeMap::new();
        let mut edge: BTreeMap<RuleResult, usize> = BTreeMap::new();
        let mut before: Option<(RuleResult, usize)> = None;
        for count in 1..=MOST {
            let Some(result) = self.result(&case, count) else { break };
            first.entry(result).or_insert(count);
            if let Some((other, at)) = before.filter(|(other, _)| *other != result) {
                edge.entry(other).or_insert(at);
                edge.entry(result).or_insert(count);
            }
            before = Some((result, count));
            if missing.iter().all(|r| edge.contains_key(r)) {
                break;
            }
        }
        let at = |result: &RuleResult| edge.get(result).or(first.get(result)).copied();
        missing.iter().filter_map(|r| Some((*r, at(r)?, case.clone()))).collect()
    }

    fn written(&self, result: RuleResult, count: usize, case: &Value, lang: Lang) -> Option<String> {
        let (_, track) = self.track;
        let mut lines = vec![format!("given {count} `{}` {{ {} }}", track.ident.name, entries(self.p, track, case)?.join(", "))];
        lines.extend(self.quota.at.map(|at| format!("at `{}`", self.p.stages[at.index()].name)));
        lines.push("closed".to_owned());
        let name = &self.quota.ident.name;
        lines.push(format!("expect `{name}` {}", result_word(result)));
        let title = format!("{name} {}: {count}", result_text(result).get(lang));
        Some(scenario(&title, &self.p.addresses(&self.quota.cites), &lines))
    }
}
