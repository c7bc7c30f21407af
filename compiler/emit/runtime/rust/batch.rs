//! Many cases at a stage: packages, quotas, decisions.
//!
//! In: a prepared programme, the lines of a batch, options. Out: a report per case and one on packages and quotas.
//! Always: the order of lines decides nothing but the order of what is printed; nobody is picked.

use super::case::Case;
use super::deadline::is_past;
use super::evaluate::{evaluate_case, Evaluated};
use super::finding::{Outcome, Under};
use super::group::Group;
use super::lines::{Batch, Package};
use super::messages::{self, add_note, Message, Note};
use super::options::Settled;
use super::package::{package_report, PackageReport};
use super::prepared::{positions, Prepared};
use super::read::When;
use super::readings::{alternatives, worlds, Alternative, Setting};
use super::report::Writer;
use super::scene::Scene;
use super::stage::{Placed, StageResult, StageRun};
use super::truth::Truth;
use super::value::Needs;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// What is found on a batch, not yet printed.
#[derive(Debug)]
pub struct EvaluatedBatch<'a> {
    /// One a case, in the order given.
    pub reports: Vec<Evaluated<'a>>,
    /// Whether the batch is closed at its stage.
    pub closed: bool,
    /// Key of the stage.
    pub stage: Option<&'static str>,
    /// One a package, in the order given.
    pub packages: Vec<(usize, PackageReport<'a>)>,
    /// One a quota and group.
    pub findings: Vec<Placed<'a>>,
    /// Divisions by zero in quotas; decisions that no quota finding took up.
    pub notes: Vec<Note>,
}

/// Evaluates a batch at a stage; without one, at every stage in turn.
pub fn evaluate_batch<'a>(
    prepared: &'static Prepared,
    batch: &'a Batch<'a>,
    options: &Settled,
) -> EvaluatedBatch<'a> {
    let cases = batch.cases.iter().enumerate();
    let run = BatchRun {
        prepared,
        batch,
        options,
        ids: ids(batch),
        by_id: cases
            .filter_map(|(at, case)| Some((case.id.as_deref()?, at)))
            .collect(),
    };
    let mut evaluated = EvaluatedBatch {
        reports: batch
            .cases
            .iter()
            .map(|one| evaluate_case(prepared, one, options, true))
            .collect(),
        closed: match options.at {
            Some(stage) => run.is_closed(stage, &options.settings),
            None => options.closed,
        },
        stage: options.at,
        packages: Vec::new(),
        findings: Vec::new(),
        notes: Vec::new(),
    };
    run.stages(&mut evaluated);
    evaluated
}

/// Ids of the cases; one without is called by its place among the cases.
pub fn ids<'a>(batch: &'a Batch<'a>) -> Vec<Cow<'a, str>> {
    let name = |at: usize| Cow::Owned(format!("#{}", at + 1));
    let id = |(at, case): (usize, &'a Case<'a>)| {
        case.id.as_deref().map_or_else(|| name(at), Cow::Borrowed)
    };
    batch.cases.iter().enumerate().map(id).collect()
}

/// The scenes of all cases, under one setting of readings.
pub fn scenes<'a>(
    prepared: &'static Prepared,
    batch: &'a Batch<'a>,
    settings: &Rc<[Setting]>,
    on: Option<When>,
) -> Vec<Scene<'a>> {
    let scene = |case| Scene::new(prepared, case, settings, on, true);
    batch.cases.iter().map(scene).collect()
}

struct BatchRun<'o, 'a> {
    prepared: &'static Prepared,
    batch: &'a Batch<'a>,
    options: &'o Settled,
    /// Ids of the cases; one without is called by its place among the cases.
    ids: Vec<Cow<'a, str>>,
    by_id: BTreeMap<&'a str, usize>,
}

