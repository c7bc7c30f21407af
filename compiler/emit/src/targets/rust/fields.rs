//! Fields of the definition's records, by the members of the tree.
//!
//! In: a record of the tree. Out: the fields that its members fill. Always: a member that is left out fills none.

use super::expression::{name_of, number, value, variant};
use super::layout::{Doc, string};
use crate::code::{Code, Record};

/// Fields of a struct, in order.
pub type Fields = Vec<(&'static str, Doc)>;

pub fn list<'c>(r: &'c Record, member: &str) -> &'c [Code] {
    match r.get(member) {
        Some(Code::List(items)) => items,
        _ => &[],
    }
}

pub fn text(r: &Record, member: &str) -> String {
    match r.get(member) {
        Some(Code::Text(text)) => text.clone(),
        _ => String::new(),
    }
}

pub fn key_of(r: &Record) -> String {
    let pointer = text(r, "pointer");
    let place = pointer.rsplit_once('/').map_or("", |(place, _)| place);
    // Inputs of one key may stand at several places.
    if r.kind == "Input" && place != "/facts" { pointer.trim_start_matches('/').replace('/', "_") } else { text(r, "key") }
}

/// The words and clauses of a record: what documentation calls it.
pub fn words_of(r: &Record) -> String {
    let label = r.get("message").or(r.get("label"));
    let words = match label {
        Some(Code::Record(words)) => text(words, "zh"),
        _ => text(r, "key"),
    };
    let clauses: Vec<String> =
        list(r, "clauses").iter().filter_map(|c| if let Code::Text(c) = c { Some(c.clone()) } else { None }).collect();
    if clauses.is_empty() { words } else { format!("{words} ({})", clauses.join(", ")) }
}

