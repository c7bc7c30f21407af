//! Forms and summaries: fields, parts, opinions, columns.

use super::{List, guard};
use crate::canon::{limits, range};
use crate::thing::{Aspect, Id, Kind, Thing, Weighs, yes_no};
use prog_model::{Block, Form, Grid, Opinion, Part, Summary};

impl<'p> List<'p> {
    pub(super) fn forms(&mut self) {
        let p = self.p;
        for form in &p.forms {
            self.form(form);
        }
        for summary in &p.summaries {
            self.summary(summary);
        }
    }

    fn form(&mut self, form: &'p Form) {
        let mut layout = Vec::new();
        self.tokens(&form.layout, &mut layout);
        let thing = Thing::new(Id::new(Kind::Form, [&form.ident.key]), vec![form.ident.name.clone()], form.span, Weighs::Data);
        let id = self.put(
            thing
                .ident(&form.ident)
                .cited(&form.cites)
                .fact(Aspect::Absent, form.absent.to_string(), yes_no(form.absent), Weighs::Data)
                .order(Aspect::Layout, layout, Weighs::Editorial),
        );
        let scope = self.scope();
        for input in &form.inputs {
            self.input(&id, &scope, Kind::Field, *input, &form.ident.name);
        }
        self.blocks(&id, &form.ident.name, &form.layout);
    }

    /// What stands where, in order: a field by its pointer, a part by its key.
    fn tokens(&self, blocks: &[Block], out: &mut Vec<String>) {
        for block in blocks {
            match block {
                Block::Cover(inner) | Block::Row(inner) | Block::Group { blocks: inner, .. } => self.tokens(inner, out),
                Block::Part(part) => {
                    out.push(format!("part {}", part.ident.key));
                    self.tokens(&part.blocks, out);
                }
                Block::Grid(grid) => out.extend(grid.cells.iter().map(|c| self.p.input(*c).pointer.clone())),
                Block::Field(id) => out.push(self.p.input(*id).pointer.clone()),
                Block::Opinion(opinion) => out.push(format!("opinion {}", opinion.ident.key)),
                Block::Note(_) => {}
            }
        }
    }

    fn blocks(&mut self, form: &Id, of: &str, blocks: &'p [Block]) {
        for block in blocks {
            match block {
                Block::Cover(inner) | Block::Row(inner) | Block::Group { blocks: inner, .. } => self.blocks(form, of, inner),
                Block::Part(part) => {
                    self.part(form, of, part);
                    self.blocks(form, of, &part.blocks);
                }
                Block::Grid(grid) => self.grid(form, of, grid),
                Block::Opinion(opinion) => self.opinion(form, of, opinion),
                Block::Field(_) | Block::Note(_) => {}
            }
        }
    }

    fn part(&mut self, form: &Id, of: &str, part: &'p Part) {
        let names = vec![of.to_owned(), part.ident.name.clone()];
        let thing = Thing::new(form.inner(Kind::Part, &part.ident.key), names, part.ident.span, Weighs::Editorial).within(form);
        let by = part.by.map_or("", |a| self.p.actors[a.index()].ident.key.as_str());
        let at = part.at.map_or("", |s| self.p.stages[s.index()].key.as_str());
        let thing = thing.ident(&part.ident).cited(&part.cites).plain(Aspect::By, by, Weighs::InFlight);
        let thing = thing.plain(Aspect::Stage, at, Weighs::InFlight);
        self.put(guard(thing, &self.scope(), Aspect::When, part.when.as_ref(), Weighs::Data));
    }

    fn grid(&mut self, form: &Id, of: &str, grid: &'p Grid) {
        let names = vec![of.to_owned(), grid.ident.name.clone()];
        let total = grid.total.map_or("", |t| self.p.input(t).pointer.as_str());
        let thing = Thing::new(form.inner(Kind::Grid, &grid.ident.key), names, grid.ident.span, Weighs::Editorial).within(form);
        self.put(thing.ident(&grid.ident).cited(&grid.cites).plain(Aspect::Total, total, Weighs::Data));
    }

    fn opinion(&mut self, form: &Id, of: &str, opinion: &'p Opinion) {
        let names = vec![of.to_owned(), opinion.ident.name.clone()];
        let by = &self.p.actors[opinion.of.index()].ident.key;
        let at = opinion.at.map_or("", |s| self.p.stages[s.index()].key.as_str());
        let thing = Thing::new(form.inner(Kind::Opinion, &opinion.ident.key), names, opinion.ident.span, Weighs::Data).within(form);
        let thing = thing.ident(&opinion.ident).cited(&opinion.cites).plain(Aspect::By, by, Weighs::InFlight);
        let thing = thing.plain(Aspect::Stage, at, Weighs::InFlight);
        self.put(guard(thing, &self.scope(), Aspect::When, opinion.when.as_ref(), Weighs::Data));
    }

    fn summary(&mut self, summary: &'p Summary) {
        let p = self.p;
        let name = &summary.ident.name;
        let thing = Thing::new(Id::new(Kind::Summary, [&summary.ident.key]), vec![name.clone()], summary.span, Weighs::Data);
        let of = summary.of.map_or("", |f| p.forms[f.index()].ident.key.as_str());
        let by = summary.by.map_or("", |a| p.actors[a.index()].ident.key.as_str());
        let columns = (0..summary.columns.len()).map(|c| summary.pointer(c)).collect();
        let id = self.put(
            thing
                .ident(&summary.ident)
                .cited(&summary.cites)
                .plain(Aspect::Of, of, Weighs::Data)
                .plain(Aspect::By, by, Weighs::InFlight)
                .fact(Aspect::Absent, summary.absent.to_string(), yes_no(summary.absent), Weighs::Data)
                .order(Aspect::Layout, columns, Weighs::Editorial),
        );
        for field in &summary.fields {
            let names = vec![name.clone(), field.ident.name.clone()];
            let thing = Thing::new(id.inner(Kind::SummaryField, &field.ident.key), names, field.ident.span, Weighs::Data).within(&id);
            self.put(super::head::record_field(thing, &self.scope(), field));
        }
        for (index, column) in summary.columns.iter().enumerate() {
            let names = vec![name.clone(), column.ident.name.clone()];
            let key = summary.pointer(index).trim_start_matches('/').replace('/', ".");
            let scope = summary.of.and_then(|f| p.tracks.iter().position(|t| t.forms.contains(&f)));
            let scope = scope.map_or_else(|| self.scope(), |t| self.scope().in_track(prog_model::TrackId(t as u32)));
            let thing = Thing::new(id.inner(Kind::SummaryColumn, key), names, column.ident.span, Weighs::Data).within(&id);
            let strength = column.strength.map(super::track::strength).unwrap_or_default();
            let thing = thing.ident(&column.ident).cited(&column.cites);
            let thing = guard(thing, &scope, Aspect::Value, column.value.as_ref(), Weighs::Data);
            self.put(
                thing
                    .plain(Aspect::Type, scope.field_type(&column.field), Weighs::Data)
                    .plain(Aspect::Range, range(&column.field), Weighs::Data)
                    .plain(Aspect::Limits, limits(&column.field), Weighs::Data)
                    .fact(Aspect::Optional, column.optional.to_string(), super::head::needed(column.optional), Weighs::Data)
                    .plain(Aspect::Strength, strength.en, Weighs::Data),
            );
        }
    }
}
