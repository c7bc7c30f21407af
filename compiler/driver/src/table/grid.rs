//! Files to sheets of cells.
//!
//! In: the bytes of an XLSX file, or the text of a CSV file. Out: [`Sheet`]s. Always: a cell knows its place as the spreadsheet shows it; a
//! number comes as the digits that stand in the file.

use calamine::{Data, Reader, Xlsx};
use prog_base::{Text, text};
use std::io::Cursor;

/// A packed file that unpacks to more than this is refused: 256 MiB.
const UNPACKED: u64 = 256 << 20;

/// A sheet.
pub(crate) struct Sheet {
    /// Its name; a CSV file has none.
    pub name: Option<String>,
    /// Its rows from the first that holds anything.
    pub rows: Vec<Vec<Cell>>,
    /// Row and column of the first cell, from 0.
    pub origin: (usize, usize),
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    Blank,
    Text(String),
    /// The shortest digits that mean this number.
    Number(String),
    /// `YYYY-MM-DD`
    Day(String),
    Truth(bool),
    /// `#REF!` and what else cannot be read.
    Fault(String),
}

impl Cell {
    /// The words in it, without blanks around them.
    pub fn words(&self) -> &str {
        match self {
            Cell::Blank => "",
            Cell::Text(text) | Cell::Number(text) | Cell::Day(text) | Cell::Fault(text) => text.trim(),
            Cell::Truth(true) => "是",
            Cell::Truth(false) => "否",
        }
    }

    /// Whether nothing stands there.
    pub fn is_blank(&self) -> bool {
        self.words().is_empty()
    }
}

impl Sheet {
    /// The cell at a place within the sheet; blank beyond its edges.
    pub fn at(&self, row: usize, column: usize) -> &Cell {
        self.rows.get(row).and_then(|cells| cells.get(column)).unwrap_or(&Cell::Blank)
    }

    /// Columns.
    pub fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or_default()
    }

    /// The place of a cell as people say it: `“汇总表”第 7 行 C 列`.
    pub fn place(&self, row: usize, column: usize) -> Text {
        let (row, column) = (self.origin.0 + row + 1, letters(self.origin.1 + column));
        match &self.name {
            Some(name) => text!("“{name}”第 {row} 行 {column} 列", "`{name}`, row {row}, column {column}"),
            None => text!("第 {row} 行 {column} 列", "row {row}, column {column}"),
        }
    }
}

/// `A`, `B` … `Z`, `AA` …
fn letters(index: usize) -> String {
    let letter = char::from(b'A' + (index % 26) as u8);
    if index < 26 { letter.to_string() } else { format!("{}{letter}", letters(index / 26 - 1)) }
}

/// Whether these bytes are a packed office file.
pub(crate) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The sheets of a workbook.
pub(crate) fn of_workbook(bytes: Vec<u8>) -> Result<Vec<Sheet>, Text> {
    unpacks_small(&bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let names = book.sheet_names();
    let mut sheets = Vec::new();
    for name in names {
        let range = book.worksheet_range(&name).map_err(unreadable)?;
        let (row, column) = range.start().unwrap_or_default();
        let rows = range.rows().map(|cells| cells.iter().map(cell).collect()).collect();
        sheets.push(Sheet { name: Some(name), rows, origin: (row as usize, column as usize) });
    }
    Ok(sheets)
}

fn unreadable(fault: impl std::fmt::Display) -> Text {
    text!("不是能读的 XLSX 文件：{fault}", "no XLSX file that can be read: {fault}")
}

/// A small file that unpacks to a huge one is refused before it is unpacked.
fn unpacks_small(bytes: &[u8]) -> Result<(), Text> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    let mut total = 0_u64;
    for index in 0..package.len() {
        total = total.saturating_add(package.by_index_raw(index).map_err(unreadable)?.size());
    }
    if total > UNPACKED {
        return Err(text!("解开后太大（超过 256 MB）", "it unpacks to more than 256 MB"));
    }
    Ok(())
}

fn cell(data: &Data) -> Cell {
    match data {
        Data::Empty => Cell::Blank,
        Data::String(text) => Cell::Text(text.clone()),
        Data::Int(number) => Cell::Number(number.to_string()),
        Data::Float(number) => Cell::Number(number.to_string()),
        Data::Bool(truth) => Cell::Truth(*truth),
        Data::DateTime(moment) if moment.is_datetime() => match moment.to_ymd_hms_milli() {
            (year, month, day, 0, 0, 0, 0) => Cell::Day(format!("{year:04}-{month:02}-{day:02}")),
            (year, month, day, hour, minute, ..) => Cell::Fault(format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")),
        },
        Data::DateTimeIso(text) => Cell::Text(text.clone()),
        Data::DateTime(_) => Cell::Fault("h:mm:ss".to_owned()),
        Data::DurationIso(text) => Cell::Fault(text.clone()),
        Data::Error(fault) => Cell::Fault(fault.to_string()),
    }
}

/// The one sheet of a CSV text. The apostrophe that keeps a cell from being a formula is taken off.
pub(crate) fn of_csv(text: &str) -> Result<Sheet, Text> {
    let separator = if text.lines().next().is_some_and(|line| line.contains('\t') && !line.contains(',')) { b'\t' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|fault| text!("不是能读的 CSV 文件：{fault}", "no CSV file that can be read: {fault}"))?;
        rows.push(record.iter().map(|cell| if cell.is_empty() { Cell::Blank } else { Cell::Text(unguarded(cell)) }).collect());
    }
    Ok(Sheet { name: None, rows, origin: (0, 0) })
}

/// Characters with which a spreadsheet begins a formula, or that change what it sees as the first.
const FORMULA: &[char] = &['=', '+', '-', '@', '\t', '\r', '\n', '|', '%', '＝', '＋', '－', '＠'];

/// A cell as it may be opened in a spreadsheet: what it would take for a formula gets an apostrophe in front.
pub(crate) fn guarded(cell: &str) -> String {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let number = digits.starts_with(|c: char| c.is_ascii_digit()) && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    if !number && cell.trim_start_matches('\'').starts_with(FORMULA) { format!("'{cell}") } else { cell.to_owned() }
}

fn unguarded(cell: &str) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(FORMULA) => rest.to_owned(),
        Some(_) | None => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_and_come_back() {
        for cell in ["=cmd|' /C calc'!A0", "+1", "-1+2", "@a", "'=1", "\t=1", "＝1", "%a"] {
            assert_eq!(guarded(cell), format!("'{cell}"), "{cell}");
            assert_eq!(unguarded(&guarded(cell)), cell);
        }
        for cell in ["-12.5", "12", "'甲'", "甲", ""] {
            assert_eq!(guarded(cell), cell);
            assert_eq!(unguarded(cell), cell);
        }
    }

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
