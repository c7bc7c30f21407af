//! Numbers in bounded sets, against counting them all out.

use super::Chance;
use prog_model::proof::{Crossing, Cut, Families};

const CELLS: usize = 5;
const MOST: i64 = 3;

/// Every way to put 0 to 3 into each cell.
fn all() -> impl Iterator<Item = [i64; CELLS]> {
    (0..(MOST + 1).pow(CELLS as u32)).map(|mut n| {
        [(); CELLS].map(|()| {
            let digit = n % (MOST + 1);
            n /= MOST + 1;
            digit
        })
    })
}

fn sum(cells: &[i64], set: &[usize]) -> i64 {
    set.iter().map(|c| cells[*c]).sum()
}

fn keeps(cells: &[i64], sets: &[Vec<usize>], bounds: &[(i64, Option<i64>)]) -> bool {
    sets.iter().zip(bounds).all(|(set, (low, high))| (*low..=high.unwrap_or(i64::MAX)).contains(&sum(cells, set)))
}

/// A reason holds by itself: whatever lies in the sets that require lies in those that allow, and less is allowed than required.
fn is_reason(cut: &Cut, sets: &[Vec<usize>], bounds: &[(i64, Option<i64>)]) -> bool {
    let times = |list: &[usize], cell: usize| list.iter().filter(|s| sets[**s].contains(&cell)).count();
    let low: i64 = cut.lows.iter().map(|s| bounds[*s].0).sum();
    let high: i64 = cut.highs.iter().map(|s| bounds[*s].1.expect("a cap")).sum();
    low - high == cut.short && cut.short > 0 && (0..CELLS).all(|c| times(&cut.lows, c) <= times(&cut.highs, c))
}

/// The least and the greatest number of each set.
type Bounds = Vec<(i64, Option<i64>)>;

fn some_sets(chance: &mut Chance) -> (Vec<Vec<usize>>, Bounds) {
    // Every cell is capped, so that all ways can be counted out.
    let mut sets: Vec<Vec<usize>> = (0..CELLS).map(|c| vec![c]).collect();
    for _ in 0..chance.below(5) {
        let set: Vec<usize> = (0..CELLS).filter(|_| chance.one_in(2)).collect();
        if set.len() > 1 && !sets.contains(&set) {
            sets.push(set);
        }
    }
    let mut bounds = Vec::new();
    for set in &sets {
        let high = chance.below(MOST as u64 + 1) as i64;
        let low = if chance.one_in(3) { chance.below(5) as i64 } else { 0 };
        let single = set.len() == 1;
        bounds.push((if single { low.min(2) } else { low }, if single { Some(high) } else { Some(high * 2).filter(|_| chance.one_in(2)) }));
    }
    (sets, bounds)
}

#[test]
fn filled_exactly_where_counting_out_finds_a_way() {
    let mut chance = Chance(7);
    let (mut filled, mut refused, mut crossing) = (0, 0, 0);
    for _ in 0..400 {
        let (sets, bounds) = some_sets(&mut chance);
        let Some(families) = Families::of(CELLS, &sets) else {
            crossing += 1;
            continue;
        };
        let possible = all().any(|cells| keeps(&cells, &sets, &bounds));
        match families.fill(&bounds) {
            Ok(cells) => {
                assert!(keeps(&cells, &sets, &bounds), "{sets:?} {bounds:?} {cells:?}");
                filled += 1;
                most(&families, &sets, &bounds);
            }
            Err(cut) => {
                assert!(!possible, "{sets:?} {bounds:?}");
                assert!(is_reason(&cut, &sets, &bounds), "{sets:?} {bounds:?} {cut:?}");
                for part in families.refused(&bounds) {
                    assert!(is_reason(&part, &sets, &bounds), "{sets:?} {bounds:?} {part:?}");
                }
                refused += 1;
            }
        }
    }
    assert!(filled > 50 && refused > 50 && crossing > 5, "{filled} filled, {refused} refused, {crossing} crossing too often");
}

