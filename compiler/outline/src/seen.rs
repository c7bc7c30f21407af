//! What a clause seems to say: dates, bounds, shares, strengths, options, tables.
//!
//! In: a clause's own text and rows. Out: findings in the order in which they stand, each with the words that show it. Always: a finding
//! is a guess from the wording and nothing more; no two numbers are found in one place.

use crate::folded::Folded;
use crate::patterns::{Pattern, chinese, english};
use crate::tree::Node;

/// What the words suggest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A last day: year (where it is said), month, day.
    Due { date: Option<(u32, u32, u32)> },
    /// A window of time.
    Window { from: Option<(u32, u32, u32)>, to: Option<(u32, u32, u32)> },
    /// The day from which it holds.
    Effective { date: Option<(u32, u32, u32)> },
    /// A year by which something is reached, with the number that follows.
    Aim { year: u32, bound: Option<Amount> },
    /// At most.
    AtMost(Amount),
    /// At least.
    AtLeast(Amount),
    /// So many, without a word of bounds: `设立5个`.
    Exactly(Amount),
    /// About.
    About(Amount),
    /// Between two numbers.
    Between(Amount, Amount),
    /// A text's length: `about`, `at most`, `at least`.
    Length { bound: &'static str, amount: Amount },
    /// A share, without a bound that is said.
    Share(Amount),
    /// 原则上
    InPrinciple,
    /// 优先
    Prefer,
    /// 鼓励
    Encourage,
    /// 公示, for so many days, of work or not.
    PublicNotice { days: Option<(Amount, bool)> },
    /// □ options.
    Options(Vec<String>),
    /// The heads of a table.
    Table(Vec<String>),
    /// Any of the following.
    AnyOf,
    /// All of the following.
    AllOf,
    /// 不得
    Refused,
    /// 免于
    Waived,
    /// What lateness does.
    Late,
    /// Points.
    Score(Amount),
    /// Within the last years.
    LookBack(Amount),
    /// Papers to hand in.
    Material,
}

/// A number as printed, in digits, with its unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    /// In digits.
    pub number: String,
    /// Empty where there is none.
    pub unit: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// What it may be.
    pub what: What,
    /// The words that show it.
    pub anchor: String,
    /// Where in the folded text it stands.
    at: usize,
    end: usize,
}

/// The findings of one clause.
pub fn seen(node: &Node, latin: bool) -> Vec<Seen> {
    let folded = Folded::new(&format!("{}\n{}", node.label, node.text), latin);
    let patterns: &[Pattern] = if latin { english() } else { chinese() };
    let mut found: Vec<Seen> = Vec::new();
    for pattern in patterns {
        for captures in pattern.regex.captures_iter(&folded.text) {
            let Some(whole) = captures.get(0) else { continue };
            let groups: Vec<Option<&str>> = (1..captures.len()).map(|i| captures.get(i).map(|m| m.as_str())).collect();
            let taken = found.iter().any(|s| s.at < whole.end() && whole.start() < s.end);
            if let (Some(what), false) = ((pattern.read)(&groups), taken) {
                found.push(Seen { what, anchor: folded.anchor(whole.start(), whole.end()), at: whole.start(), end: whole.end() });
            }
        }
    }
    found.sort_by_key(|s| s.at);
    aims(&mut found, &folded);
    lengths(&mut found, &folded);
    found.extend(options(&node.text).into_iter().map(|list| Seen { what: What::Options(list), anchor: String::new(), at: 0, end: 0 }));
    found.extend(tables(&node.rows).map(|heads| Seen { what: What::Table(heads), anchor: String::new(), at: 0, end: 0 }));
    unique(found)
}

