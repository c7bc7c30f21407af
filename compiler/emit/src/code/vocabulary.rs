//! Readings, actors, closed lists, records, tables, constants; the types of entries and values.
//!
//! In: the programme. Out: [`Code`] trees. Always: everything by its key in data; expressions as functions.

use super::expr::Scope;
use super::{Code, Record};
use prog_base::{Duration, DurationUnit, Exact, Moment, Zone};
use prog_model::*;

/// `key` and, where they say more, `name` and `label`.
pub fn named(kind: &'static str, ident: &Ident) -> Record {
    let plain = ident.label.en.is_none() && ident.label.text == ident.key;
    Record::of(kind)
        .with("key", Code::text(&ident.key))
        .with_some("name", (ident.name != ident.key).then(|| Code::text(&ident.name)))
        .with_some("label", (!plain).then(|| label(&ident.label)))
}

/// The author's words, and the English ones where there are any.
pub fn label(label: &Label) -> Code {
    let en = label.en.as_deref();
    Record::of("Words").with("zh", Code::text(&label.text)).with_some("en", en.map(Code::text)).code()
}

/// Clause addresses.
pub fn clauses(programme: &Programme, cites: &[Citation]) -> Code {
    Code::texts(programme.addresses(cites))
}

/// The key of a stage.
pub fn stage(programme: &Programme, id: StageId) -> Code {
    Code::text(&programme.stages[id.index()].key)
}

/// The key of an actor.
pub fn actor(programme: &Programme, id: ActorId) -> Code {
    Code::text(&programme.actors[id.index()].ident.key)
}

/// The key of a material.
pub fn material_key(programme: &Programme, id: MaterialId) -> Code {
    Code::text(&programme.materials[id.index()].ident.key)
}

/// The key of a track.
pub fn track_key(programme: &Programme, id: TrackId) -> Code {
    Code::text(&programme.track(id).ident.key)
}

/// The name of a closed list: its key, or the key and a number where several have it (lists declared inside fields of one name).
pub fn list_key(programme: &Programme, id: EnumId) -> Code {
    let key = &programme.enumeration(id).ident.key;
    let before = programme.enums[..id.index()].iter().filter(|e| e.ident.key == *key).count();
    if before == 0 { Code::text(key) } else { Code::text(&format!("{key} {}", before + 1)) }
}

/// A small whole number; what a programme counts in numbers of its own stays below that.
pub fn whole(n: impl TryInto<i64>) -> Code {
    Code::Int(n.try_into().unwrap_or(i64::MAX))
}

/// The zone with its changes of offset. Days of the calendar's year 0 to 2200; after that a zone's last offset stands.
pub fn zone(zone: &Zone) -> Code {
    const FIRST: i64 = -62_167_219_200;
    const LAST: i64 = 7_258_118_400;
    let changes = zone.transitions(Moment(FIRST), Moment(LAST));
    let changes = changes.into_iter().map(|(at, offset)| Code::List(vec![whole(at.0), whole(offset)])).collect();
    Code::call("zone", vec![Code::text(zone.name()), Code::List(changes)])
}

/// The calendar of working days: its years, and the days on which they depart from their weeks.
pub fn calendar(calendar: &Calendar) -> Code {
    let (first, last) = calendar.days.span();
    let days =
        |worked: bool| calendar.days.departures().filter(|(_, w)| *w == worked).map(|(day, _)| Code::Text(day.to_string())).collect();
    Record::of("Calendar")
        .with("key", Code::text(&calendar.ident.key))
        .with("first", whole(first.parts().0))
        .with("last", whole(last.parts().0))
        .list("off", days(false))
        .list("worked", days(true))
        .code()
}

/// The readings.
pub fn readings(programme: &Programme) -> Code {
    let scope = Scope::programme(programme);
    let one = |reading: &Reading| {
        let members = named("Reading", &reading.ident).with_some("builtin", reading.builtin.map(|b| Code::Word(builtin(b))));
        match &reading.value {
            ReadingValue::Choice { values, chosen } => {
                let other = values.iter().any(|v| v.name != v.key);
                let names = other.then(|| Code::texts(values.iter().map(|v| &v.name)));
                let values = Code::texts(values.iter().map(|v| &v.key));
                members.with("values", values).with_some("names", names).with_some("chosen", chosen.map(whole))
            }
            ReadingValue::Band(band) => members.with("band", Code::Number(band.clone())),
            // What ends with a fact of the case is written out where it is used.
            ReadingValue::Expr(value) => members.with_some("ends", scope.function_of(value.as_ref().filter(|e| !reads_a_case(e)))),
        }
        .code()
    };
    // Versions are chosen where they are used: no validator asks which day decides.
    let asked = programme.readings.iter().filter(|r| r.builtin != Some(BuiltinReading::Effective));
    Code::List(asked.map(one).collect())
}

