//! Which expressions are constants of the programme (semantics 3.7: only these may multiply an interval), and how a denominator is named.

use super::scope::Scope;
use prog_base::{Text, text};
use prog_model::{Expr, ExprKind};

/// Whether an expression is the same for every case.
pub fn is_constant<'a, S: Scope<'a> + ?Sized>(scope: &S, e: &'a Expr) -> bool {
    e.is_constant(&scope.programme().lets, &|id| scope.named_expr(id))
}

/// How a denominator is called in a note: the name of a field or let, else the first name in it.
pub fn denominator<'a, S: Scope<'a> + ?Sized>(scope: &mut S, e: &'a Expr) -> Text {
    match name_in(scope, e) {
        Some(name) => text!("分母“{name}”为零", "the denominator `{name}` is zero"),
        None => text!("分母为零", "the denominator is zero"),
    }
}

fn name_in<'a, S: Scope<'a> + ?Sized>(scope: &mut S, e: &'a Expr) -> Option<&'a str> {
    let p = scope.programme();
    match &e.kind {
        ExprKind::Input(id) => Some(&p.input(*id).ident.name),
        ExprKind::Key(index) => scope.frame().key_names.get(*index).map(|i| i.name.as_str()),
        ExprKind::Constant(id) => Some(&p.lets[id.index()].ident.name),
        ExprKind::Let(id) => scope.named_expr(*id).and_then(|value| {
            let lets = p.tracks.iter().flat_map(|t| &t.lets);
            lets.into_iter().find(|l| std::ptr::eq(&l.value, value)).map(|l| l.ident.name.as_str())
        }),
        ExprKind::OverCases { members, .. } => members.first().map(|m| p.track(m.track).ident.name.as_str()),
        _other => e.parts().into_iter().find_map(|part| name_in(scope, part)),
    }
}
