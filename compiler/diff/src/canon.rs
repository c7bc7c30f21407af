//! What an expression says, as text in which nothing depends on the keyword language, on layout or on the order of declarations.
//!
//! In: an expression with its programme and scope. Out: texts that are equal exactly when the written expressions are the same, names
//! taken by their keys. Always: ids never show; numbers stand in base units.

use prog_model::{
    CaseMember, Expr, ExprKind, FieldKind, FieldType, KeyCell, Programme, RecordId, ShareMember, StageId, Target, Test, TrackId, Type,
};

/// Where an expression stands.
#[derive(Clone)]
pub(crate) struct Scope<'p> {
    pub p: &'p Programme,
    pub track: Option<TrackId>,
    /// Names of keys in scope.
    pub keys: Vec<String>,
    /// Types of items in scope, innermost last.
    items: Vec<Type>,
}

impl<'p> Scope<'p> {
    pub fn new(p: &'p Programme, track: Option<TrackId>) -> Self {
        Self { p, track, keys: Vec::new(), items: Vec::new() }
    }

    pub fn with_keys(mut self, keys: impl IntoIterator<Item = String>) -> Self {
        self.keys = keys.into_iter().collect();
        self
    }

    /// At an item of a list of this type.
    pub fn at_item(&self, list: &Type) -> Self {
        let mut inner = self.clone();
        inner.items.push(if let Type::List(item) = list { (**item).clone() } else { list.clone() });
        inner
    }

