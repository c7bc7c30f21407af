//! Lookups in tables, and totals split over their rows.

use super::definition::{Cell, KeyCell, Lookup, Row, Table};
use super::expression::compare_values;
use super::interval::Relation;
use super::number::{Exact, RoundMode};
use super::scope::Scope;
use super::value::{all_needs, Needs, Value};
use std::rc::Rc;

/// A constant cell's value.
pub fn constant<'a>(c: &(dyn Scope<'a> + '_), cell: &Cell) -> Value<'a> {
    match cell {
        Cell::Number(n) => Value::Number(n.exact()),
        Cell::Text(text) => Value::Text(text),
        Cell::Bool(value) => Value::Bool(*value),
        Cell::Day(day) => Value::Day(*day),
        Cell::Of(formula) => formula(c),
    }
}

/// A cell of a row with the row's keys in scope.
fn cell<'a>(
    c: &(dyn Scope<'a> + '_),
    row: &Row,
    column: Option<usize>,
    keys: &[Value<'a>],
) -> Value<'a> {
    match column.and_then(|at| row.values.get(at)) {
        None => Value::None,
        Some(Cell::Of(formula)) => c.frame().with_keys(Rc::from(keys), || formula(c)),
        Some(literal) => constant(c, literal),
    }
}

fn place(table: &Table, column: &str) -> Option<usize> {
    table.columns.iter().position(|key| *key == column)
}

/// The cell of a column in the row that the keys choose. No such row: the notice says nothing on it.
pub fn lookup<'a>(
    c: &(dyn Scope<'a> + '_),
    table: &Table,
    column: &str,
    keys: &[Value<'a>],
) -> Value<'a> {
    if table.absent {
        return Value::silent();
    }
    if keys.iter().any(Value::is_none) {
        return Value::None;
    }
    if keys.iter().any(Value::is_unknown) {
        return Value::unknown(all_needs(keys));
    }
    match find_row(c, table, keys) {
        Some(row) => cell(c, row, place(table, column), keys),
        None => Value::silent(),
    }
}

fn fits<'a>(c: &(dyn Scope<'a> + '_), cell: &KeyCell, key: &Value<'a>) -> bool {
    match cell {
        KeyCell::Any => true,
        KeyCell::OneOf(values) => values
            .iter()
            .any(|value| compare_values(Relation::Equal, key, &constant(c, value)).is_true()),
        KeyCell::Band(low, high) => {
            let Value::Number(n) = key else { return false };
            let over =
                low.is_none_or(|(low, open)| *n > low.exact() || (!open && *n == low.exact()));
            let under =
                high.is_none_or(|(high, open)| *n < high.exact() || (!open && *n == high.exact()));
            over && under
        }
    }
}

/// What stands for a number or a day where bounds are compared.
fn place_of(value: &Value<'_>) -> Option<Exact> {
    match value {
        Value::Number(n) => Some(n.clone()),
        Value::Day(day) => Some(Exact::from(day.number())),
        _ => None,
    }
}

/// The row that known keys choose.
fn find_row<'a>(
    c: &(dyn Scope<'a> + '_),
    table: &Table,
    keys: &[Value<'a>],
) -> Option<&'static Row> {
    let (last, first) = keys.split_last()?;
    let fits_first = |row: &Row| {
        row.keys
            .iter()
            .zip(first)
            .all(|(cell, key)| fits(c, cell, key))
    };
    let rows = table.rows;
    if table.lookup == Lookup::Match {
        let fits_last = |row: &Row| row.keys.last().is_some_and(|cell| fits(c, cell, last));
        return rows.iter().find(|row| fits_first(row) && fits_last(row));
    }
    let lower = table.lookup == Lookup::LowerBound;
    let key = place_of(last)?;
    let mut best: Option<(Exact, &'static Row)> = None;
    for row in rows {
        let Some(KeyCell::OneOf([bound, ..])) = row.keys.last() else {
            continue;
        };
        let Some(bound) = place_of(&constant(c, bound)).filter(|_| fits_first(row)) else {
            continue;
        };
        let reached = if lower { key >= bound } else { key <= bound };
        let nearer = best
            .as_ref()
            .is_none_or(|(old, _)| if lower { bound > *old } else { bound < *old });
        if reached && nearer {
            best = Some((bound, row));
        }
    }
    // Of a banded table: the row for values beyond all bounds.
    let beyond = || {
        rows.iter()
            .find(|row| matches!(row.keys.last(), Some(KeyCell::Any)) && fits_first(row))
    };
    best.map(|(_, row)| row).or_else(beyond)
}

