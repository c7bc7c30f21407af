//! Whoever reads what changed: rules, values, entries, quotas, materials, indicators.
//!
//! In: the name of a let, a table, a reading, a list, a unit or an entry. Out: what is felt through each of its readers. Always: a reader
//! whose effect is not looked for, a route, leaves the change undecided.

use crate::effect::{Felt, of_material, of_quota, rule_by_key, searched};
use crate::ground::Grounds;
use crate::pair::FIELD;
use crate::prove::At;
use crate::reads::{Reader, Reads};
use crate::search::{Ground, Level};
use crate::targets;
use prog_base::DurationUnit;
use prog_model::{Deadline, Expr, MaterialId, Programme, QuotaId, Stage, TrackId};
use std::collections::{BTreeMap, BTreeSet};

/// Whatever reads a let, a table, a reading, a list or a unit.
pub(crate) fn of_readers(grounds: &Grounds<'_>, name: &str) -> Vec<Felt> {
    let mut all = Vec::new();
    let keys: BTreeSet<String> = grounds.tracks();
    for track in keys {
        let readers = grounds.readers(&track, name);
        all.extend(readers.iter().filter_map(|rule| grounds.with(&track, |ground| rule_by_key(ground, rule))));
        all.extend(grounds.with(&track, |ground| values_felt(ground, name)).flatten());
        all.extend(grounds.with(&track, |ground| entries_felt(ground, name)).into_iter().flatten());
        let routed = [grounds.old.p, grounds.new.p].into_iter().any(|p| is_routed_by(p, &track, name));
        // Where a case goes next takes its events: nothing is shown here.
        all.extend(routed.then(Felt::default));
    }
    let quota = |p: &Programme, key: &str| p.quotas.iter().position(|q| q.ident.key == key).map(|i| QuotaId(i as u32));
    let mut quotas = BTreeSet::new();
    for p in [grounds.old.p, grounds.new.p] {
        quotas.extend(p.quotas.iter().filter(|q| Reader::of_quota(p, q).names.contains(name)).map(|q| q.ident.key.clone()));
    }
    all.extend(quotas.iter().map(|key| of_quota(grounds, quota(grounds.old.p, key), quota(grounds.new.p, key))));
    let mut materials = BTreeSet::new();
    for p in [grounds.old.p, grounds.new.p] {
        let reads = |m: &prog_model::Material| {
            m.when.iter().any(|(t, e)| {
                let mut reader = Reader::new(p);
                reader.expr(Some(*t), e);
                reader.finish().names.contains(name)
            })
        };
        materials.extend(p.materials.iter().filter(|m| reads(m)).map(|m| m.ident.key.clone()));
    }
    let material = |p: &Programme, key: &str| p.materials.iter().position(|m| m.ident.key == key).map(|i| MaterialId(i as u32));
    all.extend(materials.iter().flat_map(|key| of_material(grounds, material(grounds.old.p, key), material(grounds.new.p, key))));
    all.extend(targets::of_readers(grounds, name));
    all
}

/// Entries that are asked for, or computed, by what changed.
fn entries_felt(ground: &Ground<'_, '_>, name: &str) -> Vec<Felt> {
    let sides = [(ground.old.p, ground.tracks.0), (ground.new.p, ground.tracks.1)];
    let read = sides.map(|(p, track)| {
        let inputs = p.track(track).inputs.iter().map(|id| {
            let mut reader = Reader::new(p);
            reader.input(Some(track), *id);
            (p.input(*id).pointer.clone(), reader.finish())
        });
        inputs.collect::<BTreeMap<String, Reads<'_>>>()
    });
    let depends = |pointer: &String, reads: &Reads<'_>| name != format!("input:{pointer}") && reads.names.contains(name);
    let found = read.iter().flatten().filter(|(pointer, reads)| depends(pointer, reads)).map(|(pointer, _)| pointer.clone());
    let found: BTreeSet<String> = found.collect();
    let felt = found.into_iter().map(|pointer| {
        let reads = read.each_ref().map(|of| of.get(&pointer).cloned().unwrap_or_default());
        searched(ground, &reads, &BTreeSet::new(), &BTreeSet::from([(FIELD, pointer)]))
    });
    felt.collect()
}

