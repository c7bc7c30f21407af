//! One expression to one value: a match over all kinds.

use super::compare::{compare, local_day};
use super::constant::{denominator, is_constant};
use super::scope::{Scope, Subject};
use super::{items, numbers, split, table};
use crate::readings::{Setting, builtin};
use crate::report::{Message, Note};
use crate::truth::Truth;
use crate::value::{Needs, Source, Value, all_needs};
use prog_base::text::char_count;
use prog_base::{Date, DayPart, Duration, DurationUnit, ElapsedUnit, Exact, Moment};
use prog_model::{ArithmeticOp, BuiltinReading, Comparison, Expr, ExprKind, Programme};

/// The truth of an expression of type yes/no.
pub fn truth<'a, S: Scope<'a> + ?Sized>(scope: &mut S, e: &'a Expr) -> Truth<'a> {
    Truth::from_value(eval(scope, e))
}

/// The value of an expression.
pub fn eval<'a, S: Scope<'a> + ?Sized>(scope: &mut S, e: &'a Expr) -> Value<'a> {
    match &e.kind {
        ExprKind::Bad => Value::unknown(Needs::default()),
        ExprKind::Bool(value) => Value::Bool(*value),
        ExprKind::Number(value) => Value::Number(value.clone()),
        ExprKind::Text(text) => Value::Text(text),
        ExprKind::Date(day) => Value::Date(*day),
        ExprKind::Moment(moment) => Value::Moment(*moment),
        ExprKind::Duration(duration) => Value::Duration(*duration),
        ExprKind::EnumValue { value, .. } => Value::Enum(*value),
        ExprKind::Silent { .. } => Value::unknown(Needs::notice()),
        ExprKind::Input(id) => scope.input(*id),
        ExprKind::Rule(id) => scope.rule(*id),
        ExprKind::Let(id) => scope.named(*id),
        ExprKind::Constant(id) => eval(scope, &scope.programme().lets[id.index()].value),
        ExprKind::ItemField { depth, field } => items::item_field(scope, *depth, *field),
        ExprKind::Item { depth } => items::item(scope, *depth),
        ExprKind::Member { of, field } => member(scope, of, *field),
        ExprKind::Key(index) => scope.frame().keys.last().and_then(|k| k.get(*index)).cloned().unwrap_or(Value::None),
        ExprKind::Due(stage) => scope.due(*stage),
        ExprKind::Time(stage) => scope.time(*stage),
        ExprKind::ReadingIs { reading, value } => match scope.setting(reading.index()) {
            Setting::Choice(chosen) => Value::Bool(chosen == value),
            Setting::Open | Setting::Band(_) | Setting::Fixed => Value::unknown(Needs::notice()),
        },
        ExprKind::Lookup { table, column, keys } => table::lookup(scope, *table, *column, keys),
        ExprKind::Length(x) => length(scope, x),
        ExprKind::Not(x) => truth(scope, x).not().into_value(),
        ExprKind::And(all) => all_true(scope, all),
        ExprKind::Or(any) => one_true(scope, any),
        ExprKind::Compare { op, left, right } => comparison(scope, *op, left, right),
        ExprKind::About { value, target } => about(scope, value, target),
        ExprKind::In { value, set } => within(scope, value, set),
        ExprKind::IsGiven(x) => Value::Bool(is_given(scope, x)),
        ExprKind::Otherwise { value, default } => match eval(scope, value) {
            Value::None => eval(scope, default),
            value => value,
        },
        ExprKind::If { test, then, other } => match truth(scope, test) {
            Truth::True => eval(scope, then),
            Truth::False => eval(scope, other),
            Truth::Unknown(needs) => Value::unknown(needs),
        },
        ExprKind::Arithmetic { op, left, right } => arithmetic(scope, *op, left, right),
        ExprKind::Negate(x) => numbers::negate(eval(scope, x)),
        ExprKind::Extreme { larger, of } => {
            let values: Vec<Value<'a>> = of.iter().map(|x| eval(scope, x)).collect();
            numbers::extreme(*larger, &values)
        }
        ExprKind::Round { mode, digits, unit, value } => numbers::round(eval(scope, value), *mode, *digits, unit),
        ExprKind::Shift { date, by } => {
            let date = eval(scope, date);
            shift(scope.programme(), date, *by)
        }
        ExprKind::ShiftTimes { date, by, times } => {
            let (date, times) = (eval(scope, date), eval(scope, times));
            shift_times(scope.programme(), date, *by, &times)
        }
        ExprKind::Elapsed { unit, from, to } => {
            let (from, to) = (eval(scope, from), eval(scope, to));
            elapsed(scope.programme(), *unit, &from, &to)
        }
        ExprKind::OfDay { part, day } => {
            let day = eval(scope, day);
            of_day(scope.programme(), *part, &day)
        }
        ExprKind::OverList { op, list, filter, value } => items::over_list(scope, *op, list, filter.as_deref(), value.as_deref()),
        ExprKind::OverCases { op, members } => scope.over_cases(*op, members),
        ExprKind::Share { members } => {
            let share = scope.share(members);
            zero_base(scope, e, &share);
            share
        }
        ExprKind::OverColumn { op, table, column } => table::over_column(scope, *op, *table, *column),
        ExprKind::Split { total, table, column, method, keys } => split::split(scope, total, *table, *column, *method, keys),
    }
}

fn all_true<'a, S: Scope<'a> + ?Sized>(scope: &mut S, all: &'a [Expr]) -> Value<'a> {
    Truth::and(all.iter().map(|x| truth(scope, x))).into_value()
}

fn one_true<'a, S: Scope<'a> + ?Sized>(scope: &mut S, any: &'a [Expr]) -> Value<'a> {
    Truth::or(any.iter().map(|x| truth(scope, x))).into_value()
}

fn member<'a, S: Scope<'a> + ?Sized>(scope: &mut S, of: &'a Expr, field: usize) -> Value<'a> {
    match (eval(scope, of), items::record_of(&of.ty)) {
        (Value::Record(fields), Some(record)) => items::field(scope, fields, record, field),
        (Value::Unknown(u), _) => Value::unknown(u.needs),
        (_, _) => Value::None,
    }
}

fn length<'a, S: Scope<'a> + ?Sized>(scope: &mut S, x: &'a Expr) -> Value<'a> {
    let count = match eval(scope, x) {
        Value::Text(text) => char_count(text, counts_punctuation(scope)),
        Value::List(items) => items.len() as u64,
        Value::Set(chosen) => chosen.len() as u64,
        Value::Unknown(u) => return Value::unknown(u.needs),
        _ => return Value::None,
    };
    Value::Number(Exact::from(count as i64))
}

/// Whether 字数 counts punctuation; the reading's second word does not.
pub fn counts_punctuation<'a, S: Scope<'a> + ?Sized>(scope: &S) -> bool {
    let reading = builtin(scope.programme(), BuiltinReading::Length);
    reading.is_none_or(|i| *scope.setting(i) != Setting::Choice(1))
}

fn comparison<'a, S: Scope<'a> + ?Sized>(scope: &mut S, op: Comparison, left: &'a Expr, right: &'a Expr) -> Value<'a> {
    let (a, b) = (eval(scope, left), eval(scope, right));
    if a == Value::None || b == Value::None {
        return Value::None;
    }
    compare(scope, op, (&a, &left.ty), (&b, &right.ty)).into_value()
}

fn about<'a, S: Scope<'a> + ?Sized>(scope: &mut S, value: &'a Expr, target: &'a Expr) -> Value<'a> {
    let (value, target) = (eval(scope, value), eval(scope, target));
    if value == Value::None || target == Value::None {
        return Value::None;
    }
    match band(scope) {
        Some(band) => numbers::about(&value, target, &band).into_value(),
        None => Value::unknown(Needs::notice()),
    }
}

/// The band of the reading `about`.
pub fn band<'a, S: Scope<'a> + ?Sized>(scope: &S) -> Option<Exact> {
    match builtin(scope.programme(), BuiltinReading::About).map(|i| scope.setting(i)) {
        Some(Setting::Band(band)) => Some(band.clone()),
        Some(Setting::Choice(_) | Setting::Open | Setting::Fixed) | None => None,
    }
}

fn within<'a, S: Scope<'a> + ?Sized>(scope: &mut S, value: &'a Expr, set: &'a [Expr]) -> Value<'a> {
    let wanted = eval(scope, value);
    if wanted == Value::None {
        return Value::None;
    }
    let mut truths = Vec::with_capacity(set.len());
    for choice in set {
        let one = eval(scope, choice);
        truths.push(match (&wanted, &one) {
            (Value::Enum(index), Value::Set(chosen)) => Truth::of(chosen.contains(index)),
            _ => compare(scope, Comparison::Equal, (&wanted, &value.ty), (&one, &choice.ty)),
        });
    }
    Truth::or(truths).into_value()
}

/// Whether an optional value is there: never unknown.
fn is_given<'a, S: Scope<'a> + ?Sized>(scope: &mut S, x: &'a Expr) -> bool {
    match &x.kind {
        ExprKind::Input(id) => scope.is_given(*id),
        _other => !matches!(eval(scope, x), Value::None | Value::Unknown(_)),
    }
}

fn arithmetic<'a, S: Scope<'a> + ?Sized>(scope: &mut S, op: ArithmeticOp, left: &'a Expr, right: &'a Expr) -> Value<'a> {
    let (a, b) = (eval(scope, left), eval(scope, right));
    match op {
        ArithmeticOp::Add => numbers::add(a, b),
        ArithmeticOp::Subtract => numbers::add(a, numbers::negate(b)),
        ArithmeticOp::Multiply => match (a, b) {
            (Value::Number(x), b @ Value::Unknown(_)) if is_constant(scope, left) => numbers::scale(b, &x),
            (a @ Value::Unknown(_), Value::Number(y)) if is_constant(scope, right) => numbers::scale(a, &y),
            (a, b) => numbers::multiply(a, b),
        },
        ArithmeticOp::Divide => divide(scope, a, b, right),
    }
}

fn divide<'a, S: Scope<'a> + ?Sized>(scope: &mut S, a: Value<'a>, b: Value<'a>, right: &'a Expr) -> Value<'a> {
    if a == Value::None || b == Value::None {
        return Value::None;
    }
    let Value::Number(by) = &b else { return Value::unknown(all_needs([&a, &b])) };
    match Exact::ONE.checked_div(by) {
        None => {
            let message = denominator(scope, right);
            note(scope, message);
            Value::unknown(all_needs([&a, &b]))
        }
        Some(inverse) => match a {
            Value::Number(x) => Value::Number(&x * &inverse),
            a if is_constant(scope, right) => numbers::scale(a, &inverse),
            a => Value::unknown(all_needs([&a])),
        },
    }
}

/// A share whose base is surely empty: a division by zero.
fn zero_base<'a, S: Scope<'a> + ?Sized>(scope: &mut S, e: &'a Expr, share: &Value<'a>) {
    if let Value::Unknown(u) = share
        && u.needs.0.is_empty()
    {
        let message = denominator(scope, e);
        note(scope, message);
    }
}

/// A data note on what is being evaluated, once.
fn note<'a, S: Scope<'a> + ?Sized>(scope: &mut S, message: prog_base::Text) {
    let frame = scope.frame();
    let Subject { key, cites } = frame.subject.unwrap_or(Subject { key: "", cites: &[] });
    let known = |n: &Note<'a>| n.rule == key && matches!(&n.message, Message::Own(old) if *old == message);
    if !frame.notes.iter().any(known) {
        frame.notes.push(Note { rule: key, cites, message: Message::Own(message) });
    }
}

/// Days and weeks after a moment are so many hours; months, years and working days count from its local day.
fn shift<'a>(p: &'a Programme, date: Value<'a>, by: Duration) -> Value<'a> {
    let later = |day: Option<Date>| match day.and_then(|day| p.later(day, by)) {
        Some(day) => Value::Date(day),
        None => Value::unknown(out_of_reach(p, by)),
    };
    match (date, by.unit) {
        (Value::Date(day), _) => later(Some(day)),
        (Value::Moment(Moment(at)), DurationUnit::Days) => Value::Moment(Moment(at + by.count * 86_400)),
        (Value::Moment(Moment(at)), DurationUnit::Weeks) => Value::Moment(Moment(at + by.count * 604_800)),
        (Value::Moment(at), DurationUnit::Months | DurationUnit::Years | DurationUnit::WorkingDays) => {
            later(p.zone.as_ref().and_then(|z| z.day_of(at)))
        }
        (other, _) => other,
    }
}

/// A day and a duration taken so many times.
fn shift_times<'a>(p: &'a Programme, date: Value<'a>, by: Duration, times: &Value<'a>) -> Value<'a> {
    match (&date, times) {
        (Value::None, _) | (_, Value::None) => Value::None,
        (Value::Unknown(_), _) | (_, Value::Unknown(_)) => Value::unknown(all_needs([&date, times])),
        (_, Value::Number(n)) => match by.times(n) {
            Some(by) => shift(p, date, by),
            None => Value::unknown(out_of_reach(p, by)),
        },
        (_, _) => date,
    }
}

/// The time between two days; moments count by their local day.
fn elapsed<'a>(p: &Programme, unit: ElapsedUnit, from: &Value<'a>, to: &Value<'a>) -> Value<'a> {
    if *from == Value::None || *to == Value::None {
        return Value::None;
    }
    match (local_day(p, from), local_day(p, to)) {
        (Some(from), Some(to)) => Value::Number(Exact::from(from.until(to, unit))),
        (_, _) => Value::unknown(all_needs([from, to])),
    }
}

/// What is read off a day; a moment counts by its local day.
fn of_day<'a>(p: &Programme, part: DayPart, day: &Value<'a>) -> Value<'a> {
    let there = |day: Option<Date>| day.map_or_else(|| Value::unknown(Needs::default()), Value::Date);
    match (local_day(p, day), part) {
        (Some(day), DayPart::Figure(figure)) => Value::Number(Exact::from(day.figure(figure))),
        (Some(day), DayPart::Start(stretch)) => there(day.start_of(stretch)),
        (Some(day), DayPart::End(stretch)) => there(day.end_of(stretch)),
        (None, _) if *day == Value::None => Value::None,
        (None, _) => Value::unknown(all_needs([day])),
    }
}

/// What a day awaits that can't be counted: days beyond the calendar of working days, its continuation.
pub fn out_of_reach(p: &Programme, by: Duration) -> Needs<'_> {
    match (&p.calendar, by.unit) {
        (Some(calendar), DurationUnit::WorkingDays) => Needs::one(&calendar.ident.key, Source::Other),
        (_, _) => Needs::default(),
    }
}
