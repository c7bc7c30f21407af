//! Quotas by what the actor of their stage stands for, where that stage sends nothing: nothing can be returned.
//!
//! In: quotas. Out: a note each. Always: a quota that is only a note binds nobody and is passed over.

use crate::lower::Lower;
use crate::{Binding, Strength};
use prog_base::{Diagnostic, codes, text};
use prog_syntax::ast::{Stage, StageMember};

/// Notes each quota that looks like a sender's and is none.
pub(super) fn check(lower: &Lower<'_>, out: &mut Vec<Diagnostic>) {
    let p = &lower.p;
    // What is sent may be misspelt: then that is told.
    let sends = |stage: &Stage| stage.members.iter().any(|m| matches!(m, StageMember::Send { .. }));
    for quota in p.quotas.iter().filter(|q| !q.soft && q.strength != Some(Strength::Note)) {
        let (Binding::Decider(Some(actor)), Some(at)) = (&quota.binding, quota.at) else { continue };
        let actor = &p.actors[actor.index()];
        let Some(per) = actor.per.as_ref().filter(|per| quota.keys.iter().any(|k| k.name == **per)) else { continue };
        let (name, own) = (&quota.ident.name, &actor.ident.name);
        let Some(stage) = p.stages.get(at.index()) else { continue };
        if lower.index.workflows.iter().flat_map(|w| &w.stages).any(|s| s.head.name.text == stage.name && sends(s)) {
            continue;
        }
        let there = &stage.name;
        out.push(
            Diagnostic::note(
                codes::QUOTA_NOT_SENT,
                quota.ident.span,
                text!(
                    "名额“{name}”按{per}算，而环节“{there}”没有写报送什么：超了只是对{own}的一条问题，没有报送包可退回",
                    "`{name}` goes by {per}, and stage `{there}` does not say what is sent: going over is a finding on {own}, and no package is returned"
                ),
            )
            .label(stage.span, text!("这个环节", "this stage"))
            .help(text!(
                "{own}在这里报送，就写 报送 加材料名；由它自己决定的，可以保留",
                "if {own} sends here, write `send` with a material; if it decides by itself, this may stand"
            )),
        );
    }
}
