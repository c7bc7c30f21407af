//! Fields to controls: which HTML element, which words, which data attributes.
//!
//! In: a field with its place. Out: a [`Control`] and the words beside it.
//! Always: an id is its pointer, so ids are unique; never `type=number`, `maxlength` or placeholder text; units stand in words.

use super::said::Said;
use crate::Plan;
use crate::layout::{Field, anchor, choices};
use prog_base::{Text, text};
use prog_model::{FieldKind, FieldType};
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
    pub label: Said,
    /// Ids that together name it; otherwise its `label` element does.
    pub labelled_by: Option<String>,
    pub described_by: Option<String>,
    /// The unit as suffix.
    pub unit: Option<Said>,
    pub must: bool,
    pub disabled: bool,
    pub options: Vec<Choice>,
    /// Lines of a text area.
    pub lines: usize,
    /// File endings.
    pub accept: Option<String>,
    /// Value of a lone check box, for `copy`: the format.
    pub value: Option<String>,
    /// For `copy`: the copy bears a seal; for `file`: it must.
    pub sealed: bool,
}

/// A choice of a closed list.
#[derive(Clone, Debug, Serialize)]
pub struct Choice {
    pub id: String,
    pub value: String,
    pub label: Said,
}

/// The control of a field.
pub fn control(plan: &Plan<'_>, field: &Field<'_>, disabled: bool) -> Control {
    let id = anchor(&field.pointer);
    let described_by = (!field.hints.is_empty()).then(|| format!("{id}-hint"));
    let control = Control {
        label: field.words().into(),
        at: field.pointer.clone(),
        described_by,
        unit: field.unit.clone().map(Said::from),
        must: field.must,
        disabled,
        id,
        ..entry(plan, field.field)
    };
    with_options(plan, field.field, control)
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
        K::File { kinds, sealed } => {
            let accept = (!kinds.is_empty()).then(|| kinds.iter().map(|k| format!(".{k}")).collect::<Vec<_>>().join(","));
            Control { kind: "file", exported: "file", accept, sealed: *sealed, ..Control::default() }
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
    control.options = match &field.kind {
        FieldKind::YesNo => yes_or_no(&control.id, [text!("是", "Yes"), text!("否", "No")]),
        _ => choices(plan, field).iter().map(|v| Choice::new(&control.id, &v.ident.key, v.ident.label.words())).collect(),
    };
    control
}

/// The two choices of a control that is true or false.
pub fn yes_or_no(control: &str, [yes, no]: [Text; 2]) -> Vec<Choice> {
    vec![Choice::new(control, "true", yes), Choice::new(control, "false", no)]
}

impl Choice {
    /// A value of a control.
    pub fn new(control: &str, value: &str, label: Text) -> Self {
        Self { id: format!("{control}.{value}"), value: value.to_owned(), label: label.into() }
    }
}
