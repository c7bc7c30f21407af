//! Many cases at a stage: packages, quotas, decisions (semantics 3).
//!
//! In: a prepared programme, the lines of a batch, options. Out: a report per case and one line on packages and quotas.
//! Always: the order of lines decides nothing but the order of what is printed; nobody is picked.

pub(crate) mod group;
pub(crate) mod keys;
mod package;
mod quota;
mod sending;
mod stage;
mod summary;

use crate::case::{Batch, Case};
use crate::deadline::{inclusive, is_past};
use crate::eval::Frame;
use crate::messages;
use crate::options::{On, Options};
use crate::prepared::Prepared;
use crate::readings::{ReadingUse, Setting, alternatives, settings_of, word, worlds};
use crate::report::{BatchReport, Message, Note, OutcomeRange, PackageReport, QuotaFinding, Report, Under, add_note};
use crate::scene::{Scene, any_stage};
use crate::truth::Truth;
use crate::value::Needs;
use crate::verdict::worsen;
use group::Group;
use keys::Name;
use prog_base::Text;
use prog_model::{RuleResult, StageId};
use stage::{StageResult, StageRun};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

impl<'p> Prepared<'p> {
    /// Evaluates a batch at a stage; without one, at every stage in turn.
    pub fn evaluate_batch<'a>(&'a self, batch: &'a Batch, options: &Options) -> BatchReport<'a> {
        let reports = batch.cases.iter().map(|c| self.report(c, options, true)).collect();
        let ids = batch.cases.iter().enumerate().map(|(at, case)| id(at, case)).collect();
        let by_id = batch.cases.iter().enumerate().filter_map(|(at, c)| c.id.as_deref().map(|id| (id, at))).collect();
        let run = BatchRun { prepared: self, batch, options, ids, by_id };
        let mut report = BatchReport {
            programme: self.programme,
            reports,
            closed: options.at.map_or(options.closed, |s| run.is_closed(s, &settings_of(&self.settings, options))),
            stage: options.at.map(|s| self.programme.stages[s.index()].key.as_str()),
            packages: Vec::new(),
            findings: Vec::new(),
            notes: Vec::new(),
        };
        run.stages(&mut report);
        report
    }
}

/// The id of a case; one without is called by its place among the cases.
pub(crate) fn id(at: usize, case: &Case) -> Cow<'_, str> {
    case.id.as_deref().map_or_else(|| Cow::Owned(format!("#{}", at + 1)), Cow::Borrowed)
}

/// Works in the scope of no case.
pub(crate) fn outside<'a, T>(prepared: &'a Prepared<'a>, settings: &[Setting], work: impl FnOnce(&mut Group<'_, 'a>) -> T) -> T {
    let mut scope =
        Group { prepared, settings, scenes: &mut [], members: &[], frame: Frame::default(), counted: BTreeSet::new(), portions: None };
    work(&mut scope)
}

struct BatchRun<'r, 'a> {
    prepared: &'a Prepared<'a>,
    batch: &'a Batch,
    options: &'r Options,
    ids: Vec<Cow<'a, str>>,
    by_id: BTreeMap<&'a str, usize>,
}

