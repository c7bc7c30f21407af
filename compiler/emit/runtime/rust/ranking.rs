//! Where candidates stand in the order: between the best and the worst that what is unknown allows.
//!
//! In: candidates. Out: how many stand ahead of one, at least and at most, and what they add up to.
//! Always: what is unknown of one candidate is taken to be apart from what is unknown of another.

use super::definition::{LevelOf, ShownKind};
use super::number::Exact;
use super::prepared::Prepared;
use super::truth::Truth;
use super::value::{Needs, Value};
use super::vocabulary::Order;
use std::cmp::Ordering;

/// A bound of a value, the greater the better.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing is worse.
    Lowest,
    /// A number.
    At(Exact),
    /// Nothing is better.
    Highest,
}

impl Level {
    fn whole(n: i64) -> Self {
        Level::At(Exact::from(n))
    }

    fn turned(self) -> Self {
        match self {
            Level::Lowest => Level::Highest,
            Level::At(n) => Level::At(-&n),
            Level::Highest => Level::Lowest,
        }
    }
}

/// A sum: nothing known holds it below a bound.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sum {
    /// So much.
    Of(Exact),
    /// Without end.
    Endless,
}

impl Sum {
    /// So many.
    pub fn count(n: usize) -> Self {
        Sum::Of(Exact::from(i64::try_from(n).unwrap_or(i64::MAX)))
    }

    /// Both together.
    #[must_use]
    pub fn plus(&self, more: &Sum) -> Sum {
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

    /// Whether it is not more than a limit.
    pub fn is_within(&self, limit: &Exact) -> bool {
        matches!(self, Sum::Of(n) if n <= limit)
    }
}

/// At least and at most.
pub type Range<T> = (T, T);

/// One candidate.
#[derive(Clone, Debug)]
pub struct Candidate<'a> {
    /// Its position in the batch.
    pub at: usize,
    /// Whether it is one.
    pub belongs: Truth,
    /// It left.
    pub left: bool,
    /// What the order compares, one a criterion.
    pub values: Vec<Value<'a>>,
    /// The best place that what is unknown allows, criterion by criterion.
    pub best: Vec<Level>,
    /// The worst.
    pub worst: Vec<Level>,
    /// What it adds to a sum.
    pub adds: Range<Sum>,
    /// What its place awaits.
    pub needs: Needs,
}

impl Candidate<'_> {
    /// Whether its place depends on nothing unknown of its own.
    pub fn is_sure(&self) -> bool {
        self.belongs.is_true() && self.best == self.worst && self.adds.0 == self.adds.1
    }
}

/// The best and the worst that a value of a criterion can be.
pub fn levels(prepared: &Prepared, of: &LevelOf, highest: bool, value: &Value<'_>) -> Range<Level> {
    // What has no value stands last.
    let Some((low, high)) = low_and_high(prepared, of, value) else {
        return (Level::Lowest, Level::Lowest);
    };
    if highest {
        (high, low)
    } else {
        (low.turned(), high.turned())
    }
}

fn low_and_high(prepared: &Prepared, of: &LevelOf, value: &Value<'_>) -> Option<Range<Level>> {
    let ranks = || of.list.map(|list| Ranks::of(prepared, list));
    let level = match value {
        Value::Number(n) => Level::At(n.clone()),
        Value::Bool(yes) => Level::whole(i64::from(*yes)),
        Value::Day(day) => Level::whole(day.number()),
        Value::Moment(moment) => Level::whole(moment.0),
        Value::Text(key) => Level::whole(ranks()?.rank(key)?),
        Value::Unknown(unknown) => {
            let open = (
                unknown.low.clone().map_or(Level::Lowest, Level::At),
                unknown.high.clone().map_or(Level::Highest, Level::At),
            );
            return Some(match of.shown.kind {
                ShownKind::Bool => (Level::whole(0), Level::whole(1)),
                _ => ranks().map_or(open, |ranks| ranks.ends()),
            });
        }
        Value::None | Value::Set(_) | Value::Duration(_) | Value::Record(..) | Value::List(_) => {
            return None
        }
    };
    Some((level.clone(), level))
}

