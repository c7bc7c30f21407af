//! Whole numbers in sets that cross in more than two ways: an integer program, solved exactly.
//!
//! In: sets of cells, each with the least and the greatest number of what lies in it. Out: a number for each cell that keeps every bound, or bounds
//! that can't be kept together, none of which could be left out. Always: a tableau of whole numbers over one denominator (dual simplex, by the
//! smallest index, so that it ends); where a number comes out broken, the cases below and above it are looked at in turn. What grows too large is
//! left `open`, and nothing may be said of it.

use super::flow::Cut;
use std::cell::Cell;

/// So many entries of a tableau are looked at.
const MOST_ENTRIES: usize = 60_000;
/// So many steps of one tableau.
const MOST_PIVOTS: usize = 1_000;
/// So many tableaux of one question.
const MOST_PARTS: usize = 200;

/// The least and the greatest number of a set.
type Bounds<'b> = &'b [(i64, Option<i64>)];

/// Sets of cells, whichever way they cross.
pub struct Crossing {
    cells: usize,
    sets: Vec<Vec<usize>>,
    open: Cell<bool>,
}

/// One row of the program: what lies in some cells, or its opposite, is at most so much.
struct Row {
    cells: Vec<usize>,
    opposite: bool,
    limit: i64,
    /// The set whose greatest number it is, or whose least; none of a part that is looked at.
    of: Option<usize>,
}

/// What comes of one question.
enum Solved {
    Numbers(Vec<i64>),
    /// Rows that can't hold together; where each counts once, by how much.
    Refused(Vec<usize>, Option<i64>),
    Open,
}

impl Crossing {
    /// Takes sets as they are.
    pub fn of(cells: usize, sets: &[Vec<usize>]) -> Self {
        Self { cells, sets: sets.to_vec(), open: Cell::new(false) }
    }

    /// Whether a question was left open.
    pub fn is_open(&self) -> bool {
        self.open.get()
    }

    /// A number for each cell that keeps every bound, or why there is none.
    pub fn fill(&self, bounds: Bounds<'_>) -> Result<Vec<i64>, Cut> {
        match self.solve(bounds) {
            Solved::Numbers(numbers) => Ok(numbers),
            Solved::Open => {
                self.open.set(true);
                Err(Cut::default())
            }
            Solved::Refused(rows, short) => {
                let all = self.rows(bounds);
                let of = |opposite: bool| {
                    let rows = rows.iter().filter_map(|row| all.get(*row)).filter(|row| row.opposite == opposite);
                    rows.filter_map(|row| row.of).collect::<Vec<_>>()
                };
                let cut = Cut { lows: of(true), highs: of(false), short: short.unwrap_or(0), sums: short.is_some() };
                Err(if cut.sums { cut } else { self.without_idle(bounds, cut) })
            }
        }
    }

    /// The most that a set can hold while all other bounds are kept, which must be possible, with the bounds that keep it so; `None`: as many as
    /// one likes.
    pub fn most(&self, bounds: Bounds<'_>, set: usize) -> Option<(i64, Cut)> {
        let with = |least: i64| {
            let mut bounds = bounds.to_vec();
            bounds[set] = (least, None);
            self.fill(&bounds)
        };
        let beyond = 1 + bounds.iter().map(|(low, high)| low + high.unwrap_or(0)).sum::<i64>();
        let (mut kept, mut refused) = (-1, beyond);
        let mut cut = with(beyond).err()?;
        while refused - kept > 1 && !self.is_open() {
            let middle = kept + (refused - kept) / 2;
            match with(middle) {
                Ok(_) => kept = middle,
                Err(why) => (refused, cut) = (middle, why),
            }
        }
        Some((kept, cut))
    }

    /// A reason without the bounds that it does not need.
    fn without_idle(&self, bounds: Bounds<'_>, mut cut: Cut) -> Cut {
        let still = |cut: &Cut| matches!(self.solve(&only(bounds, cut)), Solved::Refused(..));
        for lows in [true, false] {
            for set in if lows { cut.lows.clone() } else { cut.highs.clone() } {
                let mut less = cut.clone();
                (if lows { &mut less.lows } else { &mut less.highs }).retain(|s| *s != set);
                if still(&less) {
                    cut = less;
                }
            }
        }
        cut
    }

    fn rows(&self, bounds: Bounds<'_>) -> Vec<Row> {
        let mut rows = Vec::new();
        for (of, (set, (low, high))) in self.sets.iter().zip(bounds).enumerate() {
            let row = |opposite: bool, limit: i64| Row { cells: set.clone(), opposite, limit, of: Some(of) };
            rows.extend(high.map(|high| row(false, high)));
            rows.extend((*low > 0).then(|| row(true, -low)));
        }
        rows
    }

    fn solve(&self, bounds: Bounds<'_>) -> Solved {
        let mut rows = self.rows(bounds);
        if (rows.len() + 1) * (self.cells + 1) > MOST_ENTRIES {
            return Solved::Open;
        }
        self.part(&mut rows, &mut MOST_PARTS.clone())
    }

