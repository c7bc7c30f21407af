//! Values of an alternative, as people read them and as cases hold them.
//!
//! Always: every value is one that the alternative allows; what it says nothing about is left out.

use super::allowed::Allowed;
use super::{Known, Subject, atoms};
use crate::lower::Constant;
use crate::{EnumId, Expr, ExprKind, InputId, Programme, ReadingId, ReadingValue, Type};
use prog_base::{Date, Exact, Text, text};

/// Values that fulfil conditions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Example {
    /// In the order in which the conditions name them.
    pub entries: Vec<Entry>,
}

/// What one entry holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A fact or field; of a record one of its fields.
    Input {
        /// The entry.
        input: InputId,
        /// The field of the record that it is.
        member: Option<usize>,
        /// What it holds.
        held: Held,
    },
    /// A word of a reading.
    Reading(ReadingId, usize),
}

/// What an entry holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// Nothing.
    Blank,
    /// A value; numbers in base units.
    Value(Constant),
}

impl Example {
    /// In words: `座位 = 80，类型 = 甲`. Empty where any case will do.
    pub fn words(&self, p: &Programme) -> Text {
        let all = self.entries.iter().map(|entry| match entry {
            Entry::Input { input, member, held } => {
                let entry = p.input(*input);
                let name =
                    member_name(p, &entry.ty, *member).map_or_else(|| entry.ident.name.clone(), |m| format!("{}.{m}", entry.ident.name));
                match held {
                    Held::Blank => text!("{name}空白", "{name} blank"),
                    Held::Value(value) => {
                        let shown = p.shown(value, member_type(p, &entry.ty, *member));
                        Text { zh: format!("{name} = {}", shown.zh), en: format!("{name} = {}", shown.en) }
                    }
                }
            }
            Entry::Reading(reading, value) => {
                let of = p.reading(*reading);
                let word = match &of.value {
                    ReadingValue::Choice { values, .. } => values.get(*value).map_or("", |v| v.name.as_str()),
                    ReadingValue::Band(_) | ReadingValue::Expr(_) => "",
                };
                text!("口径“{}”取“{word}”", "reading `{}` is `{word}`", of.ident.name)
            }
        });
        Text::joined(all, &text!("，", ", "))
    }
}

impl Programme {
    /// A constant as people write it, a number in the unit of its type.
    pub fn shown(&self, value: &Constant, ty: &Type) -> Text {
        match (value, ty) {
            (Constant::Bool(true), _) => text!("是", "yes"),
            (Constant::Bool(false), _) => text!("否", "no"),
            (Constant::Number(n), Type::Number(number)) => {
                let shown = n.checked_div(&self.unit_size(number)).unwrap_or_else(|| n.clone());
                Text::same(match (number.shown_as(), number.unit) {
                    (_, Some(unit)) => format!("{shown} {}", self.unit(unit).ident.name),
                    // A quotient that is no share.
                    (crate::Dimension::Ratio, None) if number.digits.is_none() && (n > &Exact::ONE || n < &-&Exact::ONE) => n.to_string(),
                    (crate::Dimension::Ratio, None) => format!("{shown}%"),
                    (_, None) => shown.to_string(),
                })
            }
            (Constant::Number(n), _) => Text::same(n.to_string()),
            (Constant::Date(day), _) => Text::same(day.to_string()),
            (Constant::Enum(of, v), _) => {
                Text::same(self.enumeration(*of).values.get(*v).map_or_else(String::new, |v| v.ident.name.clone()))
            }
            (Constant::Text(words), _) => text!("“{words}”", "`{words}`"),
        }
    }
}

fn record_of(ty: &Type) -> Option<crate::RecordId> {
    if let Type::Record(id) = ty { Some(*id) } else { None }
}

fn member_name(p: &Programme, ty: &Type, member: Option<usize>) -> Option<String> {
    let fields = &p.records[record_of(ty)?.index()].fields;
    Some(fields.get(member?)?.ident.name.clone())
}

/// The type of an entry, or of the field of it that is meant.
pub(crate) fn member_type<'p>(p: &'p Programme, ty: &'p Type, member: Option<usize>) -> &'p Type {
    let field = record_of(ty).zip(member).and_then(|(record, m)| p.records[record.index()].fields.get(m));
    field.map_or(ty, |f| &f.ty)
}

/// An example of what is known; `None` where something can't be shown by values of entries.
pub(super) fn of(p: &Programme, known: &Known<'_>) -> Option<Example> {
    let mut example = Example::default();
    for (subject, allowed) in &known.values {
        let entry = match subject {
            Subject::Reading(reading) => match allowed {
                Allowed::Values(values) => Entry::Reading(*reading, *values.first()?),
                Allowed::Range { .. } => return None,
            },
            Subject::Value(e) => input(e, Held::Value(picked(p, &e.ty, allowed)?))?,
            Subject::Given(e) => match allowed {
                Allowed::Values(values) if values.contains(&0) => input(e, Held::Blank)?,
                // Its value stands beside it.
                _given if known.values.iter().any(|(s, _)| s.is(&Subject::Value(e))) => continue,
                _given => input(e, Held::Value(anything(p, &e.ty)?))?,
            },
        };
        example.entries.push(entry);
    }
    Some(example)
}

/// The entry that an expression reads.
fn input(e: &Expr, held: Held) -> Option<Entry> {
    match &e.kind {
        ExprKind::Input(id) => Some(Entry::Input { input: *id, member: None, held }),
        ExprKind::Member { of, field } => match &of.kind {
            ExprKind::Input(id) => Some(Entry::Input { input: *id, member: Some(*field), held }),
            _deeper => None,
        },
        _no_entry => None,
    }
}

fn picked(p: &Programme, ty: &Type, allowed: &Allowed) -> Option<Constant> {
    match (allowed, ty) {
        (Allowed::Values(values), Type::Enum(of)) => Some(Constant::Enum(*of, choosable(p, *of, values.iter().copied())?)),
        (Allowed::Values(values), Type::Bool) => values.first().map(|v| Constant::Bool(*v == 1)),
        (Allowed::Values(_), _) => None,
        (Allowed::Range { .. }, _) => allowed.pick(),
    }
}

/// A value that is not retired, if there is one.
fn choosable(p: &Programme, of: EnumId, values: impl Iterator<Item = usize> + Clone) -> Option<usize> {
    let current = |v: &usize| p.enumeration(of).values.get(*v).is_some_and(|v| v.retired_since.is_none());
    values.clone().find(current).or_else(|| values.clone().next())
}

/// Any value of a type.
fn anything(p: &Programme, ty: &Type) -> Option<Constant> {
    match ty {
        Type::Bool => Some(Constant::Bool(true)),
        Type::Enum(of) => Some(Constant::Enum(*of, choosable(p, *of, 0..p.enumeration(*of).values.len())?)),
        Type::Number(number) => atoms::all_of(p, number).pick().or(Some(Constant::Number(Exact::ZERO))),
        Type::Date => Date::new(2024, 5, 1).map(Constant::Date),
        Type::Text => Some(Constant::Text("甲".to_owned())),
        Type::Unknown | Type::Set(_) | Type::Moment | Type::Duration | Type::Record(_) | Type::List(_) => None,
    }
}
