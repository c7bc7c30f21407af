//! Days compared: which comparison takes the day itself in.
//!
//! In: comparisons of days and of moments. Out: conditions in words. Always: where a reading decides whether the day itself counts, what it
//! decides is said beside the words, and so it is where they could be taken either way.

use super::Prose;
use prog_base::text;
use prog_model::{BuiltinReading, Comparison, Expr, ExprKind, ReadingValue, Type};

impl Prose<'_> {
    /// One day beside another.
    pub(super) fn times(&self, op: Comparison, left: &Expr, right: &Expr, holds: bool) -> String {
        let (l, r) = (self.noun(left), self.noun(right));
        let day = left.ty == Type::Date || right.ty == Type::Date;
        let beyond = |later: bool, inclusive: Option<bool>| {
            let words = match later {
                true => self.say(text!("{l}在{r}之后", "{l} is after {r}")),
                false => self.say(text!("{l}在{r}之前", "{l} is before {r}")),
            };
            self.aside(&words, &self.ends_in(inclusive, day))
        };
        match (op, holds) {
            (Comparison::Equal, _) => self.say(text!("{l}是{r}", "{l} is {r}")),
            (Comparison::NotEqual, _) => self.say(text!("{l}不是{r}", "{l} is not {r}")),
            (Comparison::Less, _) => beyond(false, Some(false)),
            (Comparison::More, _) => beyond(true, Some(false)),
            (Comparison::AtMost, _) => self.say(text!("{l}不晚于{r}", "{l} is on or before {r}")),
            (Comparison::AtLeast, _) => self.say(text!("{l}不早于{r}", "{l} is on or after {r}")),
            (Comparison::Before | Comparison::After, _) => {
                let later = op == Comparison::After;
                let inclusive = self.takes_in(if later { BuiltinReading::After } else { BuiltinReading::Before });
                // What is not after a day that counts as after is before it, that day not included.
                if holds { beyond(later, inclusive) } else { beyond(!later, inclusive.map(|inclusive| !inclusive)) }
            }
        }
    }

    /// Whether `after` or `before` a day takes that day in; `None`: open.
    fn takes_in(&self, which: BuiltinReading) -> Option<bool> {
        match self.p.readings.iter().find(|r| r.builtin == Some(which)).map(|r| &r.value) {
            Some(ReadingValue::Choice { chosen, .. }) => chosen.map(|at| at == 0),
            Some(ReadingValue::Band(_) | ReadingValue::Expr(_)) | None => Some(true),
        }
    }

    fn ends_in(&self, inclusive: Option<bool>, day: bool) -> String {
        self.say(match (inclusive, day) {
            (Some(true), true) => text!("含当日", "that day included"),
            (Some(false), true) => text!("不含当日", "that day not included"),
            (None, true) => text!("是否含当日未定", "whether that day counts is open"),
            (Some(true), false) => text!("含该时刻", "that moment included"),
            (Some(false), false) => text!("不含该时刻", "that moment not included"),
            (None, false) => text!("是否含该时刻未定", "whether that moment counts is open"),
        })
    }

    /// Days from one to another, told as the author wrote them: `within 3 years before D`.
    pub(super) fn look_back(&self, list: &[Expr], holds: bool) -> Option<String> {
        let [first, last] = list else { return None };
        let ExprKind::Compare { op: Comparison::After, left: day, right: from } = &first.kind else { return None };
        let ExprKind::Compare { op: Comparison::Before, left: same, right: to } = &last.kind else { return None };
        if day.kind != same.kind {
            return None;
        }
        let noun = self.noun(day);
        let words = match (&from.kind, &to.kind) {
            (ExprKind::Shift { date, by }, to_kind) if by.count < 0 && date.kind == *to_kind => {
                let (by, to) = (self.duration(*by), self.noun(to));
                match holds {
                    true => self.say(text!("{noun}在{to}前{by}内", "{noun} is within {by} before {to}")),
                    false => self.say(text!("{noun}不在{to}前{by}内", "{noun} is not within {by} before {to}")),
                }
            }
            (ExprKind::Date(_), ExprKind::Date(_)) => {
                let (from, to) = (self.noun(from), self.noun(to));
                match holds {
                    true => self.say(text!("{noun}在{from}至{to}之间", "{noun} is between {from} and {to}")),
                    false => self.say(text!("{noun}不在{from}至{to}之间", "{noun} is not between {from} and {to}")),
                }
            }
            (_, _) => return None,
        };
        Some(self.aside(&words, &self.both_ends()))
    }

    /// Whether the first and the last day of a span count as within it.
    fn both_ends(&self) -> String {
        let words = |inclusive: Option<bool>| match inclusive {
            Some(true) => text!("算在内", "counts"),
            Some(false) => text!("不算在内", "does not count"),
            None => text!("是否算在内未定", "may count: that is open"),
        };
        match (self.takes_in(BuiltinReading::After), self.takes_in(BuiltinReading::Before)) {
            (Some(true), Some(true)) => self.say(text!("首尾两日都算在内", "the first and the last day count")),
            (Some(false), Some(false)) => self.say(text!("首尾两日都不算在内", "the first and the last day do not count")),
            (first, last) => {
                let (first, last) = (self.say(words(first)), self.say(words(last)));
                self.say(text!("首日{first}，末日{last}", "the first day {first}, the last day {last}"))
            }
        }
    }
}
