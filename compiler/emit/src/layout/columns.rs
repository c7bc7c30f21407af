//! Tables as flat columns, for CSV, spreadsheets and what reads them: a summary, or the cases of a track.
//!
//! In: a summary or a track. Out: a [`Flat`]. Always: the first column says whose row it is; no two columns have one name; a column's pointer
//! stands within its row, or within its case.

use super::{Content, Field, Head, Row, SectionKind, Span, sections, sent_at};
use crate::Plan;
use crate::names::pointer_step;
use prog_base::Text;
use prog_model::{FieldKind, FieldType, Origin, Summary, SummaryColumn, Test, Track, TrackId};
use std::collections::BTreeMap;

/// The name of the column that says whose row it is; printed tables have none.
pub const CASE: &str = "申报编号";

/// What an attested condition is answered with.
static YES_NO: FieldType = FieldType { kind: FieldKind::YesNo, unit: None, low: None, high: None, step: None, limits: Vec::new() };

/// A column.
#[derive(Clone, Debug)]
pub struct Column<'a> {
    /// The name of its group.
    pub group: Option<String>,
    /// Its own name.
    pub label: &'a str,
    /// Where its cell stands.
    pub pointer: String,
    /// What is entered; `None`: the id of a case.
    pub field: Option<&'a FieldType>,
}

impl Column<'_> {
    /// The name in one line.
    pub fn name(&self) -> String {
        self.group.as_deref().into_iter().chain([self.label]).collect::<Vec<_>>().join(" ")
    }
}

/// A table with flat columns.
#[derive(Clone, Debug)]
pub struct Flat<'a> {
    /// The key of the summary or track.
    pub key: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Printed landscape.
    pub landscape: bool,
    /// Who sends it, in words; `None`: rows are cases, which nobody sends yet.
    pub sender: Option<String>,
    /// The fields above it.
    pub fields: Vec<Field<'a>>,
    /// Its heads, without that of the case.
    pub heads: Vec<Vec<Head>>,
    /// Its columns, that of the case first.
    pub columns: Vec<Column<'a>>,
}

fn of_case<'a>(pointer: &str) -> Column<'a> {
    Column { group: None, label: CASE, pointer: pointer.to_owned(), field: None }
}

impl<'a> Flat<'a> {
    /// The table that a summary is.
    pub fn of_summary(plan: &Plan<'a>, summary: &'a Summary) -> Self {
        let sheet = super::summary(plan, summary);
        let column = |(index, column): (usize, &'a SummaryColumn)| Column {
            group: summary.group_of(index).map(|ident| ident.label.text.clone()),
            label: &column.ident.label.text,
            pointer: summary.pointer(index),
            field: Some(&column.field),
        };
        let by = sent_at(plan, summary).and_then(|s| s.by).or(summary.by).map(|by| &plan.programme.actors[by.index()]);
        let key = by.and_then(|a| a.per.as_ref());
        Self {
            key: &summary.ident.key,
            name: &summary.ident.name,
            title: &summary.ident.label.text,
            landscape: summary.landscape,
            sender: Some(key.map_or("报送单位".to_owned(), |key| format!("报送单位（{key}）"))),
            fields: sheet.fields,
            heads: sheet.table.heads,
            columns: std::iter::once(of_case("/case")).chain(summary.columns.iter().enumerate().map(column)).collect(),
        }
    }

    /// A table whose rows are the cases of a track: what is entered in one cell each, and what is attested.
    pub fn of_track(plan: &Plan<'a>, track: TrackId) -> Self {
        let track = plan.programme.track(track);
        let mut columns = vec![(None, of_case("/id"))];
        for form in track.forms.iter().map(|f| &plan.programme.forms[f.index()]).filter(|f| !f.absent) {
            for section in sections(plan, form) {
                let part =
                    if section.kind == SectionKind::Cover { Some("封面".to_owned()) } else { section.legend.map(|legend| legend.zh) };
                columns.extend(of_rows(&section.rows).into_iter().map(|column| (part.clone(), column)));
            }
        }
        columns.extend(of_facts(plan, track).into_iter().map(|column| (Some("事实".to_owned()), column)));
        let columns = distinct(columns);
        Self {
            key: &track.ident.key,
            name: &track.ident.name,
            title: &track.ident.label.text,
            landscape: true,
            sender: None,
            fields: Vec::new(),
            heads: heads(&columns),
            columns,
        }
    }
}

