//! Numbers that may be unknown: intervals through +, −, × constant, larger, smaller and comparison; nothing else.
//!
//! Always: exact; an open end is `None`; no value among the operands passes on.

use super::number::{Exact, Number, RoundMode};
use super::truth::Truth;
use super::value::{all_needs, Value};
use std::cmp::Ordering;

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// a = b
    Equal,
    /// a ≠ b
    NotEqual,
    /// a < b
    Less,
    /// a ≤ b
    AtMost,
    /// a > b
    More,
    /// a ≥ b
    AtLeast,
    /// Before, in time.
    Before,
    /// After, in time.
    After,
}

/// a + b
pub fn plus<'a>(a: Value<'a>, b: Value<'a>) -> Value<'a> {
    if let (Value::Number(x), Value::Number(y)) = (&a, &b) {
        return Value::Number(x + y);
    }
    if a.is_none() || b.is_none() {
        return Value::None;
    }
    let ((al, ah), (bl, bh)) = (a.bounds(), b.bounds());
    let end = |x: Option<&Exact>, y: Option<&Exact>| x.zip(y).map(|(x, y)| x + y);
    Value::between(all_needs([&a, &b]), end(al, bl), end(ah, bh))
}

/// −a
pub fn negative(a: Value<'_>) -> Value<'_> {
    match a {
        Value::Number(n) => Value::Number(-&n),
        Value::Unknown(u) => {
            let turned = |end: Option<Exact>| end.map(|n| -&n);
            Value::between(u.needs, turned(u.high), turned(u.low))
        }
        other => other,
    }
}

/// a − b
pub fn minus<'a>(a: Value<'a>, b: Value<'a>) -> Value<'a> {
    plus(a, negative(b))
}

/// a × factor, the factor a constant of the programme.
pub fn scaled<'a>(a: Value<'a>, factor: &Exact) -> Value<'a> {
    match a {
        Value::Number(n) => Value::Number(&n * factor),
        Value::Unknown(u) => {
            let times = |end: Option<Exact>| end.map(|n| &n * factor);
            let (low, high) = (times(u.low), times(u.high));
            if factor.is_negative() {
                Value::between(u.needs, high, low)
            } else {
                Value::between(u.needs, low, high)
            }
        }
        other => other,
    }
}

/// a × b where neither is a constant of the programme.
pub fn times<'a>(a: Value<'a>, b: Value<'a>) -> Value<'a> {
    match (&a, &b) {
        (Value::Number(x), Value::Number(y)) => Value::Number(x * y),
        (Value::None, _) | (_, Value::None) => Value::None,
        (_, _) => Value::unknown(all_needs([&a, &b])),
    }
}

/// a × b, of which b is a constant of the programme.
pub fn times_constant<'a>(a: Value<'a>, b: Value<'a>) -> Value<'a> {
    match (&a, &b) {
        (Value::Unknown(_), Value::Number(factor)) => scaled(a, factor),
        (_, _) => times(a, b),
    }
}

/// a × b, of which a is a constant of the programme.
pub fn constant_times<'a>(a: Value<'a>, b: Value<'a>) -> Value<'a> {
    match (&a, &b) {
        (Value::Number(factor), Value::Unknown(_)) => scaled(b, factor),
        (_, _) => times(a, b),
    }
}

/// The larger of several.
pub fn largest<'a>(values: &[Value<'a>]) -> Value<'a> {
    extreme(true, values)
}

/// The smaller of several.
pub fn smallest<'a>(values: &[Value<'a>]) -> Value<'a> {
    extreme(false, values)
}

fn extreme<'a>(larger: bool, values: &[Value<'a>]) -> Value<'a> {
    if values.iter().any(Value::is_none) {
        return Value::None;
    }
    let pick = |ends: Vec<Option<&Exact>>, every: bool| {
        if every && ends.iter().any(Option::is_none) {
            return None;
        }
        let ends = ends.into_iter().flatten();
        if larger {
            ends.max().cloned()
        } else {
            ends.min().cloned()
        }
    };
    // The largest of all is at least each known low end, and at most the highest of all high ends.
    let low = pick(values.iter().map(|v| v.bounds().0).collect(), !larger);
    let high = pick(values.iter().map(|v| v.bounds().1).collect(), larger);
    if values.iter().all(|v| v.number().is_some()) {
        return low.map_or(Value::None, Value::Number);
    }
    Value::between(all_needs(values), low, high)
}

/// Rounds a known number in its unit; bounds do not pass.
pub fn rounded(a: Value<'_>, mode: RoundMode, digits: usize, unit: Number) -> Value<'_> {
    let unit = unit.exact();
    match a {
        Value::Number(n) => match n.divided(&unit) {
            Some(shown) => Value::Number(&shown.rounded(mode, digits) * &unit),
            None => Value::Number(n),
        },
        Value::Unknown(u) => Value::unknown(u.needs),
        other => other,
    }
}

/// Compares two numbers by their bounds.
pub fn compare_numbers(relation: Relation, a: &Value<'_>, b: &Value<'_>) -> Truth {
    if let (Value::Number(x), Value::Number(y)) = (a, b) {
        return Truth::of(holds(relation, x.cmp(y)));
    }
    let ((al, ah), (bl, bh)) = (a.bounds(), b.bounds());
    // Whether every value of the first is in this relation to every value of the second.
    let all = |x: Option<&Exact>, test: fn(Ordering) -> bool, y: Option<&Exact>| {
        x.zip(y).is_some_and(|(x, y)| test(x.cmp(y)))
    };
    let same = al.is_some() && al == ah && al == bl && al == bh;
    let apart = all(al, Ordering::is_gt, bh) || all(bl, Ordering::is_gt, ah);
    let (yes, no) = match relation {
        Relation::AtMost => (all(ah, Ordering::is_le, bl), all(al, Ordering::is_gt, bh)),
        Relation::Less | Relation::Before => {
            (all(ah, Ordering::is_lt, bl), all(al, Ordering::is_ge, bh))
        }
        Relation::AtLeast => (all(al, Ordering::is_ge, bh), all(ah, Ordering::is_lt, bl)),
        Relation::More | Relation::After => {
            (all(al, Ordering::is_gt, bh), all(ah, Ordering::is_le, bl))
        }
        Relation::Equal => (same, apart),
        Relation::NotEqual => (apart, same),
    };
    match (yes, no) {
        (true, _) => Truth::True,
        (_, true) => Truth::False,
        (false, false) => Truth::Unknown(all_needs([a, b])),
    }
}

/// Whether two things so ordered are in this relation.
pub fn holds(relation: Relation, order: Ordering) -> bool {
    match relation {
        Relation::Equal => order.is_eq(),
        Relation::NotEqual => order.is_ne(),
        Relation::Less | Relation::Before => order.is_lt(),
        Relation::AtMost => order.is_le(),
        Relation::More | Relation::After => order.is_gt(),
        Relation::AtLeast => order.is_ge(),
    }
}

/// Whether the value lies within `band` (a fraction) around the target, ends included.
pub fn within_band<'a>(value: &Value<'a>, target: Value<'a>, band: &Exact) -> Truth {
    let low = scaled(target.clone(), &(&Exact::ONE - band));
    let high = scaled(target, &(&Exact::ONE + band));
    Truth::and([
        compare_numbers(Relation::AtLeast, value, &low),
        compare_numbers(Relation::AtMost, value, &high),
    ])
}
