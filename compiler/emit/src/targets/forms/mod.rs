//! Target `forms`: pages that people fill in, one self-contained file each.
//!
//! In: the plan. Out: `forms/<form>.html`, `forms/<form>.<actor>.html` where parts belong to several actors, `forms/<summary>.html`,
//! `forms/<track>.facts.html`, `forms/<track>.review.<actor>.html`. Always: works without scripts; with them the page checks, counts and exports by the programme's own validator;
//! an absent form is a page that says so.

mod bundle;
mod control;
mod facts;
mod pack;
mod page;
mod review;
mod said;
mod sheet;
mod summary;
mod turned;
mod turns;

use super::{Draft, Drafts};
use crate::names::Names;
use crate::{Plan, templates};
use pack::Pack;
use page::Page;
use prog_base::{Diagnostic, Lang};
use prog_model::{Form, FormId, SummaryId, TrackId};

/// Writes the files of this target.
pub fn emit(plan: &Plan<'_>) -> Drafts {
    let programme = plan.programme;
    let pack = Pack::new(plan)?;
    let mut drafts = Vec::new();
    for (index, form) in programme.forms.iter().enumerate() {
        drafts.extend(form_pages(plan, &pack, form, FormId(index as u32))?);
    }
    for (index, summary) in programme.summaries.iter().enumerate() {
        let name = plan.summary(SummaryId(index as u32));
        let page = summary::page(plan, summary, name);
        let kind = if summary.absent { "placeholder" } else { "summary page" };
        drafts.push(draft(plan, name, kind, page, &pack)?.of(summary.ident.key.as_str()));
    }
    for (index, track) in programme.tracks.iter().enumerate() {
        let id = TrackId(index as u32);
        let page = facts::page(plan, track, id);
        drafts.push(draft(plan, &format!("{}.facts", plan.track(id)), "facts page", page, &pack)?.of(track.ident.key.as_str()));
        let mut names = Names::default();
        for (actor, page) in review::pages(plan, track, id) {
            let file = format!("{}.review.{}", plan.track(id), names.give(&programme.actors[actor.index()].ident));
            drafts.push(draft(plan, &file, "review page", page, &pack)?.of(track.ident.key.as_str()));
        }
    }
    Ok(drafts)
}

fn form_pages(plan: &Plan<'_>, pack: &Pack, form: &Form, id: FormId) -> Result<Vec<Draft>, Vec<Diagnostic>> {
    let (name, key) = (plan.form(id), form.ident.key.as_str());
    if form.absent {
        let page = Page::placeholder(plan, &form.ident.label, &form.cites);
        return Ok(vec![draft(plan, name, "placeholder", page, pack)?.of(key)]);
    }
    let mut drafts = vec![draft(plan, name, "form page", Page::form(plan, form, id, name, None), pack)?.of(key)];
    let actors = crate::layout::actors(form);
    if actors.len() > 1 {
        let mut names = Names::default();
        for actor in actors {
            let file = format!("{name}.{}", names.give(&plan.programme.actors[actor.index()].ident));
            drafts.push(draft(plan, &file, "form page of one actor", Page::form(plan, form, id, &file, Some(actor)), pack)?.of(key));
        }
    }
    Ok(drafts)
}

fn draft(plan: &Plan<'_>, name: &str, kind: &'static str, page: Page, pack: &Pack) -> Result<Draft, Vec<Diagnostic>> {
    let page = templates::render_page(plan.theme, &page.finished(plan, pack))?;
    let page = if plan.lang == Lang::En { turned::to_english(&page) } else { page };
    Ok(Draft::text(format!("forms/{name}.html"), kind, page))
}
