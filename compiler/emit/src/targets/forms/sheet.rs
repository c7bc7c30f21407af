//! Layout to what a page shows: rows of cells with controls, ids and words.
//!
//! In: [`layout`] sections, and whose page it is. Out: [`Row`]s for the template. Always: every control is named by a `label` element or by
//! the ids of its heads and unit.

use super::control::{self, Control};
use super::said::{Said, line};
use super::turns::{Turn, Turns};
use crate::Plan;
use crate::layout::{self, Content as Printed, Field, Span, TableKind, WIDTH, anchor};
use prog_base::{Text, text};
use serde::Serialize;

/// A row.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Cell {
    /// A head cell with this scope.
    pub scope: Option<&'static str>,
    pub class: Option<&'static str>,
    pub columns: usize,
    pub rows: usize,
    pub content: Vec<Content>,
}

/// What stands in a cell.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Content {
    /// Words, perhaps with an id or as the label of a control.
    Words(Words),
    /// A hint under a label.
    Hint { id: String, text: Said },
    /// A control.
    Control { control: Box<Control> },
    /// A table of controls with heads on both sides.
    Table { table: Box<Table> },
    /// An opinion block.
    Opinion { opinion: Box<OpinionBlock> },
}

/// Words in a cell.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Words {
    pub text: Said,
    pub id: Option<String>,
    pub label_for: Option<String>,
    pub optional: bool,
}

/// A table of controls.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Table {
    pub id: String,
    /// Where its rows stand, if rows may be added.
    pub list: Option<String>,
    /// The name that its rows' ids begin with.
    pub name: String,
    /// The summary whose rows it holds.
    pub summary: Option<String>,
    pub caption: Said,
    /// Its first column names the case of a row, on the screen only.
    pub keyed: bool,
    pub hint: Option<Said>,
    /// A box that says that the list is empty: an untouched list is not one.
    pub none: Option<Control>,
    /// Heads over several columns: `None` where a column has none.
    pub groups: Vec<Head>,
    pub heads: Vec<Head>,
    pub rows: Vec<TableRow>,
}

/// A head.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Head {
    pub id: String,
    pub text: Said,
    pub columns: usize,
    pub rows: usize,
    pub scope: &'static str,
    pub hint: Option<Said>,
}

/// A row of controls.
#[derive(Clone, Debug, Serialize)]
pub struct TableRow {
    pub id: String,
    /// `None`: rows are numbered.
    pub head: Option<Said>,
    /// The head is for screen readers only.
    pub quiet: bool,
    pub controls: Vec<Control>,
}

/// An opinion: text, signature, date, seal.
#[derive(Clone, Debug, Serialize)]
pub struct OpinionBlock {
    pub id: String,
    pub legend: Said,
    /// Who fills it, and whether that is now.
    pub remark: Option<Said>,
    pub turn: Option<&'static str>,
    pub text: Control,
    pub signature: Option<Signature>,
    pub date: Option<Control>,
    pub seal: Option<Control>,
}

/// Who signs, as printed, and where.
#[derive(Clone, Debug, Serialize)]
pub struct Signature {
    pub words: String,
    pub control: Control,
}

/// Turns a layout into what a page shows of it.
pub struct View<'p, 'a> {
    pub plan: &'p Plan<'a>,
    /// Whose page it is: parts of others can't be filled in; `None`: everybody's.
    pub turns: Option<&'p Turns>,
}

