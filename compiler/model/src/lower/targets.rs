//! Targets: indicators and their milestones.
//!
//! In: `targets` blocks. Out: `Programme::targets` in source order.
//! Always: a computed indicator's names are other reports of its block, else numbers reported on their own.

use super::{Lower, Named, Scope, Space, walk};
use crate::{Dimension, EnumId, Ident, Indicator, Measure, Milestone, MilestoneTime, NumberType, Targets, TargetsFrom, Type};
use prog_base::{Date, Diagnostic, DurationUnit, Exact, codes, text};
use prog_syntax::ast;

impl Lower<'_> {
    /// Lowers the blocks of targets.
    pub(crate) fn targets(&mut self) {
        for item in &self.index.items {
            let ast::Item::Targets(targets) = item else { continue };
            let lowered = self.target_block(targets);
            self.p.targets.push(lowered);
        }
    }

    fn target_block(&mut self, targets: &ast::Targets) -> Targets {
        let mut reported: Vec<(String, Type)> = Vec::new();
        let mut indicators = Vec::new();
        for indicator in &targets.indicators {
            let lowered = self.indicator(indicator, &reported);
            if let Measure::Reported(_, ty) = &lowered.measure {
                reported.push((lowered.ident.name.clone(), ty.clone()));
            }
            indicators.push(lowered);
        }
        Targets {
            ident: Self::ident(&targets.head),
            cites: self.cites(&targets.head.cites),
            reported_by: targets.reported_by.as_ref().and_then(|a| self.find_actor(a)),
            from: targets.from.as_ref().and_then(|e| self.targets_from(e)),
            indicators,
            span: targets.span,
        }
    }

    fn targets_from(&mut self, from: &ast::Expr) -> Option<TargetsFrom> {
        match &from.kind {
            ast::ExprKind::Name(name) => self.find_stage(name).map(TargetsFrom::Stage),
            ast::ExprKind::Date(day) => Some(TargetsFrom::Day(*day)),
            // A year is its first day here.
            ast::ExprKind::Number { value, unit: None } => first_day(value.to_i64()?).map(TargetsFrom::Day),
            ast::ExprKind::Duration(d) if d.unit == DurationUnit::Years => first_day(d.count).map(TargetsFrom::Day),
            ast::ExprKind::Bad => None,
            _other => {
                self.report(
                    Diagnostic::error(codes::TARGETS_FROM, from.span, text!("起算点是环节或日期", "years count from a stage or a day"))
                        .help(text!("写环节名称或日期", "write a stage's name or a date")),
                );
                None
            }
        }
    }

    fn indicator(&mut self, indicator: &ast::Indicator, reported: &[(String, Type)]) -> Indicator {
        let ident = Self::ident(&indicator.head);
        let (measure, ty) = self.measure(indicator, &ident, reported);
        let milestones = indicator.milestones.iter().filter_map(|m| self.milestone(m, &ty)).collect();
        Indicator {
            cites: self.cites(&indicator.head.cites),
            measure,
            for_all: indicator.for_all.as_ref().and_then(|n| self.find_enum(n)),
            strive: indicator.strive,
            milestones,
            span: indicator.span,
            ident,
        }
    }

    fn find_enum(&mut self, name: &ast::Name) -> Option<EnumId> {
        self.find(Space::Type, name, text!("选项", "closed list"), |n| if let Named::Enum(id) = n { Some(id) } else { None })
    }

    fn measure(&mut self, indicator: &ast::Indicator, ident: &Ident, reported: &[(String, Type)]) -> (Measure, Type) {
        match &indicator.measure {
            ast::Measure::Reported(ty) => {
                let (field, ty) = self.field_type(ty, ident);
                (Measure::Reported(field, ty.clone()), ty)
            }
            ast::Measure::Computed(formula) => {
                let inputs = self.reports_in(formula);
                let scope = Scope {
                    reported: inputs
                        .iter()
                        .map(|i| {
                            let known = reported.iter().find(|(name, _)| *name == i.name);
                            (i.name.clone(), known.map_or_else(plain_count, |(_, ty)| ty.clone()))
                        })
                        .collect(),
                    ..Scope::default()
                };
                let value = self.expr(formula, &scope, None);
                let ty = value.ty.clone();
                (Measure::Computed { inputs, value }, ty)
            }
            ast::Measure::Judged(test) => {
                let test = self.test(test, &Scope::default());
                (Measure::Judged(test), Type::Bool)
            }
        }
    }

    /// The names in a formula that are reported: those that are no table and no let, each once, in order of first use.
    fn reports_in(&self, formula: &ast::Expr) -> Vec<Ident> {
        let mut inputs: Vec<Ident> = Vec::new();
        walk::each_written(formula, &mut |e| {
            let ast::ExprKind::Name(name) = &e.kind else { return };
            if self.index.get(Space::Value, name).is_none() && !inputs.iter().any(|i| i.name == name.text) {
                let head = ast::Head { name: name.clone(), key: None, cites: Vec::new(), message: None, doc: None };
                inputs.push(Self::ident(&head));
            }
        });
        inputs
    }

    fn milestone(&mut self, milestone: &ast::Milestone, ty: &Type) -> Option<Milestone> {
        let when = match &milestone.when {
            ast::MilestoneTime::By(when) => MilestoneTime::By(self.milestone_day(when)?),
            ast::MilestoneTime::EachYear => MilestoneTime::EachYear,
            ast::MilestoneTime::Year(n) => MilestoneTime::Year(*n),
            ast::MilestoneTime::Total(None) => MilestoneTime::Total(None),
            ast::MilestoneTime::Total(Some(when)) => MilestoneTime::Total(Some(self.milestone_day(when)?)),
        };
        Some(Milestone {
            when,
            bound: milestone.bound.as_ref().map(|b| self.bound(b, &Scope::default(), ty)),
            strive: milestone.strive,
            words: milestone.words.as_ref().map(Self::label),
            cites: self.cites(&milestone.cites),
            span: milestone.span,
        })
    }

    /// `by 2020` is that year's last day.
    fn milestone_day(&mut self, when: &ast::Expr) -> Option<Date> {
        let day = match &when.kind {
            ast::ExprKind::Date(day) => Some(*day),
            ast::ExprKind::Number { value, unit: None } => {
                value.to_i64().and_then(|year| i16::try_from(year).ok()).and_then(|year| Date::new(year, 12, 31))
            }
            ast::ExprKind::Bad => return None,
            _other => None,
        };
        if day.is_none() {
            self.report(
                Diagnostic::error(codes::MILESTONE_TIME, when.span, text!("这里要写年份或日期", "a year or a date stands here"))
                    .help(text!("例如 2022 或 2022-06-30", "such as 2022 or 2022-06-30")),
            );
        }
        day
    }
}

/// The first day of a year.
fn first_day(year: i64) -> Option<Date> {
    i16::try_from(year).ok().and_then(|year| Date::new(year, 1, 1))
}

/// What a name in a formula is when no indicator declares it: a number of things.
fn plain_count() -> Type {
    Type::Number(NumberType { dimension: Dimension::Plain, digits: Some(0), low: Some(Exact::ZERO), high: None, unit: None })
}
