//! Expectations on selections: the order of a list, and where a case stands.
//!
//! Always: what is recorded as decided counts before what is proposed; who is in no list is not selected.

use super::{Test, of};
use crate::scenario::Failure;
use crate::select::{Fares, Given, Place, SelectReport};
use prog_base::{Text, text};
use prog_model::{Place as Expected, SelectionId};

/// The list begins with these cases, in this order; of level ones none is ahead.
pub(super) fn order(test: &Test<'_, '_>, selected: &SelectReport<'_>, id: SelectionId, ids: &[String]) -> Vec<Failure> {
    let name = &test.p.selections[id.index()].ident.name;
    let lists =
        selected.selections.iter().filter(|s| s.selection.ident.key == test.p.selections[id.index()].ident.key).flat_map(|s| &s.lists);
    let listed = lists.into_iter().find(|l| l.places.iter().any(|p| ids.first().is_some_and(|first| p.id == *first)));
    let places: &[Place<'_>] = listed.map_or(&[], |l| l.places.as_slice());
    let begin = &places[..places.len().min(ids.len())];
    let same = begin.len() == ids.len() && begin.iter().zip(ids).all(|(place, id)| place.id == *id);
    let ahead = begin.windows(2).all(|two| matches!((two[0].rank, two[1].rank), (Some(a), Some(b)) if a < b));
    if same && ahead {
        return Vec::new();
    }
    let mut shown = String::new();
    for (at, place) in places.iter().enumerate() {
        let level = at > 0 && places[at - 1].rank == place.rank;
        shown += if at == 0 {
            ""
        } else if place.rank.is_none() {
            "? "
        } else if level {
            " = "
        } else {
            ", "
        };
        shown += &place.id;
    }
    let expected = text!("排序 {}", "order {}", ids.join(", "));
    vec![test.failure(of(name, &expected), of(name, &text!("排序 {shown}", "order {shown}")))]
}

/// Each case asked for stands there.
pub(super) fn place(test: &Test<'_, '_>, selected: &SelectReport<'_>, id: SelectionId, expected: Option<Expected>) -> Vec<Failure> {
    let selection = &test.p.selections[id.index()];
    let lists: Vec<&Place<'_>> = selected
        .selections
        .iter()
        .filter(|s| s.selection.ident.key == selection.ident.key)
        .flat_map(|s| &s.lists)
        .flat_map(|l| &l.places)
        .collect();
    let words = |(place, position)| of(&selection.ident.name, &words(place, position));
    let (wanted, wanted_at) = match expected {
        Some(Expected::Waiting(at)) => (Some(Expected::Waiting(None)), at),
        other => (other, None),
    };
    test.cases(&words((wanted, wanted_at)), |report| {
        let mut own = lists.iter().filter(|p| Some(p.id.as_ref()) == report.id).map(|p| stands(p)).collect::<Vec<_>>();
        own.sort_by_key(|(place, _)| matches!(place, Some(Expected::NotSelected)));
        let (found, at) = own.first().copied().unwrap_or((Some(Expected::NotSelected), None));
        let holds = found == wanted && wanted_at.is_none_or(|wanted| at == Some(wanted));
        (holds, words((found, at)))
    })
}

/// Each case asked for gets this of its wishes.
pub(super) fn given(test: &Test<'_, '_>, selected: &SelectReport<'_>, id: SelectionId, wish: &str) -> Vec<Failure> {
    let selection = &test.p.selections[id.index()];
    let name = &selection.ident.name;
    let gets = |what: &str| text!("{name} = {what}", "{name} = {what}");
    let lists = selected.selections.iter().filter(|s| s.selection.ident.key == selection.ident.key).flat_map(|s| &s.lists);
    let places: Vec<&Place<'_>> = lists.flat_map(|l| &l.places).collect();
    test.cases(&gets(wish), |report| match places.iter().find(|p| Some(p.id.as_ref()) == report.id).map(|p| &p.given) {
        Some(Given::One(found)) => (found == wish, gets(found)),
        Some(Given::Nothing) => (false, text!("没有空位的志愿", "none of the wishes had a free place")),
        Some(Given::Open) => (false, of(name, &text!("未明", "unknown"))),
        Some(Given::None) | None => (false, of(name, &text!("未入选", "not selected"))),
    })
}

/// Where a case stands, and at which position it waits.
fn stands(place: &Place<'_>) -> (Option<Expected>, Option<u32>) {
    match (place.decided, &place.fares) {
        (_, _) if place.left => (Some(Expected::NotSelected), None),
        (Some(true), _) => (Some(Expected::Selected), None),
        (Some(false), Fares::Selected | Fares::Tied(_) | Fares::Unknown(_)) => (Some(Expected::NotSelected), None),
        (_, Fares::Selected) => (Some(Expected::Selected), None),
        (_, Fares::Waiting(at)) => (Some(Expected::Waiting(None)), u32::try_from(*at).ok()),
        (_, Fares::Tied(_)) => (Some(Expected::Tied), None),
        (_, Fares::NotSelected) => (Some(Expected::NotSelected), None),
        (_, Fares::Unknown(_)) => (None, None),
    }
}

fn words(place: Option<Expected>, position: Option<u32>) -> Text {
    match (place, position) {
        (Some(Expected::Selected), _) => text!("入选", "selected"),
        (Some(Expected::Waiting(_)), Some(at)) => text!("候补{at}", "waiting {at}"),
        (Some(Expected::Waiting(_)), None) => text!("候补", "waiting"),
        (Some(Expected::Tied), _) => text!("并列", "tied"),
        (Some(Expected::NotSelected), _) => text!("未入选", "not selected"),
        (None, _) => text!("未明", "unknown"),
    }
}
