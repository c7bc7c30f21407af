//! A package on its own: sender, time, channel, its cases, its materials, its summary.

use super::case::Problem;
use super::deadline::{deadline_finding, is_inclusive, kept, Timing};
use super::definition::{of_track, Ident, Stage, Strength};
use super::finding::{Finding, Kind, Outcome, Weight};
use super::group::Group;
use super::keys::key_text;
use super::lines::Package;
use super::materials::{finding_of, judge_copies};
use super::messages::{self, of_field, of_package, Message};
use super::quota::QuotaFinding;
use super::read::When;
use super::report::Writer;
use super::stage::StageRun;
use super::truth::Truth;
use std::borrow::Cow;

/// States of a package, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// To be completed.
    Returned,
    /// A reason must be written.
    ReasonNeeded,
    /// Something is not known.
    Unknown,
    /// As asked.
    Complete,
}

impl State {
    /// The word in reports.
    fn word(self) -> &'static str {
        match self {
            State::Returned => "returned",
            State::ReasonNeeded => "reason needed",
            State::Unknown => "unknown",
            State::Complete => "complete",
        }
    }

    fn brought_by(strength: Weight, result: Outcome) -> Self {
        match result {
            _ if !strength.is_weighty() => State::Complete,
            Outcome::Met | Outcome::NotApplicable | Outcome::NotYetDue => State::Complete,
            Outcome::Unmet if strength == Weight::Of(Strength::InPrinciple) => State::ReasonNeeded,
            Outcome::Unmet => State::Returned,
            Outcome::Unknown | Outcome::Pending => State::Unknown,
        }
    }
}

/// The report of one package.
#[derive(Debug)]
pub struct PackageReport<'a> {
    /// The package.
    pub package: &'a Package<'a>,
    /// Its key by name.
    pub key: Vec<(&'a str, &'a str)>,
    /// Its state.
    pub state: State,
    /// Findings on the package itself.
    pub own: Vec<Finding<'a>>,
    /// Quotas that it was judged by.
    pub quotas: Vec<QuotaFinding<'a>>,
}

/// The report of one package.
pub fn package_report<'a>(
    run: &StageRun<'_, 'a>,
    package: &'a Package<'a>,
    quotas: Vec<QuotaFinding<'a>>,
) -> PackageReport<'a> {
    let stage = run.stage.and_then(|key| run.prepared.any_stage(key));
    let own = stage
        .map(|stage| run.own_findings(package, stage))
        .unwrap_or_default();
    let brought = own
        .iter()
        .map(|found| State::brought_by(found.strength, found.result));
    let by_quotas = quotas
        .iter()
        .map(|found| State::brought_by(Weight::Of(found.quota.weight()), found.result));
    let state = brought.chain(by_quotas).min().unwrap_or(State::Complete);
    // A bare key is the one that the stage's actor has one body for.
    let per = stage
        .and_then(|stage| run.sender_key_name(stage))
        .unwrap_or_default();
    let named = |name: &'a str| if name.is_empty() { per } else { name };
    let key = package
        .key
        .iter()
        .map(|(name, text)| (named(name), &**text))
        .collect();
    PackageReport {
        package,
        key,
        state,
        own,
        quotas,
    }
}

/// A finding that names cases.
pub fn about_cases<'a>(
    kind: Kind,
    of: Ident,
    problem: Problem,
    ids: Vec<Cow<'a, str>>,
    path: &'a str,
) -> Finding<'a> {
    let words = of_package(problem).about_text(&joined(&ids));
    let mut found = Finding::wrong(kind, of, problem, words, path);
    found.cases = Some(ids);
    found
}

