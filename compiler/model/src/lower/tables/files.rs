//! Tables read from a dated CSV file beside the programme.
//!
//! In: the file's text, first line its column names. Out: columns and rows of constants.
//! Always: a blank cell is a value that the file leaves open; every fault names the file's line.

use super::complete::{Row, RowKind};
use super::{Layout, columns};
use crate::lower::{Constant, Lower, Scope};
use crate::{Dimension, Expr, ExprKind, KeyCell, NumberType, TableId, TableRow, Type, ValueColumn};
use prog_base::{Date, Diagnostic, Exact, Span, codes, text};
use prog_syntax::ast;

/// At most so many faults of one file are told.
pub(in crate::lower) const MOST_FAULTS: usize = 5;

/// A file of lines of cells.
pub(in crate::lower) struct Sheet {
    /// The first line.
    pub head: Vec<String>,
    /// Line number and cells.
    pub lines: Vec<(u64, Vec<String>)>,
}

impl Lower<'_> {
    pub(super) fn file_columns(
        &mut self,
        id: TableId,
        t: &ast::Table,
        path: &ast::Str,
        dated: Option<&ast::Expr>,
        declared: &[ast::Column],
    ) -> Option<Layout> {
        if let Some(day) = dated {
            let day = self.expr(day, &Scope::default(), Some(&Type::Date));
            let day = self.like(day, &Type::Date);
            self.p.tables[id.index()].dated = match self.constant(&day) {
                Some(Constant::Date(d)) => Some(d),
                Some(_) | None => None,
            };
        }
        let sheet = self.data_sheet(path)?;
        let keys = columns::key_names(&t.lookup);
        for key in &keys {
            if !sheet.head.contains(&key.text) {
                self.no_column(path, key, &sheet.head);
                return None;
            }
            let written = declared.iter().find(|c| c.head.name.text == key.text);
            let ty = match written.and_then(|c| c.ty.as_ref()) {
                Some(ty) => self.field_type(ty, &Self::ident(&columns::plain_head(key))).1,
                None => match self.key_type(key, &[]) {
                    Type::Unknown => sheet.type_of(&key.text),
                    known => known,
                },
            };
            self.push_key(id, columns::plain_head(key), ty);
        }
        for name in sheet.head.iter().filter(|h| !h.is_empty() && keys.iter().all(|k| k.text != **h)) {
            let written = declared.iter().find(|c| c.head.name.text == *name);
            let head = written.map_or_else(|| columns::plain_head(&ast::Name { text: name.clone(), span: path.span }), |c| c.head.clone());
            let ty = match written.and_then(|c| c.ty.as_ref()) {
                Some(ty) => self.field_type(ty, &Self::ident(&head)).1,
                None => sheet.type_of(name),
            };
            self.p.tables[id.index()].columns.push(ValueColumn { ident: Self::ident(&head), ty });
        }
        for column in declared.iter().filter(|c| !sheet.head.contains(&c.head.name.text)) {
            self.no_column(path, &column.head.name, &sheet.head);
        }
        Some(Layout::default())
    }

    fn no_column(&mut self, path: &ast::Str, name: &ast::Name, head: &[String]) {
        let (file, n, list) = (&path.text, &name.text, head.join(", "));
        self.report(
            Diagnostic::error(
                codes::DATA_FILE,
                name.span,
                text!("数据文件 {file} 没有“{n}”这一列", "The data file {file} has no column `{n}`"),
            )
            .help(text!("它的列：{list}", "Its columns are: {list}")),
        );
    }

    pub(super) fn file_rows(&mut self, id: TableId, path: &ast::Str) -> Vec<Option<Row>> {
        let Some(sheet) = self.data_sheet(path) else { return vec![None] };
        let t = self.p.table(id);
        let place = |name: &str| sheet.head.iter().position(|h| h == name);
        let keys: Vec<(Option<usize>, Type)> = t.keys.iter().map(|k| (place(&k.ident.name), k.ty.clone())).collect();
        let values: Vec<(Option<usize>, Type)> = t.columns.iter().map(|c| (place(&c.ident.name), c.ty.clone())).collect();
        let mut faults = Vec::new();
        let mut rows = Vec::new();
        for (line, cells) in &sheet.lines {
            let mut cell = |(at, ty): &(Option<usize>, Type)| {
                let text = at.and_then(|at| cells.get(at)).map_or("", String::as_str);
                let read = self.read_cell(text, ty, path.span);
                if read.is_none() && faults.len() < MOST_FAULTS {
                    faults.push((*line, text.to_owned(), ty.clone()));
                }
                read
            };
            let key_cells: Vec<Option<KeyCell>> = keys.iter().map(|k| cell(k).map(|e| KeyCell::OneOf(vec![e]))).collect();
            let value_cells: Vec<Option<Expr>> = values.iter().map(&mut cell).collect();
            let keys: Option<Vec<KeyCell>> = key_cells.into_iter().collect();
            let values: Option<Vec<Expr>> = value_cells.into_iter().collect();
            rows.push(match (keys, values) {
                (Some(keys), Some(values)) => Some(Row { row: TableRow { keys, values, span: path.span }, kind: RowKind::Stated }),
                (_, _) => None,
            });
        }
        for (line, text, ty) in faults {
            let (file, words) = (&path.text, crate::lower::expr::kind_words(&self.p, &ty));
            let (zh, en) = (&words.zh, &words.en);
            self.report(Diagnostic::error(
                codes::DATA_FILE,
                path.span,
                text!("数据文件 {file} 第 {line} 行：“{text}”不是{zh}", "Data file {file}, line {line}: `{text}` is not {en}"),
            ));
        }
        rows
    }

    /// The file as lines of cells; told when it is missing or is no table.
    pub(in crate::lower) fn data_sheet(&mut self, path: &ast::Str) -> Option<Sheet> {
        let file = &path.text;
        let Some(text) = (self.inputs.data)(file) else {
            self.report(
                Diagnostic::error(codes::DATA_FILE, path.span, text!("找不到数据文件 {file}", "The data file {file} is not there"))
                    .help(text!("把它放在方案的文件夹里", "Put it into the programme's folder")),
            );
            return None;
        };
        match read(text.trim_start_matches('\u{FEFF}')) {
            Ok(sheet) => Some(sheet),
            Err(line) => {
                self.report(
                    Diagnostic::error(
                        codes::DATA_FILE,
                        path.span,
                        text!(
                            "数据文件 {file} 第 {line} 行的格数与表头不同",
                            "Data file {file}, line {line}: not as many cells as in the head"
                        ),
                    )
                    .help(text!(
                        "用逗号分开各格；含逗号的格放在引号里",
                        "Separate cells by commas; put a cell that holds a comma in quotes"
                    )),
                );
                None
            }
        }
    }

    /// A cell's value; blank is left open; `None` when it is no value of the type.
    fn read_cell(&self, text: &str, ty: &Type, span: Span) -> Option<Expr> {
        let kind = match ty {
            _ if text.is_empty() => ExprKind::Silent { why: None },
            Type::Number(n) => {
                let text = if n.dimension == Dimension::Ratio { text.trim_end_matches(['%', '％']) } else { text };
                ExprKind::Number(&Exact::parse(text)? * &self.unit_size(n))
            }
            Type::Enum(id) => {
                let is = |v: &crate::EnumValue| v.ident.name == text || v.ident.key == text || v.ident.label.text == text;
                ExprKind::EnumValue { of: *id, value: self.p.enumeration(*id).values.iter().position(is)? }
            }
            Type::Bool => match text {
                "是" | "yes" | "true" => ExprKind::Bool(true),
                "否" | "no" | "false" => ExprKind::Bool(false),
                _other => return None,
            },
            Type::Date => ExprKind::Date(Date::parse(text)?),
            Type::Text | Type::Unknown => ExprKind::Text(text.to_owned()),
            Type::Set(_) | Type::Moment | Type::Duration | Type::Record(_) | Type::List(_) => return None,
        };
        Some(Expr { kind, ty: ty.clone(), span })
    }
}

