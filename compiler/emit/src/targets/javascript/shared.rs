//! `runtime/shared.mjs`: what all implementations must hold alike, printed from the tables they share.
//!
//! In: the base crate's tables. Out: one module. Always: the same for every programme.

use super::print::{Js, string};
use prog_base::{Code, EAST_ASIAN, EAST_ASIAN_PUNCTUATION, WHITE_SPACE, codes, entry};

/// The codes of what is refused, by the name under which the runtime knows them.
const CODES: &[(&str, Code)] = &[
    ("NOT_JSON", codes::NOT_JSON),
    ("WRONG_TYPE", codes::WRONG_TYPE),
    ("UNKNOWN_MEMBER", codes::UNKNOWN_MEMBER),
    ("DUPLICATE_MEMBER", codes::DUPLICATE_MEMBER),
    ("TOO_DEEP", codes::TOO_DEEP),
    ("TOO_LARGE", codes::TOO_LARGE),
    ("NUMBER_RANGE", codes::NUMBER_RANGE),
    ("OTHER_PROGRAMME", codes::OTHER_PROGRAMME),
    ("UNKNOWN_TRACK", codes::UNKNOWN_TRACK),
    ("MISSING_MEMBER", codes::MISSING_MEMBER),
    ("BATCH_REFERENCE", codes::BATCH_REFERENCE),
    ("NO_SUCH_STAGE", codes::NO_SUCH_STAGE),
    ("BAD_ON", codes::BAD_ON),
    ("BAD_READING", codes::BAD_READING),
];

/// Patterns of entries that are texts.
const PATTERNS: &[(&str, &str)] =
    &[("email", entry::EMAIL), ("phone", entry::PHONE), ("mobile", entry::MOBILE), ("postcode", entry::POSTCODE), ("url", entry::URL)];

/// The module's text.
pub fn module() -> String {
    let pair = |(low, high): &(u32, u32)| Js::Array(vec![Js::raw(format!("{low:#x}")), Js::raw(format!("{high:#x}"))]);
    let ranges = |ranges: &[(u32, u32)]| Js::Array(ranges.iter().map(pair).collect());
    let object = |members: Vec<(&str, Js)>| Js::Object(members.into_iter().map(|(k, v)| (k.to_owned(), v)).collect());
    let codes = object(CODES.iter().map(|(name, code)| (*name, Js::text(code.0))).collect());
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
