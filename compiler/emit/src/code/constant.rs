//! What the runtime must be told of an expression: whether it is a constant of the programme, and how it is called as a denominator.
//!
//! Always: as the reference says it — only constants may multiply an interval (semantics 3.7).

use super::expr::Scope;
use prog_model::{Expr, ExprKind, Let, LetId};

impl<'a> Scope<'a> {
    fn case_let(&self, id: LetId) -> Option<&'a Let> {
        self.track.and_then(|t| t.lets.get(id.index()))
    }

    /// Whether an expression is the same for every case.
    pub fn is_constant(&self, e: &Expr) -> bool {
        e.is_constant(&self.programme.lets, &|id| self.case_let(id).map(|l| &l.value))
    }

    /// How a denominator is called in a note: the name of a field or let, else the first name in it.
    pub fn denominator(&self, e: &Expr) -> Option<&'a str> {
        match &e.kind {
            ExprKind::Input(id) => Some(&self.programme.input(*id).ident.name),
            ExprKind::Key(index) => self.reported.get(*index).map(|i| i.name.as_str()),
            ExprKind::Constant(id) => Some(&self.programme.lets[id.index()].ident.name),
            ExprKind::Let(id) => self.case_let(*id).map(|l| l.ident.name.as_str()),
            ExprKind::OverCases { members, .. } => members.first().map(|m| self.programme.track(m.track).ident.name.as_str()),
            _other => e.parts().into_iter().find_map(|part| self.denominator(part)),
        }
    }
}
