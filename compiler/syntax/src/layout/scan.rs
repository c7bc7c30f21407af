//! The pass itself: one walk over the text, a stack of what is open.
//!
//! In: a text, and whether braces are known to be unbalanced. Out: the parts of a `Layout`.
//! Always: linear; a character is looked at once, a line's start twice.

use super::blocks::{self, Open};
use super::text::{Mark, is_hidden, mark, quoted_length, quoted_name_length};
use super::{FOLD, Layout, MAX_DEPTH, lines};
use crate::{Comment, messages};
use prog_base::{Diagnostic, FileId, Span, codes};
use std::collections::BTreeMap;

/// The walk and what it has gathered.
pub struct Scan<'a> {
    file: FileId,
    text: &'a str,
    out: Vec<u8>,
    /// Braces are known not to match: lines tell where blocks end.
    mend: bool,
    /// Whether braces did not match.
    pub unbalanced: bool,
    at: usize,
    line: usize,
    indent: usize,
    /// Where the statement at hand starts, and its indentation.
    statement: (usize, usize),
    /// The statement of the block closed last: `total { … } {` goes on with it.
    closed: Option<&'static str>,
    /// End of the last code before the line at hand.
    code_end: usize,
    stack: Vec<Open>,
    too_deep: Option<(usize, usize)>,
    /// A name quote without partner, and its line.
    unpaired: Option<(char, usize)>,
    comments: Vec<Comment>,
    docs: BTreeMap<usize, String>,
    diagnostics: Vec<Diagnostic>,
    unclosed: Vec<usize>,
    silenced: Vec<(usize, usize)>,
    insertions: Vec<(usize, &'static str)>,
}

impl<'a> Scan<'a> {
    /// A walk over a text.
    pub fn new(file: FileId, text: &'a str, mend: bool) -> Self {
        Self {
            file,
            text,
            out: text.as_bytes().to_vec(),
            mend,
            unbalanced: false,
            at: 0,
            line: 0,
            indent: 0,
            statement: (0, 0),
            closed: None,
            code_end: 0,
            stack: Vec::new(),
            too_deep: None,
            unpaired: None,
            comments: Vec::new(),
            docs: BTreeMap::new(),
            diagnostics: Vec::new(),
            unclosed: Vec::new(),
            silenced: Vec::new(),
            insertions: Vec::new(),
        }
    }

    /// Walks to the end.
    pub fn run(mut self) -> Self {
        if self.text.starts_with('\u{FEFF}') {
            self.blank(0, 3);
            self.at = 3;
        }
        self.line_start(None);
        while let Some(&byte) = self.text.as_bytes().get(self.at) {
            match byte {
                b'\n' => self.line_start(Some(self.at)),
                b'/' if self.text[self.at..].starts_with("//") => self.comment(),
                b' ' => self.at += 1,
                b'\t' | b'\r' | 0x0B | 0x0C => self.plain_blank(1),
                0..=0x7F if !is_ascii_mark(byte) => self.code(1),
                _ => self.character(),
            }
        }
        self.end();
        self
    }

    /// The result; what was put in is put in here.
    pub fn finish(mut self) -> Layout {
        let mut inserted = Vec::new();
        if !self.insertions.is_empty() {
            self.insertions.sort_by_key(|(at, _)| *at);
            let mut out = Vec::with_capacity(self.out.len() + self.insertions.len());
            let (mut from, mut total) = (0, 0);
            for (at, text) in &self.insertions {
                out.extend_from_slice(&self.out[from..*at]);
                inserted.push((out.len(), total + text.len()));
                out.extend_from_slice(text.as_bytes());
                (from, total) = (*at, total + text.len());
            }
            out.extend_from_slice(&self.out[from..]);
            self.out = out;
        }
        self.diagnostics.sort_by_key(Diagnostic::span);
        self.unclosed.sort_unstable();
        Layout {
            // Only whole characters are ever replaced, by ASCII.
            text: String::from_utf8(self.out).unwrap_or_default(),
            comments: self.comments,
            docs: self.docs,
            diagnostics: self.diagnostics,
            unclosed: self.unclosed,
            silenced: self.silenced,
            inserted,
        }
    }

