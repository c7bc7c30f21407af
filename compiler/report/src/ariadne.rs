//! Diagnostics for people, drawn by ariadne. The only file that knows it.
//!
//! Always: what ariadne gets is safe for it — spans are clamped to whole characters and never empty, labels stand in
//! order of place, and characters that would disturb a terminal (controls, bidirectional marks) are shown as `�`.

use crate::Style;
use crate::place;
use ariadne::{Cache, CharSet, Color, Config, IndexType, Label, Report, ReportKind};
use prog_base::{Diagnostic, FileId, Lang, Severity, Source, SourceMap, Span};
use std::collections::BTreeMap;
use std::fmt;

/// A longer line is shown in part only.
const LONGEST_LINE: usize = 500;

type Place = (FileId, std::ops::Range<usize>);

pub(crate) fn render(diagnostics: &[Diagnostic], sources: &SourceMap, style: Style) -> String {
    let mut files = Files { sources, shown: BTreeMap::new() };
    diagnostics.iter().map(|d| one(d, &mut files, style) + "\n").collect()
}

fn one(d: &Diagnostic, files: &mut Files<'_>, style: Style) -> String {
    let mut out = heading(d, style);
    out.push('\n');
    out.push_str(&frame(d, files, style));
    out.push_str(&advice(d, style.lang));
    out
}

/// `错误[P0107] 引用不明确…`
fn heading(d: &Diagnostic, style: Style) -> String {
    let word = match (d.severity, style.lang) {
        (Severity::Error, Lang::Zh) => "错误",
        (Severity::Error, Lang::En) => "error",
        (Severity::Warning, Lang::Zh) => "警告",
        (Severity::Warning, Lang::En) => "warning",
        (Severity::Note, Lang::Zh) => "提示",
        (Severity::Note, Lang::En) => "note",
    };
    let code = d.code.0;
    let message = visible(d.message.get(style.lang));
    match style.color {
        true => format!("\u{1b}[1;{}m{word}[{code}]\u{1b}[0m \u{1b}[1m{message}\u{1b}[0m", ansi(d.severity)),
        false => format!("{word}[{code}] {message}"),
    }
}

fn ansi(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "31",
        Severity::Warning => "33",
        Severity::Note => "36",
    }
}

/// What to do, and where more is said: always the last line.
fn advice(d: &Diagnostic, lang: Lang) -> String {
    let said = d.help.as_ref().or(d.fix.as_ref().map(|f| &f.title)).map(|t| visible(t.get(lang))).unwrap_or_default();
    let said = said.trim_end_matches(['。', '.', '；', ';', ' ']);
    let (stop, see) = match lang {
        Lang::Zh => ("；", "详见 prog explain"),
        Lang::En => ("; ", "see prog explain"),
    };
    let stop = match said.chars().next_back() {
        None => "",
        Some('？' | '?' | '！' | '!') => " ",
        Some(_) => stop,
    };
    format!("   {said}{stop}{see} {}\n", d.code.0)
}

/// The source text around the labels, or just the file's name when its text is not at hand.
fn frame(d: &Diagnostic, files: &mut Files<'_>, style: Style) -> String {
    let Some(first) = d.span() else { return String::new() };
    let Some(source) = place::source(files.sources, first) else { return String::new() };
    if source.text.is_empty() {
        let (corner, open, close) = if style.ascii { ("`-", "[", "]") } else { ("╰─", "[", "]") };
        return format!("   {corner}{open} {} {close}\n", source.path);
    }
    if d.labels.iter().any(|label| files.line_length(label.span) > LONGEST_LINE) {
        return brief(d, files, style);
    }
    let primary = files.place(first);
    let here = primary.clone();
    let mut labels: Vec<(Place, &prog_base::Label, bool)> =
        d.labels.iter().enumerate().map(|(i, label)| (files.place(label.span), label, i == 0)).collect();
    // By file, the primary's first, then by line; on one line from the right, so that no arrow crosses another.
    labels.sort_by_key(|(place, _, is_primary)| {
        (place.0 != here.0, place.0, files.last_line(place), std::cmp::Reverse(place.1.start), !is_primary)
    });

    let color = primary_color(d.severity);
    let mut report = Report::build(ReportKind::Custom("", color), primary).with_config(config(style));
    for (order, (place, label, is_primary)) in labels.into_iter().enumerate() {
        let text = said_at(label, style.lang);
        let color = if is_primary { color } else { Color::Cyan };
        report = report.with_label(Label::new(place).with_message(text).with_color(color).with_order(order as i32));
    }
    let mut bytes = Vec::new();
    if report.finish().write(&mut *files, &mut bytes).is_err() {
        return format!("   [ {} ]\n", source.path);
    }
    let drawn = String::from_utf8_lossy(&bytes);
    // ariadne's own heading is replaced by ours; blanks at line ends are nobody's.
    drawn.lines().skip(1).map(|line| format!("{}\n", line.trim_end())).collect()
}

