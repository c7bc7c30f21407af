//! The head of a programme: title, header, outline, readings, actors; and its vocabulary: lists, records, units, tables, constants.

use super::{List, guard};
use crate::canon::{Scope, limits, range};
use crate::thing::{Aspect, Id, Kind, Subject, Thing, Weighs, Words, yes_no};
use prog_base::{Text, text};
use prog_model::{
    BuiltinReading, Calendar, Enum, EnumOrder, HeaderKey, HeaderValue, Reading, ReadingValue, Record, RecordField, Table, TableLookup,
};

impl<'p> List<'p> {
    pub(super) fn head(&mut self) {
        let p = self.p;
        let none = Vec::<String>::new();
        let programme = Thing::new(Id::new(Kind::Programme, none.clone()), none, p.ident.span, Weighs::Editorial);
        self.put(programme.plain(Aspect::Key, &p.ident.key, Weighs::Data).ident(&p.ident).cited(&p.cites));
        for field in &p.header {
            let word = prog_model::header_word(field.key);
            let weighs = if field.key == HeaderKey::Timezone { Weighs::InFlight } else { Weighs::Editorial };
            let thing = Thing::new(Id::new(Kind::Header, [word]), vec![word.to_owned()], field.span, weighs);
            self.put(thing.fact(Aspect::Value, header_value(&field.value), Words::Source(field.span), weighs).cited(&field.cites));
        }
        // The outline of a base is the base's; what is kept of it is compared by the address that it has there.
        for clause in p.clauses.iter().filter(|c| c.of_base.is_none()) {
            let thing = Thing::new(Id::new(Kind::Clause, [&clause.address]), vec![clause.address.clone()], clause.span, Weighs::Editorial);
            self.put(
                thing
                    .plain(Aspect::Label, clause.label.as_deref().unwrap_or(""), Weighs::Editorial)
                    .plain(Aspect::LeftOut, clause.left_out.as_deref().unwrap_or(""), Weighs::Editorial)
                    .fact(Aspect::Absent, clause.absent.to_string(), yes_no(clause.absent), Weighs::Editorial),
            );
        }
        for reading in &p.readings {
            self.reading(reading);
        }
        for actor in &p.actors {
            let thing =
                Thing::new(Id::new(Kind::Actor, [&actor.ident.key]), vec![actor.ident.name.clone()], actor.ident.span, Weighs::InFlight);
            let per = actor.per.as_deref().unwrap_or("");
            self.put(thing.ident(&actor.ident).plain(Aspect::Per, per, Weighs::InFlight).cited(&actor.cites));
        }
    }

    fn reading(&mut self, reading: &'p Reading) {
        let weighs = match reading.builtin {
            Some(BuiltinReading::Deadline | BuiltinReading::Late) => Weighs::InFlight,
            Some(
                BuiltinReading::About
                | BuiltinReading::Length
                | BuiltinReading::After
                | BuiltinReading::Before
                | BuiltinReading::Last
                | BuiltinReading::Effective
                | BuiltinReading::Round,
            )
            | None => Weighs::Effect,
        };
        let key = &reading.ident.key;
        let thing = Thing::new(Id::new(Kind::Reading, [key]), vec![reading.ident.name.clone()], reading.ident.span, Weighs::Nothing);
        let thing = thing.subject(Subject::Read(format!("reading:{key}"))).cited(&reading.cites).ident(&reading.ident);
        let thing = match &reading.value {
            ReadingValue::Choice { values, chosen } => {
                let chosen = chosen.and_then(|c| values.get(c));
                let words = chosen.map_or_else(|| Words::Plain(text!("未定", "left open")), |c| Words::same(c.name.clone()));
                let mut keys: Vec<&str> = values.iter().map(|v| v.key.as_str()).collect();
                keys.sort_unstable();
                thing.fact(Aspect::Value, chosen.map_or("open", |c| c.key.as_str()), words, weighs).plain(
                    Aspect::Choices,
                    keys.join("、"),
                    Weighs::Nothing,
                )
            }
            ReadingValue::Band(n) => thing.plain(Aspect::Value, n.to_string(), weighs),
            ReadingValue::Expr(e) => guard(thing, &self.scope(), Aspect::Value, e.as_ref(), weighs),
        };
        self.put(thing);
    }

