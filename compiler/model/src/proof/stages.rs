//! Which quotas are in force where: what is sent up may become fewer on the way, never more.
//!
//! In: routes, and a kind of application. Out: which stages it must have passed before it comes to another. Always: ways that its values shut
//! are no ways; a stage that is reached only sometimes is never a must.

use crate::region::Condition;
use crate::{Programme, Stage, StageId, Target, TrackId, Transition, Waived};
use std::collections::BTreeSet;

/// A stage, and one that is only reached through it.
pub(super) type Passed = BTreeSet<(StageId, StageId)>;

/// The pairs among these stages of which a kind of application passes the first on every way to the second; `possible` says whether it can
/// fulfil more conditions.
pub(super) fn passed<'p>(
    p: &'p Programme,
    track: TrackId,
    stages: &BTreeSet<StageId>,
    possible: &dyn Fn(Vec<Condition<'p>>) -> bool,
) -> Passed {
    let Some(route) = p.route(track) else { return Passed::new() };
    let on_route = |id: &&StageId| route.stages.iter().any(|s| s.id == **id && s.when.is_empty());
    let mut found = Passed::new();
    for first in stages.iter().filter(on_route) {
        let around = reached_around(p, track, *first, &route.stages, possible);
        let only_through = stages.iter().filter(|s| *s != first && route.stages.iter().any(|r| r.id == **s) && !around.contains(s));
        found.extend(only_through.map(|then| (*first, *then)));
    }
    found
}

/// Whatever is reached without passing a stage.
fn reached_around<'p>(
    p: &'p Programme,
    track: TrackId,
    first: StageId,
    stages: &'p [Stage],
    possible: &dyn Fn(Vec<Condition<'p>>) -> bool,
) -> BTreeSet<StageId> {
    let waived = p.track(track).rules.iter().flat_map(|r| &r.waives).filter_map(|w| match w {
        Waived::Stage { to, .. } => *to,
        Waived::Rule(_) | Waived::Group(_) | Waived::Material(_) => None,
    });
    let mut todo: Vec<StageId> = stages.first().map(|s| s.id).into_iter().chain(waived).collect();
    let mut reached = BTreeSet::new();
    while let Some(at) = todo.pop() {
        if at == first || !reached.insert(at) {
            continue;
        }
        let Some(stage) = stages.iter().find(|s| s.id == at) else { continue };
        let open = |t: &&Transition| possible(guard(stage, t, track));
        todo.extend(stage.transitions.iter().chain(&stage.late).filter(open).filter_map(|t| match &t.target {
            Target::Stage(to) => Some(*to),
            Target::End(_) => None,
        }));
    }
    reached
}

/// What must hold for a transition to be taken.
fn guard<'p>(stage: &'p Stage, transition: &Transition, track: TrackId) -> Vec<Condition<'p>> {
    let of = |t: &'p Transition, truth: bool| {
        let guards = t.when.iter().flatten().filter(move |(of, _)| *of == track);
        guards.map(move |(_, e)| Condition::Truth(e, truth)).collect::<Vec<_>>()
    };
    let earlier = stage.transitions.iter().take_while(|t| !std::ptr::eq(*t, transition)).filter(|t| t.outcome == transition.outcome);
    let others = earlier.filter(|_| transition.otherwise).flat_map(|t| of(t, false));
    let own = stage.transitions.iter().chain(&stage.late).find(|t| std::ptr::eq(*t, transition));
    others.chain(own.into_iter().flat_map(|t| of(t, true))).collect()
}