/// Words in documentation: one line, nothing that rustdoc reads as a link or a tag.
pub fn escaped(words: &str) -> String {
    let mut out = String::new();
    for c in words.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if matches!(c, '[' | ']' | '<' | '>' | '`' | '*' | '_' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.replace("://", ":\\//")
}

pub fn snake(member: &str) -> String {
    let mut out = String::new();
    for c in member.chars() {
        if c.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// The field of a member.
pub fn field_name(member: &str) -> &'static str {
    match member {
        "perPackage" => "per_package",
        "onlyNeeded" => "only_needed",
        "waivedBy" => "waived_by",
        "forAll" => "for_all",
        "name" => "name",
        "per" => "per",
        "keys" => "keys",
        "values" => "values",
        "names" => "names",
        "chosen" => "chosen",
        "band" => "band",
        "columns" => "columns",
        "absent" => "absent",
        "optional" => "optional",
        "tracks" => "tracks",
        "counted" => "counted",
        "channel" => "channel",
        "at" => "at",
        "to" => "to",
        "by" => "by",
        "inferred" => "inferred",
        "handsIn" => "hands_in",
        "fills" => "fills",
        "share" => "share",
        "grows" => "grows",
        "soft" => "soft",
        "refill" => "refill",
        "readings" => "readings",
        "reporter" => "reporter",
        "clauses" => "clauses",
        "year" => "year",
        "total" => "total",
        "outcomes" => "outcomes",
        "route" => "route",
        "order" => "order",
        "materials" => "materials",
        "listed" => "listed",
        "seal" => "seal",
        "stage" => "stage",
        "status" => "status",
        "due" => "due",
        "outcome" => "outcome",
        "needs" => "needs",
        _ => "key",
    }
}

pub fn text_of(code: &Code) -> Doc {
    match code {
        Code::Text(text) => Doc::text(text),
        other => value(other),
    }
}

pub fn optional(r: &Record, member: &str) -> Doc {
    r.get(member).map_or(Doc::atom("None"), |code| Doc::some(text_of(code)))
}

pub fn tuple<const N: usize>(of: [Doc; N]) -> Doc {
    Doc::call("", of.to_vec())
}

pub fn pair(code: &Code, name: &str, flag: &str) -> Doc {
    let Code::Record(r) = code else { return value(code) };
    tuple([name_of(r, name), Doc::atom(r.get(flag).is_some().to_string())])
}

/// `key`, words and clauses.
pub fn head(f: &mut Fields, r: &Record) {
    f.push(("key", name_of(r, "key")));
    let member = if r.get("message").is_some() { "message" } else { "label" };
    words(f, r, member, ["label", "label_en"]);
    slices(f, r, &["clauses"]);
}

pub fn words(f: &mut Fields, r: &Record, member: &str, [zh, en]: [&'static str; 2]) {
    if let Some(Code::Record(words)) = r.get(member) {
        f.push((zh, name_of(words, "zh")));
        f.extend(words.get("en").map(|text| (en, text_of(text))));
    }
}

pub fn strength(f: &mut Fields, r: &Record, optional: bool) {
    if let Some(Code::Word(word)) = r.get("strength") {
        let strength = Doc::atom(variant("Strength", word));
        f.push(("strength", if optional { Doc::some(strength) } else { strength }));
    }
}

pub fn texts(f: &mut Fields, r: &Record, members: &[&str]) {
    let some = members.iter().filter_map(|m| Some((field_name(m), Doc::some(text_of(r.get(m)?)))));
    f.extend(some);
}

pub fn ints(f: &mut Fields, r: &Record, members: &[&str]) {
    f.extend(members.iter().filter_map(|m| Some((field_name(m), Doc::some(value(r.get(m)?))))));
}

pub fn numbers(f: &mut Fields, r: &Record, members: &[&str]) {
    let some = members
        .iter()
        .filter_map(|m| if let Some(Code::Number(n)) = r.get(m) { Some((field_name(m), Doc::some(number(n)))) } else { None });
    f.extend(some);
}

pub fn flags(f: &mut Fields, r: &Record, members: &[&str]) {
    f.extend(members.iter().filter(|m| r.get(m) == Some(&Code::Bool(true))).map(|m| (field_name(m), Doc::atom("true"))));
}

pub fn slices(f: &mut Fields, r: &Record, members: &[&str]) {
    for member in members {
        some_slice(f, field_name(member), list(r, member).iter().map(text_of).collect());
    }
}

pub fn some_slice(f: &mut Fields, field: &'static str, items: Vec<Doc>) {
    if !items.is_empty() {
        f.push((field, Doc::slice(items)));
    }
}

/// A record that says one thing by the name of its member: `Declared::Rule("…")`.
pub fn choice(of: &str, code: &Code) -> Doc {
    let Code::Record(r) = code else { return value(code) };
    let Some((member, first)) = r.members.first() else { return value(code) };
    let mut args = vec![text_of(first)];
    if of == "Waived" && *member == "stage" {
        args.push(optional(r, "to"));
    }
    Doc::call(variant(of, member), args)
}

pub fn start(code: &Code) -> Doc {
    let Code::Record(r) = code else { return value(code) };
    match r.get("day") {
        Some(of) => Doc::call("Start::Day", vec![day(of)]),
        None => Doc::call("Start::Stage", vec![name_of(r, "stage")]),
    }
}

/// A day as the definition holds it.
pub fn day(code: &Code) -> Doc {
    match code {
        Code::Call { args, .. } => Doc::call("Day::of", args.iter().map(value).collect()),
        other => value(other),
    }
}

pub fn zone(code: &Code) -> Doc {
    let Code::Call { args, .. } = code else { return Doc::atom("None") };
    let [name, Code::List(changes)] = args.as_slice() else { return Doc::atom("None") };
    let change = |one: &Code| match one {
        Code::List(pair) => Doc::call("", pair.iter().map(value).collect()),
        other => value(other),
    };
    let fields = vec![("name", text_of(name)), ("changes", Doc::slice(changes.iter().map(change).collect()))];
    Doc::some(Doc::Struct("Zone", fields, false))
}

/// What is entered in a field.
pub fn field_type(code: Option<&Code>) -> Doc {
    let Some(Code::Record(r)) = code else { return Doc::atom("FieldType::BLANK") };
    let Some(Code::Word(word)) = r.get("kind") else { return Doc::atom("FieldType::BLANK") };
    let kind = variant("FieldKind", word);
    let of = match *word {
        "decimal" | "percent" | "money" => r.get("digits").map(value),
        "file" => Some(Doc::slice(list(r, "kinds").iter().map(text_of).collect())),
        "one_of" | "any_of" => r.get("list").map(text_of),
        "record" => r.get("record").map(text_of),
        "list" => Some(Doc::Ref(Box::new(field_type(r.get("item"))))),
        _ => None,
    };
    let mut f: Fields = vec![("kind", of.map_or(Doc::atom(kind.clone()), |of| Doc::call(kind, vec![of])))];
    for (member, field) in [("size", "size"), ("low", "low"), ("high", "high"), ("step", "step")] {
        if let Some(Code::Number(n)) = r.get(member) {
            f.push((field, Doc::some(number(n))));
        }
    }
    let limit = |one: &Code| match one {
        Code::Record(limit) => {
            let kind = if let Some(Code::Word(kind)) = limit.get("kind") { variant("LimitKind", kind) } else { String::new() };
            tuple([Doc::atom(kind), limit.get("value").map_or(Doc::atom("0"), value)])
        }
        other => value(other),
    };
    some_slice(&mut f, "limits", list(r, "limits").iter().map(limit).collect());
    if let Some(Code::Bool(true)) = r.get("characters") {
        f.push(("characters", Doc::atom("true")));
    }
    let blank = f.len() < 7;
    Doc::Struct("FieldType", f, blank)
}

/// How a value is shown.
pub fn shown_type(code: Option<&Code>) -> Doc {
    let Some(Code::Record(r)) = code else { return Doc::atom("ShownType::BLANK") };
    let Some(Code::Word(word)) = r.get("kind") else { return Doc::atom("ShownType::BLANK") };
    if *word == "text" {
        return Doc::atom("ShownType::BLANK");
    }
    let mut f: Fields = vec![("kind", Doc::atom(variant("ShownKind", word)))];
    f.extend(r.get("digits").map(|digits| ("digits", Doc::some(value(digits)))));
    f.extend(r.get("unit").map(|unit| ("unit", Doc::some(text_of(unit)))));
    if let Some(Code::Number(n)) = r.get("size") {
        f.push(("size", Doc::some(number(n))));
    }
    if r.get("whole").is_some() {
        f.push(("whole", Doc::atom("true")));
    }
    let blank = f.len() < 5;
    Doc::Struct("ShownType", f, blank)
}

/// A text constant.
pub fn text_constant(name: &str, text: &str) -> String {
    format!("pub const {name}: &str = {};", string(text))
}