/// Values of a closed list, from the lowest up.
struct Ranks {
    values: &'static [&'static str],
    best_first: bool,
}

impl Ranks {
    fn of(prepared: &Prepared, list: &str) -> Self {
        let order = prepared.lists.get(list).map(|list| list.order);
        Self {
            values: prepared.values_of(list),
            best_first: order == Some(Order::BestFirst),
        }
    }

    fn rank(&self, key: &str) -> Option<i64> {
        let place = self.values.iter().position(|value| *value == key)?;
        Some(self.at(place))
    }

    fn at(&self, place: usize) -> i64 {
        let place = i64::try_from(place).unwrap_or(i64::MAX);
        if self.best_first {
            -place
        } else {
            place
        }
    }

    fn ends(&self) -> Range<Level> {
        let (first, last) = (self.at(0), self.at(self.values.len().saturating_sub(1)));
        (Level::whole(first.min(last)), Level::whole(first.max(last)))
    }
}

/// How many stand ahead of a candidate.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ahead {
    /// Ahead of it.
    pub count: Range<usize>,
    /// With the candidate and all that stand level with it.
    pub level: Range<usize>,
}

/// What those ahead of a candidate add up to.
#[derive(Clone, Debug)]
pub struct AheadSum {
    /// With the first of those level with it.
    pub first: Range<Sum>,
    /// With the candidate and all that stand level with it.
    pub level: Range<Sum>,
}

/// Candidates in order. Places are numbered from the first, one number for all that are level.
#[derive(Debug)]
pub struct Ranking<'c, 'a> {
    all: &'c [Candidate<'a>],
    /// The number of each candidate's best place.
    best: Vec<usize>,
    /// The number of its worst.
    worst: Vec<usize>,
    /// All that may be candidates, each at its best place, with the most that it adds.
    possible: Side,
    /// Those that surely are, each at its worst place, with the least.
    sure: Side,
    /// The least that anyone adds whose place is not sure.
    loose: Option<Sum>,
}

