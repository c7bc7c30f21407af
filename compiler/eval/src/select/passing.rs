//! A budget that passes over: whoever does not fit in what is left is left out, and the next who fits is taken.
//!
//! In: a cut along a sum, its limit at least and at most. Out: where each candidate stands, and what did not fit in what was left.
//! Always: one is in if even the most that all can take who may stand ahead leaves room, out if the least that those surely ahead take
//! leaves none; exact where nothing ahead is unknown. Of a group that is parted at least one is taken, and at most all that was left.

use super::cut::{Cut, Side};
use super::rank::{Candidate, Sum};
use prog_base::Exact;

/// What did not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Short {
    /// So much was needed.
    pub needed: Exact,
    /// By all who are level, together.
    pub together: bool,
    /// So much was left.
    pub left: Exact,
}

/// Where a candidate stands, and what did not fit.
type Standing = (Side, Option<Short>);

/// Who stands at one place.
#[derive(Clone)]
struct At {
    /// At best.
    best: Vec<usize>,
    /// At worst.
    worst: Vec<usize>,
    /// How many there are of whom nothing is unknown.
    sure: usize,
    /// The least that one of those adds.
    least: Option<Exact>,
    /// The least that all add who are surely here.
    all: Exact,
}

/// What those take who surely stand ahead of a place.
struct Taken {
    least: Exact,
    most: Exact,
    /// The most that they add, taken or not.
    asked: Exact,
    /// How many they are.
    count: usize,
}

struct Walk<'w, 'c, 'a> {
    cut: &'w Cut<'c, 'a>,
    low: Option<&'w Exact>,
    high: Option<&'w Exact>,
    too_much: Exact,
    places: Vec<At>,
    /// The most that those add whose best place is before each, and how many they are.
    possible: Vec<(Exact, usize)>,
    taken: Taken,
    standing: Vec<Standing>,
}

/// Where each candidate stands.
pub(super) fn standing(cut: &Cut<'_, '_>, low: Option<&Exact>, high: Option<&Exact>) -> Vec<Standing> {
    let taken = Taken { least: Exact::ZERO, most: Exact::ZERO, asked: Exact::ZERO, count: 0 };
    let standing = cut.all.iter().map(|_| (Side::Open, None)).collect();
    let too_much = &low.map_or(Exact::ZERO, room) + &Exact::ONE;
    let mut walk = Walk { cut, low, high, too_much, places: places(cut), possible: vec![(Exact::ZERO, 0)], taken, standing };
    for at in 0..walk.places.len() {
        let (sum, count) = walk.possible[at].clone();
        let best = &walk.places[at].best;
        let next = (best.iter().fold(sum, |sum, of| &sum + &walk.most(*of)), count + best.len());
        walk.possible.push(next);
    }
    for at in 0..walk.places.len() {
        for of in walk.places[at].best.clone() {
            walk.standing[of] = walk.side(at, of);
        }
        walk.pass(at);
    }
    walk.standing
}

impl Walk<'_, '_, '_> {
    /// The most that one adds; more than the limit is as much as without end.
    fn most(&self, of: usize) -> Exact {
        match &self.cut.all[of].adds.1 {
            Sum::Of(most) if *most < self.too_much => most.clone(),
            Sum::Of(_) | Sum::Endless => self.too_much.clone(),
        }
    }

    /// The least that one at a place adds, if nothing is unknown of all who may be there.
    fn firm(&self, at: usize) -> Option<&Exact> {
        let place = &self.places[at];
        place.least.as_ref().filter(|_| self.possible[at + 1].1 - self.taken.count == place.sure)
    }

    /// One whose best place this is.
    fn side(&self, at: usize, of: usize) -> Standing {
        let (candidate, taken, place) = (&self.cut.all[of], &self.taken, &self.places[at]);
        let (_, last) = self.cut.ranking.place(of);
        let is_open = last > at;
        let asked = |before: usize| &self.possible[before].0 - &taken.asked;
        let ahead = if is_open { &asked(last) - &self.most(of) } else { asked(at) };
        let (least, most) = match self.firm(at) {
            Some(least) => (least.clone(), least.clone()),
            None => (self.least(of), self.most(of)),
        };
        let first = (&taken.least + &least, &capped(&taken.most + &ahead, self.low) + &most);
        let together = match (is_open, candidate.belongs.is_true()) {
            (true, _) => least_of(candidate),
            (false, true) => place.all.clone(),
            (false, false) => &place.all + &least_of(candidate),
        };
        let whole = (&taken.least + &together, &taken.most + &asked(last + 1));
        let sums = |(least, most): (Exact, Exact)| (Sum::Of(least), Sum::Of(most));
        let side = self.cut.parted(&sums(first), &sums(whole), self.low, self.high);
        let is_known = self.firm(at).is_some() && taken.least == taken.most && self.low == self.high;
        let short = self.high.filter(|_| is_known && matches!(side, Side::Out)).map(|high| {
            let (own, left) = (least_of(candidate), high - &taken.least);
            let alone = own > left;
            Short { needed: if alone { own } else { together }, together: !alone, left }
        });
        (side, short)
    }

    /// The least that one of a group adds of which something is unknown.
    fn least(&self, of: usize) -> Exact {
        match self.cut.ranking.least(of).0 {
            Sum::Of(least) => least,
            Sum::Endless => Exact::ZERO,
        }
    }

    /// Goes on below a place.
    fn pass(&mut self, at: usize) {
        let (firm, mut parted) = (self.firm(at).cloned(), None);
        for of in self.places[at].worst.clone() {
            let most = self.most(of);
            self.taken.asked = &self.taken.asked + &most;
            self.taken.count += 1;
            match self.standing[of].0 {
                Side::Out => continue,
                Side::In if self.cut.all[of].belongs.is_true() => self.taken.least = &self.taken.least + &least_of(&self.cut.all[of]),
                Side::Parted => parted = parted.into_iter().chain([firm.clone().unwrap_or_else(|| self.least(of))]).min(),
                Side::In | Side::Open => {}
            }
            self.taken.most = &self.taken.most + &most;
        }
        let least = &self.taken.least + &parted.unwrap_or(Exact::ZERO);
        (self.taken.least, self.taken.most) = (capped(least, self.high), capped(self.taken.most.clone(), self.low));
    }
}

/// What a limit leaves at first: nothing, where it is below nothing.
fn room(limit: &Exact) -> Exact {
    limit.clone().max(Exact::ZERO)
}

/// What is left is never less than nothing, even where equals together took more than there was.
fn capped(sum: Exact, limit: Option<&Exact>) -> Exact {
    match limit {
        Some(limit) => sum.min(room(limit)),
        None => sum,
    }
}

fn least_of(candidate: &Candidate<'_>) -> Exact {
    match &candidate.adds.0 {
        Sum::Of(least) => least.clone(),
        Sum::Endless => Exact::ZERO,
    }
}

fn places(cut: &Cut<'_, '_>) -> Vec<At> {
    let nobody = At { best: Vec::new(), worst: Vec::new(), sure: 0, least: None, all: Exact::ZERO };
    let mut places = vec![nobody; cut.ranking.places.count];
    for (of, candidate) in cut.all.iter().enumerate() {
        let (best, worst) = cut.ranking.place(of);
        places[best].best.push(of);
        places[worst].worst.push(of);
        if best == worst && candidate.belongs.is_true() {
            let (at, least) = (&mut places[best], least_of(candidate));
            at.all = &at.all + &least;
            if candidate.is_sure() {
                at.sure += 1;
                at.least = at.least.take().into_iter().chain([least]).min();
            }
        }
    }
    places
}
