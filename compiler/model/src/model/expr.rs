//! Typed expressions.

use super::{ConstId, EnumId, InputId, LetId, ReadingId, RuleId, StageId, TableId, TrackId, Type};
use prog_base::{Date, DayPart, Duration, ElapsedUnit, Exact, Moment, RoundMode, Span};
pub use prog_syntax::ast::{ArithmeticOp, SplitMethod};

/// A typed expression. Numbers are in base units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Its type.
    pub ty: Type,
    /// Where it stands.
    pub span: Span,
}

/// The expressions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExprKind {
    /// Not understood; a diagnostic has been given.
    Bad,
    /// A truth value.
    Bool(bool),
    /// A number in base units (`40%` is 2/5).
    Number(Exact),
    /// A text.
    Text(String),
    /// A day.
    Date(Date),
    /// A local clock time resolved in the programme's zone.
    Moment(Moment),
    /// A duration.
    Duration(Duration),
    /// A value of a closed list.
    EnumValue {
        /// The list.
        of: EnumId,
        /// Index of the value.
        value: usize,
    },
    /// The notice is silent: unknown with `needs: ["notice"]` (semantics 7.3).
    Silent {
        /// The author's word on it.
        why: Option<String>,
    },
    /// A fact or form field of the case.
    Input(InputId),
    /// A rule of the case's track as truth value (semantics 1.3).
    Rule(RuleId),
    /// A let of the case's track.
    Let(LetId),
    /// A programme-level let.
    Constant(ConstId),
    /// A field of the item that the enclosing list aggregate or `each` is at; `depth` 0 is the innermost.
    ItemField {
        /// How many item scopes outward.
        depth: usize,
        /// Index of the record field.
        field: usize,
    },
    /// The item itself (a list of non-records).
    Item {
        /// How many item scopes outward.
        depth: usize,
    },
    /// A field of a record value.
    Member {
        /// The record.
        of: Box<Expr>,
        /// Index of the field.
        field: usize,
    },
    /// A `per` key of the quota, or a key column inside a table row.
    Key(usize),
    /// `due(STAGE)`: the deadline as a day.
    Due(StageId),
    /// `time(STAGE)`: when the case's event at that stage happened.
    Time(StageId),
    /// `reading R = VALUE`.
    ReadingIs {
        /// The reading.
        reading: ReadingId,
        /// Index of the value.
        value: usize,
    },
    /// A table lookup.
    Lookup {
        /// The table.
        table: TableId,
        /// Index of the value column.
        column: usize,
        /// One a key column.
        keys: Vec<Expr>,
    },
    /// 字数 of a text, number of items of a list.
    Length(Box<Expr>),
    /// Kleene not.
    Not(Box<Expr>),
    /// Kleene and.
    And(Vec<Expr>),
    /// Kleene or.
    Or(Vec<Expr>),
    /// A comparison of like values.
    Compare {
        /// How.
        op: Comparison,
        /// Left side.
        left: Box<Expr>,
        /// Right side.
        right: Box<Expr>,
    },
    /// Within the band of the reading `about` around the target, ends included; always a soft check.
    About {
        /// The value.
        value: Box<Expr>,
        /// The number stated.
        target: Box<Expr>,
    },
    /// Membership.
    In {
        /// The value.
        value: Box<Expr>,
        /// The choices.
        set: Vec<Expr>,
    },
    /// Whether an optional value is there: never unknown.
    IsGiven(Box<Expr>),
    /// The value, or the default where it has none (absent, not relevant; a rule: not applicable).
    Otherwise {
        /// The value.
        value: Box<Expr>,
        /// The default.
        default: Box<Expr>,
    },
    /// Conditional.
    If {
        /// Condition.
        test: Box<Expr>,
        /// When true.
        then: Box<Expr>,
        /// When false.
        other: Box<Expr>,
    },
    /// Exact arithmetic.
    Arithmetic {
        /// The operator.
        op: ArithmeticOp,
        /// Left side.
        left: Box<Expr>,
        /// Right side.
        right: Box<Expr>,
    },
    /// Negation.
    Negate(Box<Expr>),
    /// The larger or smaller of several (caps and floors too).
    Extreme {
        /// Larger, else smaller.
        larger: bool,
        /// Two or more.
        of: Vec<Expr>,
    },
    /// Rounding by name, in the unit shown: `round(value / unit) * unit`.
    Round {
        /// The mode.
        mode: RoundMode,
        /// Digits after the point.
        digits: u32,
        /// The size of the unit in base units (1/100 for percent points).
        unit: Exact,
        /// What is rounded.
        value: Box<Expr>,
    },
    /// A day (or moment) plus or minus a duration.
    Shift {
        /// The day.
        date: Box<Expr>,
        /// How far, forward.
        by: Duration,
    },
    /// A day (or moment) plus or minus a duration, so many times: `born + 18 months * children`.
    ShiftTimes {
        /// The day.
        date: Box<Expr>,
        /// How far each time, forward.
        by: Duration,
        /// How many times; a whole number.
        times: Box<Expr>,
    },
    /// How many days, complete months or complete years the second day lies after the first; moments count by their local day.
    Elapsed {
        /// In what.
        unit: ElapsedUnit,
        /// The first day.
        from: Box<Expr>,
        /// The last day.
        to: Box<Expr>,
    },
    /// What is read off one day: a number, or a day; a moment counts by its local day.
    OfDay {
        /// What.
        part: DayPart,
        /// The day.
        day: Box<Expr>,
    },
    /// An aggregate over a list of one application.
    OverList {
        /// Which.
        op: Aggregation,
        /// The list.
        list: Box<Expr>,
        /// Which items ([`ExprKind::ItemField`] depth 0).
        filter: Option<Box<Expr>>,
        /// Of each item (sum, min, max, count distinct; any/all/none: the test; consecutive: the year).
        value: Option<Box<Expr>>,
    },
    /// An aggregate over the cases of a batch.
    OverCases {
        /// Which.
        op: Aggregation,
        /// One entry a track; filter and value stand in that track's scope.
        members: Vec<CaseMember>,
    },
    /// `share(A where P among B where Q)`.
    Share {
        /// Cases of the base and of the part; the part counts only within the base.
        members: Vec<ShareMember>,
    },
    /// An aggregate over a table's column, one figure a row, known when compiled; only where each row has one constant in each
    /// key cell (other columns become lookups of every key).
    OverColumn {
        /// Which.
        op: Aggregation,
        /// The table.
        table: TableId,
        /// Index of the value column.
        column: usize,
    },
    /// A total split over a table's rows; the value at the key in scope.
    Split {
        /// What is distributed.
        total: Box<Expr>,
        /// The table with the weights.
        table: TableId,
        /// Index of the weight column.
        column: usize,
        /// The method.
        method: SplitMethod,
        /// The row asked for.
        keys: Vec<Expr>,
    },
}

