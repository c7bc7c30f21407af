//! Prints reports as RFC 8785: members sorted by UTF-16, no blanks, shortest escapes; numbers are integers, all else are strings.
//!
//! Always: the members of each object are written in sorted order by hand; a test sorts them again and compares.

use crate::report::*;
use crate::value::Needs;
use prog_base::{Exact, Lang};
use prog_model::{Citation, Dimension, NumberType, Programme, RuleResult};
use std::borrow::Cow;

/// The largest whole number written as a JSON number.
const LARGEST: i64 = (1 << 53) - 1;

impl Report<'_> {
    /// The report as one line of JSON, without a line end.
    pub fn to_json(&self, lang: Lang) -> String {
        let mut out = Writer { text: String::with_capacity(2048), programme: self.programme, lang };
        out.report(self);
        out.text
    }
}

impl BatchReport<'_> {
    /// The last line of a batch, without a line end.
    pub fn to_json(&self, lang: Lang) -> String {
        let mut out = Writer::new(self.programme, lang);
        out.batch(self);
        out.text
    }
}

/// A text as JSON string.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    quote(&mut out, text);
    out
}

/// Appends a JSON string.
fn quote(out: &mut String, text: &str) {
    out.push('"');
    // Looks at every byte even where the first needs escaping, which most machines do for many bytes at once.
    if !text.bytes().fold(false, |found, b| found | (b < 0x20) | (b == b'"') | (b == b'\\')) {
        out.push_str(text);
    } else {
        text.chars().for_each(|c| escape(out, c));
    }
    out.push('"');
}

fn escape(out: &mut String, c: char) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\u{8}' => out.push_str("\\b"),
        '\t' => out.push_str("\\t"),
        '\n' => out.push_str("\\n"),
        '\u{c}' => out.push_str("\\f"),
        '\r' => out.push_str("\\r"),
        c if (c as u32) < 0x20 => out.push_str(&format!("\\u{:04x}", c as u32)),
        c => out.push(c),
    }
}

/// A number in its unit: `(text, whether it is written as a JSON number)`; a ratio without a finite decimal is `n/d`.
pub fn number(p: &Programme, value: &Exact, ty: &NumberType) -> (String, bool) {
    let factor = match (ty.unit, ty.shown_as()) {
        (Some(unit), _) => p.unit(unit).factor.clone(),
        (None, Dimension::Ratio) => Exact::ratio(1, 100).unwrap_or(Exact::ONE),
        (None, Dimension::Bare | Dimension::Plain | Dimension::Times | Dimension::Units(_)) => Exact::ONE,
    };
    let shown = value.checked_div(&factor).unwrap_or_else(|| value.clone());
    let text = ty.digits.and_then(|d| shown.to_decimal(d as usize)).unwrap_or_else(|| shown.to_string());
    let small = shown.to_i64().is_some_and(|n| (-LARGEST..=LARGEST).contains(&n));
    (text, small && is_whole_type(p, ty))
}

/// Whole numbers of no kind of money and no share are JSON numbers.
fn is_whole_type(p: &Programme, ty: &NumberType) -> bool {
    let plain = match ty.shown_as() {
        Dimension::Bare | Dimension::Plain => true,
        Dimension::Ratio | Dimension::Times => false,
        Dimension::Units(units) => !units.iter().any(|(u, _)| p.unit(*u).dimension == "money"),
    };
    plain && ty.digits.is_none_or(|d| d == 0)
}

/// Writes one report.
pub(crate) struct Writer<'p> {
    pub(crate) text: String,
    pub(crate) programme: &'p Programme,
    pub(crate) lang: Lang,
}

impl<'p> Writer<'p> {
    /// Nothing written yet.
    pub(crate) fn new(programme: &'p Programme, lang: Lang) -> Self {
        Self { text: String::new(), programme, lang }
    }

