//! Layout to sheets: rows of cells on a grid of twelve columns, the one model behind screen and paper.
//!
//! In: blocks of a form. Out: [`Row`]s. Always: the spans of a row, with those reaching into it from above, add up to twelve; every
//! control is named by a `label` element or by the ids of its heads and unit.

use super::control::{Control, Field, id, unit};
use crate::Plan;
use crate::names::pointer_step;
use prog_model::{ActorId, Block, FieldKind, FieldType, Grid, Ident, InputId, Opinion, RecordId};
use serde::Serialize;

/// Columns of every sheet.
const WIDTH: usize = 12;

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
    Words { text: String, id: Option<String>, label_for: Option<String>, optional: bool },
    /// A hint under a label.
    Hint { id: String, text: String },
    /// A control.
    Control { control: Box<Control> },
    /// A table of controls with heads on both sides.
    Table { table: Box<Table> },
    /// An opinion block.
    Opinion { opinion: Box<OpinionBlock> },
}

/// Records of so many fields stand in threes.
const MANY: usize = 6;

/// A table of controls.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Table {
    pub id: String,
    pub caption: String,
    /// Its first column names the case of a row, on the screen only.
    pub keyed: bool,
    pub hint: Option<String>,
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
    pub text: String,
    pub columns: usize,
    pub rows: usize,
    pub scope: &'static str,
    pub hint: Option<String>,
}

/// A row of controls.
#[derive(Clone, Debug, Serialize)]
pub struct TableRow {
    pub id: String,
    pub head: String,
    /// The head is for screen readers only.
    pub quiet: bool,
    pub controls: Vec<Control>,
}

/// An opinion: text, signature, date, seal.
#[derive(Clone, Debug, Serialize)]
pub struct OpinionBlock {
    pub id: String,
    pub legend: String,
    pub by: String,
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

/// Lays out blocks.
pub struct Layout<'a> {
    pub plan: &'a Plan<'a>,
    /// Whose page it is: parts of others can't be filled in; `None`: everybody's.
    pub actor: Option<ActorId>,
    /// Whose part is being laid out.
    pub owner: Option<ActorId>,
}

impl<'a> Layout<'a> {
    /// The rows of blocks, one below the other.
    pub fn rows(&self, blocks: &'a [Block]) -> Vec<Row> {
        blocks.iter().flat_map(|b| self.block(b)).collect()
    }

    fn block(&self, block: &'a Block) -> Vec<Row> {
        match block {
            Block::Field(id) => self.single(&self.field(*id)),
            Block::Row(inner) => match self.simple_fields(inner) {
                Some(fields) => vec![self.side_by_side(&fields)],
                None => self.rows(inner),
            },
            Block::Group { label, columns, blocks } => self.group(label.as_ref().map(|l| l.text.as_str()), *columns, blocks),
            Block::Grid(grid) => self.grid(grid),
            Block::Opinion(opinion) => vec![self.opinion(opinion)],
            Block::Note(label) => vec![full(Some("note"), vec![words(&label.text)])],
            // Covers and parts stand at the top of a form and are laid out as sections.
            Block::Cover(inner) => self.rows(inner),
            Block::Part(part) => self.rows(&part.blocks),
        }
    }

    fn disabled(&self, owner: Option<ActorId>) -> bool {
        self.actor.is_some() && owner.is_some() && self.actor != owner
    }

