//! Keys and groups of a quota or selection (semantics 3.5, 3.6): which groups there are, and which cases belong to each.
//!
//! Always: a case whose key is blank may be in any group; groups are ordered by the ranges of their keys, present keys by their text.

use crate::eval::{Frame, eval};
use crate::prepared::{Prepared, utf16_order};
use crate::readings::{Setting, for_each};
use crate::scene::Scene;
use crate::truth::Truth;
use crate::value::{Needs, Value};
use prog_model::{Expr, ExprKind, Key, KeyCell, KeyRange, Programme, Quota, TrackId, Type};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// A group's keys as text, in the order of the quota's keys.
pub(crate) type Name = Vec<String>;

/// One group.
pub(crate) struct KeyedGroup<'a> {
    /// Its keys as text.
    pub name: Name,
    /// Its keys as values.
    pub values: Vec<Value<'a>>,
    /// Positions of the cases that belong to it, each with whether it surely does; in the order of the batch.
    pub members: Vec<(usize, Truth<'a>)>,
}

/// Cases by their keys.
pub(crate) type ByKeys<'a> = BTreeMap<Vec<CaseKey<'a>>, Alike<'a>>;

/// The cases that have the same keys.
#[derive(Default)]
pub(crate) struct Alike<'a> {
    /// The keys of the first of them as values.
    values: Vec<Value<'a>>,
    /// Their positions, each with whether it counts at all; in the order of the batch.
    cases: Vec<(usize, Truth<'a>)>,
}

/// A key of one case: as text where known, else what is awaited.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum CaseKey<'a> {
    Known(Cow<'a, str>),
    /// No value: the case belongs to no group.
    Nowhere,
    Open(Needs<'a>),
}

impl CaseKey<'_> {
    fn known(&self) -> Option<&str> {
        if let CaseKey::Known(text) = self { Some(text) } else { None }
    }
}

/// A key's value as data shows it.
pub(crate) fn key_text<'a>(p: &'a Programme, ty: &Type, value: &Value<'a>) -> Option<Cow<'a, str>> {
    match value {
        Value::Enum(index) => match ty {
            Type::Enum(id) => p.enumeration(*id).values.get(*index).map(|v| Cow::Borrowed(v.ident.key.as_str())),
            _other => None,
        },
        Value::Text(text) => Some(Cow::Borrowed(text)),
        Value::Bool(value) => Some(value.to_string().into()),
        Value::Number(n) => match ty {
            Type::Number(number) => Some(crate::json::number(p, n, number).0.into()),
            _other => Some(n.to_string().into()),
        },
        Value::Date(day) => Some(day.to_string().into()),
        Value::None | Value::Unknown(_) | Value::Set(_) | Value::Moment(_) | Value::Duration(_) | Value::Record(_) | Value::List(_) => None,
    }
}

/// What forms groups: the cases of these tracks, by these keys.
pub(crate) struct Grouping<'a> {
    pub tracks: &'a [TrackId],
    pub keys: &'a [Key],
    /// Where a table may be indexed with a key.
    pub reads: Vec<&'a Expr>,
}

impl<'a> Grouping<'a> {
    pub(crate) fn of_quota(quota: &'a Quota) -> Self {
        Self { tracks: &quota.tracks, keys: &quota.keys, reads: vec![&quota.test] }
    }
}

