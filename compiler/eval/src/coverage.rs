//! Which results of which rules and quotas scenarios have shown, and which can come out at all (semantics 13).
//!
//! Always: honest. Where a rule reads only closed lists, yes/no and judgements, in at most [`LIMIT`] combinations, its results are found
//! by trying them all; else it is taken to be met or unmet, and not applicable where something can lift it.

use crate::case::{Case, Data, Entry, Sheet, TrackIndex};
use crate::options::Options;
use crate::prepared::Prepared;
use crate::readings::{for_each, settings_of};
use crate::report::{BatchReport, FindingKind};
use crate::scenario::Coverage;
use crate::scene::Scene;
use prog_model::{Expr, ExprKind, FieldKind, Origin, Programme, Rule, RuleId, RuleResult, Test, TrackId};
use std::collections::{BTreeMap, BTreeSet};

/// How many combinations are tried.
const LIMIT: usize = 4096;

/// Results seen: by track and rule, or by quota.
#[derive(Default)]
pub(crate) struct Seen(BTreeMap<(Option<String>, String), BTreeSet<RuleResult>>);

impl Seen {
    /// Adds what one run showed.
    pub(crate) fn add(&mut self, batch: &BatchReport<'_>) {
        for report in &batch.reports {
            for finding in report.findings.iter().chain(&report.later).filter(|f| f.kind == FindingKind::Rule) {
                let key = (Some(report.track.to_owned()), finding.ident.key.clone());
                self.0.entry(key).or_default().insert(finding.result);
            }
        }
        for finding in &batch.findings {
            self.0.entry((None, finding.ident.key.clone())).or_default().insert(finding.result);
        }
    }
}

/// Coverage of every rule, then of every quota.
pub(crate) fn coverage<'a>(p: &'a Programme, seen: &Seen) -> Vec<Coverage<'a>> {
    let prepared = Prepared::new(p);
    let mut all = Vec::new();
    for (t, track) in p.tracks.iter().enumerate() {
        for (r, rule) in track.rules.iter().enumerate() {
            let key = (Some(track.ident.key.clone()), rule.ident.key.clone());
            all.push(Coverage {
                track: Some(&track.ident.key),
                rule: &rule.ident.key,
                span: rule.ident.span,
                seen: seen.0.get(&key).into_iter().flatten().copied().collect(),
                reachable: reachable(&prepared, TrackId(t as u32), RuleId(r as u32)).into_iter().collect(),
            });
        }
    }
    for quota in &p.quotas {
        let mut reachable = vec![RuleResult::Met, RuleResult::Unmet];
        reachable.extend(quota.when.as_ref().map(|_| RuleResult::NotApplicable));
        all.push(Coverage {
            track: None,
            rule: &quota.ident.key,
            span: quota.ident.span,
            seen: seen.0.get(&(None, quota.ident.key.clone())).into_iter().flatten().copied().collect(),
            reachable,
        });
    }
    all
}

/// Results that can come out of a rule.
fn reachable(prepared: &Prepared<'_>, track: TrackId, id: RuleId) -> BTreeSet<RuleResult> {
    let mut parts = Parts::default();
    parts.rule(prepared.programme, track, id);
    match parts.combinations(prepared.programme, track) {
        Some(choices) => tried(prepared, track, id, &choices),
        None => assumed(&prepared.programme.track(track).rules[id.index()]),
    }
}

fn assumed(rule: &Rule) -> BTreeSet<RuleResult> {
    let mut results = BTreeSet::from([RuleResult::Met, RuleResult::Unmet]);
    if matches!(rule.test, Test::Judged { .. }) {
        results.insert(RuleResult::Pending);
    }
    if rule.when.is_some() || rule.unless.is_some() || rule.each.is_some() || !rule.waived_by.is_empty() {
        results.insert(RuleResult::NotApplicable);
    }
    results
}

/// What a rule reads.
#[derive(Default)]
struct Parts {
    inputs: BTreeSet<usize>,
    sheets: BTreeMap<String, Yes>,
    rules: BTreeSet<RuleId>,
    endless: bool,
}

/// Where a yes or no comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Yes {
    Judged,
    Attested,
}

/// One thing that can be chosen.
enum Choice {
    Input(usize, Vec<Data>),
    Sheet(String, Yes),
}

impl Parts {
    fn rule(&mut self, p: &Programme, track: TrackId, id: RuleId) {
        if !self.rules.insert(id) {
            return;
        }
        let rule = &p.track(track).rules[id.index()];
        self.endless |= rule.each.is_some();
        for e in rule.when.iter().chain(&rule.unless) {
            self.expr(p, track, e);
        }
        self.test(p, track, &rule.ident.key, &rule.test);
        for waiver in &rule.waived_by {
            self.rule(p, track, *waiver);
        }
    }

