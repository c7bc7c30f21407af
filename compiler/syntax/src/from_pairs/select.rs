//! `select`: candidates, their order, how many are taken.

use super::{Builder, expr};
use crate::ast::{Assign, Criterion, Expr, Select, Take, Tied};
use crate::grammar::{Pair, Rule};

impl Builder<'_> {
    /// `select NAME at STAGE per KEY from TRACK where EXPR { … }`.
    pub fn select(&mut self, pair: Pair) -> Select {
        let (start, span) = (pair.as_span().start(), self.trimmed(&pair));
        let mut select = Select {
            head: self.bare_head(self.no_name(span), start),
            at: None,
            per: Vec::new(),
            from: Vec::new(),
            filter: None,
            order: Vec::new(),
            take: None,
            tied: None,
            wait: None,
            refill: None,
            assign: None,
            span,
        };
        for p in pair.into_inner() {
            let place = self.span(&p);
            match p.as_rule() {
                Rule::decl => select.head = self.head(p, start),
                Rule::at => {
                    let stage = self.name_in(p);
                    self.once(&mut select.at, stage, place);
                }
                Rule::per => {
                    let keys = p.into_inner().filter(|q| q.as_rule() == Rule::value);
                    select.per.extend(keys.map(|q| self.value(q)));
                }
                Rule::select_from => select.from.extend(self.names_in(p)),
                Rule::select_where => {
                    let filter = self.expr_in(p);
                    self.once(&mut select.filter, filter, place);
                }
                Rule::odd => self.odd(p, Rule::select),
                Rule::select_members => self.select_members(p, &mut select),
                _ => {
                    self.head_part(&mut select.head, p);
                }
            }
        }
        select
    }

    fn select_members(&mut self, pair: Pair, select: &mut Select) {
        for p in pair.into_inner() {
            let place = self.span(&p);
            match p.as_rule() {
                Rule::order => {
                    let steps = p.into_inner().filter(|q| q.as_rule() == Rule::criterion);
                    select.order.extend(steps.map(|q| self.criterion(q)));
                }
                Rule::take => {
                    let take = self.take(p);
                    self.once(&mut select.take, take, place);
                }
                Rule::tied => {
                    let tied = self.tied(p);
                    self.once(&mut select.tied, tied, place);
                }
                Rule::wait => {
                    let wait = self.expr_in(p);
                    self.once(&mut select.wait, wait, place);
                }
                Rule::refill => {
                    let stage = self.name_in(p);
                    self.once(&mut select.refill, stage, place);
                }
                Rule::assign => {
                    let wishes = self.expr_in(p.clone());
                    let assign = Assign { wishes, within: self.name_in(p) };
                    self.once(&mut select.assign, assign, place);
                }
                Rule::bad => {
                    self.bad(p, Rule::only_selection);
                }
                _ => {}
            }
        }
    }

    fn criterion(&mut self, pair: Pair) -> Criterion {
        let span = self.trimmed(&pair);
        let (mut value, mut step) = (expr::bad(span), None);
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::value => value = self.value(p),
                Rule::expr => value = self.expr(p),
                Rule::judged => step = Some(Criterion::Judged(self.name_in(p))),
                Rule::kw_order_first => step = Some(Criterion::First(value.clone())),
                Rule::kw_lowest_first => step = Some(Criterion::Value { value: value.clone(), highest: false }),
                _ => {}
            }
        }
        step.unwrap_or(Criterion::Value { value, highest: true })
    }

    fn take(&mut self, pair: Pair) -> Take {
        let span = self.trimmed(&pair);
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::take_all => return Take::All(span),
                Rule::value => return Take::Number(self.value(p)),
                Rule::take_while => {
                    let passing = p.clone().into_inner().any(|q| q.as_rule() == Rule::kw_passing_over);
                    let [sum, limit, _] = self.three(p);
                    return Take::While { sum: sum.unwrap_or(expr::bad(span)), limit: limit.unwrap_or(expr::bad(span)), passing };
                }
                Rule::take_nearest => {
                    let [sum, target, least] = self.three(p);
                    let (sum, target) = (sum.unwrap_or(expr::bad(span)), target.unwrap_or(expr::bad(span)));
                    return Take::Nearest { sum, target, least };
                }
                _ => {}
            }
        }
        Take::Number(expr::bad(span))
    }

    fn three(&mut self, pair: Pair) -> [Option<Expr>; 3] {
        let mut found = [None, None, None];
        let values = pair.into_inner().filter(|q| q.as_rule() == Rule::value);
        for (place, q) in found.iter_mut().zip(values) {
            *place = Some(self.value(q));
        }
        found
    }

    fn tied(&mut self, pair: Pair) -> Tied {
        let span = self.trimmed(&pair);
        let mut tied = Tied::AdmitAll(span);
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::kw_admit_none => tied = Tied::AdmitNone(span),
                Rule::judged => tied = Tied::Judged(self.name_in(p)),
                _ => {}
            }
        }
        tied
    }
}
