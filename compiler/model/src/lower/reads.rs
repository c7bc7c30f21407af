//! What a rule reads: inputs, other rules, times of stages, judgements and documents, through lets.
//!
//! In: a rule with typed expressions. Out: [`Reads`]. Always: each thing once, in order of first use.

use super::walk;
use crate::{ActorId, Expr, ExprKind, InputId, LetId, MaterialId, Programme, Rule, RuleId, StageId, Test, TrackId};

/// What a rule reads.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reads {
    /// Inputs.
    pub inputs: Vec<InputId>,
    /// Rules.
    pub rules: Vec<RuleId>,
    /// Stages whose event time is read, or whose deadline is the day of a register entry.
    pub stages: Vec<StageId>,
    /// Actors who judge.
    pub judges: Vec<ActorId>,
    /// Documents that judgements and attestations rest on.
    pub materials: Vec<MaterialId>,
    lets: Vec<LetId>,
}

impl Reads {
    /// What a rule of a track reads.
    pub(crate) fn of_rule(p: &Programme, track: TrackId, rule: &Rule) -> Self {
        let mut reads = Self::default();
        for e in rule.each.iter().chain(&rule.when).chain(&rule.unless) {
            reads.expr(p, track, e);
        }
        reads.test(p, track, &rule.test);
        reads
    }

    /// What an expression of a track reads.
    pub(crate) fn of_expr(p: &Programme, track: TrackId, e: &Expr) -> Self {
        let mut reads = Self::default();
        reads.expr(p, track, e);
        reads
    }

    /// With what the rules that are read go by.
    pub(crate) fn with_rules(mut self, p: &Programme, track: TrackId) -> Self {
        let mut at = 0;
        while let Some(id) = self.rules.get(at).copied() {
            let rule = &p.track(track).rules[id.index()];
            let more = Self::of_rule(p, track, rule);
            more.inputs.into_iter().for_each(|i| once(&mut self.inputs, i));
            more.rules.into_iter().for_each(|r| once(&mut self.rules, r));
            at += 1;
        }
        self
    }

    fn test(&mut self, p: &Programme, track: TrackId, test: &Test) {
        match test {
            Test::Bad => {}
            Test::Expr(e) => self.expr(p, track, e),
            Test::Judged { by, on } => {
                self.judges.push(*by);
                self.materials.extend(on);
            }
            Test::Attested { with } => self.materials.extend(with),
            Test::External { as_of, .. } => {
                if let Some(day) = as_of {
                    self.day(p, track, day);
                }
            }
            Test::Threshold { members, .. } => {
                for member in members {
                    if let Some(when) = &member.when {
                        self.expr(p, track, when);
                    }
                    self.test(p, track, &member.test);
                }
            }
        }
    }

    /// The day at which a register entry counts: there is no entry before it.
    pub(crate) fn day(&mut self, p: &Programme, track: TrackId, day: &Expr) {
        walk::each(day, &mut |e| {
            if let ExprKind::Due(stage) = &e.kind {
                self.stages.push(*stage);
            }
        });
        self.expr(p, track, day);
    }

    fn expr(&mut self, p: &Programme, track: TrackId, e: &Expr) {
        let mut lets = Vec::new();
        walk::each(e, &mut |x| match &x.kind {
            ExprKind::Input(id) => once(&mut self.inputs, *id),
            ExprKind::Rule(id) => once(&mut self.rules, *id),
            ExprKind::Let(id) => lets.push(*id),
            ExprKind::Time(id) => once(&mut self.stages, *id),
            _other => {}
        });
        for id in lets {
            if !self.lets.contains(&id) {
                self.lets.push(id);
                if let Some(named) = p.track(track).lets.get(id.index()) {
                    self.expr(p, track, &named.value);
                }
            }
        }
    }
}

fn once<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}
