//! What conditions can't hold together: values compared with constants, within the bounds of their types.
//!
//! In: conditions taken as true or false. Out: whether no case at all fulfils them, or surely one does.
//! Always: says "impossible" only when it is so whatever a case holds, and "possible" only when every condition compares a fact or
//! field with constants; values are the same when they are written the same, wherever they stand.

use super::known::same;
use crate::lower::{Constant, Lower, power_of_ten};
use crate::{Comparison, EnumId, EnumOrder, Expr, ExprKind, NumberType, Type};
use prog_base::{Duration, DurationUnit, Exact, RoundMode, Text, text};
use std::collections::BTreeSet;

/// Whether conditions can hold together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// No case fulfils them.
    Impossible,
    /// Some case does.
    Possible,
    /// More is compared than values with constants.
    Undecided,
}

/// Whether conditions can hold together, each taken as true or false.
pub(super) fn together<'a>(lower: &'a Lower<'a>, conditions: &[(&'a Expr, bool)]) -> Answer {
    let mut search = Search { lower, exact: true, left: BRANCHES, found: None };
    match (search.holds(conditions.to_vec(), Vec::new()), search.exact && search.left > 0) {
        (false, _) => Answer::Impossible,
        (true, true) => Answer::Possible,
        (true, false) => Answer::Undecided,
    }
}

/// Values with which conditions hold together, as written: `学校类型 = 高校, 人数 = 40`.
pub(super) fn example<'a>(lower: &'a Lower<'a>, conditions: &[(&'a Expr, bool)]) -> Option<Text> {
    let mut search = Search { lower, exact: true, left: BRANCHES, found: None };
    search.holds(conditions.to_vec(), Vec::new());
    let one = |(value, allowed): (&Expr, Allowed)| {
        let name = lower.inputs.sources.slice(value.span);
        let Text { zh, en } = allowed.example(lower, &value.ty)?;
        Some(text!("{name} = {zh}", "{name} = {en}"))
    };
    let values: Option<Vec<Text>> = search.found?.into_iter().map(one).collect();
    values.filter(|v| !v.is_empty()).map(|v| Text::joined(v, &text!("，", ", ")))
}

/// So many alternatives are tried; beyond, nothing is said.
const BRANCHES: usize = 256;
/// So many single values of a range are looked at one by one.
const SINGLES: i64 = 64;

struct Search<'a> {
    lower: &'a Lower<'a>,
    /// Every condition seen so far compares a fact or field with constants.
    exact: bool,
    left: usize,
    /// What values may be in the first way found in which all holds.
    found: Option<Vec<(&'a Expr, Allowed)>>,
}

/// What a value may still be.
#[derive(Clone)]
enum Allowed {
    /// Values of a closed list; no and yes are 0 and 1.
    Values(BTreeSet<usize>),
    /// A range of numbers, days or texts, its ends in or out, without some values; numbers come in steps.
    Range { low: Option<(Constant, bool)>, high: Option<(Constant, bool)>, without: BTreeSet<Constant>, step: Option<Exact> },
}

impl<'a> Search<'a> {
    /// Whether the conditions may hold, given what values are allowed already.
    fn holds(&mut self, mut todo: Vec<(&'a Expr, bool)>, mut known: Vec<(&'a Expr, Allowed)>) -> bool {
        if self.left == 0 {
            return true;
        }
        self.left -= 1;
        while let Some((e, truth)) = todo.pop() {
            match (&e.kind, truth) {
                (ExprKind::Not(of), truth) => todo.push((of, !truth)),
                (ExprKind::And(list), true) | (ExprKind::Or(list), false) => todo.extend(list.iter().map(|e| (e, truth))),
                (ExprKind::And(list), false) | (ExprKind::Or(list), true) => {
                    // All alternatives are looked at: each may show that more than constants is compared.
                    let ways = list.iter().map(|one| self.holds([todo.as_slice(), &[(one, truth)]].concat(), known.clone()));
                    return ways.fold(false, |any, way| any | way);
                }
                (ExprKind::Bool(b), truth) if *b == truth => {}
                (ExprKind::Bool(_), _) => return false,
                (_, truth) => {
                    if !self.literal(e, truth, &mut known) {
                        return false;
                    }
                }
            }
        }
        self.found.get_or_insert(known);
        true
    }

