//! Values known when the programme is compiled: exact, over constants, lets and tables.
//!
//! In: a typed expression of a finished (or nearly finished) model. Out: its value, or `None` when it depends on a case, a batch, a
//! reading or what the notice leaves open. Always: exact; no division by zero; ends even where definitions go round.

use super::{Lower, numbers};
use crate::{
    Aggregation, ArithmeticOp, Comparison, ConstId, EnumId, EnumOrder, Expr, ExprKind, KeyCell, Programme, SplitMethod, Table, TableBound,
    TableId, TableLookup, TableRow, Type,
};
use prog_base::{Date, DayPart, Exact};
use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// A value known at compile time; numbers in base units.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Constant {
    /// A truth value.
    Bool(bool),
    /// A number in base units.
    Number(Exact),
    /// A day.
    Date(Date),
    /// A value of a closed list.
    Enum(EnumId, usize),
    /// A text.
    Text(String),
}

impl Lower<'_> {
    /// The value of an expression, if it is known when the programme is compiled.
    pub(crate) fn constant(&self, e: &Expr) -> Option<Constant> {
        value(&self.p, e, &[])
    }

    /// Whether the expression holds something that was not understood, so that no further word is due.
    pub(crate) fn told(&self, e: &Expr) -> bool {
        let mut told = false;
        e.visit(&mut |e| match &e.kind {
            ExprKind::Bad => told = true,
            ExprKind::Constant(id) => told |= self.p.lets.get(id.index()).is_none_or(|l| matches!(l.value.kind, ExprKind::Bad)),
            ExprKind::Lookup { table, .. } | ExprKind::OverColumn { table, .. } | ExprKind::Split { table, .. } => {
                told |= self.p.table(*table).rows.iter().flat_map(|r| &r.values).any(|v| matches!(v.kind, ExprKind::Bad));
            }
            _other => {}
        });
        told
    }
}

/// The value of an expression with the given values of its `Key`s.
pub(crate) fn value(p: &Programme, e: &Expr, keys: &[Constant]) -> Option<Constant> {
    Evaluation { p, keys, depth: 0, known: &Known::default() }.value(e)
}

/// Definitions nested deeper than this are given up.
const DEEPEST: usize = 400;

/// A cell: table, column, keys.
type Cell = (TableId, usize, Vec<Constant>);

/// What has been computed: each let and each cell once, however often it is used.
#[derive(Default)]
struct Known {
    lets: RefCell<BTreeMap<ConstId, Option<Constant>>>,
    cells: RefCell<BTreeMap<Cell, Option<Constant>>>,
}

#[derive(Clone, Copy)]
struct Evaluation<'a> {
    p: &'a Programme,
    keys: &'a [Constant],
    depth: usize,
    known: &'a Known,
}

impl<'a> Evaluation<'a> {
    fn inner(self, keys: &'a [Constant]) -> Option<Self> {
        (self.depth < DEEPEST).then_some(Self { keys, depth: self.depth + 1, ..self })
    }

