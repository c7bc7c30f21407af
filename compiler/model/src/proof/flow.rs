//! Whole numbers in sets that are bounded from both sides: whether there are any, and how many at most.
//!
//! In: sets of cells, each with the least and the greatest number of what lies in it. Out: a number for each cell that keeps every bound, or the
//! sets that can't be kept together: what some of them require is more than what others allow. Always: exact; only where the sets can be put
//! into two families in each of which any two are nested or apart (cities and grades; a total over both), since then this is a flow from the one
//! family to the other: by Hoffman's theorem it exists unless some cut requires more than it lets through, and it is whole.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Beyond any bound that is stated.
const UNBOUNDED: i64 = 1 << 50;

/// Sets that can't be kept together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cut {
    /// Sets whose least numbers are required.
    pub lows: Vec<usize>,
    /// Sets whose greatest numbers stand against them.
    pub highs: Vec<usize>,
    /// By how much the required number is too great.
    pub short: i64,
    /// It is so by plain sums: what is required is more than what is allowed. Else it takes all of the bounds together.
    pub sums: bool,
}

/// Where a set hangs in its family, and in which of the two.
#[derive(Clone, Copy, Debug)]
struct Hangs {
    second: bool,
    parent: Option<usize>,
}

/// Sets of cells, put into two families.
pub struct Families {
    hangs: Vec<Hangs>,
    /// Of each cell, the smallest set that holds it, in either family.
    cells: Vec<[Option<usize>; 2]>,
    /// Of each set, the first of those it has to do with, at whatever remove.
    apart: Vec<usize>,
}

impl Families {
    /// Puts sets into two families; `None` where they cross in more than two ways. No two sets may be equal.
    pub fn of(cells: usize, sets: &[Vec<usize>]) -> Option<Self> {
        let mut holds: Vec<Vec<usize>> = vec![Vec::new(); cells];
        for (at, set) in sets.iter().enumerate() {
            set.iter().for_each(|cell| holds[*cell].push(at));
        }
        let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for holders in &holds {
            for (i, a) in holders.iter().enumerate() {
                holders[i + 1..].iter().for_each(|b| *shared.entry((*a, *b)).or_default() += 1);
            }
        }
        let crossing = |(a, b): (usize, usize), n: usize| n < sets[a].len() && n < sets[b].len();
        let mut crosses: Vec<Vec<usize>> = vec![Vec::new(); sets.len()];
        for ((a, b), _) in shared.iter().filter(|(pair, n)| crossing(**pair, **n)) {
            crosses[*a].push(*b);
            crosses[*b].push(*a);
        }
        let second = two_colours(&crosses)?;
        let smaller = |at: &usize, best: &usize| sets[*at].len() < sets[*best].len();
        let mut hangs: Vec<Hangs> = second.iter().map(|second| Hangs { second: *second, parent: None }).collect();
        for ((a, b), n) in &shared {
            if crossing((*a, *b), *n) || second[*a] != second[*b] {
                continue;
            }
            let (inner, outer) = if *n == sets[*a].len() { (*a, *b) } else { (*b, *a) };
            if hangs[inner].parent.is_none_or(|known| smaller(&outer, &known)) {
                hangs[inner].parent = Some(outer);
            }
        }
        let smallest =
            |holders: &[usize], family: bool| holders.iter().copied().filter(|s| second[*s] == family).min_by_key(|s| sets[*s].len());
        let cells = holds.iter().map(|h| [smallest(h, false), smallest(h, true)]).collect();
        let mut apart: Vec<usize> = (0..sets.len()).collect();
        for (a, b) in shared.keys() {
            let (x, y) = (apart[*a], apart[*b]);
            apart.iter_mut().filter(|known| **known == x.max(y)).for_each(|known| *known = x.min(y));
        }
        Some(Self { hangs, cells, apart })
    }

    /// Why there are no numbers that keep every bound: a reason for each part that has nothing to do with the others.
    pub fn refused(&self, bounds: &[(i64, Option<i64>)]) -> Vec<Cut> {
        if self.fill(bounds).is_ok() {
            return Vec::new();
        }
        let parts: BTreeSet<usize> = self.apart.iter().copied().collect();
        let alone =
            |part: usize| bounds.iter().zip(&self.apart).map(|(b, of)| if *of == part { *b } else { (0, None) }).collect::<Vec<_>>();
        parts.into_iter().filter_map(|part| self.fill(&alone(part)).err()).collect()
    }

