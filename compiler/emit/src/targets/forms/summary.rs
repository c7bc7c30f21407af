//! `<summary>.html`: a table whose rows are cases.
//!
//! In: one summary. Out: its page. Always: grouped heads as printed; a control is named by its row, its group and its column.

use super::control::{Choice, Control};
use super::page::{Export, Page, Section};
use super::sheet::{Cell, Content, Head, Row, Table, View, Words, filled_by, full, named_by, shown, words};
use crate::Plan;
use crate::json::{Json, Object, compact};
use crate::layout::{self, anchor};
use prog_base::{Text, text};
use prog_model::Summary;

/// The page of a summary.
pub fn page(plan: &Plan<'_>, summary: &Summary, name: &str) -> Page {
    if summary.absent {
        return Page::placeholder(plan, &summary.ident.label, &summary.cites);
    }
    let mut page = Page::new(plan, summary.ident.label.words(), &summary.cites, summary.landscape);
    if let Some(by) = summary.by {
        page.remarks.push(filled_by(plan, by).into());
    }
    page.sections.extend(sender(plan, summary));
    let view = View { plan, turns: None };
    let sheet = layout::summary(plan, summary);
    let rows = view.rows(&sheet.rows);
    if !rows.is_empty() {
        page.sections.push(Section { id: "head".to_owned(), rows, ..Section::default() });
    }
    if summary.fields.is_empty() && summary.columns.is_empty() {
        let rows = vec![full(Some("note"), vec![words(text!("本表没有列。", "This table has no columns."))])];
        page.sections.push(Section { id: "empty".to_owned(), rows, ..Section::default() });
    }
    page.table = Some(Table { summary: Some(summary.ident.key.clone()), ..table(&view, &sheet.table) });
    let file = format!("{name}.ndjson");
    page.export = Some(Export { base: base(plan, summary), draft: file.clone(), file, stage: None, track: None });
    page
}

/// What every package of this summary holds: where and by whom it is sent.
fn base(plan: &Plan<'_>, summary: &Summary) -> String {
    let stage = layout::sent_at(plan, summary);
    let by = stage.and_then(|s| s.by).or(summary.by).map(|by| plan.actor(by));
    let package = Object::new().with_some("stage", stage.map(|s| plan.stage(s.id))).with_some("by", by);
    compact(&Json::Object(Object::new().with("package", package)))
}

/// Who sends: which one of several bodies, and when.
fn sender(plan: &Plan<'_>, summary: &Summary) -> Option<Section> {
    let actor = &plan.programme.actors[layout::sent_at(plan, summary)?.by?.index()];
    let line = |at: &str, input: &'static str, label: Text| Control {
        kind: "input",
        input,
        exported: "text",
        id: anchor(at),
        at: at.to_owned(),
        label: label.into(),
        ..Control::default()
    };
    let key = actor.per.as_ref().map(|key| {
        let control = line("/package/key", "text", text!("报送单位（{key}）", "Sender ({key})"));
        let options: Vec<Choice> = plan.programme.enums.iter().find(|e| e.ident.name == *key).map(choices).unwrap_or_default();
        if options.is_empty() { control } else { Control { kind: "select", options, ..control } }
    });
    let at = line("/package/at", "date", text!("报送日期", "Date of sending"));
    let row = |control: Control| {
        let label = Content::Words(Words { text: control.label.clone(), label_for: Some(control.id.clone()), ..Words::default() });
        let head = Cell { scope: Some("row"), columns: 3, rows: 1, content: vec![label], ..Cell::default() };
        Row { cells: vec![head, Cell { columns: 9, rows: 1, content: vec![shown(control)], ..Cell::default() }] }
    };
    let rows = key.into_iter().chain([at]).map(row).collect();
    let remark = Some(text!("导出数据时用，通知的表没有这几项。", "For the export; the notice's table does not ask for it.").into());
    Some(Section {
        id: "sender".to_owned(),
        legend: Some(text!("报送", "Sending").into()),
        remark,
        sender: true,
        rows,
        ..Section::default()
    })
}

fn choices(list: &prog_model::Enum) -> Vec<Choice> {
    let choice = |v: &prog_model::EnumValue| Choice::new("package-key", &v.ident.key, v.ident.label.words());
    list.values.iter().filter(|v| v.retired_since.is_none()).map(choice).collect()
}

/// The table, with a column before the first by which rows and applications find each other.
fn table(view: &View<'_, '_>, printed: &layout::Table<'_>) -> Table {
    let mut table = view.table(printed);
    let rows = printed.heads.len();
    let said = text!("通知的表没有这一栏；用来与申报对应", "not in the notice's table; by it rows and applications find each other");
    let case = Head {
        id: "summary-case".to_owned(),
        text: text!("申报编号", "Application").into(),
        columns: 1,
        rows,
        scope: "col",
        hint: Some(said.into()),
    };
    let first = if table.groups.is_empty() { &mut table.heads } else { &mut table.groups };
    first.insert(0, case);
    for (index, row) in table.rows.iter_mut().enumerate() {
        let at = format!("/package/summary/{index}/case");
        let case = Control { kind: "input", input: "text", exported: "text", id: anchor(&at), at, ..Control::default() };
        row.controls.insert(0, named_by(case, &[&row.id, "summary-case"]));
        (row.head, row.quiet) = (None, false);
        for control in &mut row.controls {
            // In a narrow column a list of words takes less room than a set of boxes.
            if control.kind == "radio" {
                control.kind = "select";
            }
        }
    }
    table
}