    fn value(self, e: &Expr) -> Option<Constant> {
        match &e.kind {
            ExprKind::Bool(b) => Some(Constant::Bool(*b)),
            ExprKind::Number(n) => Some(Constant::Number(n.clone())),
            ExprKind::Text(t) => Some(Constant::Text(t.clone())),
            ExprKind::Date(d) => Some(Constant::Date(*d)),
            ExprKind::EnumValue { of, value } => Some(Constant::Enum(*of, *value)),
            ExprKind::Constant(id) => self.constant(*id),
            ExprKind::Key(n) => self.keys.get(*n).cloned(),
            ExprKind::Lookup { table, column, keys } => {
                let keys = keys.iter().map(|k| self.value(k)).collect::<Option<Vec<_>>>()?;
                self.cell(*table, *column, &keys)
            }
            ExprKind::Not(of) => Some(Constant::Bool(!self.truth(of)?)),
            ExprKind::And(list) => self.connect(list, false),
            ExprKind::Or(list) => self.connect(list, true),
            ExprKind::Compare { op, left, right } => self.compare(*op, left, right).map(Constant::Bool),
            ExprKind::In { value, set } => self.membership(value, set),
            ExprKind::IsGiven(of) => self.value(of).map(|_| Constant::Bool(true)),
            ExprKind::Otherwise { value, .. } => self.value(value),
            ExprKind::If { test, then, other } => {
                if self.truth(test)? {
                    self.value(then)
                } else {
                    self.value(other)
                }
            }
            ExprKind::Arithmetic { op, left, right } => {
                calculate(*op, &self.number(left)?, &self.number(right)?).map(Constant::Number)
            }
            ExprKind::Negate(of) => Some(Constant::Number(-&self.number(of)?)),
            ExprKind::Extreme { larger, of } => {
                let list = of.iter().map(|e| self.number(e)).collect::<Option<Vec<_>>>()?;
                let found = if *larger { list.into_iter().max() } else { list.into_iter().min() };
                found.map(Constant::Number)
            }
            ExprKind::Round { mode, digits, unit, value } => {
                let shown = self.number(value)?.checked_div(unit)?.round(*mode, *digits as usize);
                Some(Constant::Number(&shown * unit))
            }
            ExprKind::Shift { date, by } => match self.value(date)? {
                Constant::Date(d) => self.p.later(d, *by).map(Constant::Date),
                Constant::Bool(_) | Constant::Number(_) | Constant::Enum(..) | Constant::Text(_) => None,
            },
            ExprKind::ShiftTimes { date, by, times } => match (self.value(date)?, by.times(&self.number(times)?)) {
                (Constant::Date(d), Some(by)) => self.p.later(d, by).map(Constant::Date),
                (_, _) => None,
            },
            ExprKind::Elapsed { unit, from, to } => match (self.value(from)?, self.value(to)?) {
                (Constant::Date(from), Constant::Date(to)) => Some(Constant::Number(Exact::from(from.until(to, *unit)))),
                (_, _) => None,
            },
            ExprKind::OfDay { part, day } => match (self.value(day)?, part) {
                (Constant::Date(day), DayPart::Figure(figure)) => Some(Constant::Number(Exact::from(day.figure(*figure)))),
                (Constant::Date(day), DayPart::Start(stretch)) => day.start_of(*stretch).map(Constant::Date),
                (Constant::Date(day), DayPart::End(stretch)) => day.end_of(*stretch).map(Constant::Date),
                (_, _) => None,
            },
            ExprKind::OverColumn { op, table, column } => self.over_column(*op, self.p.table(*table), *column),
            ExprKind::Split { total, table, column, method, keys } => {
                let keys = keys.iter().map(|k| self.value(k)).collect::<Option<Vec<_>>>()?;
                self.split(&self.number(total)?, self.p.table(*table), *column, *method, &keys)
            }
            ExprKind::Bad
            | ExprKind::Moment(_)
            | ExprKind::Duration(_)
            | ExprKind::Silent { .. }
            | ExprKind::Input(_)
            | ExprKind::Rule(_)
            | ExprKind::Let(_)
            | ExprKind::ItemField { .. }
            | ExprKind::Item { .. }
            | ExprKind::Member { .. }
            | ExprKind::Due(_)
            | ExprKind::Time(_)
            // 字数 depends on a reading.
            | ExprKind::Length(_)
            | ExprKind::ReadingIs { .. }
            | ExprKind::About { .. }
            | ExprKind::OverList { .. }
            | ExprKind::OverCases { .. }
            | ExprKind::Share { .. } => None,
        }
    }

    fn number(self, e: &Expr) -> Option<Exact> {
        match self.value(e)? {
            Constant::Number(n) => Some(n),
            Constant::Bool(_) | Constant::Date(_) | Constant::Enum(..) | Constant::Text(_) => None,
        }
    }

    fn truth(self, e: &Expr) -> Option<bool> {
        match self.value(e)? {
            Constant::Bool(b) => Some(b),
            Constant::Number(_) | Constant::Date(_) | Constant::Enum(..) | Constant::Text(_) => None,
        }
    }

    /// Kleene: one deciding operand is enough.
    fn connect(self, list: &[Expr], decisive: bool) -> Option<Constant> {
        let values: Vec<Option<bool>> = list.iter().map(|e| self.truth(e)).collect();
        if values.contains(&Some(decisive)) {
            return Some(Constant::Bool(decisive));
        }
        values.iter().all(Option::is_some).then_some(Constant::Bool(!decisive))
    }

