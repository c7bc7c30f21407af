//! Which results of which rules and quotas scenarios have shown, and which can come out at all (semantics 13).
//!
//! Always: honest. Where a rule reads only closed lists, yes/no, judgements, attestations, register entries and numbers or days that it
//! compares with constants, in at most [`LIMIT`] combinations, its results are found by trying them all; else it is taken to be met or
//! unmet, pending where people judge, not applicable where something can lift it, unknown where the notice is silent. Unknown because
//! an entry is blank is never asked for: every rule has it, and no programme says anything about it.

use crate::case::{Case, Data, Entry, Sheet, TrackIndex};
use crate::eval::eval;
use crate::options::Options;
use crate::prepared::Prepared;
use crate::read;
use crate::readings::{for_each, settings_of};
use crate::report::{BatchReport, FindingKind};
use crate::scenario::{Coverage, OutcomeCoverage};
use crate::scene::Scene;
use crate::targets::{TargetsReport, milestone_label};
use crate::value::{Source, Value};
use prog_base::{Date, Duration, DurationUnit, Exact, Span, combinations};
use prog_model::{
    Bound, Expr, ExprKind, FieldKind, Indicator, Input, InputId, Measure, Milestone, Origin, Programme, Quota, Rule, RuleId, RuleResult,
    Target, Targets, Test, TrackId, Transition, Type,
};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// How many combinations are tried.
const LIMIT: usize = 4096;

/// Results seen: by track and rule, or by quota.
#[derive(Default)]
pub(crate) struct Seen(BTreeMap<(Option<String>, String), BTreeSet<RuleResult>>, BTreeSet<Span>);

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

    /// Adds the ways that a case has gone.
    pub(crate) fn add_route(&mut self, prepared: &Prepared<'_>, case: &Case, options: &Options) {
        let mut scene = Scene::new(prepared, case, settings_of(&prepared.settings, options).into(), options.on);
        scene.walk();
        self.1.extend(scene.taken);
    }

    /// Adds what reports on targets showed.
    pub(crate) fn add_targets(&mut self, targets: &TargetsReport<'_>) {
        for finding in &targets.findings {
            let Some(milestone) = finding.milestone else { continue };
            let key = (Some(finding.block.ident.key.clone()), target_key(&finding.ident.key, milestone));
            self.0.entry(key).or_default().insert(finding.result);
        }
    }
}

/// Coverage of every rule, then of every quota, then of every milestone.
pub(crate) fn coverage<'a>(p: &'a Programme, seen: &Seen) -> Vec<Coverage<'a>> {
    let prepared = Prepared::new(p);
    let mut all = Vec::new();
    for (t, track) in p.tracks.iter().enumerate() {
        for (r, rule) in track.rules.iter().enumerate() {
            let key = (Some(track.ident.key.clone()), rule.ident.key.clone());
            all.push(Coverage {
                track: Some(&track.ident.key),
                rule: Cow::Borrowed(&rule.ident.key),
                clauses: p.addresses(&rule.cites),
                span: rule.ident.span,
                seen: seen.0.get(&key).into_iter().flatten().copied().collect(),
                reachable: reachable(&prepared, TrackId(t as u32), RuleId(r as u32)).into_iter().collect(),
            });
        }
    }
    for quota in &p.quotas {
        all.push(Coverage {
            track: None,
            rule: Cow::Borrowed(&quota.ident.key),
            clauses: p.addresses(&quota.cites),
            span: quota.ident.span,
            seen: seen.0.get(&(None, quota.ident.key.clone())).into_iter().flatten().copied().collect(),
            reachable: of_quota(p, quota).into_iter().collect(),
        });
    }
    for block in &p.targets {
        all.extend(block.indicators.iter().flat_map(|indicator| of_indicator(p, block, indicator, seen)));
    }
    all
}

/// Every outcome of every stage, and whether a case has taken it.
pub(crate) fn outcomes<'a>(p: &'a Programme, seen: &Seen) -> Vec<OutcomeCoverage<'a>> {
    let mut all = Vec::new();
    for workflow in &p.workflows {
        let tracks: Vec<&str> = workflow.tracks.iter().map(|t| p.track(*t).ident.key.as_str()).collect();
        for stage in &workflow.stages {
            let one = |transition: &'a Transition| OutcomeCoverage {
                tracks: tracks.clone(),
                stage: &stage.ident.key,
                outcome: Some(transition.outcome.as_str()).filter(|outcome| !outcome.is_empty()),
                leads_to: match &transition.target {
                    Target::Stage(to) => Some(&p.stages[to.index()].key),
                    Target::End(_) => None,
                },
                clauses: p.addresses(&stage.cites),
                span: transition.span,
                seen: seen.1.contains(&transition.span),
            };
            all.extend(stage.transitions.iter().chain(&stage.late).map(one));
        }
    }
    all
}

