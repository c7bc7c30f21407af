//! Places by wish: in the order of the list, each who is selected gets the first of its wishes that has a free place.
//!
//! In: the cut of a group, what each wishes for, how many places there are. Out: what each was given. Always: where it matters in which
//! order equals choose, or a wish, a place or who is selected is open, it is open for these and for all behind them.

use super::case::Data;
use super::cut::{Cut, Fares};
use super::definition::Assign;
use super::expression::value_of;
use super::keys::key_text;
use super::number::Exact;
use super::scene::Scene;
use super::value::{Source, Value};
use std::collections::BTreeMap;

/// What a candidate was given of its wishes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Given {
    /// Nothing is given here, or it was not selected.
    #[default]
    None,
    /// This.
    One(String),
    /// None of its wishes had a free place.
    Nothing,
    /// It depends on what is open.
    Open,
}

/// How many places there are, by wish; none where that is open.
type Free = BTreeMap<String, Option<Exact>>;

/// A wish as text and value.
type Wish<'a> = (String, Value<'a>);

/// What each candidate was given, in the order of the candidates; `places` tells how many there are of a wish.
pub fn given<'a>(
    assign: &Assign,
    cut: &Cut<'_, 'a>,
    order: &[usize],
    scenes: &[Scene<'a>],
    places: impl Fn(Value<'a>) -> Value<'a>,
) -> Vec<Given> {
    let mut given = vec![Given::None; cut.all.len()];
    let mut free = Free::new();
    let mut open = false;
    for level in order.chunk_by(|a, b| cut.ranking.as_good(*a, *b)) {
        open |= level.iter().any(|at| cut.fares[*at].is_open());
        let chooses = |at: &usize| cut.fares[*at] == Fares::Selected && !cut.all[*at].left;
        let choosing: Vec<usize> = level.iter().copied().filter(chooses).collect();
        let mut choose = |at: &usize| {
            let scene = &scenes[cut.all[*at].at];
            choice(wishes(assign, scene)?, &mut free, &places)
        };
        let choices: Option<Vec<Given>> = match open {
            true => None,
            false => choosing.iter().map(&mut choose).collect(),
        };
        let Some(choices) = choices.filter(|choices| fit(choices, &free)) else {
            open |= !choosing.is_empty();
            choosing.iter().for_each(|at| given[*at] = Given::Open);
            continue;
        };
        for (at, choice) in choosing.into_iter().zip(choices) {
            if let Given::One(wish) = &choice {
                if let Some(Some(places)) = free.get_mut(wish) {
                    *places = &*places - &Exact::from(1);
                }
            }
            given[at] = choice;
        }
    }
    given
}

/// Whether equals can all have what each would choose first.
fn fit(choices: &[Given], free: &Free) -> bool {
    choices.iter().all(|choice| {
        let Given::One(wish) = choice else {
            return true;
        };
        let wanted = choices.iter().filter(|other| *other == choice).count();
        let wanted = Exact::from(i64::try_from(wanted).unwrap_or(i64::MAX));
        matches!(free.get(wish), Some(Some(places)) if *places >= wanted)
    })
}

/// The first wish with a free place; none if it is open.
fn choice<'a>(
    wishes: Vec<Wish<'a>>,
    free: &mut Free,
    places: impl Fn(Value<'a>) -> Value<'a>,
) -> Option<Given> {
    for (text, value) in wishes {
        let there = free
            .entry(text.clone())
            .or_insert_with(|| match places(value) {
                Value::Number(n) => Some(n),
                _ => None,
            });
        if there.as_ref()? >= &Exact::from(1) {
            return Some(Given::One(text));
        }
    }
    Some(Given::Nothing)
}

/// The wishes of a case in its order; none: not known.
fn wishes<'a>(assign: &Assign, scene: &Scene<'a>) -> Option<Vec<Wish<'a>>> {
    let track = scene.track.track.key;
    let of = assign.wishes.iter().find(|of| of.track == track)?;
    let Value::List(items) = (of.value)(scene) else {
        return None;
    };
    let wish = |data: &'a Data<'a>| {
        let first = match data {
            Data::Record(fields, _) => fields.first()?,
            other => other,
        };
        let value = value_of(first, "", Source::Other, false, (None, None));
        Some((key_text(Some(&of.shown), &value)?, value))
    };
    items.iter().map(wish).collect()
}
