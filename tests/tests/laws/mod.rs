//! Laws: exact arithmetic agrees with another library’s big rationals; three-valued logic is Kleene’s; keywords stand in one table; working
//! days are those of a walk along the calendar.

mod keywords;
mod kleene;
mod numbers;
mod working_days;
