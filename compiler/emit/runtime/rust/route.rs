//! A case's way along its route: events checked one after another, the stages reached, what is late or left out.
//!
//! In: the case's events in the order they happened. Out: findings per stage, whether each stage was entered, where the case stands then.
//! Always: a guard that is not known leaves both ways open; a case without events has gone nowhere and is blamed for nothing.

use super::case::{Event, Problem};
use super::date::Day;
use super::deadline::{deadline_finding, is_before, is_inclusive, is_past, kept, Timing};
use super::definition::{of_track, Stage, Transition, Waived};
use super::finding::{Finding, Outcome};
use super::messages::{self, of_stage, Message};
use super::read::When;
use super::scene::Scene;
use super::text::Text;
use super::truth::Truth;
use super::value::{Needs, Source};

/// Where a case went.
#[derive(Debug)]
pub struct Walk<'a> {
    /// Findings by stage position, each with the position of the stage at which it is due.
    pub findings: Vec<(usize, usize, Finding<'a>)>,
    /// Whether each stage was entered.
    pub entered: Vec<Truth>,
    /// Where the case stands after its events; none: it has no events.
    pub standing: Option<Vec<Standing>>,
}

/// A place on a route: a stage, or the end that a stage led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Key of the stage.
    pub stage: &'static str,
    /// Whether it has come to an end.
    pub ended: bool,
    /// The result in the notice's words.
    pub result: Option<&'static str>,
}

/// Where the case may be now.
#[derive(Default)]
struct Places {
    /// Stages, each with whether it surely is there, in order of arrival.
    at: Vec<(usize, Truth)>,
    /// Ends to which the last event may have led.
    ends: Vec<Standing>,
}

impl<'a> Walk<'a> {
    /// Of a case.
    pub fn of(scene: &Scene<'a>) -> Self {
        let entered = scene.stages().iter().map(|_| Truth::False).collect();
        let mut walk = Self {
            findings: Vec::new(),
            entered,
            standing: None,
        };
        if scene.stages().is_empty() {
            return walk;
        }
        let events = &scene.case.events;
        let mut places = Places::default();
        scene.arrive(0, &Truth::True, &mut places, &[]);
        for (index, event) in events.iter().enumerate() {
            places = walk.step(scene, places, index, event);
        }
        if !events.is_empty() {
            for (at, truth) in &places.at {
                walk.enter(*at, truth.clone());
            }
            let here = places.at.iter().map(|(at, _)| Standing {
                stage: scene.stages()[*at].key,
                ended: false,
                result: None,
            });
            walk.standing = Some(here.chain(places.ends.iter().copied()).collect());
        }
        if !(scene.in_batch && events.is_empty()) {
            walk.overdue(scene, &places);
        }
        walk.findings.sort_by_key(|(at, _, _)| *at);
        walk
    }

    fn note(&mut self, at: usize, found: Finding<'a>) {
        self.findings.push((at, at, found));
    }

    fn enter(&mut self, at: usize, truth: Truth) {
        let before = std::mem::replace(&mut self.entered[at], Truth::False);
        self.entered[at] = Truth::or([before, truth]);
    }

    /// One event: is it in its place, by the right actor, in time; where does it lead.
    fn step(
        &mut self,
        scene: &Scene<'a>,
        places: Places,
        index: usize,
        event: &'a Event<'a>,
    ) -> Places {
        let stages = scene.stages();
        let path = format!("/events/{index}");
        let Some(at) = event.stage.as_deref().and_then(|key| scene.position(key)) else {
            let first = places.at.first().map_or(0, |(at, _)| *at);
            let mut found = Finding::about_stage(stages[first].ident(), Problem::Unlisted, path);
            let name = event.stage.as_deref().unwrap_or_default();
            found.message = Message::Own(messages::NO_SUCH_STAGE.about_text(name));
            // It has happened: it is not for a later stage to look at.
            self.findings.push((first, 0, found));
            return places;
        };
        let stage = &stages[at];
        self.in_place(stages, &places, at, &path);
        self.enter(at, Truth::True);
        if wrong_actor(scene, stage, event) {
            self.note(
                at,
                Finding::about_stage(stage.ident(), Problem::Actor, path.clone()),
            );
        }
        if stage
            .channel
            .zip(event.channel.as_deref())
            .is_some_and(|(asked, used)| asked != used)
        {
            self.note(
                at,
                Finding::about_stage(stage.ident(), Problem::Channel, path.clone()),
            );
        }
        self.long_enough(scene, at, index, &path);
        let late = self.in_time(scene, at, event, &path);
        if let Some(next) = scene.leads_to(stage, event, late) {
            return next;
        }
        if event.outcome.is_some() {
            self.note(
                at,
                Finding::about_stage(stage.ident(), Problem::Unlisted, path),
            );
        }
        Places {
            at: vec![(at, Truth::True)],
            ends: Vec::new(),
        }
    }

