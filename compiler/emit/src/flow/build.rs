//! Stages to nodes and flows.
//!
//! In: a programme's workflows. Out: [`Pool`]s. Always: a stage that may be passed over (its condition, a waiver) has a gateway before it; what a
//! case's data decides is a variable of the process, `outcome` and one a condition, told in words beside it.

use super::{Flow, Kind, Lane, Node, Pool, Timer};
use crate::Plan;
use crate::names::Names;
use crate::prose::Prose;
use prog_base::{DurationUnit, Moment, text};
use prog_model::{ActorId, Deadline, ExprKind, Label, Stage, StageId, Target, Transition, Waived, Workflow};

/// The pools of a programme, one a workflow.
pub fn pools(plan: &Plan<'_>) -> Vec<Pool> {
    let several = plan.programme.workflows.len() > 1;
    let one = |(index, workflow): (usize, &Workflow)| {
        let suffix = if several { format!("_{}", index + 1) } else { String::new() };
        Builder::new(plan, workflow, suffix).pool()
    };
    plan.programme.workflows.iter().enumerate().map(one).collect()
}

struct Builder<'p, 'a> {
    plan: &'p Plan<'a>,
    prose: Prose<'p>,
    workflow: &'p Workflow,
    /// Stages by their names in ids.
    names: Vec<String>,
    suffix: String,
    pool: Pool,
    /// The first node of each stage.
    entries: Vec<usize>,
}

impl<'p, 'a> Builder<'p, 'a> {
    fn new(plan: &'p Plan<'a>, workflow: &'p Workflow, suffix: String) -> Self {
        let prose = Prose::native(plan.programme);
        let mut names = Names::default();
        let names = workflow.stages.iter().map(|stage| names.give(&stage.ident) + &suffix).collect();
        let label = prose.tracks(&workflow.tracks);
        let pool = Pool { id: format!("Process{suffix}"), label, lanes: Vec::new(), nodes: Vec::new(), flows: Vec::new() };
        Self { plan, prose, workflow, names, suffix, pool, entries: Vec::new() }
    }

    fn pool(mut self) -> Pool {
        let stages = &self.workflow.stages;
        let Some(first) = stages.first() else { return self.pool };
        let lane = self.lane(first.by);
        let start = self.node(format!("StartEvent{}", self.suffix), Kind::Start, lane, 0, self.prose.say(text!("开始", "Start")));
        let tasks: Vec<usize> = stages.iter().enumerate().map(|(at, stage)| self.stage(at, stage)).collect();
        self.flow(start, self.entries[0]);
        for (at, stage) in stages.iter().enumerate() {
            self.passed_over(at, stage);
            self.outcomes(at, stage, tasks[at]);
            self.deadline(at, stage, tasks[at]);
        }
        self.joins();
        self.pool
    }

    /// Where several ways lead to a stage, they meet before it.
    fn joins(&mut self) {
        for at in 0..self.entries.len() {
            let entry = self.entries[at];
            if self.pool.flows.iter().filter(|flow| flow.to == entry).count() < 2 {
                continue;
            }
            let lane = self.pool.nodes[entry].lane;
            let join = self.node(format!("Join_{}", self.names[at]), Kind::Join, lane, at, String::new());
            self.pool.flows.iter_mut().filter(|flow| flow.to == entry).for_each(|flow| flow.to = join);
            self.flow(join, entry);
        }
    }

    fn lane(&mut self, by: Option<ActorId>) -> usize {
        let id = by.map_or("Lane_nobody".to_owned(), |by| format!("Lane_{}", by.index() + 1)) + &self.suffix;
        if let Some(known) = self.pool.lanes.iter().position(|lane| lane.id == id) {
            return known;
        }
        let label = by.map_or_else(|| self.prose.say(text!("未写明由谁", "not said by whom")), |by| self.prose.actor(by));
        self.pool.lanes.push(Lane { id, label });
        self.pool.lanes.len() - 1
    }

    fn node(&mut self, id: String, kind: Kind, lane: usize, column: usize, label: String) -> usize {
        self.pool.nodes.push(Node { id, kind, lane, column, label, doc: String::new(), sends: String::new() });
        self.pool.nodes.len() - 1
    }

    /// A flow without condition.
    fn flow(&mut self, from: usize, to: usize) -> usize {
        let id = format!("Flow_{}{}", self.pool.flows.len() + 1, self.suffix);
        self.pool.flows.push(Flow { id, from, to, label: String::new(), doc: String::new(), when: None, default: false });
        self.pool.flows.len() - 1
    }

