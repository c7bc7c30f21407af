//! Every milestone of every reporting body: met, not met, not yet due, unknown, or pending.

use super::TargetReport;
use super::measure::{Body, Measured, gap, number_type};
use super::period::{FIRST_YEAR, Window, milestone_label, years_after};
use super::report::{TargetFinding, TargetItem, TargetsReport};
use crate::messages;
use crate::options::{On, Options};
use crate::prepared::Prepared;
use crate::readings::{alternatives, settings_of, word, worlds};
use crate::report::{Message, Note, Under};
use crate::rules::result_of;
use crate::truth::Truth;
use crate::value::{Needs, Source, Value, all_needs};
use prog_base::{Date, Exact};
use prog_model::{Bound, Citation, Comparison, Indicator, Measure, Milestone, MilestoneTime, RuleResult, Targets, TargetsFrom};

/// Holds all reports against all milestones; those alone that end by some day.
pub(crate) fn judge<'a>(
    prepared: &'a Prepared<'a>,
    reports: &'a [TargetReport],
    options: &Options,
    until: Option<Date>,
) -> TargetsReport<'a> {
    let (p, on) = (prepared.programme, day(prepared, options));
    let mut run = Run { prepared, options, on, findings: Vec::new(), notes: Vec::new() };
    for (at, block) in p.targets.iter().enumerate() {
        let own: Vec<(usize, &'a TargetReport)> = {
            let there = |r: &TargetReport| until.is_none_or(|until| r.ends(block).is_none_or(|ends| ends <= until));
            reports.iter().enumerate().filter(|(_, r)| r.block == at && there(r)).collect()
        };
        run.block(at, block, &own);
    }
    TargetsReport { programme: p, on, findings: run.findings, notes: run.notes }
}

/// The day looked at.
pub(super) fn day(prepared: &Prepared<'_>, options: &Options) -> Option<Date> {
    options.on.and_then(|on| match on {
        On::Day(day) => Some(day),
        On::At(moment) => prepared.programme.zone.as_ref().and_then(|z| z.day_of(moment)),
    })
}

struct Run<'o, 'a> {
    prepared: &'a Prepared<'a>,
    options: &'o Options,
    on: Option<Date>,
    findings: Vec<TargetFinding<'a>>,
    notes: Vec<Note<'a>>,
}

/// One milestone in one window.
#[derive(Clone)]
struct Slot {
    window: Window,
    due: Option<Date>,
    label: String,
    /// Summed over years.
    total: bool,
}

/// What one setting of readings gives.
struct Outcome<'a> {
    result: RuleResult,
    needs: Needs<'a>,
    value: Value<'a>,
    ratio: Option<(Exact, Exact)>,
    limit: Option<(&'a Bound, Value<'a>, Option<Value<'a>>)>,
    gap: Option<Exact>,
    above: bool,
    items: Option<Vec<TargetItem<'a>>>,
    notes: Vec<Note<'a>>,
}

/// An indicator and where it stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    at: usize,
    block: &'a Targets,
    indicator: &'a Indicator,
}

