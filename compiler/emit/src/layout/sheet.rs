//! Sheets: rows of cells, and what may stand in a cell.
//!
//! In: — (data only). Out: the types of a sheet. Always: widths count in [`WIDTH`] columns until a sheet is fitted.

use super::Field;
use prog_base::Text;
use prog_model::{ActorId, StageId};

/// Columns of every sheet before it is fitted.
pub const WIDTH: usize = 12;

/// A row.
#[derive(Clone, Debug, Default)]
pub struct Row<'a> {
    /// Its cells, without those that reach in from above.
    pub cells: Vec<Cell<'a>>,
}

/// How far a cell reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Columns.
    pub columns: usize,
    /// Rows.
    pub rows: usize,
}

/// A cell.
#[derive(Clone, Debug)]
pub struct Cell<'a> {
    /// How far it reaches.
    pub span: Span,
    /// What stands in it.
    pub content: Content<'a>,
}

/// What stands in a cell.
#[derive(Clone, Debug)]
pub enum Content<'a> {
    /// A printed note over the whole width.
    Note(Text),
    /// The heading of a group over the whole width.
    Heading(Text),
    /// The head at the left of several rows.
    Group {
        /// Its name, to which the fields under it refer.
        name: String,
        /// Its words.
        text: Text,
        /// The record whose fields stand beside it.
        of: Option<Box<Field<'a>>>,
        /// The total, asked for within the head.
        total: Option<Box<Field<'a>>>,
    },
    /// A field's label.
    Label {
        /// The field.
        field: Box<Field<'a>>,
        /// The name of the head that it stands under.
        under: Option<String>,
        /// Its entry stands below and takes the whole width.
        long: bool,
    },
    /// Where a field is filled in.
    Entry {
        /// The field.
        field: Box<Field<'a>>,
        /// The name of the head that it stands under.
        under: Option<String>,
    },
    /// A table of fields with heads.
    Table(Box<Table<'a>>),
    /// An opinion block.
    Opinion(Box<Opinion<'a>>),
}

/// What a table is.
#[derive(Clone, Debug)]
pub enum TableKind<'a> {
    /// The items of a list: rows may be added.
    List(Box<Field<'a>>),
    /// Rows and columns with heads.
    Grid,
    /// Rows are cases: rows may be added.
    Summary,
}

/// A table of fields.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    /// Its name, to which its heads and rows refer.
    pub name: String,
    /// Its caption.
    pub caption: Text,
    /// What it is.
    pub kind: TableKind<'a>,
    /// Its heads, in one row or two; the cell before the first is left out.
    pub heads: Vec<Vec<Head>>,
    /// Its rows; blank ones where rows may be added.
    pub rows: Vec<TableRow<'a>>,
}

/// A head of columns.
#[derive(Clone, Debug)]
pub struct Head {
    /// Its name.
    pub name: String,
    /// Its words.
    pub text: Text,
    /// How far it reaches.
    pub span: Span,
    /// It stands over other heads.
    pub group: bool,
    /// What to know about its column.
    pub hints: Vec<Text>,
    /// What is said of it on paper: its unit, or what may be chosen.
    pub note: Option<Text>,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub struct TableRow<'a> {
    /// Its name.
    pub name: String,
    /// Its head; `None`: rows are numbered.
    pub head: Option<Text>,
    /// Each field with the names of the heads above it.
    pub fields: Vec<(Field<'a>, Vec<String>)>,
}

/// An opinion: text, signature, date, seal.
#[derive(Clone, Debug)]
pub struct Opinion<'a> {
    /// Its name.
    pub name: String,
    /// Its heading.
    pub legend: Text,
    /// Whose.
    pub by: ActorId,
    /// From this stage on.
    pub at: Option<StageId>,
    /// Asked for only in some cases.
    pub conditional: bool,
    /// The opinion in words.
    pub text: Field<'a>,
    /// Who signs, as printed, and where.
    pub signature: Option<(&'a str, Field<'a>)>,
    /// The date below.
    pub date: Option<Field<'a>>,
    /// The seal.
    pub seal: Option<Field<'a>>,
}

impl<'a> Row<'a> {
    /// A row of one cell.
    pub fn full(content: Content<'a>) -> Self {
        Self { cells: vec![Cell::new(WIDTH, content)] }
    }
}

impl<'a> Cell<'a> {
    /// A cell of one row.
    pub fn new(columns: usize, content: Content<'a>) -> Self {
        Self { span: Span { columns, rows: 1 }, content }
    }
}

impl<'a> Table<'a> {
    /// A head of one column.
    pub fn column(&self, index: usize, text: Text, hints: Vec<Text>) -> Head {
        Head { name: format!("{}-c{index}", self.name), text, span: Span { columns: 1, rows: 1 }, group: false, hints, note: None }
    }

    /// Leaf columns.
    pub fn width(&self) -> usize {
        self.heads.first().map(|row| row.iter().map(|h| h.span.columns).sum()).unwrap_or_default()
    }
}
