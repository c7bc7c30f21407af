//! Where a route leads: from an outcome, or from the beginning, to one stage (semantics 2.6, 4.2).
//!
//! In: a track's route. Out: whether the case arrives, as a node over its entries. Always: a guard that is not known leaves both ways open.

use super::node::Node;
use super::number::Refused;
use super::scope::Scope;
use super::tree::Sql;
use prog_model::{RuleId, Target, Transition, Waived};

/// Whether a case that is sent to a stage is at the target: there, or beyond stages that are passed over.
pub fn reaches(scope: &mut Scope<'_>, at: usize, target: usize) -> Result<Node, Refused> {
    let mut found = Vec::new();
    arrive(scope, at, Node::known(Sql::Bool(true)), target, &mut Vec::new(), &mut found)?;
    Ok(scope.layers.any(found))
}

/// Whether an outcome of a stage leads to the target.
pub fn leads(scope: &mut Scope<'_>, at: usize, outcome: &str, target: usize) -> Result<Node, Refused> {
    let p = scope.p;
    let track = scope.track;
    let Some(stage) = p.route(track).map(|r| &r.stages[at]) else { return Ok(Node::known(Sql::Bool(false))) };
    let mut before: Vec<Node> = Vec::new();
    let mut found = Vec::new();
    for transition in stage.transitions.iter().filter(|t| t.outcome == outcome) {
        let guard = match transition.when.iter().flatten().find(|(t, _)| *t == track) {
            Some((_, e)) => scope.expr(e)?,
            None => Node::known(Sql::Bool(true)),
        };
        let mut all: Vec<Node> = before.iter().cloned().map(|n| scope.layers.not(n)).collect();
        all.push(guard.clone());
        let taken = scope.layers.all(all);
        before.push(guard);
        if let Some(to) = stage_of(scope, transition) {
            arrive(scope, to, taken, target, &mut Vec::new(), &mut found)?;
        }
    }
    Ok(if found.is_empty() { Node::known(Sql::Bool(false)) } else { scope.layers.any(found) })
}

fn stage_of(scope: &Scope<'_>, transition: &Transition) -> Option<usize> {
    match &transition.target {
        Target::Stage(id) => scope.p.route(scope.track)?.stages.iter().position(|s| s.id == *id),
        Target::End(_) => None,
    }
}

fn arrive(
    scope: &mut Scope<'_>,
    at: usize,
    truth: Node,
    target: usize,
    seen: &mut Vec<usize>,
    found: &mut Vec<Node>,
) -> Result<(), Refused> {
    if seen.contains(&at) || truth.value == Sql::Bool(false) {
        return Ok(());
    }
    seen.push(at);
    let p = scope.p;
    let Some(stage) = p.route(scope.track).map(|r| &r.stages[at]) else { return Ok(()) };
    let guard = match stage.when.iter().find(|(t, _)| *t == scope.track) {
        Some((_, e)) => scope.expr(e)?,
        None => Node::known(Sql::Bool(true)),
    };
    let (mut waivers, mut to) = (Vec::new(), None);
    for (index, rule) in p.track(scope.track).rules.iter().enumerate() {
        for waived in &rule.waives {
            if let Waived::Stage { stage: lifted, to: next } = waived
                && *lifted == stage.id
            {
                waivers.push(scope.waiver(RuleId(index as u32))?);
                to = to.or(next.and_then(|next| p.route(scope.track)?.stages.iter().position(|s| s.id == next)));
            }
        }
    }
    let waived = if waivers.is_empty() { Node::known(Sql::Bool(false)) } else { scope.layers.any(waivers) };
    let in_force = scope.layers.not(waived);
    let held = scope.layers.all(vec![guard, in_force]);
    if at == target {
        found.push(scope.layers.all(vec![truth.clone(), held.clone()]));
    }
    let off = scope.layers.not(held);
    let beyond = scope.layers.all(vec![truth, off]);
    let targets: Vec<usize> = match to {
        Some(to) => vec![to],
        None => stage.transitions.iter().filter_map(|t| stage_of(scope, t)).collect(),
    };
    for next in targets {
        arrive(scope, next, beyond.clone(), target, seen, found)?;
    }
    seen.pop();
    Ok(())
}
