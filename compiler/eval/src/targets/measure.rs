//! What an indicator amounts to in a window of time, and how it stands to a milestone's bound.
//!
//! Always: a ratio is compared by cross-multiplication, so that a numerator known by its ends only still decides (semantics 3.7).

use super::period::Window;
use super::{Reported, TargetReport};
use crate::batch::outside;
use crate::case::Data;
use crate::eval::aggregate::{Member, aggregate};
use crate::eval::{Subject, band, data_value, eval, numbers};
use crate::prepared::Prepared;
use crate::readings::Setting;
use crate::report::Note;
use crate::truth::Truth;
use crate::value::{Needs, Source, Value, all_needs};
use prog_base::{Date, Exact};
use prog_model::{Aggregation, ArithmeticOp, Bound, Comparison, Expr, ExprKind, Indicator, Measure, NumberType, TargetPlace, Type};

/// What is measured: one value, or a numerator and a denominator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Measured<'a> {
    /// The value; of a ratio between its ends.
    pub value: Value<'a>,
    /// Numerator and denominator.
    pub ratio: Option<(Value<'a>, Value<'a>)>,
}

/// The reports of one body (or, for `for all`, of all bodies) and the day looked at.
pub(crate) struct Body<'r, 'a> {
    pub prepared: &'a Prepared<'a>,
    pub block: usize,
    /// With their positions among all reports.
    pub reports: &'r [(usize, &'a TargetReport)],
    /// The day from which its years count.
    pub start: Option<Date>,
    /// The day looked at.
    pub on: Option<Date>,
    pub settings: &'r [Setting],
}

impl<'a> Body<'_, 'a> {
    /// Reports within a window that can be known on the day looked at, the latest last.
    fn within(&self, window: Window) -> Vec<&'a TargetReport> {
        let start_of = |r: &TargetReport| r.from.or(self.start);
        let known = |r: &TargetReport| self.on.is_none_or(|on| r.period.begins(start_of(r)).is_none_or(|begins| begins <= on));
        let mut found: Vec<(Option<Date>, usize, &'a TargetReport)> = Vec::new();
        for (at, report) in self.reports {
            if known(report) && report.period.within(window, start_of(report)) {
                found.push((report.period.ends(start_of(report)), *at, report));
            }
        }
        found.sort_by_key(|(day, at, _)| (*day, *at));
        found.into_iter().map(|(_, _, report)| report).collect()
    }

    /// The years that reports speak of, ascending.
    pub(crate) fn years(&self) -> Vec<i16> {
        let mut years: Vec<i16> = self.within(Window::SoFar).iter().map(|r| r.period.year()).collect();
        years.sort_unstable();
        years.dedup();
        years
    }

    /// Whether any report of a window says something on an indicator, and their ids.
    pub(crate) fn sources(&self, indicator: usize, window: Window) -> Vec<&'a TargetReport> {
        let reads = &self.prepared.targets[self.block].reads[indicator];
        let says = |r: &&TargetReport| reads.iter().any(|i| r.entries[*i] != Reported::None);
        self.within(window).into_iter().filter(says).collect()
    }

    /// The latest value of one input in a window.
    fn input(&self, input: usize, window: Window, key: Option<usize>) -> Value<'a> {
        let declared = &self.prepared.targets[self.block].inputs[input];
        let entry = self.within(window).into_iter().rev().find_map(|r| match (&r.entries[input], key) {
            (Reported::One(data), _) => Some(data),
            (Reported::ByKey(all), Some(key)) => all.get(key).filter(|d| **d != Data::Blank),
            (Reported::ByKey(_), None) | (Reported::None, _) => None,
        });
        let source = match declared.place {
            TargetPlace::Judgements => Source::Judgement,
            TargetPlace::Values | TargetPlace::Attested | TargetPlace::External => Source::Other,
        };
        let (low, high) = &self.prepared.targets[self.block].bounds[input];
        let bounds = (low.as_ref(), high.as_ref());
        data_value(entry.unwrap_or(&Data::Blank), &declared.ident.key, source, false, bounds)
    }

    /// What an indicator amounts to in a window, with data notes.
    pub(crate) fn measure(
        &self,
        at: usize,
        indicator: &'a Indicator,
        window: Window,
        key: Option<usize>,
        notes: &mut Vec<Note<'a>>,
    ) -> Measured<'a> {
        let reads = &self.prepared.targets[self.block].reads[at];
        let inputs: Vec<Value<'a>> = reads.iter().map(|i| self.input(*i, window, key)).collect();
        let Measure::Computed { value: e, inputs: names } = &indicator.measure else {
            return Measured { value: inputs.into_iter().next().unwrap_or(Value::None), ratio: None };
        };
        outside(self.prepared, self.settings, |scope| {
            scope.frame.keys.push(inputs);
            scope.frame.key_names = names;
            scope.frame.subject = Some(Subject { key: &indicator.ident.key, cites: &indicator.cites });
            let value = eval(scope, e);
            let ratio = match &e.kind {
                ExprKind::Arithmetic { op: ArithmeticOp::Divide, left, right } => Some((eval(scope, left), eval(scope, right))),
                _other => None,
            };
            for note in std::mem::take(&mut scope.frame.notes) {
                if !notes.iter().any(|n| n.rule == note.rule) {
                    notes.push(note);
                }
            }
            let value = ratio.as_ref().map_or(value.clone(), |(part, base)| between(value, part, base));
            Measured { value, ratio }
        })
    }

    /// The sum over years; what no year between the first and the last says stays open.
    pub(crate) fn total(
        &self,
        at: usize,
        indicator: &'a Indicator,
        until: Option<i16>,
        key: Option<usize>,
        notes: &mut Vec<Note<'a>>,
    ) -> Measured<'a> {
        let years = self.years();
        let (Some(first), Some(last)) = (years.first().copied(), until.or(years.last().copied())) else {
            return self.measure(at, indicator, Window::SoFar, key, notes);
        };
        let first = self.start.filter(|_| first >= super::period::FIRST_YEAR).map_or(first, |start| start.parts().0.min(first));
        if first > last {
            return self.measure(at, indicator, Window::Of(last), key, notes);
        }
        let of_year = |year| Member { counts: Truth::True, value: Some(self.measure(at, indicator, Window::Of(year), key, notes).value) };
        Measured { value: aggregate(Aggregation::Sum, (first..=last).map(of_year).collect()), ratio: None }
    }

    /// Whether a bound holds. Above a range is more than asked for, and holds.
    pub(crate) fn holds(&self, bound: &'a Bound, measured: &Measured<'a>) -> Truth<'a> {
        let is = |op, limit: &'a Expr| measured.compare(op, &self.limit(limit));
        match bound {
            Bound::AtMost(e) => is(Comparison::AtMost, e),
            Bound::Less(e) => is(Comparison::Less, e),
            Bound::AtLeast(e) | Bound::Between(e, _) => is(Comparison::AtLeast, e),
            Bound::More(e) => is(Comparison::More, e),
            Bound::Equal(e) => is(Comparison::Equal, e),
            Bound::About(e) => {
                let target = self.limit(e);
                match outside(self.prepared, self.settings, |scope| band(scope)) {
                    Some(band) => numbers::about(&measured.value, target, &band),
                    None => Truth::Unknown(Needs::notice()),
                }
            }
        }
    }

    /// A limit's value.
    pub(crate) fn limit(&self, e: &'a Expr) -> Value<'a> {
        outside(self.prepared, self.settings, |scope| eval(scope, e))
    }
}

