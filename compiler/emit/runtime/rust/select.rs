//! Selections: a computed proposal to the body that decides.
//!
//! In: a prepared programme, a batch, options. Out: for each selection and group the candidates in order, and how each fares.
//! Always: what is recorded as decided stands; where nothing is recorded, later selections go by the proposal; the order of the batch
//! decides nothing but the order in which level candidates are listed.

use super::assign::{given, Given};
use super::batch::{entered, ids, scenes};
use super::case::Data;
use super::cut::{Cut, Fares, Limit};
use super::deadline::is_past;
use super::definition::{of_track, Formula, Selection, ShownType, TakeKind, Tie};
use super::group::Group;
use super::keys::{groups_of, KeyedGroup};
use super::lines::Batch;
use super::number::Exact;
use super::options::Settled;
use super::prepared::{positions, Prepared};
use super::ranking::{levels, Candidate, Range, Sum};
use super::readings::{worlds, Setting};
use super::report::Writer;
use super::scene::Scene;
use super::scope::Subject;
use super::text::Lang;
use super::truth::Truth;
use super::value::{Needs, Value};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What one selection proposes.
#[derive(Debug)]
pub struct Selected<'a> {
    selection: &'static Selection,
    lists: Vec<List<'a>>,
}

/// The list of one group.
#[derive(Debug)]
struct List<'a> {
    /// Its keys as text.
    name: Vec<String>,
    /// How many are taken, or up to which sum; none: all.
    limit: Option<Value<'a>>,
    places: Vec<Place<'a>>,
    /// Places that nobody takes, where that is known.
    vacant: Option<usize>,
}

/// Where one candidate stands.
#[derive(Debug)]
struct Place<'a> {
    /// Its position in the batch.
    at: usize,
    id: Cow<'a, str>,
    track: &'static str,
    rank: Option<usize>,
    /// The criterion that puts it behind the one above.
    behind: Option<usize>,
    level: bool,
    fares: Fares,
    /// What the order compares, each with how it is shown.
    values: Vec<(Value<'a>, &'static ShownType)>,
    moved_up: bool,
    left: bool,
    decided: Option<bool>,
    given: Given,
}

/// What is proposed of a case: its position, that of the entry, and yes or no.
type Proposed = Vec<(usize, usize, bool)>;

/// What is proposed at a stage; without one, everything in turn.
pub fn select_from<'a>(
    prepared: &'static Prepared,
    batch: &'a Batch<'a>,
    options: &Settled,
) -> Vec<Selected<'a>> {
    let mut proposed = Proposed::new();
    let mut all = Vec::new();
    let due = prepared.definition.selections.iter();
    for selection in due.filter(|one| is_due(prepared, one, options.at)) {
        let run = Run {
            prepared,
            batch,
            selection,
            options,
            proposed: &proposed,
            ids: ids(batch),
        };
        let lists = run.lists();
        let more = run.proposed(&lists);
        proposed.extend(more);
        all.push(Selected { selection, lists });
    }
    all.retain(|one| options.at.is_none() || one.selection.at == options.at);
    all
}

/// Whether a selection is made at a stage or before it.
fn is_due(prepared: &Prepared, selection: &Selection, at: Option<&str>) -> bool {
    let (Some(at), Some(own)) = (at, selection.at) else {
        return true;
    };
    let mut tracks = prepared.tracks.iter();
    at == own
        || tracks.any(|track| {
            let position = |key| track.stages.iter().position(|stage| stage.key == key);
            selection.tracks.contains(&track.track.key)
                && position(at).is_some_and(|at| position(own) < Some(at))
        })
}

struct Run<'r, 'a> {
    prepared: &'static Prepared,
    batch: &'a Batch<'a>,
    selection: &'static Selection,
    options: &'r Settled,
    /// What earlier selections propose.
    proposed: &'r Proposed,
    ids: Vec<Cow<'a, str>>,
}

