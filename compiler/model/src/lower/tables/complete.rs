//! Whether the rows of a table decide every key exactly once.
//!
//! In: the rows with what kind each is. Out: diagnostics: duplicates, overlaps, missing keys by example, rows that never decide.
//! Always: exact; each key column is cut into atoms (values, points, open intervals) on which every cell is constant. Keys that
//! are open lists (texts, dates, numbers given one by one) need no row for what is not listed.

use crate::lower::{Constant, Lower, constants};
use crate::{KeyCell, Programme, Table, TableBound, TableId, TableLookup, TableRow, Type};
use prog_base::{Diagnostic, Exact, codes, text};
use std::collections::{BTreeMap, BTreeSet};

/// How a row stands to the others. Orders as rows are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RowKind {
    /// Its keys are stated.
    Stated,
    /// So many keys are `otherwise`.
    Rest(usize),
}

/// A row with its kind.
pub(super) struct Row {
    pub row: TableRow,
    pub kind: RowKind,
}

/// A part of a key column on which every cell says the same.
struct Atom {
    /// A value in it, as shown.
    example: String,
    /// The rows whose cell holds it.
    rows: BTreeSet<usize>,
    /// No row is needed for it.
    exempt: bool,
}

/// What the search finds.
#[derive(Default)]
struct Found {
    used: BTreeSet<usize>,
    overlaps: BTreeMap<(usize, usize), Vec<String>>,
    missing: Vec<Vec<String>>,
    seen: BTreeSet<(usize, BTreeSet<usize>, bool)>,
}

