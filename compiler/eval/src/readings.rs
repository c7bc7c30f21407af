//! Readings: what each is set to, and which of them a track or quota depends on (semantics 7.1, 7.2).
//!
//! Always: a reading on which nothing depends costs nothing.

use crate::options::{Options, ReadingChoice};
use prog_base::Exact;
use prog_model::{
    BuiltinReading, Comparison, Expr, ExprKind, LimitKind, Origin, Programme, Quota, Reading, ReadingId, ReadingValue, Rule, Test, TrackId,
};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// What a reading is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Setting {
    /// One of its words.
    Choice(usize),
    /// Open: every word is evaluated.
    Open,
    /// A band as a fraction of one.
    Band(Exact),
    /// An expression that stands in the source.
    Fixed,
}

impl Setting {
    /// The programme's own choice.
    pub(crate) fn of(reading: &Reading) -> Self {
        match &reading.value {
            ReadingValue::Choice { chosen: Some(index), .. } => Setting::Choice(*index),
            ReadingValue::Choice { chosen: None, .. } => Setting::Open,
            ReadingValue::Band(band) => Setting::Band(band.clone()),
            ReadingValue::Expr(_) => Setting::Fixed,
        }
    }
}

/// The settings of one run.
pub(crate) fn settings_of(own: &[Setting], options: &Options) -> Vec<Setting> {
    let mut settings = own.to_vec();
    for (id, choice) in &options.readings {
        settings[id.index()] = match choice {
            ReadingChoice::Value(index) => Setting::Choice(*index),
            ReadingChoice::Band(band) => Setting::Band(band.clone()),
            ReadingChoice::Open => Setting::Open,
        };
    }
    settings
}

/// How many worlds are evaluated at most for open readings; beyond, the rest stays open where it is used.
const WORLDS: usize = 256;

/// One setting of all readings for every combination of the words of open readings in use.
pub(crate) fn worlds(p: &Programme, settings: &[Setting], uses: &ReadingUse) -> Vec<Vec<Setting>> {
    let mut worlds = vec![settings.to_vec()];
    for index in uses.iter().filter(|i| settings[*i] == Setting::Open) {
        let words = word_count(&p.readings[index]);
        if worlds.len() * words > WORLDS || words == 0 {
            continue;
        }
        let with = |word: usize| {
            move |world: &Vec<Setting>| {
                let mut world = world.clone();
                world[index] = Setting::Choice(word);
                world
            }
        };
        worlds = worlds.iter().flat_map(|world| (0..words).map(move |word| with(word)(world))).collect();
    }
    worlds
}

/// Every other word of every reading in use, one reading at a time: reading, word, settings.
pub(crate) fn alternatives(p: &Programme, settings: &[Setting], uses: &ReadingUse) -> Vec<(usize, usize, Vec<Setting>)> {
    let mut all = Vec::new();
    for index in uses.iter() {
        for word in 0..word_count(&p.readings[index]) {
            if settings[index] != Setting::Choice(word) {
                let mut other = settings.to_vec();
                other[index] = Setting::Choice(word);
                all.push((index, word, other));
            }
        }
    }
    all
}

fn word_count(reading: &Reading) -> usize {
    match &reading.value {
        ReadingValue::Choice { values, .. } => values.len(),
        ReadingValue::Band(_) | ReadingValue::Expr(_) => 0,
    }
}

/// The key of a reading's word.
pub(crate) fn word(p: &Programme, reading: usize, index: usize) -> Cow<'_, str> {
    match &p.readings[reading].value {
        ReadingValue::Choice { values, .. } => Cow::Borrowed(values.get(index).map_or("", |v| v.key.as_str())),
        ReadingValue::Band(_) | ReadingValue::Expr(_) => Cow::Borrowed(""),
    }
}

/// The position of a built-in reading.
pub(crate) fn builtin(p: &Programme, which: BuiltinReading) -> Option<usize> {
    p.readings.iter().position(|r| r.builtin == Some(which))
}

/// The readings that something depends on, ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ReadingUse(BTreeSet<usize>);

