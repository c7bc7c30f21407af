//! One pass over a case under one setting of all readings: every finding in source order, every listed value.
//!
//! In: a fresh scene. Out: findings, each with whether it is due, values, data notes, where the case stands.
//! Always: the same declarations in the same order, so that passes can be laid side by side.

use super::case::Problem;
use super::definition::{Ident, Origin, Rule, Stage, Strength, Test};
use super::finding::{Finding, Kind, Outcome, Weight};
use super::messages::Note;
use super::prepared::Step;
use super::route::Standing;
use super::scene::Scene;
use super::value::Value;
use std::collections::BTreeSet;

/// What one pass finds.
#[derive(Debug)]
pub struct Pass<'a> {
    /// Findings, each with whether it is due.
    pub findings: Vec<(bool, Finding<'a>)>,
    /// Values of the lets that are listed.
    pub values: Vec<Value<'a>>,
    /// Data notes.
    pub notes: Vec<Note>,
    /// Positions of the readings that were asked for.
    pub consulted: BTreeSet<usize>,
    /// Where the case stands after its events.
    pub standing: Option<Vec<Standing>>,
}

/// Finds everything; with a stage, what falls due later is marked so.
pub fn pass_over<'a>(scene: &Scene<'a>, at: Option<&str>) -> Pass<'a> {
    let track = scene.track.track;
    let until = at.and_then(|key| scene.position(key));
    let is_due = |due: usize| until.is_none_or(|until| due <= until);
    for index in 0..track.lets.len() {
        scene.let_value(index);
    }
    for index in &scene.track.order {
        scene.judged(*index);
    }
    let mut findings = Vec::with_capacity(track.declared.len());
    for (due, step) in &scene.track.steps {
        let due = is_due(*due);
        match step {
            Step::Input(slot) => {
                let found = scene.input_findings(*slot).into_iter();
                findings.extend(found.map(|one| (due, one)));
            }
            Step::Rule(index) => {
                let found = scene.rule_finding(*index);
                let open = matches!(found.result, Outcome::Unknown | Outcome::Pending);
                findings.push((due, found));
                let found = scene.about_answers(*index, open).into_iter();
                findings.extend(found.map(|one| (due, one)));
            }
            Step::Material(material) => findings.push((due, scene.material_finding(material))),
            Step::Stage(stage) => {
                let walk = scene.walk();
                for (_, due, found) in walk
                    .findings
                    .iter()
                    .filter(|(at, _, _)| Some(*at) == *stage)
                {
                    findings.push((is_due(*due), found.clone()));
                }
            }
        }
    }
    let listed = track.lets.iter().enumerate().filter(|(_, one)| one.listed);
    let values = listed.map(|(index, _)| scene.let_value(index)).collect();
    let standing = if scene.case.events.is_empty() {
        None
    } else {
        scene.walk().standing.clone()
    };
    Pass {
        findings,
        values,
        standing,
        notes: scene.frame.notes.take(),
        consulted: scene.frame.consulted.take(),
    }
}

impl<'a> Scene<'a> {
    fn input_findings(&self, slot: usize) -> Vec<Finding<'a>> {
        let input = self.input(slot);
        let mut findings = self.field_findings(slot);
        if let Origin::Judged(by) = input.origin {
            let at = self.case.entries[slot].at;
            let stage = self.judging_stage(by, input.stage);
            let late = stage.and_then(|s| self.judged_late(s, input.ident(), at, input.pointer));
            findings.extend(late);
        }
        findings
    }

    /// What is said of answers that a rule awaits, or that came late.
    fn about_answers(&self, index: usize, open: bool) -> Vec<Finding<'a>> {
        let rule = &self.track.track.rules[index];
        let mut findings = Vec::new();
        if open && rule.strength.is_weighty() {
            self.blank_attestations(&rule.test, rule.ident(), rule, rule.path, &mut findings);
        }
        self.late_judgements(&rule.test, rule.ident(), rule, rule.path, &mut findings);
        findings
    }

    fn rule_finding(&self, index: usize) -> Finding<'a> {
        let rule = &self.track.track.rules[index];
        let judged = self.judged(index);
        let strength = if rule.soft {
            Strength::Note
        } else {
            rule.strength
        };
        let weight = Weight::Of(strength);
        let mut found = Finding::new(Kind::Rule, rule.ident(), weight, judged.result);
        found.path = rule.path.into();
        let outcomes = self.track.track.outcomes;
        found.outcome = rule.outcome.and_then(|at| outcomes.get(at).copied());
        if judged.is_plainly_met() {
            found.settled = self.track.met.get(index);
            return found;
        }
        found.needs = judged.needs.clone();
        found.members = judged.members.clone();
        found.items = judged.items.clone();
        found.reason = judged.reason;
        found
    }

    /// A blank attestation that a rule awaits is asked for, like a blank required field.
    fn blank_attestations(
        &self,
        test: &'static Test,
        of: Ident,
        rule: &Rule,
        path: &'static str,
        findings: &mut Vec<Finding<'a>>,
    ) {
        match test {
            Test::Attested => {
                let stated = self
                    .case
                    .sheets
                    .get(of.key)
                    .and_then(|sheet| sheet.attested());
                if stated.is_none() {
                    let of = Ident {
                        clauses: rule.clauses,
                        ..of
                    };
                    findings.push(Finding::about_field(of, Problem::Blank, path));
                }
            }
            Test::Threshold(_, members) => {
                for member in *members {
                    self.blank_attestations(
                        &member.test,
                        member.ident(),
                        rule,
                        member.path,
                        findings,
                    );
                }
            }
            Test::Holds(_) | Test::Judged(_) | Test::External(_) => {}
        }
    }

    fn late_judgements(
        &self,
        test: &'static Test,
        of: Ident,
        rule: &Rule,
        path: &'static str,
        findings: &mut Vec<Finding<'a>>,
    ) {
        match test {
            Test::Judged(by) => {
                let at = self.case.sheets.get(of.key).and_then(|sheet| sheet.at);
                let stage = self.judging_stage(by, rule.due);
                findings.extend(stage.and_then(|stage| self.judged_late(stage, of, at, path)));
            }
            Test::Threshold(_, members) => {
                for member in *members {
                    self.late_judgements(&member.test, member.ident(), rule, member.path, findings);
                }
            }
            Test::Holds(_) | Test::Attested | Test::External(_) => {}
        }
    }

    /// The stage at which an actor judges: the one where it is due if that is the actor's own, else the actor's first.
    fn judging_stage(&self, by: &str, due: Option<&str>) -> Option<&'static Stage> {
        let mut own = self.stages().iter().filter(|stage| stage.by == Some(by));
        let first = own.clone().next();
        own.find(|stage| Some(stage.key) == due).or(first)
    }
}
