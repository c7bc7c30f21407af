//! Words in both languages, and 字数 as offices count it.
//!
//! In: a text and the character ranges that the compiler printed (`shared.rs`). Always: characters are code points.

use super::shared::{EAST_ASIAN, EAST_ASIAN_PUNCTUATION, WHITE_SPACE};

/// The language of words in reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// 中文
    #[default]
    Zh,
    /// English
    En,
}

/// One text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The Chinese text.
    pub zh: Box<str>,
    /// The English text.
    pub en: Box<str>,
}

impl Text {
    /// From both.
    pub fn new(zh: impl Into<Box<str>>, en: impl Into<Box<str>>) -> Self {
        Self {
            zh: zh.into(),
            en: en.into(),
        }
    }

    /// The text in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// With another after it, in each language.
    #[must_use]
    pub fn then(&self, zh: &str, en: &str) -> Self {
        Self::new(format!("{}{zh}", self.zh), format!("{}{en}", self.en))
    }
}

/// Whether a character lies in one of the ranges, which are sorted.
pub fn within(ranges: &[(u32, u32)], c: char) -> bool {
    let c = u32::from(c);
    let after = ranges.partition_point(|(low, _)| *low <= c);
    after > 0 && c <= ranges[after - 1].1
}

/// Whether a text holds nothing but white space.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| within(WHITE_SPACE, c))
}

/// How many characters a text has, blanks too; a line break is one, however it is written.
pub fn character_count(text: &str) -> u64 {
    text.chars().count() as u64 - text.matches("\r\n").count() as u64
}

/// 字数 of a text: each East-Asian character 1, its punctuation 1 (or 0), each run of other characters 1, white space 0.
pub fn char_count(text: &str, with_punctuation: bool) -> u64 {
    let mut count = 0;
    let mut in_run = false;
    for c in text.chars() {
        let punctuation = within(EAST_ASIAN_PUNCTUATION, c);
        let wide = within(EAST_ASIAN, c);
        let other = !wide && !punctuation && !within(WHITE_SPACE, c);
        if wide || (punctuation && with_punctuation) || (other && !in_run) {
            count += 1;
        }
        in_run = other;
    }
    count
}
