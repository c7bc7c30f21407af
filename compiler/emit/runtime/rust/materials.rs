//! Materials: each implies a `complete` rule with its citation.

use super::case::{Copied, Problem};
use super::definition::{of_track, Material, Strength, Waived};
use super::finding::{Finding, Kind, Outcome, Weight};
use super::json::segment;
use super::messages::{of_stage, Message};
use super::rules::result_of;
use super::scene::Scene;
use super::truth::Truth;
use super::value::{Needs, Source};
use std::borrow::Cow;

/// Whether the copies given are what is asked for, and what is wrong if not.
pub fn judge_copies(
    material: &'static Material,
    copies: &[Copied<'_>],
    channel: Option<&str>,
) -> (Truth, Option<Problem>) {
    if copies.is_empty() {
        return (Truth::False, Some(Problem::Missing));
    }
    let refused = |copy: &Copied<'_>| {
        copy.format
            .as_ref()
            .is_some_and(|format| material.refuse.iter().any(|name| name == format))
    };
    if copies.iter().any(refused) {
        return (Truth::False, Some(Problem::Refused));
    }
    if material
        .channel
        .zip(channel)
        .is_some_and(|(asked, used)| asked != used)
    {
        return (Truth::False, Some(Problem::Channel));
    }
    let open = || Truth::Unknown(Needs::one(material.key, Source::Other));
    let mut problem = None;
    let mut truths = Vec::new();
    for (format, bears_seal) in material.formats {
        let named = |copy: &Copied<'_>| match &copy.format {
            Some(given) => Truth::of(given == format),
            None => open(),
        };
        let sealed = |copy: &Copied<'_>| match (*bears_seal, copy.sealed) {
            (false, _) => Truth::True,
            (true, Some(sealed)) => Truth::of(sealed),
            (true, None) => open(),
        };
        let there = Truth::or(copies.iter().map(named));
        let whole = Truth::or(
            copies
                .iter()
                .map(|copy| Truth::and([named(copy), sealed(copy)])),
        );
        if whole.is_false() && problem.is_none() {
            problem = Some(if there.is_false() {
                Problem::Format
            } else {
                Problem::Seal
            });
        }
        truths.push(whole);
    }
    (Truth::and(truths), problem)
}

/// The finding on a material, saying what is wrong with one that is not in order.
pub fn finding_of<'a>(
    material: &'static Material,
    applies: &Truth,
    test: &Truth,
    problem: Option<Problem>,
) -> Finding<'a> {
    let (result, needs) = result_of(applies, test);
    let weight = Weight::Of(Strength::Complete);
    let mut found = Finding::new(Kind::Material, material.ident(), weight, result);
    found.needs = needs;
    found.path = Cow::Owned(format!("/materials{}", segment(material.key)));
    found.problem = problem.filter(|_| result == Outcome::Unmet);
    if let Some(problem) = found.problem {
        found.message = Message::Own(of_stage(problem).about(found.of.label));
    }
    found
}

impl<'a> Scene<'a> {
    /// The finding of one material of the case.
    pub fn material_finding(&self, material: &'static Material) -> Finding<'a> {
        let copies = self
            .case
            .materials
            .get(material.key)
            .map_or(&[][..], |copies| copies);
        let applies = self.material_applies(material, copies.is_empty());
        let (test, problem) = judge_copies(material, copies, self.channel_of(material));
        finding_of(material, &applies, &test, problem)
    }

    /// `when ∧ ¬waived ∧ (not only needed, or needed)`; one that may be left out applies only when it is there.
    fn material_applies(&self, material: &Material, absent: bool) -> Truth {
        if material.optional && absent {
            return Truth::False;
        }
        let guard = of_track(material.when, self.track.track.key);
        let when = guard.map_or(Truth::True, |guard| Truth::from_value(guard(self)));
        let (mut waived, mut needed) = (Vec::new(), Vec::new());
        for rule in self.track.track.rules {
            let lifts = |w: &Waived| matches!(w, Waived::Material(key) if *key == material.key);
            let waives = rule.waives.iter().any(lifts);
            let needs = rule.needs.contains(&material.key);
            if !waives && !needs {
                continue;
            }
            let met = self.waiver(rule.key);
            if waives {
                // An unknown waiver leaves it in force.
                waived.push(Truth::of(met.is_true()));
            }
            if needs {
                needed.push(met);
            }
        }
        let asked = if material.only_needed {
            Truth::or(needed)
        } else {
            Truth::True
        };
        Truth::and([when, Truth::or(waived).negated(), asked])
    }

    /// Through which channel the material came: that of the case's event at its stage.
    fn channel_of(&self, material: &Material) -> Option<&'a str> {
        let stage = material.at?;
        let events = self.case.events.iter().rev();
        let found = events
            .into_iter()
            .find(|event| event.stage.as_deref() == Some(stage));
        found.and_then(|event| event.channel.as_deref())
    }
}