    /// One tableau, and those below and above a broken number.
    fn part(&self, rows: &mut Vec<Row>, left: &mut usize) -> Solved {
        let Some(fewer) = left.checked_sub(1) else { return Solved::Open };
        *left = fewer;
        let mut tableau = Tableau::of(self.cells, rows);
        let refused = match tableau.solve() {
            Some(refused) => refused,
            None => return Solved::Open,
        };
        if let Some((why, short)) = refused {
            return Solved::Refused(why, short);
        }
        let (numbers, broken) = tableau.numbers();
        let Some((cell, below)) = broken else { return Solved::Numbers(numbers) };
        let mut why = Vec::new();
        for (opposite, limit) in [(false, below), (true, -below - 1)] {
            rows.push(Row { cells: vec![cell], opposite, limit, of: None });
            let part = self.part(rows, left);
            rows.pop();
            match part {
                Solved::Refused(more, _) => why.extend(more.into_iter().filter(|row| *row < rows.len())),
                Solved::Numbers(_) | Solved::Open => return part,
            }
        }
        why.sort_unstable();
        why.dedup();
        Solved::Refused(why, None)
    }
}

/// The bounds of a reason alone.
pub(super) fn only(bounds: Bounds<'_>, cut: &Cut) -> Vec<(i64, Option<i64>)> {
    let kept = |(set, (low, high)): (usize, &(i64, Option<i64>))| {
        (if cut.lows.contains(&set) { *low } else { 0 }, high.filter(|_| cut.highs.contains(&set)))
    };
    bounds.iter().enumerate().map(kept).collect()
}

/// Rows `basic + entries · others = limit`, all over one denominator; the last column is the limit.
struct Tableau {
    rows: Vec<Vec<i128>>,
    /// The variable of each row: a cell, or beyond them what a row of the program leaves free.
    basic: Vec<usize>,
    /// The variable of each column.
    others: Vec<usize>,
    cells: usize,
    over: i128,
}

/// Rows of the program that can't hold together, and by how much where each counts once; none: they can.
type Refusal = Option<(Vec<usize>, Option<i64>)>;

impl Tableau {
    fn of(cells: usize, rows: &[Row]) -> Self {
        let entries = |row: &Row| {
            let sign = if row.opposite { -1 } else { 1 };
            let mut entries = vec![0; cells + 1];
            row.cells.iter().for_each(|cell| entries[*cell] = sign);
            entries[cells] = i128::from(row.limit);
            entries
        };
        Self {
            rows: rows.iter().map(entries).collect(),
            basic: (cells..cells + rows.len()).collect(),
            others: (0..cells).collect(),
            cells,
            over: 1,
        }
    }

    /// `None` where it takes too long or grows too large.
    fn solve(&mut self) -> Option<Refusal> {
        for _ in 0..MOST_PIVOTS {
            let below = (0..self.rows.len()).filter(|row| self.rows[*row][self.cells] < 0);
            let Some(row) = below.min_by_key(|row| self.basic[*row]) else { return Some(None) };
            let negative = (0..self.cells).filter(|column| self.rows[row][*column] < 0);
            match negative.min_by_key(|column| self.others[*column]) {
                Some(column) => self.pivot(row, column)?,
                None => return Some(Some(self.reason(row))),
            }
        }
        None
    }

    /// The rows of the program that add up to a row which nothing fulfils.
    fn reason(&self, row: usize) -> (Vec<usize>, Option<i64>) {
        let own = std::iter::once((self.basic[row], self.over));
        let others = self.others.iter().copied().zip(self.rows[row].iter().copied());
        let used: Vec<(usize, i128)> = own.chain(others).filter(|(variable, times)| *variable >= self.cells && *times > 0).collect();
        let once = used.first().map(|(_, times)| *times).filter(|first| used.iter().all(|(_, times)| times == first));
        let short = once.and_then(|times| i64::try_from(-self.rows[row][self.cells] / times).ok());
        let mut rows: Vec<usize> = used.into_iter().map(|(variable, _)| variable - self.cells).collect();
        rows.sort_unstable();
        (rows, short)
    }

    /// Exchanges the variable of a row and of a column.
    fn pivot(&mut self, row: usize, column: usize) -> Option<()> {
        let pivot = self.rows[row][column];
        let taken = self.rows[row].clone();
        for (_, entries) in self.rows.iter_mut().enumerate().filter(|(at, _)| *at != row) {
            let factor = entries[column];
            for (to, entry) in entries.iter_mut().enumerate() {
                if to == column {
                    *entry = -factor;
                } else {
                    *entry = entry.checked_mul(pivot)?.checked_sub(factor.checked_mul(taken[to])?)? / self.over;
                }
            }
        }
        self.rows[row][column] = self.over;
        self.over = pivot;
        if pivot < 0 {
            self.over = -pivot;
            self.rows.iter_mut().flatten().for_each(|entry| *entry = -*entry);
        }
        std::mem::swap(&mut self.basic[row], &mut self.others[column]);
        Some(())
    }

    /// The number of each cell, rounded down, and the first that is broken.
    fn numbers(&self) -> (Vec<i64>, Option<(usize, i64)>) {
        let (mut numbers, mut broken) = (vec![0; self.cells], None);
        for (variable, entries) in self.basic.iter().zip(&self.rows).filter(|(variable, _)| **variable < self.cells) {
            let value = i64::try_from(entries[self.cells] / self.over).unwrap_or(i64::MAX);
            numbers[*variable] = value;
            if entries[self.cells] % self.over != 0 {
                broken.get_or_insert((*variable, value));
            }
        }
        (numbers, broken)
    }
}
