//! Cases that come out differently, looked for in a region around a sound case.
//!
//! In: a region and the findings that a change touches. Out: the simplest case that loses and the simplest that gains, at the highest level
//! at which there is a difference; how many were tried. Always: every case compared is complete and was evaluated under both versions; first
//! those one step from the sound case, then all combinations if they are few, else as many as the budget allows, the same in every run.

use crate::pair::{Rank, Said, Side};
use crate::region::Dimension;
use prog_base::{Exact, RoundMode, combinations};
use prog_cases::Random;
use prog_eval::Options;
use prog_model::TrackId;
use serde_json::Value;
use std::collections::BTreeSet;

/// So many combinations are tried when they are all there is; beyond, so many are drawn.
pub(crate) const BUDGET: usize = 3000;

/// Between two numbers a turn is looked for so often.
const HALVINGS: usize = 50;

/// What differs, the weightiest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Verdict,
    Outcome,
    Tag,
    Note,
    Value,
}

/// A case that comes out differently.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub level: Level,
    /// Entries that differ from the sound case, as dimensions with the value chosen.
    steps: Vec<(usize, usize)>,
    /// Pointers of those entries.
    pub pointers: Vec<String>,
    pub case: Value,
    pub old: Said,
    pub new: Said,
}

/// What a search gave.
#[derive(Clone, Debug, Default)]
pub(crate) struct Search {
    pub loss: Option<Found>,
    pub gain: Option<Found>,
    pub tried: usize,
    /// Every combination was tried.
    pub complete: bool,
    /// What the change touches differs, and no verdict with it.
    pub masked: bool,
}

impl Search {
    /// What can be told of it: where the case begun with is settled by something else, no verdict shows the difference, and a difference
    /// in less than the verdict says nothing about it.
    pub fn seen_from(mut self, ground: &Ground<'_, '_>, keys: &BTreeSet<(u8, String)>) -> Self {
        let (old, new) = ground.both(ground.sound);
        if old.is_settled_without(keys) || new.is_settled_without(keys) {
            let less = |found: &Option<Found>| found.as_ref().is_some_and(|f| f.level != Level::Verdict);
            self.masked |= less(&self.loss) || less(&self.gain);
            self.loss = self.loss.filter(|f| f.level == Level::Verdict);
            self.gain = self.gain.filter(|f| f.level == Level::Verdict);
            self.complete = false;
        }
        self
    }
}

/// A track under both versions, with a case that is sound under both.
pub(crate) struct Ground<'s, 'p> {
    pub old: &'s Side<'p>,
    pub new: &'s Side<'p>,
    pub tracks: (TrackId, TrackId),
    pub sound: &'s Value,
    pub options: &'s Options,
}

impl Ground<'_, '_> {
    pub fn both(&self, case: &Value) -> (Said, Said) {
        (self.old.says(self.tracks.0, case, self.options), self.new.says(self.tracks.1, case, self.options))
    }

    /// Looks for differences that `keys` make.
    pub fn search(&self, dimensions: &[Dimension], keys: &BTreeSet<(u8, String)>, budget: usize) -> Search {
        let dimensions = self.refined(self.pruned(dimensions));
        let mut run = Run { ground: self, dimensions: &dimensions, keys, found: Search::default() };
        run.try_steps(&[]);
        for (at, dimension) in dimensions.iter().enumerate() {
            (0..dimension.values.len()).for_each(|value| run.try_steps(&[(at, value)]));
        }
        let product = dimensions.iter().try_fold(1usize, |n, d| n.checked_mul(d.values.len().max(1))).filter(|n| *n <= budget);
        match product {
            Some(_) if dimensions.len() < 2 => {}
            Some(_) => run.all(),
            None => run.drawn(budget),
        }
        run.found.complete = product.is_some();
        run.simplify();
        run.found
    }

    /// Dimensions with the sound case's own values, and with the numbers between which a result turns while all else is sound: where a
    /// condition is no comparison with a constant, that is where it changes.
    fn refined(&self, mut dimensions: Vec<Dimension>) -> Vec<Dimension> {
        for dimension in &mut dimensions {
            let own = self.sound.pointer(&dimension.pointer).cloned();
            if own.is_some() && !dimension.values.contains(&own) {
                dimension.values.insert(0, own);
            }
            let mut numbers: Vec<Exact> = dimension.values.iter().flatten().filter_map(whole).collect();
            if !numbers.is_empty() {
                numbers.extend([1_000, 1_000_000, 1_000_000_000].map(Exact::from));
            }
            numbers.sort();
            numbers.dedup();
            let results = |n: &Exact| self.both(&with(self.sound, &dimension.pointer, &Some(as_entry(n, &dimension.values))));
            let mut found = Vec::new();
            for pair in numbers.windows(2) {
                if let [low, high] = pair {
                    found.extend(self.turns(low.clone(), high.clone(), &results));
                }
            }
            for n in found {
                let value = Some(as_entry(&n, &dimension.values));
                if !dimension.values.contains(&value) {
                    dimension.values.push(value);
                }
            }
            dimension.values.sort_by_key(Option::is_none);
        }
        dimensions
    }