    /// One ASCII character or more of plain code.
    fn code(&mut self, length: usize) {
        self.at += length;
        self.code_end = self.at;
    }

    /// Every blank is a plain one from here on.
    fn plain_blank(&mut self, length: usize) {
        self.blank(self.at, self.at + length);
        self.at += length;
    }

    fn character(&mut self) {
        let rest = &self.text[self.at..];
        let Some(c) = rest.chars().next() else { return };
        match mark(c) {
            Some(Mark::Quote) => self.quote(rest),
            Some(Mark::NameQuote) => self.name_quote(c),
            Some(Mark::OpenBrace) => self.open(c, true),
            Some(Mark::OpenBracket) => self.open(c, false),
            Some(Mark::CloseBrace) => self.close_brace(c),
            Some(Mark::CloseBracket) => self.close_bracket(c),
            None => {
                if is_hidden(c) {
                    self.hidden(c);
                }
                if crate::keywords::is_blank(c) { self.plain_blank(c.len_utf8()) } else { self.code(c.len_utf8()) }
            }
        }
    }

    fn name_quote(&mut self, c: char) {
        // Where one quote of a line found no partner, the next of its kind need not look.
        let hopeless = self.unpaired.is_some_and(|(quote, line)| quote == c && line == self.line);
        let length = if hopeless { None } else { quoted_name_length(&self.text[self.at..]) };
        if let Some(length) = length {
            self.check_hidden(self.at, length);
            return self.code(length);
        }
        let span = self.span(self.at, self.at + c.len_utf8());
        if !hopeless {
            self.diagnostics.push(messages::unclosed_name(span, c));
        }
        self.unpaired = Some((c, self.line));
        self.blank(self.at, self.at + c.len_utf8());
        self.code(c.len_utf8());
    }

    fn quote(&mut self, rest: &str) {
        if let Some(length) = quoted_length(rest) {
            return self.code(length);
        }
        let line = rest.split('\n').next().unwrap_or(rest);
        let line = line.trim_end_matches(|c: char| crate::keywords::is_blank(c) || c == '\\');
        let end = self.at + line.len();
        self.blank_backslashes(end);
        let (open, close) = match rest.chars().next() {
            Some('“') => ("“", "”"),
            Some('”') => ("”", "”"),
            Some('＂') => ("＂", "＂"),
            _ => ("\"", "\""),
        };
        // What stands in the text between may itself be quotes; only the outer pair counts now.
        self.plain_quotes(self.at + open.len(), end);
        self.insertions.push((end, close));
        self.diagnostics.push(messages::unclosed_text(self.span(self.at, end), close));
        self.code(end - self.at);
    }

    fn open(&mut self, c: char, brace: bool) {
        let length = c.len_utf8();
        let start = self.at;
        if let Some((_, depth)) = &mut self.too_deep {
            *depth += 1;
            self.blank(start, start + length);
            return self.code(length);
        }
        if self.stack.len() >= MAX_DEPTH {
            let outer = self.stack.first().map_or(start, |o| o.at);
            self.diagnostics.push(messages::too_deep(self.span(start, start + length), self.span(outer, outer + 1), MAX_DEPTH));
            self.too_deep = Some((self.statement.0, 1));
            self.blank(start, start + length);
            return self.code(length);
        }
        let keyword = match brace {
            true if self.statement.0 == start => self.closed,
            true => blocks::keyword_of(&self.text[self.statement.0..]),
            false => None,
        };
        self.stack.push(Open {
            at: start,
            brace,
            square: matches!(c, '[' | '［' | '【'),
            keyword,
            indents: (self.statement.1, self.indent),
            line: self.line,
        });
        self.code(length);
        if brace {
            self.next_statement();
        }
    }

    fn close_bracket(&mut self, c: char) {
        if self.close_too_deep(c) {
            return;
        }
        if self.stack.last().is_some_and(|o| !o.brace) {
            self.stack.pop();
        }
        self.code(c.len_utf8());
    }

    fn close_brace(&mut self, c: char) {
        if self.close_too_deep(c) {
            return;
        }
        self.give_up_brackets();
        let closed = self.stack.pop();
        if closed.is_none() {
            self.extra_brace(c.len_utf8());
        }
        self.code(c.len_utf8());
        self.next_statement();
        self.closed = closed.and_then(|o| o.keyword);
    }