    fn compare(self, op: Comparison, left: &Expr, right: &Expr) -> Option<bool> {
        let (l, r) = (self.value(left)?, self.value(right)?);
        let mut order = match (&l, &r) {
            (Constant::Enum(a, x), Constant::Enum(b, y)) if a == b => x.cmp(y),
            (Constant::Number(x), Constant::Number(y)) => x.cmp(y),
            (Constant::Date(x), Constant::Date(y)) => x.cmp(y),
            (Constant::Text(_), Constant::Text(_)) | (Constant::Bool(_), Constant::Bool(_)) => l.cmp(&r),
            (_, _) => return None,
        };
        if let Constant::Enum(of, _) = l
            && self.p.enumeration(of).order == EnumOrder::BestFirst
        {
            order = order.reverse();
        }
        match op {
            Comparison::Equal => Some(order == Ordering::Equal),
            Comparison::NotEqual => Some(order != Ordering::Equal),
            Comparison::Less => Some(order == Ordering::Less),
            Comparison::AtMost => Some(order != Ordering::Greater),
            Comparison::More => Some(order == Ordering::Greater),
            Comparison::AtLeast => Some(order != Ordering::Less),
            // The boundary itself depends on a reading.
            Comparison::Before => (order != Ordering::Equal).then_some(order == Ordering::Less),
            Comparison::After => (order != Ordering::Equal).then_some(order == Ordering::Greater),
        }
    }

    fn membership(self, value: &Expr, set: &[Expr]) -> Option<Constant> {
        let value = self.value(value)?;
        let set = set.iter().map(|e| self.value(e)).collect::<Option<Vec<_>>>()?;
        Some(Constant::Bool(set.contains(&value)))
    }

    fn constant(self, id: ConstId) -> Option<Constant> {
        if let Some(known) = self.known.lets.borrow().get(&id) {
            return known.clone();
        }
        let value = self.inner(&[])?.value(&self.p.lets.get(id.index())?.value);
        self.known.lets.borrow_mut().insert(id, value.clone());
        value
    }

    /// The value of a column at constant keys.
    fn cell(self, id: TableId, column: usize, keys: &[Constant]) -> Option<Constant> {
        let place = (id, column, keys.to_vec());
        if let Some(known) = self.known.cells.borrow().get(&place) {
            return known.clone();
        }
        let table = self.p.table(id);
        let row = self.row(table, keys)?;
        let inner = Evaluation { keys, ..self }.inner(keys)?;
        let value = inner.value(table.rows.get(row)?.values.get(column)?);
        self.known.cells.borrow_mut().insert(place, value.clone());
        value
    }

    /// The row that decides at constant keys.
    fn row(self, table: &Table, keys: &[Constant]) -> Option<usize> {
        let (last, first) = keys.split_last()?;
        let fits = |row: &TableRow| row.keys.iter().zip(first).all(|(c, k)| self.matches(c, k).unwrap_or(false));
        let nearest = |lower: bool| {
            let key = match last {
                Constant::Number(n) => TableBound::Number(n.clone()),
                Constant::Date(day) => TableBound::Day(*day),
                _others => return None,
            };
            let rows = table.rows.iter().enumerate().filter(|(_, r)| fits(r)).filter_map(|(i, r)| Some((r.bound()?, i)));
            let rows = rows.filter(|(b, _)| if lower { *b <= key } else { *b >= key });
            let found = if lower { rows.max() } else { rows.min() };
            let rest = table.rows.iter().position(|r| fits(r) && matches!(r.keys.last(), Some(KeyCell::Any)));
            found.map(|(_, i)| i).or(rest)
        };
        match table.lookup {
            TableLookup::LowerBound => nearest(true),
            TableLookup::UpperBound => nearest(false),
            TableLookup::Match => table.rows.iter().position(|r| r.keys.iter().zip(keys).all(|(c, k)| self.matches(c, k).unwrap_or(false))),
        }
    }

    fn matches(self, cell: &KeyCell, key: &Constant) -> Option<bool> {
        match cell {
            KeyCell::Any => Some(true),
            KeyCell::OneOf(list) => Some(list.iter().any(|e| self.value(e).as_ref() == Some(key))),
            KeyCell::Band { low, high } => {
                let Constant::Number(n) = key else { return None };
                let above = low.as_ref().is_none_or(|(l, within)| n > l || (*within && n == l));
                let below = high.as_ref().is_none_or(|(h, within)| n < h || (*within && n == h));
                Some(above && below)
            }
        }
    }

