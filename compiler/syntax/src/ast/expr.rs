//! Expressions and what a rule tests.

use super::{Head, Name, Str};
use prog_base::{Date, DayPart, Duration, ElapsedUnit, Exact, RoundMode, Span};

/// An expression with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

/// The expressions of the language; operators are listed loosest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExprKind {
    /// `yes` / `no` (`是` / `否`, `true` / `false`).
    Bool(bool),
    /// `40`, `12.5`, `500 万元`, `10 Gbps`.
    Number {
        /// The exact value.
        value: Exact,
        /// The unit on the same line.
        unit: Option<Name>,
    },
    /// `40%`: points.
    Percent(Exact),
    /// `2 years`, `2年`, `10 days`.
    Duration(Duration),
    /// `2024-04-22`, `2024年4月22日`.
    Date(Date),
    /// `2024-04-22T17:00`, `2024-04-22T23:59:59` (local time of the programme's zone).
    DateTime {
        /// The day.
        date: Date,
        /// Hour 0–24.
        hour: i8,
        /// Minute.
        minute: i8,
        /// Second, 0 unless written.
        second: i8,
    },
    /// A quoted text.
    Text(String),
    /// A name: fact, field, let, rule, key, enum value, actor, track, stage.
    Name(Name),
    /// `a.b`: a field of a form or record, a column of a table.
    Member {
        /// The left side.
        of: Box<Expr>,
        /// The member.
        name: Name,
    },
    /// `table[a, b]`.
    Index {
        /// The table.
        of: Box<Expr>,
        /// One expression a key.
        keys: Vec<Expr>,
    },
    /// `unknown "why"`: the notice is silent.
    Silent(Option<Str>),
    /// `reading 达标校范围 = 公办`.
    ReadingIs {
        /// The reading.
        reading: Name,
        /// The value asked for.
        value: Name,
    },
    /// `due(STAGE)`.
    Due(Name),
    /// `time(STAGE)`.
    Time(Name),
    /// `length of FIELD`.
    LengthOf(Box<Expr>),
    /// `count(A where P)`, `sum(seats)`, `any(findings where …)`, `min(a, b)`, `any 3 consecutive(awards where P per year)`.
    Aggregate(Aggregate),
    /// `share(A where P among B)`.
    Share {
        /// What is counted over.
        over: Vec<Name>,
        /// The part.
        part: Box<Expr>,
        /// The base; without it, all of `over`.
        among: Option<Box<ShareBase>>,
    },
    /// `split TOTAL by WEIGHT using METHOD`.
    Split {
        /// What is distributed.
        total: Box<Expr>,
        /// A table column.
        weight: Box<Expr>,
        /// The named method.
        method: SplitMethod,
    },
    /// `round half up (E) to 2 digits`.
    Round {
        /// The named mode.
        mode: RoundMode,
        /// What is rounded.
        value: Box<Expr>,
        /// Digits after the point.
        digits: u32,
    },
    /// `larger of (a, b)` / `smaller of (a, b)`, of days `later of (a, b)` / `earlier of (a, b)`.
    Extreme {
        /// Larger or later, else smaller or earlier.
        larger: bool,
        /// Said of days.
        days: bool,
        /// Two or more.
        of: Vec<Expr>,
    },
    /// `years between (a, b)`, `months between (a, b)`, `days between (a, b)`.
    Elapsed {
        /// In what.
        unit: ElapsedUnit,
        /// The first day.
        from: Box<Expr>,
        /// The last day.
        to: Box<Expr>,
    },
    /// `year of (D)`, `start of month (D)`.
    OfDay {
        /// What.
        part: DayPart,
        /// The day.
        day: Box<Expr>,
    },
    /// `if C then A else B`.
    If {
        /// Condition.
        test: Box<Expr>,
        /// Value when true.
        then: Box<Expr>,
        /// Value when false.
        other: Box<Expr>,
    },
    /// `a or b or c` (no mixing with `and` without brackets).
    Or(Vec<Expr>),
    /// `a and b and c`.
    And(Vec<Expr>),
    /// `not a`.
    Not(Box<Expr>),
    /// `a = b`, `a at least b`, `d on or before e`.
    Compare {
        /// The comparison as meant.
        op: CompareOp,
        /// Left side.
        left: Box<Expr>,
        /// Right side.
        right: Box<Expr>,
    },
    /// `x between a and b` (both ends in).
    Between {
        /// The value.
        value: Box<Expr>,
        /// Lower end.
        low: Box<Expr>,
        /// Upper end.
        high: Box<Expr>,
    },
    /// `x about 40`: a soft bound by the reading `about`, always a note.
    About {
        /// The value.
        value: Box<Expr>,
        /// The number stated.
        target: Box<Expr>,
    },
    /// `x in { a, b }` / `x not in { … }`.
    In {
        /// The value.
        value: Box<Expr>,
        /// The choices.
        set: Vec<Expr>,
        /// `not in`.
        negated: bool,
    },
    /// `day within last 3 years`, `day within 2 calendar years before D`.
    Within {
        /// The day.
        value: Box<Expr>,
        /// How far back.
        window: Window,
    },
    /// `x is given`.
    IsGiven(Box<Expr>),
    /// `x otherwise v`.
    Otherwise {
        /// What may have no value.
        value: Box<Expr>,
        /// The value then.
        default: Box<Expr>,
    },
    /// `e capped at 5` / `e floored at 500`.
    Clamp {
        /// Cap, else floor.
        cap: bool,
        /// What is limited.
        value: Box<Expr>,
        /// The limit.
        limit: Box<Expr>,
    },
    /// `a + b`, `a - b`, `a * b`, `a / b`.
    Arithmetic {
        /// The operator.
        op: ArithmeticOp,
        /// Left side.
        left: Box<Expr>,
        /// Right side.
        right: Box<Expr>,
    },
    /// `-a`.
    Negate(Box<Expr>),
    /// Not understood; a diagnostic has been given.
    Bad,
}

