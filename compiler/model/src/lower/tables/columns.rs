//! The columns of a table: which are keys, and of which type.

use super::Layout;
use crate::lower::{Lower, Named, Space, numbers};
use crate::{EnumId, KeyColumn, NumberType, TableId, Type, ValueColumn};
use prog_base::{Diagnostic, Exact, Span, codes, text};
use prog_syntax::ast;

impl Lower<'_> {
    /// Fills keys and columns of a table; `None` when its rows can't be read for a fault already told.
    pub(super) fn columns(&mut self, id: TableId, t: &ast::Table) -> Option<Layout> {
        match &t.rows {
            ast::TableRows::Written { columns, rows } => self.written_columns(id, t, columns, rows),
            ast::TableRows::File { path, dated, columns } => self.file_columns(id, t, path, dated.as_ref(), columns),
            ast::TableRows::Absent(_) => {
                for name in key_names(&t.lookup) {
                    let ty = self.key_type(name, &[]);
                    self.push_key(id, plain_head(name), ty);
                }
                None
            }
        }
    }

    fn written_columns(&mut self, id: TableId, t: &ast::Table, columns: &[ast::Column], rows: &[ast::Row]) -> Option<Layout> {
        let mut layout = Layout::default();
        match &t.lookup {
            ast::Lookup::By(_) | ast::Lookup::Bound { .. } => {
                for name in key_names(&t.lookup) {
                    let Some(at) = columns.iter().position(|c| c.head.name.text == name.text) else {
                        self.no_key_column(name, columns);
                        return None;
                    };
                    layout.keys.push(at);
                }
            }
            ast::Lookup::Decision => layout.keys.extend((0..columns.len()).filter(|i| columns[*i].ty.is_none())),
        }
        layout.values.extend((0..columns.len()).filter(|i| !layout.keys.contains(i)));
        if layout.keys.is_empty() || layout.values.is_empty() {
            self.report(
                Diagnostic::error(
                    codes::COLUMN_TYPE,
                    t.head.name.span,
                    text!("表要有键列和值列", "A table needs key columns and value columns"),
                )
                .help(text!("值列写明类型，如“名额: 数量”", "Value columns state their type, such as `places: Count`")),
            );
            return None;
        }
        for at in layout.keys.clone() {
            let column = &columns[at];
            let ty = match &column.ty {
                Some(ty) => self.field_type(ty, &Self::ident(&column.head)).1,
                None => {
                    let cells: Vec<&ast::Cell> = rows.iter().filter_map(|r| r.cells.get(at)).collect();
                    self.key_type(&column.head.name, &cells)
                }
            };
            self.push_key(id, column.head.clone(), ty);
        }
        for at in layout.values.clone() {
            let ty = self.value_type(&columns[at]);
            self.p.tables[id.index()].columns.push(ValueColumn { ident: Self::ident(&columns[at].head), ty });
        }
        self.once_each(id);
        Some(layout)
    }

    fn value_type(&mut self, column: &ast::Column) -> Type {
        let Some(ty) = &column.ty else {
            let n = &column.head.name.text;
            let written = if self.writes_chinese(column.head.name.span) { ": 数量" } else { ": Count" };
            self.report(
                Diagnostic::error(codes::COLUMN_TYPE, column.head.name.span, text!("列“{n}”没有类型", "Column `{n}` has no type"))
                    .help(text!(
                        "写明类型，如“{n}: 数量”；若它是键，写进 由 后面",
                        "State its type, such as `{n}: Count`; if it is a key, name it after `by`"
                    ))
                    .fix(text!("写成数量", "make it a Count"), column.head.name.span.after(), written),
            );
            return Type::Unknown;
        };
        self.field_type(ty, &Self::ident(&column.head)).1
    }

    pub(super) fn push_key(&mut self, id: TableId, head: ast::Head, ty: Type) {
        self.p.tables[id.index()].keys.push(KeyColumn { ident: Self::ident(&head), ty });
    }

    /// Tells of columns of one name.
    pub(super) fn once_each(&mut self, id: TableId) {
        let t = self.p.table(id);
        let idents: Vec<(String, Span)> =
            t.keys.iter().map(|k| &k.ident).chain(t.columns.iter().map(|c| &c.ident)).map(|i| (i.name.clone(), i.span)).collect();
        for (i, (name, span)) in idents.iter().enumerate() {
            if let Some((_, first)) = idents[..i].iter().find(|(n, _)| n == name) {
                self.report(
                    Diagnostic::error(codes::DUPLICATE_NAME, *span, text!("表中有两列“{name}”", "The table has two columns `{name}`"))
                        .label(*first, text!("第一处", "first here")),
                );
            }
        }
    }

    fn no_key_column(&mut self, name: &ast::Name, columns: &[ast::Column]) {
        let n = &name.text;
        let list = columns.iter().map(|c| c.head.name.text.as_str()).collect::<Vec<_>>().join(", ");
        self.report(
            Diagnostic::error(
                codes::COLUMN_TYPE,
                name.span,
                text!("表按“{n}”查，却没有这一列", "The table is read by `{n}`, but has no such column"),
            )
            .help(text!("表头有：{list}", "Its columns are: {list}")),
        );
    }

    /// The type of a key: that of the facts and fields of its name, else of the list of its name, else what its cells show.
    pub(super) fn key_type(&mut self, name: &ast::Name, cells: &[&ast::Cell]) -> Type {
        let types: Vec<&Type> = self.input_names.anywhere(&name.text).iter().map(|i| &self.p.input(*i).ty).collect();
        let joined =
            types.split_first().and_then(|(first, rest)| rest.iter().try_fold((*first).clone(), |ty, other| self.joined_type(&ty, other)));
        match joined {
            // A row stands for one of the values that the fact may hold.
            Some(Type::Set(of)) => return Type::Enum(of),
            Some(ty) if ty != Type::Unknown => return ty,
            Some(_) | None => {}
        }
        if let Some(Named::Enum(id)) = self.index.get(Space::Type, name) {
            return Type::Enum(id);
        }
        self.type_of_cells(cells)
    }

    /// The type that holds both, if they are of one kind.
    fn joined_type(&self, a: &Type, b: &Type) -> Option<Type> {
        match (a, b) {
            (Type::Number(x), Type::Number(y)) => numbers::either(x, y, &self.p.units).ok().map(Type::Number),
            (_, _) => (a == b).then(|| a.clone()),
        }
    }

    /// What the cells of a key column show.
    fn type_of_cells(&self, cells: &[&ast::Cell]) -> Type {
        let values: Vec<&ast::Expr> = cells.iter().flat_map(|c| cell_values(c)).collect();
        let names: Vec<&str> =
            values.iter().filter_map(|e| if let ast::ExprKind::Name(n) = &e.kind { Some(n.text.as_str()) } else { None }).collect();
        if !names.is_empty() {
            return self.list_with(&names).map_or(Type::Text, Type::Enum);
        }
        match values.first().map(|e| &e.kind) {
            Some(ast::ExprKind::Text(_)) => Type::Text,
            Some(ast::ExprKind::Bool(_)) => Type::Bool,
            Some(ast::ExprKind::Date(_)) => Type::Date,
            Some(ast::ExprKind::Percent(_)) => Type::Number(NumberType::percent(&Exact::ZERO).open()),
            Some(ast::ExprKind::Number { value, unit: Some(unit) }) => match self.index.get(Space::Unit, unit) {
                Some(Named::Unit(id)) => Type::Number(NumberType::united(value, id, self.p.unit(id)).open()),
                Some(_) | None => Type::Unknown,
            },
            Some(_) => Type::Number(NumberType::literal(&Exact::ZERO).open()),
            None => Type::Unknown,
        }
    }

    /// The only declared list that holds all these values.
    fn list_with(&self, names: &[&str]) -> Option<EnumId> {
        let holds = |e: &crate::Enum| names.iter().all(|n| e.values.iter().any(|v| v.ident.name == **n));
        let mut found = self.p.enums.iter().enumerate().filter(|(_, e)| !e.anonymous && holds(e)).map(|(i, _)| EnumId(i as u32));
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }
}

