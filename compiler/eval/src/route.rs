//! A case's way along its route (semantics 2): events checked one after another, the stages reached, what is late or left out.
//!
//! In: the case's events in the order they happened. Out: findings per stage, whether each stage was entered, where the case stands then.
//! Always: a guard that is not known leaves both ways open; a case without events has gone nowhere and is blamed for nothing.

use crate::case::{Event, Problem, When};
use crate::deadline::{Kept, Timing, kept};
use crate::eval::{out_of_reach, truth};
use crate::messages;
use crate::report::{Finding, FindingKind, FindingStrength, Message, Standing};
use crate::scene::Scene;
use crate::truth::Truth;
use crate::value::{Source, Value};
use prog_base::{Lang, Text, text};
use prog_model::{RuleResult, Stage, Strength, Target, Transition, Waived};
use std::borrow::Cow;

/// Where a case went.
#[derive(Default)]
pub(crate) struct Walk<'a> {
    /// Findings by stage position, each with the position of the stage at which it is due.
    pub findings: Vec<(usize, usize, Finding<'a>)>,
    /// Whether each stage was entered.
    pub entered: Vec<Truth<'a>>,
    /// Where the case stands after its events: more than one place while a guard is not known; without events nothing is said.
    pub standing: Option<Vec<Standing<'a>>>,
}

/// Stages where the case may be now, each with whether it surely is.
type Places<'a> = Vec<(usize, Truth<'a>)>;

impl<'a> Walk<'a> {
    pub(crate) fn of(scene: &mut Scene<'a>) -> Self {
        let stages = scene.stages();
        let mut walk = Self { entered: vec![Truth::False; stages.len()], ..Self::default() };
        if stages.is_empty() {
            return walk;
        }
        let mut places = Places::new();
        scene.arrive(0, Truth::True, &mut places, &mut Vec::new());
        let case = scene.case;
        for (index, event) in case.events.iter().enumerate() {
            places = walk.step(scene, places, index, event);
        }
        if !case.events.is_empty() {
            for (stage, truth) in &places {
                walk.enter(*stage, truth.clone());
            }
            walk.standing = Some(scene.standing(&places));
        }
        if !(scene.in_batch && case.events.is_empty()) {
            scene.overdue(&places, &mut walk);
        }
        walk.findings.sort_by_key(|(stage, _, _)| *stage);
        walk
    }

    fn note(&mut self, stage: usize, finding: Finding<'a>) {
        self.findings.push((stage, stage, finding));
    }

    fn enter(&mut self, stage: usize, truth: Truth<'a>) {
        let before = std::mem::replace(&mut self.entered[stage], Truth::False);
        self.entered[stage] = Truth::or([before, truth]);
    }

