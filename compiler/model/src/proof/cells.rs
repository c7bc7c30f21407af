//! Quotas to sets of cells: which kinds of application there are, and in which groups each is counted.
//!
//! In: the quotas of a programme that count applications against constants, by keys of closed lists. Out: their groups with least and greatest
//! numbers, and one cell for each way in which an application can be counted. Always: a cell is left out only where no application is of
//! its kind; `exact` says that one surely is of every kind; readings are taken as the programme sets them.

use super::stages::{self, Passed};
use crate::check::known::same;
use crate::lower::{Constant, constants};
use crate::region::{self, Answer, Condition, Example, floor};
use crate::{
    Aggregation, ArithmeticOp, Bound, BuiltinReading, CaseMember, Comparison, Expr, ExprKind, InputId, KeyRange, Programme, Quota, QuotaId,
    ReadingId, ReadingValue, StageId, Strength, TrackId,
};
use prog_base::Exact;
use std::collections::{BTreeMap, BTreeSet};

/// More kinds of application are not looked at.
const MOST_CELLS: usize = 6_000;
/// Nor more ways in which keys and filters can fall.
const MOST_SHAPES: usize = 2_048;

/// How firmly a quota binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// Whatever happens.
    Hard,
    /// Unless a reason is given.
    InPrinciple,
    /// It is only told.
    Soft,
}

/// One group of one quota.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub quota: QuotaId,
    /// One a key.
    pub keys: Vec<Constant>,
    pub low: i64,
    pub high: Option<i64>,
    /// Cells counted in it, ascending.
    pub cells: Vec<usize>,
}

/// Applications of one kind.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    pub track: TrackId,
    /// Values of one of them; `None`: there may be none.
    pub example: Option<Example>,
    /// Stages that they pass on every way to others.
    pub passed: Passed,
}

/// All that is counted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    pub groups: Vec<Group>,
    pub cells: Vec<Cell>,
    /// An application of every kind can surely be made.
    pub exact: bool,
}

/// How firmly a quota binds.
pub(crate) fn rank(quota: &Quota) -> Rank {
    match quota.strength {
        _ if quota.soft => Rank::Soft,
        None | Some(Strength::Require | Strength::Complete) => Rank::Hard,
        Some(Strength::InPrinciple) => Rank::InPrinciple,
        Some(Strength::Prefer | Strength::Encourage | Strength::Note | Strength::Waive) => Rank::Soft,
    }
}

/// The plain counts that a value adds up.
pub(crate) fn counted(value: &Expr) -> Option<Vec<&CaseMember>> {
    match &value.kind {
        ExprKind::OverCases { op: Aggregation::Count, members } => Some(members.iter().collect()),
        ExprKind::Arithmetic { op: ArithmeticOp::Add, left, right } => Some([counted(left)?, counted(right)?].concat()),
        _other => None,
    }
}

/// Quotas as groups of cells; `None` where there are too many to look at.
pub(crate) fn of(p: &Programme) -> Option<Counts> {
    let mut counts = Counts { exact: true, ..Counts::default() };
    let mut usable = Vec::new();
    for (at, quota) in p.quotas.iter().enumerate() {
        let Some(members) = quota.value.as_ref().and_then(counted).filter(|_| quota.when.is_none()) else { continue };
        let Some(groups) = groups(p, QuotaId(at as u32), quota) else { continue };
        if counts.groups.len() + groups.len() > MOST_CELLS {
            return None;
        }
        let first = counts.groups.len();
        let index = groups.iter().enumerate().map(|(i, g)| (g.keys.clone(), first + i)).collect();
        counts.groups.extend(groups);
        usable.push(Usable { quota, members, index });
    }
    for track in 0..p.tracks.len() {
        Kinds::of(p, TrackId(track as u32), &usable).fill(&usable, &mut counts)?;
    }
    Some(counts)
}

/// A quota that can be looked at.
struct Usable<'p> {
    quota: &'p Quota,
    members: Vec<&'p CaseMember>,
    index: BTreeMap<Vec<Constant>, usize>,
}