/// One a milestone.
fn of_indicator<'a>(p: &'a Programme, block: &'a Targets, indicator: &'a Indicator, seen: &Seen) -> Vec<Coverage<'a>> {
    let one = |(at, milestone): (usize, &'a Milestone)| {
        let rule = format!("{} {}", indicator.ident.key, milestone_label(&milestone.when));
        let key = (Some(block.ident.key.clone()), target_key(&indicator.ident.key, at));
        let cites = [&milestone.cites, &indicator.cites, &block.cites].into_iter().find(|c| !c.is_empty());
        Coverage {
            track: Some(&block.ident.key),
            rule: Cow::Owned(rule),
            clauses: cites.map(|c| p.addresses(c)).unwrap_or_default(),
            span: milestone.span,
            seen: seen.0.get(&key).into_iter().flatten().copied().collect(),
            reachable: of_milestone(p, indicator, milestone).into_iter().collect(),
        }
    };
    indicator.milestones.iter().enumerate().map(one).collect()
}

/// A milestone under which results are gathered.
fn target_key(indicator: &str, milestone: usize) -> String {
    format!("{indicator} {milestone}")
}

/// Results that can come out of a milestone: not yet due is every milestone's, and not asked for.
fn of_milestone(p: &Programme, indicator: &Indicator, milestone: &Milestone) -> BTreeSet<RuleResult> {
    let mut limits = Vec::new();
    match &milestone.bound {
        Some(Bound::AtMost(e) | Bound::Less(e) | Bound::AtLeast(e) | Bound::More(e) | Bound::Equal(e) | Bound::About(e)) => limits.push(e),
        Some(Bound::Between(low, high)) => limits.extend([low, high]),
        None => {}
    }
    if limits.iter().any(|e| is_silent(p, None, e)) {
        return BTreeSet::from([RuleResult::Unknown]);
    }
    match (&indicator.measure, &milestone.bound) {
        (Measure::Judged(Test::Judged { .. }), _) => BTreeSet::from([RuleResult::Met, RuleResult::Unmet, RuleResult::Pending]),
        (Measure::Reported(_, ty), None) if *ty != Type::Bool => BTreeSet::from([RuleResult::Pending]),
        (Measure::Computed { value, .. }, None) if value.ty != Type::Bool => BTreeSet::from([RuleResult::Pending]),
        (Measure::Judged(_) | Measure::Reported(..) | Measure::Computed { .. }, _) => BTreeSet::from([RuleResult::Met, RuleResult::Unmet]),
    }
}

/// Results that can come out of a quota once its batch is closed; only unknown where the notice gives no number.
fn of_quota(p: &Programme, quota: &Quota) -> BTreeSet<RuleResult> {
    let mut results = match is_silent(p, None, &quota.test) {
        true => BTreeSet::from([RuleResult::Unknown]),
        false => BTreeSet::from([RuleResult::Met, RuleResult::Unmet]),
    };
    results.extend(quota.when.as_ref().map(|_| RuleResult::NotApplicable));
    results
}

/// Whether the notice's silence stands in an expression, or in the lets that it names.
fn is_silent(p: &Programme, track: Option<TrackId>, e: &Expr) -> bool {
    let mut silent = false;
    for_each(e, &mut |x| {
        silent |= match &x.kind {
            ExprKind::Silent { .. } => true,
            ExprKind::Constant(id) => is_silent(p, None, &p.lets[id.index()].value),
            ExprKind::Let(id) => track.is_some_and(|t| is_silent(p, track, &p.track(t).lets[id.index()].value)),
            _other => false,
        }
    });
    silent
}

/// Results that can come out of a rule.
fn reachable(prepared: &Prepared<'_>, track: TrackId, id: RuleId) -> BTreeSet<RuleResult> {
    let mut parts = Parts::default();
    parts.rule(prepared.programme, track, id);
    match parts.combinations(prepared, track) {
        Some(choices) => tried(prepared, track, id, &choices),
        None => assumed(&prepared.programme.track(track).rules[id.index()], &parts),
    }
}

fn assumed(rule: &Rule, parts: &Parts<'_>) -> BTreeSet<RuleResult> {
    let mut results = BTreeSet::from([RuleResult::Met, RuleResult::Unmet]);
    if matches!(rule.test, Test::Judged { .. }) {
        results.insert(RuleResult::Pending);
    }
    if parts.silent {
        results.insert(RuleResult::Unknown);
    }
    if rule.when.is_some() || rule.unless.is_some() || rule.each.is_some() || !rule.waived_by.is_empty() {
        results.insert(RuleResult::NotApplicable);
    }
    results
}

