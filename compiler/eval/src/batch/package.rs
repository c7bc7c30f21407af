//! A package on its own: sender, time, channel, its cases, its materials, its summary (semantics 2, 11; language.md: packages).

use super::stage::StageRun;
use crate::case::{Package, Problem, When};
use crate::deadline::{Timing, deadline_finding, inclusive, kept};
use crate::eval::truth;
use crate::materials::judge;
use crate::messages;
use crate::report::{Finding, FindingKind, FindingStrength, Message, PackageFinding, PackageReport, QuotaFinding};
use crate::route::stage_finding;
use crate::rules::result_of;
use crate::scene::any_stage;
use crate::truth::Truth;
use crate::value::Value;
use prog_model::{PackageState, RuleResult, Stage, Strength};
use std::borrow::Cow;

/// The report of one package.
pub(crate) fn report<'a>(run: &mut StageRun<'_, 'a>, package: &'a Package, quotas: Vec<QuotaFinding<'a>>) -> PackageReport<'a> {
    let stage = run.stage.and_then(|s| any_stage(run.prepared.programme, s));
    let mut findings: Vec<Finding<'a>> = Vec::new();
    if let Some(stage) = stage {
        findings.extend(sender(run, package, stage));
        findings.extend(unknown_sender(run, package, stage));
        findings.extend(times(run, package, stage));
        findings.extend(cases(run, package, stage));
        findings.extend(materials(run, package));
        findings.extend(super::summary::findings(run, package, stage));
    }
    let own = findings.iter().map(bears);
    let state = own.chain(quotas.iter().map(quota_bears)).min_by_key(|s| rank(*s)).unwrap_or(PackageState::Complete);
    let findings = findings.into_iter().map(PackageFinding::Own).chain(quotas.into_iter().map(PackageFinding::Quota)).collect();
    PackageReport {
        id: package.id.as_deref(),
        key: printed_key(run, package, stage),
        cases: package.cases.iter().map(String::as_str).collect(),
        state,
        findings,
    }
}

fn rank(state: PackageState) -> u8 {
    match state {
        PackageState::Returned => 0,
        PackageState::ReasonNeeded => 1,
        PackageState::Unknown => 2,
        PackageState::Complete => 3,
    }
}

fn bears(finding: &Finding<'_>) -> PackageState {
    match finding.strength {
        FindingStrength::Finding => PackageState::Complete,
        FindingStrength::Rule(strength) => brings(strength, finding.result),
    }
}

fn quota_bears(finding: &QuotaFinding<'_>) -> PackageState {
    brings(finding.strength, finding.result)
}

fn brings(strength: Strength, result: RuleResult) -> PackageState {
    match strength {
        Strength::Prefer | Strength::Encourage | Strength::Note | Strength::Waive => return PackageState::Complete,
        Strength::Require | Strength::Complete | Strength::InPrinciple => {}
    }
    match result {
        RuleResult::Met | RuleResult::NotApplicable | RuleResult::NotYetDue => PackageState::Complete,
        RuleResult::Unmet if strength == Strength::InPrinciple => PackageState::ReasonNeeded,
        RuleResult::Unmet => PackageState::Returned,
        RuleResult::Unknown | RuleResult::Pending => PackageState::Unknown,
    }
}

/// The sender's key by name; a bare one is the key that the stage's actor has one body for.
fn printed_key<'a>(run: &StageRun<'_, 'a>, package: &'a Package, stage: Option<&'a Stage>) -> Vec<(&'a str, Cow<'a, str>)> {
    let per = sender_key_name(run, stage);
    let mut keys: Vec<(&'a str, Cow<'a, str>)> = package
        .key
        .iter()
        .map(|(name, text)| (if name.is_empty() { per.unwrap_or("") } else { name.as_str() }, Cow::Borrowed(text.as_str())))
        .collect();
    keys.sort_by(|a, b| crate::prepared::utf16_order(a.0, b.0));
    keys
}

/// The name of the key of which the stage's actor has one body per value.
fn sender_key_name<'a>(run: &StageRun<'_, 'a>, stage: Option<&'a Stage>) -> Option<&'a str> {
    let actor = stage?.by?;
    run.prepared.programme.actors[actor.index()].per.as_deref()
}

