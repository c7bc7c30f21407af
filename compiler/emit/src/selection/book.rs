//! Ranked lists as a workbook: one sheet a selection.
//!
//! In: a proposal. Out: the bytes of an XLSX file. Always: the heads stay in sight and stand again on every printed page; ranks and whole
//! values are numbers, everything else the text it is; no clock.

use super::{Column, Proposal, Sheet};
use crate::office::{fault, sheet_name};
use prog_base::{Diagnostic, Lang, text};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

/// A4 in the numbers of spreadsheets.
const A4: u8 = 9;
/// Columns are as wide as what stands in them, within these.
const WIDTHS: (usize, usize) = (8, 42);

/// The workbook.
pub fn book(proposal: &Proposal) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let mut book = Workbook::new();
    let epoch = ExcelDateTime::from_ymd(2000, 1, 1).map_err(fault)?;
    book.set_properties(&DocProperties::new().set_title(&proposal.programme).set_creation_datetime(&epoch));
    let mut names: Vec<String> = Vec::new();
    for (index, sheet) in proposal.sheets.iter().enumerate() {
        let mut name = sheet_name(&sheet.title);
        if name.is_empty() || names.iter().any(|other| other.to_lowercase() == name.to_lowercase()) {
            name = format!("{} {}", name.chars().take(26).collect::<String>(), index + 1).trim().to_owned();
        }
        book.push_worksheet(written(proposal, sheet, &name).map_err(fault)?);
        names.push(name);
    }
    book.save_to_buffer().map_err(fault)
}

fn words() -> Format {
    Format::new().set_font_name("仿宋").set_font_size(11)
}

fn ruled() -> Format {
    words().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::VerticalCenter)
}

fn written(proposal: &Proposal, sheet: &Sheet, name: &str) -> Result<Worksheet, XlsxError> {
    let (lang, mut out) = (proposal.lang, Worksheet::new());
    out.set_name(name)?;
    let bold = Format::new().set_font_name("黑体").set_font_size(14);
    out.write_string_with_format(0, 0, &sheet.title, &bold)?;
    let mut row = 1;
    for line in above(proposal, sheet) {
        out.write_string_with_format(row, 0, &line, &words())?;
        row += 1;
    }
    let heads = sheet.heads(true, lang);
    let head = ruled().set_font_name("黑体").set_align(FormatAlign::Center);
    for (at, (label, _)) in heads.iter().enumerate() {
        out.write_string_with_format(row, at as u16, label, &head)?;
    }
    let first = row + 1;
    out.set_freeze_panes(first, 0)?;
    out.set_repeat_rows(row, row)?;
    let mut widths: Vec<usize> = heads.iter().map(|(label, _)| across(label)).collect();
    for (group, one) in sheet.groups.iter().flat_map(|g| g.rows.iter().map(move |r| (g, r))) {
        row += 1;
        for (at, ((_, column), cell)) in heads.iter().zip(sheet.cells(true, group, one)).enumerate() {
            widths[at] = widths[at].max(across(&cell));
            write_cell(&mut out, (row, at as u16), *column, &cell, one.state == "selected")?;
        }
    }
    for (at, width) in widths.into_iter().enumerate() {
        out.set_column_width(at as u16, (width + 2).clamp(WIDTHS.0, WIDTHS.1) as u32)?;
    }
    if row >= first {
        out.autofilter(first - 1, 0, row, heads.len().saturating_sub(1) as u16)?;
    }
    for line in below(sheet, lang) {
        row += 1;
        out.write_string_with_format(row + 1, 0, &line, &words())?;
    }
    out.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0).set_footer("&C&P / &N");
    out.set_margins(0.8, 0.8, 0.9, 0.8, 0.4, 0.4);
    Ok(out)
}

/// Programme, stage, clauses, rules: a line each.
fn above(proposal: &Proposal, sheet: &Sheet) -> Vec<String> {
    let lang = proposal.lang;
    let mut lines = vec![proposal.programme.clone()];
    let (stage, clauses) = (&sheet.stage, sheet.clauses.join(text!("、", ", ").get(lang)));
    if !stage.is_empty() {
        lines.push(text!("环节：{stage}", "Stage: {stage}").get(lang).to_owned());
    }
    if !clauses.is_empty() {
        lines.push(text!("依据：{clauses}", "Under: {clauses}").get(lang).to_owned());
    }
    lines.extend(sheet.rules.iter().cloned());
    lines
}

/// What is taken, vacant and open in each group, and where to sign.
fn below(sheet: &Sheet, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    for group in &sheet.groups {
        let name = sheet.name_of(group, lang);
        let begin = if name.is_empty() { String::new() } else { format!("{name} — ") };
        lines.extend(std::iter::once(&group.taken).chain(&group.remarks).map(|said| format!("{begin}{said}")));
    }
    let version = text!(
        "审定（签字）：____________________　　日期：____________",
        "Decided by (signature): ____________________    Date: ____________"
    );
    lines.extend([String::new(), version.get(lang).to_owned()]);
    lines
}

fn write_cell(out: &mut Worksheet, (row, at): (u32, u16), column: Column, cell: &str, bold: bool) -> Result<(), XlsxError> {
    let format = if bold { ruled().set_bold() } else { ruled() };
    match (column, cell.parse::<i32>()) {
        (Column::Rank | Column::Value, Ok(number)) => out.write_number_with_format(row, at, number, &format)?,
        (Column::Rank | Column::Value | Column::Words, _) if cell.is_empty() => out.write_blank(row, at, &format)?,
        (Column::Rank | Column::Value | Column::Words, _) => out.write_string_with_format(row, at, cell, &format)?,
    };
    Ok(())
}

/// About as many narrow characters as it takes.
fn across(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
