//! `<summary>.html`: a table whose rows are cases.
//!
//! In: one summary. Out: its page. Always: grouped heads as printed; a control is named by its row, its group and its column.

use super::control::{Choice, Control, Field, hints, id};
use super::page::{Export, Page, Section};
use super::sheet::{Cell, Content, Head, Layout, Row, Table, TableRow, column_head, full, named_by, shown, words};
use crate::Plan;
use crate::json::{Json, Object, compact};
use crate::names::pointer_step;
use prog_model::{Document, Stage, Summary, SummaryColumn};

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
    page.sections.extend(sender(plan, summary));
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
    page.export = Some(Export { base: base(plan, summary), file: format!("{name}.json"), track: None });
    page
}

/// The stage at which it is sent.
fn sent_at<'a>(plan: &'a Plan<'_>, summary: &Summary) -> Option<&'a Stage> {
    let this = plan.programme.summaries.iter().position(|s| std::ptr::eq(s, summary))?;
    let is = |d: &Document| matches!(d, Document::Summary(id) if id.index() == this);
    plan.programme.workflows.iter().flat_map(|w| &w.stages).find(|s| s.sends.iter().any(is))
}

/// What every package of this summary holds: where and by whom it is sent.
fn base(plan: &Plan<'_>, summary: &Summary) -> String {
    let stage = sent_at(plan, summary);
    let by = stage.and_then(|s| s.by).or(summary.by).map(|by| plan.actor(by));
    let package = Object::new().with_some("stage", stage.map(|s| plan.stage(s.id))).with_some("by", by);
    compact(&Json::Object(Object::new().with("package", package)))
}

/// Who sends: which one of several bodies, and when.
fn sender(plan: &Plan<'_>, summary: &Summary) -> Option<Section> {
    let actor = &plan.programme.actors[sent_at(plan, summary)?.by?.index()];
    let line = |at: &str, input: &'static str, label: String| Control {
        kind: "input",
        input,
        exported: "text",
        id: id(at),
        at: at.to_owned(),
        label,
        ..Control::default()
    };
    let key = actor.per.as_ref().map(|key| {
        let control = line("/package/key", "text", format!("报送单位（{key}）"));
        let options: Vec<Choice> = plan.programme.enums.iter().find(|e| e.ident.name == *key).map(choices).unwrap_or_default();
        if options.is_empty() { control } else { Control { kind: "select", options, ..control } }
    });
    let at = line("/package/at", "date", "报送日期".to_owned());
    let row = |control: Control| {
        let label = Content::Words { text: control.label.clone(), id: None, label_for: Some(control.id.clone()), optional: false };
        let head = Cell { scope: Some("row"), columns: 3, rows: 1, content: vec![label], ..Cell::default() };
        Row { cells: vec![head, Cell { columns: 9, rows: 1, content: vec![shown(control)], ..Cell::default() }] }
    };
    let rows = key.into_iter().chain([at]).map(row).collect();
    let remark = Some("导出数据时用，通知的表没有这几项。".to_owned());
    Some(Section { id: "sender".to_owned(), legend: Some("报送".to_owned()), remark, sender: true, rows, ..Section::default() })
}

fn choices(list: &prog_model::Enum) -> Vec<Choice> {
    let choice = |v: &prog_model::EnumValue| Choice {
        id: format!("package-key.{}", v.ident.key),
        value: v.ident.key.clone(),
        label: v.ident.label.text.clone(),
    };
    list.values.iter().filter(|v| v.retired_since.is_none()).map(choice).collect()
}

fn table(plan: &Plan<'_>, summary: &Summary) -> Table {
    let table_id = "summary";
    let grouped = |column: usize| summary.groups.iter().position(|(_, first, count)| (*first..first + count).contains(&column));
    let mut table = Table { id: table_id.to_owned(), caption: summary.ident.label.text.clone(), keyed: true, ..Table::default() };
    let rows = if summary.groups.is_empty() { 1 } else { 2 };
    let said = Some("通知的表没有这一栏；用来与申报对应".to_owned());
    let case = Head { id: "summary-case".to_owned(), text: "申报编号".to_owned(), columns: 1, rows, scope: "col", hint: said };
    if summary.groups.is_empty() {
        table.heads.push(case)
    } else {
        table.groups.push(case)
    }
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
        let pointer = format!("/package/summary/{row}{}", summary.pointer(index));
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
    let at = format!("/package/summary/{row}/case");
    let case = Control { kind: "input", input: "text", exported: "text", id: id(&at), at, ..Control::default() };
    let case = named_by(case, &[&row_id, "summary-case"]);
    let controls = std::iter::once(case).chain(summary.columns.iter().enumerate().map(control)).collect();
    TableRow { head: format!("{}", row + 1), quiet: false, controls, id: row_id }
}
