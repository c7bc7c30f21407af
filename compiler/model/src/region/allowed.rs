//! What a value may still be: some values of a closed list, or a range.
//!
//! Always: exact; a number of a type with digits comes in steps, so that a range between two of them is empty.

use crate::Comparison;
use crate::lower::Constant;
use prog_base::{Date, Duration, DurationUnit, Exact, RoundMode};
use std::collections::BTreeSet;

/// So many single values of a range are looked at one by one.
const SINGLES: i64 = 64;

/// An end of a range, and whether it is in.
pub(super) type End = Option<(Constant, bool)>;

/// What a value may be.
#[derive(Clone, Debug)]
pub(super) enum Allowed {
    /// Values of a closed list; no and yes are 0 and 1.
    Values(BTreeSet<usize>),
    /// A range of numbers, days or texts, without some values; numbers come in steps.
    Range { low: End, high: End, without: BTreeSet<Constant>, step: Option<Exact> },
}

impl Allowed {
    pub(super) fn one(value: usize) -> Self {
        Self::Values(BTreeSet::from([value]))
    }

    /// All values that compare so with a constant.
    pub(super) fn range(op: Comparison, constant: Constant) -> Self {
        let at = |within| Some((constant.clone(), within));
        let (low, high) = match op {
            Comparison::Equal => (at(true), at(true)),
            Comparison::NotEqual => (None, None),
            Comparison::Less => (None, at(false)),
            Comparison::AtMost | Comparison::Before => (None, at(true)),
            Comparison::More => (at(false), None),
            Comparison::AtLeast | Comparison::After => (at(true), None),
        };
        let without = if op == Comparison::NotEqual { BTreeSet::from([constant]) } else { BTreeSet::new() };
        Self::Range { low, high, without, step: None }
    }

    /// What both allow.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Values(a), Self::Values(b)) => Self::Values(a.intersection(&b).copied().collect()),
            (Self::Range { low, high, mut without, step }, Self::Range { low: l, high: h, without: w, step: s }) => {
                without.extend(w);
                Self::Range { low: tighter(low, l, true), high: tighter(high, h, false), without, step: step.or(s) }
            }
            // One value has one type.
            (Self::Values(_), range @ Self::Range { .. }) | (range @ Self::Range { .. }, Self::Values(_)) => range,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        let (low, high, without, step) = match self {
            Self::Values(values) => return values.is_empty(),
            Self::Range { low, high, without, step } => (low, high, without, step),
        };
        let (Some((l, l_in)), Some((h, h_in))) = (low, high) else { return false };
        if l > h || (l == h && !(*l_in && *h_in && !without.contains(l))) {
            return true;
        }
        let (Constant::Number(l), Constant::Number(h), Some(step)) = (l, h, step) else { return false };
        no_step_between((l, *l_in), (h, *h_in), without, step)
    }

    /// One value of a range, as near to an end that was named as it goes.
    pub(super) fn pick(&self) -> Option<Constant> {
        let Self::Range { low, high, without, step } = self else { return None };
        let inside = |c: &Constant| {
            low.as_ref().is_none_or(|(l, within)| c > l || (*within && c == l))
                && high.as_ref().is_none_or(|(h, within)| c < h || (*within && c == h))
                && !without.contains(c)
        };
        let named: Vec<&Constant> = without.iter().chain(low.iter().chain(high).map(|(c, _)| c)).collect();
        let around = named.iter().flat_map(|c| near(c, step.as_ref()));
        let middle = match (low, high) {
            (Some((Constant::Number(l), _)), Some((Constant::Number(h), _))) if step.is_none() => (l + h).checked_div(&Exact::from(2)),
            (_, _) => None,
        };
        around.chain(middle.map(Constant::Number)).find(|c| inside(c))
    }
}

/// A constant and its neighbours, for up to as many steps as values are looked at one by one.
fn near(c: &Constant, step: Option<&Exact>) -> Vec<Constant> {
    let steps = || (0..=SINGLES).flat_map(|i| [i, -i]);
    match c {
        Constant::Number(n) => {
            let one = Exact::ONE;
            let unit = step.unwrap_or(&one);
            // A number that is no multiple of the step lies between two.
            let base = if step.is_some() { n.checked_div(unit).map_or_else(|| n.clone(), |q| &floor(&q) * unit) } else { n.clone() };
            steps().map(|i| Constant::Number(&base + &(&Exact::from(i) * unit))).collect()
        }
        Constant::Date(day) => {
            let moved = |i| Date::plus(*day, Duration { count: i, unit: DurationUnit::Days });
            [0, 1, -1, 2, -2].into_iter().filter_map(moved).map(Constant::Date).collect()
        }
        Constant::Text(text) => vec![c.clone(), Constant::Text(format!("非{text}"))],
        Constant::Bool(_) | Constant::Enum(..) => vec![c.clone()],
    }
}

/// Whether no multiple of the step lies between two ends.
fn no_step_between((low, low_in): (&Exact, bool), (high, high_in): (&Exact, bool), without: &BTreeSet<Constant>, step: &Exact) -> bool {
    let (Some(l), Some(h)) = (low.checked_div(step), high.checked_div(step)) else { return false };
    let first = -&floor(&-&l);
    let first = if !low_in && first == l { &first + &Exact::ONE } else { first };
    let last = floor(&h);
    let last = if !high_in && last == h { &last - &Exact::ONE } else { last };
    if first > last {
        return true;
    }
    let (Some(from), Some(count)) = (first.to_i64(), (&last - &first).to_i64()) else { return false };
    count < SINGLES && (0..=count).all(|i| without.contains(&Constant::Number(&Exact::from(from + i) * step)))
}

pub(crate) fn floor(n: &Exact) -> Exact {
    if n.is_negative() { -&(-n).round(RoundMode::Up, 0) } else { n.round(RoundMode::Down, 0) }
}

/// The narrower of two ends.
fn tighter(a: End, b: End, low: bool) -> End {
    match (a, b) {
        (Some((x, x_in)), Some((y, y_in))) if x == y => Some((x, x_in && y_in)),
        (Some(x), Some(y)) => Some(if (x.0 > y.0) == low { x } else { y }),
        (a, b) => a.or(b),
    }
}