    /// The nodes of a stage up to its task, which is given.
    fn stage(&mut self, at: usize, stage: &Stage) -> usize {
        let (lane, name) = (self.lane(stage.by), self.names[at].clone());
        let mut chain = Vec::new();
        if self.may_be_passed_over(stage) {
            let label = self.prose.say(text!("经过这一环节？", "through this stage?"));
            chain.push(self.node(format!("Enter_{name}"), Kind::Enter, lane, at, label));
        }
        let open = stage.open.as_ref().and_then(|open| self.moment(open, false));
        // No engine knows which days are worked: a notice of working days stands in the task's words.
        let stood = stage.notice.as_ref().and_then(|notice| notice.at_least).filter(|least| least.unit != DurationUnit::WorkingDays);
        if let Some(open) = open {
            let label = self.prose.say(text!("开始办理", "opens"));
            chain.push(self.node(format!("Open_{name}"), Kind::Wait(Timer::At(open)), lane, at, label));
        }
        if let Some(least) = stood {
            let length = self.prose.duration(least);
            let label = self.prose.say(text!("公示{length}", "notice of {length}"));
            chain.push(self.node(format!("Notice_{name}"), Kind::Wait(Timer::For(least)), lane, at, label));
        }
        let task = self.node(format!("Task_{name}"), Kind::Task, lane, at, self.prose.name(&stage.ident));
        self.pool.nodes[task].doc = self.about(stage);
        self.pool.nodes[task].sends = self.prose.documents(&stage.sends);
        chain.push(task);
        self.entries.push(chain[0]);
        for pair in chain.windows(2) {
            let into = self.flow(pair[0], pair[1]);
            self.pool.flows[into].default = self.pool.nodes[pair[0]].kind == Kind::Enter;
        }
        task
    }

    /// What is done at a stage, by when, under which clauses.
    fn about(&self, stage: &Stage) -> String {
        let mut lines = vec![self.prose.sentence(self.prose.acts(stage))];
        if let Some(open) = stage.open.as_ref().map(|d| self.prose.deadline(d, false)) {
            lines.push(self.prose.say(text!("开始：{open}", "Opens {open}")));
        }
        if let Some(due) = stage.due.as_ref().map(|d| self.prose.deadline(d, true)) {
            lines.push(self.prose.say(text!("截止：{due}", "Due {due}")));
        }
        let clauses = self.prose.listed(self.plan.clauses(&stage.cites).into_iter().map(str::to_owned));
        if !clauses.is_empty() {
            lines.push(self.prose.say(text!("依据：{clauses}", "Under {clauses}")));
        }
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }

    /// The waivers that lift a stage, each with its name and where the case goes instead.
    fn waivers(&self, stage: StageId) -> Vec<(&'p Label, Option<StageId>)> {
        let tracks = self.workflow.tracks.iter().map(|t| self.plan.programme.track(*t));
        let lifts = |waived: &Waived| match waived {
            Waived::Stage { stage: lifted, to } if *lifted == stage => Some(*to),
            Waived::Stage { .. } | Waived::Rule(_) | Waived::Group(_) | Waived::Material(_) => None,
        };
        let rules = tracks.flat_map(|track| &track.rules);
        rules.flat_map(|rule| rule.waives.iter().filter_map(move |w| Some((&rule.ident.label, lifts(w)?)))).collect()
    }

    fn may_be_passed_over(&self, stage: &Stage) -> bool {
        !stage.when.is_empty() || !self.waivers(stage.id).is_empty()
    }

    /// The ways past a stage.
    fn passed_over(&mut self, at: usize, stage: &Stage) {
        if !self.may_be_passed_over(stage) {
            return;
        }
        let (enter, name) = (self.entries[at], self.names[at].clone());
        let waivers = self.waivers(stage.id);
        let sent = waivers.iter().find_map(|(_, to)| *to);
        if !waivers.is_empty() {
            let why = self.prose.any(waivers.iter().map(|(label, _)| self.prose.label(label)));
            let label = self.prose.say(text!("免除：{why}", "waived: {why}"));
            self.beyond(enter, stage, sent, &format!("waived_{name}"), label);
        }
        if let Some((track, guard)) = stage.when.first() {
            let not = self.prose.in_track(*track).holds_not(guard);
            self.beyond(enter, stage, None, &format!("passed_{name}"), not);
        }
    }

    /// From before a stage to where it would have led, or to the stage named; nowhere to go is an end.
    fn beyond(&mut self, enter: usize, stage: &Stage, to: Option<StageId>, variable: &str, label: String) {
        let mut targets: Vec<StageId> = to.into_iter().collect();
        if targets.is_empty() {
            for transition in &stage.transitions {
                match transition.target {
                    // What leads back to it is no way past it.
                    Target::Stage(next) if next != stage.id && !targets.contains(&next) => targets.push(next),
                    Target::Stage(_) | Target::End(_) => {}
                }
            }
        }
        let node = &self.pool.nodes[enter];
        let (lane, column) = (node.lane, node.column);
        if targets.is_empty() {
            let end = self.node(format!("End_{}_{variable}", column + 1), Kind::End, lane, column, label.clone());
            let flow = self.flow(enter, end);
            self.pool.flows[flow] = Flow { when: Some(variable.to_owned()), doc: label.clone(), label, ..self.pool.flows[flow].clone() };
            return;
        }
        let several = targets.len() > 1;
        for target in targets {
            let Some(next) = self.position(target) else { continue };
            let flow = self.flow(enter, self.entries[next]);
            let way = if several { format!("{variable} and next == \"{}\"", self.names[next]) } else { variable.to_owned() };
            self.pool.flows[flow] = Flow { when: Some(way), doc: label.clone(), label: label.clone(), ..self.pool.flows[flow].clone() };
        }
    }

