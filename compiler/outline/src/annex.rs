//! Annexes: what the notice announces, and what stands in the text.
//!
//! In: all lines. Out: the lines of the notice itself, its closing lines, and a node for each annex, in order. Always: an annex is absent
//! only where it is announced and nothing of it stands in the text.

use crate::lines::{Line, join, width};
use crate::mark::{self, Style};
use crate::meta;
use crate::tree::{Kind, Node, read};

/// A notice in its parts.
#[derive(Debug, Default)]
pub struct Parts {
    /// The lines of the notice itself.
    pub body: Vec<Line>,
    /// Signature, date, lines on publication and printing.
    pub tail: Vec<Line>,
    /// Whether the notice has a list of its annexes.
    pub listed: bool,
    /// The annexes.
    pub annexes: Vec<Node>,
}

/// A line that names an annex.
struct Named {
    /// `1`, `1-2`, `A`; empty where there is one annex only.
    number: String,
    /// What stands after the number.
    title: String,
    /// 附表 and 附录 inside an annex.
    inner: Option<String>,
    /// A colon right after the word: a list follows.
    list: bool,
}

/// Tells the parts of a notice apart.
pub fn parts(lines: &[Line]) -> Parts {
    let mut parts = Parts::default();
    let mut announced: Vec<(String, String)> = Vec::new();
    let mut bodies: Vec<(String, String, Vec<Line>)> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = &lines[at];
        let named = if line.cells.is_none() && !line.continues { named(&line.text) } else { None };
        match named.filter(|n| n.inner.is_none()) {
            Some(n) if n.list && !is_body(&announced, &n) => {
                let used = list(&lines[at..], &n, &mut announced);
                parts.listed = true;
                at += used;
                continue;
            }
            Some(n) if starts_body(&n, &announced, &lines[at + 1..]) => {
                bodies.push((n.number.clone(), n.title.clone(), Vec::new()));
            }
            Some(n) => {
                let (title, used) = title_with(&n.title, &lines[at + 1..]);
                announced.push((n.number, title));
                parts.listed = true;
                at += 1 + used;
                continue;
            }
            None => match bodies.last_mut() {
                Some((_, _, body)) => body.push(line.clone()),
                None => parts.body.push(line.clone()),
            },
        }
        at += 1;
    }
    closing(&mut parts, &mut bodies);
    parts.annexes = nodes(announced, bodies);
    mentioned(&mut parts);
    parts
}

fn is_body(announced: &[(String, String)], named: &Named) -> bool {
    named.title.is_empty() && announced.iter().any(|(number, _)| *number == named.number)
}

/// `附件1：申报表`, `附件`, `附件一`, `Annex A: Form`; a sentence that starts with the word is none.
fn named(text: &str) -> Option<Named> {
    let compact: String = text.chars().take(4).filter(|c| !c.is_whitespace()).collect();
    let han = ["附件", "附录", "附表", "附"].into_iter().find(|w| compact.starts_with(w) && (*w != "附" || compact.starts_with("附：")));
    let latin = ["Annexes", "Annex", "Appendices", "Appendix", "Attachments", "Attachment", "Enclosures", "Schedule"];
    let lower = text.to_lowercase();
    let word = latin.into_iter().find(|w| lower.starts_with(&w.to_lowercase()) && text.starts_with(char::is_uppercase));
    let rest = match (han, word) {
        (Some(han), _) => {
            text.char_indices().filter(|(_, c)| !c.is_whitespace()).nth(han.chars().count()).map_or("", |(at, _)| &text[at..])
        }
        (None, Some(word)) => &text[word.len()..],
        (None, None) => return None,
    };
    let latin = han.is_none();
    let list = rest.trim_start().starts_with(['：', ':']);
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '：' | ':'));
    if list {
        return Some(Named { number: String::new(), title: rest.trim().to_owned(), inner: None, list });
    }
    let number: String = rest.chars().take_while(|c| c.is_ascii_digit() || "-－.一二三四五六七八九十".contains(*c)).collect();
    let letter = rest.chars().next().filter(char::is_ascii_uppercase).filter(|_| latin);
    let letter_number: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')).collect();
    let after = match letter {
        Some(_) => &rest[letter_number.len()..],
        None => &rest[number.len()..],
    };
    let number = if letter.is_some() { letter_number } else { number };
    let number = number.trim_matches(['.', '-']).replace('－', "-");
    let number = match mark::value_of(&number.chars().collect::<Vec<_>>()) {
        Some(value) => value.to_string(),
        None => number,
    };
    let mark = after.starts_with(['：', ':', '.', '、', ' ', '\t', '\u{3000}', '．', '-', '–', '—']);
    let title = after.trim_matches(|c: char| c.is_whitespace() || matches!(c, '：' | ':' | '.' | '、' | '．' | '-' | '–' | '—')).to_owned();
    // A sentence about an annex is no annex.
    let sentence =
        title.ends_with(['。', '；', '，', ',', ';']) || title.contains('。') || (!mark && !title.is_empty() && !starts_title(&title));
    let word_alone = latin && number.is_empty() && !title.is_empty();
    if sentence || word_alone || width(&title) > 90 {
        return None;
    }
    let inner = han.filter(|w| *w == "附表").map(|w| format!("{w}{number}"));
    Some(Named { number, title, inner, list: false })
}

