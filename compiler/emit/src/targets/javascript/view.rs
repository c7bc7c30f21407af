//! The programme as the object that the runtime takes.
//!
//! In: the plan. Out: named [`Js`] trees, one a section. Always: everything by its key in data; expressions as functions.

use super::expr::{Scope, number};
use super::print::Js;
use prog_base::{Duration, DurationUnit, Exact, Moment, Zone};
use prog_model::*;

/// An object under construction: members in order, those without a value left out.
#[derive(Default)]
pub struct Members(Vec<(String, Js)>);

impl Members {
    /// With one more member.
    #[must_use]
    pub fn with(mut self, key: &str, value: Js) -> Self {
        self.0.push((key.to_owned(), value));
        self
    }

    /// With one more member, if there is a value.
    #[must_use]
    pub fn with_some(self, key: &str, value: Option<Js>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// With a member that is true, if it is.
    #[must_use]
    pub fn flag(self, key: &str, value: bool) -> Self {
        self.with_some(key, value.then(|| Js::raw("true")))
    }

    /// With a list, if it holds anything.
    #[must_use]
    pub fn list(self, key: &str, items: Vec<Js>) -> Self {
        if items.is_empty() { self } else { self.with(key, Js::Array(items)) }
    }

    /// The object.
    pub fn object(self) -> Js {
        Js::Object(self.0)
    }
}

/// `key` and, where they say more, `name` and `label`.
pub fn named(ident: &Ident) -> Members {
    let plain = ident.label.en.is_none() && ident.label.text == ident.key;
    Members::default()
        .with("key", Js::text(&ident.key))
        .with_some("name", (ident.name != ident.key).then(|| Js::text(&ident.name)))
        .with_some("label", (!plain).then(|| label(&ident.label)))
}

/// The author's words: a text, or one a language.
pub fn label(label: &Label) -> Js {
    match &label.en {
        None => Js::text(&label.text),
        Some(en) => Members::default().with("zh", Js::text(&label.text)).with("en", Js::text(en)).object(),
    }
}

/// Clause addresses.
pub fn clauses(programme: &Programme, cites: &[Citation]) -> Js {
    Js::texts(programme.addresses(cites))
}

/// The key of a stage.
pub fn stage(programme: &Programme, id: StageId) -> Js {
    Js::text(&programme.stages[id.index()].key)
}

/// The key of an actor.
pub fn actor(programme: &Programme, id: ActorId) -> Js {
    Js::text(&programme.actors[id.index()].ident.key)
}

/// The key of a material.
pub fn material_key(programme: &Programme, id: MaterialId) -> Js {
    Js::text(&programme.materials[id.index()].ident.key)
}

/// The key of a track.
pub fn track_key(programme: &Programme, id: TrackId) -> Js {
    Js::text(&programme.track(id).ident.key)
}

/// The name of a closed list: its key, or the key and a number where several have it (lists declared inside fields of one name).
pub fn list_key(programme: &Programme, id: EnumId) -> Js {
    let key = &programme.enumeration(id).ident.key;
    let before = programme.enums[..id.index()].iter().filter(|e| e.ident.key == *key).count();
    if before == 0 { Js::text(key) } else { Js::text(&format!("{key} {}", before + 1)) }
}

/// A whole number that JavaScript holds as such.
pub fn whole(n: impl ToString) -> Js {
    Js::raw(n.to_string())
}

/// The zone with its changes of offset. Days of the calendar's year 0 to 2200; after that a zone's last offset stands.
pub fn zone(zone: &Zone) -> Js {
    const FIRST: i64 = -62_167_219_200;
    const LAST: i64 = 7_258_118_400;
    let changes = zone.transitions(Moment(FIRST), Moment(LAST));
    let changes = changes.into_iter().map(|(at, offset)| Js::Array(vec![whole(at.0), whole(offset)])).collect();
    Js::call("new Zone", vec![Js::text(zone.name()), Js::Array(changes)])
}

/// The readings.
pub fn readings(programme: &Programme) -> Js {
    let scope = Scope::programme(programme);
    let one = |reading: &Reading| {
        let members = named(&reading.ident).with_some("builtin", reading.builtin.map(|b| Js::text(builtin(b))));
        match &reading.value {
            ReadingValue::Choice { values, chosen } => {
                let other = values.iter().any(|v| v.name != v.key);
                let names = other.then(|| Js::texts(values.iter().map(|v| &v.name)));
                let values = Js::texts(values.iter().map(|v| &v.key));
                members.with("values", values).with_some("names", names).with_some("chosen", chosen.map(whole))
            }
            ReadingValue::Band(band) => members.with("band", number(band)),
            ReadingValue::Expr(value) => members.with_some("ends", scope.function_of(value.as_ref())),
        }
        .object()
    };
    Js::Array(programme.readings.iter().map(one).collect())
}

fn builtin(reading: BuiltinReading) -> &'static str {
    match reading {
        BuiltinReading::Deadline => "deadline",
        BuiltinReading::About => "about",
        BuiltinReading::Length => "length",
        BuiltinReading::Late => "late",
        BuiltinReading::After => "after",
        BuiltinReading::Before => "before",
        BuiltinReading::Last => "last",
        BuiltinReading::Round => "round",
    }
}

