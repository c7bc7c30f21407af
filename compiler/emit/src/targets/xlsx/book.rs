//! A summary as a workbook: blank, or with the rows of a package.
//!
//! In: a summary, its sender, rows as texts. Out: the bytes of an XLSX file. Always: the first column, which names the case, is not printed;
//! heads stand again on every page and stay in sight; no clock.

use crate::Plan;
use crate::layout::{self, CASE, Column, Field, Flat, Head};
use crate::office::{fault, sheet_name};
use prog_base::Diagnostic;
use prog_model::FieldKind;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook,
    Worksheet, XlsxError,
};

/// Rows with borders on a blank sheet.
const RULED: u32 = 20;
/// Rows that take what their columns take.
const READY: u32 = 2000;
/// The title stands in the first row, the fields above the table in the second.
const FIRST_HEAD: u32 = 2;
/// More columns than this are not squeezed on the width of a page.
const ON_A_PAGE: usize = 24;
/// A4 in the numbers of spreadsheets.
const A4: u8 = 9;

/// The sheet that says what the table is and who sends it.
const SENDER: &str = "报送";
/// The hidden sheet of closed lists.
const LISTS: &str = "选项";

/// Who sends a package, and when.
#[derive(Clone, Debug, Default)]
pub struct Sender {
    /// Which one of several bodies.
    pub key: String,
    /// The day or moment.
    pub at: String,
}

/// The workbook of a table; a row holds a text for every column, that of the case first.
pub fn book(plan: &Plan<'_>, flat: &Flat<'_>, sender: &Sender, rows: &[Vec<String>]) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let mut book = Workbook::new();
    let epoch = ExcelDateTime::from_ymd(2000, 1, 1).map_err(fault)?;
    book.set_properties(&DocProperties::new().set_title(flat.title).set_creation_datetime(&epoch));
    let lists = lists(plan, &flat.columns);
    let mut table = Worksheet::new();
    write_table(flat, &lists, rows, &mut table).map_err(fault)?;
    book.push_worksheet(table);
    book.push_worksheet(sender_sheet(plan, flat, sender).map_err(fault)?);
    if lists.iter().any(|list| !list.is_empty()) {
        book.push_worksheet(list_sheet(&lists).map_err(fault)?);
    }
    book.save_to_buffer().map_err(fault)
}

/// What may be chosen in each column.
fn lists(plan: &Plan<'_>, columns: &[Column<'_>]) -> Vec<Vec<String>> {
    let list = |column: &Column<'_>| match column.field {
        Some(field) if matches!(field.kind, FieldKind::OneOf(_)) => {
            layout::choices(plan, field).iter().map(|v| v.ident.label.text.clone()).collect()
        }
        Some(field) if field.kind == FieldKind::YesNo => vec!["是".to_owned(), "否".to_owned()],
        Some(_) | None => Vec::new(),
    };
    columns.iter().map(list).collect()
}

