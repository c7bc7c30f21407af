//! Nobody reviews or judges what he has filled or sent himself.

use super::ways::{Route, cited};
use crate::lower::Lower;
use crate::{ActorId, Document, Programme, Stage, Test, TestMember};
use prog_base::{Diagnostic, Span, codes, text};

/// Checks all routes.
pub(super) fn check(lower: &Lower<'_>, routes: &[Route<'_>], out: &mut Vec<Diagnostic>) {
    for route in routes {
        let stages = &route.workflow.stages;
        for (at, stage) in stages.iter().enumerate() {
            let by = stage.by;
            let mine = stages[..=at].iter().find(|s| by.is_some() && s.by == by && stage.reviews.iter().any(|d| gives(s, *d)));
            out.extend(mine.map(|mine| reviewed(&lower.p, stage, mine)));
        }
        // Whoever fills the forms of the track is its applicant.
        let Some(filling) = stages.iter().find(|s| !s.fills.is_empty()) else { continue };
        for rule in route.track.iter().flat_map(|t| &lower.p.track(*t).rules) {
            judged(&lower.p, filling, (&rule.ident.name, rule.ident.span), &rule.test, out);
        }
    }
}

/// Whether a stage fills or sends a document.
fn gives(stage: &Stage, document: Document) -> bool {
    let filled = matches!(document, Document::Form(form) if stage.fills.contains(&form));
    filled || (stage.reviews.is_empty() && stage.sends.contains(&document))
}

fn reviewed(p: &Programme, stage: &Stage, mine: &Stage) -> Diagnostic {
    let (name, there) = (&stage.ident.name, &mine.ident.name);
    let actor = actor_name(p, stage.by);
    let (here_clauses, there_clauses) = (cited(p, &stage.cites), cited(p, &mine.cites));
    let what = text!(
        "“{actor}”在“{name}”{here_clauses}审核的，是自己在“{there}”{there_clauses}填报的",
        "at `{name}`{here_clauses} `{actor}` reviews what it filled or sent itself at `{there}`{there_clauses}"
    );
    Diagnostic::warning(codes::OWN_REVIEW, stage.ident.span, what)
        .label(mine.ident.span, text!("自己填报的环节", "the stage at which it was given"))
        .help(text!("核对通知：审核的应是另一个主体", "compare with the notice: another actor should review"))
}

fn judged(p: &Programme, filling: &Stage, (name, span): (&str, Span), test: &Test, found: &mut Vec<Diagnostic>) {
    match test {
        Test::Judged { by, .. } if filling.by == Some(*by) => {
            let (actor, there, clauses) = (actor_name(p, Some(*by)), &filling.ident.name, cited(p, &filling.cites));
            let what = text!(
                "“{name}”由“{actor}”评定，申报的也是它（“{there}”{clauses}）",
                "`{name}` is judged by `{actor}`, who also applies (at `{there}`{clauses})"
            );
            found.push(
                Diagnostic::warning(codes::OWN_REVIEW, span, what)
                    .label(filling.ident.span, text!("申报的环节", "the stage at which it applies"))
                    .help(text!("改由别的主体评定，或改成由申报者证明", "let another actor judge, or have the applicant attest it")),
            );
        }
        Test::Threshold { members, .. } => {
            members.iter().for_each(|m: &TestMember| judged(p, filling, (&m.ident.name, m.ident.span), &m.test, found));
        }
        Test::Judged { .. } | Test::Bad | Test::Expr(_) | Test::Attested { .. } | Test::External { .. } => {}
    }
}

fn actor_name(p: &Programme, actor: Option<ActorId>) -> &str {
    actor.map(|a| p.actors[a.index()].ident.name.as_str()).unwrap_or_default()
}
