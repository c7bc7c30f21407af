//! What the start of a line says: that it goes on with the line before, or that it starts a declaration.
//!
//! In: the text from a line's first character on. Out: yes or no, by the table of keywords alone.

use super::text::{quoted_length, quoted_name_length};
use crate::keywords::{self, Keyword, is_blank, is_word};

/// Signs that no line of its own starts with.
const SIGNS: [char; 27] = [
    ':', '：', '=', '＝', '≠', '<', '＜', '>', '＞', '≤', '≥', '≦', '≧', '+', '＋', '-', '－', '−', '*', '×', '＊', '/', '÷', '／', '→',
    '{', '｛',
];

/// Whether a line goes on with the one before (semantics 9.1). In a scenario the words of its steps do not.
pub fn continues(line: &str, in_scenario: bool) -> bool {
    let Some(first) = line.chars().next() else { return false };
    if SIGNS.contains(&first) || line.starts_with("!=") || line.starts_with("！=") {
        return true;
    }
    if is_quote(first) {
        return labels(line);
    }
    let Some((length, rows)) = keywords::longest_at(line) else { return false };
    let keywords: Vec<&Keyword> = rows.collect();
    let step = |k: &&Keyword| k.position == "scenario";
    if in_scenario && keywords.iter().any(step) {
        return false;
    }
    let rest = after_blanks(&line[length..]);
    let takes_text = keywords.iter().any(|k| k.takes_text);
    keywords.iter().any(|k| k.continues) && !is_declared(rest, takes_text)
}

/// Whether a line is a label and what it labels: `"…" : Text`. No declaration starts with a text, so it belongs to the name above.
fn labels(line: &str) -> bool {
    let Some(length) = quoted_length(line) else { return false };
    let rest = after_blanks(&line[length..]);
    starts_with_colon(rest)
        || rest.starts_with(['[', '［', '【', '{', '｛'])
        || first_word(rest).is_some_and(|w| w == "as" || w == "代号" || w == "en" || w == "英文")
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '＂')
}

/// Whether a word is itself declared here: `:`, `as` or a text follows it. A keyword that takes a text is declared by a `:` after that.
fn is_declared(rest: &str, takes_text: bool) -> bool {
    if starts_with_colon(rest) {
        return true;
    }
    if rest.starts_with(is_quote) {
        return !takes_text || quoted_length(rest).is_some_and(|n| starts_with_colon(after_blanks(&rest[n..])));
    }
    first_word(rest).is_some_and(|w| w == "as" || w == "代号") && !takes_text
}

/// The keywords that start a declaration here, with the shape of one: a name, a title or a block follows, and it is no field of that name.
pub fn starts(line: &str) -> Option<&'static Keyword> {
    let (length, rows) = keywords::longest_at(line)?;
    let keyword = rows.into_iter().find(|k| k.starts)?;
    let rest = after_blanks(&line[length..]);
    if rest.starts_with(['{', '｛']) {
        return Some(keyword);
    }
    if rest.starts_with(is_quote) {
        return (keyword.rule == "kw_scenario" && !quoted_length(rest).is_some_and(|n| starts_with_colon(after_blanks(&rest[n..]))))
            .then_some(keyword);
    }
    let name = first_word(rest)?;
    // `口径 X = …` asks for a reading; only `口径 X { … }` declares one.
    if keyword.rule == "kw_readings" && after_blanks(&rest[name.len()..]).starts_with(['=', '＝']) {
        return None;
    }
    (name != "as" && name != "代号" && length < line.len()).then_some(keyword)
}

/// Whether a line has the shape of a field or rule of its own: `NAME :`, `NAME "label" :`.
pub fn declares(line: &str) -> bool {
    let Some(word) = first_word(line) else { return false };
    let mut rest = after_blanks(&line[word.len()..]);
    if rest.starts_with(is_quote) {
        let Some(n) = quoted_length(rest) else { return false };
        rest = after_blanks(&rest[n..]);
    }
    starts_with_colon(rest)
}

/// The word or quoted name at the start of a text.
pub fn first_word(text: &str) -> Option<&str> {
    if text.starts_with(['`', '「']) {
        return quoted_name_length(text).map(|n| &text[..n]);
    }
    let end = text.find(|c: char| !is_word(c)).unwrap_or(text.len());
    (end > 0).then(|| &text[..end])
}

/// A text without the blanks it starts with.
pub fn after_blanks(text: &str) -> &str {
    text.trim_start_matches(is_blank)
}

fn starts_with_colon(text: &str) -> bool {
    text.starts_with([':', '：', '﹕', '∶'])
}
