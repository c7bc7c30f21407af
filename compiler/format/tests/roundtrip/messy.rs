//! A text of the same meaning in the worst layout: blanks, line breaks, full-width marks, keywords of both languages.
//!
//! In: a laid out text and choices. Out: another text of the same tree. Always: what stands in quotes and comments stays.

use super::bytes::Bytes;
use prog_syntax::keywords;
use std::collections::{BTreeMap, BTreeSet};

/// How far the text may be changed.
#[derive(Clone, Copy)]
pub struct Mess {
    /// Lines are broken where nothing ends.
    pub breaks: bool,
    /// Keywords of the other language take the place of half of those that can be told from names.
    pub keywords: bool,
}

/// Spellings that stand for one keyword wherever they stand, with the other language's; not 经, which English says like 由.
fn other_spellings() -> BTreeMap<&'static str, &'static str> {
    let mut all: BTreeMap<&'static str, BTreeSet<&'static str>> = BTreeMap::new();
    for k in keywords::all()
        .iter()
        .filter(|k| !k.english.is_empty() && !k.chinese.is_empty() && !k.affix && k.position != "row" && k.rule != "kw_channel")
    {
        all.entry(k.english).or_default().insert(k.chinese);
        all.entry(k.chinese).or_default().insert(k.english);
    }
    let parts: BTreeSet<&str> =
        keywords::all().iter().flat_map(|k| k.spellings()).filter(|w| w.contains(' ')).flat_map(|w| w.split(' ')).collect();
    let single = |word: &str| !parts.contains(word) && word.chars().all(char::is_alphanumeric);
    all.into_iter().filter(|(w, o)| single(w) && o.len() == 1).filter_map(|(w, o)| Some((w, *o.first()?))).collect()
}

/// Words that carry a line on wherever they begin one.
const CARRYING: [&str; 10] = ["when", "unless", "else", "and", "or", "当", "除非", "否则", "且", "或"];

/// The text in disorder. `names` are the words that stand for names somewhere in it, which no keyword takes the place of.
pub fn messy(text: &str, mess: Mess, names: &BTreeSet<String>, b: &mut Bytes<'_>) -> String {
    let spellings = other_spellings();
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        let row = line.contains(" | ");
        let body = line.trim_start_matches(' ');
        out.push_str(["", " ", "\t", "\u{3000}"][b.below(4)]);
        let mut depth = 0usize;
        let mut rest = body;
        while let Some(c) = rest.chars().next() {
            let (taken, written) = match c {
                '"' => quoted(rest),
                '`' | '「' => named(rest),
                '/' if rest.starts_with("//") => (rest.len(), rest.to_owned()),
                ' ' => (1, blank(&rest[1..], out.ends_with([',', '，']), mess.breaks && !row, depth, names, b)),
                ',' if rest.starts_with(", ") => (1, [",", "，"][b.below(2)].to_owned()),
                '\n' => (1, ["\n", "  \n", "\t\n"][b.below(3)].to_owned()),
                '(' | '[' => {
                    depth += 1;
                    (1, c.to_string())
                }
                ')' | ']' => {
                    depth = depth.saturating_sub(1);
                    (1, c.to_string())
                }
                _ if c.is_alphanumeric() || c == '_' => word(rest, mess.keywords && depth == 0, &spellings, names, b),
                _ => (c.len_utf8(), c.to_string()),
            };
            out.push_str(&written);
            rest = &rest[taken..];
        }
        if line == "\n" && b.below(2) == 0 {
            out.push_str(" \n\n");
        }
    }
    out
}

fn blank(next: &str, after_comma: bool, breaks: bool, depth: usize, names: &BTreeSet<String>, b: &mut Bytes<'_>) -> String {
    let word = next.split([' ', '\n', '(', '[']).next().unwrap_or("");
    let follows = next[word.len()..].trim_start_matches(' ');
    let goes_on = match word {
        ":" | "->" => true,
        word => {
            // A name, too, may be such a word.
            CARRYING.contains(&word)
                && !names.contains(word)
                && !follows.starts_with(['"', ':'])
                && !follows.starts_with("as ")
                && !follows.starts_with("代号 ")
        }
    };
    let free = depth > 0 && after_comma;
    if breaks && (goes_on || free) && b.below(3) == 0 {
        return ["\n", "\n      ", " \n\t"][b.below(3)].to_owned();
    }
    [" ", "  ", "\t", " \u{3000}"][b.below(4)].to_owned()
}

/// A text in quotes as it stands.
fn quoted(rest: &str) -> (usize, String) {
    let mut escaped = true;
    let end = rest.char_indices().find(|(_, c)| {
        let ends = !escaped && *c == '"';
        escaped = !escaped && *c == '\\';
        ends
    });
    let taken = end.map_or(rest.len(), |(at, _)| at + 1);
    (taken, rest[..taken].to_owned())
}

/// A name in quotes as it stands.
fn named(rest: &str) -> (usize, String) {
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let end = rest[first..].find(['`', '」']).map_or(rest.len(), |at| first + at);
    let taken = end + rest[end..].chars().next().map_or(0, char::len_utf8);
    (taken, rest[..taken].to_owned())
}

fn word(rest: &str, swap: bool, spellings: &BTreeMap<&str, &str>, names: &BTreeSet<String>, b: &mut Bytes<'_>) -> (usize, String) {
    let taken = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    let word = &rest[..taken];
    // A name's neighbour: `form.x`, `count(…)` stay what they are.
    let alone = !rest[taken..].starts_with(['.', '(']);
    match spellings.get(word) {
        Some(other) if swap && alone && !names.contains(word) && b.below(2) == 0 => (taken, (*other).to_owned()),
        Some(_) | None => (taken, word.to_owned()),
    }
}

/// Every name of a tree, as its debugging text shows it.
pub fn names(shape: &str) -> BTreeSet<String> {
    shape.split("text: \"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}
