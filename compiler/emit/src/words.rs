//! The words by which generated files name kinds: those of `docs/reports.md` and of the model.
//!
//! In: enums of the model. Out: fixed English words. Always: one word a variant.

use prog_base::{Text, text};
use prog_model as m;

/// The word of a limit.
pub fn limit(kind: m::LimitKind) -> &'static str {
    match kind {
        m::LimitKind::About => "about",
        m::LimitKind::AtMost => "at_most",
        m::LimitKind::AtLeast => "at_least",
    }
}

/// Channels and formats by their usual names; others as the author wrote them.
pub fn medium(word: &str) -> Text {
    match word {
        "email" => text!("电子邮件", "e-mail"),
        "paper" => text!("纸质材料", "paper"),
        "post" | "mail" => text!("邮寄", "post"),
        "word" => text!("Word文档", "Word"),
        "pdf" => text!("PDF文件", "PDF"),
        "excel" => text!("Excel表格", "Excel"),
        other => Text::same(other),
    }
}

/// The word of a kind of entry.
pub fn entry(kind: &m::FieldKind) -> &'static str {
    use m::FieldKind as K;
    match kind {
        K::Text => "text",
        K::Prose => "prose",
        K::Integer => "integer",
        K::Count => "count",
        K::Decimal { .. } => "decimal",
        K::Percent { .. } => "percent",
        K::Money { .. } => "money",
        K::Date => "date",
        K::Month => "month",
        K::Year => "year",
        K::YesNo => "yes_no",
        K::Email => "email",
        K::Phone => "phone",
        K::Mobile => "mobile",
        K::Postcode => "postcode",
        K::Url => "url",
        K::File { .. } => "file",
        K::OneOf(_) => "one_of",
        K::AnyOf(_) => "any_of",
        K::Record(_) => "record",
        K::List(_) => "list",
        K::Unknown => "unknown",
    }
}
