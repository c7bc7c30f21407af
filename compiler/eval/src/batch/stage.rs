//! One stage of a batch under one setting of readings: packages in turn against the sender's quotas, then every quota of the stage.

use super::keys::{Grouping, KeyedGroup, Name, groups, printed};
use super::quota::{Counted, count};
use super::sending::{Sending, Taken, sendings};
use crate::case::{Batch, Decision, Package, When};
use crate::prepared::Prepared;
use crate::readings::Setting;
use crate::report::{Note, QuotaFinding, add_note};
use crate::rules::result_of;
use crate::scene::Scene;
use crate::truth::Truth;
use crate::value::Needs;
use prog_model::{Binding, Bound, Quota, RuleResult, StageId, Strength};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The run of one stage.
pub(crate) struct StageRun<'r, 'a> {
    pub prepared: &'a Prepared<'a>,
    pub batch: &'a Batch,
    pub stage: Option<StageId>,
    pub settings: &'r [Setting],
    pub closed: bool,
    pub scenes: &'r mut [Scene<'a>],
    /// Ids of cases by position.
    pub ids: &'r [Cow<'a, str>],
    /// Positions of cases by id.
    pub by_id: &'r BTreeMap<&'a str, usize>,
    /// Packages sent at the stage, with their positions in the batch.
    pub packages: Vec<(usize, &'a Package)>,
    /// How many of them name a case.
    pub named: BTreeMap<&'a str, usize>,
    /// Cases that entered the stage and were not taken back.
    pub counted: Vec<(usize, Truth<'a>)>,
}

/// What a stage gave.
#[derive(Default)]
pub(crate) struct StageResult<'a> {
    /// Quotas in source order, groups in theirs.
    pub quotas: Vec<(usize, Name, QuotaFinding<'a>)>,
    /// Per package position: the quotas it was judged by.
    pub judged: BTreeMap<usize, Vec<QuotaFinding<'a>>>,
    /// Cases of breaching groups with the quota's position.
    pub breaching: Vec<(usize, usize)>,
    /// Data notes.
    pub notes: Vec<Note<'a>>,
}

/// How a sending fared against one group of one quota.
struct Breach<'a> {
    counted: Counted<'a>,
    packages: Vec<usize>,
    /// The cases sent loose that did not fit.
    result: RuleResult,
}

impl<'a> StageResult<'a> {
    fn note(&mut self, counted: &Counted<'a>) {
        for note in &counted.notes {
            add_note(&mut self.notes, note.clone());
        }
    }
}

type Breaches<'a> = BTreeMap<(usize, Name), Vec<Breach<'a>>>;

