//! A filled table to a package, or to cases.
//!
//! In: a file, what it is, who sends it. Out: one batch line, or one a case. Always: all faults of all cells are found in one run; with one there is
//! no line; rows that are wholly blank are passed over.

use super::grid::{Cell, Sheet, is_workbook, of_csv, of_workbook};
use super::{What, heads, value};
use crate::{SIZE_LIMIT, Session};
use prog_base::{Diagnostic, Span, Text, codes, text};
use prog_emit::Plan;
use prog_emit::layout::{Column, Flat, sent_at};
use prog_model::{Programme, Summary};
use serde_json::{Map, Value};
use std::path::Path;

/// Who sends the package, and when; what is not given here is taken from the workbook.
#[derive(Clone, Debug, Default)]
pub struct Sending {
    /// The value of the sender's key, by key or label.
    pub key: Option<String>,
    /// The day or moment.
    pub at: Option<String>,
}

/// The sheet on which a workbook says what it is.
const SENDER: &str = "报送";

impl Session<'_> {
    /// Reads a filled table as a package or as cases, in lines of a batch; what is wrong with it is said.
    pub fn import_table(&mut self, programme: &Programme, what: What, path: &Path, sending: &Sending) -> Option<String> {
        let (sheets, span) = self.sheets(path)?;
        let plan = Plan::new(programme);
        let flat = what.flat(&plan);
        let mut sending = sending.clone();
        let mut faults = Vec::new();
        if let Some(sheet) = sheets.iter().find(|s| s.name.as_deref() == Some(SENDER)) {
            faults.extend(of_sender(programme, &flat, sheet, &mut sending));
        }
        let columns = &flat.columns;
        let tables = sheets.iter().filter(|s| s.name.as_deref() != Some(SENDER));
        let found = tables.filter_map(|sheet| Some((sheet, heads::find(sheet, columns)?)));
        let Some((sheet, heads)) = found.max_by_key(|(_, heads)| heads.places.iter().flatten().count()) else {
            let names: Vec<String> = columns.iter().map(Column::name).collect();
            let names = names.join("、");
            let title = flat.title;
            let message = text!("没有找到“{title}”的表头", "the heads of `{title}` were not found");
            self.say(
                Diagnostic::error(codes::TABLE_HEADS, span, message).help(text!("要有这些栏：{names}", "it needs these columns: {names}")),
            );
            return None;
        };
        faults.extend(strangers(sheet, &heads));
        let rows = rows(programme, sheet, &heads, columns, &mut faults);
        if !faults.is_empty() {
            faults.into_iter().for_each(|(code, message)| self.say(Diagnostic::error(code, span, message)));
            return None;
        }
        Some(match what {
            What::Summary(id) => package(&plan, &programme.summaries[id.index()], &sending, rows),
            What::Track(_) => rows.into_iter().map(|row| of_case(programme, flat.key, row)).collect(),
        })
    }

    fn sheets(&mut self, path: &Path) -> Option<(Vec<Sheet>, Span)> {
        let bytes = if path == Path::new("-") { self.world.stdin(SIZE_LIMIT) } else { self.world.read(path, SIZE_LIMIT) };
        let read = match bytes {
            Ok(bytes) if is_workbook(&bytes) => of_workbook(bytes),
            bytes => of_csv(&self.text_of(path, bytes)?).map(|sheet| vec![sheet]),
        };
        let span = self.mention(path);
        match read {
            Ok(sheets) => Some((sheets, span)),
            Err(message) => {
                self.say(Diagnostic::error(codes::TABLE_FILE, span, message));
                None
            }
        }
    }
}

type Fault = (prog_base::Code, Text);

/// What the sheet of the sender says; what the caller gave stays.
fn of_sender(programme: &Programme, flat: &Flat<'_>, sheet: &Sheet, sending: &mut Sending) -> Vec<Fault> {
    let mut faults = Vec::new();
    for row in 0..sheet.rows.len() {
        let (label, cell) = (sheet.at(row, 0).words(), sheet.at(row, 1));
        if cell.is_blank() {
            continue;
        }
        let other = |mine: &str| cell.words() != mine;
        match label {
            "表" if other(flat.key) => faults.push("表"),
            "方案" if other(&programme.ident.key) => faults.push("方案"),
            "报送日期" => sending.at = sending.at.take().or_else(|| Some(cell.words().to_owned())),
            _ if label.starts_with("报送单位") => sending.key = sending.key.take().or_else(|| Some(cell.words().to_owned())),
            _ => {}
        }
    }
    let mine = |what: &str| {
        let (table, key) = (flat.title, &programme.ident.key);
        let message = text!("这份表的“{what}”不是“{table}”（{key}）的", "by its `{what}` this is not the table `{table}` of {key}");
        (codes::TABLE_HEADS, message)
    };
    faults.into_iter().map(mine).collect()
}