/// All groups with the cases given (position, and whether it counts at all); one that does not count still shows its keys.
pub(crate) fn groups<'a>(
    prepared: &'a Prepared<'a>,
    by: &Grouping<'a>,
    scenes: &mut [Scene<'a>],
    cases: &[(usize, Truth<'a>)],
    settings: &[Setting],
) -> Vec<KeyedGroup<'a>> {
    let mut by_keys = ByKeys::new();
    for (at, counts) in cases {
        if by.tracks.contains(&scenes[*at].id) {
            add(&mut by_keys, prepared.programme, by.keys, (*at, counts.clone()), &mut scenes[*at]);
        }
    }
    grouped(prepared, by, &by_keys, settings)
}

/// Adds a case (position, and whether it counts at all) behind all that stand before it in the batch.
pub(crate) fn add<'a>(by_keys: &mut ByKeys<'a>, p: &'a Programme, keys: &'a [Key], case: (usize, Truth<'a>), scene: &mut Scene<'a>) {
    let (keys, values) = keys.iter().map(|key| case_key(p, key, scene)).unzip();
    by_keys.entry(keys).or_insert_with(|| Alike { values, cases: Vec::new() }).cases.push(case);
}

/// All groups with the cases whose keys are given; one that does not count still shows its keys.
pub(crate) fn grouped<'a>(prepared: &'a Prepared<'a>, by: &Grouping<'a>, cases: &ByKeys<'a>, settings: &[Setting]) -> Vec<KeyedGroup<'a>> {
    let ranges: Vec<Vec<(String, Value<'a>)>> = (0..by.keys.len()).map(|k| range(prepared, by, k, cases, settings)).collect();
    let mut groups: Vec<KeyedGroup<'a>> = product(&ranges);
    let names: Vec<Name> = groups.iter().map(|g| g.name.clone()).collect();
    let by_name: BTreeMap<Vec<&str>, usize> = names.iter().enumerate().map(|(i, name)| (texts(name), i)).collect();
    for (keys, Alike { cases, .. }) in cases {
        let counting = cases.iter().filter(|(_, counts)| !counts.is_false());
        let known: Option<Vec<&str>> = keys.iter().map(CaseKey::known).collect();
        match known {
            Some(name) => {
                if let Some(index) = by_name.get(&name) {
                    groups[*index].members.extend(counting.cloned());
                }
            }
            None => {
                for group in &mut groups {
                    let belongs = may_belong(keys, &group.name);
                    if !belongs.is_false() {
                        let members = counting.clone().map(|(at, counts)| (*at, Truth::and([counts.clone(), belongs.clone()])));
                        group.members.extend(members);
                    }
                }
            }
        }
    }
    groups.iter_mut().for_each(|group| group.members.sort_by_key(|(at, _)| *at));
    groups
}

fn texts(name: &Name) -> Vec<&str> {
    name.iter().map(String::as_str).collect()
}

fn may_belong<'a>(keys: &[CaseKey<'a>], name: &[String]) -> Truth<'a> {
    Truth::and(keys.iter().zip(name).map(|(key, text)| match key {
        CaseKey::Known(known) => Truth::of(known == text),
        CaseKey::Nowhere => Truth::False,
        CaseKey::Open(needs) => Truth::Unknown(needs.clone()),
    }))
}

fn case_key<'a>(p: &'a Programme, key: &'a Key, scene: &mut Scene<'a>) -> (CaseKey<'a>, Value<'a>) {
    let Some((_, e)) = key.by_track.iter().find(|(track, _)| *track == scene.id) else { return (CaseKey::Nowhere, Value::None) };
    let value = eval(scene, e);
    let key = match (key_text(p, &e.ty, &value), &value) {
        (Some(text), _) => CaseKey::Known(text),
        (None, Value::Unknown(u)) => CaseKey::Open(u.needs.clone()),
        (None, _) => CaseKey::Nowhere,
    };
    (key, value)
}

/// The text of a case's key of this name, if known.
pub(crate) fn named_key<'a>(p: &'a Programme, quota: &'a Quota, name: &str, scene: &mut Scene<'a>) -> Option<String> {
    let key = quota.keys.iter().find(|k| k.name == name)?;
    case_key(p, key, scene).0.known().map(str::to_owned)
}

/// Where a case stands among a quota's groups.
pub(crate) enum Place {
    /// In the group of this name, if there is one.
    In(Name),
    /// In any, as far as known.
    Anywhere,
    /// In none.
    Nowhere,
}

/// Where a case stands among a quota's groups.
pub(crate) fn place<'a>(p: &'a Programme, quota: &'a Quota, scene: &mut Scene<'a>) -> Place {
    let mut name = Name::new();
    let mut open = false;
    for key in &quota.keys {
        match case_key(p, key, scene).0 {
            CaseKey::Known(text) => name.push(text.into_owned()),
            CaseKey::Nowhere => return Place::Nowhere,
            CaseKey::Open(_) => open = true,
        }
    }
    if open { Place::Anywhere } else { Place::In(name) }
}

