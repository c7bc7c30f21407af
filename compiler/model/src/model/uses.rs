//! Which readings a track or a quota depends on (semantics 7.2): only these are tried in their other words.
//!
//! In: the model. Out: reading ids, ascending. Always: a reading on which nothing depends costs nothing.

use super::{
    Bound, BuiltinReading, Comparison, Expr, ExprKind, Indicator, LimitKind, Measure, Origin, Programme, Quota, ReadingId, Rule, Selection,
    Test, TrackId,
};
use std::collections::BTreeSet;

impl Programme {
    /// The built-in reading's id.
    pub fn builtin_reading(&self, which: BuiltinReading) -> Option<ReadingId> {
        self.readings.iter().position(|r| r.builtin == Some(which)).map(|index| ReadingId(index as u32))
    }

    /// What anything of a track depends on, deadlines left aside.
    pub fn readings_of_track(&self, id: TrackId) -> BTreeSet<ReadingId> {
        let mut uses = Uses { programme: self, found: BTreeSet::new() };
        uses.track(id);
        uses.found
    }

    /// What a quota depends on; of tracks whose lets and rules it reads, all that they depend on.
    pub fn readings_of_quota(&self, quota: &Quota) -> BTreeSet<ReadingId> {
        let mut uses = Uses { programme: self, found: BTreeSet::new() };
        uses.quota(quota);
        uses.found
    }

    /// What a selection depends on; of tracks whose lets and rules it reads, all that they depend on.
    pub fn readings_of_selection(&self, selection: &Selection) -> BTreeSet<ReadingId> {
        let mut uses = Uses { programme: self, found: BTreeSet::new() };
        uses.selection(selection);
        uses.found
    }

    /// What an indicator depends on.
    pub fn readings_of_indicator(&self, indicator: &Indicator) -> BTreeSet<ReadingId> {
        let mut uses = Uses { programme: self, found: BTreeSet::new() };
        if let Measure::Computed { value, .. } = &indicator.measure {
            uses.expr(value);
        }
        for bound in indicator.milestones.iter().filter_map(|m| m.bound.as_ref()) {
            if matches!(bound, Bound::About(_)) {
                uses.builtin(BuiltinReading::About);
            }
            uses.exprs(bound.limits());
        }
        uses.found
    }
}

struct Uses<'p> {
    programme: &'p Programme,
    found: BTreeSet<ReadingId>,
}

impl Uses<'_> {
    fn builtin(&mut self, which: BuiltinReading) {
        self.found.extend(self.programme.builtin_reading(which));
    }

    fn track(&mut self, id: TrackId) {
        let p = self.programme;
        let track = p.track(id);
        for input in track.inputs.iter().map(|i| p.input(*i)) {
            if input.field.limits.iter().any(|l| l.kind == LimitKind::About) {
                self.builtin(BuiltinReading::About);
            }
            if !input.field.limits.is_empty() {
                self.builtin(BuiltinReading::Length);
            }
            self.exprs(&input.when);
            match &input.origin {
                Origin::Computed(value) => self.expr(value),
                Origin::External { as_of: Some(day), .. } => self.expr(day),
                Origin::External { as_of: None, .. } | Origin::Entered | Origin::Attested { .. } | Origin::Judged { .. } => {}
            }
        }
        self.exprs(track.lets.iter().map(|l| &l.value));
        track.rules.iter().for_each(|rule| self.rule(rule));
        for material in track.materials.iter().map(|m| &p.materials[m.index()]) {
            self.exprs(material.when.iter().map(|(_, e)| e));
        }
        for stage in p.route(id).map(|r| r.stages.as_slice()).unwrap_or_default() {
            self.exprs(stage.when.iter().map(|(_, e)| e));
            self.exprs(stage.transitions.iter().flat_map(|t| t.when.iter().flatten()).map(|(_, e)| e));
        }
    }

    fn quota(&mut self, quota: &Quota) {
        self.exprs(quota.when.iter().chain([&quota.test]));
        self.exprs(quota.keys.iter().flat_map(|k| &k.by_track).map(|(_, e)| e));
        let mut reads_more = false;
        quota.test.visit(&mut |e| reads_more |= matches!(e.kind, ExprKind::Let(_) | ExprKind::Rule(_) | ExprKind::Constant(_)));
        if reads_more {
            quota.tracks.iter().for_each(|t| self.track(*t));
        }
    }

    fn selection(&mut self, selection: &Selection) {
        let mut reads_more = false;
        for e in selection.of_cases().map(|(_, e)| e).chain(selection.of_group()) {
            self.expr(e);
            e.visit(&mut |e| reads_more |= matches!(e.kind, ExprKind::Let(_) | ExprKind::Rule(_) | ExprKind::Constant(_)));
        }
        if reads_more {
            selection.tracks.iter().chain(&selection.counted).for_each(|t| self.track(*t));
        }
    }

    fn rule(&mut self, rule: &Rule) {
        self.exprs(rule.each.iter().chain(&rule.when).chain(&rule.unless));
        self.test(&rule.test);
    }

    fn test(&mut self, test: &Test) {
        match test {
            Test::Expr(e) => self.expr(e),
            Test::External { as_of: Some(day), .. } => self.expr(day),
            Test::Threshold { members, .. } => {
                for member in members {
                    self.exprs(&member.when);
                    self.test(&member.test);
                }
            }
            Test::Bad | Test::Judged { .. } | Test::Attested { .. } | Test::External { as_of: None, .. } => {}
        }
    }

    fn exprs<'e>(&mut self, all: impl IntoIterator<Item = &'e Expr>) {
        all.into_iter().for_each(|e| self.expr(e));
    }

    fn expr(&mut self, e: &Expr) {
        let p = self.programme;
        let mut constants = Vec::new();
        e.visit(&mut |x| match &x.kind {
            ExprKind::ReadingIs { reading, .. } => drop(self.found.insert(*reading)),
            ExprKind::About { .. } => self.builtin(BuiltinReading::About),
            ExprKind::Length(_) => self.builtin(BuiltinReading::Length),
            ExprKind::Compare { op: Comparison::Before, .. } => self.builtin(BuiltinReading::Before),
            ExprKind::Compare { op: Comparison::After, .. } => self.builtin(BuiltinReading::After),
            ExprKind::Constant(id) => constants.push(*id),
            ExprKind::Lookup { table, .. } => {
                for cell in p.table(*table).rows.iter().flat_map(|r| &r.values) {
                    cell.visit(&mut |y| {
                        if let ExprKind::ReadingIs { reading, .. } = &y.kind {
                            self.found.insert(*reading);
                        }
                    });
                }
            }
            _other => {}
        });
        for id in constants {
            self.expr(&p.lets[id.index()].value);
        }
    }
}
