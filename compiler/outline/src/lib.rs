//! A notice's text to the outline of a programme: what `prog new --from` writes.
//!
//! In: the bytes of a plain text or a Word document. Out: `programme.prog` with the notice's outline, the facts that are certain, and
//! proposals as comments. Always: it proposes and never decides; every clause of the text is in the outline, in order; the same bytes
//! give the same outline.
//!
//! `source` reads, `lines` undoes what copying did, `annex`, `tree` and `bare` find the structure, `unnumbered` what has lost its number, `meta`
//! the certain facts, `seen` and `patterns` the wordings, `propose` and `write` the text.

mod address;
mod annex;
mod bare;
mod folded;
mod lines;
mod mark;
mod meta;
mod patterns;
mod propose;
mod seen;
pub mod source;
mod tree;
mod unnumbered;
mod write;

pub use source::{Source, Unreadable};

use lines::Line;
use meta::Meta;
use prog_base::Lang;
use tree::{Kind, Node};

/// A programme that was read off a notice.
#[derive(Clone, Debug)]
pub struct Outline {
    /// `programme.prog`.
    pub text: String,
    /// What was found, to be told.
    pub found: Found,
}

/// What was found in a notice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The title, where it is certain.
    pub title: Option<String>,
    /// Numbered chapters.
    pub chapters: usize,
    /// Everything below a chapter, and what has no number.
    pub items: usize,
    /// Chapters that share a number, with the short names given to them.
    pub twins: Vec<String>,
    /// Annexes.
    pub annexes: usize,
    /// Annexes that are announced and not in the text.
    pub absent: usize,
    /// Last days and periods.
    pub dates: usize,
    /// At most, at least, about, shares, lengths.
    pub bounds: usize,
    /// Years with targets.
    pub aims: usize,
    /// In principle, preferred, encouraged, any of, not allowed, waived.
    pub rules: usize,
    /// Tables.
    pub tables: usize,
    /// Lists of options.
    pub options: usize,
    /// Publication, lateness, points, papers.
    pub others: usize,
    /// Lines that start with a number and were taken for text, not for clauses.
    pub passed_over: Vec<String>,
}

/// Reads the outline off a notice. The file's language is `lang`, or else the notice's.
pub fn outline(source: &Source, name: &str, lang: Option<Lang>) -> Outline {
    let lines = lines::lines(&source.paragraphs);
    let chinese = is_chinese(&lines);
    let lang = lang.unwrap_or(if chinese { Lang::Zh } else { Lang::En });
    let parts = annex::parts(&lines);
    let body = tree::read(&parts.body, Node { kind: Kind::Item, ..Node::default() });
    let head = head_lines(&parts.body, &body);
    let meta = Meta::read(&head, &parts.tail, chinese);
    let annexes = parts.annexes.iter().flat_map(|annex| &annex.passed_over);
    let passed_over = body.passed_over.iter().chain(annexes).cloned().collect();
    let nodes = assembled(body, &head, &parts, &meta, lang);
    let compact = |lines: &[Line]| lines.iter().map(|l| meta::compact(&l.text)).collect::<Vec<_>>().join("\n");
    let draft = write::Draft { name, lang, meta: &meta, head: &compact(&head), tail: &compact(&parts.tail), nodes: &nodes };
    let (text, found) = draft.text();
    Outline { text, found: Found { passed_over, ..found } }
}

/// A programme without a notice: the header, and where to go on.
pub fn empty(name: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!(
            "// 新方案。第一步：把通知的大纲写进 通知 {{ … }}，每条先写“待编写”；prog coverage 列出还没有编写的条款。\n方案 {name} \"{name}\" {{\n    发文机关 未明 \"待填写\"\n    文号     未明 \"待填写\"\n    时区     \"Asia/Shanghai\"\n\n    通知 {{\n        条款 一 \"第一章的标题\" 待编写\n    }}\n}}\n"
        ),
        Lang::En => format!(
            "// A new programme. First write the notice's outline into `notice`, each clause with `todo`; prog coverage lists what is open.\nprogramme {name} \"{name}\" {{\n    issuer unknown \"to be filled in\"\n    number unknown \"to be filled in\"\n\n    notice {{\n        clause 1 \"The first chapter\" todo\n    }}\n}}\n"
        ),
    }
}

