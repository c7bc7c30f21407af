//! Bounds inside a declaration: bare numbers count in the unit declared there (semantics 6.3).

use super::{Lower, Scope};
use crate::{ArithmeticOp, Bound, Dimension, Expr, ExprKind, NumberType, Type};
use prog_syntax::ast;

impl Lower<'_> {
    /// The bound of a milestone; bare numbers count in the unit of `against`.
    pub(crate) fn bound(&mut self, bound: &ast::MilestoneBound, scope: &Scope, against: &Type) -> Bound {
        let mut one = |e: &ast::Expr| {
            let value = self.own_value(e, scope, against);
            self.like(value, against)
        };
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

    /// A value written inside the declaration of something of type `against`.
    pub(crate) fn own_value(&mut self, e: &ast::Expr, scope: &Scope, against: &Type) -> Expr {
        let value = self.expr(e, scope, Some(against));
        let (Type::Number(found), Type::Number(own)) = (&value.ty, against) else { return value };
        if found.dimension != Dimension::Bare || !matches!(own.dimension, Dimension::Units(_) | Dimension::Ratio) {
            return value;
        }
        let size = self.unit_size(own);
        let scaled = |bound: &Option<prog_base::Exact>| bound.as_ref().map(|b| b * &size);
        let number = NumberType {
            dimension: own.dimension.clone(),
            digits: found.digits,
            low: scaled(&found.low),
            high: scaled(&found.high),
            unit: own.unit,
        };
        let kind = match value.kind {
            ExprKind::Number(n) => ExprKind::Number(&n * &size),
            kind => {
                let span = value.span;
                let left = Box::new(Expr { kind, ..value });
                let right = Box::new(Expr { ty: Type::Number(NumberType::literal(&size)), kind: ExprKind::Number(size), span });
                ExprKind::Arithmetic { op: ArithmeticOp::Multiply, left, right }
            }
        };
        Expr { kind, ty: Type::Number(number), span: value.span }
    }
}
