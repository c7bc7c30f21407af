//! Values during evaluation: known, without value, or unknown with what is awaited and bounds.
//!
//! Always: an unknown names each awaited key once, in order of first use; bounds are in base units, an open end is `None`.

use super::case::Data;
use super::date::{Day, Duration, Moment};
use super::definition::Record;
use super::number::Exact;

/// A value. It borrows from the case (`'a`) and from the definition.
#[derive(Clone, Debug)]
pub enum Value<'a> {
    /// No value: optional and blank, not relevant, or a rule that is not applicable.
    None,
    /// Not known.
    Unknown(Box<Unknown>),
    /// A truth value.
    Bool(bool),
    /// A number in base units.
    Number(Exact),
    /// A text, or the key of a closed list's value.
    Text(&'a str),
    /// Keys of a closed list's values, in the order of the list.
    Set(&'a [Data<'a>]),
    /// A day.
    Day(Day),
    /// A point in time.
    Moment(Moment),
    /// A calendar duration.
    Duration(Duration),
    /// The fields of a record.
    Record(&'a [Data<'a>], &'static Record),
    /// The items of a list.
    List(&'a [Data<'a>]),
}

/// What is awaited, and between which bounds a number lies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unknown {
    /// What is awaited.
    pub needs: Needs,
    /// Not less than this.
    pub low: Option<Exact>,
    /// Not more than this.
    pub high: Option<Exact>,
}

/// Keys of what is awaited, each once, in order of first use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs(pub Vec<Need>);

/// One thing awaited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// Its key in data; `notice` where the notice is silent.
    pub key: &'static str,
    /// Who can supply it.
    pub source: Source,
}

/// Who can supply what is awaited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A judgement of people.
    Judgement,
    /// The notice, which is silent.
    Notice,
    /// Anyone else: applicant, register, event.
    Other,
}

impl Needs {
    /// Awaits one thing.
    pub fn one(key: &'static str, source: Source) -> Self {
        Self(vec![Need { key, source }])
    }

    /// Awaits a word of the notice.
    pub fn notice() -> Self {
        Self::one("notice", Source::Notice)
    }

    /// Adds what is not there yet.
    pub fn add(&mut self, other: &Needs) {
        for need in &other.0 {
            if !self.0.contains(need) {
                self.0.push(*need);
            }
        }
    }

    /// Whether judgements, and nothing else, are awaited.
    pub fn only_judgements(&self) -> bool {
        !self.0.is_empty() && self.0.iter().all(|n| n.source == Source::Judgement)
    }
}

/// Where a number lies: an end that is open is `None`.
pub type Bounds<'b> = (Option<&'b Exact>, Option<&'b Exact>);

impl<'a> Value<'a> {
    /// Unknown without bounds.
    pub fn unknown(needs: Needs) -> Self {
        Self::between(needs, None, None)
    }

    /// Unknown between bounds.
    pub fn between(needs: Needs, low: Option<Exact>, high: Option<Exact>) -> Self {
        Value::Unknown(Box::new(Unknown { needs, low, high }))
    }

    /// Unknown because of one entry.
    pub fn awaited(key: &'static str, source: Source) -> Self {
        Self::unknown(Needs::one(key, source))
    }

    /// The notice is silent.
    pub fn silent() -> Self {
        Self::unknown(Needs::notice())
    }

    /// A whole number.
    pub fn whole(n: usize) -> Self {
        Value::Number(Exact::from(i64::try_from(n).unwrap_or(i64::MAX)))
    }

    /// What is awaited, if anything.
    pub fn needs(&self) -> Option<&Needs> {
        if let Value::Unknown(unknown) = self {
            Some(&unknown.needs)
        } else {
            None
        }
    }

    /// Whether there is no value.
    pub fn is_none(&self) -> bool {
        matches!(self, Value::None)
    }

    /// Whether it is unknown.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Value::Unknown(_))
    }

    /// Whether there is a value, and it is known.
    pub fn is_known(&self) -> bool {
        !self.is_none() && !self.is_unknown()
    }

    /// A known number.
    pub fn number(&self) -> Option<&Exact> {
        if let Value::Number(n) = self {
            Some(n)
        } else {
            None
        }
    }

    /// Where a number lies; a known one is both ends.
    pub fn bounds(&self) -> Bounds<'_> {
        match self {
            Value::Number(n) => (Some(n), Some(n)),
            Value::Unknown(u) => (u.low.as_ref(), u.high.as_ref()),
            Value::None
            | Value::Bool(_)
            | Value::Text(_)
            | Value::Set(_)
            | Value::Day(_)
            | Value::Moment(_)
            | Value::Duration(_)
            | Value::Record(..)
            | Value::List(_) => (None, None),
        }
    }
}

impl PartialEq for Value<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Value::None, Value::None) => true,
            (Value::Unknown(a), Value::Unknown(b)) => a == b,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Number(a), Value::Number(b)) => a == b,
            (Value::Text(a), Value::Text(b)) => a == b,
            (Value::Day(a), Value::Day(b)) => a == b,
            (Value::Moment(a), Value::Moment(b)) => a == b,
            (Value::Duration(a), Value::Duration(b)) => a == b,
            (Value::Record(a, _), Value::Record(b, _))
            | (Value::List(a), Value::List(b))
            | (Value::Set(a), Value::Set(b)) => a == b,
            (_, _) => false,
        }
    }
}

/// The needs of several values together, in their order.
pub fn all_needs<'v, 'a: 'v>(values: impl IntoIterator<Item = &'v Value<'a>>) -> Needs {
    let mut needs = Needs::default();
    for more in values.into_iter().filter_map(Value::needs) {
        needs.add(more);
    }
    needs
}
