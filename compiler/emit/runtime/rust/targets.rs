//! Every milestone of every reporting body: met, not met, not yet due, unknown, or pending.
//!
//! In: a prepared programme, reports, options. Out: findings in order of declaration, of one milestone by body.
//! Always: nothing is decided that no report of the milestone's last year says.

use super::case::Problem;
use super::date::Day;
use super::definition::{BoundKind, Indicator, Label, Milestone, ShownKind, ShownType, Start};
use super::finding::{Outcome, Under};
use super::interval::{compare_numbers, Relation};
use super::messages::{self, of_field, Message, Note};
use super::number::Exact;
use super::options::Settled;
use super::prepared::{Prepared, PreparedTargets};
use super::read::When;
use super::readings::{alternatives, worlds};
use super::rules::result_of;
use super::target_lines::TargetReport;
use super::target_measure::{gap_to, Body, Measurement};
use super::target_period::{label_of, years_after, Window, FIRST_YEAR};
use super::truth::Truth;
use super::value::{all_needs, Needs, Source, Value};
use std::rc::Rc;

/// What came of all reports.
#[derive(Debug)]
pub struct JudgedTargets<'a> {
    /// The day looked at.
    pub on: Option<Day>,
    /// In order of declaration; of one milestone by reporting body.
    pub findings: Vec<TargetFinding<'a>>,
    /// Soft targets missed, words of the notice, data notes.
    pub notes: Vec<Note>,
}

/// One milestone of one body, or one bad entry.
#[derive(Debug)]
pub struct TargetFinding<'a> {
    /// The block.
    pub block: &'static PreparedTargets,
    /// Key of the indicator, or of the entry.
    pub rule: &'static str,
    /// Addresses of its clauses.
    pub clauses: &'static [&'static str],
    /// Whose.
    pub key: Option<&'a str>,
    /// What the milestone is called; none: a bad entry.
    pub label: Option<String>,
    /// Its last day.
    pub due: Option<Day>,
    /// A note only.
    pub soft: bool,
    /// Words.
    pub message: Message,
    /// What came out.
    pub outcome: MilestoneOutcome<'a>,
    /// How value and limit are shown.
    pub shown: Option<ShownType>,
    /// What other readings would give.
    pub under: Vec<Under>,
    /// The notice's words.
    pub words: Option<Label>,
    /// Reports that say something on it, the latest last.
    pub reports: Vec<&'a TargetReport<'a>>,
    /// What is wrong with an entry, and where.
    pub problem: Option<(Problem, &'a str)>,
}

/// What one setting of readings gives.
#[derive(Debug)]
pub struct MilestoneOutcome<'a> {
    /// The result.
    pub result: Outcome,
    /// What is awaited.
    pub needs: Needs,
    /// The value, in base units.
    pub value: Value<'a>,
    /// Numerator and denominator of a ratio, where both are known.
    pub ratio: Option<(Exact, Exact)>,
    /// The limit, and the upper one of a range.
    pub limit: Option<(Value<'a>, Option<Value<'a>>)>,
    /// What is missing to the bound.
    pub gap: Option<Exact>,
    /// Whether it is above its range.
    above: bool,
    /// `for all`: every value of the list.
    pub items: Option<Vec<TargetItem<'a>>>,
    notes: Vec<Note>,
}

/// One value of the list of a `for all`.
#[derive(Debug)]
pub struct TargetItem<'a> {
    /// Its key.
    pub key: &'static str,
    /// The result.
    pub result: Outcome,
    /// What is awaited.
    pub needs: Needs,
    /// The value.
    pub value: Value<'a>,
    /// What is missing to the bound.
    pub gap: Option<Exact>,
}

/// One milestone in one window.
struct Slot {
    window: Window,
    due: Option<Day>,
    label: String,
    /// Summed over years.
    total: bool,
}