/// What may stand right after the number of an annex, without a mark between.
fn starts_title(title: &str) -> bool {
    !title.starts_with(['中', '所', '的', '和', '及', '、', '）', ')', '为', '由', '至', '至', '填']) && width(title) >= 8
}

/// `附件：1.… 2.…` and what stands below it; how many lines the list takes up.
fn list(lines: &[Line], named: &Named, out: &mut Vec<(String, String)>) -> usize {
    let mut entries: Vec<(String, String)> = Vec::new();
    let mut used = 1;
    split_list(&named.title, &mut entries);
    for line in &lines[1..] {
        let text = line.text.as_str();
        let counted = mark::at_start(text).filter(|m| matches!(m.style, Style::Digit | Style::DigitInBrackets | Style::UpperLetter));
        let next = entries.len() as u32 + 1;
        let goes_on = counted.as_ref().is_some_and(|m| m.value == next);
        let own = self_named(text).is_some();
        let ends = line.cells.is_some() || meta::is_closing(text) || (own && !entries.is_empty()) || (counted.is_some() && !goes_on);
        if ends || (!goes_on && (entries.is_empty() || width(text) > 44)) {
            break;
        }
        if goes_on {
            split_list(text, &mut entries);
        } else if let Some((_, title)) = entries.last_mut() {
            join(title, text);
        }
        used += 1;
    }
    out.append(&mut entries);
    used
}

fn self_named(text: &str) -> Option<Named> {
    named(text).filter(|n| n.inner.is_none())
}

/// `1.甲 2.乙` as entries; a text without a number is one.
fn split_list(text: &str, out: &mut Vec<(String, String)>) {
    let mut rest = text.trim();
    while !rest.is_empty() {
        let Some(mark) = mark::at_start(rest).filter(|m| m.value == out.len() as u32 + 1 && m.style != Style::Dash) else {
            out.push((String::new(), title(rest)));
            return;
        };
        let body = &rest[mark.len..];
        let next = body
            .char_indices()
            .filter(|(_, c)| c.is_ascii_digit())
            .map(|(at, _)| at)
            .find(|at| *at > 0 && mark::at_start(&body[*at..]).is_some_and(|m| m.style == mark.style && m.value == mark.value + 1));
        let end = next.unwrap_or(body.len());
        let number = if mark.style == Style::UpperLetter { mark.number } else { mark.value.to_string() };
        out.push((number, title(&body[..end])));
        rest = &body[end..];
    }
}

fn title(text: &str) -> String {
    text.trim().trim_end_matches(['；', ';', '。']).trim().to_owned()
}

/// Whether a line that names an annex starts its text: it is bare, or was announced, or more follows than further names.
fn starts_body(named: &Named, announced: &[(String, String)], after: &[Line]) -> bool {
    if named.title.is_empty() || announced.iter().any(|(number, _)| *number == named.number) {
        return true;
    }
    let next = after.iter().find(|l| !l.text.is_empty());
    next.is_some_and(|l| l.cells.is_some() || (!meta::is_closing(&l.text) && self_named(&l.text).is_none()))
}

/// A title that goes on in the next line.
fn title_with(first: &str, after: &[Line]) -> (String, usize) {
    let mut title = title(first);
    match after.first().filter(|l| l.continues && !meta::is_closing(&l.text) && self_named(&l.text).is_none()) {
        Some(next) => {
            join(&mut title, &next.text);
            (title, 1)
        }
        None => (title, 0),
    }
}