    fn position(&self, stage: StageId) -> Option<usize> {
        self.workflow.stages.iter().position(|s| s.id == stage)
    }

    /// Where a task's outcomes lead.
    fn outcomes(&mut self, at: usize, stage: &Stage, task: usize) {
        let name = self.names[at].clone();
        let (lane, transitions) = (self.pool.nodes[task].lane, &stage.transitions);
        if transitions.is_empty() {
            let end = self.node(format!("End_{name}"), Kind::End, lane, at, String::new());
            self.flow(task, end);
            return;
        }
        let from = match transitions.as_slice() {
            [_] => task,
            _ => {
                let label = self.prose.say(text!("结果？", "outcome?"));
                let gateway = self.node(format!("Leave_{name}"), Kind::Leave, lane, at, label);
                self.flow(task, gateway);
                gateway
            }
        };
        for (index, transition) in transitions.iter().enumerate() {
            let to = self.target(at, lane, transition, &format!("{name}_{}", index + 1));
            let flow = self.flow(from, to);
            let last = index + 1 == transitions.len();
            let when = (!last).then(|| asked(transitions, index, &name));
            let guard = transition.when.as_ref().and_then(|when| when.first());
            let guard = guard.map(|(track, e)| self.prose.in_track(*track).holds(e));
            let doc = match (&guard, transition.otherwise) {
                (Some(guard), _) => self.prose.say(text!("{}，{guard}", "{}, {guard}", transition.outcome)),
                (None, true) => self.prose.say(text!("{}，其余", "{}, otherwise", transition.outcome)),
                (None, false) => transition.outcome.clone(),
            };
            let default = last && transitions.len() > 1;
            // One outcome with several ways on: what tells them apart is part of their names.
            let shared = transitions.iter().filter(|t| t.outcome == transition.outcome).count() > 1;
            let label = if shared { doc.clone() } else { transition.outcome.clone() };
            self.pool.flows[flow] = Flow { label, doc, when, default, ..self.pool.flows[flow].clone() };
        }
    }

    /// The node that a transition leads to.
    fn target(&mut self, at: usize, lane: usize, transition: &Transition, name: &str) -> usize {
        match &transition.target {
            Target::Stage(next) if self.position(*next).is_some() => self.entries[self.position(*next).unwrap_or(at)],
            Target::Stage(_) | Target::End(None) => self.node(format!("End_{name}"), Kind::End, lane, at, transition.outcome.clone()),
            Target::End(Some(status)) => self.node(format!("End_{name}"), Kind::End, lane, at, status.clone()),
        }
    }

    /// The deadline on a task.
    fn deadline(&mut self, at: usize, stage: &Stage, task: usize) {
        let Some(due) = stage.due.as_ref().and_then(|due| self.moment(due, true)) else { return };
        let (lane, name) = (self.pool.nodes[task].lane, self.names[at].clone());
        let words = stage.due.as_ref().map(|due| self.prose.deadline(due, true)).unwrap_or_default();
        let kind = Kind::Due { on: task, at: due, stops: stage.late.is_some() };
        let timer = self.node(format!("Due_{name}"), kind, lane, at, self.prose.say(text!("截止", "due")));
        self.pool.nodes[timer].doc = self.prose.say(text!("截止：{words}", "Due {words}"));
        let to = match &stage.late {
            Some(late) => self.target(at, lane, late, &format!("{name}_late")),
            None => self.node(format!("Overdue_{name}"), Kind::Overdue, lane, at, self.prose.say(text!("逾期", "overdue"))),
        };
        let flow = self.flow(timer, to);
        self.pool.flows[flow].label = self.prose.say(text!("逾期", "late"));
    }

    /// When a day or a moment that is the same for every case falls, of a deadline its end as the reading of 前 has it; `None` for one that is not.
    fn moment(&self, deadline: &Deadline, due: bool) -> Option<Moment> {
        let (Deadline::At(day) | Deadline::Inferred(day)) = deadline else { return None };
        if let ExprKind::Moment(moment) = day.kind {
            return Some(moment);
        }
        let p = self.plan.programme;
        let date = p.fixed_day(day)?;
        let after = due && self.prose.deadline_is_inclusive();
        p.zone.as_ref()?.start_of(if after { date.tomorrow()? } else { date })
    }
}

/// What an engine asks before it takes a transition that is not the last.
fn asked(transitions: &[Transition], index: usize, stage: &str) -> String {
    let transition = &transitions[index];
    let named = |(at, t): (usize, &Transition)| (t.outcome == transition.outcome && t.when.is_some()).then(|| variable(stage, at));
    let mut parts = vec![format!("outcome == {}", quoted(&transition.outcome))];
    parts.extend(transitions.iter().enumerate().take(index).filter_map(named).map(|before| format!("not {before}")));
    if transition.when.is_some() {
        parts.push(variable(stage, index));
    }
    parts.join(" and ")
}

/// The variable that says whether the condition of a transition holds.
fn variable(stage: &str, index: usize) -> String {
    format!("holds_{stage}_{}", index + 1)
}

/// A text as expressions write it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
