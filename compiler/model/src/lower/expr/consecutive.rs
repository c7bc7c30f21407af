//! `any 3 consecutive(awards where P per year)`: whether so many years stand one after another.
//!
//! In: the aggregate as written. Out: an aggregate over one list of one application, its value the year of an item.
//! Always: its length is a whole number from 2; its value is a whole number.

use super::aggregates::Range;
use super::{bad, kind_words, typed};
use crate::lower::constants::Constant;
use crate::lower::{Lower, Scope, type_exprs::not_constant};
use crate::{Aggregation, Dimension, Expr, ExprKind, NumberType, Type};
use prog_base::{Diagnostic, Span, codes, text};
use prog_syntax::ast;

/// More in a row than anyone asks for.
const LONGEST: i64 = 1000;

impl Lower<'_> {
    pub(super) fn consecutive(&mut self, a: &ast::Aggregate, scope: &Scope, span: Span) -> Expr {
        let length = a.length.as_deref().and_then(|e| self.run_length(e));
        let [of] = a.of.as_slice() else {
            self.report(Diagnostic::error(
                codes::NOT_A_LIST,
                span,
                text!("连续几年只在一个列表中看", "Consecutive years are looked for in one list only"),
            ));
            return bad(span);
        };
        let list = match self.range(of, scope) {
            Range::List(list, None) => list,
            Range::List(_, Some(field)) => {
                self.year_goes_behind(of, &field);
                return bad(span);
            }
            Range::Value(value) if value.ty == Type::Unknown => return bad(span),
            Range::Value(_) | Range::Each(..) | Range::Cases(..) | Range::AllCases | Range::Column(..) => {
                self.report(
                    Diagnostic::error(
                        codes::NOT_A_LIST,
                        of.span,
                        text!("连续几年只在一份申报的列表中看", "Consecutive years are looked for in a list of one application"),
                    )
                    .help(text!("如 连续3年(获奖 按 年份)", "Such as `any 3 consecutive(awards per year)`")),
                );
                return bad(span);
            }
        };
        let Some(item) = self.item_scope(&list, of) else { return bad(span) };
        let inner = Scope { items: scope.items.iter().cloned().chain([item]).collect(), ..scope.clone() };
        let filter = a.filter.as_deref().map(|f| self.truth(f, &inner));
        let Some(year) = self.year_of_item(a, &list, of, &inner) else { return bad(span) };
        let Some(length) = length else { return bad(span) };
        let op = Aggregation::Consecutive(length);
        typed(ExprKind::OverList { op, list: Box::new(list), filter: filter.map(Box::new), value: Some(Box::new(year)) }, Type::Bool, span)
    }

    /// The number before `consecutive`; tells when it is none.
    fn run_length(&mut self, e: &ast::Expr) -> Option<u32> {
        let value = self.expr(e, &Scope::default(), None);
        if self.told(&value) {
            return None;
        }
        let Some(Constant::Number(n)) = self.constant(&value) else {
            self.report(not_constant(e.span));
            return None;
        };
        let length = n.to_i64().filter(|n| (2..=LONGEST).contains(n)).and_then(|n| u32::try_from(n).ok());
        if length.is_none() {
            self.report(
                Diagnostic::error(
                    codes::BAD_RUN,
                    e.span,
                    text!("连续的年数要写成 2 到 {LONGEST} 的整数", "How many are consecutive is a whole number from 2 to {LONGEST}"),
                )
                .help(text!(
                    "如 连续3年(获奖 按 年份)；只要有一项，写 任一(获奖 其中 …)",
                    "Such as `any 3 consecutive(awards per year)`; where one item is enough, write `any(awards where …)`"
                )),
            );
        }
        length
    }

    /// `awards.year` in the place of the list.
    fn year_goes_behind(&mut self, of: &ast::Expr, field: &ast::Name) {
        let name = &field.text;
        self.report(
            Diagnostic::error(
                codes::BAD_RUN,
                of.span,
                text!("这里写列表；各项的年份写在后面", "The list stands here; the year of its items stands behind it"),
            )
            .help(text!("写成 连续3年(列表 按 {name})", "Write `any 3 consecutive(LIST per {name})`")),
        );
    }

    /// What is consecutive: behind `per`, or the item itself where it is a number.
    fn year_of_item(&mut self, a: &ast::Aggregate, list: &Expr, of: &ast::Expr, inner: &Scope) -> Option<Expr> {
        let year = match a.per.as_slice() {
            [] => self.item_itself(Aggregation::Max, list, of.span),
            [year] => Some(self.expr(year, inner, None)),
            [_, second, ..] => {
                self.report(Diagnostic::error(
                    codes::BAD_RUN,
                    second.span,
                    text!("“按”后只写一个年份", "Only one year stands behind `per`"),
                ));
                return None;
            }
        };
        let Some(year) = year else {
            self.report(
                Diagnostic::error(codes::MISSING_VALUE, of.span, text!("没有写明各项的年份", "It is not said which year each item is of"))
                    .help(text!("写成 连续3年(列表 按 年份)", "Write `any 3 consecutive(LIST per year)`")),
            );
            return None;
        };
        match &year.ty {
            Type::Number(n) if self.counts_whole(n) => return Some(year),
            Type::Unknown => return None,
            _other => {}
        }
        let found = kind_words(&self.p, &year.ty);
        let (zh, en) = (&found.zh, &found.en);
        let wrong = Diagnostic::error(
            codes::BAD_RUN,
            year.span,
            text!("连续要按年份或别的整数看，而这是{zh}", "A year or another whole number is consecutive, and this is {en}"),
        );
        self.report(match &year.ty {
            Type::Date | Type::Moment => {
                wrong.help(text!("要按日子所在的年份，写“按 年份(日期)”", "For the year in which a day lies write `per year of (DAY)`"))
            }
            _other => wrong.help(text!("如 按 年份（年份 : 年份）", "Such as `per year`, with `year : Year`")),
        });
        None
    }

    /// Whole numbers, one apart: plain, or counted in a unit that counts.
    fn counts_whole(&self, n: &NumberType) -> bool {
        let one_apart = match &n.dimension {
            Dimension::Bare | Dimension::Plain => true,
            Dimension::Ratio | Dimension::Times => false,
            Dimension::Units(_) => n.unit.is_some_and(|u| self.p.unit(u).count && self.p.unit(u).factor == prog_base::Exact::ONE),
        };
        one_apart && n.digits == Some(0)
    }
}
