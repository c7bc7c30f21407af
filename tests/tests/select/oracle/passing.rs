//! A budget that passes over, gone through by hand: where somebody parts equals, every way of parting them.
//!
//! In: complete cases, in groups of equals. Out: how each fares whichever way equals are parted, else open.

use super::{Asked, Fares, Known, Parts, in_line};
use std::collections::BTreeSet;

/// One way of parting: who is taken, and who was in a group that was parted.
#[derive(Clone)]
struct Way {
    left: u32,
    taken: BTreeSet<usize>,
    parted: BTreeSet<usize>,
}

pub(super) fn fares(cases: &[Known], groups: &[Vec<usize>], limit: u32, asked: &Asked) -> Vec<Fares> {
    let mut ways = vec![Way { left: limit, taken: BTreeSet::new(), parted: BTreeSet::new() }];
    for group in groups {
        ways = ways.into_iter().flat_map(|way| below(cases, group, way, asked.parts)).collect();
    }
    let mut all = ways.iter().map(|way| told(cases.len(), groups, way, asked));
    let first = all.next().unwrap_or_default();
    all.fold(first, |known, here| known.into_iter().zip(here).map(|(a, b)| if a == b { a } else { Fares::Open }).collect())
}

fn below(cases: &[Known], group: &[usize], mut way: Way, parts: Parts) -> Vec<Way> {
    let whole: u32 = group.iter().map(|i| cases[*i].3).sum();
    let one_fits = group.iter().any(|i| cases[*i].3 <= way.left);
    if whole <= way.left || (one_fits && parts == Parts::AdmitAll) {
        way.taken.extend(group);
        way.left = way.left.saturating_sub(whole);
        return vec![way];
    }
    if !one_fits || parts == Parts::AdmitNone {
        return vec![way];
    }
    way.parted.extend(group);
    let mut ways = Vec::new();
    picked(cases, group, way, &mut ways);
    ways
}

/// One after another, in every order, while one fits.
fn picked(cases: &[Known], group: &[usize], way: Way, ways: &mut Vec<Way>) {
    let next: Vec<usize> = group.iter().copied().filter(|i| !way.taken.contains(i) && cases[*i].3 <= way.left).collect();
    if next.is_empty() {
        ways.push(way);
        return;
    }
    for one in next {
        let mut way = way.clone();
        way.taken.insert(one);
        way.left -= cases[one].3;
        picked(cases, group, way, ways);
    }
}

fn told(cases: usize, groups: &[Vec<usize>], way: &Way, asked: &Asked) -> Vec<Fares> {
    let mut fares = vec![Fares::NotSelected; cases];
    let mut ahead = 0;
    for group in groups {
        let rest: Vec<usize> = group.iter().copied().filter(|i| !way.taken.contains(i)).collect();
        for one in group {
            fares[*one] = match (way.parted.contains(one), asked.parts) {
                (true, Parts::Judged) => Fares::Tied,
                (true, _) => Fares::Open,
                (false, _) if way.taken.contains(one) => Fares::Selected,
                (false, _) => in_line(ahead + 1, ahead + rest.len(), asked),
            };
        }
        ahead += rest.len();
    }
    fares
}