    /// Inside what is nested too deep everything is blanked until as much is closed as was opened.
    fn close_too_deep(&mut self, c: char) -> bool {
        let Some((start, depth)) = &mut self.too_deep else { return false };
        let start = *start;
        *depth -= 1;
        let done = *depth == 0;
        self.blank(self.at, self.at + c.len_utf8());
        self.code(c.len_utf8());
        if done {
            self.silenced.push((start, self.at));
            self.too_deep = None;
        }
        true
    }

    fn extra_brace(&mut self, length: usize) {
        self.unbalanced = true;
        self.blank(self.at, self.at + length);
        self.diagnostics.push(messages::extra_brace(self.span(self.at, self.at + length)));
    }

    /// Brackets that are still open where a block or a declaration ends are given up.
    fn give_up_brackets(&mut self) {
        while self.stack.last().is_some_and(|o| !o.brace) {
            if let Some(open) = self.stack.pop() {
                self.unclosed.push(open.at);
            }
        }
    }

    fn comment(&mut self) {
        let start = self.at;
        let end = self.text[start..].find('\n').map_or(self.text.len(), |n| start + n);
        let text = self.text[start..end].trim_end();
        self.comments.push(Comment { span: self.span(start, start + text.len()), text: text.to_owned() });
        self.blank(start, end);
        self.at = end;
    }

    /// At a newline (or the file's start): walks over blanks, comments and empty lines to the next code and says what the newlines are.
    fn line_start(&mut self, newline: Option<usize>) {
        let mut newlines: Vec<usize> = newline.into_iter().collect();
        if let Some(at) = newline {
            self.at = at + 1;
        }
        self.line = self.at;
        let mut doc: Vec<&'a str> = Vec::new();
        let mut empty = true;
        while let Some(c) = self.text[self.at..].chars().next() {
            if c == '\n' {
                if empty {
                    doc.clear();
                }
                newlines.push(self.at);
                self.at += 1;
                (self.line, empty) = (self.at, true);
            } else if self.text[self.at..].starts_with("//") {
                let start = self.at;
                self.comment();
                empty = false;
                match self.text[start..self.at].strip_prefix("///") {
                    Some(text) if !text.starts_with('/') => doc.push(text.trim()),
                    _ => doc.clear(),
                }
            } else if crate::keywords::is_blank(c) {
                self.plain_blank(c.len_utf8());
            } else {
                break;
            }
        }
        self.indent = width(&self.text[self.line..self.at]);
        if !doc.is_empty() {
            self.docs.insert(self.at, doc.join("\n"));
        }
        if self.decide(newlines.is_empty()) {
            newlines.iter().for_each(|at| self.out[*at] = FOLD);
        } else {
            self.next_statement();
        }
    }

    /// Whether the line at hand goes on with the one before.
    fn decide(&mut self, first: bool) -> bool {
        let text = self.text;
        let line = &text[self.at..];
        if self.too_deep.is_some() {
            return true;
        }
        let starts = lines::starts(line);
        if let Some(open) = self.stack.last().copied().filter(|o| !o.brace) {
            let rows = self.stack.iter().rev().find(|o| o.brace).is_some_and(|o| o.keyword == Some("kw_table"));
            let given_up = starts.is_some() || rows || (!open.square && lines::declares(line));
            if !given_up {
                return true;
            }
            self.give_up_brackets();
        }
        if self.mend {
            self.mend_braces(line, starts);
        }
        let top = self.stack.last();
        !first && !top.is_some_and(Open::is_rows) && lines::continues(line, top.is_some_and(Open::is_scenario))
    }

    /// Closes blocks that the line at hand shows to be over.
    fn mend_braces(&mut self, line: &str, starts: Option<&'static crate::keywords::Keyword>) {
        if line.starts_with(['}', '｝']) {
            let indent = self.indent;
            let fits = |o: &Open| o.indents.0 == indent || o.indents.1 == indent;
            let Some(top) = self.stack.last() else { return };
            if fits(top) {
                return;
            }
            if let Some(keep) = self.stack.iter().rposition(fits) {
                if indent < top.indents.0 {
                    self.close_above(keep + 1);
                }
            } else if indent > top.indents.0 && indent > top.indents.1 {
                let length = line.chars().next().map_or(1, char::len_utf8);
                self.extra_brace(length);
                self.at += length;
            }
        } else if let Some(keyword) = starts.or_else(|| blocks::step_in_data(line, self.stack.last())) {
            if blocks::may_stand_in(keyword, self.stack.last()) {
                return;
            }
            let keep = (0..self.stack.len()).rev().find(|n| blocks::may_stand_in(keyword, n.checked_sub(1).map(|i| &self.stack[i])));
            if let Some(keep) = keep {
                self.close_above(keep);
            }
        }
    }

