//! Deadlines: kept or not, and what lateness does (semantics 2.2–2.4).
//!
//! Always: inclusive means to 24:00 of the programme's zone; a bare day keeps a deadline if the day does; an open deadline is never late.

use crate::case::{Problem, When};
use crate::messages;
use crate::options::On;
use crate::readings::{Setting, builtin};
use crate::report::{Finding, FindingKind, FindingStrength, Message};
use crate::scene::Scene;
use crate::value::{Needs, Value};
use prog_base::{Duration, DurationUnit, Text, Zone, text};
use prog_model::{BuiltinReading, Deadline, Programme, RuleResult, Stage, Strength, Target};
use std::borrow::Cow;

/// Whether a deadline was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kept<'a> {
    /// In time.
    Yes,
    /// Late.
    No,
    /// Not known: what is awaited.
    Unknown(Value<'a>),
}

/// Whether something done then kept a deadline.
pub(crate) fn kept<'a>(at: When, due: &Value<'a>, inclusive: bool, zone: Option<&Zone>) -> Kept<'a> {
    let of = |kept: bool| if kept { Kept::Yes } else { Kept::No };
    let open = || Kept::Unknown(Value::unknown(Needs::notice()));
    match (at, due) {
        (When::Day(day), Value::Date(due)) => of(if inclusive { day <= *due } else { day < *due }),
        (When::At(at), Value::Date(due)) => {
            let days = Duration { count: i64::from(inclusive), unit: DurationUnit::Days };
            let end = zone.zip(due.plus(days)).and_then(|(zone, day)| zone.start_of(day));
            end.map_or_else(open, |end| of(at < end))
        }
        (When::At(at), Value::Moment(due)) => of(if inclusive { at <= *due } else { at < *due }),
        (When::Day(day), Value::Moment(due)) => zone.and_then(|z| z.start_of(day)).map_or_else(open, |start| of(start < *due)),
        (When::Bad, _) | (_, _) => match due {
            Value::Unknown(_) => Kept::Unknown(due.clone()),
            _ => open(),
        },
    }
}

/// Whether a day or moment is past a deadline for sure.
pub(crate) fn is_past(on: On, due: &Value<'_>, inclusive: bool, zone: Option<&Zone>) -> bool {
    let at = match on {
        On::Day(day) => When::Day(day),
        On::At(moment) => When::At(moment),
    };
    kept(at, due, inclusive, zone) == Kept::No
}

/// Whether deadlines include their day.
pub(crate) fn inclusive(p: &Programme, settings: &[Setting]) -> bool {
    builtin(p, BuiltinReading::Deadline).is_none_or(|i| settings[i] != Setting::Choice(1))
}

/// What lateness at a stage means: the notice's word, else the reading `late`.
pub(crate) fn late_strength(p: &Programme, settings: &[Setting], stage: &Stage) -> FindingStrength {
    match &stage.late {
        Some(transition) => match transition.target {
            Target::End(_) => FindingStrength::Rule(Strength::Require),
            Target::Stage(_) => FindingStrength::Rule(Strength::Note),
        },
        None if !stage.hands_in => FindingStrength::Finding,
        None => match builtin(p, BuiltinReading::Late).map(|i| &settings[i]) {
            Some(Setting::Choice(1)) => FindingStrength::Finding,
            Some(Setting::Choice(_) | Setting::Open | Setting::Band(_) | Setting::Fixed) | None => FindingStrength::Rule(Strength::Require),
        },
    }
}

/// Whether the reading `late` decides what lateness at this stage means.
pub(crate) fn late_is_read(stage: &Stage) -> bool {
    stage.late.is_none() && stage.hands_in
}

/// What is known of a deadline: its value, when it was done, and how it stands.
pub(crate) struct Timing<'a> {
    /// The deadline.
    pub due: Value<'a>,
    /// When it was done; `None`: it was not.
    pub at: Option<When>,
    /// Whether it was kept.
    pub kept: Kept<'a>,
}

