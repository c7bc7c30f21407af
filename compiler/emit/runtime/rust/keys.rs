//! Keys and groups of a quota or selection: which groups there are, and which cases belong to each.
//!
//! Always: a case whose key is blank may be in any group; groups are ordered by the ranges of their keys, present keys by their text.

use super::definition::{GroupKey, Quota, Range, ShownType};
use super::group::{Group, Members};
use super::prepared::Prepared;
use super::readings::Setting;
use super::report::shown_number;
use super::scene::Scene;
use super::table::constant;
use super::truth::Truth;
use super::value::{Needs, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A group's keys as text.
pub type Name = Vec<String>;

/// A group.
#[derive(Clone, Debug)]
pub struct KeyedGroup<'a> {
    /// Its keys as text.
    pub name: Name,
    /// Its keys as values.
    pub values: Vec<Value<'a>>,
    /// Its members.
    pub members: Members,
}

/// A key's value as data shows it; none where it has none.
pub fn key_text(shown: Option<&ShownType>, value: &Value<'_>) -> Option<String> {
    match value {
        Value::Text(text) => Some((*text).to_owned()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(n) => Some(match shown.filter(|shown| shown.is_number()) {
            Some(shown) => shown_number(n, shown).0,
            None => n.to_string(),
        }),
        Value::Day(day) => Some(day.to_string()),
        Value::None
        | Value::Unknown(_)
        | Value::Set(_)
        | Value::Moment(_)
        | Value::Duration(_)
        | Value::Record(..)
        | Value::List(_) => None,
    }
}

/// The key of one case.
#[derive(Clone, Debug)]
enum CaseKey<'a> {
    /// As text and value.
    Known(String, Value<'a>),
    /// Open until these are known.
    Open(Needs),
    /// It has none: then it is in no group.
    Nowhere,
}

fn case_key<'a>(key: &GroupKey, scene: &Scene<'a>) -> CaseKey<'a> {
    let track = scene.track.track.key;
    let Some(of) = key.of.iter().find(|of| of.track == track) else {
        return CaseKey::Nowhere;
    };
    let value = (of.value)(scene);
    match (key_text(Some(&of.shown), &value), value) {
        (Some(text), value) => CaseKey::Known(text, value),
        (None, Value::Unknown(unknown)) => CaseKey::Open(unknown.needs),
        (None, _) => CaseKey::Nowhere,
    }
}

/// Whether a case with these keys is in the group of this name.
fn may_belong(keys: &[CaseKey<'_>], name: &Name) -> Truth {
    Truth::and(keys.iter().zip(name).map(|(key, name)| match key {
        CaseKey::Known(text, _) => Truth::of(text == name),
        CaseKey::Open(needs) => Truth::Unknown(needs.clone()),
        CaseKey::Nowhere => Truth::False,
    }))
}

/// The text of a case's key of this name, if it is known.
pub fn named_key(quota: &Quota, name: &str, scene: &Scene<'_>) -> Option<String> {
    let key = quota.keys.iter().find(|key| key.name == name)?;
    match case_key(key, scene) {
        CaseKey::Known(text, _) => Some(text),
        CaseKey::Open(_) | CaseKey::Nowhere => None,
    }
}

/// Where a case stands among a quota's groups.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In the group of this name, if there is one.
    In(Name),
    /// In any, as far as known.
    Anywhere,
    /// In none.
    Nowhere,
}

/// Where a case stands among a quota's groups.
pub fn place_of(quota: &Quota, scene: &Scene<'_>) -> Place {
    let (mut name, mut open) = (Name::new(), false);
    for key in quota.keys {
        match case_key(key, scene) {
            CaseKey::Known(text, _) => name.push(text),
            CaseKey::Open(_) => open = true,
            CaseKey::Nowhere => return Place::Nowhere,
        }
    }
    if open {
        Place::Anywhere
    } else {
        Place::In(name)
    }
}

/// A case at a position, whether it counts, and its keys.
struct Keyed<'a> {
    at: usize,
    counts: Truth,
    keys: Vec<CaseKey<'a>>,
}

