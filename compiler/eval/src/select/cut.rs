//! Who is taken: the order, how many, what becomes of equals at the cut.
//!
//! In: ranked candidates of one group, the numbers of the selection. Out: for each candidate how it fares. Always: one is in or out only
//! if it is so whatever the unknown turns out to be; whole groups of equals are taken while they fit; nobody is picked.

use super::passing::{Short, standing};
use super::places::Places;
use super::rank::{Candidate, Ranking, Sum};
use super::report::Fares;
use crate::truth::Truth;
use crate::value::{Needs, Value};
use prog_base::Exact;
use prog_model::Tied;
use std::cell::OnceCell;

/// How many are taken, worked out for one group.
pub(super) enum Limit {
    /// So many, at least and at most.
    Number(Option<Exact>, Option<Exact>),
    /// As long as the sum is not more.
    While(Option<Exact>, Option<Exact>),
    /// What fits in what is left of a sum.
    Passing(Option<Exact>, Option<Exact>),
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
    /// Best first.
    pub all: &'c [Candidate<'a>],
    pub ranking: Ranking<'c, 'a>,
    pub limit: Limit,
    tied: Option<Tied>,
    /// What the limit awaits.
    needs: Needs<'a>,
    awaited: OnceCell<Needs<'a>>,
}

/// Where one stands towards a cut.
pub(super) enum Side {
    In,
    Out,
    /// In a group of equals that the cut parts.
    Parted,
    Open,
}

impl<'c, 'a> Cut<'c, 'a> {
    pub(super) fn new(all: &'c [Candidate<'a>], places: &'c Places, limit: Limit, needs: Needs<'a>, tied: Option<Tied>) -> Self {
        let limit = match limit {
            // Along such a list a sum goes up and down.
            Limit::While(..) if all.iter().any(Candidate::takes_away) => Limit::While(None, None),
            Limit::Passing(..) if all.iter().any(Candidate::takes_away) => Limit::Passing(None, None),
            limit => limit,
        };
        Self { all, ranking: Ranking::new(all, places), limit, tied, needs, awaited: OnceCell::new() }
    }

    /// How each candidate fares, waiting left aside, in the order of the candidates; and what of it did not fit.
    pub(super) fn fares(&self) -> (Vec<Fares<'a>>, Vec<Option<Short>>) {
        let nothing = || vec![None; self.all.len()];
        match &self.limit {
            Limit::Nearest { target, least } => (self.nearest(target.as_ref(), least.as_ref()), nothing()),
            Limit::Passing(low, high) => {
                let standing = standing(self, low.as_ref(), high.as_ref());
                self.all.iter().zip(standing).map(|(candidate, (side, short))| (self.one(candidate, side), short)).unzip()
            }
            Limit::Number(..) | Limit::While(..) | Limit::All => {
                let sides = (0..self.all.len()).map(|at| self.side(at));
                (self.all.iter().zip(sides).map(|(candidate, side)| self.one(candidate, side)).collect(), nothing())
            }
        }
    }

    fn one(&self, candidate: &Candidate<'a>, side: Side) -> Fares<'a> {
        match (&candidate.belongs, side) {
            (Truth::False, _) | (_, Side::Out) => Fares::NotSelected,
            (Truth::True, Side::In) => Fares::Selected,
            (Truth::True, Side::Parted) => self.parted_fares(),
            (Truth::True, Side::Open) | (Truth::Unknown(_), _) => Fares::Unknown(self.awaited()),
        }
    }

    /// A group of equals that somebody has to part, or on which the notice is silent.
    pub(super) fn parted_fares(&self) -> Fares<'a> {
        match self.tied {
            Some(Tied::Judged(by)) => Fares::Tied(by),
            Some(Tied::AdmitAll | Tied::AdmitNone) | None => Fares::Unknown(Needs::notice()),
        }
    }

    /// Whether equals are all taken, or none of them, where a cut parts them.
    pub(super) fn admits(&self) -> Option<bool> {
        match self.tied {
            Some(Tied::AdmitAll) => Some(true),
            Some(Tied::AdmitNone) => Some(false),
            Some(Tied::Judged(_)) | None => None,
        }
    }

    /// What an open place awaits: everything that is unknown of the candidates, and of the limit.
    pub(super) fn awaited(&self) -> Needs<'a> {
        let everything = || {
            let mut needs = self.needs.clone();
            let mut in_batch: Vec<&Candidate<'a>> = self.all.iter().collect();
            in_batch.sort_unstable_by_key(|candidate| candidate.at);
            for candidate in in_batch {
                needs.add(&candidate.needs);
                if let Truth::Unknown(more) = &candidate.belongs {
                    needs.add(more);
                }
            }
            needs
        };
        self.awaited.get_or_init(everything).clone()
    }

    fn side(&self, of: usize) -> Side {
        match &self.limit {
            Limit::All => Side::In,
            Limit::Number(low, high) => {
                let ahead = self.ranking.ahead(of);
                let first = (Sum::count(ahead.count.0 + 1), Sum::count(ahead.count.1 + 1));
                self.parted(&first, &(Sum::count(ahead.level.0), Sum::count(ahead.level.1)), low.as_ref(), high.as_ref())
            }
            Limit::While(low, high) => {
                let ahead = self.ranking.ahead_sum(of);
                self.parted(&ahead.first, &ahead.level, low.as_ref(), high.as_ref())
            }
            Limit::Passing(..) | Limit::Nearest { .. } => Side::Open,
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
        let order: Vec<usize> = (0..self.all.len()).filter(|at| self.all[*at].belongs.is_true()).collect();
        let mut ends = vec![(Exact::ZERO, 0)];
        let mut sum = Exact::ZERO;
        for (at, candidate) in order.iter().enumerate() {
            if let Sum::Of(adds) = &self.all[*candidate].adds.0 {
                sum = &sum + adds;
            }
            if order.get(at + 1).is_none_or(|next| !self.ranking.as_good(*next, *candidate)) {
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
        let mut fares = vec![Fares::NotSelected; self.all.len()];
        order[..*count].iter().for_each(|at| fares[*at] = Fares::Selected);
        fares
    }
}
