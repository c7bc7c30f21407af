//! Changes for tools (docs/diff.md has the shape).

use super::Version;
use super::view::{Text, View};
use prog_diff::{Class, Outcome, Witness, WitnessKind};
use serde_json::{Value, json};

/// The whole comparison.
pub fn show(views: &[View<'_>], old: &Version, new: &Version) -> Value {
    let count = |class: &Class| views.iter().filter(|v| v.change.class == *class).count();
    let summary: serde_json::Map<String, Value> = Class::ALL.iter().map(|c| (c.key().to_owned(), json!(count(c)))).collect();
    let version = |v: &Version| json!({ "programme": v.programme.ident.key, "version": v.programme.version });
    json!({
        "old": version(old),
        "new": version(new),
        "differs": views.iter().any(View::differs),
        "open": views.iter().any(View::is_open),
        "summary": summary,
        "changes": views.iter().map(change).collect::<Vec<_>>(),
    })
}

fn change(view: &View<'_>) -> Value {
    let change = view.change;
    json!({
        "id": change.stable_id(),
        "kind": change.id.kind.key(),
        "aspect": change.aspect.key(),
        "names": change.names,
        "tracks": change.tracks,
        "class": change.class.key(),
        "clauses": change.clauses,
        "title": view.title,
        "before": view.before.as_ref().map(side),
        "after": view.after.as_ref().map(side),
        "fingerprint": change.fingerprint,
        "follows": change.follows,
        "through": change.effect.through,
        "tried": change.effect.tried,
        "exact": change.effect.exact,
        "witnesses": change.effect.witnesses.iter().zip(&view.witnesses).map(|(w, words)| witness(w, words)).collect::<Vec<_>>(),
        "notes": view.notes,
        "approved": view.approval.as_ref().map(|a| json!({ "who": a.who, "why": a.why, "when": a.when })),
    })
}

fn side(text: &Text) -> Value {
    json!({ "text": text.text, "file": text.file, "line": text.line })
}

fn witness(witness: &Witness, words: &str) -> Value {
    let kind = match witness.kind {
        WitnessKind::Case => "case",
        WitnessKind::Batch => "batch",
        WitnessKind::Report => "report",
    };
    json!({
        "kind": kind,
        "loses": witness.loses,
        "of": witness.of,
        "count": witness.count,
        "before": outcome(&witness.before),
        "after": outcome(&witness.after),
        "words": words,
        "data": witness.data,
    })
}

fn outcome(outcome: &Outcome) -> Value {
    let by: Vec<Value> = outcome.by.iter().map(|(name, clauses)| json!({ "name": name, "clauses": clauses })).collect();
    json!({ "result": outcome.word, "by": by })
}
