//! Numbers, dates and durations as written, in either width.

use super::Builder;
use crate::ast::{Expr, ExprKind, Name};
use crate::grammar::{Pair, Rule};
use crate::messages;
use prog_base::{Date, Duration, DurationUnit, Exact, Span};

impl Builder<'_> {
    /// A whole number; too big a one is said and read as 0.
    pub fn integer(&mut self, pair: Pair) -> u32 {
        let span = self.span(&pair);
        let digits: String = half_width(pair.as_str()).chars().filter(|c| *c != '_').collect();
        digits.parse().unwrap_or_else(|_| {
            self.say(messages::number_too_big(span, u32::MAX.into()));
            0
        })
    }

    /// `40`, `40%`, `500 万元`.
    pub fn amount(&mut self, pair: Pair) -> Expr {
        let span = self.span(&pair);
        let (mut value, mut percent, mut unit) = (None, false, None);
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::decimal => value = self.decimal(p),
                Rule::percent => percent = true,
                Rule::unit => unit = Some(self.name_in(p)),
                _ => {}
            }
        }
        let kind = match value {
            None => ExprKind::Bad,
            Some(value) if percent => ExprKind::Percent(value),
            Some(value) => ExprKind::Number { value, unit },
        };
        Expr { kind, span }
    }

    /// `12.5`.
    pub fn decimal(&mut self, pair: Pair) -> Option<Exact> {
        let value = Exact::parse(&half_width(pair.as_str()));
        if value.is_none() {
            let span = self.span(&pair);
            self.say(messages::wrong_number(span));
        }
        value
    }

    /// `2 years`.
    pub fn duration(&mut self, pair: Pair) -> Expr {
        let span = self.span(&pair);
        let (mut count, mut unit) = (None, DurationUnit::Days);
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::integer => count = half_width(p.as_str()).replace('_', "").parse::<i64>().ok().filter(|n| *n <= 1_000_000),
                Rule::kw_working_days | Rule::kw_working_days_in => unit = DurationUnit::WorkingDays,
                Rule::kw_weeks | Rule::kw_weeks_in => unit = DurationUnit::Weeks,
                Rule::kw_months | Rule::kw_months_in => unit = DurationUnit::Months,
                Rule::kw_years | Rule::kw_years_in => unit = DurationUnit::Years,
                _ => {}
            }
        }
        let Some(count) = count else {
            self.say(messages::number_too_big(span, 1_000_000));
            return Expr { kind: ExprKind::Bad, span };
        };
        Expr { kind: ExprKind::Duration(Duration { count, unit }), span }
    }

    /// A date with or without a time.
    pub fn date(&mut self, pair: Pair) -> Expr {
        let span = self.span(&pair);
        let (mut day, mut time, mut shape) = (None, None, true);
        for p in pair.into_inner() {
            let numbers = numbers(p.as_str());
            match p.as_rule() {
                Rule::iso_day => {
                    shape = p.as_str().chars().count() == 10;
                    day = Some((self.span(&p), numbers));
                }
                Rule::han_day => day = Some((self.span(&p), numbers)),
                Rule::clock | Rule::han_clock => time = Some((self.span(&p), numbers)),
                _ => {}
            }
        }
        let Some((day_span, parts)) = day else { return Expr { kind: ExprKind::Bad, span } };
        let Some(date) = self.day(day_span, &parts, shape) else { return Expr { kind: ExprKind::Bad, span } };
        let kind = match time {
            None => ExprKind::Date(date),
            Some((at, parts)) => match clock(&parts) {
                Some((hour, minute, second)) => ExprKind::DateTime { date, hour, minute, second },
                None => {
                    self.say(messages::wrong_time(at));
                    ExprKind::Bad
                }
            },
        };
        Expr { kind, span }
    }

    /// `2024/4/22`: said, and read as the date it means.
    pub fn odd_date(&mut self, pair: Pair) -> Expr {
        let span = self.span(&pair);
        let parts = numbers(pair.as_str());
        let kind = self.day(span, &parts, false).map_or(ExprKind::Bad, ExprKind::Date);
        Expr { kind, span }
    }

    fn day(&mut self, span: Span, parts: &[i64], shape: bool) -> Option<Date> {
        let [year, month, day] = parts else { return None };
        let date = Date::new(i16::try_from(*year).ok()?, i8::try_from(*month).ok()?, i8::try_from(*day).ok()?);
        match date {
            None => self.say(messages::no_such_day(span, *year, *month, *day)),
            Some(_) if !shape => self.say(messages::date_shape(span, *year, *month, *day)),
            Some(_) => {}
        }
        date
    }

    /// An empty name at a place, where one is missing.
    pub fn no_name(&self, span: Span) -> Name {
        Name { text: String::new(), span }
    }
}

fn clock(parts: &[i64]) -> Option<(i8, i8, i8)> {
    let (hour, minute, second) = (parts.first().copied()?, parts.get(1).copied().unwrap_or(0), parts.get(2).copied().unwrap_or(0));
    let fits = (0..24).contains(&hour) && (0..60).contains(&minute) && (0..60).contains(&second) || (hour, minute, second) == (24, 0, 0);
    fits.then_some((i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, i8::try_from(second).ok()?))
}

/// Digits and the point of either width, in half width.
pub fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '０'..='９' => char::from(b'0' + u8::try_from(u32::from(c) - u32::from('０')).unwrap_or(0)),
            '．' => '.',
            c => c,
        })
        .collect()
}

/// The runs of digits in a text.
fn numbers(text: &str) -> Vec<i64> {
    half_width(text).split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect()
}