/// Actors.
pub fn actors(programme: &Programme) -> Js {
    let one = |actor: &Actor| {
        let list = actor.per.as_deref().and_then(|per| programme.list_of_key(per));
        named(&actor.ident)
            .with_some("per", actor.per.as_deref().map(Js::text))
            .with_some("keys", list.map(|id| list_key(programme, id)))
            .object()
    };
    Js::Array(programme.actors.iter().map(one).collect())
}

/// Closed lists.
pub fn enums(programme: &Programme) -> Js {
    let value = |v: &EnumValue| {
        let plain = v.retired_since.is_none() && v.ident.label.en.is_none() && v.ident.label.text == v.ident.key;
        if plain { Js::text(&v.ident.key) } else { named(&v.ident).with_some("retired", v.retired_since.map(whole)).object() }
    };
    let one = |(index, list): (usize, &Enum)| {
        let order = match list.order {
            EnumOrder::None => None,
            EnumOrder::LowestFirst => Some("lowest first"),
            EnumOrder::BestFirst => Some("best first"),
        };
        Members::default()
            .with("key", list_key(programme, EnumId(index as u32)))
            .with_some("order", order.map(Js::text))
            .with("values", Js::Array(list.values.iter().map(value).collect()))
            .object()
    };
    Js::Array(programme.enums.iter().enumerate().map(one).collect())
}

/// Records.
pub fn records(programme: &Programme) -> Js {
    let field = |f: &RecordField| named(&f.ident).with("type", field_type(programme, &f.field)).flag("optional", f.optional).object();
    let one = |record: &Record| {
        let fields = Js::Array(record.fields.iter().map(field).collect());
        Members::default().with("key", Js::text(&record.ident.key)).with("fields", fields).object()
    };
    Js::Array(programme.records.iter().map(one).collect())
}

/// What is entered in a field.
pub fn field_type(programme: &Programme, field: &FieldType) -> Js {
    let limit = |l: &Limit| {
        let kind = match l.kind {
            LimitKind::About => "about",
            LimitKind::AtMost => "at most",
            LimitKind::AtLeast => "at least",
        };
        Js::Array(vec![Js::text(kind), whole(l.value)])
    };
    let kind = |word: &str| Members::default().with("kind", Js::text(word));
    let digits = |word: &str, digits: u32| kind(word).with("digits", whole(digits));
    let members = match &field.kind {
        FieldKind::Text => kind("text"),
        FieldKind::Prose => kind("prose"),
        FieldKind::Integer => kind("integer"),
        FieldKind::Count => kind("count"),
        FieldKind::Decimal { digits: n } => digits("decimal", *n),
        FieldKind::Percent { digits: n } => digits("percent", *n),
        FieldKind::Money { digits: n } => digits("money", *n),
        FieldKind::Date => kind("date"),
        FieldKind::Month => kind("month"),
        FieldKind::Year => kind("year"),
        FieldKind::YesNo => kind("yes_no"),
        FieldKind::Email => kind("email"),
        FieldKind::Phone => kind("phone"),
        FieldKind::Mobile => kind("mobile"),
        FieldKind::Postcode => kind("postcode"),
        FieldKind::Url => kind("url"),
        FieldKind::File { kinds, sealed } => {
            kind("file").list("kinds", kinds.iter().map(|k| Js::text(k)).collect()).flag("sealed", *sealed)
        }
        FieldKind::OneOf(list) => kind("one_of").with("list", list_key(programme, *list)),
        FieldKind::AnyOf(list) => kind("any_of").with("list", list_key(programme, *list)),
        FieldKind::Record(record) => kind("record").with("record", Js::text(&programme.records[record.index()].ident.key)),
        FieldKind::List(item) => kind("list").with("item", field_type(programme, item)),
        FieldKind::Unknown => kind("text"),
    };
    let bound = |value: &Option<Exact>| value.as_ref().map(number);
    members
        .with_some("size", unit_size(programme, field))
        .with_some("low", bound(&field.low))
        .with_some("high", bound(&field.high))
        .with_some("step", bound(&field.step))
        .list("limits", field.limits.iter().map(limit).collect())
        .object()
}

/// How many base units one of the entered unit is, where that is not one.
fn unit_size(programme: &Programme, field: &FieldType) -> Option<Js> {
    let size = match (field.unit, &field.kind) {
        (Some(unit), _) => programme.unit(unit).factor.clone(),
        (None, FieldKind::Percent { .. }) => Exact::ratio(1, 100)?,
        (None, _) => return None,
    };
    (size != Exact::ONE).then(|| number(&size))
}

