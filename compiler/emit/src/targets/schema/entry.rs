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
            | K::File { .. }
            | K::OneOf(_) => self.text(),
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
            | FieldKind::File { .. }
            | FieldKind::OneOf(_) => "text".to_owned(),
        }
    }

    fn checked(&mut self, field: &FieldType) -> Object {
        use FieldKind as K;
        match &field.kind {
            K::Text | K::Prose | K::File { .. } => {
                let filled = || Object::new().with("type", "string").with("pattern", format!("[^{}]", white_space()));
                self.refer("text", |_| filled())
            }
            K::Integer | K::Count | K::Year => self.integer(field),
            K::Decimal { digits } | K::Percent { digits } | K::Money { digits } => {
                let fraction = if *digits == 0 { r"(\.0+)?".to_owned() } else { format!(r"(\.[0-9]{{1,{digits}}}0*)?") };
                let shape = format!("^-?[0-9]+{fraction}$");
                self.refer(&format!("decimal_{digits}"), |_| text_like(&shape))
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
            K::AnyOf(id) => {
                let choice = self.choice(*id);
                items_limits(Object::new().with("type", "array").with("items", choice), field)
            }
            K::Record(id) => self.record(*id),
            K::List(item) => {
                let item = self.entry(item);
                items_limits(Object::new().with("type", "array").with("items", item), field)
            }
            K::Unknown => Object::new(),
        }
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
            .with_some("required", (defs.depth == Depth::Checks && !required.is_empty()).then_some(required))
            .with("additionalProperties", false)
        })
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

fn text_like(pattern: &str) -> Object {
    Object::new().with("type", "string").with("pattern", pattern)
}

/// The bounds of a whole number, where they are whole numbers themselves; a count is never below zero.
fn integer_bounds(field: &FieldType) -> (Option<i64>, Option<i64>) {
    let floor = (field.kind == FieldKind::Count).then_some(0);
    let low = field.low.as_ref().and_then(Exact::to_i64).or(floor);
    (low, field.high.as_ref().and_then(Exact::to_i64))
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
}

fn blank_kind(kind: &FieldKind) -> Blank {
    use FieldKind as K;
    match kind {
        K::Integer | K::Count | K::Year | K::YesNo | K::AnyOf(_) | K::Record(_) | K::List(_) | K::Unknown => Blank::Null,
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
        | K::File { .. }
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
    words.extend(field.limits.iter().map(|l| limit_words(&field.kind, l.kind, l.value)));
    words
}

fn limit_words(of: &FieldKind, kind: LimitKind, value: u64) -> String {
    let bytes = matches!(of, FieldKind::File { .. });
    let items = matches!(of, FieldKind::List(_) | FieldKind::AnyOf(_));
    let what = if bytes {
        "字节"
    } else if items {
        "项"
    } else {
        "字"
    };
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
    let limited = field.limits.iter().any(|l| l.kind != LimitKind::About);
    match &field.kind {
        K::Text | K::Prose | K::File { .. } if limited => miss("length"),
        K::Decimal { .. } | K::Percent { .. } | K::Money { .. } => {
            if field.low.is_some() || field.high.is_some() {
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