impl Lower<'_> {
    /// Checks the rows of one table.
    pub(super) fn complete(&mut self, id: TableId, rows: &[Row]) {
        if self.p.table(id).lookup != TableLookup::Match {
            self.bands_in_order(id, rows);
            return;
        }
        let t = self.p.table(id);
        if t.keys.iter().any(|k| k.ty == Type::Unknown) {
            return;
        }
        let columns: Vec<Vec<Atom>> = (0..t.keys.len()).map(|k| self.atoms(t, k, rows)).collect();
        let mut found = Found::default();
        search(&columns, rows, (0..rows.len()).collect(), &mut Vec::new(), &mut found);
        self.tell(id, rows, &found);
    }

    fn atoms(&self, t: &Table, key: usize, rows: &[Row]) -> Vec<Atom> {
        let cells: Vec<&KeyCell> = rows.iter().map(|r| &r.row.keys[key]).collect();
        let banded = cells.iter().any(|c| matches!(c, KeyCell::Band { .. }));
        let ty = &t.keys[key].ty;
        if let (true, Type::Number(number)) = (banded, ty) {
            return self.line(number, ty, &cells);
        }
        let mut by_value: BTreeMap<Constant, BTreeSet<usize>> = BTreeMap::new();
        let mut any = BTreeSet::new();
        for (i, cell) in cells.iter().enumerate() {
            match cell {
                KeyCell::Any => drop(any.insert(i)),
                KeyCell::OneOf(list) => {
                    for value in list.iter().filter_map(|e| self.constant(e)) {
                        by_value.entry(value).or_default().insert(i);
                    }
                }
                KeyCell::Band { .. } => {}
            }
        }
        let closed = constants::closed_values(&self.p, ty);
        for value in closed.iter().flatten() {
            by_value.entry(value.clone()).or_default();
        }
        let mut atoms: Vec<Atom> = by_value
            .into_iter()
            .map(|(value, rows)| Atom { example: shown(&self.p, &value), rows: rows.union(&any).copied().collect(), exempt: false })
            .collect();
        if closed.is_none() {
            atoms.push(Atom { example: "…".to_owned(), rows: any, exempt: true });
        }
        atoms
    }

    /// A line of numbers cut at every end that is named.
    fn line(&self, number: &crate::NumberType, ty: &Type, cells: &[&KeyCell]) -> Vec<Atom> {
        let mut points: BTreeSet<Exact> = number.low.iter().chain(&number.high).cloned().collect();
        for cell in cells {
            match cell {
                KeyCell::Any => {}
                KeyCell::OneOf(list) => points.extend(list.iter().filter_map(|e| match self.constant(e) {
                    Some(Constant::Number(n)) => Some(n),
                    Some(_) | None => None,
                })),
                KeyCell::Band { low, high } => points.extend(low.iter().chain(high).map(|(n, _)| n.clone())),
            }
        }
        let step = number.digits.and_then(|d| self.unit_size(number).checked_div(&super::super::numbers::power_of_ten(d)));
        let points: Vec<Exact> = points.into_iter().collect();
        let mut samples = Vec::new();
        samples.extend(between(None, points.first(), step.as_ref()));
        for (i, point) in points.iter().enumerate() {
            let whole = step.as_ref().is_none_or(|s| point.checked_div(s).is_some_and(|q| q.is_integer()));
            samples.extend(whole.then(|| point.clone()));
            samples.extend(between(Some(point), points.get(i + 1), step.as_ref()));
        }
        samples.retain(|s| !number.excludes(s));
        let holds = |cell: &KeyCell, n: &Exact| match cell {
            KeyCell::Any => true,
            KeyCell::OneOf(list) => list.iter().any(|e| self.constant(e) == Some(Constant::Number(n.clone()))),
            KeyCell::Band { low, high } => {
                low.as_ref().is_none_or(|(l, within)| n > l || (*within && n == l))
                    && high.as_ref().is_none_or(|(h, within)| n < h || (*within && n == h))
            }
        };
        samples
            .into_iter()
            .map(|n| Atom {
                example: self.show(&n, ty),
                rows: cells.iter().enumerate().filter(|(_, c)| holds(c, &n)).map(|(i, _)| i).collect(),
                exempt: false,
            })
            .collect()
    }

    fn tell(&mut self, id: TableId, rows: &[Row], found: &Found) {
        let mut told: BTreeSet<usize> = BTreeSet::new();
        for ((first, second), example) in &found.overlaps {
            told.extend([*first, *second]);
            let (a, b) = (&rows[*first].row, &rows[*second].row);
            let example = example.join(", ");
            let same = a.keys.iter().zip(&b.keys).all(|(x, y)| same_cell(self, x, y));
            let d = if same {
                Diagnostic::error(codes::DUPLICATE_ROW, b.span, text!("两行的键相同：{example}", "Two rows have the same keys: {example}"))
            } else {
                Diagnostic::error(codes::OVERLAPPING_ROWS, b.span, text!("两行都适用于 {example}", "Two rows both match {example}"))
            };
            self.report(d.label(a.span, text!("另一行", "the other row")).help(text!(
                "每一种情况只能由一行决定：删去一行，或改正它的键",
                "One row must decide each case: remove one, or correct its keys"
            )));
        }
        if !found.missing.is_empty() {
            let (n, at) = (self.p.table(id).ident.name.clone(), self.p.table(id).ident.span);
            let list: Vec<String> = found.missing.iter().take(3).map(|m| m.join(", ")).collect();
            let list = list.join("; ");
            self.report(
                Diagnostic::error(
                    codes::INCOMPLETE_TABLE,
                    at,
                    text!("表“{n}”没有这种情况的行：{list}", "Table `{n}` has no row for: {list}"),
                )
                .help(text!("补上这些行，或加一行 其余", "Add these rows, or an `otherwise` row")),
            );
        }
        for (i, row) in rows.iter().enumerate().filter(|(i, _)| !found.used.contains(i) && !told.contains(i)) {
            let text = text!("这一行永远用不上：它的情况都已由别的行决定", "This row never decides: other rows decide all its cases");
            let d = match rows[i].kind {
                RowKind::Stated => Diagnostic::error(codes::DEAD_ROW, row.row.span, text),
                RowKind::Rest(_) => Diagnostic::warning(codes::DEAD_ROW, row.row.span, text),
            };
            self.report(d.help(text!("删去它，或改正它的键", "Remove it, or correct its keys")));
        }
    }

    /// Tables read by bound: limits strictly rising or falling, `otherwise` for what lies beyond.
    fn bands_in_order(&mut self, id: TableId, rows: &[Row]) {
        let mut limits: Vec<(TableBound, prog_base::Span)> = Vec::new();
        let mut rest = false;
        for row in rows {
            match row.row.keys.first() {
                Some(KeyCell::OneOf(_)) => match row.row.bound() {
                    Some(bound) => limits.push((bound, row.row.span)),
                    None => return,
                },
                Some(KeyCell::Any) => rest = true,
                Some(KeyCell::Band { .. }) | None => return,
            }
        }
        let falling = limits.len() > 1 && limits[1].0 < limits[0].0;
        let wrong = limits.windows(2).find(|w| w[0].0 == w[1].0 || (w[1].0 < w[0].0) != falling);
        if let Some([before, after]) = wrong {
            self.report(
                Diagnostic::error(
                    codes::BAD_BAND,
                    after.1,
                    text!("各行的界限要依次递增或递减", "The limits must rise, or fall, from row to row"),
                )
                .label(before.1, text!("上一行", "the row before")),
            );
        }
        if !rest {
            let (n, at) = (self.p.table(id).ident.name.clone(), self.p.table(id).ident.span);
            self.report(
                Diagnostic::error(
                    codes::BAD_BAND,
                    at,
                    text!("表“{n}”没有说界限以外怎么办", "Table `{n}` does not say what holds beyond its limits"),
                )
                .help(text!("在最后加一行 其余", "Add an `otherwise` row at the end")),
            );
        }
    }
}

