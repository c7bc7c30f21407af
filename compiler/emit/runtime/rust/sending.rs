//! Who sent what, in which order: packages, and cases that came without one, by time.
//!
//! Always: equal times of one sender are one sending; what has no time comes last if it is a package, first if it is a loose case.

use super::definition::{Binding, Quota};
use super::keys::{named_key, place_of, Name, Place};
use super::read::When;
use super::stage::StageRun;
use std::collections::{BTreeMap, BTreeSet};

/// What is judged at once.
#[derive(Debug, Default)]
pub struct Sending {
    /// Positions of the packages in it; none for loose cases.
    pub packages: Vec<usize>,
    /// Positions of its cases.
    pub cases: Vec<usize>,
}

/// Orders sendings: no time and loose, timed, no time and a package.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    First,
    At(i64),
    Last(usize),
}

/// The sendings at a stage in turn.
pub fn sendings_of(run: &StageRun<'_, '_>, sender_quotas: &[&'static Quota]) -> Vec<Sending> {
    let mut turns: BTreeMap<(Turn, String), Sending> = BTreeMap::new();
    let mut packed: BTreeSet<usize> = BTreeSet::new();
    for (index, package) in &run.packages {
        let cases = run.cases_of(package);
        packed.extend(&cases);
        let sender = if package.key.is_empty() {
            cases
                .first()
                .and_then(|at| sender_of(run, sender_quotas, *at))
                .unwrap_or_default()
        } else {
            let texts: Vec<&str> = package.key.iter().map(|(_, text)| text.as_ref()).collect();
            texts.join("\u{1f}")
        };
        let turn = seconds_of(run, package.at).map_or(Turn::Last(*index), Turn::At);
        let sending = turns.entry((turn, sender)).or_default();
        sending.packages.push(*index);
        sending.cases.extend(cases);
    }
    for (at, _) in run.counted.iter().filter(|(at, _)| !packed.contains(at)) {
        let sender = sender_of(run, sender_quotas, *at).unwrap_or_default();
        let turn = seconds_of(run, run.sent_at(*at)).map_or(Turn::First, Turn::At);
        turns.entry((turn, sender)).or_default().cases.push(*at);
    }
    turns.into_values().collect()
}

/// Cases taken so far, by the group of one quota in which they stand: a sending is laid only beside those that it can meet.
#[derive(Debug, Default)]
pub struct Taken {
    by_group: BTreeMap<Name, BTreeSet<usize>>,
    anywhere: BTreeSet<usize>,
}

impl Taken {
    /// The sending's cases and those taken that may be in a group with one of them, ascending; none: that may be all.
    pub fn beside(
        &self,
        run: &StageRun<'_, '_>,
        quota: &Quota,
        cases: &BTreeSet<usize>,
    ) -> Option<BTreeSet<usize>> {
        let mut near: BTreeSet<usize> = cases.union(&self.anywhere).copied().collect();
        for at in cases {
            match place_of(quota, &run.scenes[*at]) {
                Place::In(name) => near.extend(self.by_group.get(&name).into_iter().flatten()),
                Place::Anywhere => return None,
                Place::Nowhere => {}
            }
        }
        Some(near)
    }

    /// Takes the cases of a sending that fitted.
    pub fn take(&mut self, run: &StageRun<'_, '_>, quota: &Quota, cases: &BTreeSet<usize>) {
        for at in cases {
            match place_of(quota, &run.scenes[*at]) {
                Place::In(name) => drop(self.by_group.entry(name).or_default().insert(*at)),
                Place::Anywhere => drop(self.anywhere.insert(*at)),
                Place::Nowhere => {}
            }
        }
    }
}

/// The sender's key of a case, if it is known.
fn sender_of(run: &StageRun<'_, '_>, quotas: &[&'static Quota], at: usize) -> Option<String> {
    quotas.iter().find_map(|quota| {
        let Binding::Sender(actor) = quota.binding else {
            return None;
        };
        let per = run.prepared.actor(Some(actor))?.per?;
        named_key(quota, per, &run.scenes[at])
    })
}

/// A time as seconds, a bare day as its beginning.
fn seconds_of(run: &StageRun<'_, '_>, at: Option<When>) -> Option<i64> {
    match at? {
        When::At(moment) => Some(moment.0),
        When::Day(day) => run.prepared.zone()?.start_of(day).map(|moment| moment.0),
        When::Bad => None,
    }
}
