//! Target `docs`: the programme for reading, clause by clause, on a page that a policy officer signs off on.
//!
//! In: the plan. Out: `docs/index.html`. Always: one self-contained file without scripts; every clause stands on it; printable on A4.

mod across;
mod base;
mod chart;
mod entries;
mod facts;
mod overview;
mod page;
mod readings;
mod rules;
mod select;
mod sentences;

use super::{Draft, Drafts};
use crate::prose::Prose;
use crate::{Plan, templates};
use page::Page;
use sentences::Sentences;

/// Writes the files of this target.
pub fn emit(plan: &Plan<'_>) -> Drafts {
    let style = [super::SHARED_STYLE, include_str!("page.css")].concat();
    let drawn = super::workflow::drawn(plan);
    let drawing = if drawn.is_empty() { None } else { Some(super::workflow::svg::drawing(plan, &drawn)?) };
    let charts = Sentences::new(plan, Prose::native(plan.programme).lang).charts()?;
    let page = Page { drawing, charts, ..Page::new(plan, style) };
    Ok(vec![Draft::text("docs/index.html", "reading page", templates::render("docs/page.html", &page)?)])
}
