//! One quota for one group: what was counted, and what follows while the batch is open or closed (semantics 3.4).

use super::group::Group;
use super::keys::KeyedGroup;
use crate::eval::{Frame, Subject, eval, numbers, truth};
use crate::prepared::Prepared;
use crate::readings::Setting;
use crate::report::{Limit, Measure, Note};
use crate::scene::Scene;
use crate::truth::Truth;
use crate::value::{Needs, Value};
use prog_base::Exact;
use prog_model::{Aggregation, ArithmeticOp, Bound, Comparison, Expr, ExprKind, NumberType, Programme, Quota, RuleResult, Type};
use std::collections::BTreeSet;

/// What a check found in a group.
#[derive(Clone)]
pub(crate) struct Counted<'a> {
    /// Whether the quota applies to the group.
    pub applies: Truth<'a>,
    /// Whether the check holds.
    pub test: Truth<'a>,
    /// The value counted.
    pub value: Value<'a>,
    /// The limit, or the lower of two.
    pub limit: Value<'a>,
    /// The upper of two limits.
    pub upper: Option<Value<'a>>,
    /// Part and base, if the value is a share.
    pub portions: Option<(u64, u64)>,
    /// Positions of cases counted surely or maybe.
    pub members: Vec<usize>,
    /// Data notes: divisions by zero.
    pub notes: Vec<Note<'a>>,
}