/// Heads over the columns after the first: groups above their own, in one row where there are none.
fn heads(columns: &[Column<'_>]) -> Vec<Vec<Head>> {
    let depth = if columns.iter().any(|c| c.group.is_some()) { 2 } else { 1 };
    let head = |name: String, text: &str, columns, rows, group| {
        let (text, span) = (Text::same(text), Span { columns, rows });
        Head { name, text, span, group, hints: Vec::new(), note: None }
    };
    let (mut above, mut below): (Vec<Head>, Vec<Head>) = (Vec::new(), Vec::new());
    for (index, column) in columns.iter().enumerate().skip(1) {
        let name = format!("c{index}");
        let Some(group) = column.group.as_deref() else {
            above.push(head(name, column.label, 1, depth, false));
            continue;
        };
        match above.last_mut().filter(|last| last.group && last.text.zh == group) {
            Some(open) => open.span.columns += 1,
            None => above.push(head(format!("g{index}"), group, 1, 1, true)),
        }
        below.push(head(name, column.label, 1, 1, false));
    }
    [above, below].into_iter().filter(|row| !row.is_empty()).collect()
}

/// What is filled in one cell each; lists, files, opinions and what is worked out have no column.
fn of_rows<'a>(rows: &[Row<'a>]) -> Vec<Column<'a>> {
    let mut heads: BTreeMap<String, String> = BTreeMap::new();
    let mut columns = Vec::new();
    for content in rows.iter().flat_map(|row| &row.cells).map(|cell| &cell.content) {
        match content {
            Content::Group { name, text, .. } => {
                heads.insert(name.clone(), text.zh.clone());
            }
            Content::Entry { field, under } if !field.computed && in_a_cell(field.field) => {
                let group = under.as_ref().and_then(|name| heads.get(name)).cloned();
                columns.push(Column { group, label: field.label(), pointer: field.pointer.clone(), field: Some(field.field) });
            }
            Content::Entry { .. } | Content::Label { .. } | Content::Note(_) | Content::Heading(_) => {}
            Content::Table(_) | Content::Opinion(_) => {}
        }
    }
    columns
}

fn in_a_cell(field: &FieldType) -> bool {
    !matches!(field.kind, FieldKind::File { .. } | FieldKind::List(_) | FieldKind::Record(_))
}

/// Facts without a form, and conditions that are attested.
fn of_facts<'a>(plan: &Plan<'a>, track: &'a Track) -> Vec<Column<'a>> {
    let mut columns = Vec::new();
    for input in track.inputs.iter().map(|i| plan.programme.input(*i)).filter(|i| i.form.is_none() && in_a_cell(&i.field)) {
        let pointer = match input.origin {
            Origin::Entered => input.pointer.clone(),
            Origin::Attested { .. } => format!("{}/value", input.pointer),
            Origin::Judged { .. } | Origin::External { .. } | Origin::Computed(_) => continue,
        };
        columns.push(Column { group: None, label: &input.ident.label.text, pointer, field: Some(&input.field) });
    }
    let attested = |key: &str, label: &'a str| Column {
        group: None,
        label,
        pointer: format!("/attested/{}/value", pointer_step(key)),
        field: Some(&YES_NO),
    };
    for rule in &track.rules {
        match &rule.test {
            Test::Attested { .. } => columns.push(attested(&rule.ident.key, &rule.ident.label.text)),
            Test::Threshold { members, .. } => {
                let members = members.iter().filter(|m| matches!(m.test, Test::Attested { .. }));
                columns.extend(members.map(|m| attested(&m.ident.key, &m.ident.label.text)));
            }
            Test::Bad | Test::Expr(_) | Test::Judged { .. } | Test::External { .. } => {}
        }
    }
    columns
}

/// Columns of one name get that of their part in front; what still has the name of one before is left out.
fn distinct<'a>(columns: Vec<(Option<String>, Column<'a>)>) -> Vec<Column<'a>> {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for (_, column) in &columns {
        *count.entry(column.name()).or_default() += 1;
    }
    let mut given: Vec<Column<'a>> = Vec::new();
    for (part, column) in columns {
        let several = count.get(&column.name()).is_some_and(|n| *n > 1);
        let column = if several && column.group.is_none() { Column { group: part, ..column } } else { column };
        if !given.iter().any(|other| other.name() == column.name()) {
            given.push(column);
        }
    }
    given
}
