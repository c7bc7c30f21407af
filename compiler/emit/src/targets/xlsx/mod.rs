//! Target `xlsx`: `forms/<summary>.xlsx`, the tables whose rows are cases, for those who fill them in a spreadsheet.
//!
//! In: the plan. Out: one workbook a summary. Always: the same bytes for the same model; what looks like a formula is text; a column takes what
//! its field takes — long numbers stay texts, closed lists are chosen from.

mod book;

pub use book::{Sender, book};

use super::{Draft, Drafts};
use crate::Plan;
use crate::layout::Flat;
use prog_model::SummaryId;

/// Writes the files of this target.
pub fn emit(plan: &Plan<'_>) -> Drafts {
    let mut drafts = Vec::new();
    for (index, summary) in plan.programme.summaries.iter().enumerate().filter(|(_, s)| !s.absent) {
        let name = plan.summary(SummaryId(index as u32));
        let bytes = book(plan, &Flat::of_summary(plan, summary), &Sender::default(), &[])?;
        drafts.push(Draft::bytes(format!("forms/{name}.xlsx"), "summary workbook", bytes).of(summary.ident.key.as_str()));
    }
    Ok(drafts)
}
