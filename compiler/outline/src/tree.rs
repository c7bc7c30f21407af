//! Lines to clauses: chapters, items, unnumbered items, each with its text.
//!
//! In: the lines of one part of a notice. Out: a [`Node`] that holds its clauses, in order. Always: no line is lost; a number inside a
//! line counts only where it goes on counting; a number is kept as printed, even where the notice gives it twice.

use crate::bare;
use crate::lines::{Line, join, width};
use crate::mark::{self, Mark, Style};

/// What an entry of the outline is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// A numbered clause.
    #[default]
    Clause,
    /// An annex.
    Annex,
    /// What has no number.
    Item,
}

/// An entry of the outline.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// Chapter, annex, item.
    pub kind: Kind,
    /// Its style of numbering.
    pub style: Option<Style>,
    /// Its number as citations write it; empty where it has none.
    pub number: String,
    /// Its place in the count.
    pub value: u32,
    /// Its heading; empty where it has none.
    pub label: String,
    /// A short name, where its number is not enough.
    pub alias: Option<String>,
    /// Announced, and not in the text.
    pub absent: bool,
    /// Its own text, without that of its entries; paragraphs apart by newlines.
    pub text: String,
    /// The rows of tables in it.
    pub rows: Vec<Vec<String>>,
    /// Entries directly under it.
    pub children: Vec<Node>,
    /// Of a whole part: lines that start with a number and were taken for text.
    pub passed_over: Vec<String>,
}

impl Node {
    /// Adds a line of text: to the sentence before, or as a paragraph.
    fn add(&mut self, text: &str, continues: bool) {
        if self.text.is_empty() {
            self.text = text.to_owned();
        } else if continues {
            join(&mut self.text, text);
        } else {
            self.text += "\n";
            self.text += text;
        }
    }

    /// Adds a line; what looked like a heading, and stops in the middle of a sentence, was none.
    fn go_on(&mut self, text: &str, continues: bool) {
        if !(continues && self.text.is_empty() && !self.label.is_empty() && self.children.is_empty() && self.style.is_some()) {
            self.add(text, continues);
            return;
        }
        let mut whole = std::mem::take(&mut self.label);
        join(&mut whole, text);
        let (label, text) = split_heading(&whole);
        let still_one = text.is_empty()
            || (label.is_empty() && width(text) <= 90 && !text.contains(['。', '；', '，', ',', ';']) && !text.ends_with('.'));
        (self.label, self.text) = if still_one { (whole.clone(), String::new()) } else { (label.to_owned(), text.to_owned()) };
    }

    /// This entry and all under it.
    pub fn visit<'n>(&'n self, then: &mut impl FnMut(&'n Node)) {
        then(self);
        self.children.iter().for_each(|child| child.visit(then));
    }
}

/// Reads the clauses of one part into `root`.
pub fn read(lines: &[Line], root: Node) -> Node {
    let mut walk = Walk { open: vec![root], base: 0, passed_over: Vec::new() };
    for (line, chapter) in lines.iter().zip(bare::chapters(lines)) {
        walk.line(line, chapter);
    }
    walk.finish()
}

struct Walk {
    /// The root and the entries open in it, outermost first.
    open: Vec<Node>,
    /// Where the clauses of the current part start: an appended plan counts anew.
    base: usize,
    /// Lines that start with a number and open no clause.
    passed_over: Vec<String>,
}