    /// Neighbours between which the results turn, if they differ at the ends.
    fn turns(&self, mut low: Exact, mut high: Exact, results: &impl Fn(&Exact) -> (Said, Said)) -> Vec<Exact> {
        let same = |a: &(Said, Said), b: &(Said, Said)| a.0.agrees(&b.0) && a.1.agrees(&b.1);
        let (at_low, at_high) = (results(&low), results(&high));
        if same(&at_low, &at_high) || &high - &low <= Exact::ONE {
            return Vec::new();
        }
        let half = Exact::ratio(1, 2).unwrap_or(Exact::ONE);
        for _ in 0..HALVINGS {
            if &high - &low <= Exact::ONE {
                break;
            }
            let middle = (&(&low + &high) * &half).round(RoundMode::Down, 0);
            if same(&results(&middle), &at_low) { low = middle } else { high = middle }
        }
        vec![low, high]
    }

    /// Dimensions without values that are bad entries under both versions, with the same verdict.
    pub fn pruned(&self, dimensions: &[Dimension]) -> Vec<Dimension> {
        let keep = |pointer: &str, value: &Option<Value>| {
            let case = with(self.sound, pointer, value);
            let (old, new) = self.both(&case);
            let refused = old.rank == Rank::Refused && new.rank == Rank::Refused;
            let bad = |said: &Said| said.rank == Rank::Refused || said.faults.iter().any(|f| f.starts_with(pointer));
            value.is_none() || !(refused || (bad(&old) && bad(&new) && old.rank == new.rank))
        };
        let prune = |d: &Dimension| Dimension {
            pointer: d.pointer.clone(),
            values: {
                // A blank entry is the last example to give.
                let mut values: Vec<Option<Value>> = d.values.iter().filter(|v| keep(&d.pointer, v)).cloned().collect();
                values.sort_by_key(Option::is_none);
                values
            },
        };
        dimensions.iter().map(prune).filter(|d| !d.values.is_empty()).collect()
    }
}

/// An entry that is a whole number.
fn whole(value: &Value) -> Option<Exact> {
    let number = match value {
        Value::Number(n) => n.as_i64().map(Exact::from),
        Value::String(text) => Exact::parse(text),
        _other => None,
    };
    number.filter(Exact::is_integer)
}

/// A number as this entry holds numbers.
fn as_entry(n: &Exact, like: &[Option<Value>]) -> Value {
    let text = like.iter().flatten().any(Value::is_string);
    match n.to_i64().filter(|_| !text) {
        Some(n) => Value::from(n),
        None => Value::from(n.to_string()),
    }
}

/// The case with one entry set or taken away.
pub(crate) fn with(case: &Value, pointer: &str, value: &Option<Value>) -> Value {
    let mut case = case.clone();
    match value {
        Some(value) => prog_cases::put(&mut case, pointer, value.clone()),
        None => prog_cases::remove(&mut case, pointer),
    }
    case
}

struct Run<'r, 's, 'p> {
    ground: &'r Ground<'s, 'p>,
    dimensions: &'r [Dimension],
    keys: &'r BTreeSet<(u8, String)>,
    found: Search,
}

