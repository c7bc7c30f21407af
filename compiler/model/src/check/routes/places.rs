//! What stands where: zones, windows, judges who see what they judge, quotas where cases pass.

use super::deadlines::{day, out_of_order, place};
use crate::{Deadline, Document, HeaderKey, Programme, Rule, Stage, Test, TrackId};
use prog_base::{Diagnostic, codes, text};

/// Checks every place.
pub(super) fn check(p: &Programme, out: &mut Vec<Diagnostic>) {
    zone(p, out);
    for stage in p.workflows.iter().flat_map(|w| &w.stages) {
        window(p, stage, out);
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
    out.push(Diagnostic::error(codes::ZONE_MISSING, span, text!("有期限，却没有写时区", "there is a deadline, but no time zone")).help(
        text!("在方案开头写 时区 \"Asia/Shanghai\"", "write the place's time zone in the header, such as `timezone \"Europe/London\"`"),
    ));
}

fn window(p: &Programme, stage: &Stage, out: &mut Vec<Diagnostic>) {
    let (Some(open), Some(due)) = (&stage.open, &stage.due) else { return };
    let (Some(from), Some(to)) = (day(p, open), day(p, due)) else { return };
    if from > to {
        out.push(out_of_order(stage, due, open, text!("开始日期", "the start")));
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
