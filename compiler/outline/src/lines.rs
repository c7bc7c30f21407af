//! Paragraphs as they were copied, to lines as they were meant.
//!
//! In: a source's paragraphs. Out: lines without page numbers and marks of Markdown, rows of tables told apart, each line with whether
//! the one before it is unfinished. Always: the words of a line are those of the notice, in order.

use crate::mark;
use crate::source::Paragraph;

/// A line of the notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its text, without blanks at its ends.
    pub text: String,
    /// The cells, of a row.
    pub cells: Option<Vec<String>>,
    /// The line before it stops in the middle of a sentence.
    pub continues: bool,
}

/// The lines of a notice; empty ones are gone.
pub fn lines(paragraphs: &[Paragraph]) -> Vec<Line> {
    let cleaned: Vec<(String, Option<Vec<String>>)> = rows(paragraphs);
    let numbered_pages = page_numbers(&cleaned);
    let mut out: Vec<Line> = Vec::new();
    for (index, (text, cells)) in cleaned.into_iter().enumerate() {
        if (text.is_empty() && cells.is_none()) || numbered_pages.contains(&index) || (cells.is_none() && is_page_furniture(&text)) {
            continue;
        }
        let continues = cells.is_none() && out.last().is_some_and(|l| l.cells.is_none() && unfinished(&l.text));
        out.push(Line { text, cells, continues });
    }
    out
}

/// Rows of tables told apart from text: Word's own, cells between tabs or bars, and cells that stand on lines of their own after a tab.
fn rows(paragraphs: &[Paragraph]) -> Vec<(String, Option<Vec<String>>)> {
    let mut out: Vec<(String, Option<Vec<String>>)> = Vec::new();
    let mut cells: Vec<String> = Vec::new();
    for paragraph in paragraphs {
        let raw = paragraph.text.as_str();
        let text = plain(raw);
        let blank_cells = raw.matches('\t').count() + 1;
        if paragraph.cells.is_none() && text.is_empty() && blank_cells > 2 {
            flush(&mut cells, &mut out);
            out.push((text, Some(vec![String::new(); blank_cells])));
            continue;
        }
        let alone = raw.starts_with('\t') && text.chars().count() <= 40 && mark::at_start(&text).is_none() && !text.contains('\t');
        if paragraph.cells.is_none() && alone {
            cells.push(text);
            continue;
        }
        flush(&mut cells, &mut out);
        let ruled = text.starts_with('|') && text.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
        if ruled {
            continue;
        }
        let split = paragraph.cells.clone().or_else(|| cells_of(raw));
        out.push((text, split));
    }
    flush(&mut cells, &mut out);
    out
}

/// Cells that stood on lines of their own are a row; one alone is a line.
fn flush(cells: &mut Vec<String>, out: &mut Vec<(String, Option<Vec<String>>)>) {
    let row = std::mem::take(cells);
    match row.len() {
        0 => {}
        1 => out.push((row.concat(), None)),
        _ => out.push((row.join("\t"), Some(row))),
    }
}

/// `a\tb\tc`, `| a | b |`; a line of dashes between rows has none.
fn cells_of(raw: &str) -> Option<Vec<String>> {
    let bar = raw.trim().starts_with('|') && raw.trim().matches('|').count() > 2;
    let parts: Vec<String> = match (bar, raw.trim().contains('\t')) {
        (true, _) => raw.trim().trim_matches('|').split('|').map(plain).collect(),
        (false, true) => raw.trim_end().split('\t').map(plain).collect(),
        (false, false) => return None,
    };
    // A tab after a number or before a page is layout, not a table.
    let marked = mark::at_start(raw.trim()).is_some() && parts.len() < 3;
    (parts.len() > 1 && !marked).then_some(parts)
}

/// A line without blanks at its ends and without what Markdown puts there.
fn plain(raw: &str) -> String {
    let text = raw.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}' | '\u{C}'));
    let headless = text.trim_start_matches('#');
    let text = if headless.len() < text.len() && (headless.starts_with(' ') || headless.is_empty()) { headless.trim_start() } else { text };
    let text = text.replace("**", "").replace("\\_", "_");
    let listed = text.strip_prefix("- ").or_else(|| text.strip_prefix("* ")).map(str::trim_start);
    match listed.filter(|rest| mark::at_start(rest).is_some() || rest.starts_with("附") || rest.starts_with("Annex")) {
        Some(rest) => rest.to_owned(),
        None => text.trim().to_owned(),
    }
}

