//! Literals, readings, lengths, roundings, and the fit of a value to a place.

use super::{bad, kind_words, typed};
use crate::lower::{Lower, Named, Scope, Space, numbers};
use crate::{Dimension, EnumId, Expr, ExprKind, FieldType, NumberType, Type};
use prog_base::{Date, Diagnostic, Exact, RoundMode, Span, codes, text};
use prog_syntax::ast;

impl Lower<'_> {
    pub(super) fn number(&mut self, value: &Exact, unit: Option<&ast::Name>, span: Span) -> Expr {
        let Some(name) = unit else {
            return typed(ExprKind::Number(value.clone()), Type::Number(NumberType::literal(value)), span);
        };
        let Some(id) = self.find_unit(name) else { return bad(span) };
        let unit = &self.p.units[id.index()];
        typed(ExprKind::Number(value * &unit.factor), Type::Number(NumberType::united(value, id, unit)), span)
    }

    pub(super) fn moment(&mut self, date: Date, (hour, minute, second): (i8, i8, i8), span: Span) -> Expr {
        let Some(zone) = &self.p.zone else {
            self.report(
                Diagnostic::error(codes::NO_ZONE, span, text!("写了钟点，但方案没有时区", "A clock time needs the programme's time zone"))
                    .help(text!(
                        "在方案开头写 时区 \"Asia/Shanghai\"",
                        "Write the place's time zone at the top of the programme, such as `timezone \"Europe/London\"`"
                    )),
            );
            return bad(span);
        };
        // 24:00 is the first moment of the next day.
        let next = prog_base::Duration { count: 1, unit: prog_base::DurationUnit::Days };
        let moment = if hour == 24 { date.plus(next).and_then(|d| zone.start_of(d)) } else { zone.moment(date, hour, minute, second) };
        moment.map_or(bad(span), |m| typed(ExprKind::Moment(m), Type::Moment, span))
    }

    /// `reading R = VALUE`.
    pub(super) fn reading_is(&mut self, reading: &ast::Name, value: &ast::Name, span: Span) -> Expr {
        let id = match self.index.get(Space::Reading, reading) {
            Some(Named::Reading(id)) => Some(id),
            Some(_) | None => {
                let builtin = self.p.readings.iter().position(|r| r.ident.name == reading.text || r.ident.key == reading.text);
                builtin.map(|i| crate::ReadingId(i as u32))
            }
        };
        let Some(id) = id.or_else(|| self.find_reading(reading)) else { return bad(span) };
        let values: Vec<String> = match self.p.readings.get(id.index()).map(|r| &r.value) {
            Some(crate::ReadingValue::Choice { values, .. }) => values.iter().map(|v| v.name.clone()).collect(),
            Some(crate::ReadingValue::Band(_) | crate::ReadingValue::Expr(_)) | None => Vec::new(),
        };
        match values.iter().position(|v| *v == value.text) {
            Some(value) => typed(ExprKind::ReadingIs { reading: id, value }, Type::Bool, span),
            None => {
                let (n, r) = (&value.text, &reading.text);
                let d = Diagnostic::error(
                    codes::UNKNOWN_VALUE,
                    value.span,
                    text!("口径“{r}”没有“{n}”这一取值", "The reading `{r}` has no value `{n}`"),
                );
                let list = values.join(", ");
                self.report(d.help(text!("可写：{list}", "It may be: {list}")));
                bad(span)
            }
        }
    }

    pub(super) fn length_of(&mut self, of: &ast::Expr, scope: &Scope, span: Span) -> Expr {
        let value = self.expr(of, scope, None);
        match value.ty {
            Type::Text | Type::List(_) | Type::Set(_) | Type::Unknown => {
                typed(ExprKind::Length(Box::new(value)), Type::Number(NumberType::count()), span)
            }
            Type::Bool | Type::Number(_) | Type::Enum(_) | Type::Date | Type::Moment | Type::Duration | Type::Record(_) => {
                self.mismatch(&value, text!("文本或列表", "a text or a list"));
                bad(span)
            }
        }
    }

    /// `round half up (E) to n digits`, in the unit shown. A quotient of like quantities is a number, so many times; it is a percentage only
    /// where one is wanted.
    pub(super) fn round(&mut self, by: (RoundMode, u32), value: &ast::Expr, scope: &Scope, expected: Option<&Type>, span: Span) -> Expr {
        let (mode, digits) = by;
        let value = self.expr(value, scope, None);
        let percent = matches!(expected, Some(Type::Number(n)) if n.dimension == Dimension::Ratio);
        let number = match &value.ty {
            Type::Number(n) if n.dimension == Dimension::Times && percent => NumberType { dimension: Dimension::Ratio, ..n.clone() },
            Type::Number(n) => NumberType { digits: Some(digits), ..n.clone() },
            Type::Unknown => return bad(span),
            Type::Bool
            | Type::Text
            | Type::Enum(_)
            | Type::Set(_)
            | Type::Date
            | Type::Moment
            | Type::Duration
            | Type::Record(_)
            | Type::List(_) => {
                self.mismatch(&value, text!("数字", "a number"));
                return bad(span);
            }
        };
        let unit = self.unit_size(&number);
        let ty = Type::Number(numbers::rounded(&number, mode, digits, &unit));
        typed(ExprKind::Round { mode, digits, unit, value: Box::new(value) }, ty, span)
    }

    /// A value of a closed list.
    pub(super) fn enum_value(&mut self, of: EnumId, name: &ast::Name) -> Option<Expr> {
        let value = self.p.enumeration(of).values.iter().position(|v| v.ident.name == name.text)?;
        Some(typed(ExprKind::EnumValue { of, value }, Type::Enum(of), name.span))
    }

    /// The value where another kind is needed is a fault.
    pub(in crate::lower) fn mismatch(&mut self, found: &Expr, wanted: prog_base::Text) {
        if found.ty == Type::Unknown {
            return;
        }
        let words = kind_words(&self.p, &found.ty);
        let (zh, en, want_zh, want_en) = (&words.zh, &words.en, &wanted.zh, &wanted.en);
        let diagnostic = Diagnostic::error(
            codes::TYPE_MISMATCH,
            found.span,
            text!("这里要{want_zh}，而这是{zh}", "{want_en} must stand here, and this is {en}"),
        );
        self.report(match &found.ty {
            Type::Duration => diagnostic.help(text!(
                "时长只能加到日期上或从日期里减：日期 + 18个月 * 子女数；两天之间有多久，写 天数(甲, 乙)、足月数、周年数",
                "a length of time is added to a day or taken from it: `born + 18 months * children`; how long it is from one day to another: `days between (a, b)`, `months between`, `years between`"
            )),
            _other => diagnostic,
        });
    }

    /// The value if it is of the wanted kind (numbers: of its dimension), else `Bad` with a diagnostic.
    pub(crate) fn like(&mut self, value: Expr, wanted: &Type) -> Expr {
        let fits = match (&value.ty, wanted) {
            (Type::Unknown, _) | (_, Type::Unknown) => true,
            (Type::Number(a), Type::Number(b)) => match numbers::common(&a.dimension, &b.dimension, &self.p.units) {
                Ok(_) => true,
                Err(clash) => {
                    let beside = typed(ExprKind::Bad, wanted.clone(), value.span);
                    self.clash(clash, &value, &beside);
                    return bad(value.span);
                }
            },
            (a, b) => a == b,
        };
        if fits {
            return value;
        }
        let wanted = kind_words(&self.p, wanted);
        self.mismatch(&value, wanted);
        bad(value.span)
    }

    /// A value that is stored (computed field, cell, output, typed let): of the declared kind, with no more digits than
    /// declared, and never an unrounded ratio (semantics 6.1).
    pub(crate) fn stored(&mut self, value: Expr, into: &Type) -> Expr {
        let value = self.like(value, into);
        let Type::Number(found) = &value.ty else { return value };
        let Some(digits) = found.digits else {
            self.report(unrounded(&value));
            return value;
        };
        let Type::Number(own) = into else { return value };
        let size = self.unit_size(own);
        // Digits counted in the declared unit.
        let step = self.unit_size(found).checked_div(&(&numbers::power_of_ten(digits) * &size));
        let places = step.and_then(|s| s.scale()).and_then(|s| u32::try_from(s).ok());
        if let (Some(own), true) = (own.digits, own.digits.is_some_and(|own| places.is_none_or(|p| p > own))) {
            self.report(
                Diagnostic::error(
                    codes::TOO_MANY_DIGITS,
                    value.span,
                    text!(
                        "这个值可能有多于 {own} 位的小数，存不下",
                        "This value may have more than the {own} decimal places that are kept"
                    ),
                )
                .help(text!("写明舍入方式，如 四舍五入 (…) 至 {own} 位", "Round it by name, such as `round half up (…) to {own} digits`")),
            );
        }
        value
    }

    /// The surface type of an untyped value (an output, a summary column), for schemas.
    pub(crate) fn field_of(&self, ty: &Type) -> FieldType {
        use crate::FieldKind;
        let (kind, unit) = match ty {
            Type::Unknown | Type::Moment | Type::Duration => (FieldKind::Unknown, None),
            Type::Bool => (FieldKind::YesNo, None),
            Type::Number(n) => match (n.shown_as(), n.digits) {
                (Dimension::Ratio, digits) => (FieldKind::Percent { digits: digits.unwrap_or(2) }, None),
                (Dimension::Bare | Dimension::Plain | Dimension::Times | Dimension::Units(_), None | Some(0)) => {
                    (FieldKind::Integer, n.unit)
                }
                (Dimension::Bare | Dimension::Plain | Dimension::Times | Dimension::Units(_), Some(digits)) => {
                    (FieldKind::Decimal { digits }, n.unit)
                }
            },
            Type::Text => (FieldKind::Text, None),
            Type::Enum(id) => (FieldKind::OneOf(*id), None),
            Type::Set(id) => (FieldKind::AnyOf(*id), None),
            Type::Date => (FieldKind::Date, None),
            Type::Record(id) => (FieldKind::Record(*id), None),
            Type::List(item) => (FieldKind::List(Box::new(self.field_of(item))), None),
        };
        FieldType { kind, unit, low: None, high: None, step: None, limits: Vec::new() }
    }
}

/// A ratio that stands where a decimal is kept.
fn unrounded(value: &Expr) -> Diagnostic {
    Diagnostic::error(
        codes::UNROUNDED,
        value.span,
        text!(
            "这是除出来的精确比值，要写明怎样舍入才能存下来",
            "This is an exact ratio; it can be kept only after a rounding that is named"
        ),
    )
    .help(text!(
        "如 四舍五入 (…) 至 2 位；通知没有说怎样舍入，就写成口径",
        "Such as `round half up (…) to 2 digits`; where the notice does not say how, make it a reading"
    ))
}