impl<'a> Run<'_, 'a> {
    fn block(&mut self, at: usize, block: &'a Targets, reports: &[(usize, &'a TargetReport)]) {
        for (_, report) in reports {
            self.faults(at, block, report);
        }
        let mut keys: Vec<Option<&'a str>> = Vec::new();
        for (_, report) in reports {
            if !keys.contains(&report.key.as_deref()) {
                keys.push(report.key.as_deref());
            }
        }
        if keys.is_empty() {
            keys.push(None);
        }
        let settings = settings_of(&self.prepared.settings, self.options);
        for (index, indicator) in block.indicators.iter().enumerate() {
            let place = Place { at: index, block, indicator };
            let bodies = if indicator.for_all.is_some() { vec![None] } else { keys.iter().copied().map(Some).collect() };
            for milestone in 0..indicator.milestones.len() {
                for key in &bodies {
                    let of_body = |r: &&(usize, &'a TargetReport)| key.is_none_or(|key| r.1.key.as_deref() == key);
                    let own: Vec<(usize, &'a TargetReport)> = reports.iter().filter(of_body).copied().collect();
                    let start = match &block.from {
                        Some(TargetsFrom::Day(day)) => Some(*day),
                        Some(TargetsFrom::Stage(_)) | None => own.iter().rev().find_map(|(_, r)| r.from),
                    };
                    let body = Body { prepared: self.prepared, block: at, reports: &own, start, on: self.on, settings: &settings };
                    self.milestone(place, milestone, &body, key.flatten());
                }
            }
        }
    }

    /// What is wrong with the entries of a report.
    fn faults(&mut self, at: usize, block: &'a Targets, report: &'a TargetReport) {
        for (input, path, problem) in &report.faults {
            let input = &self.prepared.targets[at].inputs[*input];
            let indicator = &block.indicators[input.indicator];
            let mut finding = self.finding(Place { at: input.indicator, block, indicator }, report.key.as_deref());
            finding.ident = &input.ident;
            finding.result = RuleResult::Unmet;
            finding.message = Message::Own(messages::about(messages::field(*problem), &input.ident.label));
            finding.ty = None;
            finding.reports.push(report);
            finding.problem = Some((*problem, path));
            self.findings.push(finding);
        }
    }

    fn finding(&self, place: Place<'a>, key: Option<&'a str>) -> TargetFinding<'a> {
        let p = self.prepared.programme;
        let actor = place.block.reported_by.map(|a| &p.actors[a.index()]);
        let name = actor.and_then(|a| a.per.as_deref()).unwrap_or("key");
        TargetFinding {
            block: place.block,
            ident: &place.indicator.ident,
            cites: cites([&place.indicator.cites, &place.block.cites]),
            key: key.map(|key| (name, key)),
            addressed: actor.map(|a| a.ident.key.as_str()),
            milestone: None,
            label: String::new(),
            due: None,
            result: RuleResult::Unknown,
            soft: false,
            needs: Needs::default(),
            message: Message::Author(&place.indicator.ident.label),
            value: Value::None,
            ratio: None,
            ty: number_type(place.indicator),
            limit: None,
            gap: None,
            items: None,
            under: Vec::new(),
            words: None,
            reports: Vec::new(),
            problem: None,
        }
    }

    fn milestone(&mut self, place: Place<'a>, index: usize, body: &Body<'_, 'a>, key: Option<&'a str>) {
        let milestone = &place.indicator.milestones[index];
        for slot in slots(milestone, body) {
            let mut finding = self.finding(place, key);
            finding.milestone = Some(index);
            finding.cites = cites([&milestone.cites, finding.cites]);
            finding.soft = milestone.strive || place.indicator.strive || matches!(milestone.bound, Some(Bound::About(_)));
            finding.words = milestone.words.as_ref();
            let not_due = self.on.zip(slot.due).is_some_and(|(on, due)| on < due);
            let window = if not_due { Window::SoFar } else { slot.window };
            finding.reports = body.sources(place.at, if slot.total { Window::SoFar } else { window });
            let outcome = self.settled(place, milestone, &slot, not_due, body);
            if self.options.alternatives && !not_due {
                finding.under = self.under(place, milestone, &slot, body, outcome.result);
            }
            self.put(finding, slot, outcome);
        }
    }

    fn put(&mut self, mut finding: TargetFinding<'a>, slot: Slot, outcome: Outcome<'a>) {
        let unmet = outcome.result == RuleResult::Unmet;
        let note = |message| Note { rule: &finding.ident.key, cites: finding.cites, message };
        if finding.soft && unmet {
            self.notes.push(note(finding.message.clone()));
        }
        if outcome.above && outcome.result == RuleResult::Met {
            self.notes.push(note(Message::Own(messages::about(messages::ABOVE_RANGE, &finding.ident.label))));
        }
        if let (Some(words), Some(_)) = (finding.words, &outcome.limit) {
            self.notes.push(note(Message::Author(words)));
        }
        for note in outcome.notes {
            if !self.notes.iter().any(|n| n.rule == note.rule && n.message.get(self.options.lang) == note.message.get(self.options.lang)) {
                self.notes.push(note);
            }
        }
        finding.due = slot.due;
        finding.label = slot.label;
        finding.result = outcome.result;
        finding.needs = outcome.needs;
        finding.value = outcome.value;
        finding.ratio = outcome.ratio;
        finding.limit = outcome.limit;
        finding.gap = outcome.gap;
        finding.items = outcome.items;
        self.findings.push(finding);
    }

    /// Under open readings, what all their words agree on.
    fn settled(&self, place: Place<'a>, milestone: &'a Milestone, slot: &Slot, not_due: bool, body: &Body<'_, 'a>) -> Outcome<'a> {
        let uses = &self.prepared.targets[body.block].readings[place.at];
        let mut first: Option<Outcome<'a>> = None;
        for world in worlds(self.prepared.programme, body.settings, uses) {
            let there = Body { settings: &world, ..*body };
            let outcome = outcome(place, milestone, slot, not_due, &there);
            match &mut first {
                None => first = Some(outcome),
                Some(mine) if mine.result == outcome.result && mine.value == outcome.value => {}
                Some(mine) => {
                    if mine.result != outcome.result {
                        mine.result = RuleResult::Unknown;
                        mine.needs = Needs::notice();
                    }
                    mine.value = Value::unknown(Needs::notice());
                    mine.ratio = None;
                    mine.gap = None;
                }
            }
        }
        first.unwrap_or_else(|| outcome(place, milestone, slot, not_due, body))
    }

    fn under(&self, place: Place<'a>, milestone: &'a Milestone, slot: &Slot, body: &Body<'_, 'a>, here: RuleResult) -> Vec<Under<'a>> {
        let p = self.prepared.programme;
        let uses = &self.prepared.targets[body.block].readings[place.at];
        let mut under = Vec::new();
        for (reading, index, settings) in alternatives(p, body.settings, uses) {
            let there = Body { settings: &settings, ..*body };
            let result = self.settled(place, milestone, slot, false, &there).result;
            if result != here {
                under.push(Under { reading: &p.readings[reading].ident.key, value: word(p, reading, index), result });
            }
        }
        under
    }
}

