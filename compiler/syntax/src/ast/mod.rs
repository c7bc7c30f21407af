//! The syntax tree: what the author wrote, nothing resolved.
//!
//! In: built only by `from_pairs`. Out: read by `model`, `format`, `ide`.
//! Always: every node has its span; names are NFC; English and Chinese spellings give the same tree;
//! what could not be read is a `Bad` node whose diagnostic has been given.

mod expr;
mod form;
mod item;
mod score;
mod select;
mod track;

pub use expr::*;
pub use form::*;
pub use item::*;
pub use score::*;
pub use select::*;
pub use track::*;

use prog_base::Span;

/// A name as written, normalised to NFC, without quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name itself.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A text between quotes, escapes resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Str {
    /// The text.
    pub text: String,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// A message or label, with an optional second text: `"…" en "…"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The author's text.
    pub text: Str,
    /// The English text, if given.
    pub en: Option<Str>,
}

/// What every declaration may carry: `NAME as KEY [citations] "label"` and `///` lines above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The declared name.
    pub name: Name,
    /// The ASCII key for data and generated code (`as broadband_rate`).
    pub key: Option<Name>,
    /// Citations in brackets.
    pub cites: Vec<Cite>,
    /// Display label or message.
    pub message: Option<Message>,
    /// `///` lines directly above, joined by newlines.
    pub doc: Option<String>,
}

/// One citation: `程序(一): "报送名额不超过5个"`, `annex 1`, `附件2`, or `all of 三`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cite {
    /// The address as written, without the anchor (blanks trimmed).
    pub address: String,
    /// `all of`: the clause with everything under it.
    pub whole: bool,
    /// The quoted anchor.
    pub anchor: Option<Str>,
    /// The address's place (with `all of`, without the anchor).
    pub span: Span,
}

/// One source file. A folder's files together make one programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// `use a.b.{ X, Y }`.
    pub uses: Vec<Use>,
    /// Programmes declared in this file.
    pub programmes: Vec<Programme>,
    /// Declarations outside a programme: a module of the library, or a part of the folder's programme (scenarios …).
    pub items: Vec<Item>,
    /// What could not be read, at any depth: names that stand there may be declared there, so nobody says that they are missing.
    pub unread: Vec<Span>,
    /// The whole file.
    pub span: Span,
}

/// `use cn.education.{ 学段, 学校类型 }`; without braces every declaration is imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// `cn`, `education`.
    pub path: Vec<Name>,
    /// The imported names, or all.
    pub names: Option<Vec<Name>>,
    /// The whole line.
    pub span: Span,
}

/// `programme NAME "title" follows BASE { … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programme {
    /// Name, key, title (as message), doc.
    pub head: Head,
    /// The round or standing measure it amends.
    pub follows: Option<Name>,
    /// Its declarations in source order.
    pub items: Vec<Item>,
    /// From the keyword to the closing brace.
    pub span: Span,
}

/// A value that the notice may leave open: `VALUE`, `unknown ["why"]`, `inferred VALUE`, `absent in source`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stated<T> {
    /// Stated.
    Given(T),
    /// The notice says nothing: `unknown "why"`.
    Unknown {
        /// The author's word on it.
        why: Option<Str>,
        /// The place.
        span: Span,
    },
    /// Concluded by the author, not stated.
    Inferred(T),
    /// Announced by the notice but not in its text.
    Absent(Span),
}
