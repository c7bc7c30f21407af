//! Entries of a case in words.
//!
//! In: a case and pointers into it. Out: what each is called and what stands there. Always: the author's labels where they are short, values
//! as a form would show them.

use crate::search::Ground;
use prog_base::{Text, text};
use prog_model::{EnumId, FieldKind, FieldType, Input, Programme, Test, TestMember, TrackId};
use serde_json::Value;

/// Longer labels give way to names.
const SHORT: usize = 14;

/// The entries at these pointers.
pub(crate) fn entries(ground: &Ground<'_, '_>, case: &Value, pointers: &[String]) -> Vec<(String, Text)> {
    let sides = [(ground.new.p, ground.tracks.1), (ground.old.p, ground.tracks.0)];
    pointers.iter().filter_map(|pointer| sides.iter().find_map(|(p, track)| entry(p, *track, case, pointer))).collect()
}

fn entry(p: &Programme, track: TrackId, case: &Value, pointer: &str) -> Option<(String, Text)> {
    let value = case.pointer(pointer);
    let of = p.track(track);
    if let Some(input) = of.inputs.iter().map(|i| p.input(*i)).find(|i| i.pointer == pointer) {
        return Some((name(input), shown(p, &input.field, value)));
    }
    let (place, key) = pointer.trim_start_matches('/').split_once('/').unwrap_or((pointer, ""));
    let key = key.replace("~1", "/").replace("~0", "~");
    match place {
        "materials" => {
            let material = of.materials.iter().map(|m| &p.materials[m.index()]).find(|m| m.ident.key == key)?;
            Some((material.ident.name.clone(), copies(value)))
        }
        "reasons" => {
            let rule = of.rules.iter().find(|r| r.ident.key == key)?;
            let name = &rule.ident.name;
            let said = value.and_then(Value::as_str).is_some_and(|v| !v.trim().is_empty());
            Some((format!("{name}·理由"), if said { text!("已写", "given") } else { text!("未写", "not given") }))
        }
        "judgements" | "attested" | "external" => {
            let found = of.rules.iter().find_map(|r| {
                if r.ident.key == key && !matches!(r.test, Test::Threshold { .. }) {
                    Some(r.ident.name.clone())
                } else {
                    member(&r.test, &key)
                }
            })?;
            Some((found, yes(value)))
        }
        "/events" | "events" => Some(("经过".to_owned(), walk(value))),
        _elsewhere => None,
    }
}

fn member(test: &Test, key: &str) -> Option<String> {
    let Test::Threshold { members, .. } = test else { return None };
    let one = |m: &TestMember| if m.ident.key == key { Some(m.ident.name.clone()) } else { member(&m.test, key) };
    members.iter().find_map(one)
}

/// What an entry is called.
pub(crate) fn name(input: &Input) -> String {
    let label = &input.ident.label.text;
    if label.chars().count() <= SHORT { label.clone() } else { input.ident.name.clone() }
}

fn blank() -> Text {
    text!("空白", "blank")
}

fn yes(value: Option<&Value>) -> Text {
    match value.map(|v| v.get("value").unwrap_or(v)) {
        Some(Value::Bool(true)) => text!("是", "yes"),
        Some(Value::Bool(false)) => text!("否", "no"),
        Some(_) | None => text!("尚无", "not yet"),
    }
}

fn walk(value: Option<&Value>) -> Text {
    let Some(events) = value.and_then(Value::as_array) else { return text!("没有", "none") };
    let one = |e: &Value| {
        let member = |name: &str| e.get(name).and_then(Value::as_str).unwrap_or("");
        [member("stage"), member("outcome"), member("at")].iter().filter(|s| !s.is_empty()).copied().collect::<Vec<_>>().join(" ")
    };
    Text::same(events.iter().map(one).collect::<Vec<_>>().join(" → "))
}

fn copies(value: Option<&Value>) -> Text {
    let Some(copies) = value.and_then(Value::as_array).filter(|c| !c.is_empty()) else { return text!("未交", "not sent") };
    let part = |zh: bool| {
        let one = |c: &Value| {
            let format = c.get("format").and_then(Value::as_str).unwrap_or("");
            let sealed = c.get("sealed").and_then(Value::as_bool) == Some(true);
            format!(
                "{format}{}",
                if !sealed {
                    ""
                } else if zh {
                    "（盖章）"
                } else {
                    " (sealed)"
                }
            )
        };
        copies.iter().map(one).collect::<Vec<_>>().join("、")
    };
    Text { zh: part(true), en: part(false) }
}

/// An entered value as a form shows it.
pub(crate) fn shown(p: &Programme, field: &FieldType, value: Option<&Value>) -> Text {
    // What somebody judged, attested or looked up stands within.
    let value = value.map(|v| if v.is_object() && v.get("value").is_some() { v.get("value").unwrap_or(v) } else { v });
    let Some(value) = value.filter(|v| !v.is_null() && v.as_str().is_none_or(|s| !s.trim().is_empty())) else { return blank() };
    let unit = field.unit.map_or(String::new(), |u| p.unit(u).ident.name.clone());
    match &field.kind {
        FieldKind::YesNo => yes(Some(value)),
        FieldKind::OneOf(list) => Text::same(label(p, *list, value)),
        FieldKind::AnyOf(list) => {
            let all = value.as_array().map(|a| a.iter().map(|v| label(p, *list, v)).collect::<Vec<_>>().join("、")).unwrap_or_default();
            if all.is_empty() { text!("一个也没选", "none") } else { Text::same(all) }
        }
        FieldKind::Percent { .. } => Text::same(format!("{}%", plain(value))),
        FieldKind::Integer
        | FieldKind::Count
        | FieldKind::Decimal { .. }
        | FieldKind::Money { .. }
        | FieldKind::Year
        | FieldKind::Date
        | FieldKind::Month => Text::same(format!("{}{}{unit}", plain(value), if unit.is_empty() { "" } else { " " })),
        FieldKind::List(_) => {
            let n = value.as_array().map_or(0, Vec::len);
            text!("{n} 项", "{n} items")
        }
        FieldKind::Text | FieldKind::Prose => {
            let text = plain(value);
            let n = text.chars().count();
            if n > 20 { text!("{n} 个字", "{n} characters") } else { Text::same(format!("“{text}”")) }
        }
        FieldKind::Record(_)
        | FieldKind::File { .. }
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::Mobile
        | FieldKind::Postcode
        | FieldKind::Url
        | FieldKind::Unknown => Text::same(if value.is_object() { "…".to_owned() } else { plain(value) }),
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn label(p: &Programme, list: EnumId, value: &Value) -> String {
    let key = plain(value);
    p.enumeration(list).values.iter().find(|v| v.ident.key == key).map_or(key, |v| v.ident.name.clone())
}
