//! Readings: what each is set to, and which of them a track or quota depends on (semantics 7.1, 7.2).
//!
//! Always: a reading on which nothing depends costs nothing.

use crate::options::{Options, ReadingChoice};
use prog_base::Exact;
use prog_model::{BuiltinReading, Expr, Indicator, Programme, Quota, Reading, ReadingId, ReadingValue, Selection, TrackId};
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
pub(crate) struct ReadingUse(BTreeSet<ReadingId>);

impl ReadingUse {
    /// Positions of the readings.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().map(|id| id.index())
    }

    /// Adds a built-in reading.
    pub(crate) fn add(&mut self, p: &Programme, which: BuiltinReading) {
        self.0.extend(p.builtin_reading(which));
    }

    /// Adds all of another.
    pub(crate) fn extend(&mut self, other: &ReadingUse) {
        self.0.extend(&other.0);
    }

    /// What anything of a track depends on, deadlines left aside.
    pub(crate) fn of_track(p: &Programme, id: TrackId) -> Self {
        Self(p.readings_of_track(id))
    }

    /// What a quota depends on.
    pub(crate) fn of_quota(p: &Programme, quota: &Quota) -> Self {
        Self(p.readings_of_quota(quota))
    }

    /// What a selection depends on.
    pub(crate) fn of_selection(p: &Programme, selection: &Selection) -> Self {
        Self(p.readings_of_selection(selection))
    }

    /// What an indicator depends on.
    pub(crate) fn of_indicator(p: &Programme, indicator: &Indicator) -> Self {
        Self(p.readings_of_indicator(indicator))
    }
}

/// Visits an expression and everything in it, filters and values of aggregates over cases included.
pub(crate) fn for_each<'e>(e: &'e Expr, visit: &mut dyn FnMut(&'e Expr)) {
    visit(e);
    for part in e.parts() {
        for_each(part, visit);
    }
}
