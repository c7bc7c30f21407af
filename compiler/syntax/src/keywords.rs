//! The one table of keywords, `grammar/keywords.tsv`, for everyone who needs it.
//!
//! In: the embedded table. Out: rows by English, Chinese, position or grammar rule; the longest keyword at a place of a text.
//! Always: the same rows as the grammar's keyword rules (a test compares); lookups never allocate per row.

use std::collections::BTreeMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// One keyword in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keyword {
    /// The grammar's name for it, `kw_…`.
    pub rule: &'static str,
    /// Where it stands: `item`, `strength`, `operator`, `type` …
    pub position: &'static str,
    /// English; empty where English has no word of its own.
    pub english: &'static str,
    /// Chinese; empty where Chinese has none.
    pub chinese: &'static str,
    /// Other English spellings read alike.
    pub english_synonyms: Vec<&'static str>,
    /// Other Chinese spellings read alike.
    pub chinese_synonyms: Vec<&'static str>,
    /// A line that starts with it goes on with the line before.
    pub continues: bool,
    /// Is followed by a quoted text.
    pub takes_text: bool,
    /// A bare name in an expression cannot be this word.
    pub reserved: bool,
    /// Starts a declaration that tells its block.
    pub starts: bool,
    /// Belongs to another keyword (`项` of `符合至少 2 项`); may be a unit.
    pub affix: bool,
}

impl Keyword {
    /// All spellings, English first, the canonical one of each language first.
    pub fn spellings(&self) -> impl Iterator<Item = &'static str> + '_ {
        let english = std::iter::once(self.english).chain(self.english_synonyms.iter().copied());
        let chinese = std::iter::once(self.chinese).chain(self.chinese_synonyms.iter().copied());
        english.chain(chinese).filter(|s| !s.is_empty())
    }
}

/// The text of the table.
pub const TABLE: &str = include_str!("../../../grammar/keywords.tsv");

static ROWS: LazyLock<Vec<Keyword>> = LazyLock::new(|| TABLE.lines().skip(1).filter(|l| !l.is_empty()).map(row).collect());

/// Spellings by first character, longest first.
static BY_FIRST: LazyLock<BTreeMap<char, Vec<Spelling>>> = LazyLock::new(index);

struct Spelling {
    words: Vec<&'static str>,
    rows: Vec<usize>,
}

/// All keywords in the order of the table.
pub fn all() -> &'static [Keyword] {
    &ROWS
}

/// The keyword of a grammar rule (`kw_quota`).
pub fn by_rule(rule: &str) -> Option<&'static Keyword> {
    static INDEX: LazyLock<BTreeMap<&str, usize>> = LazyLock::new(|| ROWS.iter().enumerate().map(|(i, k)| (k.rule, i)).collect());
    INDEX.get(rule).map(|i| &ROWS[*i])
}

/// The keyword of an English spelling (synonyms too) in a position.
pub fn by_english(position: &str, word: &str) -> Option<&'static Keyword> {
    ROWS.iter().find(|k| k.position == position && (k.english == word || k.english_synonyms.contains(&word)))
}

/// The keyword of a Chinese spelling (synonyms too) in a position.
pub fn by_chinese(position: &str, word: &str) -> Option<&'static Keyword> {
    ROWS.iter().find(|k| k.position == position && (k.chinese == word || k.chinese_synonyms.contains(&word)))
}

/// The keyword of any spelling in a position.
pub fn lookup(position: &str, word: &str) -> Option<&'static Keyword> {
    by_english(position, word).or_else(|| by_chinese(position, word))
}

/// The canonical (English) form of a word in a position: `含当日` is `inclusive`; a word that is no keyword there stays.
pub fn canonical(position: &str, word: &str) -> String {
    lookup(position, word).map_or(word, |k| k.english).nfc().collect()
}

/// Whether a whole word is a keyword in any position.
pub fn is_keyword(word: &str) -> bool {
    longest_at(word).is_some_and(|(length, _)| length == word.len())
}

/// The longest keyword at the start of `text` with its length in bytes and every row spelled so.
pub fn longest_at(text: &str) -> Option<(usize, impl Iterator<Item = &'static Keyword> + 'static)> {
    let first = text.chars().next()?;
    let spelling = BY_FIRST.get(&first)?;
    spelling.iter().find_map(|s| matches(text, &s.words).map(|length| (length, s.rows.iter().map(|i| &ROWS[*i]))))
}

/// A blank as the grammar skips it.
pub(crate) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\u{B}' | '\u{C}' | '\u{A0}' | '\u{3000}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}')
}

/// A letter, digit or underscore of a word.
pub(crate) fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric() || pest::unicode::XID_CONTINUE(c)
}

fn matches(text: &str, words: &[&str]) -> Option<usize> {
    let mut rest = text;
    for (i, word) in words.iter().enumerate() {
        if i > 0 {
            let trimmed = rest.trim_start_matches(is_blank);
            if trimmed.len() == rest.len() {
                return None;
            }
            rest = trimmed;
        }
        rest = rest.strip_prefix(word)?;
    }
    let han = words.last().is_some_and(|w| !w.is_ascii());
    let next = rest.chars().next();
    let ends = next.is_none_or(|c| !is_word(c) || (han && (c.is_ascii_digit() || ('０'..='９').contains(&c))));
    ends.then_some(text.len() - rest.len())
}

fn row(line: &'static str) -> Keyword {
    let mut cells = line.split('\t');
    let mut next = || cells.next().unwrap_or("");
    let list = |text: &'static str| text.split('|').filter(|s| !s.is_empty()).collect::<Vec<_>>();
    let (rule, position, english, chinese) = (next(), next(), next(), next());
    let (english_synonyms, chinese_synonyms) = (list(next()), list(next()));
    let flags: Vec<&str> = next().split(',').collect();
    let has = |flag: &str| flags.contains(&flag);
    Keyword {
        rule,
        position,
        english,
        chinese,
        english_synonyms,
        chinese_synonyms,
        continues: has("continues"),
        takes_text: has("string"),
        reserved: has("reserved"),
        starts: has("start"),
        affix: has("affix"),
    }
}

fn index() -> BTreeMap<char, Vec<Spelling>> {
    let mut by_text: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
    for (i, keyword) in ROWS.iter().enumerate() {
        for spelling in keyword.spellings() {
            by_text.entry(spelling).or_default().push(i);
        }
    }
    let mut index: BTreeMap<char, Vec<Spelling>> = BTreeMap::new();
    for (text, rows) in by_text {
        if let Some(first) = text.chars().next() {
            index.entry(first).or_default().push(Spelling { words: text.split(' ').collect(), rows });
        }
    }
    for list in index.values_mut() {
        list.sort_by_key(|s| std::cmp::Reverse(s.words.iter().map(|w| w.len() + 1).sum::<usize>()));
    }
    index
}
