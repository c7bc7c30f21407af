//! Selections: a computed proposal to the body that decides (`select`).
//!
//! In: a prepared programme, a batch, options. Out: for each selection and group the candidates in order, and how each fares.
//! Always: what is recorded as decided stands; where nothing is recorded, later selections go by the proposal; the order of the batch
//! decides nothing but the order in which level candidates are listed.

mod assign;
mod cut;
mod json;
mod line;
mod passing;
mod places;
mod rank;
mod report;

pub use passing::Short;
pub use report::{Fares, Given, List, Place, SelectReport, Selected};

use crate::batch::group::Group;
use crate::batch::keys::{ByKeys, Grouping, KeyedGroup, Name, add, grouped, groups as keyed_groups, printed};
use crate::batch::{entered, id, outside, scenes};
use crate::case::{Batch, Data};
use crate::deadline::{inclusive, is_past};
use crate::eval::{Frame, Subject, eval, truth};
use crate::evaluate::shown;
use crate::options::Options;
use crate::prepared::Prepared;
use crate::readings::{ReadingUse, Setting, settings_of, worlds};
use crate::report::Shown;
use crate::scene::{Scene, any_stage};
use crate::truth::Truth;
use crate::value::{Needs, Value};
use cut::{Cut, Limit};
use line::Line;
use places::{Levels, Places};
use prog_base::Exact;
use prog_model::{Expr, Selection, StageId, Take};
use rank::{Candidate, Level, Sum, bounds};
use std::collections::{BTreeMap, BTreeSet};

impl<'p> Prepared<'p> {
    /// What is proposed at a stage; without one, everything in turn.
    pub fn select<'a>(&'a self, batch: &'a Batch, options: &Options) -> SelectReport<'a> {
        let (mut report, _) = self.in_turn(batch, options, false);
        report.selections.retain(|one| options.at.is_none_or(|at| one.selection.at == Some(at)));
        report
    }

    /// What is proposed up to a stage, and the batch with every sure proposal entered where nothing is recorded.
    pub(crate) fn proposals<'a>(&'a self, batch: &'a Batch, options: &Options) -> (SelectReport<'a>, Batch) {
        let (report, entered) = self.in_turn(batch, options, true);
        let mut known = batch.clone();
        for (at, values) in entered {
            for (slot, value) in values {
                known.cases[at].entries[slot].data = Data::Bool(value);
            }
        }
        (report, known)
    }

    /// Every selection up to a stage, each by what the earlier ones propose; what the last proposes is entered if it is `wanted`.
    fn in_turn<'a>(&'a self, batch: &'a Batch, options: &Options, wanted: bool) -> (SelectReport<'a>, Entered) {
        let mut entered = Entered::default();
        let mut selections = Vec::new();
        let mut due = self.programme.selections.iter().filter(|s| self.is_due(s, options.at)).peekable();
        while let Some(selection) = due.next() {
            let lists = Run { prepared: self, batch, selection, options, entered: &entered }.lists();
            if wanted || due.peek().is_some() {
                enter(self, batch, selection, &lists, &mut entered);
            }
            selections.push(Selected { selection, lists });
        }
        (SelectReport { programme: self.programme, selections }, entered)
    }

    /// Whether a selection is made at a stage or before it.
    pub(crate) fn is_due(&self, selection: &Selection, at: Option<StageId>) -> bool {
        let (Some(at), Some(own)) = (at, selection.at) else { return true };
        let routes = selection.tracks.iter().filter_map(|t| self.programme.route(*t));
        let position = |stages: &[prog_model::Stage], id| stages.iter().position(|s| s.id == id);
        at == own
            || routes.into_iter().any(|r| {
                let (asked, own) = (position(&r.stages, at), position(&r.stages, own));
                asked.is_some() && own < asked
            })
    }
}

/// What is proposed, by the position of the case: the position of the entry, and yes or no.
type Entered = BTreeMap<usize, Vec<(usize, bool)>>;

