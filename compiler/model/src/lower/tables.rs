//! Tables: columns, rows, data files, formulas.

use super::Lower;

impl Lower<'_> {
    /// Lowers all tables; inputs must be known, since key columns take the types of facts.
    pub(crate) fn tables(&mut self) {}
}
