//! Aggregates over the cases of a batch, and shares: each track's part is typed in that track's own scope.

use super::aggregates::{Range, arrange};
use super::{bad, typed};
use crate::lower::{Lower, Named, Scope, Space};
use crate::{Aggregation, ArithmeticOp, CaseMember, Expr, ExprKind, NumberType, ShareMember, TrackId, Type};
use prog_base::{Diagnostic, Span, codes, text};
use prog_syntax::ast;

impl Lower<'_> {
    /// The scope inside `where` over a track's cases: `per` keys come before the track's own names.
    fn case_scope(scope: &Scope, track: TrackId) -> Scope {
        Scope { track: Some(track), keys: scope.keys.clone(), ..Scope::default() }
    }

    /// Cases are counted only where there is a batch.
    fn batch(&mut self, scope: &Scope, span: Span) -> bool {
        if !scope.batch {
            self.report(
                Diagnostic::error(
                    codes::NO_BATCH,
                    span,
                    text!("这里只看一份申报，不能统计全部申报", "Only one application is looked at here; applications can't be counted"),
                )
                .help(text!(
                    "在名额里统计，或在遴选的 取 里（取 30% * 计数(类别)）；一份申报的金额不能随全部申报的合计变化，这样的办法写成 提示",
                    "Count in a quota, or in what a selection takes (`take 30% * count(track)`); what one application gets can't depend on the sum of all, so write that as a `note`"
                )),
            );
        }
        scope.batch
    }

    pub(super) fn over_cases(&mut self, op: Aggregation, a: &ast::Aggregate, ranges: &[Range], scope: &Scope, span: Span) -> Expr {
        if !self.batch(scope, span) {
            return bad(span);
        }
        let mut members = Vec::new();
        let mut ty: Option<Type> = None;
        for (range, of) in ranges.iter().zip(&a.of) {
            for (track, value) in self.tracks_of(range, of) {
                let inner = Self::case_scope(scope, track);
                let value = value.map(|v| self.expr(&v, &inner, None));
                let test = a.filter.as_ref().map(|f| self.truth(f, &inner));
                let (filter, value) = arrange(op, test, value, span);
                let Some(found) = self.result(op, value.as_ref().map(|v| &v.ty), of.span) else { return bad(span) };
                ty = match (ty, found) {
                    (Some(Type::Number(x)), Type::Number(y)) => match crate::lower::numbers::either(&x, &y, &self.p.units) {
                        Ok(n) => Some(Type::Number(n)),
                        Err(clash) => {
                            let (x, y) = (Type::Number(x), Type::Number(y));
                            self.clash(clash, &typed(ExprKind::Bad, x, of.span), &typed(ExprKind::Bad, y, of.span));
                            return bad(span);
                        }
                    },
                    (_, found) => Some(found),
                };
                members.push(CaseMember { track, filter, value });
            }
        }
        typed(ExprKind::OverCases { op, members }, ty.unwrap_or(Type::Unknown), span)
    }

    fn tracks_of(&self, range: &Range, of: &ast::Expr) -> Vec<(TrackId, Option<ast::Expr>)> {
        match range {
            Range::Cases(track, value) => vec![(*track, value.clone())],
            Range::AllCases => {
                let all = (0..self.index.tracks.len()).map(|t| TrackId(t as u32));
                let knows = |t: &TrackId| match super::aggregates::leftmost(of) {
                    Some(name) => self.is_variable(name, &Scope { track: Some(*t), ..Scope::default() }),
                    None => false,
                };
                all.filter(knows).map(|t| (t, Some(of.clone()))).collect()
            }
            Range::Column(..) | Range::List(..) | Range::Each(..) | Range::Value(_) => Vec::new(),
        }
    }

    /// `share(A where P among B where Q)`.
    pub(super) fn share(
        &mut self,
        over: &[ast::Name],
        part: &ast::Expr,
        among: Option<&ast::ShareBase>,
        scope: &Scope,
        span: Span,
    ) -> Expr {
        if let ([list], false) = (over, over.iter().any(|n| matches!(self.index.get(Space::Track, n), Some(Named::Track(_))))) {
            return self.share_of_list(list, part, among, scope, span);
        }
        if !self.batch(scope, span) {
            return bad(span);
        }
        let parts: Vec<TrackId> = over.iter().filter_map(|n| self.find_track(n)).collect();
        let bases: Vec<TrackId> = match among {
            Some(base) => base.over.iter().filter_map(|n| self.find_track(n)).collect(),
            None => parts.clone(),
        };
        let yes = typed(ExprKind::Bool(true), Type::Bool, span);
        let mut members = Vec::new();
        for track in bases.iter().chain(parts.iter().filter(|t| !bases.contains(t))).copied() {
            let inner = Self::case_scope(scope, track);
            let base = match (bases.contains(&track), among.and_then(|b| b.filter.as_ref())) {
                (false, _) => None,
                (true, Some(filter)) => Some(self.truth(filter, &inner)),
                (true, None) => Some(yes.clone()),
            };
            let part = parts.contains(&track).then(|| self.truth(part, &inner));
            members.push(ShareMember { track, base, part });
        }
        typed(ExprKind::Share { members }, Type::Number(NumberType::share()), span)
    }

    /// A share within a list of one application: two counts and their quotient.
    fn share_of_list(&mut self, list: &ast::Name, part: &ast::Expr, among: Option<&ast::ShareBase>, scope: &Scope, span: Span) -> Expr {
        let of = ast::Expr { kind: ast::ExprKind::Name(list.clone()), span: list.span };
        let base = among.and_then(|b| b.filter.clone());
        let both = match &base {
            Some(base) => ast::Expr { kind: ast::ExprKind::And(vec![base.clone(), part.clone()]), span: part.span },
            None => part.clone(),
        };
        let mut count = |filter: Option<ast::Expr>| {
            let a = ast::Aggregate {
                op: ast::AggregateOp::Count,
                length: None,
                of: vec![of.clone()],
                filter: filter.map(Box::new),
                per: Vec::new(),
            };
            self.aggregate(&a, scope, span)
        };
        let part = count(Some(both));
        if part.ty == Type::Unknown {
            return bad(span);
        }
        let base = count(base);
        let ty = Type::Number(NumberType::share());
        let (left, right) = (Box::new(part), Box::new(base));
        typed(ExprKind::Arithmetic { op: ArithmeticOp::Divide, left, right }, ty, span)
    }
}
