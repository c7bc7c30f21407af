//! Lines with indentation; comments and blank lines put back where they stood.
//!
//! In: lines in order, each with the place it came from. Out: the text. Always: every comment comes out once, before what it stood
//! before, or at the end of the line it ended; at most one blank line stands in a row, none at a block's edges.

use crate::{Style, words};
use prog_base::{Lang, Span, text};
use prog_syntax::Comment;

/// The widest line that is not broken, in columns, every word, number and text reckoned at its usual width.
const WIDTH: usize = 124;

/// What a word, a number and a text usually take, in columns: in declarations, and in a scenario's data.
struct Usual {
    word: usize,
    number: usize,
    text: usize,
    line: usize,
}

const DECLARED: Usual = Usual { word: 8, number: 4, text: 36, line: WIDTH };
const DATA: Usual = Usual { word: 6, number: 3, text: 14, line: WIDTH };
/// Data that its author wrote side by side.
const BESIDE: Usual = Usual { line: 160, ..DATA };

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
    /// What the next line starts with: the word in front of an amended declaration.
    prefix: &'static str,
}

impl<'a> Writer<'a> {
    pub fn new(style: Style, text: &'a str, comments: &'a [Comment]) -> Self {
        Self { style, text, comments, unread: Vec::new(), out: String::new(), indent: 0, opened: true, prefix: "" }
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
        self.line(format!("{line} {{").trim_start());
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

    /// Opens a list behind its key.
    pub fn open_list(&mut self, key: &str) {
        self.line(format!("{key} [").trim_start());
        self.indent += 1;
        self.opened = true;
    }

    /// Closes a list that ended here in the source; `tail` follows the bracket.
    pub fn close_list(&mut self, span: Span, tail: &str) {
        self.before_end(span);
        self.indent -= 1;
        self.line(&format!("]{tail}"));
    }

    /// A bare line.
    pub fn line(&mut self, line: &str) {
        for _ in 0..self.indent {
            self.out.push_str("    ");
        }
        if !self.prefix.is_empty() {
            self.out.push_str(std::mem::take(&mut self.prefix));
            self.out.push(' ');
        }
        self.out.push_str(line);
        self.out.push('\n');
        self.opened = false;
    }

    /// The next line is a declaration that amends.
    pub fn amending(&mut self) {
        self.prefix = self.kw("kw_amend");
    }

    /// A blank line between declarations of a tree without text.
    pub fn separate(&mut self) {
        if self.text.is_empty() && !self.opened {
            self.out.push('\n');
            self.opened = true;
        }
    }

    /// Whether a line of this shape, at the present indentation, is narrow enough. The words themselves do not count, so that no edit of
    /// one moves a line.
    pub fn fits(&self, line: &str) -> bool {
        self.indent * 4 + usual_width(line, &DECLARED) <= DECLARED.line
    }

    /// The same for a scenario's data, whose words and texts are short. It is reckoned in English words: what stands side by side in one
    /// language does so in the other, too.
    pub fn data_fits(&self, line: impl Fn(&Self) -> String) -> bool {
        self.indent * 4 + usual_width(&line(&self.in_english()), &DATA) <= DATA.line
    }

    /// The same for data that its author wrote side by side, which may go on for longer.
    pub fn row_fits(&self, line: impl Fn(&Self) -> String) -> bool {
        self.indent * 4 + usual_width(&line(&self.in_english()), &BESIDE) <= BESIDE.line
    }

    /// A writer of the same text that has English words and nothing written yet.
    fn in_english(&self) -> Self {
        let style = Style { keywords: Lang::En };
        Self { indent: self.indent, ..Self::new(style, self.text, &[]) }
    }

    /// A line in pieces, each with the place it came from: on one line if it fits and no comment stands between them; else a test on a
    /// line of its own, and each piece that does not fit on the line before.
    /// Says whether it took more than one.
    pub fn pieces(&mut self, pieces: &[Piece]) -> bool {
        let whole = joined(pieces);
        if pieces.len() < 2 || !self.parted(pieces) && self.fits(&whole) {
            self.line(&whole);
            return false;
        }
        let mut line = String::new();
        let outer = self.indent;
        // What a rule tests and what a name stands for begins a line, and what follows a test another.
        let test = pieces.iter().position(|p| p.text.starts_with([':', '='])).filter(|at| !self.fits(&joined(&pieces[..=*at])));
        for (i, piece) in pieces.iter().enumerate() {
            let longer = if line.is_empty() { piece.text.clone() } else { format!("{line} {}", piece.text) };
            let commented = piece.place.is_some_and(|place| self.comments.first().is_some_and(|c| c.span.start < place.start));
            if i > 0 && (commented || test.is_some_and(|at| i >= at) || !self.fits(&longer)) {
                self.line(&line);
                self.indent = outer + 1;
                if let Some(place) = piece.place {
                    self.comments_before(place.start);
                }
                line.clone_from(&piece.text);
            } else {
                line = longer;
            }
        }
        self.line(&line);
        let broken = self.indent > outer;
        self.indent = outer;
        broken
    }

    /// Pieces on one line if they fit and may, else each on its own.
    pub fn one_or_each(&mut self, pieces: &[Piece], apart: bool) {
        let whole = joined(pieces);
        if !apart && !self.parted(pieces) && self.fits(&whole) {
            return self.line(&whole);
        }
        let outer = self.indent;
        for piece in pieces {
            if let Some(place) = piece.place {
                self.comments_before(place.start);
            }
            self.line(&piece.text);
            self.indent = outer + 1;
        }
        self.indent = outer;
    }

    /// Whether a comment stands among pieces.
    fn parted(&self, pieces: &[Piece]) -> bool {
        let last = pieces.iter().rev().find_map(|p| p.place).map_or(0, |place| place.start);
        self.comments.first().is_some_and(|c| c.span.start < last)
    }

    /// Opens a block whose head is in pieces; says whether the head took more than one line.
    pub fn open_pieces(&mut self, mut pieces: Vec<Piece>) -> bool {
        if let Some(last) = pieces.last_mut() {
            last.text += " {";
        }
        let broken = self.pieces(&pieces);
        self.indent += 1 + usize::from(broken);
        self.opened = true;
        broken
    }

    /// Closes a block whose head was in pieces.
    pub fn close_pieces(&mut self, span: Span, tail: &str, broken: bool) {
        self.close(span, tail);
        self.indent -= usize::from(broken);
    }

    /// Whether a comment stands within this span and is not yet out.
    pub fn has_comment(&self, span: Span) -> bool {
        let first = self.comments.partition_point(|c| c.span.start < span.start);
        self.comments.get(first).is_some_and(|c| c.span.start < span.end)
    }

    /// Whether a line of the source ends between two places.
    pub fn parts_lines(&self, from: Span, to: Span) -> bool {
        self.text.get(from.end as usize..to.start as usize).is_some_and(|between| between.contains('\n'))
    }

    /// The span with the keyword that stands before it on its line.
    pub fn with_keyword(&self, span: Span) -> Span {
        let before = self.text.get(..span.start as usize).unwrap_or("");
        let word = before.trim_end_matches([' ', '\t', '\u{A0}', '\u{3000}']);
        let start = word.rfind(char::is_whitespace).map_or(0, |i| i + word[i..].chars().next().map_or(0, char::len_utf8));
        Span { start: start as u32, ..span }
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
        self.comments_before(span.end);
    }

    fn comments_before(&mut self, place: u32) {
        let due = self.comments.partition_point(|c| c.span.start < place);
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

/// A part of a declaration that may stand on a line of its own.
pub(crate) struct Piece {
    /// What stands there.
    pub text: String,
    /// Where it came from, if that is known: comments before it stay before it.
    pub place: Option<Span>,
}

impl Piece {
    pub fn at(text: String, place: Span) -> Self {
        Self { text, place: Some(place) }
    }
}

impl From<String> for Piece {
    fn from(text: String) -> Self {
        Self { text, place: None }
    }
}

fn joined(pieces: &[Piece]) -> String {
    pieces.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// The columns that a line of this shape usually takes: what stands between blanks is a word, a number or a sign.
fn usual_width(line: &str, usual: &Usual) -> usize {
    let mut width = 0;
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let (taken, columns) = match first {
            ' ' => (1, 1),
            '"' => (text_length(rest), usual.text),
            _ => {
                let length = rest.find([' ', '"']).unwrap_or(rest.len());
                (length, token_width(&rest[..length], usual))
            }
        };
        width += columns;
        rest = &rest[taken..];
    }
    width
}

fn token_width(token: &str, usual: &Usual) -> usize {
    let first = token.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().next();
    if first.is_some_and(char::is_alphabetic) {
        usual.word
    } else if first.is_some() {
        usual.number
    } else {
        token.len()
    }
}

/// The bytes of a text in quotes at the start of `rest`.
fn text_length(rest: &str) -> usize {
    let mut escaped = true;
    for (at, c) in rest.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// Columns on a terminal.
pub(crate) fn width(line: &str) -> usize {
    let wide = |c: char| {
        let within = |ranges: &[(u32, u32)]| ranges.iter().any(|(low, high)| (*low..=*high).contains(&(c as u32)));
        within(text::EAST_ASIAN) || (c as u32 >= 0x3000 && within(text::EAST_ASIAN_PUNCTUATION))
    };
    line.chars().map(|c| if wide(c) { 2 } else { 1 }).sum()
}
