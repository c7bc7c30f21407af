//! Laws: exact arithmetic agrees with another library’s big rationals; three-valued logic is Kleene’s; keywords stand in one table.

mod keywords;
mod kleene;
mod numbers;
