//! Of which time a report speaks, and which reports a milestone is decided by.
//!
//! Always: a milestone is decided by reports of its last year; of several the latest counts. A report that begins after the day looked
//! at is not known yet.

use prog_base::{Date, Duration, DurationUnit};
use prog_model::MilestoneTime;

/// What a report speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// A calendar year.
    Year(i16),
    /// A year of the block, counted from its start.
    Nth(i16),
    /// The state on a day.
    Day(Date),
}

/// The time by whose reports a milestone is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Window {
    /// The year that ends on this day.
    By(Date),
    /// A year as reports call it: of the calendar, or of the block.
    Of(i16),
    /// Everything so far.
    SoFar,
}

/// The least calendar year; smaller numbers are years of a block.
pub(crate) const FIRST_YEAR: i16 = 1000;

/// So many years later.
pub(crate) fn years_after(day: Date, years: i16) -> Option<Date> {
    day.plus(Duration { count: i64::from(years), unit: DurationUnit::Years })
}

impl Period {
    /// The last day it speaks of, with the day from which the block's years count.
    pub(crate) fn ends(self, start: Option<Date>) -> Option<Date> {
        match self {
            Period::Year(year) => Date::new(year, 12, 31),
            Period::Nth(n) => years_after(start?, n),
            Period::Day(day) => Some(day),
        }
    }

    /// The day at which it can first be known.
    pub(crate) fn begins(self, start: Option<Date>) -> Option<Date> {
        match self {
            Period::Year(year) => Date::new(year, 1, 1),
            Period::Nth(n) => years_after(start?, n - 1),
            Period::Day(day) => Some(day),
        }
    }

    /// The year it is counted under.
    pub(crate) fn year(self) -> i16 {
        match self {
            Period::Year(year) | Period::Nth(year) => year,
            Period::Day(day) => day.parts().0,
        }
    }

    /// Whether it falls within a window.
    pub(crate) fn within(self, window: Window, start: Option<Date>) -> bool {
        match (window, self) {
            (Window::SoFar, _) => true,
            (Window::Of(year), _) if year >= FIRST_YEAR => self.year() == year,
            (Window::Of(n), Period::Nth(mine)) => mine == n,
            (Window::Of(n), Period::Year(_) | Period::Day(_)) => {
                let ends = start.and_then(|start| years_after(start, n));
                ends.is_some_and(|ends| in_year_before(self.ends(start), ends))
            }
            (Window::By(day), Period::Year(year)) => year == day.parts().0,
            (Window::By(day), Period::Nth(_) | Period::Day(_)) => in_year_before(self.ends(start), day),
        }
    }
}

/// Whether a day lies in the year that ends on another.
fn in_year_before(day: Option<Date>, ends: Date) -> bool {
    day.zip(years_after(ends, -1)).is_some_and(|(day, begins)| begins < day && day <= ends)
}

/// A year by its last day, else the day.
fn day_label(day: Date) -> String {
    match day.parts() {
        (year, 12, 31) => year.to_string(),
        _other => day.to_string(),
    }
}

/// What a milestone is called: `2020`, `2020-06-30`, `year 1`, `each year`, `total`, `total 2022`.
pub(crate) fn milestone_label(when: &MilestoneTime) -> String {
    match when {
        MilestoneTime::By(day) => day_label(*day),
        MilestoneTime::Total(Some(day)) => format!("total {}", day_label(*day)),
        MilestoneTime::EachYear => "each year".to_owned(),
        MilestoneTime::Year(n) => format!("year {n}"),
        MilestoneTime::Total(None) => "total".to_owned(),
    }
}