/// Whether a stage of the track's route is entered or left by what changed, or what it has to keep is counted by it.
fn is_routed_by(p: &Programme, track: &str, name: &str) -> bool {
    let Some(track) = p.tracks.iter().position(|t| t.ident.key == track).map(|i| TrackId(i as u32)) else { return false };
    let stages = p.route(track).map(|route| route.stages.as_slice()).unwrap_or_default();
    let stood = |s: &Stage| s.notice.as_ref().and_then(|n| n.at_least).is_some_and(|d| d.unit == DurationUnit::WorkingDays);
    let timed = |e: &Expr| {
        let mut reader = Reader::new(p);
        reader.expr(Some(track), e);
        reader.finish().names.contains(name)
    };
    let stated = stages.iter().flat_map(|s| s.open.iter().chain(&s.due));
    let times = stated.filter_map(|d| if let Deadline::At(e) | Deadline::Inferred(e) = d { Some(e) } else { None });
    if name == "calendar" && (stages.iter().any(stood) || times.into_iter().any(timed)) {
        return true;
    }
    let left = stages.iter().flat_map(|s| &s.transitions).filter_map(|t| t.when.as_ref()).flatten();
    stages.iter().flat_map(|s| &s.when).chain(left).filter(|(of, _)| *of == track).any(|(_, e)| {
        let mut reader = Reader::new(p);
        reader.expr(Some(track), e);
        reader.finish().names.contains(name)
    })
}

/// Lets that are listed in reports and read what changed.
fn values_felt(ground: &Ground<'_, '_>, name: &str) -> Option<Felt> {
    let find = |p: &'_ Programme, track: TrackId| -> BTreeSet<String> {
        let of = p.track(track);
        let reads = |l: &&prog_model::Let| {
            let own = format!("let:{}/{}", of.ident.key, l.ident.key);
            let mut reader = Reader::new(p);
            reader.expr(Some(track), &l.value);
            own == name || reader.finish().names.contains(name)
        };
        of.lets.iter().filter(reads).map(|l| l.ident.key.clone()).collect()
    };
    let (was, is) = (find(ground.old.p, ground.tracks.0), find(ground.new.p, ground.tracks.1));
    if was.is_empty() && is.is_empty() {
        return None;
    }
    let keys: BTreeSet<(u8, String)> = was.iter().chain(&is).map(|k| (9, k.clone())).collect();
    let mut readers = (Reader::new(ground.old.p), Reader::new(ground.new.p));
    for named in ground.old.p.track(ground.tracks.0).lets.iter().filter(|l| was.contains(&l.ident.key)) {
        readers.0.expr(Some(ground.tracks.0), &named.value);
    }
    for named in ground.new.p.track(ground.tracks.1).lets.iter().filter(|l| is.contains(&l.ident.key)) {
        readers.1.expr(Some(ground.tracks.1), &named.value);
    }
    let mut felt = searched(ground, &[readers.0.finish(), readers.1.finish()], &BTreeSet::new(), &keys);
    // Only what is listed is looked for here: verdicts are the rules' matter.
    felt.loss = felt.loss.filter(|(level, _)| *level == Level::Value);
    felt.gain = felt.gain.filter(|(level, _)| *level == Level::Value);
    let twins = |key: &String| {
        let find = |p: &'_ Programme, t: TrackId| p.track(t).lets.iter().position(|l| l.ident.key == *key);
        match (find(ground.old.p, ground.tracks.0), find(ground.new.p, ground.tracks.1)) {
            (Some(a), Some(b)) => {
                let a = At { p: ground.old.p, track: Some(ground.tracks.0), e: &ground.old.p.track(ground.tracks.0).lets[a].value };
                let b = At { p: ground.new.p, track: Some(ground.tracks.1), e: &ground.new.p.track(ground.tracks.1).lets[b].value };
                crate::prove::same(&a, &b)
            }
            (_, _) => false,
        }
    };
    let unchanged = was.iter().chain(&is).all(twins);
    (felt.no_gain, felt.no_loss) = (unchanged, unchanged);
    Some(felt)
}