    /// A field of the form.
    pub fn field(&self, id: InputId) -> Field<'a> {
        Field::of_input(self.plan, self.plan.programme.input(id), self.disabled(self.owner))
    }

    /// The fields of blocks that are all fields and fit side by side.
    fn simple_fields(&self, blocks: &'a [Block]) -> Option<Vec<Field<'a>>> {
        let mut fields = Vec::new();
        for block in blocks {
            let found = match block {
                Block::Field(id) => vec![self.field(*id)],
                Block::Row(inner) => self.simple_fields(inner)?,
                Block::Cover(_) | Block::Part(_) | Block::Group { .. } | Block::Grid(_) | Block::Opinion(_) | Block::Note(_) => {
                    return None;
                }
            };
            fields.extend(found);
        }
        let simple = |f: &Field<'_>| !f.is_long() && !matches!(f.field.kind, FieldKind::Record(_));
        fields.iter().all(simple).then_some(fields)
    }

    /// One field on a row of its own.
    pub fn single(&self, field: &Field<'a>) -> Vec<Row> {
        match &field.field.kind {
            FieldKind::Record(record) => self.record(field, *record),
            FieldKind::List(item) => vec![full(None, vec![Content::Table { table: Box::new(self.list(field, item)) }])],
            _ if field.is_long() => {
                let head = Cell { class: Some("long"), ..label_cell(self.plan, field, WIDTH, &[]) };
                vec![Row { cells: vec![head] }, full(None, vec![shown(field.control(self.plan))])]
            }
            _ => vec![Row { cells: vec![label_cell(self.plan, field, 3, &[]), control_cell(self.plan, field, WIDTH - 3, &[])] }],
        }
    }

    fn side_by_side(&self, fields: &[Field<'a>]) -> Row {
        Row { cells: pairs(self.plan, fields, fields.len().max(1), WIDTH, &[]) }
    }

    fn group(&self, label: Option<&str>, columns: u32, blocks: &'a [Block]) -> Vec<Row> {
        let Some(fields) = self.simple_fields(blocks) else {
            let head = label.map(|text| full(Some("head"), vec![words(text)]));
            return head.into_iter().chain(self.rows(blocks)).collect();
        };
        let Some(text) = label else { return grouped(self.plan, None, &fields, columns) };
        let first = fields.first().map(|f| id(&f.pointer)).unwrap_or_default();
        let head_id = format!("{first}-group");
        let head = Cell { scope: Some("rowgroup"), content: vec![named(text, &head_id)], ..Cell::default() };
        grouped(self.plan, Some((head, head_id)), &fields, columns)
    }

    fn grid(&self, grid: &'a Grid) -> Vec<Row> {
        if !grid.heads.is_empty() {
            return vec![full(None, vec![Content::Table { table: Box::new(self.two_way(grid)) }])];
        }
        let fields: Vec<Field<'a>> = grid.cells.iter().map(|c| self.field(*c)).collect();
        let head_id = format!("{}-grid", self.grid_id(grid));
        let mut content = vec![named(&grid.ident.label.text, &head_id)];
        if let Some(total) = grid.total {
            let total = self.field(total);
            let (label_id, control_id) = (format!("{}-label", id(&total.pointer)), id(&total.pointer));
            content.push(Content::Words {
                text: format!("（{}", total.ident.label.text),
                id: Some(label_id.clone()),
                label_for: Some(control_id),
                optional: false,
            });
            content.push(shown(named_by(total.control(self.plan), &[&head_id, &label_id])));
            content.push(words("）"));
            content.extend(hint(&total));
        }
        let head = Cell { scope: Some("rowgroup"), class: Some("total"), content, ..Cell::default() };
        grouped(self.plan, Some((head, head_id)), &fields, grid.columns)
    }

    fn grid_id(&self, grid: &Grid) -> String {
        let first = grid.cells.first().map(|c| self.plan.programme.input(*c).pointer.as_str()).unwrap_or_default();
        id(first.rsplit_once('/').map_or(first, |(parent, _)| parent))
    }

    fn two_way(&self, grid: &'a Grid) -> Table {
        let table_id = self.grid_id(grid);
        let unit = grid.cells.first().and_then(|c| unit(self.plan, &self.plan.programme.input(*c).field));
        let caption = match unit {
            Some(unit) => format!("{}（{unit}）", grid.ident.label.text),
            None => grid.ident.label.text.clone(),
        };
        let heads = grid.heads.iter().enumerate().map(|(i, h)| column_head(&table_id, i, h, None)).collect();
        let width = grid.heads.len();
        let rows = grid.rows.iter().zip(grid.cells.chunks(width)).enumerate().map(|(r, (ident, cells))| {
            let row_id = format!("{table_id}-r{r}");
            let control =
                |(c, cell): (usize, &InputId)| named_by(self.field(*cell).control(self.plan), &[&row_id, &format!("{table_id}-c{c}")]);
            let controls = cells.iter().enumerate().map(control).collect();
            TableRow { head: ident.label.text.clone(), quiet: false, controls, id: row_id }
        });
        let mut rows: Vec<TableRow> = rows.collect();
        if let Some(total) = grid.total {
            let total = self.field(total);
            let row_id = format!("{table_id}-total");
            let control = named_by(total.control(self.plan), &[&row_id]);
            rows.push(TableRow { head: total.ident.label.text.clone(), quiet: false, controls: vec![control], id: row_id });
        }
        Table { id: format!("{table_id}-grid"), caption, keyed: false, hint: None, none: None, groups: Vec::new(), heads, rows }
    }

    /// A record: its name at the left, its fields two a row.
    fn record(&self, field: &Field<'a>, record: RecordId) -> Vec<Row> {
        let head_id = format!("{}-group", id(&field.pointer));
        let mut content = vec![named(&field.ident.label.text, &head_id)];
        content.extend(hint(field));
        let head = Cell { scope: Some("rowgroup"), content, ..Cell::default() };
        let fields = self.record_fields(record, &field.pointer, field.must, field.disabled);
        grouped(self.plan, Some((head, head_id)), &fields, if fields.len() < MANY { 2 } else { 3 })
    }

    fn record_fields(&self, record: RecordId, pointer: &str, must: bool, disabled: bool) -> Vec<Field<'a>> {
        let record = &self.plan.programme.records[record.index()];
        let field = |f: &'a prog_model::RecordField| Field {
            ident: &f.ident,
            pointer: format!("{pointer}/{}", pointer_step(&f.ident.key)),
            field: &f.field,
            must: must && !f.optional,
            optional: f.optional,
            disabled,
            hints: super::control::hints(self.plan, &f.field, None, f.help.as_ref()),
        };
        record.fields.iter().map(field).collect()
    }

    /// A list: as many blank rows as its least number of items, at least three.
    fn list(&self, field: &Field<'a>, item: &'a FieldType) -> Table {
        let table_id = id(&field.pointer);
        let count = super::ROWS;
        let mut table = Table { id: format!("{table_id}-list"), caption: field.ident.label.text.clone(), ..Table::default() };
        let optional = field.optional.then(|| "可不填".to_owned());
        let said: Vec<String> = optional.into_iter().chain(field.hints.iter().cloned()).collect();
        table.hint = (!said.is_empty()).then(|| said.join("；"));
        table.none = Some(Control {
            kind: "check",
            exported: "none",
            id: format!("{table_id}-none"),
            at: field.pointer.clone(),
            label: "无（没有可填的，勾这里）".to_owned(),
            disabled: field.disabled,
            labelled_by: Some(format!("{table_id}-list-caption {table_id}-none-words")),
            ..Control::default()
        });
        let item_fields = |pointer: &str| match &item.kind {
            FieldKind::Record(record) => self.record_fields(*record, pointer, false, field.disabled),
            _ => vec![Field {
                ident: field.ident,
                pointer: pointer.to_owned(),
                field: item,
                must: false,
                optional: false,
                disabled: field.disabled,
                hints: super::control::hints(self.plan, item, None, None),
            }],
        };
        for row in 0..count {
            let fields = item_fields(&format!("{}/{row}", field.pointer));
            if row == 0 {
                let head =
                    |(i, f): (usize, &Field<'a>)| column_head(&table_id, i, f.ident, (!f.hints.is_empty()).then(|| f.hints.join("；")));
                table.heads = fields.iter().enumerate().map(head).collect();
            }
            let row_id = format!("{table_id}-r{row}");
            let control = |(i, f): (usize, &Field<'a>)| {
                let mut control = named_by(f.control(self.plan), &[&row_id, &format!("{table_id}-c{i}")]);
                control.described_by = None;
                control
            };
            let controls = fields.iter().enumerate().map(control).collect();
            table.rows.push(TableRow { head: format!("第 {} 行", row + 1), quiet: true, controls, id: row_id });
        }
        table
    }

    fn opinion(&self, opinion: &'a Opinion) -> Row {
        let legend_id = format!("{}-legend", id(&self.plan.programme.input(opinion.text).pointer));
        let control = |input: InputId, own: Option<&str>| {
            let field = Field::of_input(self.plan, self.plan.programme.input(input), self.disabled(Some(opinion.of)));
            let control = Control { must: false, described_by: None, ..field.control(self.plan) };
            let own = own.map(|own| format!("{}-{own}", control.id));
            let ids: Vec<&str> = [legend_id.as_str()].into_iter().chain(own.as_deref()).collect();
            named_by(control, &ids)
        };
        let text = Control { kind: "area", exported: "text", lines: 5, ..control(opinion.text, None) };
        let signature =
            opinion.signature.as_ref().map(|(who, input)| Signature { words: who.clone(), control: control(*input, Some("label")) });
        let label = "单位公章（已盖章）".to_owned();
        let seal = opinion.seal.map(|input| Control { kind: "check", exported: "yes_no", label, ..control(input, Some("words")) });
        let date = opinion.date.map(|input| control(input, Some("label")));
        let legend = opinion.ident.label.text.clone();
        let by = self.plan.programme.actors[opinion.of.index()].ident.label.text.clone();
        let block = OpinionBlock { id: legend_id.clone(), legend, by, text, signature, date, seal };
        full(Some("opinion"), vec![Content::Opinion { opinion: Box::new(block) }])
    }
}

