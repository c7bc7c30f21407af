//! The functions of which a programme's expressions are made, as far as they need nothing but their operands.
//!
//! Always: total; no value passes through; nothing is known that an unknown operand leaves open.

use super::aggregate::{aggregate, has_run, Aggregation, Counted};
use super::case::Data;
use super::date::{Day, Duration, Moment, Unit};
use super::interval::{compare_numbers, Relation};
use super::number::{Exact, Number};
use super::truth::Truth;
use super::value::{all_needs, Bounds, Needs, Source, Value};

/// A whole number.
pub fn whole<'a>(n: i64) -> Value<'a> {
    Value::Number(Exact::from(n))
}

/// A reduced ratio.
pub fn ratio<'a>(numerator: i64, denominator: i64) -> Value<'a> {
    Value::Number(Number::Ratio(numerator, denominator).exact())
}

/// A number of many digits.
pub fn digits<'a>(numerator: &'static str, denominator: &'static str) -> Value<'a> {
    Value::Number(Number::Digits(numerator, denominator).exact())
}

/// A text, or the key of a closed list's value.
pub fn text<'a>(text: &'a str) -> Value<'a> {
    Value::Text(text)
}

/// Yes or no.
pub fn yes<'a>(value: bool) -> Value<'a> {
    Value::Bool(value)
}

/// A day of the calendar.
pub fn day<'a>(year: i64, month: i64, date: i64) -> Value<'a> {
    Value::Day(Day::of(year, month, date))
}

/// A point in time: seconds since 1970-01-01T00:00:00Z.
pub fn moment<'a>(seconds: i64) -> Value<'a> {
    Value::Moment(Moment(seconds))
}

/// The notice is silent.
pub fn silent<'a>() -> Value<'a> {
    Value::silent()
}

/// So many days.
pub const fn days(count: i64) -> Duration {
    Duration {
        count,
        unit: Unit::Days,
    }
}

/// So many weeks.
pub const fn weeks(count: i64) -> Duration {
    Duration {
        count,
        unit: Unit::Weeks,
    }
}

/// So many working days.
pub const fn working_days(count: i64) -> Duration {
    Duration {
        count,
        unit: Unit::WorkingDays,
    }
}

/// So many months.
pub const fn months(count: i64) -> Duration {
    Duration {
        count,
        unit: Unit::Months,
    }
}

/// So many years.
pub const fn years(count: i64) -> Duration {
    Duration {
        count,
        unit: Unit::Years,
    }
}

/// The opposite of a yes or no; unknown stays unknown.
pub fn not(value: Value<'_>) -> Value<'_> {
    Truth::from_value(value).negated().into_value()
}

/// True iff all are.
pub fn and<'a, const N: usize>(all: [Value<'a>; N]) -> Value<'a> {
    Truth::and(all.into_iter().map(Truth::from_value)).into_value()
}

/// True iff one is.
pub fn or<'a, const N: usize>(all: [Value<'a>; N]) -> Value<'a> {
    Truth::or(all.into_iter().map(Truth::from_value)).into_value()
}

/// Compares two like values that are there; days and moments are compared by the scope.
pub fn compare_values(relation: Relation, a: &Value<'_>, b: &Value<'_>) -> Truth {
    let numeric = |v: &Value<'_>| matches!(v, Value::Number(_) | Value::Unknown(_));
    if numeric(a) || numeric(b) {
        return compare_numbers(relation, a, b);
    }
    if a.is_none() || b.is_none() {
        return Truth::Unknown(Needs::default());
    }
    Truth::of((a == b) == (relation == Relation::Equal))
}

fn compared<'a>(relation: Relation, a: &Value<'a>, b: &Value<'a>) -> Value<'a> {
    if a.is_none() || b.is_none() {
        return Value::None;
    }
    compare_values(relation, a, b).into_value()
}

/// a = b
pub fn equal<'a>(a: Value<'a>, b: Value<'a>) -> Value<'a> {
    compared(Relation::Equal, &a, &b)
}

/// a ≠ b
pub fn not_equal<'a>(a: Value<'a>, b: Value<'a>) -> Value<'a> {
    compared(Relation::NotEqual, &a, &b)
}

/// a < b
pub fn less<'a>(a: Value<'a>, b: Value<'a>) -> Value<'a> {
    compared(Relation::Less, &a, &b)
}

/// a ≤ b
pub fn at_most<'a>(a: Value<'a>, b: Value<'a>) -> Value<'a> {
    compared(Relation::AtMost, &a, &b)
}

/// a > b
pub fn more<'a>(a: Value<'a>, b: Value<'a>) -> Value<'a> {
    compared(Relation::More, &a, &b)
}

/// a ≥ b
pub fn at_least<'a>(a: Value<'a>, b: Value<'a>) -> Value<'a> {
    compared(Relation::AtLeast, &a, &b)
}

/// Whether a value is one of these; of a set among them, whether it holds the value.
pub fn is_in<'a, const N: usize>(value: Value<'a>, set: [Value<'a>; N]) -> Value<'a> {
    if value.is_none() {
        return Value::None;
    }
    let one = |choice: &Value<'a>| match (&value, choice) {
        (Value::Text(key), Value::Set(chosen)) => {
            Truth::of(chosen.iter().any(|one| one.key() == Some(*key)))
        }
        (_, _) => compare_values(Relation::Equal, &value, choice),
    };
    Truth::or(set.iter().map(one)).into_value()
}