    /// One comparison: narrows what its value may be; whether anything is left.
    fn literal(&mut self, e: &'a Expr, truth: bool, known: &mut Vec<(&'a Expr, Allowed)>) -> bool {
        let Some((value, allowed)) = self.narrowed(e, truth) else {
            self.exact = false;
            return self.within_types(e, truth);
        };
        self.exact &= matches!(value.kind, ExprKind::Input(_) | ExprKind::ItemField { .. } | ExprKind::Member { .. });
        let both = match known.iter_mut().find(|(v, _)| same(v, value)) {
            Some((_, so_far)) => {
                *so_far = so_far.clone().and(allowed);
                so_far.clone()
            }
            None => {
                known.push((value, allowed.clone()));
                allowed
            }
        };
        !both.is_empty()
    }

    /// The value that a comparison with constants is about, and what it may be then.
    fn narrowed(&mut self, e: &'a Expr, truth: bool) -> Option<(&'a Expr, Allowed)> {
        match &e.kind {
            ExprKind::Compare { op, left, right } => {
                let (value, op, constant) = match (self.lower.constant(left), self.lower.constant(right)) {
                    (None, Some(c)) => (&**left, *op, c),
                    (Some(c), None) => (&**right, op.mirrored(), c),
                    (_, _) => return None,
                };
                // The boundary itself depends on a reading.
                self.exact &= !matches!(op, Comparison::Before | Comparison::After);
                Some((value, self.compared(value, if truth { op } else { opposite(op) }, constant)?))
            }
            ExprKind::In { value, set } => {
                let constants = set.iter().map(|c| self.lower.constant(c)).collect::<Option<Vec<_>>>()?;
                let Type::Enum(of) = value.ty else { return None };
                let inside = |v: &usize| constants.contains(&Constant::Enum(of, *v)) == truth;
                Some((value, Allowed::Values(self.values(of).filter(inside).collect())))
            }
            ExprKind::Input(_) | ExprKind::ItemField { .. } | ExprKind::Member { .. } | ExprKind::Rule(_) | ExprKind::IsGiven(_) => {
                Some((e, Allowed::Values(BTreeSet::from([usize::from(truth)]))))
            }
            // Every other condition is about more than one value.
            _other => None,
        }
    }

    fn compared(&self, value: &Expr, op: Comparison, constant: Constant) -> Option<Allowed> {
        match (&value.ty, &constant) {
            (Type::Enum(of), Constant::Enum(_, stated)) => {
                let reversed = self.lower.p.enumeration(*of).order == EnumOrder::BestFirst;
                let fits = |v: &usize| {
                    let order = if reversed { stated.cmp(v) } else { v.cmp(stated) };
                    match op {
                        Comparison::Equal => order.is_eq(),
                        Comparison::NotEqual => order.is_ne(),
                        Comparison::Less | Comparison::Before => order.is_lt(),
                        Comparison::AtMost => order.is_le(),
                        Comparison::More | Comparison::After => order.is_gt(),
                        Comparison::AtLeast => order.is_ge(),
                    }
                };
                Some(Allowed::Values(self.values(*of).filter(fits).collect()))
            }
            (Type::Bool, Constant::Bool(b)) => match op {
                Comparison::Equal => Some(Allowed::Values(BTreeSet::from([usize::from(*b)]))),
                Comparison::NotEqual => Some(Allowed::Values(BTreeSet::from([usize::from(!*b)]))),
                Comparison::Less | Comparison::AtMost | Comparison::More | Comparison::AtLeast | Comparison::Before | Comparison::After => {
                    None
                }
            },
            (Type::Number(number), Constant::Number(_)) => {
                let end = |n: &Option<Exact>| n.clone().map(|n| (Constant::Number(n), true));
                let all =
                    Allowed::Range { low: end(&number.low), high: end(&number.high), without: BTreeSet::new(), step: self.step(number) };
                Some(all.and(Allowed::range(op, constant)))
            }
            (Type::Date, Constant::Date(_)) | (Type::Text, Constant::Text(_)) => Some(Allowed::range(op, constant)),
            (_, _) => None,
        }
    }

    fn values(&self, of: EnumId) -> std::ops::Range<usize> {
        0..self.lower.p.enumeration(of).values.len()
    }

    /// The distance between two neighbouring values, where there is one.
    fn step(&self, number: &NumberType) -> Option<Exact> {
        self.lower.unit_size(number).checked_div(&power_of_ten(number.digits?))
    }

    /// Two values, neither constant: whether the bounds of their types leave room for the comparison.
    fn within_types(&self, e: &Expr, truth: bool) -> bool {
        let ExprKind::Compare { op, left, right } = &e.kind else { return true };
        let (Type::Number(l), Type::Number(r)) = (&left.ty, &right.ty) else { return true };
        let reaches = |a: &Option<Exact>, b: &Option<Exact>, strictly: bool| match (a, b) {
            (Some(a), Some(b)) => {
                if strictly {
                    a > b
                } else {
                    a >= b
                }
            }
            (None, _) | (_, None) => true,
        };
        match if truth { *op } else { opposite(*op) } {
            Comparison::Equal => reaches(&l.high, &r.low, false) && reaches(&r.high, &l.low, false),
            Comparison::NotEqual | Comparison::Before | Comparison::After => true,
            Comparison::Less => reaches(&r.high, &l.low, true),
            Comparison::AtMost => reaches(&r.high, &l.low, false),
            Comparison::More => reaches(&l.high, &r.low, true),
            Comparison::AtLeast => reaches(&l.high, &r.low, false),
        }
    }
}

