//! The ways of a route, as the cases of one track go them.
//!
//! In: a workflow. Out: from each stage where it leads and on what condition, and every simple path from the beginning.
//! Always: a way or path whose conditions can't hold together is none; a path comes to no stage twice.

use crate::check::prove::{Answer, together};
use crate::lower::Lower;
use crate::{Citation, Expr, Programme, Stage, Target, TrackId, Transition, Waived, Workflow};
use prog_base::Text;

/// Conditions, each taken as true or false.
pub(super) type Conditions<'a> = Vec<(&'a Expr, bool)>;

/// A way on from a stage.
pub(super) struct Way<'a> {
    /// The stage, by position.
    pub from: usize,
    /// The stage that it leads to; `None`: the case ends.
    pub to: Option<usize>,
    /// As written; `None`: a waiver says where the case goes.
    pub transition: Option<&'a Transition>,
    /// The stage is passed over.
    pub past: bool,
    /// When it is gone.
    pub when: Conditions<'a>,
}

/// The route of one track, or of no track in particular.
pub(super) struct Route<'a> {
    /// The workflow.
    pub workflow: &'a Workflow,
    /// The track.
    pub track: Option<TrackId>,
    /// All ways, in source order.
    pub ways: Vec<Way<'a>>,
    lower: &'a Lower<'a>,
}

/// A path from the beginning to a stage at which somebody acts.
pub(super) struct Path<'p, 'a> {
    /// The ways gone.
    pub ways: &'p [&'p Way<'a>],
    /// The stage that it comes to.
    pub at: usize,
}

/// So many steps are tried; beyond, nothing is said.
const STEPS: usize = 4_000;

