//! The table of a track: which columns it has.
//!
//! In: a track. Out: its columns in source order, and the fields it cannot hold with the reason. Always: every entry that a rule may read has its
//! column; two rules that share a judgement share the column.

use super::columns::{Column, Holding, Means, plain, short};
use super::items::item_pointer;
use super::number::Refused;
use super::tree::{Function, Sql, call, column, compare, int, not, text};
use crate::names::pointer_step;
use prog_model::{FieldKind, FieldType, Input, InputId, LimitKind, Origin, Programme, Strength, Test, Track};
use std::collections::BTreeMap;

/// What a track's tables hold.
pub struct Table {
    /// Its columns, without line, case and withdrawn.
    pub columns: Vec<Column>,
    /// Its lists.
    pub lists: Vec<List>,
    /// What they do not hold.
    pub held: Held,
}

/// A list, item by item.
pub struct List {
    /// The list.
    pub input: InputId,
    /// Where it stands in the case: steps of the pointer.
    pub steps: Vec<String>,
    /// The columns of an item, read from it.
    pub columns: Vec<Column>,
}

/// What the tables of a track do not hold, with the reason.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// Fields and facts.
    pub missing: BTreeMap<InputId, Refused>,
    /// Lists of which only the number of items is held.
    pub items: BTreeMap<InputId, Refused>,
}

impl Table {
    /// The columns of a track in a dialect.
    pub fn of(p: &Programme, track: &Track, means: &Means) -> Self {
        let mut table = Table { columns: Vec::new(), lists: Vec::new(), held: Held::default() };
        for id in &track.inputs {
            let input = p.input(*id);
            match entry(p, means, input) {
                Ok(columns) => {
                    table.list(p, means, *id, columns.first());
                    columns.into_iter().for_each(|c| table.put(c));
                }
                Err(reason) => drop(table.held.missing.insert(*id, reason)),
            }
        }
        for rule in &track.rules {
            table.sheets(&rule.test, &rule.ident.key, &rule.ident.label.text);
            if rule.strength == Strength::InPrinciple {
                let pointer = format!("/reasons/{}", pointer_step(&rule.ident.key));
                table.put(plain(&pointer, Holding::Text, means.filled(), "written reason"));
            }
        }
        table
    }

    /// The items of a list.
    fn list(&mut self, p: &Programme, means: &Means, id: InputId, whole: Option<&Column>) {
        let FieldKind::List(item) = &p.input(id).field.kind else { return };
        let steps = whole.map(|column| column.steps.clone()).unwrap_or_default();
        match items(p, means, item) {
            Ok(columns) => self.lists.push(List { input: id, steps, columns }),
            Err(reason) => drop(self.held.items.insert(id, reason)),
        }
    }

    fn put(&mut self, column: Column) {
        if !self.columns.iter().any(|old| old.name == column.name) {
            self.columns.push(column);
        }
    }

    /// Judgements, attestations, register entries of a test.
    fn sheets(&mut self, test: &Test, key: &str, label: &str) {
        let member = match test {
            Test::Judged { .. } => "judgements",
            Test::Attested { .. } => "attested",
            Test::External { .. } => "external",
            Test::Threshold { members, .. } => {
                for member in members {
                    self.sheets(&member.test, &member.ident.key, &member.ident.label.text);
                }
                return;
            }
            Test::Bad | Test::Expr(_) => return,
        };
        let pointer = format!("/{member}/{}", pointer_step(key));
        let truth = call(Function::Truth, [column(super::columns::RAW)]);
        let mut value = plain(&pointer, Holding::Truth, truth, label);
        value.steps.push("value".to_owned());
        if matches!(test, Test::External { as_of: Some(_), .. }) {
            self.put(as_of(&value));
        }
        self.put(value);
    }
}

/// The day at which a register was read.
fn as_of(of: &Column) -> Column {
    let mut steps = of.steps.clone();
    steps.pop();
    steps.push("as_of".to_owned());
    let raw = column(super::columns::RAW);
    let day = super::tree::when(call(Function::IsDay, [raw.clone()]), raw);
    Column { name: short(&format!("{}@", of.name)), holding: Holding::Text, check: None, read: day, steps, remark: "as of".to_owned() }
}