    /// The figures of a column, one a row with its keys; `None` where a row stands for several keys.
    fn figures(self, table: &Table, column: usize) -> Option<Vec<(Vec<Constant>, Constant)>> {
        if table.absent {
            return None;
        }
        let row_keys = |row: &crate::TableRow| -> Option<Vec<Constant>> {
            row.keys
                .iter()
                .map(|c| match c {
                    KeyCell::OneOf(list) if list.len() == 1 => self.value(&list[0]),
                    KeyCell::OneOf(_) | KeyCell::Band { .. } | KeyCell::Any => None,
                })
                .collect()
        };
        let figure = |row: &crate::TableRow| {
            let keys = row_keys(row)?;
            let value = self.inner(&keys)?.value(row.values.get(column)?)?;
            Some((keys, value))
        };
        table.rows.iter().map(figure).collect()
    }

    fn over_column(self, op: Aggregation, table: &Table, column: usize) -> Option<Constant> {
        let values: Vec<Constant> = self.figures(table, column)?.into_iter().map(|(_, v)| v).collect();
        let numbers = || {
            let number = |v: &Constant| if let Constant::Number(n) = v { Some(n.clone()) } else { None };
            values.iter().map(number).collect::<Option<Vec<_>>>()
        };
        let truths = || {
            let truth = |v: &Constant| if let Constant::Bool(b) = v { Some(*b) } else { None };
            values.iter().map(truth).collect::<Option<Vec<_>>>()
        };
        let size = |n: usize| i64::try_from(n).ok().map(|n| Constant::Number(Exact::from(n)));
        match op {
            Aggregation::Count => size(values.len()),
            Aggregation::CountDistinct => size(values.iter().collect::<BTreeSet<_>>().len()),
            Aggregation::Sum => Some(Constant::Number(numbers()?.iter().fold(Exact::ZERO, |s, n| &s + n))),
            Aggregation::Min => values.into_iter().min(),
            Aggregation::Max => values.into_iter().max(),
            Aggregation::Any => Some(Constant::Bool(truths()?.contains(&true))),
            Aggregation::All => Some(Constant::Bool(!truths()?.contains(&false))),
            Aggregation::None => Some(Constant::Bool(!truths()?.contains(&true))),
            // Only over lists.
            Aggregation::Consecutive(_) => None,
        }
    }

    /// The part of a total that falls to one key; where a tie would decide it, nobody is picked.
    fn split(self, total: &Exact, table: &Table, column: usize, method: SplitMethod, keys: &[Constant]) -> Option<Constant> {
        let mut weights = Vec::new();
        let mut at = None;
        for (i, (row, value)) in self.figures(table, column)?.into_iter().enumerate() {
            let Constant::Number(n) = value else { return None };
            if row == keys {
                at = Some(i);
            }
            weights.push(n);
        }
        crate::apportion::apportion(total, &weights, method)?.get(at?)?.clone().map(Constant::Number)
    }
}

/// The figures of a column, one a row with its keys; `None` where a row stands for several keys, or a figure is not known.
pub(crate) fn figures(p: &Programme, table: &Table, column: usize) -> Option<Vec<(Vec<Constant>, Constant)>> {
    Evaluation { p, keys: &[], depth: 0, known: &Known::default() }.figures(table, column)
}

/// The values of a closed type.
pub(crate) fn closed_values(p: &Programme, ty: &Type) -> Option<Vec<Constant>> {
    match ty {
        Type::Enum(id) => Some((0..p.enumeration(*id).values.len()).map(|v| Constant::Enum(*id, v)).collect()),
        Type::Bool => Some(vec![Constant::Bool(true), Constant::Bool(false)]),
        Type::Unknown
        | Type::Number(_)
        | Type::Text
        | Type::Set(_)
        | Type::Date
        | Type::Moment
        | Type::Duration
        | Type::Record(_)
        | Type::List(_) => None,
    }
}

fn calculate(op: ArithmeticOp, a: &Exact, b: &Exact) -> Option<Exact> {
    match op {
        ArithmeticOp::Add => Some(a + b),
        ArithmeticOp::Subtract => Some(a - b),
        ArithmeticOp::Multiply => Some(a * b).filter(numbers::is_of_use),
        ArithmeticOp::Divide => a.checked_div(b).filter(numbers::is_of_use),
    }
}