    /// One event: is it in its place, by the right actor, in time; where does it lead.
    fn step(&mut self, scene: &mut Scene<'a>, places: Places<'a>, index: usize, event: &'a Event) -> Places<'a> {
        let stages = scene.stages();
        let path = format!("/events/{index}");
        let Some(at) = event.stage.as_ref().and_then(|key| stages.iter().position(|s| s.ident.key == *key)) else {
            let first = places.first().map_or(0, |(stage, _)| *stage);
            let mut finding = stage_finding(&stages[first], Problem::Unlisted, path);
            finding.message = Message::Own(messages::about_text(messages::NO_SUCH_STAGE, event.stage.as_deref().unwrap_or("")));
            // It has happened: it is not for a later stage to look at.
            self.findings.push((first, 0, finding));
            return places;
        };
        let stage = &stages[at];
        self.in_place(stages, &places, at, &path);
        self.enter(at, Truth::True);
        for (problem, wrong) in [(Problem::Actor, scene.wrong_actor(stage, event)), (Problem::Channel, wrong_channel(stage, event))] {
            if wrong {
                self.note(at, stage_finding(stage, problem, path.clone()));
            }
        }
        self.long_enough(scene, at, index, &path);
        let late = self.in_time(scene, at, event, &path);
        match scene.leads_to(stage, event, late) {
            Some(places) => places,
            None => {
                if event.outcome.is_some() {
                    self.note(at, stage_finding(stage, Problem::Unlisted, path));
                }
                vec![(at, Truth::True)]
            }
        }
    }

    /// Whether the route had led to this stage; if not, the stages it had led to were skipped.
    fn in_place(&mut self, stages: &'a [Stage], places: &Places<'a>, at: usize, path: &str) {
        match places.iter().find(|(stage, _)| *stage == at) {
            Some((_, Truth::Unknown(needs))) => {
                let mut finding = stage_finding(&stages[at], Problem::Skipped, path.to_owned());
                (finding.result, finding.needs) = (RuleResult::Unknown, needs.clone());
                let awaited: Vec<&str> = needs.0.iter().map(|n| n.key).collect();
                let Text { zh, en } = messages::about(messages::MAY_BE_SKIPPED, &stages[at].ident.label);
                finding.message = Message::Own(Text { zh: zh + &awaited.join("、"), en: en + &awaited.join(", ") });
                self.note(at, finding);
            }
            Some(_) => {}
            None if places.is_empty() => {
                let mut finding = stage_finding(&stages[at], Problem::Extra, path.to_owned());
                finding.message = Message::Own(messages::about(messages::NO_SUCH_STAGE, &stages[at].ident.label));
                self.note(at, finding);
            }
            None => {
                for (skipped, _) in places {
                    let mut finding = stage_finding(&stages[*skipped], Problem::Skipped, path.to_owned());
                    let Text { zh, en } = messages::about(messages::SKIPPED_FOR, &stages[*skipped].ident.label);
                    let there = &stages[at].ident.label;
                    let there = Text { zh: there.get(Lang::Zh).to_owned(), en: there.get(Lang::En).to_owned() };
                    finding.message = Message::Own(Text { zh: zh.replace("{2}", &there.zh), en: en.replace("{2}", &there.en) });
                    // Due at the earlier of the stage left out and the one entered instead, which has happened.
                    self.findings.push((*skipped, at.min(*skipped), finding));
                }
            }
        }
    }

    /// Whether a public notice stood as long as it must: from the day the case came to the stage to the day it left, both included.
    fn long_enough(&mut self, scene: &Scene<'a>, at: usize, index: usize, path: &str) {
        let stage = &scene.stages()[at];
        let Some(least) = stage.notice.as_ref().and_then(|n| n.at_least) else { return };
        let day = |event: &Event| match event.at? {
            When::Day(day) => Some(day),
            When::At(moment) => scene.prepared.programme.zone.as_ref()?.day_of(moment),
            When::Bad => None,
        };
        let events = &scene.case.events;
        let (Some(from), Some(to)) = (index.checked_sub(1).and_then(|i| day(&events[i])), day(&events[index])) else { return };
        let programme = scene.prepared.programme;
        let last = programme.last_day(from, least);
        let needs = out_of_reach(programme, least);
        if last.map_or(needs.0.is_empty(), |last| last <= to) {
            return;
        }
        let mut finding = stage_finding(stage, Problem::Short, path.to_owned());
        scene.address(&mut finding, stage);
        let words = match last {
            Some(_) => messages::stage(Problem::Short),
            None => {
                (finding.result, finding.needs) = (RuleResult::Unknown, needs);
                messages::NOTICE_OPEN
            }
        };
        let Text { zh, en } = messages::about(words, &stage.ident.label);
        let numbers = text!("（{from} 至 {to}）", " (from {from} to {to})");
        finding.message = Message::Own(Text { zh: zh + &numbers.zh, en: en + &numbers.en });
        if let Some(notice) = stage.notice.as_ref().filter(|n| !n.cites.is_empty()) {
            finding.cites = &notice.cites;
        }
        self.note(at, finding);
    }

    /// The window and the deadline of a stage; whether the event was surely late.
    fn in_time(&mut self, scene: &mut Scene<'a>, at: usize, event: &Event, path: &str) -> bool {
        let stage = &scene.stages()[at];
        if event.at == Some(When::Bad) {
            self.note(at, stage_finding(stage, Problem::Date, path.to_owned()));
        }
        if let (Some(open), Some(when)) = (&stage.open, event.at) {
            let open = scene.deadline(open);
            if scene.is_before(when, &open) {
                let mut finding = stage_finding(stage, Problem::Early, path.to_owned());
                scene.address(&mut finding, stage);
                self.note(at, finding);
            }
        }
        let Some(due) = &stage.due else { return false };
        let due = scene.deadline(due);
        let kept = match event.at {
            Some(When::Bad) | None => Kept::Unknown(Value::awaited(&stage.ident.key, Source::Other)),
            Some(when) => kept(when, &due, scene.inclusive(), scene.prepared.programme.zone.as_ref()),
        };
        let late = kept == Kept::No;
        let timing = Timing { due, at: event.at, kept };
        let finding = scene.deadline_finding(stage, timing, Problem::Late, path.to_owned());
        self.note(at, finding);
        late
    }
}

impl<'a> Scene<'a> {
    /// Arrives at a stage; one that is passed over (its guard, a waiver) leads on.
    fn arrive(&mut self, at: usize, truth: Truth<'a>, places: &mut Places<'a>, seen: &mut Vec<usize>) {
        if seen.contains(&at) {
            return;
        }
        seen.push(at);
        let stage = &self.stages()[at];
        let (waived, to) = self.stage_waived(stage);
        let held = Truth::and([self.stage_guard(stage), waived.not()]);
        let here = Truth::and([truth.clone(), held.clone()]);
        if !here.is_false() {
            add_place(places, at, here);
        }
        let beyond = Truth::and([truth, held.not()]);
        if !beyond.is_false() {
            match to {
                Some(target) => self.arrive(target, beyond, places, seen),
                None => stage.transitions.iter().for_each(|t| self.go(at, t, beyond.clone(), places, seen)),
            }
        }
        seen.pop();
    }

