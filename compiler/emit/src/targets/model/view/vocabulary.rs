//! Types, units, closed lists, records, tables.
//!
//! In: the model's vocabulary. Out: views of it. Always: bounds of entries are in the declared unit, bounds of types in base units.

use super::expr::{Expr, Scope};
use super::{Cite, Ident, Label, cites, ident, label};
use crate::Plan;
use prog_model as m;
use schemars::JsonSchema;
use serde::Serialize;

/// The type of an expression.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Type<'a> {
    Unknown,
    /// Three-valued truth.
    Bool,
    /// An exact number; without `digits` it is a ratio.
    Number {
        dimension: Dimension<'a>,
        #[serde(skip_serializing_if = "Option::is_none")]
        digits: Option<u32>,
        /// In base units.
        #[serde(skip_serializing_if = "Option::is_none")]
        low: Option<String>,
        /// In base units.
        #[serde(skip_serializing_if = "Option::is_none")]
        high: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        unit: Option<&'a str>,
    },
    Text,
    /// One value of a closed list.
    Enum {
        of: &'a str,
    },
    /// Several values of a closed list.
    Set {
        of: &'a str,
    },
    Date,
    Moment,
    Duration,
    Record {
        of: &'a str,
    },
    List {
        of: Box<Type<'a>>,
    },
}

/// Which quantities compare.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Dimension<'a> {
    /// A number without unit.
    Bare,
    /// Plain numbers and counts.
    Plain,
    /// Fractions of one.
    Ratio,
    /// Base units with exponents.
    Units { units: Vec<Power<'a>> },
}

/// A base unit with its exponent.
#[derive(Serialize, JsonSchema)]
pub struct Power<'a> {
    unit: &'a str,
    power: i8,
}

/// A unit with its exact factor.
#[derive(Serialize, JsonSchema)]
pub struct Unit<'a> {
    #[serde(flatten)]
    ident: Ident<'a>,
    base: &'a str,
    /// How many base units one of it is.
    factor: String,
    dimension: &'a str,
    /// Whether it counts things.
    count: bool,
}

/// A closed list.
#[derive(Serialize, JsonSchema)]
pub struct Enum<'a> {
    /// The unique name by which this file refers to it.
    id: &'a str,
    #[serde(flatten)]
    ident: Ident<'a>,
    /// Written where it is used.
    inline: bool,
    #[schemars(with = "String")]
    order: m::EnumOrder,
    values: Vec<EnumValue<'a>>,
}

/// A value of a closed list.
#[derive(Serialize, JsonSchema)]
struct EnumValue<'a> {
    #[serde(flatten)]
    ident: Ident<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retired_since: Option<u32>,
}

/// A group of fields.
#[derive(Serialize, JsonSchema)]
pub struct Record<'a> {
    #[serde(flatten)]
    ident: Ident<'a>,
    fields: Vec<RecordField<'a>>,
}

/// A field of a record.
#[derive(Serialize, JsonSchema)]
pub struct RecordField<'a> {
    #[serde(flatten)]
    ident: Ident<'a>,
    entry: Entry<'a>,
    #[serde(rename = "type")]
    ty: Type<'a>,
    optional: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    prompt: Option<Label<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Label<'a>>,
}

/// What is entered: bounds and step in the declared unit.
#[derive(Serialize, JsonSchema)]
pub struct Entry<'a> {
    #[serde(flatten)]
    kind: EntryKind<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    low: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    high: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<String>,
    /// On characters (字数), items or bytes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    limits: Vec<Limit>,
}

/// The kind of entry with what it needs.
#[derive(Serialize, JsonSchema)]
struct EntryKind<'a> {
    /// `text`, `prose`, `integer`, `decimal`, `one_of` …
    #[schemars(with = "String")]
    kind: &'static str,
    /// Digits after the point.
    #[serde(skip_serializing_if = "Option::is_none")]
    digits: Option<u32>,
    /// The closed list or record.
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<&'a str>,
    /// The items of a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Box<Entry<'a>>>,
    /// Kinds of file.
    #[serde(skip_serializing_if = "Option::is_none")]
    files: Option<&'a [String]>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    sealed: bool,
}

/// A limit.
#[derive(Serialize, JsonSchema)]
struct Limit {
    #[schemars(with = "String")]
    kind: &'static str,
    value: u64,
    /// Every character counts, not 字数.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(default)]
    characters: bool,
}

