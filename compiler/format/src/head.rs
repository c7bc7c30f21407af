//! What declarations share: names, keys, citations, messages, quoted text.

use crate::words;
use crate::writer::Writer;
use prog_syntax::ast::{Cite, Head, Message, Name, Str};

/// A name where only a name can stand.
pub(crate) fn name(n: &Name) -> String {
    if words::is_word(&n.text) && !words::is_continuing(&n.text) && !words::is_reserved(&n.text) { n.text.clone() } else { quoted(n) }
}

/// A name that can't be taken for anything else, behind a word that says what it is or before a colon.
pub(crate) fn bare(n: &Name) -> String {
    if words::is_word(&n.text) { n.text.clone() } else { quoted(n) }
}

/// A name where an expression may stand.
pub(crate) fn reference(n: &Name) -> String {
    if words::is_word(&n.text) && !words::is_reserved(&n.text) { n.text.clone() } else { quoted(n) }
}

/// A name where a type may stand.
pub(crate) fn type_name(n: &Name) -> String {
    if words::is_type(&n.text) { quoted(n) } else { reference(n) }
}

/// A unit behind its number.
pub(crate) fn unit(n: &Name) -> String {
    if words::is_keyword(&n.text) { quoted(n) } else { reference(n) }
}

fn quoted(n: &Name) -> String {
    if n.text.contains('`') { format!("「{}」", n.text) } else { format!("`{}`", n.text) }
}

pub(crate) fn names(list: &[Name]) -> String {
    list.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// A text between straight quotes.
pub(crate) fn string(s: &str) -> String {
    let mut out = String::from("\"");
    for c in s.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

pub(crate) fn str(s: &Str) -> String {
    string(&s.text)
}

impl Writer<'_> {
    /// `NAME as KEY [cites] "label"`.
    pub fn head(&self, head: &Head) -> String {
        let mut out = name(&head.name);
        if let Some(key) = &head.key {
            out += &format!(" {} {}", self.kw("kw_as"), bare(key));
        }
        out += &self.cites(&head.cites);
        out + &self.message(head.message.as_ref())
    }

    pub fn heads(&self, heads: &[Head]) -> String {
        heads.iter().map(|h| self.head(h)).collect::<Vec<_>>().join(", ")
    }

    /// ` "…" en "…"`, with the blank in front; empty when there is none.
    pub fn message(&self, message: Option<&Message>) -> String {
        let Some(message) = message else { return String::new() };
        let mut out = format!(" {}", str(&message.text));
        if let Some(en) = &message.en {
            out += &format!(" {} {}", self.kw("kw_en"), str(en));
        }
        out
    }

    /// ` [a, b: "…"]`, with the blank in front; empty when there are none.
    pub fn cites(&self, cites: &[Cite]) -> String {
        if cites.is_empty() {
            return String::new();
        }
        let cite = |c: &Cite| {
            let whole = if c.whole { format!("{} ", self.kw("kw_whole")) } else { String::new() };
            let anchor = c.anchor.as_ref().map(|a| format!(": {}", str(a))).unwrap_or_default();
            format!("{whole}{}{anchor}", c.address)
        };
        format!(" [{}]", cites.iter().map(cite).collect::<Vec<_>>().join(", "))
    }

    /// ` KEYWORD name`, or nothing.
    pub fn clause(&self, keyword: &'static str, n: Option<&Name>) -> String {
        n.map(|n| format!(" {} {}", self.kw(keyword), name(n))).unwrap_or_default()
    }
}
