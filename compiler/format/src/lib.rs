//! Syntax tree and comments to canonical text.
//!
//! In: a tree, its comments and the text they came from. Out: the same programme in the canonical layout, its keywords in the language
//! asked for. Always: parsing the result gives the same tree (spans apart) and the same comments; formatting twice changes nothing.

mod expr;
mod form;
mod head;
mod item;
mod rule;
mod scenario;
mod select;
mod shape;
mod targets;
mod words;
mod workflow;
mod writer;

use prog_base::{Diagnostic, FileId, Lang, Severity, Span};
use prog_syntax::{Parse, ast};
use writer::Writer;

/// Choices of layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// The language of keywords, dates and durations.
    pub keywords: Lang,
}

/// A file in its canonical layout.
#[derive(Clone, Debug)]
pub struct Canonical {
    /// The text.
    pub text: String,
    /// What was not understood in the file; the declarations it stands in are copied as they were.
    pub faults: Vec<Diagnostic>,
}

/// The text says something else, printed and read again: a fault of the printer, so the file has to stay as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unfaithful;

/// Prints a text in its canonical layout, its keywords in the language asked for, else in the one that most of them are in. What is
/// printed is read again: it gives the same tree and comments, and the same text when printed once more.
pub fn canonical(file: FileId, text: &str, keywords: Option<Lang>) -> Result<Canonical, Unfaithful> {
    let parse = prog_syntax::parse(file, text);
    let style = Style { keywords: keywords.unwrap_or_else(|| words::language_of(text)) };
    let printed = format(&parse, text, style);
    let again = prog_syntax::parse(file, &printed);
    let codes = |parse: &Parse| parse.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>();
    let same = shape::of(&parse.ast) == shape::of(&again.ast)
        && words_of(&parse).eq(words_of(&again))
        && codes(&parse) == codes(&again)
        && format(&again, &printed, style) == printed;
    if same { Ok(Canonical { text: printed, faults: parse.diagnostics }) } else { Err(Unfaithful) }
}

/// The language that most of a text's keywords are in.
pub fn keywords_of(text: &str) -> Lang {
    words::language_of(text)
}

fn words_of(parse: &Parse) -> impl Iterator<Item = &str> {
    parse.comments.iter().map(|comment| comment.text.trim_end())
}

/// Prints a parsed file. A declaration in which something was not understood is copied as it stands.
pub fn format(parse: &Parse, text: &str, style: Style) -> String {
    let errors = parse.diagnostics.iter().filter(|d| d.severity == Severity::Error).filter_map(Diagnostic::span);
    let unread: Vec<Span> = parse.ast.unread.iter().copied().chain(errors).collect();
    let mut writer = Writer::new(style, text, &parse.comments).leaving(unread);
    item::file(&mut writer, &parse.ast);
    writer.finish()
}

/// Prints a tree that stands in no text: no comments, no blank lines but between declarations.
pub fn print(file: &ast::File, style: Style) -> String {
    let mut writer = Writer::new(style, "", &[]);
    item::file(&mut writer, file);
    writer.finish()
}
