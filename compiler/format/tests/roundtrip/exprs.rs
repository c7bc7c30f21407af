//! Random expressions and types, of every kind the grammar can give.

use super::bytes::Bytes;
use prog_base::{Date, DayPart, Duration, DurationUnit, ElapsedUnit, Exact, FileId, RoundMode, Span};
use prog_syntax::ast::*;

pub fn here() -> Span {
    Span::new(FileId(0), 0, 0)
}

const NAMES: &[&str] = &[
    "a",
    "市地",
    "学校类型",
    "名额",
    "条件",
    "form",
    "x_1",
    "note",
    "日期",
    "count",
    "yes",
    "per",
    "两 词",
    "其余",
    "unknown",
    "5a",
    "day",
    "Text",
    "于",
    "on",
];
const TEXTS: &[&str] = &["普通", "", "引“号”内", "say \"x\"", "a\\b", "1：2；{", "// no", "two\nlines", "】、"];

pub fn name(b: &mut Bytes<'_>) -> Name {
    Name { text: b.pick(NAMES).to_owned(), span: here() }
}

pub fn names(b: &mut Bytes<'_>) -> Vec<Name> {
    b.list(1, name)
}

pub fn text(b: &mut Bytes<'_>) -> Str {
    Str { text: b.pick(TEXTS).to_owned(), span: here() }
}

pub fn message(b: &mut Bytes<'_>) -> Message {
    Message { text: text(b), en: b.maybe(text) }
}

pub fn cite(b: &mut Bytes<'_>) -> Cite {
    let address = b.pick(&["四(一)2", "程序(一)", "annex 1", "附件2", "6(2)a", "要求"]).to_owned();
    Cite { address, whole: b.flag(), anchor: b.maybe(text), span: here() }
}

pub fn cites(b: &mut Bytes<'_>) -> Vec<Cite> {
    if b.flag() { b.list(1, cite) } else { Vec::new() }
}

/// A head with documentation, where a line of its own starts with it.
pub fn head(b: &mut Bytes<'_>) -> Head {
    Head { doc: b.maybe(|b| b.pick(&["说明", "two\nlines"]).to_owned()), ..plain_head(b) }
}

/// A head in the middle of a line.
pub fn plain_head(b: &mut Bytes<'_>) -> Head {
    Head { name: name(b), key: b.maybe(name), cites: cites(b), message: b.maybe(message), doc: None }
}

pub fn date(b: &mut Bytes<'_>) -> Date {
    Date::new(2000 + b.below(60) as i16, 1 + b.below(12) as i8, 1 + b.below(28) as i8).expect("a day of the calendar")
}

fn number(b: &mut Bytes<'_>) -> Exact {
    Exact::parse(b.pick(&["0", "1", "40", "12.5", "10000", "0.05", "123456789012345678901234567890"])).expect("a number")
}

pub fn duration(b: &mut Bytes<'_>) -> Duration {
    let unit = b.pick(&[DurationUnit::Days, DurationUnit::Weeks, DurationUnit::Months, DurationUnit::Years, DurationUnit::WorkingDays]);
    Duration { count: b.below(30) as i64, unit }
}

fn of(kind: ExprKind) -> Expr {
    Expr { kind, span: here() }
}

fn boxed(b: &mut Bytes<'_>, depth: usize) -> Box<Expr> {
    Box::new(expr(b, depth))
}

/// What may stand without a comparison: literals that no keyword opens.
pub fn literal(b: &mut Bytes<'_>) -> Expr {
    of(match b.below(6) {
        0 => ExprKind::Number { value: number(b), unit: b.maybe(name) },
        1 => ExprKind::Text(text(b).text),
        2 => ExprKind::Date(date(b)),
        3 => ExprKind::Percent(number(b)),
        4 => ExprKind::DateTime { date: date(b), hour: b.below(24) as i8, minute: 0, second: b.below(60) as i8 },
        _ => ExprKind::Duration(duration(b)),
    })
}

