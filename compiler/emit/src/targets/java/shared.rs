//! `runtime/Shared.java`: what all implementations must hold alike, printed from the tables they share.
//!
//! In: the base crate's tables. Out: one class. Always: the same for every programme.

use super::print::string;
use crate::code::{CODES, PATTERNS};
use prog_base::{EAST_ASIAN, EAST_ASIAN_PUNCTUATION, WHITE_SPACE};

/// The class's text.
pub fn class(package: &str) -> String {
    let mut out = format!("package {package}.runtime;\n\n");
    out.push_str("/** What all implementations hold alike, printed by prog from the tables that they share. */\n");
    out.push_str("final class Shared {\n");
    ranges(&mut out, "East-Asian characters: each counts one.", "EAST_ASIAN", EAST_ASIAN);
    ranges(
        &mut out,
        "East-Asian punctuation: each counts one, unless a reading drops it.",
        "EAST_ASIAN_PUNCTUATION",
        EAST_ASIAN_PUNCTUATION,
    );
    ranges(&mut out, "White space: counts nothing and ends a run.", "WHITE_SPACE", WHITE_SPACE);
    out.push_str("  // Shapes of entries that are texts.\n");
    for (name, pattern) in PATTERNS {
        text(&mut out, &name.to_ascii_uppercase(), pattern);
    }
    out.push_str("\n  // Codes of what is refused, as `prog explain` knows them.\n");
    for (name, code) in CODES {
        text(&mut out, name, code);
    }
    out + "\n  private Shared() {}\n}\n"
}

fn ranges(out: &mut String, doc: &str, name: &str, ranges: &[(u32, u32)]) {
    out.push_str(&format!("  /** {doc} */\n  static final int[][] {name} = {{\n"));
    for (low, high) in ranges {
        out.push_str(&format!("    {{{low:#x}, {high:#x}}},\n"));
    }
    out.push_str("  };\n\n");
}

fn text(out: &mut String, name: &str, value: &str) {
    let line = format!("  static final String {name} = {};\n", string(value));
    if line.len() <= 101 {
        out.push_str(&line);
    } else {
        out.push_str(&format!("  static final String {name} =\n      {};\n", string(value)));
    }
}
