//! Routes: every stage can be reached and leads on, deadlines come in order, actors can see what they judge.

use crate::{Deadline, Document, Expr, ExprKind, HeaderKey, Programme, Rule, Stage, StageId, Target, Test, TrackId, Waived, Workflow};
use prog_base::{Date, Diagnostic, Span, codes, text};
use std::collections::BTreeSet;

/// Checks every route.
pub(super) fn check(p: &Programme, out: &mut Vec<Diagnostic>) {
    zone(p, out);
    for (w, workflow) in p.workflows.iter().enumerate() {
        reachable(p, workflow, w, out);
        for stage in &workflow.stages {
            leads_on(stage, out);
            window(p, stage, out);
        }
        deadlines(p, workflow, out);
    }
    for (t, track) in p.tracks.iter().enumerate() {
        for rule in &track.rules {
            judges_see(p, TrackId(t as u32), rule, &rule.test, out);
        }
    }
    quotas(p, out);
}

/// A deadline is a day of some zone.
fn zone(p: &Programme, out: &mut Vec<Diagnostic>) {
    let stages = p.workflows.iter().flat_map(|w| &w.stages);
    let dated = |d: &&Deadline| matches!(d, Deadline::At(_) | Deadline::Inferred(_));
    let first = stages.flat_map(|s| s.open.iter().chain(&s.due)).filter(dated).filter_map(place).next();
    let said = p.header.iter().any(|h| h.key == HeaderKey::Timezone);
    let (Some(span), false) = (first, said || p.zone.is_some()) else { return };
    out.push(
        Diagnostic::error(codes::ZONE_MISSING, span, text!("有期限，却没有写时区", "there is a deadline, but no time zone"))
            .help(text!("在方案开头写 时区 \"Asia/Shanghai\"", "write `timezone \"Asia/Shanghai\"` in the header")),
    );
}

fn place(deadline: &Deadline) -> Option<Span> {
    stated(deadline).map(|e| e.span)
}

fn stated(deadline: &Deadline) -> Option<&Expr> {
    match deadline {
        Deadline::At(e) | Deadline::Inferred(e) => Some(e),
        Deadline::Unknown(_) | Deadline::Absent => None,
    }
}

fn day(p: &Programme, deadline: &Deadline) -> Option<Date> {
    match &stated(deadline)?.kind {
        ExprKind::Date(day) => Some(*day),
        ExprKind::Moment(at) => p.zone.as_ref()?.day_of(*at),
        _other => None,
    }
}

/// The stages that a stage leads to.
fn next(stage: &Stage) -> impl Iterator<Item = StageId> {
    stage.transitions.iter().chain(&stage.late).filter_map(|t| match &t.target {
        Target::Stage(id) => Some(*id),
        Target::End(_) => None,
    })
}

fn reachable(p: &Programme, workflow: &Workflow, w: usize, out: &mut Vec<Diagnostic>) {
    let Some(first) = workflow.stages.first() else { return };
    let mut reached: BTreeSet<StageId> = BTreeSet::from([first.id]);
    let routed = p.tracks.iter().filter(|t| t.workflow.is_some_and(|id| id.index() == w));
    let waived = routed.flat_map(|t| &t.rules).flat_map(|r| &r.waives);
    reached.extend(waived.filter_map(|w| match w {
        Waived::Stage { to, .. } => *to,
        Waived::Rule(_) | Waived::Group(_) | Waived::Material(_) => None,
    }));
    let mut grown = true;
    while grown {
        let more: Vec<StageId> = workflow.stages.iter().filter(|s| reached.contains(&s.id)).flat_map(next).collect();
        let before = reached.len();
        reached.extend(more);
        grown = reached.len() > before;
    }
    for stage in workflow.stages.iter().filter(|s| !reached.contains(&s.id)) {
        let name = &stage.ident.name;
        out.push(
            Diagnostic::warning(
                codes::STAGE_UNREACHED,
                stage.ident.span,
                text!("没有任何结果通向环节“{name}”", "no outcome leads to stage `{name}`"),
            )
            .label(first.ident.span, text!("流程从这里开始", "the route begins here"))
            .help(text!("在前面的环节里写 若 结果 -> {name}", "write `on OUTCOME -> {name}` at an earlier stage")),
        );
    }
}

fn leads_on(stage: &Stage, out: &mut Vec<Diagnostic>) {
    if stage.transitions.is_empty() {
        let name = &stage.ident.name;
        out.push(
            Diagnostic::warning(
                codes::STAGE_STUCK,
                stage.ident.span,
                text!("环节“{name}”之后没有去向", "nothing leads on from stage `{name}`"),
            )
            .help(text!("写 若 结果 -> 环节，或 若 结果 -> 终止", "write `on OUTCOME -> STAGE`, or `on OUTCOME -> end`")),
        );
    }
}

fn window(p: &Programme, stage: &Stage, out: &mut Vec<Diagnostic>) {
    let (Some(open), Some(due)) = (&stage.open, &stage.due) else { return };
    let (Some(from), Some(to)) = (day(p, open), day(p, due)) else { return };
    if from > to {
        out.push(out_of_order(stage, due, open, text!("开始日期", "the start")));
    }
}