impl Timing<'_> {
    /// `（期限 2021-12-15，实际 2021-12-16）`
    fn in_words(&self, p: &Programme, stage: &Stage) -> Text {
        let zone = p.zone.as_ref();
        let due = match &self.due {
            Value::Date(day) => day.to_string(),
            Value::Moment(moment) => Zone::show(zone, *moment),
            _ => return Text::default(),
        };
        let inferred = matches!(stage.due, Some(Deadline::Inferred(_)));
        let (inferred_zh, inferred_en) = if inferred { ("，推定", ", inferred") } else { ("", "") };
        let done = match self.at {
            Some(When::Day(day)) => Some(day.to_string()),
            Some(When::At(moment)) => Some(Zone::show(zone, moment)),
            Some(When::Bad) | None => None,
        };
        let (done_zh, done_en) = match done {
            Some(done) => (format!("；实际 {done}"), format!("; done {done}")),
            None => (String::new(), String::new()),
        };
        text!("（期限 {due}{inferred_zh}{done_zh}）", " (due {due}{inferred_en}{done_en})")
    }
}

/// The finding on a deadline: met, unmet, or unknown.
pub(crate) fn deadline_finding<'a>(
    p: &'a Programme,
    settings: &[Setting],
    stage: &'a Stage,
    timing: Timing<'a>,
    problem: Problem,
    path: String,
) -> Finding<'a> {
    let strength = late_strength(p, settings, stage);
    let mut finding = Finding::new(FindingKind::Stage, &stage.ident, &stage.cites, strength, RuleResult::Met);
    finding.path = Cow::Owned(path);
    if strength == FindingStrength::Finding {
        finding.addressed = stage.by.map(|a| p.actors[a.index()].ident.key.as_str());
    }
    let numbers = timing.in_words(p, stage);
    let words = match timing.kept {
        Kept::Yes => messages::KEPT,
        Kept::No => {
            finding.result = RuleResult::Unmet;
            finding.problem = Some(problem);
            messages::stage(problem)
        }
        Kept::Unknown(value) => {
            finding.result = RuleResult::Unknown;
            finding.needs = value.needs().cloned().unwrap_or_default();
            messages::DEADLINE_OPEN
        }
    };
    let Text { zh, en } = messages::about(words, &stage.ident.label);
    finding.message = Message::Own(Text { zh: zh + &numbers.zh, en: en + &numbers.en });
    finding
}

impl<'a> Scene<'a> {
    pub(crate) fn inclusive(&self) -> bool {
        inclusive(self.prepared.programme, &self.settings)
    }

    pub(crate) fn is_past(&self, on: On, due: &Value<'a>) -> bool {
        is_past(on, due, self.inclusive(), self.prepared.programme.zone.as_ref())
    }

    /// Whether something happened before a window opened.
    pub(crate) fn is_before(&self, at: When, open: &Value<'a>) -> bool {
        let zone = self.prepared.programme.zone.as_ref();
        match (at, open) {
            (When::Day(day), Value::Date(open)) => day < *open,
            (When::At(at), Value::Date(open)) => zone.and_then(|z| z.start_of(*open)).is_some_and(|start| at < start),
            (When::At(at), Value::Moment(open)) => at < *open,
            (When::Day(day), Value::Moment(open)) => zone.and_then(|z| z.day_of(*open)).is_some_and(|first| day < first),
            (When::Bad, _) | (_, _) => false,
        }
    }

    pub(crate) fn deadline_finding(&self, stage: &'a Stage, timing: Timing<'a>, problem: Problem, path: String) -> Finding<'a> {
        deadline_finding(self.prepared.programme, &self.settings, stage, timing, problem, path)
    }

    /// Addresses a finding to the stage's actor, outside the verdict.
    pub(crate) fn address(&self, finding: &mut Finding<'a>, stage: &'a Stage) {
        finding.strength = FindingStrength::Finding;
        finding.addressed = stage.by.map(|a| self.prepared.programme.actors[a.index()].ident.key.as_str());
    }

    /// Findings on judges: judgements given later than their stage was due (semantics 2.3), for one rule or input.
    pub(crate) fn judged_late(
        &mut self,
        stage: &'a Stage,
        judged: &'a prog_model::Ident,
        at: Option<When>,
        path: &'a str,
    ) -> Option<Finding<'a>> {
        let (due, at) = (stage.due.as_ref()?, at?);
        let due = self.deadline(due);
        if kept(at, &due, self.inclusive(), self.prepared.programme.zone.as_ref()) != Kept::No {
            return None;
        }
        let mut finding = crate::route::stage_finding(stage, Problem::Late, path.to_owned());
        self.address(&mut finding, stage);
        finding.message = Message::Own(messages::about(messages::JUDGED_LATE, &judged.label));
        Some(finding)
    }
}
