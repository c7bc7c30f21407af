//! The layout of forms: parts, groups, rows, grids, opinions.
//!
//! In: the members of a form whose fields are inputs already. Out: [`Block`]s; guards and formulas of those inputs.
//! Always: a field inside a guarded part is relevant only when the part's guard holds too.

use super::{Lower, Scope};
use crate::{Block, Expr, ExprKind, Grid, InputId, Opinion, Origin, Part, Type};
use prog_syntax::ast::{self, FormMember};

impl Lower<'_> {
    /// Lays out the members of a form.
    pub(crate) fn layout(&mut self, members: &[FormMember], scope: &Scope, guards: &[Expr]) -> Vec<Block> {
        let mut blocks = Vec::new();
        for member in members {
            blocks.extend(self.block(member, scope, guards));
            if let FormMember::Field(field) = member {
                blocks.extend(self.places.get(&(field.span, "seal")).copied().map(Block::Field));
            }
        }
        blocks
    }

    fn block(&mut self, member: &FormMember, scope: &Scope, guards: &[Expr]) -> Option<Block> {
        Some(match member {
            FormMember::Cover { members, .. } => Block::Cover(self.layout(members, scope, guards)),
            FormMember::Row { members, .. } => Block::Row(self.layout(members, scope, guards)),
            FormMember::Group { label, columns, members, .. } => Block::Group {
                label: label.as_ref().map(Self::label),
                columns: columns.unwrap_or(1),
                blocks: self.layout(members, scope, guards),
            },
            FormMember::Part(part) => {
                let when = part.when.as_ref().map(|e| self.truth(e, scope));
                let inner: Vec<Expr> = guards.iter().cloned().chain(when.clone()).collect();
                Block::Part(Part {
                    ident: Self::ident(&part.head),
                    cites: self.cites(&part.head.cites),
                    by: part.by.as_ref().and_then(|a| self.find_actor(a)),
                    at: part.at.as_ref().and_then(|s| self.find_stage(s)),
                    when,
                    blocks: self.layout(&part.members, scope, &inner),
                })
            }
            FormMember::Grid(grid) => self.grid_block(grid, guards)?,
            FormMember::Field(field) => {
                let id = *self.places.get(&(field.span, ""))?;
                let own = field.when.as_ref().map(|e| self.truth(e, scope));
                let all: Vec<Expr> = guards.iter().cloned().chain(own).collect();
                if let Some(seal) = self.places.get(&(field.span, "seal")).copied() {
                    self.guard(seal, all.clone());
                }
                self.guard(id, all);
                if let Some(formula) = &field.computed {
                    let expected = self.p.input(id).ty.clone();
                    let value = self.expr(formula, scope, Some(&expected));
                    self.p.inputs[id.index()].origin = Origin::Computed(Box::new(value));
                }
                Block::Field(id)
            }
            FormMember::Opinion(opinion) => self.opinion_block(opinion, scope, guards)?,
            FormMember::Note(words) => Block::Note(Self::label(words)),
            FormMember::Bad(_) => return None,
        })
    }

    /// Sets when an input is relevant: all of the guards.
    fn guard(&mut self, id: InputId, guards: Vec<Expr>) {
        let mut guards = guards;
        let when = match guards.len() {
            0 => None,
            1 => guards.pop(),
            _ => {
                let span = guards[0].span;
                Some(Expr { kind: ExprKind::And(guards), ty: Type::Bool, span })
            }
        };
        self.p.inputs[id.index()].when = when;
    }

    fn grid_block(&mut self, grid: &ast::Grid, guards: &[Expr]) -> Option<Block> {
        let heads: Vec<&ast::Head> = grid.cells.iter().flat_map(|c| &c.heads).collect();
        let (cells, total) = self.cells(grid);
        for id in cells.iter().chain(&total) {
            self.guard(*id, guards.to_vec());
        }
        Some(Block::Grid(Grid {
            ident: Self::ident(&grid.head),
            cites: self.cites(&grid.head.cites),
            columns: grid.columns.unwrap_or(1),
            rows: grid.rows.iter().map(Self::ident).collect(),
            heads: if grid.rows.is_empty() { Vec::new() } else { heads.into_iter().map(Self::ident).collect() },
            cells,
            total,
        }))
    }

    /// The inputs of a grid's cells, row by row, and of its total.
    pub(crate) fn cells(&self, grid: &ast::Grid) -> (Vec<InputId>, Option<InputId>) {
        let heads: Vec<&ast::Head> = grid.cells.iter().flat_map(|c| &c.heads).collect();
        let place = |span| self.places.get(&(span, "")).copied();
        let cells = if grid.rows.is_empty() {
            heads.iter().filter_map(|h| place(h.name.span)).collect()
        } else {
            let pairs = grid.rows.iter().flat_map(|r| heads.iter().map(move |h| super::forms::cell_span(r.name.span, h.name.span)));
            pairs.filter_map(place).collect()
        };
        let total = grid.total.as_ref().and_then(|t| self.places.get(&(t.name.span, "total")).copied());
        (cells, total)
    }

    fn opinion_block(&mut self, opinion: &ast::Opinion, scope: &Scope, guards: &[Expr]) -> Option<Block> {
        let part = |it: &Self, name: &'static str| it.places.get(&(opinion.span, name)).copied();
        let when = opinion.when.as_ref().map(|e| self.truth(e, scope));
        let all: Vec<Expr> = guards.iter().cloned().chain(when.clone()).collect();
        for name in ["text", "signature", "date", "seal"] {
            if let Some(id) = part(self, name) {
                self.guard(id, all.clone());
            }
        }
        Some(Block::Opinion(Opinion {
            ident: Self::ident(&opinion.head),
            cites: self.cites(&opinion.head.cites),
            of: self.find_actor(&opinion.of)?,
            at: opinion.at.as_ref().and_then(|s| self.find_stage(s)),
            when,
            text: part(self, "text")?,
            signature: opinion.signature.as_ref().and_then(|who| Some((who.text.clone(), part(self, "signature")?))),
            date: part(self, "date"),
            seal: part(self, "seal"),
        }))
    }
}
