//! Tables: columns, rows, data files, formulas.

use super::Lower;

impl Lower<'_> {
    /// Puts every table in its place, so that ids are good from the start.
    pub(super) fn announce_tables(&mut self) {}

    /// Lowers all tables; inputs must be known, since key columns take the types of facts.
    pub(crate) fn tables(&mut self) {}
}
