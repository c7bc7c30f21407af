//! A change in the reader's words, before it is laid out.
//!
//! In: a change and the texts of both versions. Out: its title, both sides with their places, who gains and who loses. Always: everything
//! that every format shows is here, so that no format says more than another.

use super::Version;
use super::approvals::Approval;
use prog_base::{Lang, Span};
use prog_diff::{Aspect, Change, Class, Kind, Outcome, Side, Witness, WitnessKind, Words};

/// One side: what stood there and where.
#[derive(Clone, Debug)]
pub struct Text {
    /// In one line; empty: nothing.
    pub text: String,
    /// File.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
}

/// A change as it is told.
#[derive(Debug)]
pub struct View<'d> {
    /// The change.
    pub change: &'d Change,
    /// `规则 示范校.规模：判断`
    pub title: String,
    /// As it was.
    pub before: Option<Text>,
    /// As it is.
    pub after: Option<Text>,
    /// Who loses or gains, a sentence each.
    pub witnesses: Vec<String>,
    /// What else is to be said.
    pub notes: Vec<String>,
    /// Who approved it.
    pub approval: Option<Approval>,
}

impl<'d> View<'d> {
    /// In a language.
    pub fn of(change: &'d Change, old: &Version, new: &Version, lang: Lang) -> Self {
        View {
            change,
            title: title(change, lang),
            before: change.before.as_ref().map(|side| text(side, change.aspect, old, lang)),
            after: change.after.as_ref().map(|side| text(side, change.aspect, new, lang)),
            witnesses: change.effect.witnesses.iter().map(|w| sentence(w, lang)).collect(),
            notes: notes(change, lang),
            approval: None,
        }
    }

    /// Notes who approved it.
    pub fn approve(&mut self, approval: Option<Approval>, lang: Lang) {
        self.notes.extend(approval.as_ref().map(|a| a.words(lang)));
        self.approval = approval;
    }

    /// Whether it differs in effect and nobody has approved it.
    pub fn is_open(&self) -> bool {
        self.differs() && self.approval.is_none()
    }

    /// Whether anything may come out differently.
    pub fn differs(&self) -> bool {
        !matches!(self.change.class, Class::Equivalent | Class::Editorial)
    }
}

fn title(change: &Change, lang: Lang) -> String {
    let kind = change.id.kind.words();
    let name = if change.id.kind == Kind::Header { change.names.join("") } else { change.names.join(".") };
    let what = match (change.aspect, &change.before, &change.after) {
        (Aspect::Whole, None, _) => say(lang, "新增", "added").to_owned(),
        (Aspect::Whole, _, _) => say(lang, "删去", "removed").to_owned(),
        (aspect, _, _) => aspect.words().get(lang).to_owned(),
    };
    let named = if name.is_empty() { kind.get(lang).to_owned() } else { format!("{} {name}", kind.get(lang)) };
    match lang {
        Lang::Zh => format!("{named}：{what}"),
        Lang::En => format!("{named}: {what}"),
    }
}

fn text(side: &Side, aspect: Aspect, version: &Version, lang: Lang) -> Text {
    let source = version.sources.get(side.span.file);
    let words = match &side.words {
        Words::Source(span) if aspect == Aspect::Whole => declaration(*span, version),
        Words::Source(span) => one_line(version.sources.slice(*span)),
        Words::Plain(text) => one_line(text.get(lang)),
    };
    Text { text: words, file: source.path.clone(), line: source.position(side.span.start as usize).line }
}

/// A declaration from the start of its line.
fn declaration(span: Span, version: &Version) -> String {
    let text = &version.sources.get(span.file).text;
    let start = text[..span.start as usize].rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.end as usize..].find('\n').map_or(text.len(), |at| span.end as usize + at);
    let end = if text[span.start as usize..span.end as usize].contains('\n') { span.end as usize } else { end };
    one_line(&text[start..end])
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `在校生 = 1200：通过 → 不通过（规模，四(一)2）`
fn sentence(witness: &Witness, lang: Lang) -> String {
    let entries: Vec<String> = witness.entries.iter().map(|(label, value)| format!("{label} = {}", value.get(lang))).collect();
    let entries = entries.join(say(lang, "，", ", "));
    let (of, count) = (&witness.of, witness.count);
    let who = match (witness.kind, lang) {
        (WitnessKind::Case, Lang::Zh) if entries.is_empty() => format!("“{of}”类的一份申报"),
        (WitnessKind::Case, Lang::Zh) => format!("“{of}”类的一份申报，{entries}"),
        (WitnessKind::Case, Lang::En) if entries.is_empty() => format!("an application for {of}"),
        (WitnessKind::Case, Lang::En) => format!("an application for {of} with {entries}"),
        (WitnessKind::Batch, Lang::Zh) if count == 0 => format!("在“{of}”的一次报送，{entries}"),
        (WitnessKind::Batch, Lang::En) if count == 0 => format!("a package at {of}, {entries},"),
        (WitnessKind::Batch, Lang::Zh) => format!("在“{of}”的 {count} 份申报{}{entries}", if entries.is_empty() { "" } else { "，" }),
        (WitnessKind::Batch, Lang::En) => format!("{count} applications at {of}{}{entries}", if entries.is_empty() { "" } else { ", " }),
        (WitnessKind::Report, Lang::Zh) => format!("一份上报，{entries}"),
        (WitnessKind::Report, Lang::En) => format!("a report of {entries}"),
    };
    let (before, after) = (&witness.before, &witness.after);
    let (was, is) = (word(before.word, lang), word(after.word, lang));
    let because = match (decided(after, lang), decided(before, lang)) {
        (now, _) if witness.loses => now,
        (_, then) => then,
    };
    match (lang, witness.loses) {
        (Lang::Zh, true) => format!("{who}：原来{was}，现在{is}{because}"),
        (Lang::Zh, false) => format!("{who}：原来{was}{because}，现在{is}"),
        (Lang::En, true) => format!("{who} was {was}, is now {is}{because}"),
        (Lang::En, false) => format!("{who} was {was}{because}, is now {is}"),
    }
}

/// Results that only a comparison tells, and those of reports.
pub fn word(word: &'static str, lang: Lang) -> &'static str {
    match (word, lang) {
        ("refused", Lang::Zh) => "不收",
        ("with the tag", Lang::Zh) => "有优先标记",
        ("without the tag", Lang::Zh) => "没有优先标记",
        ("with a note", Lang::Zh) => "有提示",
        ("without a note", Lang::Zh) => "没有提示",
        (other, _) => crate::human::in_words(other, lang),
    }
}

fn decided(outcome: &Outcome, lang: Lang) -> String {
    let one = |(name, clauses): &(String, Vec<String>)| match clauses.is_empty() {
        true => name.clone(),
        false => format!("{name} {}", clauses.join("、")),
    };
    let all: Vec<String> = outcome.by.iter().take(3).map(one).collect();
    match (all.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!("（{}）", all.join("；")),
        (false, Lang::En) => format!(" by {}", all.join("; ")),
    }
}

fn notes(change: &Change, lang: Lang) -> Vec<String> {
    let mut all: Vec<String> = change.effect.notes.iter().map(|n| n.get(lang).to_owned()).collect();
    if change.follows {
        all.push(say(lang, "由别的改动带来", "follows from other changes").to_owned());
    }
    all
}

/// One of two.
pub fn say<'t>(lang: Lang, zh: &'t str, en: &'t str) -> &'t str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}
