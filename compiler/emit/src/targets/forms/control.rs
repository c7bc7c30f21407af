//! Fields to controls: which HTML element, which words, which data attributes.
//!
//! In: a field with its place. Out: a [`Control`] and the words beside it.
//! Always: an id is its pointer, so ids are unique; never `type=number`, `maxlength` or placeholder text; units stand in words.

use crate::Plan;
use prog_model::{FieldKind, FieldType, Ident, Input, Label, LimitKind, Origin};
use serde::Serialize;

/// One control as the template prints it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Control {
    /// `input`, `area`, `radio`, `checks`, `check`, `select`, `file`
    pub kind: &'static str,
    /// Unique id.
    pub id: String,
    /// Where its value stands in the exported JSON.
    pub at: String,
    /// How its value is exported: `text`, `number`, `decimal`, `yes_no`, `list`, `file`, `copy`.
    pub exported: &'static str,
    /// `type` of an input element.
    pub input: &'static str,
    pub inputmode: Option<&'static str>,
    pub autocomplete: Option<&'static str>,
    /// The name for people and for legends.
    pub label: String,
    /// Ids that together name it; otherwise its `label` element does.
    pub labelled_by: Option<String>,
    pub described_by: Option<String>,
    /// The unit as suffix.
    pub unit: Option<String>,
    pub must: bool,
    pub disabled: bool,
    pub options: Vec<Choice>,
    /// Lines of a text area.
    pub lines: usize,
    /// File endings.
    pub accept: Option<String>,
    /// Value of a lone check box, for `copy`: the format.
    pub value: Option<String>,
    /// For `copy`: the copy bears a seal.
    pub sealed: bool,
}

/// A choice of a closed list.
#[derive(Clone, Debug, Serialize)]
pub struct Choice {
    pub id: String,
    pub value: String,
    pub label: String,
}

/// A field ready to be laid out.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    pub ident: &'a Ident,
    pub pointer: String,
    pub field: &'a FieldType,
    /// Required whatever else was entered.
    pub must: bool,
    /// May stay blank.
    pub optional: bool,
    pub disabled: bool,
    /// What to write, limits, cases in which it is not asked for.
    pub hints: Vec<String>,
}

impl<'a> Field<'a> {
    /// The field of a form or a fact.
    pub fn of_input(plan: &Plan<'_>, input: &'a Input, disabled: bool) -> Self {
        let computed = matches!(input.origin, Origin::Computed(_));
        let mut hints = hints(plan, &input.field, input.prompt.as_ref(), input.help.as_ref());
        if computed {
            hints.push("按所填各项计算，可不填".to_owned());
        }
        if input.when.is_some() {
            hints.push("不适用的不填".to_owned());
        }
        let must = !input.optional && !computed && input.when.is_none();
        Self {
            ident: &input.ident,
            pointer: input.pointer.clone(),
            field: &input.field,
            must,
            optional: input.optional && !computed,
            disabled,
            hints,
        }
    }

