//! Readings: every choice of interpretation, the built-in ones always present.
//!
//! In: `reading NAME { … }` declarations and `readings { … }` settings. Out: `Programme::readings`, built-in ones first.
//! Always: a built-in reading that is not set keeps its default and is not `stated`.

use super::names::nearest;
use super::{BUILTIN_READINGS, Lower, Scope};
use crate::{BuiltinReading, Ident, Label, Reading, ReadingId, ReadingValue};
use prog_base::{Diagnostic, Exact, Span, codes, text};
use prog_syntax::ast;

/// The built-in readings: English word, meaning, words to choose from, index of the default (`None`: open).
const BUILTIN: [(&str, BuiltinReading, &[&str], Option<usize>); BUILTIN_READINGS as usize] = [
    ("deadline", BuiltinReading::Deadline, &["inclusive", "exclusive"], Some(0)),
    ("about", BuiltinReading::About, &[], None),
    ("length", BuiltinReading::Length, &["counts punctuation", "without punctuation"], Some(0)),
    ("late", BuiltinReading::Late, &["rejected", "finding"], Some(0)),
    ("after", BuiltinReading::After, &["inclusive", "exclusive"], Some(0)),
    ("before", BuiltinReading::Before, &["inclusive", "exclusive"], Some(0)),
    ("last", BuiltinReading::Last, &[], None),
    ("round", BuiltinReading::Round, &["half up", "half even", "up", "down"], None),
];

impl<'a> Lower<'a> {
    /// Puts the built-in readings in place, then the declared ones.
    pub(crate) fn declare_readings(&mut self) {
        let at = self.p.ident.span;
        for (name, builtin, words, default) in BUILTIN {
            let value = match builtin {
                BuiltinReading::About => ReadingValue::Band(Exact::ratio(1, 10).unwrap_or(Exact::ZERO)),
                BuiltinReading::Last => ReadingValue::Expr(None),
                BuiltinReading::Deadline
                | BuiltinReading::Length
                | BuiltinReading::Late
                | BuiltinReading::After
                | BuiltinReading::Before
                | BuiltinReading::Effective
                | BuiltinReading::Round => {
                    ReadingValue::Choice { values: words.iter().map(|w| plain_ident(w, at)).collect(), chosen: default }
                }
            };
            self.p.readings.push(Reading { ident: plain_ident(name, at), builtin: Some(builtin), value, stated: false, cites: Vec::new() });
        }
        self.declared_readings();
        // Only a programme with versions speaks of this one; it stands last, so that no other reading's place depends on it.
        if let Some(setting) = self.setting("effective") {
            let ident = plain_ident("effective", setting.name.span);
            let builtin = Some(BuiltinReading::Effective);
            self.p.readings.push(Reading { ident, builtin, value: ReadingValue::Expr(None), stated: false, cites: Vec::new() });
        }
    }

    fn declared_readings(&mut self) {
        for reading in &self.index.readings {
            let ident = Self::ident(&reading.head);
            let mut cites = self.cites(&reading.head.cites);
            reading.values.iter().for_each(|value| cites.extend(self.cites(&value.cites)));
            let values = reading.values.iter().map(Self::ident).collect();
            let value = ReadingValue::Choice { values, chosen: reading.default };
            self.p.readings.push(Reading { ident, builtin: None, value, stated: true, cites });
        }
    }

    /// Applies `readings { … }`.
    pub(crate) fn set_readings(&mut self) {
        let mut seen: Vec<(ReadingId, Span)> = Vec::new();
        for setting in self.settings() {
            let Some(id) = self.reading_named(&setting.name.text) else {
                self.unknown_reading(&setting.name);
                continue;
            };
            if let Some((_, first)) = seen.iter().find(|(other, _)| *other == id) {
                let name = &setting.name.text;
                self.diagnostics.push(
                    Diagnostic::error(
                        codes::READING_TWICE,
                        setting.span,
                        text!("口径“{name}”定了两次", "the reading `{name}` is set twice"),
                    )
                    .here(text!("第二次", "the second time"))
                    .label(*first, text!("第一次", "the first time"))
                    .help(text!("只留一行", "keep one line")),
                );
                continue;
            }
            seen.push((id, setting.span));
            let cites = self.cites(&setting.cites);
            let value = self.reading_value(id, setting);
            let reading = &mut self.p.readings[id.index()];
            if let Some(value) = value {
                reading.value = value;
            }
            reading.stated = true;
            reading.cites.extend(cites);
            if reading.builtin.is_some() {
                reading.ident.span = setting.name.span;
            }
        }
    }

