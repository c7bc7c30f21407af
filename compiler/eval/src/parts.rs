//! The direct parts of a typed expression, in reading order: exhaustive, so that a new kind does not compile until it is named here.

use prog_model::{Expr, ExprKind};

/// The direct parts, filters and values of aggregates over cases included.
pub(crate) fn parts(e: &Expr) -> Vec<&Expr> {
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
        | ExprKind::OverColumn { .. } => Vec::new(),
        ExprKind::Member { of, .. } => vec![of],
        ExprKind::Lookup { keys, .. } => keys.iter().collect(),
        ExprKind::Length(x) | ExprKind::Not(x) | ExprKind::IsGiven(x) | ExprKind::Negate(x) => vec![x],
        ExprKind::And(of) | ExprKind::Or(of) | ExprKind::Extreme { of, .. } => of.iter().collect(),
        ExprKind::Compare { left, right, .. } | ExprKind::Arithmetic { left, right, .. } => vec![left, right],
        ExprKind::About { value, target } => vec![value, target],
        ExprKind::In { value, set } => std::iter::once(&**value).chain(set).collect(),
        ExprKind::Otherwise { value, default } => vec![value, default],
        ExprKind::If { test, then, other } => vec![test, then, other],
        ExprKind::Round { value, .. } => vec![value],
        ExprKind::Shift { date, .. } => vec![date],
        ExprKind::OverList { list, filter, value, .. } => {
            std::iter::once(&**list).chain(filter.as_deref()).chain(value.as_deref()).collect()
        }
        ExprKind::OverCases { members, .. } => members.iter().flat_map(|m| m.filter.iter().chain(&m.value)).collect(),
        ExprKind::Share { members } => members.iter().flat_map(|m| m.base.iter().chain(&m.part)).collect(),
        ExprKind::Split { total, keys, .. } => std::iter::once(&**total).chain(keys).collect(),
    }
}
