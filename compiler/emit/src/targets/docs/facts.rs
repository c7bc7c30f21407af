//! What the notice says of itself: its header as rows.
//!
//! In: the header. Out: rows of name, value and how it is known. Always: what is unknown or inferred is said to be so.

use super::sentences::Sentences;
use prog_base::{Text, text};
use prog_model::{HeaderKey, HeaderValue};
use serde::Serialize;

/// One row of the header.
#[derive(Serialize)]
pub struct Fact {
    pub name: String,
    pub values: Vec<String>,
    /// How it is known: as printed, inferred, not stated, absent.
    pub known: String,
    /// Whether the notice states it.
    pub stated: bool,
    /// Addresses of the clauses.
    pub clauses: Vec<String>,
}

/// The header's rows in source order.
pub fn facts(says: &Sentences<'_>) -> Vec<Fact> {
    let programme = says.plan.programme;
    let title = Fact {
        name: says.prose.say(text!("标题", "Title")),
        values: vec![says.prose.name(&programme.ident)],
        known: says.prose.say(text!("编写者所拟", "the author's")),
        stated: true,
        clauses: says.addresses(&programme.cites),
    };
    let fields = programme.header.iter().filter(|f| f.key != HeaderKey::Text);
    let fields = fields.map(|field| {
        let (values, known, stated) = match &field.value {
            HeaderValue::Given(values) => (values.clone(), text!("通知写明", "stated"), true),
            HeaderValue::Inferred(values) => (values.clone(), text!("推定", "inferred"), false),
            HeaderValue::Unknown(why) => (why.iter().cloned().collect(), text!("未明", "not stated"), false),
            HeaderValue::Absent => (Vec::new(), text!("原文未附", "absent in source"), false),
        };
        let values = values.iter().map(|v| says.value_shown(v)).collect();
        let known = if field.key == HeaderKey::Timezone { text!("编写时设定", "set by the author") } else { known };
        Fact {
            name: says.prose.say(header_name(field.key)),
            values,
            known: says.prose.say(known),
            stated: stated || field.key == HeaderKey::Timezone,
            clauses: says.addresses(&field.cites),
        }
    });
    std::iter::once(title).chain(fields).collect()
}

/// The header's names.
pub fn header_name(key: HeaderKey) -> Text {
    match key {
        HeaderKey::Issuer => text!("发文机关", "Issuer"),
        HeaderKey::ApprovedBy => text!("批准机关", "Approved by"),
        HeaderKey::Number => text!("文号", "Number"),
        HeaderKey::Level => text!("级别", "Level"),
        HeaderKey::Issued => text!("成文日期", "Issued"),
        HeaderKey::Printed => text!("印发日期", "Printed"),
        HeaderKey::Period => text!("期间", "Period"),
        HeaderKey::Effective => text!("施行日期", "Effective"),
        HeaderKey::Basis => text!("依据", "Basis"),
        HeaderKey::Round => text!("轮次", "Round"),
        HeaderKey::Year => text!("年度", "Year"),
        HeaderKey::Disclosure => text!("公开属性", "Disclosure"),
        HeaderKey::Addressee => text!("主送机关", "Addressees"),
        HeaderKey::Contact => text!("联系单位", "Contact"),
        HeaderKey::Timezone => text!("时区", "Time zone"),
        HeaderKey::Text => text!("原文", "Text"),
    }
}