/// A name with columns, members and keys.
fn path(b: &mut Bytes<'_>, depth: usize) -> Expr {
    let mut e = of(ExprKind::Name(name(b)));
    for _ in 0..b.below(3) {
        e = of(if b.flag() {
            ExprKind::Index { of: Box::new(e), keys: b.list(1, |b| expr(b, depth)) }
        } else {
            ExprKind::Member { of: Box::new(e), name: name(b) }
        });
    }
    e
}

/// Any expression, nested at most so deep.
pub fn expr(b: &mut Bytes<'_>, depth: usize) -> Expr {
    if depth == 0 {
        return if b.flag() { literal(b) } else { of(ExprKind::Name(name(b))) };
    }
    let d = depth - 1;
    let kind = match b.below(30) {
        0 => return literal(b),
        1 => return path(b, d),
        2 => ExprKind::Bool(b.flag()),
        3 => ExprKind::Silent(b.maybe(text)),
        4 => ExprKind::ReadingIs { reading: name(b), value: reading_word(b) },
        5 => ExprKind::Due(name(b)),
        6 => ExprKind::Time(name(b)),
        7 => ExprKind::LengthOf(Box::new(path(b, d))),
        8 => ExprKind::Aggregate(aggregate(b, d)),
        9 => ExprKind::Aggregate(consecutive(b, d)),
        10 => ExprKind::Share { over: names(b), part: boxed(b, d), among: b.maybe(|b| share_base(b, d)) },
        11 => {
            let method = b.pick(&[SplitMethod::LargestRemainder, SplitMethod::Webster, SplitMethod::Jefferson]);
            ExprKind::Split { total: boxed(b, d), weight: boxed(b, d), method }
        }
        12 => {
            let mode = b.pick(&[RoundMode::HalfUp, RoundMode::HalfEven, RoundMode::Up, RoundMode::Down]);
            ExprKind::Round { mode, value: boxed(b, d), digits: b.below(3) as u32 }
        }
        13 => ExprKind::Extreme { larger: b.flag(), days: b.flag(), of: b.list(2, |b| expr(b, d)) },
        14 => ExprKind::If { test: boxed(b, d), then: boxed(b, d), other: boxed(b, d) },
        15 => ExprKind::Or(b.list(2, |b| expr(b, d))),
        16 => ExprKind::And(b.list(2, |b| expr(b, d))),
        17 => ExprKind::Not(boxed(b, d)),
        18 | 19 => ExprKind::Compare { op: compare_op(b), left: boxed(b, d), right: boxed(b, d) },
        20 => ExprKind::Between { value: boxed(b, d), low: boxed(b, d), high: boxed(b, d) },
        21 => ExprKind::About { value: boxed(b, d), target: boxed(b, d) },
        22 => ExprKind::In { value: boxed(b, d), set: b.list(1, |b| expr(b, d)), negated: b.flag() },
        23 => ExprKind::IsGiven(boxed(b, d)),
        24 => ExprKind::Otherwise { value: boxed(b, d), default: boxed(b, d) },
        25 => ExprKind::Clamp { cap: b.flag(), value: boxed(b, d), limit: boxed(b, d) },
        26 => {
            let length = if b.flag() { WindowLength::Duration(duration(b)) } else { WindowLength::CalendarYears(b.below(3) as u32 + 1) };
            ExprKind::Within { value: boxed(b, d), window: Window { length, end: b.maybe(|b| boxed(b, d)), span: here() } }
        }
        27 => {
            let unit = b.pick(&[ElapsedUnit::Years, ElapsedUnit::Months, ElapsedUnit::Days]);
            ExprKind::Elapsed { unit, from: boxed(b, d), to: boxed(b, d) }
        }
        28 => ExprKind::OfDay { part: b.pick(&DayPart::ALL), day: boxed(b, d) },
        _ if b.flag() => ExprKind::Negate(boxed(b, d)),
        _ => {
            let op = b.pick(&[ArithmeticOp::Add, ArithmeticOp::Subtract, ArithmeticOp::Multiply, ArithmeticOp::Divide]);
            ExprKind::Arithmetic { op, left: boxed(b, d), right: boxed(b, d) }
        }
    };
    of(kind)
}

