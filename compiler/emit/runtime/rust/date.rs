//! Calendar days, durations, moments and the programme's zone, in plain integers.
//!
//! In: texts such as `2024-04-22` or `2024-04-22T17:00:00+08:00`, and the zone's offset changes as the compiler printed them.
//! Always: no clock, nothing of the machine's zone.

use std::fmt;

/// A calendar day: days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(i64);

/// A point in time: seconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub i64);

/// The unit of a [`Duration`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Days.
    Days,
    /// Weeks.
    Weeks,
    /// Months, clipping to the month's end.
    Months,
    /// Years, clipping to the month's end.
    Years,
    /// Working days, which a calendar counts.
    WorkingDays,
}

/// A whole number of calendar units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duration {
    /// How many; may be negative.
    pub count: i64,
    /// Of what.
    pub unit: Unit,
}

/// What is read off one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayPart {
    /// The year.
    Year,
    /// The month, 1 to 12.
    Month,
    /// The day of the month, 1 to 31.
    DayOfMonth,
    /// The day of the week, 1 (Monday) to 7 (Sunday).
    DayOfWeek,
    /// The Monday of its week.
    StartOfWeek,
    /// The first day of its month.
    StartOfMonth,
    /// The first day of its quarter.
    StartOfQuarter,
    /// The first day of its year.
    StartOfYear,
    /// The Sunday of its week.
    EndOfWeek,
    /// The last day of its month.
    EndOfMonth,
    /// The last day of its quarter.
    EndOfQuarter,
    /// The last day of its year.
    EndOfYear,
}

/// A number of a day, or another day; none beyond the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A number.
    Number(i64),
    /// A day.
    Day(Option<Day>),
}

const SECONDS_A_DAY: i64 = 86_400;
/// The last second any implementation of ours holds: 9999-12-30T22:00:00Z.
const LAST_SECOND: i64 = 253_402_207_200;

