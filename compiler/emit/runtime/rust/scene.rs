//! One case in the making: the value of every fact, let and rule, each worked out once.
//!
//! In: a prepared programme, a case, the settings of readings, the day it is looked at. Out: values and findings, by asking.
//! Always: nothing is evaluated twice; nothing outside the case is looked at.

use super::case::Case;
use super::date::Moment;
use super::definition::Stage;
use super::prepared::{Prepared, PreparedTrack};
use super::read::When;
use super::readings::Setting;
use super::route::Walk;
use super::rules::Judged;
use super::scope::{Frame, Scope, Subject};
use super::truth::Truth;
use super::value::{Source, Value};
use std::cell::OnceCell;
use std::rc::Rc;

/// A case in the making.
#[derive(Debug)]
pub struct Scene<'a> {
    /// What all scopes have.
    pub frame: Frame<'a>,
    /// The case.
    pub case: &'a Case<'a>,
    /// Its track.
    pub track: &'static PreparedTrack,
    /// The day or moment looked at.
    pub on: Option<When>,
    /// In a batch a case without events is where the batch is, so nothing of it is overdue.
    pub in_batch: bool,
    inputs: Vec<OnceCell<Value<'a>>>,
    relevant: Vec<OnceCell<Truth>>,
    lets: Vec<OnceCell<Value<'a>>>,
    rules: Vec<OnceCell<Rc<Judged<'a>>>>,
    walk: OnceCell<Rc<Walk<'a>>>,
}

/// What a cell holds, worked out the first time it is asked for.
fn once<T: Clone>(cell: Option<&OnceCell<T>>, work: impl FnOnce() -> T) -> T {
    let Some(cell) = cell else { return work() };
    if let Some(known) = cell.get() {
        return known.clone();
    }
    let value = work();
    cell.get_or_init(|| value).clone()
}

fn cells<T>(count: usize) -> Vec<OnceCell<T>> {
    std::iter::repeat_with(OnceCell::new).take(count).collect()
}

impl<'a> Scene<'a> {
    /// A case of which nothing is worked out yet.
    pub fn new(
        prepared: &'static Prepared,
        case: &'a Case<'a>,
        settings: &Rc<[Setting]>,
        on: Option<When>,
        in_batch: bool,
    ) -> Self {
        let track = case.track;
        Self {
            frame: Frame::new(prepared, settings),
            case,
            track,
            on,
            in_batch,
            inputs: cells(track.track.inputs.len()),
            relevant: cells(track.track.inputs.len()),
            lets: cells(track.track.lets.len()),
            rules: cells(track.track.rules.len()),
            walk: OnceCell::new(),
        }
    }

    /// The stages of the case's route.
    pub fn stages(&self) -> &'static [Stage] {
        self.track.stages
    }

    /// The position of a stage in the case's route.
    pub fn position(&self, key: &str) -> Option<usize> {
        self.stages().iter().position(|stage| stage.key == key)
    }

    /// The value of an input by its position in the track.
    pub fn slot_value(&self, slot: usize) -> Value<'a> {
        once(self.inputs.get(slot), || self.work_out_input(slot))
    }

    /// Takes a value for that of an input of which nothing is worked out yet.
    pub fn assume(&self, slot: usize, value: Value<'a>) {
        if let Some(cell) = self.inputs.get(slot) {
            let _ = cell.set(value);
        }
    }

    /// Whether an input is relevant (its guard).
    pub fn relevance(&self, slot: usize) -> Truth {
        let Some(guard) = self.track.track.inputs[slot].when else {
            return Truth::True;
        };
        once(self.relevant.get(slot), || Truth::from_value(guard(self)))
    }

    /// The value of a let by its position in the track.
    pub fn let_value(&self, index: usize) -> Value<'a> {
        let named = &self.track.track.lets[index];
        let subject = Subject {
            key: named.key,
            clauses: named.clauses,
        };
        let work = || self.frame.naming(Some(subject), || (named.value)(self));
        once(self.lets.get(index), work)
    }

    /// The result of a rule by its position in the track.
    pub fn judged(&self, index: usize) -> Rc<Judged<'a>> {
        let rule = &self.track.track.rules[index];
        once(self.rules.get(index), || Rc::new(self.work_out_rule(rule)))
    }

    /// The case's way along its route.
    pub fn walk(&self) -> Rc<Walk<'a>> {
        once(Some(&self.walk), || Rc::new(Walk::of(self)))
    }
}

impl<'a> Scope<'a> for Scene<'a> {
    fn frame(&self) -> &Frame<'a> {
        &self.frame
    }

    fn read(&self, pointer: &str) -> Value<'a> {
        let slot = self.track.slots.get(pointer);
        slot.map_or(Value::None, |slot| self.slot_value(*slot))
    }

    fn is_given(&self, pointer: &str) -> Value<'a> {
        let given = |slot: &usize| self.has_entry(*slot) && !self.relevance(*slot).is_false();
        Value::Bool(self.track.slots.get(pointer).is_some_and(given))
    }

    fn rule(&self, key: &str) -> Value<'a> {
        let index = self.track.rules.get(key);
        index.map_or(Value::None, |index| self.judged(*index).as_operand())
    }

    fn named(&self, key: &str) -> Value<'a> {
        let index = self.track.lets.get(key);
        index.map_or(Value::None, |index| self.let_value(*index))
    }

    fn due(&self, stage: &str) -> Value<'a> {
        let own = self.position(stage).map(|at| &self.stages()[at]);
        let stage = own.or_else(|| self.frame.prepared.any_stage(stage));
        due_day(self, stage)
    }

    fn time(&self, stage: &str) -> Value<'a> {
        let events = self.case.events.iter().rev();
        let at = events
            .into_iter()
            .find(|e| e.stage.as_deref() == Some(stage))
            .and_then(|e| e.at);
        match at {
            Some(When::Day(day)) => Value::Day(day),
            Some(When::At(moment)) => Value::Moment(moment),
            Some(When::Bad) | None => {
                let keys = &self.frame.prepared.stage_keys;
                let key = keys.iter().find(|key| **key == stage);
                Value::awaited(key.copied().unwrap_or_default(), Source::Other)
            }
        }
    }
}

/// The deadline of a stage as a day.
pub fn due_day<'a>(scope: &(dyn Scope<'a> + '_), stage: Option<&Stage>) -> Value<'a> {
    match stage.and_then(|stage| stage.due) {
        Some(due) => as_day(scope.frame().prepared, due(scope)),
        None => Value::silent(),
    }
}

/// A deadline's value as a day: midnight belongs to the day that ends then.
pub fn as_day<'a>(prepared: &Prepared, value: Value<'a>) -> Value<'a> {
    let Value::Moment(moment) = value else {
        return value;
    };
    let day = prepared
        .zone()
        .map(|zone| zone.day_of(Moment(moment.0 - 1)));
    day.map_or_else(Value::silent, Value::Day)
}
