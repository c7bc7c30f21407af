//! One case in the making: the value of every fact, let and rule, each worked out once.
//!
//! In: a prepared programme, a case, the settings of readings, options. Out: values and findings, by asking.
//! Always: nothing is evaluated twice; nothing outside the case is looked at.

use crate::case::Case;
use crate::eval::{Frame, Scope, Subject, data_value, day_of_deadline, eval, truth};
use crate::options::On;
use crate::prepared::Prepared;
use crate::readings::Setting;
use crate::report::Finding;
use crate::route::Walk;
use crate::rules::Judged;
use crate::truth::Truth;
use crate::value::{Needs, Source, Value};
use prog_base::Span;
use prog_model::{
    Aggregation, CaseMember, Deadline, Expr, Input, InputId, LetId, Origin, Programme, RuleId, ShareMember, Stage, StageId, Track, TrackId,
};
use std::rc::Rc;

/// A case in the making.
pub(crate) struct Scene<'a> {
    pub prepared: &'a Prepared<'a>,
    pub case: &'a Case,
    pub id: TrackId,
    pub track: &'a Track,
    pub settings: Rc<[Setting]>,
    pub on: Option<On>,
    /// In a batch a case without events is where the batch is, so nothing of it is overdue.
    pub in_batch: bool,
    pub frame: Frame<'a>,
    /// Places of the transitions that the case's events have taken.
    pub taken: Vec<Span>,
    /// Ends to which the last event may have led: the stage left, and the result.
    pub ends: Vec<(usize, Option<&'a str>)>,
    inputs: Memo<Value<'a>>,
    relevant: Memo<Truth<'a>>,
    lets: Memo<Value<'a>>,
    rules: Memo<Judged<'a>>,
    walk: Option<Walk<'a>>,
}

/// What was worked out, by position; no longer than it was asked for.
struct Memo<T>(Vec<Option<T>>);

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Memo<T> {
    fn kept(&self, at: usize) -> Option<&T> {
        self.0.get(at)?.as_ref()
    }

    fn keep(&mut self, at: usize, value: T) {
        if self.0.len() <= at {
            self.0.resize_with(at + 1, || None);
        }
        self.0[at] = Some(value);
    }
}

impl<'a> Scene<'a> {
    /// A case of which nothing is worked out yet.
    pub(crate) fn new(prepared: &'a Prepared<'a>, case: &'a Case, settings: Rc<[Setting]>, on: Option<On>) -> Self {
        let id = case.track.0;
        let track = prepared.programme.track(id);
        let mut lets = Memo::default();
        for (at, data) in &case.assumed {
            lets.keep(*at, data_value(data, &track.lets[*at].ident.key, Source::Other, false, (None, None)));
        }
        Self {
            prepared,
            case,
            id,
            track,
            settings,
            on,
            in_batch: false,
            frame: Frame::default(),
            taken: Vec::new(),
            ends: Vec::new(),
            inputs: Memo::default(),
            relevant: Memo::default(),
            lets,
            rules: Memo::default(),
            walk: None,
        }
    }

    /// Takes a value for an input that has no entry.
    pub(crate) fn assume(&mut self, slot: usize, value: Value<'a>) {
        self.inputs.keep(slot, value);
    }

