//! When inputs exist and rules fall due (semantics 2.1).
//!
//! In: routes, and what each rule reads. Out: `Input::stage`, `Rule::due`, `Material::at`.
//! Always: a stage written with `at` stands; without a route nothing is due at any stage.

use super::Lower;
use super::reads::Reads;
use crate::{ActorId, Block, Document, FormId, InputId, MaterialId, Origin, Programme, RuleId, Stage, StageId, TrackId};
use std::collections::BTreeMap;

impl Lower<'_> {
    /// Fills in the stages of inputs and rules.
    pub(crate) fn stages(&mut self) {
        self.material_stages();
        let fillers: Vec<BTreeMap<InputId, Filler>> = self.p.forms.iter().map(|f| fillers(&f.layout)).collect();
        for t in 0..self.p.tracks.len() {
            let track = TrackId(t as u32);
            let Some(route) = self.p.route(track) else { continue };
            let due = Due { p: &self.p, track, stages: &route.stages, fillers: &fillers };
            let inputs: Vec<(InputId, Option<StageId>)> =
                due.p.track(track).inputs.iter().map(|id| (*id, due.stage_at(due.input(*id)))).collect();
            let rules = due.rules();
            for (id, stage) in inputs {
                let input = &mut self.p.inputs[id.index()];
                input.stage = input.stage.or(stage);
            }
            for (rule, stage) in self.p.tracks[t].rules.iter_mut().zip(rules) {
                rule.due = rule.due.or(stage);
            }
        }
    }
}

impl Lower<'_> {
    /// A material that names no stage is asked for where a stage of one of its tracks sends it.
    fn material_stages(&mut self) {
        for i in 0..self.p.materials.len() {
            let material = &self.p.materials[i];
            let sends = |s: &&Stage| s.sends.contains(&Document::Material(MaterialId(i as u32)));
            let sent = material.tracks.iter().filter_map(|t| self.p.route(*t)).find_map(|route| route.stages.iter().find(sends));
            let stage = material.at.or(sent.map(|s| s.id));
            self.p.materials[i].at = stage;
        }
    }
}

/// Who fills an input of a form.
#[derive(Clone, Copy, Default)]
struct Filler {
    by: Option<ActorId>,
    /// An opinion needs its actor's stage, whether or not the form is filled there.
    opinion: bool,
}

fn fillers(layout: &[Block]) -> BTreeMap<InputId, Filler> {
    let mut map = BTreeMap::new();
    collect(layout, Filler::default(), &mut map);
    map
}

fn collect(blocks: &[Block], around: Filler, map: &mut BTreeMap<InputId, Filler>) {
    for block in blocks {
        match block {
            Block::Cover(inner) | Block::Row(inner) | Block::Group { blocks: inner, .. } => collect(inner, around, map),
            Block::Part(part) => collect(&part.blocks, Filler { by: part.by.or(around.by), opinion: false }, map),
            Block::Field(id) => {
                map.insert(*id, around);
            }
            Block::Grid(grid) => map.extend(grid.cells.iter().chain(&grid.total).map(|id| (*id, around))),
            Block::Opinion(opinion) => {
                let filler = Filler { by: Some(opinion.of), opinion: true };
                let parts = [Some(opinion.text), opinion.signature.as_ref().map(|(_, id)| *id), opinion.date, opinion.seal];
                map.extend(parts.into_iter().flatten().map(|id| (id, filler)));
            }
            Block::Note(_) => {}
        }
    }
}

/// The positions of stages in one track's route by which things exist.
struct Due<'p> {
    p: &'p Programme,
    track: TrackId,
    stages: &'p [Stage],
    fillers: &'p [BTreeMap<InputId, Filler>],
}

impl Due<'_> {
    fn stage_at(&self, position: usize) -> Option<StageId> {
        self.stages.get(position).map(|s| s.id)
    }

    fn position(&self, stage: StageId) -> usize {
        self.first(|s| s.id == stage).unwrap_or(0)
    }

    fn first(&self, fits: impl Fn(&Stage) -> bool) -> Option<usize> {
        self.stages.iter().position(fits)
    }

    fn actor(&self, actor: ActorId) -> usize {
        self.first(|s| s.by == Some(actor)).unwrap_or(0)
    }

    fn material(&self, id: MaterialId) -> usize {
        let material = &self.p.materials[id.index()];
        let sent = || self.first(|s| s.sends.contains(&Document::Material(id)));
        let by = || material.by.map(|a| self.actor(a));
        material.at.map(|s| self.position(s)).or_else(sent).or_else(by).unwrap_or(0)
    }

    fn materials(&self, ids: &[MaterialId]) -> usize {
        ids.iter().map(|m| self.material(*m)).max().unwrap_or(0)
    }

    fn input(&self, id: InputId) -> usize {
        let input = self.p.input(id);
        if let Some(stage) = input.stage {
            return self.position(stage);
        }
        match (&input.origin, input.form) {
            (Origin::Judged { by, on }, _) => self.actor(*by).max(self.materials(on)),
            (Origin::Attested { with }, _) => self.materials(with),
            (Origin::External { as_of: Some(day), .. }, _) => {
                let mut reads = Reads::default();
                reads.day(self.p, self.track, day);
                reads.stages.iter().map(|s| self.position(*s)).max().unwrap_or(0)
            }
            (Origin::Entered | Origin::Computed(_), Some(form)) => self.field(form, id),
            (Origin::Computed(value), None) => {
                let reads = Reads::of_expr(self.p, self.track, value);
                reads.inputs.iter().filter(|i| **i != id).map(|i| self.input(*i)).max().unwrap_or(0)
            }
            (Origin::Entered | Origin::External { as_of: None, .. }, _) => 0,
        }
    }

    /// A field exists once the stage is over at which its part's actor fills the form.
    fn field(&self, form: FormId, id: InputId) -> usize {
        let filler = self.fillers[form.index()].get(&id).copied().unwrap_or_default();
        let fills = |s: &Stage| s.fills.contains(&form);
        let own = filler.by.and_then(|by| {
            let there = self.first(|s| s.by == Some(by) && fills(s));
            there.or_else(|| if filler.opinion { self.first(|s| s.by == Some(by)) } else { None })
        });
        own.or_else(|| self.first(fills)).unwrap_or(0)
    }

    /// The stage of each rule, in source order.
    fn rules(&self) -> Vec<Option<StageId>> {
        let track = self.p.track(self.track);
        let mut positions: BTreeMap<RuleId, usize> = BTreeMap::new();
        // Rules that another reads come first in the order, so their positions are known by then.
        for id in &track.order {
            let rule = &track.rules[id.index()];
            let position = match rule.due {
                Some(stage) => self.position(stage),
                None => self.reads(&Reads::of_rule(self.p, self.track, rule), &positions),
            };
            positions.insert(*id, position);
        }
        (0..track.rules.len()).map(|r| self.stage_at(positions.get(&RuleId(r as u32)).copied().unwrap_or(0))).collect()
    }

    fn reads(&self, reads: &Reads, rules: &BTreeMap<RuleId, usize>) -> usize {
        let inputs = reads.inputs.iter().map(|i| self.input(*i));
        let judges = reads.judges.iter().map(|a| self.actor(*a));
        let stages = reads.stages.iter().map(|s| self.position(*s));
        let others = reads.rules.iter().filter_map(|r| rules.get(r).copied());
        let documents = [self.materials(&reads.materials)].into_iter();
        inputs.chain(judges).chain(stages).chain(others).chain(documents).max().unwrap_or(0)
    }
}
