//! Types, fields and forms.

use super::{Cite, Expr, Head, Message, Name};
use prog_base::Span;

/// A type as written, with unit, bounds and limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeExpr {
    /// Which type.
    pub kind: TypeKind,
    /// `in 万人`.
    pub unit: Option<Name>,
    /// `from 0`.
    pub from: Option<Expr>,
    /// `to 10`.
    pub to: Option<Expr>,
    /// `step 0.5`.
    pub step: Option<Expr>,
    /// `about 1000 chars`, `at most 500 chars`, `at least 3`, `at most 5 MB`: limits on text length, list length, file size.
    pub limits: Vec<Limit>,
    /// The place.
    pub span: Span,
}

/// The types.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum TypeKind {
    Text,
    /// Long text.
    Prose,
    Integer,
    Count,
    /// `Decimal(2)`.
    Decimal(u32),
    /// `Percent` or `Percent(2)`.
    Percent(Option<u32>),
    /// `Money` or `Money(2)`.
    Money(Option<u32>),
    Date,
    Month,
    Year,
    YesNo,
    Email,
    Phone,
    Mobile,
    Postcode,
    Url,
    /// `File { pdf, word } sealed`.
    File {
        kinds: Vec<Name>,
        sealed: bool,
    },
    /// `one of { a, b }`, or `any of { a, b }`.
    Choice {
        many: bool,
        values: Vec<Head>,
    },
    /// `any of 维度`: several of a declared enum.
    ManyOf(Name),
    /// `list of T`.
    List(Box<TypeExpr>),
    /// `list of { NAME : TYPE … }`: a record of its own.
    Record(Vec<Field>),
    /// An enum or record.
    Named(Name),
    /// Not understood.
    Bad,
}

/// A limit on a length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// About (soft), at most, at least.
    pub kind: LimitKind,
    /// The number.
    pub value: Expr,
    /// What a text is counted in; not said: items or bytes.
    pub counted_in: Option<CountedIn>,
    /// The place.
    pub span: Span,
}

/// What the length of a text is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CountedIn {
    /// 字数: each East-Asian character one, each run of other characters one.
    Words,
    /// The same, said in the word that could mean either.
    Chars,
    /// Every character, blanks and line breaks too.
    Characters,
}

/// The kinds of limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum LimitKind {
    About,
    AtMost,
    AtLeast,
}

/// `form NAME "title" as KEY [cites] absent in source` or with a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Name, key, title, citations.
    pub head: Head,
    /// A placeholder only.
    pub absent: bool,
    /// `landscape`.
    pub landscape: bool,
    /// Cover and parts.
    pub members: Vec<FormMember>,
    /// The place.
    pub span: Span,
}

/// What stands in a form, part, group or row.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
// Most members are the large ones; a box each would cost more than it saves.
#[allow(clippy::large_enum_variant)]
pub enum FormMember {
    /// `cover { … }`
    Cover { members: Vec<FormMember>, span: Span },
    /// `part NAME "title" by ACTOR at STAGE { … }`
    Part(Part),
    /// `group "label" columns 2 { … }`
    Group { label: Option<Message>, columns: Option<u32>, members: Vec<FormMember>, span: Span },
    /// `row { … }`
    Row { members: Vec<FormMember>, span: Span },
    /// `grid NAME "label" as KEY in UNIT total 共计 { … }`
    Grid(Grid),
    /// A field.
    Field(Field),
    /// `NAME "label" : opinion of ACTOR { signature X date seal }`
    Opinion(Opinion),
    /// `note "…"`
    Note(Message),
    /// Not understood.
    Bad(Span),
}

/// A part of a form, filled by one actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Name, key, title, citations.
    pub head: Head,
    /// Who fills it.
    pub by: Option<Name>,
    /// Open from this stage.
    pub at: Option<Name>,
    /// Shown only when this holds.
    pub when: Option<Expr>,
    /// Its content.
    pub members: Vec<FormMember>,
    /// The place.
    pub span: Span,
}

/// One field: `NAME as KEY [cites] "label" : TYPE optional when E prompt "…" help "…" total of …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Name, key, label, citations.
    pub head: Head,
    /// Its type.
    pub ty: TypeExpr,
    /// May stay blank.
    pub optional: bool,
    /// Relevant only when this holds.
    pub when: Option<Expr>,
    /// Computed: `= EXPR`.
    pub computed: Option<Expr>,
    /// Bears a seal (head of a summary: `申报单位 : Text seal`).
    pub seal: bool,
    /// `prompt "…"`: what to write about.
    pub prompt: Option<Message>,
    /// `help "…"`.
    pub help: Option<Message>,
    /// The place.
    pub span: Span,
}

/// A grid: rows × columns of one type with headers, unit and total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// Name, key, label.
    pub head: Head,
    /// `in 所`.
    pub unit: Option<Name>,
    /// `total 共计`: its label as name.
    pub total: Option<Head>,
    /// How many cells stand side by side (`columns 2`).
    pub columns: Option<u32>,
    /// `rows A, B`: row heads, for a two-way grid.
    pub rows: Vec<Head>,
    /// Cells: names that share a type.
    pub cells: Vec<GridCells>,
    /// The place.
    pub span: Span,
}

/// `幼儿园, 小学 : Count`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridCells {
    /// The cells' heads.
    pub heads: Vec<Head>,
    /// Their type.
    pub ty: TypeExpr,
    /// May stay blank.
    pub optional: bool,
    /// The place.
    pub span: Span,
}

/// An opinion block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opinion {
    /// Name, label, citations.
    pub head: Head,
    /// Whose opinion.
    pub of: Name,
    /// Locked until this stage.
    pub at: Option<Name>,
    /// Asked for only when this holds.
    pub when: Option<Expr>,
    /// May stay blank.
    pub optional: bool,
    /// `signature 负责人`: whose, with the words printed.
    pub signature: Option<Name>,
    /// `date`.
    pub date: bool,
    /// `seal`.
    pub seal: bool,
    /// The place.
    pub span: Span,
}

/// `summary NAME "title" [cites] of FORM by ACTOR landscape { head { … } column … columns … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Name, key, title, citations.
    pub head: Head,
    /// The form whose cases are its rows.
    pub of: Option<Name>,
    /// Who fills it.
    pub by: Option<Name>,
    /// `landscape`.
    pub landscape: bool,
    /// A placeholder only.
    pub absent: bool,
    /// Fields above the table.
    pub fields: Vec<Field>,
    /// Columns and grouped columns.
    pub columns: Vec<SummaryColumn>,
    /// The place.
    pub span: Span,
}

/// A column or a group of columns under one head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryColumn {
    /// Name, label.
    pub head: Head,
    /// Its type, if declared.
    pub ty: Option<TypeExpr>,
    /// `= EXPR` over the row's case.
    pub value: Option<Expr>,
    /// May stay blank.
    pub optional: bool,
    /// The strength in front, of a difference from the form: `note column …`; `None`: the package is returned.
    pub strength: Option<super::Strength>,
    /// `columns NAME { … }`: what stands under this head.
    pub children: Vec<SummaryColumn>,
    /// Citations.
    pub cites: Vec<Cite>,
    /// The place.
    pub span: Span,
}
