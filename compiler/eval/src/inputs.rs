//! Facts and fields: their values (semantics 5.4, 7.4), and what is wrong with their entries (5.1).

use crate::case::{Data, Problem};
use crate::eval::{band, counts_punctuation, data_value, eval};
use crate::messages;
use crate::report::{Finding, FindingKind, FindingStrength, Message};
use crate::scene::Scene;
use crate::truth::Truth;
use crate::value::{Source, Unknown, Value};
use prog_base::Exact;
use prog_base::text::{char_count, character_count};
use prog_model::{Input, LimitKind, Origin, RuleResult, Strength};
use std::borrow::Cow;

impl<'a> Scene<'a> {
    pub(crate) fn input_at(&self, slot: usize) -> &'a Input {
        self.prepared.programme.input(self.track.inputs[slot])
    }

    /// Whether something acceptable or not was entered.
    pub(crate) fn has_entry(&self, slot: usize) -> bool {
        self.case.entries[slot].data != Data::Blank
    }

    pub(crate) fn work_out_input(&mut self, slot: usize) -> Value<'a> {
        let input = self.input_at(slot);
        let relevant = self.relevance(slot);
        if relevant.is_false() {
            return Value::None;
        }
        let entry = &self.case.entries[slot];
        let key = &input.ident.key;
        let source = match &input.origin {
            Origin::Computed(value) => {
                let computed = eval(self, value);
                let contradicted = self.contradicts(slot, &computed);
                return if contradicted { data_value(&Data::Bad, key, Source::Other, false, (None, None)) } else { computed };
            }
            Origin::Judged { .. } => Source::Judgement,
            Origin::Entered | Origin::Attested { .. } | Origin::External { .. } => Source::Other,
        };
        let bounds = &self.prepared.bounds[self.track.inputs[slot].index()];
        let bounds = (bounds.0.as_ref(), bounds.1.as_ref());
        let data = if self.length_problem(slot, true).is_some() { &Data::Bad } else { &entry.data };
        if let Origin::External { as_of: Some(day), .. } = &input.origin
            && *data != Data::Blank
            && eval(self, day) != entry.as_of.map_or(Value::None, Value::Date)
        {
            return data_value(&Data::Bad, key, source, false, bounds);
        }
        let value = data_value(data, key, source, input.optional, bounds);
        match (value, relevant) {
            // Whether it is asked for is open: first that must be known.
            (Value::Unknown(u), Truth::Unknown(mut needs)) => {
                needs.add(&u.needs);
                Value::Unknown(Unknown { needs, ..u })
            }
            (value, _) => value,
        }
    }

    /// Whether a text breaks a limit on its length: a hard one, or the band of a soft one.
    fn length_problem(&self, slot: usize, hard: bool) -> Option<u64> {
        let Data::Text(text) = &self.case.entries[slot].data else { return None };
        let limits = &self.input_at(slot).field.limits;
        if limits.is_empty() {
            return None;
        }
        let breaks = |limit: &prog_model::Limit| {
            let count = if limit.characters { character_count(text) } else { char_count(text, counts_punctuation(self)) };
            let breaks = match limit.kind {
                LimitKind::AtMost => hard && count > limit.value,
                LimitKind::AtLeast => hard && count < limit.value,
                LimitKind::About => !hard && self.outside_band(count, limit.value),
            };
            breaks.then_some(count)
        };
        limits.iter().find_map(breaks)
    }

    fn outside_band(&self, count: u64, target: u64) -> bool {
        let Some(band) = band(self) else { return false };
        let (count, target) = (Exact::from(count as i64), Exact::from(target as i64));
        count < &target * &(&Exact::ONE - &band) || count > &target * &(&Exact::ONE + &band)
    }

    /// What is wrong with the entry of one input.
    pub(crate) fn field_findings(&mut self, slot: usize) -> Vec<Finding<'a>> {
        let mut findings = Vec::new();
        let input = self.input_at(slot);
        let relevant = self.relevance(slot);
        let (has_entry, case) = (self.has_entry(slot), self.case);
        if relevant.is_false() {
            if has_entry {
                findings.push(self.field_finding(slot, Problem::Irrelevant, Cow::Borrowed(&input.pointer)));
            }
            return findings;
        }
        if relevant.is_true() && self.must_be_filled(input) {
            let lacks = match &case.entries[slot].data {
                Data::Blank => Some(Problem::Blank),
                Data::Bool(false) if input.seal => Some(Problem::Seal),
                _entered => None,
            };
            findings.extend(lacks.map(|problem| self.field_finding(slot, problem, Cow::Borrowed(&input.pointer))));
        }
        let faults = &case.faults;
        let first = faults.partition_point(|f| f.slot < slot);
        for fault in faults[first..].iter().take_while(|f| f.slot == slot) {
            findings.push(self.field_finding(slot, fault.problem, Cow::Borrowed(&fault.path)));
        }
        if self.length_problem(slot, true).is_some() {
            findings.push(self.field_finding(slot, Problem::Length, Cow::Borrowed(&input.pointer)));
        } else if self.length_problem(slot, false).is_some() {
            let mut soft = self.field_finding(slot, Problem::Length, Cow::Borrowed(&input.pointer));
            soft.strength = FindingStrength::Rule(Strength::Note);
            findings.push(soft);
        }
        if has_entry && self.differs_from_total(input, slot) {
            findings.push(self.field_finding(slot, Problem::Total, Cow::Borrowed(&input.pointer)));
        }
        findings
    }

    /// Only what the applicant enters or attests is asked for; judgements and registers are awaited from others.
    fn must_be_filled(&self, input: &Input) -> bool {
        match &input.origin {
            Origin::Entered | Origin::Attested { .. } => !input.optional,
            Origin::Judged { .. } | Origin::External { .. } | Origin::Computed(_) => false,
        }
    }

    /// A computed field that was filled in with another value.
    fn differs_from_total(&mut self, input: &'a Input, slot: usize) -> bool {
        let Origin::Computed(value) = &input.origin else { return false };
        let computed = eval(self, value);
        self.contradicts(slot, &computed)
    }

    /// Whether what was entered is another value than the computed one.
    fn contradicts(&self, slot: usize, computed: &Value<'a>) -> bool {
        let key = &self.input_at(slot).ident.key;
        let entered = data_value(&self.case.entries[slot].data, key, Source::Other, true, (None, None));
        let known = |v: &Value<'a>| !matches!(v, Value::Unknown(_) | Value::None);
        known(&entered) && known(computed) && entered != *computed
    }

    fn field_finding(&self, slot: usize, problem: Problem, path: Cow<'a, str>) -> Finding<'a> {
        let input = self.input_at(slot);
        let strength = FindingStrength::Rule(Strength::Complete);
        let cites = self.prepared.programme.cites_of_input(self.id, self.track.inputs[slot]);
        let mut finding = Finding::new(FindingKind::Field, &input.ident, cites, strength, RuleResult::Unmet);
        finding.message = Message::Own(messages::about(messages::field(problem), &input.ident.label));
        finding.problem = Some(problem);
        finding.path = path;
        finding
    }
}
