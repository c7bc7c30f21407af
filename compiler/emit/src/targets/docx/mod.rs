//! Target `docx`: `forms/<form>.docx` and `forms/<summary>.docx`, the layout as editable Word documents.
//!
//! In: the plan. Out: one document a form, A4 by GB/T 9704, summaries in landscape. Always: the same bytes for the same model; a field is a
//! content control with its name; an absent form is a document that says so.

mod entry;
mod sheet;
mod view;

use super::{Draft, Drafts};
use crate::layout::{self, SectionKind};
use crate::office::{Part, zipped};
use crate::{Plan, templates};
use entry::Entries;
use prog_base::{Diagnostic, Lang, text};
use prog_model::{Form, FormId, Summary, SummaryId};
use view::{Block, Document, Paragraph, Table};

/// Printed width in twentieths of a point: A4 less the margins of GB/T 9704.
const UPRIGHT: usize = 8844;
/// The same across.
const ACROSS: usize = 12756;

/// Writes the files of this target.
pub fn emit(plan: &Plan<'_>) -> Drafts {
    let mut drafts = Vec::new();
    for (index, form) in plan.programme.forms.iter().enumerate() {
        let document = if form.absent { placeholder(plan, &form.ident.label.text) } else { of_form(plan, form) };
        let kind = if form.absent { "placeholder" } else { "form document" };
        drafts.push(draft(plan.form(FormId(index as u32)), kind, &document)?.of(form.ident.key.as_str()));
    }
    for (index, summary) in plan.programme.summaries.iter().enumerate() {
        let document = if summary.absent { placeholder(plan, &summary.ident.label.text) } else { of_summary(plan, summary) };
        let kind = if summary.absent { "placeholder" } else { "summary document" };
        drafts.push(draft(plan.summary(SummaryId(index as u32)), kind, &document)?.of(summary.ident.key.as_str()));
    }
    Ok(drafts)
}

fn draft(name: &str, kind: &'static str, document: &Document) -> Result<Draft, Vec<Diagnostic>> {
    let part = |path, text: &str| Part { path, text: text.to_owned() };
    let parts = [
        part("[Content_Types].xml", include_str!("content_types.xml")),
        part("_rels/.rels", include_str!("rels.xml")),
        Part { path: "docProps/core.xml", text: templates::render("docx/core.xml", document)? },
        Part { path: "word/document.xml", text: templates::render("docx/document.xml", document)? },
        part("word/_rels/document.xml.rels", include_str!("document_rels.xml")),
        part("word/styles.xml", include_str!("styles.xml")),
        part("word/settings.xml", include_str!("settings.xml")),
        part("word/fontTable.xml", include_str!("font_table.xml")),
        part("word/footer1.xml", include_str!("footer.xml")),
    ];
    Ok(Draft::bytes(format!("forms/{name}.docx"), kind, zipped(&parts)?))
}

fn document(plan: &Plan<'_>, title: &str, landscape: bool) -> Document {
    let programme = plan.programme;
    Document {
        lang: if plan.lang == Lang::En { "en" } else { "zh-CN" },
        title: title.to_owned(),
        programme: programme.ident.label.text.clone(),
        version: programme.version.clone(),
        landscape,
        cover: false,
        body: Vec::new(),
    }
}

fn placeholder(plan: &Plan<'_>, title: &str) -> Document {
    let mut document = document(plan, title, false);
    let said = text!(
        "原文未附此表：通知提到了它，但所得文本中没有表样。这里只是占位，不设任何填写项。",
        "The notice names this form, but the text at hand does not contain it. This document only keeps its place; nothing is asked."
    );
    let said = said.get(plan.lang);
    document.body = vec![Block::Paragraph(Paragraph::words("Title", title)), Block::Paragraph(Paragraph::words("Entry", said))];
    document
}

fn of_form(plan: &Plan<'_>, form: &Form) -> Document {
    let title = form.ident.label.text.as_str();
    let mut document = document(plan, title, form.landscape);
    let mut entries = Entries::new(plan);
    let width = if form.landscape { ACROSS } else { UPRIGHT };
    let sections = layout::sections(plan, form);
    document.cover = sections.first().is_some_and(|s| s.kind == SectionKind::Cover);
    let style = if document.cover { "CoverTitle" } else { "Title" };
    document.body.push(Block::Paragraph(Paragraph::words(style, title)));
    let mut covered = document.cover;
    for mut section in sections {
        let widths = section.fit();
        if section.kind == SectionKind::Cover {
            document.body.extend(sheet::cover(&mut entries, &section.rows, width));
            continue;
        }
        if let Some(legend) = &section.legend {
            let new_page = std::mem::take(&mut covered);
            document.body.push(Block::Paragraph(Paragraph { new_page, ..Paragraph::words("Heading1", legend.get(plan.lang)) }));
        }
        if section.conditional {
            document.body.push(Block::Paragraph(
                Paragraph::words("Note", entries.word("（不适用的，本部分不填。）", "(Leave this part blank if it does not apply.)"))
                    .keep(),
            ));
        }
        document.body.extend(sheet::blocks(&mut entries, &section.rows, &widths, width));
    }
    document
}

fn of_summary(plan: &Plan<'_>, summary: &Summary) -> Document {
    let title = summary.ident.label.text.as_str();
    let mut document = document(plan, title, summary.landscape);
    let mut entries = Entries::new(plan);
    let width = if summary.landscape { ACROSS } else { UPRIGHT };
    let sheet = layout::summary(plan, summary);
    document.body.push(Block::Paragraph(Paragraph::words("Title", title)));
    if !sheet.fields.is_empty() {
        document.body.push(Block::Paragraph(sheet::in_line(&mut entries, &sheet.fields)));
    }
    let table: Table = sheet::table(&mut entries, &sheet.table, width);
    document.body.push(Block::Table(table));
    document.body.push(Block::Paragraph(Paragraph::words("Gap", "")));
    document
}
