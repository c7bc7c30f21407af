//! Texts made comparable: width-folded, without blanks.
//!
//! In: words as an officer or a notice writes them. Out: folded characters, and clause addresses that compare.
//! Always: folding twice changes nothing.

/// A character width-folded (`（` as `(`, `５` as `5`); `None` for blanks of every kind, page breaks and marks without width.
pub(crate) fn char(c: char) -> Option<char> {
    if c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}') {
        return None;
    }
    let code = c as u32;
    if (0xFF01..=0xFF5E).contains(&code) { char::from_u32(code - 0xFEE0) } else { Some(c) }
}

/// A text folded.
pub(crate) fn text(text: &str) -> String {
    text.chars().filter_map(char).collect()
}

/// A clause address as it compares (semantics 10.1): folded, without 、 and trailing dots, `annex 1` as `附件1`.
pub(crate) fn address(written: &str) -> String {
    let folded: String = text(written).chars().filter(|c| *c != '、').collect();
    let trimmed = folded.trim_end_matches(['.', '。', '：', ':']);
    match ["annex", "Annex", "ANNEX"].iter().find_map(|word| trimmed.strip_prefix(word)) {
        Some(number) => format!("附件{number}"),
        None => trimmed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn semantics_10_1_addresses_compare_folded() {
        for (written, folded) in [
            ("四（一）２", "四(一)2"),
            ("五、（二）", "五(二)"),
            ("annex 1", "附件1"),
            ("附件 1", "附件1"),
            ("三1.", "三1"),
            ("annex", "附件"),
            ("一、", "一"),
        ] {
            assert_eq!(super::address(written), folded, "{written}");
            assert_eq!(super::address(folded), folded);
        }
    }
}