/// A column's head in a table.
pub fn column_head(table: &str, index: usize, ident: &Ident, hint: Option<String>) -> Head {
    Head { id: format!("{table}-c{index}"), text: ident.label.text.clone(), columns: 1, rows: 1, scope: "col", hint }
}

/// Fields in pairs of label and control, `columns` pairs a row, under a common head at the left.
fn grouped(plan: &Plan<'_>, head: Option<(Cell, String)>, fields: &[Field<'_>], columns: u32) -> Vec<Row> {
    let per_row = (columns.max(1) as usize).min(4);
    let width = if head.is_some() { WIDTH - 2 } else { WIDTH };
    let by: Vec<&str> = head.iter().map(|(_, id)| id.as_str()).collect();
    let mut rows: Vec<Row> = fields.chunks(per_row).map(|chunk| Row { cells: pairs(plan, chunk, per_row, width, &by) }).collect();
    let count = rows.len();
    if let (Some((head, _)), Some(first)) = (head, rows.first_mut()) {
        first.cells.insert(0, Cell { columns: 2, rows: count, ..head });
    }
    rows
}

/// Label and control cells of up to `per_row` fields over `width` columns; the last control takes what is left.
fn pairs(plan: &Plan<'_>, fields: &[Field<'_>], per_row: usize, width: usize, by: &[&str]) -> Vec<Cell> {
    let share = (width / per_row.max(1)).max(2);
    let mut cells = Vec::new();
    let mut left = width;
    for (i, field) in fields.iter().enumerate() {
        let label = if field.is_number() { share.div_ceil(2) } else { (share / 2).max(1) };
        let last = i + 1 == fields.len();
        let control = if last { left.saturating_sub(label).max(1) } else { share - label };
        left = left.saturating_sub(label + control);
        cells.push(label_cell(plan, field, label, by));
        cells.push(control_cell(plan, field, control, by));
    }
    cells
}