/// The first citations that there are.
fn cites(all: [&[Citation]; 2]) -> &[Citation] {
    if all[0].is_empty() { all[1] } else { all[0] }
}

/// The windows of a milestone: one, or one a reported year.
fn slots(milestone: &Milestone, body: &Body<'_, '_>) -> Vec<Slot> {
    let ends = |year: i16| if year >= FIRST_YEAR { Date::new(year, 12, 31) } else { body.start.and_then(|s| years_after(s, year)) };
    let named = |year: i16| if year >= FIRST_YEAR { year.to_string() } else { format!("year {year}") };
    let one = |window, due, label| vec![Slot { window, due, label, total: false }];
    match milestone.when {
        MilestoneTime::By(day) => one(Window::By(day), Some(day), milestone_label(&milestone.when)),
        MilestoneTime::Year(n) => {
            let n = i16::try_from(n).unwrap_or(i16::MAX);
            one(Window::Of(n), ends(n), named(n))
        }
        MilestoneTime::EachYear => {
            let years = body.years();
            let slot = |y: &i16| Slot { window: Window::Of(*y), due: ends(*y), label: named(*y), total: false };
            if years.is_empty() { one(Window::SoFar, None, milestone_label(&milestone.when)) } else { years.iter().map(slot).collect() }
        }
        MilestoneTime::Total(due) => vec![Slot { window: Window::SoFar, due, label: milestone_label(&milestone.when), total: true }],
    }
}

