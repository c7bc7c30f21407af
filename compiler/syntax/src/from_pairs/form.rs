//! Forms and summaries.

use super::{Builder, expr};
use crate::ast::{Field, Form, FormMember, Grid, GridCells, Opinion, Part, Summary, SummaryColumn, TypeExpr, TypeKind};
use crate::grammar::{Pair, Rule};
use crate::messages;
use prog_base::Span;

impl Builder<'_> {
    /// `form NAME … { … }`.
    pub fn form(&mut self, pair: Pair) -> Form {
        let (start, span) = (pair.as_span().start(), self.trimmed(&pair));
        let head = self.bare_head(self.no_name(span), start);
        let mut form = Form { head, absent: false, landscape: false, members: Vec::new(), span };
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::decl => form.head = self.head(p, start),
                Rule::absent => form.absent = true,
                Rule::kw_landscape => form.landscape = true,
                Rule::odd => self.odd(p, Rule::form),
                Rule::form_members => form.members = self.form_members(p),
                _ => {
                    self.head_part(&mut form.head, p);
                }
            }
        }
        form
    }

    fn form_members(&mut self, pair: Pair) -> Vec<FormMember> {
        let mut members = Vec::new();
        for p in pair.into_inner() {
            let span = self.trimmed(&p);
            members.push(match p.as_rule() {
                Rule::cover => FormMember::Cover { members: self.inner_members(p), span },
                Rule::form_row => FormMember::Row { members: self.inner_members(p), span },
                Rule::part => FormMember::Part(self.part(p)),
                Rule::group => self.group(p),
                Rule::grid => FormMember::Grid(self.grid(p)),
                Rule::form_note => match p.into_inner().find(|q| q.as_rule() == Rule::message) {
                    Some(message) => FormMember::Note(self.message(message)),
                    None => continue,
                },
                Rule::field => self.field(p),
                Rule::bad => FormMember::Bad(self.bad(p, Rule::only_form)),
                _ => continue,
            });
        }
        members
    }

    fn inner_members(&mut self, pair: Pair) -> Vec<FormMember> {
        pair.into_inner().filter(|p| p.as_rule() == Rule::form_members).flat_map(|p| self.form_members(p)).collect()
    }

    fn part(&mut self, pair: Pair) -> Part {
        let (start, span) = (pair.as_span().start(), self.trimmed(&pair));
        let head = self.bare_head(self.no_name(span), start);
        let mut part = Part { head, by: None, at: None, when: None, members: Vec::new(), span };
        for p in pair.into_inner() {
            let place = self.span(&p);
            match p.as_rule() {
                Rule::decl => part.head = self.head(p, start),
                Rule::by => {
                    let actor = self.name_in(p);
                    self.once(&mut part.by, actor, place);
                }
                Rule::at => {
                    let stage = self.name_in(p);
                    self.once(&mut part.at, stage, place);
                }
                Rule::when => {
                    let guard = self.expr_in(p);
                    self.once(&mut part.when, guard, place);
                }
                Rule::odd => self.odd(p, Rule::part),
                Rule::form_members => part.members = self.form_members(p),
                _ => {
                    self.head_part(&mut part.head, p);
                }
            }
        }
        part
    }

    fn group(&mut self, pair: Pair) -> FormMember {
        let span = self.trimmed(&pair);
        let (mut label, mut columns, mut members) = (None, None, Vec::new());
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::message => label = Some(self.message(p)),
                Rule::width => columns = self.integer_in(p),
                Rule::odd => self.odd(p, Rule::group),
                Rule::form_members => members = self.form_members(p),
                _ => {}
            }
        }
        FormMember::Group { label, columns, members, span }
    }

    fn grid(&mut self, pair: Pair) -> Grid {
        let (start, span) = (pair.as_span().start(), self.trimmed(&pair));
        let head = self.bare_head(self.no_name(span), start);
        let mut grid = Grid { head, unit: None, total: None, columns: None, rows: Vec::new(), cells: Vec::new(), span };
        for p in pair.into_inner() {
            let place = self.span(&p);
            match p.as_rule() {
                Rule::decl => grid.head = self.head(p, start),
                Rule::grid_unit => {
                    let unit = self.name_in(p);
                    self.once(&mut grid.unit, unit, place);
                }
                Rule::grid_total => {
                    let at = p.as_span().start();
                    let total = self.head(p, at);
                    self.once(&mut grid.total, total, place);
                }
                Rule::width => grid.columns = self.integer_in(p),
                Rule::grid_rows => grid.rows.extend(self.heads(p)),
                Rule::grid_cells => {
                    let cells = self.grid_cells(p);
                    grid.cells.push(cells);
                }
                Rule::odd => self.odd(p, Rule::grid),
                Rule::bad => {
                    self.bad(p, Rule::only_cells);
                }
                _ => {
                    self.head_part(&mut grid.head, p);
                }
            }
        }
        grid
    }

    fn heads(&mut self, pair: Pair) -> Vec<crate::ast::Head> {
        let decls = pair.into_inner().filter(|p| p.as_rule() == Rule::decl);
        decls
            .map(|p| {
                let start = p.as_span().start();
                self.head(p, start)
            })
            .collect()
    }

    fn grid_cells(&mut self, pair: Pair) -> GridCells {
        let span = self.trimmed(&pair);
        let mut cells = GridCells { heads: self.heads(pair.clone()), ty: no_type(span), optional: false, span };
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::type_expr => cells.ty = self.type_expr(p),
                Rule::optional => cells.optional = true,
                _ => {}
            }
        }
        cells
    }

    /// A field or an opinion.
    fn field(&mut self, pair: Pair) -> FormMember {
        let (start, span) = (pair.as_span().start(), self.trimmed(&pair));
        let mut field = Field {
            head: self.bare_head(self.no_name(span), start),
            ty: no_type(span),
            optional: false,
            when: None,
            computed: None,
            seal: false,
            prompt: None,
            help: None,
            span,
        };
        for p in pair.into_inner() {
            let place = self.span(&p);
            match p.as_rule() {
                Rule::decl => field.head = self.head(p, start),
                Rule::opinion => return FormMember::Opinion(self.opinion(field.head, p, span)),
                Rule::type_expr => field.ty = self.type_expr(p),
                Rule::optional => field.optional = true,
                Rule::seal => field.seal = true,
                Rule::when => {
                    let guard = self.expr_in(p);
                    self.once(&mut field.when, guard, place);
                }
                Rule::computed => {
                    let value = self.expr_in(p);
                    self.once(&mut field.computed, value, place);
                }
                Rule::prompt => {
                    let words = self.inner_message(p);
                    self.once(&mut field.prompt, words, place);
                }
                Rule::help => {
                    let words = self.inner_message(p);
                    self.once(&mut field.help, words, place);
                }
                _ => {}
            }
        }
        FormMember::Field(field)
    }

    /// The fields of a record written where it is used.
    pub fn fields(&mut self, pair: Pair) -> Vec<Field> {
        let mut fields = Vec::new();
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::field => fields.extend(self.plain_field(p)),
                Rule::bad => {
                    self.bad(p, Rule::only_field);
                }
                _ => {}
            }
        }
        fields
    }

    /// A field where no opinion has a place: in a record or a summary's head.
    pub fn plain_field(&mut self, pair: Pair) -> Option<Field> {
        match self.field(pair) {
            FormMember::Field(field) => Some(field),
            FormMember::Opinion(opinion) => {
                self.say(messages::opinion_outside_form(opinion.span));
                None
            }
            FormMember::Cover { .. }
            | FormMember::Part(_)
            | FormMember::Group { .. }
            | FormMember::Row { .. }
            | FormMember::Grid(_)
            | FormMember::Note(_)
            | FormMember::Bad(_) => None,
        }
    }

    fn inner_message(&mut self, pair: Pair) -> crate::ast::Message {
        let span = self.span(&pair);
        let empty = crate::ast::Message { text: crate::ast::Str { text: String::new(), span }, en: None };
        pair.into_inner().find(|p| p.as_rule() == Rule::message).map_or(empty, |p| self.message(p))
    }

    fn opinion(&mut self, head: crate::ast::Head, pair: Pair, span: Span) -> Opinion {
        let mut opinion = Opinion {
            head,
            of: self.no_name(span),
            at: None,
            when: None,
            optional: false,
            signature: None,
            date: false,
            seal: false,
            span,
        };
        for p in pair.into_inner() {
            let place = self.span(&p);
            match p.as_rule() {
                Rule::name => opinion.of = self.name(p),
                Rule::at => {
                    let stage = self.name_in(p);
                    self.once(&mut opinion.at, stage, place);
                }
                Rule::when => {
                    let guard = self.expr_in(p);
                    self.once(&mut opinion.when, guard, place);
                }
                Rule::signature => {
                    let who = self.name_in(p);
                    self.once(&mut opinion.signature, who, place);
                }
                Rule::optional => opinion.optional = true,
                Rule::signed_date => opinion.date = true,
                Rule::seal => opinion.seal = true,
                Rule::bad => {
                    self.bad(p, Rule::only_opinion);
                }
                _ => {}
            }
        }
        opinion
    }

    /// `summary NAME of FORM … { … }`.
    pub fn summary(&mut self, pair: Pair) -> Summary {
        let (start, span) = (pair.as_span().start(), self.trimmed(&pair));
        let head = self.bare_head(self.no_name(span), start);
        let mut summary =
            Summary { head, of: None, by: None, landscape: false, absent: false, fields: Vec::new(), columns: Vec::new(), span };
        for p in pair.into_inner() {
            let place = self.span(&p);
            match p.as_rule() {
                Rule::decl => summary.head = self.head(p, start),
                Rule::of_form => {
                    let form = self.name_in(p);
                    self.once(&mut summary.of, form, place);
                }
                Rule::by => {
                    let actor = self.name_in(p);
                    self.once(&mut summary.by, actor, place);
                }
                Rule::kw_landscape => summary.landscape = true,
                Rule::absent => summary.absent = true,
                Rule::odd => self.odd(p, Rule::summary),
                Rule::summary_members => self.summary_members(&mut summary, p),
                _ => {
                    self.head_part(&mut summary.head, p);
                }
            }
        }
        summary
    }

    fn summary_members(&mut self, summary: &mut Summary, pair: Pair) {
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::summary_head => {
                    for q in p.into_inner() {
                        match q.as_rule() {
                            Rule::field => summary.fields.extend(self.plain_field(q)),
                            Rule::bad => {
                                self.bad(q, Rule::only_field);
                            }
                            _ => {}
                        }
                    }
                }
                Rule::column | Rule::column_group => summary.columns.push(self.column(p)),
                Rule::bad => {
                    self.bad(p, Rule::only_summary);
                }
                _ => {}
            }
        }
    }

    fn column(&mut self, pair: Pair) -> SummaryColumn {
        let (start, span) = (pair.as_span().start(), self.trimmed(&pair));
        let head = self.bare_head(self.no_name(span), start);
        let mut column =
            SummaryColumn { head, ty: None, value: None, optional: false, strength: None, children: Vec::new(), cites: Vec::new(), span };
        for p in pair.into_inner() {
            let place = self.span(&p);
            match p.as_rule() {
                Rule::strength => column.strength = Some(super::rule::strength(p)),
                Rule::decl => column.head = self.head(p, start),
                Rule::type_expr => column.ty = Some(self.type_expr(p)),
                Rule::optional => column.optional = true,
                Rule::computed => {
                    let value = self.expr_in(p);
                    self.once(&mut column.value, value, place);
                }
                Rule::column_child => {
                    let child = self.column(p);
                    column.children.push(child);
                }
                Rule::odd => self.odd(p, Rule::column_group),
                Rule::bad => {
                    self.bad(p, Rule::only_child);
                }
                _ => {}
            }
        }
        column.cites.clone_from(&column.head.cites);
        column
    }
}

fn no_type(span: Span) -> TypeExpr {
    let bad = expr::bad(span);
    TypeExpr { kind: TypeKind::Bad, unit: None, from: None, to: None, step: None, limits: Vec::new(), span: bad.span }
}
