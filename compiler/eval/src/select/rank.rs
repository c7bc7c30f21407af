//! Where candidates stand in the order: between the best and the worst that what is unknown allows.
//!
//! In: the values that an order compares, per candidate. Out: how many stand ahead of one, at least and at most, and what they add up to.
//! Always: what is unknown of one candidate is taken to be apart from what is unknown of another; counts are exact under that.

use crate::truth::Truth;
use crate::value::{Needs, Value};
use prog_base::Exact;
use prog_model::{Criterion, EnumOrder, Programme, Type};
use std::collections::BTreeMap;

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
pub(super) struct Candidate<'a> {
    /// Its position in the batch.
    pub at: usize,
    /// Whether it is one.
    pub belongs: Truth<'a>,
    /// The best place that what is unknown allows, criterion by criterion.
    pub best: Vec<Level>,
    /// The worst.
    pub worst: Vec<Level>,
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
        self.belongs.is_true() && self.best == self.worst && self.adds.0 == self.adds.1
    }
}

/// The best and the worst that a value of a criterion can be.
pub(super) fn levels(p: &Programme, criterion: &Criterion, ty: &Type, value: &Value<'_>) -> (Level, Level) {
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

/// How many stand ahead of a candidate, and what they add up to.
pub(super) struct Ahead {
    /// Surely ahead, and ahead at most.
    pub count: (usize, usize),
    /// The sums of these.
    pub sum: (Sum, Sum),
    /// With the candidate and all that stand level with it: at least, at most.
    pub level: (usize, usize),
    /// The sums of these.
    pub level_sum: (Sum, Sum),
    /// The least that one of those level with it adds: at least, at most.
    pub least: (Sum, Sum),
}

/// Candidates sorted two ways: by the best place of all that may be candidates, and by the worst of those that surely are.
pub(super) struct Ranking<'c> {
    /// With the most that they add.
    possible: Side<'c>,
    /// With the least.
    sure: Side<'c>,
    /// The least that anyone adds whose place is not sure.
    loose: Option<Sum>,
}

impl<'c> Ranking<'c> {
    pub(super) fn new(all: &'c [Candidate<'_>]) -> Self {
        let sure = all.iter().filter(|c| c.belongs.is_true());
        Self {
            possible: Side::new(all.iter().map(|c| (c.best.as_slice(), &c.adds.1)).collect()),
            sure: Side::new(sure.map(|c| (c.worst.as_slice(), &c.adds.0)).collect()),
            loose: all.iter().filter(|c| !c.is_sure()).map(|c| c.adds.0.clone()).min(),
        }
    }

    /// What stands ahead of one of the candidates.
    pub(super) fn ahead(&self, of: &Candidate<'_>) -> Ahead {
        let (before, with) = (self.possible.ahead(&of.worst, false), self.possible.ahead(&of.worst, true));
        let (surely, surely_with) = (self.sure.ahead(&of.best, false), self.sure.ahead(&of.best, true));
        // The candidate itself stands among the possible ones, and among the sure ones only if nothing of it is unknown.
        let counted = of.best > of.worst;
        let left_out = !(of.belongs.is_true() && of.worst >= of.best);
        let most_before = self.possible.sums[before].clone();
        let least_with = self.sure.sums[surely_with].clone();
        Ahead {
            count: (surely, before - usize::from(counted)),
            sum: (self.sure.sums[surely].clone(), if counted { most_before.minus(&of.adds.1) } else { most_before }),
            level: (surely_with + usize::from(left_out), with),
            level_sum: (if left_out { least_with.plus(&of.adds.0) } else { least_with }, self.possible.sums[with].clone()),
            least: self.least(of, surely..surely_with),
        }
    }

    /// The least that one of a group of equals adds.
    fn least(&self, of: &Candidate<'_>, equals: std::ops::Range<usize>) -> (Sum, Sum) {
        let level = self.sure.least.get(&equals.start).filter(|_| !equals.is_empty());
        let Some(loose) = &self.loose else {
            let least = level.unwrap_or(&of.adds.0);
            return (least.clone(), least.clone());
        };
        // One whose own place is open may stand level with anybody.
        let others = if of.best == of.worst { level } else { self.sure.least.values().min() };
        let least = others.into_iter().chain([&of.adds.0, loose]).min().unwrap_or(loose);
        (least.clone(), of.adds.1.clone())
    }
}

/// Places in order, best first, with sums up to each.
struct Side<'c> {
    places: Vec<(&'c [Level], &'c Sum)>,
    sums: Vec<Sum>,
    /// The least that one of each group of equals adds, by where the group begins.
    least: BTreeMap<usize, Sum>,
}

impl<'c> Side<'c> {
    fn new(mut places: Vec<(&'c [Level], &'c Sum)>) -> Self {
        places.sort_by(|a, b| b.0.cmp(a.0));
        let mut sums = vec![Sum::NOTHING];
        for (_, adds) in &places {
            let next = sums.last().map_or(Sum::NOTHING, |sum| sum.plus(adds));
            sums.push(next);
        }
        let mut least: BTreeMap<usize, Sum> = BTreeMap::new();
        let mut from = 0;
        for (at, (place, adds)) in places.iter().enumerate() {
            if places[from].0 != *place {
                from = at;
            }
            let known = least.entry(from).or_insert_with(|| (*adds).clone());
            if *adds < known {
                known.clone_from(adds);
            }
        }
        Self { places, sums, least }
    }

    /// How many places are better than one, or as good.
    fn ahead(&self, than: &[Level], or_level: bool) -> usize {
        self.places.partition_point(|(place, _)| *place > than || (or_level && *place == than))
    }
}