    /// Whether the route had led to this stage; if not, the stages it had led to were skipped.
    fn in_place(&mut self, stages: &'static [Stage], places: &Places, at: usize, path: &str) {
        let of = stages[at].ident();
        match places.at.iter().find(|(place, _)| *place == at) {
            Some((_, Truth::Unknown(needs))) => {
                let mut found = Finding::about_stage(of, Problem::Skipped, path.to_owned());
                let awaited: Vec<&str> = needs.0.iter().map(|need| need.key).collect();
                let words = messages::MAY_BE_SKIPPED.about(of.label);
                found.message = Message::Own(words.then(&awaited.join("、"), &awaited.join(", ")));
                found.result = Outcome::Unknown;
                found.needs = needs.clone();
                self.note(at, found);
            }
            Some((_, Truth::True | Truth::False)) => {}
            None if places.at.is_empty() => {
                let mut found = Finding::about_stage(of, Problem::Extra, path.to_owned());
                found.message = Message::Own(messages::NO_SUCH_STAGE.about(of.label));
                self.note(at, found);
            }
            None => {
                for (skipped, _) in &places.at {
                    let left = stages[*skipped].ident();
                    let mut found = Finding::about_stage(left, Problem::Skipped, path.to_owned());
                    let Text { zh, en } = messages::SKIPPED_FOR.about(left.label);
                    let words = Text::new(
                        zh.replace("{2}", of.label.zh),
                        en.replace("{2}", of.label.en),
                    );
                    found.message = Message::Own(words);
                    // Due at the earlier of the stage left out and the one entered instead, which has happened.
                    self.findings.push((*skipped, at.min(*skipped), found));
                }
            }
        }
    }

    /// Whether a public notice stood as long as it must: from the day the case came to the stage to the day it left, both included.
    fn long_enough(&mut self, scene: &Scene<'a>, at: usize, index: usize, path: &str) {
        let stage = &scene.stages()[at];
        let Some((notice, least)) = stage.notice.and_then(|n| Some((n, n.at_least?))) else {
            return;
        };
        let zone = scene.frame.prepared.zone();
        let day = |event: &Event<'_>| -> Option<Day> {
            match event.at? {
                When::Day(day) => Some(day),
                When::At(moment) => zone.map(|zone| zone.day_of(moment)),
                When::Bad => None,
            }
        };
        let events = &scene.case.events;
        let before = index.checked_sub(1).and_then(|i| day(&events[i]));
        let Some((from, to)) = before.zip(day(&events[index])) else {
            return;
        };
        let prepared = scene.frame.prepared;
        let last = prepared.last_day(from, least);
        let needs = prepared.out_of_reach(least);
        if last.map_or(needs.0.is_empty(), |last| last <= to) {
            return;
        }
        let mut found = Finding::about_stage(stage.ident(), Problem::Short, path.to_owned())
            .addressed_to(stage);
        let words = if last.is_none() {
            found.result = Outcome::Unknown;
            found.needs = needs;
            messages::NOTICE_OPEN
        } else {
            of_stage(Problem::Short)
        };
        let words = words.about(found.of.label);
        let (zh, en) = (
            format!("（{from} 至 {to}）"),
            format!(" (from {from} to {to})"),
        );
        found.message = Message::Own(words.then(&zh, &en));
        if !notice.clauses.is_empty() {
            found.of.clauses = notice.clauses;
        }
        self.note(at, found);
    }

    /// The window and the deadline of a stage; whether the event was surely late.
    fn in_time(&mut self, scene: &Scene<'a>, at: usize, event: &Event<'a>, path: &str) -> bool {
        let stage = &scene.stages()[at];
        let zone = scene.frame.prepared.zone();
        if event.at == Some(When::Bad) {
            self.note(
                at,
                Finding::about_stage(stage.ident(), Problem::Date, path.to_owned()),
            );
        }
        if let Some((open, when)) = stage.open.zip(event.at) {
            if is_before(zone, when, &open(scene)) {
                let found = Finding::about_stage(stage.ident(), Problem::Early, path.to_owned());
                self.note(at, found.addressed_to(stage));
            }
        }
        let Some(due) = stage.due else { return false };
        let due = due(scene);
        let keeps = match event.at {
            Some(When::Bad) | None => Truth::Unknown(Needs::one(stage.key, Source::Other)),
            Some(when) => kept(when, &due, is_inclusive(&scene.frame), zone),
        };
        let late = keeps.is_false();
        let timing = Timing {
            due,
            at: event.at,
            keeps,
        };
        self.note(
            at,
            deadline_finding(&scene.frame, stage, timing, Problem::Late, path.to_owned()),
        );
        late
    }

    /// With a day to look at the case: stages where it should have been done by then.
    fn overdue(&mut self, scene: &Scene<'a>, places: &Places) {
        let Some(on) = scene.on else { return };
        let stages = scene.stages();
        let mut ahead: Vec<usize> = places.at.iter().map(|(at, _)| *at).collect();
        let mut next = 0;
        while let Some(at) = ahead.get(next).copied() {
            next += 1;
            for target in scene.targets(&stages[at]) {
                if !ahead.contains(&target) && self.entered[target].is_false() {
                    ahead.push(target);
                }
            }
        }
        for (index, at) in ahead.into_iter().enumerate() {
            let stage = &stages[at];
            let Some(due) = stage.due else { continue };
            // A stage further on is overdue only where the case itself had to be handed in.
            if index >= places.at.len() && !stage.hands_in {
                continue;
            }
            let due = due(scene);
            if is_past(&scene.frame, on, &due) {
                let timing = Timing {
                    due,
                    at: None,
                    keeps: Truth::False,
                };
                self.note(
                    at,
                    deadline_finding(&scene.frame, stage, timing, Problem::Overdue, ""),
                );
            }
        }
    }
}

