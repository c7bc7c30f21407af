//! Every stage is reached, leads on, and can come to an end.

use super::ways::{Route, Way, cited};
use crate::lower::Lower;
use prog_base::{Diagnostic, Span, Text, codes, text};
use std::collections::BTreeSet;

/// Checks all routes; one workflow's together, since its stages need not serve every track.
pub(super) fn check(lower: &Lower<'_>, routes: &[Route<'_>], out: &mut Vec<Diagnostic>) {
    for own in routes.chunk_by(|a, b| std::ptr::eq(a.workflow, b.workflow)) {
        let Some(first) = own.first() else { continue };
        unreached(own, out);
        for stage in first.workflow.stages.iter().filter(|s| s.transitions.is_empty()) {
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
        if let Some(told) = own.iter().find_map(|route| endless(lower, route)) {
            out.push(told);
        }
    }
}

/// Stages to which some case comes; where paths are too many, all that lie on some way.
fn reached(route: &Route<'_>) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let all = route.paths(&mut |path| {
        reached.insert(path.at);
    });
    if all {
        return reached;
    }
    reached.insert(0);
    loop {
        let before = reached.len();
        let more: Vec<usize> = route.ways.iter().filter(|w| reached.contains(&w.from)).filter_map(|w| w.to).collect();
        reached.extend(more);
        if reached.len() == before {
            return reached;
        }
    }
}

fn unreached(own: &[Route<'_>], out: &mut Vec<Diagnostic>) {
    let Some(first) = own.first() else { return };
    let reached: BTreeSet<usize> = own.iter().flat_map(reached).collect();
    for (_, stage) in first.workflow.stages.iter().enumerate().filter(|(at, _)| !reached.contains(at)) {
        let name = &stage.ident.name;
        let all = first.workflow.stages.iter().flat_map(|s| s.transitions.iter().chain(&s.late));
        let leading = all.filter(|t| matches!(t.target, crate::Target::Stage(id) if id == stage.id) && !within(stage.span, t.span));
        // Ways from stages that are not reached themselves are their fault.
        let from_reached: Vec<_> = leading.filter(|t| reached.iter().any(|r| within(first.workflow.stages[*r].span, t.span))).collect();
        let conditions: Vec<_> = from_reached.iter().map(|t| t.span).chain(stage.when.first().map(|(_, e)| e.span)).collect();
        let diagnostic = if from_reached.is_empty() {
            Diagnostic::warning(
                codes::STAGE_UNREACHED,
                stage.ident.span,
                text!("没有任何结果通向环节“{name}”", "no outcome leads to stage `{name}`"),
            )
            .label(first.workflow.stages[0].ident.span, text!("流程从这里开始", "the route begins here"))
            .help(text!("在前面的环节里写 若 结果 -> {name}", "write `on OUTCOME -> {name}` at an earlier stage"))
        } else {
            let what = text!(
                "没有一份申请能到环节“{name}”：一路上的条件不能同时成立",
                "no case comes to stage `{name}`: the conditions on the way there exclude each other"
            );
            let d = Diagnostic::warning(codes::STAGE_UNREACHED, stage.ident.span, what);
            let d = conditions.iter().fold(d, |d, span| d.label(*span, text!("这一条件", "this condition")));
            d.help(text!("核对去往“{name}”的条件", "check the conditions on the way to `{name}`"))
        };
        out.push(diagnostic);
    }
}

fn within(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}

/// A stage from which nothing leads to an end, with the round that its cases go.
fn endless(lower: &Lower<'_>, route: &Route<'_>) -> Option<Diagnostic> {
    let stages = &route.workflow.stages;
    // What ends or is stuck (told elsewhere), and all that leads there.
    let mut ending: BTreeSet<usize> = (0..stages.len()).filter(|at| route.leaving(*at).next().is_none()).collect();
    loop {
        let before = ending.len();
        let more: Vec<usize> = route.ways.iter().filter(|w| w.to.is_none_or(|to| ending.contains(&to))).map(|w| w.from).collect();
        ending.extend(more);
        if ending.len() == before {
            break;
        }
    }
    let reached = reached(route);
    let start = (0..stages.len()).find(|at| reached.contains(at) && !ending.contains(at))?;
    let mut round: Vec<&Way<'_>> = Vec::new();
    let mut at = start;
    while round.iter().all(|way| way.from != at) {
        let way = route.leaving(at).next()?;
        round.push(way);
        at = way.to?;
    }
    // What leads into the round is not part of it.
    let round = &round[round.iter().position(|way| way.from == at).unwrap_or_default()..];
    let Text { zh, en } = route.in_words(round, Some(at));
    let (name, clauses) = (route.name(start), cited(&lower.p, &stages[start].cites));
    let what = text!(
        "到了环节“{name}”{clauses}就再没有终点，只能一直转：{zh}",
        "from stage `{name}`{clauses} no case ever ends; it goes round: {en}"
    );
    let d = Diagnostic::warning(codes::ROUTE_ENDLESS, stages[start].ident.span, what);
    let turns = round.iter().filter_map(|way| way.transition);
    let d = turns.fold(d, |d, t| d.label(t.span, text!("又回到这一圈", "this goes round")));
    Some(d.help(text!("写一个离开的结果：若 结果 -> 终止 …", "write an outcome that leaves: `on OUTCOME -> end …`")))
}