    /// Goes where a transition leads: to a stage, or to an end.
    fn go(&mut self, from: usize, transition: &'a Transition, truth: Truth<'a>, places: &mut Places<'a>, seen: &mut Vec<usize>) {
        match (self.target(transition), &transition.target) {
            (Some(to), _) => self.arrive(to, truth, places, seen),
            (None, Target::End(result)) => {
                let end = (from, result.as_deref());
                if !self.ends.contains(&end) {
                    self.ends.push(end);
                }
            }
            (None, Target::Stage(_)) => {}
        }
    }

    /// The stages at which the case may be, and the ends to which it may have come.
    fn standing(&self, places: &Places<'a>) -> Vec<Standing<'a>> {
        let key = |at: usize| self.stages()[at].ident.key.as_str();
        let here = places.iter().map(|(at, _)| Standing { stage: key(*at), ended: false, result: None });
        here.chain(self.ends.iter().map(|(at, result)| Standing { stage: key(*at), ended: true, result: *result })).collect()
    }

    fn stage_guard(&mut self, stage: &'a Stage) -> Truth<'a> {
        let guard = stage.when.iter().find(|(track, _)| *track == self.id);
        guard.map_or(Truth::True, |(_, e)| truth(self, e))
    }

    /// Whether a waiver lifts the stage, and where the case goes instead.
    fn stage_waived(&mut self, stage: &'a Stage) -> (Truth<'a>, Option<usize>) {
        let (mut truths, mut target) = (Vec::new(), None);
        let track = self.track;
        for (index, rule) in track.rules.iter().enumerate() {
            for waived in &rule.waives {
                if let Waived::Stage { stage: lifted, to } = waived
                    && *lifted == stage.id
                {
                    truths.push(self.waiver(prog_model::RuleId(index as u32)));
                    target = target.or(to.and_then(|to| self.stages().iter().position(|s| s.id == to)));
                }
            }
        }
        (Truth::or(truths), target)
    }

    fn target(&self, transition: &Transition) -> Option<usize> {
        match &transition.target {
            Target::Stage(id) => self.stages().iter().position(|s| s.id == *id),
            Target::End(_) => None,
        }
    }

    /// Where an event leads; `None`: the stage has no such outcome, or the event names none.
    fn leads_to(&mut self, stage: &'a Stage, event: &Event, late: bool) -> Option<Places<'a>> {
        let mut places = Places::new();
        self.ends.clear();
        let from = self.stages().iter().position(|s| s.id == stage.id)?;
        if let (true, Some(transition)) = (late, &stage.late) {
            self.taken.push(transition.span);
            self.go(from, transition, Truth::True, &mut places, &mut Vec::new());
            return Some(places);
        }
        let outcome = event.outcome.as_ref()?;
        let named: Vec<&'a Transition> = stage.transitions.iter().filter(|t| t.outcome == *outcome).collect();
        if named.is_empty() {
            return None;
        }
        // Guards of one outcome are disjoint; the last may be `otherwise`.
        let mut before: Vec<Truth<'a>> = Vec::new();
        for transition in named {
            let guard = match &transition.when {
                Some(per_track) => {
                    let guard = per_track.iter().find(|(track, _)| *track == self.id);
                    guard.map_or(Truth::True, |(_, e)| truth(self, e))
                }
                None => Truth::True,
            };
            let taken = Truth::and(before.iter().cloned().map(Truth::not).chain([guard.clone()]));
            before.push(guard);
            if !taken.is_false() {
                self.taken.push(transition.span);
            }
            if !taken.is_false() {
                self.go(from, transition, taken, &mut places, &mut Vec::new());
            }
        }
        Some(places)
    }

    /// With a day to look at the case: stages where it should have been done by then.
    fn overdue(&mut self, places: &Places<'a>, walk: &mut Walk<'a>) {
        let Some(on) = self.on else { return };
        let stages = self.stages();
        let mut ahead: Vec<usize> = places.iter().map(|(stage, _)| *stage).collect();
        let mut next = 0;
        while let Some(at) = ahead.get(next).copied() {
            next += 1;
            for target in stages[at].transitions.iter().filter_map(|t| self.target(t)).collect::<Vec<_>>() {
                if !ahead.contains(&target) && walk.entered[target].is_false() {
                    ahead.push(target);
                }
            }
        }
        for (index, at) in ahead.into_iter().enumerate() {
            let stage = &stages[at];
            let here = index < places.len();
            let Some(due) = &stage.due else { continue };
            // A stage further on is overdue only where the case itself had to be handed in.
            if !here && !stage.hands_in {
                continue;
            }
            let due = self.deadline(due);
            if self.is_past(on, &due) {
                let timing = Timing { due, at: None, kept: Kept::No };
                let finding = self.deadline_finding(stage, timing, Problem::Overdue, String::new());
                walk.note(at, finding);
            }
        }
    }

    fn wrong_actor(&self, stage: &Stage, event: &Event) -> bool {
        let (Some(by), Some(given)) = (stage.by, &event.by) else { return false };
        let actor = &self.prepared.programme.actors[by.index()].ident;
        *given != actor.key && *given != actor.name
    }
}

fn wrong_channel(stage: &Stage, event: &Event) -> bool {
    matches!((&stage.channel, &event.channel), (Some(asked), Some(used)) if asked != used)
}

/// Adds a place; the same place by two ways is there if either holds.
fn add_place<'a>(places: &mut Places<'a>, at: usize, truth: Truth<'a>) {
    match places.iter_mut().find(|(stage, _)| *stage == at) {
        Some((_, old)) => *old = Truth::or([old.clone(), truth]),
        None => places.push((at, truth)),
    }
}

/// A step that was not as the route asks: returned.
pub(crate) fn stage_finding<'a>(stage: &'a Stage, problem: Problem, path: String) -> Finding<'a> {
    let strength = FindingStrength::Rule(Strength::Complete);
    let mut finding = Finding::new(FindingKind::Stage, &stage.ident, &stage.cites, strength, RuleResult::Unmet);
    finding.message = Message::Own(messages::about(messages::stage(problem), &stage.ident.label));
    finding.problem = Some(problem);
    finding.path = Cow::Owned(path);
    finding
}