    /// A number for each cell that keeps every bound (`low`, `high` by set), or why there is none.
    pub fn fill(&self, bounds: &[(i64, Option<i64>)]) -> Result<Vec<i64>, Cut> {
        for (at, (low, high)) in bounds.iter().enumerate() {
            if let Some(high) = high.filter(|h| low > h) {
                return Err(Cut { lows: vec![at], highs: vec![at], short: low - high, sums: true });
            }
        }
        // Nodes: both roots, a node for each set, source and sink of what is required.
        let (roots, node) = ([0, 1], |set: usize| set + 2);
        let (source, sink) = (bounds.len() + 2, bounds.len() + 3);
        let mut network = Network::new(bounds.len() + 4);
        let place = |set: Option<usize>, family: usize| set.map_or(roots[family], node);
        let mut required = 0;
        let mut arcs = Vec::new();
        for (set, (low, high)) in bounds.iter().enumerate() {
            let Hangs { second, parent } = self.hangs[set];
            let above = place(parent, usize::from(second));
            let (from, to) = if second { (node(set), above) } else { (above, node(set)) };
            network.arc(from, to, high.unwrap_or(UNBOUNDED) - low);
            arcs.push((from, to));
            if *low > 0 {
                network.arc(source, to, *low);
                network.arc(from, sink, *low);
                required += low;
            }
        }
        let cells: Vec<usize> = self.cells.iter().map(|[a, b]| network.arc(place(*a, 0), place(*b, 1), UNBOUNDED)).collect();
        network.arc(roots[1], roots[0], UNBOUNDED);
        let sent = network.most(source, sink);
        if sent == required {
            return Ok(cells.iter().map(|arc| network.through(*arc)).collect());
        }
        let reached = network.reached(source);
        let enters = |(from, to): &(usize, usize)| !reached[*from] && reached[*to];
        let leaves = |(from, to): &(usize, usize)| reached[*from] && !reached[*to];
        let of = |keep: &dyn Fn(&(usize, usize)) -> bool| (0..arcs.len()).filter(|i| keep(&arcs[*i])).collect::<Vec<_>>();
        let lows = of(&enters).into_iter().filter(|s| bounds[*s].0 > 0).collect();
        Err(Cut { lows, highs: of(&leaves), short: required - sent, sums: true })
    }

    /// The most that a set can hold while all other bounds are kept, which must be possible: with the sets that keep it so; `None`: as
    /// many as one likes.
    pub fn most(&self, bounds: &[(i64, Option<i64>)], set: usize) -> Option<(i64, Cut)> {
        let sum: i64 = bounds.iter().map(|(low, high)| low + high.unwrap_or(0)).sum();
        let wanted = sum + 1;
        let mut bounds = bounds.to_vec();
        bounds[set] = (wanted, None);
        self.fill(&bounds).err().map(|cut| (wanted - cut.short, cut))
    }
}

/// A colour for each node so that neighbours differ, if there is such a colouring.
fn two_colours(neighbours: &[Vec<usize>]) -> Option<Vec<bool>> {
    let mut colours: Vec<Option<bool>> = vec![None; neighbours.len()];
    for start in 0..neighbours.len() {
        if colours[start].is_some() {
            continue;
        }
        colours[start] = Some(false);
        let mut todo = vec![start];
        while let Some(at) = todo.pop() {
            for next in &neighbours[at] {
                match (colours[at], colours[*next]) {
                    (mine, None) => {
                        colours[*next] = mine.map(|c| !c);
                        todo.push(*next);
                    }
                    (mine, theirs) if mine == theirs => return None,
                    (_, _) => {}
                }
            }
        }
    }
    Some(colours.into_iter().map(|c| c.unwrap_or(false)).collect())
}

/// A network of arcs with room; each arc stands beside its way back.
struct Network {
    /// Arcs by node.
    out: Vec<Vec<usize>>,
    to: Vec<usize>,
    room: Vec<i64>,
}

impl Network {
    fn new(nodes: usize) -> Self {
        Self { out: vec![Vec::new(); nodes], to: Vec::new(), room: Vec::new() }
    }

    fn arc(&mut self, from: usize, to: usize, room: i64) -> usize {
        let arc = self.to.len();
        self.out[from].push(arc);
        self.out[to].push(arc + 1);
        self.to.extend([to, from]);
        self.room.extend([room, 0]);
        arc
    }

    /// What goes through an arc: what could be taken back.
    fn through(&self, arc: usize) -> i64 {
        self.room[arc + 1]
    }

    /// The most that goes from one node to another, along shortest ways.
    fn most(&mut self, source: usize, sink: usize) -> i64 {
        let mut sent = 0;
        while let Some(way) = self.way(source, sink) {
            let room = way.iter().map(|arc| self.room[*arc]).min().unwrap_or(0);
            for arc in way {
                self.room[arc] -= room;
                self.room[arc ^ 1] += room;
            }
            sent += room;
        }
        sent
    }

    fn way(&self, source: usize, sink: usize) -> Option<Vec<usize>> {
        let mut came: Vec<Option<usize>> = vec![None; self.out.len()];
        let mut todo = VecDeque::from([source]);
        while let Some(at) = todo.pop_front() {
            for arc in self.out[at].iter().copied().filter(|arc| self.room[*arc] > 0) {
                let next = self.to[arc];
                if next == source || came[next].is_some() {
                    continue;
                }
                came[next] = Some(arc);
                if next == sink {
                    let mut way = Vec::new();
                    let mut back = sink;
                    while let Some(arc) = came[back] {
                        way.push(arc);
                        back = self.to[arc ^ 1];
                    }
                    return Some(way);
                }
                todo.push_back(next);
            }
        }
        None
    }

    /// The nodes that something more could reach.
    fn reached(&self, source: usize) -> Vec<bool> {
        let mut reached = vec![false; self.out.len()];
        reached[source] = true;
        let mut todo = vec![source];
        while let Some(at) = todo.pop() {
            for arc in self.out[at].iter().filter(|arc| self.room[**arc] > 0) {
                if !reached[self.to[*arc]] {
                    reached[self.to[*arc]] = true;
                    todo.push(self.to[*arc]);
                }
            }
        }
        reached
    }
}
