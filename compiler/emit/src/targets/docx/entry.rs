//! Fields to content controls: blanks, boxes to tick, dates, lists.
//!
//! In: fields of the layout. Out: [`Run`]s. Always: a control is named by its head and its label, and tagged with where its value stands;
//! ids are given out in order.

use super::view::{Choice, Control, Run};
use crate::Plan;
use crate::layout::{Field, choices};
use prog_base::{Lang, Text};
use prog_model::{FieldKind, Ident};
use std::collections::BTreeMap;

/// Word takes no more characters in a name or tag.
const LONGEST: usize = 64;

/// More choices than this are a list to choose from.
const BOXES: usize = 12;

/// Gives out controls.
pub struct Entries<'p, 'a> {
    plan: &'p Plan<'a>,
    last: u32,
    /// Said instead of a field's own label.
    label: Option<&'static str>,
    /// The words of heads, by name.
    pub heads: BTreeMap<String, String>,
}

impl<'p, 'a> Entries<'p, 'a> {
    /// Before the first.
    pub fn new(plan: &'p Plan<'a>) -> Self {
        Self { plan, last: 0, label: None, heads: BTreeMap::new() }
    }

    /// Words of a form that are nobody's own, in the form's language.
    pub fn word(&self, zh: &'static str, en: &'static str) -> &'static str {
        match self.plan.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// The language's words of a text.
    pub fn say<'t>(&self, text: &'t Text) -> &'t str {
        text.get(self.plan.lang)
    }

    /// Words in brackets behind others.
    pub fn aside(&self, words: &str) -> String {
        match self.plan.lang {
            Lang::Zh => format!("（{words}）"),
            Lang::En => format!(" ({words})"),
        }
    }

    /// The control of a field, named with its head.
    fn control(&mut self, field: &Field<'_>, under: Option<&str>, own: Option<&str>) -> Control {
        self.last += 1;
        let head = under.and_then(|name| self.heads.get(name));
        let label = self.label.unwrap_or(field.label());
        let names: Vec<&str> = head.map(String::as_str).into_iter().chain([label]).chain(own).collect();
        let tag = Some(field.pointer.clone()).filter(|tag| tag.chars().count() <= LONGEST);
        Control { id: self.last, alias: names.join("·").chars().take(LONGEST).collect(), tag }
    }

    /// What stands where a field is filled in: the control, its unit, its seal.
    pub fn entry(&mut self, field: &Field<'_>, under: Option<&str>) -> Vec<Run> {
        let mut runs = self.blank(field, under);
        if let Some(unit) = &field.unit {
            runs.push(Run::words(&format!(" {}", unit.get(self.plan.lang))));
        }
        if let Some(seal) = &field.seal {
            // 申报单位（公章）: what the label of the seal adds to that of the field.
            let words = seal.label().strip_prefix(field.label()).unwrap_or(seal.label());
            runs.push(Run::words(&format!("　{words}")));
        }
        runs
    }

    /// The date below an opinion.
    pub fn signed_on(&mut self, field: &Field<'_>, under: Option<&str>) -> Vec<Run> {
        self.label = Some(self.word("年月日", "Date"));
        let runs = self.entry(field, under);
        self.label = None;
        runs
    }

    /// The place of a signature, named by who signs.
    pub fn signature(&mut self, who: &str, field: &Field<'_>, under: &str) -> Run {
        let legend = self.heads.get(under).cloned().unwrap_or_default();
        let control = Control { alias: format!("{legend}·{who}").chars().take(LONGEST).collect(), ..self.control(field, None, None) };
        Run::Line { control, text: "　　　　" }
    }

    /// The same in a narrow column: a closed list is chosen from, since boxes take too much room.
    pub fn narrow(&mut self, field: &Field<'_>, under: Option<&str>) -> Vec<Run> {
        if matches!(field.field.kind, FieldKind::OneOf(_)) {
            return vec![self.list(field, under)];
        }
        self.entry(field, under)
    }

    fn list(&mut self, field: &Field<'_>, under: Option<&str>) -> Run {
        let choice = |i: &Ident| Choice { value: i.key.clone(), label: i.label.text.clone() };
        let options = choices(self.plan, field.field).iter().map(|v| choice(&v.ident)).collect();
        Run::List { control: self.control(field, under, None), text: "　　", options }
    }

    fn blank(&mut self, field: &Field<'_>, under: Option<&str>) -> Vec<Run> {
        use FieldKind as K;
        let month = self.word("　　年　月", "yyyy-mm");
        let mut line = |text| vec![Run::Line { control: self.control(field, under, None), text }];
        match &field.field.kind {
            K::Integer | K::Count | K::Year | K::Decimal { .. } | K::Percent { .. } | K::Money { .. } => line("　　"),
            K::Text | K::Unknown | K::Email | K::Phone | K::Mobile | K::Postcode | K::Url | K::Record(_) | K::List(_) => line("　　　　"),
            K::Prose => vec![Run::Area { control: self.control(field, under, None), text: "　　　　" }],
            K::Date => vec![Run::Date {
                control: self.control(field, under, None),
                text: self.word("　　年　月　日", "yyyy-mm-dd"),
                day: self.word("yyyy年M月d日", "yyyy-MM-dd"),
                lang: self.word("zh-CN", "en"),
            }],
            K::Month => line(month),
            K::YesNo => self.boxes(field, under, &[self.word("是", "Yes"), self.word("否", "No")]),
            K::File { kinds, .. } => {
                let of = if kinds.is_empty() { String::new() } else { self.aside(&kinds.join(self.word("、", ", "))) };
                vec![
                    Run::Check { control: self.control(field, under, None) },
                    Run::words(&format!("{}{of}", self.word("已另附", "attached"))),
                ]
            }
            K::OneOf(_) | K::AnyOf(_) => {
                let values = choices(self.plan, field.field);
                if values.len() > BOXES && matches!(field.field.kind, K::OneOf(_)) {
                    return vec![self.list(field, under)];
                }
                let words: Vec<&str> = values.iter().map(|v| v.ident.label.text.as_str()).collect();
                self.boxes(field, under, &words)
            }
        }
    }

    fn boxes(&mut self, field: &Field<'_>, under: Option<&str>, words: &[&str]) -> Vec<Run> {
        let mut runs = Vec::new();
        for (index, words) in words.iter().enumerate() {
            let gap = if index == 0 { "" } else { "　" };
            runs.push(Run::words(gap));
            runs.push(Run::Check { control: self.control(field, under, Some(words)) });
            runs.push(Run::words(words));
        }
        runs
    }
}
