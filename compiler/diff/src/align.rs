//! Two lists of things side by side.
//!
//! In: the things of both versions. Out: a change for each fact that differs, in the order of the new version, what went before it. Always:
//! what is declared for several tracks at once is one change; with a thing added or removed, what lies in it is not told again.

use crate::change::{Change, Class, Effect, Side};
use crate::thing::{Aspect, Fact, Id, Kind, Subject, Thing, Weighs, Words};
use prog_base::Text;
use prog_model::Programme;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// A change that is not classed yet.
pub(crate) struct Raw {
    pub change: Change,
    pub weighs: Weighs,
    /// Where its effect shows, under each version: several where it is declared for several tracks.
    pub subjects: Vec<(Option<Subject>, Option<Subject>)>,
    canon: (String, String),
}

/// Everything that differs.
pub(crate) fn align(old: &Programme, new: &Programme, before: &[Thing<'_>], after: &[Thing<'_>]) -> Vec<Raw> {
    let by_id = |things: &[Thing<'_>]| -> BTreeMap<Id, usize> { things.iter().enumerate().map(|(i, t)| (t.id.clone(), i)).collect() };
    let (olds, news) = (by_id(before), by_id(after));
    let gone: BTreeSet<&Id> = before.iter().map(|t| &t.id).filter(|id| !news.contains_key(id)).collect();
    let come: BTreeSet<&Id> = after.iter().map(|t| &t.id).filter(|id| !olds.contains_key(id)).collect();
    let mut all = Vec::new();
    let mut told = 0;
    for thing in after {
        // What went is told before the first thing that stood behind it and is still there.
        if let Some(at) = olds.get(&thing.id) {
            while told < *at {
                all.extend(removed(old, &before[told], &gone));
                told += 1;
            }
            let was = &before[*at];
            all.extend(differences(new, was, thing));
        } else if thing.within.as_ref().is_none_or(|id| !come.contains(id)) {
            all.push(whole(new, None, Some(thing)));
        }
    }
    all.extend(before[told.min(before.len())..].iter().flat_map(|t| removed(old, t, &gone)));
    merged(all)
}

fn removed(old: &Programme, thing: &Thing<'_>, gone: &BTreeSet<&Id>) -> Option<Raw> {
    let told = gone.contains(&thing.id) && thing.within.as_ref().is_none_or(|id| !gone.contains(id));
    told.then(|| whole(old, Some(thing), None))
}

/// A thing that came or went.
fn whole(p: &Programme, was: Option<&Thing<'_>>, is: Option<&Thing<'_>>) -> Raw {
    let canon = |t: Option<&Thing<'_>>| {
        t.map_or_else(String::new, |t| {
            t.facts.iter().filter(|f| f.weighs != Weighs::Editorial).map(|f| format!("{}={}\n", f.aspect.key(), f.canon)).collect()
        })
    };
    let side = |t: &Thing<'_>| Side { words: Words::Source(t.span), span: t.span };
    let (before, after) = (was.map(side), is.map(side));
    let weighs = is.or(was).map_or(Weighs::Nothing, |t| t.weighs);
    raw(p, (was, is), Aspect::Whole, weighs, (before, after), (canon(was), canon(is)))
}

/// The facts in which a thing differs.
fn differences(new: &Programme, was: &Thing<'_>, is: &Thing<'_>) -> Vec<Raw> {
    let aspects: Vec<Aspect> = {
        let mut all: Vec<Aspect> = is.facts.iter().chain(&was.facts).map(|f| f.aspect).collect();
        let mut seen = BTreeSet::new();
        all.retain(|a| seen.insert(*a));
        all
    };
    let mut all = Vec::new();
    for aspect in aspects {
        let find = |t: &Thing<'_>| t.facts.iter().find(|f| f.aspect == aspect).cloned();
        let (old, now) = (find(was), find(is));
        let canon = match (&old, &now) {
            (Some(Fact { items: Some(a), .. }), Some(Fact { items: Some(b), .. })) => common(a, b),
            (a, b) => (a.as_ref().map_or_else(String::new, |f| f.canon.clone()), b.as_ref().map_or_else(String::new, |f| f.canon.clone())),
        };
        let Some(fact) = now.as_ref().or(old.as_ref()) else { continue };
        if canon.0 == canon.1 {
            continue;
        }
        let weighs = old.as_ref().map_or(fact.weighs, |f| stronger(f.weighs, fact.weighs));
        let side = |f: &Option<Fact>, t: &Thing<'_>| {
            let words = f.as_ref().map_or_else(|| Words::Plain(Text::default()), |f| f.words.clone());
            let span = if let Words::Source(span) = &words { *span } else { t.span };
            Some(Side { words, span })
        };
        let mut raw = raw(new, (Some(was), Some(is)), aspect, weighs, (side(&old, was), side(&now, is)), canon);
        raw.change.follows = fact.derived;
        all.push(raw);
    }
    all
}

