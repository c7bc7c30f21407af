//! Why a slice was not understood.
//!
//! In: a `bad` or `odd` pair and the block it stands in. Out: one diagnostic that says what was expected there, in the author's words.
//! Always: only the line at fault is parsed again; the likeliest slip of a hand is named before the grammar's view.

use crate::from_pairs::Builder;
use crate::grammar::{Grammar, Pair, Parser, Rule};
use crate::idioms;
use crate::keywords::{self, Keyword, is_blank, is_word};
use crate::layout::{first_word, starts};
use crate::messages;
use crate::words::{self, Word};
use prog_base::Span;

/// A line that was not understood.
struct Fault<'a> {
    /// The line, members before the fault included.
    line: &'a str,
    /// Where the line starts in the prepared text.
    start: usize,
    /// Where the member that was not understood starts in the line.
    member: usize,
    /// How far the grammar came.
    at: usize,
    /// What it would have read there.
    expected: Vec<Word>,
    /// The rules behind that.
    rules: Vec<Rule>,
}

impl Fault<'_> {
    fn rest(&self) -> &str {
        &self.line[self.at..]
    }
}

impl Builder<'_> {
    /// Says why a member was not understood; `only` reads members of its block alone.
    pub fn bad(&mut self, pair: Pair, only: Rule) -> Span {
        let span = self.trimmed(&pair);
        self.unread.push(span);
        let start = pair.as_span().start();
        let text = pair.get_input();
        let line_start = line_start(text, start);
        if self.told(self.layout.span(self.id, line_start, start).to(span)) {
            return span;
        }
        let line = text[line_start..start + pair.as_str().len()].trim_end();
        let (at, rules) = match Grammar::parse(only, line) {
            Ok(_) => (start - line_start, Vec::new()),
            Err(error) => furthest(&error),
        };
        let member = start - line_start;
        let fault = Fault { line, start: line_start, member, at: skip_blanks(line, at), expected: words::expected(&rules), rules };
        self.diagnose(&fault, only);
        self.unread.extend(self.diagnostics.last().and_then(prog_base::Diagnostic::span));
        span
    }

    /// Says that words in a block's head were not understood.
    pub fn odd(&mut self, pair: Pair, block: Rule) {
        let span = self.trimmed(&pair);
        self.unread.push(span);
        if self.told(span) {
            return;
        }
        let expected = words::expected(head_words(block));
        let fault = Fault { line: pair.as_str().trim_end(), start: pair.as_span().start(), member: 0, at: 0, expected, rules: Vec::new() };
        if !self.slip(&fault) {
            self.general(&fault);
        }
    }

    /// Whether something was already said about this place.
    fn told(&self, span: Span) -> bool {
        let start = |d: &prog_base::Diagnostic| d.span().map_or(0, |s| s.start);
        let all = &self.layout.diagnostics;
        let near = all[all.partition_point(|d| start(d) < span.start)..].iter().take_while(|d| start(d) <= span.end);
        near.into_iter().any(|d| d.code != prog_base::codes::UNCLOSED_BLOCK && d.code != prog_base::codes::EXTRA_BRACE)
    }

    fn place(&self, fault: &Fault, from: usize, length: usize) -> Span {
        self.layout.span(self.id, fault.start + from, fault.start + from + length)
    }

    fn diagnose(&mut self, fault: &Fault, only: Rule) {
        if self.unclosed(fault) || self.wrong_place(fault, only) || self.idiom(fault) || self.slip(fault) || self.name_needed(fault) {
            return;
        }
        self.general(fault);
    }

    /// A `(` or `[` that nothing closes, or one that closes nothing.
    fn unclosed(&mut self, fault: &Fault) -> bool {
        let (from, to) = (self.layout.real(fault.start), self.layout.real(fault.start + fault.line.len()));
        let first = self.layout.unclosed.partition_point(|at| *at < from);
        let Some(open) = self.layout.unclosed.get(first).copied().filter(|at| *at < to) else {
            let closer = fault.rest().chars().next().filter(|c| matches!(c, ')' | '）' | ']' | '］' | '】'));
            return closer.is_some_and(|c| {
                let place = self.place(fault, fault.at, c.len_utf8());
                let unopened = !fault.expected.iter().any(|w| matches!(w, Word::Kind(_)));
                if unopened {
                    self.say(messages::extra_bracket(place, c));
                }
                unopened
            });
        };
        let sign = fault.line.get(open - from..).and_then(|t| t.chars().next()).unwrap_or('(');
        let place = Span::new(self.id, open, open + sign.len_utf8());
        self.say(messages::unclosed_bracket(place, sign));
        true
    }

    /// A declaration that is good in another block.
    fn wrong_place(&mut self, fault: &Fault, only: Rule) -> bool {
        let line = &fault.line[fault.member..];
        let Some(keyword) = starts(line).or_else(|| starting_keyword(line)) else { return false };
        if may_start(only, keyword) {
            return false;
        }
        let Some(home) = home(keyword) else { return false };
        let length = keywords::longest_at(line).map_or(0, |(n, _)| n);
        let place = self.place(fault, fault.member, length);
        self.say(messages::wrong_place(place, &line[..length], &home, only == Rule::only_top));
        true
    }

    /// Words of offices that the language spells otherwise.
    fn idiom(&mut self, fault: &Fault) -> bool {
        let Some(idiom) = idioms::find(fault.line, fault.at, fault.member) else { return false };
        let place = self.place(fault, idiom.place.0, idiom.place.1 - idiom.place.0);
        self.say(messages::idiom(place, &fault.line[idiom.place.0..idiom.place.1], &idiom.instead));
        true
    }

    /// A misspelt keyword, or one written together with the name behind it.
    fn slip(&mut self, fault: &Fault) -> bool {
        let rest = fault.rest();
        if rest.starts_with("评定") && self.slip_before(fault) {
            return true;
        }
        let candidates: Vec<&Keyword> = fault.expected.iter().filter_map(keyword_of).chain(hidden_keywords(&fault.rules)).collect();
        if let Some(word) = first_word(rest) {
            if let Some((keyword, name)) = glued(word, &candidates) {
                let place = self.place(fault, fault.at, word.len());
                self.say(messages::missing_space(place, keyword, name));
                return true;
            }
            if let Some((length, near)) = nearest(rest, &candidates) {
                let place = self.place(fault, fault.at, length);
                self.say(messages::misspelt(place, &rest[..length], &near));
                return true;
            }
        }
        self.slip_before(fault)
    }

    /// The word before may be a keyword and a name in one (`由专家组 评定`), or part of a misspelt keyword of several words (`at mots 5`).
    fn slip_before(&mut self, fault: &Fault) -> bool {
        let rest = fault.rest();
        let word_start = word_before(fault.line, fault.at);
        let word = fault.line[word_start..fault.at].trim_end_matches(is_blank);
        let short: Vec<&Keyword> = keywords::all().iter().filter(|k| k.continues && k.chinese.chars().count() < 4).collect();
        let telling = first_word(rest).is_some_and(keywords::is_keyword) || rest.is_empty();
        if let Some((keyword, name)) = glued(word, &short).filter(|_| telling && !keywords::is_keyword(word)) {
            let place = self.place(fault, word_start, word.len());
            self.say(messages::missing_space(place, keyword, name));
            return true;
        }
        let phrases: Vec<&Keyword> = keywords::all().iter().filter(|k| k.english.contains(' ')).collect();
        for start in [word_start, word_before(fault.line, word_start)] {
            let found = nearest(&fault.line[start..], &phrases).filter(|(n, _)| fault.line[start..start + n].contains(' '));
            let to = fault.at + first_word(rest).map_or(0, str::len);
            if let Some((length, near)) = found.filter(|(n, _)| start + n <= to) {
                let place = self.place(fault, start, length);
                self.say(messages::misspelt(place, &fault.line[start..start + length], &near));
                return true;
            }
        }
        false
    }

    /// Where a name is needed, a keyword or a word that starts with a digit.
    fn name_needed(&mut self, fault: &Fault) -> bool {
        let needed = fault.rules.iter().any(|r| {
            matches!(words::of(*r).first(), Some(Word::Kind(t)) if t.en == "a name" || t.en == "a value or condition" || t.en.starts_with("a type") || t.en == "what is tested")
        });
        if !needed {
            return false;
        }
        let rest = fault.rest();
        let word = &rest[..rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())];
        if word.is_empty() {
            return false;
        }
        let place = self.place(fault, fault.at, word.len());
        if keywords::is_keyword(word) {
            self.say(messages::keyword_as_name(place, word));
            return true;
        }
        let digit = word.starts_with(|c: char| c.is_numeric()) && word.contains(|c: char| !c.is_numeric() && c != '_');
        if digit {
            self.say(messages::digit_as_name(place, word));
        }
        digit
    }

    /// What the grammar expected, in words.
    fn general(&mut self, fault: &Fault) {
        let rest = fault.rest();
        if rest.is_empty() {
            let place = self.place(fault, fault.at, 0);
            return self.say(messages::ends_early(place, &listed(&fault.expected)));
        }
        let found = found(rest);
        let place = self.place(fault, fault.at, found.len());
        if let Some(number) = thousands(fault.line, fault.at) {
            let place = self.place(fault, number.0, number.1.len());
            return self.say(messages::thousands(place, number.1));
        }
        let missing = [":", "->", "=", "|"].into_iter().find(|s| fault.expected.contains(&Word::Sign(s)));
        if let Some(sign) = missing.filter(|s| !found.starts_with(*s) && !found.starts_with([')', ']', '}'])) {
            return self.say(messages::missing_sign(place, sign, found, fault.rules.contains(&Rule::comma)));
        }
        if fault.at == fault.member && !fault.line[..fault.at].trim().is_empty() {
            let more: Vec<Word> = fault.expected.iter().filter(|w| keyword_of(w).is_some_and(|k| k.continues)).cloned().collect();
            return self.say(messages::left_over(place, found, &listed(&more)));
        }
        self.say(messages::unexpected(place, found, &listed(&fault.expected)));
    }
}

