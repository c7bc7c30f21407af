//! 字数 (semantics 6.4): each East-Asian character 1, its punctuation 1 or 0, each run of other characters 1, white space 0.
//!
//! In: a text. Out: a whole number. Always: the ranges are those of every runtime. With patterns a run becomes one letter, white space
//! nothing, and what is left is counted; SQLite goes through the text character by character.

use super::Dialect;
use prog_base::text::{EAST_ASIAN, EAST_ASIAN_PUNCTUATION, WHITE_SPACE};

type Range = (u32, u32);

/// The name of the function.
pub fn name(punctuation: bool) -> &'static str {
    if punctuation { "word_count" } else { "word_count_without_punctuation" }
}

/// Ranges within the brackets of a pattern.
fn class(d: Dialect, ranges: &[&[Range]]) -> String {
    let character = |c: u32| match d {
        Dialect::Postgresql if c > 0xFFFF => format!("\\U{c:08X}"),
        Dialect::Postgresql => format!("\\u{c:04X}"),
        Dialect::Duckdb | Dialect::Spark | Dialect::Sqlite => format!("\\x{{{c:X}}}"),
    };
    let range = |(low, high): &Range| match low == high {
        true => character(*low),
        false => format!("{}-{}", character(*low), character(*high)),
    };
    ranges.iter().copied().flatten().map(range).collect()
}

/// The count by patterns.
pub fn replaced(d: Dialect, text: &str, punctuation: bool) -> String {
    let runs = d.text(&format!("[^{}]+", class(d, &[EAST_ASIAN, EAST_ASIAN_PUNCTUATION, WHITE_SPACE])));
    let passed: &[&[Range]] = if punctuation { &[WHITE_SPACE] } else { &[WHITE_SPACE, EAST_ASIAN_PUNCTUATION] };
    let passed = d.text(&format!("[{}]+", class(d, passed)));
    // Spark replaces everywhere, the others where it is asked for.
    let all = if d == Dialect::Spark { "" } else { ", 'g'" };
    format!("CAST(length(regexp_replace(regexp_replace({text}, {runs}, 'x'{all}), {passed}, ''{all})) AS BIGINT)")
}

/// The function's definition, where the dialect has such.
pub fn function(d: Dialect, punctuation: bool) -> Option<String> {
    let (name, body) = (name(punctuation), replaced(d, "t", punctuation));
    let what = if punctuation { "" } else { " without East-Asian punctuation" };
    let head = format!("-- 字数{what}: each East-Asian character one, each run of other characters one.\n");
    match d {
        Dialect::Duckdb => Some(format!("{head}CREATE MACRO {name}(t) AS {body};")),
        Dialect::Postgresql => Some(format!(
            "{head}CREATE FUNCTION {name}(t TEXT) RETURNS BIGINT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$\n  SELECT {body}\n$$;"
        )),
        Dialect::Spark | Dialect::Sqlite => None,
    }
}

/// The count character by character.
pub fn walked(text: &str, punctuation: bool) -> String {
    let within = |ranges: &[&[Range]]| {
        let range = |(low, high): &Range| if low == high { format!("c = {low}") } else { format!("c BETWEEN {low} AND {high}") };
        ranges.iter().copied().flatten().map(range).collect::<Vec<_>>().join(" OR ")
    };
    let counted: &[&[Range]] = if punctuation { &[EAST_ASIAN, EAST_ASIAN_PUNCTUATION] } else { &[EAST_ASIAN] };
    let passed: &[&[Range]] = if punctuation { &[WHITE_SPACE] } else { &[WHITE_SPACE, EAST_ASIAN_PUNCTUATION] };
    // 1: counts by itself; 0: counts nothing; 2: counts where a run begins.
    let kind = format!("CASE WHEN c IS NULL OR {} THEN 0 WHEN {} THEN 1 ELSE 2 END", within(passed), within(counted));
    format!(
        "CASE WHEN {text} IS NOT NULL THEN (WITH RECURSIVE walk (i, rest, c) AS (SELECT 0, {text}, unicode({text}) UNION ALL \
         SELECT i + 1, substr(rest, 2), unicode(substr(rest, 2)) FROM walk WHERE rest <> '') \
         SELECT SUM(CASE kind WHEN 1 THEN 1 WHEN 2 THEN before <> 2 ELSE 0 END) \
         FROM (SELECT kind, LAG(kind, 1, 0) OVER (ORDER BY i) AS before FROM (SELECT i, {kind} AS kind FROM walk))) END"
    )
}
