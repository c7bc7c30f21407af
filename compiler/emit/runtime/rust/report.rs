//! Reports as canonical JSON (RFC 8785), in one language.
//!
//! In: what evaluation gives. Out: text. Always: the members of each object are written in sorted order; whole numbers are numbers, all
//! other numbers strings in their unit.

use super::case::Data;
use super::date::show_moment;
use super::definition::{Let, ShownKind, ShownType};
use super::evaluate::Evaluated;
use super::finding::{Finding, MemberFinding, Outcome, Under};
use super::json::quote;
use super::messages::{Message, Note};
use super::number::{Exact, Number};
use super::prepared::Prepared;
use super::read::LARGEST;
use super::route::Standing;
use super::text::Lang;
use super::value::{Needs, Value};
use super::verdict::OutcomeRange;

/// A number in its unit, and whether it is written as a JSON number; a ratio without a finite decimal is `n/d`.
pub fn shown_number(value: &Exact, shown: &ShownType) -> (String, bool) {
    let scaled = shown
        .size
        .map(Number::exact)
        .and_then(|size| value.divided(&size));
    let value = scaled.as_ref().unwrap_or(value);
    if shown.whole {
        if let Some(n) = value.to_i64().filter(|n| (-LARGEST..=LARGEST).contains(n)) {
            return (n.to_string(), true);
        }
    }
    let decimal = shown.digits.and_then(|digits| value.to_decimal(digits));
    (decimal.unwrap_or_else(|| value.to_string()), false)
}

/// Writes one report.
#[derive(Debug)]
pub struct Writer {
    /// What is written so far.
    pub text: String,
    /// The programme.
    pub prepared: &'static Prepared,
    /// The language of words.
    pub lang: Lang,
}

impl Writer {
    /// Nothing written yet.
    pub fn new(prepared: &'static Prepared, lang: Lang) -> Self {
        Self {
            text: String::with_capacity(2048),
            prepared,
            lang,
        }
    }