    /// The stages of the case's route.
    pub(crate) fn stages(&self) -> &'a [Stage] {
        self.prepared.programme.route(self.id).map(|r| r.stages.as_slice()).unwrap_or_default()
    }

    /// Evaluates with a declaration named in notes.
    pub(crate) fn about<T>(&mut self, subject: Subject<'a>, work: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.frame.subject.replace(subject);
        let result = work(self);
        self.frame.subject = outer;
        result
    }

    /// The value of an input by its position in the track.
    pub(crate) fn slot_value(&mut self, slot: usize) -> Value<'a> {
        if let Some(value) = self.inputs.kept(slot) {
            return value.clone();
        }
        let value = self.work_out_input(slot);
        // What is read as it was entered is read again as fast; a million cases are lighter for it.
        if !is_plain(self.input_at(slot)) {
            self.inputs.keep(slot, value.clone());
        }
        value
    }

    /// Whether an input is relevant (its guard).
    pub(crate) fn relevance(&mut self, slot: usize) -> Truth<'a> {
        if let Some(truth) = self.relevant.kept(slot) {
            return truth.clone();
        }
        let Some(guard) = &self.input_at(slot).when else { return Truth::True };
        let truth = truth(self, guard);
        self.relevant.keep(slot, truth.clone());
        truth
    }

    /// The value of a let by its position in the track.
    pub(crate) fn let_value(&mut self, index: usize) -> Value<'a> {
        if let Some(value) = self.lets.kept(index) {
            return value.clone();
        }
        let named = &self.track.lets[index];
        let subject = Subject { key: &named.ident.key, cites: &named.cites };
        let value = self.about(subject, |scene| eval(scene, &named.value));
        self.lets.keep(index, value.clone());
        value
    }

    /// The result of a rule.
    pub(crate) fn judged(&mut self, id: RuleId) -> &Judged<'a> {
        if self.rules.kept(id.index()).is_none() {
            let judged = self.work_out_rule(id);
            self.rules.keep(id.index(), judged);
        }
        // Filled just above.
        self.rules.0[id.index()].get_or_insert_with(Judged::unknown)
    }

    /// The case's way along its route.
    pub(crate) fn walk(&mut self) -> &Walk<'a> {
        if self.walk.is_none() {
            let walk = Walk::of(self);
            self.walk = Some(walk);
        }
        self.walk.get_or_insert_with(Walk::default)
    }

    /// The findings of the walk for one stage, each with the position of the stage at which it is due.
    pub(crate) fn stage_findings(&mut self, stage: usize) -> Vec<(usize, Finding<'a>)> {
        self.walk().findings.iter().filter(|(at, _, _)| *at == stage).map(|(_, due, f)| (*due, f.clone())).collect()
    }

    /// A deadline or window start as written: a day, a moment, or unknown where the notice leaves it open.
    pub(crate) fn deadline(&mut self, deadline: &'a Deadline) -> Value<'a> {
        match deadline {
            Deadline::At(e) | Deadline::Inferred(e) => eval(self, e),
            Deadline::Unknown(_) | Deadline::Absent => Value::unknown(Needs::notice()),
        }
    }
}

impl<'a> Scope<'a> for Scene<'a> {
    fn programme(&self) -> &'a Programme {
        self.prepared.programme
    }

    fn frame(&mut self) -> &mut Frame<'a> {
        &mut self.frame
    }

    fn setting(&self, reading: usize) -> &Setting {
        &self.settings[reading]
    }

    fn input(&mut self, id: InputId) -> Value<'a> {
        match self.prepared.slot(self.id, id) {
            Some(slot) => self.slot_value(slot),
            None => Value::None,
        }
    }

    fn is_given(&mut self, id: InputId) -> bool {
        self.prepared.slot(self.id, id).is_some_and(|slot| self.has_entry(slot) && !self.relevance(slot).is_false())
    }

    fn rule(&mut self, id: RuleId) -> Value<'a> {
        self.judged(id).as_operand()
    }

    fn named(&mut self, id: LetId) -> Value<'a> {
        self.let_value(id.index())
    }

    fn named_expr(&self, id: LetId) -> Option<&'a Expr> {
        self.track.lets.get(id.index()).map(|l| &l.value)
    }

    fn due(&mut self, stage: StageId) -> Value<'a> {
        let found = self.stages().iter().find(|s| s.id == stage).or_else(|| any_stage(self.programme(), stage));
        let Some(due) = found.and_then(|s| s.due.as_ref()) else { return Value::unknown(Needs::notice()) };
        let value = self.deadline(due);
        as_day(self.programme(), value)
    }

    fn time(&mut self, stage: StageId) -> Value<'a> {
        let key = &self.programme().stages[stage.index()].key;
        let event = self.case.events.iter().rev().find(|e| e.stage.as_deref() == Some(key.as_str()));
        match event.and_then(|e| e.at) {
            Some(crate::case::When::Day(day)) => Value::Date(day),
            Some(crate::case::When::At(moment)) => Value::Moment(moment),
            Some(crate::case::When::Bad) | None => Value::awaited(key, Source::Other),
        }
    }

    fn over_cases(&mut self, _op: Aggregation, _members: &'a [CaseMember]) -> Value<'a> {
        Value::None
    }

    fn share(&mut self, _members: &'a [ShareMember]) -> Value<'a> {
        Value::None
    }
}

/// Whether its value is what was entered, and nothing has to be worked out for it.
fn is_plain(input: &Input) -> bool {
    let entered = matches!(input.origin, Origin::Entered | Origin::Attested { .. } | Origin::Judged { .. });
    entered && input.when.is_none() && input.field.limits.is_empty()
}

/// A stage of any route.
pub(crate) fn any_stage(p: &Programme, id: StageId) -> Option<&Stage> {
    p.workflows.iter().flat_map(|w| &w.stages).find(|s| s.id == id)
}

/// A deadline's value as a day.
pub(crate) fn as_day<'a>(p: &Programme, value: Value<'a>) -> Value<'a> {
    match value {
        Value::Moment(moment) => match day_of_deadline(p.zone.as_ref(), moment) {
            Some(day) => Value::Date(day),
            None => Value::unknown(Needs::notice()),
        },
        other => other,
    }
}
