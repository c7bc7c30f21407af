//! What the printed programme is written with.
//!
//! Always: what stands in a case takes the scope `c` first; everything else takes values.

pub use super::aggregate::Aggregation;
pub use super::date::{Day, DayPart, Zone};
pub use super::definition::*;
pub use super::expression::*;
pub use super::interval::*;
pub use super::number::{Number, RoundMode};
pub use super::scope::{CasePart, Scope};
pub use super::table::Split;
pub use super::value::Value;
pub use super::working_days::Calendar;

use super::date::Duration;

/// A fact or field by its pointer.
pub fn read<'a>(c: &dyn Scope<'a>, pointer: &str) -> Value<'a> {
    c.read(pointer)
}

/// Whether a fact or field has an entry.
pub fn is_entered<'a>(c: &dyn Scope<'a>, pointer: &str) -> Value<'a> {
    c.is_given(pointer)
}

/// A rule as truth value.
pub fn rule<'a>(c: &dyn Scope<'a>, key: &str) -> Value<'a> {
    c.rule(key)
}

/// A named value of the track.
pub fn named<'a>(c: &dyn Scope<'a>, key: &str) -> Value<'a> {
    c.named(key)
}

/// A value of the programme.
pub fn constant<'a>(c: &dyn Scope<'a>, key: &str) -> Value<'a> {
    c.constant(key)
}

/// A key of the group, or of the table's row.
pub fn key<'a>(c: &dyn Scope<'a>, index: usize) -> Value<'a> {
    c.key(index)
}

/// A deadline as a day.
pub fn due<'a>(c: &dyn Scope<'a>, stage: &str) -> Value<'a> {
    c.due(stage)
}

/// When the case's event at a stage happened.
pub fn time<'a>(c: &dyn Scope<'a>, stage: &str) -> Value<'a> {
    c.time(stage)
}

/// Whether a reading is set to a word.
pub fn reading_is<'a>(c: &dyn Scope<'a>, reading: &str, word: &str) -> Value<'a> {
    c.reading_is(reading, word)
}

/// The cell of a column in the row that the keys choose.
pub fn lookup<'a, const N: usize>(
    c: &dyn Scope<'a>,
    table: &str,
    column: &str,
    keys: [Value<'a>; N],
) -> Value<'a> {
    c.lookup(table, column, keys)
}

/// 字数 of a text, number of items of a list.
pub fn length<'a>(c: &dyn Scope<'a>, value: Value<'a>) -> Value<'a> {
    c.length(value)
}

/// Whether a value lies within the band around a target.
pub fn about<'a>(c: &dyn Scope<'a>, value: Value<'a>, target: Value<'a>) -> Value<'a> {
    c.about(value, target)
}

/// The rank of a closed list's value.
pub fn level<'a>(c: &dyn Scope<'a>, list: &str, value: Value<'a>) -> Value<'a> {
    c.level(list, value)
}

/// Compares days; a moment counts as its local day.
pub fn compare_days<'a>(
    c: &dyn Scope<'a>,
    a: Value<'a>,
    relation: Relation,
    b: Value<'a>,
) -> Value<'a> {
    c.days(a, relation, b)
}

/// Compares moments; what is known only by its day counts as the beginning of that day.
pub fn compare_moments<'a>(
    c: &dyn Scope<'a>,
    a: Value<'a>,
    relation: Relation,
    b: Value<'a>,
) -> Value<'a> {
    c.moments(a, relation, b)
}

/// A day or moment plus a duration.
pub fn shifted<'a>(c: &dyn Scope<'a>, date: Value<'a>, by: Duration) -> Value<'a> {
    c.shifted(date, by)
}

/// The same with a duration taken so many times.
pub fn shifted_times<'a>(
    c: &dyn Scope<'a>,
    date: Value<'a>,
    by: Duration,
    times: Value<'a>,
) -> Value<'a> {
    c.shifted_times(date, by, &times)
}

/// How many days the second day lies after the first; a moment counts as its local day.
pub fn days_between<'a>(c: &dyn Scope<'a>, from: Value<'a>, to: Value<'a>) -> Value<'a> {
    c.elapsed(&from, &to, Day::days_until)
}

/// How many complete months.
pub fn months_between<'a>(c: &dyn Scope<'a>, from: Value<'a>, to: Value<'a>) -> Value<'a> {
    c.elapsed(&from, &to, Day::months_until)
}

/// How many complete years.
pub fn years_between<'a>(c: &dyn Scope<'a>, from: Value<'a>, to: Value<'a>) -> Value<'a> {
    c.elapsed(&from, &to, Day::years_until)
}

/// What is read off one day; a moment counts as its local day.
pub fn of_day<'a>(c: &dyn Scope<'a>, part: DayPart, of: Value<'a>) -> Value<'a> {
    c.of_day(part, &of)
}

/// a ÷ b; a division by zero is unknown, and a note names the denominator.
pub fn divided<'a>(c: &dyn Scope<'a>, a: Value<'a>, b: Value<'a>, denominator: &str) -> Value<'a> {
    c.divided(a, b, denominator)
}

/// a ÷ b, of which b is a constant of the programme.
pub fn divided_by_constant<'a>(
    c: &dyn Scope<'a>,
    a: Value<'a>,
    b: Value<'a>,
    denominator: &str,
) -> Value<'a> {
    c.divided_by_constant(a, b, denominator)
}

/// An aggregate over all rows of a column.
pub fn over_column<'a>(c: &dyn Scope<'a>, op: Aggregation, table: &str, column: &str) -> Value<'a> {
    c.over_column(op, table, column)
}

/// The seats of the row that the keys choose, of a total split over a table's rows.
pub fn split<'a, const N: usize>(
    c: &dyn Scope<'a>,
    total: Value<'a>,
    table: &str,
    column: &str,
    method: Split,
    keys: [Value<'a>; N],
) -> Value<'a> {
    c.split(total, table, column, method, keys)
}

/// An aggregate over the cases of a group.
pub fn over_cases<'a>(c: &dyn Scope<'a>, op: Aggregation, parts: &[CasePart]) -> Value<'a> {
    c.over_cases(op, parts)
}

/// The share of a part in a base over the cases of a group.
pub fn share<'a>(c: &dyn Scope<'a>, parts: &[CasePart], denominator: &str) -> Value<'a> {
    c.share(parts, denominator)
}
