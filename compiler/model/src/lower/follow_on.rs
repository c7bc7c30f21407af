//! What follows from a fault already told is not said again.
//!
//! In: all diagnostics of the analysis, and the lines that could not be read. Out: those that a reader has to act upon.
//! Always: a diagnostic is dropped only for a fault that is itself told: ten faults give ten diagnostics.

use super::Lower;
use prog_base::{Code, Diagnostic, Severity, Span, codes};
use prog_syntax::ast;

/// The range of codes about types and units.
const OF_TYPES: &str = "P02";

/// What says that a name stands for nothing.
const OF_LOOKUP: &[Code] =
    &[codes::UNKNOWN_NAME, codes::UNKNOWN_VALUE, codes::VALUE_WITHOUT_LIST, codes::UNKNOWN_FIELD, codes::COLUMN_TYPE, codes::ENTRY_UNKNOWN];

impl Lower<'_> {
    /// Drops what only follows from another fault.
    pub(super) fn drop_follow_ons(&mut self) {
        let all = std::mem::take(&mut self.diagnostics);
        let faults: Vec<(Code, Span)> =
            all.iter().filter(|d| d.severity == Severity::Error).filter_map(|d| Some((d.code, d.span()?))).collect();
        self.diagnostics = all.into_iter().filter(|d| !self.follows(d, &faults)).collect();
    }

    fn follows(&self, d: &Diagnostic, faults: &[(Code, Span)]) -> bool {
        let Some(at) = d.span() else { return false };
        let told = |code: Code| faults.contains(&(code, at));
        if self.index.bad.iter().any(|unread| holds(*unread, at)) {
            return true;
        }
        match d.code {
            // Without the values at fault nothing could be decided.
            codes::ASSERT_UNDECIDED => d.severity != Severity::Error && !faults.is_empty(),
            codes::KEY_TWICE => told(codes::DUPLICATE_NAME),
            // One of two equal names may be the one that is missed.
            codes::ENTRY_UNKNOWN if faults.iter().any(|f| f.0 == codes::DUPLICATE_NAME) => true,
            codes::ENTRY_UNKNOWN if self.is_faulty_rule(self.inputs.sources.slice(at), faults) => true,
            code if OF_LOOKUP.contains(&code) => self.index.is_lost(self.inputs.sources.slice(at), self.inputs.sources),
            // Half a line has another type than the whole; a name whose own declaration is unread may have found another thing.
            code if code.0.starts_with(OF_TYPES) => self.is_beside_unread(at) || self.is_declared_unread(at),
            _other => false,
        }
    }

    /// Whether something on the same line could not be read.
    fn is_beside_unread(&self, at: Span) -> bool {
        let line = |at: Span| self.inputs.sources.get(at.file).text[..at.start as usize].matches('\n').count();
        self.index.bad.iter().any(|unread| unread.file == at.file && line(*unread) == line(at))
    }

    /// Whether the name at a place begins a declaration that could not be read.
    fn is_declared_unread(&self, at: Span) -> bool {
        let name = self.inputs.sources.slice(at);
        self.index.bad.iter().any(|unread| self.inputs.sources.slice(*unread).trim_start().starts_with(name))
    }

    /// Whether a rule of that name is declared with a fault, so that it could not be taken up.
    fn is_faulty_rule(&self, name: &str, faults: &[(Code, Span)]) -> bool {
        let of_rule = |rule: &ast::Rule| rule.head.name.text == name && faults.iter().any(|f| holds(rule.span, f.1));
        self.index.tracks.iter().any(|track| track.rules.iter().any(|r| of_rule(r.rule)))
    }
}

/// Whether a place lies inside another.
fn holds(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}
