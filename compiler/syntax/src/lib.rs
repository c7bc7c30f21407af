//! Text to syntax tree: the only crate that knows pest.
//!
//! In: one file's text. Out: [`Parse`] — tree, comments, diagnostics, never a `Result`.
//! Always: a fault costs the smallest block that holds it; spans are byte offsets into the given text.

pub mod ast;
mod from_pairs;
mod grammar;
mod idioms;
pub mod keywords;
mod layout;
mod messages;
mod recover;
mod words;

use grammar::Parser;
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
pub fn parse(file: FileId, text: &str) -> Parse {
    let layout = layout::prepare(file, text);
    let span = Span::new(file, 0, text.len());
    let mut ast = ast::File { uses: Vec::new(), programmes: Vec::new(), items: Vec::new(), unread: Vec::new(), span };
    let mut builder = from_pairs::Builder { id: file, layout: &layout, diagnostics: Vec::new(), unread: Vec::new() };
    match grammar::Grammar::parse(grammar::Rule::file, &layout.text) {
        Ok(pairs) => pairs.for_each(|pair| ast = from_pairs::file(&mut builder, pair)),
        // The grammar reads every prepared text; should it not, the whole file is what is not understood.
        Err(_) => builder.say(messages::unexpected(span, text, &[])),
    }
    ast.unread = std::mem::take(&mut builder.unread);
    ast.unread.extend(layout.diagnostics.iter().filter_map(Diagnostic::span).map(|s| line_of(text, s)));
    let silent = |d: &Diagnostic| {
        let inside = |s: &Span| layout.silenced.iter().any(|(from, to)| s.start as usize >= *from && s.start as usize <= *to);
        d.span().is_some_and(|s| inside(&s))
    };
    let mut diagnostics = layout.diagnostics.clone();
    diagnostics.extend(builder.diagnostics.into_iter().filter(|d| !silent(d)));
    diagnostics.sort_by_key(|d| d.span());
    Parse { ast, comments: layout.comments, diagnostics }
}

/// The whole lines that a place touches.
fn line_of(text: &str, at: Span) -> Span {
    let start = text[..at.start as usize].rfind('\n').map_or(0, |n| n + 1);
    let end = text[at.end as usize..].find('\n').map_or(text.len(), |n| at.end as usize + n);
    Span::new(at.file, start, end)
}
