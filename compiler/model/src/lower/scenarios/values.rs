//! Literal data as JSON, by the type of what it is for.
//!
//! In: a value as written and the field it fills. Out: the JSON that a page would export.
//! Always: exact; decimals, money and percent are texts in the declared unit.

use super::super::Lower;
use crate::{Dimension, FieldKind, FieldType, NumberType, UnitId};
use prog_base::{Date, Diagnostic, Exact, Moment, RoundMode, Span, Text, codes, text};
use prog_syntax::ast::{self, Data, ExprKind};
use serde_json::{Map, Value};

impl Lower<'_> {
    /// A value for a field; `None` when blank or not understood.
    pub(super) fn value(&mut self, data: &Data, field: &FieldType) -> Option<Value> {
        match (data, &field.kind) {
            (Data::Blank(_), _) | (_, FieldKind::Unknown) => None,
            (Data::Scalar(ast::Expr { kind: ExprKind::Bad, .. }), _) => None,
            (Data::List(items, _), FieldKind::List(item)) => Some(items.iter().filter_map(|i| self.value(i, item)).collect()),
            (Data::List(items, _), FieldKind::AnyOf(of)) => {
                let one = FieldType { kind: FieldKind::OneOf(*of), ..field.clone() };
                Some(items.iter().filter_map(|i| self.value(i, &one)).collect())
            }
            (Data::Record(entries, _), FieldKind::Record(record)) => {
                let fields = self.p.records[record.index()].fields.clone();
                let mut map = Map::new();
                for entry in entries {
                    let Some(name) = entry.key.first() else { continue };
                    let Some(part) = fields.iter().find(|f| f.ident.name == name.text || f.ident.key == name.text) else {
                        let known: Vec<String> = fields.iter().map(|f| f.ident.name.clone()).collect();
                        self.unknown_name(name, text!("栏目", "field"), &known);
                        continue;
                    };
                    if let Some(value) = self.value(&entry.value, &part.field) {
                        map.insert(part.ident.key.clone(), value);
                    }
                }
                Some(map.into())
            }
            (Data::Scalar(e), FieldKind::AnyOf(of)) => {
                let one = FieldType { kind: FieldKind::OneOf(*of), ..field.clone() };
                Some(Value::Array(vec![self.scalar(e, &one)?]))
            }
            (Data::Scalar(e), _) => self.scalar(e, field),
            (Data::List(_, span) | Data::Record(_, span) | Data::Sealed(ast::Name { span, .. }), _) => {
                self.wrong_value(*span, wanted(&field.kind));
                None
            }
        }
    }

    fn scalar(&mut self, e: &ast::Expr, field: &FieldType) -> Option<Value> {
        let found = match (&e.kind, &field.kind) {
            (ExprKind::Bool(b), FieldKind::YesNo) => Some(Value::Bool(*b)),
            (ExprKind::Text(t), FieldKind::OneOf(of)) => {
                // A text is taken as it is, so that an unlisted value can be shown too.
                let known = self.p.enums[of.index()].values.iter().find(|v| v.ident.name == *t);
                Some(known.map_or_else(|| t.clone(), |v| v.ident.key.clone()).into())
            }
            (ExprKind::Name(name), FieldKind::OneOf(of)) => {
                let values = &self.p.enums[of.index()].values;
                let Some(known) = values.iter().find(|v| v.ident.name == name.text) else {
                    let names: Vec<String> = values.iter().map(|v| v.ident.name.clone()).collect();
                    self.unknown_name(name, text!("取值", "value"), &names);
                    return None;
                };
                Some(known.ident.key.clone().into())
            }
            (ExprKind::Text(t), kind) if is_text(kind) => Some(t.clone().into()),
            (ExprKind::Date(day), FieldKind::Date) => Some(day.to_string().into()),
            (ExprKind::Date(day), FieldKind::Month) => Some(day.to_string()[..7].into()),
            (ExprKind::Text(t), FieldKind::Date | FieldKind::Month) => Some(t.clone().into()),
            (ExprKind::Date(day), FieldKind::Year) => Some(i64::from(day.parts().0).into()),
            (ExprKind::Number { value, unit: None }, FieldKind::Year) => value.to_i64().map(Value::from),
            (_, kind) if is_number(kind) => self.entered_number(e, field),
            _other => None,
        };
        if found.is_none() {
            self.wrong_value(e.span, wanted(&field.kind));
        }
        found
    }

    /// A number in the field's declared unit: an integer, or a decimal text.
    fn entered_number(&mut self, e: &ast::Expr, field: &FieldType) -> Option<Value> {
        let value = self.number_in(e, field.unit)?;
        self.as_declared(&value, field, e.span);
        match field.kind {
            FieldKind::Integer | FieldKind::Count => match value.to_i64() {
                Some(n) => Some(n.into()),
                // As entered: the case is then refused, which a scenario may want to show.
                None => Some(value.to_string().into()),
            },
            FieldKind::Decimal { .. } | FieldKind::Percent { .. } | FieldKind::Money { .. } => Some(value.to_string().into()),
            FieldKind::Text
            | FieldKind::Prose
            | FieldKind::Date
            | FieldKind::Month
            | FieldKind::Year
            | FieldKind::YesNo
            | FieldKind::Email
            | FieldKind::Phone
            | FieldKind::Mobile
            | FieldKind::Postcode
            | FieldKind::Url
            | FieldKind::File { .. }
            | FieldKind::OneOf(_)
            | FieldKind::AnyOf(_)
            | FieldKind::Record(_)
            | FieldKind::List(_)
            | FieldKind::Unknown => None,
        }
    }

    /// Warns of a number that the field does not take: the case would be sent back, and the rules would not know it. An example of that says
    /// so.
    fn as_declared(&mut self, value: &Exact, field: &FieldType, span: Span) {
        if self.shows_faults {
            return;
        }
        let (low, high) = field.range();
        let wanted = if let Some(low) = low.filter(|low| value < low) {
            text!("这一栏从 {low} 起", "this entry starts at {low}")
        } else if let Some(high) = high.filter(|high| value > high) {
            text!("这一栏至多 {high}", "this entry goes up to {high}")
        } else if let Some(digits) = field.kind.digits().filter(|digits| value.round(RoundMode::Down, *digits as usize) != *value) {
            text!("这一栏至多有 {digits} 位小数", "this entry has at most {digits} digits after the point")
        } else if let Some(step) = field.step.as_ref().filter(|_| !field.on_step(value)) {
            text!("这一栏的步长是 {step}", "this entry goes in steps of {step}")
        } else {
            return;
        };
        let (zh, en) = (wanted.zh, wanted.en);
        self.report(
            Diagnostic::warning(codes::OUTSIDE_TYPE, span, text!("{zh}，规则读不到 {value}", "{en}: the rules don't know {value}")).help(text!(
                "改数，或改这一栏的类型；如果样例要说明的正是这样填会退回，写 应 结论为 退回",
                "change the number, or the entry's type; where the example is to show that it is sent back, say `expect verdict returned`"
            )),
        );
    }

    /// A literal number as a type shows it: `40%` is 40 of a percentage, 0.4 of a number.
    pub(super) fn number_shown(&mut self, e: &ast::Expr, ty: &NumberType) -> Option<Exact> {
        let points = *ty.shown_as() == Dimension::Ratio;
        let written = self.number_in(e, ty.unit.filter(|_| !points))?;
        let percent =
            matches!(e.kind, ExprKind::Percent(_)) || matches!(&e.kind, ExprKind::Negate(of) if matches!(of.kind, ExprKind::Percent(_)));
        if points || !percent { Some(written) } else { written.checked_div(&Exact::from(100)) }
    }

    /// A literal number counted in `unit`.
    pub(super) fn number_in(&mut self, e: &ast::Expr, unit: Option<UnitId>) -> Option<Exact> {
        match &e.kind {
            ExprKind::Number { value, unit: None } => Some(value.clone()),
            ExprKind::Percent(points) => Some(points.clone()),
            ExprKind::Negate(inner) => self.number_in(inner, unit).map(|n| -&n),
            ExprKind::Number { value, unit: Some(written) } => {
                let written = self.find_unit(written)?;
                let (from, to) = (self.p.unit(written).clone(), self.p.unit(unit?).clone());
                if from.base != to.base {
                    return None;
                }
                (value * &from.factor).checked_div(&to.factor)
            }
            _other => None,
        }
    }

    /// A day as `YYYY-MM-DD`, a clock time with the programme's offset.
    pub(super) fn day_or_moment(&mut self, e: &ast::Expr) -> Option<String> {
        match &e.kind {
            ExprKind::Date(day) => Some(day.to_string()),
            ExprKind::DateTime { date, hour, minute, second } => {
                let local = self.local_time(*date, (*hour, *minute, *second));
                if local.is_none() {
                    self.wrong_value(
                        e.span,
                        text!("时间要有时区才能确定：在方案开头写 时区", "a clock time needs the programme's `timezone`"),
                    );
                }
                local
            }
            ExprKind::Text(text) if Moment::parse(text).is_some() => Some(text.clone()),
            ExprKind::Bad => None,
            _other => {
                self.wrong_value(e.span, text!("写日期，例如 2024-04-22", "write a date, such as 2024-04-22"));
                None
            }
        }
    }

    fn local_time(&self, day: Date, (hour, minute, second): (i8, i8, i8)) -> Option<String> {
        let zone = self.p.zone.as_ref()?;
        let (day, hour) =
            if hour == 24 { (day.plus(prog_base::Duration { count: 1, unit: prog_base::DurationUnit::Days })?, 0) } else { (day, hour) };
        let at = zone.moment(day, hour, minute, second)?;
        let (_, offset) = zone.transitions(at, at).first().copied()?;
        let (sign, minutes) = (if offset < 0 { '-' } else { '+' }, offset.abs() / 60);
        Some(format!("{day}T{hour:02}:{minute:02}:{second:02}{sign}{:02}:{:02}", minutes / 60, minutes % 60))
    }

    pub(super) fn wrong_value(&mut self, span: Span, wanted: Text) {
        self.report(Diagnostic::error(codes::WRONG_VALUE, span, text!("这个值填不进去", "this value does not fit here")).help(wanted));
    }
}

