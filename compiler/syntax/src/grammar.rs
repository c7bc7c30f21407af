//! The generated parser: pest lives behind this file.
//!
//! In: text prepared by `layout`. Out: pairs. Always: `Rule` never leaves this crate.

// The derive documents rules from the grammar; keywords need no more words than the table.
#![allow(missing_docs)]

/// The parser of `grammar/prog.pest`.
#[derive(pest_derive::Parser)]
#[grammar = "../../grammar/prog.pest"]
pub struct Grammar;

pub use pest::Parser;

/// A pair of this grammar.
pub type Pair<'i> = pest::iterators::Pair<'i, Rule>;
