//! Chapters whose number has no mark: `1 The places`, above `1.1 There are three schools.`
//!
//! In: the lines of one part of a notice. Out: for each line the mark of the chapter that it opens, if it opens one. Always: only where a
//! number in front of a dot (`1.1`) shows that the notice counts so; the numbers of chapters grow.

use crate::lines::{Line, width};
use crate::mark::{self, Mark, Style};
use std::collections::BTreeSet;

/// A heading is no wider.
const HEADING: usize = 72;

/// The chapters, line by line.
pub fn chapters(lines: &[Line]) -> Vec<Option<Mark>> {
    let dotted: BTreeSet<u32> = lines.iter().filter_map(first_of_dotted).collect();
    let marks: Vec<Option<Mark>> = lines.iter().map(heading).collect();
    let sure = |mark: &Mark| dotted.contains(&mark.value);
    let mut last = 0;
    let mut out = Vec::with_capacity(lines.len());
    for (at, mark) in marks.iter().enumerate() {
        let next = marks[at + 1..].iter().flatten().find(|m| sure(m) && m.value > last).map_or(u32::MAX, |m| m.value);
        // One without clauses of its own counts on between those that have some.
        // After a long line without a full stop it counts all the same where its own clauses show what it is.
        let counts_on = |m: &Mark| last > 0 && m.value < next && !lines[at].continues;
        let taken = mark.as_ref().filter(|m| m.value > last && (sure(m) || counts_on(m)));
        last = taken.map_or(last, |m| m.value);
        out.push(taken.cloned());
    }
    out
}

/// `2` of `2.1 A child …`.
fn first_of_dotted(line: &Line) -> Option<u32> {
    let mark = mark::at_start(&line.text).filter(|m| m.style == Style::Dotted && line.cells.is_none())?;
    mark.number.split_once('.')?.0.parse().ok()
}

/// A number, a blank and a heading: a capital or Han, no sentence.
pub fn heading(line: &Line) -> Option<Mark> {
    let text = line.text.as_str();
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(digits)?;
    let words = rest.trim_start();
    let begins = words.starts_with(|c: char| c.is_uppercase() || ('\u{4e00}'..='\u{9fff}').contains(&c));
    let ends = words.ends_with(['.', '。', ';', '；', ',', '，', '、']);
    let shaped = (1..=2).contains(&digits) && words.len() < rest.len() && begins && !ends && width(words) <= HEADING;
    let value: u32 = number.parse().ok().filter(|n| *n > 0)?;
    (shaped && line.cells.is_none()).then(|| Mark {
        style: Style::Chapter,
        number: value.to_string(),
        value,
        len: text.len() - words.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<u32> {
        let line = |text: &str| Line { text: text.to_owned(), cells: None, continues: false };
        let lines: Vec<Line> = text.lines().map(line).collect();
        chapters(&lines).into_iter().flatten().map(|m| m.value).collect()
    }

    #[test]
    fn a_number_without_a_dot_opens_a_chapter_where_the_notice_counts_so() {
        assert_eq!(numbers("1 The places\n1.1 There are three.\n2 Who may apply\n2.1 A child.\n6 Fees\nThe fee is 25 pounds."), [1, 2, 6]);
        assert_eq!(numbers("1 The places\n1.1 There are three.\n40 Schools took part\n2 Who may apply\n2.1 A child."), [1, 2]);
        assert_eq!(numbers("12 Schools\n3 Teachers"), [0_u32; 0]);
        assert_eq!(numbers("1 The places\n1.1 There are three.\n2 copies\n3 Places are kept."), [1]);
    }
}
