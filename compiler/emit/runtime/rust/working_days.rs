//! Working days: the so-many-th working day before or after a day.
//!
//! In: the years of a calendar, and the days on which they depart from their weeks. Out: days. Always: beyond the calendar's years
//! nothing is known.

use super::date::Day;
use std::collections::BTreeSet;

/// A calendar: some years, and the days on which they depart from their weeks.
#[derive(Clone, Copy, Debug)]
pub struct Calendar {
    /// What is awaited beyond its years.
    pub key: &'static str,
    /// Its first year.
    pub first: i64,
    /// Its last year.
    pub last: i64,
    /// Days off, of Monday to Friday.
    pub off: &'static [&'static str],
    /// Worked days of a weekend.
    pub worked: &'static [&'static str],
}

/// The working days of some years.
#[derive(Debug)]
pub struct WorkingDays {
    /// What is awaited beyond the years.
    pub key: &'static str,
    first: Day,
    last: Day,
    /// All of them, in order.
    worked: Vec<Day>,
}

impl WorkingDays {
    /// Those of a calendar.
    pub fn new(calendar: &Calendar) -> Self {
        let (first, last) = (
            Day::of(calendar.first, 1, 1),
            Day::of(calendar.last, 12, 31),
        );
        let days = |of: &[&str]| of.iter().filter_map(|day| Day::parse(day)).collect();
        let (off, worked): (BTreeSet<Day>, BTreeSet<Day>) =
            (days(calendar.off), days(calendar.worked));
        let is_worked = |day: &Day| {
            if day.is_weekend() {
                worked.contains(day)
            } else {
                !off.contains(day)
            }
        };
        Self {
            key: calendar.key,
            first,
            last,
            worked: first.through(last).filter(is_worked).collect(),
        }
    }

    /// The so-many-th working day after a day, or before it; `None` if a day that is counted lies outside.
    pub fn plus(&self, day: Day, count: i64) -> Option<Day> {
        if count == 0 {
            return Some(day);
        }
        // The first day that is counted.
        let from = day.moved(count.signum());
        if from < self.first || from > self.last {
            return None;
        }
        let before = |end: Day| i64::try_from(self.worked.partition_point(|day| *day < end)).ok();
        let at = if count > 0 {
            before(from)?.checked_add(count - 1)?
        } else {
            before(day)?.checked_add(count)?
        };
        self.worked.get(usize::try_from(at).ok()?).copied()
    }
}