impl<'a> BatchRun<'_, 'a> {
    /// Closed iff said so, or the day looked at is past the stage's deadline.
    fn is_closed(&self, stage: &str, settings: &Rc<[Setting]>) -> bool {
        let Some(on) = self.options.on.filter(|_| !self.options.closed) else {
            return self.options.closed;
        };
        let stage = self.prepared.any_stage(stage);
        stage.and_then(|stage| stage.due).is_some_and(|due| {
            let scope = Group::outside(self.prepared, settings);
            is_past(&scope.frame, on, &due(&scope))
        })
    }

    /// Every stage asked for, and quotas without a stage.
    fn stages(&self, evaluated: &mut EvaluatedBatch<'a>) {
        let asked: Vec<Option<&'static str>> = match self.options.at {
            Some(stage) => vec![Some(stage)],
            None => {
                let keys = self.prepared.stage_keys.iter().copied();
                keys.map(Some).chain([None]).collect()
            }
        };
        for stage in asked {
            let mut quotas = self.prepared.definition.quotas.iter();
            let has_package = self
                .batch
                .packages
                .iter()
                .any(|one| self.is_sent_at(one, stage));
            if !quotas.any(|quota| quota.at == stage) && !has_package {
                continue;
            }
            self.stage(stage, evaluated);
        }
        evaluated.packages.sort_by_key(|(index, _)| *index);
        evaluated.findings.sort_by_key(|(index, _)| *index);
        self.unused_decisions(evaluated);
    }

    fn stage(&self, stage: Option<&'static str>, evaluated: &mut EvaluatedBatch<'a>) {
        let settings = &self.options.settings;
        let uses = self.uses(stage);
        let mut result = self.settled(stage, settings, &uses);
        if self.options.alternatives {
            for other in alternatives(self.prepared.readings(), settings, &uses) {
                compare(
                    &mut result,
                    &self.settled(stage, &other.settings, &uses),
                    &other,
                );
            }
        }
        self.outcomes(&result, &mut evaluated.reports);
        let run = self.at_stage(stage, settings);
        for (index, package) in &run.packages {
            let quotas = result.judged.remove(index).unwrap_or_default();
            evaluated
                .packages
                .push((*index, package_report(&run, package, quotas)));
        }
        evaluated.findings.append(&mut result.quotas);
        for note in result.notes {
            add_note(&mut evaluated.notes, note);
        }
    }

    /// No decision is passed over in silence: one that no finding took up is noted.
    fn unused_decisions(&self, evaluated: &mut EvaluatedBatch<'a>) {
        let quotas = self.prepared.definition.quotas;
        for decision in &self.batch.decisions {
            let named = quotas
                .iter()
                .position(|quota| Some(quota.key) == decision.quota);
            let Some(index) = named else {
                let message = Message::Own(messages::NO_QUOTA.plain());
                add_note(
                    &mut evaluated.notes,
                    Note {
                        rule: "",
                        clauses: &[],
                        message,
                    },
                );
                continue;
            };
            let quota = &quotas[index];
            let mut groups = evaluated
                .findings
                .iter()
                .filter(|(of, _)| *of == index)
                .peekable();
            let judged = groups.peek().is_some();
            if groups.any(|(_, found)| decision.is_on(quota, &found.name)) {
                continue;
            }
            let texts: Vec<&str> = decision.key.iter().map(|(_, text)| text.as_ref()).collect();
            let label = quota.ident().label;
            let words = match judged {
                true => messages::NO_SUCH_GROUP.about_two(&texts.join("、"), label),
                false => messages::NOT_JUDGED.about(label),
            };
            let note = Note {
                rule: quota.key,
                clauses: quota.clauses,
                message: Message::Own(words),
            };
            add_note(&mut evaluated.notes, note);
        }
    }

    fn is_sent_at(&self, package: &Package<'_>, stage: Option<&str>) -> bool {
        let Some(stage) = stage else { return false };
        match &package.stage {
            Some(named) => named == stage,
            None => self.options.at == Some(stage),
        }
    }

    /// Readings that the quotas of a stage depend on, ascending.
    fn uses(&self, stage: Option<&str>) -> Vec<usize> {
        let quotas = self
            .prepared
            .definition
            .quotas
            .iter()
            .filter(|quota| quota.at == stage);
        let of = quotas.flat_map(|quota| positions(self.prepared.readings(), quota.readings));
        of.collect::<BTreeSet<usize>>().into_iter().collect()
    }

    /// A stage under these settings; under open readings, what all their words agree on.
    fn settled(
        &self,
        stage: Option<&'static str>,
        settings: &Rc<[Setting]>,
        uses: &[usize],
    ) -> StageResult<'a> {
        let worlds = worlds(self.prepared.readings(), settings, uses).into_iter();
        let mut all = worlds.map(|world| self.at_stage(stage, &world).run());
        let mut first = all.next().unwrap_or_default();
        for other in all {
            for note in other.notes {
                add_note(&mut first.notes, note);
            }
            for ((_, mine), (_, theirs)) in first.quotas.iter_mut().zip(&other.quotas) {
                if mine.result != theirs.result {
                    mine.result = Outcome::Unknown;
                    mine.needs = Needs::notice();
                }
            }
        }
        first
    }

    /// Sets the scene at a stage.
    fn at_stage(&self, stage: Option<&'static str>, settings: &Rc<[Setting]>) -> StageRun<'_, 'a> {
        let Self {
            prepared,
            batch,
            options,
            ..
        } = *self;
        let scenes = scenes(prepared, batch, settings, options.on);
        let there = scenes
            .iter()
            .enumerate()
            .filter(|(at, _)| !batch.cases[*at].withdrawn);
        let counted = there.map(|(at, scene)| (at, entered(scene, stage)));
        let counted = counted.filter(|(_, truth)| !truth.is_false()).collect();
        let packages = batch.packages.iter().enumerate();
        let packages: Vec<_> = packages
            .filter(|(_, one)| self.is_sent_at(one, stage))
            .collect();
        let mut named: BTreeMap<&'a str, usize> = BTreeMap::new();
        for (_, package) in &packages {
            let ids: BTreeSet<&'a str> = package.cases.iter().map(|id| &**id).collect();
            for id in ids {
                *named.entry(id).or_default() += 1;
            }
        }
        StageRun {
            prepared,
            batch,
            stage,
            settings: Rc::clone(settings),
            closed: stage.map_or(options.closed, |stage| self.is_closed(stage, settings)),
            scenes,
            ids: &self.ids,
            by_id: &self.by_id,
            packages,
            named,
            counted,
        }
    }

    /// Every case of a breaching group gets the quota's outcome.
    fn outcomes(&self, result: &StageResult<'a>, reports: &mut [Evaluated<'a>]) {
        for (at, quota) in &result.breaching {
            let track = self.batch.cases[*at].track.track;
            let outcomes = self.prepared.definition.quotas[*quota].outcome.iter();
            let outcome = outcomes.into_iter().find(|(of, _)| *of == track.key);
            if let (Some((_, outcome)), Some(range)) = (outcome, &mut reports[*at].outcome) {
                *range = range.worsened(track, outcome);
            }
        }
    }
}

