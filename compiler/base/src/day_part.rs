//! What is read off one day: a figure of it, the first or the last day of its week, month, quarter or year.
//!
//! In: a day. Out: a whole number, or a day. Always: weeks begin on Monday; a day beyond the calendar is none.

use crate::{Date, Duration, DurationUnit};

/// A function of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayPart {
    /// A number of it.
    Figure(Figure),
    /// The first day of what it lies in.
    Start(Stretch),
    /// The last day of what it lies in.
    End(Stretch),
}

/// A number of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Figure {
    Year,
    /// 1 to 12.
    Month,
    /// 1 to 31.
    DayOfMonth,
    /// 1, Monday, to 7, Sunday.
    DayOfWeek,
}

/// A stretch of the calendar; every day lies in one of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Stretch {
    Week,
    Month,
    Quarter,
    Year,
}

impl DayPart {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Figure(Figure::Year),
        Self::Figure(Figure::Month),
        Self::Figure(Figure::DayOfMonth),
        Self::Figure(Figure::DayOfWeek),
        Self::Start(Stretch::Week),
        Self::Start(Stretch::Month),
        Self::Start(Stretch::Quarter),
        Self::Start(Stretch::Year),
        Self::End(Stretch::Week),
        Self::End(Stretch::Month),
        Self::End(Stretch::Quarter),
        Self::End(Stretch::Year),
    ];

    /// Its word in data.
    pub fn word(self) -> &'static str {
        match self {
            Self::Figure(Figure::Year) => "year",
            Self::Figure(Figure::Month) => "month",
            Self::Figure(Figure::DayOfMonth) => "day_of_month",
            Self::Figure(Figure::DayOfWeek) => "day_of_week",
            Self::Start(Stretch::Week) => "start_of_week",
            Self::Start(Stretch::Month) => "start_of_month",
            Self::Start(Stretch::Quarter) => "start_of_quarter",
            Self::Start(Stretch::Year) => "start_of_year",
            Self::End(Stretch::Week) => "end_of_week",
            Self::End(Stretch::Month) => "end_of_month",
            Self::End(Stretch::Quarter) => "end_of_quarter",
            Self::End(Stretch::Year) => "end_of_year",
        }
    }
}

impl Date {
    /// A number of this day.
    pub fn figure(self, figure: Figure) -> i64 {
        let (year, month, day) = self.parts();
        match figure {
            Figure::Year => year.into(),
            Figure::Month => month.into(),
            Figure::DayOfMonth => day.into(),
            Figure::DayOfWeek => i64::from(self.weekday()) + 1,
        }
    }

    /// The first day of the stretch in which this one lies; `None` if the calendar begins later.
    pub fn start_of(self, stretch: Stretch) -> Option<Self> {
        let (year, month, _) = self.parts();
        match stretch {
            Stretch::Week => self.days_on(-i64::from(self.weekday())),
            Stretch::Month => Self::new(year, month, 1),
            Stretch::Quarter => Self::new(year, month - (month - 1) % 3, 1),
            Stretch::Year => Self::new(year, 1, 1),
        }
    }

    /// The last day of the stretch in which this one lies; `None` if the calendar ends before.
    pub fn end_of(self, stretch: Stretch) -> Option<Self> {
        let (year, month, _) = self.parts();
        let end_of_month = |month: i8| (28..=31).rev().find_map(|day| Self::new(year, month, day));
        match stretch {
            Stretch::Week => self.days_on(6 - i64::from(self.weekday())),
            Stretch::Month => end_of_month(month),
            Stretch::Quarter => end_of_month(month - (month - 1) % 3 + 2),
            Stretch::Year => end_of_month(12),
        }
    }

    fn days_on(self, count: i64) -> Option<Self> {
        self.plus(Duration { count, unit: DurationUnit::Days })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STRETCHES: [Stretch; 4] = [Stretch::Week, Stretch::Month, Stretch::Quarter, Stretch::Year];

    fn shown(of: impl Fn(Stretch) -> Option<Date>) -> [String; 4] {
        STRETCHES.map(|stretch| of(stretch).map_or_else(|| "-".to_owned(), |day| day.to_string()))
    }

    #[test]
    fn figures_of_a_day() {
        let of = |text: &str| {
            let day = Date::parse(text).expect(text);
            [Figure::Year, Figure::Month, Figure::DayOfMonth, Figure::DayOfWeek].map(|figure| day.figure(figure))
        };
        assert_eq!(of("2028-02-29"), [2028, 2, 29, 2]);
        assert_eq!(of("2030-12-30"), [2030, 12, 30, 1]);
        assert_eq!(of("0000-01-01"), [0, 1, 1, 6]);
        assert_eq!(of("9999-12-31"), [9999, 12, 31, 5]);
    }

    #[test]
    fn starts_and_ends() {
        let starts = |text: &str| shown(|stretch| Date::parse(text).expect(text).start_of(stretch));
        let ends = |text: &str| shown(|stretch| Date::parse(text).expect(text).end_of(stretch));
        assert_eq!(starts("2028-02-29"), ["2028-02-28", "2028-02-01", "2028-01-01", "2028-01-01"]);
        assert_eq!(ends("2028-02-29"), ["2028-03-05", "2028-02-29", "2028-03-31", "2028-12-31"]);
        assert_eq!(starts("2031-01-01"), ["2030-12-30", "2031-01-01", "2031-01-01", "2031-01-01"]);
        assert_eq!(ends("2031-12-31"), ["2032-01-04", "2031-12-31", "2031-12-31", "2031-12-31"]);
        assert_eq!(starts("2100-02-28"), ["2100-02-22", "2100-02-01", "2100-01-01", "2100-01-01"]);
        assert_eq!(ends("2100-02-01"), ["2100-02-07", "2100-02-28", "2100-03-31", "2100-12-31"]);
        // The calendar ends on a Friday, and begins on a Monday.
        assert_eq!(ends("9999-12-27"), ["-", "9999-12-31", "9999-12-31", "9999-12-31"]);
        assert_eq!(shown(|stretch| Date::FIRST.start_of(stretch)), ["-9999-01-01"; 4]);
    }

    #[test]
    fn every_day_lies_between_its_start_and_its_end() {
        let mut day = Date::parse("2027-12-20").expect("a day");
        for _ in 0..800 {
            for stretch in STRETCHES {
                let (start, end) = (day.start_of(stretch).expect("a start"), day.end_of(stretch).expect("an end"));
                assert!(start <= day && day <= end, "{stretch:?} of {day}");
                assert_eq!((end.start_of(stretch), start.end_of(stretch)), (Some(start), Some(end)), "{stretch:?} of {day}");
                let next = end.days_on(1).expect("the next day");
                assert_eq!(next.start_of(stretch), Some(next), "{stretch:?} of {day}");
            }
            day = day.days_on(1).expect("the next day");
        }
    }
}
