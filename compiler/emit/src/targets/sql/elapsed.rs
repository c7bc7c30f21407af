//! The time between two days: days, complete months, complete years.
//!
//! In: two nodes of days, `YYYY-MM-DD`. Out: a node of a whole number. Always: the same in every dialect, since it is read off the digits of
//! the days; no value where a day has none, unknown where one is.

use super::node::{Node, Number, needs_beside_absent};
use super::number::Refused;
use super::scope::Scope;
use super::tree::{Function, Sql, Width, and, call, case, compare, equal, int, not, text};
use prog_base::{Date, ElapsedUnit, Exact};
use prog_model::{Expr, Type};

impl Scope<'_> {
    /// How much later the second day is than the first; before it, below zero.
    pub fn elapsed(&mut self, unit: ElapsedUnit, from: &Expr, to: &Expr) -> Result<Node, Refused> {
        if [from, to].iter().any(|e| e.ty == Type::Moment) {
            return super::expr::refuse("时刻", "points in time");
        }
        let (from, to) = (self.expr(from)?, self.expr(to)?);
        let (from, to) = (self.layers.shared(from), self.layers.shared(to));
        let (needs, awaits) = needs_beside_absent(&from, &to);
        let absent = from.absent || to.absent;
        let value = match unit {
            ElapsedUnit::Days => days(&from.value, &to.value),
            ElapsedUnit::Months | ElapsedUnit::Years => {
                let back = compare(">", from.value.clone(), to.value.clone());
                let first = self.layers.share(case([(back.clone(), to.value.clone())], from.value.clone()));
                let last = self.layers.share(case([(back.clone(), from.value.clone())], to.value.clone()));
                let months = months(&first, &last);
                let count =
                    if unit == ElapsedUnit::Years { Sql::Quotient(Width::Small, Box::new(months), Box::new(int(12))) } else { months };
                let count = self.layers.share(count);
                case([(back, Sql::Negate(Box::new(count.clone())))], count)
            }
        };
        let most = Exact::from(Date::FIRST.until(Date::LAST, unit));
        let number = Some(Number { quantum: Exact::ONE, most, over: None, ends: None });
        Ok(Node { value, needs, number, absent, awaits })
    }
}

fn days(from: &Sql, to: &Sql) -> Sql {
    let number = |day: &Sql| call(Function::DayNumber, [day.clone()]);
    small('-', number(to), number(from))
}

/// Complete months up to a day that is not before the first.
fn months(first: &Sql, last: &Sql) -> Sql {
    let difference = |from: i64, length: i64| small('-', whole(last, from, length), whole(first, from, length));
    let months = small('+', small('*', difference(1, 4), int(12)), difference(6, 2));
    // The month's last day completes the month, also where it has no day of that number.
    let before = compare(">", cut(first, 9, 2), cut(last, 9, 2));
    let ends = equal(cut(&call(Function::AddDays, [last.clone(), int(1)]), 9, 2), text("01"));
    small('-', months, case([(and([before, not(ends)]), int(1))], int(0)))
}

pub fn small(op: char, a: Sql, b: Sql) -> Sql {
    Sql::Arithmetic(op, Width::Small, Box::new(a), Box::new(b))
}

pub fn cut(day: &Sql, from: i64, length: i64) -> Sql {
    call(Function::Substring, [day.clone(), int(from), int(length)])
}

pub fn whole(day: &Sql, from: i64, length: i64) -> Sql {
    call(Function::Whole, [cut(day, from, length)])
}