fn share_base(b: &mut Bytes<'_>, d: usize) -> Box<ShareBase> {
    Box::new(ShareBase { over: names(b), filter: b.maybe(|b| expr(b, d)) })
}

fn aggregate(b: &mut Bytes<'_>, d: usize) -> Aggregate {
    use AggregateOp::*;
    Aggregate {
        length: Option::None,
        op: b.pick(&[Count, CountDistinct, Sum, Min, Max, Any, All, None]),
        of: b.list(1, |b| expr(b, d)),
        filter: b.maybe(|b| boxed(b, d)),
        per: if b.flag() { b.list(1, |b| expr(b, d)) } else { Vec::new() },
    }
}

/// `any 3 consecutive(…)`: a number or what a path names.
fn consecutive(b: &mut Bytes<'_>, d: usize) -> Aggregate {
    let length = if b.flag() { of(ExprKind::Number { value: number(b), unit: None }) } else { path(b, d) };
    Aggregate { op: AggregateOp::Consecutive, length: Some(Box::new(length)), ..aggregate(b, d) }
}

pub fn compare_op(b: &mut Bytes<'_>) -> CompareOp {
    use CompareOp::*;
    b.pick(&[Equal, NotEqual, Less, AtMost, More, AtLeast, OnOrBefore, Before, OnOrAfter, After])
}

pub fn reading_word(b: &mut Bytes<'_>) -> Name {
    Name {
        text: b
            .pick(&[
                "公办",
                "inclusive",
                "exclusive",
                "counts punctuation",
                "without punctuation",
                "rejected",
                "returned",
                "finding",
                "half up",
                "half even",
                "up",
                "down",
                "优先",
            ])
            .to_owned(),
        span: here(),
    }
}

fn limit(b: &mut Bytes<'_>) -> Limit {
    let kind = b.pick(&[LimitKind::About, LimitKind::AtMost, LimitKind::AtLeast]);
    let value = of(ExprKind::Number { value: number(b), unit: None });
    Limit {
        kind,
        value,
        counted_in: b.pick(&[None, Some(CountedIn::Words), Some(CountedIn::Chars), Some(CountedIn::Characters)]),
        span: here(),
    }
}

pub fn ty(b: &mut Bytes<'_>) -> TypeExpr {
    let kind = match b.below(20) {
        0 => TypeKind::Count,
        1 => TypeKind::Text,
        2 => TypeKind::Prose,
        3 => TypeKind::Integer,
        4 => TypeKind::Decimal(b.below(5) as u32),
        5 => TypeKind::Percent(b.maybe(|b| b.below(3) as u32)),
        6 => TypeKind::Money(b.maybe(|b| b.below(3) as u32)),
        7 => TypeKind::Date,
        8 => TypeKind::Month,
        9 => TypeKind::Year,
        10 => TypeKind::YesNo,
        11 => TypeKind::Email,
        12 => TypeKind::Phone,
        13 => TypeKind::Mobile,
        14 => b.pick(&[TypeKind::Postcode, TypeKind::Url]),
        15 => TypeKind::File { kinds: if b.flag() { names(b) } else { Vec::new() }, sealed: b.flag() },
        16 => TypeKind::Choice { many: b.flag(), values: b.list(1, plain_head) },
        17 => TypeKind::ManyOf(name(b)),
        18 => {
            // Unit and range belong to the inmost type, limits to the outermost list.
            let inner = Box::new(TypeExpr { limits: Vec::new(), ..ty(b) });
            let limits = if b.flag() { b.list(1, limit) } else { Vec::new() };
            return TypeExpr { kind: TypeKind::List(inner), unit: None, from: None, to: None, step: None, limits, span: here() };
        }
        _ => TypeKind::Named(name(b)),
    };
    TypeExpr {
        kind,
        unit: b.maybe(name),
        from: b.maybe(|b| literal(b)),
        to: b.maybe(|b| literal(b)),
        step: b.maybe(|b| literal(b)),
        limits: if b.flag() { b.list(1, limit) } else { Vec::new() },
        span: here(),
    }
}
