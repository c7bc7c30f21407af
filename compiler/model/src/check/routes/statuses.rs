//! Stages, days and outcomes that are spoken of are there for the cases that they are spoken of.
//!
//! In: rules and materials with a stage, `due(STAGE)`, `time(STAGE)`, events of scenarios. Out: what no case ever has.
//! Always: a stage of another route is no stage of this one; a scenario that expects a finding on a stage may do wrong there.

use super::ways::Route;
use crate::lower::Lower;
use crate::{ExpectationKind, Expr, ExprKind, Origin, Programme, Stage, StageId, Test, Track};
use prog_base::{Diagnostic, Span, Text, codes, text};

/// Checks all routes.
pub(super) fn check(lower: &Lower<'_>, routes: &[Route<'_>], out: &mut Vec<Diagnostic>) {
    let p = &lower.p;
    for (route, track) in routes.iter().filter_map(|r| Some((r, p.track(r.track?)))) {
        let asked = Asked { p, stages: &route.workflow.stages, route: route.workflow.span };
        for rule in &track.rules {
            asked.stage(rule.due, rule.ident.span, out);
        }
        for e in exprs(track, p) {
            e.visit(&mut |e| asked.day(e, out));
        }
    }
    for material in p.materials.iter().filter(|m| !m.tracks.is_empty() && m.tracks.iter().all(|t| p.route(*t).is_some())) {
        let passed = |id: StageId| material.tracks.iter().any(|t| p.stage(*t, id).is_some());
        if let Some(id) = material.at.filter(|id| !passed(*id)) {
            out.push(elsewhere(p, id, material.ident.span));
        }
    }
}

/// Every expression of a track that may speak of stages.
fn exprs<'a>(track: &'a Track, p: &'a Programme) -> Vec<&'a Expr> {
    let mut all: Vec<&Expr> = track.lets.iter().map(|l| &l.value).collect();
    for rule in &track.rules {
        all.extend(rule.each.iter().chain(&rule.when).chain(&rule.unless));
        of_test(&rule.test, &mut all);
    }
    for input in track.inputs.iter().map(|i| p.input(*i)) {
        all.extend(&input.when);
        match &input.origin {
            Origin::External { as_of: Some(e), .. } | Origin::Computed(e) => all.push(e),
            Origin::External { as_of: None, .. } | Origin::Entered | Origin::Attested { .. } | Origin::Judged { .. } => {}
        }
    }
    all
}

fn of_test<'a>(test: &'a Test, all: &mut Vec<&'a Expr>) {
    match test {
        Test::Expr(e) => all.push(e),
        Test::External { as_of: Some(e), .. } => all.push(e),
        Test::Threshold { members, .. } => {
            for member in members {
                all.extend(&member.when);
                of_test(&member.test, all);
            }
        }
        Test::Bad | Test::Judged { .. } | Test::Attested { .. } | Test::External { as_of: None, .. } => {}
    }
}

struct Asked<'a> {
    p: &'a Programme,
    stages: &'a [Stage],
    route: Span,
}

impl Asked<'_> {
    /// A stage that something is said to stand at.
    fn stage(&self, stage: Option<StageId>, span: Span, out: &mut Vec<Diagnostic>) {
        if let Some(id) = stage.filter(|id| self.stages.iter().all(|s| s.id != *id)) {
            out.push(elsewhere(self.p, id, span).label(self.route, text!("它的流程", "its route")));
        }
    }

    /// The deadline or the time of a stage.
    fn day(&self, e: &Expr, out: &mut Vec<Diagnostic>) {
        let (id, due) = match &e.kind {
            ExprKind::Due(id) => (*id, true),
            ExprKind::Time(id) => (*id, false),
            _other => return,
        };
        let all = self.p.workflows.iter().flat_map(|w| &w.stages);
        let fits = |s: &&Stage| s.id == id && (!due || s.due.is_some());
        let known = if due { all.clone().any(|s| fits(&s)) } else { self.stages.iter().any(|s| s.id == id) };
        if known {
            return;
        }
        let stage = &self.p.stages[id.index()];
        let name = &stage.name;
        let what = if due {
            text!("环节“{name}”没有期限，截止日({name}) 永远未明", "stage `{name}` has no deadline: `due({name})` is never known")
        } else {
            text!(
                "这里的申请不经过环节“{name}”，时间({name}) 永远未明",
                "no case here passes stage `{name}`: `time({name})` is never known"
            )
        };
        out.push(Diagnostic::warning(codes::STATUS_UNKNOWN, e.span, what).label(stage.span, text!("这个环节", "this stage")).help(text!(
            "换一个环节；通知没有写期限的，在环节上写 截止 未明",
            "name another stage; where the notice is silent, write `due unknown` at the stage"
        )));
    }
}

fn elsewhere(p: &Programme, id: StageId, span: Span) -> Diagnostic {
    let stage = &p.stages[id.index()];
    let name = &stage.name;
    let what = text!("它的申请都不经过环节“{name}”", "none of its cases passes stage `{name}`");
    Diagnostic::warning(codes::STATUS_UNKNOWN, span, what)
        .label(stage.span, text!("这个环节", "this stage"))
        .help(text!("换成这条路上的环节", "name a stage of its own route"))
}

/// Events of scenarios: the stage is on the way of its track and has that outcome.
pub(in crate::check) fn events(p: &Programme, out: &mut Vec<Diagnostic>) {
    for (scenario, case) in p.scenarios.iter().flat_map(|s| s.cases.iter().map(move |c| (s, c))) {
        let Some(route) = p.route(case.track) else { continue };
        for event in case.json.get("events").and_then(|e| e.as_array()).into_iter().flatten() {
            let Some(key) = event.get("stage").and_then(|s| s.as_str()) else { continue };
            let wanted = |e: &crate::Expectation| matches!(&e.kind, ExpectationKind::Finding(name, true) if name == key);
            if scenario.expects.iter().any(wanted) {
                continue;
            }
            let track = &p.track(case.track).ident;
            let what = match route.stages.iter().find(|s| s.ident.key == key) {
                None => missing(&track.name, key),
                Some(stage) => match event.get("outcome").and_then(|o| o.as_str()) {
                    Some(outcome) if stage.transitions.iter().all(|t| t.outcome != outcome) => no_outcome(stage, outcome),
                    Some(_) | None => continue,
                },
            };
            let d = Diagnostic::warning(codes::STATUS_UNKNOWN, scenario.span, what);
            let d = d.label(route.span, text!("它的流程", "its route"));
            out.push(d.help(text!("核对环节和结果的名称", "check the names of stage and outcome")));
        }
    }
}

fn missing(track: &str, stage: &str) -> Text {
    text!("类别“{track}”的流程里没有环节“{stage}”", "the route of track `{track}` has no stage `{stage}`")
}

fn no_outcome(stage: &Stage, outcome: &str) -> Text {
    let name = &stage.ident.name;
    let mut all: Vec<&str> = stage.transitions.iter().map(|t| t.outcome.as_str()).collect();
    all.dedup();
    let list = all.join("、");
    text!("环节“{name}”没有结果“{outcome}”，只有：{list}", "stage `{name}` has no outcome `{outcome}`, only: {list}")
}
