//! `schema/package.schema.json`, `schema/decision.schema.json`, `schema/report.schema.json`.
//!
//! In: the plan. Out: three drafts. Always: the package and decision schemas are of the objects under `package` and `decision`
//! of a batch line; the report schema is of a case's report or of the batch's last line.

use super::case::{closed, copies, not_null};
use super::entry::{Defs, Depth};
use super::{draft, head};
use crate::json::{Json, Object, compact};
use crate::targets::{Draft, Drafts};
use crate::{Plan, templates};
use prog_base::Diagnostic;
use serde::Serialize;

/// The drafts that every programme has.
pub fn drafts(plan: &Plan<'_>) -> Drafts {
    Ok(vec![package(plan), decision(plan), report(plan)?])
}

fn said(plan: &Plan<'_>, what: &str, words: &str) -> Object {
    Object::new().with("title", format!("{}：{what}", plan.programme.ident.label.text)).with("description", words)
}

/// A value of a key, or several by name.
fn key(defs: &mut Defs<'_>) -> Object {
    let value = || {
        let kinds = [vec!["string", "null"], vec!["integer"], vec!["boolean"]];
        Object::new().with("anyOf", kinds.map(|k| Object::new().with("type", k)).to_vec())
    };
    let one = defs.refer("key_value", |_| value());
    let many = Object::new().with("type", "object").with("additionalProperties", one.clone());
    Object::new().with("anyOf", vec![one, many])
}

/// One of these keys, or null.
fn one_of<'k>(keys: impl Iterator<Item = &'k str>) -> Object {
    let keys = keys.map(Json::from).chain([Json::Null]).collect();
    Object::new().with("enum", Json::List(keys))
}

fn package(plan: &Plan<'_>) -> Draft {
    let programme = plan.programme;
    let mut defs = Defs::new(plan, Depth::Types);
    let cell = defs.refer("cell", |_| {
        let kinds = [vec!["string", "null"], vec!["integer"], vec!["boolean"]];
        Object::new().with("anyOf", kinds.map(|k| Object::new().with("type", k)).to_vec())
    });
    let materials: Object = programme
        .materials
        .iter()
        .filter(|m| m.per_package)
        .map(|m| (m.ident.key.clone(), Json::Object(Object::new().with("title", m.ident.label.text.as_str()).and(copies(&mut defs)))))
        .collect();
    let quotas = programme.quotas.iter();
    let reasons: Object = quotas.map(|q| (q.ident.key.clone(), Json::Object(defs.text()))).collect();
    let list = |items: Object| Object::new().with("type", vec!["array", "null"]).with("items", items);
    let properties = Object::new()
        .with("id", defs.text())
        .with("stage", one_of(programme.stages.iter().map(|s| s.key.as_str())))
        .with("by", defs.text())
        .with("key", key(&mut defs))
        .with("at", defs.text())
        .with("channel", defs.text())
        .with("cases", list(Object::new().with("type", "string")))
        .with("summary", list(not_null(closed(row(plan, &cell)))))
        .with("materials", closed(materials))
        .with("reasons", closed(reasons));
    let words = "同一单位在同一环节一次报送的全部申报 / what one actor sends at one stage";
    let schema = head(plan, "package", said(plan, "报送包", words)).and(not_null(closed(properties))).with_some("$defs", defs.finish());
    draft("package", "package schema", schema)
}

/// Cells of a summary's row; those under a common head within it.
fn row(plan: &Plan<'_>, cell: &Object) -> Object {
    let mut row = Object::new().with("case", cell.clone());
    let mut groups: Vec<(&str, Object)> = Vec::new();
    for summary in &plan.programme.summaries {
        for (index, column) in summary.columns.iter().enumerate() {
            let key = column.ident.key.as_str();
            let Some(group) = summary.group_of(index) else {
                if row.get(key).is_none() {
                    row.set(key, cell.clone());
                }
                continue;
            };
            let at = groups.iter().position(|(head, _)| *head == group.key).unwrap_or_else(|| {
                groups.push((&group.key, Object::new()));
                groups.len() - 1
            });
            if groups[at].1.get(key).is_none() {
                groups[at].1.set(key, cell.clone());
            }
        }
    }
    for (head, members) in groups {
        row.set(head, closed(members));
    }
    row
}

fn decision(plan: &Plan<'_>) -> Draft {
    let mut defs = Defs::new(plan, Depth::Types);
    let properties = Object::new()
        .with("quota", one_of(plan.programme.quotas.iter().map(|q| q.ident.key.as_str())))
        .with("key", key(&mut defs))
        .with("by", defs.text())
        .with("why", defs.text())
        .with("at", defs.text());
    let words = "对名额结论的书面决定 / a recorded decision on a quota";
    let schema = head(plan, "decision", said(plan, "决定", words)).and(not_null(closed(properties))).with_some("$defs", defs.finish());
    draft("decision", "decision schema", schema)
}

#[derive(Serialize)]
struct ReportView {
    id: String,
    title: String,
    programme: String,
    tracks: Option<String>,
}

fn report(plan: &Plan<'_>) -> Result<Draft, Vec<Diagnostic>> {
    let programme = plan.programme;
    let tracks: Vec<&str> = programme.tracks.iter().map(|t| t.ident.key.as_str()).collect();
    let id = super::id(plan, "report");
    let view = ReportView {
        id: compact(&id),
        title: compact(&format!("{}：报告", programme.ident.label.text)),
        programme: compact(&programme.ident.key),
        tracks: (!tracks.is_empty()).then(|| compact(&tracks)),
    };
    let text = templates::render("schema/report.schema.json", &view)?;
    Ok(Draft::text("schema/report.schema.json", "report schema", text))
}
