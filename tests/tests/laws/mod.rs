//! Laws: exact arithmetic agrees with another library's big rationals; three-valued logic is Kleene's.

mod kleene;
mod numbers;