/// Counts one group.
pub(crate) fn count<'a>(
    prepared: &'a Prepared<'a>,
    quota: &'a Quota,
    group: &KeyedGroup<'a>,
    members: &[(usize, Truth<'a>)],
    scenes: &mut [Scene<'a>],
    settings: &[Setting],
) -> Counted<'a> {
    let mut frame = Frame::default();
    frame.keys.push(group.values.clone());
    frame.subject = Some(Subject { key: &quota.ident.key, cites: &quota.cites });
    let mut scope = Group { prepared, settings, scenes, members, frame, counted: BTreeSet::new(), portions: None };
    let applies = quota.when.as_ref().map_or(Truth::True, |e| truth(&mut scope, e));
    scope.counted.clear();
    let test = truth(&mut scope, &quota.test);
    let counted = std::mem::take(&mut scope.counted);
    let value = quota.value.as_ref().map_or(Value::None, |e| eval(&mut scope, e));
    let portions = scope.portions.filter(|_| matches!(quota.value.as_ref().map(|e| &e.kind), Some(ExprKind::Share { .. })));
    let (limit, upper) = match &quota.bound {
        Some(Bound::Between(low, high)) => (eval(&mut scope, low), Some(eval(&mut scope, high))),
        Some(Bound::AtMost(e) | Bound::Less(e) | Bound::AtLeast(e) | Bound::More(e) | Bound::Equal(e) | Bound::About(e)) => {
            (eval(&mut scope, e), None)
        }
        None => (Value::None, None),
    };
    let notes = std::mem::take(&mut scope.frame.notes);
    Counted { applies, test, value, limit, upper, portions, members: counted.into_iter().collect(), notes }
}

impl<'a> Counted<'a> {
    /// Whether the value is over the cap; `None`: the check is no cap.
    pub(crate) fn over(&self, quota: &Quota) -> Option<Truth<'a>> {
        let above = |op, limit: &Value<'a>| Some(numbers::compare(op, &self.value, limit));
        match &quota.bound {
            Some(Bound::AtMost(_) | Bound::Equal(_)) => above(Comparison::More, &self.limit),
            Some(Bound::Less(_)) => above(Comparison::AtLeast, &self.limit),
            Some(Bound::Between(..)) => above(Comparison::More, self.upper.as_ref()?),
            Some(Bound::AtLeast(_) | Bound::More(_) | Bound::About(_)) | None => None,
        }
    }

    /// Result, whether it is settled, and what is awaited.
    pub(crate) fn result(&self, quota: &Quota, closed: bool) -> (RuleResult, bool, Needs<'a>) {
        let (result, needs) = crate::rules::result_of(&self.applies, &self.test);
        if closed || result == RuleResult::NotApplicable {
            return (result, closed, needs);
        }
        let open = (RuleResult::Unknown, false, needs.clone());
        if !self.applies.is_true() || !quota.value.as_ref().is_some_and(grows) {
            return open;
        }
        match &quota.bound {
            Some(Bound::AtMost(_) | Bound::Less(_)) => match result {
                RuleResult::Met => (result, false, needs),
                RuleResult::Unmet => (result, true, needs),
                RuleResult::Unknown | RuleResult::Pending | RuleResult::NotApplicable | RuleResult::NotYetDue => (result, false, needs),
            },
            Some(Bound::AtLeast(_) | Bound::More(_)) if result == RuleResult::Met => (result, true, needs),
            Some(Bound::Between(..) | Bound::Equal(_)) if self.over(quota).is_some_and(|t| t.is_true()) => (RuleResult::Unmet, true, needs),
            Some(Bound::AtLeast(_) | Bound::More(_) | Bound::Between(..) | Bound::Equal(_) | Bound::About(_)) | None => open,
        }
    }

    /// What is printed of the value.
    pub(crate) fn measure(&self, quota: &'a Quota) -> Measure<'a> {
        if let Some((part, base)) = self.portions {
            return Measure::Share(part, base);
        }
        match (&self.value, quota.value.as_ref().and_then(number_type)) {
            (Value::Number(n), Some(ty)) => Measure::Value(n.clone(), ty),
            (Value::Unknown(u), Some(ty)) => Measure::Bounds(u.low.clone(), u.high.clone(), ty),
            (_, _) => Measure::None,
        }
    }

    /// What is printed of the limit.
    pub(crate) fn printed_limit(&self, quota: &'a Quota) -> Option<Limit<'a>> {
        match (&quota.bound, &self.limit, &self.upper) {
            (Some(Bound::Between(low, _)), Value::Number(l), Some(Value::Number(h))) => {
                Some(Limit::Between(l.clone(), h.clone(), number_type(low)?))
            }
            (
                Some(Bound::AtMost(e) | Bound::Less(e) | Bound::AtLeast(e) | Bound::More(e) | Bound::Equal(e) | Bound::About(e)),
                Value::Number(l),
                _,
            ) => Some(Limit::One(l.clone(), number_type(e)?)),
            (_, _, _) => None,
        }
    }

    /// How far the value is above the limit, and below it.
    pub(crate) fn distance(&self) -> Option<(Exact, Exact)> {
        let Value::Number(value) = &self.value else { return None };
        let (Value::Number(low), high) = (&self.limit, self.upper.as_ref().unwrap_or(&self.limit)) else { return None };
        let Value::Number(high) = high else { return None };
        let _ = low;
        let positive = |n: Exact| if n.is_negative() { Exact::ZERO } else { n };
        Some((positive(value - high), positive(high - value)))
    }
}

pub(crate) fn number_type(e: &Expr) -> Option<&NumberType> {
    match &e.ty {
        Type::Number(number) => Some(number),
        _other => None,
    }
}

/// Whether a value can only grow as cases are added: counts, sums of what is not negative, the largest; sums and multiples of these.
pub(crate) fn grows(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::OverCases { op, members } => match op {
            Aggregation::Count | Aggregation::CountDistinct | Aggregation::Max | Aggregation::Any => true,
            Aggregation::Sum => members.iter().all(|m| m.value.as_ref().and_then(number_type).is_some_and(not_negative)),
            Aggregation::Min | Aggregation::All | Aggregation::None | Aggregation::Consecutive(_) => false,
        },
        ExprKind::Number(_) | ExprKind::Key(_) | ExprKind::Lookup { .. } | ExprKind::OverColumn { .. } => true,
        ExprKind::Arithmetic { op: ArithmeticOp::Add, left, right } => grows(left) && grows(right),
        ExprKind::Arithmetic { op: ArithmeticOp::Multiply, left, right } => match (&left.kind, &right.kind) {
            (ExprKind::Number(n), _) => !n.is_negative() && grows(right),
            (_, ExprKind::Number(n)) => !n.is_negative() && grows(left),
            (_, _) => false,
        },
        ExprKind::Arithmetic { op: ArithmeticOp::Subtract | ArithmeticOp::Divide, .. } => false,
        ExprKind::Extreme { of, .. } => of.iter().all(grows),
        _other => false,
    }
}

fn not_negative(ty: &NumberType) -> bool {
    ty.low.as_ref().is_some_and(|low| !low.is_negative())
}

/// The outcome's key in a track, for quotas that end `else OUTCOME`.
pub(crate) fn outcome_key<'a>(p: &'a Programme, track: prog_model::TrackId, quota: &Quota) -> Option<&'a str> {
    let name = quota.outcome.as_ref()?;
    p.track(track).outcomes.iter().find(|o| o.name == *name || o.key == *name).map(|o| o.key.as_str())
}
