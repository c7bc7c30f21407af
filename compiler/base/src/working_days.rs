//! Working days: which days of some whole years are worked.
//!
//! In: the days on which a year departs from its weeks — a day off, a worked day of a weekend. Out: the so-many-th working day before or after a
//! day. Always: the years follow one another without a gap, from their first day to their last; beyond them nothing is known.

use crate::{Date, Duration, DurationUnit};
use std::collections::BTreeMap;

/// The working days of some years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkingDays {
    first: Date,
    last: Date,
    stated: BTreeMap<Date, bool>,
    /// All of them, in order.
    worked: Vec<Date>,
}

impl WorkingDays {
    /// Monday to Friday are worked, save where it is stated otherwise: whether a day is worked. The years are those of the stated days; the
    /// first year between them of which nothing is stated is the error, and `None` when nothing is stated at all.
    pub fn new(stated: BTreeMap<Date, bool>) -> Result<Self, Option<i16>> {
        let year = |day: Option<(&Date, &bool)>| day.map(|(day, _)| day.parts().0);
        let (from, to) = year(stated.first_key_value()).zip(year(stated.last_key_value())).ok_or(None)?;
        let known = |year: &i16| stated.keys().any(|day| day.parts().0 == *year);
        if let Some(gap) = (from..=to).find(|year| !known(year)) {
            return Err(Some(gap));
        }
        let (first, last) = Date::new(from, 1, 1).zip(Date::new(to, 12, 31)).ok_or(None)?;
        let days = std::iter::successors(Some(first), |day| day.tomorrow()).take_while(|day| *day <= last);
        let worked = days.filter(|day| stated.get(day).copied().unwrap_or(!day.is_weekend())).collect();
        Ok(Self { first, last, stated, worked })
    }

    /// The first and the last day of which it is known whether they are worked.
    pub fn span(&self) -> (Date, Date) {
        (self.first, self.last)
    }

    /// The days on which the years depart from their weeks: worked days of a weekend, days off else; in order.
    pub fn departures(&self) -> impl Iterator<Item = (Date, bool)> {
        self.stated.iter().map(|(day, worked)| (*day, *worked)).filter(|(day, worked)| *worked == day.is_weekend())
    }

    /// The so-many-th working day after a day, or before it; the day itself for none. `None` if a day that is counted lies outside.
    pub fn plus(&self, day: Date, count: i64) -> Option<Date> {
        if count == 0 {
            return Some(day);
        }
        // The first day that is counted.
        let from = if count > 0 { day.tomorrow() } else { day.yesterday() }?;
        if from < self.first || from > self.last {
            return None;
        }
        let before = |end: Date| self.worked.partition_point(|worked| *worked < end);
        let at = if count > 0 { i64::try_from(before(from)).ok()? + (count - 1) } else { i64::try_from(before(day)).ok()? + count };
        self.worked.get(usize::try_from(at).ok()?).copied()
    }

    /// The last day of what begins on a day and takes so many working days, both included; `None` outside.
    pub fn through(&self, from: Date, count: i64) -> Option<Date> {
        self.plus(from.yesterday()?, count)
    }
}

impl Date {
    /// The day after.
    pub fn tomorrow(self) -> Option<Self> {
        self.plus(Duration { count: 1, unit: DurationUnit::Days })
    }

    /// The day before.
    pub fn yesterday(self) -> Option<Self> {
        self.plus(Duration { count: -1, unit: DurationUnit::Days })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Date {
        Date::parse(text).expect(text)
    }

    /// 2026 with its New Year's days: Thursday to Saturday off, Sunday the 4th worked.
    fn year() -> WorkingDays {
        let stated = [("2026-01-01", false), ("2026-01-02", false), ("2026-01-03", false), ("2026-01-04", true)];
        WorkingDays::new(stated.into_iter().map(|(day, worked)| (d(day), worked)).collect()).expect("one year")
    }

    #[test]
    fn the_nth_after_and_before() {
        let days = year();
        for (from, count, to) in [
            ("2025-12-31", 1, "2026-01-04"),
            ("2026-01-02", 2, "2026-01-05"),
            ("2026-01-05", 1, "2026-01-06"),
            ("2026-01-09", 1, "2026-01-12"),
            ("2026-01-10", 1, "2026-01-12"),
            ("2026-01-10", 0, "2026-01-10"),
            ("2026-01-05", -1, "2026-01-04"),
            ("2026-01-11", -2, "2026-01-08"),
            ("2027-01-01", -1, "2026-12-31"),
        ] {
            assert_eq!(days.plus(d(from), count), Some(d(to)), "{from} {count}");
        }
        for (from, count) in [("2025-12-30", 1), ("2026-12-31", 1), ("2026-01-04", -1), ("2027-01-02", -1), ("2026-01-05", 300)] {
            assert_eq!(days.plus(d(from), count), None, "{from} {count}");
        }
        assert_eq!(days.through(d("2026-01-05"), 5), Some(d("2026-01-09")));
        assert_eq!(days.through(d("2026-01-01"), 1), Some(d("2026-01-04")));
        assert_eq!(days.departures().count(), 3, "a Saturday off is no departure");
    }

    #[test]
    fn years_have_no_gap() {
        assert_eq!(WorkingDays::new(BTreeMap::new()), Err(None));
        let stated = ["2026-01-01", "2028-01-01"].into_iter().map(|day| (d(day), false)).collect();
        assert_eq!(WorkingDays::new(stated), Err(Some(2027)));
    }
}
