//! Formulas that explain a column: compared with the figures printed, never deciding.

use crate::lower::constants::value;
use crate::lower::{Constant, Lower, Scope};
use crate::{Explained, Expr, KeyCell, TableId, TableRow, Type};
use prog_base::{Diagnostic, Exact, Span, codes, text};
use prog_syntax::ast;

impl Lower<'_> {
    /// Lowers every `explain` and compares it with its column.
    pub(super) fn explain(&mut self) {
        for item in &self.index.items {
            if let ast::Item::Explain(explain) = item {
                self.explain_one(explain);
            }
        }
    }

    fn explain_one(&mut self, explain: &ast::Explain) {
        let Some(table) = self.find_table(&explain.table) else { return };
        let Some((column, ty)) = self.table_column(table, Some(&explain.column), explain.column.span) else { return };
        let keys = self.p.table(table).keys.iter().map(|k| (k.ident.name.clone(), k.ty.clone())).collect();
        let by = self.expr(&explain.by, &Scope { keys, ..Scope::default() }, Some(&ty));
        let by = self.like(by, &ty);
        if by.ty == Type::Unknown {
            return;
        }
        let cites = self.cites(&explain.cites);
        let mut values = Vec::new();
        for (i, row) in self.p.table(table).rows.iter().enumerate() {
            if let Some(keys) = self.row_keys(row) {
                let found = match value(&self.p, &by, &keys) {
                    Some(Constant::Number(n)) => Some(n),
                    Some(_) | None => None,
                };
                values.push((i, found));
            }
        }
        self.compare_rows(table, column, &ty, explain.span, &values);
        self.p.tables[table.index()].explained.push(Explained { column, cites, by, values });
    }

    /// The keys of a row that has one constant in each key cell.
    fn row_keys(&self, row: &TableRow) -> Option<Vec<Constant>> {
        let one = |cell: &KeyCell| match cell {
            KeyCell::OneOf(list) if list.len() == 1 => self.constant(&list[0]),
            KeyCell::OneOf(_) | KeyCell::Any | KeyCell::Band { .. } => None,
        };
        row.keys.iter().map(one).collect()
    }

    fn compare_rows(&mut self, table: TableId, column: usize, ty: &Type, at: Span, values: &[(usize, Option<Exact>)]) {
        let mut open: Vec<String> = Vec::new();
        for (i, formula) in values {
            let row = self.p.table(table).rows[*i].clone();
            let name = self.row_name(&row);
            let printed = match row.values.get(column).and_then(|v: &Expr| self.constant(v)) {
                Some(Constant::Number(n)) => Some(n),
                Some(_) | None => None,
            };
            let (Some(formula), Some(printed)) = (formula, printed) else {
                open.push(name);
                continue;
            };
            if *formula != printed {
                let (formula, printed) = (self.show(formula, ty), self.show(&printed, ty));
                self.report(
                    Diagnostic::note(
                        codes::FORMULA_DIFFERS,
                        row.span,
                        text!(
                            "{name}：表中为 {printed}，按公式算得 {formula}",
                            "{name}: the table prints {printed}, the formula gives {formula}"
                        ),
                    )
                    .label(at, text!("公式在这里", "the formula"))
                    .help(text!("以表为准；这里只作提示", "The table decides; this is said for information only")),
                );
            }
        }
        if !open.is_empty() {
            let (n, list, list_en) = (open.len(), open.join("、"), open.join(", "));
            self.report(
                Diagnostic::note(
                    codes::FORMULA_UNCHECKED,
                    at,
                    text!(
                        "公式所用的数据不在通知里，有 {n} 行无法核对：{list}",
                        "The formula can't be checked for {n} rows, since data is missing: {list_en}"
                    ),
                )
                .help(text!("补上数据文件，或说明原文未附", "Add the data file, or say that the source does not give it")),
            );
        }
    }

    fn row_name(&self, row: &TableRow) -> String {
        let keys = self.row_keys(row).unwrap_or_default();
        keys.iter().map(|k| super::complete::shown(&self.p, k)).collect::<Vec<_>>().join(", ")
    }
}