/// The groups of a quota with their bounds; `None` where keys are open or a bound is not known.
fn groups(p: &Programme, id: QuotaId, quota: &Quota) -> Option<Vec<Group>> {
    let mut all: Vec<Vec<Constant>> = vec![Vec::new()];
    for key in &quota.keys {
        let KeyRange::Enum(_) = key.range else { return None };
        let values = constants::closed_values(p, &key.ty)?;
        if all.len().saturating_mul(values.len()) > MOST_CELLS {
            return None;
        }
        all = all.iter().flat_map(|k| values.iter().map(|v| k.iter().cloned().chain([v.clone()]).collect())).collect();
    }
    let bound = quota.bound.as_ref()?;
    let one = |keys: Vec<Constant>| {
        let (low, high) = ends(p, bound, &keys)?;
        Some(Group { quota: id, keys, low: low.unwrap_or(0).max(0), high, cells: Vec::new() })
    };
    all.into_iter().map(one).collect()
}

/// The least and the greatest whole number within a bound.
fn ends(p: &Programme, bound: &Bound, keys: &[Constant]) -> Option<(Option<i64>, Option<i64>)> {
    let number = |e: &Expr| match constants::value(p, e, keys) {
        Some(Constant::Number(n)) => Some(n),
        Some(_) | None => None,
    };
    let up = |n: &Exact| (-&floor(&-n)).to_i64();
    let down = |n: &Exact| floor(n).to_i64();
    Some(match bound {
        Bound::AtMost(e) => (None, Some(down(&number(e)?)?)),
        Bound::Less(e) => (None, Some(up(&number(e)?)? - 1)),
        Bound::AtLeast(e) => (Some(up(&number(e)?)?), None),
        Bound::More(e) => (Some(down(&number(e)?)? + 1), None),
        Bound::Equal(e) => {
            let n = number(e)?;
            (Some(up(&n)?), Some(down(&n)?))
        }
        Bound::Between(low, high) => (Some(up(&number(low)?)?), Some(down(&number(high)?)?)),
        Bound::About(e) => {
            let n = number(e)?;
            let ReadingValue::Band(band) = &p.reading(p.builtin_reading(BuiltinReading::About)?).value else { return None };
            let width = &n * band;
            (Some(up(&(&n - &width))?), Some(down(&(&n + &width))?))
        }
    })
}

/// The kinds of application of one track: by keys, and by what filters ask.
struct Kinds<'p> {
    p: &'p Programme,
    track: TrackId,
    keys: Vec<&'p Expr>,
    filters: Vec<&'p Expr>,
    /// Keys of which a filter or a guard looks at the value.
    looked_at: Vec<bool>,
    /// Stages at which something is counted.
    stages: BTreeSet<StageId>,
    readings: Vec<Condition<'p>>,
    exact: bool,
}

fn put<'p>(list: &mut Vec<&'p Expr>, e: &'p Expr) {
    if !list.iter().any(|known| same(known, e)) {
        list.push(e);
    }
}

