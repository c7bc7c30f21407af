//! Table lookups, columns and splits.

use super::{bad, typed};
use crate::lower::{Constant, Lower, Named, Scope, Space, constants, numbers};
use crate::{ArithmeticOp, Comparison, Expr, ExprKind, SplitMethod, TableId, Type};
use prog_base::{Diagnostic, RoundMode, Span, codes, text};
use prog_syntax::ast;

/// The table that an expression looks something up in, if it is written as a lookup.
fn table_named(e: &ast::Expr) -> Option<&ast::Name> {
    match &e.kind {
        ast::ExprKind::Name(name) => Some(name),
        ast::ExprKind::Index { of, .. } | ast::ExprKind::Member { of, .. } => table_named(of),
        _other => None,
    }
}

/// The same lookup in a table of another name.
fn renamed(e: &ast::Expr, name: &str) -> ast::Expr {
    let kind = match &e.kind {
        ast::ExprKind::Name(n) => ast::ExprKind::Name(ast::Name { text: name.to_owned(), span: n.span }),
        ast::ExprKind::Index { of, keys } => ast::ExprKind::Index { of: Box::new(renamed(of, name)), keys: keys.clone() },
        ast::ExprKind::Member { of, name: member } => ast::ExprKind::Member { of: Box::new(renamed(of, name)), name: member.clone() },
        other => other.clone(),
    };
    ast::Expr { kind, span: e.span }
}

