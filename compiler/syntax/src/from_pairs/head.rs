//! Names, texts, citations and what every declaration's head may carry.

use super::Builder;
use crate::ast::{Cite, Head, Message, Name, Str};
use crate::grammar::{Pair, Rule};
use crate::layout::is_hidden;
use crate::messages;
use prog_base::Span;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

impl Builder<'_> {
    /// A name, quoted or not: NFC, without quotes and hidden characters.
    pub fn name(&mut self, pair: Pair) -> Name {
        let span = self.span(&pair);
        let text = pair.as_str();
        let bare = text.strip_prefix(['`', '「']).and_then(|t| t.strip_suffix(['`', '」'])).unwrap_or(text);
        if bare.is_ascii() {
            return Name { text: bare.trim().to_owned(), span };
        }
        if let Some(c) = bare.chars().find(|c| crate::layout::is_right_to_left(*c)) {
            self.say(messages::right_to_left(span, c));
        }
        let clean = bare.trim().chars().filter(|c| !is_hidden(*c));
        let text = if is_nfc_quick(bare.chars()) == IsNormalized::Yes { clean.collect() } else { clean.nfc().collect() };
        Name { text, span }
    }

    /// A quoted text with its escapes resolved.
    pub fn string(&mut self, pair: Pair) -> Str {
        let span = self.span(&pair);
        let mut text = String::new();
        for part in pair.into_inner() {
            let start = part.as_span().start();
            let raw = part.as_str();
            if !raw.contains('\\') {
                text.push_str(raw);
                continue;
            }
            let mut chars = raw.char_indices();
            while let Some((at, c)) = chars.next() {
                if c != '\\' {
                    text.push(c);
                    continue;
                }
                match chars.next() {
                    Some((_, 'n')) => text.push('\n'),
                    Some((_, c @ ('\\' | '"' | '“' | '”' | '＂'))) => text.push(c),
                    Some((after, c)) => {
                        text.extend(['\\', c]);
                        let place = self.layout.span(self.id, start + at, start + after + c.len_utf8());
                        self.say(messages::unknown_escape(place, c));
                    }
                    None => text.push('\\'),
                }
            }
        }
        Str { text, span }
    }

    /// `"…" en "…"`.
    pub fn message(&mut self, pair: Pair) -> Message {
        let span = self.span(&pair);
        let mut texts = pair.into_inner().filter(|p| p.as_rule() == Rule::string).map(|p| self.string(p)).collect::<Vec<_>>().into_iter();
        Message { text: texts.next().unwrap_or(Str { text: String::new(), span }), en: texts.next() }
    }

    /// The head of a declaration (`decl`, `decl_plain`); `start` is where the declaration starts, for its `///` lines.
    pub fn head(&mut self, decl: Pair, start: usize) -> Head {
        let mut head = self.bare_head(Name { text: String::new(), span: self.span(&decl) }, start);
        for p in decl.into_inner() {
            if p.as_rule() == Rule::name {
                head.name = self.name(p);
            } else {
                self.head_part(&mut head, p);
            }
        }
        head
    }

    /// A head with nothing but a name.
    pub fn bare_head(&self, name: Name, start: usize) -> Head {
        let doc = self.layout.docs.get(&self.layout.real(start)).cloned();
        Head { name, key: None, cites: Vec::new(), message: None, doc }
    }

    /// Adds `as KEY`, citations or a message to a head; whether the pair was one of these.
    pub fn head_part(&mut self, head: &mut Head, part: Pair) -> bool {
        let span = self.span(&part);
        match part.as_rule() {
            Rule::as_key => {
                let key = self.name_in(part);
                self.once(&mut head.key, key, span);
            }
            Rule::cites => head.cites.extend(self.cites(part)),
            Rule::message => {
                let message = self.message(part);
                self.once(&mut head.message, message, span);
            }
            _ => return false,
        }
        true
    }

    /// `[a, b: "…"]`.
    pub fn cites(&mut self, pair: Pair) -> Vec<Cite> {
        pair.into_inner().filter(|p| p.as_rule() == Rule::cite).map(|p| self.cite(p)).collect()
    }

    fn cite(&mut self, pair: Pair) -> Cite {
        let start = self.span(&pair);
        let mut cite = Cite { address: String::new(), whole: false, anchor: None, span: start };
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::kw_whole => cite.whole = true,
                Rule::address => {
                    let end = self.trimmed(&p).end;
                    cite.span = Span { end, ..start };
                    cite.address = p.as_str().split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect();
                }
                Rule::string => cite.anchor = Some(self.string(p)),
                _ => {}
            }
        }
        cite
    }
}
