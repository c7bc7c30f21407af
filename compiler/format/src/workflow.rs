//! Workflows: stages, what happens there, where outcomes lead.

use crate::head::{name, names};
use crate::writer::Writer;
use prog_syntax::ast::{Guard, Head, Stage, StageMember, Stated, Target, Transition, Workflow};

impl Writer<'_> {
    pub fn workflow(&mut self, x: &Workflow) {
        self.before(x.span, None);
        let tracks = if x.tracks.is_empty() { String::new() } else { format!(" {} {}", self.kw("kw_for"), names(&x.tracks)) };
        self.open(&format!("{}{tracks}", self.kw("kw_workflow")));
        x.stages.iter().for_each(|s| self.stage(s));
        self.close(x.span, "");
    }

    pub(crate) fn stage(&mut self, s: &Stage) {
        self.before(s.span, s.head.doc.as_deref());
        let mut line = format!("{} {}", self.kw("kw_stage"), self.head(&Head { cites: Vec::new(), ..s.head.clone() }));
        line += &self.clause("kw_by", s.by.as_ref());
        for (keyword, moment) in [("kw_open", &s.open), ("kw_due", &s.due)] {
            if let Some(moment) = moment {
                let moment = match moment {
                    Stated::Given(e) => self.point_in_time(e),
                    Stated::Inferred(_) | Stated::Unknown { .. } | Stated::Absent(_) => self.stated(moment, |w, e| w.value(e)),
                };
                line += &format!(" {} {moment}", self.kw(keyword));
            }
        }
        line += &self.cites(&s.head.cites);
        if let Some(e) = &s.when {
            line += &format!(" {}", self.guard("kw_when", e));
        }
        if s.members.is_empty() {
            return self.line(&line);
        }
        self.open(&line);
        for m in &s.members {
            let text = self.action(m);
            match span(m) {
                Some(span) if matches!(m, StageMember::On(_) | StageMember::PublicNotice { .. } | StageMember::Bad(_)) => {
                    self.node(span, None, &text);
                }
                Some(span) => self.node(self.with_keyword(span), None, &text),
                None => self.line(&text),
            }
        }
        self.close(s.span, "");
    }

    fn action(&self, m: &StageMember) -> String {
        match m {
            StageMember::Fill(what) => format!("{} {}", self.kw("kw_fill"), names(what)),
            StageMember::Review(what) => format!("{} {}", self.kw("kw_review"), names(what)),
            StageMember::Send { what, channel } => {
                format!("{} {}{}", self.kw("kw_send"), names(what), self.clause("kw_channel", channel.as_ref()))
            }
            StageMember::PublicNotice { at_least, cites, .. } => {
                let length = at_least.as_ref().map(|e| format!(" {} {}", self.kw("kw_at_least"), self.value(e))).unwrap_or_default();
                format!("{}{length}{}", self.kw("kw_public_notice"), self.cites(cites))
            }
            StageMember::May(head) => format!("{} {}", self.kw("kw_may"), self.head(head)),
            StageMember::On(t) => self.transition(t),
            StageMember::Bad(span) => self.source(*span).into(),
        }
    }

    fn transition(&self, t: &Transition) -> String {
        let outcome = t.outcome.as_ref().map_or_else(|| self.kw("kw_late").to_owned(), name);
        let guard = match &t.guard {
            Guard::Always => String::new(),
            Guard::When(e) => format!(" {} {}", self.kw("kw_when"), self.expr(e)),
            Guard::Otherwise => format!(" {}", self.kw("kw_otherwise_guard")),
        };
        let target = match &t.target {
            Target::Stage(n) => name(n),
            Target::End(result) => self.kw("kw_end").to_owned() + &result.as_ref().map(|n| format!(" {}", name(n))).unwrap_or_default(),
        };
        format!("{} {outcome}{guard} -> {target}", self.kw("kw_on_outcome"))
    }
}

fn span(m: &StageMember) -> Option<prog_base::Span> {
    match m {
        StageMember::Fill(what) | StageMember::Review(what) | StageMember::Send { what, .. } => what.first().map(|n| n.span),
        StageMember::May(head) => Some(head.name.span),
        StageMember::On(t) => Some(t.span),
        StageMember::PublicNotice { span, .. } | StageMember::Bad(span) => Some(*span),
    }
}
