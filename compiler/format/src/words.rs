//! The keyword table: a keyword's spelling in either language, and which names must be quoted.
//!
//! In: `grammar/keywords.tsv`. Always: a keyword is asked for by the rule that reads it, so that position decides its Chinese spelling.

use prog_base::Lang;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

#[derive(Default)]
struct Words {
    /// English and Chinese spelling by rule.
    spelling: BTreeMap<&'static str, (&'static str, &'static str)>,
    /// Words that can't stand for a name where an expression may begin or go on.
    reserved: BTreeSet<&'static str>,
    /// Words at a line's start that carry the line before on.
    continuing: BTreeSet<&'static str>,
    /// Words that are types.
    types: BTreeSet<&'static str>,
    /// All words.
    all: BTreeSet<&'static str>,
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words = Words::default();
        for line in include_str!("../../../grammar/keywords.tsv").lines().skip(1) {
            let cells: Vec<&'static str> = line.split('\t').collect();
            let [rule, position, english, chinese, ref rest @ ..] = cells[..] else { continue };
            words.spelling.insert(rule, (english, chinese));
            let synonyms = rest.iter().take(2).flat_map(|s| s.split('|'));
            let all: Vec<&'static str> = [english, chinese].into_iter().chain(synonyms).filter(|w| !w.is_empty()).collect();
            words.all.extend(&all);
            let flags = rest.get(2).copied().unwrap_or("");
            if flags.contains("reserved") || matches!(position, "literal" | "row" | "data" | "transition") {
                words.reserved.extend(&all);
            }
            if flags.contains("continues") {
                words.continuing.extend(&all);
            }
            if position == "type" {
                words.types.extend(&all);
            }
        }
        words
    })
}

/// A keyword's spelling, by the rule that reads it.
pub(crate) fn spelling(rule: &'static str, lang: Lang) -> &'static str {
    match (words().spelling.get(rule), lang) {
        (Some((english, _)), Lang::En) if !english.is_empty() => english,
        (Some((_, chinese)), _) => chinese,
        (None, _) => rule,
    }
}

/// The language that most of a text's keywords are in; English where neither is ahead.
pub(crate) fn language_of(text: &str) -> Lang {
    let (mut english, mut chinese) = (BTreeSet::new(), BTreeSet::new());
    for (en, zh) in words().spelling.values() {
        english.extend(en.split(' '));
        chinese.insert(*zh);
    }
    let own = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    let count = own.fold((0usize, 0usize), |(en, zh), word| {
        (en + usize::from(english.contains(word) && !word.is_empty()), zh + usize::from(chinese.contains(word) && !word.is_empty()))
    });
    if count.1 > count.0 { Lang::Zh } else { Lang::En }
}

/// Whether a name can't stand unquoted where an expression may.
pub(crate) fn is_reserved(name: &str) -> bool {
    words().reserved.contains(name)
}

/// Whether a line that starts with this name would be read as going on with the line before.
pub(crate) fn is_continuing(name: &str) -> bool {
    words().continuing.contains(name)
}

/// Whether a name would be read as a type of the language.
pub(crate) fn is_type(name: &str) -> bool {
    words().types.contains(name)
}

/// Whether a name is a word of either keyword set: no unit is written so.
pub(crate) fn is_keyword(name: &str) -> bool {
    words().all.contains(name)
}

/// Whether it can be written without quotes: letters, digits and underscores, no digit in front.
pub(crate) fn is_word(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c == '_' || c.is_alphabetic()) && chars.all(|c| c == '_' || c.is_alphanumeric())
}