/// One track's part of an aggregate over cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseMember {
    /// The track.
    pub track: TrackId,
    /// Which cases.
    pub filter: Option<Expr>,
    /// Of each case.
    pub value: Option<Expr>,
}

/// One track's part of a share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareMember {
    /// The track.
    pub track: TrackId,
    /// Whether its cases are in the base, and which (`None`: none of them; `Some(true)` constant: all).
    pub base: Option<Expr>,
    /// Whether a case is in the part.
    pub part: Option<Expr>,
}

/// Comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    AtMost,
    More,
    AtLeast,
    /// Dates: the boundary by the reading `before`.
    Before,
    /// Dates: the boundary by the reading `after`.
    After,
}

impl Comparison {
    /// The same comparison with its sides exchanged.
    pub fn mirrored(self) -> Self {
        match self {
            Self::Equal => Self::Equal,
            Self::NotEqual => Self::NotEqual,
            Self::Less => Self::More,
            Self::AtMost => Self::AtLeast,
            Self::More => Self::Less,
            Self::AtLeast => Self::AtMost,
            Self::Before => Self::After,
            Self::After => Self::Before,
        }
    }

    /// The comparison that holds where this one does not.
    pub fn opposite(self) -> Self {
        match self {
            Self::Equal => Self::NotEqual,
            Self::NotEqual => Self::Equal,
            Self::Less => Self::AtLeast,
            Self::AtMost => Self::More,
            Self::More => Self::AtMost,
            Self::AtLeast => Self::Less,
            Self::Before => Self::After,
            Self::After => Self::Before,
        }
    }
}

/// Aggregations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Aggregation {
    Count,
    CountDistinct,
    Sum,
    Min,
    Max,
    Any,
    All,
    None,
    /// Whether so many whole numbers, one after another, are each the value of a member; only over lists.
    Consecutive(u32),
}

impl Aggregation {
    /// Its word in data and in generated code.
    pub fn word(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::CountDistinct => "count_distinct",
            Self::Sum => "sum",
            Self::Min => "min",
            Self::Max => "max",
            Self::Any => "any",
            Self::All => "all",
            Self::None => "none",
            Self::Consecutive(_) => "consecutive",
        }
    }
}