/// A span of days that ends somewhere: `last 3 years`, `10 years before D`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// How long it is.
    pub length: WindowLength,
    /// Where it ends; `None`: `last`, by the reading.
    pub end: Option<Box<Expr>>,
    /// The place.
    pub span: Span,
}

/// How long a window is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowLength {
    /// So long before its end.
    Duration(Duration),
    /// So many whole years, the last one that before the year of its end.
    CalendarYears(u32),
}

/// The base of a share: `among A where Q`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareBase {
    /// The tracks or list of the base.
    pub over: Vec<Name>,
    /// Which of them.
    pub filter: Option<Expr>,
}

/// Comparisons. Synonyms read alike: `不少于 不低于 至少` are all `AtLeast`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum CompareOp {
    Equal,
    NotEqual,
    Less,
    AtMost,
    More,
    AtLeast,
    /// On or before (`不晚于`), before, after, on or after: dates.
    OnOrBefore,
    Before,
    OnOrAfter,
    After,
}

/// `+ − × ÷`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum ArithmeticOp {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// How a total is split over weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[allow(missing_docs)]
pub enum SplitMethod {
    LargestRemainder,
    Webster,
    Jefferson,
}

/// An aggregate over tracks, over a list of one application, or over a table column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aggregate {
    /// Which one.
    pub op: AggregateOp,
    /// `any 3 consecutive`: how many.
    pub length: Option<Box<Expr>>,
    /// `count(示范区)`, `sum(asked)`, `count distinct(partners.county)`, `sum(名额.区域)`: one or more, comma separated.
    pub of: Vec<Expr>,
    /// `where P`.
    pub filter: Option<Box<Expr>>,
    /// `per KEY, …` inside the parentheses.
    pub per: Vec<Expr>,
}

/// The aggregates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum AggregateOp {
    Count,
    CountDistinct,
    Sum,
    Min,
    Max,
    Any,
    All,
    None,
    Consecutive,
}

/// What a rule tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// An expression.
    Expr(Expr),
    /// `judged by ACTOR [on MATERIAL, …]`.
    Judged {
        /// Who judges.
        by: Name,
        /// On what.
        on: Vec<Name>,
        /// The place.
        span: Span,
    },
    /// `attested [with MATERIAL, …]`.
    Attested {
        /// By what evidence.
        with: Vec<Name>,
        /// The place.
        span: Span,
    },
    /// `external "register" as of DATE`.
    External {
        /// The register's name.
        register: Str,
        /// The day at which the status counts.
        as_of: Option<Box<Expr>>,
        /// The place.
        span: Span,
    },
    /// `any of { … }`, `all of { … }`, `at least 2 of { … }`.
    Threshold {
        /// How many must be met.
        need: Need,
        /// Named tests.
        members: Vec<Member>,
        /// The place.
        span: Span,
    },
    /// Not understood; a diagnostic has been given.
    Bad(Span),
}

/// How many members of a group must be met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
    /// At least one.
    Any,
    /// Every one.
    All,
    /// At least so many.
    AtLeast(u32),
}

/// `NAME [cite] "message" : test` inside a threshold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Name, citations, message.
    pub head: Head,
    /// Guard.
    pub when: Option<Expr>,
    /// The test, itself possibly a threshold.
    pub test: Test,
    /// The place.
    pub span: Span,
}
