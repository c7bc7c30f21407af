//! Ranked lists for a terminal, in columns of 80 characters.
//!
//! In: a proposal in words. Out: lines. Always: Han characters count two; long cells go on below themselves.

use comfy_table::{Cell, CellAlignment, ContentArrangement, Table};
use prog_base::{Lang, text};
use prog_emit::selection::{Group, Proposal, Row, Sheet};

/// Columns of a terminal.
const WIDTH: u16 = 80;
/// How far a list stands in.
const INDENT: &str = "  ";

/// Every list.
pub fn text(proposal: &Proposal) -> String {
    let sheets: Vec<String> = proposal.sheets.iter().map(|one| sheet(one, proposal)).collect();
    sheets.join("\n")
}

fn sheet(sheet: &Sheet, proposal: &Proposal) -> String {
    let lang = proposal.lang;
    let clauses = if sheet.clauses.is_empty() { String::new() } else { format!(" [{}]", sheet.clauses.join(", ")) };
    let stage = &sheet.stage;
    let stage = if stage.is_empty() { String::new() } else { text!("（{stage}）", " ({stage})").get(lang).to_owned() };
    let mut out = wrapped("", &format!("{}{stage}{clauses}", sheet.title));
    for rule in &sheet.rules {
        out += &wrapped(INDENT, rule);
    }
    for group in &sheet.groups {
        out += "\n";
        out += &list(sheet, group, lang);
    }
    out
}

fn list(sheet: &Sheet, group: &Group, lang: Lang) -> String {
    let name = sheet.name_of(group, lang);
    let begin = if name.is_empty() { String::new() } else { format!("{name} — ") };
    let mut out = wrapped("", &format!("{begin}{}", group.taken));
    if !group.rows.is_empty() {
        out += &columns(sheet, &group.rows, lang);
    }
    for remark in &group.remarks {
        out += &wrapped(INDENT, &format!("* {remark}"));
    }
    out
}

/// Rank, case, track where there are several, result, why.
fn columns(sheet: &Sheet, rows: &[Row], lang: Lang) -> String {
    let mut table = plain();
    for row in rows {
        let given = if row.given.is_empty() { String::new() } else { format!("→ {}", row.given) };
        let why: Vec<&str> = [row.reason.as_str(), &given, &row.remarks].into_iter().filter(|part| !part.is_empty()).collect();
        let mut cells = vec![Cell::new(row.place()).set_alignment(CellAlignment::Right), Cell::new(&row.id)];
        cells.extend(sheet.tracks.then(|| Cell::new(&row.track)));
        cells.extend([Cell::new(&row.result), Cell::new(why.join(text!("；", "; ").get(lang)))]);
        table.add_row(cells);
    }
    table.column_iter_mut().for_each(|column| {
        column.set_padding((0, 2));
    });
    lines(INDENT, &table)
}

/// A sentence over as many lines as it takes.
fn wrapped(indent: &str, sentence: &str) -> String {
    let mut table = plain();
    table.add_row([sentence]);
    table.column_iter_mut().for_each(|column| {
        column.set_padding((0, 0));
    });
    lines(indent, &table)
}

fn plain() -> Table {
    let mut table = Table::new();
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(WIDTH - INDENT.len() as u16);
    table.load_style(comfy_table::presets::NOTHING);
    table
}

fn lines(indent: &str, table: &Table) -> String {
    table.lines().map(|line| format!("{indent}{line}").trim_end().to_owned() + "\n").collect()
}
