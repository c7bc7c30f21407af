//! Tables filled in a spreadsheet: XLSX and CSV to packages and cases, and back.
//!
//! In: the bytes of a file and the summary that it is, or the track of whose cases it holds one a row; or a batch. Out: a batch line that `prog evaluate --batch` takes, or the file. Always:
//! what is wrong is told with sheet, row and column; a number that passed through a rounding is refused, not guessed.

mod export;
mod grid;
mod heads;
mod import;
mod value;

pub use export::to_csv;
pub use import::Sending;

use prog_emit::Plan;
use prog_emit::layout::Flat;
use prog_model::{SummaryId, TrackId};

/// What a table is.
#[derive(Clone, Copy, Debug)]
pub enum What {
    /// A summary: rows of a package.
    Summary(SummaryId),
    /// Cases of a track, one a row.
    Track(TrackId),
}

impl What {
    /// Its columns.
    fn flat<'a>(self, plan: &Plan<'a>) -> Flat<'a> {
        match self {
            What::Summary(id) => Flat::of_summary(plan, &plan.programme.summaries[id.index()]),
            What::Track(id) => Flat::of_track(plan, id),
        }
    }
}
