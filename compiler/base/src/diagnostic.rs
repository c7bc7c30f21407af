//! A diagnostic as data: what is wrong, where, and what to do, in Chinese and English.
//!
//! Always: the first label is the primary place; no text names a grammar rule or a Rust type.

use crate::{Span, Text};

/// A stable diagnostic code such as `P0107`; see [`crate::codes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

/// How bad a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is built.
    Error,
    /// Built, but surely worth a look.
    Warning,
    /// Said for the author's information.
    Note,
}

/// A place with what is to be said of it (may be empty).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is said there.
    pub text: Text,
}

/// One replacement in a source text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced (empty: an insertion).
    pub span: Span,
    /// By what.
    pub text: String,
}

/// A change that would mend the fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the change does.
    pub title: Text,
    /// The edits, all of one fix.
    pub edits: Vec<Edit>,
}

/// One message to the author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its stable code.
    pub code: Code,
    /// Its severity.
    pub severity: Severity,
    /// What is wrong, one sentence.
    pub message: Text,
    /// Places; the first is primary. Empty only where no text is at fault.
    pub labels: Vec<Label>,
    /// What to do, a sentence of its own.
    pub help: Option<Text>,
    /// A ready change, where there is one.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// An error at a place, the label without words.
    pub fn error(code: Code, span: Span, message: Text) -> Self {
        Self::new(Severity::Error, code, Some(span), message)
    }

    /// A warning at a place.
    pub fn warning(code: Code, span: Span, message: Text) -> Self {
        Self::new(Severity::Warning, code, Some(span), message)
    }

    /// A note at a place.
    pub fn note(code: Code, span: Span, message: Text) -> Self {
        Self::new(Severity::Note, code, Some(span), message)
    }

    /// Any diagnostic; without a span it concerns no text.
    pub fn new(severity: Severity, code: Code, span: Option<Span>, message: Text) -> Self {
        let labels = span.map(|span| Label { span, text: Text::default() }).into_iter().collect();
        Self { code, severity, message, labels, help: None, fix: None }
    }

    /// Says something at the primary place.
    #[must_use]
    pub fn here(mut self, text: Text) -> Self {
        if let Some(label) = self.labels.first_mut() {
            label.text = text;
        }
        self
    }

    /// Points at one more place.
    #[must_use]
    pub fn label(mut self, span: Span, text: Text) -> Self {
        self.labels.push(Label { span, text });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, text: Text) -> Self {
        self.help = Some(text);
        self
    }

    /// Offers one replacement that mends the fault.
    #[must_use]
    pub fn fix(mut self, title: Text, span: Span, text: impl Into<String>) -> Self {
        self.fix = Some(Fix { title, edits: vec![Edit { span, text: text.into() }] });
        self
    }

    /// The primary place.
    pub fn span(&self) -> Option<Span> {
        self.labels.first().map(|l| l.span)
    }
}