/// Goes through all combinations of atoms that differ in the rows they leave.
fn search(columns: &[Vec<Atom>], rows: &[Row], left: BTreeSet<usize>, path: &mut Vec<(String, bool)>, found: &mut Found) {
    let depth = path.len();
    let exempt = path.iter().any(|(_, exempt)| *exempt);
    if depth == columns.len() {
        decide(rows, &left, path, found);
        return;
    }
    if left.is_empty() {
        if !exempt && found.missing.len() < 4 {
            let rest = columns[depth..].iter().map(|c| c.first().map_or_else(String::new, |a| a.example.clone()));
            found.missing.push(path.iter().map(|(e, _)| e.clone()).chain(rest).collect());
        }
        return;
    }
    if !found.seen.insert((depth, left.clone(), exempt)) {
        return;
    }
    let mut groups: BTreeSet<(BTreeSet<usize>, bool)> = BTreeSet::new();
    for atom in &columns[depth] {
        let inner: BTreeSet<usize> = if atom.rows.len() < left.len() {
            atom.rows.iter().filter(|r| left.contains(r)).copied().collect()
        } else {
            left.iter().filter(|r| atom.rows.contains(r)).copied().collect()
        };
        // Missing keys are told one by one, so that the message can name several.
        if !inner.is_empty() && !groups.insert((inner.clone(), atom.exempt)) {
            continue;
        }
        path.push((atom.example.clone(), atom.exempt));
        search(columns, rows, inner, path, found);
        path.pop();
    }
}

fn decide(rows: &[Row], left: &BTreeSet<usize>, path: &[(String, bool)], found: &mut Found) {
    let example = || path.iter().map(|(e, _)| e.clone()).collect::<Vec<_>>();
    let Some(first) = left.first() else {
        if !path.iter().any(|(_, exempt)| *exempt) && found.missing.len() < 4 {
            found.missing.push(example());
        }
        return;
    };
    found.used.insert(*first);
    let stated: Vec<usize> = left.iter().copied().filter(|r| rows[*r].kind == RowKind::Stated).collect();
    if let [a, b, ..] = stated.as_slice() {
        found.overlaps.entry((*a, *b)).or_insert_with(example);
    }
}

/// A number strictly between two, a multiple of the step if there is one.
fn between(low: Option<&Exact>, high: Option<&Exact>, step: Option<&Exact>) -> Option<Exact> {
    let one = Exact::ONE;
    let unit = step.unwrap_or(&one);
    match (low, high) {
        (None, None) => Some(Exact::ZERO),
        (Some(l), None) => Some(after(l, unit)),
        (None, Some(h)) => Some(-&after(&-h, unit)),
        (Some(l), Some(h)) => match step {
            Some(step) => Some(after(l, step)).filter(|n| n < h),
            None => (l + h).checked_div(&Exact::from(2)),
        },
    }
}

/// The least multiple of the step above a number.
fn after(n: &Exact, step: &Exact) -> Exact {
    let steps = n.checked_div(step).unwrap_or(Exact::ZERO);
    // Rounded towards the past: down for positive numbers, up in size for negative ones.
    let mode = if steps.is_negative() { prog_base::RoundMode::Up } else { prog_base::RoundMode::Down };
    let floor = if steps.is_negative() { -&(-&steps).round(mode, 0) } else { steps.round(mode, 0) };
    &(&floor + &Exact::ONE) * step
}

fn same_cell(lower: &Lower<'_>, a: &KeyCell, b: &KeyCell) -> bool {
    match (a, b) {
        (KeyCell::OneOf(x), KeyCell::OneOf(y)) => {
            let values = |list: &[crate::Expr]| list.iter().filter_map(|e| lower.constant(e)).collect::<BTreeSet<_>>();
            values(x) == values(y)
        }
        (KeyCell::Any, KeyCell::Any) => true,
        (KeyCell::Band { .. }, KeyCell::Band { .. }) => a == b,
        (KeyCell::Any | KeyCell::OneOf(_) | KeyCell::Band { .. }, _) => false,
    }
}

/// A compile-time value as people write it.
pub(in crate::lower) fn shown(p: &Programme, value: &Constant) -> String {
    match value {
        Constant::Bool(b) => if *b { "是 / yes" } else { "否 / no" }.to_owned(),
        Constant::Number(n) => n.to_string(),
        Constant::Date(d) => d.to_string(),
        Constant::Enum(id, v) => p.enumeration(*id).values.get(*v).map_or_else(String::new, |v| v.ident.name.clone()),
        Constant::Text(t) => t.clone(),
    }
}
