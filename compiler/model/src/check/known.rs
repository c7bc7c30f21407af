//! What is known to hold where an expression stands: guards around it, the other parts of its `and`.
//!
//! In: conditions taken as true or false. Out: whether a value is surely given, whether a condition surely holds.
//! Always: says yes only when it is so whatever the case holds; expressions are compared by what they are, not where they stand.

use super::prove;
use crate::lower::Lower;
use crate::{Comparison, Expr, ExprKind};

/// Conditions that hold, and conditions that do not.
#[derive(Clone, Default)]
pub(super) struct Known<'a> {
    holds: Vec<&'a Expr>,
    fails: Vec<&'a Expr>,
}

impl<'a> Known<'a> {
    /// With one more condition that holds, if there is one.
    pub(super) fn and(&self, condition: Option<&'a Expr>) -> Self {
        condition.map_or_else(|| self.clone(), |c| self.assume(c, true))
    }

    /// With one more condition that does not hold, if there is one.
    pub(super) fn and_not(&self, condition: Option<&'a Expr>) -> Self {
        condition.map_or_else(|| self.clone(), |c| self.assume(c, false))
    }

    /// With a condition taken as true or false.
    pub(super) fn assume(&self, condition: &'a Expr, truth: bool) -> Self {
        let mut known = self.clone();
        known.take(condition, truth);
        known
    }

    fn take(&mut self, condition: &'a Expr, truth: bool) {
        match (&condition.kind, truth) {
            (ExprKind::Not(of), truth) => self.take(of, !truth),
            (ExprKind::And(list), true) | (ExprKind::Or(list), false) => list.iter().for_each(|c| self.take(c, truth)),
            (_, true) => self.holds.push(condition),
            (_, false) => self.fails.push(condition),
        }
    }

    /// What stays known inside another list: what does not speak of its items.
    pub(super) fn outside_items(&self) -> Self {
        let free = |e: &&&Expr| {
            let mut free = true;
            e.visit(&mut |e| free &= !matches!(e.kind, ExprKind::Item { .. } | ExprKind::ItemField { .. }));
            free
        };
        Self { holds: self.holds.iter().filter(free).copied().collect(), fails: self.fails.iter().filter(free).copied().collect() }
    }

    /// Whether a value is surely given.
    pub(super) fn given(&self, value: &Expr) -> bool {
        self.holds.iter().any(|c| matches!(&c.kind, ExprKind::IsGiven(of) if same(of, value)))
    }

    /// Whether a condition surely holds.
    pub(super) fn implies(&self, condition: &Expr) -> bool {
        if self.holds.iter().any(|c| same(c, condition)) {
            return true;
        }
        match &condition.kind {
            ExprKind::Bool(b) => *b,
            ExprKind::And(list) => list.iter().all(|c| self.implies(c)),
            ExprKind::Or(list) => list.iter().any(|c| self.implies(c)),
            ExprKind::Not(of) => self.fails.iter().any(|c| same(c, of)),
            // `x in { a, b }` from `x = a`.
            ExprKind::In { value, set } => set.iter().any(|v| self.equal(value, v)),
            ExprKind::Compare { op: Comparison::Equal, left, right } => self.equal(left, right),
            ExprKind::Compare { op: Comparison::NotEqual, left, right } => self.fails.iter().any(|c| is_equation(c, left, right)),
            _other => false,
        }
    }

    /// Whether a condition surely holds, also as the last value that is left of a list, or by what numbers can be.
    pub(super) fn proves(&self, lower: &'a Lower<'_>, condition: &'a Expr) -> bool {
        let taken = self.holds.iter().map(|e| (*e, true)).chain(self.fails.iter().map(|e| (*e, false)));
        self.implies(condition)
            || prove::together(lower, &taken.chain([(condition, false)]).collect::<Vec<_>>()) == prove::Answer::Impossible
    }

    fn equal(&self, left: &Expr, right: &Expr) -> bool {
        self.holds.iter().any(|c| is_equation(c, left, right))
    }
}

fn is_equation(c: &Expr, left: &Expr, right: &Expr) -> bool {
    match &c.kind {
        ExprKind::Compare { op: Comparison::Equal, left: l, right: r } => {
            (same(l, left) && same(r, right)) || (same(l, right) && same(r, left))
        }
        ExprKind::In { value, set } => matches!(set.as_slice(), [only] if same(value, left) && same(only, right)),
        _other => false,
    }
}

/// Whether two expressions are the same but for their places.
pub(crate) fn same(a: &Expr, b: &Expr) -> bool {
    let own = match (&a.kind, &b.kind) {
        (ExprKind::Not(_), ExprKind::Not(_))
        | (ExprKind::And(_), ExprKind::And(_))
        | (ExprKind::Or(_), ExprKind::Or(_))
        | (ExprKind::IsGiven(_), ExprKind::IsGiven(_))
        | (ExprKind::Length(_), ExprKind::Length(_))
        | (ExprKind::Negate(_), ExprKind::Negate(_))
        | (ExprKind::In { .. }, ExprKind::In { .. })
        | (ExprKind::About { .. }, ExprKind::About { .. })
        | (ExprKind::If { .. }, ExprKind::If { .. })
        | (ExprKind::Otherwise { .. }, ExprKind::Otherwise { .. }) => true,
        (ExprKind::Compare { op: x, .. }, ExprKind::Compare { op: y, .. }) => x == y,
        (ExprKind::Arithmetic { op: x, .. }, ExprKind::Arithmetic { op: y, .. }) => x == y,
        (ExprKind::Member { field: x, .. }, ExprKind::Member { field: y, .. }) => x == y,
        (ExprKind::Shift { by: x, .. }, ExprKind::Shift { by: y, .. })
        | (ExprKind::ShiftTimes { by: x, .. }, ExprKind::ShiftTimes { by: y, .. }) => x == y,
        (ExprKind::Lookup { table: t, column: x, .. }, ExprKind::Lookup { table: u, column: y, .. }) => t == u && x == y,
        (ExprKind::Elapsed { unit: x, .. }, ExprKind::Elapsed { unit: y, .. }) => x == y,
        (ExprKind::OfDay { part: x, .. }, ExprKind::OfDay { part: y, .. }) => x == y,
        (ExprKind::Extreme { larger: x, .. }, ExprKind::Extreme { larger: y, .. }) => x == y,
        // Without parts inside, kinds compare as they are; other kinds are never taken as the same.
        (x, y) => a.parts().is_empty() && b.parts().is_empty() && x == y && !matches!(x, ExprKind::Bad),
    };
    let (xs, ys) = (a.parts(), b.parts());
    own && xs.len() == ys.len() && xs.into_iter().zip(ys).all(|(x, y)| same(x, y))
}