    pub fn stage(&self, id: StageId) -> &'p str {
        &self.p.stages[id.index()].key
    }

    /// The key of a record's field.
    fn field(&self, of: Option<&Type>, field: usize) -> String {
        let record = match of {
            Some(Type::Record(id)) => Some(*id),
            Some(Type::List(item)) => {
                if let Type::Record(id) = &**item {
                    Some(*id)
                } else {
                    None
                }
            }
            Some(_) | None => None,
        };
        let key = |id: RecordId| self.p.records[id.index()].fields.get(field).map(|f| f.ident.key.clone());
        record.and_then(key).unwrap_or_else(|| field.to_string())
    }

    fn item(&self, depth: usize) -> Option<&Type> {
        self.items.iter().rev().nth(depth)
    }

    /// Several expressions in brackets.
    fn all<'e>(&self, name: &str, parts: impl IntoIterator<Item = &'e Expr>) -> String {
        let parts: Vec<String> = parts.into_iter().map(|e| self.expr(e)).collect();
        format!("({name} {})", parts.join(" "))
    }

    fn maybe(&self, e: Option<&Expr>) -> String {
        e.map_or_else(|| "-".to_owned(), |e| self.expr(e))
    }

    /// An expression.
    pub fn expr(&self, e: &Expr) -> String {
        let p = self.p;
        match &e.kind {
            ExprKind::Bad => "bad".to_owned(),
            ExprKind::Bool(value) => value.to_string(),
            ExprKind::Number(n) => n.to_string(),
            ExprKind::Text(text) => format!("{text:?}"),
            ExprKind::Date(day) => day.to_string(),
            ExprKind::Moment(moment) => format!("moment:{}", moment.0),
            ExprKind::Duration(d) => format!("{}{:?}", d.count, d.unit),
            ExprKind::EnumValue { of, value } => enum_value(p, *of, *value),
            ExprKind::Silent { why } => format!("(unknown {:?})", why.as_deref().unwrap_or("")),
            ExprKind::Input(id) => format!("input:{}", p.input(*id).pointer),
            ExprKind::Rule(id) => format!("rule:{}", self.rule(id.index())),
            ExprKind::Let(id) => format!("let:{}", self.of_track(|t| t.lets.get(id.index()).map(|l| l.ident.key.as_str()))),
            ExprKind::Constant(id) => format!("constant:{}", p.lets[id.index()].ident.key),
            ExprKind::ItemField { depth, field } => format!("item{depth}.{}", self.field(self.item(*depth), *field)),
            ExprKind::Item { depth } => format!("item{depth}"),
            ExprKind::Member { of, field } => format!("{}.{}", self.expr(of), self.field(Some(&of.ty), *field)),
            ExprKind::Key(index) => format!("key:{}", self.keys.get(*index).map_or("", String::as_str)),
            ExprKind::Due(stage) => format!("due:{}", self.stage(*stage)),
            ExprKind::Time(stage) => format!("time:{}", self.stage(*stage)),
            ExprKind::ReadingIs { reading, value } => format!("reading:{}", reading_word(p, reading.index(), *value)),
            ExprKind::Lookup { table, column, keys } => self.all(&format!("lookup {}", column_key(p, table.index(), *column)), keys),
            ExprKind::Length(of) => self.all("length", [&**of]),
            ExprKind::Not(of) => self.all("not", [&**of]),
            ExprKind::And(parts) => self.all("and", parts),
            ExprKind::Or(parts) => self.all("or", parts),
            ExprKind::Compare { op, left, right } => self.all(&format!("{op:?}"), [&**left, right]),
            ExprKind::About { value, target } => self.all("about", [&**value, target]),
            ExprKind::In { value, set } => self.all("in", std::iter::once(&**value).chain(set)),
            ExprKind::IsGiven(of) => self.all("given", [&**of]),
            ExprKind::Otherwise { value, default } => self.all("otherwise", [&**value, default]),
            ExprKind::If { test, then, other } => self.all("if", [&**test, then, other]),
            ExprKind::Arithmetic { op, left, right } => self.all(&format!("{op:?}"), [&**left, right]),
            ExprKind::Negate(of) => self.all("negate", [&**of]),
            ExprKind::Extreme { larger, of } => self.all(if *larger { "max" } else { "min" }, of),
            ExprKind::Round { mode, digits, unit, value } => self.all(&format!("round {mode:?} {digits} {unit}"), [&**value]),
            ExprKind::Shift { date, by } => self.all(&format!("shift {}{:?}", by.count, by.unit), [&**date]),
            ExprKind::ShiftTimes { date, by, times } => self.all(&format!("shift {}{:?} times", by.count, by.unit), [&**date, &**times]),
            ExprKind::Elapsed { unit, from, to } => self.all(&format!("{} between", unit.word()), [&**from, to]),
            ExprKind::OfDay { part, day } => self.all(part.word(), [&**day]),
            ExprKind::OverList { op, list, filter, value } => {
                let inner = self.at_item(&list.ty);
                let (filter, value) = (inner.maybe(filter.as_deref()), inner.maybe(value.as_deref()));
                format!("({op:?} list {} where {filter} of {value})", self.expr(list))
            }
            ExprKind::OverCases { op, members } => {
                let members: Vec<String> = members.iter().map(|m| self.case_member(m)).collect();
                format!("({op:?} cases {})", members.join(" "))
            }
            ExprKind::Share { members } => {
                let members: Vec<String> = members.iter().map(|m| self.share_member(m)).collect();
                format!("(share {})", members.join(" "))
            }
            ExprKind::OverColumn { op, table, column } => format!("({op:?} column {})", column_key(p, table.index(), *column)),
            ExprKind::Split { total, table, column, method, keys } => {
                let name = format!("split {method:?} {}", column_key(p, table.index(), *column));
                self.all(&name, std::iter::once(&**total).chain(keys))
            }
        }
    }

    fn of_track(&self, get: impl Fn(&'p prog_model::Track) -> Option<&'p str>) -> &'p str {
        self.track.and_then(|t| get(self.p.track(t))).unwrap_or("?")
    }

    fn rule(&self, index: usize) -> &'p str {
        self.of_track(|t| t.rules.get(index).map(|r| r.ident.key.as_str()))
    }

    /// The same scope within a case of a track.
    pub fn in_track(&self, track: TrackId) -> Self {
        Self { track: Some(track), ..self.clone() }
    }

    fn case_member(&self, member: &CaseMember) -> String {
        let inner = self.in_track(member.track);
        let (filter, value) = (inner.maybe(member.filter.as_ref()), inner.maybe(member.value.as_ref()));
        format!("[{} where {filter} of {value}]", self.p.track(member.track).ident.key)
    }

    fn share_member(&self, member: &ShareMember) -> String {
        let inner = self.in_track(member.track);
        let (base, part) = (inner.maybe(member.base.as_ref()), inner.maybe(member.part.as_ref()));
        format!("[{} base {base} part {part}]", self.p.track(member.track).ident.key)
    }

    /// A test.
    pub fn test(&self, test: &Test) -> String {
        let p = self.p;
        let materials = |ids: &[prog_model::MaterialId]| -> String {
            ids.iter().map(|m| p.materials[m.index()].ident.key.as_str()).collect::<Vec<_>>().join(",")
        };
        match test {
            Test::Bad => "bad".to_owned(),
            Test::Expr(e) => self.expr(e),
            Test::Judged { by, on } => format!("judged {} on {}", p.actors[by.index()].ident.key, materials(on)),
            Test::Attested { with } => format!("attested {}", materials(with)),
            Test::External { register, as_of } => format!("external {register:?} {}", self.maybe(as_of.as_deref())),
            Test::Threshold { need, members } => {
                // `all of` stays what it is as members come and go; members are things of their own.
                let need = if *need == members.len() { "all".to_owned() } else { need.to_string() };
                format!("at least {need}")
            }
        }
    }

    /// A key cell.
    pub fn key_cell(&self, cell: &KeyCell) -> String {
        match cell {
            KeyCell::Any => "otherwise".to_owned(),
            KeyCell::OneOf(values) => values.iter().map(|v| self.short(v)).collect::<Vec<_>>().join("/"),
            KeyCell::Band { low, high } => {
                let low = low.as_ref().map(|(n, inside)| format!("{}{n}", if *inside { "[" } else { "(" })).unwrap_or_default();
                let high = high.as_ref().map(|(n, inside)| format!("{n}{}", if *inside { "]" } else { ")" })).unwrap_or_default();
                format!("{low}..{high}")
            }
        }
    }

    /// A constant as short as it goes: a value of a closed list by its key.
    pub fn short(&self, e: &Expr) -> String {
        match &e.kind {
            ExprKind::EnumValue { of, value } => {
                self.p.enumeration(*of).values.get(*value).map_or_else(String::new, |v| v.ident.key.clone())
            }
            ExprKind::Text(text) => text.clone(),
            _longer => self.expr(e),
        }
    }

    /// Where a transition leads.
    pub fn target(&self, target: &Target) -> String {
        match target {
            Target::Stage(stage) => self.stage(*stage).to_owned(),
            Target::End(name) => format!("end {}", name.as_deref().unwrap_or("")),
        }
    }

    /// What is entered.
    pub fn field_type(&self, field: &FieldType) -> String {
        let p = self.p;
        let kind = match &field.kind {
            FieldKind::OneOf(id) => format!("one of {}", p.enumeration(*id).ident.key),
            FieldKind::AnyOf(id) => format!("any of {}", p.enumeration(*id).ident.key),
            FieldKind::Record(id) => format!("record {}", p.records[id.index()].ident.key),
            FieldKind::List(item) => format!("list {} {}", self.field_type(item), range(item)),
            FieldKind::File { kinds, sealed } => format!("file {} {sealed}", kinds.join(",")),
            plain @ (FieldKind::Text
            | FieldKind::Prose
            | FieldKind::Integer
            | FieldKind::Count
            | FieldKind::Decimal { .. }
            | FieldKind::Percent { .. }
            | FieldKind::Money { .. }
            | FieldKind::Date
            | FieldKind::Month
            | FieldKind::Year
            | FieldKind::YesNo
            | FieldKind::Email
            | FieldKind::Phone
            | FieldKind::Mobile
            | FieldKind::Postcode
            | FieldKind::Url
            | FieldKind::Unknown) => format!("{plain:?}"),
        };
        format!("{kind} {}", field.unit.map_or("", |u| p.unit(u).ident.key.as_str()))
    }
}

