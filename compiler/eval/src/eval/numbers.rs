//! Numbers that may be unknown: intervals through +, −, × constant, larger, smaller and comparison; nothing else (semantics 3.7).
//!
//! Always: exact; an open end is `None`; a known number is an interval of one point only when it is [`Value::Number`].

use crate::truth::Truth;
use crate::value::{Unknown, Value, all_needs};
use prog_base::{Exact, RoundMode};
use prog_model::Comparison;
use std::cmp::Ordering;

/// No value where a number should stand: passes on (the compiler has asked for `otherwise`).
fn absent(values: &[&Value<'_>]) -> bool {
    values.iter().any(|v| **v == Value::None)
}

/// `a + b`.
pub fn add<'a>(a: Value<'a>, b: Value<'a>) -> Value<'a> {
    if let (Value::Number(x), Value::Number(y)) = (&a, &b) {
        return Value::Number(x + y);
    }
    if absent(&[&a, &b]) {
        return Value::None;
    }
    let ((al, ah), (bl, bh)) = (a.bounds(), b.bounds());
    let end = |x: Option<&Exact>, y: Option<&Exact>| x.zip(y).map(|(x, y)| x + y);
    Value::Unknown(Unknown { low: end(al, bl), high: end(ah, bh), needs: all_needs([&a, &b]) })
}

/// `−a`.
pub fn negate(a: Value<'_>) -> Value<'_> {
    match a {
        Value::Number(n) => Value::Number(-&n),
        Value::Unknown(u) => Value::Unknown(Unknown { low: u.high.map(|n| -&n), high: u.low.map(|n| -&n), needs: u.needs }),
        other => other,
    }
}

/// `a × factor`, the factor a constant of the programme.
pub fn scale<'a>(a: Value<'a>, factor: &Exact) -> Value<'a> {
    match a {
        Value::Number(n) => Value::Number(&n * factor),
        Value::Unknown(u) => {
            let (low, high) = (u.low.map(|n| &n * factor), u.high.map(|n| &n * factor));
            let (low, high) = if factor.is_negative() { (high, low) } else { (low, high) };
            Value::Unknown(Unknown { low, high, needs: u.needs })
        }
        other => other,
    }
}

/// `a × b` where neither is a constant of the programme.
pub fn multiply<'a>(a: Value<'a>, b: Value<'a>) -> Value<'a> {
    match (&a, &b) {
        (Value::Number(x), Value::Number(y)) => Value::Number(x * y),
        _ if absent(&[&a, &b]) => Value::None,
        _ => Value::unknown(all_needs([&a, &b])),
    }
}

/// The larger, or the smaller, of several.
pub fn extreme<'a>(larger: bool, values: &[Value<'a>]) -> Value<'a> {
    if values.contains(&Value::None) {
        return Value::None;
    }
    let pick = |ends: Vec<Option<&Exact>>, every: bool| {
        if every && ends.iter().any(Option::is_none) {
            return None;
        }
        let ends = ends.into_iter().flatten();
        if larger { ends.max().cloned() } else { ends.min().cloned() }
    };
    // The largest of all is at least each known low end, and at most the highest of all high ends.
    let low = pick(values.iter().map(|v| v.bounds().0).collect(), !larger);
    let high = pick(values.iter().map(|v| v.bounds().1).collect(), larger);
    if values.iter().all(|v| matches!(v, Value::Number(_))) {
        return low.map_or(Value::None, Value::Number);
    }
    Value::Unknown(Unknown { low, high, needs: all_needs(values) })
}

/// Rounds a known number in its unit; bounds do not pass.
pub fn round<'a>(a: Value<'a>, mode: RoundMode, digits: u32, unit: &Exact) -> Value<'a> {
    match a {
        Value::Number(n) => match n.checked_div(unit) {
            Some(shown) => Value::Number(&shown.round(mode, digits as usize) * unit),
            None => Value::Number(n),
        },
        Value::Unknown(u) => Value::unknown(u.needs),
        other => other,
    }
}

