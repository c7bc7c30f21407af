//! The report on targets as canonical JSON.

use super::definition::ShownType;
use super::finding::Outcome;
use super::number::Exact;
use super::report::{shown_number, Writer};
use super::targets::{JudgedTargets, TargetFinding, TargetItem};
use super::value::Value;

/// Whether a number may stand in JSON: a quotient without end may not.
fn ends(value: &Exact, shown: &ShownType) -> bool {
    !shown_number(value, shown).0.contains('/')
}

impl Writer {
    /// The report on targets.
    pub fn targets(&mut self, judged: &JudgedTargets<'_>) {
        let definition = self.prepared.definition;
        self.raw("{\"findings\":");
        self.list(&judged.findings, Self::target);
        self.raw(",\"notes\":");
        self.list(&judged.notes, Self::note);
        self.nullable(",\"on\":", judged.on.map(|day| day.to_string()).as_deref());
        self.member(",\"programme\":", definition.programme);
        self.member(",\"version\":", definition.version);
        self.raw("}");
    }

    fn target(&mut self, found: &TargetFinding<'_>) {
        let (outcome, shown) = (&found.outcome, found.shown.as_ref());
        let block = found.block.block;
        self.raw("{");
        if let Some(actor) = block.reporter {
            self.member("\"addressed\":", actor);
            self.raw(",");
        }
        self.strings("\"clauses\":", found.clauses);
        if let Some((_, base)) = &outcome.ratio {
            self.plain_number(",\"denominator\":", base);
        }
        if let Some(due) = found.due {
            self.member(",\"due\":", &due.to_string());
        }
        self.ending_number(",\"gap\":", outcome.gap.as_ref(), shown);
        self.open_end(",\"high\":", &outcome.value, shown, false);
        if let Some(items) = &outcome.items {
            self.raw(",\"items\":");
            let not_met = items.iter().filter(|item| item.result != Outcome::Met);
            self.list(not_met, |out, item| out.target_item(item, shown));
        }
        if let Some(key) = found.key {
            self.key(vec![(block.per.unwrap_or("key"), key)]);
        }
        let kind = if found.problem.is_some() {
            "field"
        } else {
            "target"
        };
        self.member(",\"kind\":", kind);
        self.target_limit(found);
        self.open_end(",\"low\":", &outcome.value, shown, true);
        self.message(&found.message);
        if let Some(label) = &found.label {
            self.member(",\"milestone\":", label);
        }
        self.needs(&outcome.needs);
        if let Some((part, _)) = &outcome.ratio {
            self.plain_number(",\"numerator\":", part);
        }
        if let Some((problem, path)) = found.problem {
            self.member(",\"path\":", path);
            self.member(",\"problem\":", problem.word());
        }
        self.strings(
            ",\"reports\":",
            found
                .reports
                .iter()
                .filter_map(|report| report.id.as_deref()),
        );
        self.result(outcome.result);
        self.member(",\"rule\":", found.rule);
        let strength = match (found.problem, found.soft) {
            (Some(_), _) => "complete",
            (None, true) => "note",
            (None, false) => "finding",
        };
        self.member(",\"strength\":", strength);
        self.member(",\"targets\":", block.key);
        self.under(&found.under);
        if let Some(unit) = shown.and_then(|shown| shown.unit) {
            self.member(",\"unit\":", unit);
        }
        self.plain_value(&outcome.value, shown);
        if let Some(words) = found.words {
            self.member(
                ",\"words\":",
                super::messages::Message::Author(words).get(self.lang),
            );
        }
        self.raw("}");
    }

    fn target_item(&mut self, item: &TargetItem<'_>, shown: Option<&ShownType>) {
        self.raw("{");
        if let Some((gap, shown)) = item
            .gap
            .as_ref()
            .zip(shown)
            .filter(|(gap, shown)| ends(gap, shown))
        {
            self.raw("\"gap\":");
            self.number(gap, shown);
            self.raw(",");
        }
        self.member("\"key\":", item.key);
        self.needs(&item.needs);
        self.result(item.result);
        self.plain_value(&item.value, shown);
        self.raw("}");
    }

    /// A number that has an end, where it is shown.
    fn ending_number(&mut self, name: &str, value: Option<&Exact>, shown: Option<&ShownType>) {
        if let Some((value, shown)) = value.zip(shown).filter(|(value, shown)| ends(value, shown)) {
            self.raw(name);
            self.number(value, shown);
        }
    }

    /// A number without unit: a whole one as such, else as text.
    fn plain_number(&mut self, name: &str, value: &Exact) {
        self.raw(name);
        self.number(
            value,
            &ShownType {
                whole: true,
                ..ShownType::BLANK
            },
        );
    }

    /// One end of a number that is not known, if it has ends.
    fn open_end(&mut self, name: &str, value: &Value<'_>, shown: Option<&ShownType>, is_low: bool) {
        let (Value::Unknown(unknown), Some(shown)) = (value, shown) else {
            return;
        };
        let (low, high) = (unknown.low.as_ref(), unknown.high.as_ref());
        let mut known = low.into_iter().chain(high).peekable();
        if known.peek().is_some() && known.all(|end| ends(end, shown)) {
            self.raw(name);
            self.end(if is_low { low } else { high }, shown);
        }
    }

    fn target_limit(&mut self, found: &TargetFinding<'_>) {
        let (Some((Value::Number(low), high)), Some(shown)) = (&found.outcome.limit, &found.shown)
        else {
            return;
        };
        match high {
            None => self.ending_number(",\"limit\":", Some(low), Some(shown)),
            Some(Value::Number(high)) => {
                self.ending_number(",\"limit\":{\"high\":", Some(high), Some(shown));
                self.ending_number(",\"low\":", Some(low), Some(shown));
                self.raw("}");
            }
            Some(_) => {}
        }
    }

    fn plain_value(&mut self, value: &Value<'_>, shown: Option<&ShownType>) {
        match value {
            Value::Number(n) => self.ending_number(",\"value\":", Some(n), shown),
            Value::Bool(value) => self.raw(if *value {
                ",\"value\":true"
            } else {
                ",\"value\":false"
            }),
            Value::Day(day) => self.member(",\"value\":", &day.to_string()),
            Value::Text(text) => self.member(",\"value\":", text),
            Value::None
            | Value::Unknown(_)
            | Value::Set(_)
            | Value::Moment(_)
            | Value::Duration(_)
            | Value::Record(..)
            | Value::List(_) => {}
        }
    }
}
