//! Who sent what, in which order (semantics 3.1): packages, and cases that came without one, by time.
//!
//! Always: equal times of one sender are one sending; what has no time comes last if it is a package, first if it is a loose case.

use super::keys::{Name, Place, named_key, place};
use super::stage::StageRun;
use crate::case::When;
use prog_base::Zone;
use prog_model::{Binding, Quota};
use std::collections::{BTreeMap, BTreeSet};

/// What is judged at once.
pub(crate) struct Sending {
    /// Positions of the packages in it; none for loose cases.
    pub packages: Vec<usize>,
    /// Positions of its cases.
    pub cases: Vec<usize>,
}

/// Orders sendings: no time and loose, timed, no time and a package.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    First,
    At(i64),
    Last(usize),
}

/// The sendings at a stage in turn.
pub(crate) fn sendings(run: &mut StageRun<'_, '_>, sender_quotas: &[&Quota]) -> Vec<Sending> {
    let zone = run.prepared.programme.zone.clone();
    let mut turns: BTreeMap<(Turn, String), Sending> = BTreeMap::new();
    let mut packed: BTreeSet<usize> = BTreeSet::new();
    for (index, package) in run.packages.clone() {
        let cases = run.cases_of(package);
        packed.extend(&cases);
        let sender = match package.key.is_empty() {
            false => package.key.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\u{1f}"),
            true => cases.first().and_then(|c| sender_of(run, sender_quotas, *c)).unwrap_or_default(),
        };
        let turn = package.at.and_then(|at| seconds(at, zone.as_ref())).map_or(Turn::Last(index), Turn::At);
        let sending = turns.entry((turn, sender)).or_insert_with(|| Sending { packages: Vec::new(), cases: Vec::new() });
        sending.packages.push(index);
        sending.cases.extend(cases);
    }
    let loose: Vec<usize> = run.counted.iter().map(|(at, _)| *at).filter(|at| !packed.contains(at)).collect();
    for at in loose {
        let sender = sender_of(run, sender_quotas, at).unwrap_or_default();
        let turn = run.sent_at(at).and_then(|at| seconds(at, zone.as_ref())).map_or(Turn::First, Turn::At);
        let sending = turns.entry((turn, sender)).or_insert_with(|| Sending { packages: Vec::new(), cases: Vec::new() });
        sending.cases.push(at);
    }
    turns.into_values().collect()
}

/// Cases taken so far, by the group of one quota in which they stand: a sending is laid only beside those that it can meet.
#[derive(Default)]
pub(crate) struct Taken {
    by_group: BTreeMap<Name, BTreeSet<usize>>,
    anywhere: BTreeSet<usize>,
}

impl Taken {
    /// The sending's cases and those taken that may be in a group with one of them, ascending; `None`: that may be all.
    pub(crate) fn beside<'a>(&self, run: &mut StageRun<'_, 'a>, quota: &'a Quota, cases: &BTreeSet<usize>) -> Option<BTreeSet<usize>> {
        let mut near: BTreeSet<usize> = cases.union(&self.anywhere).copied().collect();
        for at in cases {
            match place(run.prepared.programme, quota, &mut run.scenes[*at]) {
                Place::In(name) => near.extend(self.by_group.get(&name).into_iter().flatten()),
                Place::Anywhere => return None,
                Place::Nowhere => {}
            }
        }
        Some(near)
    }

    /// Takes the cases of a sending that fitted.
    pub(crate) fn take<'a>(&mut self, run: &mut StageRun<'_, 'a>, quota: &'a Quota, cases: &BTreeSet<usize>) {
        for at in cases {
            match place(run.prepared.programme, quota, &mut run.scenes[*at]) {
                Place::In(name) => drop(self.by_group.entry(name).or_default().insert(*at)),
                Place::Anywhere => drop(self.anywhere.insert(*at)),
                Place::Nowhere => {}
            }
        }
    }
}

/// The sender's key of a case.
fn sender_of(run: &mut StageRun<'_, '_>, quotas: &[&Quota], at: usize) -> Option<String> {
    let p = run.prepared.programme;
    p.quotas.iter().filter(|q| quotas.iter().any(|s| std::ptr::eq(*s, *q))).find_map(|quota| {
        let Binding::Sender(actor) = quota.binding else { return None };
        let per = p.actors[actor.index()].per.as_ref()?;
        named_key(p, quota, per, &mut run.scenes[at])
    })
}

/// A time as seconds, a bare day as its beginning.
fn seconds(at: When, zone: Option<&Zone>) -> Option<i64> {
    match at {
        When::At(moment) => Some(moment.0),
        When::Day(day) => zone.and_then(|z| z.start_of(day)).map(|m| m.0),
        When::Bad => None,
    }
}
