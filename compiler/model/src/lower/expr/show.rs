//! Types in people's words.

use crate::{Dimension, NumberType, Programme, Type};
use prog_base::{Text, text};

/// What a value is, for messages: “数量（所）” / `a number in 所`.
pub(in crate::lower) fn kind_words(p: &Programme, ty: &Type) -> Text {
    match ty {
        Type::Unknown => text!("不明的值", "an unknown value"),
        Type::Bool => text!("是或否", "a yes or no"),
        Type::Number(n) => number_words(p, n),
        Type::Text => text!("文本", "a text"),
        Type::Enum(id) => {
            let n = &p.enumeration(*id).ident.name;
            text!("“{n}”中的一项", "one of the list `{n}`")
        }
        Type::Set(id) => {
            let n = &p.enumeration(*id).ident.name;
            text!("“{n}”中的若干项", "several of the list `{n}`")
        }
        Type::Date => text!("日期", "a date"),
        Type::Moment => text!("时刻", "a point in time"),
        Type::Duration => text!("时长", "a length of time"),
        Type::Record(id) => {
            let n = &p.records[id.index()].ident.name;
            text!("字段组“{n}”", "a record `{n}`")
        }
        Type::List(_) => text!("列表", "a list"),
    }
}

fn number_words(p: &Programme, n: &NumberType) -> Text {
    match (&n.dimension, n.unit) {
        (Dimension::Bare, _) => text!("不带单位的数", "a number without unit"),
        (Dimension::Plain, _) => text!("数量", "a plain number"),
        (Dimension::Ratio, _) => text!("百分比", "a percentage"),
        (Dimension::Times, _) => text!("比值", "a quotient"),
        (Dimension::Units(_), Some(unit)) => {
            let u = &p.unit(unit).ident.name;
            text!("以“{u}”计的数", "a number in {u}")
        }
        (Dimension::Units(list), None) => {
            let u =
                list.iter().map(|(u, e)| if *e == 1 { p.unit(*u).ident.name.clone() } else { format!("{}^{e}", p.unit(*u).ident.name) });
            let u = u.collect::<Vec<_>>().join("·");
            text!("以“{u}”计的数", "a number in {u}")
        }
    }
}
