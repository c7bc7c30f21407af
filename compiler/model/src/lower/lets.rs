//! Lets: lowered when first used, so that each stands after those it uses.

use super::{Index, Lower};

/// How far each let is.
pub(super) struct Progress {}

impl Progress {
    pub(super) fn new(_index: &Index<'_>) -> Self {
        Self {}
    }
}

impl Lower<'_> {
    /// Lowers the programme-level lets.
    pub(crate) fn programme_lets(&mut self) {}

    /// Lowers the lets and outputs of every track; inputs must be known.
    pub(crate) fn track_lets(&mut self) {}
}
