//! Targets: indicators and their milestones.

use super::{Builder, choice, expr};
use crate::ast::{ExprKind, Indicator, Measure, Milestone, MilestoneBound, MilestoneTime, Targets};
use crate::grammar::{Pair, Rule};

impl Builder<'_> {
    /// `targets NAME reported by ACTOR { indicators }`.
    pub fn targets(&mut self, pair: Pair) -> Targets {
        let (start, span) = (pair.as_span().start(), self.trimmed(&pair));
        let head = self.bare_head(self.no_name(span), start);
        let mut targets = Targets { head, reported_by: None, from: None, indicators: Vec::new(), span };
        for p in pair.into_inner() {
            let place = self.span(&p);
            match p.as_rule() {
                Rule::decl => targets.head = self.head(p, start),
                Rule::reported_by => {
                    let actor = self.name_in(p);
                    self.once(&mut targets.reported_by, actor, place);
                }
                Rule::from => {
                    let event = self.expr_in(p);
                    self.once(&mut targets.from, event, place);
                }
                Rule::odd => self.odd(p, Rule::targets),
                Rule::indicator => {
                    let indicator = self.indicator(p);
                    targets.indicators.push(indicator);
                }
                Rule::bad => {
                    self.bad(p, Rule::only_indicator);
                }
                _ => {
                    self.head_part(&mut targets.head, p);
                }
            }
        }
        targets
    }

    fn indicator(&mut self, pair: Pair) -> Indicator {
        let (start, span) = (pair.as_span().start(), self.trimmed(&pair));
        let head = self.bare_head(self.no_name(span), start);
        let measure = Measure::Computed(expr::bad(span));
        let mut indicator = Indicator { head, measure, for_all: None, strive: false, milestones: Vec::new(), span };
        for p in pair.into_inner() {
            let place = self.span(&p);
            match p.as_rule() {
                Rule::decl => indicator.head = self.head(p, start),
                Rule::measure => indicator.measure = self.measure(p, indicator.measure),
                Rule::for_all => {
                    let key = self.name_in(p);
                    self.once(&mut indicator.for_all, key, place);
                }
                // After a milestone the word is about that milestone.
                Rule::strive => match indicator.milestones.last_mut() {
                    Some(last) => last.strive = true,
                    None => indicator.strive = true,
                },
                Rule::milestone => {
                    let milestone = self.milestone(p);
                    indicator.milestones.push(milestone);
                }
                _ => {}
            }
        }
        indicator
    }

    fn measure(&mut self, pair: Pair, none: Measure) -> Measure {
        let Some(p) = pair.into_inner().next() else { return none };
        match p.as_rule() {
            Rule::measure_type => match p.into_inner().find(|q| q.as_rule() == Rule::type_expr) {
                Some(ty) => Measure::Reported(self.type_expr(ty)),
                None => none,
            },
            Rule::expr => Measure::Computed(self.expr(p)),
            _ => Measure::Judged(self.origin(p)),
        }
    }

    fn milestone(&mut self, pair: Pair) -> Milestone {
        let span = self.trimmed(&pair);
        let mut milestone =
            Milestone { when: MilestoneTime::Total(None), bound: None, strive: false, words: None, cites: Vec::new(), span };
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::milestone_time => milestone.when = self.milestone_time(p),
                Rule::strive => milestone.strive = true,
                Rule::milestone_bound => milestone.bound = Some(self.milestone_bound(p)),
                Rule::message => milestone.words = Some(self.message(p)),
                Rule::cites => milestone.cites.extend(self.cites(p)),
                _ => {}
            }
        }
        milestone
    }

    fn milestone_time(&mut self, pair: Pair) -> MilestoneTime {
        match choice(pair.clone()) {
            Some(Rule::kw_by_year) => {
                let total = pair.clone().into_inner().any(|p| p.as_rule() == Rule::kw_total_years);
                let year = self.milestone_year(pair);
                if total { MilestoneTime::Total(Some(year)) } else { MilestoneTime::By(year) }
            }
            Some(Rule::kw_each_year) => MilestoneTime::EachYear,
            Some(Rule::kw_year_n) => MilestoneTime::Year(self.integer_in(pair).unwrap_or(0)),
            _ => MilestoneTime::Total(None),
        }
    }

    /// `by 2020`; `到 2020年` and `到 2020年底` say the same.
    fn milestone_year(&mut self, pair: Pair) -> crate::ast::Expr {
        let mut year = self.expr_in(pair);
        match &mut year.kind {
            ExprKind::Duration(d) if d.unit == prog_base::DurationUnit::Years => {
                year.kind = ExprKind::Number { value: d.count.into(), unit: None };
            }
            ExprKind::Number { unit, .. } if unit.as_ref().is_some_and(|u| matches!(u.text.as_str(), "年底" | "年末")) => *unit = None,
            _ => {}
        }
        year
    }

    fn milestone_bound(&mut self, pair: Pair) -> MilestoneBound {
        let span = self.trimmed(&pair);
        let mut parts = pair.clone().into_inner();
        let Some(first) = parts.next() else { return MilestoneBound::About(expr::bad(span)) };
        match first.as_rule() {
            Rule::compare_op => {
                let op = self.compare_op(first);
                MilestoneBound::Compare(op, self.expr_in(pair))
            }
            Rule::kw_between => {
                let (low, high) = self.two_values(pair);
                MilestoneBound::Between(low, high)
            }
            _ => MilestoneBound::About(self.expr_in(pair)),
        }
    }
}
