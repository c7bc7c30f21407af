//! `when` guards as schemas: surely true, surely false.
//!
//! In: a guard over fields of the same form. Out: a schema of the whole form, or nothing where the vocabulary cannot say it.
//! Always: Kleene — where an entry is missing, neither schema holds (semantics 5.4: relevance unknown means not required).

use super::tree::steps;
use crate::Plan;
use crate::json::{Json, Object};
use prog_base::Exact;
use prog_model::{Comparison, Expr, ExprKind, FieldKind, FormId, Input};

/// Reads guards of one form.
pub struct Relevance<'a> {
    /// The plan.
    pub plan: &'a Plan<'a>,
    /// The form whose fields may be named.
    pub form: FormId,
}

impl Relevance<'_> {
    /// The forms for which the guard surely has this truth.
    pub fn when(&self, guard: &Expr, truth: bool) -> Option<Object> {
        match &guard.kind {
            ExprKind::Not(inner) => self.when(inner, !truth),
            ExprKind::And(parts) => self.all(parts, truth, truth),
            ExprKind::Or(parts) => self.all(parts, truth, !truth),
            ExprKind::Input(_) => self.entry_in(guard, &[Json::Bool(truth)]),
            ExprKind::Compare { op, left, right } => self.compare(*op, left, right, truth),
            ExprKind::In { value, set } => self.member(value, set, truth),
            // Everything else reads more than one entry, another form, or needs arithmetic.
            ExprKind::Bad
            | ExprKind::Bool(_)
            | ExprKind::Number(_)
            | ExprKind::Text(_)
            | ExprKind::Date(_)
            | ExprKind::Moment(_)
            | ExprKind::Duration(_)
            | ExprKind::EnumValue { .. }
            | ExprKind::Silent { .. }
            | ExprKind::Rule(_)
            | ExprKind::Let(_)
            | ExprKind::Constant(_)
            | ExprKind::ItemField { .. }
            | ExprKind::Item { .. }
            | ExprKind::Member { .. }
            | ExprKind::Key(_)
            | ExprKind::Due(_)
            | ExprKind::Time(_)
            | ExprKind::ReadingIs { .. }
            | ExprKind::Lookup { .. }
            | ExprKind::Length(_)
            | ExprKind::About { .. }
            | ExprKind::IsGiven(_)
            | ExprKind::Otherwise { .. }
            | ExprKind::If { .. }
            | ExprKind::Arithmetic { .. }
            | ExprKind::Negate(_)
            | ExprKind::Extreme { .. }
            | ExprKind::Round { .. }
            | ExprKind::Shift { .. }
            | ExprKind::ShiftTimes { .. }
            | ExprKind::Elapsed { .. }
            | ExprKind::OfDay { .. }
            | ExprKind::OverList { .. }
            | ExprKind::OverCases { .. }
            | ExprKind::Share { .. }
            | ExprKind::OverColumn { .. }
            | ExprKind::Split { .. } => None,
        }
    }

    /// All parts (`all`), or any of them.
    fn all(&self, parts: &[Expr], truth: bool, all: bool) -> Option<Object> {
        let parts: Option<Vec<Object>> = parts.iter().map(|p| self.when(p, truth)).collect();
        Some(Object::new().with(if all { "allOf" } else { "anyOf" }, parts?))
    }

    fn compare(&self, op: Comparison, left: &Expr, right: &Expr, truth: bool) -> Option<Object> {
        match op {
            Comparison::Equal => self.member(left, std::slice::from_ref(right), truth),
            Comparison::NotEqual => self.member(left, std::slice::from_ref(right), !truth),
            Comparison::AtLeast => self.bound(left, right, if truth { "minimum" } else { "exclusiveMaximum" }),
            Comparison::Less => self.bound(left, right, if truth { "exclusiveMaximum" } else { "minimum" }),
            Comparison::AtMost => self.bound(left, right, if truth { "maximum" } else { "exclusiveMinimum" }),
            Comparison::More => self.bound(left, right, if truth { "exclusiveMinimum" } else { "maximum" }),
            Comparison::Before | Comparison::After => None,
        }
    }

    /// A choice or truth value is one of these constants, or surely none of them.
    fn member(&self, value: &Expr, set: &[Expr], truth: bool) -> Option<Object> {
        let input = self.input(value)?;
        let constants: Option<Vec<Json>> = set.iter().map(|e| self.constant(e)).collect();
        let constants = constants?;
        if truth {
            return self.entry_in(value, &constants);
        }
        let others: Vec<Json> = if let FieldKind::OneOf(id) = &input.field.kind {
            self.plan.programme.enumeration(*id).values.iter().map(|v| Json::Text(v.ident.key.clone())).collect()
        } else {
            vec![Json::Bool(true), Json::Bool(false)]
        };
        let others: Vec<Json> = others.into_iter().filter(|v| !constants.contains(v)).collect();
        self.entry_in(value, &others)
    }

    fn bound(&self, value: &Expr, limit: &Expr, keyword: &str) -> Option<Object> {
        let input = self.input(value)?;
        let whole = matches!(input.field.kind, FieldKind::Integer | FieldKind::Count | FieldKind::Year);
        let ExprKind::Number(limit) = &limit.kind else { return None };
        let factor = input.field.unit.map_or(Exact::ONE, |u| self.plan.programme.unit(u).factor.clone());
        let limit = limit.checked_div(&factor)?.to_i64().filter(|_| whole)?;
        Some(at(input, Object::new().with("type", "integer").with(keyword, limit)))
    }

    fn entry_in(&self, value: &Expr, values: &[Json]) -> Option<Object> {
        let input = self.input(value)?;
        if !matches!(input.field.kind, FieldKind::YesNo | FieldKind::OneOf(_)) {
            return None;
        }
        let one = if let [one] = values { Object::new().with("const", one.clone()) } else { Object::new().with("enum", values.to_vec()) };
        Some(at(input, one))
    }

    /// The field of this form that the expression is.
    fn input(&self, value: &Expr) -> Option<&Input> {
        let ExprKind::Input(id) = value.kind else { return None };
        let input = self.plan.programme.input(id);
        (input.form == Some(self.form)).then_some(input)
    }

    fn constant(&self, value: &Expr) -> Option<Json> {
        if let ExprKind::Bool(b) = &value.kind {
            return Some(Json::Bool(*b));
        }
        let ExprKind::EnumValue { of, value } = &value.kind else { return None };
        let value = self.plan.programme.enumeration(*of).values.get(*value)?;
        Some(Json::Text(value.ident.key.clone()))
    }
}

/// A form that has this at the input's place.
pub fn at(input: &Input, schema: Object) -> Object {
    nest(input, schema, true)
}

/// A form that has this at the input's place, or nothing there.
pub fn at_most(input: &Input, schema: Object) -> Object {
    nest(input, schema, false)
}

fn nest(input: &Input, schema: Object, must: bool) -> Object {
    let steps = steps(&input.pointer);
    // The first two steps lead to the form itself: `/form/KEY`.
    steps.iter().skip(2).rev().fold(schema, |inner, step| {
        let object = Object::new().with("type", "object").with("properties", Object::new().with(step.as_str(), inner));
        object.with_some("required", must.then(|| vec![step.as_str()]))
    })
}
