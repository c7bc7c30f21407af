//! A whole number given out by weights, with or without limits for each part.
//!
//! In: the number, the weights, the method. Out: a part for each weight; one that a tie at the last place would decide is `None`. Always: exact;
//! within limits, each part is what its weight gives it, lifted or lowered to a limit, and what that leaves or takes is given out anew among the
//! others by the same method.

use crate::SplitMethod;
use prog_base::{Exact, RoundMode};

/// At most so many places are given out.
const MOST_PLACES: i64 = 1_000_000;

/// Distributes a whole number over weights. A place that a tie decides is `None`; faulty input gives nothing at all.
pub fn apportion(total: &Exact, weights: &[Exact], method: SplitMethod) -> Option<Vec<Option<Exact>>> {
    let seats = total.to_i64().filter(|n| (0..=MOST_PLACES).contains(n))?;
    given_out(seats, weights, method, (0, seats))
}

/// The same where no part may be smaller or larger than so much; nothing where that can't be.
pub fn apportion_within(total: &Exact, weights: &[Exact], method: SplitMethod, limits: (i64, i64)) -> Option<Vec<Option<Exact>>> {
    let seats = total.to_i64().filter(|n| (0..=MOST_PLACES).contains(n))?;
    let (low, high) = (limits.0.max(0), limits.1.min(seats));
    let count = i64::try_from(weights.len()).ok()?;
    let room = low <= high && low.checked_mul(count)? <= seats && seats <= high.checked_mul(count)?;
    if room { given_out(seats, weights, method, (low, high)) } else { None }
}

fn given_out(seats: i64, weights: &[Exact], method: SplitMethod, limits: (i64, i64)) -> Option<Vec<Option<Exact>>> {
    let sum = weights.iter().fold(Exact::ZERO, |s, w| &s + w);
    if weights.iter().any(Exact::is_negative) || sum.is_zero() {
        return None;
    }
    match method {
        SplitMethod::LargestRemainder => {
            let ideal = ideal(seats, weights, limits)?;
            let whole: Vec<Exact> = ideal.iter().map(|q| q.round(RoundMode::Down, 0)).collect();
            let rests: Vec<Exact> = ideal.iter().zip(&whole).map(|(q, w)| q - w).collect();
            let given = whole.iter().fold(Exact::ZERO, |s, w| &s + w);
            let left = usize::try_from((&Exact::from(seats) - &given).to_i64()?).ok()?;
            Some(
                take_best(&rests, left)
                    .into_iter()
                    .zip(whole)
                    .map(|(more, w)| more.map(|m| if m { &w + &Exact::ONE } else { w }))
                    .collect(),
            )
        }
        SplitMethod::Webster => divisor(seats, weights, limits, |k| 2 * k + 1),
        SplitMethod::Jefferson => divisor(seats, weights, limits, |k| k + 1),
    }
}

/// The parts before they are made whole: in proportion to the weights, but for those at a limit.
fn ideal(seats: i64, weights: &[Exact], (low, high): (i64, i64)) -> Option<Vec<Exact>> {
    let (low, high) = (Exact::from(low), Exact::from(high));
    let mut fixed: Vec<Option<Exact>> = vec![None; weights.len()];
    loop {
        let given = fixed.iter().flatten().fold(Exact::ZERO, |s, n| &s + n);
        let rest = &Exact::from(seats) - &given;
        let free = weights.iter().zip(&fixed).filter(|(_, f)| f.is_none());
        let weight = free.fold(Exact::ZERO, |s, (w, _)| &s + w);
        // Parts without weight have no claim beyond their limit.
        let part = |w: &Exact| (w * &rest).checked_div(&weight).unwrap_or(Exact::ZERO);
        let parts: Vec<Exact> = weights.iter().zip(&fixed).map(|(w, f)| f.clone().unwrap_or_else(|| part(w))).collect();
        let lacking = parts.iter().fold(Exact::ZERO, |s, q| if *q < low { &s + &(&low - q) } else { s });
        let beyond = parts.iter().fold(Exact::ZERO, |s, q| if *q > high { &s + &(q - &high) } else { s });
        if lacking.is_zero() && beyond.is_zero() {
            return Some(parts);
        }
        // Whichever is more will stay at its limit, whatever becomes of the others.
        for (q, f) in parts.iter().zip(&mut fixed) {
            if *q < low && lacking >= beyond {
                *f = Some(low.clone());
            } else if *q > high && beyond >= lacking {
                *f = Some(high.clone());
            }
        }
    }
}

/// Which of the values are among the `n` greatest; `None` for those that a tie at the cut leaves open.
fn take_best(values: &[Exact], n: usize) -> Vec<Option<bool>> {
    let mut order: Vec<&Exact> = values.iter().collect();
    order.sort_by(|a, b| b.cmp(a));
    let (last, next) = (n.checked_sub(1).and_then(|i| order.get(i)), order.get(n));
    let tie = last.filter(|l| next == Some(l));
    let decide = |v: &Exact| match (tie, last) {
        (Some(t), _) if v == *t => None,
        (_, Some(l)) => Some(v >= *l),
        (_, None) => Some(false),
    };
    values.iter().map(decide).collect()
}

/// Highest averages: each place goes to the greatest weight over divisor.
fn divisor(seats: i64, weights: &[Exact], (low, high): (i64, i64), next: fn(i64) -> i64) -> Option<Vec<Option<Exact>>> {
    let mut given = vec![low; weights.len()];
    let average = |given: &[i64], i: usize| weights[i].checked_div(&Exact::from(next(given[i])));
    let mut left = seats - low * i64::try_from(weights.len()).ok()?;
    while left > 0 {
        let open = (0..weights.len()).filter(|i| given[*i] < high);
        let averages = open.map(|i| Some((i, average(&given, i)?))).collect::<Option<Vec<_>>>()?;
        let best = averages.iter().map(|(_, average)| average).max()?.clone();
        let winners: Vec<usize> = averages.into_iter().filter(|(_, average)| *average == best).map(|(i, _)| i).collect();
        if i64::try_from(winners.len()).ok()? > left {
            let open = |i: usize, n: i64| if winners.contains(&i) { None } else { Some(Exact::from(n)) };
            return Some(given.iter().enumerate().map(|(i, n)| open(i, *n)).collect());
        }
        winners.iter().for_each(|i| given[*i] += 1);
        left -= winners.len() as i64;
    }
    Some(given.into_iter().map(|n| Some(Exact::from(n))).collect())
}
