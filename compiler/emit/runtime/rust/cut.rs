//! Who is taken of one group: the order, how many, what becomes of equals at the cut, who waits, who moves up.
//!
//! In: candidates, the limit, what becomes of equals. Out: for each candidate how it fares.
//! Always: one is in or out only if it is so whatever the unknown turns out to be; whole groups of equals are taken while they fit; nobody
//! is picked.

use super::assign::Given;
use super::definition::Tie;
use super::number::{Exact, RoundMode};
use super::passing::sides;
use super::ranking::{Ahead, Candidate, Range, Ranking, Sum};
use super::truth::Truth;
use super::value::Needs;
use std::cell::OnceCell;
use std::collections::BTreeSet;

/// How many are taken, worked out for one group; a bound that nothing is known of is none.
#[derive(Clone, Debug)]
pub enum Limit {
    /// So many.
    Number(Range<Option<Exact>>),
    /// As long as the sum is not more.
    While(Range<Option<Exact>>),
    /// What fits in what is left of a sum.
    Passing(Range<Option<Exact>>),
    /// The end of a group of equals whose sum is nearest.
    Nearest {
        /// As near to this as can be.
        target: Option<Exact>,
        /// Not less than this, where that is asked for.
        least: Option<Option<Exact>>,
    },
    /// Every candidate.
    All,
}

/// How a candidate fares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fares {
    /// Taken.
    Selected,
    /// In line, at this position.
    Waiting(usize),
    /// Level with others at the cut: an actor parts them.
    Tied(Option<&'static str>),
    /// Not taken.
    NotSelected,
    /// Open until these are known.
    Unknown(Needs),
}

impl Fares {
    /// The word in reports.
    pub fn word(&self) -> &'static str {
        match self {
            Fares::Selected => "selected",
            Fares::Waiting(_) => "waiting",
            Fares::Tied(_) => "tied",
            Fares::NotSelected => "not selected",
            Fares::Unknown(_) => "unknown",
        }
    }

    /// Whether somebody has to part it from others, or something is unknown.
    pub fn is_open(&self) -> bool {
        matches!(self, Fares::Tied(_) | Fares::Unknown(_))
    }
}

/// Where one stands towards a cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Taken.
    In,
    /// Not taken.
    Out,
    /// In a group of equals that the cut parts.
    Parted,
    /// Not known yet.
    Open,
}

/// One group being cut.
#[derive(Debug)]
pub struct Cut<'c, 'a> {
    /// Its candidates.
    pub all: &'c [Candidate<'a>],
    /// In order.
    pub ranking: Ranking<'c, 'a>,
    /// How each fares.
    pub fares: Vec<Fares>,
    limit: Limit,
    /// What the limit awaits.
    needs: Needs,
    tied: Option<Tie>,
    awaited: OnceCell<Needs>,
}