    pub(super) fn vocabulary(&mut self) {
        let p = self.p;
        p.enums.iter().for_each(|list| self.list(list));
        p.records.iter().for_each(|record| self.record(record));
        for unit in &p.units {
            let base = &p.unit(unit.base).ident.key;
            let key = &unit.ident.key;
            let thing = Thing::new(Id::new(Kind::Unit, [key]), vec![unit.ident.name.clone()], unit.ident.span, Weighs::Nothing);
            let factor = format!("{} {base}", unit.factor);
            self.put(thing.subject(Subject::Read("unit".to_owned())).ident(&unit.ident).plain(Aspect::Factor, factor, Weighs::Effect));
        }
        p.tables.iter().enumerate().for_each(|(at, table)| self.table(at, table));
        p.calendar.iter().for_each(|calendar| self.calendar(calendar));
        for named in &p.lets {
            let key = &named.ident.key;
            let thing = Thing::new(Id::new(Kind::Let, [key]), vec![named.ident.name.clone()], named.span, Weighs::Effect);
            let thing = thing.subject(Subject::Read(format!("constant:{key}"))).ident(&named.ident).cited(&named.cites);
            self.put(guard(thing, &self.scope(), Aspect::Value, Some(&named.value), Weighs::Effect));
        }
    }

    fn calendar(&mut self, calendar: &'p Calendar) {
        let (key, name) = (&calendar.ident.key, &calendar.ident.name);
        let reads = Subject::Read("calendar".to_owned());
        let (first, last) = calendar.days.span();
        let thing = Thing::new(Id::new(Kind::Calendar, [key]), vec![name.clone()], calendar.span, Weighs::Effect).subject(reads.clone());
        let thing = thing
            .ident(&calendar.ident)
            .cited(&calendar.cites)
            .plain(Aspect::Years, format!("{}–{}", first.parts().0, last.parts().0), Weighs::Effect)
            .plain(Aspect::Dated, calendar.dated.map(|d| d.to_string()).unwrap_or_default(), Weighs::Editorial);
        let id = self.put(thing);
        for (day, worked) in calendar.days.departures() {
            let day = day.to_string();
            let words = if worked { text!("上班", "worked") } else { text!("放假", "off") };
            let thing = Thing::new(id.inner(Kind::CalendarDay, &day), vec![name.clone(), day], calendar.span, Weighs::Effect).within(&id);
            self.put(thing.subject(reads.clone()).fact(Aspect::Value, worked.to_string(), Words::Plain(words), Weighs::Effect));
        }
    }

    fn list(&mut self, list: &'p Enum) {
        let key = &list.ident.key;
        let keys: Vec<String> = list.values.iter().map(|v| v.ident.key.clone()).collect();
        let order = match list.order {
            EnumOrder::None => Text::default(),
            EnumOrder::LowestFirst => text!("由低到高", "lowest first"),
            EnumOrder::BestFirst => text!("由高到低", "best first"),
        };
        let thing = Thing::new(Id::new(Kind::Enum, [key]), vec![list.ident.name.clone()], list.ident.span, Weighs::Data);
        let thing = thing.subject(Subject::Read(format!("enum:{key}"))).ident(&list.ident).cited(&list.cites);
        let thing = thing.fact(Aspect::Lookup, format!("{:?}", list.order), Words::Plain(order), Weighs::Effect);
        let weighs = if list.order == EnumOrder::None { Weighs::Editorial } else { Weighs::Effect };
        let id = self.put(thing.order(Aspect::Order, keys, weighs));
        for value in &list.values {
            let names = vec![list.ident.name.clone(), value.ident.name.clone()];
            let retired = value.retired_since.map(|r| r.to_string()).unwrap_or_default();
            let thing = Thing::new(id.inner(Kind::EnumValue, &value.ident.key), names, value.ident.span, Weighs::Data).within(&id);
            let thing = thing.subject(Subject::Read(format!("enum:{key}"))).ident(&value.ident).cited(&value.cites);
            self.put(thing.plain(Aspect::Retired, retired, Weighs::Data));
        }
    }

    fn record(&mut self, record: &'p Record) {
        let thing =
            Thing::new(Id::new(Kind::Record, [&record.ident.key]), vec![record.ident.name.clone()], record.ident.span, Weighs::Data);
        let id = self.put(thing.ident(&record.ident));
        for field in &record.fields {
            let names = vec![record.ident.name.clone(), field.ident.name.clone()];
            let thing = Thing::new(id.inner(Kind::RecordField, &field.ident.key), names, field.ident.span, Weighs::Data).within(&id);
            let thing = thing.subject(Subject::Read(format!("record:{}", record.ident.key)));
            self.put(record_field(thing, &self.scope(), field));
        }
    }

