//! One pass over a case under one setting of all readings: every finding in source order, every listed value.
//!
//! In: a fresh [`Scene`]. Out: a [`Pass`]. Always: the same declarations in the same order, so that passes can be laid side by side.

use crate::case::Problem;
use crate::prepared::Declared;
use crate::report::{Finding, FindingKind, FindingStrength, Message, Note, Standing};
use crate::rules::Judged;
use crate::scene::Scene;
use crate::value::Value;
use crate::{messages, report};
use prog_model::{ActorId, Origin, Rule, RuleId, RuleResult, Stage, StageId, Strength, Test, TestMember};
use std::borrow::Cow;

/// What one pass found.
pub(crate) struct Pass<'a> {
    /// Findings in source order, each with whether it is due.
    pub findings: Vec<(bool, Finding<'a>)>,
    /// Values of listed lets, in listed order.
    pub values: Vec<Value<'a>>,
    /// Data notes.
    pub notes: Vec<Note<'a>>,
    /// Where the case stands after its events.
    pub standing: Option<Vec<Standing<'a>>>,
}

impl<'a> Scene<'a> {
    /// Finds everything; with `at`, what falls due later is marked so.
    pub(crate) fn pass(&mut self, at: Option<StageId>) -> Pass<'a> {
        let prepared = &self.prepared.tracks[self.id.index()];
        let until = at.and_then(|at| self.position(at));
        for id in 0..self.track.lets.len() {
            self.let_value(id);
        }
        for id in &self.track.order {
            self.judged(*id);
        }
        let mut findings = Vec::with_capacity(prepared.declared.len());
        for declared in &prepared.declared {
            match declared {
                Declared::Input(slot) => self.input_findings(*slot, until, &mut findings),
                Declared::Rule(id) => self.rule_findings(*id, until, &mut findings),
                Declared::Material(id) => {
                    let due = self.is_due(self.prepared.programme.materials[id.index()].at, until);
                    let finding = self.material_finding(*id);
                    findings.push((due, finding));
                }
                Declared::Stage(stage) => {
                    let due = |at: usize| until.is_none_or(|until| at <= until);
                    findings.extend(self.stage_findings(*stage).into_iter().map(|(at, f)| (due(at), f)));
                }
            }
        }
        let values = prepared.listed.iter().map(|l| self.let_value(*l)).collect();
        let standing = if self.case.events.is_empty() { None } else { self.walk().standing.clone() };
        Pass { findings, values, notes: std::mem::take(&mut self.frame.notes), standing }
    }

    /// The position of a stage in the case's route.
    pub(crate) fn position(&self, stage: StageId) -> Option<usize> {
        self.stages().iter().position(|s| s.id == stage)
    }

    fn is_due(&self, stage: Option<StageId>, until: Option<usize>) -> bool {
        let Some(until) = until else { return true };
        stage.and_then(|s| self.position(s)).unwrap_or(0) <= until
    }

    fn input_findings(&mut self, slot: usize, until: Option<usize>, findings: &mut Vec<(bool, Finding<'a>)>) {
        let input = self.input_at(slot);
        let due = self.is_due(input.stage, until);
        for finding in self.field_findings(slot) {
            // A field that is not due may still be blank.
            if due || finding.problem != Some(Problem::Blank) {
                findings.push((due, finding));
            } else {
                findings.push((false, finding));
            }
        }
        if let Origin::Judged { by, .. } = &input.origin {
            let at = self.case.entries[slot].at;
            if let Some(stage) = self.judging_stage(*by, input.stage) {
                let late = self.judged_late(stage, &input.ident, at, &input.pointer);
                findings.extend(late.map(|f| (due, f)));
            }
        }
    }

    fn rule_findings(&mut self, id: RuleId, until: Option<usize>, findings: &mut Vec<(bool, Finding<'a>)>) {
        let rule = &self.track.rules[id.index()];
        let due = self.is_due(rule.due, until);
        let judged = self.judged(id).clone();
        let asks = matches!(judged.result, RuleResult::Unknown | RuleResult::Pending) && enters_verdict(rule.strength);
        findings.push((due, self.rule_finding(rule, judged)));
        let mut blanks = Vec::new();
        if asks {
            self.blank_attestations(&rule.test, &rule.ident, rule, &rule.path, &mut blanks);
        }
        findings.extend(blanks.into_iter().map(|f| (due, f)));
        self.late_judgements(&rule.test, &rule.ident, rule, &rule.path, due, findings);
    }

    fn rule_finding(&self, rule: &'a Rule, judged: Judged<'a>) -> Finding<'a> {
        let strength = if rule.soft { Strength::Note } else { rule.strength };
        let Judged { result, needs, reason, members, items } = judged;
        let mut finding = Finding::new(FindingKind::Rule, &rule.ident, &rule.cites, FindingStrength::Rule(strength), result);
        finding.needs = needs;
        finding.path = Cow::Borrowed(&rule.path);
        finding.members = members;
        finding.items = items;
        finding.reason = reason;
        let outcome = rule.outcome.and_then(|o| self.track.outcomes.get(o));
        finding.outcome = outcome.map(|o| o.key.as_str());
        finding
    }

    /// A blank attestation that a rule awaits is asked for, like a blank required field (semantics 5.4).
    fn blank_attestations(
        &self,
        test: &'a Test,
        ident: &'a prog_model::Ident,
        rule: &'a Rule,
        path: &'a str,
        findings: &mut Vec<Finding<'a>>,
    ) {
        match test {
            Test::Attested { .. } => {
                if self.sheet(&ident.key).and_then(|s| s.attested).is_none() {
                    let strength = FindingStrength::Rule(Strength::Complete);
                    let mut finding = Finding::new(FindingKind::Field, ident, &rule.cites, strength, RuleResult::Unmet);
                    finding.message = Message::Own(messages::about(messages::field(Problem::Blank), &ident.label));
                    finding.problem = Some(Problem::Blank);
                    finding.path = Cow::Borrowed(path);
                    findings.push(finding);
                }
            }
            Test::Threshold { members, .. } => {
                for TestMember { ident, test, path, .. } in members {
                    self.blank_attestations(test, ident, rule, path, findings);
                }
            }
            Test::Bad | Test::Expr(_) | Test::Judged { .. } | Test::External { .. } => {}
        }
    }

    fn late_judgements(
        &mut self,
        test: &'a Test,
        ident: &'a prog_model::Ident,
        rule: &'a Rule,
        path: &'a str,
        due: bool,
        findings: &mut Vec<(bool, Finding<'a>)>,
    ) {
        match test {
            Test::Judged { by, .. } => {
                let at = self.sheet(&ident.key).and_then(|s| s.judged_at);
                if let Some(stage) = self.judging_stage(*by, rule.due) {
                    let late = self.judged_late(stage, ident, at, path);
                    findings.extend(late.map(|f| (due, f)));
                }
            }
            Test::Threshold { members, .. } => {
                for member in members {
                    self.late_judgements(&member.test, &member.ident, rule, &member.path, due, findings);
                }
            }
            Test::Bad | Test::Expr(_) | Test::Attested { .. } | Test::External { .. } => {}
        }
    }

    /// The stage at which an actor judges: the one where it is due if that is the actor's own, else the actor's first.
    fn judging_stage(&self, by: ActorId, due: Option<StageId>) -> Option<&'a Stage> {
        let stages = self.stages();
        let own = stages.iter().find(|s| Some(s.id) == due && s.by == Some(by));
        own.or_else(|| stages.iter().find(|s| s.by == Some(by)))
    }
}

/// Whether a rule of this strength bears on the verdict.
pub(crate) fn enters_verdict(strength: Strength) -> bool {
    match strength {
        Strength::Require | Strength::Complete | Strength::InPrinciple => true,
        Strength::Prefer | Strength::Encourage | Strength::Note | Strength::Waive => false,
    }
}

/// Whether two findings of two passes are about the same thing.
pub(crate) fn same_thing(a: &Finding<'_>, b: &Finding<'_>) -> bool {
    std::ptr::eq(a.ident, b.ident) && a.kind == b.kind && a.path == b.path && kind_of_problem(a) == kind_of_problem(b)
}

/// Deadlines are one thing whether kept or not; every other problem is a thing of its own.
fn kind_of_problem(finding: &Finding<'_>) -> Option<Problem> {
    match (finding.kind, finding.problem) {
        (report::FindingKind::Material, _) | (_, None | Some(Problem::Late)) => None,
        (_, problem) => problem,
    }
}
