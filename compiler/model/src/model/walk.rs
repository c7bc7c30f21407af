//! The parts of an expression, for every stage that searches one.

use super::{Expr, ExprKind, Let, LetId};

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
            | ExprKind::Shift { date: e, .. }
            | ExprKind::OfDay { day: e, .. } => vec![e],
            ExprKind::And(list) | ExprKind::Or(list) | ExprKind::Extreme { of: list, .. } => list.iter().collect(),
            ExprKind::Lookup { keys, .. } => keys.iter().collect(),
            ExprKind::Compare { left, right, .. } | ExprKind::Arithmetic { left, right, .. } => vec![left, right],
            ExprKind::ShiftTimes { date, times, .. } => vec![date, times],
            ExprKind::Elapsed { from, to, .. } => vec![from, to],
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

    /// Whether it is the same for every case: numbers, lets of numbers, arithmetic on them. Only these may multiply an interval
    /// (semantics 3.7). `lets` are the programme's; `named` gives a let of the case's track.
    pub fn is_constant<'a>(&self, lets: &[Let], named: &dyn Fn(LetId) -> Option<&'a Expr>) -> bool {
        let constant = |e: &Expr| e.is_constant(lets, named);
        match &self.kind {
            ExprKind::Number(_) | ExprKind::OverColumn { .. } => true,
            ExprKind::Constant(id) => {
                let of = &lets[id.index()];
                !of.batch && constant(&of.value)
            }
            ExprKind::Let(id) => named(*id).is_some_and(constant),
            ExprKind::Arithmetic { left, right, .. } => constant(left) && constant(right),
            ExprKind::Negate(x) | ExprKind::Round { value: x, .. } => constant(x),
            ExprKind::Extreme { of, .. } => of.iter().all(constant),
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
            | ExprKind::ShiftTimes { .. }
            | ExprKind::Elapsed { .. }
            | ExprKind::OfDay { .. }
            | ExprKind::OverList { .. }
            | ExprKind::OverCases { .. }
            | ExprKind::Share { .. }
            | ExprKind::Split { .. } => false,
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