/// A stage that comes later in the route is not due earlier.
fn deadlines(p: &Programme, workflow: &Workflow, out: &mut Vec<Diagnostic>) {
    let position = |id: StageId| workflow.stages.iter().position(|s| s.id == id);
    // The latest deadline on the way to each stage, with the place that states it.
    let mut before: Vec<Option<(Date, &Deadline)>> = vec![None; workflow.stages.len()];
    for (at, stage) in workflow.stages.iter().enumerate() {
        let own = stage.due.as_ref().and_then(|d| Some((day(p, d)?, d)));
        if let (Some((earlier, stated)), Some((due, deadline))) = (before[at], own)
            && earlier > due
        {
            out.push(out_of_order(stage, deadline, stated, text!("前面环节的期限", "the deadline of an earlier stage")));
        }
        let latest = match (before[at], own) {
            (Some(b), Some(o)) => Some(if b.0 > o.0 { b } else { o }),
            (b, o) => b.or(o),
        };
        // Ways back are no order.
        for to in next(stage).filter_map(position).filter(|to| *to > at) {
            let later = match (before[to], latest) {
                (Some(b), Some(l)) => Some(if b.0 >= l.0 { b } else { l }),
                (b, l) => b.or(l),
            };
            before[to] = later;
        }
    }
}

fn out_of_order(stage: &Stage, deadline: &Deadline, earlier: &Deadline, what: prog_base::Text) -> Diagnostic {
    let name = &stage.ident.name;
    let span = place(deadline).unwrap_or(stage.ident.span);
    let diagnostic = Diagnostic::warning(
        codes::DEADLINES_DISORDERED,
        span,
        text!("环节“{name}”的期限早于它前面的日期", "stage `{name}` is due before what comes before it"),
    )
    .help(text!("核对两个日期", "check both dates"));
    match place(earlier) {
        Some(span) => diagnostic.label(span, what),
        None => diagnostic,
    }
}

/// An actor judges only what was sent by the last stage at which it acts.
fn judges_see(p: &Programme, id: TrackId, rule: &Rule, test: &Test, out: &mut Vec<Diagnostic>) {
    let Some(route) = p.route(id).filter(|r| !r.stages.is_empty()) else { return };
    let (by, on) = match test {
        Test::Judged { by, on } => (*by, on),
        Test::Threshold { members, .. } => {
            members.iter().for_each(|m| judges_see(p, id, rule, &m.test, out));
            return;
        }
        Test::Bad | Test::Expr(_) | Test::Attested { .. } | Test::External { .. } => return,
    };
    let actor = &p.actors[by.index()].ident;
    let (judge, name) = (&actor.name, &rule.ident.name);
    let Some(last) = route.stages.iter().rposition(|s| s.by == Some(by)) else {
        out.push(
            Diagnostic::warning(
                codes::JUDGE_BLIND,
                rule.ident.span,
                text!("“{name}”由“{judge}”评定，可流程里没有它的环节", "`{name}` is judged by `{judge}`, who acts at no stage"),
            )
            .label(route.span, text!("流程在这里", "the workflow is here"))
            .help(text!("给“{judge}”一个环节，或改由别的主体评定", "give `{judge}` a stage, or let another actor judge")),
        );
        return;
    };
    for material in on {
        let sent = p.materials[material.index()].at.or_else(|| {
            let sends = |s: &&Stage| s.sends.contains(&Document::Material(*material));
            route.stages.iter().find(sends).map(|s| s.id)
        });
        let position = sent.and_then(|stage| route.stages.iter().position(|s| s.id == stage));
        if position.is_some_and(|at| at > last) {
            let document = &p.materials[material.index()].ident;
            let what = &document.name;
            out.push(
                Diagnostic::warning(
                    codes::JUDGE_BLIND,
                    rule.ident.span,
                    text!("“{judge}”评定“{name}”时还看不到“{what}”", "`{judge}` cannot yet see `{what}` when judging `{name}`"),
                )
                .label(document.span, text!("这份材料在后面的环节才报送", "this is sent at a later stage"))
                .label(route.stages[last].ident.span, text!("“{judge}”的最后一个环节", "the last stage of `{judge}`"))
                .help(text!("让材料早些报送，或让评定晚些进行", "have it sent earlier, or judged later")),
            );
        }
    }
}

/// A quota counts at a stage that the cases it counts pass.
fn quotas(p: &Programme, out: &mut Vec<Diagnostic>) {
    for quota in &p.quotas {
        let Some(at) = quota.at else { continue };
        let passes = |t: &TrackId| p.route(*t).is_none() || p.stage(*t, at).is_some();
        if quota.tracks.is_empty() || quota.tracks.iter().any(passes) {
            continue;
        }
        let (name, stage) = (&quota.ident.name, &p.stages[at.index()]);
        let title = &stage.name;
        out.push(
            Diagnostic::warning(
                codes::QUOTA_ELSEWHERE,
                quota.ident.span,
                text!("名额“{name}”计的申请都不经过环节“{title}”", "no case that `{name}` counts passes stage `{title}`"),
            )
            .label(stage.span, text!("这个环节", "this stage"))
            .help(text!("换一个环节，或换计数的类别", "name another stage, or count other tracks")),
        );
    }
}
