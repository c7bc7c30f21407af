//! Units, enums, records.
//!
//! In: their declarations by id. Out: `p.units`, `p.enums`, `p.records`, filled in the order of ids.
//! Always: every unit has a base and an exact factor, even a faulty one (then itself and 1).

use super::{Constant, Lower, Scope};
use crate::{Enum, EnumValue, FieldKind, FieldType, Record, RecordField, RecordId, Type, Unit, UnitId};
use prog_base::{Diagnostic, Exact, Span, codes, text};
use prog_syntax::ast;
use std::collections::BTreeMap;

impl Lower<'_> {
    /// Lowers all units.
    pub(crate) fn units(&mut self) {
        for (i, unit) in self.index.units.iter().enumerate() {
            let dimension = match &unit.meaning {
                ast::UnitMeaning::Base(name) => name.text.clone(),
                ast::UnitMeaning::Multiple { .. } => String::new(),
            };
            let count = matches!(dimension.as_str(), "count" | "数量" | "计数");
            let dimension = if count { "count".to_owned() } else { dimension };
            let id = UnitId(i as u32);
            self.p.units.push(Unit { ident: Self::ident(&unit.head), base: id, factor: Exact::ONE, count, dimension });
        }
        let mut done = vec![false; self.p.units.len()];
        for i in 0..self.p.units.len() {
            self.unit(UnitId(i as u32), &mut done, &mut Vec::new());
        }
    }

    /// Resolves a multiple after the unit it is a multiple of.
    fn unit(&mut self, id: UnitId, done: &mut [bool], path: &mut Vec<UnitId>) {
        let unit = self.index.units[id.index()];
        let ast::UnitMeaning::Multiple { factor, of } = &unit.meaning else { return };
        if done[id.index()] {
            return;
        }
        if let Some(start) = path.iter().position(|u| *u == id) {
            let round = path[start..].iter().map(|u| &self.index.units[u.index()].head.name).collect::<Vec<_>>();
            self.report(cycle(&round));
            return;
        }
        path.push(id);
        if let Some(base) = self.find_unit(of) {
            self.unit(base, done, path);
            let size = self.expr(factor, &Scope::default(), None);
            let size = match self.constant(&size) {
                Some(Constant::Number(n)) if n > Exact::ZERO => n,
                Some(_) | None => {
                    let n = &unit.head.name.text;
                    self.report(
                        Diagnostic::error(
                            codes::BAD_UNIT,
                            factor.span,
                            text!("单位“{n}”的倍数不是正数", "Unit `{n}` is no positive multiple"),
                        )
                        .help(text!("写成确定的正数，如 10_000", "Write a fixed positive number, such as 10_000")),
                    );
                    Exact::ONE
                }
            };
            let base = self.p.units[base.index()].clone();
            let this = &mut self.p.units[id.index()];
            (this.base, this.count, this.dimension) = (base.base, base.count, base.dimension);
            this.factor = &size * &base.factor;
        }
        done[id.index()] = true;
        path.pop();
    }

    /// Lowers all declared enums.
    pub(crate) fn enums(&mut self) {
        let index = self.index;
        for e in &index.enums {
            let cites = self.own_cites(&e.head);
            let value = |v: &ast::EnumValue, it: &mut Self| EnumValue {
                ident: Self::ident(&v.head),
                cites: it.own_cites(&v.head),
                retired_since: v.retired_since,
            };
            let values: Vec<EnumValue> = e.values.iter().map(|v| value(v, self)).collect();
            self.once(&values);
            self.p.enums.push(Enum { ident: Self::ident(&e.head), anonymous: false, cites, order: e.order, values });
        }
    }

    /// Tells of values that occur twice, by name or by key.
    pub(super) fn once(&mut self, values: &[EnumValue]) {
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for value in values {
            let ident = &value.ident;
            let first = seen.get(ident.name.as_str()).or_else(|| seen.get(ident.key.as_str())).copied();
            if let Some(first) = first {
                let n = &ident.name;
                self.diagnostics.push(
                    Diagnostic::error(
                        codes::DUPLICATE_NAME,
                        ident.span,
                        text!("选项“{n}”出现了两次", "The value `{n}` stands twice in one list"),
                    )
                    .label(first, text!("第一处", "first here")),
                );
            }
            seen.insert(&ident.name, ident.span);
            seen.insert(&ident.key, ident.span);
        }
    }

    /// Lowers all records.
    pub(crate) fn records(&mut self) {
        for record in &self.index.records {
            let ident = Self::ident(&record.head);
            let fields = self.record_fields(&record.fields);
            self.p.records.push(Record { ident, fields });
        }
        self.record_cycles();
    }

    /// The fields of a record, each name once.
    pub(super) fn record_fields(&mut self, written: &[ast::Field]) -> Vec<RecordField> {
        let mut fields: Vec<RecordField> = Vec::new();
        for f in written {
            let field = self.field_of_record(f);
            if let Some(first) = fields.iter().find(|g| g.ident.name == field.ident.name) {
                let (n, first) = (&field.ident.name, first.ident.span);
                self.diagnostics.push(
                    Diagnostic::error(codes::DUPLICATE_NAME, field.ident.span, text!("“{n}”声明了两次", "`{n}` is declared twice"))
                        .label(first, text!("第一处", "first declared here")),
                );
            }
            fields.push(field);
        }
        fields
    }

    /// A field of a record, or in the head of a summary.
    pub(super) fn field_of_record(&mut self, f: &ast::Field) -> RecordField {
        let ident = Self::ident(&f.head);
        if let Some(e) = f.when.as_ref().or(f.computed.as_ref()) {
            self.report(
                Diagnostic::error(
                    codes::RECORD_FIELD,
                    e.span,
                    text!(
                        "字段组和表头的字段不能带条件，也不能由公式算出",
                        "A field of a record or of a summary's head can neither be conditional nor computed"
                    ),
                )
                .help(text!("标为可选，并用规则核对", "Mark it optional and check it by a rule")),
            );
        }
        let (field, ty) = self.field_type(&f.ty, &ident);
        let cites = self.own_cites(&f.head);
        let (prompt, help) = (f.prompt.as_ref().map(Self::label), f.help.as_ref().map(Self::label));
        RecordField { ident, cites, field, ty, optional: f.optional, prompt, help }
    }

    /// A record may not hold itself, directly or through others.
    fn record_cycles(&mut self) {
        for start in 0..self.p.records.len() {
            let mut path = vec![RecordId(start as u32)];
            if self.holds(RecordId(start as u32), &mut path) {
                let names: Vec<&ast::Name> = path.iter().map(|r| &self.index.records[r.index()].head.name).collect();
                // Told once, at the record that stands first in the round.
                if path.iter().min() == path.first() {
                    self.report(cycle(&names));
                }
                for f in &mut self.p.records[start].fields {
                    (f.field.kind, f.ty) = (FieldKind::Unknown, Type::Unknown);
                }
            }
        }
    }

    /// Whether the last record of the path leads back to the first; the path is then the round.
    fn holds(&self, from: RecordId, path: &mut Vec<RecordId>) -> bool {
        for field in &self.p.records[from.index()].fields {
            let Some(inner) = inner_record(&field.field) else { continue };
            if path.first() == Some(&inner) {
                return true;
            }
            if path.contains(&inner) {
                continue;
            }
            path.push(inner);
            if self.holds(inner, path) {
                return true;
            }
            path.pop();
        }
        false
    }
}

fn inner_record(field: &FieldType) -> Option<RecordId> {
    match &field.kind {
        FieldKind::Record(r) => Some(*r),
        FieldKind::List(item) => inner_record(item),
        FieldKind::Text
        | FieldKind::Prose
        | FieldKind::Integer
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
        | FieldKind::File { .. }
        | FieldKind::OneOf(_)
        | FieldKind::AnyOf(_)
        | FieldKind::Unknown => None,
    }
}

/// Definitions that go round, with every step shown.
pub(super) fn cycle(names: &[&ast::Name]) -> Diagnostic {
    let round = names.iter().chain(names.first()).map(|n| n.text.as_str()).collect::<Vec<_>>().join(" → ");
    let span = names.first().map(|n| n.span);
    let d = Diagnostic::new(
        prog_base::Severity::Error,
        codes::CYCLE,
        span,
        text!("定义绕成了圈：{round}", "These definitions go round in a circle: {round}"),
    );
    names
        .iter()
        .skip(1)
        .fold(d, |d, n| d.label(n.span, text!("绕经这里", "it passes here")))
        .help(text!("改写其中一处，使它不再依赖自己", "Change one of them so that it no longer depends on itself"))
}
