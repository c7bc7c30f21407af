//! Target `model`: the typed model for other tools, with its schema.
//!
//! In: the plan. Out: `programme.json`, `programme.schema.json`.
//! Always: everything is resolved to names and keys; the schema is derived from the very types that are written, so the one
//! always fits the other.

mod view;

use super::{Draft, Drafts};
use crate::{Plan, json};
use schemars::generate::SchemaSettings;
use serde_json::Value;

/// Writes the files of this target.
pub fn emit(plan: &Plan<'_>) -> Drafts {
    Ok(vec![
        Draft::text("programme.json", "typed model", text(plan)),
        Draft::text("programme.schema.json", "typed model schema", json::pretty(&schema())),
    ])
}

/// `programme.json`
pub fn text(plan: &Plan<'_>) -> String {
    json::pretty(&view::programme(plan))
}

/// The schema of `programme.json`: one for every programme.
fn schema() -> Value {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema = generator.into_root_schema_for::<view::Programme<'static>>().to_value();
    close_objects(&mut schema);
    if let Some(members) = schema.as_object_mut() {
        members.insert("$id".to_owned(), Value::from("urn:prog:model:1"));
        members.insert("title".to_owned(), Value::from("A programme as compiled by prog"));
    }
    schema
}

/// Unknown members are refused in every object; widths of integers, which no vocabulary knows, are dropped.
fn close_objects(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            if members.get("format").is_some_and(Value::is_string) {
                members.remove("format");
            }
            let is_object = members.get("type").is_some_and(|t| t == "object");
            if is_object && !members.contains_key("additionalProperties") {
                members.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            members.values_mut().for_each(close_objects);
        }
        Value::Array(items) => items.iter_mut().for_each(close_objects),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