/// Every row of a column: its constant keys (the first of each cell; no value for `otherwise`) and its value.
pub fn rows_of<'a>(
    c: &(dyn Scope<'a> + '_),
    table: &Table,
    column: &str,
) -> Vec<(Vec<Value<'a>>, Value<'a>)> {
    let index = place(table, column);
    let of = |row: &Row| {
        let key = |cell: &KeyCell| match cell {
            KeyCell::OneOf([first, ..]) => constant(c, first),
            KeyCell::OneOf([]) | KeyCell::Any | KeyCell::Band(..) => Value::None,
        };
        let keys: Vec<Value<'a>> = row.keys.iter().map(key).collect();
        let value = cell(c, row, index, &keys);
        (keys, value)
    };
    table.rows.iter().map(of).collect()
}

/// How seats are split by weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    /// 最大余数法
    LargestRemainder,
    /// Odd divisors.
    Webster,
    /// Divisors 1, 2, 3, …
    Jefferson,
}

/// The seats of the row with these keys.
pub fn split<'a>(
    total: &Value<'a>,
    rows: &[(Vec<Value<'a>>, Value<'a>)],
    method: Split,
    keys: &[Value<'a>],
) -> Value<'a> {
    let open = all_needs(
        std::iter::once(total)
            .chain(keys)
            .chain(rows.iter().map(|(_, value)| value)),
    );
    if !open.0.is_empty() {
        return Value::unknown(open);
    }
    let Some(total) = total.number() else {
        return Value::None;
    };
    if !total.is_whole() {
        return Value::unknown(Needs::default());
    }
    let Some(row) = rows.iter().position(|(own, _)| own == keys) else {
        return Value::silent();
    };
    let weight =
        |(_, value): &(Vec<Value<'a>>, Value<'a>)| value.number().cloned().unwrap_or(Exact::ZERO);
    let seats = seats_of(total, &rows.iter().map(weight).collect::<Vec<_>>(), method);
    match seats.into_iter().nth(row).flatten() {
        Some(seats) => Value::Number(seats),
        None => Value::silent(),
    }
}

/// Seats by weight; none for each row that a tie at the last seat leaves open.
fn seats_of(total: &Exact, weights: &[Exact], method: Split) -> Vec<Option<Exact>> {
    let sum = weights
        .iter()
        .fold(Exact::ZERO, |sum, weight| &sum + weight);
    if sum.is_zero() || total.is_negative() {
        return weights.iter().map(|_| None).collect();
    }
    let remainder = method == Split::LargestRemainder;
    let quota = |weight: &Exact| (weight * total).divided(&sum).unwrap_or(Exact::ZERO);
    let start = |weight: &Exact| match remainder {
        true => quota(weight).rounded(RoundMode::Down, 0),
        false => Exact::ZERO,
    };
    let mut seats: Vec<Exact> = weights.iter().map(start).collect();
    let mut done = vec![false; weights.len()];
    let mut rest = seats.iter().fold(total.clone(), |left, n| &left - n);
    while rest > Exact::ZERO {
        let claim = |(i, weight): (usize, &Exact)| match method {
            Split::LargestRemainder => (!done[i]).then(|| &quota(weight) - &seats[i]),
            Split::Webster => weight.divided(&(&(&seats[i] + &seats[i]) + &Exact::ONE)),
            Split::Jefferson => weight.divided(&(&seats[i] + &Exact::ONE)),
        };
        let claims: Vec<Option<Exact>> = weights.iter().enumerate().map(claim).collect();
        let Some(best) = claims.iter().flatten().max().cloned() else {
            break;
        };
        let tied: Vec<bool> = claims
            .iter()
            .map(|one| one.as_ref() == Some(&best))
            .collect();
        let count = Exact::from(tied.iter().map(|t| i64::from(*t)).sum::<i64>());
        if count > rest {
            return seats
                .into_iter()
                .zip(tied)
                .map(|(n, tied)| (!tied).then_some(n))
                .collect();
        }
        for (i, tied) in tied.into_iter().enumerate().filter(|(_, tied)| *tied) {
            seats[i] = &seats[i] + &Exact::ONE;
            done[i] = tied && remainder;
        }
        rest = &rest - &count;
    }
    seats.into_iter().map(Some).collect()
}
