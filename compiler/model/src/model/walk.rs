//! The parts of an expression, for every stage that searches one.

use super::{Expr, ExprKind};

impl Expr {
    /// The expressions directly inside; parts of other tracks' cases included.
    pub fn parts(&self) -> Vec<&Expr> {
        match &self.kind {
            ExprKind::Bad
            | ExprKind::Bool(_)
            | ExprKind::Number(_)
            | ExprKind::Text(_)
            | ExprKind::Date(_)
            | ExprKind::Moment(_)
            | ExprKind::Duration(_)
            | ExprKind::EnumValue { .. }
            | ExprKind::Silent { .. }
            | ExprKind::Input(_)
            | ExprKind::Rule(_)
            | ExprKind::Let(_)
            | ExprKind::Constant(_)
            | ExprKind::ItemField { .. }
            | ExprKind::Item { .. }
            | ExprKind::Key(_)
            | ExprKind::Due(_)
            | ExprKind::Time(_)
            | ExprKind::ReadingIs { .. }
            | ExprKind::OverColumn { .. } => Vec::new(),
            ExprKind::Member { of: e, .. }
            | ExprKind::Length(e)
            | ExprKind::Not(e)
            | ExprKind::IsGiven(e)
            | ExprKind::Negate(e)
            | ExprKind::Round { value: e, .. }
            | ExprKind::Shift { date: e, .. } => vec![e],
            ExprKind::And(list) | ExprKind::Or(list) | ExprKind::Extreme { of: list, .. } => list.iter().collect(),
            ExprKind::Lookup { keys, .. } => keys.iter().collect(),
            ExprKind::Compare { left, right, .. } | ExprKind::Arithmetic { left, right, .. } => vec![left, right],
            ExprKind::About { value, target } => vec![value, target],
            ExprKind::Otherwise { value, default } => vec![value, default],
            ExprKind::In { value, set } => std::iter::once(&**value).chain(set).collect(),
            ExprKind::If { test, then, other } => vec![test, then, other],
            ExprKind::OverList { list, filter, value, .. } => std::iter::once(list).chain(filter).chain(value).map(|e| &**e).collect(),
            ExprKind::OverCases { members, .. } => members.iter().flat_map(|m| m.filter.iter().chain(&m.value)).collect(),
            ExprKind::Share { members } => members.iter().flat_map(|m| m.base.iter().chain(&m.part)).collect(),
            ExprKind::Split { total, keys, .. } => std::iter::once(&**total).chain(keys).collect(),
        }
    }

    /// Shows this expression and everything in it, outermost first.
    pub fn visit(&self, see: &mut dyn FnMut(&Expr)) {
        see(self);
        for part in self.parts() {
            part.visit(see);
        }
    }
}
