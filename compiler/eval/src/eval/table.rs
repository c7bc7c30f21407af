//! Lookups in tables.

use super::aggregate::{Member, aggregate};
use super::scope::Scope;
use super::{compare::compare, eval};
use crate::truth::Truth;
use crate::value::{Needs, Value, all_needs};
use prog_model::{Aggregation, Comparison, Expr, KeyCell, KeyColumn, Table, TableBound, TableId, TableLookup, TableRow};

/// The cell of a column in the row that the keys choose. No such row: the notice says nothing on it.
pub fn lookup<'a, S: Scope<'a> + ?Sized>(scope: &mut S, id: TableId, column: usize, keys: &'a [Expr]) -> Value<'a> {
    let table = scope.programme().table(id);
    if table.absent {
        return Value::unknown(Needs::notice());
    }
    let values: Vec<Value<'a>> = keys.iter().map(|k| eval(scope, k)).collect();
    if values.contains(&Value::None) {
        return Value::None;
    }
    if values.iter().any(|v| v.needs().is_some()) {
        return Value::unknown(all_needs(&values));
    }
    match find_row(scope, table, &values) {
        Some(row) => cell(scope, row, column, values),
        None => Value::unknown(Needs::notice()),
    }
}

/// A cell with the keys in scope.
pub fn cell<'a, S: Scope<'a> + ?Sized>(scope: &mut S, row: &'a TableRow, column: usize, keys: Vec<Value<'a>>) -> Value<'a> {
    scope.frame().keys.push(keys);
    let value = row.values.get(column).map_or(Value::None, |e| eval(scope, e));
    scope.frame().keys.pop();
    value
}

/// The row that known keys choose.
pub fn find_row<'a, S: Scope<'a> + ?Sized>(scope: &mut S, table: &'a Table, keys: &[Value<'a>]) -> Option<&'a TableRow> {
    let (last_key, first_keys) = keys.split_last()?;
    let key = match last_key {
        Value::Number(n) => Some(TableBound::Number(n.clone())),
        Value::Date(day) => Some(TableBound::Day(*day)),
        _others => None,
    };
    let mut best: Option<(TableBound, &'a TableRow)> = None;
    for row in &table.rows {
        let (last_cell, first_cells) = row.keys.split_last()?;
        let rest = first_cells.iter().zip(&table.keys).zip(first_keys).all(|((c, column), key)| fits(scope, c, column, key));
        let column = table.keys.last()?;
        match table.lookup {
            TableLookup::Match => {
                if rest && fits(scope, last_cell, column, last_key) {
                    return Some(row);
                }
            }
            TableLookup::LowerBound | TableLookup::UpperBound => {
                let (Some(bound), Some(key)) = (row.bound().filter(|_| rest), &key) else { continue };
                let lower = table.lookup == TableLookup::LowerBound;
                let reached = if lower { bound <= *key } else { bound >= *key };
                let nearer = best.as_ref().is_none_or(|(old, _)| if lower { bound > *old } else { bound < *old });
                if reached && nearer {
                    best = Some((bound, row));
                }
            }
        }
    }
    best.map(|(_, row)| row).or_else(|| otherwise(scope, table, first_keys))
}

/// Of a banded table: the row for values beyond all bounds.
fn otherwise<'a, S: Scope<'a> + ?Sized>(scope: &mut S, table: &'a Table, first_keys: &[Value<'a>]) -> Option<&'a TableRow> {
    table.rows.iter().find(|row| {
        let Some((KeyCell::Any, first_cells)) = row.keys.split_last() else { return false };
        first_cells.iter().zip(&table.keys).zip(first_keys).all(|((c, column), key)| fits(scope, c, column, key))
    })
}

fn fits<'a, S: Scope<'a> + ?Sized>(scope: &mut S, cell: &'a KeyCell, column: &'a KeyColumn, key: &Value<'a>) -> bool {
    match cell {
        KeyCell::Any => true,
        KeyCell::OneOf(values) => values.iter().any(|e| {
            let value = eval(scope, e);
            compare(scope, Comparison::Equal, (key, &column.ty), (&value, &e.ty)).is_true()
        }),
        KeyCell::Band { low, high } => {
            let Value::Number(key) = key else { return false };
            let above = low.as_ref().is_none_or(|(end, closed)| if *closed { key >= end } else { key > end });
            let below = high.as_ref().is_none_or(|(end, closed)| if *closed { key <= end } else { key < end });
            above && below
        }
    }
}

/// An aggregate over a whole column.
pub fn over_column<'a, S: Scope<'a> + ?Sized>(scope: &mut S, op: Aggregation, id: TableId, column: usize) -> Value<'a> {
    let table = scope.programme().table(id);
    if table.absent {
        return Value::unknown(Needs::notice());
    }
    let values = columns(scope, table, column);
    aggregate(op, values.into_iter().map(|(_, value)| Member { counts: Truth::True, value: Some(value) }).collect())
}

/// Every row of a column with its constant keys (the first of each cell; none for `otherwise`).
pub fn columns<'a, S: Scope<'a> + ?Sized>(scope: &mut S, table: &'a Table, column: usize) -> Vec<(Vec<Value<'a>>, Value<'a>)> {
    let mut values = Vec::new();
    for row in &table.rows {
        let keys: Vec<Value<'a>> = row
            .keys
            .iter()
            .map(|cell| match cell {
                KeyCell::OneOf(constants) => constants.first().map_or(Value::None, |e| eval(scope, e)),
                KeyCell::Any | KeyCell::Band { .. } => Value::None,
            })
            .collect();
        let value = cell(scope, row, column, keys.clone());
        values.push((keys, value));
    }
    values
}