/// The values that a key has.
fn range<'a>(
    prepared: &'a Prepared<'a>,
    by: &Grouping<'a>,
    at: usize,
    cases: &ByKeys<'a>,
    settings: &[Setting],
) -> Vec<(String, Value<'a>)> {
    let p = prepared.programme;
    let mut values: Vec<(String, Value<'a>)> = match by.keys[at].range {
        KeyRange::Enum(id) => {
            let all = p.enumeration(id).values.iter().enumerate();
            return all.map(|(index, v)| (v.ident.key.clone(), Value::Enum(index))).collect();
        }
        KeyRange::Table(_) => table_keys(prepared, by, at, settings),
        KeyRange::Present => Vec::new(),
    };
    let mut present: BTreeMap<&str, (usize, &Value<'a>)> = BTreeMap::new();
    for (keys, alike) in cases {
        if let (Some(text), Some(value), Some((first, _))) = (keys[at].known(), alike.values.get(at), alike.cases.first()) {
            let shown = present.entry(text).or_insert((*first, value));
            *shown = if *first < shown.0 { (*first, value) } else { *shown };
        }
    }
    for (known, _) in &values {
        present.remove(known.as_str());
    }
    let mut present: Vec<(String, Value<'a>)> = present.into_iter().map(|(text, (_, value))| (text.to_owned(), value.clone())).collect();
    present.sort_by(|a, b| utf16_order(&a.0, &b.0));
    values.extend(present);
    values
}

/// The constant keys of the table that the check indexes with this key.
fn table_keys<'a>(prepared: &'a Prepared<'a>, by: &Grouping<'a>, at: usize, settings: &[Setting]) -> Vec<(String, Value<'a>)> {
    let p = prepared.programme;
    let mut found = None;
    for read in &by.reads {
        for_each(read, &mut |e| {
            if let ExprKind::Lookup { table, keys, .. } = &e.kind {
                let column = keys.iter().position(|k| k.kind == ExprKind::Key(at));
                found = found.or(column.map(|c| (*table, c)));
            }
        });
    }
    let Some((table, column)) = found else { return Vec::new() };
    let table = p.table(table);
    let mut values: Vec<(String, Value<'a>)> = Vec::new();
    let mut scope = super::group::Group {
        prepared,
        settings,
        scenes: &mut [],
        members: &[],
        frame: Frame::default(),
        counted: BTreeSet::new(),
        portions: None,
    };
    for row in &table.rows {
        let Some(KeyCell::OneOf(constants)) = row.keys.get(column) else { continue };
        for constant in constants {
            let value = eval(&mut scope, constant);
            if let Some(text) = key_text(p, &constant.ty, &value).filter(|t| !values.iter().any(|(known, _)| known == t)) {
                values.push((text.into_owned(), value));
            }
        }
    }
    values
}

/// Every combination of keys, the last key changing fastest. Without keys there is one group.
fn product<'a>(ranges: &[Vec<(String, Value<'a>)>]) -> Vec<KeyedGroup<'a>> {
    let mut groups = vec![KeyedGroup { name: Vec::new(), values: Vec::new(), members: Vec::new() }];
    for range in ranges {
        groups = groups
            .iter()
            .flat_map(|group| {
                range.iter().map(|(text, value)| {
                    let mut name = group.name.clone();
                    name.push(text.clone());
                    let mut values = group.values.clone();
                    values.push(value.clone());
                    KeyedGroup { name, values, members: Vec::new() }
                })
            })
            .collect();
    }
    groups
}

/// A group's keys by name, sorted for printing.
pub(crate) fn printed<'a>(keys: &'a [Key], name: &Name) -> Vec<(&'a str, Cow<'a, str>)> {
    let mut keys: Vec<(&'a str, Cow<'a, str>)> =
        keys.iter().map(|k| k.name.as_str()).zip(name.iter().map(|t| Cow::Owned(t.clone()))).collect();
    keys.sort_by(|a, b| utf16_order(a.0, b.0));
    keys
}