fn is_text(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::Text
        | FieldKind::Prose
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::Mobile
        | FieldKind::Postcode
        | FieldKind::Url
        | FieldKind::File { .. } => true,
        FieldKind::Integer
        | FieldKind::Count
        | FieldKind::Decimal { .. }
        | FieldKind::Percent { .. }
        | FieldKind::Money { .. }
        | FieldKind::Date
        | FieldKind::Month
        | FieldKind::Year
        | FieldKind::YesNo
        | FieldKind::OneOf(_)
        | FieldKind::AnyOf(_)
        | FieldKind::Record(_)
        | FieldKind::List(_)
        | FieldKind::Unknown => false,
    }
}

fn is_number(kind: &FieldKind) -> bool {
    matches!(kind, FieldKind::Integer | FieldKind::Count | FieldKind::Decimal { .. } | FieldKind::Percent { .. } | FieldKind::Money { .. })
}

/// What a field takes, for people.
fn wanted(kind: &FieldKind) -> Text {
    match kind {
        FieldKind::Integer | FieldKind::Count | FieldKind::Decimal { .. } | FieldKind::Money { .. } | FieldKind::Year => {
            text!("这里要写数", "a number stands here")
        }
        FieldKind::Percent { .. } => text!("这里要写百分数，例如 95%", "a percentage stands here, such as 95%"),
        FieldKind::Date => text!("这里要写日期", "a date stands here"),
        FieldKind::Month => text!(
            "这里要写月份：写它的第一天，如 2031-06-01，或 \"2031-06\"",
            "a month stands here: write its first day, as in 2031-06-01, or \"2031-06\""
        ),
        FieldKind::YesNo => text!("这里要写 是 或 否", "`yes` or `no` stands here"),
        FieldKind::OneOf(_) => text!("这里要写选项中的一个", "one value of the list stands here"),
        FieldKind::AnyOf(_) => text!("这里要写选项中的几个，放在方括号里", "values of the list stand here, in square brackets"),
        FieldKind::Record(_) => text!("这里要写 {{ 栏目: 值 }}", "write `{{ field: value }}` here"),
        FieldKind::List(_) => text!("这里要写列表，放在方括号里", "a list stands here, in square brackets"),
        FieldKind::Text
        | FieldKind::Prose
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::Mobile
        | FieldKind::Postcode
        | FieldKind::Url
        | FieldKind::File { .. }
        | FieldKind::Unknown => text!("这里要写文字，放在引号里", "a text stands here, in quotes"),
    }
}
