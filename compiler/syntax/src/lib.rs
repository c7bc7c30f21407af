//! Text to syntax tree: the only crate that knows pest.
//!
//! In: one file's text. Out: [`Parse`] — tree, comments, diagnostics, never a `Result`.
//! Always: a fault costs the smallest block that holds it; spans are byte offsets into the given text.

pub mod ast;

use prog_base::{Diagnostic, FileId, Span};

/// A comment with its place; the formatter puts it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// From `//` to the line's end.
    pub span: Span,
    /// The text with its slashes.
    pub text: String,
}

/// What parsing always gives.
#[derive(Clone, Debug)]
pub struct Parse {
    /// The tree; what was not understood is a `Bad` node.
    pub ast: ast::File,
    /// Every `//` comment in order (`///` lines too).
    pub comments: Vec<Comment>,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses one file.
pub fn parse(_file: FileId, _text: &str) -> Parse {
    todo!()
}
