//! Tracks, facts, rules, groups, quotas, materials.

use crate::head::{name, names, str};
use crate::item::definition;
use crate::writer::Writer;
use prog_syntax::ast::{Conditions, Fact, Material, Member, Need, Quota, Rule, Strength, Test, Track, TrackMember};

impl Writer<'_> {
    pub fn track(&mut self, t: &Track) {
        self.before(t.span, t.heads.first().and_then(|h| h.doc.as_deref()));
        let mut line = format!("{} {}", self.kw("kw_track"), self.heads(&t.heads));
        if !t.forms.is_empty() {
            line += &format!(" {} {}", self.kw("kw_applies_with"), names(&t.forms));
        }
        self.open(&line);
        t.members.iter().for_each(|m| self.track_member(m));
        self.close(t.span, "");
    }

    fn track_member(&mut self, m: &TrackMember) {
        match m {
            TrackMember::Fact(f) => self.fact(f),
            TrackMember::Rule(r) => self.rule(r),
            TrackMember::Conditions(c) => self.conditions(c),
            TrackMember::Let(l) => definition(self, "kw_let", l),
            TrackMember::Output(l) => definition(self, "kw_output", l),
            TrackMember::Outcomes(o) => {
                let line = format!("{}{} {{ {} }}", self.kw("kw_outcomes"), self.cites(&o.cites), self.heads(&o.values));
                self.node(o.span, None, &line);
            }
            TrackMember::Bad(span) => self.node(*span, None, self.source(*span)),
        }
    }

    fn conditions(&mut self, c: &Conditions) {
        self.before(c.span, c.head.doc.as_deref());
        self.open(&format!("{} {}", self.kw("kw_conditions"), self.head(&c.head)));
        c.members.iter().for_each(|m| self.track_member(m));
        self.close(c.span, "");
    }

    fn fact(&mut self, f: &Fact) {
        self.before(f.span, f.head.doc.as_deref());
        let mut first = format!("{} {} : {}", self.kw("kw_fact"), self.head(&f.head), self.ty(&f.ty));
        if f.optional {
            first += &format!(" {}", self.kw("kw_optional"));
        }
        let mut pieces = vec![first];
        if let Some(origin) = &f.origin {
            pieces.push(self.test(origin));
        }
        if let Some(e) = &f.when {
            pieces.push(self.guard("kw_when", e));
        }
        if let Some(stage) = &f.at {
            pieces.push(format!("{} {}", self.kw("kw_at"), name(stage)));
        }
        self.pieces(&pieces);
    }

    pub(crate) fn strength(&self, s: Strength) -> &'static str {
        self.kw(match s {
            Strength::Require => "kw_require",
            Strength::Complete => "kw_complete",
            Strength::InPrinciple => "kw_in_principle",
            Strength::Prefer => "kw_prefer",
            Strength::Encourage => "kw_encourage",
            Strength::Note => "kw_note_rule",
            Strength::Waive => "kw_waive",
        })
    }

    fn rule(&mut self, r: &Rule) {
        self.before(r.span, r.head.doc.as_deref());
        let mut pieces = vec![format!("{} {}", self.strength(r.strength), self.head(&r.head))];
        if let Some(stage) = &r.at {
            pieces.push(format!("{} {}", self.kw("kw_at"), name(stage)));
        }
        if let Some(list) = &r.each {
            pieces.push(format!("{} {}", self.kw("kw_each"), self.value(list)));
        }
        for (keyword, guard) in [("kw_when", &r.when), ("kw_unless", &r.unless)] {
            if let Some(e) = guard {
                pieces.push(self.guard(keyword, e));
            }
        }
        let mut tail = self.clause("kw_else", r.outcome.as_ref());
        if !r.waives.is_empty() {
            let waived =
                |w: &prog_syntax::ast::Waived| name(&w.name) + &w.to.as_ref().map(|t| format!(" -> {}", name(t))).unwrap_or_default();
            tail += &format!(" {} {}", self.kw("kw_waives"), r.waives.iter().map(waived).collect::<Vec<_>>().join(", "));
        }
        if !r.needs.is_empty() {
            tail += &format!(" {} {}", self.kw("kw_needs"), names(&r.needs));
        }
        self.tested(pieces, &r.test, &tail);
    }

    /// A head in pieces, `: TEST`, and what follows the test.
    fn tested(&mut self, mut pieces: Vec<String>, test: &Test, tail: &str) {
        let Test::Threshold { need, members, span: test_span } = test else {
            pieces.push(format!(": {}{tail}", self.test(test)));
            return self.pieces(&pieces);
        };
        let need = match need {
            Need::Any => self.kw("kw_any_of").to_owned(),
            Need::All => self.kw("kw_all_of").to_owned(),
            Need::AtLeast(n) => format!("{} {n} {}", self.kw("kw_at_least_of"), self.kw("kw_of_them")),
        };
        pieces.push(format!(": {need}"));
        let line = pieces.join(" ");
        self.open(&line);
        members.iter().for_each(|m| self.member(m));
        self.close(*test_span, tail);
    }

    fn member(&mut self, m: &Member) {
        self.before(m.span, m.head.doc.as_deref());
        let mut pieces = vec![self.head(&m.head)];
        if let Some(e) = &m.when {
            pieces.push(self.guard("kw_when", e));
        }
        self.tested(pieces, &m.test, "");
    }

    /// A test on one line.
    pub fn test(&self, t: &Test) -> String {
        let list = |keyword: &'static str, list: &[prog_syntax::ast::Name]| {
            if list.is_empty() { String::new() } else { format!(" {} {}", self.kw(keyword), names(list)) }
        };
        match t {
            Test::Expr(e) => self.expr(e),
            Test::Judged { by, on, .. } => {
                let end = if self.chinese() { format!(" {}", self.kw("kw_judged_end")) } else { String::new() };
                format!("{} {}{end}{}", self.kw("kw_judged_by"), name(by), list("kw_on_material", on))
            }
            Test::Attested { with, .. } => self.kw("kw_attested").to_owned() + &list("kw_with", with),
            Test::External { register, as_of, .. } => {
                let day = as_of.as_ref().map(|d| format!(" {} {}", self.kw("kw_as_of"), self.value(d))).unwrap_or_default();
                format!("{} {}{day}", self.kw("kw_external"), str(register))
            }
            Test::Threshold { span, .. } | Test::Bad(span) => self.source(*span).into(),
        }
    }

    pub fn quota(&mut self, q: &Quota) {
        self.before(q.span, q.head.doc.as_deref());
        let strength = q.strength.map(|s| format!("{} ", self.strength(s))).unwrap_or_default();
        let mut first = format!("{strength}{} {}", self.kw("kw_quota"), self.head(&q.head));
        first += &self.clause("kw_at", q.at.as_ref());
        if !q.per.is_empty() {
            let every = if q.every { format!(" {}", self.kw("kw_every")) } else { String::new() };
            first += &format!(" {}{every} {}", self.kw("kw_per"), self.values(&q.per));
        }
        let mut pieces = vec![first];
        if let Some(e) = &q.when {
            pieces.push(self.guard("kw_when", e));
        }
        pieces.push(format!(": {}{}", self.expr(&q.test), self.clause("kw_else", q.outcome.as_ref())));
        self.pieces(&pieces);
    }

    pub fn material(&mut self, m: &Material) {
        self.before(m.span, m.heads.first().and_then(|h| h.doc.as_deref()));
        let mut pieces = vec![format!("{} {}", self.kw("kw_material"), self.heads(&m.heads))];
        if m.per_package {
            pieces.push(self.kw("kw_per_package").into());
        }
        if !m.tracks.is_empty() {
            pieces.push(format!("{} {}", self.kw("kw_for"), names(&m.tracks)));
        }
        if let Some(by) = &m.by {
            pieces.push(format!("{} {}", self.kw("kw_by"), name(by)));
        }
        if m.optional {
            pieces.push(self.kw("kw_optional").into());
        }
        if !m.formats.is_empty() {
            let format = |f: &prog_syntax::ast::Format| {
                let sealed = if f.sealed { format!("{} ", self.kw("kw_sealed")) } else { String::new() };
                format!("{sealed}{}", name(&f.name))
            };
            let and = format!(" {} ", self.kw("kw_format_and"));
            pieces.push(format!("{} {}", self.kw("kw_format"), m.formats.iter().map(format).collect::<Vec<_>>().join(&and)));
        }
        if let Some(channel) = &m.channel {
            pieces.push(format!("{} {}", if self.chinese() { self.kw("kw_channel") } else { "via" }, name(channel)));
        }
        if let Some(stage) = &m.at {
            pieces.push(format!("{} {}", self.kw("kw_at"), name(stage)));
        }
        if let Some(e) = &m.when {
            pieces.push(self.guard("kw_when", e));
        }
        for (format, cites) in &m.refuse {
            pieces.push(format!("{} {}{}", self.kw("kw_refuse"), name(format), self.cites(cites)));
        }
        self.pieces(&pieces);
    }
}
