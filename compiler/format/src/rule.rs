//! Tracks, facts, rules, groups, quotas, materials.

use crate::head::{name, names, str};
use crate::item::definition;
use crate::writer::{Piece, Writer};
use prog_base::Span;
use prog_syntax::ast::{Conditions, Expr, Fact, Material, Member, Need, Quota, Rule, Score, ScoreItem, Strength, Test, Track, TrackMember};

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

    pub(crate) fn track_member(&mut self, m: &TrackMember) {
        match m {
            TrackMember::Fact(f) => self.fact(f),
            TrackMember::Rule(r) => self.rule(r),
            TrackMember::Conditions(c) => self.conditions(c),
            TrackMember::Let(l) => definition(self, "kw_let", l),
            TrackMember::Output(l) => definition(self, "kw_output", l),
            TrackMember::Score(s) => self.score(s),
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

    fn score(&mut self, s: &Score) {
        self.before(s.span, s.head.doc.as_deref());
        let mut line = format!("{} {}{}", self.kw("kw_score"), self.head(&s.head), self.clause("kw_at", s.at.as_ref()));
        line += &self.bound("kw_out_of", s.out_of.as_ref());
        line += &self.bound("kw_pass", s.pass.as_ref());
        line += &self.clause("kw_else", s.outcome.as_ref());
        self.open(&line);
        s.items.iter().for_each(|i| self.score_item(i));
        self.close(s.span, "");
    }

    fn score_item(&mut self, i: &ScoreItem) {
        self.before(i.span, i.head.doc.as_deref());
        let mut head = format!("{} {}", self.kw("kw_score_item"), self.head(&i.head));
        head += &self.bound("kw_weight", i.weight.as_ref());
        head += &self.bound("kw_out_of", i.out_of.as_ref());
        let asked = self.bound("kw_at_least", i.least.as_ref()) + &self.bound("kw_item_not", i.other_than.as_ref());
        self.pieces(&[head.into(), Piece::at(format!("= {}{asked}", self.value(&i.value)), i.value.span)]);
    }

    /// ` KEYWORD VALUE`, or nothing.
    fn bound(&self, keyword: &'static str, value: Option<&Expr>) -> String {
        value.map(|v| format!(" {} {}", self.kw(keyword), self.value(v))).unwrap_or_default()
    }

    fn fact(&mut self, f: &Fact) {
        self.before(f.span, f.head.doc.as_deref());
        let mut first = format!("{} {} : {}", self.kw("kw_fact"), self.head(&f.head), self.ty(&f.ty));
        if f.optional {
            first += &format!(" {}", self.kw("kw_optional"));
        }
        if let Some(origin) = &f.origin {
            first += &format!(" {}", self.test(origin));
        }
        first += &self.clause("kw_at", f.at.as_ref());
        let when = f.when.as_ref().map(|e| Piece::at(self.guard("kw_when", e), e.span));
        self.pieces(&std::iter::once(first.into()).chain(when).collect::<Vec<_>>());
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
        let version = self.effective(r.effective.as_ref());
        let head = format!("{} {}{version}{}", self.strength(r.strength), self.head(&r.head), self.clause("kw_at", r.at.as_ref()));
        let mut pieces = vec![Piece::from(head)];
        if let Some(list) = &r.each {
            pieces.push(Piece::at(format!("{} {}", self.kw("kw_each"), self.value(list)), list.span));
        }
        for (keyword, guard) in [("kw_when", &r.when), ("kw_unless", &r.unless)] {
            if let Some(e) = guard {
                pieces.push(Piece::at(self.guard(keyword, e), e.span));
            }
        }
        let mut tail = Vec::new();
        if !r.waives.is_empty() {
            let waived =
                |w: &prog_syntax::ast::Waived| name(&w.name) + &w.to.as_ref().map(|t| format!(" -> {}", name(t))).unwrap_or_default();
            tail.push(format!("{} {}", self.kw("kw_waives"), r.waives.iter().map(waived).collect::<Vec<_>>().join(", ")));
        }
        if !r.needs.is_empty() {
            tail.push(format!("{} {}", self.kw("kw_needs"), names(&r.needs)));
        }
        self.tested(pieces, &r.test, &self.clause("kw_else", r.outcome.as_ref()), tail);
    }

    /// A head in pieces, `: TEST else OUTCOME`, and what follows the test.
    fn tested(&mut self, mut pieces: Vec<Piece>, test: &Test, outcome: &str, tail: Vec<String>) {
        let Test::Threshold { need, members, span: test_span } = test else {
            pieces.push(Piece::at(format!(": {}{outcome}", self.test(test)), place(test)));
            pieces.extend(tail.into_iter().map(Piece::from));
            self.pieces(&pieces);
            return;
        };
        let need = match need {
            Need::Any => self.kw("kw_any_of").to_owned(),
            Need::All => self.kw("kw_all_of").to_owned(),
            Need::AtLeast(n) => format!("{} {n} {}", self.kw("kw_at_least_of"), self.kw("kw_of_them")),
        };
        pieces.push(Piece::at(format!(": {need}"), *test_span));
        let broken = self.open_pieces(pieces);
        members.iter().for_each(|m| self.member(m));
        let tail: String = tail.iter().map(|t| format!(" {t}")).collect();
        self.close_pieces(*test_span, &format!("{outcome}{tail}"), broken);
    }

    fn member(&mut self, m: &Member) {
        self.before(m.span, m.head.doc.as_deref());
        let mut pieces = vec![Piece::from(self.head(&m.head))];
        if let Some(e) = &m.when {
            pieces.push(Piece::at(self.guard("kw_when", e), e.span));
        }
        self.tested(pieces, &m.test, "", Vec::new());
    }

    /// A test on one line.
    pub fn test(&self, t: &Test) -> String {
        let list = |keyword: &'static str, list: &[prog_syntax::ast::Name]| {
            if list.is_empty() { String::new() } else { format!(" {} {}", self.kw(keyword), names(list)) }
        };
        match t {
            Test::Expr(e) => self.expr(e),
            Test::Judged { by, on, .. } => {
                format!("{}{}", self.judged(by), list("kw_on_material", on))
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
        let mut pieces = vec![Piece::from(format!("{strength}{} {}", self.kw("kw_quota"), self.head(&q.head)))];
        let mut scope = self.clause("kw_at", q.at.as_ref());
        if !q.per.is_empty() {
            let every = if q.every { format!(" {}", self.kw("kw_every")) } else { String::new() };
            scope += &format!(" {}{every} {}", self.kw("kw_per"), self.values(&q.per));
        }
        // A line that starts with `per "…"` would declare something of that name.
        let declares = q.at.is_none() && !q.every && self.values(&q.per).starts_with('"');
        if let Some(head) = pieces.last_mut().filter(|_| declares) {
            head.text += &scope;
        } else if let Some(place) = q.at.as_ref().map(|n| n.span).or(q.per.first().map(|e| e.span)) {
            pieces.push(Piece::at(scope.trim_start().to_owned(), place));
        }
        if let Some(e) = &q.when {
            pieces.push(Piece::at(self.guard("kw_when", e), e.span));
        }
        pieces.push(Piece::at(format!(": {}{}", self.expr(&q.test), self.clause("kw_else", q.outcome.as_ref())), q.test.span));
        self.pieces(&pieces);
    }

    /// The word for a channel that can't be taken for an actor's.
    fn own_channel(&self) -> &'static str {
        if self.chinese() { self.kw("kw_channel") } else { "via" }
    }

    pub fn material(&mut self, m: &Material) {
        self.before(m.span, m.heads.first().and_then(|h| h.doc.as_deref()));
        let mut pieces = vec![Piece::from(format!("{} {}", self.kw("kw_material"), self.heads(&m.heads)))];
        if m.per_package {
            pieces.push(self.kw("kw_per_package").to_owned().into());
        }
        if !m.tracks.is_empty() {
            pieces.push(format!("{} {}", self.kw("kw_for"), names(&m.tracks)).into());
        }
        if let Some(by) = &m.by {
            pieces.push(format!("{} {}", self.kw("kw_by"), name(by)).into());
        }
        if m.optional {
            pieces.push(self.kw("kw_optional").to_owned().into());
        }
        if !m.formats.is_empty() {
            // A line that starts with `optional as` would declare something of that name.
            let alone = |w: &Self, text: &str| [w.kw("kw_per_package"), w.kw("kw_optional")].contains(&text);
            if let Some(word) = pieces.pop_if(|last| alone(self, &last.text)) {
                match pieces.last_mut() {
                    Some(before) => before.text += &format!(" {}", word.text),
                    None => pieces.push(word),
                }
            }
            let format = |f: &prog_syntax::ast::Format| {
                let sealed = if f.sealed { format!("{} ", self.kw("kw_sealed")) } else { String::new() };
                format!("{sealed}{}", name(&f.name))
            };
            let and = format!(" {} ", self.kw("kw_format_and"));
            pieces.push(format!("{} {}", self.kw("kw_format"), m.formats.iter().map(format).collect::<Vec<_>>().join(&and)).into());
        }
        if let Some(channel) = &m.channel {
            // In English `by` alone, before formats, would be the actor.
            let word = if m.by.is_some() || !m.formats.is_empty() { self.kw("kw_channel") } else { self.own_channel() };
            pieces.push(format!("{word} {}", name(channel)).into());
        }
        if let Some(stage) = &m.at {
            pieces.push(format!("{} {}", self.kw("kw_at"), name(stage)).into());
        }
        if let Some(e) = &m.when {
            pieces.push(Piece::at(self.guard("kw_when", e), e.span));
        }
        for (format, cites) in &m.refuse {
            pieces.push(format!("{} {}{}", self.kw("kw_refuse"), name(format), self.cites(cites)).into());
        }
        self.pieces(&pieces);
    }
}

/// Where a test stands.
fn place(test: &Test) -> Span {
    match test {
        Test::Expr(e) => e.span,
        Test::Judged { span, .. } | Test::Attested { span, .. } | Test::External { span, .. } => *span,
        Test::Threshold { span, .. } | Test::Bad(span) => *span,
    }
}
