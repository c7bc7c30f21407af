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
mod targets;
mod words;
mod workflow;
mod writer;

use prog_base::Lang;
use prog_syntax::{Parse, ast};
use writer::Writer;

/// Choices of layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// The language of keywords, dates and durations.
    pub keywords: Lang,
}

/// Prints a parsed file. Meaningful only for a file without errors: what was not understood is copied as it stands.
pub fn format(parse: &Parse, text: &str, style: Style) -> String {
    let mut writer = Writer::new(style, text, &parse.comments);
    item::file(&mut writer, &parse.ast);
    writer.finish()
}

/// Prints a tree that stands in no text: no comments, no blank lines but between declarations.
pub fn print(file: &ast::File, style: Style) -> String {
    let mut writer = Writer::new(style, "", &[]);
    item::file(&mut writer, file);
    writer.finish()
}
