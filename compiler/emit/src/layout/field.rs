//! A field as it is laid out: its words, unit, limits and choices, who fills it.
//!
//! In: inputs, record fields and columns of the model. Out: [`Field`]s. Always: a pointer is where its value stands in a case or package, so
//! pointers are unique on a sheet.

use crate::Plan;
use crate::names::pointer_step;
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
    pub unit: Option<&'a str>,
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
    pub hints: Vec<String>,
    /// Those of them that are for paper too: what to write, and how much.
    pub advice: Vec<String>,
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
            hints.push("按所填各项计算，可不填".to_owned());
        }
        if input.when.is_some() {
            hints.push("不适用的不填".to_owned());
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

    /// The label with the unit.
    pub fn title(&self) -> String {
        match self.unit {
            Some(unit) => format!("{}（{unit}）", self.label()),
            None => self.label().to_owned(),
        }
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

/// A pointer as a name for the ids of a page.
pub fn anchor(pointer: &str) -> String {
    pointer.trim_start_matches('/').replace('/', "-")
}

/// The unit in words; percent has one without saying so.
pub fn unit<'a>(plan: &Plan<'a>, field: &FieldType) -> Option<&'a str> {
    match (field.unit, &field.kind) {
        (Some(unit), _) => Some(plan.programme.unit(unit).ident.label.text.as_str()),
        (None, FieldKind::Percent { .. }) => Some("%"),
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
pub fn hints(field: &FieldType, prompt: Option<&Label>, help: Option<&Label>) -> Vec<String> {
    let mut words = advice(field, prompt, help);
    match (&field.low, &field.high) {
        (Some(low), Some(high)) => words.push(format!("{low} 至 {high}")),
        (Some(low), None) => words.push(format!("不小于 {low}")),
        (None, Some(high)) => words.push(format!("不大于 {high}")),
        (None, None) => {}
    }
    if field.kind == FieldKind::Month {
        words.push("格式：2024-04".to_owned());
    }
    words
}

/// Prompt, help and limits on length.
fn advice(field: &FieldType, prompt: Option<&Label>, help: Option<&Label>) -> Vec<String> {
    let what = match field.kind {
        FieldKind::File { .. } => "字节",
        FieldKind::List(_) | FieldKind::AnyOf(_) => "项",
        _ => "字",
    };
    let limits = field.limits.iter().map(|limit| match limit.kind {
        LimitKind::About => format!("{} {what}左右", limit.value),
        LimitKind::AtMost => format!("不超过 {} {what}", limit.value),
        LimitKind::AtLeast => format!("不少于 {} {what}", limit.value),
    });
    prompt.into_iter().chain(help).map(|l| l.text.clone()).chain(limits).collect()
}
