//! Places in an order: levels of several criteria, the weightiest first, as one number each.
//!
//! In: the best and worst levels of candidates. Out: the candidates in order, with the number of the best and of the worst place of each.
//! Always: the better the place the smaller its number; level ones have the same and stand in the order given; exact, whatever the numbers are.

use super::rank::Level;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What the order compares, by position in the batch.
pub(super) struct Levels {
    /// By criterion, the best that what is unknown allows.
    pub best: Vec<Vec<Level>>,
    /// Where something is unknown: the worst, one a criterion.
    pub worst: BTreeMap<usize, Vec<Level>>,
}

/// The places of the candidates of one group, each member in their order.
pub(super) struct Places {
    /// Which of those given stands where.
    pub order: Vec<usize>,
    /// The number of each candidate's best place.
    pub best: Vec<usize>,
    /// The number of its worst.
    pub worst: Vec<usize>,
    /// How many places there are.
    pub count: usize,
    /// By criterion, what stands for each candidate's level at its best; the greater the better.
    criteria: Vec<Vec<i64>>,
}

impl Places {
    /// `all`: positions in the batch.
    pub(super) fn new(levels: &Levels, all: &[usize]) -> Self {
        let open: Vec<(usize, &Vec<Level>)> =
            all.iter().enumerate().filter_map(|(index, at)| Some((index, levels.worst.get(at)?))).collect();
        let column = |(criterion, best): (usize, &Vec<Level>)| {
            let of_all = all.iter().map(|at| &best[*at]);
            whole(&of_all.chain(open.iter().map(|(_, worst)| &worst[criterion])).collect::<Vec<_>>())
        };
        let criteria: Vec<Vec<i64>> = levels.best.iter().enumerate().map(column).collect();
        let mut numbers = vec![0; all.len() + open.len()];
        let mut places: Vec<(i64, usize)> = (0..numbers.len()).map(|at| (0, at)).collect();
        let count = number(&mut places, &criteria, 0, &mut numbers);
        let mut order: Vec<usize> = places.into_iter().map(|(_, at)| at).filter(|at| *at < all.len()).collect();
        let mut worst = numbers[..all.len()].to_vec();
        for ((index, _), number) in open.iter().zip(&numbers[all.len()..]) {
            worst[*index] = *number;
        }
        order.sort_by_key(|index| (numbers[*index], worst[*index], *index));
        Self {
            best: order.iter().map(|index| numbers[*index]).collect(),
            worst: order.iter().map(|index| worst[*index]).collect(),
            count,
            criteria: criteria.iter().map(|levels| order.iter().map(|index| levels[*index]).collect()).collect(),
            order,
        }
    }

    /// Where some of them stand, by their positions; the numbers stay as they are.
    pub(super) fn among(&self, some: &[usize]) -> Self {
        let pick = |all: &[usize]| some.iter().map(|at| all[*at]).collect();
        let criteria = self.criteria.iter().map(|levels| some.iter().map(|at| levels[*at]).collect()).collect();
        Self { order: pick(&self.order), best: pick(&self.best), worst: pick(&self.worst), count: self.count, criteria }
    }

    /// The first criterion by which two differ at their best.
    pub(super) fn parted_by(&self, one: usize, other: usize) -> Option<usize> {
        self.criteria.iter().position(|levels| levels[one] != levels[other])
    }
}

/// Sorts by one criterion after another, each among those level so far, and numbers the groups of equals from `from`; gives the next number.
fn number(order: &mut [(i64, usize)], criteria: &[Vec<i64>], from: usize, numbers: &mut [usize]) -> usize {
    let Some((levels, rest)) = criteria.split_first().filter(|_| order.len() > 1) else {
        order.iter().for_each(|(_, at)| numbers[*at] = from);
        return from + usize::from(!order.is_empty());
    };
    order.iter_mut().for_each(|place| place.0 = levels[place.1]);
    order.sort_unstable_by_key(|(level, at)| (Reverse(*level), *at));
    order.chunk_by_mut(|a, b| a.0 == b.0).fold(from, |next, level| number(level, rest, next, numbers))
}

/// Whole numbers in the order of the levels: the levels themselves, in steps that they have in common, or, where these are too fine, their
/// positions.
fn whole(levels: &[&Level]) -> Vec<i64> {
    in_steps(levels).unwrap_or_else(|| positions(levels))
}

/// No step is finer, so that numbers of 64 bits are enough for what notices count.
const FINEST: i64 = 1_000_000_000;

fn in_steps(levels: &[&Level]) -> Option<Vec<i64>> {
    let mut steps: i64 = 1;
    for level in levels {
        if let Level::At(n) = level {
            let denominator = n.denominator()?;
            if steps % denominator != 0 {
                steps = (steps / common(steps, denominator)).checked_mul(denominator).filter(|steps| *steps <= FINEST)?;
            }
        }
    }
    let whole = |level: &&Level| match level {
        Level::Lowest => Some(i64::MIN),
        Level::At(n) => n.numerator()?.checked_mul(steps / n.denominator()?).filter(|n| *n != i64::MIN && *n != i64::MAX),
        Level::Highest => Some(i64::MAX),
    };
    levels.iter().map(whole).collect()
}

/// The greatest common divisor.
fn common(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { common(b, a % b) }
}

fn positions(levels: &[&Level]) -> Vec<i64> {
    let mut sorted = levels.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    levels.iter().map(|level| sorted.partition_point(|other| other < level) as i64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use prog_base::Exact;

    /// Whatever the steps, the order is that of the levels.
    #[test]
    fn fine_numbers_keep_their_order() {
        let ratio = |n: i64, by: i64| Level::At(Exact::ratio(n, by).expect("a ratio"));
        let fine = [ratio(1, 1_000_000_000), ratio(1, i64::MAX), ratio(2, 1_000_000_000), Level::Lowest, Level::Highest, ratio(1, 7)];
        let coarse = [ratio(17, 2), ratio(-3, 10), ratio(8, 1), Level::Highest, ratio(17, 2)];
        for levels in [fine.to_vec(), coarse.to_vec()] {
            let numbers = whole(&levels.iter().collect::<Vec<_>>());
            for (one, number) in levels.iter().zip(&numbers) {
                for (other, its) in levels.iter().zip(&numbers) {
                    assert_eq!(number.cmp(its), one.cmp(other), "{one:?} {other:?}");
                }
            }
        }
    }
}
