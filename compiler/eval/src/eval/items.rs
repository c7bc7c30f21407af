//! Entries and items as values.

use super::aggregate::{Member, aggregate};
use super::scope::{ItemFrame, Scope};
use super::{eval, truth};
use crate::case::Data;
use crate::prepared::declared_bounds;
use crate::truth::Truth;
use crate::value::{Needs, Source, Unknown, Value};
use prog_base::Exact;
use prog_model::{Aggregation, Expr, RecordId, Type};

/// Bounds of a blank number, in base units.
pub type Bounds<'b> = (Option<&'b Exact>, Option<&'b Exact>);

/// An entry as value; a blank one is unknown within its declared bounds, or has no value where it may be blank.
pub fn data_value<'a>(data: &'a Data, key: &'a str, source: Source, optional: bool, bounds: Bounds<'_>) -> Value<'a> {
    match data {
        Data::Blank if optional => Value::None,
        Data::Blank | Data::Bad => {
            Value::Unknown(Unknown { needs: Needs::one(key, source), low: bounds.0.cloned(), high: bounds.1.cloned() })
        }
        Data::Bool(value) => Value::Bool(*value),
        Data::Number(value) => Value::Number(value.clone()),
        Data::Text(text) | Data::File(text) => Value::Text(text),
        Data::Enum(index) => Value::Enum(*index),
        Data::Set(indices) => Value::Set(indices),
        Data::Date(day) => Value::Date(*day),
        Data::Record(fields) => Value::Record(fields),
        Data::List(items) => Value::List(items),
    }
}

/// A field of a record value.
pub fn field<'a, S: Scope<'a> + ?Sized>(scope: &S, fields: &'a [Data], record: RecordId, index: usize) -> Value<'a> {
    let declared = &scope.programme().records[record.index()].fields[index];
    let (low, high) = match fields[index] {
        Data::Blank | Data::Bad => declared_bounds(scope.programme(), &declared.field),
        _ => (None, None),
    };
    data_value(&fields[index], &declared.ident.key, Source::Other, declared.optional, (low.as_ref(), high.as_ref()))
}

/// The item `depth` scopes outward.
pub fn item<'a, S: Scope<'a> + ?Sized>(scope: &mut S, depth: usize) -> Value<'a> {
    let items = &scope.frame().items;
    match items.len().checked_sub(depth + 1).map(|i| items[i]) {
        Some(ItemFrame::Data(data, _)) => data_value(data, "", Source::Other, false, (None, None)),
        Some(ItemFrame::Choice(index)) => Value::Enum(index),
        None => Value::None,
    }
}

/// A field of the item `depth` scopes outward.
pub fn item_field<'a, S: Scope<'a> + ?Sized>(scope: &mut S, depth: usize, index: usize) -> Value<'a> {
    let items = &scope.frame().items;
    match items.len().checked_sub(depth + 1).map(|i| items[i]) {
        Some(ItemFrame::Data(Data::Record(fields), Some(record))) => field(scope, fields, record, index),
        Some(ItemFrame::Data(_, Some(record))) => {
            let declared = &scope.programme().records[record.index()].fields[index];
            Value::awaited(&declared.ident.key, Source::Other)
        }
        Some(ItemFrame::Data(_, None) | ItemFrame::Choice(_)) | None => Value::None,
    }
}

/// The record of a list's items.
pub fn record_of(ty: &Type) -> Option<RecordId> {
    match ty {
        Type::List(item) => record_of(item),
        Type::Record(id) => Some(*id),
        Type::Unknown
        | Type::Bool
        | Type::Number(_)
        | Type::Text
        | Type::Enum(_)
        | Type::Set(_)
        | Type::Date
        | Type::Moment
        | Type::Duration => None,
    }
}

/// The items of a list or set, or why there are none.
pub fn items_of<'a>(list: Value<'a>, ty: &Type) -> Result<Vec<ItemFrame<'a>>, Value<'a>> {
    match list {
        Value::List(items) => Ok(items.iter().map(|data| ItemFrame::Data(data, record_of(ty))).collect()),
        Value::Set(chosen) => Ok(chosen.iter().map(|index| ItemFrame::Choice(*index)).collect()),
        other => Err(other),
    }
}

/// An aggregate over the items of one list.
pub fn over_list<'a, S: Scope<'a> + ?Sized>(
    scope: &mut S,
    op: Aggregation,
    list: &'a Expr,
    filter: Option<&'a Expr>,
    value: Option<&'a Expr>,
) -> Value<'a> {
    let items = match items_of(eval(scope, list), &list.ty) {
        Ok(items) => items,
        Err(Value::Unknown(u)) => return Value::unknown(u.needs),
        Err(other) => return other,
    };
    let mut members = Vec::with_capacity(items.len());
    for item in items {
        scope.frame().items.push(item);
        let counts = filter.map_or(Truth::True, |f| truth(scope, f));
        let value = if counts.is_false() { None } else { value.map(|v| eval(scope, v)) };
        members.push(Member { counts, value });
        scope.frame().items.pop();
    }
    aggregate(op, members)
}
