//! `runtime/shared.rs`: what all implementations must hold alike, printed from the tables they share.
//!
//! In: the base crate's tables. Out: one module. Always: the same for every programme.

use super::fields::text_constant;
use super::layout::Doc;
use crate::code::CODES;
use prog_base::{EAST_ASIAN, EAST_ASIAN_PUNCTUATION, WHITE_SPACE};

/// The module's text.
pub fn module() -> String {
    let mut text = "//! What all implementations hold alike, printed by prog from the tables that they share.\n".to_owned();
    for (doc, name, ranges) in [
        ("East-Asian characters: each counts one.", "EAST_ASIAN", EAST_ASIAN),
        ("East-Asian punctuation: each counts one, unless a reading drops it.", "EAST_ASIAN_PUNCTUATION", EAST_ASIAN_PUNCTUATION),
        ("White space: counts nothing and ends a run.", "WHITE_SPACE", WHITE_SPACE),
    ] {
        let range = |(low, high): &(u32, u32)| Doc::Piece(format!("({low:#x}, {high:#x})"));
        let value = Doc::slice(ranges.iter().map(range).collect()).value_of(&format!("pub const {name}: &[(u32, u32)]"));
        text += &format!("\n/// {doc}\n{value}\n");
    }
    text += "\n/// Codes of what is refused, as `prog explain` knows them.\npub mod codes {\n";
    let codes = CODES.iter().map(|(name, code)| format!("    /// {}.\n    {}\n", sentence(name), text_constant(name, code)));
    text + &codes.collect::<Vec<_>>().join("\n") + "}\n"
}

/// `NOT_JSON` as words.
fn sentence(name: &str) -> String {
    let words = name.to_ascii_lowercase().replace('_', " ").replace("json", "JSON");
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().collect::<String>() + letters.as_str())
}