impl View<'_, '_> {
    /// The rows of a section.
    pub fn rows(&self, rows: &[layout::Row<'_>]) -> Vec<Row> {
        rows.iter().map(|row| Row { cells: row.cells.iter().map(|c| self.cell(c)).collect() }).collect()
    }

    fn control(&self, field: &Field<'_>) -> Control {
        let others = self.turns.is_some_and(|turns| turns.of(field.by, field.at) != Turn::Own);
        control::control(self.plan, field, others)
    }

    fn cell(&self, cell: &layout::Cell<'_>) -> Cell {
        let (scope, class, content) = match &cell.content {
            Printed::Note(text) => (None, Some("note"), vec![words(text.clone())]),
            Printed::Heading(text) => (None, Some("head"), vec![words(text.clone())]),
            Printed::Group { name, text, of, total } => {
                let class = total.is_some().then_some("total");
                (Some("rowgroup"), class, self.group(name, text, of.as_deref(), total.as_deref()))
            }
            Printed::Label { field, under, long } => (Some("row"), long.then_some("long"), self.label(field, under.is_some())),
            Printed::Entry { field, under } => (None, None, self.entry(field, under.as_deref())),
            Printed::Table(table) => (None, None, vec![Content::Table { table: Box::new(self.table(table)) }]),
            Printed::Opinion(opinion) => (None, Some("opinion"), vec![Content::Opinion { opinion: Box::new(self.opinion(opinion)) }]),
        };
        Cell { scope, class, columns: cell.span.columns, rows: cell.span.rows, content }
    }

    fn group(&self, name: &str, text: &Text, of: Option<&Field<'_>>, total: Option<&Field<'_>>) -> Vec<Content> {
        let mut content = vec![named(text.clone(), name)];
        content.extend(of.and_then(hint));
        if let Some(total) = total {
            let control_id = anchor(&total.pointer);
            let label_id = format!("{control_id}-label");
            content.push(Content::Words(Words {
                text: before(total.words()).into(),
                id: Some(label_id.clone()),
                label_for: Some(control_id),
                ..Words::default()
            }));
            content.push(shown(named_by(self.control(total), &[name, &label_id])));
            content.push(words(if total.words().zh.is_ascii() { Text::same(")") } else { Text::same("）") }));
            content.extend(hint(total));
        }
        content
    }

    fn label(&self, field: &Field<'_>, under: bool) -> Vec<Content> {
        let control = anchor(&field.pointer);
        // Groups of boxes and controls named by several heads have no `label` element of their own.
        let direct = !under && !is_set(&self.control(field));
        let label = Content::Words(Words {
            // Under a common head the unit stands behind the box only, and names the control there.
            text: if under { field.words() } else { field.title() }.into(),
            id: Some(format!("{control}-label")),
            label_for: direct.then_some(control),
            optional: field.optional,
        });
        std::iter::once(label).chain(hint(field)).collect()
    }

    fn entry(&self, field: &Field<'_>, under: Option<&str>) -> Vec<Content> {
        let control = self.control(field);
        let label = format!("{}-label", control.id);
        let control = match under {
            None if !is_set(&control) => control,
            head => {
                let ids: Vec<&str> = head.into_iter().chain([label.as_str()]).collect();
                named_by(control, &ids)
            }
        };
        let seal = field.seal.as_deref().map(|seal| {
            let seal = self.control(seal);
            let own = format!("{}-words", seal.id);
            let seal = Control { kind: "check", exported: "yes_no", described_by: None, options: Vec::new(), ..seal };
            named_by(seal, &[&own])
        });
        std::iter::once(control).chain(seal).map(shown).collect()
    }

    /// A table as the page shows it.
    pub fn table(&self, table: &layout::Table<'_>) -> Table {
        let (id, keyed) = match &table.kind {
            TableKind::List(_) => (format!("{}-list", table.name), false),
            TableKind::Grid => (format!("{}-grid", table.name), false),
            TableKind::Summary => (table.name.clone(), true),
        };
        let list = match &table.kind {
            TableKind::List(field) => Some(field.as_ref()),
            TableKind::Grid | TableKind::Summary => None,
        };
        let optional = list.filter(|f| f.optional).map(|_| text!("可不填", "optional"));
        let said = optional.into_iter().chain(list.into_iter().flat_map(|f| f.hints.clone()));
        let mut heads = table.heads.iter().map(|row| row.iter().map(head).collect::<Vec<Head>>());
        let first = heads.next().unwrap_or_default();
        let (groups, heads) = match heads.next() {
            Some(second) => (first, second),
            None => (Vec::new(), first),
        };
        Table {
            id,
            list: list.map(|f| f.pointer.clone()).or_else(|| keyed.then(|| "/package/summary".to_owned())),
            name: table.name.clone(),
            summary: None,
            caption: table.caption.clone().into(),
            keyed,
            hint: line(said),
            none: list.map(|field| self.none(field)),
            groups,
            heads,
            rows: table.rows.iter().map(|row| self.table_row(row)).collect(),
        }
    }

    /// The box that says that a list is empty.
    fn none(&self, field: &Field<'_>) -> Control {
        let name = anchor(&field.pointer);
        Control {
            kind: "check",
            exported: "none",
            id: format!("{name}-none"),
            at: field.pointer.clone(),
            label: text!("无（没有可填的，勾这里）", "None (tick if there is nothing to enter)").into(),
            disabled: self.control(field).disabled,
            labelled_by: Some(format!("{name}-list-caption {name}-none-words")),
            ..Control::default()
        }
    }

    fn table_row(&self, row: &layout::TableRow<'_>) -> TableRow {
        let control = |(field, heads): &(Field<'_>, Vec<String>)| {
            let ids: Vec<&str> = std::iter::once(row.name.as_str()).chain(heads.iter().map(String::as_str)).collect();
            Control { described_by: None, ..named_by(self.control(field), &ids) }
        };
        TableRow {
            id: row.name.clone(),
            head: row.head.clone().map(Said::from),
            quiet: row.head.is_none(),
            controls: row.fields.iter().map(control).collect(),
        }
    }

    /// Who fills an opinion; on a page of one actor, when.
    fn said(&self, opinion: &layout::Opinion<'_>) -> Option<Text> {
        match self.turns {
            Some(turns) => turns.said(self.plan, Some(opinion.by), opinion.at),
            None => Some(filled_by(self.plan, opinion.by)),
        }
    }

    fn opinion(&self, opinion: &layout::Opinion<'_>) -> OpinionBlock {
        let control = |field: &Field<'_>, own: Option<&str>| {
            let control = self.control(field);
            let own = own.map(|own| format!("{}-{own}", control.id));
            let ids: Vec<&str> = [opinion.name.as_str()].into_iter().chain(own.as_deref()).collect();
            named_by(control, &ids)
        };
        let label = Said::from(text!("单位公章（已盖章）", "Official seal (affixed)"));
        OpinionBlock {
            id: opinion.name.clone(),
            legend: opinion.legend.clone().into(),
            remark: self.said(opinion).map(Said::from),
            turn: self.turns.and_then(|turns| turns.of(Some(opinion.by), opinion.at).word()),
            text: Control { kind: "area", exported: "text", lines: 5, ..control(&opinion.text, None) },
            signature: opinion
                .signature
                .as_ref()
                .map(|(who, field)| Signature { words: (*who).to_owned(), control: control(field, Some("label")) }),
            seal: opinion.seal.as_ref().map(|seal| Control { kind: "check", exported: "yes_no", label, ..control(seal, Some("words")) }),
            date: opinion.date.as_ref().map(|date| control(date, Some("label"))),
        }
    }
}

