//! Times as written, in SQL: RFC 3339 with an offset, or a bare day, which begins when the zone's day does.
//!
//! In: a text. Out: seconds since 1970-01-01T00:00:00Z; NULL for what is no time. Always: fractions are dropped, as the evaluation does.

use super::tree::{Function, Sql, Width, call, case, compare, equal, int, text};
use prog_base::{Date, Moment, Zone};

fn plus(op: char, a: Sql, b: Sql) -> Sql {
    Sql::Arithmetic(op, Width::Small, Box::new(a), Box::new(b))
}

fn cut(of: &Sql, from: Sql, length: i64) -> Sql {
    call(Function::Substring, [of.clone(), from, int(length)])
}

fn whole(of: Sql) -> Sql {
    call(Function::Whole, [of])
}

/// The seconds of a time.
pub fn seconds(zone: Option<&Zone>, at: &Sql) -> Sql {
    let part = |from: i64, seconds: i64| plus('*', whole(cut(at, int(from), 2)), int(seconds));
    let day = |of: Sql| plus('*', call(Function::DayNumber, [of]), int(86400));
    let clock = plus('+', plus('+', part(12, 3600), part(15, 60)), whole(cut(at, int(18), 2)));
    // `+08:00` at the end.
    let tail = |back: i64, length: i64| cut(at, plus('-', call(Function::Length, [at.clone()]), int(back)), length);
    let offset = plus('+', plus('*', whole(tail(4, 2)), int(3600)), plus('*', whole(tail(1, 2)), int(60)));
    let local = plus('+', day(cut(at, int(1), 10)), clock);
    let east = plus('-', local.clone(), offset.clone());
    let west = plus('+', local.clone(), offset);
    let moment = case([(equal(tail(0, 1), text("Z")), local), (equal(tail(5, 1), text("-")), west)], east);
    let mut arms = Vec::new();
    if let Some(zone) = zone {
        let begins = plus('-', day(at.clone()), begins_before(zone, at));
        arms.push((call(Function::IsDay, [at.clone()]), begins));
    } else {
        arms.push((call(Function::IsDay, [at.clone()]), Sql::Null));
    }
    arms.push((call(Function::IsMoment, [at.clone()]), moment));
    case(arms, Sql::Null)
}

/// How many seconds before midnight in Greenwich a local day begins.
fn begins_before(zone: &Zone, day: &Sql) -> Sql {
    let second = |d: Date| zone.start_of(d).map(|m| m.0);
    let (Some(first), Some(last)) = (Date::new(1, 1, 1), Date::new(9999, 12, 31)) else { return int(0) };
    let before = |d: Date| second(d).zip(number(d)).map(|(m, n)| n * 86400 - m);
    let changes = zone.transitions(Moment(second(first).unwrap_or(0)), Moment(second(last).unwrap_or(0)));
    let mut arms: Vec<(Sql, Sql)> = Vec::new();
    let mut known = before(first);
    for (at, _) in changes.iter().skip(1) {
        // The days around a change: its own may begin otherwise than both neighbours.
        let Some(local) = zone.day_of(*at) else { continue };
        for d in (-1..=2).filter_map(|n| local.plus(prog_base::Duration { count: n, unit: prog_base::DurationUnit::Days })) {
            let here = before(d);
            if here != known {
                arms.push((compare("<", day.clone(), text(d.to_string())), int(known.unwrap_or(0))));
                known = here;
            }
        }
    }
    case(arms, int(known.unwrap_or(0)))
}

/// Days since 1970-01-01.
fn number(day: Date) -> Option<i64> {
    Zone::find("UTC")?.start_of(day).map(|m| m.0 / 86400)
}