impl Allowed {
    /// All values that compare so with a constant.
    fn range(op: Comparison, constant: Constant) -> Self {
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
    fn and(self, other: Self) -> Self {
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

    /// A value that is allowed, as people write it.
    fn example(self, lower: &Lower<'_>, ty: &Type) -> Option<Text> {
        let (low, high, without, step) = match self {
            Self::Values(values) => {
                let first = *values.first()?;
                return Some(match ty {
                    Type::Enum(of) => Text::same(lower.p.enumeration(*of).values.get(first)?.ident.name.clone()),
                    _yes_or_no if first == 1 => text!("是", "yes"),
                    _yes_or_no => text!("否", "no"),
                });
            }
            Self::Range { low, high, without, step } => (low, high, without, step),
        };
        let fits = |c: &Constant| {
            !without.contains(c)
                && low.as_ref().is_none_or(|(l, within)| c > l || (*within && c == l))
                && high.as_ref().is_none_or(|(h, within)| c < h || (*within && c == h))
        };
        // The ends, what is left out, and the next value on either side of each.
        let ends = low.iter().chain(&high).map(|(c, _)| c).chain(&without);
        let found = ends.flat_map(|c| near(c, step.as_ref())).find(fits)?;
        match found {
            Constant::Number(n) => Some(Text::same(lower.show(&n, ty))),
            Constant::Date(day) => Some(Text::same(day.to_string())),
            Constant::Text(t) => Some(text!("“{t}”", "\"{t}\"")),
            Constant::Bool(_) | Constant::Enum(..) => None,
        }
    }

    fn is_empty(&self) -> bool {
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
}

/// A value and its neighbours.
fn near(c: &Constant, step: Option<&Exact>) -> Vec<Constant> {
    match c {
        Constant::Number(n) => {
            let one = step.cloned().unwrap_or(Exact::ONE);
            vec![c.clone(), Constant::Number(n + &one), Constant::Number(n - &one)]
        }
        Constant::Date(day) => {
            let moved = |count| day.plus(Duration { count, unit: DurationUnit::Days }).map(Constant::Date);
            [Some(c.clone()), moved(1), moved(-1)].into_iter().flatten().collect()
        }
        Constant::Text(t) => vec![c.clone(), Constant::Text(format!("{t}…"))],
        Constant::Bool(_) | Constant::Enum(..) => Vec::new(),
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

fn floor(n: &Exact) -> Exact {
    if n.is_negative() { -&(-n).round(RoundMode::Up, 0) } else { n.round(RoundMode::Down, 0) }
}

/// The narrower of two ends.
fn tighter(a: Option<(Constant, bool)>, b: Option<(Constant, bool)>, low: bool) -> Option<(Constant, bool)> {
    match (a, b) {
        (Some((x, x_in)), Some((y, y_in))) if x == y => Some((x, x_in && y_in)),
        (Some(x), Some(y)) => Some(if (x.0 > y.0) == low { x } else { y }),
        (a, b) => a.or(b),
    }
}

fn opposite(op: Comparison) -> Comparison {
    match op {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Less => Comparison::AtLeast,
        Comparison::AtMost => Comparison::More,
        Comparison::More => Comparison::AtMost,
        Comparison::AtLeast => Comparison::Less,
        Comparison::Before => Comparison::After,
        Comparison::After => Comparison::Before,
    }
}