fn strangers(sheet: &Sheet, heads: &heads::Heads) -> Vec<Fault> {
    let above = heads.below.saturating_sub(1);
    let filled = |at: &&usize| (heads.below..sheet.rows.len()).any(|row| !sheet.at(row, **at).is_blank());
    let strange = heads.strange.iter().filter(filled).map(|at| {
        let Text { zh, en } = sheet.place(above, *at);
        let words = sheet.at(above, *at).words();
        (codes::TABLE_HEADS, text!("{zh}：没有“{words}”这一栏", "{en}: there is no column `{words}`"))
    });
    let twice = heads.twice.iter().map(|at| {
        let Text { zh, en } = sheet.place(above, *at);
        (codes::TABLE_HEADS, text!("{zh}：这一栏出现了两次", "{en}: this column stands twice"))
    });
    strange.chain(twice).collect()
}

/// The rows as the package holds them.
fn rows(programme: &Programme, sheet: &Sheet, heads: &heads::Heads, columns: &[Column<'_>], faults: &mut Vec<Fault>) -> Vec<Value> {
    let placed: Vec<(usize, &Column<'_>)> = heads.places.iter().zip(columns).filter_map(|(at, c)| Some(((*at)?, c))).collect();
    let mut rows = Vec::new();
    for row in heads.below..sheet.rows.len() {
        if placed.iter().all(|(at, _)| sheet.at(row, *at).is_blank()) {
            continue;
        }
        let mut values = Map::new();
        for (at, column) in &placed {
            let cell = sheet.at(row, *at);
            let read = match column.field {
                Some(field) => value::value(programme, field, cell),
                None => case(cell),
            };
            match read {
                Ok(Some(value)) => put(&mut values, &column.pointer, value),
                Ok(None) => {}
                Err(Text { zh, en }) => {
                    let (place, name) = (sheet.place(row, *at), column.name());
                    let (place_zh, place_en) = (place.zh, place.en);
                    faults.push((codes::TABLE_CELL, text!("{place_zh}（{name}）：{zh}", "{place_en} ({name}): {en}")));
                }
            }
        }
        rows.push(Value::Object(values));
    }
    rows
}

/// The id of a row's case.
fn case(cell: &Cell) -> Result<Option<Value>, Text> {
    if cell.is_blank() {
        return Err(text!("这一行没有申报编号，不知道是哪一份申报", "the row names no application (申报编号)"));
    }
    Ok(Some(Value::String(value::written(cell)?)))
}

/// Puts a value where a pointer says, with the objects on the way.
fn put(values: &mut Map<String, Value>, pointer: &str, value: Value) {
    let step = |step: &str| step.replace("~1", "/").replace("~0", "~");
    let pointer = pointer.strip_prefix('/').unwrap_or(pointer);
    match pointer.split_once('/') {
        Some((first, rest)) => {
            let inner = values.entry(step(first)).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                put(inner, rest, value);
            }
        }
        None => {
            values.insert(step(pointer), value);
        }
    }
}

/// The batch line.
fn package(plan: &Plan<'_>, summary: &Summary, sending: &Sending, rows: Vec<Value>) -> String {
    let programme = plan.programme;
    let stage = sent_at(plan, summary);
    let by = stage.and_then(|s| s.by).or(summary.by);
    let mut package = Map::new();
    let mut set = |name: &str, value: Option<Value>| value.into_iter().for_each(|value| drop(package.insert(name.to_owned(), value)));
    set("stage", stage.map(|s| Value::from(plan.stage(s.id))));
    set("by", by.map(|by| Value::from(plan.actor(by))));
    let key_name = by.and_then(|by| programme.actors[by.index()].per.as_deref());
    set("key", sending.key.as_deref().map(|words| Value::String(key(programme, key_name, words))));
    set("at", sending.at.clone().map(Value::String));
    let cases: Vec<Value> = rows.iter().filter_map(|row| row.get("case").cloned()).collect();
    set("cases", Some(Value::Array(cases)));
    set("summary", Some(Value::Array(rows)));
    line("package", Value::Object(package))
}

/// A case with what the columns gave.
fn of_case(programme: &Programme, track: &str, row: Value) -> String {
    let Value::Object(mut case) = row else { return String::new() };
    let known = [("programme", programme.ident.key.as_str()), ("version", programme.version.as_str()), ("track", track)];
    case.extend(known.map(|(name, value)| (name.to_owned(), Value::from(value))));
    line("case", Value::Object(case))
}

fn line(kind: &str, value: Value) -> String {
    Value::Object(Map::from_iter([(kind.to_owned(), value)])).to_string() + "\n"
}

/// A body by its key, given by key or label.
fn key(programme: &Programme, name: Option<&str>, words: &str) -> String {
    let list = programme.enums.iter().find(|e| Some(e.ident.name.as_str()) == name);
    let found = list.and_then(|list| list.values.iter().find(|v| v.ident.key == words || v.ident.label.text == words));
    found.map_or(words, |v| &v.ident.key).to_owned()
}
