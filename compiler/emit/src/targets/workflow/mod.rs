//! Target `workflow`: `workflow/workflow.bpmn`, `workflow/workflow.svg`, `workflow/deadlines.ics`.
//!
//! In: the plan. Out: the routes as processes that an engine runs, as a drawing, and their days as a calendar. Always: one drawing behind the
//! first two; a programme without workflow gets none of them, one without days no calendar.

mod bpmn;
mod ics;
pub(crate) mod svg;

use super::{Draft, Drafts};
use crate::flow::{Drawing, Pool, draw, pools};
use crate::{Plan, templates};

/// Between pools, one below the other.
const APART: i32 = 40;

/// Writes the files of this target.
pub fn emit(plan: &Plan<'_>) -> Drafts {
    let drawn = drawn(plan);
    if drawn.is_empty() {
        return Ok(Vec::new());
    }
    let process = templates::render("workflow/workflow.bpmn.xml", &bpmn::view(plan, &drawn))?;
    let mut drafts = vec![
        Draft::text("workflow/workflow.bpmn".to_owned(), "workflow", document(&process)),
        Draft::text("workflow/workflow.svg".to_owned(), "drawing of the workflow", document(&svg::drawing(plan, &drawn)?)),
    ];
    drafts.extend(ics::calendar(plan).map(|text| Draft::text("workflow/deadlines.ics".to_owned(), "calendar", text)));
    Ok(drafts)
}

/// An XML file of its own.
fn document(root: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", root.trim())
}

/// The pools with their drawings, one below the other.
pub(crate) fn drawn(plan: &Plan<'_>) -> Vec<(Pool, Drawing)> {
    let mut top = 0;
    let one = |pool: Pool| {
        let drawing = draw(&pool, top);
        top = drawing.pool.bottom() + APART + if pool.nodes.iter().any(|n| !n.sends.is_empty()) { bpmn::RECEIVER } else { 0 };
        (pool, drawing)
    };
    pools(plan).into_iter().filter(|pool| !pool.nodes.is_empty()).map(one).collect()
}
