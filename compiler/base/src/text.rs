//! Words for people, in both languages, and 字数 as offices count it (semantics 6.4).

/// The language of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// 中文
    Zh,
    /// English
    En,
}

/// One text in both languages, neither a translation of lower rank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The Chinese text.
    pub zh: String,
    /// The English text.
    pub en: String,
}

impl Text {
    /// The same words in both languages (an author's own text, a name).
    pub fn same(text: impl Into<String>) -> Self {
        let zh = text.into();
        Self { en: zh.clone(), zh }
    }

    /// The text in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// Several texts as one, with what stands between them.
    pub fn joined(texts: impl IntoIterator<Item = Text>, between: &Text) -> Self {
        let (zh, en): (Vec<String>, Vec<String>) = texts.into_iter().map(|text| (text.zh, text.en)).unzip();
        Self { zh: zh.join(&between.zh), en: en.join(&between.en) }
    }

    /// Whether both languages have the same words.
    pub fn is_same(&self) -> bool {
        self.zh == self.en
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }
}

/// Both languages at once, each a format string over the same captured values: `text!("缺少 {x}", "{x} is missing")`.
#[macro_export]
macro_rules! text {
    ($zh:literal, $en:literal $(, $($arg:tt)*)?) => {
        $crate::Text { zh: format!($zh $(, $($arg)*)?), en: format!($en $(, $($arg)*)?) }
    };
}

/// Ranges of East-Asian characters that each count one (Han, kana, Hangul, bopomofo, full-width letters).
/// Printed by the compiler into every runtime, so that all count alike.
pub const EAST_ASIAN: &[(u32, u32)] = &[
    (0x1100, 0x11FF),
    (0x2E80, 0x2FDF),
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3031, 0x3035),
    (0x3038, 0x303C),
    (0x3040, 0x312F),
    (0x3130, 0x31BF),
    (0x31C0, 0x31EF),
    (0x31F0, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
    (0xFF10, 0xFF19),
    (0xFF21, 0xFF3A),
    (0xFF41, 0xFF5A),
    (0xFF66, 0xFFDC),
    (0x1B000, 0x1B16F),
    (0x20000, 0x3FFFD),
];

/// Ranges of East-Asian punctuation: each counts one, unless a reading drops punctuation.
pub const EAST_ASIAN_PUNCTUATION: &[(u32, u32)] = &[
    (0x00B7, 0x00B7),
    (0x2014, 0x2015),
    (0x2018, 0x2019),
    (0x201C, 0x201D),
    (0x2026, 0x2026),
    (0x3001, 0x3004),
    (0x3008, 0x3020),
    (0x302A, 0x3030),
    (0x3036, 0x3037),
    (0x303D, 0x303F),
    (0xFE10, 0xFE1F),
    (0xFE30, 0xFE4F),
    (0xFF01, 0xFF0F),
    (0xFF1A, 0xFF20),
    (0xFF3B, 0xFF40),
    (0xFF5B, 0xFF65),
    (0xFFE0, 0xFFE6),
];

/// Ranges of white space: count nothing and end a run.
pub const WHITE_SPACE: &[(u32, u32)] = &[
    (0x09, 0x0D),
    (0x20, 0x20),
    (0x85, 0x85),
    (0xA0, 0xA0),
    (0x1680, 0x1680),
    (0x2000, 0x200B),
    (0x2028, 0x2029),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x3000, 0x3000),
    (0xFEFF, 0xFEFF),
];

fn within(ranges: &[(u32, u32)], c: char) -> bool {
    let c = c as u32;
    ranges
        .binary_search_by(|(lo, hi)| {
            if c < *lo {
                std::cmp::Ordering::Greater
            } else if c > *hi {
                std::cmp::Ordering::Less
            } else {
                std::cmp::Ordering::Equal
            }
        })
        .is_ok()
}

/// The block in which nearly all Chinese characters lie.
const UNIFIED_IDEOGRAPHS: std::ops::RangeInclusive<char> = '\u{4E00}'..='\u{9FFF}';

/// 字数: each East-Asian character 1, its punctuation 1 (or 0), each run of other non-space characters 1.
pub fn char_count(text: &str, with_punctuation: bool) -> u64 {
    let mut count = 0;
    let mut in_run = false;
    for c in text.chars() {
        // Most of what is counted, and never anything else: nothing is looked up.
        if UNIFIED_IDEOGRAPHS.contains(&c) {
            count += 1;
            in_run = false;
            continue;
        }
        let punctuation = within(EAST_ASIAN_PUNCTUATION, c);
        let wide = within(EAST_ASIAN, c);
        if wide || (punctuation && with_punctuation) {
            count += 1;
        }
        let other = !wide && !punctuation && !within(WHITE_SPACE, c);
        if other && !in_run {
            count += 1;
        }
        in_run = other;
    }
    count
}

/// Whether it is one of the East-Asian characters that each count one.
pub fn is_east_asian(c: char) -> bool {
    within(EAST_ASIAN, c)
}

/// Whether words are written without any East-Asian character.
pub fn is_latin(text: &str) -> bool {
    !text.is_empty() && !text.chars().any(is_east_asian)
}

/// How many characters (code points) a text has, blanks too; a line break is one, however it is written.
pub fn character_count(text: &str) -> u64 {
    (text.chars().count() - text.matches("\r\n").count()) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn semantics_6_4_counts_as_offices_do() {
        assert_eq!(char_count("智慧教育，2024年IPv6。", true), 4 + 1 + 1 + 1 + 1 + 1);
        assert_eq!(char_count("智慧教育，2024年IPv6。", false), 4 + 1 + 1 + 1);
        assert_eq!(char_count(" a  b\r\nc ", true), 3);
        assert_eq!(char_count("", true), 0);
    }

    #[test]
    fn unified_ideographs_are_east_asian_and_nothing_else() {
        let mut block = UNIFIED_IDEOGRAPHS;
        assert!(block.all(|c| within(EAST_ASIAN, c) && !within(EAST_ASIAN_PUNCTUATION, c)));
    }

    #[test]
    fn ranges_are_sorted_and_disjoint() {
        for ranges in [EAST_ASIAN, EAST_ASIAN_PUNCTUATION, WHITE_SPACE] {
            assert!(ranges.windows(2).all(|w| w[0].1 < w[1].0));
        }
    }
}
