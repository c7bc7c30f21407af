//! The layout of forms: rows, cells, spans, heads, parts, opinion blocks — one model behind screen, paper, Word and spreadsheets.
//!
//! In: forms and summaries of the typed model. Out: [`Section`]s and [`Table`]s, borrowed from it, with nothing of any target: no ids of
//! pages, no fonts. Always: the spans of a row, with those that reach into it from above, add up to the sheet's width; every field says who
//! fills it and from which stage on; a head has a name by which the fields under it refer to it.

mod blocks;
mod columns;
mod field;
mod fit;
mod form;
mod sheet;
mod summary;

pub use blocks::Blocks;
pub use columns::{CASE, Column, Flat};
pub use field::{Field, anchor, choices, unit};
pub use fit::fit;
pub use form::{Section, SectionKind, actors, sections, stages_of};
pub use sheet::{Cell, Content, Head, Opinion, Row, Span, Table, TableKind, TableRow, WIDTH};
pub use summary::{SummarySheet, sent_at, summary};