    /// Puts in a `}` for every block above the first `keep`.
    fn close_above(&mut self, keep: usize) {
        while self.stack.len() > keep {
            let Some(open) = self.stack.pop() else { return };
            if !open.brace {
                self.unclosed.push(open.at);
                continue;
            }
            self.unbalanced = true;
            self.insertions.push((self.code_end, "}"));
            if blocks::has_no_block(&open) {
                continue;
            }
            let head = self.text[self.statement_of(open)..open.at].trim_end();
            let head_start = self.statement_of(open);
            let head_span = self.span(head_start, head_start + head.len());
            let told = self
                .diagnostics
                .last()
                .is_some_and(|d| d.code == codes::UNCLOSED_BLOCK && d.labels.get(1).is_some_and(|l| l.span.start == head_span.start));
            if !told {
                self.diagnostics.push(messages::missing_brace(self.span(self.code_end, self.code_end), head_span, head));
            }
        }
    }

    /// Where the line of a block's brace starts, without its blanks.
    fn statement_of(&self, open: Open) -> usize {
        let head = &self.text[open.line..open.at];
        open.line + (head.len() - lines::after_blanks(head).len())
    }

    fn end(&mut self) {
        if let Some((start, _)) = self.too_deep {
            self.silenced.push((start, self.text.len()));
        }
        self.give_up_brackets();
        self.close_above(0);
    }

    fn next_statement(&mut self) {
        let rest = &self.text[self.at..];
        let blanks = rest.len() - lines::after_blanks(rest).len();
        self.statement = (self.at + blanks, self.indent);
        self.closed = None;
    }

    fn hidden(&mut self, c: char) {
        let span = self.span(self.at, self.at + c.len_utf8());
        self.diagnostics.push(messages::hidden_character(span, c));
        self.blank(self.at, self.at + c.len_utf8());
    }

    fn check_hidden(&mut self, start: usize, length: usize) {
        let found: Vec<(usize, char)> = self.text[start..start + length].char_indices().filter(|(_, c)| is_hidden(*c)).collect();
        for (at, c) in found {
            let span = self.span(start + at, start + at + c.len_utf8());
            self.diagnostics.push(messages::hidden_character(span, c));
        }
    }

    fn blank(&mut self, start: usize, end: usize) {
        self.out[start..end].iter_mut().filter(|b| **b != b'\n').for_each(|b| *b = b' ');
    }

    /// A quote that is put in must not be escaped by what stands before it.
    fn blank_backslashes(&mut self, end: usize) {
        let line_end = self.text[end..].find('\n').map_or(self.text.len(), |n| end + n);
        for at in end..line_end {
            if self.out[at] == b'\\' {
                self.out[at] = b' ';
            }
        }
    }

    /// Blanks quotes and escapes inside a text that its line's end closed.
    fn plain_quotes(&mut self, start: usize, end: usize) {
        for (at, c) in self.text[start.min(end)..end].char_indices() {
            if matches!(c, '"' | '“' | '”' | '＂' | '\\') {
                let from = start + at;
                self.out[from..from + c.len_utf8()].iter_mut().for_each(|b| *b = b' ');
            }
        }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }
}

fn is_ascii_mark(byte: u8) -> bool {
    matches!(byte, b'{' | b'}' | b'(' | b')' | b'[' | b']' | b'"' | b'`')
}

/// Columns of a line's blanks; a tab counts four, a wide blank two.
fn width(blanks: &str) -> usize {
    blanks
        .chars()
        .map(|c| {
            if c == '\t' {
                4
            } else if c == '\u{3000}' {
                2
            } else {
                1
            }
        })
        .sum()
}
