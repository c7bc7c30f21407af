//! Declarations at the top of a programme: header, outline, readings, actors, vocabulary.

use super::{
    Assert, Cite, Duty, Effective, Expr, Form, Head, Let, Material, Message, Name, Quota, ReadingValue, Scenario, Select, Stage, Stated,
    Str, Strength, Summary, Targets, Track, TrackMember, TypeExpr, Workflow,
};
use prog_base::Span;

/// One declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
// Most members are the large ones; a box each would cost more than it saves.
#[allow(clippy::large_enum_variant)]
pub enum Item {
    Header(HeaderField),
    Notice(Notice),
    Readings(Readings),
    Reading(Reading),
    Actor(Actor),
    Enum(Enum),
    Record(Record),
    Unit(Unit),
    Table(Table),
    Explain(Explain),
    Let(Let),
    Track(Track),
    Material(Material),
    Quota(Quota),
    Select(Select),
    Assert(Assert),
    Workflow(Workflow),
    Form(Form),
    Summary(Summary),
    Targets(Targets),
    Duty(Duty),
    Scenario(Scenario),
    Amend(Amend),
    Repeal(Repeal),
    Calendar(Calendar),
    /// Not understood; a diagnostic has been given.
    Bad(Span),
}

impl Item {
    /// The head of what a module may declare for others: closed lists, records, units, calendars.
    pub fn vocabulary(&self) -> Option<&Head> {
        match self {
            Item::Enum(x) => Some(&x.head),
            Item::Record(x) => Some(&x.head),
            Item::Unit(x) => Some(&x.head),
            Item::Calendar(x) => Some(&x.head),
            Item::Header(_)
            | Item::Notice(_)
            | Item::Readings(_)
            | Item::Reading(_)
            | Item::Actor(_)
            | Item::Table(_)
            | Item::Explain(_)
            | Item::Let(_)
            | Item::Track(_)
            | Item::Material(_)
            | Item::Quota(_)
            | Item::Select(_)
            | Item::Assert(_)
            | Item::Workflow(_)
            | Item::Form(_)
            | Item::Summary(_)
            | Item::Targets(_)
            | Item::Duty(_)
            | Item::Scenario(_)
            | Item::Amend(_)
            | Item::Repeal(_)
            | Item::Bad(_) => None,
        }
    }
}

/// `amend DECLARATION`: in a programme that follows another, the declaration of that name in new words, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amend {
    /// The new declaration.
    pub what: Amended,
    /// The place.
    pub span: Span,
}

/// What can be amended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amended {
    /// A declaration at the top of the programme.
    Item(Box<Item>),
    /// A declaration of tracks: every track that has it.
    Member(Box<TrackMember>),
    /// A stage of its workflow.
    Stage(Box<Stage>),
}

/// `repeal KIND NAME [cites]`: a declaration of the base that no longer holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeal {
    /// What kind of declaration.
    pub kind: RepealKind,
    /// Its name.
    pub name: Name,
    /// Citations.
    pub cites: Vec<Cite>,
    /// The place.
    pub span: Span,
}

/// The kinds that can be repealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum RepealKind {
    Rule(Strength),
    Quota,
    Select,
    Fact,
    Conditions,
    Output,
    Score,
    Stage,
    Enum,
    Record,
    Unit,
    Table,
    Let,
    Actor,
    Material,
    Form,
    Summary,
    Targets,
    Reading,
    Calendar,
}

/// `calendar NAME [cites] "label" from "workdays.csv" dated DAY`: which days are worked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Name, label, citations.
    pub head: Head,
    /// The file.
    pub path: Str,
    /// The day of the file.
    pub dated: Option<Expr>,
    /// The place.
    pub span: Span,
}

/// `issuer "黑龙江省教育厅" [cites]`, `number unknown`, `year inferred 2024`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderField {
    /// Which field.
    pub key: HeaderKey,
    /// Its value or values.
    pub value: Stated<Vec<Expr>>,
    /// Citations.
    pub cites: Vec<Cite>,
    /// The place.
    pub span: Span,
}

/// Header fields; `HeaderKey::keyword` in the keyword table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum HeaderKey {
    Issuer,
    ApprovedBy,
    Number,
    Level,
    Issued,
    Printed,
    /// First and last year or day of what is planned.
    Period,
    Effective,
    Basis,
    Round,
    Year,
    Disclosure,
    Addressee,
    Contact,
    Timezone,
    Text,
}

/// `notice { … }`: the outline that coverage is measured against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Chapters, annexes, unnumbered items.
    pub clauses: Vec<Clause>,
    /// The place.
    pub span: Span,
}

/// `clause 五 "遴选程序" as 程序 left out "why" { (一) { 1 2 } }`, `annex 1 "…" absent in source`, `item "试点范围" as 范围`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Chapter, annex or item.
    pub kind: ClauseKind,
    /// `五`, `(一)`, `1`, `(一)1`; empty for an unnumbered item.
    pub number: String,
    /// The heading.
    pub label: Option<Str>,
    /// A unique short name for citations.
    pub alias: Option<Name>,
    /// `left out "why"`.
    pub left_out: Option<Str>,
    /// `absent in source`.
    pub absent: bool,
    /// `todo "what"`: not, or not wholly, encoded yet; empty without a text.
    pub todo: Option<Str>,
    /// Sub-items.
    pub children: Vec<Clause>,
    /// Number and label.
    pub span: Span,
}

/// The kinds of outline entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum ClauseKind {
    Clause,
    Annex,
    Item,
}