impl<'a> BatchRun<'_, 'a> {
    /// Closed iff said so, or the day looked at is past the stage's deadline.
    fn is_closed(&self, stage: StageId, settings: &[Setting]) -> bool {
        let p = self.prepared.programme;
        let Some(on) = self.options.on.filter(|_| !self.options.closed) else { return self.options.closed };
        let Some(due) = any_stage(p, stage).and_then(|s| s.due.as_ref()) else { return false };
        let due = outside(self.prepared, settings, |scope| scope.deadline(due));
        is_past(on, &due, inclusive(p, settings), p.zone.as_ref())
    }

    /// Every stage asked for, and quotas without a stage.
    fn stages(&self, report: &mut BatchReport<'a>) {
        let p = self.prepared.programme;
        let asked: Vec<Option<StageId>> = match self.options.at {
            Some(stage) => vec![Some(stage)],
            None => (0..p.stages.len()).map(|s| Some(StageId(s as u32))).chain([None]).collect(),
        };
        let mut packages: Vec<(usize, PackageReport<'a>)> = Vec::new();
        let mut quotas: Vec<(usize, Name, QuotaFinding<'a>)> = Vec::new();
        for stage in asked {
            let has_quota = p.quotas.iter().any(|q| q.at == stage);
            let has_package = self.batch.packages.iter().any(|k| self.is_sent_at(k, stage));
            if !has_quota && !has_package {
                continue;
            }
            let settings = settings_of(&self.prepared.settings, self.options);
            let uses = self.uses(stage);
            let mut result = self.settled(stage, &settings, &uses);
            if self.options.alternatives {
                for (reading, index, other) in alternatives(p, &settings, &uses) {
                    let there = self.settled(stage, &other, &uses);
                    compare(&mut result, &there, &p.readings[reading].ident.key, &word(p, reading, index));
                }
            }
            self.outcomes(&result, &mut report.reports);
            packages.extend(self.packages(stage, &settings, &mut result));
            quotas.extend(result.quotas);
            result.notes.into_iter().for_each(|note| add_note(&mut report.notes, note));
        }
        packages.sort_by_key(|(index, _)| *index);
        quotas.sort_by_key(|(index, _, _)| *index);
        self.unused_decisions(&quotas, &mut report.notes);
        report.packages = packages.into_iter().map(|(_, k)| k).collect();
        report.findings = quotas.into_iter().map(|(_, _, q)| q).collect();
    }

    /// No decision is passed over in silence: one that no finding took up is noted.
    fn unused_decisions(&self, found: &[(usize, Name, QuotaFinding<'a>)], notes: &mut Vec<Note<'a>>) {
        for decision in &self.batch.decisions {
            let named = self.prepared.programme.quotas.iter().enumerate().find(|(_, q)| Some(&q.ident.key) == decision.quota.as_ref());
            let Some((index, quota)) = named else {
                let (zh, en) = messages::NO_QUOTA;
                let message = Message::Own(Text { zh: zh.to_owned(), en: en.to_owned() });
                add_note(notes, Note { rule: "", cites: &[], message });
                continue;
            };
            let mut groups = found.iter().filter(|(i, _, _)| *i == index).map(|(_, name, _)| name).peekable();
            let judged = groups.peek().is_some();
            if groups.any(|name| stage::decides(decision, quota, name)) {
                continue;
            }
            let key = decision.key.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("、");
            let message = match judged {
                true => messages::about_two(messages::NO_SUCH_GROUP, &key, &quota.ident.label),
                false => messages::about(messages::NOT_JUDGED, &quota.ident.label),
            };
            add_note(notes, Note { rule: &quota.ident.key, cites: &quota.cites, message: Message::Own(message) });
        }
    }

    fn is_sent_at(&self, package: &crate::case::Package, stage: Option<StageId>) -> bool {
        let Some(stage) = stage else { return false };
        let key = &self.prepared.programme.stages[stage.index()].key;
        match &package.stage {
            Some(named) => named == key,
            None => self.options.at == Some(stage),
        }
    }

    /// Readings that the quotas of a stage depend on.
    fn uses(&self, stage: Option<StageId>) -> ReadingUse {
        let mut uses = ReadingUse::default();
        for (quota, of) in self.prepared.programme.quotas.iter().zip(&self.prepared.quota_readings) {
            if quota.at == stage {
                uses.extend(of);
            }
        }
        uses
    }

    /// A stage under these settings; under open readings, what all their words agree on.
    fn settled(&self, stage: Option<StageId>, settings: &[Setting], uses: &ReadingUse) -> StageResult<'a> {
        let mut all = worlds(self.prepared.programme, settings, uses).into_iter().map(|w| self.at_stage(stage, &w, |run| run.run()));
        let mut first = all.next().unwrap_or_default();
        for other in all {
            other.notes.into_iter().for_each(|note| add_note(&mut first.notes, note));
            for (mine, theirs) in first.quotas.iter_mut().zip(&other.quotas) {
                if mine.2.result != theirs.2.result {
                    mine.2.result = RuleResult::Unknown;
                    mine.2.needs = Needs::notice();
                }
            }
        }
        first
    }

    /// Sets the scene at a stage.
    fn at_stage<T>(&self, stage: Option<StageId>, settings: &[Setting], work: impl FnOnce(StageRun<'_, 'a>) -> T) -> T {
        let mut scenes: Vec<Scene<'a>> = scenes(self.prepared, self.batch, settings, self.options.on).collect();
        let counted = (0..scenes.len())
            .filter(|at| !self.batch.cases[*at].withdrawn)
            .map(|at| (at, entered(&mut scenes[at], stage)))
            .filter(|(_, truth)| !truth.is_false())
            .collect();
        let packages: Vec<_> = self.batch.packages.iter().enumerate().filter(|(_, k)| self.is_sent_at(k, stage)).collect();
        let mut named: BTreeMap<&'a str, usize> = BTreeMap::new();
        for (_, package) in &packages {
            for id in package.cases.iter().map(String::as_str).collect::<BTreeSet<&'a str>>() {
                *named.entry(id).or_default() += 1;
            }
        }
        work(StageRun {
            prepared: self.prepared,
            batch: self.batch,
            stage,
            settings,
            closed: stage.map_or(self.options.closed, |s| self.is_closed(s, settings)),
            scenes: &mut scenes,
            ids: &self.ids,
            by_id: &self.by_id,
            packages,
            named,
            counted,
        })
    }

    fn packages(&self, stage: Option<StageId>, settings: &[Setting], result: &mut StageResult<'a>) -> Vec<(usize, PackageReport<'a>)> {
        self.at_stage(stage, settings, |mut run| {
            let mut reports = Vec::new();
            for (index, package) in run.packages.clone() {
                let quotas = result.judged.remove(&index).unwrap_or_default();
                reports.push((index, package::report(&mut run, package, quotas)));
            }
            reports
        })
    }

    /// Every case of a breaching group gets the quota's outcome (semantics 3.5).
    fn outcomes(&self, result: &StageResult<'a>, reports: &mut [Report<'a>]) {
        let p = self.prepared.programme;
        for (at, quota) in &result.breaching {
            let track = self.batch.cases[*at].track.0;
            let Some(outcome) = quota::outcome_key(p, track, &p.quotas[*quota]) else { continue };
            let range = reports[*at].outcome;
            reports[*at].outcome = range.map(|range: OutcomeRange<'a>| worsen(p.track(track), range, outcome));
        }
    }
}

/// The cases of a batch in the making, one after another.
pub(crate) fn scenes<'a>(
    prepared: &'a Prepared<'a>,
    batch: &'a Batch,
    settings: &[Setting],
    on: Option<On>,
) -> impl Iterator<Item = Scene<'a>> + use<'a> {
    let shared: Rc<[Setting]> = settings.into();
    batch.cases.iter().map(move |case| {
        let mut scene = Scene::new(prepared, case, Rc::clone(&shared), on);
        scene.in_batch = true;
        scene
    })
}

/// Whether a case entered a stage; one without events counts everywhere.
pub(crate) fn entered<'a>(scene: &mut Scene<'a>, stage: Option<StageId>) -> Truth<'a> {
    let Some(stage) = stage else { return Truth::True };
    if scene.case.events.is_empty() {
        return Truth::True;
    }
    match scene.position(stage) {
        Some(at) => scene.walk().entered[at].clone(),
        None => Truth::False,
    }
}

/// Notes under each quota what another word of one reading would give.
#[expect(clippy::ptr_arg, reason = "the value is kept as it is, borrowed or owned")]
fn compare<'a>(result: &mut StageResult<'a>, there: &StageResult<'a>, reading: &'a str, value: &Cow<'a, str>) {
    for (index, name, finding) in &mut result.quotas {
        let other = there.quotas.iter().find(|(i, n, _)| i == index && n == name);
        if let Some((_, _, other)) = other.filter(|(_, _, o)| o.result != finding.result) {
            finding.under.push(Under { reading, value: value.clone(), result: other.result });
        }
    }
}
