//! What one entry may be: its JSON type for cases, its checks for forms.
//!
//! In: field types. Out: references into `$defs`, and the checks that no keyword says.
//! Always: a definition's name tells its content, so equal content has one definition.

use crate::json::{Json, Object};
use crate::{Plan, names};
use prog_base::{Exact, entry as pattern, text};
use prog_model::{EnumId, FieldKind, FieldType, LimitKind, RecordField, RecordId};
use std::collections::BTreeMap;

/// Whether a schema says what is refused (types) or what is a finding (checks too).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// JSON types only; every member may be null.
    Types,
    /// All that the vocabulary can check.
    Checks,
}

/// A check that stays out of a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotCarried {
    /// The entry's pointer within the form.
    pub path: String,
    /// The problem that a report would name (`range`, `length`, `total` …).
    pub problem: &'static str,
}

/// Definitions under construction.
pub struct Defs<'a> {
    plan: &'a Plan<'a>,
    depth: Depth,
    list: BTreeMap<String, Json>,
}

impl<'a> Defs<'a> {
    /// None yet.
    pub fn new(plan: &'a Plan<'a>, depth: Depth) -> Self {
        Self { plan, depth, list: BTreeMap::new() }
    }

    /// `$defs`, sorted by name; nothing if there are none.
    pub fn finish(self) -> Option<Object> {
        (!self.list.is_empty()).then(|| self.list.into_iter().collect())
    }

    /// A reference to a definition, made on first use.
    pub fn refer(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Object) -> Object {
        if !self.list.contains_key(name) {
            self.list.insert(name.to_owned(), Json::Null);
            let made = make(self);
            self.list.insert(name.to_owned(), Json::Object(made));
        }
        Object::new().with("$ref", format!("#/$defs/{name}"))
    }

    /// A member that may be left out: the entry, or blank.
    pub fn optional(&mut self, field: &FieldType) -> Object {
        let entry = self.entry(field);
        match self.depth {
            Depth::Types => entry,
            Depth::Checks => Object::new().with("anyOf", vec![entry, self.blank(&field.kind)]),
        }
    }

    /// What counts as not filled in.
    pub fn blank(&mut self, kind: &FieldKind) -> Object {
        match blank_kind(kind) {
            Blank::Text => self.refer("blank_text", |_| {
                Object::new().with("type", vec!["string", "null"]).with("pattern", format!("^[{}]*$", white_space()))
            }),
            Blank::Null => self.refer("blank", |_| Object::new().with("type", "null")),
            Blank::File => self.refer("blank_file", |defs| {
                let size = Object::new().with("type", vec!["integer", "null"]);
                or_null(file_members(defs.blank(&FieldKind::Text), size))
            }),
            Blank::Record(id) => self.refer(&format!("blank_{}", self.plan.records[id.index()]), |defs| {
                let fields = &defs.plan.programme.records[id.index()].fields;
                let members = fields.iter().map(|f| (f.ident.key.clone(), defs.blank(&f.field.kind).into())).collect::<Object>();
                let record = Object::new().with("type", vec!["object", "null"]).with("properties", members);
                record.with("additionalProperties", false)
            }),
        }
    }

    /// A filled-in entry.
    pub fn entry(&mut self, field: &FieldType) -> Object {
        match self.depth {
            Depth::Types => self.typed(&field.kind),
            Depth::Checks => self.checked(field),
        }
    }

    fn typed(&mut self, kind: &FieldKind) -> Object {
        use FieldKind as K;
        match kind {
            K::Integer | K::Count | K::Year => self.refer("integer", |_| safe_integer().with("type", vec!["integer", "null"])),
            K::YesNo => self.refer("yes_no", |_| Object::new().with("type", vec!["boolean", "null"])),
            K::AnyOf(_) => self.refer("list_of_text", |_| {
                Object::new().with("type", vec!["array", "null"]).with("items", Object::new().with("type", "string"))
            }),
            K::Record(id) => self.record(*id),
            K::List(item) => {
                let name = format!("list_of_{}", self.type_name(&item.kind));
                self.refer(&name, |defs| Object::new().with("type", vec!["array", "null"]).with("items", defs.typed(&item.kind)))
            }
            K::Unknown => Object::new(),
            K::Text
            | K::Prose
            | K::Decimal { .. }
            | K::Percent { .. }
            | K::Money { .. }
            | K::Date
            | K::Month
            | K::Email
            | K::Phone
            | K::Mobile
            | K::Postcode
            | K::Url
            | K::OneOf(_) => self.text(),
            K::File { .. } => self.refer("file", |defs| {
                let size = defs.refer("integer", |_| safe_integer().with("type", vec!["integer", "null"]));
                or_null(file_members(defs.text(), size))
            }),
        }
    }