impl<'a> Route<'a> {
    /// The routes of a workflow, one a track.
    pub(super) fn all(lower: &'a Lower<'a>) -> Vec<Self> {
        let of = |workflow: &'a Workflow| {
            let tracks: Vec<TrackId> = (0..lower.p.tracks.len()).map(|t| TrackId(t as u32)).collect();
            let routed = |t: &TrackId| lower.p.route(*t).is_some_and(|w| std::ptr::eq(w, workflow));
            let mut routed: Vec<Option<TrackId>> = tracks.into_iter().filter(routed).map(Some).collect();
            if routed.is_empty() {
                routed.push(None);
            }
            routed.into_iter().map(move |track| Self::of(lower, workflow, track))
        };
        lower.p.workflows.iter().filter(|w| !w.stages.is_empty()).flat_map(of).collect()
    }

    fn of(lower: &'a Lower<'a>, workflow: &'a Workflow, track: Option<TrackId>) -> Self {
        let mut route = Self { workflow, track, ways: Vec::new(), lower };
        for at in 0..workflow.stages.len() {
            route.on(at);
            route.past(at);
        }
        route.ways.retain(|way| way.when.is_empty() || together(lower, &way.when) != Answer::Impossible);
        route
    }

    /// Where the outcomes of a stage lead.
    fn on(&mut self, at: usize) {
        let stage = &self.workflow.stages[at];
        let entered: Conditions<'a> = self.guard(&stage.when).map(|e| (e, true)).into_iter().collect();
        for (index, transition) in stage.transitions.iter().chain(&stage.late).enumerate() {
            let mut when = entered.clone();
            let before = stage.transitions[..index.min(stage.transitions.len())].iter().filter(|t| t.outcome == transition.outcome);
            when.extend(before.filter_map(|t| self.condition(t)).map(|e| (e, false)));
            when.extend(self.condition(transition).map(|e| (e, true)));
            self.ways.push(Way { from: at, to: self.target(transition), transition: Some(transition), past: false, when });
        }
    }

    /// Where a stage leads that is passed over: by its own condition, or by a waiver.
    fn past(&mut self, at: usize) {
        let stage = &self.workflow.stages[at];
        let rules = self.track.map(|t| self.lower.p.track(t).rules.as_slice()).unwrap_or_default();
        let lifted = rules.iter().flat_map(|r| &r.waives).filter_map(|w| match w {
            Waived::Stage { stage: lifted, to } if *lifted == stage.id => *to,
            Waived::Stage { .. } | Waived::Rule(_) | Waived::Group(_) | Waived::Material(_) => None,
        });
        let lifted: Vec<usize> = lifted.filter_map(|to| self.workflow.stages.iter().position(|s| s.id == to)).collect();
        self.ways.extend(lifted.into_iter().map(|to| Way { from: at, to: Some(to), transition: None, past: true, when: Vec::new() }));
        if let Some(guard) = self.guard(&stage.when) {
            for transition in &stage.transitions {
                let to = self.target(transition);
                self.ways.push(Way { from: at, to, transition: Some(transition), past: true, when: vec![(guard, false)] });
            }
        }
    }

    /// What a condition says of this track.
    fn guard(&self, when: &'a [(TrackId, Expr)]) -> Option<&'a Expr> {
        when.iter().find(|(track, _)| Some(*track) == self.track).map(|(_, e)| e)
    }

    /// The condition of a transition.
    pub(super) fn condition(&self, transition: &'a Transition) -> Option<&'a Expr> {
        transition.when.as_ref().and_then(|when| self.guard(when))
    }

    /// The condition of a stage.
    pub(super) fn entered(&self, stage: &'a Stage) -> Option<&'a Expr> {
        self.guard(&stage.when)
    }

    fn target(&self, transition: &Transition) -> Option<usize> {
        match &transition.target {
            Target::Stage(id) => self.workflow.stages.iter().position(|s| s.id == *id),
            Target::End(_) => None,
        }
    }

    /// The ways on from a stage.
    pub(super) fn leaving(&self, at: usize) -> impl Iterator<Item = &Way<'a>> {
        self.ways.iter().filter(move |way| way.from == at)
    }

    /// Shows every simple path to each stage; whether all could be tried.
    pub(super) fn paths(&self, see: &mut dyn FnMut(&Path<'_, 'a>)) -> bool {
        let mut left = STEPS;
        self.step(0, &mut Vec::new(), &Vec::new(), &mut left, see);
        left > 0
    }

    fn step<'p>(
        &'p self,
        at: usize,
        ways: &mut Vec<&'p Way<'a>>,
        when: &Conditions<'a>,
        left: &mut usize,
        see: &mut dyn FnMut(&Path<'_, 'a>),
    ) {
        if *left == 0 {
            return;
        }
        *left -= 1;
        let acts: Conditions<'a> = when.iter().copied().chain(self.entered(&self.workflow.stages[at]).map(|e| (e, true))).collect();
        if acts.is_empty() || together(self.lower, &acts) != Answer::Impossible {
            see(&Path { ways, at });
        }
        for way in self.leaving(at) {
            let Some(to) = way.to.filter(|to| *to != at && ways.iter().all(|w| w.from != *to)) else { continue };
            let after: Conditions<'a> = when.iter().chain(&way.when).copied().collect();
            if after.len() > when.len() && together(self.lower, &after) == Answer::Impossible {
                continue;
            }
            ways.push(way);
            self.step(to, ways, &after, left, see);
            ways.pop();
        }
    }

    /// `填报（提交）→ 市级审核（同意）→ 市级公示`.
    pub(super) fn in_words(&self, ways: &[&Way<'a>], to: Option<usize>) -> Text {
        let mut steps: Vec<Text> = ways.iter().map(|way| self.way_in_words(way)).collect();
        steps.extend(to.map(|to| Text::same(self.name(to))));
        Text::joined(steps, &Text { zh: "→ ".to_owned(), en: " -> ".to_owned() })
    }

    fn way_in_words(&self, way: &Way<'a>) -> Text {
        let name = self.name(way.from);
        match way.transition {
            _passed if way.past => prog_base::text!("{name}（略过）", "{name} (passed over)"),
            Some(t) if t.outcome.is_empty() => prog_base::text!("{name}（逾期）", "{name} (late)"),
            Some(t) => prog_base::text!("{name}（{o}）", "{name} ({o})", o = t.outcome),
            None => Text::same(name),
        }
    }

    /// A stage by its name.
    pub(super) fn name(&self, at: usize) -> &'a str {
        &self.workflow.stages[at].ident.name
    }
}

/// Clauses as they are cited, before or after a name: ` [程序(一), 要求(五)]`.
pub(super) fn cited(p: &Programme, cites: &[Citation]) -> String {
    let mut addresses: Vec<&str> = cites.iter().map(|c| p.clauses[c.clause.index()].address.as_str()).collect();
    addresses.dedup();
    if addresses.is_empty() { String::new() } else { format!(" [{}]", addresses.join(", ")) }
}