fn label_cell(plan: &Plan<'_>, field: &Field<'_>, columns: usize, by: &[&str]) -> Cell {
    let control = id(&field.pointer);
    // Groups of boxes and controls named by several heads have no `label` element of their own.
    let direct = by.is_empty() && !is_set(&field.control(plan));
    let mut content = vec![Content::Words {
        // Under a common head the unit stands behind the box only, and names the control there.
        text: if by.is_empty() { field.title(plan) } else { field.ident.label.text.clone() },
        id: Some(format!("{control}-label")),
        label_for: direct.then_some(control),
        optional: field.optional,
    }];
    content.extend(hint(field));
    Cell { scope: Some("row"), columns, rows: 1, content, ..Cell::default() }
}

fn control_cell(plan: &Plan<'_>, field: &Field<'_>, columns: usize, by: &[&str]) -> Cell {
    let control = field.control(plan);
    let control = if by.is_empty() && !is_set(&control) {
        control
    } else {
        let label = format!("{}-label", control.id);
        let ids: Vec<&str> = by.iter().copied().chain([label.as_str()]).collect();
        named_by(control, &ids)
    };
    Cell { columns, rows: 1, content: vec![shown(control)], ..Cell::default() }
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
    (!field.hints.is_empty()).then(|| Content::Hint { id: format!("{}-hint", id(&field.pointer)), text: field.hints.join("；") })
}

/// Merges the columns in which no cell of these rows begins; gives the width of each that is left, in twelfths.
pub fn fit(rows: &mut [Row]) -> Vec<usize> {
    let placed = starts(rows);
    let mut edges: Vec<usize> = placed.iter().flatten().copied().collect();
    edges.sort_unstable();
    edges.dedup();
    for (row, starts) in rows.iter_mut().zip(&placed) {
        for (cell, start) in row.cells.iter_mut().zip(starts) {
            let range = *start..start + cell.columns;
            cell.columns = edges.iter().filter(|edge| range.contains(edge)).count();
        }
    }
    let ends = edges.iter().skip(1).copied().chain([WIDTH]);
    edges.iter().zip(ends).map(|(start, end)| end - start).collect()
}

/// The column in which each cell begins, past those that reach in from above.
fn starts(rows: &[Row]) -> Vec<Vec<usize>> {
    let mut taken_for = [0_usize; WIDTH];
    let mut placed = Vec::new();
    for row in rows {
        let (mut starts, mut at, before) = (Vec::new(), 0, taken_for);
        taken_for = taken_for.map(|left| left.saturating_sub(1));
        for cell in &row.cells {
            while before.get(at).is_some_and(|left| *left > 0) {
                at += 1;
            }
            starts.push(at);
            for column in taken_for.iter_mut().skip(at).take(cell.columns) {
                *column = cell.rows.saturating_sub(1);
            }
            at += cell.columns;
        }
        placed.push(starts);
    }
    placed
}

/// A control as content.
pub fn shown(control: Control) -> Content {
    Content::Control { control: Box::new(control) }
}

/// Plain words.
pub fn words(text: &str) -> Content {
    Content::Words { text: text.to_owned(), id: None, label_for: None, optional: false }
}

fn named(text: &str, id: &str) -> Content {
    Content::Words { text: text.to_owned(), id: Some(id.to_owned()), label_for: None, optional: false }
}

/// A row of one cell.
pub fn full(class: Option<&'static str>, content: Vec<Content>) -> Row {
    Row { cells: vec![Cell { class, columns: WIDTH, rows: 1, content, ..Cell::default() }] }
}
