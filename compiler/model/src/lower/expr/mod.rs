//! Expressions: names resolved, types known.
//!
//! In: an expression as written, the [`Scope`] it stands in, and the type expected of it. Out: a typed expression in base units.
//! Always: one fault, one diagnostic; what is `Bad` has type `Unknown` and agrees with everything.

mod aggregates;
mod cases;
mod consecutive;
mod lookups;
mod members;
mod names;
mod operators;
mod show;
mod values;
mod windows;

use super::{ItemScope, Lower, Scope};
use crate::{Dimension, Expr, ExprKind, NumberType, Type};
use prog_base::{Exact, Span, text};
use prog_syntax::ast;

pub(super) use show::kind_words;

/// A typed expression.
fn typed(kind: ExprKind, ty: Type, span: Span) -> Expr {
    Expr { kind, ty, span }
}

/// What was not understood.
fn bad(span: Span) -> Expr {
    typed(ExprKind::Bad, Type::Unknown, span)
}

impl Lower<'_> {
    /// Types an expression. Values of closed lists resolve only from the `expected` type (semantics 8.1). On a fault one
    /// diagnostic is given and the result is `Bad` of type `Unknown`. The type found need not be the one expected:
    /// [`Lower::like`] checks that.
    pub(crate) fn expr(&mut self, e: &ast::Expr, scope: &Scope, expected: Option<&Type>) -> Expr {
        if let Some(chosen) = self.version_of(e, scope) {
            return self.expr(&chosen, scope, expected);
        }
        match &e.kind {
            ast::ExprKind::Bool(value) => typed(ExprKind::Bool(*value), Type::Bool, e.span),
            ast::ExprKind::Number { value, unit } => self.number(value, unit.as_ref(), e.span),
            ast::ExprKind::Percent(points) => {
                let value = points * &Exact::ratio(1, 100).unwrap_or(Exact::ONE);
                let ty = Type::Number(NumberType::percent(&value));
                typed(ExprKind::Number(value), ty, e.span)
            }
            ast::ExprKind::Duration(d) => match self.countable(*d, e.span) {
                Some(d) => typed(ExprKind::Duration(d), Type::Duration, e.span),
                None => bad(e.span),
            },
            ast::ExprKind::Date(d) => typed(ExprKind::Date(*d), Type::Date, e.span),
            ast::ExprKind::DateTime { date, hour, minute, second } => self.moment(*date, (*hour, *minute, *second), e.span),
            ast::ExprKind::Text(text) => typed(ExprKind::Text(text.clone()), Type::Text, e.span),
            ast::ExprKind::Name(name) => self.name(name, scope, expected),
            ast::ExprKind::Member { of, name } => self.member_of(e, of, name, scope, expected),
            ast::ExprKind::Index { of, keys } => self.lookup(of, keys, None, scope, e.span),
            ast::ExprKind::Silent(why) => {
                let why = why.as_ref().map(|w| w.text.clone());
                typed(ExprKind::Silent { why }, expected.cloned().unwrap_or(Type::Unknown), e.span)
            }
            ast::ExprKind::ReadingIs { reading, value } => self.reading_is(reading, value, e.span),
            ast::ExprKind::Due(stage) => self.find_stage(stage).map_or(bad(e.span), |s| typed(ExprKind::Due(s), Type::Date, e.span)),
            ast::ExprKind::Time(stage) => self.find_stage(stage).map_or(bad(e.span), |s| typed(ExprKind::Time(s), Type::Moment, e.span)),
            ast::ExprKind::LengthOf(of) => self.length_of(of, scope, e.span),
            ast::ExprKind::Aggregate(aggregate) => self.aggregate(aggregate, scope, e.span),
            ast::ExprKind::Share { over, part, among } => self.share(over, part, among.as_deref(), scope, e.span),
            ast::ExprKind::Split { total, weight, method } => self.split(total, weight, *method, scope, e.span),
            ast::ExprKind::Round { mode, value, digits } => self.round((*mode, *digits), value, scope, expected, e.span),
            ast::ExprKind::Extreme { larger, days: false, of } => self.extreme(*larger, of, scope, expected, e.span),
            ast::ExprKind::Extreme { larger, days: true, of } => self.extreme_day(*larger, of, scope, e.span),
            ast::ExprKind::OfDay { part, day } => self.of_day(*part, day, scope, e.span),
            ast::ExprKind::Elapsed { unit, from, to } => self.elapsed(*unit, from, to, scope, e.span),
            ast::ExprKind::Clamp { cap, value, limit } => self.clamp(*cap, value, limit, scope, expected, e.span),
            ast::ExprKind::If { test, then, other } => self.conditional(test, then, other, scope, expected, e.span),
            ast::ExprKind::Or(list) => self.connect(list, scope, ExprKind::Or, e.span),
            ast::ExprKind::And(list) => self.connect(list, scope, ExprKind::And, e.span),
            ast::ExprKind::Not(of) => {
                let of = self.truth(of, scope);
                typed(ExprKind::Not(Box::new(of)), Type::Bool, e.span)
            }
            ast::ExprKind::Compare { op, left, right } => self.compare(*op, left, right, scope, e.span),
            ast::ExprKind::Between { value, low, high } => self.between(value, low, high, scope, e.span),
            ast::ExprKind::About { value, target } => self.about(value, target, scope, e.span),
            ast::ExprKind::In { value, set, negated } => self.membership(value, set, *negated, scope, e.span),
            ast::ExprKind::Within { value, window } => self.within(value, window, scope, e.span),
            ast::ExprKind::IsGiven(of) => {
                let of = self.expr(of, scope, None);
                typed(ExprKind::IsGiven(Box::new(of)), Type::Bool, e.span)
            }
            ast::ExprKind::Otherwise { value, default } => self.otherwise(value, default, scope, expected, e.span),
            ast::ExprKind::Arithmetic { op, left, right } => self.arithmetic(*op, left, right, scope, e.span),
            ast::ExprKind::Negate(of) => self.negate(of, scope, e.span),
            ast::ExprKind::Bad => bad(e.span),
        }
    }

    /// Types an expression that must be a truth value (a yes/no field or a rule is one).
    pub(crate) fn truth(&mut self, e: &ast::Expr, scope: &Scope) -> Expr {
        let value = self.expr(e, scope, Some(&Type::Bool));
        if matches!(value.ty, Type::Bool | Type::Unknown) {
            return value;
        }
        let found = kind_words(&self.p, &value.ty);
        let (zh, en) = (&found.zh, &found.en);
        self.report(
            prog_base::Diagnostic::error(
                prog_base::codes::TYPE_MISMATCH,
                e.span,
                text!("这里要一个是或否的判断，而这是{zh}", "A condition must stand here, and this is {en}"),
            )
            .help(text!("写成比较，如“… 不少于 3”“… = 是”", "Write a comparison, such as `… at least 3` or `… = yes`")),
        );
        bad(e.span)
    }

    /// The scope inside a list (`each LIST`, `where`): what its items' names mean. `None` when `list` is no list.
    pub(crate) fn item_scope(&self, list: &Expr, written: &ast::Expr) -> Option<ItemScope> {
        let item = match &list.ty {
            Type::List(item) => (**item).clone(),
            Type::Set(of) => Type::Enum(*of),
            Type::Unknown
            | Type::Bool
            | Type::Number(_)
            | Type::Text
            | Type::Enum(_)
            | Type::Date
            | Type::Moment
            | Type::Duration
            | Type::Record(_) => return None,
        };
        let (ast::ExprKind::Name(ast::Name { text, .. }) | ast::ExprKind::Member { name: ast::Name { text, .. }, .. }) = &written.kind
        else {
            return None;
        };
        Some(match item {
            Type::Record(record) => ItemScope::Record { record, list: text.clone() },
            ty => ItemScope::Plain { name: text.clone(), ty },
        })
    }

    /// Whether a number is written as zero.
    fn is_zero(e: &Expr) -> bool {
        matches!(&e.kind, ExprKind::Number(n) if n.is_zero())
    }

    /// A number without anything known but its kind: for what could not be typed further.
    fn plain_number() -> Type {
        Type::Number(NumberType::of(Dimension::Plain))
    }
}