fn joined(ids: &[Cow<'_, str>]) -> String {
    ids.join("、")
}

impl<'a> StageRun<'_, 'a> {
    fn own_findings(&self, package: &'a Package<'a>, stage: &'static Stage) -> Vec<Finding<'a>> {
        let mut findings = self.of_sender(package, stage);
        findings.extend(self.of_unknown_sender(package, stage));
        findings.extend(self.of_times(package, stage));
        findings.extend(self.of_cases(package, stage));
        findings.extend(self.of_materials(package));
        findings.extend(self.summary_findings(package, stage));
        findings
    }

    /// The name of the key of which the stage's actor has one body per value.
    fn sender_key_name(&self, stage: &Stage) -> Option<&'static str> {
        self.prepared.actor(stage.by)?.per
    }

    /// The sender's key.
    fn sender_key(&self, package: &'a Package<'a>, per: Option<&str>) -> Option<&'a str> {
        let mut keys = package.key.iter();
        let found = keys.find(|(name, _)| name.is_empty() || Some(name.as_ref()) == per);
        found.map(|(_, text)| &**text)
    }

    /// Actor and channel.
    fn of_sender(&self, package: &Package<'_>, stage: &'static Stage) -> Vec<Finding<'a>> {
        let mut findings = Vec::new();
        let actor = self.prepared.actor(stage.by).zip(package.by.as_deref());
        if actor.is_some_and(|(actor, by)| !actor.is_called(by)) {
            findings.push(Finding::about_stage(stage.ident(), Problem::Actor, "/by"));
        }
        let channel = stage.channel.zip(package.channel.as_deref());
        if channel.is_some_and(|(asked, used)| asked != used) {
            findings.push(Finding::about_stage(
                stage.ident(),
                Problem::Channel,
                "/channel",
            ));
        }
        findings
    }

    /// A sender that is none of the bodies there are: the key's closed list does not have it.
    fn of_unknown_sender(
        &self,
        package: &'a Package<'a>,
        stage: &'static Stage,
    ) -> Option<Finding<'a>> {
        let actor = self.prepared.actor(stage.by)?;
        let key = self.sender_key(package, actor.per)?;
        let list = self.prepared.lists.get(actor.keys?)?;
        if list.place(key).is_some() {
            return None;
        }
        let mut found = Finding::about_stage(stage.ident(), Problem::Unlisted, "/key");
        found.message = Message::Own(of_field(Problem::Unlisted).about_text(key));
        Some(found)
    }

    /// The deadline.
    fn of_times(&self, package: &Package<'_>, stage: &'static Stage) -> Option<Finding<'a>> {
        let (due, at) = stage.due.zip(package.at)?;
        if at == When::Bad {
            return Some(Finding::about_stage(stage.ident(), Problem::Date, "/at"));
        }
        let scope = Group::outside(self.prepared, &self.settings);
        let due = due(&scope);
        let keeps = kept(at, &due, is_inclusive(&scope.frame), self.prepared.zone());
        let timing = Timing {
            due,
            at: Some(at),
            keeps,
        };
        Some(deadline_finding(
            &scope.frame,
            stage,
            timing,
            Problem::Late,
            "/at",
        ))
    }

    /// Its cases: each in the batch, in one package only, of this sender.
    fn of_cases(&self, package: &'a Package<'a>, stage: &'static Stage) -> Vec<Finding<'a>> {
        let ids = || package.cases.iter().map(|id| &**id);
        let missing: Vec<&'a str> = ids().filter(|id| !self.by_id.contains_key(id)).collect();
        let elsewhere = |id: &&str| self.named.get(id).is_some_and(|packages| *packages > 1);
        let twice: Vec<&'a str> = ids().filter(elsewhere).collect();
        let foreign = self.foreign_cases(package, stage);
        let mut findings = self.off_route(package, stage);
        let problems = [
            (Problem::Missing, missing),
            (Problem::Twice, twice),
            (Problem::Differs, foreign),
        ];
        for (problem, ids) in problems.into_iter().filter(|(_, ids)| !ids.is_empty()) {
            let ids = ids.into_iter().map(Cow::Borrowed).collect();
            findings.push(about_cases(
                Kind::Package,
                stage.ident(),
                problem,
                ids,
                "/cases",
            ));
        }
        findings
    }

    /// Cases whose own route does not pass the stage, by the stage at which their track sends: they came through the wrong channel.
    fn off_route(&self, package: &'a Package<'a>, stage: &'static Stage) -> Vec<Finding<'a>> {
        let mut by_stage: Vec<(&'static Stage, Vec<Cow<'a, str>>)> = Vec::new();
        for at in self.cases_of(package) {
            let route = self.scenes[at].stages();
            let Some(first) = route
                .first()
                .filter(|_| !route.iter().any(|one| one.key == stage.key))
            else {
                continue;
            };
            let own = route
                .iter()
                .find(|one| !one.sends.is_empty())
                .unwrap_or(first);
            let id = Cow::Borrowed(self.batch.cases[at].id.as_deref().unwrap_or_default());
            match by_stage.iter_mut().find(|(one, _)| std::ptr::eq(*one, own)) {
                Some((_, ids)) => ids.push(id),
                None => by_stage.push((own, vec![id])),
            }
        }
        let of_stage = |(own, ids): (&'static Stage, Vec<Cow<'a, str>>)| {
            let words = messages::OFF_ROUTE.about_two(&joined(&ids), own.ident().label);
            let mut found = about_cases(
                Kind::Package,
                stage.ident(),
                Problem::Channel,
                ids,
                "/cases",
            );
            found.of.clauses = own.clauses;
            found.message = Message::Own(words);
            found
        };
        by_stage.into_iter().map(of_stage).collect()
    }

    /// Cases whose key is another than the package's.
    fn foreign_cases(&self, package: &'a Package<'a>, stage: &Stage) -> Vec<&'a str> {
        let Some(per) = self.sender_key_name(stage) else {
            return Vec::new();
        };
        let Some(key) = self.sender_key(package, Some(per)) else {
            return Vec::new();
        };
        let mut foreign = Vec::new();
        for at in self.cases_of(package) {
            let scene = &self.scenes[at];
            let mut inputs = scene.track.track.inputs.iter();
            let Some(slot) = inputs.position(|input| input.name.unwrap_or(input.key) == per) else {
                continue;
            };
            let text = key_text(scene.input(slot).shown.as_ref(), &scene.slot_value(slot));
            if text.is_some_and(|text| text != key) {
                foreign.extend(self.batch.cases[at].id.as_deref());
            }
        }
        foreign
    }

    /// Materials of the package: of the tracks of its cases.
    fn of_materials(&self, package: &Package<'_>) -> Vec<Finding<'a>> {
        let inside = self.cases_of(package);
        let materials = self.prepared.definition.materials.iter();
        let asked =
            materials.filter(|one| one.per_package && (one.at.is_none() || one.at == self.stage));
        let mut findings = Vec::new();
        for material in asked {
            let ours = |at: &&usize| material.tracks.contains(&self.scenes[**at].track.track.key);
            let concerned: Vec<&usize> = inside.iter().filter(ours).collect();
            if concerned.is_empty() {
                continue;
            }
            let copies = package
                .materials
                .get(material.key)
                .map_or(&[][..], |copies| copies);
            let guards = concerned.into_iter().map(|at| {
                let scene = &self.scenes[*at];
                let guard = of_track(material.when, scene.track.track.key);
                guard.map_or(Truth::True, |guard| Truth::from_value(guard(scene)))
            });
            let guards: Vec<Truth> = guards.collect();
            let left_out = material.optional && copies.is_empty();
            let applies = if left_out {
                Truth::False
            } else {
                Truth::or(guards)
            };
            let (test, problem) = judge_copies(material, copies, package.channel.as_deref());
            findings.push(finding_of(material, &applies, &test, problem));
        }
        findings
    }
}

impl Writer {
    /// The report of one package.
    pub fn package(&mut self, report: &PackageReport<'_>) {
        self.strings("{\"cases\":", &report.package.cases);
        self.raw(",\"findings\":[");
        let mut first = true;
        for found in &report.own {
            self.separated(&mut first);
            self.finding(found);
        }
        for found in &report.quotas {
            self.separated(&mut first);
            self.quota(found);
        }
        self.raw("]");
        self.nullable(",\"id\":", report.package.id.as_deref());
        self.key(report.key.clone());
        self.member(",\"state\":", report.state.word());
        self.raw("}");
    }

    fn separated(&mut self, first: &mut bool) {
        if !std::mem::replace(first, false) {
            self.raw(",");
        }
    }
}