impl Lower<'_> {
    /// `T[k]` or `T[k].column`.
    pub(super) fn lookup(&mut self, of: &ast::Expr, keys: &[ast::Expr], column: Option<&ast::Name>, scope: &Scope, span: Span) -> Expr {
        let ast::ExprKind::Name(name) = &of.kind else {
            let value = self.expr(of, scope, None);
            self.mismatch(&value, text!("表的名称", "the name of a table"));
            return bad(span);
        };
        let Some(table) = self.find_table(name) else { return bad(span) };
        let types: Vec<Type> = self.p.table(table).keys.iter().map(|k| k.ty.clone()).collect();
        let unreadable = types.is_empty() && !self.p.table(table).absent;
        if unreadable {
            return bad(span);
        }
        if types.len() != keys.len() && !self.p.table(table).absent {
            self.wrong_keys(table, keys.len(), span);
            return bad(span);
        }
        let mut typed_keys = Vec::new();
        for (i, key) in keys.iter().enumerate() {
            let wanted = types.get(i).cloned().unwrap_or(Type::Unknown);
            typed_keys.push(self.lookup_key(key, &wanted, scope));
        }
        self.cell(table, column, typed_keys, span)
    }

    /// A lookup in a table of several versions: the choice between them, each looked up under its own name.
    pub(super) fn version_of(&mut self, e: &ast::Expr, scope: &Scope) -> Option<ast::Expr> {
        if self.versions.tables.is_empty() {
            return None;
        }
        let name = table_named(e)?;
        let versions = self.versions.tables.get(&name.text)?.clone();
        let of_case = matches!(self.versions.by.as_ref().map(|by| &by.kind), Some(ast::ExprKind::Name(_)));
        if of_case && scope.track.is_none() {
            self.decided_per_case(name);
            return Some(ast::Expr { kind: ast::ExprKind::Bad, span: e.span });
        }
        let in_version = |v: &crate::lower::expand::Version| match &v.value.kind {
            ast::ExprKind::Name(own) => crate::lower::expand::Version { value: renamed(e, &own.text), ..v.clone() },
            _other => v.clone(),
        };
        let versions: Vec<_> = versions.iter().map(in_version).collect();
        Some(self.versions.choose(&versions, e.span))
    }

    /// What has a version for each application stands where no application is.
    pub(super) fn decided_per_case(&mut self, name: &ast::Name) {
        let n = &name.text;
        self.report(
            Diagnostic::error(
                codes::VERSION_PER_CASE,
                name.span,
                text!(
                    "“{n}”按每份申报自己的日期选用版本，这里不知道是哪一份",
                    "which version of `{n}` is in force depends on the application, and none is meant here"
                ),
            )
            .help(text!(
                "在类别里用它；或把口径改为所有申报相同的日期：施行 由 截止日(环节)",
                "use it in a track; or let a day decide that all applications share: `effective by due(STAGE)`"
            )),
        );
    }

    fn lookup_key(&mut self, key: &ast::Expr, wanted: &Type, scope: &Scope) -> Expr {
        let expected = if *wanted == Type::Unknown { None } else { Some(wanted) };
        let value = self.expr(key, scope, expected);
        self.keyed(value, wanted)
    }

    /// A key that compares with the key column.
    fn keyed(&mut self, value: Expr, wanted: &Type) -> Expr {
        let beside = typed(ExprKind::Bad, wanted.clone(), value.span);
        if self.comparable(Comparison::Equal, &value, &beside) { value } else { bad(value.span) }
    }

    fn wrong_keys(&mut self, table: TableId, found: usize, span: Span) {
        let t = self.p.table(table);
        let (n, wanted, at) = (&t.ident.name, t.keys.len(), t.ident.span);
        let names = t.keys.iter().map(|k| k.ident.name.as_str()).collect::<Vec<_>>().join(", ");
        self.report(
            Diagnostic::error(
                codes::WRONG_KEYS,
                span,
                text!("表“{n}”要 {wanted} 个键，这里写了 {found} 个", "Table `{n}` takes {wanted} keys; {found} stand here"),
            )
            .label(at, text!("表在这里声明", "the table is declared here"))
            .help(text!("写成 {n}[{names}]", "Write {n}[{names}]")),
        );
    }

    /// A lookup whose keys are what the key columns' names mean here: `T`, `T.column` in a decision table or a split.
    pub(super) fn table_by_scope(&mut self, table: TableId, column: Option<&ast::Name>, scope: &Scope, span: Span) -> Expr {
        let Some(keys) = self.keys_in_scope(table, scope, span) else { return bad(span) };
        self.cell(table, column, keys, span)
    }

    fn keys_in_scope(&mut self, table: TableId, scope: &Scope, span: Span) -> Option<Vec<Expr>> {
        let columns: Vec<(String, Type)> = self.p.table(table).keys.iter().map(|k| (k.ident.name.clone(), k.ty.clone())).collect();
        let mut keys = Vec::new();
        for (name, ty) in columns {
            let written = ast::Name { text: name, span };
            let visible = self.is_variable(&written, scope) && self.index.get(Space::Value, &written) != Some(Named::Table(table));
            if !visible {
                self.wrong_keys(table, 0, span);
                return None;
            }
            let value = self.variable(&written, scope)?;
            keys.push(self.keyed(value, &ty));
        }
        Some(keys)
    }

    /// The value at keys in the named column, or the only one.
    fn cell(&mut self, table: TableId, column: Option<&ast::Name>, keys: Vec<Expr>, span: Span) -> Expr {
        let Some((column, ty)) = self.table_column(table, column, span) else { return bad(span) };
        typed(ExprKind::Lookup { table, column, keys }, ty, span)
    }

    /// A value column by name; without a name, the only one.
    pub(crate) fn table_column(&mut self, table: TableId, name: Option<&ast::Name>, span: Span) -> Option<(usize, Type)> {
        let t = self.p.table(table);
        let found = match name {
            Some(name) => t.columns.iter().position(|c| c.ident.name == name.text),
            None if t.columns.len() == 1 => Some(0),
            None => None,
        };
        if let Some(i) = found {
            return Some((i, t.columns[i].ty.clone()));
        }
        if t.absent {
            return Some(self.absent_column(table, name));
        }
        // Nothing is known of a table whose columns could not be read.
        if t.columns.is_empty() {
            return None;
        }
        let (owner, at) = (t.ident.name.clone(), t.ident.span);
        let known: Vec<String> = t.columns.iter().map(|c| c.ident.name.clone()).collect();
        match name {
            Some(name) => self.unknown_field(name, &owner, &known),
            None => {
                let (first, list) = (known[0].clone(), known.join(", "));
                self.report(
                    Diagnostic::error(
                        codes::WRONG_KEYS,
                        span,
                        text!("表“{owner}”有几列，要写明取哪一列", "Table `{owner}` has several columns; say which one"),
                    )
                    .label(at, text!("表在这里声明", "the table is declared here"))
                    .help(text!("在后面写上列名：.{first}（可选：{list}）", "Add the column: .{first} (there are: {list})")),
                );
            }
        }
        None
    }

    /// The columns of a table that the notice announces but does not print are those that are asked for.
    fn absent_column(&mut self, table: TableId, name: Option<&ast::Name>) -> (usize, Type) {
        let t = &mut self.p.tables[table.index()];
        let ident = match name {
            Some(name) => crate::Ident {
                name: name.text.clone(),
                key: name.text.clone(),
                keyed: false,
                label: crate::Label { text: name.text.clone(), en: None },
                doc: None,
                span: name.span,
            },
            None => t.ident.clone(),
        };
        let ty = Self::plain_number();
        t.columns.push(crate::ValueColumn { ident, ty: ty.clone() });
        (t.columns.len() - 1, ty)
    }

    /// The table and column an expression names as `T.column` (or `T`), if it does.
    pub(super) fn as_column(&self, e: &ast::Expr) -> Option<(TableId, Option<ast::Name>)> {
        let (table, column) = match &e.kind {
            ast::ExprKind::Name(table) => (table, None),
            ast::ExprKind::Member { of, name } => match &of.kind {
                ast::ExprKind::Name(table) => (table, Some(name.clone())),
                _other => return None,
            },
            _other => return None,
        };
        match self.index.get(Space::Value, table) {
            Some(Named::Table(id)) => Some((id, column)),
            Some(_) | None => None,
        }
    }

    /// `split TOTAL by WEIGHT using METHOD`: the part that falls to the key in scope.
    pub(super) fn split(&mut self, total: &ast::Expr, weight: &ast::Expr, method: SplitMethod, scope: &Scope, span: Span) -> Expr {
        let total = self.expr(total, scope, None);
        let Some((table, column)) = self.as_column(weight) else {
            let value = self.expr(weight, scope, None);
            self.mismatch(&value, text!("表的一列", "a column of a table"));
            return bad(span);
        };
        let Some((column, _)) = self.table_column(table, column.as_ref(), weight.span) else { return bad(span) };
        if !self.one_key_a_row(table) {
            self.open_column(table, weight.span);
            return bad(span);
        }
        let Some(keys) = self.keys_in_scope(table, scope, span) else { return bad(span) };
        let Type::Number(number) = &total.ty else {
            self.mismatch(&total, text!("数字", "a number"));
            return bad(span);
        };
        let low = number.low.as_ref().map(|_| prog_base::Exact::ZERO);
        let ty = Type::Number(crate::NumberType { low, ..numbers::rounded(number, RoundMode::Up, 0, &self.unit_size(number)) });
        typed(ExprKind::Split { total: Box::new(total), table, column, method, keys }, ty, span)
    }

    /// Whether each row of a table has one constant in each key cell.
    pub(super) fn one_key_a_row(&self, table: TableId) -> bool {
        let single = |c: &ast::Cell| matches!(c, ast::Cell::Expr(_));
        match self.index.tables.get(table.index()).map(|t| &t.rows) {
            Some(ast::TableRows::Written { rows, .. }) => rows.iter().all(|r| r.cells.iter().all(single)),
            Some(ast::TableRows::File { .. } | ast::TableRows::Absent(_)) | None => true,
        }
    }

    /// All keys of a table whose key columns are closed lists.
    pub(super) fn keys_of(&self, table: TableId) -> Option<Vec<Vec<Expr>>> {
        let mut all: Vec<Vec<Expr>> = vec![Vec::new()];
        for key in &self.p.table(table).keys {
            let values: Vec<Expr> = constants::closed_values(&self.p, &key.ty)?.iter().map(|v| written(v, key.ident.span)).collect();
            if all.len().saturating_mul(values.len()) > 10_000 {
                return None;
            }
            all = all.iter().flat_map(|k| values.iter().map(|v| k.iter().cloned().chain([v.clone()]).collect())).collect();
        }
        Some(all)
    }

    /// A column can't be taken whole where a row stands for keys that nobody can list.
    pub(super) fn open_column(&mut self, table: TableId, span: Span) {
        let (n, at) = (self.p.table(table).ident.name.clone(), self.p.table(table).ident.span);
        self.report(
            Diagnostic::error(
                codes::NOT_A_LIST,
                span,
                text!(
                    "表“{n}”有一行代表几个键，整列算不出来",
                    "A row of table `{n}` stands for several keys, so its whole column can't be taken"
                ),
            )
            .label(at, text!("表在这里声明", "the table is declared here"))
            .help(text!("每个键写一行，或让键是一个选项", "Write one row for each key, or make the key a closed list")),
        );
    }

    /// An operator that is written only once in the source but typed here: used by sums over several lists.
    pub(super) fn plus(&mut self, left: Expr, right: Expr, span: Span) -> Expr {
        self.calculate(ArithmeticOp::Add, left, right, span)
    }
}

/// A constant as an expression.
fn written(value: &Constant, span: Span) -> Expr {
    let (kind, ty) = match value {
        Constant::Bool(b) => (ExprKind::Bool(*b), Type::Bool),
        Constant::Number(n) => (ExprKind::Number(n.clone()), Type::Number(crate::NumberType::literal(n))),
        Constant::Date(d) => (ExprKind::Date(*d), Type::Date),
        Constant::Enum(of, value) => (ExprKind::EnumValue { of: *of, value: *value }, Type::Enum(*of)),
        Constant::Text(t) => (ExprKind::Text(t.clone()), Type::Text),
    };
    typed(kind, ty, span)
}