/// Enters what is proposed, where it is sure and nothing is recorded.
fn enter(prepared: &Prepared<'_>, batch: &Batch, selection: &Selection, lists: &[List<'_>], entered: &mut Entered) {
    let mut proposed = vec![Some(false); batch.cases.len()];
    for place in lists.iter().flat_map(|l| &l.places) {
        match place.fares {
            Fares::Selected => proposed[place.at] = proposed[place.at].map(|_| true),
            Fares::Tied(_) | Fares::Unknown(_) => proposed[place.at] = None,
            Fares::Waiting(_) | Fares::NotSelected => {}
        }
    }
    for (at, proposed) in proposed.into_iter().enumerate() {
        let slot = recorded_at(prepared, batch, selection, at).filter(|slot| batch.cases[at].entries[*slot].data == Data::Blank);
        if let (Some(value), Some(slot)) = (proposed, slot) {
            entered.entry(at).or_default().push((slot, value));
        }
    }
}

/// Where a case records what was decided.
fn recorded_at(prepared: &Prepared<'_>, batch: &Batch, selection: &Selection, at: usize) -> Option<usize> {
    let track = batch.cases[at].track.0;
    let (_, input) = selection.recorded.iter().find(|(t, _)| *t == track)?;
    prepared.slot(track, *input)
}

/// A group and what stands around it.
struct InGroup<'g, 's, 'a> {
    of: &'g KeyedGroup<'a>,
    /// The cases that its numbers count.
    counted: &'g [(usize, Truth<'a>)],
    scenes: &'s mut [Scene<'a>],
    settings: &'g [Setting],
}

/// Between which a number lies.
type Bounds = (Option<Exact>, Option<Exact>);

/// What was found out about the cases.
struct Visits<'a> {
    /// Those that may be candidates, by their keys.
    keyed: ByKeys<'a>,
    /// By position in the batch.
    candidates: Vec<Option<Candidate<'a>>>,
    levels: Levels,
    /// What the order compares as it is shown: position by position, one a criterion.
    shown: Vec<Shown<'a>>,
}

impl<'a> Visits<'a> {
    /// A member of a group; one of which it is not sure that it is in this group is kept for others.
    fn member(&mut self, at: usize, belongs: &Truth<'a>) -> Option<Candidate<'a>> {
        let candidate = &mut self.candidates[at];
        let own = if belongs.is_true() { candidate.take() } else { candidate.clone() };
        own.map(|candidate| Candidate { belongs: belongs.clone(), ..candidate })
    }

    /// What the order compares of a member of a group.
    fn compared(&mut self, at: usize, belongs: &Truth<'a>) -> impl Iterator<Item = Shown<'a>> {
        let (criteria, own) = (self.levels.best.len(), belongs.is_true());
        let shown = self.shown[at * criteria..(at + 1) * criteria].iter_mut();
        shown.map(move |shown| if own { std::mem::replace(shown, Shown::None) } else { shown.clone() })
    }
}

struct Run<'r, 'a> {
    prepared: &'a Prepared<'a>,
    batch: &'a Batch,
    selection: &'a Selection,
    options: &'r Options,
    entered: &'r Entered,
}

impl<'a> Run<'_, 'a> {
    /// The lists of all groups; where open readings give different lists, what differs is open.
    fn lists(&self) -> Vec<List<'a>> {
        let settings = settings_of(&self.prepared.settings, self.options);
        let uses = ReadingUse::of_selection(self.prepared.programme, self.selection);
        let mut all = worlds(self.prepared.programme, &settings, &uses).into_iter().map(|world| self.world(&world));
        let mut first = all.next().unwrap_or_default();
        for other in all {
            let by_key: BTreeMap<_, _> = other.iter().map(|list| (&list.key, list)).collect();
            for list in &mut first {
                let there = by_key.get(&list.key).map(|list| list.places.as_slice()).unwrap_or_default();
                let there: BTreeMap<usize, &Fares<'a>> = there.iter().map(|place| (place.at, &place.fares)).collect();
                for place in list.places.iter_mut().filter(|place| there.get(&place.at) != Some(&&place.fares)) {
                    (place.fares, place.rank, place.behind) = (Fares::Unknown(Needs::notice()), None, None);
                }
            }
        }
        first
    }

