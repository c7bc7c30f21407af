//! Values that may not be there: optional ones, conditional ones, rules that may not apply (semantics 1.3, 5.4).
//!
//! In: every expression of the model with the conditions that hold where it stands. Out: an error for each use that says neither
//! what holds without the value nor that it is there.

use super::known::Known;
use crate::lower::Lower;
use crate::{Aggregation, Expr, ExprKind, Input, Origin, Programme, RecordId, Rule, Test, TestMember, TrackId, Type};
use prog_base::{Diagnostic, Span, codes, text};

/// Checks all expressions.
pub(super) fn check(lower: &Lower<'_>, out: &mut Vec<Diagnostic>) {
    let p = &lower.p;
    let mut walk = Walk { p, lower, out, track: None, items: Vec::new() };
    for track in 0..p.tracks.len() {
        walk.track(TrackId(track as u32));
    }
    walk.track = None;
    for form in &p.forms {
        form.inputs.iter().for_each(|id| walk.input(p.input(*id)));
    }
    for quota in &p.quotas {
        for key in &quota.keys {
            key.by_track.iter().for_each(|(track, e)| walk.of_track(*track, e, true));
        }
        walk.track = None;
        let known = Known::default();
        quota.when.iter().for_each(|e| walk.expr(e, &known, false));
        walk.expr(&quota.test, &known.and(quota.when.as_ref()), false);
    }
    for selection in &p.selections {
        selection.of_cases().for_each(|(track, e)| walk.of_track(*track, e, true));
        walk.track = None;
        selection.of_group().for_each(|e| walk.expr(e, &Known::default(), false));
    }
    for workflow in &p.workflows {
        for stage in &workflow.stages {
            let guards = stage.transitions.iter().chain(&stage.late).filter_map(|t| t.when.as_ref()).flatten();
            guards.chain(&stage.when).for_each(|(track, e)| walk.of_track(*track, e, false));
        }
    }
    for material in &p.materials {
        material.when.iter().for_each(|(track, e)| walk.of_track(*track, e, false));
    }
}

struct Walk<'a> {
    p: &'a Programme,
    lower: &'a Lower<'a>,
    out: &'a mut Vec<Diagnostic>,
    track: Option<TrackId>,
    /// The records of enclosing lists, innermost last.
    items: Vec<Option<RecordId>>,
}

impl<'a> Walk<'a> {
    fn of_track(&mut self, track: TrackId, e: &'a Expr, may_be_absent: bool) {
        self.track = Some(track);
        self.expr(e, &Known::default(), may_be_absent);
    }

    fn track(&mut self, id: TrackId) {
        self.track = Some(id);
        let track = self.p.track(id);
        for input in track.inputs.iter().map(|i| self.p.input(*i)).filter(|i| i.form.is_none()) {
            self.input(input);
        }
        for l in &track.lets {
            self.expr(&l.value, &Known::default(), false);
        }
        for rule in &track.rules {
            self.rule(rule);
        }
    }

    fn input(&mut self, input: &'a Input) {
        let none = Known::default();
        input.when.iter().for_each(|e| self.expr(e, &none, false));
        let known = none.and(input.when.as_ref());
        match &input.origin {
            // A grid's total is written by us: blank cells leave it unknown.
            Origin::Computed(e) if e.span != input.ident.span => self.expr(e, &known, false),
            Origin::External { as_of: Some(e), .. } => self.expr(e, &known, false),
            Origin::Computed(_)
            | Origin::Entered
            | Origin::Attested { .. }
            | Origin::Judged { .. }
            | Origin::External { as_of: None, .. } => {}
        }
    }

    fn rule(&mut self, rule: &'a Rule) {
        let none = Known::default();
        let items = self.items.len();
        if let Some(list) = &rule.each {
            self.expr(list, &none, false);
            self.items.push(item_record(&list.ty));
        }
        rule.when.iter().chain(&rule.unless).for_each(|e| self.expr(e, &none, false));
        let known = none.and(rule.when.as_ref()).and_not(rule.unless.as_ref());
        self.test(&rule.test, &known);
        self.items.truncate(items);
    }