/// The key names of a lookup.
pub(super) fn key_names(lookup: &ast::Lookup) -> Vec<&ast::Name> {
    match lookup {
        ast::Lookup::By(names) => names.iter().collect(),
        ast::Lookup::Bound { of, .. } => vec![of],
        ast::Lookup::Decision => Vec::new(),
    }
}

/// A head of nothing but a name.
pub(super) fn plain_head(name: &ast::Name) -> ast::Head {
    ast::Head { name: name.clone(), key: None, cites: Vec::new(), message: None, doc: None }
}

fn cell_values(cell: &ast::Cell) -> Vec<&ast::Expr> {
    match cell {
        ast::Cell::Expr(e) => vec![e],
        ast::Cell::Set(list, _) => list.iter().collect(),
        ast::Cell::Band { low, high, .. } => low.iter().chain(high).collect(),
        ast::Cell::Otherwise(_) | ast::Cell::Any(_) => Vec::new(),
    }
}

impl NumberType {
    /// The kind alone: any digits, no bounds.
    pub(super) fn open(self) -> Self {
        let dimension = match self.dimension {
            crate::Dimension::Bare | crate::Dimension::Times => crate::Dimension::Plain,
            other => other,
        };
        Self { dimension, digits: None, low: None, high: None, unit: self.unit }
    }
}