    /// The lists under fixed readings.
    fn world(&self, settings: &[Setting]) -> Vec<List<'a>> {
        // A case is looked at again only by numbers that count cases, and for its wishes.
        let looks_again = !self.selection.counted.is_empty() || self.selection.assign.is_some();
        let mut kept = Vec::new();
        let count = self.batch.cases.len();
        let best: Vec<Vec<Level>> = self.selection.order.iter().map(|_| Vec::with_capacity(count)).collect();
        let mut visits = Visits {
            keyed: ByKeys::new(),
            candidates: Vec::with_capacity(count),
            shown: Vec::with_capacity(count * best.len()),
            levels: Levels { best, worst: BTreeMap::new() },
        };
        for (at, mut scene) in scenes(self.prepared, self.batch, settings, self.options.on).enumerate() {
            for (slot, value) in self.entered.get(&at).into_iter().flatten() {
                scene.assume(*slot, Value::Bool(*value));
            }
            self.visit(at, &mut scene, &mut visits);
            if looks_again {
                kept.push(scene);
            }
        }
        let by = Grouping { tracks: &self.selection.tracks, keys: &self.selection.keys, reads: self.selection.of_group().collect() };
        let groups = grouped(self.prepared, &by, &visits.keyed, settings);
        let counted = self.counted(&mut kept, settings);
        let counted: BTreeMap<&Name, &[(usize, Truth<'a>)]> = counted.iter().map(|c| (&c.name, c.members.as_slice())).collect();
        let own = |of: &KeyedGroup<'a>| counted.get(&of.name).copied().unwrap_or_default();
        groups.iter().map(|of| self.list(InGroup { of, counted: own(of), scenes: &mut kept, settings }, &mut visits)).collect()
    }

    /// The cases that the numbers count, in their groups: candidates or not.
    fn counted(&self, scenes: &mut [Scene<'a>], settings: &[Setting]) -> Vec<KeyedGroup<'a>> {
        let Selection { counted: tracks, keys, at: stage, .. } = self.selection;
        if tracks.is_empty() {
            return Vec::new();
        }
        let came = |(at, scene): (usize, &mut Scene<'a>)| (at, if scene.case.withdrawn { Truth::False } else { entered(scene, *stage) });
        let cases: Vec<(usize, Truth<'a>)> = scenes.iter_mut().enumerate().map(came).collect();
        let by = Grouping { tracks, keys, reads: self.selection.of_group().collect() };
        keyed_groups(self.prepared, &by, scenes, &cases, settings)
    }

    /// Works out everything about one case at once, if it may be a candidate: of a million cases each is looked at only once.
    fn visit(&self, at: usize, scene: &mut Scene<'a>, visits: &mut Visits<'a>) {
        let decided = self.decided(at);
        let counts = self.selection.tracks.contains(&scene.id) && (!scene.case.withdrawn || decided == Some(true));
        let counts = if counts { Truth::and([entered(scene, self.selection.at), self.is_candidate(scene)]) } else { Truth::False };
        let candidate = (!counts.is_false()).then(|| {
            add(&mut visits.keyed, self.prepared.programme, &self.selection.keys, (at, counts), scene);
            self.candidate(at, decided, scene, visits)
        });
        visits.candidates.push(candidate);
        // Nobody asks for the levels of what is no candidate.
        visits.levels.best.iter_mut().for_each(|levels| levels.resize(at + 1, Level::Lowest));
        visits.shown.resize((at + 1) * visits.levels.best.len(), Shown::None);
    }

    /// What was recorded as decided.
    fn decided(&self, at: usize) -> Option<bool> {
        let slot = recorded_at(self.prepared, self.batch, self.selection, at)?;
        match &self.batch.cases[at].entries[slot].data {
            Data::Bool(value) => Some(*value),
            _blank => None,
        }
    }

    fn is_candidate(&self, scene: &mut Scene<'a>) -> Truth<'a> {
        let found = self.selection.candidates.iter().find(|(track, _)| *track == scene.id);
        found.map_or(Truth::True, |(_, e)| truth(scene, e))
    }

    fn list(&self, mut group: InGroup<'_, '_, 'a>, visits: &mut Visits<'a>) -> List<'a> {
        let (limit, shown_limit, needs) = self.limit(&mut group);
        let members = &group.of.members;
        let places = Places::new(&visits.levels, &members.iter().map(|(at, _)| *at).collect::<Vec<_>>());
        let (mut all, mut compared) = (Vec::with_capacity(members.len()), Vec::with_capacity(members.len() * self.selection.order.len()));
        for (at, belongs) in places.order.iter().map(|index| &members[*index]) {
            let Some(candidate) = visits.member(*at, belongs) else { continue };
            all.push(candidate);
            compared.extend(visits.compared(*at, belongs));
        }
        let cut = Cut::new(&all, &places, limit, needs, self.selection.tied);
        let mut line = Line::new(&cut);
        if let Some(wait) = &self.selection.wait {
            let ((low, high), _, _) = self.number(wait, &mut group);
            line.wait(low.as_ref(), high.as_ref());
        }
        let (moved_up, vacant) = line.refill(self.refills(group.settings));
        let given = match &self.selection.assign {
            Some(assign) => assign::given(self, assign, &mut group, &line),
            None => vec![Given::None; all.len()],
        };
        line.place(&given);
        let place = |((index, candidate), (fares, given)): ((usize, &Candidate<'a>), (&Fares<'a>, Given<'a>))| {
            let rank = line.rank(index);
            let above = index.checked_sub(1).filter(|_| rank.is_some());
            Place {
                id: candidate.id.clone(),
                track: self.prepared.programme.track(candidate.track).ident.key.as_str(),
                at: candidate.at,
                rank: rank.map(|(rank, _)| rank),
                behind: above.and_then(|above| places.parted_by(index, above)),
                level: rank.is_some_and(|(_, level)| level > 1),
                fares: fares.clone(),
                moved_up: moved_up.contains(&index),
                left: candidate.left,
                decided: candidate.decided,
                given,
                short: line.short[index].clone(),
            }
        };
        let places = all.iter().enumerate().zip(line.fares.iter().zip(given)).map(place).collect();
        List { key: printed(&self.selection.keys, &group.of.name), limit: shown_limit, places, compared, vacant }
    }

    /// A case that left: taken back, or at an end of its route before places are no longer filled again.
    fn has_left(&self, scene: &mut Scene<'a>) -> bool {
        if scene.case.withdrawn {
            return true;
        }
        let Some(refill) = self.selection.refill.and_then(|stage| scene.position(stage)) else { return false };
        let stages = scene.stages();
        let before = |stage: &str| stages.iter().position(|s| s.ident.key == stage).is_some_and(|at| at < refill);
        let standing = if scene.case.events.is_empty() { Vec::new() } else { scene.walk().standing.clone().unwrap_or_default() };
        !standing.is_empty() && standing.iter().all(|s| s.ended && before(s.stage))
    }

    /// Whether places that become free are still filled again.
    fn refills(&self, settings: &[Setting]) -> bool {
        let p = self.prepared.programme;
        let Some(stage) = self.selection.refill else { return false };
        let due = any_stage(p, stage).and_then(|s| s.due.as_ref());
        let (Some(on), Some(due)) = (self.options.on, due) else { return true };
        let due = outside(self.prepared, settings, |scope| scope.deadline(due));
        !is_past(on, &due, inclusive(p, settings), p.zone.as_ref())
    }

    fn candidate(&self, at: usize, decided: Option<bool>, scene: &mut Scene<'a>, visits: &mut Visits<'a>) -> Candidate<'a> {
        let (p, levels) = (self.prepared.programme, &mut visits.levels);
        let mut worst = None;
        let mut needs = Needs::default();
        for (index, criterion) in self.selection.order.iter().enumerate() {
            let Some((_, e)) = criterion.by_track.iter().find(|(track, _)| *track == scene.id) else { continue };
            let value = eval(scene, e);
            value.needs().into_iter().for_each(|n| needs.add(n));
            let (high, low) = bounds(p, criterion, &e.ty, &value);
            if low != high {
                worst.get_or_insert_with(|| levels.best[..index].iter().map(|levels| levels[at].clone()).collect());
            }
            worst.iter_mut().for_each(|worst: &mut Vec<Level>| worst.push(low.clone()));
            levels.best[index].push(high);
            visits.shown.push(shown(p, &e.ty, value));
        }
        let is_placed = worst.is_none();
        levels.worst.extend(worst.map(|worst| (at, worst)));
        let adds = match &self.selection.take {
            Take::While { of, .. } | Take::Nearest { of, .. } => {
                let value = of.iter().find(|(track, _)| *track == scene.id).map_or(Value::None, |(_, e)| eval(scene, e));
                value.needs().into_iter().for_each(|n| needs.add(n));
                let (low, high) = Limit::bounds(&value);
                match value {
                    // What has no value adds nothing.
                    Value::None => (Sum::NOTHING, Sum::NOTHING),
                    // What is added is nothing below zero: the compiler has seen to it, save for money, of which it is expected.
                    Value::Unknown(_) => (low.map_or(Sum::NOTHING, Sum::Of).max(Sum::NOTHING), high.map_or(Sum::Endless, Sum::Of)),
                    _known => (low.map_or(Sum::NOTHING, Sum::Of), high.map_or(Sum::Endless, Sum::Of)),
                }
            }
            Take::Number(_) | Take::All => (Sum::NOTHING, Sum::NOTHING),
        };
        let (track, left) = (scene.id, self.has_left(scene));
        let id = id(at, scene.case);
        Candidate { at, id, track, left, decided, belongs: Truth::True, is_placed, adds, needs }
    }

    /// A number in the scope of the group.
    fn number(&self, e: &'a Expr, group: &mut InGroup<'_, '_, 'a>) -> (Bounds, Shown<'a>, Needs<'a>) {
        let value = self.eval_in(group, &[], e);
        let needs = value.needs().cloned().unwrap_or_default();
        (Limit::bounds(&value), shown(self.prepared.programme, &e.ty, value), needs)
    }

    /// Evaluates in the scope of the group, with more keys after its own.
    fn eval_in(&self, group: &mut InGroup<'_, '_, 'a>, more: &[Value<'a>], e: &'a Expr) -> Value<'a> {
        let mut frame = Frame::default();
        frame.keys.push(group.of.values.iter().chain(more).cloned().collect());
        frame.subject = Some(Subject { key: &self.selection.ident.key, cites: &self.selection.cites });
        let (scenes, settings, members) = (&mut *group.scenes, group.settings, group.counted);
        let mut scope = Group { prepared: self.prepared, settings, scenes, members, frame, counted: BTreeSet::new(), portions: None };
        eval(&mut scope, e)
    }

    fn limit(&self, group: &mut InGroup<'_, '_, 'a>) -> (Limit, Option<Shown<'a>>, Needs<'a>) {
        match &self.selection.take {
            Take::All => (Limit::All, None, Needs::default()),
            Take::Number(e) => {
                let ((low, high), shown, needs) = self.number(e, group);
                (Limit::Number(low, high), Some(shown), needs)
            }
            Take::While { limit, passing, .. } => {
                let ((low, high), shown, needs) = self.number(limit, group);
                (if *passing { Limit::Passing(low, high) } else { Limit::While(low, high) }, Some(shown), needs)
            }
            Take::Nearest { target, least, .. } => {
                let exact = |(low, high): Bounds| low.filter(|l| Some(l) == high.as_ref());
                let (bounds, shown, mut needs) = self.number(target, group);
                let least = least.as_ref().map(|e| {
                    let (bounds, _, more) = self.number(e, group);
                    needs.add(&more);
                    exact(bounds)
                });
                (Limit::Nearest { target: exact(bounds), least }, Some(shown), needs)
            }
        }
    }
}
