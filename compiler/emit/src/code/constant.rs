//! What the runtime must be told of an expression: whether it is a constant of the programme, and how it is called as a denominator.
//!
//! Always: as the reference says it — only constants may multiply an interval (semantics 3.7).

use super::expr::Scope;
use prog_model::{Expr, ExprKind, Let, LetId};

impl<'a> Scope<'a> {
    fn case_let(&self, id: LetId) -> Option<&'a Let> {
        self.track.and_then(|t| t.lets.get(id.index()))
    }

    /// Whether an expression is the same for every case: numbers, lets of numbers, arithmetic on them.
    pub fn is_constant(&self, e: &Expr) -> bool {
        match &e.kind {
            ExprKind::Number(_) | ExprKind::OverColumn { .. } => true,
            ExprKind::Constant(id) => {
                let named = &self.programme.lets[id.index()];
                !named.batch && self.is_constant(&named.value)
            }
            ExprKind::Let(id) => self.case_let(*id).is_some_and(|l| self.is_constant(&l.value)),
            ExprKind::Arithmetic { left, right, .. } => self.is_constant(left) && self.is_constant(right),
            ExprKind::Negate(x) | ExprKind::Round { value: x, .. } => self.is_constant(x),
            ExprKind::Extreme { of, .. } => of.iter().all(|x| self.is_constant(x)),
            ExprKind::Bad
            | ExprKind::Bool(_)
            | ExprKind::Text(_)
            | ExprKind::Date(_)
            | ExprKind::Moment(_)
            | ExprKind::Duration(_)
            | ExprKind::EnumValue { .. }
            | ExprKind::Silent { .. }
            | ExprKind::Input(_)
            | ExprKind::Rule(_)
            | ExprKind::ItemField { .. }
            | ExprKind::Item { .. }
            | ExprKind::Member { .. }
            | ExprKind::Key(_)
            | ExprKind::Due(_)
            | ExprKind::Time(_)
            | ExprKind::ReadingIs { .. }
            | ExprKind::Lookup { .. }
            | ExprKind::Length(_)
            | ExprKind::Not(_)
            | ExprKind::And(_)
            | ExprKind::Or(_)
            | ExprKind::Compare { .. }
            | ExprKind::About { .. }
            | ExprKind::In { .. }
            | ExprKind::IsGiven(_)
            | ExprKind::Otherwise { .. }
            | ExprKind::If { .. }
            | ExprKind::Shift { .. }
            | ExprKind::OverList { .. }
            | ExprKind::OverCases { .. }
            | ExprKind::Share { .. }
            | ExprKind::Split { .. } => false,
        }
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
