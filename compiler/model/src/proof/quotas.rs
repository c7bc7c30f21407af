//! What is asked of each quota, and the answers.
//!
//! In: a programme. Out: proofs in the order of its quotas. Always: at each stage the caps of all that was passed before and the requirements of
//! all that must still be reached are taken together; a quota that only tells is asked about, and never a reason.

use super::cells::{self, Counts, Group, Rank, rank};
use super::crossing::only;
use super::flow::Cut;
use super::sets::Sets;
use super::{Because, Kind, Proof, Shown, words};
use crate::{Programme, QuotaId, StageId};
use std::collections::{BTreeMap, BTreeSet};

/// Caps are asked about one by one up to so many groups.
const MOST_GROUPS: usize = 100;

/// What can be shown of the quotas.
pub fn quotas(p: &Programme) -> Vec<Proof> {
    let Some(counts) = cells::of(p) else { return Vec::new() };
    let stages: BTreeSet<Option<StageId>> = counts.groups.iter().map(|g| p.quotas[g.quota.index()].at).collect();
    let mut proofs = Vec::new();
    for at in stages {
        Asked { p, counts: &counts, at }.answer(&mut proofs);
    }
    // What can't be kept at one stage often can't at another, for the same reasons.
    let mut told = BTreeSet::new();
    proofs.retain(|proof| match proof.what {
        Shown::Infeasible { .. } => told.insert((proof.quota, proof.because.iter().map(|b| (b.quota, b.requires)).collect::<Vec<_>>())),
        Shown::Feasible { .. } | Shown::NoChoice { .. } | Shown::NeverBinds { .. } => true,
    });
    proofs.sort_by_key(|proof| proof.quota);
    proofs
}

/// The quotas of one stage.
struct Asked<'p> {
    p: &'p Programme,
    counts: &'p Counts,
    at: Option<StageId>,
}

/// Groups in force together: equal ones as one set.
struct System<'p> {
    /// Groups of each set.
    groups: Vec<Vec<usize>>,
    bounds: Vec<(i64, Option<i64>)>,
    /// What each group bounds here.
    in_force: BTreeMap<usize, (i64, Option<i64>)>,
    sets: Sets,
    asked: &'p Asked<'p>,
}

impl Asked<'_> {
    fn rank(&self, group: &Group) -> Rank {
        rank(&self.p.quotas[group.quota.index()])
    }

    /// Whether all that is counted in a group passes a stage on every way to another.
    fn on_the_way(&self, group: &Group, first: Option<StageId>, then: Option<StageId>) -> bool {
        let passed = |pair| group.cells.iter().all(|cell| self.counts.cells[*cell].passed.contains(&pair));
        first == then || first.zip(then).is_some_and(passed)
    }

    /// The groups that bind at least so firmly at the stage, with those of one quota besides (which bound nothing).
    fn system(&self, least: Rank, besides: Option<QuotaId>) -> System<'_> {
        let mut by_cells: BTreeMap<&[usize], usize> = BTreeMap::new();
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut bounds: Vec<(i64, Option<i64>)> = Vec::new();
        let mut in_force = BTreeMap::new();
        for (at, group) in self.counts.groups.iter().enumerate() {
            let quota = &self.p.quotas[group.quota.index()];
            let binds = self.rank(group) <= least;
            let cap = group.high.filter(|_| binds && (quota.at.is_none() || self.on_the_way(group, quota.at, self.at)));
            let low = if binds && (self.at.is_none() || self.on_the_way(group, self.at, quota.at)) { group.low } else { 0 };
            if cap.is_none() && low == 0 && besides != Some(group.quota) {
                continue;
            }
            let set = *by_cells.entry(&group.cells).or_insert_with(|| {
                groups.push(Vec::new());
                bounds.push((0, None));
                groups.len() - 1
            });
            groups[set].push(at);
            in_force.insert(at, (low, cap));
            bounds[set].0 = bounds[set].0.max(low);
            bounds[set].1 = [bounds[set].1, cap].into_iter().flatten().min();
        }
        let sets: Vec<Vec<usize>> =
            groups.iter().map(|g| g.first().map_or_else(Vec::new, |g| self.counts.groups[*g].cells.clone())).collect();
        System { groups, bounds, in_force, sets: Sets::of(self.counts.cells.len(), &sets), asked: self }
    }

    fn answer(&self, proofs: &mut Vec<Proof>) {
        let firm = self.system(Rank::Hard, None);
        let refused = firm.sets.refused(&firm.bounds);
        if !refused.is_empty() {
            proofs.extend(refused.iter().filter_map(|cut| firm.infeasible(cut, true)));
            return;
        }
        let in_principle = self.system(Rank::InPrinciple, None);
        proofs.extend(in_principle.sets.refused(&in_principle.bounds).iter().filter_map(|cut| in_principle.infeasible(cut, false)));
        let here = |id: &QuotaId| self.p.quotas[id.index()].at == self.at;
        let asked: BTreeSet<QuotaId> = self.counts.groups.iter().map(|g| g.quota).filter(here).collect();
        for id in asked {
            let system = self.system(Rank::Hard, Some(id));
            proofs.extend(system.required(id));
            proofs.extend(system.capped(id));
        }
    }
}