impl Walk {
    /// Reads a line, which opens a chapter if its number has no mark.
    fn line(&mut self, line: &Line, mut chapter: Option<Mark>) {
        if let Some(cells) = &line.cells {
            self.row(cells);
            return;
        }
        let mut rest = line.text.as_str();
        let mut at_line_start = true;
        while !rest.is_empty() {
            let found = mark::at_start(rest).map(|m| self.resolved(m));
            let opens = |m: &Mark| if at_line_start { self.opens_line(m, line.continues) } else { self.goes_on(m) };
            let taken = chapter.take().or_else(|| found.clone().filter(opens));
            if at_line_start && taken.is_none() && !line.continues && (found.is_some() || bare::heading(line).is_some()) {
                self.passed_over.push(line.text.clone());
            }
            let start = taken.as_ref().map_or(0, |m| m.len);
            if let Some(mark) = taken {
                self.open_clause(&mark);
            }
            let fresh = start > 0;
            let end = self.next_inside(rest, start);
            let segment = rest[start..end].trim();
            if fresh {
                self.heading(segment);
            } else if !segment.is_empty() {
                self.top().go_on(segment, line.continues && at_line_start);
            }
            rest = rest[end..].trim_start();
            at_line_start = false;
        }
    }

    fn row(&mut self, cells: &[String]) {
        let top = self.top();
        top.rows.push(cells.to_vec());
        let said: Vec<&str> = cells.iter().map(String::as_str).filter(|c| !c.is_empty()).collect();
        top.add(&said.join(" "), false);
    }

    fn top(&mut self) -> &mut Node {
        let last = self.open.len() - 1;
        &mut self.open[last]
    }

    /// The open entry of a style.
    fn open_of(&self, style: Style) -> Option<usize> {
        (self.base + 1..self.open.len()).rev().find(|i| self.open[*i].style == Some(style))
    }

    fn last_value(&self, style: Style) -> Option<u32> {
        self.open_of(style).map(|i| self.open[i].value)
    }

    /// A letter that may be a Roman number is read as the count before it goes on.
    fn resolved(&self, mark: Mark) -> Mark {
        let inner: Vec<char> = mark.number.chars().filter(char::is_ascii_alphabetic).collect();
        let [c] = inner.as_slice() else { return mark };
        let roman = match c.to_ascii_lowercase() {
            'i' => 1,
            'v' => 5,
            'x' => 10,
            _ => return mark,
        };
        let letter = u32::from(c.to_ascii_lowercase()) - u32::from('a') + 1;
        let (letters, romans) = match mark.style {
            Style::LowerLetter => (Style::LowerLetter, Style::LowerRoman),
            Style::UpperRoman | Style::UpperLetter => (Style::UpperLetter, Style::UpperRoman),
            _ => return mark,
        };
        match self.last_value(letters).is_some_and(|last| last + 1 == letter) {
            true => Mark { style: letters, value: letter, ..mark },
            false => Mark { style: romans, value: roman, ..mark },
        }
    }

    /// Whether a mark goes on counting, or starts a count that is not open.
    fn goes_on(&self, mark: &Mark) -> bool {
        match self.last_value(mark.style) {
            Some(last) => mark.style != Style::Dash && mark.value == last + 1,
            None => mark.value == 1 && mark.style != Style::Dash,
        }
    }

    /// Whether a mark at the start of a line opens a clause: always, unless the line is the middle of a sentence.
    fn opens_line(&self, mark: &Mark, continues: bool) -> bool {
        let first_dotted =
            mark.style != Style::Dotted || self.parent_of_dotted(mark).is_some() || mark.value == 1 || self.follows_dotted(mark);
        first_dotted && (!continues || self.goes_on(mark) || self.last_value(mark.style).is_some_and(|last| mark.value == last + 1))
    }

    /// Where in the line the next clause starts, if one does.
    fn next_inside(&self, text: &str, start: usize) -> usize {
        let (mut depth, mut last) = (0_i32, None::<char>);
        let mut blank = false;
        let mut embedded: Vec<Style> = Vec::new();
        for (at, c) in text.char_indices().skip_while(|(at, _)| *at < start) {
            let ended = last.is_some_and(|c| "。；;!！?？：:.”）)".contains(c));
            let sentence = last.is_some_and(|c| "。；;".contains(c));
            let headed = blank && start > 0 && width(&text[start..at]) <= 44 && !text[start..at].contains(['，', '。', ',', '.']);
            let after_colon = last.is_some_and(|c| "：:".contains(c));
            if at > start && depth == 0 && (sentence || after_colon || (blank && (ended || headed))) {
                let mark = mark::at_start(&text[at..]).map(|m| self.resolved(m));
                match mark.filter(|m| !embedded.contains(&m.style)) {
                    // `内容包括：1.甲；2.乙`: a list inside a sentence counts for itself.
                    Some(m) if after_colon && !blank => embedded.push(m.style),
                    Some(m) if self.fits_inside(&m, blank) => return at,
                    Some(_) | None => {}
                }
            }
            match c {
                '（' | '(' | '“' | '《' => depth += 1,
                '）' | ')' | '”' | '》' => depth = (depth - 1).max(0),
                _ => {}
            }
            blank = c.is_whitespace();
            if !blank {
                last = Some(c);
            }
        }
        text.len()
    }