/// All groups by these keys of cases of these tracks, with the cases given, each with whether it counts.
pub fn groups_of<'a>(
    prepared: &'static Prepared,
    (keys, tracks): (&'static [GroupKey], &[&str]),
    scenes: &[Scene<'a>],
    cases: &[(usize, Truth)],
    settings: &Rc<[Setting]>,
) -> Vec<KeyedGroup<'a>> {
    let ours = cases
        .iter()
        .filter(|(at, _)| tracks.contains(&scenes[*at].track.track.key));
    let keyed: Vec<Keyed<'a>> = ours
        .map(|(at, counts)| {
            let keys = keys.iter().map(|key| case_key(key, &scenes[*at])).collect();
            Keyed {
                at: *at,
                counts: counts.clone(),
                keys,
            }
        })
        .collect();
    let keys = keys.iter().enumerate();
    let ranges: Vec<_> = keys
        .map(|(i, key)| range_of(prepared, key, i, &keyed, settings))
        .collect();
    let mut groups = product(&ranges);
    let named = groups
        .iter()
        .enumerate()
        .map(|(i, group)| (group.name.clone(), i));
    let by_name: BTreeMap<Name, usize> = named.collect();
    // One that does not count still shows its keys.
    for Keyed { at, counts, keys } in keyed.into_iter().filter(|one| !one.counts.is_false()) {
        let known: Option<Name> = keys.iter().map(known_text).collect();
        if let Some(name) = known {
            if let Some(group) = by_name.get(&name) {
                groups[*group].members.push((at, counts));
            }
            continue;
        }
        for group in &mut groups {
            let belongs = may_belong(&keys, &group.name);
            if !belongs.is_false() {
                group
                    .members
                    .push((at, Truth::and([counts.clone(), belongs])));
            }
        }
    }
    groups
}

fn known_text(key: &CaseKey<'_>) -> Option<String> {
    match key {
        CaseKey::Known(text, _) => Some(text.clone()),
        CaseKey::Open(_) | CaseKey::Nowhere => None,
    }
}

/// The values that a key has, as text and value.
fn range_of<'a>(
    prepared: &'static Prepared,
    key: &GroupKey,
    index: usize,
    keyed: &[Keyed<'a>],
    settings: &Rc<[Setting]>,
) -> Vec<(String, Value<'a>)> {
    let mut values: Vec<(String, Value<'a>)> = Vec::new();
    match key.range {
        Range::List(list) => {
            let all = prepared.values_of(list).iter();
            return all
                .map(|key| ((*key).to_owned(), Value::Text(key)))
                .collect();
        }
        Range::Constants(constants, shown) => {
            let scope = Group::outside(prepared, settings);
            for cell in constants {
                let value = constant(&scope, cell);
                if let Some(text) = key_text(Some(&shown), &value) {
                    if !values.iter().any(|(known, _)| *known == text) {
                        values.push((text, value));
                    }
                }
            }
        }
        Range::Present => {}
    }
    let mut known: BTreeSet<String> = values.iter().map(|(text, _)| text.clone()).collect();
    let mut present: Vec<(String, Value<'a>)> = Vec::new();
    for one in keyed {
        if let CaseKey::Known(text, value) = &one.keys[index] {
            if known.insert(text.clone()) {
                present.push((text.clone(), value.clone()));
            }
        }
    }
    present.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
    values.extend(present);
    values
}

/// Every combination of keys, the last key changing fastest. Without keys there is one group.
fn product<'a>(ranges: &[Vec<(String, Value<'a>)>]) -> Vec<KeyedGroup<'a>> {
    let mut groups = vec![KeyedGroup {
        name: Name::new(),
        values: Vec::new(),
        members: Vec::new(),
    }];
    for range in ranges {
        let with = |group: &KeyedGroup<'a>, (text, value): &(String, Value<'a>)| {
            let mut longer = group.clone();
            longer.name.push(text.clone());
            longer.values.push(value.clone());
            longer
        };
        let all = groups
            .iter()
            .flat_map(|group| range.iter().map(move |key| with(group, key)));
        groups = all.collect();
    }
    groups
}