/// A table.
#[derive(Serialize, JsonSchema)]
pub struct Table<'a> {
    #[serde(flatten)]
    ident: Ident<'a>,
    cites: Vec<Cite<'a>>,
    /// How a row is found: every key matches, or by the nearest bound.
    #[schemars(with = "String")]
    lookup: &'static str,
    absent_in_source: bool,
    /// The day of the data file that the rows were read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    dated: Option<String>,
    keys: Vec<Column<'a>>,
    columns: Vec<Column<'a>>,
    rows: Vec<Row<'a>>,
    explained: Vec<Explained<'a>>,
}

/// A calendar of working days: Monday to Friday, save these days of its years.
#[derive(Serialize, JsonSchema)]
pub struct Calendar<'a> {
    #[serde(flatten)]
    ident: Ident<'a>,
    cites: Vec<Cite<'a>>,
    /// The day of the data file.
    #[serde(skip_serializing_if = "Option::is_none")]
    dated: Option<String>,
    /// The first day of which it is known whether it is worked.
    first: String,
    /// The last one.
    last: String,
    /// Days off, of Monday to Friday.
    off: Vec<String>,
    /// Worked days of a weekend.
    worked: Vec<String>,
}

/// A column.
#[derive(Serialize, JsonSchema)]
struct Column<'a> {
    #[serde(flatten)]
    ident: Ident<'a>,
    #[serde(rename = "type")]
    ty: Type<'a>,
}

/// A row; its values are expressions over the keys.
#[derive(Serialize, JsonSchema)]
struct Row<'a> {
    keys: Vec<KeyCell<'a>>,
    values: Vec<Expr<'a>>,
}

/// A key cell.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum KeyCell<'a> {
    Any,
    OneOf {
        values: Vec<Expr<'a>>,
    },
    Band {
        #[serde(skip_serializing_if = "Option::is_none")]
        low: Option<End>,
        #[serde(skip_serializing_if = "Option::is_none")]
        high: Option<End>,
    },
}

/// An end of a band.
#[derive(Serialize, JsonSchema)]
struct End {
    value: String,
    included: bool,
}

/// A formula compared with a column, never deciding.
#[derive(Serialize, JsonSchema)]
struct Explained<'a> {
    column: &'a str,
    cites: Vec<Cite<'a>>,
    by: Expr<'a>,
}

pub fn ty<'a>(plan: &'a Plan<'a>, from: &m::Type) -> Type<'a> {
    let p = plan.programme;
    match from {
        m::Type::Unknown => Type::Unknown,
        m::Type::Bool => Type::Bool,
        m::Type::Number(n) => Type::Number {
            dimension: match n.shown_as() {
                m::Dimension::Bare => Dimension::Bare,
                m::Dimension::Plain | m::Dimension::Times => Dimension::Plain,
                m::Dimension::Ratio => Dimension::Ratio,
                m::Dimension::Units(units) => Dimension::Units {
                    units: units.iter().map(|(id, power)| Power { unit: &p.unit(*id).ident.name, power: *power }).collect(),
                },
            },
            digits: n.digits,
            low: n.low.as_ref().map(ToString::to_string),
            high: n.high.as_ref().map(ToString::to_string),
            unit: n.unit.map(|id| p.unit(id).ident.name.as_str()),
        },
        m::Type::Text => Type::Text,
        m::Type::Enum(id) => Type::Enum { of: plan.list(*id) },
        m::Type::Set(id) => Type::Set { of: plan.list(*id) },
        m::Type::Date => Type::Date,
        m::Type::Moment => Type::Moment,
        m::Type::Duration => Type::Duration,
        m::Type::Record(id) => Type::Record { of: &p.records[id.index()].ident.name },
        m::Type::List(item) => Type::List { of: Box::new(ty(plan, item)) },
    }
}

pub fn entry<'a>(plan: &'a Plan<'a>, from: &'a m::FieldType) -> Entry<'a> {
    let shown = |x: &Option<prog_base::Exact>| x.as_ref().map(ToString::to_string);
    Entry {
        kind: entry_kind(plan, &from.kind),
        unit: from.unit.map(|id| plan.programme.unit(id).ident.name.as_str()),
        low: shown(&from.low),
        high: shown(&from.high),
        step: shown(&from.step),
        limits: from.limits.iter().map(|l| Limit { kind: crate::words::limit(l.kind), value: l.value, characters: l.characters }).collect(),
    }
}

