//! The header: what the notice says of itself.
//!
//! In: header lines. Out: `Programme::header` in source order, the zone.
//! Always: values are texts as shown; what is not said stays open, nothing is filled in.

use super::Lower;
use crate::{HeaderField, HeaderKey, HeaderValue};
use prog_base::{Diagnostic, Span, Zone, codes, text};
use prog_syntax::ast;

impl Lower<'_> {
    /// Lowers the header lines.
    pub(crate) fn header(&mut self) {
        if let Some(programme) = self.index.programme {
            self.p.cites = self.cites(&programme.head.cites);
        }
        for item in &self.index.items {
            let ast::Item::Header(field) = item else { continue };
            if let Some(first) = self.p.header.iter().find(|f| f.key == field.key) {
                let first = first.span;
                self.diagnostics.push(
                    Diagnostic::error(codes::HEADER_TWICE, field.span, text!("这一项写了两次", "this is said twice"))
                        .here(text!("第二次", "the second time"))
                        .label(first, text!("第一次", "the first time"))
                        .help(text!(
                            "删去其中一行；多个值写在一行，用逗号隔开",
                            "remove one line; write several values on one line with commas"
                        )),
                );
                continue;
            }
            let value = match &field.value {
                ast::Stated::Given(values) => HeaderValue::Given(self.shown(values)),
                ast::Stated::Inferred(values) => HeaderValue::Inferred(self.shown(values)),
                ast::Stated::Unknown { why, .. } => HeaderValue::Unknown(why.as_ref().map(|w| w.text.clone())),
                ast::Stated::Absent(_) => HeaderValue::Absent,
            };
            if field.key == HeaderKey::Timezone {
                self.zone(&value, field.span);
            }
            let cites = self.cites(&field.cites);
            self.p.header.push(HeaderField { key: field.key, value, cites, span: field.span });
        }
    }

    fn zone(&mut self, value: &HeaderValue, span: Span) {
        let (HeaderValue::Given(names) | HeaderValue::Inferred(names)) = value else { return };
        let Some(name) = names.first() else { return };
        self.p.zone = Zone::find(name);
        if self.p.zone.is_none() {
            self.diagnostics.push(
                Diagnostic::error(codes::ZONE_UNKNOWN, span, text!("没有叫“{name}”的时区", "there is no time zone `{name}`")).help(text!(
                    "写时区数据库中的名称，例如 \"Asia/Shanghai\"",
                    "use a name of the time zone database, such as \"Europe/London\""
                )),
            );
        }
    }

    fn shown(&mut self, values: &[ast::Expr]) -> Vec<String> {
        values.iter().filter_map(|v| self.shown_value(v)).collect()
    }

    fn shown_value(&mut self, value: &ast::Expr) -> Option<String> {
        match &value.kind {
            ast::ExprKind::Text(text) => Some(text.clone()),
            ast::ExprKind::Name(name) => Some(name.text.clone()),
            ast::ExprKind::Date(date) => Some(date.to_string()),
            ast::ExprKind::Percent(points) => Some(format!("{points}%")),
            ast::ExprKind::Number { value, unit: None } => Some(value.to_string()),
            ast::ExprKind::Number { value, unit: Some(unit) } => Some(format!("{value} {}", unit.text)),
            ast::ExprKind::Bad => None,
            ast::ExprKind::Bool(_)
            | ast::ExprKind::Duration(_)
            | ast::ExprKind::DateTime { .. }
            | ast::ExprKind::Member { .. }
            | ast::ExprKind::Index { .. }
            | ast::ExprKind::Silent(_)
            | ast::ExprKind::ReadingIs { .. }
            | ast::ExprKind::Due(_)
            | ast::ExprKind::Time(_)
            | ast::ExprKind::LengthOf(_)
            | ast::ExprKind::Aggregate(_)
            | ast::ExprKind::Share { .. }
            | ast::ExprKind::Split { .. }
            | ast::ExprKind::Round { .. }
            | ast::ExprKind::Extreme { .. }
            | ast::ExprKind::Elapsed { .. }
            | ast::ExprKind::OfDay { .. }
            | ast::ExprKind::If { .. }
            | ast::ExprKind::Or(_)
            | ast::ExprKind::And(_)
            | ast::ExprKind::Not(_)
            | ast::ExprKind::Compare { .. }
            | ast::ExprKind::Between { .. }
            | ast::ExprKind::About { .. }
            | ast::ExprKind::In { .. }
            | ast::ExprKind::IsGiven(_)
            | ast::ExprKind::Within { .. }
            | ast::ExprKind::Otherwise { .. }
            | ast::ExprKind::Clamp { .. }
            | ast::ExprKind::Arithmetic { .. }
            | ast::ExprKind::Negate(_) => {
                self.diagnostics.push(
                    Diagnostic::error(
                        codes::HEADER_VALUE,
                        value.span,
                        text!("这里要写文字、数字或日期，不能写算式", "a text, number or date stands here, not a formula"),
                    )
                    .help(text!("文字写在引号里", "put a text in quotes")),
                );
                None
            }
        }
    }
}
