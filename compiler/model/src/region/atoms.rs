//! One comparison: what it allows of the one value it is about.
//!
//! In: a comparison taken as true or false. Out: its value narrowed in what is known. Always: a comparison of more than one value with
//! constants marks the alternative as inexact, and is refused only where the bounds of the types leave no room for it.

use super::allowed::Allowed;
use super::{Condition, Known, Search, Step, Subject};
use crate::lower::{Constant, power_of_ten};
use crate::{ArithmeticOp, Comparison, EnumId, EnumOrder, Expr, ExprKind, NumberType, Programme, ReadingValue, Type};
use prog_base::Exact;
use std::collections::BTreeSet;

impl<'a> Search<'a> {
    /// Narrows what a condition without parts is about; whether anything is left.
    pub(super) fn atom(&mut self, e: &'a Expr, truth: bool, todo: &mut Vec<Condition<'a>>, known: &mut Known<'a>) -> bool {
        match &e.kind {
            ExprKind::Compare { op, left, right } => {
                let op = if truth { *op } else { op.opposite() };
                match (self.constant(left), self.constant(right)) {
                    (None, Some(c)) => todo.push(Condition::Compare(left, op, c)),
                    (Some(c), None) => todo.push(Condition::Compare(right, op.mirrored(), c)),
                    (_, _) => {
                        known.inexact = true;
                        return within_types(op, left, right);
                    }
                }
                true
            }
            ExprKind::In { value, set } => {
                let constants: Option<Vec<_>> = set.iter().map(|c| self.constant(c)).collect();
                match (constants, &value.ty) {
                    (None, _) | (_, Type::Set(_) | Type::List(_)) => known.inexact = true,
                    (Some(list), _) if truth => {
                        todo.push(Condition::Either(
                            list.into_iter().map(|c| vec![Condition::Compare(value, Comparison::Equal, c)]).collect(),
                        ));
                    }
                    (Some(list), _) => todo.extend(list.into_iter().map(|c| Condition::Compare(value, Comparison::NotEqual, c))),
                }
                true
            }
            ExprKind::ReadingIs { reading, value } => {
                let all = match &self.p.reading(*reading).value {
                    ReadingValue::Choice { values, .. } => values.len(),
                    ReadingValue::Band(_) | ReadingValue::Expr(_) => 0,
                };
                known.narrow(Subject::Reading(*reading), Allowed::Values((0..all).filter(|v| (v == value) == truth).collect()))
            }
            ExprKind::Input(_) | ExprKind::ItemField { .. } | ExprKind::Member { .. } if e.ty == Type::Bool => {
                todo.push(Condition::Compare(e, Comparison::Equal, Constant::Bool(truth)));
                true
            }
            // The same rule is met or is not.
            ExprKind::Rule(_) => {
                known.inexact = true;
                known.narrow(Subject::Value(e), Allowed::one(usize::from(truth)))
            }
            _more_than_one_value => {
                known.inexact = true;
                true
            }
        }
    }

