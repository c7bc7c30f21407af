//! A summary as a sheet: what stands above its table, and the table, whose rows are cases.
//!
//! In: a summary. Out: a [`SummarySheet`]. Always: grouped heads as printed; a field is named by its row, its group and its column.

use super::field::{choices, hints};
use super::{Blocks, Field, Head, Row, Span, Table, TableKind, TableRow};
use crate::Plan;
use crate::names::pointer_step;
use prog_base::{Text, text};
use prog_model::{Document, FieldType, RecordField, Stage, Summary, SummaryColumn};

/// Blank rows on paper.
const ROWS: usize = 10;

/// A summary laid out.
#[derive(Clone, Debug)]
pub struct SummarySheet<'a> {
    /// The fields above the table.
    pub fields: Vec<Field<'a>>,
    /// The same as rows, not yet fitted.
    pub rows: Vec<Row<'a>>,
    /// The table; its leaf columns are the summary's, in order.
    pub table: Table<'a>,
}

/// Lays a summary out.
pub fn summary<'a>(plan: &Plan<'a>, summary: &'a Summary) -> SummarySheet<'a> {
    let fields = head_fields(plan, summary);
    let blocks = Blocks { plan, by: summary.by };
    let rows = fields.iter().flat_map(|f| blocks.single(f.clone())).collect();
    SummarySheet { fields, rows, table: table(plan, summary) }
}

/// The stage at which it is sent.
pub fn sent_at<'a>(plan: &Plan<'a>, summary: &Summary) -> Option<&'a Stage> {
    let this = plan.programme.summaries.iter().position(|s| std::ptr::eq(s, summary))?;
    let is = |d: &Document| matches!(d, Document::Summary(id) if id.index() == this);
    plan.programme.workflows.iter().flat_map(|w| &w.stages).find(|s| s.sends.iter().any(is))
}

/// The fields above the table, each with its seal.
fn head_fields<'a>(plan: &Plan<'a>, summary: &'a Summary) -> Vec<Field<'a>> {
    let field = |f: &'a RecordField| Field {
        must: !f.optional,
        optional: f.optional,
        by: summary.by,
        hints: hints(&f.field, None, f.help.as_ref()),
        ..Field::plain(plan, &f.ident, format!("/head/{}", pointer_step(&f.ident.key)), &f.field)
    };
    let mut fields: Vec<Field<'a>> = Vec::new();
    for next in summary.fields.iter().map(field) {
        match fields.last_mut().filter(|before| before.ident.span == next.ident.span) {
            Some(sealed) => sealed.seal = Some(Box::new(next)),
            None => fields.push(next),
        }
    }
    fields
}

fn table<'a>(plan: &Plan<'a>, summary: &'a Summary) -> Table<'a> {
    let (name, caption) = ("summary".to_owned(), summary.ident.label.words());
    let mut table = Table { name, caption, kind: TableKind::Summary, heads: Vec::new(), rows: Vec::new() };
    let (mut above, mut below) = (Vec::new(), Vec::new());
    for (index, column) in summary.columns.iter().enumerate() {
        let leaf = table.column(index, column.ident.label.words(), column_hints(plan, column));
        let leaf = Head { note: column_note(plan, &column.field), ..leaf };
        match group_of(summary, index) {
            Some(group) => {
                let (ident, first, count) = &summary.groups[group];
                if *first == index {
                    let span = Span { columns: *count, rows: 1 };
                    let name = format!("{}-g{group}", table.name);
                    above.push(Head { name, text: ident.label.words(), span, group: true, hints: Vec::new(), note: None });
                }
                below.push(leaf);
            }
            None => above.push(Head { span: Span { columns: 1, rows: if summary.groups.is_empty() { 1 } else { 2 } }, ..leaf }),
        }
    }
    table.heads = [above, below].into_iter().filter(|row| !row.is_empty()).collect();
    table.rows = (0..ROWS).map(|row| table_row(plan, summary, row)).collect();
    table
}

fn group_of(summary: &Summary, column: usize) -> Option<usize> {
    summary.groups.iter().position(|(_, first, count)| (*first..first + count).contains(&column))
}

fn column_hints(plan: &Plan<'_>, column: &SummaryColumn) -> Vec<Text> {
    let mut words = hints(&column.field, None, None);
    words.extend(super::unit(plan, &column.field).map(|Text { zh, en }| text!("单位：{zh}", "unit: {en}")));
    if column.value.is_some() {
        words.push(text!("取自申报表", "taken from the application"));
    }
    words
}

/// （万元）, （区域/学校）: a closed list only if it is short.
pub fn column_note(plan: &Plan<'_>, field: &FieldType) -> Option<Text> {
    let values: Vec<Text> = choices(plan, field).iter().map(|v| v.ident.label.words()).collect();
    let listed = (1..=4).contains(&values.len()).then(|| Text::joined(values, &Text::same("/")));
    super::unit(plan, field).or(listed).map(|Text { zh, en }| text!("（{zh}）", "({en})"))
}

fn table_row<'a>(plan: &Plan<'a>, summary: &'a Summary, row: usize) -> TableRow<'a> {
    let field = |(index, column): (usize, &'a SummaryColumn)| {
        let pointer = format!("/package/summary/{row}{}", summary.pointer(index));
        let field = Field { by: summary.by, ..Field::plain(plan, &column.ident, pointer, &column.field) };
        let group = group_of(summary, index).map(|g| format!("summary-g{g}"));
        (field, group.into_iter().chain([format!("summary-c{index}")]).collect())
    };
    TableRow { name: format!("summary-r{row}"), head: None, fields: summary.columns.iter().enumerate().map(field).collect() }
}