/// Actor and channel.
fn sender<'a>(run: &StageRun<'_, 'a>, package: &'a Package, stage: &'a Stage) -> Vec<Finding<'a>> {
    let mut findings = Vec::new();
    if let (Some(by), Some(given)) = (stage.by, &package.by) {
        let actor = &run.prepared.programme.actors[by.index()].ident;
        if *given != actor.key && *given != actor.name {
            findings.push(stage_finding(stage, Problem::Actor, "/by".to_owned()));
        }
    }
    if matches!((&stage.channel, &package.channel), (Some(asked), Some(used)) if asked != used) {
        findings.push(stage_finding(stage, Problem::Channel, "/channel".to_owned()));
    }
    findings
}

/// A sender that is none of the bodies there are: the key's closed list does not have it.
fn unknown_sender<'a>(run: &StageRun<'_, 'a>, package: &'a Package, stage: &'a Stage) -> Option<Finding<'a>> {
    let per = sender_key_name(run, Some(stage))?;
    let (_, key) = package.key.iter().find(|(name, _)| name.is_empty() || name == per)?;
    let list = run.prepared.programme.enumeration(run.prepared.programme.list_of_key(per)?);
    if list.values.iter().any(|v| v.ident.key == *key) {
        return None;
    }
    let mut finding = stage_finding(stage, Problem::Unlisted, "/key".to_owned());
    finding.message = Message::Own(messages::about_text(messages::field(Problem::Unlisted), key));
    Some(finding)
}

/// Window and deadline.
fn times<'a>(run: &mut StageRun<'_, 'a>, package: &'a Package, stage: &'a Stage) -> Vec<Finding<'a>> {
    let (p, settings) = (run.prepared.programme, run.settings);
    let (Some(due), Some(at)) = (&stage.due, package.at) else { return Vec::new() };
    if at == When::Bad {
        return vec![stage_finding(stage, Problem::Date, "/at".to_owned())];
    }
    let due = super::outside(run.prepared, settings, |scope| scope.deadline(due));
    let kept = kept(at, &due, inclusive(p, settings), p.zone.as_ref());
    vec![deadline_finding(p, settings, stage, Timing { due, at: Some(at), kept }, Problem::Late, "/at".to_owned())]
}

/// Its cases: each in the batch, in one package only, of this sender.
fn cases<'a>(run: &mut StageRun<'_, 'a>, package: &'a Package, stage: &'a Stage) -> Vec<Finding<'a>> {
    let mut findings = Vec::new();
    let known = |id: &str| run.by_id.contains_key(id);
    let missing: Vec<&'a str> = package.cases.iter().map(String::as_str).filter(|id| !known(id)).collect();
    let elsewhere = |id: &str| run.named.get(id).is_some_and(|packages| *packages > 1);
    let twice: Vec<&'a str> = package.cases.iter().map(String::as_str).filter(|id| elsewhere(id)).collect();
    let foreign = foreign_cases(run, package, stage);
    findings.extend(off_route(run, package, stage));
    for (problem, ids) in [(Problem::Missing, missing), (Problem::Twice, twice), (Problem::Differs, foreign)] {
        if !ids.is_empty() {
            findings.push(named(FindingKind::Package, &stage.ident, &stage.cites, problem, ids, "/cases"));
        }
    }
    findings
}

/// Cases whose own route does not pass the stage, by the stage at which their track sends: they came through the wrong channel.
fn off_route<'a>(run: &StageRun<'_, 'a>, package: &'a Package, stage: &'a Stage) -> Vec<Finding<'a>> {
    let mut by_stage: Vec<(&'a Stage, Vec<&'a str>)> = Vec::new();
    for at in run.cases_of(package) {
        let route = run.scenes[at].stages();
        if route.is_empty() || route.iter().any(|s| s.id == stage.id) {
            continue;
        }
        let own = route.iter().find(|s| !s.sends.is_empty()).unwrap_or(&route[0]);
        let id = run.batch.cases[at].id.as_deref().unwrap_or_default();
        match by_stage.iter_mut().find(|(s, _)| s.id == own.id) {
            Some((_, ids)) => ids.push(id),
            None => by_stage.push((own, vec![id])),
        }
    }
    let of_stage = |(own, ids): (&'a Stage, Vec<&'a str>)| {
        let mut finding = named(FindingKind::Package, &stage.ident, &own.cites, Problem::Channel, ids, "/cases");
        let joined = finding.cases.iter().flatten().map(|id| &**id).collect::<Vec<_>>().join("、");
        finding.message = Message::Own(messages::about_two(messages::OFF_ROUTE, &joined, &own.ident.label));
        finding
    };
    by_stage.into_iter().map(of_stage).collect()
}