    fn test(&mut self, test: &'a Test, known: &Known<'a>) {
        match test {
            Test::Expr(e) => self.expr(e, known, false),
            Test::External { as_of: Some(e), .. } => self.expr(e, known, false),
            Test::Threshold { members, .. } => members.iter().for_each(|m: &TestMember| {
                m.when.iter().for_each(|e| self.expr(e, known, false));
                self.test(&m.test, &known.and(m.when.as_ref()));
            }),
            Test::Bad | Test::Judged { .. } | Test::Attested { .. } | Test::External { as_of: None, .. } => {}
        }
    }

    /// `may_be_absent`: what stands around the expression says what holds without a value.
    fn expr(&mut self, e: &'a Expr, known: &Known<'a>, may_be_absent: bool) {
        match &e.kind {
            ExprKind::Input(_) | ExprKind::ItemField { .. } | ExprKind::Member { .. } | ExprKind::Rule(_) if !may_be_absent => {
                self.read(e, known);
            }
            ExprKind::IsGiven(of) => self.inside(of, known),
            ExprKind::Otherwise { value, default } => {
                self.inside(value, known);
                self.expr(default, known, false);
            }
            ExprKind::And(list) => self.connected(list, known, true),
            ExprKind::Or(list) => self.connected(list, known, false),
            ExprKind::If { test, then, other } => {
                self.expr(test, known, false);
                self.expr(then, &known.assume(test, true), may_be_absent);
                self.expr(other, &known.assume(test, false), may_be_absent);
            }
            ExprKind::OverList { op, list, filter, value } => {
                self.expr(list, known, false);
                self.items.push(item_record(&list.ty));
                let inner = known.outside_items();
                filter.iter().for_each(|f| self.expr(f, &inner, false));
                let inner = inner.and(filter.as_deref());
                // An item without a year counts nowhere.
                let may_be_absent = matches!(op, Aggregation::Consecutive(_));
                value.iter().for_each(|v| self.expr(v, &inner, may_be_absent));
                self.items.pop();
            }
            ExprKind::OverCases { members, .. } => {
                for m in members {
                    self.case(m.track, m.filter.as_ref(), m.value.as_ref());
                }
            }
            ExprKind::Share { members } => {
                for m in members {
                    self.case(m.track, m.base.as_ref(), m.part.as_ref());
                }
            }
            ExprKind::Input(_) | ExprKind::ItemField { .. } | ExprKind::Rule(_) => {}
            _other => e.parts().into_iter().for_each(|part| self.expr(part, known, false)),
        }
    }

    /// A value that may be absent itself; what it is made of may not.
    fn inside(&mut self, value: &'a Expr, known: &Known<'a>) {
        match &value.kind {
            ExprKind::Member { of, .. } => self.expr(of, known, false),
            _other => self.expr(value, known, true),
        }
    }

    /// Each part of `and` may rely on the others, of `or` on their not holding.
    fn connected(&mut self, list: &'a [Expr], known: &Known<'a>, and: bool) {
        for (i, part) in list.iter().enumerate() {
            let others = list.iter().enumerate().filter(|(j, _)| *j != i);
            let inner = others.fold(known.clone(), |known, (_, other)| known.assume(other, and));
            self.expr(part, &inner, false);
        }
    }

    fn case(&mut self, track: TrackId, filter: Option<&'a Expr>, value: Option<&'a Expr>) {
        let (outer, items) = (self.track.replace(track), std::mem::take(&mut self.items));
        let known = Known::default();
        filter.iter().for_each(|f| self.expr(f, &known, false));
        let known = known.and(filter);
        value.iter().for_each(|v| self.expr(v, &known, false));
        (self.track, self.items) = (outer, items);
    }

    fn read(&mut self, e: &'a Expr, known: &Known<'a>) {
        match &e.kind {
            ExprKind::Input(id) => {
                let input = self.p.input(*id);
                let computed = matches!(input.origin, Origin::Computed(_));
                if input.optional && !computed && !known.given(e) {
                    self.out.push(self.optional(&input.ident.name, e, input.ident.span));
                } else if let Some(guard) = input.when.as_ref().filter(|g| !known.given(e) && !known.proves(self.lower, g)) {
                    self.out.push(conditional(&input.ident.name, e, guard.span));
                }
            }
            ExprKind::ItemField { depth, field } => {
                let record = self.items.len().checked_sub(depth + 1).and_then(|i| self.items[i]);
                self.field(e, record, *field, known);
            }
            ExprKind::Member { of, field } => {
                self.expr(of, known, false);
                let record = if let Type::Record(id) = of.ty { Some(id) } else { None };
                self.field(e, record, *field, known);
            }
            ExprKind::Rule(id) => {
                let rule = self.track.and_then(|t| self.p.track(t).rules.get(id.index()));
                if let Some(rule) = rule.filter(|r| may_lapse(r)) {
                    self.out.push(self.lapsing(rule, e));
                }
            }
            _other => {}
        }
    }

