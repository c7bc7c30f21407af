//! Materials: each implies a `complete` rule with its citation (semantics 11).

use crate::case::{Copy, Problem};
use crate::eval::truth;
use crate::messages;
use crate::report::{Finding, FindingKind, FindingStrength, Message};
use crate::rules::result_of;
use crate::scene::Scene;
use crate::truth::Truth;
use crate::value::{Needs, Source};
use prog_model::{Material, MaterialId, RuleId, RuleResult, Strength, Waived};
use std::borrow::Cow;

/// Whether the copies given are what is asked for, and what is wrong if not.
pub(crate) fn judge<'a>(material: &'a Material, copies: &[Copy], channel: Option<&str>) -> (Truth<'a>, Option<Problem>) {
    if copies.is_empty() {
        return (Truth::False, Some(Problem::Missing));
    }
    let refused = |copy: &Copy| copy.format.as_ref().is_some_and(|f| material.refuse.iter().any(|(name, _)| name == f));
    if copies.iter().any(refused) {
        return (Truth::False, Some(Problem::Refused));
    }
    if let (Some(asked), Some(used)) = (&material.channel, channel)
        && asked != used
    {
        return (Truth::False, Some(Problem::Channel));
    }
    let key = &material.ident.key;
    let open = || Truth::Unknown(Needs::one(key, Source::Other));
    let mut problem = None;
    let mut truths = Vec::new();
    for format in &material.formats {
        let named = |copy: &Copy| copy.format.as_ref().map_or_else(open, |f| Truth::of(*f == format.name));
        let sealed = |copy: &Copy| if format.sealed { copy.sealed.map_or_else(open, Truth::of) } else { Truth::True };
        let there = Truth::or(copies.iter().map(named));
        let whole = Truth::or(copies.iter().map(|c| Truth::and([named(c), sealed(c)])));
        if whole.is_false() && problem.is_none() {
            problem = Some(if there.is_false() { Problem::Format } else { Problem::Seal });
        }
        truths.push(whole);
    }
    (Truth::and(truths), problem)
}

/// Says what is wrong with a material that is not in order.
pub(crate) fn blame(finding: &mut Finding<'_>, problem: Option<Problem>) {
    finding.problem = problem.filter(|_| finding.result == RuleResult::Unmet);
    if let Some(problem) = finding.problem {
        finding.message = Message::Own(messages::about(messages::stage(problem), &finding.ident.label));
    }
}

impl<'a> Scene<'a> {
    /// The finding of one material of the case.
    pub(crate) fn material_finding(&mut self, id: MaterialId) -> Finding<'a> {
        let material = &self.prepared.programme.materials[id.index()];
        let key = &material.ident.key;
        let copies = self.case.materials.iter().find(|(k, _)| k == key).map(|(_, c)| c.as_slice()).unwrap_or_default();
        let applies = self.material_applies(id, material, copies.is_empty());
        let (test, problem) = judge(material, copies, self.channel_of(material));
        let (result, needs) = result_of(&applies, &test);
        let strength = FindingStrength::Rule(Strength::Complete);
        let mut finding = Finding::new(FindingKind::Material, &material.ident, &material.cites, strength, result);
        finding.needs = needs;
        blame(&mut finding, problem);
        finding.path = Cow::Owned(crate::read::material_pointer(key));
        finding
    }

    /// `when ∧ ¬waived ∧ (not only needed, or needed)`; one that may be left out applies only when it is there.
    fn material_applies(&mut self, id: MaterialId, material: &'a Material, absent: bool) -> Truth<'a> {
        if material.optional && absent {
            return Truth::False;
        }
        let guard = material.when.iter().find(|(track, _)| *track == self.id);
        let when = guard.map_or(Truth::True, |(_, e)| truth(self, e));
        let (mut waived, mut needed) = (Vec::new(), Vec::new());
        for (index, rule) in self.track.rules.iter().enumerate() {
            let waives = rule.waives.contains(&Waived::Material(id));
            if waives || rule.needs.contains(&id) {
                let met = self.waiver(RuleId(index as u32));
                if waives {
                    // An unknown waiver leaves it in force.
                    waived.push(if met.is_true() { Truth::True } else { Truth::False });
                }
                if rule.needs.contains(&id) {
                    needed.push(met);
                }
            }
        }
        let asked = if material.only_needed { Truth::or(needed) } else { Truth::True };
        Truth::and([when, Truth::or(waived).not(), asked])
    }

    /// Through which channel the material came: that of the case's event at its stage.
    fn channel_of(&self, material: &Material) -> Option<&'a str> {
        let stage = &self.prepared.programme.stages[material.at?.index()].key;
        let event = self.case.events.iter().rev().find(|e| e.stage.as_ref() == Some(stage));
        event.and_then(|e| e.channel.as_deref())
    }
}