impl<'a> Measured<'a> {
    /// Numerator and denominator, where both are known.
    pub(crate) fn known_ratio(&self) -> Option<(Exact, Exact)> {
        match &self.ratio {
            Some((Value::Number(part), Value::Number(base))) => Some((part.clone(), base.clone())),
            Some(_) | None => None,
        }
    }

    fn compare(&self, op: Comparison, limit: &Value<'a>) -> Truth<'a> {
        match (&self.ratio, limit) {
            // a ÷ b against c is a against b × c, as long as b is above nothing.
            (Some((part, Value::Number(base))), Value::Number(limit)) if *base > Exact::ZERO => {
                numbers::compare(op, part, &Value::Number(base * limit))
            }
            (Some((part, base)), _) if matches!(self.value, Value::Unknown(_)) => Truth::Unknown(all_needs([part, base, limit])),
            (Some(_) | None, _) => match (&self.value, limit) {
                (Value::Date(a), Value::Date(b)) => Truth::of(date_relation(op, *a, *b)),
                (Value::Bool(a), Value::Bool(b)) => Truth::of((a == b) == (op == Comparison::Equal)),
                (value, limit) => numbers::compare(op, value, limit),
            },
        }
    }
}

fn date_relation(op: Comparison, a: Date, b: Date) -> bool {
    match op {
        Comparison::Equal => a == b,
        Comparison::NotEqual => a != b,
        Comparison::Less | Comparison::Before => a < b,
        Comparison::AtMost => a <= b,
        Comparison::More | Comparison::After => a > b,
        Comparison::AtLeast => a >= b,
    }
}

/// A ratio that is not known, between its ends.
fn between<'a>(value: Value<'a>, part: &Value<'a>, base: &Value<'a>) -> Value<'a> {
    match (value, base) {
        (Value::Unknown(mut u), Value::Number(base)) if *base > Exact::ZERO => {
            let (low, high) = part.bounds();
            u.low = low.and_then(|n| n.checked_div(base));
            u.high = high.and_then(|n| n.checked_div(base));
            Value::Unknown(u)
        }
        (value, _) => value,
    }
}

/// The type in which an indicator is shown.
pub(crate) fn number_type(indicator: &Indicator) -> Option<&NumberType> {
    let ty = match &indicator.measure {
        Measure::Reported(_, ty) => ty,
        Measure::Computed { value, .. } => &value.ty,
        Measure::Judged(_) => return None,
    };
    match ty {
        Type::Number(number) => Some(number),
        Type::Unknown
        | Type::Bool
        | Type::Text
        | Type::Enum(_)
        | Type::Set(_)
        | Type::Date
        | Type::Moment
        | Type::Duration
        | Type::Record(_)
        | Type::List(_) => None,
    }
}

/// How far a known value is from its bound; nothing once it is reached.
pub(crate) fn gap(bound: &Bound, value: &Value<'_>, limit: &Value<'_>) -> Option<Exact> {
    let (Value::Number(value), Value::Number(limit)) = (value, limit) else { return None };
    let missing = match bound {
        Bound::AtMost(_) | Bound::Less(_) => value - limit,
        Bound::AtLeast(_) | Bound::More(_) | Bound::Between(..) | Bound::Equal(_) | Bound::About(_) => limit - value,
    };
    Some(if missing.is_negative() { Exact::ZERO } else { missing })
}