/// The number of a civil day (proleptic Gregorian), after H. Hinnant's `days_from_civil`.
const fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let year_of_era = y - era * 400;
    let shifted = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * shifted + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn days_in(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Day {
    /// A day that the compiler has checked.
    pub const fn of(year: i64, month: i64, day: i64) -> Self {
        Self(day_number(year, month, day))
    }

    /// A day of the calendar; `None` if there is no such day.
    pub fn new(year: i64, month: i64, day: i64) -> Option<Self> {
        let there = (-9999..=9999).contains(&year)
            && (1..=12).contains(&month)
            && day >= 1
            && day <= days_in(year, month);
        there.then(|| Self::of(year, month, day))
    }

    /// Reads exactly `YYYY-MM-DD`; `None` for any other text or a day that is not.
    pub fn parse(text: &str) -> Option<Self> {
        if !same_shape(text, "0000-00-00") {
            return None;
        }
        Self::new(
            number(&text[0..4]),
            number(&text[5..7]),
            number(&text[8..10]),
        )
    }

    /// Year, month and day.
    pub fn civil(self) -> (i64, i64, i64) {
        let z = self.0 + 719_468;
        let era = z.div_euclid(146_097);
        let day_of_era = z - era * 146_097;
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let month = if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
    }

    /// Its number: the later the greater.
    pub const fn number(self) -> i64 {
        self.0
    }

    /// The day so many days later, unchecked.
    pub const fn moved(self, days: i64) -> Self {
        Self(self.0 + days)
    }

    /// The days up to another one, both included.
    pub fn through(self, last: Self) -> impl Iterator<Item = Self> {
        (self.0..=last.0).map(Self)
    }

    /// Whether it is a Saturday or a Sunday; 1970-01-01 was a Thursday.
    pub const fn is_weekend(self) -> bool {
        (self.0 + 3).rem_euclid(7) >= 5
    }

    /// The day after so much time; months and years clip to the month's end. `None` beyond the year 9999, and for working days,
    /// which a calendar counts.
    pub fn plus(self, by: Duration) -> Option<Self> {
        let (year, month, day) = self.civil();
        let months = match by.unit {
            Unit::Days | Unit::Weeks => {
                let days = by
                    .count
                    .checked_mul(if by.unit == Unit::Weeks { 7 } else { 1 })?;
                let moved = Self(self.0.checked_add(days)?);
                let far = !(-8_000_000..8_000_000).contains(&moved.0);
                return (!far && (-9999..=9999).contains(&moved.civil().0)).then_some(moved);
            }
            Unit::Months => by.count,
            Unit::Years => by.count.checked_mul(12)?,
            Unit::WorkingDays => return None,
        };
        let months = (year * 12 + month - 1).checked_add(months)?;
        let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
        Self::new(year, month, day.min(days_in(year, month)))
    }

    /// What is read off this day.
    pub fn part(self, part: DayPart) -> Part {
        let (year, month, day) = self.civil();
        let weekday = (self.0 + 3).rem_euclid(7);
        let quarter = month - (month - 1) % 3;
        let end_of = |month: i64| Self::new(year, month, days_in(year, month));
        match part {
            DayPart::Year => Part::Number(year),
            DayPart::Month => Part::Number(month),
            DayPart::DayOfMonth => Part::Number(day),
            DayPart::DayOfWeek => Part::Number(weekday + 1),
            DayPart::StartOfWeek => Part::Day(self.days_on(-weekday)),
            DayPart::StartOfMonth => Part::Day(Self::new(year, month, 1)),
            DayPart::StartOfQuarter => Part::Day(Self::new(year, quarter, 1)),
            DayPart::StartOfYear => Part::Day(Self::new(year, 1, 1)),
            DayPart::EndOfWeek => Part::Day(self.days_on(6 - weekday)),
            DayPart::EndOfMonth => Part::Day(end_of(month)),
            DayPart::EndOfQuarter => Part::Day(end_of(quarter + 2)),
            DayPart::EndOfYear => Part::Day(end_of(12)),
        }
    }

    fn days_on(self, count: i64) -> Option<Self> {
        let unit = Unit::Days;
        self.plus(Duration { count, unit })
    }

    /// How many days another day lies after this one; before it: below zero.
    pub const fn days_until(self, other: Self) -> i64 {
        other.0 - self.0
    }

    /// How many complete months: the most that, added to this day, do not lead beyond the other. Back in time, the negative of that.
    pub fn months_until(self, other: Self) -> i64 {
        if other < self {
            return -other.months_until(self);
        }
        let ((y, m, d), (year, month, day)) = (self.civil(), other.civil());
        let months = (year - y) * 12 + month - m;
        // The month's last day completes the month, also where it has no day of that number.
        months - i64::from(d > day && day < days_in(year, month))
    }

    /// How many complete years: twelve months later is a year later, at the month's end too.
    pub fn years_until(self, other: Self) -> i64 {
        self.months_until(other) / 12
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (y, m, d) = self.civil();
        write!(f, "{y:04}-{m:02}-{d:02}")
    }
}

fn number(digits: &str) -> i64 {
    digits
        .bytes()
        .fold(0, |n, b| n * 10 + i64::from(b.wrapping_sub(b'0')))
}

/// Whether a text has a digit wherever the shape has `0`, and the shape's own character elsewhere.
pub fn same_shape(text: &str, shape: &str) -> bool {
    let fits = |(t, s): (u8, u8)| {
        if s == b'0' {
            t.is_ascii_digit()
        } else {
            t == s
        }
    };
    text.len() == shape.len() && text.bytes().zip(shape.bytes()).all(fits)
}

impl Moment {
    /// Reads RFC 3339 with an offset, fractions dropped towards the past; `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        let (clock, rest) = text.split_at_checked(19)?;
        if !same_shape(clock, "0000-00-00T00:00:00") {
            return None;
        }
        let offset = match rest.strip_prefix('.') {
            Some(fraction) => {
                let after = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
                (1..=9)
                    .contains(&(fraction.len() - after.len()))
                    .then_some(after)?
            }
            None => rest,
        };
        let seconds = local_second(Day::parse(&clock[..10])?, &clock[11..])? - offset_of(offset)?;
        (seconds <= LAST_SECOND).then_some(Self(seconds))
    }
}