/// Compares two numbers by their bounds.
pub fn compare<'a>(op: Comparison, a: &Value<'a>, b: &Value<'a>) -> Truth<'a> {
    let ((al, ah), (bl, bh)) = (a.bounds(), b.bounds());
    // Whether every value of the first is in this relation to every value of the second.
    let all = |x: Option<&Exact>, test: fn(Ordering) -> bool, y: Option<&Exact>| x.zip(y).is_some_and(|(x, y)| test(x.cmp(y)));
    let (yes, no) = match op {
        Comparison::AtMost => (all(ah, Ordering::is_le, bl), all(al, Ordering::is_gt, bh)),
        Comparison::Less | Comparison::Before => (all(ah, Ordering::is_lt, bl), all(al, Ordering::is_ge, bh)),
        Comparison::AtLeast => (all(al, Ordering::is_ge, bh), all(ah, Ordering::is_lt, bl)),
        Comparison::More | Comparison::After => (all(al, Ordering::is_gt, bh), all(ah, Ordering::is_le, bl)),
        Comparison::Equal => (same_point(a, b), apart(a, b)),
        Comparison::NotEqual => (apart(a, b), same_point(a, b)),
    };
    match (yes, no) {
        (true, _) => Truth::True,
        (_, true) => Truth::False,
        (false, false) => Truth::Unknown(all_needs([a, b])),
    }
}

fn same_point(a: &Value<'_>, b: &Value<'_>) -> bool {
    let ((al, ah), (bl, bh)) = (a.bounds(), b.bounds());
    al.is_some() && al == ah && al == bl && al == bh
}

fn apart(a: &Value<'_>, b: &Value<'_>) -> bool {
    let ((al, ah), (bl, bh)) = (a.bounds(), b.bounds());
    let above = |x: Option<&Exact>, y: Option<&Exact>| x.zip(y).is_some_and(|(x, y)| x > y);
    above(al, bh) || above(bl, ah)
}

/// Whether the value lies within `band` (a fraction) around the target, ends included.
pub fn about<'a>(value: &Value<'a>, target: Value<'a>, band: &Exact) -> Truth<'a> {
    let low = scale(target.clone(), &(&Exact::ONE - band));
    let high = scale(target, &(&Exact::ONE + band));
    Truth::and([compare(Comparison::AtLeast, value, &low), compare(Comparison::AtMost, value, &high)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Needs, Source};

    fn n(text: &str) -> Value<'static> {
        Value::Number(Exact::parse(text).expect(text))
    }

    /// `"2..5"`, an end may be left out.
    fn u(range: &str) -> Value<'static> {
        let (low, high) = range.split_once("..").expect(range);
        Value::Unknown(Unknown { needs: Needs::one("x", Source::Other), low: Exact::parse(low), high: Exact::parse(high) })
    }

    #[test]
    fn semantics_3_7_intervals_pass_through_sums_multiples_and_extremes() {
        assert_eq!(add(u("2..5"), n("1")), u("3..6"));
        assert_eq!(add(u("2.."), n("1")), u("3.."));
        assert_eq!(negate(u("2..5")), u("-5..-2"));
        assert_eq!(scale(u("2..5"), &Exact::from(-2)), u("-10..-4"));
        assert_eq!(extreme(true, &[u("2.."), n("3")]), u("3.."));
        assert_eq!(extreme(false, &[u("2.."), n("3")]), u("2..3"));
        assert_eq!(extreme(true, &[n("2"), n("3")]), n("3"));
    }

    #[test]
    fn semantics_3_7_all_else_is_unknown_and_not_more_precise() {
        assert_eq!(multiply(u("2..5"), n("2")), u(".."));
        assert_eq!(round(u("2..5"), RoundMode::HalfUp, 0, &Exact::ONE), u(".."));
    }

    #[test]
    fn semantics_3_7_a_decisive_bound_decides() {
        use Comparison::*;
        for (op, a, b, result) in [
            (AtMost, u("2..5"), n("5"), Some(true)),
            (AtMost, u("2..5"), n("4"), None),
            (AtMost, u("6..9"), n("5"), Some(false)),
            (Less, u("2..5"), n("5"), None),
            (Less, u("5.."), n("5"), Some(false)),
            (AtLeast, u("5.."), n("5"), Some(true)),
            (More, u("..5"), n("5"), Some(false)),
            (Equal, u("2..5"), n("6"), Some(false)),
            (Equal, u("2..5"), n("5"), None),
            (NotEqual, u("2..5"), n("6"), Some(true)),
        ] {
            let truth = compare(op, &a, &b);
            assert_eq!(truth.is_true(), result == Some(true), "{op:?} {a:?} {b:?}");
            assert_eq!(truth.is_false(), result == Some(false), "{op:?} {a:?} {b:?}");
        }
    }

    #[test]
    fn semantics_4_8_about_is_a_band_with_its_ends() {
        let band = Exact::ratio(1, 10).unwrap();
        for (value, within) in [("36", true), ("44", true), ("35", false), ("45", false)] {
            assert_eq!(about(&n(value), n("40"), &band).is_true(), within, "{value}");
        }
    }
}
