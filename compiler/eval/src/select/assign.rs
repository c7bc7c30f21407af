//! Places by wish: in the order of the list, each who is selected gets the first of its wishes that has a free place.
//!
//! In: the list of a group. Out: what each was given. Always: where it matters in which order equals choose, or a wish, a place or who is
//! selected is open, it is open for these and for all behind them. Who gets none is not selected.

use super::line::Line;
use super::report::{Fares, Given};
use super::{InGroup, Run};
use crate::batch::keys::key_text;
use crate::case::Data;
use crate::eval::{data_value, eval};
use crate::value::{Source, Value};
use prog_base::Exact;
use prog_model::{Assign, Type};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A wish as text and as value.
type Wish<'a> = (String, Value<'a>);

/// What each candidate was given, in the order of the candidates.
pub(super) fn given<'a>(run: &Run<'_, 'a>, assign: &'a Assign, group: &mut InGroup<'_, '_, 'a>, line: &Line<'_, '_, 'a>) -> Vec<Given<'a>> {
    let all = line.cut.all;
    let mut given = vec![Given::None; all.len()];
    let mut free: BTreeMap<String, Option<Exact>> = BTreeMap::new();
    let mut open = false;
    let ranking = &line.cut.ranking;
    let order: Vec<usize> = (0..all.len()).collect();
    for level in order.chunk_by(|a, b| ranking.as_good(*a, *b)) {
        open |= level.iter().any(|i| matches!(line.fares[*i], Fares::Unknown(_) | Fares::Tied(_)));
        let choosing: Vec<usize> = level.iter().copied().filter(|i| line.fares[*i] == Fares::Selected && !all[*i].left).collect();
        let choices: Option<Vec<Option<String>>> = if open {
            None
        } else {
            choosing.iter().map(|i| chosen(run, assign, group, all[*i].at, &mut free)).collect::<Option<Vec<_>>>().filter(|c| fit(c, &free))
        };
        let Some(choices) = choices else {
            open |= !choosing.is_empty();
            choosing.into_iter().for_each(|i| given[i] = Given::Open);
            continue;
        };
        for (index, choice) in choosing.into_iter().zip(choices) {
            if let Some(Some(places)) = choice.as_ref().and_then(|c| free.get_mut(c)) {
                *places = &*places - &Exact::ONE;
            }
            given[index] = choice.map_or(Given::Nothing, |c| Given::One(Cow::Owned(c)));
        }
    }
    given
}

/// Whether equals can all have what each would choose first.
fn fit(choices: &[Option<String>], free: &BTreeMap<String, Option<Exact>>) -> bool {
    choices.iter().flatten().all(|choice| {
        let wanted = choices.iter().flatten().filter(|other| *other == choice).count();
        matches!(free.get(choice), Some(Some(places)) if *places >= Exact::from(wanted as i64))
    })
}

/// The first wish with a free place: `Some(None)` if there is none, `None` if it is open.
fn chosen<'a>(
    run: &Run<'_, 'a>,
    assign: &'a Assign,
    group: &mut InGroup<'_, '_, 'a>,
    at: usize,
    free: &mut BTreeMap<String, Option<Exact>>,
) -> Option<Option<String>> {
    for (text, wish) in wishes(run, assign, group, at)? {
        if !free.contains_key(&text) {
            let value = run.eval_in(group, &[wish], &assign.places);
            free.insert(text.clone(), if let Value::Number(n) = value { Some(n) } else { None });
        }
        match free.get(&text) {
            Some(Some(places)) if *places >= Exact::ONE => return Some(Some(text)),
            Some(Some(_)) => {}
            Some(None) | None => return None,
        }
    }
    Some(None)
}

/// The wishes of a case in its order; `None`: not known.
fn wishes<'a>(run: &Run<'_, 'a>, assign: &'a Assign, group: &mut InGroup<'_, '_, 'a>, at: usize) -> Option<Vec<Wish<'a>>> {
    let p = run.prepared.programme;
    let scene = &mut group.scenes[at];
    let (_, e) = assign.wishes.iter().find(|(track, _)| *track == scene.id)?;
    let Value::List(items) = eval(scene, e) else { return None };
    let Type::List(item) = &e.ty else { return None };
    let of = |data: &'a Data| -> Option<Wish<'a>> {
        let (data, ty) = match (data, &**item) {
            (Data::Record(fields), Type::Record(record)) => (fields.first()?, &p.records[record.index()].fields.first()?.ty),
            (data, ty) => (data, ty),
        };
        let value = data_value(data, "", Source::Other, false, (None, None));
        Some((key_text(p, ty, &value)?.into_owned(), value))
    };
    items.iter().map(of).collect()
}
