//! Tables: columns, rows, data files, totals, formulas.
//!
//! In: tables as written and the data files beside the programme. Out: `p.tables` by id.
//! Always: keys stand in the order of `by`; rows in source order, `otherwise` rows last; a table's columns are known before any row.

mod columns;
mod complete;
mod explain;
mod files;
mod rows;

pub(super) use complete::shown;
pub(super) use files::{MOST_FAULTS, Sheet};

use super::constants::value;
use super::{Constant, Lower};
use crate::{Table, TableId, TableLookup};
use prog_base::{Diagnostic, Exact, codes, text};
use prog_syntax::ast;

/// Where the cells of a written row belong: by position in the row.
#[derive(Clone, Default)]
struct Layout {
    /// For each key, the column of the row.
    keys: Vec<usize>,
    /// For each value column, the column of the row.
    values: Vec<usize>,
}

impl Lower<'_> {
    /// Puts every table in its place, so that ids are good from the start.
    pub(super) fn announce_tables(&mut self) {
        for t in &self.index.tables {
            let lookup = match &t.lookup {
                ast::Lookup::By(_) | ast::Lookup::Decision => TableLookup::Match,
                ast::Lookup::Bound { lower: true, .. } => TableLookup::LowerBound,
                ast::Lookup::Bound { lower: false, .. } => TableLookup::UpperBound,
            };
            self.p.tables.push(Table {
                ident: Self::ident(&t.head),
                cites: Vec::new(),
                lookup,
                keys: Vec::new(),
                columns: Vec::new(),
                rows: Vec::new(),
                absent: matches!(t.rows, ast::TableRows::Absent(_)),
                dated: None,
                explained: Vec::new(),
                span: t.span,
            });
        }
    }

    /// Lowers all tables; inputs must be known, since key columns take the types of facts.
    pub(crate) fn tables(&mut self) {
        let mut layouts = Vec::new();
        for (i, t) in self.index.tables.iter().enumerate() {
            let id = TableId(i as u32);
            self.p.tables[i].cites = self.cites(&t.head.cites);
            layouts.push(self.columns(id, t));
        }
        for ((i, t), layout) in self.index.tables.iter().enumerate().zip(layouts) {
            match layout {
                Some(layout) => self.rows(TableId(i as u32), t, &layout),
                None if self.p.tables[i].absent => {}
                None => self.leave_open(TableId(i as u32)),
            }
        }
        for (i, t) in self.index.tables.iter().enumerate() {
            self.totals(TableId(i as u32), t);
        }
        self.explain();
    }

    /// `total { 区域 = 20 }`: each column must add up.
    fn totals(&mut self, id: TableId, t: &ast::Table) {
        for (name, stated) in &t.totals {
            let Some((column, ty)) = self.table_column(id, Some(name), name.span) else { continue };
            let stated_value = self.own_value(stated, &super::Scope::default(), &ty);
            let stated_value = self.like(stated_value, &ty);
            let Some(Constant::Number(wanted)) = value(&self.p, &stated_value, &[]) else {
                if stated_value.ty != crate::Type::Unknown {
                    self.report(super::type_exprs::not_constant(stated.span));
                }
                continue;
            };
            let cells = self.p.table(id).rows.iter().map(|r| r.values.get(column).and_then(|v| value(&self.p, v, &[])));
            let numbers: Option<Vec<Exact>> = cells.map(|c| if let Some(Constant::Number(n)) = c { Some(n) } else { None }).collect();
            let Some(numbers) = numbers else { continue };
            let sum = numbers.iter().fold(Exact::ZERO, |s, n| &s + n);
            if sum != wanted {
                self.total_differs(id, column, stated.span, &sum, &wanted);
            }
        }
    }

    fn total_differs(&mut self, id: TableId, column: usize, at: prog_base::Span, sum: &Exact, wanted: &Exact) {
        let c = &self.p.table(id).columns[column];
        let (n, head) = (&c.ident.name, c.ident.span);
        let (sum, wanted) = (self.show(sum, &c.ty), self.show(wanted, &c.ty));
        self.report(
            Diagnostic::error(
                codes::TOTAL_MISMATCH,
                at,
                text!("“{n}”列合计应为 {wanted}，各行相加是 {sum}", "Column `{n}` should add up to {wanted}, but its rows add up to {sum}"),
            )
            .here(text!("这里写的是 {wanted}", "{wanted} is stated here"))
            .label(head, text!("这一列相加是 {sum}", "this column adds up to {sum}"))
            .help(text!("核对原文，改正某一行或合计", "Compare with the notice, then correct a row or the total")),
        );
    }

    /// A number in the unit of its type, for messages.
    pub(crate) fn show(&self, n: &Exact, ty: &crate::Type) -> String {
        self.p.shown(&Constant::Number(n.clone()), ty).zh
    }
}