impl Run<'_, '_, '_> {
    fn case(&self, steps: &[(usize, usize)]) -> Value {
        let mut case = self.ground.sound.clone();
        for (at, value) in steps {
            let dimension = &self.dimensions[*at];
            case = with(&case, &dimension.pointer, &dimension.values[*value]);
        }
        case
    }

    fn try_steps(&mut self, steps: &[(usize, usize)]) {
        let case = self.case(steps);
        let (old, new) = self.ground.both(&case);
        self.found.tried += 1;
        let Some((level, loses, gains)) = differs(self, &old, &new) else { return };
        let found = Found { level, steps: steps.to_vec(), pointers: Vec::new(), case, old, new };
        let open = |f: &Found| f.old.rank.is_open() || f.new.rank.is_open();
        let weight = |f: &Found| (f.level, open(f), f.steps.len());
        let better = |known: &Option<Found>| known.as_ref().is_none_or(|k| weight(&found) < weight(k));
        let (worse, nicer) = (loses && better(&self.found.loss), gains && better(&self.found.gain));
        if worse {
            self.found.loss = Some(found.clone());
        }
        if nicer {
            self.found.gain = Some(found);
        }
    }

    fn all(&mut self) {
        for row in combinations(self.dimensions.iter().map(|d| d.values.len()).collect()) {
            let steps: Vec<(usize, usize)> = row.into_iter().enumerate().collect();
            self.try_steps(&steps);
        }
    }

    /// Two or more entries changed at a time, by chance.
    fn drawn(&mut self, budget: usize) {
        let mut random = Random::new(23);
        for _ in 0..budget {
            let count = 2 + random.below(self.dimensions.len().min(4));
            let mut steps: Vec<(usize, usize)> = Vec::new();
            for _ in 0..count {
                let at = random.below(self.dimensions.len());
                if !steps.iter().any(|(known, _)| *known == at) {
                    steps.push((at, random.below(self.dimensions[at].values.len())));
                }
            }
            self.try_steps(&steps);
        }
    }

    /// Takes back every step without which the difference stays.
    fn simplify(&mut self) {
        let simpler = |run: &Self, found: Found, loss: bool| {
            let mut best = found;
            for at in (0..best.steps.len()).rev() {
                let mut steps = best.steps.clone();
                steps.remove(at);
                let case = run.case(&steps);
                let (old, new) = run.ground.both(&case);
                let same = differs_quietly(run, &old, &new).is_some_and(|(level, l, g)| level == best.level && (if loss { l } else { g }));
                if same {
                    best = Found { level: best.level, steps, pointers: Vec::new(), case, old, new };
                }
            }
            best.pointers = best.steps.iter().map(|(at, _)| run.dimensions[*at].pointer.clone()).collect();
            best
        };
        self.found.loss = self.found.loss.take().map(|f| simpler(self, f, true));
        self.found.gain = self.found.gain.take().map(|f| simpler(self, f, false));
    }
}

/// At which level two results differ, whether the new one is worse, whether it is better.
fn differs(run: &mut Run<'_, '_, '_>, old: &Said, new: &Said) -> Option<(Level, bool, bool)> {
    let found = differs_quietly(run, old, new);
    if found.is_none_or(|(level, _, _)| level != Level::Verdict) && old.of(run.keys) != new.of(run.keys) {
        run.found.masked = true;
    }
    found
}

fn differs_quietly(run: &Run<'_, '_, '_>, old: &Said, new: &Said) -> Option<(Level, bool, bool)> {
    compare(run.ground, run.keys, old, new)
}

/// Compares what both versions say, in what `keys` bring.
pub(crate) fn compare(ground: &Ground<'_, '_>, keys: &BTreeSet<(u8, String)>, old: &Said, new: &Said) -> Option<(Level, bool, bool)> {
    if old.rank != new.rank {
        let (was, is) = (old.of(keys), new.of(keys));
        let (loses, gains) = (new.rank < old.rank && is < was, new.rank > old.rank && is > was);
        return (loses || gains).then_some((Level::Verdict, loses, gains));
    }
    if old.outcome != new.outcome && old.of(keys) == new.of(keys) {
        let rank = |outcome: &Option<(String, String)>| outcome.as_ref().map(|(worst, best)| (place(ground, worst), place(ground, best)));
        let (was, is) = (rank(&old.outcome), rank(&new.outcome));
        return Some((Level::Outcome, is > was, is < was));
    }
    let mine =
        |set: &BTreeSet<String>| -> BTreeSet<String> { set.iter().filter(|k| keys.iter().any(|(_, key)| key == *k)).cloned().collect() };
    let (was, is) = (mine(&old.tags), mine(&new.tags));
    if was != is {
        return Some((Level::Tag, !was.is_subset(&is), !is.is_subset(&was)));
    }
    let (was, is) = (mine(&old.notes), mine(&new.notes));
    if was != is {
        return Some((Level::Note, !is.is_subset(&was), !was.is_subset(&is)));
    }
    let differs = |(_, key): &(u8, String)| old.values.get(key) != new.values.get(key);
    keys.iter().any(differs).then_some((Level::Value, true, true))
}

/// How far down the list of outcomes one stands; a verdict's word below all.
fn place(ground: &Ground<'_, '_>, outcome: &str) -> usize {
    let of = |side: &Side<'_>, track: TrackId| side.p.track(track).outcomes.iter().position(|o| o.key == outcome);
    of(ground.new, ground.tracks.1).or_else(|| of(ground.old, ground.tracks.0)).unwrap_or(usize::MAX)
}