impl<'c, 'a> Ranking<'c, 'a> {
    /// Of these candidates.
    pub fn new(all: &'c [Candidate<'a>]) -> Self {
        let levels = all
            .iter()
            .map(|c| &c.best)
            .chain(all.iter().map(|c| &c.worst));
        let (mut best, count) = numbered(levels.map(Vec::as_slice).collect());
        let worst = best.split_off(all.len());
        let each = || all.iter().enumerate();
        let possible = each().map(|(i, c)| (best[i], &c.adds.1));
        let possible = Side::new(count, possible);
        let sure = each().filter(|(_, c)| c.belongs.is_true());
        let sure = Side::new(count, sure.map(|(i, c)| (worst[i], &c.adds.0)));
        let loose = all.iter().filter(|c| !c.is_sure());
        Self {
            all,
            possible,
            sure,
            loose: loose.map(|c| c.adds.0.clone()).min(),
            best,
            worst,
        }
    }

    /// The candidates' positions, best first; level ones in the order given.
    pub fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.all.len()).collect();
        order.sort_by_key(|at| (self.best[*at], self.worst[*at]));
        order
    }

    /// The numbers of its best place and of its worst.
    pub fn place(&self, at: usize) -> Range<usize> {
        (self.best[at], self.worst[at])
    }

    /// How many places there are.
    pub fn places(&self) -> usize {
        self.possible.least.len()
    }

    /// Whether two can take the same best place.
    pub fn as_good(&self, one: usize, other: usize) -> bool {
        self.best[one] == self.best[other]
    }

    /// The first criterion by which two differ at their best.
    pub fn parted_by(&self, one: usize, other: usize) -> Option<usize> {
        let (one, other) = (&self.all[one].best, &self.all[other].best);
        one.iter().zip(other).position(|(a, b)| a != b)
    }

    /// Whether a candidate's own best place is before its worst.
    fn is_open(&self, at: usize) -> bool {
        self.best[at] < self.worst[at]
    }

    /// Whether it is not counted at the worst place of the group that it is in at best.
    fn is_left_out(&self, at: usize) -> bool {
        !self.all[at].belongs.is_true() || self.is_open(at)
    }

    /// How many stand ahead of one of the candidates.
    pub fn ahead(&self, at: usize) -> Ahead {
        let (best, worst) = (self.best[at], self.worst[at]);
        let before = &self.possible.before;
        Ahead {
            count: (
                self.sure.before[best],
                before[worst] - usize::from(self.is_open(at)),
            ),
            level: (
                self.sure.before[best + 1] + usize::from(self.is_left_out(at)),
                before[worst + 1],
            ),
        }
    }

    /// What those ahead of one of the candidates add up to.
    pub fn ahead_sum(&self, at: usize) -> AheadSum {
        let (best, worst) = (self.best[at], self.worst[at]);
        let adds = &self.all[at].adds;
        let mut before = self.possible.sums[worst].clone();
        if self.is_open(at) {
            before = before.minus(&adds.1);
        }
        let mut together = self.sure.sums[best + 1].clone();
        if self.is_left_out(at) {
            together = together.plus(&adds.0);
        }
        let (least, most) = self.least(at);
        AheadSum {
            first: (self.sure.sums[best].plus(&least), before.plus(&most)),
            level: (together, self.possible.sums[worst + 1].clone()),
        }
    }

    /// The least that one of a group of equals adds.
    pub fn least(&self, at: usize) -> Range<Sum> {
        let adds = &self.all[at].adds;
        let level = self.sure.least[self.best[at]].as_ref();
        let Some(loose) = &self.loose else {
            let least = level.unwrap_or(&adds.0).clone();
            return (least.clone(), least);
        };
        // One whose own place is open may stand level with anybody.
        let others = match self.is_open(at) {
            true => self.sure.least.iter().flatten().min(),
            false => level,
        };
        let least = others.map_or(loose, |others| others.min(loose));
        (least.min(&adds.0).clone(), adds.1.clone())
    }
}

/// A number for each, the better the smaller, level ones the same; how many numbers there are.
fn numbered(levels: Vec<&[Level]>) -> (Vec<usize>, usize) {
    let mut order: Vec<usize> = (0..levels.len()).collect();
    order.sort_by(|a, b| levels[*b].cmp(levels[*a]));
    let (mut numbers, mut count) = (vec![0; levels.len()], 0);
    for (place, at) in order.iter().enumerate() {
        let before = place.checked_sub(1).map(|before| levels[order[before]]);
        let same = before.is_some_and(|before| before.cmp(levels[*at]) == Ordering::Equal);
        count += usize::from(!same);
        numbers[*at] = count - 1;
    }
    (numbers, count)
}

/// What stands at the places of one ranking.
#[derive(Debug)]
struct Side {
    /// How many stand before each place, and before the end.
    before: Vec<usize>,
    /// What they add up to.
    sums: Vec<Sum>,
    /// The least that one at each place adds.
    least: Vec<Option<Sum>>,
}

impl Side {
    fn new<'s>(count: usize, each: impl Iterator<Item = (usize, &'s Sum)>) -> Self {
        let mut counts = vec![0; count];
        let mut adds = vec![Sum::count(0); count];
        let mut least: Vec<Option<Sum>> = vec![None; count];
        for (place, more) in each {
            counts[place] += 1;
            adds[place] = adds[place].plus(more);
            if least[place].as_ref().is_none_or(|least| more < least) {
                least[place] = Some(more.clone());
            }
        }
        let (mut before, mut sums) = (vec![0], vec![Sum::count(0)]);
        for (place, count) in counts.into_iter().enumerate() {
            before.push(before[place] + count);
            sums.push(sums[place].plus(&adds[place]));
        }
        Self {
            before,
            sums,
            least,
        }
    }
}
