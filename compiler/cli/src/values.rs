//! Names and values of a programme in the reader's words.
//!
//! In: parts of a report. Out: phrases. Always: what has a label is called by it; numbers in their units; what is unknown is said to be so.

use prog_base::{Lang, Text, text};
use prog_eval::{Needs, Shown, Source, shown_with_unit};
use prog_model::{Expr, ExprKind, Ident, OfCase, Origin, Programme, TrackId, Type};

/// Speaks about one programme in one language.
#[derive(Clone, Copy)]
pub struct Words<'p> {
    pub p: &'p Programme,
    pub lang: Lang,
}

impl Words<'_> {
    pub fn say(&self, text: Text) -> String {
        match self.lang {
            Lang::Zh => text.zh,
            Lang::En => text.en,
        }
    }

    pub fn name(&self, ident: &Ident) -> String {
        ident.label.get(self.lang).to_owned()
    }

    /// `甲、乙`
    pub fn listed(&self, list: &[String]) -> String {
        list.join(match self.lang {
            Lang::Zh => "、",
            Lang::En => ", ",
        })
    }

    /// `甲、乙`, `A and B`.
    pub fn all(&self, list: &[String]) -> String {
        match (self.lang, list) {
            (Lang::En, [first @ .., last]) if !first.is_empty() => format!("{} and {last}", first.join(", ")),
            (Lang::En | Lang::Zh, list) => self.listed(list),
        }
    }

    /// What a value of each case is called: by its label where it has one, else as written.
    pub fn of_case(&self, by_track: &OfCase, written: &str) -> String {
        let labels: Vec<String> = by_track.iter().filter_map(|(track, e)| self.labelled(*track, e)).collect();
        match labels.split_first() {
            Some((first, rest)) if rest.iter().all(|other| other == first) => first.clone(),
            Some(_) | None => written.to_owned(),
        }
    }

    fn labelled(&self, track: TrackId, e: &Expr) -> Option<String> {
        let ident = match &e.kind {
            ExprKind::Input(id) => &self.p.input(*id).ident,
            ExprKind::Let(id) => &self.p.track(track).lets.get(id.index())?.ident,
            ExprKind::Rule(id) => &self.p.track(track).rules.get(id.index())?.ident,
            _more_than_a_name => return None,
        };
        Some(self.name(ident))
    }

    /// A value; keys of closed lists by their labels.
    pub fn value(&self, ty: Option<&Type>, shown: &Shown<'_>) -> String {
        match shown {
            Shown::Bool(true) => self.say(text!("是", "yes")),
            Shown::Bool(false) => self.say(text!("否", "no")),
            Shown::Number(n, number) => shown_with_unit(self.p, n, number),
            Shown::Text(key) => self.labelled_key(ty, key),
            Shown::Texts(keys) => self.listed(&keys.iter().map(|key| self.labelled_key(ty, key)).collect::<Vec<_>>()),
            Shown::None => self.say(text!("无", "none")),
            Shown::Unknown(_, None) => self.say(text!("未明", "unknown")),
            Shown::Unknown(_, Some(bounds)) => {
                let (low, high, number) = &**bounds;
                let in_unit = |n| shown_with_unit(self.p, n, number);
                match (low.as_ref().map(in_unit), high.as_ref().map(in_unit)) {
                    (Some(low), Some(high)) => format!("{low}–{high}"),
                    (Some(low), None) => format!("≥ {low}"),
                    (None, Some(high)) => format!("≤ {high}"),
                    (None, None) => self.say(text!("未明", "unknown")),
                }
            }
        }
    }

    /// The key of a closed list, or of the items of a list, by its label.
    pub fn labelled_key(&self, ty: Option<&Type>, key: &str) -> String {
        let list = match ty {
            Some(Type::Enum(id) | Type::Set(id)) => Some(*id),
            Some(Type::List(item)) => return self.labelled_key(Some(item), key),
            Some(Type::Record(id)) => {
                let first = self.p.records[id.index()].fields.first().map(|field| &field.ty);
                return match first {
                    Some(first @ Type::Enum(_)) => self.labelled_key(Some(first), key),
                    Some(_) | None => key.to_owned(),
                };
            }
            Some(_) | None => None,
        };
        let found = list.and_then(|id| self.p.enumeration(id).values.iter().find(|v| v.ident.key == key));
        found.map_or_else(|| key.to_owned(), |value| self.name(&value.ident))
    }

    /// What is awaited: entries by label, with who judges them.
    pub fn needs(&self, needs: &Needs<'_>) -> Vec<String> {
        let mut list: Vec<String> = Vec::new();
        for need in &needs.0 {
            let said = match need.source {
                Source::Notice => self.say(text!("通知的明文", "a word of the notice")),
                Source::Judgement | Source::Other => self.awaited(need.key),
            };
            if !list.contains(&said) {
                list.push(said);
            }
        }
        list
    }

    fn awaited(&self, key: &str) -> String {
        let Some(input) = self.p.inputs.iter().find(|input| input.ident.key == key) else { return self.declared(key) };
        let name = self.name(&input.ident);
        match &input.origin {
            Origin::Judged { by, .. } => {
                let by = self.name(&self.p.actors[by.index()].ident);
                self.say(text!("{name}（由{by}评定）", "{name} (judged by {by})"))
            }
            Origin::Entered | Origin::Attested { .. } | Origin::External { .. } | Origin::Computed(_) => name,
        }
    }

    /// What is no entry: a rule, a material, as it is called.
    fn declared(&self, key: &str) -> String {
        let rules = self.p.tracks.iter().flat_map(|track| track.rules.iter().map(|rule| &rule.ident));
        let materials = self.p.materials.iter().map(|material| &material.ident);
        rules.chain(materials).find(|ident| ident.key == key).map_or_else(|| key.to_owned(), |ident| self.name(ident))
    }
}
