//! Lines with indentation; comments and blank lines put back where they stood.
//!
//! In: lines in order, each with the place it came from. Out: the text. Always: every comment comes out once, before what it stood
//! before, or at the end of the line it ended; at most one blank line stands in a row, none at a block's edges.

use crate::{Style, words};
use prog_base::{Lang, Span, text};
use prog_syntax::Comment;

/// The widest line that is not broken, in columns (East-Asian characters take two).
const WIDTH: usize = 120;

pub(crate) struct Writer<'a> {
    pub style: Style,
    text: &'a str,
    comments: &'a [Comment],
    /// What was not understood: whatever holds it is copied.
    unread: Vec<Span>,
    out: String,
    indent: usize,
    /// The last line opened a block.
    opened: bool,
}

impl<'a> Writer<'a> {
    pub fn new(style: Style, text: &'a str, comments: &'a [Comment]) -> Self {
        Self { style, text, comments, unread: Vec::new(), out: String::new(), indent: 0, opened: true }
    }

    /// The same, copying every declaration that holds one of these places.
    pub fn leaving(self, unread: Vec<Span>) -> Self {
        Self { unread, ..self }
    }

    /// Whether something within this span was not understood.
    pub fn has_unread(&self, span: Span) -> bool {
        self.has_unread_beside(span, std::iter::empty())
    }

    /// Whether something within the whole was not understood, and within none of its parts. A place between two characters counts as one.
    pub fn has_unread_beside(&self, whole: Span, parts: impl Iterator<Item = Span> + Clone) -> bool {
        let overlap = |a: Span, b: Span| a.start < b.end.max(b.start + 1) && a.end.max(a.start + 1) > b.start;
        self.unread.iter().any(|unread| overlap(*unread, whole) && !parts.clone().any(|part| overlap(*unread, part)))
    }

    /// A declaration as it stands, its comments included.
    pub fn verbatim(&mut self, span: Span) {
        self.before(span, None);
        self.comments = &self.comments[self.comments.partition_point(|c| c.span.start < span.end)..];
        let text = self.source(span);
        self.line(text);
    }

    /// A keyword's spelling.
    pub fn kw(&self, rule: &'static str) -> &'static str {
        words::spelling(rule, self.style.keywords)
    }

    /// Whether keywords are Chinese.
    pub fn chinese(&self) -> bool {
        self.style.keywords == Lang::Zh
    }

    /// The text as it stood.
    pub fn source(&self, span: Span) -> &'a str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or("").trim()
    }

    /// What stands before a node: comments, at most one blank line, its documentation.
    pub fn before(&mut self, span: Span, doc: Option<&str>) {
        let mut start = span.start as usize;
        let mut due = self.comments.partition_point(|c| (c.span.start as usize) < start);
        let (mut now, later) = self.comments.split_at(due);
        if doc.is_some() {
            while due > 0 && now[due - 1].text.starts_with("///") {
                due -= 1;
                start = now[due].span.start as usize;
            }
            now = &now[..due];
        }
        self.comments = later;
        for comment in now {
            self.comment(comment);
        }
        self.blank_line(start);
        for line in doc.into_iter().flat_map(|d| d.split('\n')) {
            self.line(format!("/// {line}").trim_end());
        }
    }

    /// A whole line for a node.
    pub fn node(&mut self, span: Span, doc: Option<&str>, line: &str) {
        self.before(span, doc);
        self.line(line);
    }

    /// Opens a block: the line gets its brace.
    pub fn open(&mut self, line: &str) {
        self.line(&format!("{line} {{"));
        self.indent += 1;
        self.opened = true;
    }

    /// Closes a block that ended here in the source; `tail` follows the brace.
    pub fn close(&mut self, span: Span, tail: &str) {
        self.before_end(span);
        self.indent -= 1;
        self.opened = true;
        self.line(&format!("}}{tail}"));
    }

    /// A bare line.
    pub fn line(&mut self, line: &str) {
        for _ in 0..self.indent {
            self.out.push_str("    ");
        }
        self.out.push_str(line);
        self.out.push('\n');
        self.opened = false;
    }

    /// A blank line between declarations of a tree without text.
    pub fn separate(&mut self) {
        if self.text.is_empty() && !self.opened {
            self.out.push('\n');
            self.opened = true;
        }
    }

    /// Whether a line of this text, at the present indentation, is narrow enough.
    pub fn fits(&self, line: &str) -> bool {
        self.indent * 4 + width(line) <= WIDTH
    }

    /// A line in pieces: on one line if it fits, else the first piece and each further one, indented, on its own.
    pub fn pieces(&mut self, pieces: &[String]) {
        let whole = pieces.join(" ");
        if self.fits(&whole) {
            return self.line(&whole);
        }
        let Some((first, rest)) = pieces.split_first() else { return };
        let Some((last, middle)) = rest.split_last() else { return self.line(first) };
        let head = std::iter::once(first).chain(middle).cloned().collect::<Vec<_>>().join(" ");
        if self.fits(&head) {
            self.line(&head);
        } else {
            self.line(first);
            self.indented(middle);
        }
        self.indented(std::slice::from_ref(last));
    }

    fn indented(&mut self, lines: &[String]) {
        self.indent += 1;
        for line in lines {
            self.line(line);
        }
        self.indent -= 1;
    }

    /// The text, the last comments included.
    pub fn finish(mut self) -> String {
        let rest = self.comments;
        self.comments = &[];
        for comment in rest {
            self.comment(comment);
        }
        self.out
    }

    fn before_end(&mut self, span: Span) {
        let due = self.comments.partition_point(|c| c.span.start < span.end);
        let (now, later) = self.comments.split_at(due);
        self.comments = later;
        for comment in now {
            self.comment(comment);
        }
    }

    fn comment(&mut self, comment: &Comment) {
        let start = comment.span.start as usize;
        let line_start = self.text[..start].rfind('\n').map_or(0, |i| i + 1);
        let shown = comment.text.trim_end();
        if self.text[line_start..start].trim().is_empty() || self.out.is_empty() {
            self.blank_line(start);
            self.line(shown);
        } else {
            let opened = self.opened;
            self.out.truncate(self.out.trim_end_matches('\n').len());
            self.out.push_str("  ");
            self.out.push_str(shown);
            self.out.push('\n');
            self.opened = opened;
        }
    }

    /// Keeps one blank line where the source has some before `start`.
    fn blank_line(&mut self, start: usize) {
        let before = self.text.get(..start).unwrap_or("");
        let gap = &before[before.trim_end().len()..];
        if !self.opened && gap.matches('\n').count() > 1 {
            self.out.push('\n');
            self.opened = true;
        }
    }
}

/// Columns on a terminal.
pub(crate) fn width(line: &str) -> usize {
    let wide = |c: char| {
        let within = |ranges: &[(u32, u32)]| ranges.iter().any(|(low, high)| (*low..=*high).contains(&(c as u32)));
        within(text::EAST_ASIAN) || (c as u32 >= 0x3000 && within(text::EAST_ASIAN_PUNCTUATION))
    };
    line.chars().map(|c| if wide(c) { 2 } else { 1 }).sum()
}
