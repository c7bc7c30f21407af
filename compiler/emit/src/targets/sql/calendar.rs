//! The table of working days.
//!
//! In: the calendar. Out: `working_days (day, worked, nth)`: every day of the calendar's years and the one before them, and how many working days
//! there are up to it. Always: worked out by the engine from the days on which the years depart from their weeks; in Spark, which has no
//! recursive queries, there is none.

use super::dialect::{ColumnType, Dialect};
use super::print::scalar;
use super::tree::{Function, call, column, int};
use prog_model::Calendar;

/// The statements that make the table.
pub fn table(calendar: &Calendar, d: Dialect) -> Option<String> {
    if d == Dialect::Spark {
        return None;
    }
    let (first, last) = calendar.days.span();
    let before = first.yesterday()?;
    let departures = calendar.days.departures().map(|(day, worked)| format!("({}, {})", d.text(&day.to_string()), truth(worked)));
    // A week like any other, where there is none.
    let rows = std::iter::once(format!("({}, FALSE)", d.text(&before.to_string()))).chain(departures).collect::<Vec<_>>().join(",\n  ");
    let (words, next) = (d.type_of(ColumnType::Text), scalar(d, &call(Function::AddDays, [column("day"), int(1)]), 4));
    let (from, to, weekday) = (d.text(&before.to_string()), d.text(&last.to_string()), before.weekday());
    Some(format!(
        "-- Working days of {} to {}: nth is how many there are up to a day.\n\
         CREATE TABLE working_days AS\n\
         WITH RECURSIVE departures (day, worked) AS (\n  VALUES {rows}\n), days (day, weekday) AS (\n  \
         SELECT CAST({from} AS {words}), {weekday}\n  UNION ALL\n  SELECT {next}, (weekday + 1) % 7 FROM days WHERE day < {to}\n), known AS (\n  \
         SELECT days.day, COALESCE(departures.worked, days.weekday < 5) AS worked\n  FROM days LEFT JOIN departures ON departures.day = days.day\n)\n\
         SELECT day, worked, SUM(CASE WHEN worked THEN 1 ELSE 0 END) OVER (ORDER BY day) AS nth FROM known;\n\
         CREATE UNIQUE INDEX working_days_day ON working_days (day);\n\
         CREATE INDEX working_days_nth ON working_days (nth);",
        first.parts().0,
        last.parts().0,
    ))
}

fn truth(worked: bool) -> &'static str {
    if worked { "TRUE" } else { "FALSE" }
}