impl<'a> StageRun<'_, 'a> {
    /// Positions of a package's cases that are in the batch and not taken back.
    pub(crate) fn cases_of(&self, package: &Package) -> Vec<usize> {
        let named = package.cases.iter().filter_map(|id| self.by_id.get(id.as_str()).copied());
        named.filter(|at| !self.batch.cases[*at].withdrawn).collect()
    }

    /// When a case was sent at the stage, by its own events.
    pub(crate) fn sent_at(&self, at: usize) -> Option<When> {
        let key = &self.prepared.programme.stages[self.stage?.index()].key;
        self.batch.cases[at].events.iter().find(|e| e.stage.as_ref() == Some(key)).and_then(|e| e.at)
    }

    /// Judges packages in turn, then all quotas of the stage.
    pub(crate) fn run(mut self) -> StageResult<'a> {
        let p = self.prepared.programme;
        let all: Vec<(usize, &'a Quota)> = p.quotas.iter().enumerate().filter(|(_, q)| q.at == self.stage).collect();
        let senders: Vec<(usize, &'a Quota)> =
            all.iter().copied().filter(|(_, q)| matches!(q.binding, Binding::Sender(_)) && !q.soft).collect();
        let caps: Vec<(usize, &'a Quota)> = senders.iter().copied().filter(|(_, q)| is_cap(q)).collect();
        let mut result = StageResult::default();
        let mut breaches = Breaches::new();
        let accepted = self.take_in_turn(&caps, &mut breaches, &mut result);
        for (index, quota) in all {
            self.whole_quota(index, quota, &accepted, &breaches, &mut result);
        }
        result
    }

    /// The sender's caps, sending by sending; gives the cases whose sending fitted.
    fn take_in_turn(
        &mut self,
        caps: &[(usize, &'a Quota)],
        breaches: &mut Breaches<'a>,
        result: &mut StageResult<'a>,
    ) -> Vec<(usize, Truth<'a>)> {
        if caps.is_empty() {
            return self.counted.clone();
        }
        let mut accepted: BTreeMap<usize, Truth<'a>> = BTreeMap::new();
        let mut taken: Vec<Taken> = caps.iter().map(|_| Taken::default()).collect();
        let quotas: Vec<&Quota> = caps.iter().map(|(_, q)| *q).collect();
        let counts: BTreeMap<usize, Truth<'a>> = self.counted.iter().cloned().collect();
        for sending in sendings(self, &quotas) {
            let own: BTreeSet<usize> = sending.cases.iter().copied().filter(|at| counts.contains_key(at)).collect();
            let mut fits = true;
            for ((index, quota), taken) in caps.iter().zip(&taken) {
                let near = taken.beside(self, quota, &own).unwrap_or_else(|| accepted.keys().chain(&own).copied().collect());
                let with: Vec<_> = near.into_iter().filter_map(|at| Some((at, counts.get(&at)?.clone()))).collect();
                fits &= self.against(*index, quota, &sending, &with, breaches, result);
            }
            if fits {
                for ((_, quota), taken) in caps.iter().zip(&mut taken) {
                    taken.take(self, quota, &own);
                }
                accepted.extend(own.into_iter().filter_map(|at| Some((at, counts.get(&at)?.clone()))));
            }
        }
        accepted.into_iter().collect()
    }

    /// One sending against one cap, group by group; whether it fits.
    fn against(
        &mut self,
        index: usize,
        quota: &'a Quota,
        sending: &Sending,
        with: &[(usize, Truth<'a>)],
        breaches: &mut Breaches<'a>,
        result: &mut StageResult<'a>,
    ) -> bool {
        let mut fits = true;
        let own: BTreeSet<usize> = sending.cases.iter().copied().collect();
        for group in groups(self.prepared, &Grouping::of_quota(quota), self.scenes, with, self.settings) {
            if !group.members.iter().any(|(at, _)| own.contains(at)) {
                continue;
            }
            let counted = count(self.prepared, quota, &group, &group.members, self.scenes, self.settings);
            result.note(&counted);
            let over = counted.over(quota).unwrap_or(Truth::False);
            let held = Truth::or([counted.applies.clone().not(), over.not()]);
            let (mut state, needs) = result_of(&Truth::True, &held);
            let reason = self.reason(quota, sending);
            if state == RuleResult::Unmet && quota.strength == Some(Strength::InPrinciple) && reason.is_some() {
                state = RuleResult::Met;
            }
            let mut finding = self.finding(quota, &group, &counted, (state, self.closed || state == RuleResult::Unmet, needs));
            finding.reason = reason.filter(|_| counted.over(quota).is_some_and(|t| t.is_true()) && state == RuleResult::Met);
            for package in &sending.packages {
                result.judged.entry(*package).or_default().push(finding.clone());
            }
            if state == RuleResult::Unmet && binds(quota) {
                fits = false;
                let breach = Breach { counted, packages: sending.packages.clone(), result: state };
                breaches.entry((index, group.name.clone())).or_default().push(breach);
            }
        }
        fits
    }

    /// A written reason for exceeding a quota: of a package of the sending.
    fn reason(&self, quota: &Quota, sending: &Sending) -> Option<&'a str> {
        sending.packages.iter().find_map(|index| {
            let reasons = &self.batch.packages[*index].reasons;
            reasons.iter().find(|(key, _)| *key == quota.ident.key).map(|(_, reason)| reason.as_str())
        })
    }

    /// A quota over all that counts: every group, one finding each.
    fn whole_quota(
        &mut self,
        index: usize,
        quota: &'a Quota,
        accepted: &[(usize, Truth<'a>)],
        breaches: &Breaches<'a>,
        result: &mut StageResult<'a>,
    ) {
        let fitting: BTreeSet<usize> = accepted.iter().map(|(at, _)| *at).collect();
        // Groups are formed over all cases of the batch: one whose sending did not fit, or that nobody brought to the stage, still stands.
        let counts: BTreeMap<usize, Truth<'a>> = self.counted.iter().cloned().collect();
        let all: Vec<(usize, Truth<'a>)> =
            (0..self.scenes.len()).map(|at| (at, counts.get(&at).cloned().unwrap_or(Truth::False))).collect();
        for group in groups(self.prepared, &Grouping::of_quota(quota), self.scenes, &all, self.settings) {
            let found = breaches.get(&(index, group.name.clone()));
            let members: Vec<(usize, Truth<'a>)> = group.members.iter().filter(|(at, _)| fitting.contains(at)).cloned().collect();
            let mut finding = match found.and_then(|f| f.first()) {
                Some(first) => {
                    let mut finding = self.finding(quota, &group, &first.counted, (first.result, true, Needs::default()));
                    let ids = found.into_iter().flatten().flat_map(|b| &b.packages);
                    finding.returned = ids.map(|i| self.package_id(*i)).collect();
                    finding
                }
                None => {
                    let counted = count(self.prepared, quota, &group, &members, self.scenes, self.settings);
                    result.note(&counted);
                    let outcome = counted.result(quota, self.closed);
                    let mut finding = self.finding(quota, &group, &counted, outcome);
                    self.excuse(quota, &mut finding);
                    finding
                }
            };
            finding.over_ruled = self.decision(quota, &group);
            if finding.result == RuleResult::Unmet {
                self.mark(index, quota, &group, &mut finding, result);
            }
            result.quotas.push((index, group.name, finding));
        }
    }

    /// Cases of a breaching group get its outcome; packages of a share that is over are returned.
    fn mark(&self, index: usize, quota: &'a Quota, group: &KeyedGroup<'a>, finding: &mut QuotaFinding<'a>, result: &mut StageResult<'a>) {
        if quota.outcome.is_some() {
            result.breaching.extend(group.members.iter().map(|(at, _)| (*at, index)));
        }
        let returned_whole = matches!(quota.binding, Binding::Sender(_)) && !quota.soft && is_upper(quota) && finding.returned.is_empty();
        if !returned_whole || !binds(quota) {
            return;
        }
        for (position, package) in &self.packages {
            if self.cases_of(package).iter().any(|at| group.members.iter().any(|(m, _)| m == at)) {
                finding.returned.push(self.package_id(*position));
                result.judged.entry(*position).or_default().push(finding.clone());
            }
        }
    }

    /// With a written reason of a package an `in principle` quota is met.
    fn excuse(&self, quota: &Quota, finding: &mut QuotaFinding<'a>) {
        if quota.strength != Some(Strength::InPrinciple) || finding.result != RuleResult::Unmet {
            return;
        }
        let reasons = self.packages.iter().flat_map(|(_, k)| &k.reasons);
        if let Some((_, reason)) = reasons.into_iter().find(|(key, _)| *key == quota.ident.key) {
            finding.result = RuleResult::Met;
            finding.reason = Some(reason);
        }
    }

    fn package_id(&self, index: usize) -> Cow<'a, str> {
        match &self.batch.packages[index].id {
            Some(id) => Cow::Borrowed(id),
            None => Cow::Owned(format!("#{}", index + 1)),
        }
    }

    fn finding(
        &self,
        quota: &'a Quota,
        group: &KeyedGroup<'a>,
        counted: &Counted<'a>,
        (result, settled, needs): (RuleResult, bool, Needs<'a>),
    ) -> QuotaFinding<'a> {
        let actor = match quota.binding {
            Binding::Sender(actor) => Some(actor),
            Binding::Decider(actor) => actor,
        };
        QuotaFinding {
            ident: &quota.ident,
            cites: &quota.cites,
            strength: if quota.soft { Strength::Note } else { quota.strength.unwrap_or(Strength::Require) },
            result,
            settled,
            key: printed(&quota.keys, &group.name),
            measure: counted.measure(quota),
            limit: counted.printed_limit(quota),
            distance: counted.distance(),
            members: counted.members.iter().map(|at| self.ids[*at].clone()).collect(),
            needs,
            under: Vec::new(),
            returned: Vec::new(),
            addressed: actor.map(|a| self.prepared.programme.actors[a.index()].ident.key.as_str()),
            over_ruled: None,
            reason: None,
        }
    }

    /// The decision recorded for a group.
    fn decision(&self, quota: &Quota, group: &KeyedGroup<'a>) -> Option<&'a Decision> {
        self.batch.decisions.iter().rev().find(|d| d.quota.as_ref() == Some(&quota.ident.key) && decides(d, quota, &group.name))
    }
}

/// Whether a decision on a quota is on the group of this name.
pub(crate) fn decides(decision: &Decision, quota: &Quota, group: &Name) -> bool {
    decision.key.iter().all(|(name, text)| {
        let mut keys = quota.keys.iter().zip(group);
        keys.any(|(key, value)| value == text && (name.is_empty() || key.name == *name))
    })
}

/// A cap that can only be reached, never left again, by sending more.
fn is_cap(quota: &Quota) -> bool {
    let upper = is_upper(quota) || matches!(quota.bound, Some(Bound::Between(..) | Bound::Equal(_)));
    upper && quota.value.as_ref().is_some_and(super::quota::grows)
}

fn is_upper(quota: &Quota) -> bool {
    matches!(quota.bound, Some(Bound::AtMost(_) | Bound::Less(_)))
}

/// Whether exceeding it keeps a package out.
pub(crate) fn binds(quota: &Quota) -> bool {
    match quota.strength {
        None | Some(Strength::Require | Strength::Complete | Strength::InPrinciple) => !quota.soft,
        Some(Strength::Prefer | Strength::Encourage | Strength::Note | Strength::Waive) => false,
    }
}