/// Whether there is a value: never unknown.
pub fn is_given(value: Value<'_>) -> Value<'_> {
    Value::Bool(value.is_known())
}

/// The value, or the default where it has none.
pub fn otherwise<'a>(value: Value<'a>, fallback: impl FnOnce() -> Value<'a>) -> Value<'a> {
    if value.is_none() {
        fallback()
    } else {
        value
    }
}

/// One of two by a condition.
pub fn choose<'a>(
    test: Value<'a>,
    then: impl FnOnce() -> Value<'a>,
    other: impl FnOnce() -> Value<'a>,
) -> Value<'a> {
    match Truth::from_value(test) {
        Truth::True => then(),
        Truth::False => other(),
        Truth::Unknown(needs) => Value::unknown(needs),
    }
}

/// The quotient of a value that is unknown and a number: nothing is known but what is awaited.
pub fn open_quotient<'a>(operands: &[&Value<'a>]) -> Value<'a> {
    Value::unknown(all_needs(operands.iter().copied()))
}

/// An entry as value; a blank one is unknown within its declared bounds, or has no value where it may be blank.
pub fn value_of<'a>(
    data: &'a Data<'a>,
    key: &'static str,
    source: Source,
    optional: bool,
    bounds: Bounds<'_>,
) -> Value<'a> {
    match data {
        Data::Blank if optional => Value::None,
        Data::Blank | Data::Bad => {
            let needs = Needs::one(key, source);
            Value::between(needs, bounds.0.cloned(), bounds.1.cloned())
        }
        Data::Bool(value) => Value::Bool(*value),
        Data::Number(value) => Value::Number(value.clone()),
        Data::Text(text) => Value::Text(text),
        Data::Key(key) => Value::Text(key),
        Data::Set(keys) => Value::Set(keys),
        Data::Day(day) => Value::Day(*day),
        Data::Record(values, record) => Value::Record(values, record),
        Data::List(items) => Value::List(items),
    }
}

/// A field of a record.
pub fn field<'a>(of: Value<'a>, key: &'static str) -> Value<'a> {
    match of {
        Value::Unknown(unknown) => Value::unknown(unknown.needs),
        Value::Record(values, record) => {
            let found = record
                .place(key)
                .and_then(|at| values.get(at).zip(record.fields.get(at)));
            let Some((data, declared)) = found else {
                return Value::None;
            };
            let (low, high) = super::entry::bounds_of(&declared.entry);
            let bounds = (low.as_ref(), high.as_ref());
            value_of(data, key, Source::Other, declared.optional, bounds)
        }
        _ => Value::None,
    }
}

/// An item of a list, or a chosen value of a closed list.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// What was entered.
    pub data: &'a Data<'a>,
}

impl<'a> Item<'a> {
    /// The item itself.
    pub fn value(&self) -> Value<'a> {
        value_of(self.data, "", Source::Other, false, (None, None))
    }

    /// A field of the item.
    pub fn field(&self, key: &'static str) -> Value<'a> {
        match self.data {
            Data::Record(values, record) => field(Value::Record(values, record), key),
            _ => Value::awaited(key, Source::Other),
        }
    }
}

/// The truth or value of an item.
pub type OfItem<'f, 'a> = &'f dyn Fn(&Item<'a>) -> Value<'a>;

/// An aggregate over the items of one list: `filter` says which count, `value` what is taken of each.
pub fn over_list<'a>(
    op: Aggregation,
    list: Value<'a>,
    filter: Option<OfItem<'_, 'a>>,
    value: Option<OfItem<'_, 'a>>,
) -> Value<'a> {
    match members(list, filter, value) {
        Ok(members) => aggregate(op, members),
        Err(list) => list,
    }
}

/// Whether so many whole numbers, one after another, are each the value of an item that counts.
pub fn consecutive<'a>(
    length: usize,
    list: Value<'a>,
    filter: Option<OfItem<'_, 'a>>,
    value: Option<OfItem<'_, 'a>>,
) -> Value<'a> {
    match members(list, filter, value) {
        Ok(members) => has_run(length, members).into_value(),
        Err(list) => list,
    }
}

/// The items as members, or why there are none.
fn members<'a>(
    list: Value<'a>,
    filter: Option<OfItem<'_, 'a>>,
    value: Option<OfItem<'_, 'a>>,
) -> Result<Vec<Counted<'a>>, Value<'a>> {
    let items = match list {
        Value::Unknown(unknown) => return Err(Value::unknown(unknown.needs)),
        Value::List(items) | Value::Set(items) => items,
        other => return Err(other),
    };
    let of = |data: &'a Data<'a>| {
        let item = Item { data };
        let counts = filter.map_or(Truth::True, |f| Truth::from_value(f(&item)));
        let value = value.filter(|_| !counts.is_false()).map(|v| v(&item));
        Counted { counts, value }
    };
    Ok(items.iter().map(of).collect())
}