fn head(head: &layout::Head) -> Head {
    Head {
        id: head.name.clone(),
        text: head.text.clone().into(),
        columns: head.span.columns,
        rows: head.span.rows,
        scope: if head.group { "colgroup" } else { "col" },
        hint: line(head.hints.clone()),
    }
}

/// Several boxes that answer one question.
fn is_set(control: &Control) -> bool {
    matches!(control.kind, "radio" | "checks")
}

/// The control, named by these ids and its unit.
pub fn named_by(mut control: Control, ids: &[&str]) -> Control {
    let mut ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
    if control.unit.is_some() && control.kind == "input" {
        ids.push(format!("{}-unit", control.id));
    }
    control.labelled_by = Some(ids.join(" "));
    control
}

fn hint(field: &Field<'_>) -> Option<Content> {
    line(field.hints.clone()).map(|text| Content::Hint { id: format!("{}-hint", anchor(&field.pointer)), text })
}

/// Fits the columns of rows to their cells; gives the width of each, in twelfths.
pub fn fit(rows: &mut [Row]) -> Vec<usize> {
    let mut spans: Vec<Vec<Span>> =
        rows.iter().map(|row| row.cells.iter().map(|c| Span { columns: c.columns, rows: c.rows }).collect()).collect();
    let widths = layout::fit(&mut spans.iter_mut().map(|row| row.iter_mut().collect()).collect::<Vec<Vec<&mut Span>>>());
    for (row, spans) in rows.iter_mut().zip(spans) {
        for (cell, span) in row.cells.iter_mut().zip(spans) {
            cell.columns = span.columns;
        }
    }
    widths
}

/// A control as content.
pub fn shown(control: Control) -> Content {
    Content::Control { control: Box::new(control) }
}

/// Plain words.
pub fn words(text: Text) -> Content {
    Content::Words(Words { text: text.into(), ..Words::default() })
}

fn named(text: Text, id: &str) -> Content {
    Content::Words(Words { text: text.into(), id: Some(id.to_owned()), ..Words::default() })
}

/// Words within brackets that a control closes.
fn before(Text { zh, en }: Text) -> Text {
    let open = |words: &str| if words.is_ascii() { " (" } else { "（" };
    Text { zh: format!("{}{zh}", open(&zh)), en: format!("{}{en}", open(&en)) }
}

/// Who fills a part.
pub fn filled_by(plan: &Plan<'_>, by: prog_model::ActorId) -> Text {
    let Text { zh, en } = plan.programme.actors[by.index()].ident.label.words();
    text!("由{zh}填写", "Filled in by {en}")
}

/// A row of one cell.
pub fn full(class: Option<&'static str>, content: Vec<Content>) -> Row {
    Row { cells: vec![Cell { class, columns: WIDTH, rows: 1, content, ..Cell::default() }] }
}
