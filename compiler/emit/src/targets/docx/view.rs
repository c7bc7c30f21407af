//! What the template of a Word document prints.
//!
//! In: — (data only). Out: [`Document`]. Always: measures are twentieths of a point; texts are as written, escaped by the template.

use serde::Serialize;

/// A document.
#[derive(Serialize)]
pub struct Document {
    /// Its language.
    pub lang: &'static str,
    pub title: String,
    pub programme: String,
    pub version: String,
    pub landscape: bool,
    /// Its first page bears no number.
    pub cover: bool,
    pub body: Vec<Block>,
}

/// A piece of a document.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    Paragraph(Paragraph),
    Table(Table),
}

/// A paragraph.
#[derive(Clone, Default, Serialize)]
pub struct Paragraph {
    pub style: &'static str,
    /// Stays with what follows.
    pub keep: bool,
    pub new_page: bool,
    pub align: Option<&'static str>,
    pub runs: Vec<Run>,
}

/// Words or a control.
#[derive(Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Run {
    Text { text: String, style: Option<&'static str> },
    Check { control: Control },
    Line { control: Control, text: &'static str },
    Area { control: Control, text: &'static str },
    Date { control: Control, text: &'static str, day: &'static str, lang: &'static str },
    List { control: Control, text: &'static str, options: Vec<Choice> },
}

/// A content control.
#[derive(Clone, Serialize)]
pub struct Control {
    pub id: u32,
    /// The name for people.
    pub alias: String,
    /// Where its value stands in a case.
    pub tag: Option<String>,
}

/// A choice of a list.
#[derive(Clone, Serialize)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

/// A table.
#[derive(Default, Serialize)]
pub struct Table {
    pub ruled: bool,
    pub caption: Option<String>,
    pub width: usize,
    pub widths: Vec<usize>,
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Default, Serialize)]
pub struct Row {
    /// Stands again on every page.
    pub repeated: bool,
    /// Is not split over pages.
    pub whole: bool,
    pub height: Option<usize>,
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Default, Serialize)]
pub struct Cell {
    pub width: usize,
    pub columns: usize,
    /// `restart` where a cell of several rows begins, `continue` below.
    pub merge: Option<&'static str>,
    /// `top`, `center`, `bottom`
    pub stands: &'static str,
    pub borders: Vec<Border>,
    pub paragraphs: Vec<Paragraph>,
}

/// A border that differs from the table's.
#[derive(Clone, Copy, Serialize)]
pub struct Border {
    pub side: &'static str,
    pub line: &'static str,
}

impl Paragraph {
    /// A paragraph of plain words.
    pub fn words(style: &'static str, text: &str) -> Self {
        Self::of(style, if text.is_empty() { Vec::new() } else { vec![Run::words(text)] })
    }

    /// A paragraph of runs.
    pub fn of(style: &'static str, runs: Vec<Run>) -> Self {
        Self { style, runs, ..Self::default() }
    }

    /// The same, aligned.
    #[must_use]
    pub fn aligned(self, align: &'static str) -> Self {
        Self { align: Some(align), ..self }
    }

    /// The same, staying with what follows.
    #[must_use]
    pub fn keep(self) -> Self {
        Self { keep: true, ..self }
    }
}

impl Run {
    /// Plain words.
    pub fn words(text: &str) -> Self {
        Run::Text { text: text.to_owned(), style: None }
    }

    /// Words in a style.
    pub fn styled(text: &str, style: &'static str) -> Self {
        Run::Text { text: text.to_owned(), style: Some(style) }
    }
}
