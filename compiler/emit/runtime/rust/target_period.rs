//! Of which time a report on targets speaks, and which reports a milestone is decided by.
//!
//! Always: a milestone is decided by reports of its last year; of several the latest counts.

use super::date::{Day, Duration, Unit};
use super::definition::Milestone;

/// What a report speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// A calendar year.
    Year(i64),
    /// A year of the block, counted from its start.
    Nth(i64),
    /// The state on a day.
    Day(Day),
}

/// The time by whose reports a milestone is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// The year that ends on this day.
    By(Day),
    /// A year as reports call it: of the calendar, or of the block.
    Of(i64),
    /// Everything so far.
    SoFar,
}

/// The least calendar year; smaller numbers are years of a block.
pub const FIRST_YEAR: i64 = 1000;

/// So many years after a day, if there is one.
pub fn years_after(day: Option<Day>, years: i64) -> Option<Day> {
    day?.plus(Duration {
        count: years,
        unit: Unit::Years,
    })
}

impl Period {
    /// The last day that it speaks of, with the day from which the block's years count.
    pub fn ends(self, start: Option<Day>) -> Option<Day> {
        match self {
            Period::Year(year) => Day::new(year, 12, 31),
            Period::Nth(n) => years_after(start, n),
            Period::Day(day) => Some(day),
        }
    }

    /// The day at which it can first be known.
    pub fn begins(self, start: Option<Day>) -> Option<Day> {
        match self {
            Period::Year(year) => Day::new(year, 1, 1),
            Period::Nth(n) => years_after(start, n - 1),
            Period::Day(day) => Some(day),
        }
    }

    /// The year it is counted under.
    pub fn year(self) -> i64 {
        match self {
            Period::Year(year) | Period::Nth(year) => year,
            Period::Day(day) => day.civil().0,
        }
    }

    /// Whether it falls within a window.
    pub fn is_within(self, window: Window, start: Option<Day>) -> bool {
        match (window, self) {
            (Window::SoFar, _) => true,
            (Window::Of(year), _) if year >= FIRST_YEAR => self.year() == year,
            (Window::Of(n), Period::Nth(mine)) => mine == n,
            (Window::Of(n), Period::Year(_) | Period::Day(_)) => {
                let ends = years_after(start, n);
                ends.is_some_and(|ends| in_year_before(self.ends(start), ends))
            }
            (Window::By(day), Period::Year(year)) => year == day.civil().0,
            (Window::By(day), Period::Nth(_) | Period::Day(_)) => {
                in_year_before(self.ends(start), day)
            }
        }
    }
}

/// Whether a day lies in the year that ends on another.
fn in_year_before(day: Option<Day>, ends: Day) -> bool {
    let begins = years_after(Some(ends), -1);
    day.zip(begins)
        .is_some_and(|(day, begins)| begins < day && day <= ends)
}

/// What a milestone is called: `2020`, `2020-06-30`, `year 1`, `each year`, `total`, `total 2022`.
pub fn label_of(milestone: &Milestone) -> String {
    let day = milestone.by.map(|day| match day.civil() {
        (year, 12, 31) => year.to_string(),
        _ => day.to_string(),
    });
    match (day, milestone.year, milestone.total) {
        (Some(day), _, true) => format!("total {day}"),
        (Some(day), _, false) => day,
        (None, Some(year), _) => format!("year {year}"),
        (None, None, true) => "total".to_owned(),
        (None, None, false) => "each year".to_owned(),
    }
}
