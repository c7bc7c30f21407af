//! How much a value can come to at most: what `out of` is proved by.
//!
//! In: a typed expression. Out: its range. Always: never too narrow; tables are looked at row by row and lets through their values,
//! which makes the range closer than the type's.

use super::Lower;
use crate::{ArithmeticOp, Expr, ExprKind, NumberType, TrackId, Type};
use prog_base::{Diagnostic, Exact, codes, text};
use prog_syntax::ast;

/// The least and the greatest value; an end that is `None` is open.
#[derive(Clone, Debug)]
pub(super) struct Range {
    low: Option<Exact>,
    high: Option<Exact>,
}

impl Lower<'_> {
    /// The range of an expression in the scope of a track.
    pub(super) fn reach(&self, e: &Expr, track: Option<TrackId>) -> Option<Range> {
        let typed = match &e.ty {
            Type::Number(n) => Range { low: n.low.clone(), high: n.high.clone() },
            _other => Range { low: None, high: None },
        };
        let closer = match &e.kind {
            // What the notice leaves open has no value that could go beyond.
            ExprKind::Silent { .. } => return None,
            ExprKind::Let(id) => {
                let value = track.and_then(|t| self.p.tracks.get(t.index())).and_then(|t| t.lets.get(id.index())).map(|l| &l.value);
                value.map(|v| self.reach(v, track))?
            }
            ExprKind::Constant(id) => self.p.lets.get(id.index()).map(|l| self.reach(&l.value, None))?,
            ExprKind::Lookup { table, column, .. } => {
                let table = self.p.table(*table);
                let cells = table.rows.iter().filter_map(|r| r.values.get(*column));
                if table.absent { None } else { hull(cells.filter_map(|c| self.reach(c, None))) }
            }
            ExprKind::If { then, other, .. } => hull([then, other].into_iter().filter_map(|x| self.reach(x, track))),
            ExprKind::Otherwise { value, default } => hull([value, default].into_iter().filter_map(|x| self.reach(x, track))),
            ExprKind::Extreme { larger, of } => extreme(*larger, of.iter().filter_map(|x| self.reach(x, track))),
            ExprKind::Negate(x) => self.reach(x, track).map(|r| r.times(&Exact::from(-1))),
            ExprKind::Arithmetic { op, left, right } => self.combined(*op, left, right, track),
            ExprKind::Round { mode, digits, unit, value } => {
                let round = |n: &Exact| n.checked_div(unit).map(|n| &n.round(*mode, *digits as usize) * unit);
                self.reach(value, track).map(|r| Range { low: r.low.as_ref().and_then(round), high: r.high.as_ref().and_then(round) })
            }
            _other => None,
        };
        Some(closer.map_or(typed.clone(), |c| typed.and(&c)))
    }

    fn combined(&self, op: ArithmeticOp, left: &Expr, right: &Expr, track: Option<TrackId>) -> Option<Range> {
        let (a, b) = (self.reach(left, track)?, self.reach(right, track)?);
        let minus = || b.times(&Exact::from(-1));
        match op {
            ArithmeticOp::Add => Some(a.plus(&b)),
            ArithmeticOp::Subtract => Some(a.plus(&minus())),
            ArithmeticOp::Multiply => match (a.single(), b.single()) {
                (Some(n), _) => Some(b.times(&n)),
                (_, Some(n)) => Some(a.times(&n)),
                (None, None) => None,
            },
            ArithmeticOp::Divide => b.single().and_then(|n| Exact::ONE.checked_div(&n)).map(|n| a.times(&n)),
        }
    }

    /// `out of N`: proved, or told with what the value can come to; from here on the value keeps to it.
    pub(super) fn keeps_to(&mut self, written: &ast::Let, bound: &ast::OutOf, value: &mut Expr, scope: &super::Scope) {
        let most = self.own_value(&bound.most, scope, &value.ty);
        let Type::Number(number) = &value.ty else { return };
        let ExprKind::Number(limit) = &most.kind else {
            if !matches!(most.kind, ExprKind::Silent { .. } | ExprKind::Bad) {
                self.report(super::type_exprs::not_constant(most.span));
            }
            return;
        };
        let (limit, number) = (limit.clone(), number.clone());
        if !self.comparable(crate::Comparison::AtMost, value, &most) {
            return;
        }
        let found = self.reach(value, scope.track).and_then(|r| r.high.map_or(Some(None), |h| Some(Some(h))));
        let beyond = found.as_ref().is_some_and(|high| high.as_ref().is_none_or(|h| *h > limit));
        if beyond {
            self.beyond(written, bound, (&limit, found.flatten()), &value.ty, scope);
        } else if let Some(Some(high)) = found.filter(|_| !bound.parts.is_empty()) {
            self.short_of(written, &limit, &high, &value.ty);
        }
        let low = self.reach(value, scope.track).and_then(|r| r.low).or(number.low.clone());
        value.ty = Type::Number(NumberType { low, high: Some(limit), ..number });
    }

    fn beyond(&mut self, written: &ast::Let, bound: &ast::OutOf, (limit, high): (&Exact, Option<Exact>), ty: &Type, scope: &super::Scope) {
        let name = &written.head.name.text;
        let limit = self.show(limit, ty);
        // Up to what data can hold is without bound to a reader.
        let told = |high: Option<Exact>| high.filter(|h| *h < Exact::from(super::numbers::GREATEST_INTEGER));
        let high = told(high);
        let come_zh = high.as_ref().map_or_else(|| "没有上限".to_owned(), |h| format!("最多可得{}", self.show(h, ty)));
        let come_en = high.as_ref().map_or_else(|| "has no upper bound".to_owned(), |h| format!("can come to {}", self.show(h, ty)));
        let place = if bound.parts.is_empty() { written.value.span } else { bound.most.span };
        let mut d = Diagnostic::error(
            codes::BOUND_UNPROVED,
            place,
            text!("“{name}”满分{limit}，而各项算下来{come_zh}", "`{name}` is out of {limit}, but it {come_en}"),
        );
        for part in &bound.parts {
            let e = self.expr(part, scope, None);
            let most = told(self.reach(&e, scope.track).and_then(|r| r.high)).map(|h| self.show(&h, &e.ty));
            let (zh, en) = match most {
                Some(most) => (format!("最多{most}"), format!("at most {most}")),
                None => ("没有上限".to_owned(), "without an upper bound".to_owned()),
            };
            d = d.label(part.span, text!("{zh}", "{en}"));
        }
        let help = if bound.parts.is_empty() {
            text!(
                "超出部分不算就写 封顶{limit}；否则给所用的数写明上限（如 数量 至 {limit}），或改满分",
                "write `capped at {limit}` if more does not count; else give what it is computed of a bound (`Count to {limit}`), or mend `out of`"
            )
        } else {
            text!(
                "各项的满分加起来应是总分的满分：改其中一处，或写明权重",
                "the items must add up to it: mend one of the numbers, or write the weights"
            )
        };
        self.report(d.help(help));
    }

    /// Full marks that nobody can get: allowed, and worth a look.
    fn short_of(&mut self, written: &ast::Let, limit: &Exact, high: &Exact, ty: &Type) {
        if high >= limit {
            return;
        }
        let (name, limit, high) = (&written.head.name.text, self.show(limit, ty), self.show(high, ty));
        let Some(bound) = &written.out_of else { return };
        self.report(
            Diagnostic::note(
                codes::FULL_MARKS_UNREACHED,
                bound.most.span,
                text!("“{name}”满分{limit}，而各项最多共得{high}", "`{name}` is out of {limit}, but its items come to at most {high}"),
            )
            .help(text!("看看通知里是否还有没写的一项", "see whether the notice has an item that is not written here")),
        );
    }
}