/// `readings { deadline inclusive [cite] … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readings {
    /// One a line.
    pub settings: Vec<ReadingSetting>,
    /// The place.
    pub span: Span,
}

/// One setting of a built-in or declared reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingSetting {
    /// `deadline`, `about`, `length`, `late`, `after`, `last`, `round` … or a declared one.
    pub name: Name,
    /// Its value.
    pub value: ReadingValue,
    /// Citations.
    pub cites: Vec<Cite>,
    /// The place.
    pub span: Span,
}

/// `reading 达标校范围 [三] "label" { 公办 default, 全部 }` (`open` instead of `default`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Name.
    pub head: Head,
    /// Values.
    pub values: Vec<Head>,
    /// Index of the default; `None` when open.
    pub default: Option<usize>,
    /// The place.
    pub span: Span,
}

/// `actor 市地教育局 "市（地）教育局" [cites] per 市地`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Name, label.
    pub head: Head,
    /// One body per value of this key.
    pub per: Option<Name>,
    /// The place.
    pub span: Span,
}

/// `enum 学段 { 小学, 初中, 高中 }`, `enum grade best first { … }`, `ordered` (worst first).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enum {
    /// Name.
    pub head: Head,
    /// Whether levels compare.
    pub order: EnumOrder,
    /// Values.
    pub values: Vec<EnumValue>,
    /// The place.
    pub span: Span,
}

/// Whether the values of an enum compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum EnumOrder {
    None,
    /// `ordered`: the first is the lowest.
    LowestFirst,
    /// `best first` / `由高到低`.
    BestFirst,
}

/// `哈尔滨 "哈尔滨市" as harbin retired since round 2`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumValue {
    /// Name, key, label.
    pub head: Head,
    /// No longer choosable since this round.
    pub retired_since: Option<u32>,
}

/// `record partner { title : Text … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Name.
    pub head: Head,
    /// Fields as in forms.
    pub fields: Vec<super::Field>,
    /// The place.
    pub span: Span,
}

/// `unit 万元 = 10_000 元`, `unit 元 : money`, `unit 所 : count`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Name, label.
    pub head: Head,
    /// A new base unit of this dimension, or an exact multiple of another unit.
    pub meaning: UnitMeaning,
    /// The place.
    pub span: Span,
}

/// What a unit is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitMeaning {
    /// `: money` — the base unit of a dimension (`money`, `count`, `length`, or a new name).
    Base(Name),
    /// `= 10_000 元`.
    Multiple {
        /// The factor, an expression of constants.
        factor: Expr,
        /// Of this unit.
        of: Name,
    },
}

/// A table: by key, of values by one bound, read from a file, or absent in source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Name, citations, label.
    pub head: Head,
    /// When this version is in force, if there are several.
    pub effective: Option<Effective>,
    /// How rows are found.
    pub lookup: Lookup,
    /// Where the rows come from.
    pub rows: TableRows,
    /// `total { 区域 = 20, 学校 = 60 }`.
    pub totals: Vec<(Name, Expr)>,
    /// The place.
    pub span: Span,
}

/// How a row is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// `by 市地, 学段`: cells equal the keys; or sets, bands, `otherwise`.
    By(Vec<Name>),
    /// `of seats by lower bound` / `by upper bound`.
    Bound {
        /// The value's name.
        of: Name,
        /// Lower, else upper.
        lower: bool,
    },
    /// No keys: the first row whose condition cells hold (decision table): column heads name the inputs.
    Decision,
}

/// Where rows come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableRows {
    /// Written in the source.
    Written {
        /// Key and value columns, in order.
        columns: Vec<Column>,
        /// Rows.
        rows: Vec<Row>,
    },
    /// `from "counties.csv" dated 2018-10-31`.
    File {
        /// Path beside the programme.
        path: Str,
        /// The data's day.
        dated: Option<Expr>,
        /// Column types, if declared in braces.
        columns: Vec<Column>,
    },
    /// `absent in source`.
    Absent(Span),
}

/// A column's head: `示范区 as areas : Count explained by …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Name, key, label.
    pub head: Head,
    /// Type of a value column; keys have none or one.
    pub ty: Option<TypeExpr>,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its cells.
    pub cells: Vec<Cell>,
    /// The place.
    pub span: Span,
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A value or expression.
    Expr(Expr),
    /// `otherwise`.
    Otherwise(Span),
    /// `{ a, b }`.
    Set(Vec<Expr>, Span),
    /// `[5%, 6%)`, either end may be open-ended by leaving it out (`[5%, )`).
    Band {
        /// Lower end.
        low: Option<Expr>,
        /// Lower end included.
        low_in: bool,
        /// Upper end.
        high: Option<Expr>,
        /// Upper end included.
        high_in: bool,
        /// The place.
        span: Span,
    },
    /// Empty or `-`: any value.
    Any(Span),
}

impl Cell {
    /// Where the cell stands.
    pub fn span(&self) -> Span {
        match self {
            Cell::Expr(e) => e.span,
            Cell::Otherwise(s) | Cell::Set(_, s) | Cell::Any(s) => *s,
            Cell::Band { span, .. } => *span,
        }
    }
}

/// `explain 名额.区域 [cite] by EXPR`: a formula compared with a column, never deciding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explain {
    /// The table.
    pub table: Name,
    /// The column.
    pub column: Name,
    /// Citations.
    pub cites: Vec<Cite>,
    /// The formula over the table's keys.
    pub by: Expr,
    /// A label.
    pub message: Option<Message>,
    /// The place.
    pub span: Span,
}
