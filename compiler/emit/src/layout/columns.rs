//! A summary's table as flat columns, for CSV, spreadsheets and what reads them.
//!
//! In: a summary. Out: [`Column`]s, that of the case first. Always: a column's name is that of its group and its own; its pointer stands within
//! a row.

use prog_model::{FieldType, Summary, SummaryColumn};

/// The name of the column that says whose row it is; the printed table has none.
pub const CASE: &str = "申报编号";

/// A column.
#[derive(Clone, Debug)]
pub struct Column<'a> {
    /// The name of its group.
    pub group: Option<&'a str>,
    /// Its own name.
    pub label: &'a str,
    /// Where its cell stands within a row.
    pub pointer: String,
    /// What is entered; `None`: the id of a case.
    pub field: Option<&'a FieldType>,
}

impl Column<'_> {
    /// The name in one line.
    pub fn name(&self) -> String {
        self.group.into_iter().chain([self.label]).collect::<Vec<_>>().join(" ")
    }
}

/// The columns of a summary.
pub fn columns<'a>(summary: &'a Summary) -> Vec<Column<'a>> {
    let case = Column { group: None, label: CASE, pointer: "/case".to_owned(), field: None };
    let column = |(index, column): (usize, &'a SummaryColumn)| Column {
        group: summary.group_of(index).map(|ident| ident.label.text.as_str()),
        label: &column.ident.label.text,
        pointer: summary.pointer(index),
        field: Some(&column.field),
    };
    std::iter::once(case).chain(summary.columns.iter().enumerate().map(column)).collect()
}