/// Holds all reports against all milestones.
pub fn judge_targets<'a>(
    prepared: &'static Prepared,
    reports: &'a [TargetReport<'a>],
    options: &Settled,
) -> JudgedTargets<'a> {
    let on = match options.on {
        Some(When::Day(day)) => Some(day),
        Some(When::At(moment)) => prepared.zone().map(|zone| zone.day_of(moment)),
        Some(When::Bad) | None => None,
    };
    let judged = JudgedTargets {
        on,
        findings: Vec::new(),
        notes: Vec::new(),
    };
    let mut run = Run {
        prepared,
        options,
        judged,
    };
    for block in &prepared.targets {
        let own = reports.iter().enumerate();
        let own = own
            .filter(|(_, report)| std::ptr::eq(report.block, block))
            .collect::<Vec<_>>();
        run.block(block, &own);
    }
    run.judged
}

struct Run<'o, 'a> {
    prepared: &'static Prepared,
    options: &'o Settled,
    judged: JudgedTargets<'a>,
}

type Own<'a> = [(usize, &'a TargetReport<'a>)];

impl<'a> Run<'_, 'a> {
    fn block(&mut self, block: &'static PreparedTargets, reports: &Own<'a>) {
        for (_, report) in reports {
            self.faults(block, report);
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
        for (at, indicator) in block.block.indicators.iter().enumerate() {
            for milestone in indicator.milestones {
                if indicator.for_all.is_some() {
                    self.milestone(at, milestone, &self.body(block, reports.into()), None);
                    continue;
                }
                for key in &keys {
                    let own = reports
                        .iter()
                        .filter(|(_, report)| report.key.as_deref() == *key);
                    let body = self.body(block, own.copied().collect());
                    self.milestone(at, milestone, &body, *key);
                }
            }
        }
    }

    fn body(&self, block: &'static PreparedTargets, reports: Rc<Own<'a>>) -> Body<'a> {
        let stated = || reports.iter().rev().find_map(|(_, report)| report.from);
        let start = match block.block.from {
            Some(Start::Day(day)) => Some(day),
            Some(Start::Stage(_)) | None => stated(),
        };
        let settings = Rc::clone(&self.options.settings);
        Body {
            prepared: self.prepared,
            block,
            reports,
            start,
            on: self.judged.on,
            settings,
        }
    }

    /// What is wrong with the entries of a report.
    fn faults(&mut self, block: &'static PreparedTargets, report: &'a TargetReport<'a>) {
        for (slot, path, problem) in &report.faults {
            let input = &block.block.inputs[*slot];
            let mut outcome = MilestoneOutcome::of((Outcome::Unmet, Needs::default()));
            outcome.value = Value::None;
            self.judged.findings.push(TargetFinding {
                block,
                rule: input.key,
                clauses: input.clauses,
                key: report.key.as_deref(),
                label: None,
                due: None,
                soft: false,
                message: Message::Own(of_field(*problem).about(input.ident().label)),
                outcome,
                shown: None,
                under: Vec::new(),
                words: None,
                reports: vec![report],
                problem: Some((*problem, path)),
            });
        }
    }

    fn milestone(
        &mut self,
        at: usize,
        milestone: &'static Milestone,
        body: &Body<'a>,
        key: Option<&'a str>,
    ) {
        let indicator = &body.block.block.indicators[at];
        for slot in slots_of(milestone, body) {
            let not_due = self
                .judged
                .on
                .zip(slot.due)
                .is_some_and(|(on, due)| on < due);
            let looked = if not_due || slot.total {
                Window::SoFar
            } else {
                slot.window
            };
            let outcome = self.settled(at, milestone, &slot, not_due, body);
            let under = match self.options.alternatives && !not_due {
                true => self.under(at, milestone, &slot, body, outcome.result),
                false => Vec::new(),
            };
            self.put(
                TargetFinding {
                    block: body.block,
                    rule: indicator.key,
                    clauses: milestone.clauses,
                    key,
                    label: Some(slot.label),
                    due: slot.due,
                    soft: milestone.soft,
                    message: Message::Author(indicator.ident().label),
                    outcome,
                    shown: Some(indicator.shown).filter(ShownType::is_number),
                    under,
                    words: milestone.notice_words(),
                    reports: body.sources(indicator, looked),
                    problem: None,
                },
                indicator,
            );
        }
    }

    fn put(&mut self, mut found: TargetFinding<'a>, indicator: &Indicator) {
        let outcome = &mut found.outcome;
        let notes = &mut self.judged.notes;
        let note = |message| Note {
            rule: found.rule,
            clauses: found.clauses,
            message,
        };
        if found.soft && outcome.result == Outcome::Unmet {
            notes.push(note(found.message.clone()));
        }
        if outcome.above && outcome.result == Outcome::Met {
            let words = messages::ABOVE_RANGE.about(indicator.ident().label);
            notes.push(note(Message::Own(words)));
        }
        if let (Some(words), Some(_)) = (found.words, &outcome.limit) {
            notes.push(note(Message::Author(words)));
        }
        let lang = self.options.lang;
        for more in std::mem::take(&mut outcome.notes) {
            let same =
                |n: &Note| n.rule == more.rule && n.message.get(lang) == more.message.get(lang);
            if !notes.iter().any(same) {
                notes.push(more);
            }
        }
        self.judged.findings.push(found);
    }

    /// Under open readings, what all their words agree on.
    fn settled(
        &self,
        at: usize,
        milestone: &'static Milestone,
        slot: &Slot,
        not_due: bool,
        body: &Body<'a>,
    ) -> MilestoneOutcome<'a> {
        let uses = &body.block.readings[at];
        let worlds = worlds(self.prepared.readings(), &body.settings, uses);
        let mut first: Option<MilestoneOutcome<'a>> = None;
        for world in worlds {
            let outcome = outcome_of(at, milestone, slot, not_due, &body.under(&world));
            match &mut first {
                None => first = Some(outcome),
                Some(mine) if mine.result == outcome.result && mine.value == outcome.value => {}
                Some(mine) => {
                    if mine.result != outcome.result {
                        mine.result = Outcome::Unknown;
                        mine.needs = Needs::notice();
                    }
                    mine.value = Value::silent();
                    mine.ratio = None;
                    mine.gap = None;
                }
            }
        }
        first.unwrap_or_else(|| outcome_of(at, milestone, slot, not_due, body))
    }

    fn under(
        &self,
        at: usize,
        milestone: &'static Milestone,
        slot: &Slot,
        body: &Body<'a>,
        here: Outcome,
    ) -> Vec<Under> {
        let uses = &body.block.readings[at];
        let mut under = Vec::new();
        for other in alternatives(self.prepared.readings(), &body.settings, uses) {
            let there = body.under(&other.settings);
            let result = self.settled(at, milestone, slot, false, &there).result;
            if result != here {
                under.push(Under {
                    reading: other.reading,
                    value: other.word,
                    result,
                });
            }
        }
        under
    }
}

