//! What all runtimes must hold alike, printed from the tables that the base crate has.
//!
//! Beside these: `prog_base::{EAST_ASIAN, EAST_ASIAN_PUNCTUATION, WHITE_SPACE}`, ranges of characters.

use prog_base::{codes, entry};

/// The codes of what is refused, by the name under which the runtime knows them.
pub const CODES: &[(&str, &str)] = &[
    ("NOT_JSON", codes::NOT_JSON.0),
    ("WRONG_TYPE", codes::WRONG_TYPE.0),
    ("UNKNOWN_MEMBER", codes::UNKNOWN_MEMBER.0),
    ("DUPLICATE_MEMBER", codes::DUPLICATE_MEMBER.0),
    ("TOO_DEEP", codes::TOO_DEEP.0),
    ("TOO_LARGE", codes::TOO_LARGE.0),
    ("NUMBER_RANGE", codes::NUMBER_RANGE.0),
    ("OTHER_PROGRAMME", codes::OTHER_PROGRAMME.0),
    ("UNKNOWN_TRACK", codes::UNKNOWN_TRACK.0),
    ("MISSING_MEMBER", codes::MISSING_MEMBER.0),
    ("BATCH_REFERENCE", codes::BATCH_REFERENCE.0),
    ("NO_SUCH_STAGE", codes::NO_SUCH_STAGE.0),
    ("BAD_ON", codes::BAD_ON.0),
    ("BAD_READING", codes::BAD_READING.0),
];

/// Patterns of entries that are texts.
pub const PATTERNS: &[(&str, &str)] =
    &[("email", entry::EMAIL), ("phone", entry::PHONE), ("mobile", entry::MOBILE), ("postcode", entry::POSTCODE), ("url", entry::URL)];
