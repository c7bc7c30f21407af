//! Bounds of indicators: operator and value against the indicator's own type.

use super::{Lower, Scope};
use crate::{Bound, Type};
use prog_syntax::ast;

impl Lower<'_> {
    /// The bound of a milestone; bare numbers count in the unit of `against` (semantics 6.3: its own declaration).
    pub(crate) fn bound(&mut self, bound: &ast::MilestoneBound, scope: &Scope, against: &Type) -> Bound {
        let mut one = |e: &ast::Expr| self.expr(e, scope, Some(against));
        match bound {
            ast::MilestoneBound::Between(low, high) => Bound::Between(one(low), one(high)),
            ast::MilestoneBound::About(value) => Bound::About(one(value)),
            ast::MilestoneBound::Compare(op, value) => match op {
                ast::CompareOp::Less | ast::CompareOp::Before => Bound::Less(one(value)),
                ast::CompareOp::AtMost | ast::CompareOp::OnOrBefore => Bound::AtMost(one(value)),
                ast::CompareOp::More | ast::CompareOp::After => Bound::More(one(value)),
                ast::CompareOp::AtLeast | ast::CompareOp::OnOrAfter => Bound::AtLeast(one(value)),
                ast::CompareOp::Equal | ast::CompareOp::NotEqual => Bound::Equal(one(value)),
            },
        }
    }
}