/// A finding that names cases.
pub(crate) fn named<'a>(
    kind: FindingKind,
    ident: &'a prog_model::Ident,
    cites: &'a [prog_model::Citation],
    problem: Problem,
    ids: Vec<&'a str>,
    path: &'static str,
) -> Finding<'a> {
    let mut finding = Finding::new(kind, ident, cites, FindingStrength::Rule(Strength::Complete), RuleResult::Unmet);
    finding.message = Message::Own(messages::about_text(messages::package(problem), &ids.join("、")));
    finding.problem = Some(problem);
    finding.path = Cow::Borrowed(path);
    finding.cases = Some(ids.into_iter().map(Cow::Borrowed).collect());
    finding
}

/// Cases whose key is another than the package's.
fn foreign_cases<'a>(run: &mut StageRun<'_, 'a>, package: &'a Package, stage: &'a Stage) -> Vec<&'a str> {
    let Some(per) = sender_key_name(run, Some(stage)) else { return Vec::new() };
    let Some((_, key)) = package.key.iter().find(|(name, _)| name.is_empty() || name == per) else { return Vec::new() };
    let mut ids = Vec::new();
    for at in run.cases_of(package) {
        let p = run.prepared.programme;
        let scene = &mut run.scenes[at];
        let inputs = &scene.track.inputs;
        let Some(slot) = inputs.iter().position(|i| p.input(*i).ident.name == per) else { continue };
        let value = scene.slot_value(slot);
        let text = super::keys::key_text(p, &p.input(inputs[slot]).ty, &value);
        if text.is_some_and(|t| t != *key) {
            ids.extend(run.batch.cases[at].id.as_deref());
        }
    }
    ids
}

/// Materials of the package: of the tracks of its cases.
fn materials<'a>(run: &mut StageRun<'_, 'a>, package: &'a Package) -> Vec<Finding<'a>> {
    let p = run.prepared.programme;
    let inside = run.cases_of(package);
    let mut findings = Vec::new();
    for material in p.materials.iter().filter(|m| m.per_package && (m.at.is_none() || m.at == run.stage)) {
        let concerned: Vec<usize> = inside.iter().copied().filter(|at| material.tracks.contains(&run.scenes[*at].id)).collect();
        if concerned.is_empty() {
            continue;
        }
        let copies = package.materials.iter().find(|(k, _)| *k == material.ident.key).map(|(_, c)| c.as_slice()).unwrap_or_default();
        let guards = concerned.iter().map(|at| {
            let scene = &mut run.scenes[*at];
            let guard = material.when.iter().find(|(track, _)| *track == scene.id);
            guard.map_or(Truth::True, |(_, e)| truth(scene, e))
        });
        let asked = Truth::or(guards.collect::<Vec<_>>());
        let applies = if material.optional && copies.is_empty() { Truth::False } else { asked };
        let (test, problem) = judge(material, copies, package.channel.as_deref());
        let (result, needs) = result_of(&applies, &test);
        let strength = FindingStrength::Rule(Strength::Complete);
        let mut finding = Finding::new(FindingKind::Material, &material.ident, &material.cites, strength, result);
        finding.needs = needs;
        crate::materials::blame(&mut finding, problem);
        finding.path = Cow::Owned(crate::read::material_pointer(&material.ident.key));
        findings.push(finding);
    }
    findings
}

/// Whether a value is known.
pub(crate) fn is_known(value: &Value<'_>) -> bool {
    !matches!(value, Value::Unknown(_) | Value::None)
}