/// The columns of one entry.
fn entry(p: &Programme, means: &Means, input: &Input) -> Result<Vec<Column>, Refused> {
    let mut columns = match &input.field.kind {
        FieldKind::Record(id) => {
            let mut columns = Vec::new();
            for field in &p.records[id.index()].fields {
                let pointer = format!("{}/{}", input.pointer, pointer_step(&field.ident.key));
                let label = &field.ident.label.text;
                match means.scalar(p, &field.field, &pointer, label)? {
                    Some(pair) => columns.extend(pair),
                    None => return super::expr::refuse("记录中的列表或文件", "a list or file within a record"),
                }
            }
            columns
        }
        _other => one(p, means, &input.field, &input.pointer, &input.ident.label.text)?,
    };
    if !matches!(input.origin, Origin::Entered | Origin::Computed(_)) {
        columns.iter_mut().for_each(|c| c.steps.push("value".to_owned()));
    }
    if let (Origin::External { as_of: Some(_), .. }, Some(first)) = (&input.origin, columns.first()) {
        let day = as_of(first);
        columns.push(day);
    }
    Ok(columns)
}

/// The columns of an item of a list.
fn items(p: &Programme, means: &Means, item: &FieldType) -> Result<Vec<Column>, Refused> {
    let inner = |field: &FieldType, key: &str, label: &str| {
        if matches!(field.kind, FieldKind::List(_) | FieldKind::Record(_) | FieldKind::File { .. }) {
            return super::expr::refuse("列表项中的列表、记录或文件", "a list, record or file within an item");
        }
        one(p, means, field, &item_pointer(key), label)
    };
    let mut columns = match &item.kind {
        FieldKind::Record(id) => {
            let fields = p.records[id.index()].fields.iter();
            let all: Result<Vec<_>, Refused> = fields.map(|f| inner(&f.field, &f.ident.key, &f.ident.label.text)).collect();
            all?.concat()
        }
        FieldKind::AnyOf(_) => return super::expr::refuse("列表的列表", "a list of lists"),
        _scalar => inner(item, "value", "")?,
    };
    // An item is read for itself; a bare one is its value.
    let bare = !matches!(item.kind, FieldKind::Record(_));
    columns.iter_mut().for_each(|c| drop(c.steps.drain(..if bare { 2 } else { 1 })));
    Ok(columns)
}

fn one(p: &Programme, means: &Means, field: &FieldType, pointer: &str, label: &str) -> Result<Vec<Column>, Refused> {
    if let Some(pair) = means.scalar(p, field, pointer, label)? {
        return Ok(pair.to_vec());
    }
    match &field.kind {
        FieldKind::AnyOf(id) => {
            let keys: Vec<&str> = p.enumeration(*id).values.iter().map(|v| v.ident.key.as_str()).collect();
            let has = |key: &str| Sql::Spelled(means.dialect.array_has(key));
            let part = |key: &&str| super::tree::case([(has(key), text(format!("{}/", pointer_step(key))))], text(""));
            let mut parts = vec![text("/")];
            parts.extend(keys.iter().map(part));
            let chosen = keys.iter().map(|k| super::tree::case([(has(k), int(1))], int(0)));
            let count = chosen.reduce(|a, b| Sql::Arithmetic('+', super::tree::Width::Small, Box::new(a), Box::new(b))).unwrap_or(int(0));
            let listed = not(Sql::Spelled(means.dialect.array_beyond(&keys)));
            let mut checks = lengths(field, &count);
            checks.push((listed, "unlisted"));
            Ok(means.pair(pointer, label, Holding::Text, checks, Sql::Concat(parts), &column(super::columns::RAW)).to_vec())
        }
        FieldKind::List(_) => {
            let count = Sql::Spelled(means.dialect.array_count().to_owned());
            let checks = lengths(field, &count);
            let whole = Holding::Whole(super::tree::Width::Small);
            Ok(means.pair(pointer, label, whole, checks, count, &column(super::columns::RAW)).to_vec())
        }
        FieldKind::File { .. } => super::expr::refuse("上传的文件", "an uploaded file"),
        _other => Ok(Vec::new()),
    }
}

/// Hard limits on a number of items.
fn lengths(field: &FieldType, count: &Sql) -> Vec<(Sql, &'static str)> {
    let hard = field.limits.iter().filter_map(|limit| {
        let op = match limit.kind {
            LimitKind::AtMost => "<=",
            LimitKind::AtLeast => ">=",
            LimitKind::About => return None,
        };
        Some((compare(op, count.clone(), Sql::Int(limit.value.to_string())), "length"))
    });
    hard.collect()
}