fn entry_kind<'a>(plan: &'a Plan<'a>, from: &'a m::FieldKind) -> EntryKind<'a> {
    use m::FieldKind as K;
    let mut kind = EntryKind { kind: crate::words::entry(from), digits: None, of: None, items: None, files: None, sealed: false };
    match from {
        K::Decimal { digits } | K::Percent { digits } | K::Money { digits } => kind.digits = Some(*digits),
        K::OneOf(id) | K::AnyOf(id) => kind.of = Some(plan.list(*id)),
        K::Record(id) => kind.of = Some(plan.record(*id)),
        K::List(items) => kind.items = Some(Box::new(entry(plan, items))),
        K::File { kinds, sealed } => (kind.files, kind.sealed) = (Some(kinds.as_slice()), *sealed),
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
        | K::Unknown => {}
    }
    kind
}

pub fn unit<'a>(plan: &'a Plan<'a>, from: &'a m::Unit) -> Unit<'a> {
    Unit {
        ident: ident(&from.ident),
        base: &plan.programme.unit(from.base).ident.name,
        factor: from.factor.to_string(),
        dimension: &from.dimension,
        count: from.count,
    }
}

pub fn enumeration<'a>(from: &'a m::Enum, id: &'a str) -> Enum<'a> {
    let values = from.values.iter().map(|v| EnumValue { ident: ident(&v.ident), retired_since: v.retired_since }).collect();
    Enum { id, ident: ident(&from.ident), inline: from.anonymous, order: from.order, values }
}

pub fn record<'a>(plan: &'a Plan<'a>, from: &'a m::Record) -> Record<'a> {
    Record { ident: ident(&from.ident), fields: from.fields.iter().map(|f| field(plan, f)).collect() }
}

pub fn field<'a>(plan: &'a Plan<'a>, from: &'a m::RecordField) -> RecordField<'a> {
    RecordField {
        ident: ident(&from.ident),
        entry: entry(plan, &from.field),
        ty: ty(plan, &from.ty),
        optional: from.optional,
        prompt: from.prompt.as_ref().map(label),
        help: from.help.as_ref().map(label),
    }
}

pub fn calendar<'a>(plan: &'a Plan<'a>, from: &'a m::Calendar) -> Calendar<'a> {
    let (first, last) = from.days.span();
    let days = |worked: bool| from.days.departures().filter(|(_, w)| *w == worked).map(|(day, _)| day.to_string()).collect();
    Calendar {
        ident: ident(&from.ident),
        cites: cites(plan, &from.cites),
        dated: from.dated.map(|d| d.to_string()),
        first: first.to_string(),
        last: last.to_string(),
        off: days(false),
        worked: days(true),
    }
}

pub fn table<'a>(plan: &'a Plan<'a>, from: &'a m::Table) -> Table<'a> {
    let scope = Scope::programme(plan);
    let column = |ident_: &'a m::Ident, t: &'a m::Type| Column { ident: ident(ident_), ty: ty(plan, t) };
    let row = |r: &'a m::TableRow| Row {
        keys: r.keys.iter().map(|k| key_cell(&scope, k)).collect(),
        values: r.values.iter().map(|v| scope.expr(v)).collect(),
    };
    let explained = |e: &'a m::Explained| Explained {
        column: from.columns.get(e.column).map_or("", |c| c.ident.key.as_str()),
        cites: cites(plan, &e.cites),
        by: scope.expr(&e.by),
    };
    Table {
        ident: ident(&from.ident),
        cites: cites(plan, &from.cites),
        lookup: match from.lookup {
            m::TableLookup::Match => "match",
            m::TableLookup::LowerBound => "lower_bound",
            m::TableLookup::UpperBound => "upper_bound",
        },
        absent_in_source: from.absent,
        dated: from.dated.map(|d| d.to_string()),
        keys: from.keys.iter().map(|k| column(&k.ident, &k.ty)).collect(),
        columns: from.columns.iter().map(|c| column(&c.ident, &c.ty)).collect(),
        rows: from.rows.iter().map(row).collect(),
        explained: from.explained.iter().map(explained).collect(),
    }
}

fn key_cell<'a>(scope: &Scope<'a>, from: &'a m::KeyCell) -> KeyCell<'a> {
    let end = |e: &Option<(prog_base::Exact, bool)>| e.as_ref().map(|(v, included)| End { value: v.to_string(), included: *included });
    match from {
        m::KeyCell::Any => KeyCell::Any,
        m::KeyCell::OneOf(values) => KeyCell::OneOf { values: values.iter().map(|v| scope.expr(v)).collect() },
        m::KeyCell::Band { low, high } => KeyCell::Band { low: end(low), high: end(high) },
    }
}
