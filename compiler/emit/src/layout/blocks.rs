//! Blocks to rows, on a grid of twelve columns.
//!
//! In: blocks of a form, and whose they are. Out: [`Row`]s. Always: a field that bears a seal and the seal stand in one cell.

use super::sheet::{Cell, Content, Head, Opinion, Row, Span, Table, TableKind, TableRow, WIDTH};
use super::{Field, anchor};
use crate::Plan;
use prog_base::Text;
use prog_model::{ActorId, Block, FieldKind, FieldType, Grid, InputId, RecordId};

/// Blank rows of lists.
const ROWS: usize = 3;

/// Fields of a record side by side.
const RECORD_COLUMNS: usize = 2;

/// Columns of the head at the left of several rows.
const HEAD: usize = 2;

/// So many characters of a label fit beside an entry in the narrower of two widths.
const SHORT: usize = 5;

/// Lays out blocks.
pub struct Blocks<'p, 'a> {
    /// The plan.
    pub plan: &'p Plan<'a>,
    /// Whose they are.
    pub by: Option<ActorId>,
}

impl<'a> Blocks<'_, 'a> {
    /// The rows of blocks, one below the other.
    pub fn rows(&self, blocks: &'a [Block]) -> Vec<Row<'a>> {
        let (mut rows, mut rest) = (Vec::new(), blocks);
        while let Some((block, after)) = rest.split_first() {
            rest = after;
            match block {
                Block::Field(id) => {
                    let (field, after) = self.sealed(*id, after);
                    rest = after;
                    rows.extend(self.single(field));
                }
                Block::Row(inner) => match self.simple_fields(inner) {
                    Some(fields) => rows.push(Row { cells: pairs(fields.clone(), fields.len(), WIDTH, None) }),
                    None => rows.extend(self.rows(inner)),
                },
                Block::Group { label, columns, blocks } => {
                    rows.extend(self.group(label.as_ref().map(prog_model::Label::words), *columns as usize, blocks));
                }
                Block::Grid(grid) => rows.extend(self.grid(grid)),
                Block::Opinion(opinion) => rows.push(Row::full(Content::Opinion(Box::new(self.opinion(opinion))))),
                Block::Note(label) => rows.push(Row::full(Content::Note(label.words()))),
                // Covers and parts stand at the top of a form and are laid out as sections.
                Block::Cover(inner) => rows.extend(self.rows(inner)),
                Block::Part(part) => rows.extend(self.rows(&part.blocks)),
            }
        }
        rows
    }

    fn field(&self, id: InputId) -> Field<'a> {
        self.field_of(id, self.by)
    }

    fn field_of(&self, id: InputId, by: Option<ActorId>) -> Field<'a> {
        let programme = self.plan.programme;
        Field::of_input(self.plan, programme.input(id), by)
    }

    /// A field with the seal that follows it, and the blocks after both.
    fn sealed(&self, id: InputId, after: &'a [Block]) -> (Field<'a>, &'a [Block]) {
        let field = self.field(id);
        match after {
            [Block::Field(seal), rest @ ..] if self.plan.programme.input(*seal).ident.span == field.ident.span => {
                (Field { seal: Some(Box::new(self.field(*seal))), ..field }, rest)
            }
            _ => (field, after),
        }
    }

    /// The fields of blocks that are all fields and fit side by side.
    fn simple_fields(&self, blocks: &'a [Block]) -> Option<Vec<Field<'a>>> {
        let (mut fields, mut rest) = (Vec::new(), blocks);
        while let Some((block, after)) = rest.split_first() {
            rest = after;
            match block {
                Block::Field(id) => {
                    let (field, after) = self.sealed(*id, after);
                    rest = after;
                    fields.push(field);
                }
                Block::Row(inner) => fields.extend(self.simple_fields(inner)?),
                Block::Cover(_) | Block::Part(_) | Block::Group { .. } | Block::Grid(_) | Block::Opinion(_) | Block::Note(_) => {
                    return None;
                }
            }
        }
        let simple = |f: &Field<'_>| !f.is_long() && !matches!(f.field.kind, FieldKind::Record(_));
        fields.iter().all(simple).then_some(fields)
    }

    /// One field on a row of its own.
    pub fn single(&self, field: Field<'a>) -> Vec<Row<'a>> {
        match &field.field.kind {
            FieldKind::Record(record) => self.record(&field, *record),
            FieldKind::List(item) => vec![Row::full(Content::Table(Box::new(self.list(&field, item))))],
            _ if field.is_long() => {
                let label = Content::Label { field: Box::new(field.clone()), under: None, long: true };
                vec![Row::full(label), Row::full(Content::Entry { field: Box::new(field), under: None })]
            }
            _ => {
                let width = if field.title().zh.chars().count() > SHORT { 3 } else { 2 };
                let label = Content::Label { field: Box::new(field.clone()), under: None, long: false };
                let entry = Content::Entry { field: Box::new(field), under: None };
                vec![Row { cells: vec![Cell::new(width, label), Cell::new(WIDTH - width, entry)] }]
            }
        }
    }

    fn group(&self, label: Option<Text>, columns: usize, blocks: &'a [Block]) -> Vec<Row<'a>> {
        let Some(fields) = self.simple_fields(blocks) else {
            let head = label.map(|text| Row::full(Content::Heading(text)));
            return head.into_iter().chain(self.rows(blocks)).collect();
        };
        let first = fields.first().map(|f| anchor(&f.pointer)).unwrap_or_default();
        let head = label.map(|text| (format!("{first}-group"), text));
        let head = head.map(|(name, text)| Content::Group { name, text, of: None, total: None });
        grouped(head, chunks(fields, columns))
    }

    fn grid(&self, grid: &'a Grid) -> Vec<Row<'a>> {
        if !grid.heads.is_empty() {
            return vec![Row::full(Content::Table(Box::new(self.two_way(grid))))];
        }
        let fields: Vec<Field<'a>> = grid.cells.iter().map(|c| self.field(*c)).collect();
        let name = format!("{}-grid", self.grid_name(grid));
        let total = grid.total.map(|total| Box::new(self.field(total)));
        let head = Content::Group { name, text: grid.ident.label.words(), of: None, total };
        grouped(Some(head), chunks(fields, grid.columns as usize))
    }

    fn grid_name(&self, grid: &Grid) -> String {
        let first = grid.cells.first().map(|c| self.plan.programme.input(*c).pointer.as_str()).unwrap_or_default();
        anchor(first.rsplit_once('/').map_or(first, |(parent, _)| parent))
    }

    fn two_way(&self, grid: &'a Grid) -> Table<'a> {
        let unit = grid.cells.first().and_then(|c| self.field(*c).unit);
        let caption = super::field::with_unit(grid.ident.label.words(), unit.as_ref());
        let mut table = Table { name: self.grid_name(grid), caption, kind: TableKind::Grid, heads: Vec::new(), rows: Vec::new() };
        table.heads = vec![grid.heads.iter().enumerate().map(|(i, h)| table.column(i, h.label.words(), Vec::new())).collect()];
        let name = table.name.clone();
        for (r, (ident, cells)) in grid.rows.iter().zip(grid.cells.chunks(grid.heads.len())).enumerate() {
            let fields = cells.iter().enumerate().map(|(c, cell)| (self.field(*cell), vec![format!("{name}-c{c}")])).collect();
            table.rows.push(TableRow { name: format!("{name}-r{r}"), head: Some(ident.label.words()), fields });
        }
        if let Some(total) = grid.total {
            let total = self.field(total);
            table.rows.push(TableRow { name: format!("{name}-total"), head: Some(total.words()), fields: vec![(total, Vec::new())] });
        }
        table
    }

    /// A record: its name at the left, its fields two a row.
    fn record(&self, field: &Field<'a>, record: RecordId) -> Vec<Row<'a>> {
        let name = format!("{}-group", anchor(&field.pointer));
        let head = Content::Group { name, text: field.words(), of: Some(Box::new(field.clone())), total: None };
        let fields = self.record_fields(record, field, &field.pointer, field.must);
        grouped(Some(head), by_length(fields))
    }

    fn record_fields(&self, record: RecordId, whole: &Field<'a>, pointer: &str, must: bool) -> Vec<Field<'a>> {
        let programme = self.plan.programme;
        let fields = programme.records[record.index()].fields.iter();
        fields.map(|f| Field { by: whole.by, at: whole.at, ..Field::of_record(self.plan, f, pointer, must) }).collect()
    }

    /// A list: a few blank rows.
    fn list(&self, field: &Field<'a>, item: &'a FieldType) -> Table<'a> {
        let name = anchor(&field.pointer);
        let kind = TableKind::List(Box::new(field.clone()));
        let mut table = Table { name: name.clone(), caption: field.words(), kind, heads: Vec::new(), rows: Vec::new() };
        for row in 0..ROWS {
            let pointer = format!("{}/{row}", field.pointer);
            let fields = match &item.kind {
                FieldKind::Record(record) => self.record_fields(*record, field, &pointer, false),
                _ => {
                    let hints = super::field::hints(item, None, None);
                    vec![Field { by: field.by, at: field.at, hints, ..Field::plain(self.plan, field.ident, pointer, item) }]
                }
            };
            if row == 0 {
                let head = |(i, f): (usize, &Field<'a>)| {
                    let note = super::summary::column_note(self.plan, f.field);
                    Head { note, ..table.column(i, f.words(), f.hints.clone()) }
                };
                table.heads = vec![fields.iter().enumerate().map(head).collect()];
            }
            let fields = fields.into_iter().enumerate().map(|(i, f)| (f, vec![format!("{name}-c{i}")])).collect();
            table.rows.push(TableRow { name: format!("{name}-r{row}"), head: None, fields });
        }
        table
    }

    fn opinion(&self, opinion: &'a prog_model::Opinion) -> Opinion<'a> {
        // A whole block is filled or none of it: no part of it is asked for by itself.
        let field = |id: InputId| Field { must: false, hints: Vec::new(), advice: Vec::new(), ..self.field_of(id, Some(opinion.of)) };
        let text = field(opinion.text);
        Opinion {
            name: format!("{}-legend", anchor(&text.pointer)),
            legend: opinion.ident.label.words(),
            by: opinion.of,
            at: opinion.at,
            conditional: opinion.when.is_some(),
            text,
            signature: opinion.signature.as_ref().map(|(who, id)| (who.as_str(), field(*id))),
            date: opinion.date.map(field),
            seal: opinion.seal.map(field),
        }
    }
}

/// Fields in rows of so many.
fn chunks(fields: Vec<Field<'_>>, columns: usize) -> (Vec<Vec<Field<'_>>>, usize) {
    let per_row = columns.clamp(1, 4);
    (fields.chunks(per_row).map(<[Field<'_>]>::to_vec).collect(), per_row)
}

/// Fields in pairs; one that would begin a row and is too long for half of it has it alone.
fn by_length(fields: Vec<Field<'_>>) -> (Vec<Vec<Field<'_>>>, usize) {
    let mut rows: Vec<Vec<Field<'_>>> = Vec::new();
    for field in fields {
        match rows.last_mut().filter(|row| row.len() < RECORD_COLUMNS && !row.iter().any(Field::is_wide)) {
            Some(open) => open.push(field),
            None => rows.push(vec![field]),
        }
    }
    (rows, RECORD_COLUMNS)
}

/// Rows of fields, each a pair of label and entry, under a common head at the left.
fn grouped<'a>(head: Option<Content<'a>>, (fields, per_row): (Vec<Vec<Field<'a>>>, usize)) -> Vec<Row<'a>> {
    let width = if head.is_some() { WIDTH - HEAD } else { WIDTH };
    let under = match &head {
        Some(Content::Group { name, .. }) => Some(name.clone()),
        _ => None,
    };
    let mut rows: Vec<Row<'a>> = fields.into_iter().map(|row| Row { cells: pairs(row, per_row, width, under.as_deref()) }).collect();
    let count = rows.len();
    if let (Some(content), Some(first)) = (head, rows.first_mut()) {
        first.cells.insert(0, Cell { span: Span { columns: HEAD, rows: count }, content });
    }
    rows
}

/// Label and entry of up to `per_row` fields over `width` columns; the last entry takes what is left.
fn pairs<'a>(fields: Vec<Field<'a>>, per_row: usize, width: usize, under: Option<&str>) -> Vec<Cell<'a>> {
    let (mut cells, mut left, count) = (Vec::new(), width, fields.len());
    for (i, field) in fields.into_iter().enumerate() {
        let share = share(i, per_row, width);
        let label = if field.is_number() { share.div_ceil(2) } else { label_width(share) };
        let entry = if i + 1 == count { left.saturating_sub(label).max(1) } else { share - label };
        left = left.saturating_sub(label + entry);
        let under = under.map(str::to_owned);
        let boxed = Box::new(field);
        cells.push(Cell::new(label, Content::Label { field: boxed.clone(), under: under.clone(), long: false }));
        cells.push(Cell::new(entry, Content::Entry { field: boxed, under }));
    }
    cells
}

/// The width of one pair of so many. The first of two is as wide as a head at the left and the first pair beside it, so that rows with
/// and without a head are in line.
fn share(index: usize, per_row: usize, width: usize) -> usize {
    match (width, per_row, index) {
        (WIDTH, 2, 0) => HEAD + (WIDTH - HEAD) / 2,
        (WIDTH, 2, _) => (WIDTH - HEAD) / 2,
        _ => (width / per_row.max(1)).max(2),
    }
}

/// How much of a pair's width its label takes.
fn label_width(share: usize) -> usize {
    match share {
        0..=3 => 1,
        4..=7 => 2,
        _ => share / 3,
    }
}
