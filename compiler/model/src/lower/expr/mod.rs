//! Expressions: names resolved, types known.

use super::{ItemScope, Lower, Scope};
use crate::{Expr, ExprKind, Type};
use prog_syntax::ast;

impl Lower<'_> {
    /// Types an expression. Values of closed lists resolve only from the `expected` type (semantics 8.1). On a fault one
    /// diagnostic is given and the result is `Bad` of type `Unknown`.
    pub(crate) fn expr(&mut self, e: &ast::Expr, _scope: &Scope, _expected: Option<&Type>) -> Expr {
        Expr { kind: ExprKind::Bad, ty: Type::Unknown, span: e.span }
    }

    /// Types an expression that must be a truth value (a yes/no field or a rule is one).
    pub(crate) fn truth(&mut self, e: &ast::Expr, scope: &Scope) -> Expr {
        self.expr(e, scope, Some(&Type::Bool))
    }

    /// The scope inside a list (`each LIST`, `where`): what its items' names mean. `None` when `list` is no list.
    pub(crate) fn item_scope(&self, list: &Expr, written: &ast::Expr) -> Option<ItemScope> {
        let Type::List(item) = &list.ty else { return None };
        Some(match &**item {
            Type::Record(record) => ItemScope::Record(*record),
            plain => {
                let (ast::ExprKind::Name(name) | ast::ExprKind::Member { name, .. }) = &written.kind else { return None };
                ItemScope::Plain { name: name.text.clone(), ty: plain.clone() }
            }
        })
    }
}