    /// A text, or null.
    pub fn text(&mut self) -> Object {
        self.refer("text", |_| Object::new().with("type", vec!["string", "null"]))
    }

    fn type_name(&self, kind: &FieldKind) -> String {
        match kind {
            FieldKind::Record(id) => self.plan.records[id.index()].clone(),
            FieldKind::List(item) => format!("list_of_{}", self.type_name(&item.kind)),
            FieldKind::Integer | FieldKind::Count | FieldKind::Year => "integer".to_owned(),
            FieldKind::YesNo => "yes_no".to_owned(),
            FieldKind::AnyOf(_) => "list_of_text".to_owned(),
            FieldKind::Unknown => "anything".to_owned(),
            FieldKind::Text
            | FieldKind::Prose
            | FieldKind::Decimal { .. }
            | FieldKind::Percent { .. }
            | FieldKind::Money { .. }
            | FieldKind::Date
            | FieldKind::Month
            | FieldKind::Email
            | FieldKind::Phone
            | FieldKind::Mobile
            | FieldKind::Postcode
            | FieldKind::Url
            | FieldKind::OneOf(_) => "text".to_owned(),
            FieldKind::File { .. } => "file".to_owned(),
        }
    }

    fn checked(&mut self, field: &FieldType) -> Object {
        use FieldKind as K;
        match &field.kind {
            K::Text | K::Prose => self.filled_text(),
            K::File { kinds, .. } => self.file(kinds, field),
            K::Integer | K::Count | K::Year => self.integer(field),
            K::Decimal { digits } | K::Percent { digits } | K::Money { digits } => {
                let digits = *digits;
                // Where a range is left to others, so is the greatest length of a number, which is a matter of range too.
                let (name, most) = if is_bounded(field) { ("bounded_decimal", None) } else { ("decimal", Some(18)) };
                self.refer(&format!("{name}_{digits}"), |_| text_like(&decimal(digits, most)))
            }
            K::YesNo => self.refer("yes_no", |_| Object::new().with("type", "boolean")),
            K::Date => self.refer("date", |_| text_like(pattern::DATE).with("maxLength", 10_i64)),
            K::Month => self.refer("month", |_| text_like(pattern::MONTH).with("maxLength", 7_i64)),
            K::Email => self.refer("email", |_| text_like(pattern::EMAIL)),
            K::Phone => self.refer("phone", |_| text_like(pattern::PHONE)),
            K::Mobile => self.refer("mobile", |_| text_like(pattern::MOBILE)),
            K::Postcode => self.refer("postcode", |_| text_like(pattern::POSTCODE).with("maxLength", 6_i64)),
            K::Url => self.refer("url", |_| text_like(pattern::URL)),
            K::OneOf(id) => self.choice(*id),
            K::AnyOf(id) => Object::new().with("type", "array").with("items", self.choice(*id)),
            K::Record(id) => self.record(*id),
            K::List(item) => {
                let item = self.entry(item);
                items_limits(Object::new().with("type", "array").with("items", item), field)
            }
            K::Unknown => Object::new(),
        }
    }

    fn filled_text(&mut self) -> Object {
        self.refer("filled_text", |_| Object::new().with("type", "string").with("pattern", format!("[^{}]", white_space())))
    }

    /// A file by its name; its ending tells the kind.
    fn file(&mut self, kinds: &[String], field: &FieldType) -> Object {
        let limit = |kind| field.limits.iter().filter(move |l| l.kind == kind).map(|l| l.value as i64);
        let (low, high) = (limit(LimitKind::AtLeast).max().unwrap_or(0), limit(LimitKind::AtMost).min().unwrap_or(SAFE));
        let name = format!("file_{}_{low}_{high}", kinds.iter().map(|k| crate::names::ascii(k)).collect::<Vec<_>>().join("_"));
        self.refer(&name, |defs| {
            let ending = if kinds.is_empty() { defs.filled_text() } else { text_like(&ending(kinds)) };
            let size = Object::new().with("type", vec!["integer", "null"]).with("minimum", low).with("maximum", high);
            file_members(ending, size).with("required", vec!["name"])
        })
    }

    fn integer(&mut self, field: &FieldType) -> Object {
        let (low, high) = integer_bounds(field);
        let step = field.step.as_ref().filter(|_| carries_step(field)).and_then(Exact::to_i64).filter(|s| *s > 1);
        let part = |word: &str, n: Option<i64>| n.map_or(String::new(), |n| format!("_{word}_{}", n.to_string().replace('-', "minus_")));
        let name = format!("integer{}{}{}", part("from", low), part("to", high), part("step", step));
        self.refer(&name, |_| {
            Object::new()
                .with("type", "integer")
                .with("minimum", low.unwrap_or(-SAFE))
                .with("maximum", high.unwrap_or(SAFE))
                .with_some("multipleOf", step)
        })
    }