/// What a label says; every place says something, so that it is drawn.
fn said_at(label: &prog_base::Label, lang: Lang) -> String {
    match (label.text.get(lang), lang) {
        ("", Lang::Zh) => "这里".to_owned(),
        ("", Lang::En) => "here".to_owned(),
        (text, _) => visible(text),
    }
}

/// Places on lines too long to be drawn: where, a few words around it, what is said.
fn brief(d: &Diagnostic, files: &mut Files<'_>, style: Style) -> String {
    let mut out = String::new();
    for label in &d.labels {
        let Some(source) = place::source(files.sources, label.span) else { continue };
        let at = place::range(source, label.span).start;
        let line = source.text[..at.offset].rfind('\n').map_or(0, |newline| newline + 1);
        let before: Vec<char> = source.text[line..at.offset].chars().rev().take(20).collect();
        let after = source.text[at.offset..].chars().take(40).take_while(|c| *c != '\n' && *c != '\r');
        let words = visible(&before.into_iter().rev().chain(after).collect::<String>());
        let bar = if style.ascii { "|" } else { "│" };
        out += &format!("   {bar} [ {}:{}:{} ] … {words} …  {}\n", visible(&source.path), at.line, at.column, said_at(label, style.lang));
    }
    out
}

fn config(style: Style) -> Config {
    let set = if style.ascii { CharSet::Ascii } else { CharSet::Unicode };
    // Spans arrive in bytes; `Files::place` turns them into characters, which no text can make ariadne stumble over.
    Config::new().with_index_type(IndexType::Char).with_color(style.color).with_char_set(set).with_compact(false)
}

fn primary_color(severity: Severity) -> Color {
    match severity {
        Severity::Error => Color::Red,
        Severity::Warning => Color::Yellow,
        Severity::Note => Color::Blue,
    }
}

/// The sources as ariadne reads them, each prepared once.
struct Files<'a> {
    sources: &'a SourceMap,
    shown: BTreeMap<FileId, ariadne::Source<String>>,
}

impl Files<'_> {
    fn show(&mut self, id: FileId) -> &ariadne::Source<String> {
        let sources = self.sources;
        self.shown.entry(id).or_insert_with(|| {
            let text = sources.iter().find(|(other, _)| *other == id).map_or("", |(_, s)| &s.text);
            ariadne::Source::from(prepared(text))
        })
    }

    /// How many characters the line has on which a span starts.
    fn line_length(&mut self, span: Span) -> usize {
        let Some(source) = place::source(self.sources, span) else { return 0 };
        let line = place::range(source, span).start.line;
        self.show(span.file).line(line - 1).map_or(0, |line| line.len())
    }

    /// The line on which a place ends.
    fn last_line(&mut self, place: &Place) -> usize {
        self.show(place.0).get_offset_line(place.1.end.saturating_sub(1)).map_or(0, |(_, line, _)| line)
    }

    /// A span as characters: inside the text, at least one character long, and without the blanks at its end.
    fn place(&mut self, span: Span) -> Place {
        let Some(source) = place::source(self.sources, span) else { return (span.file, 0..1) };
        let range = place::range(source, trimmed(source, span));
        let shown = self.show(span.file);
        let last = shown.len().saturating_sub(1);
        let offset = |at: prog_base::Position| {
            let line = shown.line(at.line - 1).map_or(last, |line| line.offset());
            (line + at.column - 1).min(last)
        };
        let start = offset(range.start);
        let end = offset(range.end).max(start + 1);
        (span.file, start..end)
    }
}

/// The span without the white space at its end, so that a block is not underlined into the next line.
fn trimmed(source: &Source, span: Span) -> Span {
    let range = place::range(source, span);
    let text = source.text.get(range.start.offset..range.end.offset).unwrap_or("");
    let end = range.start.offset + text.trim_end().len();
    Span { end: u32::try_from(end).unwrap_or(span.end), ..span }
}

/// The text, one character for one: only `\n` ends a line, and a last blank gives the end of the file a place.
fn prepared(text: &str) -> String {
    let mut out: String = text.chars().map(|c| if c == '\r' { ' ' } else { shown(c) }).collect();
    out.push(' ');
    out
}

fn visible(text: &str) -> String {
    text.chars().map(shown).collect()
}

fn shown(c: char) -> char {
    let invisible =
        matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}');
    if (c.is_control() && c != '\n' && c != '\t') || invisible { '\u{FFFD}' } else { c }
}

impl Cache<FileId> for &mut Files<'_> {
    type Storage = String;

    fn fetch(&mut self, id: &FileId) -> Result<&ariadne::Source<String>, impl fmt::Debug> {
        Ok::<_, fmt::Error>(self.show(*id))
    }

    fn display<'a>(&self, id: &'a FileId) -> Option<impl fmt::Display + 'a> {
        self.sources.iter().find(|(other, _)| other == id).map(|(_, source)| visible(&source.path))
    }
}
