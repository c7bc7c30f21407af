//! A budget that passes over: whoever does not fit in what is left is left out, and the next who fits is taken.
//!
//! In: candidates in order, the limit of their sum. Out: for each where it stands.
//! Always: one is in if even the most that all can take who may stand ahead leaves room, out if the least that those surely ahead take
//! leaves none. Of a group that is parted at least one is taken, and at most all that was left.

use super::cut::{Cut, Side};
use super::number::Exact;
use super::ranking::{Candidate, Range, Sum};

/// Who stands at one place.
#[derive(Clone, Debug)]
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
#[derive(Debug)]
struct Taken {
    least: Exact,
    most: Exact,
    /// The most that they add, taken or not.
    asked: Exact,
    /// How many they are.
    count: usize,
}

#[derive(Debug)]
struct Walk<'w, 'c, 'a> {
    cut: &'w Cut<'c, 'a>,
    limit: &'w Range<Option<Exact>>,
    too_much: Exact,
    places: Vec<At>,
    /// The most that those add whose best place is before each, and how many they are.
    possible: Vec<(Exact, usize)>,
    taken: Taken,
    sides: Vec<Side>,
}

/// Where each candidate stands.
pub fn sides(cut: &Cut<'_, '_>, limit: &Range<Option<Exact>>) -> Vec<Side> {
    let nothing = || Exact::from(0);
    let room = limit.0.as_ref().map_or(nothing(), room);
    let mut walk = Walk {
        cut,
        limit,
        too_much: &room + &Exact::from(1),
        places: places(cut),
        possible: vec![(nothing(), 0)],
        taken: Taken {
            least: nothing(),
            most: nothing(),
            asked: nothing(),
            count: 0,
        },
        sides: vec![Side::Open; cut.all.len()],
    };
    for at in 0..walk.places.len() {
        let (sum, count) = walk.possible[at].clone();
        let best = &walk.places[at].best;
        let sum = best.iter().fold(sum, |sum, of| &sum + &walk.most(*of));
        let next = (sum, count + best.len());
        walk.possible.push(next);
    }
    for at in 0..walk.places.len() {
        for of in walk.places[at].best.clone() {
            walk.sides[of] = walk.side(at, of);
        }
        walk.pass(at);
    }
    walk.sides
}

impl Walk<'_, '_, '_> {
    /// The most that one adds; more than the limit is as much as without end.
    fn most(&self, of: usize) -> Exact {
        match &self.cut.all[of].adds.1 {
            Sum::Of(most) if *most < self.too_much => most.clone(),
            _ => self.too_much.clone(),
        }
    }

    /// The least that one at a place adds, if nothing is unknown of all who may be there.
    fn firm(&self, at: usize) -> Option<&Exact> {
        let place = &self.places[at];
        let here = self.possible[at + 1].1 - self.taken.count;
        place.least.as_ref().filter(|_| here == place.sure)
    }

    /// One whose best place this is.
    fn side(&self, at: usize, of: usize) -> Side {
        let (candidate, taken) = (&self.cut.all[of], &self.taken);
        let (_, last) = self.cut.ranking.place(of);
        let is_open = last > at;
        let asked = |before: usize| &self.possible[before].0 - &taken.asked;
        let ahead = match is_open {
            true => &asked(last) - &self.most(of),
            false => asked(at),
        };
        let (least, most) = match self.firm(at) {
            Some(least) => (least.clone(), least.clone()),
            None => (self.least(of), self.most(of)),
        };
        let ahead = capped(&taken.most + &ahead, self.limit.0.as_ref());
        let together = match (is_open, candidate.belongs.is_true()) {
            (true, _) => least_of(candidate),
            (false, true) => self.places[at].all.clone(),
            (false, false) => &self.places[at].all + &least_of(candidate),
        };
        let first = (Sum::Of(&taken.least + &least), Sum::Of(&ahead + &most));
        let whole = (
            Sum::Of(&taken.least + &together),
            Sum::Of(&taken.most + &asked(last + 1)),
        );
        self.cut.parted(&first, &whole, self.limit)
    }

    /// The least that one of a group adds of which something is unknown.
    fn least(&self, of: usize) -> Exact {
        match self.cut.ranking.least(of).0 {
            Sum::Of(least) => least,
            Sum::Endless => Exact::from(0),
        }
    }

    /// Goes on below a place.
    fn pass(&mut self, at: usize) {
        let firm = self.firm(at).cloned();
        let mut parted: Option<Exact> = None;
        for of in self.places[at].worst.clone() {
            let (most, candidate) = (self.most(of), &self.cut.all[of]);
            self.taken.asked = &self.taken.asked + &most;
            self.taken.count += 1;
            match self.sides[of] {
                Side::Out => continue,
                Side::In if candidate.belongs.is_true() => {
                    self.taken.least = &self.taken.least + &least_of(candidate);
                }
                Side::Parted => {
                    let least = firm.clone().unwrap_or_else(|| self.least(of));
                    parted = Some(parted.map_or(least.clone(), |parted| parted.min(least)));
                }
                Side::In | Side::Open => {}
            }
            self.taken.most = &self.taken.most + &most;
        }
        let (low, high) = self.limit;
        if let Some(least) = parted {
            self.taken.least = &self.taken.least + &least;
        }
        self.taken.least = capped(self.taken.least.clone(), high.as_ref());
        self.taken.most = capped(self.taken.most.clone(), low.as_ref());
    }
}

/// What a limit leaves at first: nothing, where it is below nothing.
fn room(limit: &Exact) -> Exact {
    limit.clone().max(Exact::from(0))
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
        Sum::Endless => Exact::from(0),
    }
}

fn places(cut: &Cut<'_, '_>) -> Vec<At> {
    let nobody = At {
        best: Vec::new(),
        worst: Vec::new(),
        sure: 0,
        least: None,
        all: Exact::from(0),
    };
    let mut places = vec![nobody; cut.ranking.places()];
    for (of, candidate) in cut.all.iter().enumerate() {
        let (best, worst) = cut.ranking.place(of);
        places[best].best.push(of);
        places[worst].worst.push(of);
        if best < worst || !candidate.belongs.is_true() {
            continue;
        }
        let (at, least) = (&mut places[best], least_of(candidate));
        at.all = &at.all + &least;
        if candidate.is_sure() {
            at.sure += 1;
            let known = at.least.take();
            at.least = Some(known.map_or(least.clone(), |known| known.min(least)));
        }
    }
    places
}
