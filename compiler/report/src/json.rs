//! Diagnostics as one JSON array, each `{code, severity, message, help, file, span, labels, fix}`.
//!
//! Always: lines and columns are 1-based, columns in characters, offsets in bytes; what is absent is `null`.

use crate::place::{self, Range};
use crate::severity_key;
use prog_base::{Diagnostic, Lang, SourceMap, Span};
use serde::Serialize;

#[derive(Serialize)]
struct Item<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    file: Option<&'a str>,
    span: Option<Range>,
    labels: Vec<Label<'a>>,
    fix: Option<Fix<'a>>,
}

#[derive(Serialize)]
struct Label<'a> {
    file: Option<&'a str>,
    span: Option<Range>,
    message: &'a str,
}

#[derive(Serialize)]
struct Fix<'a> {
    title: &'a str,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    file: Option<&'a str>,
    span: Option<Range>,
    text: &'a str,
}

pub(crate) fn render(diagnostics: &[Diagnostic], sources: &SourceMap, lang: Lang) -> String {
    let items: Vec<Item> = diagnostics.iter().map(|d| item(d, sources, lang)).collect();
    let mut text = serde_json::to_string_pretty(&items).unwrap_or_default();
    text.push('\n');
    text
}

fn item<'a>(d: &'a Diagnostic, sources: &'a SourceMap, lang: Lang) -> Item<'a> {
    let (file, span) = d.span().map_or((None, None), |span| locate(sources, span));
    let labels = d.labels.iter().map(|label| {
        let (file, span) = locate(sources, label.span);
        Label { file, span, message: label.text.get(lang) }
    });
    let fix = d.fix.as_ref().map(|fix| Fix {
        title: fix.title.get(lang),
        edits: fix
            .edits
            .iter()
            .map(|edit| {
                let (file, span) = locate(sources, edit.span);
                Edit { file, span, text: &edit.text }
            })
            .collect(),
    });
    Item {
        code: d.code.0,
        severity: severity_key(d.severity),
        message: d.message.get(lang),
        help: d.help.as_ref().map(|h| h.get(lang)),
        file,
        span,
        labels: labels.collect(),
        fix,
    }
}

fn locate(sources: &SourceMap, span: Span) -> (Option<&str>, Option<Range>) {
    match place::source(sources, span) {
        Some(source) => (Some(&source.path), Some(place::range(source, span))),
        None => (None, None),
    }
}
