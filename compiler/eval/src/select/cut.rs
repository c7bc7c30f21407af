//! Who is taken: the order, how many, what becomes of equals at the cut.
//!
//! In: ranked candidates of one group, the numbers of the selection. Out: for each candidate how it fares. Always: one is in or out only
//! if it is so whatever the unknown turns out to be; whole groups of equals are taken while they fit; nobody is picked.

use super::rank::{Ahead, Candidate, Sum};
use super::report::Fares;
use crate::truth::Truth;
use crate::value::{Needs, Value};
use prog_base::Exact;
use prog_model::Tied;

/// How many are taken, worked out for one group.
pub(super) enum Limit {
    /// So many, at least and at most.
    Number(Option<Exact>, Option<Exact>),
    /// As long as the sum is not more.
    While(Option<Exact>, Option<Exact>),
    /// The end of a group of equals whose sum is nearest.
    Nearest { target: Option<Exact>, least: Option<Option<Exact>> },
    /// Every candidate.
    All,
}

impl Limit {
    /// The bounds of a number.
    pub(super) fn bounds(value: &Value<'_>) -> (Option<Exact>, Option<Exact>) {
        let (low, high) = value.bounds();
        (low.cloned(), high.cloned())
    }
}

/// One group being cut.
pub(super) struct Cut<'c, 'a> {
    pub all: &'c [Candidate<'a>],
    pub limit: Limit,
    /// What the limit awaits.
    pub needs: Needs<'a>,
    pub tied: Option<Tied>,
}

/// Where one stands towards a cut.
pub(super) enum Side {
    In,
    Out,
    /// In a group of equals that the cut parts.
    Parted,
    Open,
}

impl<'a> Cut<'_, 'a> {
    /// How each candidate fares, waiting left aside, in the order of the candidates.
    pub(super) fn fares(&self, ahead: &[Ahead]) -> Vec<Fares<'a>> {
        if let Limit::Nearest { target, least } = &self.limit {
            return self.nearest(target.as_ref(), least.as_ref());
        }
        self.all.iter().zip(ahead).map(|(candidate, ahead)| self.one(candidate, self.side(ahead))).collect()
    }

    fn one(&self, candidate: &Candidate<'a>, side: Side) -> Fares<'a> {
        match (&candidate.belongs, side) {
            (Truth::False, _) | (_, Side::Out) => Fares::NotSelected,
            (Truth::True, Side::In) => Fares::Selected,
            (Truth::True, Side::Parted) => self.parted_fares(),
            (Truth::True, Side::Open) | (Truth::Unknown(_), _) => Fares::Unknown(self.awaited()),
        }
    }

    /// What an open place awaits: everything that is unknown of the candidates, and of the limit.
    pub(super) fn awaited(&self) -> Needs<'a> {
        let mut needs = self.needs.clone();
        for candidate in self.all {
            needs.add(&candidate.needs);
            if let Truth::Unknown(more) = &candidate.belongs {
                needs.add(more);
            }
        }
        needs
    }

    fn side(&self, ahead: &Ahead) -> Side {
        let one = Sum::Of(Exact::ONE);
        let number = |n: usize| Sum::Of(Exact::from(n as i64));
        match &self.limit {
            Limit::All => Side::In,
            Limit::Number(low, high) => {
                let first = (number(ahead.count.0).plus(&one), number(ahead.count.1).plus(&one));
                self.parted(&first, &(number(ahead.level.0), number(ahead.level.1)), low.as_ref(), high.as_ref())
            }
            Limit::While(low, high) => {
                let first = (ahead.sum.0.plus(&ahead.least.0), ahead.sum.1.plus(&ahead.least.1));
                self.parted(&first, &ahead.level_sum, low.as_ref(), high.as_ref())
            }
            Limit::Nearest { .. } => Side::Open,
        }
    }

    /// `first`: with the first of the group of equals; `whole`: with all of it.
    pub(super) fn parted(&self, first: &(Sum, Sum), whole: &(Sum, Sum), low: Option<&Exact>, high: Option<&Exact>) -> Side {
        let fits = |most: &Sum| low.is_some_and(|low| most.is_within(low));
        let breaks = |least: &Sum| high.is_some_and(|high| !least.is_within(high));
        match self.tied {
            Some(Tied::AdmitAll) if fits(&first.1) => Side::In,
            Some(Tied::AdmitAll) if breaks(&first.0) => Side::Out,
            Some(Tied::AdmitAll) => Side::Open,
            Some(Tied::AdmitNone) | None | Some(Tied::Judged(_)) if fits(&whole.1) => Side::In,
            Some(Tied::AdmitNone) if breaks(&whole.0) => Side::Out,
            Some(Tied::AdmitNone) => Side::Open,
            None | Some(Tied::Judged(_)) if breaks(&first.0) => Side::Out,
            None | Some(Tied::Judged(_)) if fits(&first.1) && breaks(&whole.0) => Side::Parted,
            None | Some(Tied::Judged(_)) => Side::Open,
        }
    }

    /// The beginning, at an end of a group of equals, whose sum is nearest; two as near, or something unknown: open.
    fn nearest(&self, target: Option<&Exact>, least: Option<&Option<Exact>>) -> Vec<Fares<'a>> {
        let open = || self.all.iter().map(|c| self.one(c, Side::Open)).collect();
        let sure = self.all.iter().all(|c| c.is_sure() || c.belongs.is_false());
        let (Some(target), true) = (target, sure && !matches!(least, Some(None))) else { return open() };
        let mut order: Vec<&Candidate<'a>> = self.all.iter().filter(|c| c.belongs.is_true()).collect();
        order.sort_by(|a, b| b.best.cmp(&a.best));
        let mut ends = vec![(Exact::ZERO, 0)];
        let mut sum = Exact::ZERO;
        for (at, candidate) in order.iter().enumerate() {
            if let Sum::Of(adds) = &candidate.adds.0 {
                sum = &sum + adds;
            }
            if order.get(at + 1).is_none_or(|next| next.best != candidate.best) {
                ends.push((sum.clone(), at + 1));
            }
        }
        ends.retain(|(sum, _)| least.is_none_or(|least| least.as_ref().is_none_or(|least| sum >= least)));
        // What adds nothing is taken with what stands before it.
        ends.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            if same {
                earlier.1 = later.1;
            }
            same
        });
        let distance = |sum: &Exact| if sum > target { sum - target } else { target - sum };
        let near = ends.iter().map(|(sum, _)| distance(sum)).min();
        let mut nearest = ends.iter().filter(|(sum, _)| Some(distance(sum)) == near);
        let (Some((_, count)), None) = (nearest.next(), nearest.next()) else {
            return self
                .all
                .iter()
                .map(|c| if c.belongs.is_true() { Fares::Unknown(Needs::notice()) } else { Fares::NotSelected })
                .collect();
        };
        let last = count.checked_sub(1).map(|at| &order[at].best);
        let taken = |c: &Candidate<'a>| c.belongs.is_true() && last.is_some_and(|last| c.best >= *last);
        self.all.iter().map(|c| if taken(c) { Fares::Selected } else { Fares::NotSelected }).collect()
    }
}
