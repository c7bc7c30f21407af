//! Both versions made ready, with a case for each track that is sound under both.
//!
//! Always: tracks are paired by key; a sound case is found once and kept for the next comparison that it still suits.

use crate::pair::Side;
use crate::reads::Reader;
use crate::search::Ground;
use prog_cases::{Boundaries, Change, bettered};
use prog_eval::Options;
use prog_model::{FieldKind, Origin, Programme, RuleId, TrackId};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// So often a case is gone through for what betters it.
const PASSES: usize = 3;
/// Powers of ten that are tried.
const SIZES: usize = 10;
/// Less than what any finding that decides a verdict weighs.
const SOUND: usize = 20;

/// Sound cases by track, kept from one comparison to the next.
#[derive(Clone, Debug, Default)]
pub struct Known(BTreeMap<String, Value>);

/// Both versions.
pub(crate) struct Grounds<'p> {
    pub old: Side<'p>,
    pub new: Side<'p>,
    pub options: Options,
    known: RefCell<Known>,
    settled: RefCell<BTreeMap<String, Value>>,
}

impl<'p> Grounds<'p> {
    pub fn new(old: &'p Programme, new: &'p Programme, known: Known) -> Self {
        let options = Options { alternatives: false, ..Options::default() };
        Self { old: Side::new(old), new: Side::new(new), options, known: RefCell::new(known), settled: RefCell::default() }
    }

    /// The old version beside another that differs from it in something.
    pub fn beside<'q>(&self, other: &'q Programme) -> Grounds<'q>
    where
        'p: 'q,
    {
        Grounds::new(self.old.p, other, self.known.borrow().clone())
    }

    /// What is worth keeping.
    pub fn into_known(self) -> Known {
        self.known.into_inner()
    }

    /// Keys of the tracks that both have.
    pub fn tracks(&self) -> BTreeSet<String> {
        let keys = |p: &Programme| p.tracks.iter().map(|t| t.ident.key.clone()).collect::<BTreeSet<_>>();
        keys(self.old.p).intersection(&keys(self.new.p)).cloned().collect()
    }

    fn pair(&self, key: &str) -> Option<(TrackId, TrackId)> {
        let find = |p: &Programme| p.tracks.iter().position(|t| t.ident.key == key).map(|i| TrackId(i as u32));
        find(self.old.p).zip(find(self.new.p))
    }

    /// Works on a track, if both versions have it.
    pub fn with<T>(&self, key: &str, work: impl FnOnce(&Ground<'_, 'p>) -> T) -> Option<T> {
        let tracks = self.pair(key)?;
        let sound = self.sound(key, tracks);
        Some(work(&Ground { old: &self.old, new: &self.new, tracks, sound: &sound, options: &self.options }))
    }

    /// Keys of the rules of a track that read something under either version.
    pub fn readers(&self, track: &str, name: &str) -> BTreeSet<String> {
        let Some((old, new)) = self.pair(track) else { return BTreeSet::new() };
        let mut all = BTreeSet::new();
        for (p, t) in [(self.old.p, old), (self.new.p, new)] {
            let rules = p.track(t).rules.iter().enumerate();
            let reads = rules.filter(|(i, _)| Reader::of_rule(p, t, RuleId(*i as u32)).names.contains(name));
            all.extend(reads.map(|(_, r)| r.ident.key.clone()));
        }
        all
    }

    /// A case that is sound under one version.
    pub fn alone(&self, side: &Side<'_>, track: TrackId) -> Value {
        let boundaries = Boundaries::of(side.p);
        let against = |case: &Value| side.says(track, case, &self.options).against;
        boundaries.sound(side.p.track(track), against)
    }

    /// A case over the entries of both that is sound under both.
    fn sound(&self, key: &str, tracks: (TrackId, TrackId)) -> Value {
        if let Some(known) = self.settled.borrow().get(key) {
            return known.clone();
        }
        let against = |case: &Value| {
            let of = |side: &Side<'_>, track| side.says(track, case, &self.options).against;
            of(&self.old, tracks.0) + of(&self.new, tracks.1)
        };
        let kept = self.known.borrow().0.get(key).cloned();
        let sound = |case: &Value| against(case) < SOUND;
        let case = match kept.filter(sound) {
            Some(case) => case,
            None => self.find(tracks, &against),
        };
        if sound(&case) {
            self.known.borrow_mut().0.insert(key.to_owned(), case.clone());
        }
        self.settled.borrow_mut().insert(key.to_owned(), case.clone());
        case
    }

    fn find(&self, tracks: (TrackId, TrackId), against: &impl Fn(&Value) -> usize) -> Value {
        let mut case = self.alone(&self.new, tracks.1);
        if against(&case) >= SOUND {
            merge(&mut case, self.alone(&self.old, tracks.0));
        }
        if let Some(members) = case.as_object_mut() {
            members.remove("events");
            members.remove("version");
            members.remove("withdrawn");
        }
        let mut changes: Vec<Change> = Boundaries::of(self.new.p).changes(self.new.p.track(tracks.1));
        changes.extend(Boundaries::of(self.old.p).changes(self.old.p.track(tracks.0)));
        changes.retain(|change| change.pointer != "/events");
        changes.extend(sizes(self.new.p, tracks.1));
        changes.extend(sizes(self.old.p, tracks.0));
        case = best(case, &changes, against);
        // A waiver that is met hides what it lifts: without it the case is better, though one step away it is worse.
        let lifted =
            |case: &Value| self.old.says(tracks.0, case, &self.options).lifted + self.new.says(tracks.1, case, &self.options).lifted;
        if lifted(&case) > 0
            && let Some(plain) = changes.iter().map(|change| change.on(&case)).find(|case| lifted(case) == 0)
        {
            let plain = best(plain, &changes, against);
            if against(&plain) < against(&case) {
                case = plain;
            }
        }
        // Numbers that are held against each other are sometimes both too small to better one of them alone.
        for size in [6, 3] {
            if against(&case) < SOUND {
                break;
            }
            let grown = sizes(self.new.p, tracks.1).chunks(SIZES).filter_map(|of| of.get(size)).fold(case.clone(), |case, c| c.on(&case));
            let grown = best(grown, &changes, against);
            if against(&grown) < against(&case) {
                case = grown;
            }
        }
        case
    }
}

