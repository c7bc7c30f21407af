//! Calendar dates, durations, moments and zones.
//!
//! In: texts such as `2024-04-22` or `2024-04-22T17:00:00+08:00`. Out: comparable values.
//! Always: there is no clock here; a zone's rules come from the bundled database, never from the machine.

use crate::Exact;
use jiff::civil;
use std::fmt;

/// A calendar day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

/// The unit of a [`Duration`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DurationUnit {
    /// Days.
    Days,
    /// Weeks.
    Weeks,
    /// Months, clipping to the month's end.
    Months,
    /// Years, clipping to the month's end.
    Years,
    /// Working days, which a calendar tells ([`crate::WorkingDays`]).
    WorkingDays,
}

/// What the time between two days is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum ElapsedUnit {
    Days,
    Months,
    Years,
}

impl ElapsedUnit {
    /// Its word in data and in generated code.
    pub fn word(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::Months => "months",
            Self::Years => "years",
        }
    }
}

/// A whole number of calendar units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Duration {
    /// How many; may be negative.
    pub count: i64,
    /// Of what.
    pub unit: DurationUnit,
}

impl Duration {
    /// So many times as long: a whole number, and not beyond all reach.
    pub fn times(self, number: &Exact) -> Option<Self> {
        const MOST: i64 = 10_000_000;
        let number = number.to_i64().filter(|n| (-MOST..=MOST).contains(n))?;
        Some(Self { count: self.count.checked_mul(number)?, ..self })
    }
}

impl Date {
    /// The first day that there is: entries begin with the year 0, but days can be counted back from there.
    pub const FIRST: Self = Self(civil::Date::MIN);
    /// The last day that there is, of the year 9999.
    pub const LAST: Self = Self(civil::Date::MAX);

    /// A day of the calendar, if there is such a day.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        civil::Date::new(year, month, day).ok().map(Self)
    }

    /// Reads exactly `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Self> {
        if !same_shape(text, "0000-00-00") {
            return None;
        }
        Self::new(text[0..4].parse().ok()?, text[5..7].parse().ok()?, text[8..10].parse().ok()?)
    }

    /// The day after so many units; months and years clip to the month's end. `None` beyond the year 9999, and for working days, which need a
    /// calendar.
    pub fn plus(self, d: Duration) -> Option<Self> {
        let span = jiff::Span::new();
        let span = match d.unit {
            DurationUnit::Days => span.try_days(d.count),
            DurationUnit::Weeks => span.try_weeks(d.count),
            DurationUnit::Months => span.try_months(d.count),
            DurationUnit::Years => span.try_years(d.count),
            DurationUnit::WorkingDays => return None,
        };
        self.0.checked_add(span.ok()?).ok().map(Self)
    }

    /// The last day from which so many units lead no further than to this one: to the last of a short month, that of a long one.
    pub fn last_start(self, d: Duration) -> Option<Self> {
        let there = self.plus(Duration { count: -d.count, ..d })?;
        let ends = matches!(d.unit, DurationUnit::Months | DurationUnit::Years) && self.0.last_of_month() == self.0;
        Some(if ends { Self(there.0.last_of_month()) } else { there })
    }

    /// How many days, complete months or complete years another day lies after this one: the most that, added to this day, do not lead beyond
    /// it. Where it lies before, the negative of what the two give the other way round.
    pub fn until(self, other: Self, unit: ElapsedUnit) -> i64 {
        if other < self {
            return -other.until(self, unit);
        }
        match unit {
            ElapsedUnit::Days => (other.0 - self.0).get_days().into(),
            ElapsedUnit::Months => self.months_until(other),
            // Twelve months later is a year later, at the month's end too.
            ElapsedUnit::Years => self.months_until(other) / 12,
        }
    }

    /// Complete months until a day that is not before this one.
    fn months_until(self, other: Self) -> i64 {
        let ((y, m, d), (year, month, day)) = (self.parts(), other.parts());
        let months = (i64::from(year) - i64::from(y)) * 12 + i64::from(month) - i64::from(m);
        // The month's last day completes the month, also where it has no day of that number.
        months - i64::from(d > day && other.0.last_of_month() != other.0)
    }

    /// Whether it is a Saturday or a Sunday.
    pub fn is_weekend(self) -> bool {
        self.weekday() >= 5
    }

    /// The day of the week, from Monday, 0, to Sunday, 6.
    pub fn weekday(self) -> i8 {
        self.0.weekday().to_monday_zero_offset()
    }

    /// Year, month, day.
    pub fn parts(self) -> (i16, i8, i8) {
        (self.0.year(), self.0.month(), self.0.day())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (y, m, d) = self.parts();
        write!(f, "{y:04}-{m:02}-{d:02}")
    }
}