fn write_table(flat: &Flat<'_>, lists: &[Vec<String>], rows: &[Vec<String>], sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let columns = &flat.columns;
    let last = columns.len().saturating_sub(1) as u16;
    sheet.set_name(table_name(flat.name))?;
    for (index, column) in columns.iter().enumerate() {
        sheet.set_column_width(index as u16, width(column))?;
        sheet.set_column_format(index as u16, &entry(column, false))?;
    }
    let title = Format::new().set_font_name("方正小标宋简体").set_font_size(18).set_align(FormatAlign::Center);
    merged(sheet, (0, 1), (0, last.max(1)), flat.title, &title)?;
    above(sheet, &flat.fields, last)?;
    let depth = heads(sheet, &flat.heads)?;
    let first = FIRST_HEAD + depth;
    for index in 0..RULED.max(rows.len() as u32) {
        let row = rows.get(index as usize);
        sheet.set_row_height(first + index, 24)?;
        for (at, column) in columns.iter().enumerate() {
            let text = row.and_then(|row| row.get(at)).map(String::as_str).unwrap_or_default();
            cell(sheet, (first + index, at as u16), column, text)?;
        }
    }
    let end = first + READY.max(rows.len() as u32) - 1;
    for (index, list) in lists.iter().enumerate().filter(|(_, list)| !list.is_empty()) {
        let name = column_name(index);
        let range = Formula::new(format!("='{LISTS}'!${name}$1:${name}${}", list.len()));
        let choose = DataValidation::new().allow_list_formula(range).set_error_style(DataValidationErrorStyle::Warning);
        sheet.add_data_validation(first, index as u16, end, index as u16, &choose)?;
    }
    sheet.set_freeze_panes(first, 1)?;
    sheet.set_paper_size(A4).set_repeat_rows(FIRST_HEAD, first - 1)?;
    if columns.len() <= ON_A_PAGE {
        sheet.set_print_fit_to_pages(1, 0);
    }
    sheet.set_print_area(0, 1, first + RULED.max(rows.len() as u32) - 1, last.max(1))?;
    sheet.set_footer("&C第 &P 页，共 &N 页");
    if flat.landscape {
        sheet.set_landscape();
    }
    // Inches: 35, 26, 28 and 26 mm of GB/T 9704, turned.
    sheet.set_margins(1.38, 1.02, 1.1, 1.02, 0.5, 0.5);
    Ok(())
}

/// The fields above the table: words and a blank behind them, side by side.
fn above(sheet: &mut Worksheet, fields: &[Field<'_>], last: u16) -> Result<(), XlsxError> {
    let share = (usize::from(last) / fields.len().max(1)).max(2) as u16;
    for (index, field) in fields.iter().enumerate() {
        let seal = field.seal.as_ref().map_or("", |seal| seal.label().strip_prefix(field.label()).unwrap_or_default());
        let at = 1 + index as u16 * share;
        // Long words need two columns, if there are.
        let label = if share > 3 { 2 } else { 1 };
        merged(sheet, (1, at), (1, at + label - 1), &format!("{}{seal}：", field.label()), &words().set_align(FormatAlign::Right))?;
        let blank = words().set_num_format("@").set_border_bottom(FormatBorder::Thin);
        merged(sheet, (1, at + label), (1, at + share - 1), "", &blank)?;
    }
    sheet.set_row_height(1, 24)?;
    Ok(())
}

/// Writes the heads; gives their depth.
fn heads(sheet: &mut Worksheet, heads: &[Vec<Head>]) -> Result<u32, XlsxError> {
    let format = Format::new()
        .set_font_name("黑体")
        .set_font_size(11)
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap();
    let depth = heads.len().max(1) as u32;
    merged(sheet, (FIRST_HEAD, 0), (FIRST_HEAD + depth - 1, 0), CASE, &format)?;
    let mut below: Vec<u16> = Vec::new();
    for (line, row) in heads.iter().enumerate() {
        let (mut at, mut free) = (1, below.clone().into_iter());
        for head in row {
            let (columns, rows) = (head.span.columns as u16, head.span.rows as u32);
            let first = if line == 0 { at } else { free.next().unwrap_or(at) };
            let note = head.note.as_ref().map(|note| format!("\n{}", note.zh)).unwrap_or_default();
            let text = format!("{}{note}", head.text.zh);
            let top = FIRST_HEAD + line as u32;
            merged(sheet, (top, first), (top + rows - 1, first + columns - 1), &text, &format)?;
            if head.group {
                below.extend(first..first + columns);
            }
            at = first + columns;
        }
        sheet.set_row_height(FIRST_HEAD + line as u32, 30)?;
    }
    Ok(depth)
}

/// Words over a range of cells, which may be a single one.
fn merged(sheet: &mut Worksheet, first: (u32, u16), last: (u32, u16), text: &str, format: &Format) -> Result<(), XlsxError> {
    if first == last {
        sheet.write_string_with_format(first.0, first.1, text, format)?;
    } else {
        sheet.merge_range(first.0, first.1, last.0, last.1, text, format)?;
    }
    Ok(())
}

fn words() -> Format {
    Format::new().set_font_name("仿宋").set_font_size(11)
}

/// How the cells of a column look, and what they take.
fn entry(column: &Column<'_>, ruled: bool) -> Format {
    let format = words().set_num_format(match column.field.map(|f| &f.kind) {
        Some(FieldKind::Integer | FieldKind::Count | FieldKind::Year) => "0",
        Some(FieldKind::Date) => "yyyy-mm-dd",
        Some(_) | None => "@",
    });
    if ruled { format.set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::VerticalCenter) } else { format }
}

