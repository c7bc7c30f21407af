//! One stage of a batch under one setting of readings: packages in turn against the sender's quotas, then every quota of the stage.

use super::definition::{Binding, BoundKind, Quota, Strength};
use super::finding::Outcome;
use super::keys::{groups_of, KeyedGroup, Name};
use super::lines::{Batch, Decision, Package};
use super::messages::{add_note, Note};
use super::prepared::Prepared;
use super::quota::{count_group, GroupCount, QuotaFinding};
use super::read::When;
use super::readings::Setting;
use super::rules::result_of;
use super::scene::Scene;
use super::sending::{sendings_of, Sending, Taken};
use super::truth::Truth;
use super::value::Needs;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The run of one stage.
#[derive(Debug)]
pub struct StageRun<'r, 'a> {
    /// The programme.
    pub prepared: &'static Prepared,
    /// All lines.
    pub batch: &'a Batch<'a>,
    /// Key of the stage.
    pub stage: Option<&'static str>,
    /// What each reading is set to.
    pub settings: Rc<[Setting]>,
    /// Whether no more can come.
    pub closed: bool,
    /// Scenes of all cases.
    pub scenes: Vec<Scene<'a>>,
    /// Ids of cases by position.
    pub ids: &'r [Cow<'a, str>],
    /// Positions of cases by id.
    pub by_id: &'r BTreeMap<&'a str, usize>,
    /// Packages sent at the stage, with their positions in the batch.
    pub packages: Vec<(usize, &'a Package<'a>)>,
    /// How many of them name a case.
    pub named: BTreeMap<&'a str, usize>,
    /// Cases that entered the stage and were not taken back.
    pub counted: Vec<(usize, Truth)>,
}

/// A quota's finding with its position and the name of its group.
pub type Placed<'a> = (usize, QuotaFinding<'a>);

/// What a stage gave.
#[derive(Debug, Default)]
pub struct StageResult<'a> {
    /// Quotas in source order, groups in theirs.
    pub quotas: Vec<Placed<'a>>,
    /// Per package position: the quotas it was judged by.
    pub judged: BTreeMap<usize, Vec<QuotaFinding<'a>>>,
    /// Cases of breaching groups with the quota's position.
    pub breaching: Vec<(usize, usize)>,
    /// Data notes.
    pub notes: Vec<Note>,
    /// How sendings failed, by quota and group.
    breaches: BTreeMap<(usize, Name), Vec<Breach<'a>>>,
}

/// How a sending failed against one group of one quota.
#[derive(Debug)]
struct Breach<'a> {
    counted: GroupCount<'a>,
    packages: Vec<usize>,
    result: Outcome,
}

impl<'a> StageResult<'a> {
    fn note(&mut self, counted: &GroupCount<'a>) {
        for note in &counted.notes {
            add_note(&mut self.notes, note.clone());
        }
    }

    fn judge(&mut self, package: usize, found: &QuotaFinding<'a>) {
        self.judged.entry(package).or_default().push(found.clone());
    }
}

impl Quota {
    /// What it weighs.
    pub fn weight(&self) -> Strength {
        match self.strength {
            _ if self.soft => Strength::Note,
            Some(strength) => strength,
            None => Strength::Require,
        }
    }

    /// Whether exceeding it keeps a package out.
    fn binds(&self) -> bool {
        self.weight().is_weighty()
    }

    fn is_sender(&self) -> bool {
        matches!(self.binding, Binding::Sender(_))
    }

    fn is_upper(&self) -> bool {
        matches!(
            self.bound.map(|b| b.kind),
            Some(BoundKind::AtMost | BoundKind::Less)
        )
    }

    /// A cap that can only be reached, never left again, by sending more.
    fn is_cap(&self) -> bool {
        let other = matches!(
            self.bound.map(|b| b.kind),
            Some(BoundKind::Between | BoundKind::Equal)
        );
        (self.is_upper() || other) && self.grows
    }
}

