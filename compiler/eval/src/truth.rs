//! Three-valued truth (Kleene, semantics 1.1): true, false, or unknown with what is awaited.

use crate::value::{Needs, Value};

/// A truth value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Truth<'a> {
    /// Surely so.
    True,
    /// Surely not so.
    False,
    /// Open until these are known.
    Unknown(Needs<'a>),
}

impl<'a> Truth<'a> {
    /// From a known truth value.
    pub fn of(value: bool) -> Self {
        if value { Truth::True } else { Truth::False }
    }

    /// From a value of type yes/no; no value counts as unknown (the compiler has refused it).
    pub fn from_value(value: Value<'a>) -> Self {
        match value {
            Value::Bool(b) => Truth::of(b),
            Value::Unknown(u) => Truth::Unknown(u.needs),
            Value::None
            | Value::Number(_)
            | Value::Text(_)
            | Value::Enum(_)
            | Value::Set(_)
            | Value::Date(_)
            | Value::Moment(_)
            | Value::Duration(_)
            | Value::Record(_)
            | Value::List(_) => Truth::Unknown(Needs::default()),
        }
    }

    /// As a value.
    pub fn into_value(self) -> Value<'a> {
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
    #[expect(clippy::should_implement_trait, reason = "stands beside `and` and `or`")]
    pub fn not(self) -> Self {
        match self {
            Truth::True => Truth::False,
            Truth::False => Truth::True,
            Truth::Unknown(needs) => Truth::Unknown(needs),
        }
    }

    /// At least `need` of all: true once so many are true, false once too few can be.
    pub fn at_least(need: usize, all: impl IntoIterator<Item = Truth<'a>>) -> Self {
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
    pub fn and(all: impl IntoIterator<Item = Truth<'a>>) -> Self {
        let mut needs = Needs::default();
        let mut open = false;
        let mut no = false;
        for truth in all {
            match truth {
                Truth::True => {}
                Truth::False => no = true,
                Truth::Unknown(more) => {
                    open = true;
                    if !no {
                        needs.add(&more);
                    }
                }
            }
        }
        if no {
            Truth::False
        } else if open {
            Truth::Unknown(needs)
        } else {
            Truth::True
        }
    }

    /// True iff one is.
    pub fn or(all: impl IntoIterator<Item = Truth<'a>>) -> Self {
        Truth::and(all.into_iter().map(Truth::not)).not()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Source;

    fn u(key: &'static str) -> Truth<'static> {
        Truth::Unknown(Needs::one(key, Source::Other))
    }

    fn both() -> Truth<'static> {
        let mut needs = Needs::one("a", Source::Other);
        needs.add(&Needs::one("b", Source::Other));
        Truth::Unknown(needs)
    }

    #[test]
    fn semantics_1_1_kleene() {
        use Truth::{False, True};
        assert_eq!(Truth::and([True, u("a")]), u("a"));
        assert_eq!(Truth::and([u("a"), False]), False);
        assert_eq!(Truth::and([]), True);
        assert_eq!(Truth::or([u("a"), True]), True);
        assert_eq!(Truth::or([False, u("a"), u("b"), u("a")]), both());
        assert_eq!(Truth::or([]), False);
        assert_eq!(u("a").not(), u("a"));
        assert_eq!(True.not(), False);
    }

    #[test]
    fn semantics_4_1_thresholds_are_kleene() {
        use Truth::{False, True};
        assert_eq!(Truth::at_least(2, [True, u("a"), True]), True);
        assert_eq!(Truth::at_least(2, [True, u("a"), False]), u("a"));
        assert_eq!(Truth::at_least(2, [False, u("a"), False]), False);
    }
}
