//! Target `sql`: tables with constraints, views that judge them, one file a dialect.
//!
//! In: the plan. Out: `validators/sql/<dialect>.sql`. Always: the rows are those of the evaluation; what a dialect cannot hold exactly is left out
//! there, named in the manifest with the reason at the head of the file, and refused where the dialect was asked for by name.

mod aggregate;
mod calendar;
mod columns;
mod consecutive;
mod cut;
mod day_part;
mod dialect;
mod elapsed;
mod expr;
mod fold;
mod groups;
mod items;
mod lists;
mod node;
mod number;
mod print;
mod quota;
mod quotas;
mod rejected;
mod route;
mod rules;
mod scope;
mod script;
mod selection;
mod selections;
mod sendings;
mod standing;
mod table;
mod time;
mod tree;

pub use dialect::Dialect;

use super::{Draft, Drafts};
use crate::Plan;
use prog_base::{Diagnostic, Severity, codes, text};

/// Writes every dialect.
pub fn emit(plan: &Plan<'_>) -> Drafts {
    Ok(Dialect::ALL.iter().filter(|_| !plan.programme.tracks.is_empty()).map(|dialect| draft(plan, *dialect).0).collect())
}

/// Writes one dialect that was asked for by name: all of it, or the reasons why not.
pub fn emit_one(plan: &Plan<'_>, dialect: Dialect) -> Drafts {
    let (draft, faults) = draft(plan, dialect);
    if faults.is_empty() { Ok(vec![draft]) } else { Err(faults) }
}

fn draft(plan: &Plan<'_>, dialect: Dialect) -> (Draft, Vec<Diagnostic>) {
    let script = script::script(plan, dialect);
    let mut left: Vec<String> = Vec::new();
    let mut faults = Vec::new();
    for (key, place, why) in script.not_carried {
        if !left.contains(&key) {
            left.push(key);
        }
        let (title, zh, en) = (dialect.title(), why.zh, why.en);
        let message = text!("{title} 不能精确表达“{place}”：{zh}", "{title} cannot hold `{place}` exactly: {en}");
        faults.push(Diagnostic::new(Severity::Error, codes::NOT_CARRIED, None, message));
    }
    let path = format!("validators/sql/{}.sql", dialect.name());
    (Draft::text(path, "validator", script.text).carrying(script.carries, left), faults)
}

/// A strength's word in reports.
fn strength_word(strength: prog_model::Strength) -> &'static str {
    use prog_model::Strength;
    match strength {
        Strength::Require => "require",
        Strength::Complete => "complete",
        Strength::InPrinciple => "in principle",
        Strength::Prefer => "prefer",
        Strength::Encourage => "encourage",
        Strength::Note => "note",
        Strength::Waive => "waive",
    }
}
