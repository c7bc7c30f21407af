//! Values known when the programme is compiled.

use super::Lower;
use crate::{EnumId, Expr};
use prog_base::{Date, Exact};

/// A value known at compile time; numbers in base units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Constant {
    /// A truth value.
    Bool(bool),
    /// A number in base units.
    Number(Exact),
    /// A day.
    Date(Date),
    /// A value of a closed list.
    Enum(EnumId, usize),
    /// A text.
    Text(String),
}

impl Lower<'_> {
    /// The value of an expression, if it is known when the programme is compiled.
    pub(crate) fn constant(&self, _e: &Expr) -> Option<Constant> {
        None
    }
}