/// How a value of a type is shown.
pub fn shown_type(programme: &Programme, ty: &Type) -> Js {
    let word = |word: &str| Members::default().with("kind", Js::text(word));
    match ty {
        Type::Unknown | Type::Text => word("text"),
        Type::Bool => word("bool"),
        Type::Number(n) => {
            let size = match (n.unit, &n.dimension) {
                (Some(unit), _) => programme.unit(unit).factor.clone(),
                (None, Dimension::Ratio) => Exact::ratio(1, 100).unwrap_or(Exact::ONE),
                (None, Dimension::Bare | Dimension::Plain | Dimension::Units(_)) => Exact::ONE,
            };
            word("number")
                .with_some("digits", n.digits.map(whole))
                .with_some("unit", n.unit.map(|u| Js::text(&programme.unit(u).ident.key)))
                .with_some("size", (size != Exact::ONE).then(|| number(&size)))
                .flag("whole", is_whole(programme, n))
        }
        Type::Enum(list) => word("one_of").with("list", list_key(programme, *list)),
        Type::Set(list) => word("any_of").with("list", list_key(programme, *list)),
        Type::Date => word("date"),
        Type::Moment => word("moment"),
        Type::Duration => word("duration"),
        Type::Record(record) => word("record").with("record", Js::text(&programme.records[record.index()].ident.key)),
        Type::List(item) => word("list").with("item", shown_type(programme, item)),
    }
    .object()
}

/// Whether an expression is a literal, which needs no scope.
pub fn is_literal(e: &Expr) -> bool {
    matches!(e.kind, ExprKind::Number(_) | ExprKind::Bool(_) | ExprKind::Text(_) | ExprKind::Date(_) | ExprKind::EnumValue { .. })
}

/// Whether numbers of a type are written as JSON numbers: whole ones of no kind of money and no share.
fn is_whole(programme: &Programme, ty: &NumberType) -> bool {
    let plain = match &ty.dimension {
        Dimension::Bare | Dimension::Plain => true,
        Dimension::Ratio => false,
        Dimension::Units(units) => !units.iter().any(|(u, _)| programme.unit(*u).dimension == "money"),
    };
    plain && ty.digits.is_none_or(|d| d == 0)
}

/// Tables.
pub fn tables(programme: &Programme) -> Js {
    let scope = Scope::programme(programme);
    let value = |e: &Expr| if is_literal(e) { scope.expr(e) } else { scope.function(e) };
    let cell = |cell: &KeyCell| match cell {
        KeyCell::Any => Js::raw("null"),
        KeyCell::OneOf(values) => Js::Array(values.iter().map(value).collect()),
        KeyCell::Band { low, high } => {
            let end = |end: &Option<(Exact, bool)>, name: &str, open: &str, members: Members| match end {
                None => members,
                Some((value, closed)) => members.with(name, number(value)).flag(open, !closed),
            };
            end(high, "high", "below", end(low, "low", "above", Members::default())).object()
        }
    };
    let row = |row: &TableRow| {
        let keys = Js::Array(row.keys.iter().map(cell).collect());
        Members::default().with("keys", keys).with("values", Js::Array(row.values.iter().map(value).collect())).object()
    };
    let one = |table: &Table| {
        let lookup = match table.lookup {
            TableLookup::Match => "match",
            TableLookup::LowerBound => "lower bound",
            TableLookup::UpperBound => "upper bound",
        };
        let keys = Js::Array(table.keys.iter().map(|k| Js::text(&k.ident.key)).collect());
        Members::default()
            .with("key", Js::text(&table.ident.key))
            .with("clauses", clauses(programme, &table.cites))
            .with("lookup", Js::text(lookup))
            .flag("absent", table.absent)
            .with("keys", keys)
            .with("columns", Js::texts(table.columns.iter().map(|c| &c.ident.key)))
            .with("rows", Js::Array(table.rows.iter().map(row).collect()))
            .object()
    };
    Js::Array(programme.tables.iter().map(one).collect())
}

/// Programme-level lets.
pub fn constants(programme: &Programme) -> Js {
    let scope = Scope::programme(programme);
    let one = |l: &Let| {
        named(&l.ident)
            .with("clauses", clauses(programme, &l.cites))
            .flag("batch", l.batch)
            .with("value", scope.function(&l.value))
            .object()
    };
    Js::Array(programme.lets.iter().map(one).collect())
}

/// A length of time: `{ count: 5, unit: "days" }`.
pub fn duration(duration: Duration) -> Js {
    let unit = match duration.unit {
        DurationUnit::Days => "days",
        DurationUnit::Weeks => "weeks",
        DurationUnit::Months => "months",
        DurationUnit::Years => "years",
    };
    Js::call(unit, vec![whole(duration.count)])
}
