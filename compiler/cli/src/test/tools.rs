//! Results of scenarios as JSON.

use super::{Ran, RanScenario};
use prog_base::{Lang, SourceMap, Span};
use prog_eval::explain::to_json;
use prog_eval::result_word;
use prog_model::RuleResult;
use serde_json::{Value, json};

/// `{ "programmes": [ { "programme", "scenarios", "coverage", "outcomes" } ] }`.
pub fn json(all: &[Ran], sources: &SourceMap, lang: Lang) -> String {
    let one = |ran: &Ran| {
        json!({
            "programme": ran.programme,
            "scenarios": ran.scenarios.iter().map(|s| scenario(s, sources, lang)).collect::<Vec<_>>(),
            "coverage": ran.coverage.iter().map(|entry| json!({
                "track": entry.track, "rule": entry.rule, "clauses": entry.clauses,
                "seen": words(&entry.seen), "reachable": words(&entry.reachable),
            })).collect::<Vec<_>>(),
            "outcomes": ran.outcomes.iter().map(|entry| json!({
                "tracks": entry.tracks, "stage": entry.stage, "outcome": entry.outcome, "leads_to": entry.leads_to,
                "clauses": entry.clauses, "seen": entry.seen,
            })).collect::<Vec<_>>(),
        })
    };
    format!("{:#}\n", json!({ "programmes": all.iter().map(one).collect::<Vec<_>>() }))
}

fn scenario(one: &RanScenario, sources: &SourceMap, lang: Lang) -> Value {
    let place = |span: Span| {
        let source = sources.get(span.file);
        let at = source.position(span.start as usize);
        json!({ "file": source.path, "line": at.line, "column": at.column })
    };
    let failure = |(failure, why): &(prog_eval::Failure, prog_eval::Why)| {
        json!({
            "expected": failure.expected.get(lang), "found": failure.found.get(lang), "case": failure.case,
            "place": place(failure.span), "decided_by": why.place.map(place),
            "reasons": serde_json::from_str::<Value>(&to_json(&why.reasons)).unwrap_or_default(),
        })
    };
    json!({
        "title": one.title,
        "passed": one.failures.is_empty(),
        "failures": one.failures.iter().map(failure).collect::<Vec<_>>(),
    })
}

fn words(results: &[RuleResult]) -> Vec<&'static str> {
    results.iter().copied().map(result_word).collect()
}
