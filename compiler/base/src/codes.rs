//! The registry of diagnostic codes: one constant each, its page in `report/codes/`.
//!
//! Ranges: P00 syntax, P01 names and citations, P02 types, units and numbers, P03 tables, quotas and asserts,
//! P04 workflow, materials and actors, P05 forms, P06 scenarios, P07 readings and rules, P08 cases and batches
//! (refused input), P09 files, modules and output. A test holds this table and the pages together.

use crate::Code;

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident = $code:literal;)*) => {
        $($(#[doc = $doc])* pub const $name: Code = Code($code);)*
        /// Every code with the first line of its meaning.
        pub const ALL: &[(Code, &str)] = &[$(($name, concat!($($doc),*)),)*];
    };
}

// One line a code, in order of number. Each stage appends within its own range.
codes! {
    /// What stands here is not understood.
    NOT_UNDERSTOOD = "P0001";
}