/// What comes of a milestone under one setting of all readings.
fn outcome<'a>(place: Place<'a>, milestone: &'a Milestone, slot: &Slot, not_due: bool, body: &Body<'_, 'a>) -> Outcome<'a> {
    let mut notes = Vec::new();
    let limit = milestone.bound.as_ref().map(|bound| match bound {
        Bound::Between(low, high) => (bound, body.limit(low), Some(body.limit(high))),
        Bound::AtMost(e) | Bound::Less(e) | Bound::AtLeast(e) | Bound::More(e) | Bound::Equal(e) | Bound::About(e) => {
            (bound, body.limit(e), None)
        }
    });
    let mut one = |key: Option<usize>| {
        let window = if not_due { Window::SoFar } else { slot.window };
        let measured = match slot.total {
            true => body.total(place.at, place.indicator, slot.due.filter(|_| !not_due).map(|d| d.parts().0), key, &mut notes),
            false => body.measure(place.at, place.indicator, window, key, &mut notes),
        };
        let truth = truth_of(place.indicator, milestone, &measured, body);
        (truth, measured)
    };
    let mut made = match place.indicator.for_all {
        None => {
            let (truth, measured) = one(None);
            let (result, needs) = result_of(&Truth::True, &truth);
            let far = limit.as_ref().and_then(|(bound, limit, _)| gap(bound, &measured.value, limit));
            let above = limit.as_ref().is_some_and(|(_, _, high)| is_above(&measured.value, high.as_ref()));
            let ratio = measured.known_ratio();
            Outcome { result, needs, value: measured.value, ratio, limit, gap: far, above, items: None, notes: Vec::new() }
        }
        Some(list) => {
            let values = &body.prepared.programme.enumeration(list).values;
            let (mut truths, mut items, mut above) = (Vec::new(), Vec::new(), false);
            for (index, value) in values.iter().enumerate() {
                let (truth, measured) = one(Some(index));
                let (result, needs) = result_of(&Truth::True, &truth);
                let far = limit.as_ref().and_then(|(bound, limit, _)| gap(bound, &measured.value, limit));
                above |= limit.as_ref().is_some_and(|(_, _, high)| is_above(&measured.value, high.as_ref()));
                items.push(TargetItem { key: &value.ident.key, result, needs, value: measured.value, gap: far });
                truths.push(truth);
            }
            let (result, needs) = result_of(&Truth::True, &Truth::and(truths));
            Outcome { result, needs, value: Value::None, ratio: None, limit, gap: None, above, items: Some(items), notes: Vec::new() }
        }
    };
    made.notes = notes;
    if not_due {
        made.result = RuleResult::NotYetDue;
        made.needs = Needs::default();
        made.above = false;
        for item in made.items.iter_mut().flatten() {
            item.result = RuleResult::NotYetDue;
            item.needs = Needs::default();
        }
    } else if let (Some(_), None, RuleResult::Unknown, Some(TargetsFrom::Stage(stage))) =
        (body.on, slot.due, made.result, &place.block.from)
    {
        // Without the day it counts from nobody knows whether it is due.
        made.needs.add(&Needs::one(&body.prepared.programme.stages[stage.index()].key, Source::Other));
    }
    made
}

/// Whether the milestone is reached: by its bound, by a yes, else as people judge it.
fn truth_of<'a>(indicator: &'a Indicator, milestone: &'a Milestone, measured: &Measured<'a>, body: &Body<'_, 'a>) -> Truth<'a> {
    let yes_no = match &indicator.measure {
        Measure::Judged(_) => true,
        Measure::Reported(_, ty) => *ty == prog_model::Type::Bool,
        Measure::Computed { value, .. } => value.ty == prog_model::Type::Bool,
    };
    match &milestone.bound {
        Some(bound) => body.holds(bound, measured),
        None if yes_no => match &measured.value {
            Value::Bool(yes) => Truth::of(*yes),
            value => Truth::Unknown(all_needs([value])),
        },
        None => Truth::Unknown(Needs::one(&indicator.ident.key, Source::Judgement)),
    }
}

/// Whether a value is above the upper end of a range.
fn is_above(value: &Value<'_>, high: Option<&Value<'_>>) -> bool {
    high.is_some_and(|high| crate::eval::numbers::compare(Comparison::More, value, high).is_true())
}