impl System<'_> {
    fn p(&self) -> &Programme {
        self.asked.p
    }

    fn group(&self, at: usize) -> &Group {
        &self.asked.counts.groups[at]
    }

    /// Sets of a quota's groups, each with the group.
    fn of(&self, id: QuotaId) -> Vec<(usize, &Group)> {
        let sets = self.groups.iter().enumerate();
        sets.flat_map(|(set, groups)| groups.iter().map(move |g| (set, self.group(*g)))).filter(|(_, g)| g.quota == id).collect()
    }

    /// Whether what a quota requires can be reached.
    fn required(&self, id: QuotaId) -> Option<Proof> {
        let own = self.of(id);
        let wanted: i64 = own.iter().map(|(_, g)| g.low).sum();
        let bounds = self.with_own(id);
        match self.sets.fill(&bounds) {
            Ok(_) => {}
            // What holds in principle was asked all together.
            Err(_) if rank(&self.p().quotas[id.index()]) == Rank::InPrinciple => return None,
            Err(cut) => return self.short(id, &bounds, &cut, true),
        }
        if wanted == 0 {
            return None;
        }
        let free = Cut::default();
        let (what, cut) = match own.as_slice() {
            [(set, group)] => match self.most(*set, id) {
                Some((most, cut)) if most == group.low => (Shown::NoChoice { number: most }, cut),
                Some((most, cut)) => (Shown::Feasible { most: Some(most), wanted }, cut),
                None => (Shown::Feasible { most: None, wanted }, free),
            },
            _several => (Shown::Feasible { most: None, wanted }, free),
        };
        self.proof(id, what, &cut, &self.shown(id, |system| system.with_own(id))?)
    }

    /// The bounds in force, with those of a quota besides.
    fn with_own(&self, id: QuotaId) -> Vec<(i64, Option<i64>)> {
        let mut bounds = self.bounds.clone();
        for (set, group) in self.of(id) {
            let (low, high) = bounds[set];
            bounds[set] = (low.max(group.low), [high, group.high].into_iter().flatten().min());
        }
        bounds
    }

    /// Numbers within bounds: those that keep what holds in principle too, where there are such.
    fn shown(&self, id: QuotaId, bounds: impl Fn(&System<'_>) -> Vec<(i64, Option<i64>)>) -> Option<Vec<i64>> {
        let gentle = self.asked.system(Rank::InPrinciple, Some(id));
        [&gentle, self].into_iter().find_map(|system| system.sets.fill(&bounds(system)).ok())
    }

    /// The most that others let into a set, with the sets that keep it so.
    fn most(&self, set: usize, id: QuotaId) -> Option<(i64, Cut)> {
        let others = self.groups[set].iter().filter(|g| self.group(**g).quota != id);
        let beside = others.filter_map(|g| self.in_force.get(g)?.1).min();
        let mut found = self.sets.most(&with_low(&self.bounds, set, 0), set);
        // What was asked of the set itself is no reason.
        found.iter_mut().for_each(|(_, cut)| cut.lows.retain(|low| *low != set));
        match (found, beside) {
            (Some((most, _)), Some(high)) if high < most => Some((high, Cut { highs: vec![set], ..Cut::default() })),
            (None, Some(high)) => Some((high, Cut { highs: vec![set], ..Cut::default() })),
            (found, _) => found,
        }
    }

    /// Whether others never let a cap be reached.
    fn capped(&self, id: QuotaId) -> Option<Proof> {
        let quota = &self.p().quotas[id.index()];
        let own = self.of(id);
        if rank(quota) == Rank::Soft || own.len() > MOST_GROUPS {
            return None;
        }
        let mut reached: Vec<(i64, i64, Cut)> = Vec::new();
        for (set, group) in &own {
            let (cap, (most, cut)) = (group.high?, self.most(*set, id)?);
            if most >= cap {
                return None;
            }
            reached.push((most, cap, cut));
        }
        let at = (0..reached.len()).max_by_key(|at| reached[*at].0)?;
        let (most, cap, cut) = reached.swap_remove(at);
        let filled = self.shown(id, |system| with_low(&system.bounds, system.of(id)[at].0, most))?;
        self.proof(id, Shown::NeverBinds { most, cap }, &cut, &filled)
    }

    /// Requirements that can't be kept.
    fn infeasible(&self, cut: &Cut, firm: bool) -> Option<Proof> {
        let highs = cut.highs.iter().filter(|_| cut.sums);
        let first = cut.lows.iter().chain(highs).flat_map(|set| &self.groups[*set]);
        let with_low = first.filter(|g| self.in_force.get(g).is_some_and(|(low, _)| *low > 0)).map(|g| self.group(*g).quota);
        // Told at the requirement over the most applications.
        let id = with_low.max_by_key(|id| (self.of(*id).first().map_or(0, |(_, g)| g.cells.len()), std::cmp::Reverse(*id)))?;
        self.short(id, &self.bounds, cut, firm)
    }

    fn short(&self, id: QuotaId, bounds: &[(i64, Option<i64>)], cut: &Cut, firm: bool) -> Option<Proof> {
        let (id, wanted, most) = if cut.sums {
            let wanted: i64 = cut.lows.iter().map(|set| bounds[*set].0).sum();
            (id, wanted, wanted - cut.short)
        } else {
            self.beside_others(id, bounds, cut)?
        };
        let what = Shown::Infeasible { wanted, most, firm, sums: cut.sums };
        // The most that can be: requirements left aside.
        let caps = |system: &System<'_>| system.bounds.iter().map(|(_, high)| (0, *high)).collect::<Vec<_>>();
        let filled = self.of(id).first().and_then(|(set, _)| {
            let most = self.sets.most(&caps(self), *set).map_or(0, |(most, _)| most);
            self.shown(id, |system| {
                let (caps, set) = (caps(system), system.of(id).first().map_or(0, |(set, _)| *set));
                with_low(&caps, set, most.min(caps[set].1.unwrap_or(most)))
            })
        });
        self.proof(id, what, cut, &filled.unwrap_or_default())
    }

    /// One requirement of a reason, and the most that its other bounds leave to it.
    fn beside_others(&self, id: QuotaId, bounds: &[(i64, Option<i64>)], cut: &Cut) -> Option<(QuotaId, i64, i64)> {
        let own = cut.lows.iter().find(|set| self.groups[**set].iter().any(|g| self.group(*g).quota == id));
        let set = *own.or(cut.lows.first())?;
        let id = if own.is_some() { id } else { self.group(*self.groups[set].first()?).quota };
        let (reason, wanted) = (only(bounds, cut), bounds[set].0);
        // Its own cap is one of the others.
        let (mut kept, mut refused) = (0, wanted);
        while refused - kept > 1 {
            let middle = kept + (refused - kept) / 2;
            match self.sets.fill(&with_low(&reason, set, middle)) {
                Ok(_) => kept = middle,
                Err(_) => refused = middle,
            }
        }
        Some((id, wanted, kept))
    }

    fn proof(&self, id: QuotaId, what: Shown, cut: &Cut, filled: &[i64]) -> Option<Proof> {
        let sure = self.asked.counts.exact;
        if self.sets.is_open() || !sure && matches!(what, Shown::Feasible { .. } | Shown::NoChoice { .. }) {
            return None;
        }
        let because = self.because(id, cut, matches!(what, Shown::Infeasible { .. }));
        let kinds = self.asked.counts.cells.iter().zip(filled).filter(|(_, count)| **count > 0);
        let kinds = kinds.map(|(cell, count)| Some(Kind { track: cell.track, example: cell.example.clone()?, count: *count }));
        let batch = kinds.collect::<Option<Vec<_>>>().unwrap_or_default();
        let words = words::of(self.p(), id, &what, &because);
        Some(Proof { quota: id, at: self.asked.at, what, words, because, batch })
    }

    /// The quotas of a cut, with what their groups come to.
    fn because(&self, id: QuotaId, cut: &Cut, refuted: bool) -> Vec<Because> {
        let mut found: BTreeMap<(bool, QuotaId), (usize, i64)> = BTreeMap::new();
        let sides = cut.lows.iter().map(|set| (true, *set)).chain(cut.highs.iter().map(|set| (false, *set)));
        for (requires, set) in sides {
            // What is asked about counts itself only where it is refuted.
            let value = |at: usize| {
                let group = self.group(at);
                let (low, high) = match (group.quota == id, self.in_force.get(&at)?) {
                    (true, _) => (group.low, group.high.filter(|_| refuted)),
                    (false, in_force) => *in_force,
                };
                if requires { Some(low).filter(|low| *low > 0) } else { high }
            };
            let groups = self.groups[set].iter().filter_map(|g| Some((self.group(*g), value(*g)?)));
            let tightest = if requires { groups.max_by_key(|(_, v)| *v) } else { groups.min_by_key(|(_, v)| *v) };
            let Some((group, value)) = tightest else { continue };
            let entry = found.entry((requires, group.quota)).or_default();
            *entry = (entry.0 + 1, entry.1 + value);
        }
        let asked = |(requires, quota): &(bool, QuotaId)| *requires && *quota == id;
        let (own, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|(key, _)| asked(key));
        let told = own.into_iter().chain(others);
        told.map(|((requires, quota), (groups, sum))| Because { quota, requires, groups, sum }).collect()
    }
}

fn with_low(bounds: &[(i64, Option<i64>)], set: usize, low: i64) -> Vec<(i64, Option<i64>)> {
    let mut bounds = bounds.to_vec();
    bounds[set].0 = low;
    bounds
}