/// An order is compared in what both have.
fn common(a: &[String], b: &[String]) -> (String, String) {
    let pick = |of: &[String], other: &[String]| of.iter().filter(|x| other.contains(x)).cloned().collect::<Vec<_>>().join(",");
    (pick(a, b), pick(b, a))
}

fn stronger(a: Weighs, b: Weighs) -> Weighs {
    if a == Weighs::Editorial || a == Weighs::Nothing { b } else { a }
}

fn raw(
    p: &Programme,
    (was, is): (Option<&Thing<'_>>, Option<&Thing<'_>>),
    aspect: Aspect,
    weighs: Weighs,
    (before, after): (Option<Side>, Option<Side>),
    canon: (String, String),
) -> Raw {
    let thing = is.or(was);
    let clauses =
        thing.map(|t| p.addresses(&t.cites.iter().map(|c| (*c).clone()).collect::<Vec<_>>()).into_iter().map(str::to_owned).collect());
    let change = Change {
        id: thing.map_or_else(|| Id::new::<String>(Kind::Programme, []), |t| t.id.clone()),
        aspect,
        names: thing.map(|t| t.names.clone()).unwrap_or_default(),
        tracks: thing.and_then(|t| t.track.clone()).into_iter().collect(),
        class: Class::Unknown,
        clauses: clauses.unwrap_or_default(),
        before,
        after,
        fingerprint: String::new(),
        follows: false,
        effect: Effect::default(),
    };
    Raw { change, weighs, subjects: vec![(was.map(|t| t.subject.clone()), is.map(|t| t.subject.clone()))], canon }
}

/// One change for what is declared once for several tracks, with its fingerprint.
fn merged(all: Vec<Raw>) -> Vec<Raw> {
    let mut out: Vec<Raw> = Vec::new();
    for raw in all {
        let of_track = !raw.change.tracks.is_empty() && raw.change.id.path.len() > 1;
        let same = |o: &&mut Raw| {
            let place = |s: &Option<Side>| s.as_ref().map(|s| s.span);
            o.change.id.kind == raw.change.id.kind
                && o.change.id.path.get(1..) == raw.change.id.path.get(1..)
                && o.change.aspect == raw.change.aspect
                && o.canon == raw.canon
                && place(&o.change.before) == place(&raw.change.before)
                && place(&o.change.after) == place(&raw.change.after)
        };
        match out.iter_mut().find(same).filter(|_| of_track) {
            Some(first) => {
                first.change.tracks.extend(raw.change.tracks);
                first.subjects.extend(raw.subjects);
                if let (Some(mine), Some(theirs)) = (first.change.id.path.first_mut(), raw.change.id.path.first()) {
                    *mine = format!("{mine},{theirs}");
                }
                if let (Some(mine), Some(theirs)) = (first.change.names.first_mut(), raw.change.names.first()) {
                    *mine = format!("{mine}、{theirs}");
                }
            }
            None => out.push(raw),
        }
    }
    for raw in &mut out {
        raw.change.fingerprint = fingerprint(raw);
    }
    out
}

/// Changes are known again by what changed.
fn fingerprint(raw: &Raw) -> String {
    let mut hash = Sha256::new();
    for part in [&raw.change.stable_id(), &raw.canon.0, &raw.canon.1] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}