/// A bound after a year, in one paragraph, is what that year is to bring.
fn aims(found: &mut Vec<Seen>, folded: &Folded) {
    let mut out: Vec<Seen> = Vec::new();
    let mut year: Option<(u32, usize)> = None;
    for seen in found.drain(..) {
        let paragraph = folded.paragraph(seen.at);
        match (&seen.what, year) {
            (What::Aim { year: said, .. }, _) => {
                year = Some((*said, paragraph));
                out.push(seen);
            }
            (What::AtLeast(amount) | What::Share(amount) | What::Exactly(amount), Some((said, line))) if line == paragraph => {
                let what = What::Aim { year: said, bound: Some(amount.clone()) };
                // The first bound says what the year itself would have said.
                match out.last_mut().filter(|last| last.what == What::Aim { year: said, bound: None }) {
                    Some(last) => *last = Seen { what, ..seen },
                    None => out.push(Seen { what, ..seen }),
                }
            }
            (_, _) => out.push(seen),
        }
    }
    *found = out;
}

/// `字数控制在500左右`: a bound without a unit near the word for length.
fn lengths(found: &mut [Seen], folded: &Folded) {
    for seen in found {
        let (bound, amount) = match &seen.what {
            What::AtMost(amount) => ("at most", amount),
            What::AtLeast(amount) => ("at least", amount),
            What::About(amount) => ("about", amount),
            _ => continue,
        };
        let near: String = folded.text[..seen.at].chars().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect();
        let of_text = ["字", "字符", "words", "word", "characters"].contains(&amount.unit.as_str());
        if of_text || (amount.unit.is_empty() && near.contains("字数")) {
            seen.what = What::Length { bound, amount: amount.clone() };
        }
    }
}

/// `区域□ 中小学校□` or `□2020年 □2021年`, a list a line; a list may go on in the next line.
fn options(text: &str) -> Vec<Vec<String>> {
    let mut lists: Vec<(bool, Vec<String>, bool)> = Vec::new();
    for line in text.lines() {
        let Some(first) = line.find(BOXES) else {
            lists.iter_mut().for_each(|list| list.2 = false);
            continue;
        };
        // A box before the first option, or only a label and a blank before that.
        let before = line[..first].is_empty() || line[..first].ends_with(|c: char| c.is_whitespace() || ":：（(".contains(c));
        let ends = |c: char| c.is_whitespace() || "：:，,；;、。（）()".contains(c);
        let clean = |part: &str| -> String {
            let words = if before { part.trim().split(ends).next() } else { part.trim().rsplit(ends).find(|p| !p.is_empty()) };
            words.unwrap_or("").chars().take(12).collect()
        };
        let parts: Vec<&str> = line.split(BOXES).collect();
        let used = if before { &parts[1..] } else { &parts[..parts.len() - 1] };
        let found = used.iter().map(|p| clean(p)).filter(|p| !p.is_empty());
        match lists.last_mut().filter(|(b, list, open)| *b == before && *open && (list.len() == 1 || parts.len() == 2)) {
            Some((_, list, _)) => list.extend(found),
            None => lists.push((before, found.collect(), true)),
        }
    }
    lists.into_iter().map(|(_, list, _)| list).filter(|list| list.len() > 1).collect()
}

const BOXES: [char; 5] = ['□', '☐', '☑', '◻', '￮'];

/// A table's heads: its first row, where rows of the same width follow.
fn tables(rows: &[Vec<String>]) -> Option<Vec<String>> {
    let first = rows.first()?;
    let named = first.iter().filter(|c| !c.trim().is_empty()).count();
    let alike = rows.iter().filter(|r| r.len() == first.len()).count();
    let heads = first.iter().map(|c| c.chars().filter(|c| !c.is_whitespace()).take(12).collect()).collect();
    (first.len() > 1 && named == first.len() && alike > 1).then_some(heads)
}

/// The same proposal is made once.
fn unique(found: Vec<Seen>) -> Vec<Seen> {
    let mut out: Vec<Seen> = Vec::new();
    for seen in found {
        let once = matches!(
            seen.what,
            What::InPrinciple | What::Material | What::AnyOf | What::AllOf | What::Refused | What::Late | What::PublicNotice { days: None }
        );
        let again = out.iter().any(|o| o.what == seen.what && (once || o.anchor == seen.anchor));
        if !again {
            out.push(seen);
        }
    }
    out
}
