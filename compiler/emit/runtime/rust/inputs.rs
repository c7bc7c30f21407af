//! Facts and fields: their values, and what is wrong with their entries.

use super::case::{Data, Problem};
use super::definition::{Input, LimitKind, Origin, Strength};
use super::expression::value_of;
use super::finding::{Finding, Weight};
use super::number::Exact;
use super::scene::Scene;
use super::text::{char_count, character_count};
use super::truth::Truth;
use super::value::{Source, Value};
use std::borrow::Cow;

impl<'a> Scene<'a> {
    /// An input by its position in the track.
    pub fn input(&self, slot: usize) -> &'static Input {
        &self.track.track.inputs[slot]
    }

    /// Whether something acceptable or not was entered.
    pub fn has_entry(&self, slot: usize) -> bool {
        self.case.entries[slot].data != Data::Blank
    }

    /// The value of an input.
    pub fn work_out_input(&self, slot: usize) -> Value<'a> {
        let input = self.input(slot);
        let relevant = self.relevance(slot);
        if relevant.is_false() {
            return Value::None;
        }
        let entry = &self.case.entries[slot];
        let bad = |source: Source, bounds| value_of(&Data::Bad, input.key, source, false, bounds);
        let source = match input.origin {
            Origin::Computed(formula) => {
                let computed = formula(self);
                let contradicted = self.contradicts(slot, &computed);
                return if contradicted {
                    bad(Source::Other, (None, None))
                } else {
                    computed
                };
            }
            Origin::Judged(_) => Source::Judgement,
            Origin::Entered | Origin::Attested | Origin::External(_) => Source::Other,
        };
        let (low, high) = &self.track.bounds[slot];
        let bounds = (low.as_ref(), high.as_ref());
        let value = if self.length_problem(slot, true) {
            bad(source, bounds)
        } else {
            value_of(&entry.data, input.key, source, input.optional, bounds)
        };
        if let Origin::External(Some(as_of)) = input.origin {
            let stated = entry.as_of.map_or(Value::None, Value::Day);
            if entry.data != Data::Blank && as_of(self) != stated {
                return bad(source, bounds);
            }
        }
        match (value, relevant) {
            // Whether it is asked for is open: first that must be known.
            (Value::Unknown(mut unknown), Truth::Unknown(mut needs)) => {
                needs.add(&unknown.needs);
                unknown.needs = needs;
                Value::Unknown(unknown)
            }
            (value, _) => value,
        }
    }

    /// Whether a text breaks a limit on its length: a hard one, or the band of a soft one.
    fn length_problem(&self, slot: usize, hard: bool) -> bool {
        let field = &self.input(slot).entry;
        let Data::Text(text) = &self.case.entries[slot].data else {
            return false;
        };
        if field.limits.is_empty() || !field.kind.is_text() {
            return false;
        }
        let count = if field.characters {
            character_count(text)
        } else {
            char_count(text, self.frame.counts_punctuation())
        };
        field.limits.iter().any(|(kind, limit)| match kind {
            LimitKind::About => !hard && self.outside_band(count, *limit),
            LimitKind::AtMost => hard && count > *limit,
            LimitKind::AtLeast => hard && count < *limit,
        })
    }

    fn outside_band(&self, count: u64, target: u64) -> bool {
        let Some(band) = self.frame.band() else {
            return false;
        };
        let whole = |n: u64| Exact::from(i64::try_from(n).unwrap_or(i64::MAX));
        let (count, target) = (whole(count), whole(target));
        let low = &target * &(&Exact::ONE - band);
        count < low || count > &target * &(&Exact::ONE + band)
    }

    /// What is wrong with the entry of one input.
    pub fn field_findings(&self, slot: usize) -> Vec<Finding<'a>> {
        let input = self.input(slot);
        let relevant = self.relevance(slot);
        let given = self.has_entry(slot);
        let at_field = |problem| Finding::about_field(input.ident(), problem, input.pointer);
        let mut findings = Vec::new();
        if relevant.is_false() {
            if given {
                findings.push(at_field(Problem::Irrelevant));
            }
            return findings;
        }
        if relevant.is_true() && must_be_filled(input) {
            match &self.case.entries[slot].data {
                Data::Blank => findings.push(at_field(Problem::Blank)),
                Data::Bool(false) if input.seal => findings.push(at_field(Problem::Seal)),
                _ => {}
            }
        }
        let case = self.case;
        for (_, path, problem) in case.faults.iter().filter(|(of, _, _)| *of == slot) {
            let path = Cow::Borrowed(path.as_str());
            findings.push(Finding::about_field(input.ident(), *problem, path));
        }
        if self.length_problem(slot, true) {
            findings.push(at_field(Problem::Length));
        } else if self.length_problem(slot, false) {
            let mut soft = at_field(Problem::Length);
            soft.strength = Weight::Of(Strength::Note);
            findings.push(soft);
        }
        if given && self.differs_from_total(slot) {
            findings.push(at_field(Problem::Total));
        }
        findings
    }

    /// A computed field that was filled in with another value.
    fn differs_from_total(&self, slot: usize) -> bool {
        match self.input(slot).origin {
            Origin::Computed(formula) => self.contradicts(slot, &formula(self)),
            Origin::Entered | Origin::Attested | Origin::Judged(_) | Origin::External(_) => false,
        }
    }

    /// Whether what was entered is another value than the computed one.
    fn contradicts(&self, slot: usize, computed: &Value<'a>) -> bool {
        let data = &self.case.entries[slot].data;
        let entered = value_of(
            data,
            self.input(slot).key,
            Source::Other,
            true,
            (None, None),
        );
        entered.is_known() && computed.is_known() && entered != *computed
    }
}

/// Only what the applicant enters or attests is asked for; judgements and registers are awaited from others.
fn must_be_filled(input: &Input) -> bool {
    match input.origin {
        Origin::Entered | Origin::Attested => !input.optional,
        Origin::Judged(_) | Origin::External(_) | Origin::Computed(_) => false,
    }
}