/// The most of each set, against counting out.
fn most(families: &Families, sets: &[Vec<usize>], bounds: &[(i64, Option<i64>)]) {
    for (at, set) in sets.iter().enumerate().filter(|(_, s)| s.len() > 1) {
        let mut free = bounds.to_vec();
        free[at] = (0, None);
        let best = all().filter(|cells| keeps(cells, sets, &free)).map(|cells| sum(&cells, set)).max();
        assert_eq!(families.most(&free, at).map(|(most, _)| most), best, "{sets:?} {free:?} {set:?}");
    }
}

/// Pairs of cells with a number that they must come to: such need whole numbers most.
fn some_pairs(chance: &mut Chance) -> (Vec<Vec<usize>>, Bounds) {
    let mut sets: Vec<Vec<usize>> = (0..CELLS).map(|c| vec![c]).collect();
    for pair in (0..CELLS).flat_map(|a| (a + 1..CELLS).map(move |b| vec![a, b])) {
        if chance.one_in(2) {
            sets.push(pair);
        }
    }
    let mut bounds = Vec::new();
    for set in &sets {
        let number = 1 + chance.below(2) as i64;
        bounds.push(if set.len() == 1 { (0, Some(MOST)) } else { (number, Some(number)) });
    }
    (sets, bounds)
}

/// The integer program says the same as counting out, of sets that cross in any way; of what the flow can answer, the same as the flow.
#[test]
fn crossing_sets_are_filled_exactly_where_counting_out_finds_a_way() {
    let mut chance = Chance(19);
    let (mut filled, mut refused, mut together) = (0, 0, 0);
    for _ in 0..300 {
        let (sets, bounds) = if chance.one_in(2) { some_sets(&mut chance) } else { some_pairs(&mut chance) };
        let program = Crossing::of(CELLS, &sets);
        let possible = all().any(|cells| keeps(&cells, &sets, &bounds));
        match program.fill(&bounds) {
            Ok(cells) => {
                assert!(keeps(&cells, &sets, &bounds), "{sets:?} {bounds:?} {cells:?}");
                filled += 1;
                for (at, set) in sets.iter().enumerate().filter(|(_, s)| s.len() > 1) {
                    let mut free = bounds.to_vec();
                    free[at] = (0, None);
                    let best = all().filter(|cells| keeps(cells, &sets, &free)).map(|cells| sum(&cells, set)).max();
                    assert_eq!(program.most(&free, at).map(|(most, _)| most), best, "{sets:?} {free:?} {set:?}");
                }
            }
            Err(cut) => {
                assert!(!possible, "{sets:?} {bounds:?}");
                if cut.sums {
                    assert!(is_reason(&cut, &sets, &bounds), "{sets:?} {bounds:?} {cut:?}");
                } else {
                    let alone = |at: usize, (low, high): (i64, Option<i64>)| {
                        (if cut.lows.contains(&at) { low } else { 0 }, high.filter(|_| cut.highs.contains(&at)))
                    };
                    let alone: Bounds = bounds.iter().enumerate().map(|(at, b)| alone(at, *b)).collect();
                    assert!(!all().any(|cells| keeps(&cells, &sets, &alone)), "{sets:?} {bounds:?} {cut:?}");
                    together += 1;
                }
                refused += 1;
            }
        }
        assert!(!program.is_open(), "{sets:?} {bounds:?}");
    }
    assert!(filled > 50 && refused > 50 && together > 0, "{filled} filled, {refused} refused, {together} by all together");
}

/// Three sets, any two of which share a cell, each with exactly one: halves would do, whole numbers do not.
#[test]
fn halves_are_no_applications() {
    let sets = [vec![0, 1], vec![1, 2], vec![0, 2]];
    let cut = Crossing::of(3, &sets).fill(&[(1, Some(1)); 3]).expect_err("no way");
    assert!(!cut.sums && cut.lows.len() + cut.highs.len() >= 3, "{cut:?}");
}
