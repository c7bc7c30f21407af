//! What is read off one day: its year, month, number in the month, day of the week; the first or the last day of its week, month, quarter, year.
//!
//! In: a node of a day, `YYYY-MM-DD`. Out: a node of a whole number, or of a day. Always: the same in every dialect, since it is read off the
//! digits of the day; no value where the day has none, unknown where it is, and beyond the year 9999.

use super::elapsed::{cut, small, whole};
use super::node::{Awaits, Node, Number};
use super::number::Refused;
use super::scope::Scope;
use super::tree::{Function, Sql, call, case, compare, equal, int, text};
use prog_base::{Date, DayPart, Exact, Figure, Stretch};
use prog_model::{Expr, Type};

impl Scope<'_> {
    /// A function of one day.
    pub fn of_day(&mut self, part: DayPart, day: &Expr) -> Result<Node, Refused> {
        if day.ty == Type::Moment {
            return super::expr::refuse("时刻", "points in time");
        }
        let day = self.expr(day)?;
        let day = self.layers.shared(day);
        let of = &day.value;
        let (value, most) = match part {
            DayPart::Figure(Figure::Year) => (whole(of, 1, 4), Some(9999)),
            DayPart::Figure(Figure::Month) => (whole(of, 6, 2), Some(12)),
            DayPart::Figure(Figure::DayOfMonth) => (whole(of, 9, 2), Some(31)),
            DayPart::Figure(Figure::DayOfWeek) => (small('+', weekday(of), int(1)), Some(7)),
            DayPart::Start(stretch) => (start(of, stretch), None),
            DayPart::End(stretch) => (end(of, stretch), None),
        };
        let number = most.map(|most| Number { quantum: Exact::ONE, most: Exact::from(most), over: None, ends: None });
        if part == DayPart::End(Stretch::Week) {
            let needs = case([(in_last_week(of), text(""))], day.needs.clone());
            return Ok(Node { value, needs, awaits: day.awaits.and(Awaits::OTHER), ..day });
        }
        Ok(Node { value, number, ..day })
    }
}

fn start(day: &Sql, stretch: Stretch) -> Sql {
    match stretch {
        Stretch::Week => call(Function::AddDays, [day.clone(), small('-', int(0), weekday(day))]),
        Stretch::Month => dated(day, 8, text("01")),
        Stretch::Quarter => dated(day, 5, by_quarter(day, ["01-01", "04-01", "07-01", "10-01"])),
        Stretch::Year => dated(day, 5, text("01-01")),
    }
}

fn end(day: &Sql, stretch: Stretch) -> Sql {
    match stretch {
        Stretch::Week => {
            let sunday = call(Function::AddDays, [day.clone(), small('-', int(6), weekday(day))]);
            case([(in_last_week(day), Sql::Null)], sunday)
        }
        Stretch::Month => {
            let month = cut(day, 6, 2);
            let of = |number: &str| equal(month.clone(), text(number));
            let number = |rest: &str| call(Function::DayNumber, [dated(day, 5, text(rest))]);
            let leap = equal(small('-', number("03-01"), number("02-28")), int(2));
            let february = case([(leap, text("29"))], text("28"));
            let short = ["04", "06", "09", "11"].map(|number| (of(number), text("30")));
            dated(day, 8, case([(of("02"), february)].into_iter().chain(short), text("31")))
        }
        Stretch::Quarter => dated(day, 5, by_quarter(day, ["03-31", "06-30", "09-30", "12-31"])),
        Stretch::Year => dated(day, 5, text("12-31")),
    }
}

/// Whether its week ends beyond the year 9999, where not every dialect has no days.
fn in_last_week(day: &Sql) -> Sql {
    let monday = Date::LAST.start_of(Stretch::Week).map_or_else(String::new, |monday| monday.to_string());
    compare(">=", day.clone(), text(monday))
}

/// The first so many characters of a day, and other ones behind; nothing of no day.
fn dated(day: &Sql, keep: i64, rest: Sql) -> Sql {
    Sql::Concat(vec![cut(day, 1, keep), rest])
}

fn by_quarter(day: &Sql, [first, second, third, fourth]: [&str; 4]) -> Sql {
    let up_to = |month: &str| compare("<=", cut(day, 6, 2), text(month));
    case([(up_to("03"), text(first)), (up_to("06"), text(second)), (up_to("09"), text(third))], text(fourth))
}

/// From Monday, 0: 1970-01-01 was a Thursday; whole weeks more, so that no remainder is negative.
fn weekday(day: &Sql) -> Sql {
    const WEEKS: i64 = 7 * 1_000_000;
    call(Function::Remainder, [small('+', call(Function::DayNumber, [day.clone()]), int(WEEKS + 3)), int(7)])
}