/// Closing lines stand at the end of the notice itself, and may stand at the very end.
fn closing(parts: &mut Parts, bodies: &mut [(String, String, Vec<Line>)]) {
    while parts.body.last().is_some_and(|l| l.cells.is_none() && meta::is_closing(&l.text)) {
        parts.tail.extend(parts.body.pop());
    }
    parts.tail.reverse();
    let Some((_, _, last)) = bodies.last_mut() else { return };
    let printed = last.iter().rposition(|l| l.cells.is_none() && meta::is_printing(&l.text));
    let Some(end) = printed.filter(|at| at + 4 >= last.len()) else { return };
    let mut start = end;
    while start > 0 && last[start - 1].cells.is_none() && meta::is_closing(&last[start - 1].text) {
        start -= 1;
    }
    parts.tail.extend(last.drain(start..));
}

fn nodes(announced: Vec<(String, String)>, bodies: Vec<(String, String, Vec<Line>)>) -> Vec<Node> {
    let mut out: Vec<Node> =
        announced.into_iter().map(|(number, label)| Node { kind: Kind::Annex, number, label, absent: true, ..Node::default() }).collect();
    for (number, said, lines) in bodies {
        let known = out.iter().position(|n| {
            n.absent && (n.number == number || (number.is_empty() && n.number == "1") || (n.number.is_empty() && number == "1"))
        });
        let within = number.split_once(['-', '.']).map(|(outer, _)| outer.to_owned());
        let (label, rest) = own_title(known.map_or("", |i| out[i].label.as_str()), &said, &lines);
        let mut node = read(rest, Node { kind: Kind::Annex, number: number.clone(), label, ..Node::default() });
        tables_inside(&mut node);
        match (known, within.and_then(|outer| out.iter().position(|n| n.number == outer && n.kind == Kind::Annex))) {
            (Some(i), _) => {
                node.number = out[i].number.clone();
                out[i] = node;
            }
            (None, Some(outer)) => {
                out[outer].absent = false;
                out[outer].children.push(node);
            }
            (None, None) => out.push(node),
        }
    }
    out
}

/// The title of an annex and the lines after it: as announced, else the first line or two.
fn own_title<'l>(announced: &str, said: &str, lines: &'l [Line]) -> (String, &'l [Line]) {
    let folded = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let wanted = folded(if announced.is_empty() { said } else { announced });
    if !wanted.is_empty() {
        let mut so_far = folded(said);
        let mut used = 0;
        if so_far != wanted {
            so_far.clear();
            for (i, line) in lines.iter().take(3).enumerate() {
                so_far += &folded(&line.text);
                if so_far == wanted {
                    used = i + 1;
                }
            }
        }
        let label = if announced.is_empty() { said } else { announced };
        return (label.to_owned(), &lines[used..]);
    }
    let is_title = |l: &&Line| {
        l.cells.is_none() && width(&l.text) <= 70 && !l.text.ends_with(['。', '；', '：', ':', '_']) && mark::at_start(&l.text).is_none()
    };
    let Some(first) = lines.first().filter(is_title) else { return (String::new(), lines) };
    match lines.get(1).filter(is_title).filter(|l| width(&l.text) <= 12 && !l.text.contains(['：', ':'])) {
        Some(second) => (format!("{}{}", first.text, second.text), &lines[2..]),
        None => (first.text.clone(), &lines[1..]),
    }
}

/// 附表1 inside an annex is an item of it.
fn tables_inside(node: &mut Node) {
    let (mut kept, mut items): (Vec<&str>, Vec<Node>) = (Vec::new(), Vec::new());
    for line in node.text.lines() {
        match named(line).and_then(|n| n.inner) {
            Some(label) => items.push(Node { kind: Kind::Item, label, text: line.to_owned(), ..Node::default() }),
            None => match items.last_mut() {
                Some(item) => item.text = format!("{}\n{line}", item.text),
                None => kept.push(line),
            },
        }
    }
    if !items.is_empty() {
        node.text = kept.join("\n");
        node.children.splice(0..0, items);
    }
}

/// `申请报告模版见附件`: an annex that the text speaks of, without a list and without the annex.
fn mentioned(parts: &mut Parts) {
    if !parts.annexes.is_empty() {
        return;
    }
    let text: String = parts.body.iter().map(|l| l.text.as_str()).collect::<Vec<_>>().join("\n");
    for (at, _) in text.match_indices("见附件") {
        let digits: String = text[at + "见附件".len()..].chars().take_while(char::is_ascii_digit).collect();
        let before: Vec<char> = text[..at].chars().rev().take_while(|c| c.is_alphanumeric() || "“”《》".contains(*c)).take(12).collect();
        let label: String = before.into_iter().rev().collect();
        let label = label.trim_matches(['“', '”', '《', '》']).to_owned();
        if !parts.annexes.iter().any(|n| n.number == digits) {
            parts.annexes.push(Node { kind: Kind::Annex, number: digits, label, absent: true, ..Node::default() });
        }
    }
}
