//! Units, enums, records.

use super::Lower;

impl Lower<'_> {
    /// Lowers all units.
    pub(crate) fn units(&mut self) {}

    /// Lowers all declared enums.
    pub(crate) fn enums(&mut self) {}

    /// Lowers all records.
    pub(crate) fn records(&mut self) {}
}
