//! Values during evaluation: known, without value, or unknown with what is awaited and bounds.
//!
//! Always: an unknown names each awaited key once, in order of first use; bounds are in base units, an open end is `None`.

use crate::case::Data;
use prog_base::{Date, Duration, Exact, Moment};

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// No value: optional and blank, not relevant, or a rule that is not applicable.
    None,
    /// Not known.
    Unknown(Unknown<'a>),
    /// A truth value.
    Bool(bool),
    /// A number in base units.
    Number(Exact),
    /// A text.
    Text(&'a str),
    /// Index of a closed list's value.
    Enum(usize),
    /// Indices of a closed list's values, ascending.
    Set(&'a [usize]),
    /// A day.
    Date(Date),
    /// A point in time.
    Moment(Moment),
    /// A calendar duration.
    Duration(Duration),
    /// The fields of a record.
    Record(&'a [Data]),
    /// The items of a list.
    List(&'a [Data]),
}

/// What is awaited, and between which bounds a number lies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unknown<'a> {
    /// What is awaited.
    pub needs: Needs<'a>,
    /// Not less than this.
    pub low: Option<Exact>,
    /// Not more than this.
    pub high: Option<Exact>,
}

/// Keys of what is awaited, each once, in order of first use.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Needs<'a>(pub Vec<Need<'a>>);

/// One thing awaited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Need<'a> {
    /// Its key in data; `notice` where the notice is silent.
    pub key: &'a str,
    /// Who can supply it.
    pub source: Source,
}

/// Who can supply what is awaited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// A judgement of people.
    Judgement,
    /// The notice, which is silent.
    Notice,
    /// Anyone else: applicant, register, event.
    Other,
}

impl<'a> Needs<'a> {
    /// Awaits one thing.
    pub fn one(key: &'a str, source: Source) -> Self {
        Self(vec![Need { key, source }])
    }

    /// Awaits a word of the notice.
    pub fn notice() -> Self {
        Self::one("notice", Source::Notice)
    }

    /// Adds what is not there yet.
    pub fn add(&mut self, other: &Needs<'a>) {
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

impl<'a> Value<'a> {
    /// Unknown without bounds.
    pub fn unknown(needs: Needs<'a>) -> Self {
        Value::Unknown(Unknown { needs, low: None, high: None })
    }

    /// Unknown because of one entry.
    pub fn awaited(key: &'a str, source: Source) -> Self {
        Self::unknown(Needs::one(key, source))
    }

    /// What is awaited, if anything.
    pub fn needs(&self) -> Option<&Needs<'a>> {
        match self {
            Value::Unknown(u) => Some(&u.needs),
            Value::None
            | Value::Bool(_)
            | Value::Number(_)
            | Value::Text(_)
            | Value::Enum(_)
            | Value::Set(_)
            | Value::Date(_)
            | Value::Moment(_)
            | Value::Duration(_)
            | Value::Record(_)
            | Value::List(_) => None,
        }
    }

    /// Where a number lies: `(low, high)`; a known one is both ends.
    pub fn bounds(&self) -> (Option<&Exact>, Option<&Exact>) {
        match self {
            Value::Number(n) => (Some(n), Some(n)),
            Value::Unknown(u) => (u.low.as_ref(), u.high.as_ref()),
            Value::None
            | Value::Bool(_)
            | Value::Text(_)
            | Value::Enum(_)
            | Value::Set(_)
            | Value::Date(_)
            | Value::Moment(_)
            | Value::Duration(_)
            | Value::Record(_)
            | Value::List(_) => (None, None),
        }
    }
}

/// The needs of several values together, in their order.
pub fn all_needs<'a, 'v>(values: impl IntoIterator<Item = &'v Value<'a>>) -> Needs<'a>
where
    'a: 'v,
{
    let mut needs = Needs::default();
    for value in values {
        if let Some(more) = value.needs() {
            needs.add(more);
        }
    }
    needs
}
