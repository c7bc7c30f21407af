//! Deadlines: kept or not, and what lateness does.
//!
//! Always: inclusive means to 24:00 of the programme's zone; a bare day keeps a deadline if the day does; an open deadline is never late.

use super::case::Problem;
use super::date::{show_moment, Duration, Unit, Zone};
use super::definition::{Builtin, Ident, Stage, Strength};
use super::finding::{Finding, Kind, Outcome, Weight};
use super::messages::{self, of_stage, Message};
use super::read::When;
use super::readings::Setting;
use super::scene::Scene;
use super::scope::Frame;
use super::truth::Truth;
use super::value::{Needs, Value};
use std::borrow::Cow;

/// Whether something done then kept a deadline.
pub fn kept(at: When, due: &Value<'_>, inclusive: bool, zone: Option<Zone>) -> Truth {
    let silent = || Truth::Unknown(Needs::notice());
    match (at, due) {
        (_, Value::Unknown(unknown)) => Truth::Unknown(unknown.needs.clone()),
        (When::Day(day), Value::Day(due)) => {
            Truth::of(if inclusive { day <= *due } else { day < *due })
        }
        (When::At(at), Value::Day(due)) => {
            let one = Duration {
                count: i64::from(inclusive),
                unit: Unit::Days,
            };
            let end = zone
                .zip(due.plus(one))
                .and_then(|(zone, day)| zone.start_of(day));
            end.map_or_else(silent, |end| Truth::of(at < end))
        }
        (When::At(at), Value::Moment(due)) => {
            Truth::of(if inclusive { at <= *due } else { at < *due })
        }
        (When::Day(day), Value::Moment(due)) => {
            let start = zone.and_then(|zone| zone.start_of(day));
            start.map_or_else(silent, |start| Truth::of(start < *due))
        }
        (_, _) => silent(),
    }
}

/// Whether deadlines include their day.
pub fn is_inclusive(frame: &Frame<'_>) -> bool {
    frame.builtin(Builtin::Deadline) != Some(&Setting::Choice(1))
}

/// Whether a day or moment is past a deadline for sure.
pub fn is_past(frame: &Frame<'_>, on: When, due: &Value<'_>) -> bool {
    kept(on, due, is_inclusive(frame), frame.prepared.zone()).is_false()
}

/// What lateness at a stage means: the notice's word, else the reading `late`.
fn late_weight(frame: &Frame<'_>, stage: &Stage) -> Weight {
    match stage.late {
        Some(transition) if transition.to.is_some() => Weight::Of(Strength::Note),
        Some(_) => Weight::Of(Strength::Require),
        None if !stage.hands_in => Weight::Finding,
        None if frame.builtin(Builtin::Late) == Some(&Setting::Choice(1)) => Weight::Finding,
        None => Weight::Of(Strength::Require),
    }
}

/// Whether the reading `late` decides what lateness at this stage means.
pub fn late_is_read(stage: &Stage) -> bool {
    stage.late.is_none() && stage.hands_in
}

/// What is known of a deadline: its value, when it was done, and whether it was kept.
#[derive(Debug)]
pub struct Timing<'a> {
    /// The deadline.
    pub due: Value<'a>,
    /// When it was done; none: it was not.
    pub at: Option<When>,
    /// Whether it was kept.
    pub keeps: Truth,
}

impl Timing<'_> {
    /// `（期限 2021-12-15；实际 2021-12-16）`
    fn in_words(&self, zone: Option<Zone>, stage: &Stage) -> (String, String) {
        let due = match &self.due {
            Value::Day(day) => day.to_string(),
            Value::Moment(moment) => show_moment(zone, *moment),
            _ => return (String::new(), String::new()),
        };
        let (also, likewise) = if stage.inferred {
            ("，推定", ", inferred")
        } else {
            ("", "")
        };
        let done = match self.at {
            Some(When::Day(day)) => Some(day.to_string()),
            Some(When::At(moment)) => Some(show_moment(zone, moment)),
            Some(When::Bad) | None => None,
        };
        let (done_zh, done_en) = match done {
            Some(done) => (format!("；实际 {done}"), format!("; done {done}")),
            None => (String::new(), String::new()),
        };
        (
            format!("（期限 {due}{also}{done_zh}）"),
            format!(" (due {due}{likewise}{done_en})"),
        )
    }
}

/// The finding on a deadline: met, unmet, or unknown.
pub fn deadline_finding<'a>(
    frame: &Frame<'_>,
    stage: &'static Stage,
    timing: Timing<'_>,
    problem: Problem,
    path: impl Into<Cow<'a, str>>,
) -> Finding<'a> {
    let weight = late_weight(frame, stage);
    let mut found = Finding::new(Kind::Stage, stage.ident(), weight, Outcome::Met);
    found.path = path.into();
    if weight == Weight::Finding {
        found.addressed = stage.by;
    }
    let (zh, en) = timing.in_words(frame.prepared.zone(), stage);
    let words = match timing.keeps {
        Truth::True => messages::KEPT,
        Truth::False => {
            found.result = Outcome::Unmet;
            found.problem = Some(problem);
            of_stage(problem)
        }
        Truth::Unknown(needs) => {
            found.result = Outcome::Unknown;
            found.needs = needs;
            messages::DEADLINE_OPEN
        }
    };
    found.message = Message::Own(words.about(found.of.label).then(&zh, &en));
    found
}

/// Whether something happened before a window opened.
pub fn is_before(zone: Option<Zone>, at: When, open: &Value<'_>) -> bool {
    match (at, open) {
        (When::Day(day), Value::Day(open)) => day < *open,
        (When::At(at), Value::Day(open)) => zone
            .and_then(|zone| zone.start_of(*open))
            .is_some_and(|start| at < start),
        (When::At(at), Value::Moment(open)) => at < *open,
        (When::Day(day), Value::Moment(open)) => zone.is_some_and(|zone| day < zone.day_of(*open)),
        (_, _) => false,
    }
}

impl Finding<'_> {
    /// Addressed to the stage's actor, outside the verdict.
    #[must_use]
    pub fn addressed_to(mut self, stage: &Stage) -> Self {
        self.strength = Weight::Finding;
        self.addressed = stage.by;
        self
    }
}

impl<'a> Scene<'a> {
    /// The finding on a judge whose judgement was given later than the stage was due.
    pub fn judged_late(
        &self,
        stage: &'static Stage,
        judged: Ident,
        at: Option<When>,
        path: &'a str,
    ) -> Option<Finding<'a>> {
        let (due, at) = (stage.due?, at?);
        let due = due(self);
        if !is_past(&self.frame, at, &due) {
            return None;
        }
        let mut found =
            Finding::about_stage(stage.ident(), Problem::Late, path).addressed_to(stage);
        found.message = Message::Own(messages::JUDGED_LATE.about(judged.label));
        Some(found)
    }
}