impl<'c, 'a> Cut<'c, 'a> {
    /// Cuts a group; nobody waits yet.
    pub fn new(all: &'c [Candidate<'a>], limit: Limit, needs: Needs, tied: Option<Tie>) -> Self {
        let nothing = Sum::count(0);
        let limit = match limit {
            // Along such a list a sum goes up and down.
            Limit::While(_) if all.iter().any(|one| one.adds.0 < nothing) => {
                Limit::While((None, None))
            }
            Limit::Passing(_) if all.iter().any(|one| one.adds.0 < nothing) => {
                Limit::Passing((None, None))
            }
            limit => limit,
        };
        let mut cut = Self {
            all,
            ranking: Ranking::new(all),
            fares: Vec::new(),
            limit,
            needs,
            tied,
            awaited: OnceCell::new(),
        };
        cut.fares = match &cut.limit {
            Limit::Nearest { target, least } => cut.nearest(target.as_ref(), least.as_ref()),
            Limit::Passing(limit) => {
                let sides = sides(&cut, limit).into_iter().enumerate();
                sides.map(|(at, side)| cut.one(at, side)).collect()
            }
            _ => (0..all.len()).map(|at| cut.one(at, cut.side(at))).collect(),
        };
        cut
    }

    fn one(&self, at: usize, side: Side) -> Fares {
        match (&self.all[at].belongs, side) {
            (Truth::False, _) | (_, Side::Out) => Fares::NotSelected,
            (Truth::True, Side::In) => Fares::Selected,
            (Truth::True, Side::Parted) => self.parted_fares(),
            (Truth::True, Side::Open) | (Truth::Unknown(_), _) => Fares::Unknown(self.awaited()),
        }
    }

    /// A group of equals that somebody has to part, or on which the notice is silent.
    fn parted_fares(&self) -> Fares {
        match self.tied {
            Some(Tie::Judged(by)) => Fares::Tied(by),
            Some(Tie::AdmitAll | Tie::AdmitNone) | None => Fares::Unknown(Needs::notice()),
        }
    }

    /// What an open place awaits: everything that is unknown of the candidates, and of the limit.
    fn awaited(&self) -> Needs {
        let everything = || {
            let mut needs = self.needs.clone();
            for candidate in self.all {
                needs.add(&candidate.needs);
                if let Truth::Unknown(more) = &candidate.belongs {
                    needs.add(more);
                }
            }
            needs
        };
        self.awaited.get_or_init(everything).clone()
    }

    fn side(&self, at: usize) -> Side {
        let counts = |(least, most): Range<usize>| (Sum::count(least), Sum::count(most));
        match &self.limit {
            Limit::All => Side::In,
            Limit::Passing(_) | Limit::Nearest { .. } => Side::Open,
            Limit::Number(limit) => {
                let ahead = self.ranking.ahead(at);
                let first = (ahead.count.0 + 1, ahead.count.1 + 1);
                self.parted(&counts(first), &counts(ahead.level), limit)
            }
            Limit::While(limit) => {
                let ahead = self.ranking.ahead_sum(at);
                self.parted(&ahead.first, &ahead.level, limit)
            }
        }
    }

    /// `first`: with the first of the group of equals; `whole`: with all of it.
    pub fn parted(
        &self,
        first: &Range<Sum>,
        whole: &Range<Sum>,
        (low, high): &Range<Option<Exact>>,
    ) -> Side {
        let fits = |most: &Sum| low.as_ref().is_some_and(|low| most.is_within(low));
        let breaks = |least: &Sum| high.as_ref().is_some_and(|high| !least.is_within(high));
        match self.tied {
            Some(Tie::AdmitAll) if fits(&first.1) => Side::In,
            Some(Tie::AdmitAll) if breaks(&first.0) => Side::Out,
            Some(Tie::AdmitAll) => Side::Open,
            _ if fits(&whole.1) => Side::In,
            Some(Tie::AdmitNone) if breaks(&whole.0) => Side::Out,
            Some(Tie::AdmitNone) => Side::Open,
            Some(Tie::Judged(_)) | None if breaks(&first.0) => Side::Out,
            Some(Tie::Judged(_)) | None if fits(&first.1) && breaks(&whole.0) => Side::Parted,
            Some(Tie::Judged(_)) | None => Side::Open,
        }
    }

    /// The beginning, at an end of a group of equals, whose sum is nearest; two as near, or something unknown: open.
    fn nearest(&self, target: Option<&Exact>, least: Option<&Option<Exact>>) -> Vec<Fares> {
        let each = || 0..self.all.len();
        let mut known = self.all.iter().filter(|one| !one.belongs.is_false());
        let sure = known.all(Candidate::is_sure) && least != Some(&None);
        let Some(target) = target.filter(|_| sure) else {
            return each().map(|at| self.one(at, Side::Open)).collect();
        };
        let mut order = self.ranking.order();
        order.retain(|at| self.all[*at].belongs.is_true());
        let mut ends = self.ends(&order);
        ends.retain(|(sum, _)| {
            least
                .and_then(Option::as_ref)
                .is_none_or(|least| sum >= least)
        });
        let distance = |sum: &Exact| {
            if sum > target {
                sum - target
            } else {
                target - sum
            }
        };
        let near = ends.iter().map(|(sum, _)| distance(sum)).min();
        ends.retain(|(sum, _)| Some(distance(sum)) == near);
        if let [(_, count)] = ends.as_slice() {
            let taken: BTreeSet<usize> = order[..*count].iter().copied().collect();
            let fares = |at| match taken.contains(&at) {
                true => Fares::Selected,
                false => Fares::NotSelected,
            };
            return each().map(fares).collect();
        }
        let open = |at: usize| match self.all[at].belongs.is_true() {
            true => Fares::Unknown(Needs::notice()),
            false => Fares::NotSelected,
        };
        each().map(open).collect()
    }

    /// The ends of groups of equals: what is added up to there, and how many; what adds nothing is taken with what stands before it.
    fn ends(&self, order: &[usize]) -> Vec<(Exact, usize)> {
        let mut sum = Exact::from(0);
        let mut ends = vec![(sum.clone(), 0)];
        for (place, at) in order.iter().enumerate() {
            if let Sum::Of(adds) = &self.all[*at].adds.0 {
                sum = &sum + adds;
            }
            let next = order.get(place + 1);
            if next.is_some_and(|next| self.ranking.as_good(*next, *at)) {
                continue;
            }
            match ends.last_mut().filter(|(before, _)| *before == sum) {
                Some((_, count)) => *count = place + 1,
                None => ends.push((sum.clone(), place + 1)),
            }
        }
        ends
    }

    /// The rank of a candidate, where it is sure, and how many stand level with it, itself included, at least.
    pub fn rank(&self, at: usize) -> Option<(usize, usize)> {
        let ahead = self.ranking.ahead(at);
        let (least, most) = ahead.count;
        let sure = least == most && self.all[at].belongs.is_true();
        sure.then(|| (least + 1, ahead.level.0.saturating_sub(most)))
    }

    /// How many are selected.
    fn selected(&self) -> Range<usize> {
        let count = |is: fn(&Fares) -> bool| self.fares.iter().filter(|fares| is(fares)).count();
        let least = count(|fares| *fares == Fares::Selected);
        let parted = count(|fares| matches!(fares, Fares::Tied(_)));
        let open = count(|fares| matches!(fares, Fares::Unknown(_)));
        match self.places() {
            // Of a group that somebody parts as many are taken as there are places.
            Some(places) if parted > 0 && open == 0 => (places, places),
            _ => (least, least + parted + open),
        }
    }

    /// How many places there are, where a number limits and is known.
    fn places(&self) -> Option<usize> {
        match &self.limit {
            Limit::Number((Some(low), Some(high))) if low == high => {
                let whole = low.rounded(RoundMode::Down, 0).to_i64()?;
                usize::try_from(whole).ok()
            }
            _ => None,
        }
    }

    /// Whoever got none of the places by wish is not selected; where that is open, so is this.
    pub fn place(&mut self, given: &[Given]) {
        for (at, given) in given.iter().enumerate() {
            match given {
                Given::None | Given::One(_) => {}
                Given::Nothing => self.fares[at] = Fares::NotSelected,
                Given::Open => {
                    let awaited = self.awaited();
                    self.fares[at] = Fares::Unknown(match awaited.0.is_empty() {
                        true => Needs::notice(),
                        false => awaited,
                    });
                }
            }
        }
    }

    /// Puts those in line who come next.
    pub fn wait(&mut self, limit: &Range<Option<Exact>>) {
        let (least, most) = self.selected();
        let is_out =
            |at: &usize| self.fares[*at] == Fares::NotSelected && !self.all[*at].belongs.is_false();
        let out: Vec<usize> = (0..self.fares.len()).filter(is_out).collect();
        let passed = matches!(self.limit, Limit::Passing(_)).then(|| self.passed_over());
        for at in out {
            let (ahead, least, most) = match &passed {
                Some(passed) => (passed[at], 0, 0),
                None => (self.ranking.ahead(at), least, most),
            };
            let (low, high) = ahead.count;
            let first = (low.saturating_sub(most) + 1, high.saturating_sub(least) + 1);
            // Whoever is selected stands ahead, so that the candidate itself is at least one more.
            let (low, high) = ahead.level;
            let last = (
                low.saturating_sub(most).max(1),
                high.saturating_sub(least).max(1),
            );
            let counts = |(least, most)| (Sum::count(least), Sum::count(most));
            let belongs = self.all[at].belongs.is_true();
            self.fares[at] = match self.parted(&counts(first), &counts(last), limit) {
                Side::Out => Fares::NotSelected,
                Side::In if belongs && first.0 == first.1 => Fares::Waiting(first.0),
                Side::Parted if belongs => self.parted_fares(),
                Side::In | Side::Parted | Side::Open => Fares::Unknown(self.awaited()),
            };
        }
    }

    /// How many who are not selected stand ahead of each: those selected may stand behind.
    fn passed_over(&self) -> Vec<Ahead> {
        let rest = (0..self.all.len()).filter(|at| self.fares[*at] != Fares::Selected);
        let rest: Vec<usize> = rest.collect();
        let left = rest.iter().map(|at| {
            let mut one = self.all[*at].clone();
            if self.fares[*at] != Fares::NotSelected {
                one.belongs = Truth::Unknown(one.needs.clone());
            }
            one
        });
        let left: Vec<Candidate<'a>> = left.collect();
        let ranking = Ranking::new(&left);
        let mut ahead = vec![Ahead::default(); self.all.len()];
        for (position, at) in rest.iter().enumerate() {
            ahead[*at] = ranking.ahead(position);
        }
        ahead
    }

    /// Fills the places of those who left, if they are still filled; gives who moved up, and how many places stay vacant.
    pub fn refill(&mut self, refills: bool) -> (BTreeSet<usize>, Option<usize>) {
        let (least, most) = self.selected();
        let unfilled = self.places().filter(|_| least == most);
        let unfilled = unfilled.map(|places| places.saturating_sub(least));
        let has_left = |at: &usize| self.all[*at].left && self.fares[*at] == Fares::Selected;
        let freed = (0..self.all.len()).filter(has_left).count();
        let mut moved = BTreeSet::new();
        if freed > 0 && refills && least == most {
            moved = self.move_up(freed);
        }
        for (fares, one) in self.fares.iter_mut().zip(self.all) {
            if one.left && matches!(fares, Fares::Waiting(_)) {
                *fares = Fares::NotSelected;
            }
        }
        let vacant = unfilled.map(|n| n + freed.saturating_sub(moved.len()));
        (moved, vacant)
    }

    fn move_up(&mut self, freed: usize) -> BTreeSet<usize> {
        let position = |at: usize| match self.fares[at] {
            Fares::Waiting(position) if !self.all[at].left => Some((position, at)),
            _ => None,
        };
        let mut line: Vec<(usize, usize)> = (0..self.all.len()).filter_map(position).collect();
        line.sort_unstable();
        let mut moved = BTreeSet::new();
        for (position, at) in &line {
            let ahead = line.partition_point(|(other, _)| other < position);
            let level = line.partition_point(|(other, _)| other <= position);
            let fits = ahead < freed;
            self.fares[*at] = match self.tied {
                _ if level <= freed => Fares::Selected,
                _ if !fits => Fares::Waiting(ahead - freed + 1),
                Some(Tie::AdmitAll) => Fares::Selected,
                Some(Tie::AdmitNone) => Fares::Waiting(1),
                Some(Tie::Judged(_)) | None => self.parted_fares(),
            };
            if self.fares[*at] == Fares::Selected {
                moved.insert(*at);
            }
        }
        moved
    }
}