    fn table(&mut self, at: usize, table: &'p Table) {
        let key = &table.ident.key;
        let reads = Subject::Read(format!("table:{key}"));
        let keys = table.keys.iter().map(|k| k.ident.key.clone()).collect::<Vec<_>>();
        let scope = self.scope().with_keys(keys.iter().cloned());
        let lookup = match table.lookup {
            TableLookup::Match => text!("逐项对应", "exact match"),
            TableLookup::LowerBound => text!("取不大于的最大值", "greatest key not above"),
            TableLookup::UpperBound => text!("取不小于的最小值", "least key not below"),
        };
        let name = &table.ident.name;
        let explained: Vec<String> = table
            .explained
            .iter()
            .map(|e| format!("{} by {}", table.columns.get(e.column).map_or("", |c| &c.ident.key), scope.expr(&e.by)))
            .collect();
        let thing = Thing::new(Id::new(Kind::Table, [key]), vec![name.clone()], table.span, Weighs::Effect).subject(reads.clone());
        let thing = thing
            .ident(&table.ident)
            .cited(table.cites.iter().chain(table.explained.iter().flat_map(|e| &e.cites)))
            .fact(Aspect::Absent, table.absent.to_string(), yes_no(table.absent), Weighs::Effect)
            .fact(Aspect::Lookup, format!("{:?}", table.lookup), Words::Plain(lookup), Weighs::Effect)
            .plain(Aspect::Keys, keys.join("、"), Weighs::Effect)
            .plain(Aspect::Dated, table.dated.map(|d| d.to_string()).unwrap_or_default(), Weighs::Editorial)
            .plain(Aspect::Explained, explained.join("; "), Weighs::Nothing);
        let id = self.put(thing);
        for column in &table.columns {
            let names = vec![name.clone(), column.ident.name.clone()];
            let thing = Thing::new(id.inner(Kind::Column, &column.ident.key), names, column.ident.span, Weighs::Effect).within(&id);
            self.put(thing.subject(reads.clone()).ident(&column.ident));
        }
        for (place, row) in table.rows.iter().enumerate() {
            let row_key = row.keys.iter().map(|cell| scope.key_cell(cell)).collect::<Vec<_>>().join("|");
            let names = vec![name.clone(), row_key.clone()];
            let thing = Thing::new(id.inner(Kind::Row, &row_key), names.clone(), row.span, Weighs::Effect).within(&id);
            let row_id = self.put(thing.subject(reads.clone()));
            for (index, (column, value)) in table.columns.iter().zip(&row.values).enumerate() {
                let reads = Subject::Cell(format!("table:{key}"), [at, place, index]);
                let names = names.iter().cloned().chain([column.ident.name.clone()]).collect();
                let cell = row_id.inner(Kind::Cell, &column.ident.key);
                let thing = Thing::new(cell, names, value.span, Weighs::Nothing).within(&row_id).subject(reads).cited(&table.cites);
                self.put(thing.fact(Aspect::Value, scope.expr(value), Words::Source(value.span), Weighs::Effect));
            }
        }
    }
}

/// The facts of a record's field, or of a field above a summary.
pub(super) fn record_field<'p>(thing: Thing<'p>, scope: &Scope<'_>, field: &'p RecordField) -> Thing<'p> {
    let prompt = |l: &Option<prog_model::Label>| l.as_ref().map(|l| l.text.clone()).unwrap_or_default();
    thing
        .ident(&field.ident)
        .cited(&field.cites)
        .plain(Aspect::Type, scope.field_type(&field.field), Weighs::Data)
        .plain(Aspect::Range, range(&field.field), Weighs::Data)
        .plain(Aspect::Limits, limits(&field.field), Weighs::Data)
        .fact(Aspect::Optional, field.optional.to_string(), needed(field.optional), Weighs::Data)
        .plain(Aspect::Prompt, prompt(&field.prompt), Weighs::Editorial)
        .plain(Aspect::Help, prompt(&field.help), Weighs::Editorial)
}

/// Whether something may stay blank.
pub(super) fn needed(optional: bool) -> Words {
    Words::Plain(if optional { text!("选填", "may stay blank") } else { text!("必填", "needed") })
}

fn header_value(value: &HeaderValue) -> String {
    match value {
        HeaderValue::Given(all) => all.join("、"),
        HeaderValue::Inferred(all) => format!("inferred {}", all.join("、")),
        HeaderValue::Unknown(why) => format!("unknown {}", why.as_deref().unwrap_or("")),
        HeaderValue::Absent => "absent".to_owned(),
    }
}