    /// One value compared with a constant: brought to the entry that it is made of.
    pub(super) fn compare(
        &mut self,
        e: &'a Expr,
        op: Comparison,
        constant: Constant,
        todo: &mut Vec<Condition<'a>>,
        known: &mut Known<'a>,
    ) -> Step<'a> {
        let value = self.meant(e);
        match (&value.kind, &constant) {
            (ExprKind::Otherwise { value, default }, _) => {
                let with = |e: &'a Expr, given| match self.constant(e) {
                    Some(c) => compares(self.p, op, &c, &constant, &e.ty).then(|| vec![given]),
                    None => Some(vec![given, Condition::Compare(e, op, constant.clone())]),
                };
                let there = with(value, Condition::Given(value, true));
                return Step::Ways(there.into_iter().chain(with(default, Condition::Given(value, false))).collect());
            }
            (ExprKind::If { test, then, other }, _) => {
                let with = |e: &'a Expr, truth| match self.constant(e) {
                    Some(c) => compares(self.p, op, &c, &constant, &e.ty).then(|| vec![Condition::Truth(test, truth)]),
                    None => Some(vec![Condition::Truth(test, truth), Condition::Compare(e, op, constant.clone())]),
                };
                return Step::Ways(with(then, true).into_iter().chain(with(other, false)).collect());
            }
            (ExprKind::Negate(of), Constant::Number(n)) => {
                todo.push(Condition::Compare(of, op.mirrored(), Constant::Number(-n)));
                return Step::Done;
            }
            (ExprKind::Arithmetic { op: how, left, right }, Constant::Number(n)) => {
                if let Some(simpler) = self.solved(*how, left, right, op, n) {
                    todo.push(simpler);
                    return Step::Done;
                }
            }
            (_, _) => {}
        }
        let Some(allowed) = self.compared(value, op, constant) else {
            known.inexact = true;
            return Step::Done;
        };
        let entry = matches!(value.kind, ExprKind::Input(_) | ExprKind::ItemField { .. } | ExprKind::Member { .. });
        // The boundary of `before` and `after` itself depends on a reading.
        known.inexact |= !entry || matches!(op, Comparison::Before | Comparison::After);
        let left = known.narrow(Subject::Value(value), allowed);
        if left && (!entry || !self.relevance || self.given(value, true, todo, known)) { Step::Done } else { Step::Never }
    }

    /// `x + 3 at least 5` as `x at least 2`.
    fn solved(&self, how: ArithmeticOp, left: &'a Expr, right: &'a Expr, op: Comparison, n: &Exact) -> Option<Condition<'a>> {
        let number = |e: &Expr| match self.constant(e) {
            Some(Constant::Number(n)) => Some(n),
            Some(_) | None => None,
        };
        let (of, op, n) = match (how, number(left), number(right)) {
            (ArithmeticOp::Add, None, Some(c)) => (left, op, n - &c),
            (ArithmeticOp::Add, Some(c), None) => (right, op, n - &c),
            (ArithmeticOp::Subtract, None, Some(c)) => (left, op, n + &c),
            (ArithmeticOp::Subtract, Some(c), None) => (right, op.mirrored(), &c - n),
            (ArithmeticOp::Multiply, None, Some(c)) => (left, if c.is_negative() { op.mirrored() } else { op }, n.checked_div(&c)?),
            (ArithmeticOp::Multiply, Some(c), None) => (right, if c.is_negative() { op.mirrored() } else { op }, n.checked_div(&c)?),
            (ArithmeticOp::Divide, None, Some(c)) if !c.is_zero() => (left, if c.is_negative() { op.mirrored() } else { op }, n * &c),
            (_, _, _) => return None,
        };
        Some(Condition::Compare(of, op, Constant::Number(n)))
    }

    fn compared(&self, value: &Expr, op: Comparison, constant: Constant) -> Option<Allowed> {
        match (&value.ty, &constant) {
            (Type::Enum(of), Constant::Enum(_, _)) => {
                let fits = |v: &usize| compares(self.p, op, &Constant::Enum(*of, *v), &constant, &value.ty);
                Some(Allowed::Values((0..self.p.enumeration(*of).values.len()).filter(fits).collect()))
            }
            (Type::Bool, Constant::Bool(b)) => match op {
                Comparison::Equal => Some(Allowed::one(usize::from(*b))),
                Comparison::NotEqual => Some(Allowed::one(usize::from(!*b))),
                Comparison::Less | Comparison::AtMost | Comparison::More | Comparison::AtLeast | Comparison::Before | Comparison::After => {
                    None
                }
            },
            (Type::Number(number), Constant::Number(_)) => Some(all_of(self.p, number).and(Allowed::range(op, constant))),
            (Type::Date, Constant::Date(_)) | (Type::Text, Constant::Text(_)) => Some(Allowed::range(op, constant)),
            (_, _) => None,
        }
    }
}

/// All numbers of a type.
pub(super) fn all_of(p: &Programme, number: &NumberType) -> Allowed {
    let end = |n: &Option<Exact>| n.clone().map(|n| (Constant::Number(n), true));
    let step = number.digits.and_then(|digits| p.unit_size(number).checked_div(&power_of_ten(digits)));
    Allowed::Range { low: end(&number.low), high: end(&number.high), without: BTreeSet::new(), step }
}

/// Whether two constants of one type compare so.
fn compares(p: &Programme, op: Comparison, a: &Constant, b: &Constant, ty: &Type) -> bool {
    let best_first = |of: &EnumId| p.enumeration(*of).order == EnumOrder::BestFirst;
    let order = if matches!(ty, Type::Enum(of) if best_first(of)) { b.cmp(a) } else { a.cmp(b) };
    match op {
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::Less | Comparison::Before => order.is_lt(),
        Comparison::AtMost => order.is_le(),
        Comparison::More | Comparison::After => order.is_gt(),
        Comparison::AtLeast => order.is_ge(),
    }
}

/// Two values, neither constant: whether the bounds of their types leave room for the comparison.
fn within_types(op: Comparison, left: &Expr, right: &Expr) -> bool {
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
    match op {
        Comparison::Equal => reaches(&l.high, &r.low, false) && reaches(&r.high, &l.low, false),
        Comparison::NotEqual | Comparison::Before | Comparison::After => true,
        Comparison::Less => reaches(&r.high, &l.low, true),
        Comparison::AtMost => reaches(&r.high, &l.low, false),
        Comparison::More => reaches(&l.high, &r.low, true),
        Comparison::AtLeast => reaches(&l.high, &r.low, false),
    }
}
