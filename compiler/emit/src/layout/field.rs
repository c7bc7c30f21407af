//! A field as it is laid out: its words, unit, limits and choices, who fills it.
//!
//! In: inputs, record fields and columns of the model. Out: [`Field`]s. Always: a pointer is where its value stands in a case or package, so
//! pointers are unique on a sheet.

use crate::Plan;
use crate::names::pointer_step;
use prog_base::{Text, text};
use prog_model::{ActorId, EnumValue, FieldKind, FieldType, Ident, Input, Label, LimitKind, Origin, RecordField, StageId};

/// A field ready to be laid out.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    /// Name, key, label.
    pub ident: &'a Ident,
    /// Where its value stands.
    pub pointer: String,
    /// What is entered.
    pub field: &'a FieldType,
    /// The unit in words.
    pub unit: Option<Text>,
    /// Required whatever else was entered.
    pub must: bool,
    /// May stay blank.
    pub optional: bool,
    /// Worked out from other fields.
    pub computed: bool,
    /// Asked for only in some cases.
    pub conditional: bool,
    /// Who fills it; `None`: whoever has the form.
    pub by: Option<ActorId>,
    /// From this stage on; `None`: from the start.
    pub at: Option<StageId>,
    /// What to write, limits, cases in which it is not asked for: a sentence each.
    pub hints: Vec<Text>,
    /// Those of them that are for paper too: what to write, and how much.
    pub advice: Vec<Text>,
    /// The seal that is put on it.
    pub seal: Option<Box<Field<'a>>>,
}

impl<'a> Field<'a> {
    /// The field of a form or a fact.
    pub fn of_input(plan: &Plan<'a>, input: &'a Input, by: Option<ActorId>) -> Self {
        let computed = matches!(input.origin, Origin::Computed(_));
        let mut hints = hints(&input.field, input.prompt.as_ref(), input.help.as_ref());
        let advice = advice(&input.field, input.prompt.as_ref(), input.help.as_ref());
        if computed {
            hints.push(text!("按所填各项计算，可不填", "worked out from the entries, may stay blank"));
        }
        if input.when.is_some() {
            hints.push(text!("不适用的不填", "leave blank if it does not apply"));
        }
        Self {
            must: !input.optional && !computed && input.when.is_none(),
            optional: input.optional && !computed,
            computed,
            conditional: input.when.is_some(),
            by,
            at: input.stage,
            hints,
            advice,
            ..Self::plain(plan, &input.ident, input.pointer.clone(), &input.field)
        }
    }

    /// A field of a record that stands at a pointer, filled like the record itself.
    pub fn of_record(plan: &Plan<'a>, field: &'a RecordField, whole: &str, must: bool) -> Self {
        let pointer = format!("{whole}/{}", pointer_step(&field.ident.key));
        Self {
            must: must && !field.optional,
            optional: field.optional,
            hints: hints(&field.field, None, field.help.as_ref()),
            advice: advice(&field.field, None, field.help.as_ref()),
            ..Self::plain(plan, &field.ident, pointer, &field.field)
        }
    }

    /// A field of which nothing is known but its kind.
    pub fn plain(plan: &Plan<'a>, ident: &'a Ident, pointer: String, field: &'a FieldType) -> Self {
        let unit = unit(plan, field);
        Self {
            ident,
            pointer,
            field,
            unit,
            must: false,
            optional: false,
            computed: false,
            conditional: false,
            by: None,
            at: None,
            hints: Vec::new(),
            advice: Vec::new(),
            seal: None,
        }
    }

    /// Its printed label.
    pub fn label(&self) -> &'a str {
        &self.ident.label.text
    }

    /// The label in both languages.
    pub fn words(&self) -> Text {
        self.ident.label.words()
    }

    /// The label with the unit.
    pub fn title(&self) -> Text {
        with_unit(self.words(), self.unit.as_ref())
    }

    /// Whether it takes the whole width of a sheet.
    pub fn is_long(&self) -> bool {
        matches!(self.field.kind, FieldKind::Prose | FieldKind::List(_) | FieldKind::AnyOf(_))
    }

    /// Whether a narrow cell holds it.
    pub fn is_number(&self) -> bool {
        use FieldKind as K;
        matches!(self.field.kind, K::Integer | K::Count | K::Year | K::Decimal { .. } | K::Percent { .. } | K::Money { .. })
    }

    /// Whether what is written is too long for half a row.
    pub fn is_wide(&self) -> bool {
        matches!(self.field.kind, FieldKind::Email | FieldKind::Url)
    }
}

/// Words with the unit behind them.
pub fn with_unit(words: Text, unit: Option<&Text>) -> Text {
    let Some(unit) = unit else { return words };
    // Brackets are of the script of the words before them.
    let joined = |words: &str, unit: &str| if words.is_ascii() { format!("{words} ({unit})") } else { format!("{words}（{unit}）") };
    Text { zh: joined(&words.zh, &unit.zh), en: joined(&words.en, &unit.en) }
}

/// A pointer as a name for the ids of a page.
pub fn anchor(pointer: &str) -> String {
    pointer.trim_start_matches('/').replace('/', "-")
}

/// The unit in words; percent has one without saying so.
pub fn unit(plan: &Plan<'_>, field: &FieldType) -> Option<Text> {
    match (field.unit, &field.kind) {
        (Some(unit), _) => Some(plan.programme.unit(unit).ident.label.words()),
        (None, FieldKind::Percent { .. }) => Some(Text::same("%")),
        (None, _) => None,
    }
}

/// The values of a closed list that may still be chosen; nothing for other kinds.
pub fn choices<'a>(plan: &Plan<'a>, field: &FieldType) -> Vec<&'a EnumValue> {
    match &field.kind {
        FieldKind::OneOf(id) | FieldKind::AnyOf(id) => {
            plan.programme.enumeration(*id).values.iter().filter(|v| v.retired_since.is_none()).collect()
        }
        _ => Vec::new(),
    }
}

/// Prompt, help and limits, each a sentence.
pub fn hints(field: &FieldType, prompt: Option<&Label>, help: Option<&Label>) -> Vec<Text> {
    let mut words = advice(field, prompt, help);
    match (&field.low, &field.high) {
        (Some(low), Some(high)) => words.push(text!("{low} 至 {high}", "{low} to {high}")),
        (Some(low), None) => words.push(text!("不小于 {low}", "at least {low}")),
        (None, Some(high)) => words.push(text!("不大于 {high}", "at most {high}")),
        (None, None) => {}
    }
    if field.kind == FieldKind::Month {
        words.push(text!("格式：2024-04", "written as 2024-04"));
    }
    words
}

/// Prompt, help and limits on length.
fn advice(field: &FieldType, prompt: Option<&Label>, help: Option<&Label>) -> Vec<Text> {
    let what = field.length_unit();
    let limits = field.limits.iter().map(|limit| match (limit.kind, limit.value, &what.zh, &what.en) {
        (LimitKind::About, value, zh, en) => text!("{value} {zh}左右", "about {value} {en}"),
        (LimitKind::AtMost, value, zh, en) => text!("不超过 {value} {zh}", "at most {value} {en}"),
        (LimitKind::AtLeast, value, zh, en) => text!("不少于 {value} {zh}", "at least {value} {en}"),
    });
    prompt.into_iter().chain(help).map(Label::words).chain(limits).collect()
}