    /// Every setting of a reading, as written.
    pub(crate) fn settings(&self) -> Vec<&'a ast::ReadingSetting> {
        let blocks = self.index.items.iter().filter_map(|item| if let ast::Item::Readings(block) = item { Some(block) } else { None });
        blocks.flat_map(|block| &block.settings).collect()
    }

    /// The reading of a name, built-in or declared.
    pub(crate) fn reading_named(&self, name: &str) -> Option<ReadingId> {
        self.p.readings.iter().position(|r| r.ident.name == name).map(|i| ReadingId(i as u32))
    }

    /// Says that there is no such reading.
    pub(crate) fn unknown_reading(&mut self, name: &ast::Name) {
        let written = &name.text;
        let known: Vec<&str> = self.p.readings.iter().map(|r| r.ident.name.as_str()).collect();
        let list = known.join(", ");
        let chinese = known.iter().map(|name| in_chinese("reading-name", name)).collect::<Vec<_>>().join("、");
        let mut diagnostic =
            Diagnostic::error(codes::READING_UNKNOWN, name.span, text!("没有叫“{written}”的口径", "there is no reading `{written}`"))
                .help(text!("可定的口径：{chinese}", "the readings are: {list}"));
        if let Some(near) = nearest(written, known.iter().copied()) {
            diagnostic = diagnostic.fix(text!("改为“{near}”", "write `{near}`"), name.span, near.to_owned());
        }
        self.diagnostics.push(diagnostic);
    }

    fn reading_value(&mut self, id: ReadingId, setting: &ast::ReadingSetting) -> Option<ReadingValue> {
        match (&self.p.readings[id.index()].value, &setting.value) {
            (ReadingValue::Choice { values, .. }, ast::ReadingValue::Word(word)) => {
                let values = values.clone();
                let chosen = self.reading_word(&values, word)?;
                Some(ReadingValue::Choice { values, chosen: Some(chosen) })
            }
            (ReadingValue::Choice { values, .. }, ast::ReadingValue::Open(_)) => {
                Some(ReadingValue::Choice { values: values.clone(), chosen: None })
            }
            (ReadingValue::Band(_), ast::ReadingValue::Within(width)) => match &width.kind {
                ast::ExprKind::Percent(points) if !points.is_negative() => points.checked_div(&Exact::from(100)).map(ReadingValue::Band),
                _other => {
                    self.reading_kind(&setting.name.text, width.span);
                    None
                }
            },
            // Expressions may name stages and facts that are not known yet; they are filled in by `reading_expressions`.
            (ReadingValue::Expr(_), ast::ReadingValue::Ends(_) | ast::ReadingValue::Open(_)) => Some(ReadingValue::Expr(None)),
            (ReadingValue::Choice { .. } | ReadingValue::Band(_) | ReadingValue::Expr(_), value) => {
                let span = match value {
                    ast::ReadingValue::Word(word) => word.span,
                    ast::ReadingValue::Within(e) | ast::ReadingValue::Ends(e) => e.span,
                    ast::ReadingValue::Open(span) => *span,
                };
                self.reading_kind(&setting.name.text, span);
                None
            }
        }
    }

    /// The index of a word among a reading's values.
    pub(crate) fn reading_word(&mut self, values: &[Ident], word: &ast::Name) -> Option<usize> {
        let found = values.iter().position(|v| v.name == word.text || v.key == word.text);
        if found.is_none() {
            let written = &word.text;
            let (zh, en) = listed(values);
            self.diagnostics.push(
                Diagnostic::error(
                    codes::READING_VALUE,
                    word.span,
                    text!("这个口径没有“{written}”这一种", "this reading has no value `{written}`"),
                )
                .help(text!("可选：{zh}", "choose among: {en}")),
            );
        }
        found
    }

    /// A reading is set to what it can't be.
    pub(super) fn reading_kind(&mut self, name: &str, span: Span) {
        let chinese = in_chinese("reading-name", name);
        let wanted = match self.reading_named(name).map(|id| &self.p.readings[id.index()].value) {
            Some(ReadingValue::Band(_)) => text!("写 {chinese} 浮动 10% 这样的百分数", "write a percentage, such as `{name} within 10%`"),
            Some(ReadingValue::Expr(_)) => {
                text!(
                    "它是方案里定的一天，样例改不了；在 口径 {{ … }} 里写 {chinese} 截至 加一个日期，例如 截止日(环节)",
                    "it is a day that the programme sets, and an example can't change it; in `readings {{ … }}` write `{name} ends` and a date, such as `due(STAGE)`"
                )
            }
            Some(ReadingValue::Choice { values, .. }) => {
                let (zh, en) = listed(values);
                text!("可选：{zh}", "choose among: {en}")
            }
            None => text!("核对口径的名称", "check the reading's name"),
        };
        self.diagnostics.push(
            Diagnostic::error(codes::READING_VALUE, span, text!("口径“{chinese}”不能这样定", "the reading `{name}` can't be set this way"))
                .help(wanted),
        );
    }

    /// The first track that has the fact or field which an expression names.
    fn track_that_knows(&self, e: &ast::Expr) -> Option<crate::TrackId> {
        let ast::ExprKind::Name(name) = &e.kind else { return None };
        let knows = |track: &crate::Track| track.inputs.iter().any(|id| self.p.input(*id).ident.name == name.text);
        self.p.tracks.iter().position(knows).map(|at| crate::TrackId(at as u32))
    }

    /// Types the readings that are expressions, once stages and facts are known.
    pub(crate) fn reading_expressions(&mut self) {
        for setting in self.settings() {
            let ast::ReadingValue::Ends(end) = &setting.value else { continue };
            let Some(id) = self.reading_named(&setting.name.text) else { continue };
            if matches!(self.p.readings[id.index()].value, ReadingValue::Expr(_)) {
                // A fact may be the day: every track that uses the reading has it, the first that has it types it here.
                let scope = Scope { track: self.track_that_knows(end), ..Scope::default() };
                let value = self.expr(end, &scope, Some(&crate::Type::Date));
                self.p.readings[id.index()].value = ReadingValue::Expr(Some(value));
            }
        }
    }
}

/// An identifier of the language itself.
fn plain_ident(word: &str, span: Span) -> Ident {
    Ident { name: word.to_owned(), key: word.to_owned(), keyed: false, label: Label { text: word.to_owned(), en: None }, doc: None, span }
}

/// A built-in name in Chinese; the author's own as it is.
fn in_chinese(position: &str, word: &str) -> String {
    prog_syntax::keywords::by_english(position, word).map_or(word, |k| k.chinese).to_owned()
}

/// The values of a reading, in Chinese and in English.
fn listed(values: &[Ident]) -> (String, String) {
    let zh: Vec<String> = values.iter().map(|v| in_chinese("reading-value", &v.name)).collect();
    let en: Vec<&str> = values.iter().map(|v| v.name.as_str()).collect();
    (zh.join("、"), en.join(", "))
}