/// A point in time: seconds since 1970-01-01T00:00:00Z (fractions dropped towards the past).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

impl Moment {
    /// Reads exactly RFC 3339 with an offset (`2024-04-22T17:00:00+08:00`, `…Z`, up to nine digits of a second); a text
    /// without offset is not a moment, nor is a leap second.
    pub fn parse(text: &str) -> Option<Self> {
        let (clock, offset) = text.split_at_checked(19)?;
        // The parser below reads more spellings than the validators do, and drops fractions towards 1970.
        if !same_shape(clock, "0000-00-00T00:00:00") || &clock[17..] > "59" {
            return None;
        }
        let offset = match offset.strip_prefix('.') {
            Some(fraction) => {
                let rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
                (1..=9).contains(&(fraction.len() - rest.len())).then_some(rest)?
            }
            None => offset,
        };
        let in_day = |o: &str| &o[1..3] < "24" && &o[4..6] < "60";
        if offset != "Z" && !((same_shape(offset, "+00:00") || same_shape(offset, "-00:00")) && in_day(offset)) {
            return None;
        }
        format!("{clock}{offset}").parse::<jiff::Timestamp>().ok().map(|t| Self(t.as_second()))
    }
}

/// Whether a text has a digit wherever the shape has `0`, and the shape's own character elsewhere.
fn same_shape(text: &str, shape: &str) -> bool {
    text.len() == shape.len() && text.bytes().zip(shape.bytes()).all(|(t, s)| if s == b'0' { t.is_ascii_digit() } else { t == s })
}

/// A time zone by its IANA name.
#[derive(Clone, Debug)]
pub struct Zone {
    name: String,
    zone: jiff::tz::TimeZone,
}

impl Zone {
    /// The zone of an IANA name such as `Asia/Shanghai`, if the bundled database has it.
    pub fn find(name: &str) -> Option<Self> {
        let zone = jiff::tz::TimeZoneDatabase::bundled().get(name).ok()?;
        Some(Self { name: name.to_owned(), zone })
    }

    /// Its IANA name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first moment of a local day.
    pub fn start_of(&self, day: Date) -> Option<Moment> {
        let zoned = day.0.to_zoned(self.zone.clone()).ok()?;
        Some(Moment(zoned.start_of_day().ok()?.timestamp().as_second()))
    }

    /// The moment of a local clock time (in a gap or fold: the earlier offset, RFC 5545).
    pub fn moment(&self, day: Date, hour: i8, minute: i8, second: i8) -> Option<Moment> {
        let at = day.0.at(hour, minute, second, 0);
        Some(Moment(at.to_zoned(self.zone.clone()).ok()?.timestamp().as_second()))
    }

    /// The local day of a moment.
    pub fn day_of(&self, moment: Moment) -> Option<Date> {
        let stamp = jiff::Timestamp::from_second(moment.0).ok()?;
        Some(Date(stamp.to_zoned(self.zone.clone()).date()))
    }