impl<'a> StageRun<'_, 'a> {
    /// Positions of a package's cases that are in the batch and not taken back.
    pub fn cases_of(&self, package: &Package<'_>) -> Vec<usize> {
        let named = package
            .cases
            .iter()
            .filter_map(|id| self.by_id.get(id.as_ref()).copied());
        named
            .filter(|at| !self.batch.cases[*at].withdrawn)
            .collect()
    }

    /// When a case was sent at the stage, by its own events.
    pub fn sent_at(&self, at: usize) -> Option<When> {
        let stage = self.stage?;
        let mut events = self.batch.cases[at].events.iter();
        events
            .find(|event| event.stage.as_deref() == Some(stage))
            .and_then(|event| event.at)
    }

    /// Judges packages in turn, then all quotas of the stage.
    pub fn run(&self) -> StageResult<'a> {
        let quotas = self.prepared.definition.quotas.iter().enumerate();
        let all: Vec<(usize, &'static Quota)> =
            quotas.filter(|(_, quota)| quota.at == self.stage).collect();
        let caps = all
            .iter()
            .copied()
            .filter(|(_, q)| q.is_sender() && !q.soft && q.is_cap());
        let mut result = StageResult::default();
        let fitting = self.take_in_turn(&caps.collect::<Vec<_>>(), &mut result);
        for (index, quota) in all {
            self.whole_quota(index, quota, &fitting, &mut result);
        }
        result
    }

    fn groups(&self, quota: &'static Quota, cases: &[(usize, Truth)]) -> Vec<KeyedGroup<'a>> {
        groups_of(
            self.prepared,
            (quota.keys, quota.tracks),
            &self.scenes,
            cases,
            &self.settings,
        )
    }

    fn count(
        &self,
        quota: &'static Quota,
        group: &KeyedGroup<'a>,
        members: &[(usize, Truth)],
    ) -> GroupCount<'a> {
        count_group(
            self.prepared,
            quota,
            group,
            members,
            &self.scenes,
            &self.settings,
        )
    }

    /// The sender's caps, sending by sending; gives the cases whose sending fitted.
    fn take_in_turn(
        &self,
        caps: &[(usize, &'static Quota)],
        result: &mut StageResult<'a>,
    ) -> BTreeSet<usize> {
        let counts: BTreeMap<usize, &Truth> = self
            .counted
            .iter()
            .map(|(at, truth)| (*at, truth))
            .collect();
        if caps.is_empty() {
            return counts.into_keys().collect();
        }
        let mut accepted: BTreeSet<usize> = BTreeSet::new();
        let mut taken: Vec<Taken> = caps.iter().map(|_| Taken::default()).collect();
        let quotas: Vec<&'static Quota> = caps.iter().map(|(_, quota)| *quota).collect();
        for sending in sendings_of(self, &quotas) {
            let own = sending
                .cases
                .iter()
                .copied()
                .filter(|at| counts.contains_key(at));
            let own: BTreeSet<usize> = own.collect();
            let mut fits = true;
            for ((index, quota), taken) in caps.iter().zip(&taken) {
                let near = taken.beside(self, quota, &own);
                let near = near.unwrap_or_else(|| accepted.union(&own).copied().collect());
                let counted = near
                    .into_iter()
                    .filter_map(|at| Some((at, (*counts.get(&at)?).clone())));
                let together: Vec<(usize, Truth)> = counted.collect();
                fits &= self.against(*index, quota, &sending, &together, result);
            }
            if fits {
                for ((_, quota), taken) in caps.iter().zip(&mut taken) {
                    taken.take(self, quota, &own);
                }
                accepted.extend(own);
            }
        }
        accepted
    }

    /// One sending against one cap, group by group; whether it fits.
    fn against(
        &self,
        index: usize,
        quota: &'static Quota,
        sending: &Sending,
        together: &[(usize, Truth)],
        result: &mut StageResult<'a>,
    ) -> bool {
        let mut fits = true;
        for group in self.groups(quota, together) {
            if !group
                .members
                .iter()
                .any(|(at, _)| sending.cases.contains(at))
            {
                continue;
            }
            let counted = self.count(quota, &group, &group.members);
            result.note(&counted);
            let over = counted.over(quota).unwrap_or(Truth::False);
            let is_over = over.is_true();
            let held = Truth::or([counted.applies.clone().negated(), over.negated()]);
            let (mut outcome, needs) = result_of(&Truth::True, &held);
            let reason = self.reason(quota, sending);
            let excusable = quota.strength == Some(Strength::InPrinciple) && reason.is_some();
            if outcome == Outcome::Unmet && excusable {
                outcome = Outcome::Met;
            }
            let is_final = self.closed || outcome == Outcome::Unmet;
            let mut found = self.finding(quota, &group, &counted, (outcome, is_final, needs));
            if is_over && outcome == Outcome::Met {
                found.reason = reason;
            }
            for package in &sending.packages {
                result.judge(*package, &found);
            }
            if outcome == Outcome::Unmet && quota.binds() {
                fits = false;
                let breach = Breach {
                    counted,
                    packages: sending.packages.clone(),
                    result: outcome,
                };
                result
                    .breaches
                    .entry((index, group.name))
                    .or_default()
                    .push(breach);
            }
        }
        fits
    }

    /// A written reason for exceeding a quota: of a package of the sending.
    fn reason(&self, quota: &Quota, sending: &Sending) -> Option<&'a str> {
        let packages = sending.packages.iter().map(|at| &self.batch.packages[*at]);
        packages
            .filter_map(|package| package.reasons.get(quota.key))
            .map(|reason| &**reason)
            .next()
    }

    /// A quota over all that counts: every group, one finding each.
    fn whole_quota(
        &self,
        index: usize,
        quota: &'static Quota,
        fitting: &BTreeSet<usize>,
        result: &mut StageResult<'a>,
    ) {
        // Groups are formed over all cases of the batch: one whose sending did not fit, or that nobody brought to the stage, still stands.
        let counts: BTreeMap<usize, &Truth> = self
            .counted
            .iter()
            .map(|(at, truth)| (*at, truth))
            .collect();
        let of = |at: usize| {
            counts
                .get(&at)
                .map_or(Truth::False, |truth| (*truth).clone())
        };
        let all: Vec<(usize, Truth)> = (0..self.scenes.len()).map(|at| (at, of(at))).collect();
        for group in self.groups(quota, &all) {
            let mut found = match result
                .breaches
                .get(&(index, group.name.clone()))
                .map(Vec::as_slice)
            {
                Some(breaches @ [first, ..]) => {
                    let settled = (first.result, true, Needs::default());
                    let mut found = self.finding(quota, &group, &first.counted, settled);
                    let packages = breaches.iter().flat_map(|breach| &breach.packages);
                    found.returned = packages.map(|at| self.package_id(*at)).collect();
                    found
                }
                Some([]) | None => {
                    let members = group.members.iter().filter(|(at, _)| fitting.contains(at));
                    let members: Vec<(usize, Truth)> = members.cloned().collect();
                    let counted = self.count(quota, &group, &members);
                    result.note(&counted);
                    let settled = counted.result(quota, self.closed);
                    let mut found = self.finding(quota, &group, &counted, settled);
                    self.excuse(&mut found);
                    found
                }
            };
            found.over_ruled = self.decision(quota, &group.name);
            if found.result == Outcome::Unmet {
                self.mark(index, &group, &mut found, result);
            }
            result.quotas.push((index, found));
        }
    }

    /// Cases of a breaching group get its outcome; packages of a share that is over are returned.
    fn mark(
        &self,
        index: usize,
        group: &KeyedGroup<'a>,
        found: &mut QuotaFinding<'a>,
        result: &mut StageResult<'a>,
    ) {
        let quota = found.quota;
        let members: Vec<usize> = group.members.iter().map(|(at, _)| *at).collect();
        if !quota.outcome.is_empty() {
            result
                .breaching
                .extend(members.iter().map(|at| (*at, index)));
        }
        let whole =
            quota.is_sender() && !quota.soft && quota.is_upper() && found.returned.is_empty();
        if !whole || !quota.binds() {
            return;
        }
        for (position, package) in &self.packages {
            if self.cases_of(package).iter().any(|at| members.contains(at)) {
                found.returned.push(self.package_id(*position));
                result.judge(*position, found);
            }
        }
    }

    /// With a written reason of a package an `in principle` quota is met.
    fn excuse(&self, found: &mut QuotaFinding<'a>) {
        if found.quota.strength != Some(Strength::InPrinciple) || found.result != Outcome::Unmet {
            return;
        }
        let mut reasons = self
            .packages
            .iter()
            .filter_map(|(_, one)| one.reasons.get(found.quota.key));
        if let Some(reason) = reasons.next() {
            found.result = Outcome::Met;
            found.reason = Some(reason);
        }
    }

    fn package_id(&self, position: usize) -> Cow<'a, str> {
        match &self.batch.packages[position].id {
            Some(id) => Cow::Borrowed(&**id),
            None => Cow::Owned(format!("#{}", position + 1)),
        }
    }

    fn finding(
        &self,
        quota: &'static Quota,
        group: &KeyedGroup<'a>,
        counted: &GroupCount<'a>,
        (result, is_final, needs): (Outcome, bool, Needs),
    ) -> QuotaFinding<'a> {
        QuotaFinding {
            quota,
            result,
            is_final,
            name: group.name.clone(),
            measure: counted.measure(quota),
            limit: counted.printed_limit(quota),
            distance: counted.distance(),
            members: counted
                .members
                .iter()
                .map(|at| self.ids[*at].clone())
                .collect(),
            needs,
            under: Vec::new(),
            returned: Vec::new(),
            addressed: match quota.binding {
                Binding::Sender(actor) => Some(actor),
                Binding::Decider(actor) => actor,
            },
            over_ruled: None,
            reason: None,
        }
    }

    /// The decision recorded for a group.
    fn decision(&self, quota: &Quota, name: &Name) -> Option<&'a Decision<'a>> {
        let decisions = self.batch.decisions.iter().rev();
        let mut ours = decisions.filter(|one| one.quota == Some(quota.key));
        ours.find(|one| one.is_on(quota, name))
    }
}

impl Decision<'_> {
    /// Whether a decision on a quota is on the group of this name.
    pub fn is_on(&self, quota: &Quota, group: &Name) -> bool {
        self.key.iter().all(|(name, text)| {
            let mut keys = quota.keys.iter().zip(group);
            keys.any(|(key, own)| own == text && (name.is_empty() || key.name == name))
        })
    }
}
