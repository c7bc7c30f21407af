//! Model to prose: expressions, bounds, days and types as an official would write them.
//!
//! In: parts of the model. Out: phrases in one language, names as the author labelled them. Always: nothing looks like code; what the
//! notice leaves open is said to be open; the words decide nothing, they say what the model holds.

mod count;
mod days;
mod entry;
mod expr;
mod measure;
mod operand;
mod stage;
mod truth;

use prog_base::{Lang, Text};
use prog_model::{ActorId, FormId, Ident, Label, MaterialId, Programme, StageId, SummaryId, TrackId, Type};

/// Writes phrases about one programme, in one language, in one scope.
#[derive(Clone)]
pub struct Prose<'p> {
    /// The programme.
    pub p: &'p Programme,
    /// The language of the page.
    pub lang: Lang,
    /// The track in whose scope rules and lets are named.
    track: Option<TrackId>,
    /// Names of the keys in scope (of a quota, a table's row, an indicator's reports).
    keys: Vec<String>,
    /// Types of the items in scope, innermost last.
    items: Vec<Type>,
}

impl<'p> Prose<'p> {
    /// In no scope.
    pub fn new(p: &'p Programme, lang: Lang) -> Self {
        Self { p, lang, track: None, keys: Vec::new(), items: Vec::new() }
    }

    /// Of a programme as a whole: Chinese, unless the author's title has no Han in it.
    pub fn native(p: &'p Programme) -> Self {
        let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        Self::new(p, if p.ident.label.text.contains(han) { Lang::Zh } else { Lang::En })
    }

    /// In a track's scope.
    pub fn in_track(&self, track: TrackId) -> Self {
        Self { track: Some(track), ..self.clone() }
    }

    /// With these keys in scope.
    pub fn with_keys(&self, keys: impl IntoIterator<Item = String>) -> Self {
        Self { keys: keys.into_iter().collect(), ..self.clone() }
    }

    /// At an item of a list of this type.
    pub fn at_item(&self, list: &Type) -> Self {
        let item = match list {
            Type::List(item) => (**item).clone(),
            other => other.clone(),
        };
        let mut inner = self.clone();
        inner.items.push(item);
        inner
    }

    /// The page's language of a text.
    pub fn say(&self, text: Text) -> String {
        match self.lang {
            Lang::Zh => text.zh,
            Lang::En => text.en,
        }
    }

    /// The author's words.
    pub fn label(&self, label: &Label) -> String {
        label.get(self.lang).to_owned()
    }

    /// What a declaration is called.
    pub fn name(&self, ident: &Ident) -> String {
        self.label(&ident.label)
    }

    /// What it is called, between quotation marks.
    pub fn quoted(&self, ident: &Ident) -> String {
        format!("“{}”", self.name(ident))
    }

    /// Who acts.
    pub fn actor(&self, id: ActorId) -> String {
        self.name(&self.p.actors[id.index()].ident)
    }

    /// A stage.
    pub fn stage(&self, id: StageId) -> String {
        self.quoted(&self.p.stages[id.index()])
    }

    /// A document's title.
    pub fn title(&self, ident: &Ident) -> String {
        let name = self.name(ident);
        match self.lang {
            Lang::Zh if name.contains('《') => name,
            Lang::Zh => format!("《{name}》"),
            Lang::En => format!("“{name}”"),
        }
    }

    /// Materials by title.
    pub fn materials(&self, ids: &[MaterialId]) -> String {
        self.all(ids.iter().map(|id| self.title(&self.p.materials[id.index()].ident)))
    }

    /// A form by title.
    pub fn form(&self, id: FormId) -> String {
        self.title(&self.p.forms[id.index()].ident)
    }

    /// A summary by title.
    pub fn summary(&self, id: SummaryId) -> String {
        self.title(&self.p.summaries[id.index()].ident)
    }

    /// Tracks by name.
    pub fn tracks(&self, ids: &[TrackId]) -> String {
        self.all(ids.iter().map(|id| self.name(&self.p.track(*id).ident)))
    }

    /// `甲、乙和丙`.
    pub fn all(&self, list: impl IntoIterator<Item = String>) -> String {
        self.joined(list, "和", " and ")
    }

    /// `甲、乙或丙`.
    pub fn any(&self, list: impl IntoIterator<Item = String>) -> String {
        self.joined(list, "或", " or ")
    }

    fn joined(&self, list: impl IntoIterator<Item = String>, zh: &str, en: &str) -> String {
        let (comma, last) = match self.lang {
            Lang::Zh => ("、", zh),
            Lang::En => (", ", en),
        };
        let list: Vec<String> = list.into_iter().collect();
        match list.as_slice() {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., end] => format!("{}{last}{end}", first.join(comma)),
        }
    }

    /// `甲、乙、丙`, an enumeration that is not all there is to say.
    pub fn listed(&self, list: impl IntoIterator<Item = String>) -> String {
        let comma = match self.lang {
            Lang::Zh => "、",
            Lang::En => ", ",
        };
        list.into_iter().collect::<Vec<_>>().join(comma)
    }

    /// Clauses of a sentence, one after the other.
    pub fn sentence(&self, parts: impl IntoIterator<Item = String>) -> String {
        let (between, end) = match self.lang {
            Lang::Zh => ("；", "。"),
            Lang::En => ("; ", "."),
        };
        let parts: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
        if parts.is_empty() { String::new() } else { capital(&format!("{}{end}", parts.join(between))) }
    }

    /// With words in brackets after it.
    pub fn aside(&self, words: &str, aside: &str) -> String {
        match (aside.is_empty(), self.lang) {
            (true, _) => words.to_owned(),
            (false, Lang::Zh) => format!("{words}（{aside}）"),
            (false, Lang::En) => format!("{words} ({aside})"),
        }
    }
}

/// An English sentence begins with a capital; Han has none.
fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}
