//! Three-valued truth (Kleene): true, false, or unknown with what is awaited.

use super::value::{Needs, Value};

/// A truth value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Truth {
    /// Surely so.
    True,
    /// Surely not so.
    False,
    /// Open until these are known.
    Unknown(Needs),
}

impl Truth {
    /// From a known truth value.
    pub fn of(value: bool) -> Self {
        if value {
            Truth::True
        } else {
            Truth::False
        }
    }

    /// From a value of type yes/no; no value counts as unknown.
    pub fn from_value(value: Value<'_>) -> Self {
        match value {
            Value::Bool(value) => Truth::of(value),
            Value::Unknown(unknown) => Truth::Unknown(unknown.needs),
            Value::None
            | Value::Number(_)
            | Value::Text(_)
            | Value::Set(_)
            | Value::Day(_)
            | Value::Moment(_)
            | Value::Duration(_)
            | Value::Record(..)
            | Value::List(_) => Truth::Unknown(Needs::default()),
        }
    }

    /// As a value.
    pub fn into_value<'a>(self) -> Value<'a> {
        match self {
            Truth::True => Value::Bool(true),
            Truth::False => Value::Bool(false),
            Truth::Unknown(needs) => Value::unknown(needs),
        }
    }

    /// Surely true.
    pub fn is_true(&self) -> bool {
        matches!(self, Truth::True)
    }

    /// Surely false.
    pub fn is_false(&self) -> bool {
        matches!(self, Truth::False)
    }

    /// The opposite; unknown stays unknown.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Truth::True => Truth::False,
            Truth::False => Truth::True,
            Truth::Unknown(needs) => Truth::Unknown(needs),
        }
    }

    /// At least so many of all: true once so many are true, false once too few can be.
    pub fn at_least(need: usize, all: impl IntoIterator<Item = Truth>) -> Self {
        let (mut sure, mut open, mut needs) = (0, 0, Needs::default());
        for truth in all {
            match truth {
                Truth::True => sure += 1,
                Truth::False => {}
                Truth::Unknown(more) => {
                    open += 1;
                    needs.add(&more);
                }
            }
        }
        if sure >= need {
            Truth::True
        } else if sure + open < need {
            Truth::False
        } else {
            Truth::Unknown(needs)
        }
    }

    /// True iff all are.
    pub fn and(all: impl IntoIterator<Item = Truth>) -> Self {
        Self::every(all, false)
    }

    /// True iff one is.
    pub fn or(all: impl IntoIterator<Item = Truth>) -> Self {
        Self::every(all, true)
    }

    /// The decisive word if one says it, unknown if one is open, else the other word.
    fn every(all: impl IntoIterator<Item = Truth>, decisive: bool) -> Self {
        let mut open: Option<Needs> = None;
        for truth in all {
            match truth {
                Truth::Unknown(more) => match &mut open {
                    Some(needs) => needs.add(&more),
                    None => open = Some(more),
                },
                known if known.is_true() == decisive => return known,
                Truth::True | Truth::False => {}
            }
        }
        open.map_or(Truth::of(!decisive), Truth::Unknown)
    }
}