impl<'p> Kinds<'p> {
    fn of(p: &'p Programme, track: TrackId, usable: &[Usable<'p>]) -> Self {
        let (mut keys, mut filters) = (Vec::new(), Vec::new());
        for one in usable.iter().filter(|u| u.members.iter().any(|m| m.track == track)) {
            for (_, key) in one.quota.keys.iter().flat_map(|k| &k.by_track).filter(|(t, _)| *t == track) {
                put(&mut keys, key);
            }
            one.members.iter().filter(|m| m.track == track).filter_map(|m| m.filter.as_ref()).for_each(|f| put(&mut filters, f));
        }
        let mut words: BTreeSet<ReadingId> = BTreeSet::new();
        let mut read: BTreeSet<InputId> = BTreeSet::new();
        for e in &filters {
            reads(p, track, e, &mut read, &mut words);
        }
        let guards = p.route(track).into_iter().flat_map(|r| &r.stages).flat_map(|s| s.transitions.iter().chain(&s.late));
        for (_, guard) in guards.filter_map(|t| t.when.as_ref()).flatten().filter(|(t, _)| *t == track) {
            reads(p, track, guard, &mut read, &mut words);
        }
        for key in &keys {
            if let ExprKind::Input(id) = key.kind
                && let Some(guard) = &p.input(id).when
            {
                reads(p, track, guard, &mut read, &mut words);
            }
        }
        let looked_at = keys.iter().map(|k| !matches!(k.kind, ExprKind::Input(id) if !read.contains(&id))).collect();
        let set = words.iter().map(|id| match &p.reading(*id).value {
            ReadingValue::Choice { chosen: Some(word), .. } => Some(Condition::Word(*id, *word)),
            ReadingValue::Choice { chosen: None, .. } | ReadingValue::Band(_) | ReadingValue::Expr(_) => None,
        });
        let exact = set.clone().all(|w| w.is_some());
        let readings = set.flatten().collect();
        let stages = usable.iter().filter_map(|u| u.quota.at).collect();
        Self { p, track, keys, filters, looked_at, stages, readings, exact }
    }

    /// Puts a cell for each kind that is counted differently.
    fn fill(mut self, usable: &[Usable<'p>], counts: &mut Counts) -> Option<()> {
        let values: Vec<Vec<Constant>> = self.keys.iter().map(|k| constants::closed_values(self.p, &k.ty).unwrap_or_default()).collect();
        let shapes = values.iter().zip(&self.looked_at).map(|(v, looked_at)| if *looked_at { v.len() + 1 } else { 2 });
        let shapes = shapes.chain(self.filters.iter().map(|_| 2)).try_fold(1usize, |n, more| n.checked_mul(more))?;
        if shapes > MOST_SHAPES {
            return None;
        }
        let mut by_groups: BTreeSet<(Vec<usize>, Passed)> = BTreeSet::new();
        let mut ways: BTreeMap<Vec<Option<Constant>>, Passed> = BTreeMap::new();
        for truths in 0..1usize << self.filters.len() {
            let truths: Vec<bool> = (0..self.filters.len()).map(|i| truths >> i & 1 == 1).collect();
            ways.clear();
            let mut keyed: Vec<Vec<Option<Constant>>> = vec![Vec::new()];
            for (at, values) in values.iter().enumerate() {
                let mut next = Vec::new();
                for so_far in &keyed {
                    for value in self.options(at, values) {
                        let tried: Vec<_> = so_far.iter().cloned().chain([value.clone()]).collect();
                        // What no filter looks at is possible for all values or for none.
                        let first = value.is_none() || self.looked_at[at] || value.as_ref() == values.first();
                        let like = next.last().is_some_and(|last: &Vec<Option<Constant>>| last[..at] == tried[..at] && last[at].is_some());
                        if if first { self.example(&truths, &tried).is_some() } else { like } {
                            next.push(tried);
                        }
                    }
                }
                keyed = next;
                if keyed.len() > MOST_CELLS {
                    return None;
                }
            }
            if self.keys.is_empty() && self.example(&truths, &[]).is_none() {
                continue;
            }
            for keys in keyed {
                let groups = self.groups_of(usable, &truths, &keys)?;
                if groups.is_empty() {
                    continue;
                }
                // Values that nothing looks at make no difference to the way.
                let seen = keys.iter().zip(&values).zip(&self.looked_at).map(|((key, values), looked_at)| match key {
                    Some(_) if !looked_at => values.first().cloned(),
                    key => key.clone(),
                });
                let seen: Vec<Option<Constant>> = seen.collect();
                let passed = ways.entry(seen).or_insert_with_key(|seen| self.passed(&truths, seen)).clone();
                if !by_groups.insert((groups.clone(), passed.clone())) {
                    continue;
                }
                let example = self.example(&truths, &keys).flatten();
                self.exact &= example.is_some();
                let cell = counts.cells.len();
                groups.iter().for_each(|g| counts.groups[*g].cells.push(cell));
                counts.cells.push(Cell { track: self.track, example, passed });
            }
        }
        counts.exact &= self.exact;
        (counts.cells.len() <= MOST_CELLS).then_some(())
    }

    /// What a key may be: nothing (a fact that is not asked for), or any of its values.
    fn options(&self, at: usize, values: &[Constant]) -> Vec<Option<Constant>> {
        let always = match &self.keys[at].kind {
            ExprKind::Input(id) => !self.p.input(*id).optional && self.p.input(*id).when.is_none(),
            _computed => false,
        };
        let blank = (!always).then_some(None);
        values.iter().cloned().map(Some).chain(blank).collect()
    }

    /// Stages that a kind passes on every way to others.
    fn passed(&self, truths: &[bool], keys: &[Option<Constant>]) -> Passed {
        let possible = |more: Vec<Condition<'p>>| {
            let all = [self.conditions(truths, keys), more].concat();
            region::together(self.p, Some(self.track), all) != Answer::Impossible
        };
        stages::passed(self.p, self.track, &self.stages, &possible)
    }

    /// What holds of a kind.
    fn conditions(&self, truths: &[bool], keys: &[Option<Constant>]) -> Vec<Condition<'p>> {
        let mut conditions = self.readings.clone();
        conditions.extend(self.filters.iter().zip(truths).map(|(f, truth)| Condition::Truth(f, *truth)));
        for (key, value) in self.keys.iter().zip(keys) {
            let guard = if let ExprKind::Input(id) = key.kind { Some(self.p.input(id)) } else { None };
            let guard = guard.filter(|input| !input.optional).and_then(|input| input.when.as_ref());
            conditions.push(match (value, guard) {
                (Some(value), _) => Condition::Compare(key, Comparison::Equal, value.clone()),
                // What is asked for wherever it is relevant has no value only where it is not.
                (None, Some(guard)) => Condition::Truth(guard, false),
                (None, None) => Condition::Given(key, false),
            });
        }
        conditions
    }

    /// Whether an application can be of a kind: `None` not; with its values, if they can be given.
    fn example(&self, truths: &[bool], keys: &[Option<Constant>]) -> Option<Option<Example>> {
        match region::together(self.p, Some(self.track), self.conditions(truths, keys)) {
            Answer::Impossible => None,
            Answer::Possible(example) => Some(Some(example)),
            Answer::Undecided => Some(None),
        }
    }

    /// The groups in which a kind is counted, ascending; `None` where one would count it twice.
    fn groups_of(&self, usable: &[Usable<'p>], truths: &[bool], keys: &[Option<Constant>]) -> Option<Vec<usize>> {
        let mut groups = BTreeSet::new();
        for one in usable {
            let passes = |m: &&&CaseMember| {
                m.track == self.track
                    && m.filter.as_ref().is_none_or(|f| self.filters.iter().zip(truths).any(|(known, truth)| *truth && same(known, f)))
            };
            let times = one.members.iter().filter(passes).count();
            let own: Option<Vec<Constant>> = one.quota.keys.iter().map(|key| self.key_of(key, keys)).collect();
            let Some(group) = own.and_then(|own| one.index.get(&own)).filter(|_| times > 0) else { continue };
            if times > 1 {
                return None;
            }
            groups.insert(*group);
        }
        Some(groups.into_iter().collect())
    }

    fn key_of(&self, key: &crate::Key, keys: &[Option<Constant>]) -> Option<Constant> {
        let (_, e) = key.by_track.iter().find(|(t, _)| *t == self.track)?;
        let at = self.keys.iter().position(|known| same(known, e))?;
        keys[at].clone()
    }
}

/// The entries and readings that a condition looks at, through what it names.
fn reads(p: &Programme, track: TrackId, e: &Expr, inputs: &mut BTreeSet<InputId>, words: &mut BTreeSet<ReadingId>) {
    e.visit(&mut |x| match &x.kind {
        ExprKind::Input(id) => drop(inputs.insert(*id)),
        ExprKind::ReadingIs { reading, .. } => drop(words.insert(*reading)),
        ExprKind::Let(id) => {
            if let Some(named) = p.track(track).lets.get(id.index()) {
                reads(p, track, &named.value, inputs, words);
            }
        }
        _other => {}
    });
}
