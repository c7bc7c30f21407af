//! Where candidates stand in the order: between the best and the worst that what is unknown allows.
//!
//! In: the values that an order compares, per candidate. Out: how many stand ahead of one, at least and at most, and what they add up to.
//! Always: what is unknown of one candidate is taken to be apart from what is unknown of another; counts are exact under that.

use super::places::Places;
use crate::truth::Truth;
use crate::value::{Needs, Value};
use prog_base::Exact;
use prog_model::{Criterion, EnumOrder, Programme, TrackId, Type};
use std::borrow::Cow;

/// A bound of a value, the greater the better.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Lowest,
    At(Exact),
    Highest,
}

/// A sum: nothing known holds it below a bound.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sum {
    Of(Exact),
    Endless,
}

impl Sum {
    pub(super) const NOTHING: Sum = Sum::Of(Exact::ZERO);

    pub(super) fn count(n: usize) -> Sum {
        Sum::Of(Exact::from(n as i64))
    }

    pub(super) fn plus(&self, more: &Sum) -> Sum {
        match (self, more) {
            (Sum::Of(a), Sum::Of(b)) => Sum::Of(a + b),
            (Sum::Endless, _) | (_, Sum::Endless) => Sum::Endless,
        }
    }

    fn minus(&self, less: &Sum) -> Sum {
        match (self, less) {
            (Sum::Of(a), Sum::Of(b)) => Sum::Of(a - b),
            (Sum::Endless, _) | (_, Sum::Endless) => Sum::Endless,
        }
    }

    pub(super) fn is_within(&self, limit: &Exact) -> bool {
        matches!(self, Sum::Of(n) if n <= limit)
    }
}

/// One candidate.
#[derive(Clone)]
pub(super) struct Candidate<'a> {
    /// Its position in the batch.
    pub at: usize,
    /// The id of the case.
    pub id: Cow<'a, str>,
    /// Its track.
    pub track: TrackId,
    /// It left.
    pub left: bool,
    /// What was recorded as decided.
    pub decided: Option<bool>,
    /// Whether it is one.
    pub belongs: Truth<'a>,
    /// Whether its best place is its worst: nothing that the order compares is unknown.
    pub is_placed: bool,
    /// What it adds to a sum, at least and at most.
    pub adds: (Sum, Sum),
    /// What its place awaits.
    pub needs: Needs<'a>,
}

impl Candidate<'_> {
    /// Whether it adds less than nothing.
    pub(super) fn takes_away(&self) -> bool {
        self.adds.0 < Sum::NOTHING
    }

    /// Whether its place depends on nothing unknown of its own.
    pub(super) fn is_sure(&self) -> bool {
        self.belongs.is_true() && self.is_placed && self.adds.0 == self.adds.1
    }
}

/// The best and the worst that a value of a criterion can be.
pub(super) fn bounds(p: &Programme, criterion: &Criterion, ty: &Type, value: &Value<'_>) -> (Level, Level) {
    let (low, high) = match value {
        Value::Number(n) => (Level::At(n.clone()), Level::At(n.clone())),
        Value::Bool(b) => both(i64::from(*b)),
        Value::Enum(index) => both(rank(p, ty, *index)),
        Value::Date(day) => {
            let (year, month, day) = day.parts();
            both(i64::from(year) * 372 + i64::from(month) * 31 + i64::from(day))
        }
        Value::Moment(moment) => both(moment.0),
        Value::Unknown(u) => match ty {
            Type::Bool => (Level::At(Exact::ZERO), Level::At(Exact::ONE)),
            Type::Enum(id) => {
                let ranks = (0..p.enumeration(*id).values.len()).map(|index| rank(p, ty, index));
                let last = ranks.clone().max().unwrap_or_default();
                (Level::At(Exact::from(ranks.min().unwrap_or_default())), Level::At(Exact::from(last)))
            }
            _others => (u.low.clone().map_or(Level::Lowest, Level::At), u.high.clone().map_or(Level::Highest, Level::At)),
        },
        // What has no value stands last.
        Value::None | Value::Text(_) | Value::Set(_) | Value::Duration(_) | Value::Record(_) | Value::List(_) => {
            return (Level::Lowest, Level::Lowest);
        }
    };
    if criterion.highest { (high, low) } else { (turned(low), turned(high)) }
}

fn both(n: i64) -> (Level, Level) {
    (Level::At(Exact::from(n)), Level::At(Exact::from(n)))
}

fn turned(level: Level) -> Level {
    match level {
        Level::Lowest => Level::Highest,
        Level::At(n) => Level::At(-&n),
        Level::Highest => Level::Lowest,
    }
}

/// Values of a list from the lowest up.
fn rank(p: &Programme, ty: &Type, index: usize) -> i64 {
    let index = index as i64;
    match ty {
        Type::Enum(id) if p.enumeration(*id).order == EnumOrder::BestFirst => -index,
        _others => index,
    }
}

/// How many stand ahead of a candidate, at least and at most.
#[derive(Clone, Copy, Default)]
pub(super) struct Ahead {
    /// Ahead of it.
    pub count: (usize, usize),
    /// With the candidate and all that stand level with it.
    pub level: (usize, usize),
}

/// What those ahead of a candidate add up to, at least and at most.
pub(super) struct AheadSum {
    /// Ahead of it, with the first of those level with it.
    pub first: (Sum, Sum),
    /// With the candidate and all that stand level with it.
    pub level: (Sum, Sum),
}

