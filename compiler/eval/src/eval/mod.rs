//! Expressions to values.
//!
//! In: a typed expression and a [`Scope`]: where names get their values. Out: a [`Value`]. Always: total; a division by zero or a silent
//! notice gives unknown, never a fault.

pub mod aggregate;
mod compare;
mod constant;
mod expr;
mod items;
pub mod numbers;
mod scope;
mod split;
mod table;

pub use expr::{band, counts_punctuation, eval, out_of_reach, truth};
pub use items::{data_value, items_of};
pub use scope::{Frame, Scope, Subject, day_of_deadline};
