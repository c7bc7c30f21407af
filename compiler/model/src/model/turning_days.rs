//! Days at which what is worked out from a day changes: boundaries for cases that are drawn, and for comparing two versions.
//!
//! In: an expression, the constants it may be compared with. Out: days of the entry that it is worked out from, in no order.
//! Always: few; days beyond the calendar are left out.

use super::{Expr, ExprKind, Programme};
use prog_base::{Date, DayPart, Duration, DurationUnit, ElapsedUnit, Exact, Figure};

impl Programme {
    /// The days at which the time between two days, or what is read off one, reaches one of these numbers or days, or passes it.
    pub fn turning_days(&self, e: &Expr, numbers: &[Exact], dates: &[Date]) -> Vec<Date> {
        match &e.kind {
            ExprKind::Elapsed { unit, from, to } => self.anniversaries(*unit, from, to, numbers),
            ExprKind::OfDay { part, day } if self.fixed_day(day).is_none() => {
                let days = match part {
                    DayPart::Figure(figure) => days_of_figure(*figure, numbers, dates),
                    DayPart::Start(stretch) | DayPart::End(stretch) => {
                        dates.iter().flat_map(|day| [day.start_of(*stretch), day.end_of(*stretch)]).flatten().collect()
                    }
                };
                entered(day, days)
            }
            _other => Vec::new(),
        }
    }

    /// Between a day that varies and one that does not.
    fn anniversaries(&self, unit: ElapsedUnit, from: &Expr, to: &Expr, numbers: &[Exact]) -> Vec<Date> {
        let (day, forward) = match (self.fixed_day(from), self.fixed_day(to)) {
            (Some(day), None) => (day, true),
            (None, Some(day)) => (day, false),
            (_, _) => return Vec::new(),
        };
        let (unit, most) = match unit {
            ElapsedUnit::Days => (DurationUnit::Days, 40_000),
            ElapsedUnit::Months => (DurationUnit::Months, 1_200),
            ElapsedUnit::Years => (DurationUnit::Years, 100),
        };
        let near = numbers.iter().filter_map(Exact::to_i64).filter(|n| (-most..=most).contains(n));
        let at = |n: i64| {
            let by = Duration { count: n.abs(), unit };
            if (n >= 0) == forward { day.plus(by) } else { day.last_start(by) }
        };
        near.flat_map(|n| [at(n), at(n + 1)]).flatten().collect()
    }
}

/// Days that have one of these numbers, the first and the last; near the days that the programme names.
fn days_of_figure(figure: Figure, numbers: &[Exact], dates: &[Date]) -> Vec<Date> {
    let Some(near) = dates.last().copied().or(Date::new(2028, 1, 1)) else { return Vec::new() };
    let (year, month, _) = near.parts();
    let small = |n: i64| i8::try_from(n).ok();
    let of = |n: i64| match figure {
        Figure::Year => {
            let year = i16::try_from(n).ok().filter(|year| (1900..=2200).contains(year));
            year.map_or([None, None], |year| [Date::new(year, 1, 1), Date::new(year, 12, 31)])
        }
        Figure::Month => {
            let first = small(n).and_then(|month| Date::new(year, month, 1));
            [first, first.and_then(|day| day.end_of(prog_base::Stretch::Month))]
        }
        Figure::DayOfMonth => [small(n).and_then(|day| Date::new(year, month, day)), None],
        Figure::DayOfWeek => {
            let first = near.start_of(prog_base::Stretch::Week).filter(|_| (1..=7).contains(&n));
            [first.and_then(|day| day.plus(Duration { count: n - 1, unit: DurationUnit::Days })), None]
        }
    };
    numbers.iter().filter_map(Exact::to_i64).flat_map(of).flatten().collect()
}

/// The days of the entry at which a day so long after it is one of these.
fn entered(day: &Expr, days: Vec<Date>) -> Vec<Date> {
    match &day.kind {
        ExprKind::Shift { date, by } => {
            let back = Duration { count: -by.count, ..*by };
            entered(date, days.into_iter().filter_map(|day| day.plus(back)).collect())
        }
        _other => days,
    }
}