/// The windows of a milestone: one, or one a reported year.
fn slots_of(milestone: &Milestone, body: &Body<'_>) -> Vec<Slot> {
    let label = label_of(milestone);
    let of_year = |year: i64| {
        let calendar = year >= FIRST_YEAR;
        Slot {
            window: Window::Of(year),
            due: if calendar {
                Day::new(year, 12, 31)
            } else {
                years_after(body.start, year)
            },
            label: if calendar {
                year.to_string()
            } else {
                format!("year {year}")
            },
            total: false,
        }
    };
    let one = |window, due, label, total| {
        vec![Slot {
            window,
            due,
            label,
            total,
        }]
    };
    match (milestone.by, milestone.year) {
        (due, _) if milestone.total => one(Window::SoFar, due, label, true),
        (Some(by), _) => one(Window::By(by), Some(by), label, false),
        (None, Some(year)) => vec![of_year(year)],
        (None, None) => {
            let years = body.years();
            if years.is_empty() {
                one(Window::SoFar, None, label, false)
            } else {
                years.into_iter().map(of_year).collect()
            }
        }
    }
}

impl Milestone {
    /// The notice's words, if it has any.
    fn notice_words(&self) -> Option<Label> {
        let (zh, en) = (self.words, self.words_en);
        let en = if en.is_empty() { zh } else { en };
        (!zh.is_empty()).then_some(Label { zh, en })
    }
}

