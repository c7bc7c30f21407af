//! Headings whose number was lost, or that never had one.
//!
//! In: a clause that has just ended. Out: the same, its heading told from its text, lost items put back as unnumbered ones.
//! Always: no word is lost or moved to another clause.

use crate::lines::width;
use crate::mark::Style;
use crate::tree::{Kind, Node, split_heading};

/// Settles a clause once all that belongs to it is known.
pub fn settle(mut node: Node) -> Node {
    late_heading(&mut node);
    if node.kind != Kind::Annex || node.rows.is_empty() {
        lost_numbers(&mut node);
        short_headings(&mut node);
    }
    if node.kind == Kind::Item && node.label.is_empty() {
        node.label = opening(&node.text);
    }
    node
}

/// `（一）组织分工。` with its text on the next lines: a heading, although it ends like a sentence.
fn late_heading(node: &mut Node) {
    if !node.label.is_empty() || node.style.is_none() {
        return;
    }
    let (first, rest) = node.text.split_once('\n').unwrap_or((&node.text, ""));
    let bare = first.trim_end_matches(['。', '.']);
    let heading =
        width(bare) <= 28 && !bare.contains(['，', ',', '；', ';', '。', '：', ':']) && (!rest.is_empty() || !node.children.is_empty());
    if heading && !bare.is_empty() {
        (node.label, node.text) = (bare.to_owned(), rest.to_owned());
    }
}

/// The first numbered entry is the third: two paragraphs before it have lost their numbers.
fn lost_numbers(node: &mut Node) {
    let Some(first) = node.children.first().filter(|c| c.kind == Kind::Clause && c.style.is_some_and(|s| s >= Style::HanInBrackets)) else {
        return;
    };
    let lost = first.value.saturating_sub(1) as usize;
    let paragraphs: Vec<&str> = node.text.lines().collect();
    if !(1..=6).contains(&lost) || paragraphs.len() < lost {
        return;
    }
    let (kept, found) = paragraphs.split_at(paragraphs.len() - lost);
    if !found.iter().all(|p| !split_heading(p).0.is_empty()) {
        return;
    }
    let items: Vec<Node> = found.iter().map(|p| item(p)).collect();
    node.text = kept.join("\n");
    node.children.splice(0..0, items);
}

fn item(paragraph: &str) -> Node {
    let (label, text) = split_heading(paragraph);
    Node { kind: Kind::Item, label: label.to_owned(), text: text.to_owned(), ..Node::default() }
}

/// `试点范围。` on a line of its own, twice or more: headings without a number.
fn short_headings(node: &mut Node) {
    if node.style.is_none_or(|s| s > Style::Digit) {
        return;
    }
    let is_heading = |line: &str| {
        let bare = line.trim_end_matches('。');
        (4..=20).contains(&width(bare)) && line.ends_with('。') && !bare.contains(['，', '、', '。', '；', '：', '（', ' '])
    };
    if node.text.lines().filter(|l| is_heading(l)).count() < 2 {
        return;
    }
    let (mut kept, mut items): (Vec<String>, Vec<Node>) = (Vec::new(), Vec::new());
    for line in node.text.lines() {
        if is_heading(line) {
            items.push(Node { kind: Kind::Item, label: line.trim_end_matches('。').to_owned(), ..Node::default() });
        } else if let Some(last) = items.last_mut() {
            last.text = if last.text.is_empty() { line.to_owned() } else { format!("{}\n{line}", last.text) };
        } else {
            kept.push(line.to_owned());
        }
    }
    node.text = kept.join("\n");
    node.children.splice(0..0, items);
}

/// The first words of a text, as a label: up to its first mark, at most twelve characters or four words.
pub fn opening(text: &str) -> String {
    let first = text.split(['。', '；', '：', '\n', ';', ':', '，', ',', '.', '|']).find(|p| !p.trim().is_empty()).unwrap_or("").trim();
    let latin = first.chars().filter(char::is_ascii).count() * 2 > first.chars().count();
    match latin {
        true => first.split_whitespace().take(4).collect::<Vec<_>>().join(" "),
        false => first.chars().take(12).collect(),
    }
}
