//! Diagnostics as a SARIF 2.1.0 log: one run, one result a diagnostic, further labels as related locations.

use crate::{pages, place, severity_key};
use prog_base::{Diagnostic, Fix, Lang, Source, SourceMap, Span};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) fn render(diagnostics: &[Diagnostic], sources: &SourceMap, lang: Lang) -> String {
    let codes: BTreeSet<&str> = diagnostics.iter().map(|d| d.code.0).collect();
    let rules: Vec<Value> = codes.into_iter().map(|code| rule(code, lang)).collect();
    let results: Vec<Value> = diagnostics.iter().map(|d| result(d, sources, lang)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "prog", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn rule(code: &str, lang: Lang) -> Value {
    match pages::page(code, lang) {
        Some(page) => json!({ "id": code, "shortDescription": { "text": page.title }, "fullDescription": { "text": page.body } }),
        None => json!({ "id": code }),
    }
}

fn result(d: &Diagnostic, sources: &SourceMap, lang: Lang) -> Value {
    let mut text = d.message.get(lang).to_owned();
    if let Some(help) = &d.help {
        text.push('\n');
        text.push_str(help.get(lang));
    }
    let mut places = d.labels.iter().filter_map(|l| location(sources, l.span, l.text.get(lang)));
    let first: Vec<Value> = places.next().into_iter().collect();
    let related: Vec<Value> = places.collect();
    let mut result = json!({
        "ruleId": d.code.0,
        "level": severity_key(d.severity),
        "message": { "text": text },
        "locations": first,
        "relatedLocations": related,
    });
    if let Some(fix) = d.fix.as_ref().and_then(|f| fix(f, sources, lang)) {
        result["fixes"] = json!([fix]);
    }
    result
}

/// A fix, file by file; `None` where an edit has no place.
fn fix(fix: &Fix, sources: &SourceMap, lang: Lang) -> Option<Value> {
    let mut files: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for edit in &fix.edits {
        let source = place::source(sources, edit.span)?;
        let replacement = json!({ "deletedRegion": region(source, edit.span), "insertedContent": { "text": edit.text } });
        files.entry(uri(&source.path)).or_default().push(replacement);
    }
    let changes = files.into_iter().map(|(uri, list)| json!({ "artifactLocation": { "uri": uri }, "replacements": list }));
    let changes: Vec<Value> = changes.collect();
    (!changes.is_empty()).then(|| json!({ "description": { "text": fix.title.get(lang) }, "artifactChanges": changes }))
}

fn region(source: &Source, span: Span) -> Value {
    let range = place::range(source, span);
    json!({
        "startLine": range.start.line, "startColumn": range.start.column,
        "endLine": range.end.line, "endColumn": range.end.column,
    })
}

fn location(sources: &SourceMap, span: Span, text: &str) -> Option<Value> {
    let source = place::source(sources, span)?;
    let mut value = json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(&source.path) },
            "region": region(source, span),
        },
    });
    if !text.is_empty() {
        value["message"] = json!({ "text": text });
    }
    Some(value)
}

/// A path as a relative URI reference: everything but unreserved characters and slashes is percent-encoded.
fn uri(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        let byte = if byte == b'\\' { b'/' } else { byte };
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