impl<'a> MilestoneOutcome<'a> {
    fn of((result, needs): (Outcome, Needs)) -> Self {
        Self {
            result,
            needs,
            value: Value::None,
            ratio: None,
            limit: None,
            gap: None,
            above: false,
            items: None,
            notes: Vec::new(),
        }
    }
}

/// What comes of a milestone under one setting of all readings.
fn outcome_of<'a>(
    at: usize,
    milestone: &'static Milestone,
    slot: &Slot,
    not_due: bool,
    body: &Body<'a>,
) -> MilestoneOutcome<'a> {
    let indicator = &body.block.block.indicators[at];
    let mut notes = Vec::new();
    let limit = milestone.bound.map(|bound| {
        (
            body.value(bound.limit),
            bound.high.map(|high| body.value(high)),
        )
    });
    let mut one = |key: Option<usize>| {
        let measured = if slot.total {
            let until = slot.due.filter(|_| !not_due).map(|due| due.civil().0);
            body.total(indicator, until, key, &mut notes)
        } else {
            let window = if not_due { Window::SoFar } else { slot.window };
            body.measure(indicator, window, key, &mut notes)
        };
        (truth_for(indicator, milestone, &measured, body), measured)
    };
    let kind = milestone
        .bound
        .map_or(BoundKind::AtLeast, |bound| bound.kind);
    let gap = |value: &Value<'a>| limit.as_ref().and_then(|(low, _)| gap_to(kind, value, low));
    let is_above = |value: &Value<'a>| {
        let high = limit.as_ref().and_then(|(_, high)| high.as_ref());
        high.is_some_and(|high| compare_numbers(Relation::More, value, high).is_true())
    };
    let mut made = match indicator.for_all {
        None => {
            let (truth, measured) = one(None);
            let mut made = MilestoneOutcome::of(result_of(&Truth::True, &truth));
            made.ratio = measured.known_ratio();
            made.gap = gap(&measured.value);
            made.above = is_above(&measured.value);
            made.value = measured.value;
            made
        }
        Some(list) => {
            let (mut truths, mut items, mut above) = (Vec::new(), Vec::new(), false);
            for (index, key) in body.prepared.values_of(list).iter().enumerate() {
                let (truth, Measurement { value, .. }) = one(Some(index));
                let (result, needs) = result_of(&Truth::True, &truth);
                above |= is_above(&value);
                items.push(TargetItem {
                    key,
                    result,
                    needs,
                    gap: gap(&value),
                    value,
                });
                truths.push(truth);
            }
            let mut made = MilestoneOutcome::of(result_of(&Truth::True, &Truth::and(truths)));
            made.above = above;
            made.items = Some(items);
            made
        }
    };
    made.limit = limit;
    made.notes = notes;
    if not_due {
        made.put_off();
    } else if let (Some(_), None, Outcome::Unknown, Some(Start::Stage(stage))) =
        (body.on, slot.due, made.result, body.block.block.from)
    {
        // Without the day it counts from nobody knows whether it is due.
        made.needs.add(&Needs::one(stage, Source::Other));
    }
    made
}

impl MilestoneOutcome<'_> {
    /// Nothing is decided yet.
    fn put_off(&mut self) {
        self.result = Outcome::NotYetDue;
        self.needs = Needs::default();
        self.above = false;
        for item in self.items.iter_mut().flatten() {
            item.result = Outcome::NotYetDue;
            item.needs = Needs::default();
        }
    }
}

/// Whether the milestone is reached: by its bound, by a yes, else as people judge it.
fn truth_for<'a>(
    indicator: &'static Indicator,
    milestone: &Milestone,
    measured: &Measurement<'a>,
    body: &Body<'a>,
) -> Truth {
    match (&milestone.bound, &measured.value) {
        (Some(bound), _) => body.holds(bound, measured),
        (None, _) if indicator.shown.kind != ShownKind::Bool => {
            Truth::Unknown(Needs::one(indicator.key, Source::Judgement))
        }
        (None, Value::Bool(value)) => Truth::of(*value),
        (None, value) => Truth::Unknown(all_needs([value])),
    }
}
