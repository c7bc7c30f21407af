//! `_runtime/shared.py`: what all implementations must hold alike, printed from the tables they share.
//!
//! In: the base crate's tables. Out: one module. Always: the same for every programme.

use super::super::javascript::print::string;
use super::print::Py;
use crate::code::{CODES, PATTERNS};
use prog_base::{EAST_ASIAN, EAST_ASIAN_PUNCTUATION, WHITE_SPACE};

/// The module's text.
pub fn module() -> String {
    let pair = |(low, high): &(u32, u32)| Py::Tuple(vec![Py::raw(format!("0x{low:X}")), Py::raw(format!("0x{high:X}"))]);
    let ranges = |ranges: &[(u32, u32)]| Py::List(ranges.iter().map(pair).collect());
    let texts = |members: &[(&str, &str)]| Py::Dict(members.iter().map(|(key, text)| (None, string(key), Py::raw(string(text)))).collect());
    [
        "\"\"\"What all implementations hold alike, printed by prog from tables they share.\"\"\"\n".to_owned(),
        one("East-Asian characters: each counts one.", "EAST_ASIAN", &ranges(EAST_ASIAN)),
        one("East-Asian punctuation: each counts one, unless dropped.", "EAST_ASIAN_PUNCTUATION", &ranges(EAST_ASIAN_PUNCTUATION)),
        one("White space: counts nothing and ends a run.", "WHITE_SPACE", &ranges(WHITE_SPACE)),
        one("Shapes of entries that are texts.", "PATTERNS", &texts(PATTERNS)),
        one("Codes of what is refused, as `prog explain` knows them.", "CODES", &texts(CODES)),
    ]
    .concat()
}

fn one(doc: &str, name: &str, value: &Py) -> String {
    let head = format!("{name} = ");
    format!("\n{head}{}\n\"\"\"{doc}\"\"\"\n", value.print(0, head.len()))
}
