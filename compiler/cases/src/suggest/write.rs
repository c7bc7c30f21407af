//! A case as the entries of a scenario, in English words, every name in quotes.
//!
//! Always: what a scenario can't say gives nothing, and then there is no scenario.

use prog_model::*;
use serde_json::{Value, json};

/// A scenario with its mark for the person who confirms it.
pub(super) fn scenario(title: &str, clauses: &[&str], lines: &[String]) -> String {
    let cites = if clauses.is_empty() { String::new() } else { format!(" [{}]", clauses.join(", ")) };
    format!("scenario {}{cites} {{\n    {}\n}}\n", json!(title), lines.join("\n    "))
}

/// A value as a case's id.
pub(super) fn short(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Everything that a case says.
pub(super) fn entries(p: &Programme, track: &Track, case: &Value) -> Option<Vec<String>> {
    let mut all = Vec::new();
    for input in track.inputs.iter().map(|id| p.input(*id)) {
        let Some(value) = case.pointer(&input.pointer) else { continue };
        let said = match &input.origin {
            Origin::Entered | Origin::Computed(_) => data(p, &input.field, value)?,
            Origin::Attested { .. } | Origin::Judged { .. } | Origin::External { .. } => sheet(value, |v| data(p, &input.field, v))?,
        };
        let named = |other: &&InputId| p.input(**other).ident.name == input.ident.name;
        let name = match input.form.filter(|_| track.inputs.iter().filter(named).count() > 1) {
            Some(form) => format!("{}.{}", quoted(&p.forms[form.index()].ident.name), quoted(&input.ident.name)),
            None => quoted(&input.ident.name),
        };
        all.push(format!("{name}: {said}"));
    }
    for rule in &track.rules {
        sheets(case, &rule.ident, &rule.test, &mut all)?;
    }
    Some(all)
}

fn sheets(case: &Value, ident: &Ident, test: &Test, all: &mut Vec<String>) -> Option<()> {
    let place = match test {
        Test::Threshold { members, .. } => return members.iter().try_for_each(|m| sheets(case, &m.ident, &m.test, all)),
        Test::Judged { .. } => "judgements",
        Test::Attested { .. } => "attested",
        Test::External { .. } => "external",
        Test::Expr(_) | Test::Bad => return Some(()),
    };
    if let Some(value) = case.get(place).and_then(|sheets| sheets.get(&ident.key)) {
        all.push(format!("{}: {}", quoted(&ident.name), sheet(value, yes_or_no)?));
    }
    Some(())
}

/// What was judged, attested or looked up; with its day, if it says one.
fn sheet(value: &Value, said: impl Fn(&Value) -> Option<String>) -> Option<String> {
    let result = said(value.get("value")?)?;
    Some(match value.get("as_of").and_then(Value::as_str) {
        Some(day) => format!("{{ value: {result}, as_of: {day} }}"),
        None => result,
    })
}

fn yes_or_no(value: &Value) -> Option<String> {
    value.as_bool().map(|b| if b { "yes" } else { "no" }.to_owned())
}

fn data(p: &Programme, field: &FieldType, value: &Value) -> Option<String> {
    let text = || value.as_str().map(|t| json!(t).to_string());
    match &field.kind {
        FieldKind::YesNo => yes_or_no(value),
        FieldKind::Integer | FieldKind::Count | FieldKind::Year => value.as_i64().map(|n| n.to_string()),
        FieldKind::Decimal { .. } | FieldKind::Money { .. } => value.as_str().map(str::to_owned),
        FieldKind::Percent { .. } => value.as_str().map(|n| format!("{n}%")),
        FieldKind::Date => value.as_str().map(str::to_owned),
        FieldKind::OneOf(list) => member(p, *list, value),
        FieldKind::AnyOf(list) => {
            let all: Option<Vec<String>> = value.as_array()?.iter().map(|v| member(p, *list, v)).collect();
            Some(format!("[{}]", all?.join(", ")))
        }
        FieldKind::List(item) => {
            let all: Option<Vec<String>> = value.as_array()?.iter().map(|v| data(p, item, v)).collect();
            Some(format!("[{}]", all?.join(", ")))
        }
        FieldKind::Record(record) => {
            let fields = p.records[record.index()].fields.iter().filter(|f| value.get(&f.ident.key).is_some_and(|v| !v.is_null()));
            let all: Option<Vec<String>> =
                fields.map(|f| Some(format!("{}: {}", quoted(&f.ident.name), data(p, &f.field, &value[&f.ident.key])?))).collect();
            Some(format!("{{ {} }}", all?.join(", ")))
        }
        FieldKind::Text | FieldKind::Prose | FieldKind::Email | FieldKind::Phone | FieldKind::Mobile => text(),
        FieldKind::Postcode | FieldKind::Url => text(),
        FieldKind::Month | FieldKind::File { .. } | FieldKind::Unknown => None,
    }
}

fn member(p: &Programme, list: EnumId, value: &Value) -> Option<String> {
    p.enumeration(list).values.iter().find(|v| Some(v.ident.key.as_str()) == value.as_str()).map(|v| quoted(&v.ident.name))
}

fn quoted(name: &str) -> String {
    if name.contains('`') { format!("「{name}」") } else { format!("`{name}`") }
}