/// Where parsing came furthest, and what could have stood there.
fn furthest(error: &pest::error::Error<Rule>) -> (usize, Vec<Rule>) {
    let at = match error.location {
        pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at,
    };
    match &error.variant {
        pest::error::ErrorVariant::ParsingError { positives, .. } => (at, positives.clone()),
        pest::error::ErrorVariant::CustomError { .. } => (at, Vec::new()),
    }
}

/// The start of the line of members that a place stands on: after a newline or the brace of its block.
fn line_start(text: &str, at: usize) -> usize {
    let mut depth = 0;
    let mut start = 0;
    for (i, c) in text[..at].char_indices().rev() {
        match c {
            '\n' if depth == 0 => {
                start = i + 1;
                break;
            }
            '{' | '｛' if depth == 0 => {
                start = i + c.len_utf8();
                break;
            }
            '}' | '｝' => depth += 1,
            '{' | '｛' => depth -= 1,
            _ => {}
        }
    }
    start
}

fn skip_blanks(line: &str, at: usize) -> usize {
    let rest = &line[at..];
    at + rest.len() - rest.trim_start_matches(|c| is_blank(c) || c == '\n').len()
}

/// The word, text or sign at the start of what is left.
fn found(rest: &str) -> &str {
    if let Some(word) = first_word(rest) {
        return word;
    }
    let quoted = crate::layout::quoted_length(rest).filter(|_| rest.starts_with(['"', '“', '”', '＂']));
    let length = quoted.unwrap_or_else(|| rest.chars().next().map_or(0, char::len_utf8));
    &rest[..length]
}