/// A group and what stands around it.
#[derive(Clone, Copy)]
struct InGroup<'g, 'a> {
    prepared: &'static Prepared,
    selection: &'static Selection,
    group: &'g KeyedGroup<'a>,
    /// The cases that its numbers count.
    counted: &'g [(usize, Truth)],
    scenes: &'g [Scene<'a>],
    settings: &'g Rc<[Setting]>,
}

impl<'a> InGroup<'_, 'a> {
    /// Evaluates in the scope of the group, with more keys after its own.
    fn eval(&self, formula: Formula, more: &[Value<'a>]) -> Value<'a> {
        let scope = Group::new(self.prepared, self.settings, self.scenes, self.counted);
        let keys = self.group.values.iter().chain(more).cloned().collect();
        scope.frame.keys.borrow_mut().push(keys);
        scope.frame.subject.set(Some(Subject {
            key: self.selection.key,
            clauses: self.selection.clauses,
        }));
        formula(&scope)
    }

    /// How many are taken: what limits, what of it is shown, what it awaits.
    fn limit(&self) -> (Limit, Option<Value<'a>>, Needs) {
        let take = &self.selection.take;
        let Some(formula) = take.limit.filter(|_| take.kind != TakeKind::All) else {
            return (Limit::All, None, Needs::default());
        };
        let value = self.eval(formula, &[]);
        let mut needs = value.needs().cloned().unwrap_or_default();
        let limit = match take.kind {
            TakeKind::Number => Limit::Number(bounds(&value)),
            TakeKind::While => Limit::While(bounds(&value)),
            TakeKind::Passing => Limit::Passing(bounds(&value)),
            TakeKind::Nearest => {
                let least = take.least.map(|least| {
                    let least = self.eval(least, &[]);
                    needs.add(&least.needs().cloned().unwrap_or_default());
                    exactly(&least)
                });
                Limit::Nearest {
                    target: exactly(&value),
                    least,
                }
            }
            TakeKind::All => Limit::All,
        };
        (limit, Some(value), needs)
    }
}

fn bounds(value: &Value<'_>) -> Range<Option<Exact>> {
    let (low, high) = value.bounds();
    (low.cloned(), high.cloned())
}

/// The only number that it can be.
fn exactly(value: &Value<'_>) -> Option<Exact> {
    let (low, high) = bounds(value);
    low.filter(|low| Some(low) == high.as_ref())
}

impl<'a> Run<'_, 'a> {
    /// The lists of all groups; where open readings give different lists, what differs is open.
    fn lists(&self) -> Vec<List<'a>> {
        let readings = self.prepared.readings();
        let mut uses = positions(readings, self.selection.readings);
        uses.sort_unstable();
        let worlds = worlds(readings, &self.options.settings, &uses).into_iter();
        let mut all = worlds.map(|world| self.world(&world));
        let mut first = all.next().unwrap_or_default();
        for other in all {
            let by_name: BTreeMap<_, _> = other.iter().map(|one| (&one.name, one)).collect();
            for list in &mut first {
                let there = by_name.get(&list.name);
                let places = there.map_or(&[][..], |one| &one.places);
                let there: BTreeMap<usize, &Fares> = places
                    .iter()
                    .map(|place| (place.at, &place.fares))
                    .collect();
                for place in &mut list.places {
                    if there.get(&place.at) != Some(&&place.fares) {
                        place.fares = Fares::Unknown(Needs::notice());
                        (place.rank, place.behind) = (None, None);
                    }
                }
            }
        }
        first
    }

    /// The lists under fixed readings.
    fn world(&self, settings: &Rc<[Setting]>) -> Vec<List<'a>> {
        let (prepared, selection) = (self.prepared, self.selection);
        let scenes = scenes(prepared, self.batch, settings, self.options.on);
        for (at, slot, value) in self.proposed {
            scenes[*at].assume(*slot, Value::Bool(*value));
        }
        let counted = scenes.iter().enumerate();
        let counted = counted.map(|(at, scene)| (at, self.counts(at, scene)));
        let counted: Vec<_> = counted.filter(|(_, truth)| !truth.is_false()).collect();
        let by = (selection.keys, selection.tracks);
        let groups = groups_of(prepared, by, &scenes, &counted, settings);
        let whole = self.whole(&scenes, settings);
        let whole: BTreeMap<_, _> = whole.iter().map(|one| (&one.name, one)).collect();
        let list = |group: &KeyedGroup<'a>| {
            let own = whole.get(&group.name);
            self.list(&InGroup {
                prepared,
                selection,
                group,
                counted: own.map_or(&[], |own| &own.members),
                scenes: &scenes,
                settings,
            })
        };
        groups.iter().map(list).collect()
    }

    /// The cases that its numbers count, in their groups: candidates or not.
    fn whole(&self, scenes: &[Scene<'a>], settings: &Rc<[Setting]>) -> Vec<KeyedGroup<'a>> {
        let by = (self.selection.keys, self.selection.counted);
        if by.1.is_empty() {
            return Vec::new();
        }
        let came = |scene: &Scene<'a>| match scene.case.withdrawn {
            true => Truth::False,
            false => entered(scene, self.selection.at),
        };
        let cases: Vec<_> = scenes.iter().map(came).enumerate().collect();
        groups_of(self.prepared, by, scenes, &cases, settings)
    }

    /// Whether a case is a candidate.
    fn counts(&self, at: usize, scene: &Scene<'a>) -> Truth {
        let track = scene.track.track.key;
        let gone = scene.case.withdrawn && self.decided(at) != Some(true);
        if gone || !self.selection.tracks.contains(&track) {
            return Truth::False;
        }
        let when = of_track(self.selection.when, track);
        let is_one = when.map_or(Truth::True, |when| Truth::from_value(when(scene)));
        Truth::and([entered(scene, self.selection.at), is_one])
    }

    /// Where a case records what was decided.
    fn recorded_at(&self, at: usize) -> Option<usize> {
        let track = self.batch.cases[at].track;
        let mut recorded = self.selection.recorded.iter();
        let (_, pointer) = recorded.find(|(of, _)| *of == track.track.key)?;
        track.slots.get(*pointer).copied()
    }

    /// What was recorded as decided.
    fn decided(&self, at: usize) -> Option<bool> {
        let slot = self.recorded_at(at)?;
        match self.batch.cases[at].entries[slot].data {
            Data::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// What is sure, and nothing is recorded of.
    fn proposed(&self, lists: &[List<'a>]) -> Proposed {
        let mut answers = vec![Some(false); self.batch.cases.len()];
        for place in lists.iter().flat_map(|list| &list.places) {
            if place.fares.is_open() {
                answers[place.at] = None;
            } else if place.fares == Fares::Selected {
                answers[place.at] = answers[place.at].map(|_| true);
            }
        }
        let answers = answers.into_iter().enumerate();
        let proposed = answers.filter_map(|(at, answer)| {
            let slot = self.recorded_at(at)?;
            let is_free = self.batch.cases[at].entries[slot].data == Data::Blank;
            Some((at, slot, answer.filter(|_| is_free)?))
        });
        proposed.collect()
    }

    fn list(&self, group: &InGroup<'_, 'a>) -> List<'a> {
        let selection = self.selection;
        let (limit, shown, needs) = group.limit();
        let members = group.group.members.iter();
        let candidate =
            |(at, belongs): &(usize, Truth)| self.candidate(*at, belongs, &group.scenes[*at]);
        let mut all: Vec<Candidate<'a>> = members.map(candidate).collect();
        let each = all.iter_mut();
        let mut values: Vec<Vec<Value<'a>>> =
            each.map(|one| std::mem::take(&mut one.values)).collect();
        let mut cut = Cut::new(&all, limit, needs, selection.tied);
        if let Some(wait) = selection.wait {
            cut.wait(&bounds(&group.eval(wait, &[])));
        }
        let (moved, vacant) = cut.refill(self.refills(group.settings));
        let order = cut.ranking.order();
        let mut given = match &selection.assign {
            Some(assign) => given(assign, &cut, &order, group.scenes, |wish| {
                group.eval(assign.places, &[wish])
            }),
            None => vec![Given::None; all.len()],
        };
        cut.place(&given);
        let mut places = Vec::with_capacity(order.len());
        for (position, index) in order.iter().enumerate() {
            let one = &all[*index];
            let track = group.scenes[one.at].track.track.key;
            let above = position.checked_sub(1).map(|above| order[above]);
            let rank = cut.rank(*index);
            let of = selection.order.iter();
            let of = of.filter_map(|criterion| criterion.of.iter().find(|of| of.track == track));
            let values = std::mem::take(&mut values[*index]).into_iter();
            places.push(Place {
                at: one.at,
                id: self.ids[one.at].clone(),
                track,
                rank: rank.map(|(rank, _)| rank),
                behind: above
                    .filter(|_| rank.is_some())
                    .and_then(|above| cut.ranking.parted_by(*index, above)),
                level: rank.is_some_and(|(_, level)| level > 1),
                fares: cut.fares[*index].clone(),
                values: values.zip(of.map(|of| &of.shown)).collect(),
                moved_up: moved.contains(index),
                left: one.left,
                decided: self.decided(one.at),
                given: std::mem::take(&mut given[*index]),
            });
        }
        List {
            name: group.group.name.clone(),
            limit: shown,
            places,
            vacant,
        }
    }

    fn candidate(&self, at: usize, belongs: &Truth, scene: &Scene<'a>) -> Candidate<'a> {
        let track = scene.track.track.key;
        let mut one = Candidate {
            at,
            belongs: belongs.clone(),
            left: self.has_left(scene),
            values: Vec::new(),
            best: Vec::new(),
            worst: Vec::new(),
            adds: (Sum::count(0), Sum::count(0)),
            needs: Needs::default(),
        };
        let mut worked = |formula: Formula| {
            let value = formula(scene);
            value
                .needs()
                .into_iter()
                .for_each(|more| one.needs.add(more));
            value
        };
        for criterion in self.selection.order {
            let Some(of) = criterion.of.iter().find(|of| of.track == track) else {
                continue;
            };
            let value = worked(of.value);
            let (best, worst) = levels(self.prepared, of, criterion.highest, &value);
            one.best.push(best);
            one.worst.push(worst);
            one.values.push(value);
        }
        if let Some(of) = of_track(self.selection.take.of, track) {
            one.adds = adds(&worked(of));
        }
        one
    }

    /// A case that left: taken back, or at an end of its route before places are no longer filled again.
    fn has_left(&self, scene: &Scene<'a>) -> bool {
        if scene.case.withdrawn {
            return true;
        }
        let refill = self.selection.refill.and_then(|key| scene.position(key));
        let Some(refill) = refill.filter(|_| !scene.case.events.is_empty()) else {
            return false;
        };
        let walk = scene.walk();
        let standing = walk.standing.as_deref().unwrap_or_default();
        let before = |key| scene.position(key).is_some_and(|at| at < refill);
        !standing.is_empty() && standing.iter().all(|one| one.ended && before(one.stage))
    }

    /// Whether places that become free are still filled again.
    fn refills(&self, settings: &Rc<[Setting]>) -> bool {
        let Some(refill) = self.selection.refill else {
            return false;
        };
        let stage = self.prepared.any_stage(refill);
        let due = stage.and_then(|stage| stage.due);
        let (Some(on), Some(due)) = (self.options.on, due) else {
            return true;
        };
        let scope = Group::outside(self.prepared, settings);
        !is_past(&scope.frame, on, &due(&scope))
    }
}

/// What a value adds to a sum, at least and at most.
fn adds(value: &Value<'_>) -> Range<Sum> {
    let nothing = Sum::count(0);
    // What has no value adds nothing.
    if value.is_none() {
        return (nothing.clone(), nothing);
    }
    let (low, high) = bounds(value);
    let mut least = low.map_or(nothing.clone(), Sum::Of);
    // What is added is nothing below zero: the compiler has seen to it, save for money, of which it is expected.
    if value.is_unknown() {
        least = least.max(nothing);
    }
    (least, high.map_or(Sum::Endless, Sum::Of))
}

impl Writer {
    /// The report of all selections asked for.
    pub fn selections(&mut self, all: &[Selected<'_>]) {
        let definition = self.prepared.definition;
        self.member("{\"programme\":", definition.programme);
        self.raw(",\"selections\":");
        self.list(all, Self::selected);
        self.member(",\"version\":", definition.version);
        self.raw("}");
    }

    fn selected(&mut self, one: &Selected<'_>) {
        let selection = one.selection;
        self.strings("{\"clauses\":", selection.clauses);
        self.raw(",\"lists\":");
        self.list(&one.lists, |out, list| out.list_of_group(list, selection));
        let label = selection.ident().label;
        let words = if self.lang == Lang::En {
            label.en
        } else {
            label.zh
        };
        self.member(",\"message\":", words);
        let names = selection.order.iter().map(|criterion| criterion.name);
        self.strings(",\"order\":", names);
        self.member(",\"selection\":", selection.key);
        self.nullable(",\"stage\":", selection.at);
        let tied = match selection.tied {
            Some(Tie::AdmitAll) => "admit all",
            Some(Tie::AdmitNone) => "admit none",
            Some(Tie::Judged(_)) => "judged",
            None => "unknown",
        };
        self.member(",\"tied\":", tied);
        self.raw("}");
    }

    fn list_of_group(&mut self, list: &List<'_>, selection: &Selection) {
        let names = selection.keys.iter().map(|key| key.name);
        let mut keys: Vec<(&str, &String)> = names.zip(&list.name).collect();
        keys.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
        self.raw("{\"key\":{");
        for (index, (name, text)) in keys.into_iter().enumerate() {
            self.raw(if index > 0 { "," } else { "" });
            self.string(name);
            self.member(":", text);
        }
        self.raw("},\"limit\":");
        match &list.limit {
            Some(limit) => self.value(limit, &selection.take.shown),
            None => self.raw("null"),
        }
        self.raw(",\"places\":");
        self.list(&list.places, |out, place| out.place(place, selection));
        self.raw(",\"vacant\":");
        let vacant = list.vacant.map(|vacant| vacant.to_string());
        self.raw(vacant.as_deref().unwrap_or("null"));
        self.raw("}");
    }

    fn place(&mut self, place: &Place<'_>, selection: &Selection) {
        self.raw("{");
        if let Fares::Tied(Some(actor)) = place.fares {
            self.member("\"awaits\":", actor);
            self.raw(",");
        }
        if let Some(behind) = place.behind.and_then(|at| selection.order.get(at)) {
            self.member("\"behind\":", behind.name);
            self.raw(",");
        }
        if let Some(decided) = place.decided {
            self.raw(&format!("\"decided\":{decided},"));
        }
        match &place.given {
            Given::None => {}
            Given::One(wish) => {
                self.member("\"given\":", wish);
                self.raw(",");
            }
            Given::Nothing => self.raw("\"given\":\"\","),
            Given::Open => self.raw("\"given\":null,"),
        }
        self.member("\"id\":", &place.id);
        self.raw(if place.left { ",\"left\":true" } else { "" });
        self.raw(&format!(",\"level\":{}", place.level));
        self.raw(if place.moved_up {
            ",\"moved_up\":true"
        } else {
            ""
        });
        match &place.fares {
            Fares::Unknown(needs) => self.needs(needs),
            Fares::Waiting(position) => self.raw(&format!(",\"position\":{position}")),
            Fares::Selected | Fares::Tied(_) | Fares::NotSelected => {}
        }
        let rank = place.rank.map(|rank| rank.to_string());
        self.raw(",\"rank\":");
        self.raw(rank.as_deref().unwrap_or("null"));
        self.member(",\"result\":", place.fares.word());
        self.member(",\"track\":", place.track);
        self.raw(",\"values\":");
        self.list(&place.values, |out, (value, shown)| out.value(value, shown));
        self.raw("}");
    }
}