/// The bounds of a field.
pub(crate) fn range(field: &FieldType) -> String {
    let show = |n: &Option<prog_base::Exact>| n.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
    format!("{}..{} step {}", show(&field.low), show(&field.high), show(&field.step))
}

/// The limits on a field's length.
pub(crate) fn limits(field: &FieldType) -> String {
    field
        .limits
        .iter()
        .map(|l| format!("{:?} {}{}", l.kind, l.value, if l.characters { " characters" } else { "" }))
        .collect::<Vec<_>>()
        .join(", ")
}

fn enum_value(p: &Programme, of: prog_model::EnumId, value: usize) -> String {
    let list = p.enumeration(of);
    format!("{}.{}", list.ident.key, list.values.get(value).map_or("?", |v| v.ident.key.as_str()))
}

/// `reading=value`.
fn reading_word(p: &Programme, reading: usize, value: usize) -> String {
    let reading = &p.readings[reading];
    let word = match &reading.value {
        prog_model::ReadingValue::Choice { values, .. } => values.get(value).map_or("?", |v| v.key.as_str()),
        prog_model::ReadingValue::Band(_) | prog_model::ReadingValue::Expr(_) => "?",
    };
    format!("{}={word}", reading.ident.key)
}

/// `table.column`.
fn column_key(p: &Programme, table: usize, column: usize) -> String {
    let table = &p.tables[table];
    format!("{}.{}", table.ident.key, table.columns.get(column).map_or("?", |c| c.ident.key.as_str()))
}