    fn fits_inside(&self, mark: &Mark, blank: bool) -> bool {
        let counting = self.last_value(mark.style).is_some_and(|last| mark.value == last + 1);
        let han = matches!(mark.style, Style::Han | Style::HanInBrackets | Style::Chapter | Style::Article);
        mark.style != Style::Dash && (counting || (mark.value == 1 && self.last_value(mark.style).is_none() && (blank || han)))
    }

    fn parent_of_dotted(&self, mark: &Mark) -> Option<usize> {
        let (prefix, _) = mark.number.rsplit_once('.')?;
        let first: Option<u32> = prefix.parse().ok();
        (self.base + 1..self.open.len()).rev().find(|i| {
            let node = &self.open[*i];
            node.number == prefix || (first == Some(node.value) && node.style.is_some_and(|s| s < Style::Dotted))
        })
    }

    /// `1.2` after `1.1`, though no chapter 1 has been seen.
    fn follows_dotted(&self, mark: &Mark) -> bool {
        let before = |number: &str| number.rsplit_once('.').map(|(prefix, _)| prefix.to_owned());
        let open = &self.open[self.base + 1..];
        open.iter().any(|n| n.style == Some(Style::Dotted) && before(&n.number) == before(&mark.number) && mark.value > n.value)
    }

    fn open_clause(&mut self, mark: &Mark) {
        self.new_part(mark);
        let depth = match (mark.style, self.open_of(mark.style)) {
            (Style::Dotted, _) => self.parent_of_dotted(mark).map_or(self.base, |i| i),
            (_, Some(sibling)) => sibling - 1,
            (style, None) => self.place(style, mark.value),
        };
        self.close_to(depth);
        let number = match mark.style {
            Style::DigitBracket | Style::LowerLetter => format!("({})", mark.number.trim_matches(['(', ')'])),
            _ => mark.number.clone(),
        };
        let kind = if mark.style == Style::Dash { Kind::Item } else { Kind::Clause };
        self.open.push(Node { kind, style: Some(mark.style), number, value: mark.value, ..Node::default() });
    }

    /// The last open entry that may hold a style that is not open yet.
    fn place(&self, style: Style, value: u32) -> usize {
        let outermost = self.open.get(self.base + 1).and_then(|n| n.style);
        let inner_here = !style.is_chapter() && value <= 1 && outermost.is_some_and(|o| o > style);
        if inner_here || style == Style::Dash {
            return self.open.len() - 1;
        }
        let inner = (self.base + 1..self.open.len()).find(|i| self.open[*i].style.is_some_and(|s| s >= style));
        inner.map_or(self.open.len() - 1, |i| i - 1)
    }