    fn test(&mut self, p: &Programme, track: TrackId, key: &str, test: &Test) {
        match test {
            Test::Expr(e) => self.expr(p, track, e),
            Test::Judged { .. } => drop(self.sheets.insert(key.to_owned(), Yes::Judged)),
            Test::Attested { .. } => drop(self.sheets.insert(key.to_owned(), Yes::Attested)),
            Test::External { .. } | Test::Bad => self.endless = true,
            Test::Threshold { members, .. } => {
                for member in members {
                    member.when.iter().for_each(|e| self.expr(p, track, e));
                    self.test(p, track, &member.ident.key, &member.test);
                }
            }
        }
    }

    fn expr(&mut self, p: &Programme, track: TrackId, e: &Expr) {
        let (mut inputs, mut rules, mut lets) = (Vec::new(), Vec::new(), Vec::new());
        for_each(e, &mut |x| match &x.kind {
            ExprKind::Input(id) => inputs.push(*id),
            ExprKind::Rule(id) => rules.push(*id),
            ExprKind::Let(id) => lets.push(*id),
            ExprKind::Time(_) => self.endless = true,
            _other => {}
        });
        for id in inputs {
            let Some(slot) = p.track(track).inputs.iter().position(|i| *i == id) else { continue };
            if self.inputs.insert(slot) {
                let input = p.input(id);
                input.when.iter().for_each(|e| self.expr(p, track, e));
                match &input.origin {
                    Origin::Computed(value) => self.expr(p, track, value),
                    Origin::External { .. } => self.endless = true,
                    Origin::Entered | Origin::Attested { .. } | Origin::Judged { .. } => {}
                }
            }
        }
        rules.into_iter().for_each(|r| self.rule(p, track, r));
        for id in lets {
            self.expr(p, track, &p.track(track).lets[id.index()].value);
        }
    }

    /// Everything to choose, if it is few enough.
    fn combinations(&self, p: &Programme, track: TrackId) -> Option<Vec<Choice>> {
        if self.endless {
            return None;
        }
        let mut choices = Vec::new();
        let mut count: usize = 1;
        for slot in &self.inputs {
            let input = p.input(p.track(track).inputs[*slot]);
            if matches!(input.origin, Origin::Computed(_)) {
                continue;
            }
            let mut values = values_of(p, &input.field.kind)?;
            if input.optional || matches!(input.origin, Origin::Judged { .. }) {
                values.push(Data::Blank);
            }
            count = count.checked_mul(values.len())?;
            choices.push(Choice::Input(*slot, values));
        }
        for (key, origin) in &self.sheets {
            count = count.checked_mul(if *origin == Yes::Judged { 3 } else { 2 })?;
            choices.push(Choice::Sheet(key.clone(), *origin));
        }
        (count <= LIMIT).then_some(choices)
    }
}

/// All values of a field, if they are few.
fn values_of(p: &Programme, kind: &FieldKind) -> Option<Vec<Data>> {
    match kind {
        FieldKind::YesNo => Some(vec![Data::Bool(true), Data::Bool(false)]),
        FieldKind::OneOf(id) => Some((0..p.enumeration(*id).values.len()).map(Data::Enum).collect()),
        FieldKind::AnyOf(id) => {
            let count = p.enumeration(*id).values.len();
            (count <= 12).then(|| (0..1usize << count).map(|bits| Data::Set((0..count).filter(|i| bits >> i & 1 == 1).collect())).collect())
        }
        _endless => None,
    }
}

/// Tries every combination.
fn tried(prepared: &Prepared<'_>, track: TrackId, id: RuleId, choices: &[Choice]) -> BTreeSet<RuleResult> {
    let mut results = BTreeSet::new();
    let settings = settings_of(&prepared.settings, &Options::default());
    let entries = vec![Entry::default(); prepared.programme.track(track).inputs.len()];
    let case = Case { track: TrackIndex(track), entries, ..Case::default() };
    let mut digits = vec![0usize; choices.len()];
    loop {
        let mut case = case.clone();
        for (choice, digit) in choices.iter().zip(&digits) {
            choice.put(*digit, &mut case);
        }
        case.sheets.sort_by(|a, b| a.0.cmp(&b.0));
        results.insert(Scene::new(prepared, &case, settings.clone(), None).judged(id).result);
        let Some(place) = (0..digits.len()).find(|i| digits[*i] + 1 < choices[*i].count()) else { break };
        digits[place] += 1;
        digits[..place].fill(0);
    }
    results
}

impl Choice {
    fn count(&self) -> usize {
        match self {
            Choice::Input(_, values) => values.len(),
            Choice::Sheet(_, Yes::Judged) => 3,
            Choice::Sheet(_, Yes::Attested) => 2,
        }
    }

    fn put(&self, digit: usize, case: &mut Case) {
        let value = match digit {
            0 => Some(true),
            1 => Some(false),
            _ => None,
        };
        match self {
            Choice::Input(slot, values) => case.entries[*slot].data = values[digit].clone(),
            Choice::Sheet(key, Yes::Judged) => case.sheets.push((key.clone(), Sheet { judged: value, ..Sheet::default() })),
            Choice::Sheet(key, Yes::Attested) => case.sheets.push((key.clone(), Sheet { attested: value, ..Sheet::default() })),
        }
    }
}