    /// The label with the unit.
    pub fn title(&self, plan: &Plan<'_>) -> String {
        match unit(plan, self.field) {
            Some(unit) => format!("{}（{unit}）", self.ident.label.text),
            None => self.ident.label.text.clone(),
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

    /// Its control.
    pub fn control(&self, plan: &Plan<'_>) -> Control {
        let id = id(&self.pointer);
        let described_by = (!self.hints.is_empty()).then(|| format!("{id}-hint"));
        let control = Control {
            label: self.ident.label.text.clone(),
            at: self.pointer.clone(),
            described_by,
            unit: unit(plan, self.field),
            must: self.must,
            disabled: self.disabled,
            id,
            ..entry(plan, self.field)
        };
        with_options(plan, self.field, control)
    }
}

/// The id of what stands at a pointer.
pub fn id(pointer: &str) -> String {
    pointer.trim_start_matches('/').replace('/', "-")
}

/// The unit in words; percent has one without saying so.
pub fn unit(plan: &Plan<'_>, field: &FieldType) -> Option<String> {
    match (field.unit, &field.kind) {
        (Some(unit), _) => Some(plan.programme.unit(unit).ident.label.text.clone()),
        (None, FieldKind::Percent { .. }) => Some("%".to_owned()),
        (None, _) => None,
    }
}

/// Prompt, help and limits, each a sentence.
pub fn hints(_plan: &Plan<'_>, field: &FieldType, prompt: Option<&Label>, help: Option<&Label>) -> Vec<String> {
    let mut words: Vec<String> = prompt.into_iter().chain(help).map(|l| l.text.clone()).collect();
    let of_file = matches!(field.kind, FieldKind::File { .. });
    let of_items = matches!(field.kind, FieldKind::List(_) | FieldKind::AnyOf(_));
    let what = if of_file {
        "字节"
    } else if of_items {
        "项"
    } else {
        "字"
    };
    words.extend(field.limits.iter().map(|limit| match limit.kind {
        LimitKind::About => format!("{} {what}左右", limit.value),
        LimitKind::AtMost => format!("不超过 {} {what}", limit.value),
        LimitKind::AtLeast => format!("不少于 {} {what}", limit.value),
    }));
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

/// Element, type and export of a kind of entry.
fn entry(plan: &Plan<'_>, field: &FieldType) -> Control {
    use FieldKind as K;
    let line = |input, inputmode, exported| Control { kind: "input", input, inputmode, exported, ..Control::default() };
    match &field.kind {
        K::Text | K::Unknown => line("text", None, "text"),
        K::Prose => Control { kind: "area", exported: "text", lines: lines(field), ..Control::default() },
        K::Integer | K::Count | K::Year => line("text", Some("numeric"), "number"),
        K::Decimal { .. } | K::Percent { .. } | K::Money { .. } => line("text", Some("decimal"), "decimal"),
        K::Date => line("date", None, "text"),
        K::Month => line("month", None, "text"),
        K::Email => Control { autocomplete: Some("email"), ..line("email", None, "text") },
        K::Phone => Control { autocomplete: Some("tel"), ..line("tel", None, "text") },
        K::Mobile => Control { autocomplete: Some("tel"), ..line("tel", None, "text") },
        K::Postcode => Control { autocomplete: Some("postal-code"), ..line("text", Some("numeric"), "text") },
        K::Url => line("url", None, "text"),
        K::YesNo => Control { kind: "radio", exported: "yes_no", ..Control::default() },
        K::File { kinds, .. } => {
            let accept = (!kinds.is_empty()).then(|| kinds.iter().map(|k| format!(".{k}")).collect::<Vec<_>>().join(","));
            Control { kind: "file", exported: "file", accept, ..Control::default() }
        }
        K::OneOf(id) => {
            let many = plan.programme.enumeration(*id).values.len() > 6;
            Control { kind: if many { "select" } else { "radio" }, exported: "text", ..Control::default() }
        }
        K::AnyOf(_) => Control { kind: "checks", exported: "list", ..Control::default() },
        // Records and lists are laid out field by field.
        K::Record(_) | K::List(_) => line("text", None, "text"),
    }
}

/// About a line for every hundred characters that are asked for: the box grows by hand.
fn lines(field: &FieldType) -> usize {
    let asked = field.limits.iter().map(|l| l.value).max().unwrap_or(300);
    (asked / 100).clamp(5, 15) as usize
}

fn with_options(plan: &Plan<'_>, field: &FieldType, mut control: Control) -> Control {
    let choice =
        |value: &str, label: &str| Choice { id: format!("{}.{value}", control.id), value: value.to_owned(), label: label.to_owned() };
    control.options = match &field.kind {
        FieldKind::YesNo => vec![choice("true", "是"), choice("false", "否")],
        FieldKind::OneOf(id) | FieldKind::AnyOf(id) => {
            let values = plan.programme.enumeration(*id).values.iter();
            values.filter(|v| v.retired_since.is_none()).map(|v| choice(&v.ident.key, &v.ident.label.text)).collect()
        }
        _ => Vec::new(),
    };
    control
}