    /// Text as it stands.
    pub fn raw(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// A JSON string.
    pub fn string(&mut self, text: &str) {
        quote(&mut self.text, text);
    }

    /// A member whose name is written as it stands, with what separates it.
    pub fn member(&mut self, name: &str, text: &str) {
        self.raw(name);
        self.string(text);
    }

    /// A member that is a text or null.
    pub fn nullable(&mut self, name: &str, text: Option<&str>) {
        self.raw(name);
        match text {
            Some(text) => self.string(text),
            None => self.raw("null"),
        }
    }

    /// Items in brackets.
    pub fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Self, T),
    ) {
        self.raw("[");
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.raw(",");
            }
            write(self, item);
        }
        self.raw("]");
    }

    /// A member that is a list of texts.
    pub fn strings<T: AsRef<str>>(&mut self, name: &str, items: impl IntoIterator<Item = T>) {
        self.raw(name);
        self.list(items, |out, item| out.string(item.as_ref()));
    }

    /// A member that says what is awaited.
    pub fn needs(&mut self, needs: &Needs) {
        self.strings(",\"needs\":", needs.0.iter().map(|need| need.key));
    }

    /// A member that is a result.
    pub fn result(&mut self, result: Outcome) {
        self.member(",\"result\":", result.word());
    }

    /// A member that is words.
    pub fn message(&mut self, message: &Message) {
        let words = message.get(self.lang);
        self.raw(",\"message\":");
        quote(&mut self.text, words);
    }

    /// A member that says what other readings would give.
    pub fn under(&mut self, under: &[Under]) {
        self.raw(",\"under\":");
        self.list(under, |out, under| {
            out.member("{\"reading\":", under.reading);
            out.result(under.result);
            out.member(",\"value\":", under.value);
            out.raw("}");
        });
    }

    /// A number in its unit.
    pub fn number(&mut self, value: &Exact, shown: &ShownType) {
        let (text, bare) = shown_number(value, shown);
        if bare {
            self.raw(&text);
        } else {
            self.string(&text);
        }
    }

    /// A number or null.
    pub fn end(&mut self, value: Option<&Exact>, shown: &ShownType) {
        match value {
            Some(value) => self.number(value, shown),
            None => self.raw("null"),
        }
    }

    /// A note.
    pub fn note(&mut self, note: &Note) {
        self.strings("{\"clauses\":", note.clauses);
        self.message(&note.message);
        self.member(",\"rule\":", note.rule);
        self.raw("}");
    }

    /// The report of a case.
    pub fn report(&mut self, report: &Evaluated<'_>) {
        let definition = self.prepared.definition;
        self.raw("{");
        let version = report.case.version.as_deref();
        if let Some(version) = version.filter(|version| *version != definition.version) {
            self.member("\"case_version\":", version);
            self.raw(",");
        }
        self.raw("\"findings\":");
        self.list(&report.findings, Self::finding);
        if let Some(id) = &report.case.id {
            self.member(",\"id\":", id);
        }
        self.raw(",\"later\":");
        self.list(&report.later, Self::finding);
        self.raw(",\"notes\":");
        self.list(&report.notes, Self::note);
        self.raw(",\"outcome\":");
        self.outcome(report.outcome);
        self.member(",\"programme\":", definition.programme);
        if let Some(standing) = &report.standing {
            self.raw(",\"status\":");
            self.list(standing, Self::standing);
        }
        self.strings(",\"tags\":", &report.tags);
        self.member(",\"track\":", report.case.track.track.key);
        self.raw(",\"values\":{");
        let mut values: Vec<_> = report.values.iter().collect();
        values.sort_by(|(a, _), (b, _)| a.key.encode_utf16().cmp(b.key.encode_utf16()));
        for (index, (named, value)) in values.into_iter().enumerate() {
            if index > 0 {
                self.raw(",");
            }
            self.value_entry(named, value);
        }
        self.raw("}");
        self.member(",\"verdict\":", report.verdict.word());
        self.member(",\"version\":", definition.version);
        self.raw("}");
    }

    fn standing(&mut self, place: &Standing) {
        self.raw(if place.ended {
            "{\"ended\":true,\"result\":"
        } else {
            "{\"ended\":false,\"result\":"
        });
        match place.result {
            Some(result) => self.string(result),
            None => self.raw("null"),
        }
        self.member(",\"stage\":", place.stage);
        self.raw("}");
    }

    fn outcome(&mut self, outcome: Option<OutcomeRange>) {
        match outcome {
            None => self.raw("null"),
            Some(OutcomeRange { best, worst }) if best == worst => self.string(best),
            Some(OutcomeRange { best, worst }) => {
                self.member("{\"best\":", best);
                self.member(",\"worst\":", worst);
                self.raw("}");
            }
        }
    }

    /// A finding on a case or a package; one that is the same in every case is written once.
    pub fn finding(&mut self, found: &Finding<'_>) {
        let Some(settled) = found.settled else {
            return self.whole_finding(found);
        };
        let (prepared, lang) = (self.prepared, self.lang);
        let write = || {
            let mut out = Writer::new(prepared, lang);
            out.whole_finding(found);
            out.text
        };
        self.text.push_str(settled.text(lang, write));
    }

    fn whole_finding(&mut self, found: &Finding<'_>) {
        self.raw("{");
        if let Some(actor) = found.addressed {
            self.member("\"addressed\":", actor);
            self.raw(",");
        }
        self.strings("\"clauses\":", found.of.clauses);
        if found.reason.is_some() {
            self.raw(",\"exception\":true");
        }
        if let Some(items) = &found.items {
            self.raw(",\"items\":");
            self.list(items, |out, item| {
                out.strings("{\"needs\":", item.needs.0.iter().map(|need| need.key));
                out.member(",\"path\":", &item.path);
                out.result(item.result);
                out.raw("}");
            });
        }
        self.member(",\"kind\":", found.kind.word());
        if let Some(members) = &found.members {
            self.raw(",\"members\":");
            self.list(members, Self::threshold_member);
        } else if let Some(cases) = &found.cases {
            self.strings(",\"members\":", cases);
        }
        self.message(&found.message);
        self.needs(&found.needs);
        if let Some(outcome) = found.outcome {
            self.member(",\"outcome\":", outcome);
        }
        self.member(",\"path\":", &found.path);
        if let Some(problem) = found.problem {
            self.member(",\"problem\":", problem.word());
        }
        if let Some(reason) = found.reason {
            self.member(",\"reason\":", reason);
        }
        self.result(found.result);
        self.member(",\"rule\":", found.of.key);
        self.member(",\"strength\":", found.strength.word());
        self.under(&found.under);
        self.raw("}");
    }

    fn threshold_member(&mut self, member: &MemberFinding) {
        self.strings("{\"clauses\":", member.of.clauses);
        if let Some(members) = &member.members {
            self.raw(",\"members\":");
            self.list(members, Self::threshold_member);
        }
        self.message(&Message::Author(member.of.label));
        self.needs(&member.needs);
        self.member(",\"path\":", member.path);
        self.result(member.result);
        self.member(",\"rule\":", member.of.key);
        self.raw("}");
    }

    fn value_entry(&mut self, named: &Let, value: &Value<'_>) {
        let shown = &named.shown;
        self.string(named.key);
        self.strings(":{\"clauses\":", named.clauses);
        if let Value::Unknown(unknown) = value {
            if shown.is_number() {
                self.raw(",\"high\":");
                self.end(unknown.high.as_ref(), shown);
                self.raw(",\"low\":");
                self.end(unknown.low.as_ref(), shown);
            }
            self.needs(&unknown.needs);
        }
        self.nullable(",\"unit\":", shown.unit);
        self.raw(",\"value\":");
        self.value(value, shown);
        self.raw("}");
    }

    /// A value; null where it has none, or none that is shown.
    pub fn value(&mut self, value: &Value<'_>, shown: &ShownType) {
        match value {
            Value::Bool(value) => self.raw(if *value { "true" } else { "false" }),
            Value::Number(value) if shown.is_number() => self.number(value, shown),
            Value::Text(text) => self.string(text),
            Value::Set(keys) if shown.kind == ShownKind::AnyOf => {
                self.list(keys.iter().filter_map(Data::key), |out, key| {
                    out.string(key)
                });
            }
            Value::Day(day) => self.string(&day.to_string()),
            Value::Moment(moment) => {
                let zone = self.prepared.zone();
                self.string(&show_moment(zone, *moment));
            }
            Value::None
            | Value::Unknown(_)
            | Value::Number(_)
            | Value::Set(_)
            | Value::Duration(_)
            | Value::Record(..)
            | Value::List(_) => self.raw("null"),
        }
    }
}
