//! What is read before it is there: by rules at their stage, by conditions of the route, by quotas at theirs.
//!
//! Always: what exists from the start, or at the same stage, is there; `due` gives a rule the stage of what it reads unless it says
//! another itself, so only what an author wrote is found. Judges are left alone: they may sit at the stage
//! of whoever convenes them.

use super::ways::{Route, cited};
use crate::lower::Lower;
use crate::lower::reads::Reads;
use crate::{Expr, ExprKind, Ident, Programme, Stage, StageId, TrackId};
use prog_base::{Code, Diagnostic, Span, codes, text};

/// Checks all routes.
pub(super) fn check(lower: &Lower<'_>, routes: &[Route<'_>], out: &mut Vec<Diagnostic>) {
    for (route, track) in routes.iter().filter_map(|r| Some((r, r.track?))) {
        let early = Early { p: &lower.p, stages: &route.workflow.stages, track };
        early.rules(out);
        early.guards(out);
        early.quotas(out);
    }
}

/// Something that comes to be at a stage.
struct Thing<'a> {
    at: usize,
    ident: &'a Ident,
}

/// Whoever reads: its name, where, at which stage, what it is called.
struct Reader<'x> {
    code: Code,
    name: &'x str,
    span: Span,
    at: usize,
    what: (&'x str, &'x str),
}

struct Early<'a> {
    p: &'a Programme,
    stages: &'a [Stage],
    track: TrackId,
}

impl<'a> Early<'a> {
    fn position(&self, stage: Option<StageId>) -> Option<usize> {
        stage.and_then(|id| self.stages.iter().position(|s| s.id == id))
    }

    /// What is read, with the stage at which it comes to be.
    fn things(&self, reads: &Reads) -> Vec<Thing<'a>> {
        let p = self.p;
        let inputs = reads.inputs.iter().map(|i| p.input(*i)).filter_map(|i| Some(Thing { at: self.position(i.stage)?, ident: &i.ident }));
        let rules = reads.rules.iter().filter_map(|r| p.track(self.track).rules.get(r.index()));
        let rules = rules.filter_map(|r| Some(Thing { at: self.position(r.due)?, ident: &r.ident }));
        let documents = reads.materials.iter().map(|m| &p.materials[m.index()]);
        let documents = documents.filter_map(|m| Some(Thing { at: self.position(m.at)?, ident: &m.ident }));
        inputs.chain(rules).chain(documents).collect()
    }

    fn rules(&self, out: &mut Vec<Diagnostic>) {
        for rule in &self.p.track(self.track).rules {
            let Some(at) = self.position(rule.due) else { continue };
            let reader =
                Reader { code: codes::READ_TOO_EARLY, name: &rule.ident.name, span: rule.ident.span, at, what: ("规则", "rule") };
            self.compare(&reader, &Reads::of_rule(self.p, self.track, rule), at, out);
        }
    }

    /// Conditions of stages and of outcomes: whoever is at the stage must know them.
    fn guards(&self, out: &mut Vec<Diagnostic>) {
        for (at, stage) in self.stages.iter().enumerate() {
            let own = |list: &'a [(TrackId, Expr)]| list.iter().filter(|(t, _)| *t == self.track).map(|(_, e)| e);
            let entering = own(&stage.when).map(|e| (e, at.saturating_sub(1)));
            let leaving = stage.transitions.iter().filter_map(|t| t.when.as_deref()).flat_map(own).map(|e| (e, at));
            for (e, until) in entering.chain(leaving) {
                let what = ("环节条件", "the condition of stage");
                let reader = Reader { code: codes::READ_TOO_EARLY, name: &stage.ident.name, span: e.span, at, what };
                self.compare(&reader, &Reads::of_expr(self.p, self.track, e), until, out);
            }
        }
    }

    fn quotas(&self, out: &mut Vec<Diagnostic>) {
        for quota in self.p.quotas.iter().filter(|q| q.tracks.contains(&self.track)) {
            let Some(at) = self.position(quota.at) else { continue };
            let mut exprs: Vec<&Expr> =
                quota.keys.iter().flat_map(|k| &k.by_track).filter(|(t, _)| *t == self.track).map(|(_, e)| e).collect();
            let mut lets = Vec::new();
            for e in quota.when.iter().chain([&quota.test]) {
                self.counted(e, &mut exprs, &mut lets);
            }
            let reader =
                Reader { code: codes::QUOTA_TOO_EARLY, name: &quota.ident.name, span: quota.ident.span, at, what: ("名额", "quota") };
            for e in exprs {
                self.compare(&reader, &Reads::of_expr(self.p, self.track, e), at, out);
            }
        }
    }

    /// What is asked of each case that an expression counts, through programme lets.
    fn counted(&self, e: &'a Expr, exprs: &mut Vec<&'a Expr>, lets: &mut Vec<crate::ConstId>) {
        match &e.kind {
            ExprKind::OverCases { members, .. } => {
                exprs.extend(members.iter().filter(|m| m.track == self.track).flat_map(|m| m.filter.iter().chain(&m.value)));
            }
            ExprKind::Share { members } => {
                exprs.extend(members.iter().filter(|m| m.track == self.track).flat_map(|m| m.base.iter().chain(&m.part)));
            }
            ExprKind::Constant(id) if !lets.contains(id) => {
                lets.push(*id);
                self.counted(&self.p.lets[id.index()].value, exprs, lets);
            }
            _other => e.parts().into_iter().for_each(|part| self.counted(part, exprs, lets)),
        }
    }

    /// Tells what comes to be only after the stage until which it is needed.
    fn compare(&self, reader: &Reader<'_>, reads: &Reads, until: usize, out: &mut Vec<Diagnostic>) {
        for thing in self.things(reads).into_iter().filter(|t| t.at > until) {
            // What is known from the start of a stage may be asked on the way into it, if nobody fills it there.
            let own_stage = thing.at == reader.at && self.stages[thing.at].fills.is_empty();
            if own_stage {
                continue;
            }
            let (name, read, (zh, en)) = (reader.name, &thing.ident.name, reader.what);
            let (here, there) = (&self.stages[reader.at], &self.stages[thing.at]);
            let (at, later) = (&here.ident.name, &there.ident.name);
            let (at_clauses, later_clauses) = (cited(self.p, &here.cites), cited(self.p, &there.cites));
            let what = text!(
                "{zh}“{name}”在“{at}”{at_clauses}就要用“{read}”，它到后面的“{later}”{later_clauses}才有",
                "{en} `{name}` needs `{read}` at `{at}`{at_clauses}, but it comes only at `{later}`{later_clauses}"
            );
            let d = Diagnostic::warning(reader.code, reader.span, what)
                .label(thing.ident.span, text!("要用的在这里", "what is needed is declared here"))
                .label(there.ident.span, text!("到这个环节才有", "it comes at this stage"));
            out.push(d.help(text!("把判断放到“{later}”或之后，或让它早些填报", "ask at `{later}` or later, or have it given earlier")));
        }
    }
}
