//! The candidates of a group in line: their order, who waits at which position, who moves up.
//!
//! In: a cut. Out: how each candidate fares in the end. Always: a position is told only where it is the same whatever the unknown turns
//! out to be.

use super::cut::{Cut, Limit, Side};
use super::passing::Short;
use super::rank::{Ahead, Candidate, Ranking, Sum};
use super::report::{Fares, Given};
use crate::truth::Truth;
use crate::value::Needs;
use prog_base::{Exact, RoundMode};
use std::collections::BTreeSet;

/// The line of one group.
pub(super) struct Line<'l, 'c, 'a> {
    pub cut: &'l Cut<'c, 'a>,
    /// How each fares, in the order of the candidates.
    pub fares: Vec<Fares<'a>>,
    /// What of each did not fit in what was left.
    pub short: Vec<Option<Short>>,
}

impl<'l, 'c, 'a> Line<'l, 'c, 'a> {
    pub(super) fn new(cut: &'l Cut<'c, 'a>) -> Self {
        let (fares, short) = cut.fares();
        Self { cut, fares, short }
    }

    /// The rank of a candidate, where it is sure, and how many stand level with it, itself included, at least.
    pub(super) fn rank(&self, of: usize) -> Option<(usize, usize)> {
        let ahead = self.cut.ranking.ahead(of);
        let (least, most) = ahead.count;
        (least == most && self.cut.all[of].belongs.is_true()).then(|| (least + 1, ahead.level.0.saturating_sub(most)))
    }

    /// How many are selected, at least and at most.
    fn selected(&self) -> (usize, usize) {
        let count = |is: fn(&Fares<'_>) -> bool| self.fares.iter().filter(|f| is(f)).count();
        let least = count(|f| matches!(f, Fares::Selected));
        let parted = count(|f| matches!(f, Fares::Tied(_)));
        let open = count(|f| matches!(f, Fares::Unknown(_)));
        match self.places() {
            // Of a group that somebody parts as many are taken as there are places.
            Some(places) if parted > 0 && open == 0 => (places, places),
            _others => (least, least + parted + open),
        }
    }

    /// How many places there are, where a number limits and is known.
    fn places(&self) -> Option<usize> {
        match &self.cut.limit {
            Limit::Number(Some(low), Some(high)) if low == high => usize::try_from(low.round(RoundMode::Down, 0).to_i64()?).ok(),
            Limit::Number(..) | Limit::While(..) | Limit::Passing(..) | Limit::Nearest { .. } | Limit::All => None,
        }
    }

    /// Whoever got none of the places by wish is not selected; where that is open, so is this.
    pub(super) fn place(&mut self, given: &[Given<'_>]) {
        for (fares, given) in self.fares.iter_mut().zip(given) {
            match given {
                Given::None | Given::One(_) => {}
                Given::Nothing => *fares = Fares::NotSelected,
                Given::Open => {
                    let awaited = self.cut.awaited();
                    *fares = Fares::Unknown(if awaited.0.is_empty() { Needs::notice() } else { awaited });
                }
            }
        }
    }

    /// Puts those in line who come next.
    pub(super) fn wait(&mut self, low: Option<&Exact>, high: Option<&Exact>) {
        let (least, most) = self.selected();
        let out: Vec<usize> =
            (0..self.fares.len()).filter(|i| self.fares[*i] == Fares::NotSelected && !self.cut.all[*i].belongs.is_false()).collect();
        let passed = matches!(self.cut.limit, Limit::Passing(..)).then(|| self.passed_over());
        for at in out {
            let (Ahead { count, level }, least, most) = match &passed {
                Some(passed) => (passed[at], 0, 0),
                None => (self.cut.ranking.ahead(at), least, most),
            };
            let first = (count.0.saturating_sub(most) + 1, count.1.saturating_sub(least) + 1);
            // Whoever is selected stands ahead, so that the candidate itself is at least one more.
            let last = (level.0.saturating_sub(most).max(1), level.1.saturating_sub(least).max(1));
            let counts = |(least, most)| (Sum::count(least), Sum::count(most));
            let belongs = self.cut.all[at].belongs.is_true();
            self.fares[at] = match self.cut.parted(&counts(first), &counts(last), low, high) {
                Side::Out => Fares::NotSelected,
                Side::In if belongs && first.0 == first.1 => Fares::Waiting(first.0),
                Side::Parted if belongs => self.cut.parted_fares(),
                Side::In | Side::Parted | Side::Open => Fares::Unknown(self.cut.awaited()),
            };
        }
    }

    /// How many who are not selected stand ahead of each: those selected may stand behind.
    fn passed_over(&self) -> Vec<Ahead> {
        let rest: Vec<usize> = (0..self.fares.len()).filter(|at| self.fares[*at] != Fares::Selected).collect();
        let left = rest.iter().map(|at| {
            let one = &self.cut.all[*at];
            let belongs = if self.fares[*at] == Fares::NotSelected { one.belongs.clone() } else { Truth::Unknown(one.needs.clone()) };
            Candidate { belongs, ..one.clone() }
        });
        let left: Vec<Candidate<'a>> = left.collect();
        let places = self.cut.ranking.places.among(&rest);
        let ranking = Ranking::new(&left, &places);
        let mut ahead = vec![Ahead::default(); self.fares.len()];
        rest.iter().enumerate().for_each(|(position, at)| ahead[*at] = ranking.ahead(position));
        ahead
    }

    /// Fills the places of those who left, if they are still filled; gives who moved up, and how many places stay vacant.
    pub(super) fn refill(&mut self, refills: bool) -> (BTreeSet<usize>, Option<Exact>) {
        let all = self.cut.all;
        let (least, most) = self.selected();
        let unfilled = self.places().filter(|_| least == most).map(|places| places.saturating_sub(least));
        let freed = (0..all.len()).filter(|i| all[*i].left && self.fares[*i] == Fares::Selected).count();
        let mut moved = BTreeSet::new();
        if freed > 0 && refills && least == most {
            let in_line = |i: usize| if let Fares::Waiting(at) = self.fares[i] { Some((at, i)) } else { None };
            let mut waiting: Vec<(usize, usize)> = (0..all.len()).filter(|i| !all[*i].left).filter_map(in_line).collect();
            waiting.sort_unstable();
            for (at, index) in &waiting {
                let ahead = waiting.partition_point(|(other, _)| other < at);
                let level = waiting.partition_point(|(other, _)| other <= at);
                self.fares[*index] = if level <= freed || (ahead < freed && self.cut.admits() == Some(true)) {
                    moved.insert(*index);
                    Fares::Selected
                } else if ahead >= freed {
                    Fares::Waiting(ahead - freed + 1)
                } else if self.cut.admits() == Some(false) {
                    Fares::Waiting(1)
                } else {
                    self.cut.parted_fares()
                };
            }
        }
        for (fares, _) in self.fares.iter_mut().zip(all).filter(|(fares, candidate)| candidate.left && matches!(fares, Fares::Waiting(_))) {
            *fares = Fares::NotSelected;
        }
        let vacant = unfilled.map(|n| Exact::from((n + freed.saturating_sub(moved.len())) as i64));
        (moved, vacant)
    }
}
