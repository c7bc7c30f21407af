//! The rows of a table: key cells, values over the keys.

use super::Layout;
use super::complete::{Row, RowKind};
use crate::lower::{Lower, Scope};
use crate::{Comparison, Expr, ExprKind, KeyCell, TableId, TableLookup, TableRow, Type};
use prog_base::{Diagnostic, Exact, Text, codes, text};
use prog_syntax::ast;

impl Lower<'_> {
    pub(super) fn rows(&mut self, id: TableId, t: &ast::Table, layout: &Layout) {
        let read: Vec<Option<Row>> = match &t.rows {
            ast::TableRows::Written { columns, rows } => rows.iter().map(|r| self.row(id, r, columns.len(), layout)).collect(),
            ast::TableRows::File { path, .. } => self.file_rows(id, path),
            ast::TableRows::Absent(_) => return,
        };
        let faulty = read.iter().any(Option::is_none);
        let mut rows: Vec<Row> = read.into_iter().flatten().collect();
        rows.sort_by_key(|r| r.kind);
        if !faulty && !rows.is_empty() {
            self.complete(id, &rows);
        }
        self.p.tables[id.index()].rows = rows.into_iter().map(|r| r.row).collect();
        if faulty {
            self.leave_open(id);
        }
    }

    /// A row could not be read: what is computed from the whole table is not known, and nothing more is said of it.
    pub(super) fn leave_open(&mut self, id: TableId) {
        let t = &mut self.p.tables[id.index()];
        let bad = Expr { kind: ExprKind::Bad, ty: Type::Unknown, span: t.span };
        let row = TableRow { keys: vec![KeyCell::Any; t.keys.len()], values: vec![bad; t.columns.len()], span: t.span };
        t.rows.push(row);
    }

    /// One written row; `None` after a fault.
    fn row(&mut self, id: TableId, row: &ast::Row, columns: usize, layout: &Layout) -> Option<Row> {
        let spread = self.spread(row, columns, layout);
        if spread.len() != columns {
            self.cell_count(id, row, columns);
            return None;
        }
        let t = self.p.table(id);
        let (key_types, value_types) =
            (t.keys.iter().map(|k| k.ty.clone()).collect::<Vec<_>>(), t.columns.iter().map(|c| c.ty.clone()).collect::<Vec<_>>());
        let scope = Scope { keys: t.keys.iter().map(|k| (k.ident.name.clone(), k.ty.clone())).collect(), ..Scope::default() };
        let mut keys = Some(Vec::new());
        let bounded = self.p.table(id).lookup != TableLookup::Match;
        for (place, (at, ty)) in layout.keys.iter().zip(&key_types).enumerate() {
            let cell = self.key_cell(id, spread[*at], ty);
            let cell = if bounded && place + 1 == key_types.len() { cell.and_then(|cell| self.row_bound(cell, ty)) } else { cell };
            match (cell, &mut keys) {
                (Some(cell), Some(list)) => list.push(cell),
                (_, _) => keys = None,
            }
        }
        let mut values = Vec::new();
        for (at, ty) in layout.values.iter().zip(&value_types) {
            values.push(self.value_cell(spread[*at], ty, &scope));
        }
        let rest = layout.keys.iter().filter(|at| matches!(spread[**at], ast::Cell::Otherwise(_))).count();
        let kind = if rest == 0 { RowKind::Stated } else { RowKind::Rest(rest) };
        Some(Row { row: TableRow { keys: keys?, values, span: row.span }, kind })
    }

    /// The cells by column; one leading `otherwise` may stand for all keys.
    fn spread<'r>(&self, row: &'r ast::Row, columns: usize, layout: &Layout) -> Vec<&'r ast::Cell> {
        let missing = columns.saturating_sub(row.cells.len());
        let leading = layout.keys.iter().enumerate().all(|(i, at)| i == *at);
        match row.cells.first() {
            Some(first @ ast::Cell::Otherwise(_)) if leading && missing > 0 && missing + 1 == layout.keys.len() => {
                std::iter::repeat_n(first, missing).chain(&row.cells).collect()
            }
            Some(_) | None => row.cells.iter().collect(),
        }
    }

    fn cell_count(&mut self, id: TableId, row: &ast::Row, columns: usize) {
        let (found, at) = (row.cells.len(), self.p.table(id).ident.span);
        self.report(
            Diagnostic::error(
                codes::CELL_COUNT,
                row.span,
                text!("表有 {columns} 列，这一行有 {found} 格", "The table has {columns} columns; this row has {found} cells"),
            )
            .label(at, text!("表在这里声明", "the table is declared here"))
            .help(text!("用“|”分开各格，每行的格数与表头相同", "Separate cells by `|`, as many in each row as in the head")),
        );
    }

    /// A bound as it is: a number or a day.
    fn row_bound(&mut self, cell: KeyCell, ty: &Type) -> Option<KeyCell> {
        let KeyCell::OneOf(list) = &cell else { return Some(cell) };
        let first = list.first()?;
        let kind = match self.constant(first)? {
            crate::lower::Constant::Number(n) => ExprKind::Number(n),
            crate::lower::Constant::Date(day) => ExprKind::Date(day),
            _others => {
                let Text { zh, en } = crate::lower::expr::kind_words(&self.p, ty);
                let message = text!(
                    "按上下限查的表，键列要写数或日期，而这一列是{zh}",
                    "A table read by bound has numbers or days as keys, and this column holds {en}"
                );
                let help = text!("去掉“按上限”“按下限”，每个值写一行", "leave out `by lower bound`, and write a row for each value");
                self.report(Diagnostic::error(codes::BAD_CELL, first.span, message).help(help));
                return None;
            }
        };
        Some(KeyCell::OneOf(vec![Expr { kind, ..first.clone() }]))
    }

    fn key_cell(&mut self, id: TableId, cell: &ast::Cell, ty: &Type) -> Option<KeyCell> {
        match cell {
            ast::Cell::Otherwise(_) | ast::Cell::Any(_) => Some(KeyCell::Any),
            ast::Cell::Expr(e) => Some(KeyCell::OneOf(vec![self.key_value(e, ty)?])),
            ast::Cell::Set(list, span) => {
                if self.p.table(id).lookup != TableLookup::Match {
                    self.report(Diagnostic::error(
                        codes::BAD_CELL,
                        *span,
                        text!("按上下限查的表，键列每格写一个数", "A table read by bound has one number in each key cell"),
                    ));
                    return None;
                }
                let list: Vec<Option<Expr>> = list.iter().map(|e| self.key_value(e, ty)).collect();
                list.into_iter().collect::<Option<Vec<_>>>().map(KeyCell::OneOf)
            }
            ast::Cell::Band { low, low_in, high, high_in, span } => {
                if !matches!(ty, Type::Number(_) | Type::Unknown) || self.p.table(id).lookup != TableLookup::Match {
                    self.report(
                        Diagnostic::error(codes::BAD_CELL, *span, text!("这一列不能写区间", "A band can't stand in this column")).help(
                            text!(
                                "区间只用于数字的键；其他值列成集合 {{ a, b }}",
                                "Bands are for keys that are numbers; list other values as {{ a, b }}"
                            ),
                        ),
                    );
                    return None;
                }
                let low = self.band_end(low.as_ref(), *low_in, ty)?;
                let high = self.band_end(high.as_ref(), *high_in, ty)?;
                self.band(low, high, *span)
            }
        }
    }

    fn band(&mut self, low: Option<(Exact, bool)>, high: Option<(Exact, bool)>, span: prog_base::Span) -> Option<KeyCell> {
        let empty = match (&low, &high) {
            (Some((l, l_in)), Some((h, h_in))) => l > h || (l == h && !(*l_in && *h_in)),
            (_, _) => false,
        };
        if empty {
            self.report(
                Diagnostic::error(codes::BAD_BAND, span, text!("这个区间里没有数", "There is no number in this band"))
                    .help(text!("先写小的一端，再写大的一端", "Write the lower end first, then the upper")),
            );
            return None;
        }
        Some(KeyCell::Band { low, high })
    }

    /// `None`: a fault; `Some(None)`: open.
    fn band_end(&mut self, e: Option<&ast::Expr>, within: bool, ty: &Type) -> Option<Option<(Exact, bool)>> {
        let Some(e) = e else { return Some(None) };
        let value = self.key_value(e, ty)?;
        match self.constant(&value) {
            Some(crate::lower::Constant::Number(n)) => Some(Some((n, within))),
            Some(_) | None => None,
        }
    }

    /// A constant of the key's kind; a bare name in a column of texts is its own text.
    pub(in crate::lower) fn key_value(&mut self, e: &ast::Expr, ty: &Type) -> Option<Expr> {
        if let (ast::ExprKind::Name(name), Type::Text) = (&e.kind, ty) {
            return Some(Expr { kind: ExprKind::Text(name.text.clone()), ty: Type::Text, span: e.span });
        }
        let value = self.expr(e, &Scope::default(), Some(ty));
        if value.ty == Type::Unknown {
            return None;
        }
        let beside = Expr { kind: ExprKind::Bad, ty: ty.clone(), span: e.span };
        if !self.comparable(Comparison::Equal, &value, &beside) {
            return None;
        }
        if self.constant(&value).is_none() {
            self.report(crate::lower::type_exprs::not_constant(e.span));
            return None;
        }
        Some(value)
    }

    /// A value over the keys, of the column's type.
    fn value_cell(&mut self, cell: &ast::Cell, ty: &Type, scope: &Scope) -> Expr {
        let span = cell.span();
        match cell {
            ast::Cell::Expr(e) => {
                let value = self.own_value(e, scope, ty);
                self.stored(value, ty)
            }
            ast::Cell::Otherwise(_) | ast::Cell::Set(..) | ast::Cell::Band { .. } | ast::Cell::Any(_) => {
                self.report(
                    Diagnostic::error(codes::BAD_CELL, span, text!("值列里要写一个值", "A value must stand in a value column"))
                        .help(text!("原文没有这个值就写 未明 \"…\"", "Where the source gives none, write `unknown \"…\"`")),
                );
                Expr { kind: ExprKind::Bad, ty: Type::Unknown, span }
            }
        }
    }
}