    fn choice(&mut self, id: EnumId) -> Object {
        let list = self.plan.programme.enumeration(id);
        let name = format!("choice_{}", self.plan.enums[id.index()]);
        self.refer(&name, |_| {
            let keys: Vec<&str> = list.values.iter().map(|v| v.ident.key.as_str()).collect();
            let labels: Vec<String> = list
                .values
                .iter()
                .filter(|v| v.ident.label.text != v.ident.key)
                .map(|v| format!("{} = {}", v.ident.key, v.ident.label.text))
                .collect();
            let choice = Object::new().with("title", list.ident.label.text.as_str()).with("type", "string");
            let choice = if labels.is_empty() { choice } else { choice.with("description", labels.join("；")) };
            choice.with("enum", keys)
        })
    }

    fn record(&mut self, id: RecordId) -> Object {
        let record = &self.plan.programme.records[id.index()];
        let name = format!("record_{}", self.plan.records[id.index()]);
        self.refer(&name, |defs| {
            let fields: Object = record.fields.iter().map(|f| (f.ident.key.clone(), defs.record_field(f).into())).collect();
            let required: Vec<&str> = record.fields.iter().filter(|f| !f.optional).map(|f| f.ident.key.as_str()).collect();
            let object = Object::new().with("title", record.ident.label.text.as_str());
            match defs.depth {
                Depth::Types => object.with("type", vec!["object", "null"]),
                Depth::Checks => object.with("type", "object"),
            }
            .with("properties", fields)
            .and(defs.must(id, required))
            .with("additionalProperties", false)
        })
    }

    /// What makes a record filled in: its required fields, or without any of those at least one field.
    fn must(&mut self, id: RecordId, required: Vec<&str>) -> Object {
        match (self.depth, required.is_empty()) {
            (Depth::Types, _) => Object::new(),
            (Depth::Checks, false) => Object::new().with("required", required),
            (Depth::Checks, true) => Object::new().with("not", self.blank(&FieldKind::Record(id))),
        }
    }

    fn record_field(&mut self, field: &RecordField) -> Object {
        let mut more = says(self.plan, &field.field);
        more.extend(field.help.iter().map(|h| h.text.clone()));
        let value = if field.optional { self.optional(&field.field) } else { self.entry(&field.field) };
        super::described(self.plan, &field.ident.label, &more, &[]).and(value)
    }
}

const SAFE: i64 = (1 << 53) - 1;

fn safe_integer() -> Object {
    Object::new().with("minimum", -SAFE).with("maximum", SAFE)
}

/// The same with null.
fn or_null(object: Object) -> Object {
    Object::new().with("anyOf", vec![object, Object::new().with("type", "null")])
}

/// The members of a file entry.
fn file_members(name: Object, size: Object) -> Object {
    let members = Object::new().with("name", name).with("size", size).with("sealed", Object::new().with("type", vec!["boolean", "null"]));
    Object::new().with("type", "object").with("properties", members).with("additionalProperties", false)
}

/// A file name that ends in one of these, in capitals or not.
fn ending(kinds: &[String]) -> String {
    let letter = |c: char| match (c.to_ascii_lowercase(), c.to_ascii_uppercase()) {
        (low, high) if low != high => format!("[{low}{high}]"),
        (other, _) if other.is_ascii_alphanumeric() || !other.is_ascii() => other.to_string(),
        (other, _) => format!("\\{other}"),
    };
    let kinds: Vec<String> = kinds.iter().map(|kind| kind.chars().map(letter).collect()).collect();
    format!("\\.({})$", kinds.join("|"))
}

/// A number with at most so many digits after the point, and so many in all.
fn decimal(digits: u32, most: Option<u32>) -> String {
    let Some(most) = most else {
        let fraction = if digits == 0 { String::new() } else { format!("(\\.[0-9]{{1,{digits}}})?") };
        return format!("^-?[0-9]+{fraction}$");
    };
    let forms = (0..=digits.min(most - 1)).map(|fraction| match fraction {
        0 => format!("[0-9]{{1,{most}}}"),
        _ => format!("[0-9]{{1,{}}}\\.[0-9]{{{fraction}}}", most - fraction),
    });
    format!("^-?({})$", forms.collect::<Vec<_>>().join("|"))
}

/// Whether a number has a range of its own.
fn is_bounded(field: &FieldType) -> bool {
    field.low.is_some() || field.high.is_some()
}

fn text_like(pattern: &str) -> Object {
    Object::new().with("type", "string").with("pattern", pattern)
}

