//! The programme's code in JavaScript.
//!
//! In: a [`Code`] tree. Out: a [`Js`] tree. Always: `c` is the case or batch in hand; items are `item`, `item2`, … from the outside in; a
//! record that says nothing but its main member is that member.

use super::print::Js;
use crate::code::{Code, Record, Var};
use prog_base::Exact;

/// Kinds of records whose only member stands for them.
const BARE: &[&str] = &["Words", "Choice", "StageName", "Condition", "OneOf"];

/// A piece in JavaScript.
pub fn js(code: &Code) -> Js {
    match code {
        Code::Null => Js::raw("null"),
        Code::Bool(value) => Js::raw(value.to_string()),
        Code::Int(value) => Js::raw(value.to_string()),
        Code::Number(value) => number(value),
        Code::Text(text) => Js::text(text),
        Code::Word(word) => Js::text(word),
        Code::List(items) => Js::Array(all(items)),
        Code::Record(record) => object(record),
        Code::Map(members) => Js::Object(members.iter().map(|(key, value)| (key.clone(), js(value))).collect()),
        Code::Call { function: "zone", args } => Js::call("new Zone", all(args)),
        Code::Call { function, args } => Js::call(*function, all(args)),
        Code::Method { of: Var::Item(level), name: "value", args } if args.is_empty() => Js::raw(format!("{}.value", item(*level))),
        Code::Method { of, name, args } => Js::call(format!("{}.{name}", variable(*of)), all(args)),
        Code::Function { of, body } => Js::arrow(&of.map(variable).unwrap_or_default(), js(body)),
    }
}

fn all(items: &[Code]) -> Vec<Js> {
    items.iter().map(js).collect()
}

fn object(record: &Record) -> Js {
    match record.members.as_slice() {
        [(_, only)] if BARE.contains(&record.kind) => js(only),
        members => Js::Object(members.iter().map(|(name, value)| ((*name).to_owned(), js(value))).collect()),
    }
}

fn variable(var: Var) -> String {
    match var {
        Var::Case => "c".to_owned(),
        Var::Item(level) => item(level),
    }
}

fn item(level: usize) -> String {
    if level == 0 { "item".to_owned() } else { format!("item{}", level + 1) }
}

/// A number literal: `5`, `ratio(2, 5)`; beyond what a number holds exactly `9007199254740993n`.
fn number(value: &Exact) -> Js {
    const LARGEST: i64 = (1 << 53) - 1;
    let whole = |digits: String| match digits.parse::<i64>() {
        Ok(n) if (-LARGEST..=LARGEST).contains(&n) => Js::raw(digits),
        Ok(_) | Err(_) => Js::raw(format!("{digits}n")),
    };
    let (numerator, denominator) = value.to_parts();
    if denominator == "1" { whole(numerator) } else { Js::call("ratio", vec![whole(numerator), whole(denominator)]) }
}
