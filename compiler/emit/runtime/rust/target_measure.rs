//! What an indicator amounts to in a window of time, and how it stands to a milestone's bound.
//!
//! In: the reports of one body (of `for all`: of all bodies), the day looked at, the settings of readings. Out: values, truths.
//! Always: a ratio is compared by cross-multiplication, so that a numerator known by its ends only still decides.

use super::aggregate::{aggregate, Aggregation, Counted};
use super::case::Data;
use super::date::Day;
use super::definition::{Bound, BoundKind, Formula, Indicator};
use super::expression::value_of;
use super::group::Group;
use super::interval::{compare_numbers, holds, within_band, Relation};
use super::messages::Note;
use super::number::Exact;
use super::prepared::{Prepared, PreparedTargets};
use super::readings::Setting;
use super::scope::Subject;
use super::target_lines::{Reported, TargetReport};
use super::target_period::{Window, FIRST_YEAR};
use super::truth::Truth;
use super::value::{all_needs, Needs, Source, Value};
use std::collections::BTreeSet;
use std::rc::Rc;

/// What is measured: one value, or a numerator and a denominator.
#[derive(Clone, Debug)]
pub struct Measurement<'a> {
    /// The value; of a ratio between its ends.
    pub value: Value<'a>,
    /// Numerator and denominator.
    pub ratio: Option<(Value<'a>, Value<'a>)>,
}

/// The reports of one body and the day looked at.
#[derive(Clone, Debug)]
pub struct Body<'a> {
    /// The programme.
    pub prepared: &'static Prepared,
    /// The block of targets.
    pub block: &'static PreparedTargets,
    /// With their positions among all reports.
    pub reports: Rc<[(usize, &'a TargetReport<'a>)]>,
    /// The day from which its years count.
    pub start: Option<Day>,
    /// The day looked at.
    pub on: Option<Day>,
    /// What each reading is set to.
    pub settings: Rc<[Setting]>,
}

impl<'a> Body<'a> {
    /// The same under other settings of readings.
    #[must_use]
    pub fn under(&self, settings: &Rc<[Setting]>) -> Self {
        Self {
            settings: Rc::clone(settings),
            ..self.clone()
        }
    }

    /// Reports within a window that can be known on the day looked at, the latest last.
    fn within(&self, window: Window) -> Vec<&'a TargetReport<'a>> {
        let mut found = Vec::new();
        for (at, report) in self.reports.iter() {
            let start = report.from.or(self.start);
            let begins = self.on.zip(report.period.begins(start));
            let known = begins.is_none_or(|(on, begins)| begins <= on);
            if known && report.period.is_within(window, start) {
                found.push((report.period.ends(start), *at, *report));
            }
        }
        // What has no day comes first.
        found.sort_by_key(|(ends, at, _)| (*ends, *at));
        found.into_iter().map(|(_, _, report)| report).collect()
    }

    /// The years that reports speak of, ascending.
    pub fn years(&self) -> BTreeSet<i64> {
        self.within(Window::SoFar)
            .iter()
            .map(|report| report.period.year())
            .collect()
    }