/// `— 3 —`, `第3页 共10页`, `Page 3 of 10`, a rule of dashes.
fn is_page_furniture(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let lower = bare.to_ascii_lowercase();
    let inner = bare.trim_matches(|c| matches!(c, '-' | '—' | '–' | '－' | '·' | '―' | '/'));
    let dashed = inner.len() < bare.len() && inner.len() <= 3 && inner.chars().all(|c| c.is_ascii_digit());
    let digits = |rest: &str| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit());
    let page = lower.strip_prefix("page").is_some_and(|rest| rest.split("of").all(digits));
    let ye = bare.strip_prefix('第').and_then(|rest| rest.split_once('页')).is_some_and(|(number, rest)| {
        digits(number) && (rest.is_empty() || rest.trim_start_matches([',', '，', '/', '、']).starts_with('共'))
    });
    dashed || page || ye || (bare.len() > 3 && inner.is_empty())
}

/// Lines that are a bare number, where these count up by one through the text, far apart.
fn page_numbers(lines: &[(String, Option<Vec<String>>)]) -> Vec<usize> {
    let bare = |(index, (text, cells)): (usize, &(String, Option<Vec<String>>))| {
        let number: u32 = text.parse().ok().filter(|n| cells.is_none() && (1..1000).contains(n))?;
        Some((index, number))
    };
    let found: Vec<(usize, u32)> = lines.iter().enumerate().filter_map(bare).collect();
    let counts = found.windows(2).all(|pair| pair[1].1 == pair[0].1 + 1 && pair[1].0 > pair[0].0 + 3);
    if found.len() > 1 && counts { found.into_iter().map(|(index, _)| index).collect() } else { Vec::new() }
}

/// Whether a line stops in the middle of a sentence: it fills the page's width, or ends with a comma or an open bracket.
fn unfinished(text: &str) -> bool {
    let Some(last) = text.chars().next_back() else { return false };
    if matches!(last, '，' | ',' | '、' | '（' | '(' | '“' | '《' | '〔' | '-') {
        return true;
    }
    let ends = matches!(last, '。' | '.' | '；' | ';' | '：' | ':' | '！' | '!' | '？' | '?' | '”' | '…' | '）' | ')' | '|' | '_');
    let word = text.rsplit(' ').next().unwrap_or("");
    if SMALL_WORDS.contains(&word) {
        return true;
    }
    let opened = text.matches(['（', '(']).count() > text.matches(['）', ')']).count();
    let quoted = text.matches('《').count() > text.matches('》').count() || text.matches('“').count() > text.matches('”').count();
    opened || quoted || (!ends && width(text) >= 44)
}

/// English words that no sentence or heading ends with.
const SMALL_WORDS: [&str; 22] = [
    "a", "an", "and", "are", "at", "be", "by", "for", "from", "have", "in", "is", "least", "most", "must", "of", "on", "or", "than", "the",
    "to", "with",
];

/// How wide a text is: East Asian characters count two.
pub fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// Two parts of one sentence as one: without a blank between Han, with one between words.
pub fn join(left: &mut String, right: &str) {
    let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii() && !c.is_ascii_whitespace());
    if left.ends_with('-') && left.len() > 1 && right.starts_with(|c: char| c.is_ascii_lowercase()) {
        left.pop();
    } else if word(left.chars().next_back()) && word(right.chars().next()) {
        left.push(' ');
    }
    left.push_str(right);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Line> {
        lines(&text.lines().map(Paragraph::line).collect::<Vec<_>>())
    }

    #[test]
    fn what_the_page_brought_is_gone() {
        let text = "各县体育局要组织申报，审核后由市体育局汇总并\n\n— 2 —\n\n报送。\n第 3 页 共 9 页\nPage 3 of 9\n---\n## **二、条件**\n- 附件：1.表";
        let found: Vec<(String, bool)> = read(text).into_iter().map(|l| (l.text, l.continues)).collect();
        let expected =
            [("各县体育局要组织申报，审核后由市体育局汇总并", false), ("报送。", true), ("二、条件", false), ("附件：1.表", false)];
        assert_eq!(found, expected.map(|(text, continues)| (text.to_owned(), continues)));
    }

    #[test]
    fn bare_numbers_that_count_up_are_pages() {
        let page = |n: u32| format!("一二三\n四五六\n七八九\n十\n{n}\n");
        let text = format!("{}{}{}", page(1), page(2), page(3));
        assert!(read(&text).iter().all(|l| l.text.parse::<u32>().is_err()));
        assert!(read("甲\n3\n乙\n9").iter().any(|l| l.text == "3"));
    }

    #[test]
    fn rows_are_told_apart() {
        let cells = |text: &str| read(text).into_iter().filter_map(|l| l.cells).collect::<Vec<_>>();
        assert_eq!(cells("甲\t3\n乙\t4"), [["甲", "3"], ["乙", "4"]]);
        assert_eq!(cells("\t序号\n\t县\n\n\t1\n\t甲"), [["序号", "县"], ["1", "甲"]]);
        assert_eq!(cells("| a | b |\n|---|---|\n| 1 | 2 |").len(), 2);
        assert_eq!(cells("\t一、总则\n\t各县要做好工作。"), Vec::<Vec<String>>::new());
        assert_eq!(cells("1.\t条件"), Vec::<Vec<String>>::new());
    }
}
