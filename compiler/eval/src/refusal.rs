//! What is said of an input that is not read at all (semantics 5.1): a code, words, a place.

use prog_base::{Code, Diagnostic, FileId, Severity, Span, Text};

/// Why a text was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The code, P0801 and on.
    pub code: Code,
    /// What is wrong.
    pub message: Text,
    /// What to do.
    pub help: Option<Text>,
    /// Byte offset in the text.
    pub offset: usize,
    /// 1-based line.
    pub line: usize,
    /// 1-based column in characters.
    pub column: usize,
    /// JSON pointer to the member at fault.
    pub pointer: String,
}

impl Refusal {
    /// The same as a diagnostic at its place in `file` (the text that was read, from byte `base` of the file on).
    pub fn to_diagnostic(&self, file: FileId, base: usize) -> Diagnostic {
        let place = Span::new(file, base + self.offset, base + self.offset);
        let diagnostic = Diagnostic::new(Severity::Error, self.code, Some(place), self.message.clone());
        match &self.help {
            Some(help) => diagnostic.help(help.clone()),
            None => diagnostic,
        }
    }
}
