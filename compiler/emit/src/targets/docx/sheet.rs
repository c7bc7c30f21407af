//! Rows and tables of the layout to tables of Word.
//!
//! In: fitted rows with the widths of their columns. Out: [`Block`]s. Always: a cell of several rows is begun and continued; opinion blocks
//! are not split over pages; heads stand again on every page.

use super::entry::Entries;
use super::view::{Block, Border, Cell, Paragraph, Row, Run, Table};
use crate::layout::{self, Content, Field, Head, Opinion, TableKind, WIDTH};
use prog_model::LimitKind;

/// The height of a written line.
const LINE: usize = 480;
/// As much as a page takes.
const MOST: usize = 20 * LINE;
/// Characters on a written line.
const ON_A_LINE: u64 = 32;

/// The rows of a section: sheets, with the tables between them on their own.
pub fn blocks(entries: &mut Entries<'_, '_>, rows: &[layout::Row<'_>], widths: &[usize], width: usize) -> Vec<Block> {
    let widths: Vec<usize> = widths.iter().map(|w| width * w / WIDTH).collect();
    let (mut blocks, mut open) = (Vec::new(), Sheet::new(&widths));
    for row in rows {
        if let [layout::Cell { content: Content::Table(inner), .. }] = row.cells.as_slice() {
            open.close(width, &mut blocks);
            blocks.push(Block::Paragraph(caption(entries, inner)));
            blocks.push(Block::Table(table(entries, inner, width)));
            // Tables with nothing between them become one.
            blocks.push(Block::Paragraph(Paragraph::words("Gap", "")));
        } else {
            open.add(entries, row);
        }
    }
    open.close(width, &mut blocks);
    blocks
}

/// The cover: labels at the right edge of their column, entries on a line.
pub fn cover(entries: &mut Entries<'_, '_>, rows: &[layout::Row<'_>], width: usize) -> Vec<Block> {
    let widths = vec![width / 3, width - width / 3 - width / 8];
    let (mut lines, mut notes) = (Vec::<Row>::new(), Vec::new());
    for content in rows.iter().flat_map(|row| &row.cells).map(|cell| &cell.content) {
        match content {
            Content::Label { field, .. } => {
                let label = Paragraph::words("CoverEntry", &format!("{}：", field.label())).aligned("right");
                let cell = Cell { width: widths[0], columns: 1, stands: "bottom", paragraphs: vec![label], ..Cell::default() };
                lines.push(Row { whole: true, cells: vec![cell], ..Row::default() });
            }
            Content::Entry { field, under } => {
                let runs = entries.entry(field, under.as_deref());
                let borders = vec![Border { side: "bottom", line: "single" }];
                let paragraphs = vec![Paragraph::of("CoverEntry", runs)];
                let cell = Cell { width: widths[1], columns: 1, stands: "bottom", borders, paragraphs, ..Cell::default() };
                if let Some(row) = lines.last_mut() {
                    row.cells.push(cell);
                }
            }
            Content::Note(text) | Content::Heading(text) => notes.push(Paragraph::words("CoverEntry", entries.say(text)).aligned("center")),
            Content::Group { .. } | Content::Table(_) | Content::Opinion(_) => {}
        }
    }
    let table = Table { ruled: false, caption: None, width: widths.iter().sum(), widths, rows: lines };
    let gap = Paragraph::words("Subtitle", "");
    [Block::Table(table), Block::Paragraph(gap)].into_iter().chain(notes.into_iter().map(Block::Paragraph)).collect()
}

/// Fields beside each other on one line above a table.
pub fn in_line(entries: &mut Entries<'_, '_>, fields: &[Field<'_>]) -> Paragraph {
    let mut runs = Vec::new();
    for (index, field) in fields.iter().enumerate() {
        let gap = if index == 0 { "" } else { "　　　　" };
        let seal = field.seal.as_ref().map_or("", |seal| seal.label().strip_prefix(field.label()).unwrap_or_default());
        runs.push(Run::words(&format!("{gap}{}{seal}：", field.label())));
        runs.extend(entries.entry(&Field { seal: None, ..field.clone() }, None));
    }
    Paragraph::of("Entry", runs)
}

/// Rows that become one table, with the cells that reach down into the next.
struct Sheet<'w> {
    widths: &'w [usize],
    rows: Vec<Row>,
    /// First column, columns and rows still to come of each.
    reaching: Vec<(usize, usize, usize)>,
}

impl<'w> Sheet<'w> {
    fn new(widths: &'w [usize]) -> Self {
        Self { widths, rows: Vec::new(), reaching: Vec::new() }
    }

    /// Ends the table that is open.
    fn close(&mut self, width: usize, blocks: &mut Vec<Block>) {
        if self.rows.is_empty() {
            return;
        }
        let rows = std::mem::take(&mut self.rows);
        blocks.push(Block::Table(Table { ruled: true, caption: None, width, widths: self.widths.to_vec(), rows }));
        blocks.push(Block::Paragraph(Paragraph::words("Gap", "")));
    }

    fn add(&mut self, entries: &mut Entries<'_, '_>, row: &layout::Row<'_>) {
        if let [layout::Cell { content: Content::Opinion(opinion), .. }] = row.cells.as_slice() {
            self.rows.extend(opinion_rows(entries, opinion, self.widths));
            return;
        }
        let (mut cells, mut at, mut height) = (Vec::new(), 0, None);
        let mut given = row.cells.iter();
        let mut begun = Vec::new();
        loop {
            if let Some((_, columns, left)) = self.reaching.iter_mut().find(|(first, _, left)| *first == at && *left > 0) {
                *left -= 1;
                cells.push(Cell { merge: Some("continue"), ..blank(self.widths, at, *columns) });
                at += *columns;
                continue;
            }
            let Some(cell) = given.next() else { break };
            let (columns, rows) = (cell.span.columns, cell.span.rows);
            if rows > 1 {
                begun.push((at, columns, rows - 1));
            }
            let merge = (rows > 1).then_some("restart");
            height = height.or(tall(&cell.content));
            cells.push(Cell {
                merge,
                stands: stands(&cell.content),
                paragraphs: paragraphs(entries, &cell.content),
                ..blank(self.widths, at, columns)
            });
            at += columns;
        }
        self.reaching.retain(|(_, _, left)| *left > 0);
        self.reaching.extend(begun);
        self.rows.push(Row { repeated: false, whole: height.is_none(), height: height.or(Some(LINE)), cells });
    }
}

fn blank(widths: &[usize], at: usize, columns: usize) -> Cell {
    let width = widths.iter().skip(at).take(columns).sum();
    Cell { width, columns, stands: "center", paragraphs: vec![Paragraph::words("Entry", "")], ..Cell::default() }
}

/// The least height of a cell to write a text into.
fn tall(content: &Content<'_>) -> Option<usize> {
    match content {
        Content::Entry { field, .. } if field.field.kind == prog_model::FieldKind::Prose => {
            let asked = field.field.limits.iter().filter(|l| l.kind != LimitKind::AtLeast).map(|l| l.value).max();
            let lines = asked.map_or(8, |characters| characters.div_ceil(ON_A_LINE) as usize + 1);
            Some((lines * LINE).min(MOST))
        }
        _ => None,
    }
}

fn stands(content: &Content<'_>) -> &'static str {
    if tall(content).is_some() { "top" } else { "center" }
}

fn paragraphs(entries: &mut Entries<'_, '_>, content: &Content<'_>) -> Vec<Paragraph> {
    match content {
        Content::Note(text) => vec![Paragraph::words("Note", entries.say(text))],
        Content::Heading(text) => vec![Paragraph::of("Entry", vec![Run::styled(entries.say(text), "Head")]).keep()],
        Content::Group { name, text, of, total } => {
            entries.heads.insert(name.clone(), entries.say(text).to_owned());
            let mut paragraphs = vec![Paragraph::words("Label", entries.say(text))];
            paragraphs.extend(of.iter().filter_map(|field| advice(entries, field)));
            if let Some(total) = total {
                let mut runs = vec![Run::words(&format!("{}{}", entries.word("（", "("), total.label()))];
                runs.extend(entries.entry(total, Some(name)));
                runs.push(Run::words(entries.word("）", ")")));
                paragraphs.push(Paragraph::of("Label", runs));
            }
            paragraphs
        }
        Content::Label { field, long, .. } => {
            let label = Paragraph::words("Label", field.label());
            let lines = std::iter::once(label).chain(advice(entries, field));
            if *long { lines.map(|line| line.aligned("left").keep()).collect() } else { lines.collect() }
        }
        Content::Entry { field, under } => {
            let entry = Paragraph::of("Entry", entries.entry(field, under.as_deref()));
            vec![if field.is_number() { entry.aligned("right") } else { entry }]
        }
        // Both stand by themselves, never in a cell.
        Content::Table(_) | Content::Opinion(_) => vec![Paragraph::words("Entry", "")],
    }
}

/// What to write and how much, in brackets as on printed forms.
fn advice(entries: &Entries<'_, '_>, field: &Field<'_>) -> Option<Paragraph> {
    let said = advised(entries, field);
    (!said.is_empty()).then(|| Paragraph::of("Label", vec![Run::styled(&said, "Hint")]))
}

fn advised(entries: &Entries<'_, '_>, field: &Field<'_>) -> String {
    let optional = field.optional.then(|| entries.word("可不填", "optional"));
    let said: Vec<&str> = field.advice.iter().map(|said| entries.say(said)).chain(optional).collect();
    if said.is_empty() { String::new() } else { entries.aside(&said.join(entries.word("；", "; "))) }
}

/// Heading and text above, signature, seal and date below at the right: one box that no page breaks.
fn opinion_rows(entries: &mut Entries<'_, '_>, opinion: &Opinion<'_>, widths: &[usize]) -> [Row; 2] {
    entries.heads.insert(opinion.name.clone(), entries.say(&opinion.legend).to_owned());
    let under = Some(opinion.name.as_str());
    let text = Paragraph::of("Entry", entries.entry(&opinion.text, under)).keep();
    let above = vec![Paragraph::of("Entry", vec![Run::styled(entries.say(&opinion.legend), "Head")]).keep(), text];
    let mut below = Vec::new();
    let mut line = |runs: Vec<Run>| below.push(Paragraph::of("Entry", runs).aligned("right"));
    if let Some((who, field)) = &opinion.signature {
        let signs = if who.contains("签") { "" } else { entries.word("（签字）", " (signature)") };
        let mut runs = vec![Run::words(&format!("{who}{signs}{}", entries.word("：", ": ")))];
        runs.extend([entries.signature(who, field, &opinion.name), Run::words("　　　　")]);
        line(runs);
    }
    if opinion.seal.is_some() {
        line(vec![Run::words(entries.word("单位公章　　　　", "Seal　　　　"))]);
    }
    if let Some(date) = &opinion.date {
        line(entries.signed_on(date, under).into_iter().chain([Run::words("　　")]).collect());
    }
    if below.is_empty() {
        below.push(Paragraph::words("Entry", ""));
    }
    let cell = |side, stands, paragraphs| {
        let borders = vec![Border { side, line: "nil" }];
        Cell { borders, stands, paragraphs, ..blank(widths, 0, widths.len()) }
    };
    [
        Row { repeated: false, whole: true, height: Some(5 * LINE), cells: vec![cell("bottom", "top", above)] },
        Row { repeated: false, whole: true, height: Some(2 * LINE), cells: vec![cell("top", "bottom", below)] },
    ]
}

fn caption(entries: &Entries<'_, '_>, table: &layout::Table<'_>) -> Paragraph {
    let mut runs = vec![Run::styled(entries.say(&table.caption), "Head")];
    if let TableKind::List(field) = &table.kind {
        let said = advised(entries, field);
        runs.extend((!said.is_empty()).then(|| Run::styled(&said, "Hint")));
    }
    Paragraph::of("Entry", runs).keep()
}

/// A table with heads that stand again on every page.
pub fn table(entries: &mut Entries<'_, '_>, table: &layout::Table<'_>, width: usize) -> Table {
    let headed = matches!(table.kind, TableKind::Grid);
    let shares: Vec<usize> =
        headed.then_some(5).into_iter().chain(table.rows.first().iter().flat_map(|r| r.fields.iter().map(share))).collect();
    let all: usize = shares.iter().sum::<usize>().max(1);
    let widths: Vec<usize> = shares.iter().map(|s| width * s / all).collect();
    let mut rows = heads(entries, &table.heads, headed, &widths);
    for row in &table.rows {
        let mut cells = Vec::new();
        if headed {
            let label = vec![Paragraph::words("Narrow", row.head.as_ref().map_or("", |head| entries.say(head)))];
            cells.push(Cell { paragraphs: label, ..blank(&widths, 0, 1) });
        }
        let first = cells.len();
        // A total stands in the one cell of its row.
        let columns = if row.fields.len() == 1 { widths.len() - first } else { 1 };
        for (index, (field, above)) in row.fields.iter().enumerate() {
            let group = above.first().filter(|_| above.len() > 1).map(String::as_str);
            let paragraphs = vec![Paragraph::of("Narrow", entries.narrow(field, group))];
            cells.push(Cell { paragraphs, ..blank(&widths, first + index, columns) });
        }
        rows.push(Row { repeated: false, whole: true, height: Some(LINE), cells });
    }
    Table { ruled: true, caption: Some(entries.say(&table.caption).to_owned()), width, widths, rows }
}

/// How wide a column is beside the others.
fn share((field, _): &(Field<'_>, Vec<String>)) -> usize {
    use prog_model::FieldKind as K;
    match field.field.kind {
        K::Phone | K::Mobile | K::Date | K::Month => 5,
        K::Email | K::Url | K::Prose | K::AnyOf(_) | K::File { .. } | K::Record(_) | K::List(_) => 6,
        K::Integer | K::Count | K::Decimal { .. } | K::Percent { .. } | K::Money { .. } | K::Year | K::Postcode | K::YesNo => 3,
        K::Text | K::OneOf(_) | K::Unknown => 2 + field.label().chars().count().min(3),
    }
}

fn heads(entries: &mut Entries<'_, '_>, heads: &[Vec<Head>], headed: bool, widths: &[usize]) -> Vec<Row> {
    let first = usize::from(headed);
    let mut taken = vec![false; widths.len()];
    let mut rows = Vec::new();
    for (depth, line) in heads.iter().enumerate() {
        let merge = |rows: usize| if depth > 0 { Some("continue") } else { (rows > 1).then_some("restart") };
        let mut cells: Vec<Cell> = (0..first).map(|_| Cell { merge: merge(heads.len()), ..blank(widths, 0, 1) }).collect();
        let (mut at, mut given) = (first, line.iter());
        while at < widths.len() {
            if depth > 0 && taken[at] {
                cells.push(Cell { merge: Some("continue"), ..blank(widths, at, 1) });
                at += 1;
                continue;
            }
            let Some(head) = given.next() else { break };
            entries.heads.insert(head.name.clone(), entries.say(&head.text).to_owned());
            let columns = head.span.columns;
            if head.span.rows > 1 {
                taken[at] = true;
            }
            let mut paragraphs = vec![Paragraph::of("Narrow", vec![Run::styled(entries.say(&head.text), "Head")])];
            paragraphs.extend(head.note.as_ref().map(|note| Paragraph::of("Narrow", vec![Run::styled(entries.say(note), "Hint")])));
            cells.push(Cell { merge: (head.span.rows > 1).then_some("restart"), paragraphs, ..blank(widths, at, columns) });
            at += columns;
        }
        rows.push(Row { repeated: true, whole: true, height: Some(LINE), cells });
    }
    rows
}