fn reads_a_case(e: &prog_model::Expr) -> bool {
    let mut reads = false;
    e.visit(&mut |e| reads |= matches!(e.kind, prog_model::ExprKind::Input(_)));
    reads
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
        BuiltinReading::Effective => "effective",
    }
}

/// Actors.
pub fn actors(programme: &Programme) -> Code {
    let one = |actor: &Actor| {
        let list = actor.per.as_deref().and_then(|per| programme.list_of_key(per));
        named("Actor", &actor.ident)
            .with_some("per", actor.per.as_deref().map(Code::text))
            .with_some("keys", list.map(|id| list_key(programme, id)))
            .code()
    };
    Code::List(programme.actors.iter().map(one).collect())
}

/// Closed lists.
pub fn enums(programme: &Programme) -> Code {
    let value = |v: &EnumValue| named("Choice", &v.ident).with_some("retired", v.retired_since.map(whole)).code();
    let one = |(index, list): (usize, &Enum)| {
        let order = match list.order {
            EnumOrder::None => None,
            EnumOrder::LowestFirst => Some("lowest first"),
            EnumOrder::BestFirst => Some("best first"),
        };
        Record::of("ClosedList")
            .with("key", list_key(programme, EnumId(index as u32)))
            .with_some("order", order.map(Code::Word))
            .with("values", Code::List(list.values.iter().map(value).collect()))
            .code()
    };
    Code::List(programme.enums.iter().enumerate().map(one).collect())
}

/// Records.
pub fn records(programme: &Programme) -> Code {
    let field =
        |f: &RecordField| named("RecordField", &f.ident).with("type", field_type(programme, &f.field)).flag("optional", f.optional).code();
    let one = |record: &prog_model::Record| {
        let fields = Code::List(record.fields.iter().map(field).collect());
        Record::of("RecordType").with("key", Code::text(&record.ident.key)).with("fields", fields).code()
    };
    Code::List(programme.records.iter().map(one).collect())
}

/// What is entered in a field.
pub fn field_type(programme: &Programme, field: &FieldType) -> Code {
    let limit = |l: &Limit| {
        let kind = match l.kind {
            LimitKind::About => "about",
            LimitKind::AtMost => "at most",
            LimitKind::AtLeast => "at least",
        };
        Record::of("Limit").with("kind", Code::Word(kind)).with("value", whole(l.value)).code()
    };
    let kind = |word| Record::of("FieldType").with("kind", Code::Word(word));
    let digits = |word, digits: u32| kind(word).with("digits", whole(digits));
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
            kind("file").list("kinds", kinds.iter().map(|k| Code::text(k)).collect()).flag("sealed", *sealed)
        }
        FieldKind::OneOf(list) => kind("one_of").with("list", list_key(programme, *list)),
        FieldKind::AnyOf(list) => kind("any_of").with("list", list_key(programme, *list)),
        FieldKind::Record(record) => kind("record").with("record", Code::text(&programme.records[record.index()].ident.key)),
        FieldKind::List(item) => kind("list").with("item", field_type(programme, item)),
        FieldKind::Unknown => kind("text"),
    };
    let bound = |value: &Option<Exact>| value.clone().map(Code::Number);
    members
        .with_some("size", unit_size(programme, field))
        .with_some("low", bound(&field.low))
        .with_some("high", bound(&field.high))
        .with_some("step", bound(&field.step))
        .list("limits", field.limits.iter().map(limit).collect())
        .flag("characters", field.counts_characters())
        .code()
}

/// How many base units one of the entered unit is, where that is not one.
fn unit_size(programme: &Programme, field: &FieldType) -> Option<Code> {
    let size = match (field.unit, &field.kind) {
        (Some(unit), _) => programme.unit(unit).factor.clone(),
        (None, FieldKind::Percent { .. }) => Exact::ratio(1, 100)?,
        (None, _) => return None,
    };
    (size != Exact::ONE).then_some(Code::Number(size))
}

