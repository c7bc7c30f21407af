//! Types as written → what is entered and what an expression sees.
//!
//! In: a type with unit, bounds and limits. Out: [`FieldType`] in the declared unit, [`Type`] in base units.
//! Always: an inline choice becomes one anonymous enum, however many tracks share the declaration.

use super::numbers::GREATEST_INTEGER;
use super::{Constant, Lower, Named, Scope, Space};
use crate::{
    Dimension, Enum, EnumId, EnumOrder, EnumValue, FieldKind, FieldType, Ident, Limit, NumberType, Record, RecordId, Type, Unit, UnitId,
};
use prog_base::{Diagnostic, Exact, codes, text};
use prog_syntax::ast;

impl Lower<'_> {
    /// The type of a field or fact; an inline `one of { … }` becomes an anonymous enum named after `owner`.
    pub(crate) fn field_type(&mut self, ty: &ast::TypeExpr, owner: &Ident) -> (FieldType, Type) {
        if let ast::TypeKind::List(item) = &ty.kind {
            let (item, of) = self.field_type(item, owner);
            let kind = FieldKind::List(Box::new(item));
            let limits = self.limits(ty, &kind);
            return (FieldType { kind, unit: None, low: None, high: None, step: None, limits }, Type::List(Box::new(of)));
        }
        let kind = self.field_kind(ty, owner);
        let unit = self.declared_unit(ty, &kind);
        let number = self.number_type(&kind, unit);
        let (low, high, step) = self.bounds(ty, number.as_ref());
        let limits = self.limits(ty, &kind);
        let field = FieldType { kind, unit, low, high, step, limits };
        let lost_unit = ty.unit.is_some() && unit.is_none();
        let ty = match number {
            Some(_) if lost_unit => Type::Unknown,
            Some(number) => Type::Number(self.bounded(number, &field)),
            None => value_type(&field.kind),
        };
        (field, ty)
    }

    fn field_kind(&mut self, ty: &ast::TypeExpr, owner: &Ident) -> FieldKind {
        match &ty.kind {
            ast::TypeKind::Text => FieldKind::Text,
            ast::TypeKind::Prose => FieldKind::Prose,
            ast::TypeKind::Integer => FieldKind::Integer,
            ast::TypeKind::Count => FieldKind::Count,
            ast::TypeKind::Decimal(digits) => FieldKind::Decimal { digits: *digits },
            ast::TypeKind::Percent(digits) => FieldKind::Percent { digits: digits.unwrap_or(2) },
            ast::TypeKind::Money(digits) => FieldKind::Money { digits: digits.unwrap_or(2) },
            ast::TypeKind::Date => FieldKind::Date,
            ast::TypeKind::Month => FieldKind::Month,
            ast::TypeKind::Year => FieldKind::Year,
            ast::TypeKind::YesNo => FieldKind::YesNo,
            ast::TypeKind::Email => FieldKind::Email,
            ast::TypeKind::Phone => FieldKind::Phone,
            ast::TypeKind::Mobile => FieldKind::Mobile,
            ast::TypeKind::Postcode => FieldKind::Postcode,
            ast::TypeKind::Url => FieldKind::Url,
            ast::TypeKind::File { kinds, sealed } => {
                FieldKind::File { kinds: kinds.iter().map(|k| k.text.clone()).collect(), sealed: *sealed }
            }
            ast::TypeKind::Choice { many, values } => {
                let id = self.anonymous(ty, values, owner);
                if *many { FieldKind::AnyOf(id) } else { FieldKind::OneOf(id) }
            }
            ast::TypeKind::ManyOf(name) => {
                let fits = |n| if let Named::Enum(id) = n { Some(id) } else { None };
                self.find(Space::Type, name, text!("选项", "list of choices"), fits).map_or(FieldKind::Unknown, FieldKind::AnyOf)
            }
            ast::TypeKind::Named(name) => self.named_type(name),
            ast::TypeKind::Record(fields) => FieldKind::Record(self.inline_record(ty, fields, owner)),
            ast::TypeKind::List(_) | ast::TypeKind::Bad => FieldKind::Unknown,
        }
    }

    fn named_type(&mut self, name: &ast::Name) -> FieldKind {
        let found = self.find(Space::Type, name, text!("类型、选项或字段组", "type, list of choices or record"), Some);
        match found {
            Some(Named::Enum(id)) => FieldKind::OneOf(id),
            Some(Named::Record(id)) => FieldKind::Record(id),
            Some(_) | None => FieldKind::Unknown,
        }
    }

    /// The enum of an inline choice; the same place gives the same enum.
    fn anonymous(&mut self, ty: &ast::TypeExpr, values: &[ast::Head], owner: &Ident) -> EnumId {
        if let Some(id) = self.anonymous_enums.get(&ty.span) {
            return *id;
        }
        let value = |v: &ast::Head, it: &mut Self| EnumValue { ident: Self::ident(v), cites: it.own_cites(v), retired_since: None };
        let values: Vec<EnumValue> = values.iter().map(|v| value(v, self)).collect();
        self.once(&values);
        let id = EnumId(self.p.enums.len() as u32);
        self.anonymous_enums.insert(ty.span, id);
        self.p.enums.push(Enum { ident: owner.clone(), anonymous: true, cites: Vec::new(), order: EnumOrder::None, values });
        id
    }

    /// The record written where it is used, named after its owner; the same place gives the same record.
    fn inline_record(&mut self, ty: &ast::TypeExpr, fields: &[ast::Field], owner: &Ident) -> RecordId {
        if let Some(id) = self.anonymous_records.get(&ty.span) {
            return *id;
        }
        let fields = self.record_fields(fields);
        let taken = |key: &str| self.p.records.iter().any(|r| r.ident.key == key);
        let name = (1..).map(|n| if n == 1 { owner.key.clone() } else { format!("{}_{n}", owner.key) }).find(|key| !taken(key));
        let key = name.unwrap_or_else(|| owner.key.clone());
        let id = RecordId(self.p.records.len() as u32);
        self.anonymous_records.insert(ty.span, id);
        self.p.records.push(Record { ident: Ident { key, ..owner.clone() }, fields });
        id
    }

    fn declared_unit(&mut self, ty: &ast::TypeExpr, kind: &FieldKind) -> Option<UnitId> {
        let name = ty.unit.as_ref()?;
        if matches!(kind, FieldKind::Integer | FieldKind::Count | FieldKind::Decimal { .. } | FieldKind::Money { .. }) {
            return self.find_unit(name);
        }
        if *kind != FieldKind::Unknown {
            let n = &name.text;
            self.report(
                Diagnostic::error(
                    codes::BAD_UNIT,
                    name.span,
                    text!("这种类型不能带单位“{n}”", "A value of this type has no unit such as `{n}`"),
                )
                .help(text!("单位只用于整数、数量、小数和金额", "Units go with Integer, Count, Decimal and Money")),
            );
        }
        None
    }

    /// The number an expression sees, before declared bounds; `None` for what is no number.
    fn number_type(&self, kind: &FieldKind, unit: Option<UnitId>) -> Option<NumberType> {
        let known: Option<&Unit> = unit.map(|u| &self.p.units[u.index()]);
        let dimension = known.map_or(Dimension::Plain, |u| Dimension::Units(vec![(u.base, 1)]));
        let factor = known.map_or(Exact::ONE, |u| u.factor.clone());
        let sized = |digits: u32, low: Exact, high: Exact| NumberType {
            dimension: dimension.clone(),
            digits: Some(digits),
            low: Some(&low * &factor),
            high: Some(&high * &factor),
            unit,
        };
        let widest = Exact::from(GREATEST_INTEGER);
        match kind {
            FieldKind::Integer => Some(sized(0, -&widest, widest)),
            FieldKind::Count => Some(sized(0, Exact::ZERO, widest)),
            FieldKind::Year => Some(sized(0, Exact::ZERO, Exact::from(9999))),
            FieldKind::Decimal { digits } | FieldKind::Money { digits } => {
                let most = NumberType::decimal_bound(*digits);
                Some(sized(*digits, -&most, most))
            }
            FieldKind::Percent { digits } => {
                let most = &NumberType::decimal_bound(*digits) * &Exact::ratio(1, 100)?;
                Some(NumberType { dimension: Dimension::Ratio, digits: Some(*digits), low: Some(-&most), high: Some(most), unit: None })
            }
            FieldKind::Text
            | FieldKind::Prose
            | FieldKind::Date
            | FieldKind::Month
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

    /// The declared bounds narrow what the type allows.
    fn bounded(&self, mut number: NumberType, field: &FieldType) -> NumberType {
        let size = self.unit_size(&number);
        if let Some(low) = &field.low {
            number.low = Some(low * &size);
        }
        if let Some(high) = &field.high {
            number.high = Some(high * &size);
        }
        number
    }

    /// The size in base units of the unit in which a number is written.
    pub(crate) fn unit_size(&self, number: &NumberType) -> Exact {
        self.p.unit_size(number)
    }

    /// `from … to … step …` in the declared unit; bare numbers are in that unit here (semantics 6.3).
    fn bounds(&mut self, ty: &ast::TypeExpr, number: Option<&NumberType>) -> (Option<Exact>, Option<Exact>, Option<Exact>) {
        let Some(number) = number else {
            let written = [&ty.from, &ty.to, &ty.step].into_iter().flatten().next();
            if let (Some(e), false) = (written, matches!(ty.kind, ast::TypeKind::Named(_) | ast::TypeKind::Bad)) {
                self.report(
                    Diagnostic::error(codes::BAD_BOUNDS, e.span, text!("这种类型没有取值范围", "A value of this type has no range"))
                        .help(text!("范围和步长只用于数字类型", "Ranges and steps go with number types")),
                );
            }
            return (None, None, None);
        };
        let mut own = |e: &Option<ast::Expr>| e.as_ref().and_then(|e| self.own_number(e, number));
        let (low, high, step) = (own(&ty.from), own(&ty.to), own(&ty.step));
        if let (Some(l), Some(h)) = (&low, &high)
            && l > h
        {
            self.report(
                Diagnostic::error(
                    codes::BAD_BOUNDS,
                    ty.span,
                    text!("下限 {l} 大于上限 {h}", "The lower bound {l} is above the upper bound {h}"),
                )
                .help(text!("把两个界限对调，或改正其中一个", "Swap the two bounds, or correct one of them")),
            );
            return (None, None, step);
        }
        if let Some(bad) = step.as_ref().filter(|s| **s <= Exact::ZERO) {
            let e = ty.step.as_ref().map_or(ty.span, |e| e.span);
            self.report(Diagnostic::error(codes::BAD_BOUNDS, e, text!("步长 {bad} 不是正数", "The step {bad} is not positive")));
            return (low, high, None);
        }
        (low, high, step)
    }

    /// A compile-time number in the unit of `against`: bare numbers are in that unit already.
    fn own_number(&mut self, e: &ast::Expr, against: &NumberType) -> Option<Exact> {
        let typed = self.own_value(e, &Scope::default(), &Type::Number(against.clone()));
        let size = self.unit_size(against);
        let value = match self.constant(&typed) {
            Some(Constant::Number(n)) => n.checked_div(&size)?,
            Some(_) | None => {
                if !self.told(&typed) {
                    self.report(not_constant(e.span));
                }
                return None;
            }
        };
        let places = value.scale().and_then(|s| u32::try_from(s).ok());
        if let (Some(digits), true) = (against.digits, places.is_none_or(|p| against.digits.is_some_and(|d| p > d))) {
            self.report(
                Diagnostic::error(
                    codes::TOO_MANY_DIGITS,
                    e.span,
                    text!("{value} 的小数位多于本类型的 {digits} 位", "{value} has more decimal places than the {digits} of its type"),
                )
                .help(text!("减少位数，或给类型更多小数位，如 小数(2)", "Use fewer places, or give the type more, such as Decimal(2)")),
            );
        }
        Some(value)
    }

    fn limits(&mut self, ty: &ast::TypeExpr, kind: &FieldKind) -> Vec<Limit> {
        if let Some(other) = ty.limits.iter().find(|l| l.counted_in != ty.limits[0].counted_in) {
            self.report(
                Diagnostic::error(
                    codes::BAD_LIMIT,
                    other.span,
                    text!("同一项的长度只能用一种单位计", "the length of one entry is counted in one way only"),
                )
                .label(ty.limits[0].span, text!("这里是另一种", "here it is counted otherwise"))
                .help(text!("都写 字，或都写 字符", "Write `words` both times, or `characters`")),
            );
        }
        ty.limits.iter().filter_map(|l| self.limit(l, kind)).collect()
    }

    fn limit(&mut self, limit: &ast::Limit, kind: &FieldKind) -> Option<Limit> {
        let fits = match kind {
            FieldKind::Text | FieldKind::Prose => true,
            FieldKind::List(_) | FieldKind::AnyOf(_) | FieldKind::File { .. } => limit.counted_in.is_none(),
            FieldKind::Unknown => return None,
            FieldKind::Integer
            | FieldKind::Count
            | FieldKind::Decimal { .. }
            | FieldKind::Percent { .. }
            | FieldKind::Money { .. }
            | FieldKind::Date
            | FieldKind::Month
            | FieldKind::Year
            | FieldKind::YesNo
            | FieldKind::Email
            | FieldKind::Phone
            | FieldKind::Mobile
            | FieldKind::Postcode
            | FieldKind::Url
            | FieldKind::OneOf(_)
            | FieldKind::Record(_) => false,
        };
        if !fits {
            self.report(
                Diagnostic::error(
                    codes::BAD_LIMIT,
                    limit.span,
                    text!("这种类型没有长度限制", "A value of this type has no length to limit"),
                )
                .help(text!(
                    "长度限制用于文本（字数、字符数）、列表（项数）和文件（大小）；数字用 自 … 至 …",
                    "Lengths are limited for texts (words, characters), lists (items) and files (size); numbers take `from … to …`"
                )),
            );
            return None;
        }
        let value = self.length(limit, matches!(kind, FieldKind::File { .. }));
        if value.is_none() {
            self.report(
                Diagnostic::error(
                    codes::BAD_LIMIT,
                    limit.value.span,
                    text!("长度限制不是正整数", "A limit on a length must be a positive whole number"),
                )
                .help(text!(
                    "如 不超过500字、不超过80字符、不超过5 MB",
                    "Such as `at most 500 words`, `at most 80 characters` or `at most 5 MB`"
                )),
            );
        }
        value.map(|value| Limit { kind: limit.kind, value, characters: limit.counted_in == Some(ast::CountedIn::Characters) })
    }

    /// A number of characters, items or bytes.
    fn length(&mut self, limit: &ast::Limit, file: bool) -> Option<u64> {
        let (value, size) = match &limit.value.kind {
            ast::ExprKind::Number { value, unit: Some(unit) } if file => (value.clone(), bytes(&unit.text)?),
            ast::ExprKind::Number { value, unit: Some(unit) } if matches!(unit.text.as_str(), "字" | "项" | "条" | "chars") => {
                (value.clone(), 1)
            }
            _other => {
                let typed = self.expr(&limit.value, &Scope::default(), None);
                let Some(Constant::Number(n)) = self.constant(&typed) else { return None };
                (n, 1)
            }
        };
        let value = (&value * &Exact::from(size)).to_i64()?;
        u64::try_from(value).ok().filter(|v| *v > 0)
    }
}

/// Bytes in a unit of file size, as offices and operating systems count them.
fn bytes(unit: &str) -> Option<i64> {
    match unit.to_ascii_uppercase().as_str() {
        "B" | "字节" => Some(1),
        "KB" | "K" => Some(1 << 10),
        "MB" | "M" | "兆" => Some(1 << 20),
        "GB" | "G" => Some(1 << 30),
        _other => None,
    }
}

/// What must be known when the programme is compiled is not.
pub(super) fn not_constant(span: prog_base::Span) -> Diagnostic {
    Diagnostic::error(
        codes::NOT_A_CONSTANT,
        span,
        text!("这里要一个编译时就能确定的值", "What stands here must be known when the programme is compiled"),
    )
    .help(text!("写成数字，或只由常量和表算出的式子", "Write a number, or an expression of constants and tables only"))
}

/// The type in expressions of what is no number.
fn value_type(kind: &FieldKind) -> Type {
    match kind {
        FieldKind::Text
        | FieldKind::Prose
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::Mobile
        | FieldKind::Postcode
        | FieldKind::Url
        | FieldKind::File { .. } => Type::Text,
        FieldKind::Date | FieldKind::Month => Type::Date,
        FieldKind::YesNo => Type::Bool,
        FieldKind::OneOf(id) => Type::Enum(*id),
        FieldKind::AnyOf(id) => Type::Set(*id),
        FieldKind::Record(id) => Type::Record(*id),
        FieldKind::List(_)
        | FieldKind::Integer
        | FieldKind::Count
        | FieldKind::Decimal { .. }
        | FieldKind::Percent { .. }
        | FieldKind::Money { .. }
        | FieldKind::Year
        | FieldKind::Unknown => Type::Unknown,
    }
}
