//! Packages to tables: the rows of a summary in a spreadsheet.
//!
//! In: a batch, the summary. Out: the bytes of an XLSX file or of a CSV file. Always: what looks like a formula is text; what was imported comes
//! out as it was.

use super::What;
use super::grid::guarded;
use crate::{BATCH_LIMIT, Session};
use prog_base::{Diagnostic, Span, codes, text};
use prog_emit::Plan;
use prog_emit::layout::{Column, choices};
use prog_emit::targets::xlsx::{Sender, book};
use prog_model::Programme;
use serde_json::Value;
use std::path::Path;

impl Session<'_> {
    /// The rows of a batch in one table, those of packages or cases; `workbook`: as XLSX, else as CSV.
    pub fn export_table(&mut self, programme: &Programme, what: What, batch: Option<&Path>, workbook: bool) -> Option<Vec<u8>> {
        let mut found = Vec::new();
        if let Some(path) = batch {
            let file = self.read_input(path, BATCH_LIMIT)?;
            let source = self.sources().get(file).text.clone();
            let mut offset = 0;
            for line in source.split_inclusive('\n') {
                match serde_json::from_str::<Value>(line.trim()) {
                    Ok(value) => found.push(value),
                    Err(_) if line.trim().is_empty() => {}
                    Err(fault) => {
                        let message = text!("这一行不是 JSON：{fault}", "this line is no JSON: {fault}");
                        self.say(Diagnostic::error(codes::NOT_JSON, Span::new(file, offset, offset), message));
                        return None;
                    }
                }
                offset += line.len();
            }
        }
        let plan = Plan::new(programme);
        let flat = what.flat(&plan);
        let columns = &flat.columns;
        let packages: Vec<&Value> = found.iter().filter_map(|line| line.get("package")).collect();
        let rows: Vec<&Value> = match what {
            What::Summary(_) => packages.iter().filter_map(|p| p.get("summary")?.as_array()).flatten().collect(),
            What::Track(_) => found.iter().filter_map(|line| line.get("case")).filter(|case| case["track"] == flat.key).collect(),
        };
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| columns.iter().map(|c| cell(&plan, c, row.pointer(&c.pointer))).collect()).collect();
        if !workbook {
            let table: Vec<Vec<String>> = std::iter::once(columns.iter().map(Column::name).collect()).chain(rows).collect();
            return Some(to_csv(&table).into_bytes());
        }
        let said = |name: &str| packages.first().and_then(|p| p.get(name)?.as_str()).unwrap_or_default().to_owned();
        match book(&plan, &flat, &Sender { key: said("key"), at: said("at") }, &rows) {
            Ok(bytes) => Some(bytes),
            Err(faults) => {
                faults.into_iter().for_each(|fault| self.say(fault));
                None
            }
        }
    }
}

/// A value as people read it: labels for keys, 是 and 否.
fn cell(plan: &Plan<'_>, column: &Column<'_>, value: Option<&Value>) -> String {
    let listed = column.field.map(|field| choices(plan, field)).unwrap_or_default();
    let label = |key: &str| listed.iter().find(|v| v.ident.key == key).map_or(key, |v| &v.ident.label.text).to_owned();
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::Bool(truth)) => if *truth { "是" } else { "否" }.to_owned(),
        Some(Value::String(text)) => label(text),
        Some(Value::Array(items)) => items.iter().map(|item| cell(plan, column, Some(item))).collect::<Vec<_>>().join("、"),
        Some(other) => other.to_string(),
    }
}

/// Rows as CSV that a spreadsheet may open: with the mark by which it knows UTF-8, and nothing that it takes for a formula.
pub fn to_csv(rows: &[Vec<String>]) -> String {
    let line = |cells: &Vec<String>| cells.iter().map(|cell| quoted(&guarded(cell))).collect::<Vec<_>>().join(",") + "\r\n";
    std::iter::once("\u{feff}".to_owned()).chain(rows.iter().map(line)).collect()
}

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\r', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}
