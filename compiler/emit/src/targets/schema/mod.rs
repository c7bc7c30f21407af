//! Target `schema`: JSON Schema 2020-12 for forms, cases, packages, decisions and reports.
//!
//! In: the plan. Out: `schema/*.schema.json`.
//! Always: `<track>.case` refuses exactly what the strict reader refuses of well-formed JSON; `<form>` is invalid exactly where a finding
//! that it carries would stand, and names every check that it cannot carry. What is not carried stands in `description` for
//! people and in `$comment` as JSON text (`{"x-prog":…}`) for tools: both are standard keywords, which strict validators accept
//! without any setting. 字数 are never `maxLength`, which counts code points. Shared parts stand once, under `$defs`.

mod batch;
mod case;
mod entry;
mod form;
mod relevance;
mod tree;

use super::{Draft, Drafts};
use crate::Plan;
use crate::json::{Json, Object, compact, pretty};
use prog_model::{Citation, Label};

/// Writes the files of this target.
pub fn emit(plan: &Plan<'_>) -> Drafts {
    let programme = plan.programme;
    let forms = programme.forms.iter().enumerate().map(|(i, f)| form::draft(plan, f, &plan.forms[i]));
    let cases = programme.tracks.iter().enumerate().map(|(i, t)| case::draft(plan, t, &plan.tracks[i]));
    // A plan without applicants has no cases, packages or decisions.
    let batch = if programme.tracks.is_empty() { Vec::new() } else { batch::drafts(plan)? };
    Ok(forms.chain(cases).chain(batch).collect())
}

/// The first members of every schema; `said` is its title and description.
fn head(plan: &Plan<'_>, file: &str, said: Object) -> Object {
    Object::new().with("$schema", "https://json-schema.org/draft/2020-12/schema").with("$id", id(plan, file)).and(said)
}

/// The address of a schema: changes with the programme's version.
fn id(plan: &Plan<'_>, file: &str) -> String {
    format!("urn:prog:{}:{}:{file}", crate::names::code_name(&plan.programme.ident), plan.programme.version)
}

/// A whole file.
fn draft(file: &str, kind: &'static str, schema: Object) -> Draft {
    Draft::text(format!("schema/{file}.schema.json"), kind, pretty(&Json::Object(schema)))
}

/// `$comment`: what a tool may want to know and no keyword says, as JSON text.
fn comment(members: Object) -> String {
    compact(&Json::Object(Object::new().with("x-prog", members)))
}

/// Title and description of one entry: its label, then what else is said of it.
fn described(plan: &Plan<'_>, label: &Label, more: &[String], cites: &[Citation]) -> Object {
    let clauses = plan.clauses(cites);
    let mut words: Vec<String> = label.en.iter().cloned().collect();
    words.extend(more.iter().cloned());
    if !clauses.is_empty() {
        words.push(format!("[{}]", clauses.join("、")));
    }
    let said = Object::new().with("title", label.text.as_str());
    if words.is_empty() { said } else { said.with("description", words.join("。")) }
}
