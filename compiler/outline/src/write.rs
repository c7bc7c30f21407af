//! The outline as a programme.
//!
//! In: a notice that was read. Out: the text of `programme.prog`. Always: rules stand in comments only; every clause says `todo`; what
//! is not certain is `unknown`.

use crate::folded::ANCHOR;
use crate::meta::Meta;
use crate::propose::{self, escaped};
use crate::seen::{Seen, What, seen};
use crate::tree::{Kind, Node};
use crate::{Found, address, unnumbered};
use prog_base::{Date, Lang, fold};

/// What goes into a programme.
pub struct Draft<'a> {
    /// The programme's name.
    pub name: &'a str,
    /// The file's language.
    pub lang: Lang,
    /// Head and foot.
    pub meta: &'a Meta,
    /// The head's text without blanks, where citations of facts are looked for first.
    pub head: &'a str,
    /// The foot's.
    pub tail: &'a str,
    /// The outline.
    pub nodes: &'a [Node],
}

/// The names of the entries that have no clause of their own.
pub fn own_names(lang: Lang) -> [&'static str; 3] {
    match lang {
        Lang::Zh => ["抬头", "导语", "落款"],
        Lang::En => ["opening", "preamble", "closing"],
    }
}

impl Draft<'_> {
    /// The text, and what was found.
    pub fn text(&self) -> (String, Found) {
        let mut found = Found { title: self.meta.title.clone(), ..Found::default() };
        let mut proposals = String::new();
        let outline: String = self.nodes.iter().map(|n| self.clause(n, "", 2, &mut found, &mut proposals)).collect();
        let w = |zh, en| self.word(zh, en);
        let title = self.meta.title.as_deref().unwrap_or(self.name);
        let facts = self.facts();
        let head = w(
            "// 由 prog new 从通知读出的大纲。它只看了文字的样子，没有读懂：“待编写”要逐条读原文，“也许”只是提议。\n",
            "// An outline that prog new has read off the notice. It has seen the wording and understood nothing: read the\n// notice for each todo; what stands after \"perhaps\" is a proposal, no more.\n",
        );
        let (programme, notice) = (w("方案", "programme"), w("通知", "notice"));
        let after = match proposals.is_empty() {
            true => String::new(),
            false => format!(
                "\n    // —— {} ——\n{proposals}",
                w(
                    "提议：读过原文，改好名称，去掉“// 也许：”再用",
                    "Proposals: read the clause, put in the right names, take away \"// perhaps:\""
                )
            ),
        };
        (
            format!("{head}{programme} {} \"{}\" {{\n{facts}\n    {notice} {{\n{outline}    }}\n{after}}}\n", self.name, escaped(title)),
            found,
        )
    }

    fn word(&self, zh: &'static str, en: &'static str) -> &'static str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// ` [抬头: "…"]`: where a fact stands.
    fn cite(&self, words: &str) -> String {
        let [head, _, tail] = own_names(self.lang);
        let bare = fold::text(words);
        let start = first_words(words);
        let place = if fold::text(self.head).contains(&bare) {
            head
        } else if fold::text(self.tail).contains(&bare) {
            tail
        } else {
            return String::new();
        };
        format!(" [{place}: \"{}\"]", escaped(&start))
    }

    fn facts(&self) -> String {
        let (m, w) = (self.meta, |zh, en| self.word(zh, en));
        let unknown = w("未明", "unknown");
        let said = |word: &str, value: &Option<String>, why: &str| match value {
            Some(text) => format!("    {word} \"{}\"{}\n", escaped(text), self.cite(text)),
            None => format!("    {word} {unknown} \"{why}\"\n"),
        };
        let list = |word: &str, values: &[String]| {
            let texts: Vec<String> = values.iter().map(|v| format!("\"{}\"", escaped(v))).collect();
            let cite = values.first().map(|v| self.cite(v)).unwrap_or_default();
            format!("    {word} {}{cite}\n", texts.join(", "))
        };
        let day = |word: &str, value: &Option<(Date, String)>| {
            value.as_ref().map(|(date, words)| format!("    {word} {date}{}\n", self.cite(words))).unwrap_or_default()
        };
        let not_sure = w("看不准，请核对原文", "not certain: look at the notice");
        let mut out = match m.issuers.is_empty() {
            true => format!("    {} {unknown} \"{not_sure}\"\n", w("发文机关", "issuer")),
            false => list(w("发文机关", "issuer"), &m.issuers),
        };
        out += &said(w("文号", "number"), &m.number, w("没有找到文号", "no number was found"));
        out += &match &m.issued {
            Some(_) => day(w("成文日期", "issued"), &m.issued),
            None => format!("    {} {unknown} \"{not_sure}\"\n", w("成文日期", "issued")),
        };
        out += &day(w("印发日期", "printed"), &m.printed);
        if m.disclosure.is_some() {
            out += &said(w("公开属性", "disclosure"), &m.disclosure, "");
        }
        if !m.addressees.is_empty() {
            out += &list(w("主送机关", "addressee"), &m.addressees);
        }
        if m.chinese {
            out += &format!("    {} \"Asia/Shanghai\"\n", w("时区", "timezone"));
        }
        out + &format!("    {} \"notice.txt\"\n", w("原文", "text"))
    }

    fn clause(&self, node: &Node, parent: &str, depth: usize, found: &mut Found, proposals: &mut String) -> String {
        let address = address::of(node, parent);
        let findings = if node.absent { Vec::new() } else { seen(node, !self.meta.chinese) };
        found.count(node, parent.is_empty(), &findings);
        self.propose(node, &address, &findings, proposals);
        let pad = "    ".repeat(depth);
        let mut line = match (node.kind, parent.is_empty()) {
            (Kind::Annex, _) => format!("{} {}", self.word("附录", "annex"), node.number),
            (Kind::Item, _) => self.word("条目", "item").to_owned(),
            (Kind::Clause, true) => format!("{} {}", self.word("条款", "clause"), node.number),
            (Kind::Clause, false) => node.number.clone(),
        };
        if !node.label.is_empty() {
            line += &format!(" \"{}\"", escaped(&node.label));
        }
        if let Some(alias) = &node.alias {
            line += &format!(" {} {alias}", self.word("代号", "as"));
        }
        if node.absent {
            line += &format!(" {}", self.word("原文未附", "absent in source"));
        }
        if node.children.is_empty() || !node.text.trim().is_empty() || !findings.is_empty() {
            line += &format!(" {}{}", self.word("待编写", "todo"), self.todo(node, &findings));
        }
        let line = format!("{pad}{}", line.trim_end());
        if node.children.is_empty() {
            return format!("{line}\n");
        }
        let inner: String = node.children.iter().map(|c| self.clause(c, &address, depth + 1, found, proposals)).collect();
        format!("{line} {{\n{inner}{pad}}}\n")
    }

    /// What a todo says: what was seen, and a few words of the place.
    fn todo(&self, node: &Node, findings: &[Seen]) -> String {
        if node.kind == Kind::Item && node.text.is_empty() {
            return format!(" \"{}\"", self.word("核对", "check"));
        }
        if node.absent {
            return format!(
                " \"{}\"",
                self.word("通知提到，原文没有附；找到后再编写", "announced, and not in the text: encode it once it is found")
            );
        }
        let mut names: Vec<&str> = Vec::new();
        for finding in findings {
            let name = propose::name(&finding.what, self.lang);
            if !names.contains(&name) && names.len() < 4 {
                names.push(name);
            }
        }
        let quoted = match findings.iter().find(|f| !f.anchor.is_empty()) {
            Some(first) => Some(first.anchor.clone()),
            None if node.label.is_empty() && node.kind != Kind::Annex => Some(unnumbered::opening(&node.text)).filter(|t| !t.is_empty()),
            None => None,
        };
        let (comma, colon) = (self.word("、", ", "), self.word("：", ": "));
        let quote = quoted.map(|q| format!("“{q}”"));
        let said = match (names.is_empty(), quote) {
            (true, None) => self.word("通读", "read it").to_owned(),
            (true, Some(quote)) => quote,
            (false, None) => names.join(comma),
            (false, Some(quote)) => format!("{}{colon}{quote}", names.join(comma)),
        };
        format!(" \"{}\"", escaped(&said))
    }

    /// The proposals of one clause, as comments.
    fn propose(&self, node: &Node, address: &str, findings: &[Seen], out: &mut String) {
        let mut lines: Vec<String> = findings.iter().take(12).map(|f| propose::line(f, address, &node.rows, self.lang)).collect();
        lines.dedup();
        for line in lines {
            *out += &format!("    // {}{line}\n", self.word("也许：", "perhaps: "));
        }
    }
}