/// Whole numbers and days as such, everything else as the text it is: nothing is rounded, nothing becomes a formula.
fn cell(sheet: &mut Worksheet, (row, at): (u32, u16), column: &Column<'_>, text: &str) -> Result<(), XlsxError> {
    let format = entry(column, true);
    let kind = column.field.map(|f| &f.kind);
    if text.is_empty() {
        sheet.write_blank(row, at, &format)?;
    } else if let (Some(FieldKind::Integer | FieldKind::Count | FieldKind::Year), Ok(number)) = (kind, text.parse::<i32>()) {
        sheet.write_number_with_format(row, at, number, &format)?;
    } else if let (Some(FieldKind::Date), Some(day)) = (kind, day(text)) {
        sheet.write_datetime_with_format(row, at, day, &format)?;
    } else {
        sheet.write_string_with_format(row, at, text, &format)?;
    }
    Ok(())
}

fn day(text: &str) -> Option<ExcelDateTime> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    ExcelDateTime::from_ymd(year, month, day).ok()
}

/// Characters across: by the kind of entry and the length of the head.
fn width(column: &Column<'_>) -> u32 {
    use FieldKind as K;
    let head = 2 * column.label.chars().count().min(4) as u32 + 2;
    let entry = match column.field.map(|f| &f.kind) {
        Some(K::Email | K::Url) => 18,
        Some(K::Phone | K::Mobile | K::Date | K::Month) => 13,
        Some(K::Prose | K::AnyOf(_)) => 20,
        Some(K::Text) if column.label.chars().count() > 2 => 12,
        Some(_) | None => 7,
    };
    head.max(entry)
}

/// `A`, `B` … `Z`, `AA` …
fn column_name(index: usize) -> String {
    let letter = char::from(b'A' + (index % 26) as u8);
    if index < 26 { letter.to_string() } else { format!("{}{letter}", column_name(index / 26 - 1)) }
}

/// A name that a table's sheet may have.
fn table_name(name: &str) -> String {
    let name = sheet_name(name);
    if name.is_empty() || [SENDER, LISTS].contains(&name.as_str()) { "汇总表".to_owned() } else { name }
}

fn sender_sheet(plan: &Plan<'_>, flat: &Flat<'_>, sender: &Sender) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(SENDER)?;
    let programme = plan.programme;
    let who = flat.sender.as_deref();
    let sent = who.into_iter().flat_map(|who| [(who, sender.key.as_str()), ("报送日期", sender.at.as_str())]);
    let known = [("表", flat.key), ("方案", programme.ident.key.as_str()), ("版本", programme.version.as_str())];
    let text = words().set_num_format("@");
    for (row, (label, value)) in sent.chain(known).enumerate() {
        sheet.write_string_with_format(row as u32, 0, label, &words())?;
        if value.is_empty() {
            sheet.write_blank(row as u32, 1, &text)?;
        } else {
            sheet.write_string_with_format(row as u32, 1, value, &text)?;
        }
    }
    sheet.set_column_width(0, 22)?.set_column_width(1, 40)?;
    sheet.write_string_with_format(6, 0, "导入时用：通知的表没有这几项。后三行说明这是哪一份表，请不要改。", &words())?;
    Ok(sheet)
}

fn list_sheet(lists: &[Vec<String>]) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(LISTS)?.set_hidden(true);
    for (column, list) in lists.iter().enumerate() {
        for (row, value) in list.iter().enumerate() {
            sheet.write_string(row as u32, column as u16, value)?;
        }
    }
    Ok(sheet)
}