/// Candidates in order: of each its best and its worst place, and what stands before every place. Places are numbered from the first, one
/// number for all that are level.
pub(super) struct Ranking<'c, 'a> {
    all: &'c [Candidate<'a>],
    pub(super) places: &'c Places,
    /// All that may be candidates, each at its best place, with the most that it adds.
    possible: Side,
    /// Those that surely are, each at its worst place, with the least.
    sure: Side,
    /// The least that anyone adds whose place is not sure.
    loose: Option<Sum>,
}

impl<'c, 'a> Ranking<'c, 'a> {
    /// The candidates as they stand at their places.
    pub(super) fn new(all: &'c [Candidate<'a>], places: &'c Places) -> Self {
        let each = || all.iter().enumerate();
        let possible = Side::new(places.count, each().map(|(i, c)| (places.best[i], &c.adds.1)));
        let sure = each().filter(|(_, c)| c.belongs.is_true());
        let sure = Side::new(places.count, sure.map(|(i, c)| (places.worst[i], &c.adds.0)));
        let loose = all.iter().filter(|c| !c.is_sure()).map(|c| c.adds.0.clone()).min();
        Self { all, places, possible, sure, loose }
    }

    /// The numbers of its best place and of its worst; the better the smaller.
    pub(super) fn place(&self, of: usize) -> (usize, usize) {
        (self.places.best[of], self.places.worst[of])
    }

    /// Whether two can take the same best place.
    pub(super) fn as_good(&self, one: usize, other: usize) -> bool {
        self.places.best[one] == self.places.best[other]
    }

    /// Whether a candidate's own best place is before its worst.
    fn is_open(&self, of: usize) -> bool {
        self.places.best[of] < self.places.worst[of]
    }

    /// Whether it is not counted at the worst place of the group that it is in at best.
    fn is_left_out(&self, of: usize) -> bool {
        !self.all[of].belongs.is_true() || self.is_open(of)
    }

    /// How many stand ahead of one of the candidates.
    pub(super) fn ahead(&self, of: usize) -> Ahead {
        let (best, worst) = (self.places.best[of], self.places.worst[of]);
        Ahead {
            count: (self.sure.before(best), self.possible.before(worst) - usize::from(self.is_open(of))),
            level: (self.sure.before(best + 1) + usize::from(self.is_left_out(of)), self.possible.before(worst + 1)),
        }
    }

    /// What those ahead of one of the candidates add up to.
    pub(super) fn ahead_sum(&self, of: usize) -> AheadSum {
        let (best, worst) = (self.places.best[of], self.places.worst[of]);
        let adds = &self.all[of].adds;
        let most_before = self.possible.sum(worst);
        let most_before = if self.is_open(of) { most_before.minus(&adds.1) } else { most_before.clone() };
        let least_with = self.sure.sum(best + 1);
        let least_with = if self.is_left_out(of) { least_with.plus(&adds.0) } else { least_with.clone() };
        let least = self.least(of);
        AheadSum {
            first: (self.sure.sum(best).plus(&least.0), most_before.plus(&least.1)),
            level: (least_with, self.possible.sum(worst + 1).clone()),
        }
    }

    /// The least that one of a group of equals adds.
    pub(super) fn least(&self, of: usize) -> (Sum, Sum) {
        let adds = &self.all[of].adds;
        let level = self.sure.least(self.places.best[of]);
        let Some(loose) = &self.loose else {
            let least = level.unwrap_or(&adds.0);
            return (least.clone(), least.clone());
        };
        // One whose own place is open may stand level with anybody.
        let others = if self.is_open(of) { self.sure.least_of_all.as_ref() } else { level };
        let least = others.into_iter().chain([&adds.0, loose]).min().unwrap_or(loose);
        (least.clone(), adds.1.clone())
    }
}

/// What stands at the places of one ranking.
struct Side {
    /// How many stand before each place, and before the end.
    before: Vec<usize>,
    /// What they add up to.
    sums: Vec<Sum>,
    /// The least that one at each place adds.
    least: Vec<Option<Sum>>,
    /// The least that anyone adds.
    least_of_all: Option<Sum>,
}

impl Side {
    fn new<'s>(places: usize, each: impl Iterator<Item = (usize, &'s Sum)>) -> Self {
        let mut at = vec![(0, Sum::NOTHING, None::<Sum>); places];
        for (place, adds) in each {
            let (count, sum, least) = &mut at[place];
            *count += 1;
            if *adds != Sum::NOTHING {
                *sum = sum.plus(adds);
            }
            if least.as_ref().is_none_or(|least| adds < least) {
                *least = Some(adds.clone());
            }
        }
        let mut side = Self { before: vec![0], sums: vec![Sum::NOTHING], least: Vec::new(), least_of_all: None };
        let (mut before, mut total) = (0, Sum::NOTHING);
        for (count, sum, least) in at {
            before += count;
            total = total.plus(&sum);
            side.before.push(before);
            side.sums.push(total.clone());
            side.least.push(least);
        }
        side.least_of_all = side.least.iter().flatten().min().cloned();
        side
    }

    fn before(&self, place: usize) -> usize {
        self.before[place]
    }

    fn sum(&self, place: usize) -> &Sum {
        &self.sums[place]
    }

    fn least(&self, place: usize) -> Option<&Sum> {
        self.least[place].as_ref()
    }
}
