//! Comparisons of like values, dates by their readings.

use super::numbers;
use super::scope::Scope;
use crate::readings::{Setting, builtin};
use crate::truth::Truth;
use crate::value::{Needs, Value, all_needs};
use prog_base::Date;
use prog_model::{BuiltinReading, Comparison, EnumOrder, Programme, Type};
use std::cmp::Ordering;

/// Compares two values whose expressions have these types.
pub fn compare<'a, S: Scope<'a> + ?Sized>(scope: &S, op: Comparison, left: (&Value<'a>, &Type), right: (&Value<'a>, &Type)) -> Truth<'a> {
    let ((a, a_type), (b, b_type)) = (left, right);
    if matches!((a_type, b_type), (Type::Number(_), _) | (_, Type::Number(_))) {
        return numbers::compare(op, a, b);
    }
    if a.needs().is_some() || b.needs().is_some() {
        return Truth::Unknown(all_needs([a, b]));
    }
    let order = match (a, b) {
        (Value::Enum(x), Value::Enum(y)) => Some(enum_order(scope, a_type, b_type, *x, *y)),
        (Value::Date(_) | Value::Moment(_), Value::Date(_) | Value::Moment(_)) => time_order(scope, (a, a_type), (b, b_type)),
        (Value::None, _) | (_, Value::None) => None,
        (x, y) => Some(if x == y { Ordering::Equal } else { Ordering::Greater }),
    };
    let Some(order) = order else { return Truth::Unknown(Needs::default()) };
    match op {
        Comparison::Equal => Truth::of(order.is_eq()),
        Comparison::NotEqual => Truth::of(order.is_ne()),
        Comparison::Less => Truth::of(order.is_lt()),
        Comparison::AtMost => Truth::of(order.is_le()),
        Comparison::More => Truth::of(order.is_gt()),
        Comparison::AtLeast => Truth::of(order.is_ge()),
        Comparison::Before => boundary(scope, BuiltinReading::Before, order.is_lt(), order.is_eq()),
        Comparison::After => boundary(scope, BuiltinReading::After, order.is_gt(), order.is_eq()),
    }
}

/// Before or after: on the boundary itself the reading decides.
fn boundary<'a, S: Scope<'a> + ?Sized>(scope: &S, which: BuiltinReading, beyond: bool, on: bool) -> Truth<'a> {
    if !on {
        return Truth::of(beyond);
    }
    match builtin(scope.programme(), which).map(|i| scope.setting(i)) {
        Some(Setting::Choice(0)) | None => Truth::True,
        Some(Setting::Choice(_)) => Truth::False,
        Some(Setting::Open | Setting::Band(_) | Setting::Fixed) => Truth::Unknown(Needs::notice()),
    }
}

/// Values of a closed list by rank: of `best first` lists the first ranks highest.
fn enum_order<'a, S: Scope<'a> + ?Sized>(scope: &S, a: &Type, b: &Type, x: usize, y: usize) -> Ordering {
    let ((Type::Enum(id), _) | (_, Type::Enum(id))) = (a, b) else { return x.cmp(&y) };
    match scope.programme().enumeration(*id).order {
        EnumOrder::BestFirst => y.cmp(&x),
        EnumOrder::LowestFirst | EnumOrder::None => x.cmp(&y),
    }
}

/// A day, or the local day of a moment.
pub fn local_day(p: &Programme, value: &Value<'_>) -> Option<Date> {
    match value {
        Value::Date(day) => Some(*day),
        Value::Moment(moment) => p.zone.as_ref()?.day_of(*moment),
        _ => None,
    }
}

/// Days by day; moments by moment. A moment beside a day counts as its local day; an event known only by its day, beside a moment, as the
/// beginning of that day.
fn time_order<'a, S: Scope<'a> + ?Sized>(scope: &S, a: (&Value<'a>, &Type), b: (&Value<'a>, &Type)) -> Option<Ordering> {
    let zone = scope.programme().zone.as_ref();
    if *a.1 == Type::Date || *b.1 == Type::Date {
        let day = |v: &Value<'a>| local_day(scope.programme(), v);
        return Some(day(a.0)?.cmp(&day(b.0)?));
    }
    let moment = |v: &Value<'a>| match v {
        Value::Moment(moment) => Some(*moment),
        Value::Date(day) => zone?.start_of(*day),
        _ => None,
    };
    Some(moment(a.0)?.cmp(&moment(b.0)?))
}