impl<'a> Scene<'a> {
    /// Arrives at a stage; one that is passed over (its guard, a waiver) leads on.
    fn arrive(&self, at: usize, truth: &Truth, places: &mut Places, seen: &[usize]) {
        if seen.contains(&at) {
            return;
        }
        let stage = &self.stages()[at];
        let (waived, to) = self.stage_waived(stage);
        let guard = of_track(stage.when, self.track.track.key);
        let guard = guard.map_or(Truth::True, |guard| Truth::from_value(guard(self)));
        let held = Truth::and([guard, waived.negated()]);
        let here = Truth::and([truth.clone(), held.clone()]);
        if !here.is_false() {
            match places.at.iter_mut().find(|(place, _)| *place == at) {
                Some((_, old)) => *old = Truth::or([old.clone(), here]),
                None => places.at.push((at, here)),
            }
        }
        let beyond = Truth::and([truth.clone(), held.negated()]);
        if beyond.is_false() {
            return;
        }
        let seen: Vec<usize> = seen.iter().copied().chain([at]).collect();
        if let Some(to) = to {
            self.arrive(to, &beyond, places, &seen);
            return;
        }
        for transition in stage.transitions {
            self.follow(stage, transition, &beyond, places, &seen);
        }
    }

    /// Goes where a transition leads: to a stage, or to an end.
    fn follow(
        &self,
        stage: &Stage,
        transition: &Transition,
        truth: &Truth,
        places: &mut Places,
        seen: &[usize],
    ) {
        if let Some(target) = self.target(transition) {
            self.arrive(target, truth, places, seen);
            return;
        }
        let end = Standing {
            stage: stage.key,
            ended: true,
            result: transition.status,
        };
        if !places.ends.contains(&end) {
            places.ends.push(end);
        }
    }

    /// Whether a waiver lifts the stage, and where the case goes instead.
    fn stage_waived(&self, stage: &Stage) -> (Truth, Option<usize>) {
        let (mut truths, mut target) = (Vec::new(), None);
        for rule in self.track.track.rules {
            for waived in rule.waives {
                if let Waived::Stage(lifted, to) = waived {
                    if *lifted == stage.key {
                        truths.push(self.waiver(rule.key));
                        target = target.or(to.and_then(|to| self.position(to)));
                    }
                }
            }
        }
        (Truth::or(truths), target)
    }

    /// The position of a transition's stage; none for an end.
    fn target(&self, transition: &Transition) -> Option<usize> {
        transition.to.and_then(|to| self.position(to))
    }

    fn targets(&self, stage: &Stage) -> Vec<usize> {
        stage
            .transitions
            .iter()
            .filter_map(|t| self.target(t))
            .collect()
    }

    /// Where an event leads; none: the stage has no such outcome, or the event names none.
    fn leads_to(&self, stage: &Stage, event: &Event<'_>, late: bool) -> Option<Places> {
        let mut places = Places::default();
        if let (true, Some(transition)) = (late, &stage.late) {
            self.follow(stage, transition, &Truth::True, &mut places, &[]);
            return Some(places);
        }
        let outcome = event.outcome.as_deref()?;
        // Guards of one outcome are disjoint; the last may be `otherwise`.
        let mut before: Option<Vec<Truth>> = None;
        for transition in stage.transitions.iter().filter(|t| t.outcome == outcome) {
            let guard = of_track(transition.when, self.track.track.key);
            let guard = guard.map_or(Truth::True, |guard| Truth::from_value(guard(self)));
            let before = before.get_or_insert_with(Vec::new);
            let others = before.iter().cloned().map(Truth::negated);
            let taken = Truth::and(others.chain([guard.clone()]));
            before.push(guard);
            if !taken.is_false() {
                self.follow(stage, transition, &taken, &mut places, &[]);
            }
        }
        before.map(|_| places)
    }
}

fn wrong_actor(scene: &Scene<'_>, stage: &Stage, event: &Event<'_>) -> bool {
    let actor = scene.frame.prepared.actor(stage.by);
    actor
        .zip(event.by.as_deref())
        .is_some_and(|(actor, by)| !actor.is_called(by))
}
