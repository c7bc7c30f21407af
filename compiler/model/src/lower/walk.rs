//! Walks over expressions, as written and as typed.
//!
//! In: an expression. Out: its direct parts, in order.
//! Always: exhaustive; a new kind of expression does not compile until its parts are named here.

use crate::{Expr, ExprKind};
use prog_syntax::ast;

/// The direct parts of an expression as written.
pub(crate) fn written(e: &ast::Expr) -> Vec<&ast::Expr> {
    use ast::ExprKind as K;
    match &e.kind {
        K::Bool(_)
        | K::Number { .. }
        | K::Percent(_)
        | K::Duration(_)
        | K::Date(_)
        | K::DateTime { .. }
        | K::Text(_)
        | K::Name(_)
        | K::Silent(_)
        | K::ReadingIs { .. }
        | K::Due(_)
        | K::Time(_)
        | K::Bad => Vec::new(),
        K::Member { of, .. } => vec![of],
        K::Index { of, keys } => std::iter::once(&**of).chain(keys).collect(),
        K::Within { value, window } => std::iter::once(&**value).chain(window.end.as_deref()).collect(),
        K::LengthOf(x) | K::Not(x) | K::IsGiven(x) | K::Negate(x) => vec![x],
        K::Aggregate(a) => a.length.as_deref().into_iter().chain(&a.of).chain(a.filter.as_deref()).chain(&a.per).collect(),
        K::Share { part, among, .. } => std::iter::once(&**part).chain(among.as_ref().and_then(|b| b.filter.as_ref())).collect(),
        K::Split { total, weight, .. } => vec![total, weight],
        K::Round { value, .. } => vec![value],
        K::Extreme { of, .. } | K::Or(of) | K::And(of) => of.iter().collect(),
        K::If { test, then, other } => vec![test, then, other],
        K::Compare { left, right, .. } | K::Arithmetic { left, right, .. } => vec![left, right],
        K::Elapsed { from, to, .. } => vec![from, to],
        K::OfDay { day, .. } => vec![day],
        K::Between { value, low, high } => vec![value, low, high],
        K::About { value, target } => vec![value, target],
        K::In { value, set, .. } => std::iter::once(&**value).chain(set).collect(),
        K::Otherwise { value, default } => vec![value, default],
        K::Clamp { value, limit, .. } => vec![value, limit],
    }
}

/// The direct parts of a typed expression that stand in the same case; the filters and values of aggregates over cases do not.
pub(crate) fn typed(e: &Expr) -> Vec<&Expr> {
    match &e.kind {
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
        | ExprKind::OverCases { .. }
        | ExprKind::Share { .. }
        | ExprKind::OverColumn { .. } => Vec::new(),
        ExprKind::Member { of, .. } => vec![of],
        ExprKind::Lookup { keys, .. } => keys.iter().collect(),
        ExprKind::Length(x) | ExprKind::Not(x) | ExprKind::IsGiven(x) | ExprKind::Negate(x) => vec![x],
        ExprKind::And(of) | ExprKind::Or(of) | ExprKind::Extreme { of, .. } => of.iter().collect(),
        ExprKind::Compare { left, right, .. } | ExprKind::Arithmetic { left, right, .. } => vec![left, right],
        ExprKind::Elapsed { from, to, .. } => vec![from, to],
        ExprKind::OfDay { day, .. } => vec![day],
        ExprKind::About { value, target } => vec![value, target],
        ExprKind::In { value, set } => std::iter::once(&**value).chain(set).collect(),
        ExprKind::Otherwise { value, default } => vec![value, default],
        ExprKind::If { test, then, other } => vec![test, then, other],
        ExprKind::Round { value, .. } => vec![value],
        ExprKind::Shift { date, .. } => vec![date],
        ExprKind::ShiftTimes { date, times, .. } => vec![date, times],
        ExprKind::OverList { list, filter, value, .. } => {
            std::iter::once(&**list).chain(filter.as_deref()).chain(value.as_deref()).collect()
        }
        ExprKind::Split { total, keys, .. } => std::iter::once(&**total).chain(keys).collect(),
    }
}

/// Visits a typed expression and everything in it, outermost first.
pub(crate) fn each<'e>(e: &'e Expr, visit: &mut dyn FnMut(&'e Expr)) {
    visit(e);
    for part in typed(e) {
        each(part, visit);
    }
}

/// Visits an expression as written and everything in it, in reading order.
pub(crate) fn each_written<'e>(e: &'e ast::Expr, visit: &mut dyn FnMut(&'e ast::Expr)) {
    visit(e);
    for part in written(e) {
        each_written(part, visit);
    }
}