    /// The reports of a window that say something on an indicator.
    pub fn sources(&self, indicator: &Indicator, window: Window) -> Vec<&'a TargetReport<'a>> {
        let says = |report: &&TargetReport<'_>| {
            let mut entries = indicator.reads.iter().map(|slot| &report.entries[*slot]);
            entries.any(|entry| !matches!(entry, Reported::None))
        };
        self.within(window).into_iter().filter(says).collect()
    }

    /// The latest value of one input in a window.
    fn input(&self, slot: usize, window: Window, key: Option<usize>) -> Value<'a> {
        let declared = &self.block.block.inputs[slot];
        let mut data = &Data::Blank;
        for report in self.within(window) {
            match &report.entries[slot] {
                Reported::One(one) => data = one,
                Reported::ByKey(all) => {
                    let one = key.and_then(|key| all.get(key));
                    data = one.filter(|one| **one != Data::Blank).unwrap_or(data);
                }
                Reported::None => {}
            }
        }
        let source = match declared.place {
            "judgements" => Source::Judgement,
            _ => Source::Other,
        };
        let (low, high) = &self.block.bounds[slot];
        value_of(
            data,
            declared.key,
            source,
            false,
            (low.as_ref(), high.as_ref()),
        )
    }

    fn scope(&self) -> Group<'_, 'a> {
        Group::outside(self.prepared, &self.settings)
    }

    /// A formula outside any case.
    pub fn value(&self, formula: Formula) -> Value<'a> {
        formula(&self.scope())
    }

    /// What an indicator amounts to in a window; data notes are added to `notes`.
    pub fn measure(
        &self,
        indicator: &'static Indicator,
        window: Window,
        key: Option<usize>,
        notes: &mut Vec<Note>,
    ) -> Measurement<'a> {
        let inputs = indicator
            .reads
            .iter()
            .map(|slot| self.input(*slot, window, key));
        let inputs: Vec<Value<'a>> = inputs.collect();
        let Some(formula) = indicator.formula else {
            let value = inputs.into_iter().next().unwrap_or(Value::None);
            return Measurement { value, ratio: None };
        };
        let scope = self.scope();
        scope.frame.keys.borrow_mut().push(Rc::from(inputs));
        scope.frame.subject.set(Some(Subject {
            key: indicator.key,
            clauses: indicator.clauses,
        }));
        let value = (formula.value)(&scope);
        let ratio = formula
            .parts
            .map(|(part, base)| (part(&scope), base(&scope)));
        for note in scope.frame.notes.take() {
            if !notes.iter().any(|known| known.rule == note.rule) {
                notes.push(note);
            }
        }
        let value = match &ratio {
            Some((part, base)) => between(value, part, base),
            None => value,
        };
        Measurement { value, ratio }
    }

    /// The sum over years; what no year between the first and the last says stays open.
    pub fn total(
        &self,
        indicator: &'static Indicator,
        until: Option<i64>,
        key: Option<usize>,
        notes: &mut Vec<Note>,
    ) -> Measurement<'a> {
        let years = self.years();
        let ends = years.first().zip(until.or(years.last().copied()));
        let Some((&first, last)) = ends else {
            return self.measure(indicator, Window::SoFar, key, notes);
        };
        let start = self.start.filter(|_| first >= FIRST_YEAR);
        let first = start.map_or(first, |start| start.civil().0.min(first));
        if first > last {
            return self.measure(indicator, Window::Of(last), key, notes);
        }
        let of_year = |year| {
            let value = self.measure(indicator, Window::Of(year), key, notes).value;
            Counted {
                counts: Truth::True,
                value: Some(value),
            }
        };
        let value = aggregate(Aggregation::Sum, (first..=last).map(of_year).collect());
        Measurement { value, ratio: None }
    }

    /// Whether a bound holds. Above a range is more than asked for, and holds.
    pub fn holds(&self, bound: &Bound, measured: &Measurement<'a>) -> Truth {
        let limit = self.value(bound.limit);
        let relation = match bound.kind {
            BoundKind::AtMost => Relation::AtMost,
            BoundKind::Less => Relation::Less,
            BoundKind::AtLeast | BoundKind::Between => Relation::AtLeast,
            BoundKind::More => Relation::More,
            BoundKind::Equal => Relation::Equal,
            BoundKind::About => {
                let scope = self.scope();
                let band = scope.frame.band();
                let within = band.map(|band| within_band(&measured.value, limit, band));
                return within.unwrap_or(Truth::Unknown(Needs::notice()));
            }
        };
        measured.compared(relation, &limit)
    }
}

fn is_positive(n: &Exact) -> bool {
    *n > Exact::ZERO
}

impl<'a> Measurement<'a> {
    fn compared(&self, relation: Relation, limit: &Value<'a>) -> Truth {
        match (&self.ratio, limit) {
            // a ÷ b against c is a against b × c, as long as b is above nothing.
            (Some((part, Value::Number(base))), Value::Number(limit)) if is_positive(base) => {
                compare_numbers(relation, part, &Value::Number(base * limit))
            }
            (Some((part, base)), _) if self.value.is_unknown() => {
                Truth::Unknown(all_needs([part, base, limit]))
            }
            (Some(_) | None, _) => match (&self.value, limit) {
                (Value::Day(a), Value::Day(b)) => Truth::of(holds(relation, a.cmp(b))),
                (Value::Bool(a), Value::Bool(b)) => {
                    Truth::of((a == b) == (relation == Relation::Equal))
                }
                (value, limit) => compare_numbers(relation, value, limit),
            },
        }
    }

    /// Numerator and denominator, where both are known.
    pub fn known_ratio(&self) -> Option<(Exact, Exact)> {
        let (part, base) = self.ratio.as_ref()?;
        Some((part.number()?.clone(), base.number()?.clone()))
    }
}

/// A ratio that is not known, between its ends.
fn between<'a>(value: Value<'a>, part: &Value<'a>, base: &Value<'a>) -> Value<'a> {
    match (value, base) {
        (Value::Unknown(mut unknown), Value::Number(base)) if is_positive(base) => {
            let (low, high) = part.bounds();
            unknown.low = low.and_then(|end| end.divided(base));
            unknown.high = high.and_then(|end| end.divided(base));
            Value::Unknown(unknown)
        }
        (value, _) => value,
    }
}

/// How far a known value is from its bound; nothing once it is reached.
pub fn gap_to(kind: BoundKind, value: &Value<'_>, limit: &Value<'_>) -> Option<Exact> {
    let (value, limit) = value.number().zip(limit.number())?;
    let missing = match kind {
        BoundKind::AtMost | BoundKind::Less => value - limit,
        BoundKind::AtLeast
        | BoundKind::More
        | BoundKind::Equal
        | BoundKind::Between
        | BoundKind::About => limit - value,
    };
    Some(if missing.is_negative() {
        Exact::ZERO
    } else {
        missing
    })
}