/// A name of the language for a folder's name.
pub fn identifier(name: &str) -> String {
    let mut out: String = name.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '_' }).collect();
    if !out.starts_with(|c: char| c.is_alphabetic()) {
        out = format!("p_{out}");
    }
    out
}

/// Whether most letters are Han.
fn is_chinese(lines: &[Line]) -> bool {
    let count = |test: fn(char) -> bool| lines.iter().flat_map(|l| l.text.chars()).filter(|c| test(*c)).count();
    count(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) * 4 > count(|c| c.is_ascii_alphabetic())
}

/// The lines before the first clause. A line that holds the first clause is cut where that starts.
fn head_lines(body: &[Line], root: &Node) -> Vec<Line> {
    let mut rest = meta::compact(&root.text).chars().count();
    let mut head = Vec::new();
    for line in body {
        let length = meta::compact(&line.text).chars().count();
        if rest == 0 {
            break;
        }
        if length <= rest {
            head.push(line.clone());
            rest -= length;
        } else {
            let mut seen = 0;
            let cut: String = line
                .text
                .chars()
                .take_while(|c| {
                    seen += usize::from(!c.is_whitespace());
                    seen <= rest
                })
                .collect();
            head.push(Line { text: cut, ..line.clone() });
            rest = 0;
        }
    }
    head
}

/// Opening, preamble, clauses, closing, annexes.
fn assembled(body: Node, head: &[Line], parts: &annex::Parts, meta: &Meta, lang: Lang) -> Vec<Node> {
    let [opening, preamble, closing] = write::own_names(lang);
    let item =
        |label: String, alias: &str, text: String| Node { kind: Kind::Item, label, alias: Some(alias.to_owned()), text, ..Node::default() };
    let said = |zh: &str, en: &str| if lang == Lang::Zh { zh.to_owned() } else { en.to_owned() };
    let joined = |lines: &[Line]| lines.iter().map(|l| l.text.as_str()).collect::<Vec<_>>().join("\n");
    let mut nodes = vec![item(said("标题、文号、主送机关", "Title, number, addressees"), opening, String::new())];
    let is_title = |l: &Line| meta.title.as_deref().is_some_and(|t| meta::compact(t).contains(&meta::compact(&l.text)));
    let mut clauses = body.children;
    let start = if clauses.is_empty() {
        // A notice without any number: short lines are its headings.
        let start = head.iter().rposition(is_title).map_or(1, |at| at + 1).min(head.len());
        let heading = head[start..].iter().position(is_heading).map_or(head.len(), |at| start + at);
        clauses = paragraphs(&head[heading..]);
        start..heading
    } else {
        let long = |l: &Line| lines::width(&l.text) > 60 && l.text.contains(['，', ',', '。', '.']) && !is_title(l);
        head.iter().position(long).unwrap_or(head.len())..head.len()
    };
    let intro = joined(&head[start]);
    if !intro.is_empty() {
        nodes.push(item(unnumbered::opening(&intro), preamble, intro));
    }
    nodes.extend(clauses);
    if parts.listed {
        nodes.push(item(said("附件目录", "List of annexes"), &said("附件目录", "annex_list"), String::new()));
    }
    if !parts.tail.is_empty() {
        nodes.push(item(unnumbered::opening(&parts.tail[0].text), closing, joined(&parts.tail)));
    }
    nodes.extend(parts.annexes.iter().cloned());
    address::name_twins(&mut nodes);
    nodes
}

/// Whether a line that has no number may be a heading.
fn is_heading(line: &Line) -> bool {
    line.cells.is_none() && lines::width(&line.text) <= 40 && !line.text.ends_with(['。', '；', '：', ':', '.', ',', '，', '_'])
}

/// Headings without numbers, each with its text.
fn paragraphs(lines: &[Line]) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    for line in lines {
        match nodes.last_mut() {
            Some(last) if !is_heading(line) => {
                last.text = if last.text.is_empty() { line.text.clone() } else { format!("{}\n{}", last.text, line.text) };
            }
            Some(_) | None => nodes.push(Node { kind: Kind::Item, label: line.text.clone(), ..Node::default() }),
        }
    }
    nodes
}

/// 1 to 99 as 一 to 九十九.
pub(crate) fn han(value: u32) -> String {
    source::han(value)
}