/// The bounds of a whole number, where they are whole numbers themselves; a count is never below zero.
fn integer_bounds(field: &FieldType) -> (Option<i64>, Option<i64>) {
    let (count, year) = (field.kind == FieldKind::Count, field.kind == FieldKind::Year);
    let least = if year { Some(1) } else { count.then_some(0) };
    let most = year.then_some(9999);
    let whole = |bound: &Option<Exact>, other| bound.as_ref().map_or(other, Exact::to_i64);
    (whole(&field.low, least), whole(&field.high, most))
}

/// Steps count from the lowest value; `multipleOf` counts from zero.
fn carries_step(field: &FieldType) -> bool {
    let low = field.low.as_ref().and_then(Exact::to_i64).unwrap_or(0);
    field.step.as_ref().and_then(Exact::to_i64).is_some_and(|step| step > 0 && low % step == 0)
}

fn items_limits(mut list: Object, field: &FieldType) -> Object {
    for limit in &field.limits {
        match limit.kind {
            LimitKind::AtLeast => list.set("minItems", limit.value as i64),
            LimitKind::AtMost => list.set("maxItems", limit.value as i64),
            LimitKind::About => {}
        }
    }
    list
}

/// What a blank entry looks like in JSON.
enum Blank {
    /// Null, or a text of nothing but blanks.
    Text,
    /// Null.
    Null,
    /// Null, or a file without name.
    File,
    /// Null, or a record without a filled field.
    Record(RecordId),
}

fn blank_kind(kind: &FieldKind) -> Blank {
    use FieldKind as K;
    match kind {
        K::Integer | K::Count | K::Year | K::YesNo | K::AnyOf(_) | K::List(_) | K::Unknown => Blank::Null,
        K::Record(id) => Blank::Record(*id),
        K::File { .. } => Blank::File,
        K::Text
        | K::Prose
        | K::Decimal { .. }
        | K::Percent { .. }
        | K::Money { .. }
        | K::Date
        | K::Month
        | K::Email
        | K::Phone
        | K::Mobile
        | K::Postcode
        | K::Url
        | K::OneOf(_) => Blank::Text,
    }
}

/// The inside of a character class of all white space (semantics 6.4).
fn white_space() -> String {
    let one = |(low, high): &(u32, u32)| if low == high { format!("\\u{low:04x}") } else { format!("\\u{low:04x}-\\u{high:04x}") };
    text::WHITE_SPACE.iter().map(one).collect()
}

/// What is to be said of an entry in words: its unit and limits.
pub fn says(plan: &Plan<'_>, field: &FieldType) -> Vec<String> {
    let mut words = Vec::new();
    if let Some(unit) = field.unit {
        words.push(format!("单位：{}", plan.programme.unit(unit).ident.label.text));
    } else if matches!(field.kind, FieldKind::Percent { .. }) {
        words.push("单位：%".to_owned());
    }
    match (&field.low, &field.high) {
        (Some(low), Some(high)) => words.push(format!("{low} 至 {high}")),
        (Some(low), None) => words.push(format!("不小于 {low}")),
        (None, Some(high)) => words.push(format!("不大于 {high}")),
        (None, None) => {}
    }
    words.extend(field.limits.iter().map(|l| limit_words(field, l.kind, l.value)));
    words
}

fn limit_words(of: &FieldType, kind: LimitKind, value: u64) -> String {
    let what = of.length_unit().zh;
    match kind {
        LimitKind::About => format!("{value} {what}左右"),
        LimitKind::AtMost => format!("不超过 {value} {what}"),
        LimitKind::AtLeast => format!("不少于 {value} {what}"),
    }
}

/// The checks of an entry at `path` that stay out of a schema.
pub fn not_carried(plan: &Plan<'_>, path: &str, field: &FieldType, into: &mut Vec<NotCarried>) {
    use FieldKind as K;
    let mut miss = |problem| into.push(NotCarried { path: path.to_owned(), problem });
    match &field.kind {
        K::Text | K::Prose | K::AnyOf(_) if !field.limits.is_empty() => miss("length"),
        K::Decimal { .. } | K::Percent { .. } | K::Money { .. } => {
            if is_bounded(field) {
                miss("range");
            }
            if field.step.is_some() {
                miss("step");
            }
        }
        K::Integer | K::Count | K::Year if field.step.is_some() && !carries_step(field) => miss("step"),
        K::Record(id) => {
            for f in &plan.programme.records[id.index()].fields {
                not_carried(plan, &format!("{path}/{}", names::pointer_step(&f.ident.key)), &f.field, into);
            }
        }
        K::List(item) => not_carried(plan, &format!("{path}/-"), item, into),
        K::Text
        | K::Prose
        | K::Integer
        | K::Count
        | K::Date
        | K::Month
        | K::Year
        | K::YesNo
        | K::Email
        | K::Phone
        | K::Mobile
        | K::Postcode
        | K::Url
        | K::File { .. }
        | K::OneOf(_)
        | K::AnyOf(_)
        | K::Unknown => {}
    }
}