fn keyword_of(word: &Word) -> Option<&'static Keyword> {
    match word {
        Word::Keyword(keyword) => Some(keyword),
        Word::Sign(_) | Word::Kind(_) | Word::Weak(_) => None,
    }
}

/// Operators are not listed in messages, but may well be what was meant.
fn hidden_keywords(rules: &[Rule]) -> Vec<&'static Keyword> {
    let operators = rules.iter().any(|r| matches!(r, Rule::compare_op | Rule::kw_at_least | Rule::kw_at_most | Rule::kw_and | Rule::kw_or));
    keywords::all().iter().filter(|k| operators && k.position == "operator").collect()
}

/// Whether a keyword may start a member of the block that `only` reads.
fn may_start(only: Rule, keyword: &Keyword) -> bool {
    let position = keyword.position;
    match only {
        Rule::only_top => matches!(position, "file" | "item" | "header" | "declared-reading"),
        Rule::only_item => matches!(position, "item" | "header" | "declared-reading"),
        Rule::only_track => matches!(position, "track" | "strength") || keyword.rule == "kw_let",
        Rule::only_points => keyword.rule == "kw_score_item",
        Rule::only_stage => keyword.rule == "kw_stage",
        Rule::only_action => position == "stage",
        Rule::only_step => position == "scenario",
        Rule::only_form => position == "form",
        _ => false,
    }
}

/// Where the word before a place starts.
fn word_before(line: &str, at: usize) -> usize {
    let before = line[..at].trim_end_matches(is_blank);
    before.char_indices().rev().take_while(|(_, c)| is_word(*c)).last().map_or(before.len(), |(i, _)| i)
}

