//! Tables filled in a spreadsheet: XLSX and CSV to packages, packages to XLSX and CSV.
//!
//! In: the bytes of a file and the summary that it is, or a batch. Out: a batch line that `prog evaluate --batch` takes, or the file. Always:
//! what is wrong is told with sheet, row and column; a number that passed through a rounding is refused, not guessed.

mod export;
mod grid;
mod heads;
mod import;
mod value;

pub use import::Sending;