/// Whether a case entered a stage; one without events counts everywhere.
pub fn entered(scene: &Scene<'_>, stage: Option<&str>) -> Truth {
    match stage {
        Some(stage) if !scene.case.events.is_empty() => {
            let at = scene.position(stage);
            at.map_or(Truth::False, |at| scene.walk().entered[at].clone())
        }
        Some(_) | None => Truth::True,
    }
}

/// Notes under each quota what another word of one reading would give.
fn compare(result: &mut StageResult<'_>, there: &StageResult<'_>, other: &Alternative) {
    for (index, found) in &mut result.quotas {
        let mut same = there
            .quotas
            .iter()
            .filter(|(i, one)| i == index && one.name == found.name);
        if let Some((_, one)) = same.next().filter(|(_, one)| one.result != found.result) {
            found.under.push(Under {
                reading: other.reading,
                value: other.word,
                result: one.result,
            });
        }
    }
}

impl Writer {
    /// The report of a batch.
    pub fn batch(&mut self, batch: &EvaluatedBatch<'_>) {
        let definition = self.prepared.definition;
        self.raw(if batch.closed {
            "{\"closed\":true"
        } else {
            "{\"closed\":false"
        });
        self.raw(",\"findings\":");
        self.list(&batch.findings, |out, (_, found)| out.quota(found));
        if !batch.notes.is_empty() {
            self.raw(",\"notes\":");
            self.list(&batch.notes, Self::note);
        }
        self.raw(",\"packages\":");
        self.list(&batch.packages, |out, (_, report)| out.package(report));
        self.member(",\"programme\":", definition.programme);
        self.nullable(",\"stage\":", batch.stage);
        self.member(",\"version\":", definition.version);
        self.raw("}");
    }
}
