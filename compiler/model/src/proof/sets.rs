//! Bounds on sets of cells, asked of whichever method can answer.
//!
//! In: sets, and the least and the greatest number of each. Out: numbers that keep them, or a reason why there are none. Always: sets in two
//! families are a flow; only what crosses in more ways is an integer program, of which a question may be left open.

use super::crossing::Crossing;
use super::flow::{Cut, Families};

/// Sets of cells, no two of them equal.
pub(super) enum Sets {
    Flow(Families),
    Crossing(Crossing),
}

impl Sets {
    pub fn of(cells: usize, sets: &[Vec<usize>]) -> Self {
        Families::of(cells, sets).map_or_else(|| Sets::Crossing(Crossing::of(cells, sets)), Sets::Flow)
    }

    /// Whether a question was left open, so that nothing may be said.
    pub fn is_open(&self) -> bool {
        match self {
            Sets::Flow(_) => false,
            Sets::Crossing(sets) => sets.is_open(),
        }
    }

    /// A number for each cell that keeps every bound, or why there is none.
    pub fn fill(&self, bounds: &[(i64, Option<i64>)]) -> Result<Vec<i64>, Cut> {
        match self {
            Sets::Flow(sets) => sets.fill(bounds),
            Sets::Crossing(sets) => sets.fill(bounds),
        }
    }

    /// Why there are no numbers that keep every bound: a reason for each part that has nothing to do with the others, where that is known.
    pub fn refused(&self, bounds: &[(i64, Option<i64>)]) -> Vec<Cut> {
        match self {
            Sets::Flow(sets) => sets.refused(bounds),
            Sets::Crossing(sets) => sets.fill(bounds).err().into_iter().collect(),
        }
    }

    /// The most that a set can hold while all other bounds are kept, which must be possible; `None`: as many as one likes.
    pub fn most(&self, bounds: &[(i64, Option<i64>)], set: usize) -> Option<(i64, Cut)> {
        match self {
            Sets::Flow(sets) => sets.most(bounds, set),
            Sets::Crossing(sets) => sets.most(bounds, set),
        }
    }
}