/// `1,000` where the comma was not understood: its place and text.
fn thousands(line: &str, at: usize) -> Option<(usize, &str)> {
    let rest = line.get(at..)?;
    let comma = rest.chars().next().filter(|c| matches!(c, ',' | '，'))?;
    let start = word_before(line, at);
    let is_number = |t: &str| !t.is_empty() && t.chars().all(|c| c.is_ascii_digit());
    let tail = first_word(&rest[comma.len_utf8()..])?;
    let groups = tail.len() == 3 && is_number(tail) && is_number(&line[start..at]);
    groups.then(|| (start, &line[start..at + comma.len_utf8() + tail.len()]))
}

fn starting_keyword(line: &str) -> Option<&'static Keyword> {
    let (_, rows) = keywords::longest_at(line)?;
    let rows: Vec<&'static Keyword> = rows.collect();
    rows.into_iter().find(|k| k.position == "strength" || k.position == "stage")
}

/// The block a declaration stands in.
fn home(keyword: &Keyword) -> Option<prog_base::Text> {
    let named = |rule: &str| keywords::by_rule(rule).map(|k| Word::Keyword(k).text());
    match keyword.position {
        "item" => named("kw_programme"),
        "track" | "strength" => named("kw_track"),
        "workflow" => named("kw_workflow"),
        "stage" => named("kw_stage"),
        "form" => named("kw_form"),
        "scenario" => named("kw_scenario"),
        "file" => Some(prog_base::text!("文件开头", "file itself")),
        _ => None,
    }
}

/// A Chinese keyword and what is written behind it without a blank.
fn glued<'w>(word: &'w str, candidates: &[&'static Keyword]) -> Option<(&'static str, &'w str)> {
    let spellings = candidates.iter().flat_map(|k| k.spellings()).filter(|s| !s.is_ascii());
    let longest = spellings.filter(|s| word.len() > s.len() && word.starts_with(s)).max_by_key(|s| s.len())?;
    Some((longest, &word[longest.len()..]))
}

/// The keywords nearest to what stands there, if near enough to be meant, and how much of the text they replace.
fn nearest(rest: &str, candidates: &[&'static Keyword]) -> Option<(usize, Vec<&'static str>)> {
    let mut best: Option<(usize, usize, Vec<&'static str>)> = None;
    for spelling in candidates.iter().flat_map(|k| k.spellings()) {
        let written = same_words(rest, spelling.split(' ').count());
        let size = spelling.chars().count();
        let distance = strsim::damerau_levenshtein(written, spelling);
        let near = if spelling.is_ascii() {
            size >= 3 && distance <= (size / 3).max(1)
        } else {
            size >= 2 && distance == 1 && written.chars().count() >= 2
        };
        if !near || distance == 0 {
            continue;
        }
        match &mut best {
            Some((least, length, list)) if *least == distance && *length == written.len() => {
                if !list.contains(&spelling) {
                    list.push(spelling);
                }
            }
            Some((least, ..)) if *least <= distance => {}
            _ => best = Some((distance, written.len(), vec![spelling])),
        }
    }
    best.map(|(_, length, list)| (length, list))
}

/// So many words of a text.
fn same_words(rest: &str, count: usize) -> &str {
    let mut end = 0;
    for _ in 0..count {
        let blanks = rest[end..].len() - rest[end..].trim_start_matches(is_blank).len();
        let word = first_word(&rest[end + blanks..]).map_or(0, str::len);
        if word == 0 {
            break;
        }
        end += blanks + word;
    }
    &rest[..end]
}

/// At most six of what was expected.
fn listed(words: &[Word]) -> Vec<prog_base::Text> {
    words.iter().take(6).map(Word::text).collect()
}

/// What may stand in the head of a block.
fn head_words(block: Rule) -> &'static [Rule] {
    use Rule::*;
    match block {
        programme => &[kw_follows, kw_as],
        track => &[kw_applies_with, kw_as],
        table => &[kw_by, kw_table_of, kw_from, kw_dated, kw_total, kw_absent],
        enum_decl => &[kw_ordered, kw_best_first, kw_as],
        score => &[kw_out_of, kw_pass, kw_at, kw_else, kw_as],
        workflow => &[kw_for],
        stage => &[kw_by, kw_open, kw_due, kw_when, kw_as],
        form => &[kw_absent, kw_landscape, kw_as],
        part => &[kw_by, kw_at, kw_when, kw_as],
        group => &[kw_width, string],
        grid => &[kw_in_unit, kw_total, kw_width, kw_rows, kw_as],
        summary => &[kw_of_form, kw_by, kw_landscape, kw_absent, kw_as],
        targets => &[kw_reported_by, kw_from, kw_as],
        _ => &[kw_as, cites, string],
    }
}
