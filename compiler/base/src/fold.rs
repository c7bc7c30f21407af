//! Texts made comparable: width-folded, without blanks.
//!
//! In: words as an officer or a notice writes them. Out: folded characters, and clause addresses that compare.
//! Always: folding twice changes nothing.

/// A character width-folded (`（` as `(`, `５` as `5`); `None` for blanks of every kind, page breaks and marks without width.
pub fn char(c: char) -> Option<char> {
    if c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}') {
        return None;
    }
    let code = c as u32;
    if (0xFF01..=0xFF5E).contains(&code) { char::from_u32(code - 0xFEE0) } else { Some(c) }
}

/// A text folded.
pub fn text(text: &str) -> String {
    text.chars().filter_map(char).collect()
}

/// A clause address as it compares (semantics 10.1): folded, without 、 and trailing dots, `annex 1` and `附录1` as `附件1`.
pub fn address(written: &str) -> String {
    let folded: String = text(written).chars().filter(|c| *c != '、').collect();
    let trimmed = folded.trim_end_matches(['.', '。', '：', ':']);
    match ["annex", "Annex", "ANNEX", "附录"].iter().find_map(|word| trimmed.strip_prefix(word)) {
        Some(number) => format!("附件{number}"),
        None => trimmed.to_owned(),
    }
}

/// A number under its parent: `四` and `(一)` are `四(一)`, `4` and `2` are `4.2`; one that repeats its parent's number stands as it is.
pub fn joined(parent: &str, own: &str) -> String {
    let goes_on =
        |rest: &str| rest.starts_with(['.', '(', '-']) || (rest.starts_with(|c: char| c.is_ascii_digit()) && meet(parent, rest).is_none());
    match meet(parent, own) {
        _ if !parent.is_empty() && own.strip_prefix(parent).is_some_and(goes_on) => own.to_owned(),
        Some(sign) => format!("{parent}{sign}{own}"),
        None => format!("{parent}{own}"),
    }
}

/// The dot between two numbers that would run into one.
fn meet(left: &str, right: &str) -> Option<char> {
    let (last, first) = (left.chars().next_back()?, right.chars().next()?);
    let alike = (last.is_ascii_digit() && first.is_ascii_digit()) || (last.is_ascii_alphabetic() && first.is_ascii_alphabetic());
    alike.then_some('.')
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_that_would_run_together_are_parted() {
        for (parent, own, joined) in [
            ("4", "2", "4.2"),
            ("4", "(2)", "4(2)"),
            ("2", "2.1", "2.1"),
            ("2", "2(1)", "2(1)"),
            ("4", "41", "4.41"),
            ("四(一)", "2", "四(一)2"),
            ("四", "四(一)", "四(一)"),
            ("5(1)", "(a)", "5(1)(a)"),
            ("A", "b", "A.b"),
            ("二", "二十", "二二十"),
            ("附件1", "2", "附件1.2"),
        ] {
            assert_eq!(super::joined(parent, own), joined, "{parent} {own}");
        }
    }

    #[test]
    fn semantics_10_1_addresses_compare_folded() {
        for (written, folded) in [
            ("四（一）２", "四(一)2"),
            ("五、（二）", "五(二)"),
            ("annex 1", "附件1"),
            ("附件 1", "附件1"),
            ("附录１", "附件1"),
            ("[4.2.]".trim_matches(['[', ']']), "4.2"),
            ("４．２", "4.2"),
            ("三1.", "三1"),
            ("annex", "附件"),
            ("一、", "一"),
        ] {
            assert_eq!(super::address(written), folded, "{written}");
            assert_eq!(super::address(folded), folded);
        }
    }
}
