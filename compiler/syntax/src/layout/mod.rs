//! Makes newlines and brackets plain before the grammar reads: semantics 9.1 in one pass.
//!
//! In: the text of a file. Out: a text of the same bytes where comments and blanks of every width are
//! spaces and a newline that ends nothing is a fold (U+000B);
//! comments and `///` lines with their places; faults that only brackets and quotes can tell.
//! Always: for a text with balanced braces and closed quotes no byte moves; where a `}` or `"` is missing it is put in, and
//! [`Layout::real`] leads back to the author's offsets. Braces in the result are balanced and every quote ends on its line.

mod blocks;
mod lines;
mod scan;
mod text;

pub use lines::{first_word, starts};
pub use text::{is_hidden, is_right_to_left, quoted_length};

use crate::Comment;
use prog_base::{Diagnostic, FileId, Span};
use std::collections::BTreeMap;

/// The newline that ends nothing.
pub const FOLD: u8 = 0x0B;

/// Brackets within brackets: more is refused, so that no stage runs out of stack.
pub const MAX_DEPTH: usize = 64;

/// What the pass gives.
pub struct Layout {
    /// What the grammar reads.
    pub text: String,
    /// Every `//` comment in order.
    pub comments: Vec<Comment>,
    /// `///` lines by the offset of what they document.
    pub docs: BTreeMap<usize, String>,
    /// Faults of braces, quotes and hidden characters.
    pub diagnostics: Vec<Diagnostic>,
    /// `(` and `[` that nothing closes: whoever reads the slice says so.
    pub unclosed: Vec<usize>,
    /// Stretches whose fault is already told; nothing more is said there.
    pub silenced: Vec<(usize, usize)>,
    /// Where text was put in: offset in `text` and how many bytes were put in up to there.
    inserted: Vec<(usize, usize)>,
}

impl Layout {
    /// The author's offset of an offset in `text`.
    pub fn real(&self, offset: usize) -> usize {
        if self.inserted.is_empty() {
            return offset;
        }
        let at = self.inserted.partition_point(|(place, _)| *place <= offset);
        match at.checked_sub(1).and_then(|i| self.inserted.get(i)) {
            None => offset,
            Some((place, total)) => {
                let before = at.checked_sub(2).and_then(|i| self.inserted.get(i)).map_or(0, |(_, t)| *t);
                // Within what was put in, the place where it was put.
                offset.saturating_sub(*total).max(place - before)
            }
        }
    }

    /// The author's span of a stretch of `text`.
    pub fn span(&self, file: FileId, start: usize, end: usize) -> Span {
        Span::new(file, self.real(start), self.real(end))
    }
}

/// Prepares a text for the grammar.
pub fn prepare(file: FileId, text: &str) -> Layout {
    let plain = scan::Scan::new(file, text, false).run();
    if !plain.unbalanced {
        return plain.finish();
    }
    scan::Scan::new(file, text, true).run().finish()
}
