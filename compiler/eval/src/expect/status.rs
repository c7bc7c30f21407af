//! Expectations on where a case's events have brought it.
//!
//! Always: a case is at a place only if it is at no other; one without events is nowhere.

use crate::report::{Report, Standing};
use prog_base::{Text, text};
use prog_model::{ExpectedStatus, Programme};

/// What is expected, in words.
pub(super) fn wanted(p: &Programme, status: &ExpectedStatus) -> Text {
    match status {
        ExpectedStatus::At(stage) => at(p, stage),
        ExpectedStatus::Ended(result) => ended(result.as_deref()),
        ExpectedStatus::Unknown => text!("状态未明", "a status that is not known"),
    }
}

/// Whether a case stands as expected, and where it does.
pub(super) fn standing(p: &Programme, report: &Report<'_>, wanted: &ExpectedStatus) -> (bool, Text) {
    let places = report.standing.as_deref().unwrap_or_default();
    let holds = match (places, wanted) {
        ([one], ExpectedStatus::At(stage)) => !one.ended && one.stage == stage,
        ([one], ExpectedStatus::Ended(None)) => one.ended,
        ([one], ExpectedStatus::Ended(Some(result))) => one.ended && one.result == Some(result.as_str()),
        (_, ExpectedStatus::Unknown) => places.len() > 1,
        (_, ExpectedStatus::At(_) | ExpectedStatus::Ended(_)) => false,
    };
    let one = |place: &Standing<'_>| if place.ended { ended(place.result) } else { at(p, place.stage) };
    let words = match (places, &report.standing) {
        ([], None) => text!("没有经过任何环节", "no event"),
        ([], Some(_)) => text!("没有去向", "nowhere to go"),
        _ => Text::joined(places.iter().map(one), &text!("或", " or ")),
    };
    (holds, words)
}

fn at(p: &Programme, stage: &str) -> Text {
    let name = p.stages.iter().find(|s| s.key == stage).map_or(stage, |s| s.name.as_str());
    text!("状态：在环节“{name}”", "status: at stage `{name}`")
}

fn ended(result: Option<&str>) -> Text {
    match result {
        Some(result) => text!("状态：终止，“{result}”", "status: ended, `{result}`"),
        None => text!("状态：终止", "status: ended"),
    }
}