    /// A moment as the zone's clocks show it: RFC 3339 with the offset.
    pub fn show(zone: Option<&Zone>, moment: Moment) -> String {
        let offset = zone.and_then(|z| z.transitions(moment, moment).first().map(|(_, offset)| *offset)).unwrap_or(0);
        let local = jiff::Timestamp::from_second(moment.0 + i64::from(offset));
        let clock = local.map(|t| t.to_zoned(jiff::tz::TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%S").to_string()).unwrap_or_default();
        let (sign, minutes) = (if offset < 0 { '-' } else { '+' }, offset.abs() / 60);
        format!("{clock}{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }

    /// The zone's offset changes within `[from, to]` as (moment, seconds east of UTC), the first entry at `from` itself.
    pub fn transitions(&self, from: Moment, to: Moment) -> Vec<(Moment, i32)> {
        let Ok(start) = jiff::Timestamp::from_second(from.0) else { return Vec::new() };
        let mut list = vec![(from, self.zone.to_offset(start).seconds())];
        for t in self.zone.following(start) {
            let at = t.timestamp().as_second();
            if at > to.0 {
                break;
            }
            let offset = t.offset().seconds();
            if list.last().is_some_and(|(_, last)| *last != offset) {
                list.push((Moment(at), offset));
            }
        }
        list
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Date {
        Date::parse(text).expect(text)
    }

    #[test]
    fn semantics_2_5_months_and_years_clip() {
        let years = |n| Duration { count: n, unit: DurationUnit::Years };
        assert_eq!(d("2024-02-29").plus(years(1)).unwrap(), d("2025-02-28"));
        assert_eq!(d("2024-03-31").plus(Duration { count: -1, unit: DurationUnit::Months }).unwrap(), d("2024-02-29"));
        assert_eq!(d("9999-12-31").plus(years(1)), None);
    }

    #[test]
    fn the_time_between_two_days_is_what_can_be_added() {
        let at = |unit| move |a: &str, b: &str| (d(a).until(d(b), unit), d(b).until(d(a), unit));
        let (days, months, years) = (at(ElapsedUnit::Days), at(ElapsedUnit::Months), at(ElapsedUnit::Years));
        assert_eq!(years("2012-02-29", "2030-02-27"), (17, -17));
        assert_eq!(years("2012-02-29", "2030-02-28"), (18, -18));
        assert_eq!(months("2031-01-31", "2031-02-28"), (1, -1));
        assert_eq!(months("2031-02-28", "2031-03-27"), (0, 0));
        assert_eq!(months("2031-02-28", "2031-03-28"), (1, -1));
        assert_eq!(days("2028-02-28", "2028-03-01"), (2, -2));
        assert_eq!(days("0001-01-01", "9999-12-31"), (3_652_058, -3_652_058));
        assert_eq!(days("2031-05-01", "2031-05-01"), (0, 0));
    }

    #[test]
    fn semantics_2_4_days_are_local() {
        let zone = Zone::find("Asia/Shanghai").unwrap();
        let end = zone.start_of(d("2024-04-23")).unwrap();
        assert_eq!(end, Moment::parse("2024-04-22T16:00:00Z").unwrap());
        assert_eq!(zone.day_of(Moment(end.0 - 1)).unwrap(), d("2024-04-22"));
        for bad in
            ["2024-04-22T10:00:00", "2024-04-22 10:00:00Z", "2024-04-22T10:00Z", "2024-04-22T10:00:00+0800", "2024-04-22T10:00:00,5Z"]
        {
            assert_eq!(Moment::parse(bad), None, "{bad}");
        }
        assert_eq!(Moment::parse("1969-12-31T23:59:59.5Z"), Some(Moment(-1)));
        assert_eq!(Moment::parse("2024-04-22T10:00:00-00:00"), Moment::parse("2024-04-22T10:00:00Z"));
        assert_eq!(Moment::parse("2016-12-31T23:59:60Z"), None);
        assert_eq!(Moment::parse("9999-12-30T22:00:00Z"), Some(Moment(253_402_207_200)));
        assert_eq!(Moment::parse("9999-12-30T22:00:01Z"), None);
        assert_eq!(Date::parse("2024-02-30"), None);
        assert_eq!(Date::parse("2024-4-2"), None);
    }
}