impl Range {
    fn single(&self) -> Option<Exact> {
        self.low.clone().filter(|low| self.high.as_ref() == Some(low))
    }

    fn plus(&self, other: &Self) -> Self {
        let add = |a: &Option<Exact>, b: &Option<Exact>| Some(a.as_ref()? + b.as_ref()?);
        Self { low: add(&self.low, &other.low), high: add(&self.high, &other.high) }
    }

    fn times(&self, n: &Exact) -> Self {
        let by = |end: &Option<Exact>| end.as_ref().map(|e| e * n);
        if n.is_negative() { Self { low: by(&self.high), high: by(&self.low) } } else { Self { low: by(&self.low), high: by(&self.high) } }
    }

    /// What both say.
    fn and(&self, other: &Self) -> Self {
        let pick = |a: &Option<Exact>, b: &Option<Exact>, larger: bool| match (a, b) {
            (Some(a), Some(b)) => Some(if (a > b) == larger { a.clone() } else { b.clone() }),
            (one, other) => one.clone().or(other.clone()),
        };
        Self { low: pick(&self.low, &other.low, true), high: pick(&self.high, &other.high, false) }
    }
}

/// The range that holds all of them; none of none.
fn hull(all: impl Iterator<Item = Range>) -> Option<Range> {
    all.reduce(|a, b| Range { low: ends(&a.low, &b.low, false), high: ends(&a.high, &b.high, true) })
}

fn ends(a: &Option<Exact>, b: &Option<Exact>, larger: bool) -> Option<Exact> {
    let (a, b) = (a.as_ref()?, b.as_ref()?);
    Some(if (a > b) == larger { a.clone() } else { b.clone() })
}

/// The range of the larger or smaller of several.
fn extreme(larger: bool, all: impl Iterator<Item = Range>) -> Option<Range> {
    all.reduce(|a, b| {
        // The larger of two is at least what either surely is, and at most what both may be.
        let near = |a: &Option<Exact>, b: &Option<Exact>| match (a, b) {
            (Some(a), Some(b)) => Some(if (a > b) == larger { a.clone() } else { b.clone() }),
            (one, other) => one.clone().or(other.clone()),
        };
        if larger {
            Range { low: near(&a.low, &b.low), high: ends(&a.high, &b.high, true) }
        } else {
            Range { low: ends(&a.low, &b.low, false), high: near(&a.high, &b.high) }
        }
    })
}