impl ReadingUse {
    /// Positions of the readings.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().copied()
    }

    /// Adds a built-in reading.
    pub(crate) fn add(&mut self, p: &Programme, which: BuiltinReading) {
        self.0.extend(builtin(p, which));
    }

    /// Adds all of another.
    pub(crate) fn extend(&mut self, other: &ReadingUse) {
        self.0.extend(other.iter());
    }

    /// What anything of a track depends on, deadlines left aside.
    pub(crate) fn of_track(p: &Programme, id: TrackId) -> Self {
        let mut uses = Self::default();
        let track = p.track(id);
        for input in track.inputs.iter().map(|i| p.input(*i)) {
            if input.field.limits.iter().any(|l| l.kind == LimitKind::About) {
                uses.add(p, BuiltinReading::About);
            }
            if !input.field.limits.is_empty() {
                uses.add(p, BuiltinReading::Length);
            }
            uses.exprs(p, input.when.iter());
            match &input.origin {
                Origin::Computed(value) => uses.expr(p, value),
                Origin::External { as_of: Some(day), .. } => uses.expr(p, day),
                Origin::External { as_of: None, .. } | Origin::Entered | Origin::Attested { .. } | Origin::Judged { .. } => {}
            }
        }
        uses.exprs(p, track.lets.iter().map(|l| &l.value));
        track.rules.iter().for_each(|rule| uses.rule(p, rule));
        for material in track.materials.iter().map(|m| &p.materials[m.index()]) {
            uses.exprs(p, material.when.iter().map(|(_, e)| e));
        }
        for stage in p.route(id).map(|r| r.stages.as_slice()).unwrap_or_default() {
            uses.exprs(p, stage.when.iter().map(|(_, e)| e));
            uses.exprs(p, stage.transitions.iter().flat_map(|t| t.when.iter().flatten()).map(|(_, e)| e));
        }
        uses
    }

    /// What a quota depends on.
    pub(crate) fn of_quota(p: &Programme, quota: &Quota) -> Self {
        let mut uses = Self::default();
        uses.exprs(p, quota.when.iter().chain([&quota.test]));
        uses.exprs(p, quota.keys.iter().flat_map(|k| &k.by_track).map(|(_, e)| e));
        quota.tracks.iter().for_each(|t| uses.case_parts(p, quota, *t));
        uses
    }

    /// Lets, rules and fields that a quota's filters read are looked at as a whole: their track's.
    fn case_parts(&mut self, p: &Programme, quota: &Quota, track: TrackId) {
        let mut reads_more = false;
        for_each(&quota.test, &mut |e| reads_more |= matches!(e.kind, ExprKind::Let(_) | ExprKind::Rule(_) | ExprKind::Constant(_)));
        if reads_more {
            self.extend(&Self::of_track(p, track));
        }
    }

    fn rule(&mut self, p: &Programme, rule: &Rule) {
        self.exprs(p, rule.each.iter().chain(&rule.when).chain(&rule.unless));
        self.test(p, &rule.test);
    }

    fn test(&mut self, p: &Programme, test: &Test) {
        match test {
            Test::Expr(e) => self.expr(p, e),
            Test::External { as_of: Some(day), .. } => self.expr(p, day),
            Test::Threshold { members, .. } => {
                for member in members {
                    self.exprs(p, member.when.iter());
                    self.test(p, &member.test);
                }
            }
            Test::Bad | Test::Judged { .. } | Test::Attested { .. } | Test::External { as_of: None, .. } => {}
        }
    }

    fn exprs<'e>(&mut self, p: &Programme, all: impl Iterator<Item = &'e Expr>) {
        all.for_each(|e| self.expr(p, e));
    }

    fn expr(&mut self, p: &Programme, e: &Expr) {
        let mut constants = Vec::new();
        for_each(e, &mut |x| match &x.kind {
            ExprKind::ReadingIs { reading: ReadingId(index), .. } => drop(self.0.insert(*index as usize)),
            ExprKind::About { .. } => self.add(p, BuiltinReading::About),
            ExprKind::Length(_) => self.add(p, BuiltinReading::Length),
            ExprKind::Compare { op: Comparison::Before, .. } => self.add(p, BuiltinReading::Before),
            ExprKind::Compare { op: Comparison::After, .. } => self.add(p, BuiltinReading::After),
            ExprKind::Constant(id) => constants.push(*id),
            ExprKind::Lookup { table, .. } => {
                for cell in p.table(*table).rows.iter().flat_map(|r| &r.values) {
                    for_each(cell, &mut |y| {
                        if let ExprKind::ReadingIs { reading, .. } = &y.kind {
                            self.0.insert(reading.index());
                        }
                    });
                }
            }
            _other => {}
        });
        for id in constants {
            self.expr(p, &p.lets[id.index()].value);
        }
    }
}

/// Visits an expression and everything in it, filters and values of aggregates over cases included.
pub(crate) fn for_each<'e>(e: &'e Expr, visit: &mut dyn FnMut(&'e Expr)) {
    visit(e);
    for part in crate::parts::parts(e) {
        for_each(part, visit);
    }
}
