//! Header, outline, citations, readings, actors.

use super::{ClauseId, Expr, Ident, Label};
use prog_base::{Exact, Span};
pub use prog_syntax::ast::{ClauseKind, HeaderKey};

/// A header field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderField {
    /// Which.
    pub key: HeaderKey,
    /// Its value.
    pub value: HeaderValue,
    /// Citations.
    pub cites: Vec<Citation>,
    /// The place.
    pub span: Span,
}

impl HeaderField {
    /// What is stated or concluded; nothing where it is open.
    pub fn values(&self) -> &[String] {
        match &self.value {
            HeaderValue::Given(values) | HeaderValue::Inferred(values) => values,
            HeaderValue::Unknown(_) | HeaderValue::Absent => &[],
        }
    }
}

/// What the notice says of a header field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeaderValue {
    /// Stated: texts, numbers and dates as shown.
    Given(Vec<String>),
    /// Concluded by the author.
    Inferred(Vec<String>),
    /// Not said.
    Unknown(Option<String>),
    /// Announced but not in the text.
    Absent,
}

/// An entry of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Chapter, annex, item.
    pub kind: ClauseKind,
    /// Its own number (`五`, `(一)`, `2`), width-folded.
    pub number: String,
    /// The unique address used in reports: `四(一)2`, `程序(一)`, `附件1`.
    pub address: String,
    /// Heading.
    pub label: Option<String>,
    /// Short name.
    pub alias: Option<String>,
    /// The clause that holds it.
    pub parent: Option<ClauseId>,
    /// Entries directly under it.
    pub children: Vec<ClauseId>,
    /// Why it holds nothing to encode.
    pub left_out: Option<String>,
    /// Announced but not in the text.
    pub absent: bool,
    /// What is still to be encoded of it; empty where the author does not say.
    pub todo: Option<String>,
    /// Of the notice that this one follows: its address there. It is cited by what is kept, and not counted by coverage.
    pub of_base: Option<String>,
    /// Number and label.
    pub span: Span,
}

/// A resolved citation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The clause.
    pub clause: ClauseId,
    /// `all of`.
    pub whole: bool,
    /// The quoted anchor.
    pub anchor: Option<String>,
    /// Where it is cited.
    pub span: Span,
}

/// A declaration of the programme that this one follows, amended or repealed here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Superseded {
    /// What it was called.
    pub label: String,
    /// The clauses of the base that it cited.
    pub was: Vec<Citation>,
    /// What is cited for the change.
    pub now: Vec<Citation>,
    /// Nothing stands in its place.
    pub repealed: bool,
}

/// A declared choice of interpretation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Its name: a built-in one keeps its English word (`deadline`, `about`, `length`, `late`, `after`, `before`, `last`, `round`).
    pub ident: Ident,
    /// Whether built in.
    pub builtin: Option<BuiltinReading>,
    /// What may be chosen.
    pub value: ReadingValue,
    /// Whether the programme sets it (else the built-in default stands).
    pub stated: bool,
    /// Citations.
    pub cites: Vec<Citation>,
}

/// The built-in readings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum BuiltinReading {
    /// `inclusive` (default) | `exclusive`
    Deadline,
    /// `within 10%` (default)
    About,
    /// `counts punctuation` (default) | `without punctuation`
    Length,
    /// `rejected` (default) | `finding`
    Late,
    /// `inclusive` (default) | `exclusive`, or open
    After,
    /// `inclusive` (default) | `exclusive`, or open
    Before,
    /// where "last n years" ends: an expression
    Last,
    /// rounding the notice does not state: open
    Round,
    /// which day decides between versions: an expression; only where it is set
    Effective,
}

/// The value of a reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadingValue {
    /// One of several words.
    Choice {
        /// The words (keys in data and on the command line).
        values: Vec<Ident>,
        /// The chosen one; `None`: open, all are evaluated.
        chosen: Option<usize>,
    },
    /// A band as a fraction of one (`within 10%` is 1/10).
    Band(Exact),
    /// An expression (`ends due(filing)`).
    Expr(Option<Expr>),
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Name, label.
    pub ident: Ident,
    /// One body per value of this key (the key's name as written; facts or fields of that name hold it).
    pub per: Option<String>,
    /// Citations.
    pub cites: Vec<Citation>,
}

/// A duty without a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// Whose.
    pub actor: super::ActorId,
    /// A name for references.
    pub ident: Option<Ident>,
    /// The strength in front: `encourage` and the like oblige nobody; `None`: an obligation.
    pub strength: Option<super::Strength>,
    /// The stage at which it is to be done.
    pub at: Option<super::StageId>,
    /// What must be done.
    pub message: Label,
    /// Citations.
    pub cites: Vec<Citation>,
    /// The place.
    pub span: Span,
}
