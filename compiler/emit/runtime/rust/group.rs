//! The surroundings of a quota: one group of cases, with its keys.

use super::aggregate::{aggregate, share, Aggregation, Counted, Portion};
use super::definition::Formula;
use super::messages::add_note;
use super::prepared::Prepared;
use super::readings::Setting;
use super::scene::{due_day, Scene};
use super::scope::{CasePart, Frame, Scope};
use super::truth::Truth;
use super::value::Value;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

/// Cases by position, each with whether it surely belongs.
pub type Members = Vec<(usize, Truth)>;

/// A group of cases, or the programme outside any case.
#[derive(Debug)]
pub struct Group<'r, 'a> {
    /// What all scopes have.
    pub frame: Frame<'a>,
    /// Scenes of all cases of the batch.
    pub scenes: &'r [Scene<'a>],
    /// The group's members.
    pub members: &'r [(usize, Truth)],
    /// Positions of cases that an aggregate counted surely or maybe.
    pub counted: RefCell<BTreeSet<usize>>,
    /// Part and base of the last share, where both are known.
    pub portions: Cell<Option<(i64, i64)>>,
}

impl<'r, 'a> Group<'r, 'a> {
    /// Of these members.
    pub fn new(
        prepared: &'static Prepared,
        settings: &Rc<[Setting]>,
        scenes: &'r [Scene<'a>],
        members: &'r [(usize, Truth)],
    ) -> Self {
        Self {
            frame: Frame::new(prepared, settings),
            scenes,
            members,
            counted: RefCell::default(),
            portions: Cell::new(None),
        }
    }

    /// Outside any case.
    pub fn outside(prepared: &'static Prepared, settings: &Rc<[Setting]>) -> Self {
        Self::new(prepared, settings, &[], &[])
    }

    /// Works on every member whose track is among the parts, in the scope of its case and with the group's keys.
    fn each<T>(
        &self,
        parts: &[CasePart],
        work: impl Fn(&CasePart, &Truth, &Scene<'a>, usize) -> T,
    ) -> Vec<T> {
        let keys = self
            .frame
            .keys
            .borrow()
            .last()
            .cloned()
            .unwrap_or_else(|| Rc::from([]));
        let subject = self.frame.subject.get();
        let mut results = Vec::new();
        for (at, belongs) in self.members {
            let scene = &self.scenes[*at];
            let Some(part) = parts
                .iter()
                .find(|part| part.track == scene.track.track.key)
            else {
                continue;
            };
            let before = scene.frame.notes.borrow().len();
            let result = scene.frame.with_keys(Rc::clone(&keys), || {
                scene
                    .frame
                    .naming(subject, || work(part, belongs, scene, *at))
            });
            // What a filter notes is noted of the quota; what a fact or let of the case notes stands in the report of the case.
            let noted = scene.frame.notes.borrow_mut().split_off(before);
            for note in noted {
                if subject.is_some_and(|subject| subject.key == note.rule) {
                    add_note(&mut self.frame.notes.borrow_mut(), note);
                }
            }
            results.push(result);
        }
        results
    }

    fn count(&self, at: usize, truth: &Truth) {
        if !truth.is_false() {
            self.counted.borrow_mut().insert(at);
        }
    }
}

fn truth_of(formula: Option<Formula>, scene: &Scene<'_>, without: Truth) -> Truth {
    formula.map_or(without, |formula| Truth::from_value(formula(scene)))
}

impl<'a> Scope<'a> for Group<'_, 'a> {
    fn frame(&self) -> &Frame<'a> {
        &self.frame
    }

    fn due(&self, stage: &str) -> Value<'a> {
        due_day(self, self.frame.prepared.any_stage(stage))
    }

    fn over_cases(&self, op: Aggregation, parts: &[CasePart]) -> Value<'a> {
        let members = self.each(parts, |part, belongs, scene, at| {
            let filter = truth_of(part.filter, scene, Truth::True);
            let value = part
                .value
                .filter(|_| !filter.is_false())
                .map(|value| value(scene));
            let counts = Truth::and([belongs.clone(), filter]);
            self.count(at, &counts);
            Counted { counts, value }
        });
        aggregate(op, members)
    }

    fn share(&self, parts: &[CasePart], denominator: &str) -> Value<'a> {
        let portions = self.each(parts, |part, belongs, scene, at| {
            let in_base = truth_of(part.filter, scene, Truth::False);
            let in_part = truth_of(part.value, scene, Truth::False);
            let base = Truth::and([belongs.clone(), in_base]);
            self.count(at, &base);
            Portion {
                base,
                part: in_part,
            }
        });
        let (value, counted) = share(portions);
        self.portions.set(counted);
        self.frame.note_empty_base(&value, denominator);
        value
    }
}
