//! `<summary>.html`: a table whose rows are cases.
//!
//! In: one summary. Out: its page. Always: grouped heads as printed; a control is named by its row, its group and its column.

use super::control::{Control, Field, hints};
use super::page::{Export, Page, Section};
use super::sheet::{Head, Layout, Row, Table, TableRow, column_head, full, named_by, words};
use crate::Plan;
use crate::names::pointer_step;
use prog_model::{Summary, SummaryColumn};

/// Blank rows on paper.
const ROWS: usize = 10;

/// The page of a summary.
pub fn page(plan: &Plan<'_>, summary: &Summary, name: &str) -> Page {
    if summary.absent {
        return Page::placeholder(plan, &summary.ident.label, &summary.cites);
    }
    let mut page = Page::new(plan, &summary.ident.label, &summary.cites, summary.landscape);
    if let Some(by) = summary.by {
        page.remarks.push(format!("由{}填写", plan.programme.actors[by.index()].ident.label.text));
    }
    let layout = Layout { plan, actor: None, owner: None };
    let rows: Vec<Row> = summary
        .fields
        .iter()
        .flat_map(|f| {
            let hints = hints(plan, &f.field, None, f.help.as_ref());
            let pointer = format!("/head/{}", pointer_step(&f.ident.key));
            layout.single(&Field {
                ident: &f.ident,
                pointer,
                field: &f.field,
                must: !f.optional,
                optional: f.optional,
                disabled: false,
                hints,
            })
        })
        .collect();
    if !rows.is_empty() {
        page.sections.push(Section { id: "head".to_owned(), rows, ..Section::default() });
    }
    if summary.fields.is_empty() && summary.columns.is_empty() {
        let rows = vec![full(Some("note"), vec![words("本表没有列。")])];
        page.sections.push(Section { id: "empty".to_owned(), rows, ..Section::default() });
    }
    page.table = Some(table(plan, summary));
    page.export = Some(Export { base: r#"{"package":{}}"#.to_owned(), file: format!("{name}.json"), track: None });
    page
}

fn table(plan: &Plan<'_>, summary: &Summary) -> Table {
    let table_id = "summary";
    let grouped = |column: usize| summary.groups.iter().position(|(_, first, count)| (*first..first + count).contains(&column));
    let mut table = Table { id: table_id.to_owned(), caption: summary.ident.label.text.clone(), ..Table::default() };
    for (index, column) in summary.columns.iter().enumerate() {
        let leaf = column_head(table_id, index, &column.ident, hint(plan, column));
        match grouped(index) {
            Some(group) => {
                let (ident, first, count) = &summary.groups[group];
                if *first == index {
                    let (id, text) = (format!("{table_id}-g{group}"), ident.label.text.clone());
                    table.groups.push(Head { id, text, columns: *count, rows: 1, scope: "colgroup", hint: None });
                }
                table.heads.push(leaf);
            }
            None if summary.groups.is_empty() => table.heads.push(leaf),
            None => table.groups.push(Head { rows: 2, ..leaf }),
        }
    }
    table.rows = (0..ROWS).map(|row| table_row(plan, summary, row, &grouped)).collect();
    table
}

fn hint(plan: &Plan<'_>, column: &SummaryColumn) -> Option<String> {
    let mut words = hints(plan, &column.field, None, None);
    words.extend(super::control::unit(plan, &column.field).map(|unit| format!("单位：{unit}")));
    if column.value.is_some() {
        words.push("取自申报表".to_owned());
    }
    (!words.is_empty()).then(|| words.join("；"))
}

fn table_row(plan: &Plan<'_>, summary: &Summary, row: usize, grouped: &impl Fn(usize) -> Option<usize>) -> TableRow {
    let row_id = format!("summary-r{row}");
    let control = |(index, column): (usize, &SummaryColumn)| {
        let pointer = format!("/package/summary/{row}/{}", pointer_step(&column.ident.key));
        let field =
            Field { ident: &column.ident, pointer, field: &column.field, must: false, optional: false, disabled: false, hints: Vec::new() };
        let control = field.control(plan);
        // In a narrow column a list of words takes less room than a set of boxes.
        let control = if control.kind == "radio" { Control { kind: "select", ..control } } else { control };
        let group = grouped(index).map(|g| format!("summary-g{g}"));
        let column = format!("summary-c{index}");
        let ids: Vec<&str> = [Some(row_id.as_str()), group.as_deref(), Some(column.as_str())].into_iter().flatten().collect();
        named_by(control, &ids)
    };
    let controls = summary.columns.iter().enumerate().map(control).collect();
    TableRow { head: format!("{}", row + 1), quiet: false, controls, id: row_id }
}