/// The second of a local clock time `00:00:00`, as if it were UTC.
fn local_second(day: Day, clock: &str) -> Option<i64> {
    let (hour, minute, second) = (
        number(&clock[0..2]),
        number(&clock[3..5]),
        number(&clock[6..8]),
    );
    let there = hour <= 23 && minute <= 59 && second <= 59;
    there.then_some(day.0 * SECONDS_A_DAY + hour * 3600 + minute * 60 + second)
}

/// Seconds east of UTC of `Z` or `+08:00`.
fn offset_of(text: &str) -> Option<i64> {
    if text == "Z" {
        return Some(0);
    }
    if !same_shape(text, "+00:00") && !same_shape(text, "-00:00") {
        return None;
    }
    let (hour, minute) = (number(&text[1..3]), number(&text[4..6]));
    let east = hour * 3600 + minute * 60;
    let signed = if text.starts_with('-') { -east } else { east };
    (hour <= 23 && minute <= 59).then_some(signed)
}

/// A zone by its offset changes: second, and seconds east of UTC from then on; ascending, the first one far in the past.
#[derive(Clone, Copy, Debug)]
pub struct Zone {
    /// Its IANA name.
    pub name: &'static str,
    /// The changes.
    pub changes: &'static [(i64, i64)],
}

impl Zone {
    /// Seconds east of UTC at a second.
    fn offset_at(self, at: i64) -> i64 {
        let after = self.changes.partition_point(|(from, _)| *from <= at);
        let index = after.saturating_sub(1);
        self.changes.get(index).map_or(0, |(_, offset)| *offset)
    }

    /// The local day of a moment.
    pub fn day_of(self, moment: Moment) -> Day {
        Day((moment.0 + self.offset_at(moment.0)).div_euclid(SECONDS_A_DAY))
    }

    /// The first moment of a local day; `None` at the end of time.
    pub fn start_of(self, day: Day) -> Option<Moment> {
        let midnight = day.0 * SECONDS_A_DAY;
        let mut from = i64::MIN;
        for (index, (_, offset)) in self.changes.iter().enumerate() {
            let to = self
                .changes
                .get(index + 1)
                .map_or(i64::MAX, |(next, _)| *next);
            let at = midnight - offset;
            if at < to {
                // Before `from`: the clock jumped over midnight, and the day starts with the change.
                let at = at.max(from);
                return (at <= LAST_SECOND).then_some(Moment(at));
            }
            from = to;
        }
        None
    }

    /// The moment of a local clock time `00:00:00`: in a fold the earlier, in a gap by the offset before it (RFC 5545).
    pub fn moment(self, day: Day, clock: &str) -> Option<Moment> {
        let local = local_second(day, clock)?;
        for (index, (_, offset)) in self.changes.iter().enumerate() {
            let next = self.changes.get(index + 1);
            let (to, after) = next.copied().unwrap_or((i64::MAX, 0));
            let at = local - offset;
            // Beyond `to` but before it by the next offset: the clock jumped over this time.
            if at < to || local - after < to {
                return (at <= LAST_SECOND).then_some(Moment(at));
            }
        }
        None
    }
}

/// A moment as the zone's clocks show it: RFC 3339 with the offset.
pub fn show_moment(zone: Option<Zone>, moment: Moment) -> String {
    let offset = zone.map_or(0, |zone| zone.offset_at(moment.0));
    let local = moment.0 + offset;
    let day = Day(local.div_euclid(SECONDS_A_DAY));
    let clock = local.rem_euclid(SECONDS_A_DAY);
    let minutes = offset.abs() / 60;
    format!(
        "{day}T{:02}:{:02}:{:02}{}{:02}:{:02}",
        clock / 3600,
        clock / 60 % 60,
        clock % 60,
        if offset < 0 { '-' } else { '+' },
        minutes / 60,
        minutes % 60,
    )
}
