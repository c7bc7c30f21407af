//! Diagnostics for people and for tools, and the page of each code.
//!
//! In: diagnostics as data and the sources they point into. Out: text (terminal, JSON, GitHub, SARIF).
//! Always: nothing here decides anything; odd spans are clamped, never a panic; the same input gives the same bytes.

mod ariadne;
#[cfg(test)]
mod ariadne_tests;
mod github;
mod json;
mod pages;
mod place;
mod sarif;

pub use pages::{Page, page, pages};

use prog_base::{Diagnostic, Lang, Severity, SourceMap};

/// How diagnostics are written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people, with the source text around each place.
    Human,
    /// One JSON array.
    Json,
    /// SARIF 2.1.0, as code hosts read it.
    Sarif,
    /// Workflow commands that GitHub turns into annotations.
    Github,
}

/// What the reader's terminal and language ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// The language of every word.
    pub lang: Lang,
    /// Whether escape codes for colours may be written (human format only).
    pub color: bool,
    /// Whether frames are drawn with ASCII characters only (human format only).
    pub ascii: bool,
}

/// All diagnostics in one format, in the order given. Human output of none is empty.
pub fn render(diagnostics: &[Diagnostic], sources: &SourceMap, format: Format, style: Style) -> String {
    match format {
        Format::Human => ariadne::render(diagnostics, sources, style),
        Format::Json => json::render(diagnostics, sources, style.lang),
        Format::Sarif => sarif::render(diagnostics, sources, style.lang),
        Format::Github => github::render(diagnostics, sources, style.lang),
    }
}

/// One closing line such as `3 errors, 1 warning`; empty when there is nothing to count.
pub fn summary(diagnostics: &[Diagnostic], lang: Lang) -> String {
    let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let parts = [(Severity::Error, "个错误", "error"), (Severity::Warning, "个警告", "warning")].map(|(severity, zh, en)| {
        match (count(severity), lang) {
            (0, _) => String::new(),
            (n, Lang::Zh) => format!("{n} {zh}"),
            (1, Lang::En) => format!("1 {en}"),
            (n, Lang::En) => format!("{n} {en}s"),
        }
    });
    let [errors, warnings] = parts;
    match (errors.is_empty() || warnings.is_empty(), lang) {
        (true, _) => errors + &warnings,
        (false, Lang::Zh) => format!("{errors}，{warnings}"),
        (false, Lang::En) => format!("{errors}, {warnings}"),
    }
}

/// The word for a severity in the JSON formats.
fn severity_key(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