/// Numbers of every size, for what is compared with other entries.
fn sizes(p: &Programme, track: TrackId) -> Vec<Change> {
    let mut all = Vec::new();
    for input in p.track(track).inputs.iter().map(|i| p.input(*i)).filter(|i| matches!(i.origin, Origin::Entered)) {
        for power in 0..SIZES as u32 {
            let n = 10_i64.pow(power);
            let value = match &input.field.kind {
                FieldKind::Count | FieldKind::Integer => json!(n),
                FieldKind::Decimal { .. } | FieldKind::Money { .. } | FieldKind::Percent { .. } => json!(n.to_string()),
                _no_number => continue,
            };
            all.push(Change { pointer: input.pointer.clone(), value: Some(value) });
        }
    }
    all
}

/// The case bettered until nothing betters it.
fn best(mut case: Value, changes: &[Change], against: &impl Fn(&Value) -> usize) -> Value {
    let mut least = against(&case);
    for _ in 0..PASSES {
        if least < SOUND {
            break;
        }
        case = bettered(case, changes, against);
        let now = against(&case);
        if now == least {
            break;
        }
        least = now;
    }
    case
}

/// Adds what stands in another case and not in this one.
fn merge(case: &mut Value, other: Value) {
    if let (Value::Object(mine), Value::Object(theirs)) = (case, other) {
        for (key, value) in theirs {
            match mine.get_mut(&key) {
                Some(known) => merge(known, value),
                None => drop(mine.insert(key, value)),
            }
        }
    }
}
