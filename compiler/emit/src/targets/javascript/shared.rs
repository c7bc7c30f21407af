//! `runtime/shared.mjs`: what all implementations must hold alike, printed from the tables they share.
//!
//! In: the base crate's tables. Out: one module. Always: the same for every programme.

use super::print::{Js, string};
use crate::code::{CODES, PATTERNS};
use prog_base::{EAST_ASIAN, EAST_ASIAN_PUNCTUATION, WHITE_SPACE};

/// The module's text.
pub fn module() -> String {
    let pair = |(low, high): &(u32, u32)| Js::Array(vec![Js::raw(format!("{low:#x}")), Js::raw(format!("{high:#x}"))]);
    let ranges = |ranges: &[(u32, u32)]| Js::Array(ranges.iter().map(pair).collect());
    let object = |members: Vec<(&str, Js)>| Js::Object(members.into_iter().map(|(k, v)| (k.to_owned(), v)).collect());
    let codes = object(CODES.iter().map(|(name, code)| (*name, Js::text(code))).collect());
    let patterns = object(PATTERNS.iter().map(|(name, pattern)| (*name, Js::raw(string(pattern)))).collect());
    [
        "// What all implementations hold alike, printed by prog from the tables that they share.\n".to_owned(),
        one("East-Asian characters: each counts one.", "EAST_ASIAN", &ranges(EAST_ASIAN)),
        one(
            "East-Asian punctuation: each counts one, unless a reading drops it.",
            "EAST_ASIAN_PUNCTUATION",
            &ranges(EAST_ASIAN_PUNCTUATION),
        ),
        one("White space: counts nothing and ends a run.", "WHITE_SPACE", &ranges(WHITE_SPACE)),
        one("Shapes of entries that are texts.", "PATTERNS", &patterns),
        one("Codes of what is refused, as `prog explain` knows them.", "CODES", &codes),
    ]
    .concat()
}

fn one(doc: &str, name: &str, value: &Js) -> String {
    let head = format!("export const {name} = ");
    format!("\n/** {doc} */\n{head}{};\n", value.print(0, head.len()))
}