    pub(crate) fn raw(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub(crate) fn string(&mut self, text: &str) {
        quote(&mut self.text, text);
    }

    pub(crate) fn member(&mut self, name: &str, text: &str) {
        self.raw(name);
        quote(&mut self.text, text);
    }

    pub(crate) fn list<T>(&mut self, items: impl IntoIterator<Item = T>, mut write: impl FnMut(&mut Self, T)) {
        self.raw("[");
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.raw(",");
            }
            write(self, item);
        }
        self.raw("]");
    }

    pub(crate) fn clauses(&mut self, cites: &[Citation]) {
        self.raw("\"clauses\":");
        let addresses = self.programme.addresses(cites);
        self.list(addresses, |out, address| quote(&mut out.text, address));
    }

    pub(crate) fn needs(&mut self, needs: &Needs<'_>) {
        self.raw(",\"needs\":");
        self.list(&needs.0, |out, n| out.string(n.key));
    }

    pub(crate) fn under(&mut self, under: &[Under<'_>]) {
        self.raw(",\"under\":");
        self.list(under, |out, u| {
            out.member("{\"reading\":", u.reading);
            out.result(u.result);
            out.member(",\"value\":", &u.value);
            out.raw("}");
        });
    }

    pub(crate) fn result(&mut self, result: RuleResult) {
        self.member(",\"result\":", result_word(result));
    }

    fn standing(&mut self, s: &Standing<'_>) {
        self.raw(if s.ended { "{\"ended\":true,\"result\":" } else { "{\"ended\":false,\"result\":" });
        match s.result {
            Some(result) => self.string(result),
            None => self.raw("null"),
        }
        self.member(",\"stage\":", s.stage);
        self.raw("}");
    }

    fn report(&mut self, r: &Report<'_>) {
        self.raw("{");
        if let Some(version) = r.case_version {
            self.member("\"case_version\":", version);
            self.raw(",");
        }
        self.raw("\"findings\":");
        self.list(&r.findings, Self::finding);
        if let Some(id) = r.id {
            self.member(",\"id\":", id);
        }
        self.raw(",\"later\":");
        self.list(&r.later, Self::finding);
        self.raw(",\"notes\":");
        self.list(&r.notes, Self::note);
        self.raw(",\"outcome\":");
        self.outcome(r.outcome.as_ref());
        self.member(",\"programme\":", &r.programme.ident.key);
        if let Some(standing) = &r.standing {
            self.raw(",\"status\":");
            self.list(standing, Self::standing);
        }
        self.raw(",\"tags\":");
        self.list(&r.tags, |out, t| out.string(t));
        self.member(",\"track\":", r.track);
        self.raw(",\"values\":{");
        for (index, value) in r.values.iter().enumerate() {
            if index > 0 {
                self.raw(",");
            }
            self.value_entry(value);
        }
        self.raw("}");
        self.member(",\"verdict\":", verdict_word(r.verdict));
        self.member(",\"version\":", &r.programme.version);
        self.raw("}");
    }

    fn outcome(&mut self, outcome: Option<&OutcomeRange<'_>>) {
        match outcome {
            None => self.raw("null"),
            Some(range) if range.best == range.worst => self.string(range.best),
            Some(range) => {
                self.member("{\"best\":", range.best);
                self.member(",\"worst\":", range.worst);
                self.raw("}");
            }
        }
    }

    fn finding(&mut self, f: &Finding<'_>) {
        self.raw("{");
        if let Some(actor) = f.addressed {
            self.member("\"addressed\":", actor);
            self.raw(",");
        }
        self.clauses(f.cites);
        if f.reason.is_some() {
            self.raw(",\"exception\":true");
        }
        if let Some(items) = &f.items {
            self.raw(",\"items\":");
            self.list(items, Self::item);
        }
        self.member(",\"kind\":", f.kind.word());
        match (&f.members, &f.cases) {
            (Some(members), _) => {
                self.raw(",\"members\":");
                self.list(members, Self::threshold_member);
            }
            (None, Some(ids)) => self.ids(",\"members\":", ids),
            (None, None) => {}
        }
        self.member(",\"message\":", f.message.get(self.lang));
        self.needs(&f.needs);
        if let Some(outcome) = f.outcome {
            self.member(",\"outcome\":", outcome);
        }
        self.member(",\"path\":", &f.path);
        if let Some(problem) = f.problem {
            self.member(",\"problem\":", problem.word());
        }
        if let Some(reason) = f.reason {
            self.member(",\"reason\":", reason);
        }
        self.result(f.result);
        self.member(",\"rule\":", &f.ident.key);
        self.member(",\"strength\":", f.strength.word());
        self.under(&f.under);
        self.raw("}");
    }

    fn ids(&mut self, name: &str, ids: &[Cow<'_, str>]) {
        self.raw(name);
        self.list(ids, |out, id| out.string(id));
    }

    fn item(&mut self, item: &Item<'_>) {
        self.raw("{\"needs\":");
        self.list(&item.needs.0, |out, n| out.string(n.key));
        self.member(",\"path\":", &item.path);
        self.result(item.result);
        self.raw("}");
    }

    fn threshold_member(&mut self, m: &Member<'_>) {
        self.raw("{");
        self.clauses(m.cites);
        if let Some(members) = &m.members {
            self.raw(",\"members\":");
            self.list(members, Self::threshold_member);
        }
        self.member(",\"message\":", m.ident.label.get(self.lang));
        self.needs(&m.needs);
        self.member(",\"path\":", m.path);
        self.result(m.result);
        self.member(",\"rule\":", &m.ident.key);
        self.raw("}");
    }

    pub(crate) fn note(&mut self, n: &Note<'_>) {
        self.raw("{");
        self.clauses(n.cites);
        self.member(",\"message\":", n.message.get(self.lang));
        self.member(",\"rule\":", n.rule);
        self.raw("}");
    }

    pub(crate) fn number(&mut self, value: &Exact, ty: &NumberType) {
        let (text, bare) = number(self.programme, value, ty);
        if bare { self.raw(&text) } else { self.string(&text) }
    }

    pub(crate) fn end(&mut self, value: Option<&Exact>, ty: &NumberType) {
        match value {
            Some(value) => self.number(value, ty),
            None => self.raw("null"),
        }
    }

    fn value_entry(&mut self, v: &ValueEntry<'_>) {
        self.string(v.key);
        self.raw(":{");
        self.clauses(v.cites);
        if let Shown::Unknown(needs, bounds) = &v.shown {
            if let Some((low, high, ty)) = bounds.as_deref() {
                self.raw(",\"high\":");
                self.end(high.as_ref(), ty);
                self.raw(",\"low\":");
                self.end(low.as_ref(), ty);
            }
            self.needs(needs);
        }
        self.raw(",\"unit\":");
        match v.unit {
            Some(unit) => self.string(unit),
            None => self.raw("null"),
        }
        self.raw(",\"value\":");
        self.shown(&v.shown);
        self.raw("}");
    }

    /// A value alone; an unknown one is null.
    pub(crate) fn shown(&mut self, shown: &Shown<'_>) {
        match shown {
            Shown::Bool(value) => self.raw(if *value { "true" } else { "false" }),
            Shown::Number(value, ty) => self.number(value, ty),
            Shown::Text(text) => self.string(text),
            Shown::Texts(texts) => self.list(texts, |out, t| out.string(t)),
            Shown::None | Shown::Unknown(..) => self.raw("null"),
        }
    }

    fn batch(&mut self, b: &BatchReport<'_>) {
        self.raw(if b.closed { "{\"closed\":true" } else { "{\"closed\":false" });
        self.raw(",\"findings\":");
        self.list(&b.findings, Self::quota);
        if !b.notes.is_empty() {
            self.raw(",\"notes\":");
            self.list(&b.notes, Self::note);
        }
        self.raw(",\"packages\":");
        self.list(&b.packages, Self::package);
        self.member(",\"programme\":", &b.programme.ident.key);
        self.raw(",\"stage\":");
        match b.stage {
            Some(stage) => self.string(stage),
            None => self.raw("null"),
        }
        self.member(",\"version\":", &b.programme.version);
        self.raw("}");
    }

    fn key(&mut self, key: &[(&str, Cow<'_, str>)]) {
        self.raw(",\"key\":{");
        for (index, (name, value)) in key.iter().enumerate() {
            if index > 0 {
                self.raw(",");
            }
            self.string(name);
            self.member(":", value);
        }
        self.raw("}");
    }

    fn package(&mut self, k: &PackageReport<'_>) {
        self.raw("{\"cases\":");
        self.list(&k.cases, |out, id| out.string(id));
        self.raw(",\"findings\":");
        self.list(&k.findings, |out, f| match f {
            PackageFinding::Own(f) => out.finding(f),
            PackageFinding::Quota(q) => out.quota(q),
        });
        self.raw(",\"id\":");
        match k.id {
            Some(id) => self.string(id),
            None => self.raw("null"),
        }
        self.key(&k.key);
        self.member(",\"state\":", state_word(k.state));
        self.raw("}");
    }

    fn quota(&mut self, q: &QuotaFinding<'_>) {
        self.raw("{");
        if let Some(actor) = q.addressed {
            self.member("\"addressed\":", actor);
            self.raw(",");
        }
        self.clauses(q.cites);
        if let Measure::Share(part, base) = &q.measure {
            self.raw(&format!(",\"denominator\":{base}"));
            let _ = part;
        }
        if q.reason.is_some() {
            self.raw(",\"exception\":true");
        }
        self.raw(if q.settled { ",\"final\":true" } else { ",\"final\":false" });
        self.quota_numbers(q);
        self.ids(",\"members\":", &q.members);
        self.member(",\"message\":", q.ident.label.get(self.lang));
        self.needs(&q.needs);
        if let Measure::Share(part, _) = &q.measure {
            self.raw(&format!(",\"numerator\":{part}"));
        }
        if let (Some((over, _)), Some(ty)) = (&q.distance, number_type(q)) {
            self.raw(",\"over\":");
            self.number(over, ty);
        }
        self.over_ruled(q);
        if let Some(reason) = q.reason {
            self.member(",\"reason\":", reason);
        }
        self.result(q.result);
        if !q.returned.is_empty() {
            self.ids(",\"returned\":", &q.returned);
        }
        self.member(",\"rule\":", &q.ident.key);
        self.member(",\"strength\":", strength_word(q.strength));
        self.under(&q.under);
        if let Measure::Value(value, ty) = &q.measure {
            self.raw(",\"value\":");
            self.number(value, ty);
        }
        self.raw("}");
    }

    /// `free`, `high`, `key`, `kind`, `limit`, `low`, in that order.
    fn quota_numbers(&mut self, q: &QuotaFinding<'_>) {
        if let (Some((_, free)), Some(ty)) = (&q.distance, number_type(q)) {
            self.raw(",\"free\":");
            self.number(free, ty);
        }
        if let Measure::Bounds(_, high, ty) = &q.measure {
            self.raw(",\"high\":");
            self.end(high.as_ref(), ty);
        }
        self.key(&q.key);
        self.raw(",\"kind\":\"quota\"");
        match &q.limit {
            Some(Limit::One(limit, ty)) => {
                self.raw(",\"limit\":");
                self.number(limit, ty);
            }
            Some(Limit::Between(low, high, ty)) => {
                self.raw(",\"limit\":{\"high\":");
                self.number(high, ty);
                self.raw(",\"low\":");
                self.number(low, ty);
                self.raw("}");
            }
            None => {}
        }
        if let Measure::Bounds(low, _, ty) = &q.measure {
            self.raw(",\"low\":");
            self.end(low.as_ref(), ty);
        }
    }

    fn over_ruled(&mut self, q: &QuotaFinding<'_>) {
        let Some(decision) = q.over_ruled else { return };
        self.raw(",\"override\":{");
        let mut first = true;
        for (name, value) in [("\"at\":", &decision.at), ("\"by\":", &decision.by), ("\"why\":", &decision.why)] {
            if let Some(value) = value {
                if !first {
                    self.raw(",");
                }
                first = false;
                self.member(name, value);
            }
        }
        self.raw("}");
    }
}

/// The type in which a quota's value is shown.
fn number_type<'q>(q: &'q QuotaFinding<'_>) -> Option<&'q NumberType> {
    match &q.measure {
        Measure::Value(_, ty) | Measure::Bounds(_, _, ty) => Some(ty),
        Measure::Share(..) | Measure::None => None,
    }
}
