//! What every stage shares: places in text, diagnostics as data, exact numbers, dates.
//!
//! In: nothing. Out: plain types. Always: no files, no clock, no environment, no floating point.

pub mod codes;
mod combinations;
pub mod date;
mod day_part;
pub mod diagnostic;
pub mod entry;
pub mod fold;
pub mod number;
pub mod source;
pub mod text;
mod working_days;

pub use combinations::combinations;
pub use date::{Date, Duration, DurationUnit, ElapsedUnit, Moment, Zone};
pub use day_part::{DayPart, Figure, Stretch};
pub use diagnostic::{Code, Diagnostic, Edit, Fix, Label, Severity};
pub use number::{Exact, RoundMode};
pub use source::{FileId, Position, Source, SourceMap, Span};
pub use text::{EAST_ASIAN, EAST_ASIAN_PUNCTUATION, Lang, Text, WHITE_SPACE, char_count};
pub use working_days::WorkingDays;