    /// Chapters that count from one again belong to a text of their own: a plan that the notice sends out.
    fn new_part(&mut self, mark: &Mark) {
        let outermost = self.open.get(self.base + 1);
        let again = mark.value == 1 && mark.style.is_chapter() && outermost.is_some_and(|n| n.style == Some(mark.style) && n.value > 1);
        if !again {
            return;
        }
        let last = self.top();
        let title = last.text.lines().next_back().filter(|l| width(l) <= 80 && !l.ends_with(['。', '；', ';', '.'])).map(str::to_owned);
        if let Some(title) = &title {
            let keep = last.text.len() - title.len();
            last.text.truncate(keep);
            last.text = last.text.trim_end().to_owned();
        }
        self.close_to(0);
        let parts = self.open[0].children.iter().filter(|n| n.kind == Kind::Item && n.style.is_none()).count() + 2;
        let label = title.unwrap_or_else(|| format!("第{}部分", crate::han(parts as u32)));
        self.open.push(Node { kind: Kind::Item, label, ..Node::default() });
        self.base = 1;
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth + 1 {
            let Some(done) = self.open.pop() else { return };
            self.top().children.push(crate::unnumbered::settle(done));
        }
        self.base = self.base.min(depth);
    }

    /// What stands after the number: a heading, a heading and text, or text.
    fn heading(&mut self, segment: &str) {
        let (label, text) = split_heading(segment);
        let top = self.top();
        top.label = label.to_owned();
        top.text = text.to_owned();
    }

    fn finish(mut self) -> Node {
        self.close_to(0);
        let root = crate::unnumbered::settle(std::mem::take(self.top()));
        Node { passed_over: self.passed_over, ..root }
    }
}

/// A heading of this width is one; longer ones are sentences.
const HEADING: usize = 50;

/// Heading and text, either of which may be empty.
pub fn split_heading(segment: &str) -> (&str, &str) {
    let ends = |c: char| matches!(c, '。' | '；' | ';' | '！' | '？');
    let latin = segment.chars().filter(char::is_ascii_alphabetic).count() * 2 > segment.chars().count();
    let stop = if latin { segment.find(". ").or(segment.strip_suffix('.').map(str::len)) } else { segment.find(ends) };
    // `申报时间：2024年…`
    if let Some((before, after)) = segment.split_once(['：', ':'])
        && width(before) <= 24
        && !before.is_empty()
        && !before.contains(['，', ',', '。', '（', '('])
    {
        return (before.trim(), after.trim());
    }
    // `…应当具备下列条件：` leads on to a list.
    if segment.ends_with(['：', ':']) {
        return ("", segment);
    }
    let lower = latin && segment.starts_with(char::is_lowercase);
    let Some(stop) = stop else {
        let blank = segment.find(char::is_whitespace).filter(|at| !latin && width(&segment[..*at]) <= HEADING && width(segment) > HEADING);
        return match blank {
            Some(at) => (&segment[..at], segment[at..].trim_start()),
            None if width(segment) <= if latin { 72 } else { HEADING } && !lower && !segment.ends_with([',', '，', '、', ';']) => {
                (segment, "")
            }
            None => ("", segment),
        };
    };
    let (first, rest) = segment.split_at(stop);
    let rest = rest.trim_start_matches(|c: char| ends(c) || c == '.').trim_start();
    // A heading before a blank, the sentence after it.
    if let Some(at) = first.find(char::is_whitespace).filter(|_| !latin) {
        let head = &first[..at];
        let goes_on = head.ends_with(['于', '在', '至', '为', '自', '从', '以', '和', '的'])
            || first[at..].trim_start().starts_with(|c: char| c.is_ascii());
        if width(head) <= 40 && !head.contains(['，', ',', '、']) && width(first) > 40 && !goes_on {
            return (head, segment[at..].trim_start());
        }
    }
    let short = if latin {
        !lower && width(first) <= 40 && first.split_whitespace().count() <= 6
    } else {
        width(first) <= 40 && han_heading(first)
    };
    if short && !rest.is_empty() && segment[stop..].starts_with(['。', '.']) { (first, rest) } else { ("", segment) }
}

/// Whether a first sentence looks like a heading: at most two phrases, without the words and numbers of a condition.
fn han_heading(first: &str) -> bool {
    let phrases = first.split(['，', ',', '、']).count();
    let says = ["不超过", "不少于", "不得", "应当", "必须", "前完成", "日前"].iter().any(|word| first.contains(word));
    phrases <= 3 && !says && !first.chars().any(|c| c.is_ascii_digit() && first.contains('年'))
}