/// What a rule reads.
#[derive(Default)]
struct Parts<'a> {
    /// Inputs by their position in the track.
    inputs: BTreeSet<usize>,
    /// Everything read, for the constants that an input is compared with.
    exprs: Vec<&'a Expr>,
    sheets: BTreeMap<String, Yes<'a>>,
    rules: BTreeSet<RuleId>,
    silent: bool,
    endless: bool,
}

/// Where a yes or no comes from.
#[derive(Clone, Copy)]
enum Yes<'a> {
    Judged,
    Attested,
    /// With the day at which the register counts.
    External(Option<&'a Expr>),
}

/// One thing that can be chosen.
enum Choice<'a> {
    Input(usize, Vec<Data>, Option<Date>),
    Sheet(String, Yes<'a>, Option<Date>),
}

impl<'a> Parts<'a> {
    fn rule(&mut self, p: &'a Programme, track: TrackId, id: RuleId) {
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

    fn test(&mut self, p: &'a Programme, track: TrackId, key: &str, test: &'a Test) {
        match test {
            Test::Expr(e) => self.expr(p, track, e),
            Test::Judged { .. } => drop(self.sheets.insert(key.to_owned(), Yes::Judged)),
            Test::Attested { .. } => drop(self.sheets.insert(key.to_owned(), Yes::Attested)),
            Test::External { as_of, .. } => drop(self.sheets.insert(key.to_owned(), Yes::External(as_of.as_deref()))),
            Test::Bad => self.endless = true,
            Test::Threshold { members, .. } => {
                for member in members {
                    member.when.iter().for_each(|e| self.expr(p, track, e));
                    self.test(p, track, &member.ident.key, &member.test);
                }
            }
        }
    }

    fn expr(&mut self, p: &'a Programme, track: TrackId, e: &'a Expr) {
        self.exprs.push(e);
        let (mut inputs, mut rules, mut lets) = (Vec::new(), Vec::new(), Vec::new());
        for_each(e, &mut |x| match &x.kind {
            ExprKind::Input(id) => inputs.push(*id),
            ExprKind::Rule(id) => rules.push(*id),
            ExprKind::Let(id) => lets.push(*id),
            ExprKind::Silent { .. } => self.silent = true,
            ExprKind::Time(_) => self.endless = true,
            _other => {}
        });
        for id in inputs {
            let Some(slot) = p.track(track).inputs.iter().position(|i| *i == id) else { continue };
            if self.inputs.insert(slot) {
                let input = p.input(id);
                input.when.iter().for_each(|e| self.expr(p, track, e));
                if let Origin::Computed(value) = &input.origin {
                    self.expr(p, track, value);
                }
            }
        }
        rules.into_iter().for_each(|r| self.rule(p, track, r));
        for id in lets {
            self.expr(p, track, &p.track(track).lets[id.index()].value);
        }
    }

    /// Everything to choose, if it is few enough.
    fn combinations(&self, prepared: &Prepared<'_>, track: TrackId) -> Option<Vec<Choice<'a>>> {
        let p = prepared.programme;
        if self.endless {
            return None;
        }
        let mut choices = Vec::new();
        let mut count: usize = 1;
        for slot in &self.inputs {
            let id = p.track(track).inputs[*slot];
            let input = p.input(id);
            let day = match &input.origin {
                Origin::Computed(_) => continue,
                Origin::External { as_of, .. } => self.day(prepared, track, as_of.as_deref())?,
                Origin::Entered | Origin::Attested { .. } | Origin::Judged { .. } => None,
            };
            let mut values = values_of(p, &input.field.kind).or_else(|| self.samples(p, id, input))?;
            if input.optional || matches!(input.origin, Origin::Judged { .. }) {
                values.push(Data::Blank);
            }
            count = count.checked_mul(values.len())?;
            choices.push(Choice::Input(*slot, values, day));
        }
        for (key, origin) in &self.sheets {
            let day = match origin {
                Yes::External(as_of) => self.day(prepared, track, *as_of)?,
                Yes::Judged | Yes::Attested => None,
            };
            let choice = Choice::Sheet(key.clone(), *origin, day);
            count = count.checked_mul(choice.count())?;
            choices.push(choice);
        }
        (count <= LIMIT).then_some(choices)
    }

    /// The day at which a register counts; `None`: it depends on the case.
    #[expect(clippy::option_option, reason = "no day asked for is an answer too")]
    fn day(&self, prepared: &Prepared<'_>, track: TrackId, as_of: Option<&Expr>) -> Option<Option<Date>> {
        let Some(e) = as_of else { return Some(None) };
        let case = blank_case(prepared, track);
        let mut scene = Scene::new(prepared, &case, settings_of(&prepared.settings, &Options::default()).into(), None);
        match eval(&mut scene, e) {
            Value::Date(day) => Some(Some(day)),
            Value::Unknown(u) if u.needs.0.iter().all(|n| n.source == Source::Notice) => Some(None),
            _depends => None,
        }
    }

    /// Values around every constant that a number or day is compared with, if it is read in no other way.
    fn samples(&self, p: &Programme, id: InputId, input: &Input) -> Option<Vec<Data>> {
        let (mut read, mut only_given, mut compared) = (0, 0, Vec::new());
        let is_it = |e: &Expr| e.kind == ExprKind::Input(id);
        for e in &self.exprs {
            for_each(e, &mut |x| match &x.kind {
                ExprKind::Input(other) if *other == id => read += 1,
                ExprKind::Compare { left, right, .. } if is_it(left) => compared.push(&right.kind),
                ExprKind::Compare { left, right, .. } if is_it(right) => compared.push(&left.kind),
                ExprKind::About { value, target } if is_it(value) => compared.push(&target.kind),
                ExprKind::IsGiven(of) if is_it(of) => only_given += 1,
                _other => {}
            });
        }
        let around: Vec<Data> = compared.iter().map(|c| around(p, input, c)).collect::<Option<Vec<_>>>()?.concat();
        (read == compared.len() + only_given && !around.is_empty()).then_some(around)
    }
}

/// A constant, just below and above it, far below and above it; within the input's own limits.
fn around(p: &Programme, input: &Input, constant: &ExprKind) -> Option<Vec<Data>> {
    match constant {
        ExprKind::Number(n) => {
            let (low, high) = input.field.range();
            let base = |n: &Exact| read::to_base(p, &input.field, n);
            let digits = if let Type::Number(number) = &input.ty { number.digits.unwrap_or(0) } else { 0 };
            let smallest = input.field.step.clone().or_else(|| Exact::ratio(1, 10i64.checked_pow(digits)?))?;
            let step = base(&smallest);
            let all = [n.clone(), n - &step, n + &step, Exact::ZERO, n + n];
            let fits = |n: &Exact| low.as_ref().is_none_or(|l| base(l) <= *n) && high.as_ref().is_none_or(|h| *n <= base(h));
            Some(all.into_iter().filter(fits).map(Data::Number).collect())
        }
        ExprKind::Date(day) => {
            let days = |count| day.plus(Duration { count, unit: DurationUnit::Days });
            Some([Some(*day), days(-1), days(1)].into_iter().flatten().map(Data::Date).collect())
        }
        _other => None,
    }
}

/// A case in which nothing is entered.
fn blank_case(prepared: &Prepared<'_>, track: TrackId) -> Case {
    let entries = vec![Entry::default(); prepared.programme.track(track).inputs.len()];
    Case { track: TrackIndex(track), entries, ..Case::default() }
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
fn tried(prepared: &Prepared<'_>, track: TrackId, id: RuleId, choices: &[Choice<'_>]) -> BTreeSet<RuleResult> {
    let mut results = BTreeSet::new();
    let settings = settings_of(&prepared.settings, &Options::default());
    let blank = blank_case(prepared, track);
    for row in combinations(choices.iter().map(Choice::count).collect()) {
        let mut case = blank.clone();
        for (choice, chosen) in choices.iter().zip(&row) {
            choice.put(*chosen, &mut case);
        }
        case.sheets.sort_by(|a, b| a.0.cmp(&b.0));
        let mut scene = Scene::new(prepared, &case, settings.clone().into(), None);
        let judged = scene.judged(id);
        // Of what is unknown only the notice's silence counts; an entry that the choices leave out is none.
        let counts = judged.result != RuleResult::Unknown || judged.needs.0.iter().any(|n| n.source == Source::Notice);
        if counts {
            results.insert(judged.result);
        }
    }
    results
}

impl Choice<'_> {
    fn count(&self) -> usize {
        match self {
            Choice::Input(_, values, _) => values.len(),
            Choice::Sheet(_, Yes::Judged, _) => 3,
            Choice::Sheet(_, Yes::Attested | Yes::External(_), _) => 2,
        }
    }

    fn put(&self, digit: usize, case: &mut Case) {
        let value = match digit {
            0 => Some(true),
            1 => Some(false),
            _ => None,
        };
        match self {
            Choice::Input(slot, values, day) => {
                case.entries[*slot].data = values[digit].clone();
                case.entries[*slot].as_of = *day;
            }
            Choice::Sheet(key, origin, day) => {
                let sheet = match origin {
                    Yes::Judged => Sheet { judged: value, ..Sheet::default() },
                    Yes::Attested => Sheet { attested: value, ..Sheet::default() },
                    Yes::External(_) => Sheet { external: value, as_of: *day, ..Sheet::default() },
                };
                case.sheets.push((key.clone(), sheet));
            }
        }
    }
}