impl Sheet {
    /// What a column without declared type holds: numbers, days or texts.
    fn type_of(&self, name: &str) -> Type {
        let Some(at) = self.head.iter().position(|h| h == name) else { return Type::Text };
        let cells = || self.lines.iter().filter_map(|(_, c)| c.get(at)).filter(|c| !c.is_empty());
        let numbers: Option<Vec<Exact>> = cells().map(|c| Exact::parse(c)).collect();
        match numbers {
            Some(numbers) if !numbers.is_empty() => {
                let digits = numbers.iter().filter_map(Exact::scale).max().unwrap_or(0);
                let digits = u32::try_from(digits).ok();
                let (low, high) = (numbers.iter().min().cloned(), numbers.iter().max().cloned());
                Type::Number(NumberType { dimension: Dimension::Plain, digits, low, high, unit: None })
            }
            Some(_) | None if cells().next().is_some() && cells().all(|c| Date::parse(c).is_some()) => Type::Date,
            Some(_) | None => Type::Text,
        }
    }
}

/// Reads lines of cells; the number of the first line that is no row is the error.
fn read(text: &str) -> Result<Sheet, u64> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let head: Vec<String> = reader.headers().map_err(|_| 1u64)?.iter().map(nfc).collect();
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| e.position().map_or(1, csv::Position::line))?;
        let line = record.position().map_or(0, csv::Position::line);
        if record.iter().any(|c| !c.is_empty()) {
            lines.push((line, record.iter().map(nfc).collect()));
        }
    }
    Ok(Sheet { head, lines })
}

fn nfc(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfc().collect()
}
