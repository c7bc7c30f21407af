//! Tables: by key, by one bound, by condition, from a file; calendars, always from one.

use super::{Builder, expr};
use crate::ast::{Calendar, Cell, Column, Expr, Lookup, Name, Row, Str, Table, TableRows};
use crate::grammar::{Pair, Rule};

impl Builder<'_> {
    /// `table NAME by KEY { rows }`.
    pub fn table(&mut self, pair: Pair) -> Table {
        let (start, span) = (pair.as_span().start(), self.trimmed(&pair));
        let mut head = self.bare_head(self.no_name(span), start);
        let (mut lookup, mut path, mut dated, mut absent, mut totals) = (None, None, None, None, Vec::new());
        let (mut effective, mut columns, mut rows) = (None, Vec::new(), Vec::new());
        for p in pair.into_inner() {
            let place = self.span(&p);
            match p.as_rule() {
                Rule::decl => head = self.head(p, start),
                Rule::by_keys => {
                    let keys = self.names_in(p);
                    self.once(&mut lookup, Lookup::By(keys), place);
                }
                Rule::bound_of => {
                    let lower = p.clone().into_inner().any(|q| q.as_rule() == Rule::kw_lower_bound);
                    let of = self.name_in(p);
                    self.once(&mut lookup, Lookup::Bound { of, lower }, place);
                }
                Rule::from_file => path = self.string_in(p).or(path),
                Rule::dated => dated = Some(self.expr_in(p)),
                Rule::absent => absent = Some(place),
                Rule::totals => totals.extend(self.totals(p)),
                Rule::effective => {
                    let version = self.effective(p);
                    self.once(&mut effective, version, place);
                }
                Rule::odd => self.odd(p, Rule::table),
                Rule::table_body => (columns, rows) = self.table_body(p),
                _ => {
                    self.head_part(&mut head, p);
                }
            }
        }
        let rows = match (path, absent) {
            (Some(path), _) => TableRows::File { path, dated, columns },
            (None, Some(span)) => TableRows::Absent(span),
            (None, None) => TableRows::Written { columns, rows },
        };
        Table { head, effective, lookup: lookup.unwrap_or(Lookup::Decision), rows, totals, span }
    }

    /// `calendar NAME from "FILE" dated DAY`.
    pub fn calendar(&mut self, pair: Pair) -> Calendar {
        let (start, span) = (pair.as_span().start(), self.trimmed(&pair));
        let head = self.bare_head(self.no_name(span), start);
        let mut calendar = Calendar { head, path: Str { text: String::new(), span }, dated: None, span };
        for p in pair.into_inner() {
            let place = self.span(&p);
            match p.as_rule() {
                Rule::decl => calendar.head = self.head(p, start),
                Rule::from_file => calendar.path = self.string_in(p).unwrap_or(calendar.path),
                Rule::dated => {
                    let day = self.expr_in(p);
                    self.once(&mut calendar.dated, day, place);
                }
                _ => {
                    self.head_part(&mut calendar.head, p);
                }
            }
        }
        calendar
    }

    fn totals(&mut self, pair: Pair) -> Vec<(Name, Expr)> {
        let mut totals = Vec::new();
        for p in pair.into_inner().filter(|p| p.as_rule() == Rule::total) {
            totals.push((self.name_in(p.clone()), self.expr_in(p)));
        }
        totals
    }

    fn table_body(&mut self, pair: Pair) -> (Vec<Column>, Vec<Row>) {
        let (mut columns, mut rows) = (Vec::new(), Vec::new());
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::columns => {
                    for q in p.into_inner().filter(|q| q.as_rule() == Rule::column_head) {
                        columns.push(self.column_head(q));
                    }
                }
                Rule::row => rows.push(self.row(p)),
                Rule::bad if columns.is_empty() => {
                    self.bad(p, Rule::only_columns);
                }
                Rule::bad => {
                    self.bad(p, Rule::only_row);
                }
                _ => {}
            }
        }
        (columns, rows)
    }

    fn column_head(&mut self, pair: Pair) -> Column {
        let start = pair.as_span().start();
        let mut column = Column { head: self.bare_head(self.no_name(self.span(&pair)), start), ty: None };
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::decl => column.head = self.head(p, start),
                Rule::type_expr => column.ty = Some(self.type_expr(p)),
                _ => {}
            }
        }
        column
    }

    fn row(&mut self, pair: Pair) -> Row {
        let span = self.trimmed(&pair);
        let cells = pair.into_inner().filter(|p| matches!(p.as_rule(), Rule::cell | Rule::only_cell)).map(|p| self.cell(p)).collect();
        Row { cells, span }
    }

    fn cell(&mut self, pair: Pair) -> Cell {
        let whole = self.trimmed(&pair);
        let Some(p) = pair.into_inner().next() else { return Cell::Any(whole) };
        let span = self.trimmed(&p);
        match p.as_rule() {
            Rule::cell_otherwise => Cell::Otherwise(span),
            Rule::cell_set => Cell::Set(p.into_inner().filter(|q| q.as_rule() == Rule::expr).map(|q| self.expr(q)).collect(), span),
            Rule::cell_band => self.band(p),
            Rule::cell_values => {
                let mut values: Vec<Expr> = p.into_inner().filter(|q| q.as_rule() == Rule::expr).map(|q| self.expr(q)).collect();
                match (values.len(), values.pop()) {
                    (1, Some(one)) => Cell::Expr(one),
                    (_, Some(last)) => Cell::Set(values.into_iter().chain([last]).collect(), span),
                    (_, None) => Cell::Any(span),
                }
            }
            Rule::cell_any | Rule::cell_empty => Cell::Any(span),
            _ => Cell::Expr(expr::bad(span)),
        }
    }

    fn band(&mut self, pair: Pair) -> Cell {
        let span = self.trimmed(&pair);
        let (mut low, mut high, mut low_in, mut high_in) = (None, None, false, false);
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::band_low => low = Some(self.expr_in(p)),
                Rule::band_high => high = Some(self.expr_in(p)),
                Rule::lbracket => low_in = true,
                Rule::rbracket => high_in = true,
                _ => {}
            }
        }
        Cell::Band { low, low_in, high, high_in, span }
    }
}