/// The first words of a fact: at most twenty characters, blanks not counted, and no half word.
fn first_words(words: &str) -> String {
    let mut count = 0;
    let start: String = words
        .chars()
        .take_while(|c| {
            count += usize::from(!c.is_whitespace());
            count <= ANCHOR
        })
        .collect();
    let cut = words[start.len()..].starts_with(|c: char| c.is_ascii_alphanumeric()) && start.ends_with(|c: char| c.is_ascii_alphanumeric());
    match start.rfind(' ').filter(|_| cut) {
        Some(blank) => start[..blank].to_owned(),
        None => start,
    }
}

impl Found {
    fn count(&mut self, node: &Node, root: bool, findings: &[Seen]) {
        match (node.kind, root) {
            (Kind::Annex, _) => {
                self.annexes += 1;
                self.absent += usize::from(node.absent);
            }
            (Kind::Clause, true) => self.chapters += 1,
            (Kind::Clause | Kind::Item, _) => self.items += 1,
        }
        if let Some(alias) = node.alias.as_ref().filter(|_| root && node.kind == Kind::Clause) {
            self.twins.push(format!("{}（{alias}）", node.number));
        }
        for finding in findings {
            match finding.what {
                What::Due { .. } | What::Window { .. } | What::Effective { .. } => self.dates += 1,
                What::Exactly(_)
                | What::AtMost(_)
                | What::AtLeast(_)
                | What::About(_)
                | What::Between(..)
                | What::Share(_)
                | What::Length { .. } => self.bounds += 1,
                What::Aim { .. } => self.aims += 1,
                What::InPrinciple | What::Prefer | What::Encourage | What::AnyOf | What::AllOf | What::Refused | What::Waived => {
                    self.rules += 1
                }
                What::Table(_) => self.tables += 1,
                What::Options(_) => self.options += 1,
                What::PublicNotice { .. } | What::Late | What::Score(_) | What::LookBack(_) | What::Material => self.others += 1,
            }
        }
    }
}
