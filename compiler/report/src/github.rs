//! Diagnostics as workflow commands (`::error file=…,line=…::text`), one a line, which GitHub shows beside the changed lines.

use crate::place;
use prog_base::{Diagnostic, Lang, Severity, SourceMap};

pub(crate) fn render(diagnostics: &[Diagnostic], sources: &SourceMap, lang: Lang) -> String {
    diagnostics.iter().map(|d| command(d, sources, lang)).collect()
}

fn command(d: &Diagnostic, sources: &SourceMap, lang: Lang) -> String {
    let kind = match d.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = Vec::new();
    if let Some((source, span)) = d.span().and_then(|span| place::source(sources, span).map(|s| (s, span))) {
        let range = place::range(source, span);
        properties.push(format!("file={}", property(&source.path)));
        properties.push(format!("line={},col={}", range.start.line, range.start.column));
        properties.push(format!("endLine={},endColumn={}", range.end.line, range.end.column));
    }
    properties.push(format!("title={}", d.code.0));
    let mut text = d.message.get(lang).to_owned();
    if let Some(help) = &d.help {
        text.push('\n');
        text.push_str(help.get(lang));
    }
    format!("::{kind} {}::{}\n", properties.join(","), data(&text))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