    fn field(&mut self, e: &Expr, record: Option<RecordId>, field: usize, known: &Known<'a>) {
        let field = record.and_then(|r| self.p.records.get(r.index())).and_then(|r| r.fields.get(field));
        if let Some(field) = field.filter(|f| f.optional && !known.given(e)) {
            self.out.push(self.optional(&field.ident.name, e, field.ident.span));
        }
    }

    fn optional(&self, n: &str, e: &Expr, declared: Span) -> Diagnostic {
        let d = Diagnostic::error(
            codes::OPTIONAL_READ,
            e.span,
            text!("“{n}”可以不填，这里没有说不填时怎么办", "`{n}` may be blank, and it is not said what holds then"),
        )
        .label(declared, text!("在这里声明为可选", "declared optional here"))
        .help(text!(
            "写成“{n} 缺省为 某值”，或先判断“{n} 已填”；原文没有说不填算多少，写 {n} 缺省为 未明 \"…\"，不要随手写 0",
            "Write `{n} otherwise VALUE`, or test `{n} is given` first; where the notice does not say what a blank counts as, write `{n} otherwise unknown \"…\"` rather than 0"
        ));
        if matches!(e.ty, Type::List(_) | Type::Set(_)) {
            return d.help(text!(
                "删去“{n}”的 选填：一项也没有时，列表就是空的",
                "remove `optional` from `{n}`: no entries make an empty list"
            ));
        }
        if e.ty == Type::Bool {
            let text = if self.lower.writes_chinese(e.span) { format!("({n} 缺省为 否)") } else { format!("({n} otherwise no)") };
            return d.fix(text!("不填时当作“否”", "count a blank as no"), e.span, text);
        }
        d
    }

    fn lapsing(&self, rule: &Rule, e: &Expr) -> Diagnostic {
        let n = &rule.ident.name;
        let text = if self.lower.writes_chinese(e.span) { format!("({n} 缺省为 是)") } else { format!("({n} otherwise true)") };
        Diagnostic::error(
            codes::RULE_MAY_LAPSE,
            e.span,
            text!("规则“{n}”可能不适用，这里没有说那时怎么算", "The rule `{n}` may be not applicable, and it is not said what holds then"),
        )
        .label(rule.ident.span, text!("它带条件、例外或可被免除", "it has a condition, an exception, or can be waived"))
        .help(text!(
            "写成“{n} 缺省为 是”（不适用时算满足）或“{n} 缺省为 否”",
            "Write `{n} otherwise true` (not applicable counts as met) or `{n} otherwise false`"
        ))
        .fix(text!("不适用时算满足", "count not applicable as met"), e.span, text)
    }
}

/// Whether a rule can be not applicable.
fn may_lapse(rule: &Rule) -> bool {
    rule.when.is_some() || rule.unless.is_some() || rule.each.is_some() || !rule.waived_by.is_empty()
}

fn item_record(list: &Type) -> Option<RecordId> {
    match list {
        Type::List(item) => {
            if let Type::Record(id) = **item {
                Some(id)
            } else {
                None
            }
        }
        _other => None,
    }
}

fn conditional(n: &str, e: &Expr, guard: Span) -> Diagnostic {
    Diagnostic::error(
        codes::IRRELEVANT_READ,
        e.span,
        text!("“{n}”只在一定条件下才有，这里没有同样的条件", "`{n}` is there only under a condition that need not hold here"),
    )
    .label(guard, text!("它的条件", "its condition"))
    .help(text!(
        "给规则写上同样的条件（当 …），或写成“{n} 缺省为 某值”",
        "Give the rule the same condition (`when …`), or write `{n} otherwise VALUE`"
    ))
}