/// How a value of a type is shown.
pub fn shown_type(programme: &Programme, ty: &Type) -> Code {
    let word = |word| Record::of("ValueType").with("kind", Code::Word(word));
    match ty {
        Type::Unknown | Type::Text => word("text"),
        Type::Bool => word("bool"),
        Type::Number(n) => {
            let size = match (n.unit, n.shown_as()) {
                (Some(unit), _) => programme.unit(unit).factor.clone(),
                (None, Dimension::Ratio) => Exact::ratio(1, 100).unwrap_or(Exact::ONE),
                (None, Dimension::Bare | Dimension::Plain | Dimension::Times | Dimension::Units(_)) => Exact::ONE,
            };
            word("number")
                .with_some("digits", n.digits.map(whole))
                .with_some("unit", n.unit.map(|u| Code::text(&programme.unit(u).ident.key)))
                .with_some("size", (size != Exact::ONE).then_some(Code::Number(size)))
                .flag("whole", is_whole(programme, n))
        }
        Type::Enum(list) => word("one_of").with("list", list_key(programme, *list)),
        Type::Set(list) => word("any_of").with("list", list_key(programme, *list)),
        Type::Date => word("date"),
        Type::Moment => word("moment"),
        Type::Duration => word("duration"),
        Type::Record(record) => word("record").with("record", Code::text(&programme.records[record.index()].ident.key)),
        Type::List(item) => word("list").with("item", shown_type(programme, item)),
    }
    .code()
}

/// Whether an expression is a literal, which needs no scope.
pub fn is_literal(e: &Expr) -> bool {
    matches!(e.kind, ExprKind::Number(_) | ExprKind::Bool(_) | ExprKind::Text(_) | ExprKind::Date(_) | ExprKind::EnumValue { .. })
}

/// Whether numbers of a type are written as JSON numbers: whole ones of no kind of money and no share.
fn is_whole(programme: &Programme, ty: &NumberType) -> bool {
    let plain = match ty.shown_as() {
        Dimension::Bare | Dimension::Plain => true,
        Dimension::Ratio | Dimension::Times => false,
        Dimension::Units(units) => !units.iter().any(|(u, _)| programme.unit(*u).dimension == "money"),
    };
    plain && ty.digits.is_none_or(|d| d == 0)
}

/// Tables.
pub fn tables(programme: &Programme) -> Code {
    let scope = Scope::programme(programme);
    let value = |e: &Expr| if is_literal(e) { scope.expr(e) } else { scope.function(e) };
    let cell = |cell: &KeyCell| match cell {
        KeyCell::Any => Code::Null,
        KeyCell::OneOf(values) => Record::of("OneOf").with("values", Code::List(values.iter().map(value).collect())).code(),
        KeyCell::Band { low, high } => {
            let end = |end: &Option<(Exact, bool)>, name, open, band: Record| match end {
                None => band,
                Some((value, closed)) => band.with(name, Code::Number(value.clone())).flag(open, !closed),
            };
            end(high, "high", "below", end(low, "low", "above", Record::of("Band"))).code()
        }
    };
    let row = |row: &TableRow| {
        let keys = Code::List(row.keys.iter().map(cell).collect());
        Record::of("Row").with("keys", keys).with("values", Code::List(row.values.iter().map(value).collect())).code()
    };
    let one = |table: &Table| {
        let lookup = match table.lookup {
            TableLookup::Match => "match",
            TableLookup::LowerBound => "lower bound",
            TableLookup::UpperBound => "upper bound",
        };
        let keys = Code::List(table.keys.iter().map(|k| Code::text(&k.ident.key)).collect());
        Record::of("Table")
            .with("key", Code::text(&table.ident.key))
            .with("clauses", clauses(programme, &table.cites))
            .with("lookup", Code::Word(lookup))
            .flag("absent", table.absent)
            .with("keys", keys)
            .with("columns", Code::texts(table.columns.iter().map(|c| &c.ident.key)))
            .with("rows", Code::List(table.rows.iter().map(row).collect()))
            .code()
    };
    Code::List(programme.tables.iter().map(one).collect())
}

/// Programme-level lets.
pub fn constants(programme: &Programme) -> Code {
    let scope = Scope::programme(programme);
    let one = |l: &Let| {
        named("Constant", &l.ident)
            .with("clauses", clauses(programme, &l.cites))
            .flag("batch", l.batch)
            .with("value", scope.function(&l.value))
            .code()
    };
    Code::List(programme.lets.iter().map(one).collect())
}

/// A length of time: `{ count: 5, unit: "days" }`.
pub fn duration(duration: Duration) -> Code {
    let unit = match duration.unit {
        DurationUnit::Days => "days",
        DurationUnit::Weeks => "weeks",
        DurationUnit::Months => "months",
        DurationUnit::Years => "years",
        DurationUnit::WorkingDays => "workingDays",
    };
    Code::call(unit, vec![whole(duration.count)])
}
