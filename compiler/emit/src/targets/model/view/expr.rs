//! Expressions as trees whose nodes are named as in the language.
//!
//! In: a typed expression with the scope it stands in. Out: [`Expr`]. Always: ids are resolved to keys, names and pointers;
//! numbers are exact, in base units (`40%` is `2/5`).

use super::vocabulary::{Type, ty};
use crate::Plan;
use prog_base::{DurationUnit, ElapsedUnit, RoundMode};
use prog_model as m;
use schemars::JsonSchema;
use serde::Serialize;

/// A typed expression.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Expr<'a> {
    /// A truth value.
    Bool {
        value: bool,
    },
    /// An exact number in base units.
    Number {
        value: String,
    },
    /// A text.
    Text {
        value: &'a str,
    },
    /// A day.
    Date {
        value: String,
    },
    /// A point in time, in seconds since 1970-01-01T00:00:00Z.
    Moment {
        seconds: i64,
    },
    /// A duration.
    Duration {
        by: Duration,
    },
    /// A value of a closed list.
    EnumValue {
        of: &'a str,
        value: &'a str,
    },
    /// The notice is silent: unknown.
    Silent {
        #[serde(skip_serializing_if = "Option::is_none")]
        why: Option<&'a str>,
    },
    /// A fact or form field.
    Input {
        pointer: &'a str,
    },
    /// The truth of a rule.
    Rule {
        rule: &'a str,
    },
    /// A named expression of the track.
    Let {
        name: &'a str,
    },
    /// A named expression of the programme.
    Constant {
        name: &'a str,
    },
    /// A field of the item that the enclosing aggregate is at; depth 0 is the innermost.
    ItemField {
        depth: usize,
        field: &'a str,
    },
    /// That item itself.
    Item {
        depth: usize,
    },
    /// A field of a record.
    Member {
        of: Box<Expr<'a>>,
        field: &'a str,
    },
    /// A key of the quota or table row, by position.
    Key {
        index: usize,
    },
    /// The deadline of a stage.
    Due {
        stage: &'a str,
    },
    /// When the case's event at a stage happened.
    Time {
        stage: &'a str,
    },
    /// Whether a reading has this value.
    ReadingIs {
        reading: &'a str,
        value: &'a str,
    },
    /// A table lookup.
    Lookup {
        table: &'a str,
        column: &'a str,
        keys: Vec<Expr<'a>>,
    },
    /// 字数 of a text, number of items of a list.
    Length {
        of: Box<Expr<'a>>,
    },
    Not {
        of: Box<Expr<'a>>,
    },
    And {
        of: Vec<Expr<'a>>,
    },
    Or {
        of: Vec<Expr<'a>>,
    },
    Compare {
        #[schemars(with = "String")]
        op: m::Comparison,
        left: Box<Expr<'a>>,
        right: Box<Expr<'a>>,
    },
    /// Within the band of the reading `about`.
    About {
        value: Box<Expr<'a>>,
        target: Box<Expr<'a>>,
    },
    In {
        value: Box<Expr<'a>>,
        set: Vec<Expr<'a>>,
    },
    /// Never unknown.
    IsGiven {
        of: Box<Expr<'a>>,
    },
    /// The value, or the default where it has none.
    Otherwise {
        value: Box<Expr<'a>>,
        default: Box<Expr<'a>>,
    },
    If {
        test: Box<Expr<'a>>,
        then: Box<Expr<'a>>,
        other: Box<Expr<'a>>,
    },
    Arithmetic {
        #[schemars(with = "String")]
        op: &'static str,
        left: Box<Expr<'a>>,
        right: Box<Expr<'a>>,
        #[serde(rename = "type")]
        ty: Type<'a>,
    },
    Negate {
        of: Box<Expr<'a>>,
    },
    /// The largest or smallest.
    Extreme {
        larger: bool,
        of: Vec<Expr<'a>>,
    },
    /// `round(value / unit) * unit`.
    Round {
        #[schemars(with = "String")]
        mode: RoundMode,
        digits: u32,
        unit: String,
        value: Box<Expr<'a>>,
        #[serde(rename = "type")]
        ty: Type<'a>,
    },
    /// A day plus a duration.
    Shift {
        date: Box<Expr<'a>>,
        by: Duration,
    },
    /// A day plus a duration, so many times.
    ShiftTimes {
        date: Box<Expr<'a>>,
        by: Duration,
        times: Box<Expr<'a>>,
    },
    /// How many days, complete months or complete years the second day lies after the first.
    Elapsed {
        #[schemars(with = "String")]
        unit: ElapsedUnit,
        from: Box<Expr<'a>>,
        to: Box<Expr<'a>>,
    },
    /// What is read off one day: a number (`year`, `month`, `day_of_month`, `day_of_week` from 1, Monday), or a day (`start_of_week`, …).
    OfDay {
        part: &'static str,
        day: Box<Expr<'a>>,
    },
    /// An aggregate over a list of one application.
    OverList {
        op: &'static str,
        /// Of `consecutive`: how many.
        #[serde(skip_serializing_if = "Option::is_none")]
        length: Option<u32>,
        list: Box<Expr<'a>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        filter: Option<Box<Expr<'a>>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        value: Option<Box<Expr<'a>>>,
        #[serde(rename = "type")]
        ty: Type<'a>,
    },
    /// An aggregate over the cases of a batch.
    OverCases {
        op: &'static str,
        members: Vec<CaseMember<'a>>,
        #[serde(rename = "type")]
        ty: Type<'a>,
    },
    /// The part of the base, as an exact ratio.
    Share {
        members: Vec<ShareMember<'a>>,
    },
    /// An aggregate over a table's column.
    OverColumn {
        op: &'static str,
        table: &'a str,
        column: &'a str,
    },
    /// A total split over a table's rows.
    Split {
        total: Box<Expr<'a>>,
        table: &'a str,
        column: &'a str,
        #[schemars(with = "String")]
        method: m::SplitMethod,
        keys: Vec<Expr<'a>>,
    },
}

/// A whole number of calendar units.
#[derive(Serialize, JsonSchema)]
pub struct Duration {
    count: i64,
    #[schemars(with = "String")]
    unit: DurationUnit,
}

/// One track's part of an aggregate over cases.
#[derive(Serialize, JsonSchema)]
pub struct CaseMember<'a> {
    track: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    filter: Option<Expr<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Expr<'a>>,
}

/// One track's part of a share.
#[derive(Serialize, JsonSchema)]
pub struct ShareMember<'a> {
    track: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    base: Option<Expr<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<Expr<'a>>,
}

/// Where an expression stands: which track's rules and lets its ids mean, and which records its items are.
#[derive(Clone)]
pub struct Scope<'a> {
    plan: &'a Plan<'a>,
    track: Option<m::TrackId>,
    items: Vec<Option<m::RecordId>>,
}

impl<'a> Scope<'a> {
    /// Outside every track.
    pub fn programme(plan: &'a Plan<'a>) -> Self {
        Self { plan, track: None, items: Vec::new() }
    }

    /// Within a track.
    pub fn track(plan: &'a Plan<'a>, track: m::TrackId) -> Self {
        Self { plan, track: Some(track), items: Vec::new() }
    }

    /// The plan behind it.
    pub fn plan(&self) -> &'a Plan<'a> {
        self.plan
    }

    /// At an item of this list.
    pub fn inside(&self, list: &m::Type) -> Self {
        let record = match list {
            m::Type::List(item) => match item.as_ref() {
                m::Type::Record(id) => Some(*id),
                m::Type::Unknown
                | m::Type::Bool
                | m::Type::Number(_)
                | m::Type::Text
                | m::Type::Enum(_)
                | m::Type::Set(_)
                | m::Type::Date
                | m::Type::Moment
                | m::Type::Duration
                | m::Type::List(_) => None,
            },
            m::Type::Unknown
            | m::Type::Bool
            | m::Type::Number(_)
            | m::Type::Text
            | m::Type::Enum(_)
            | m::Type::Set(_)
            | m::Type::Date
            | m::Type::Moment
            | m::Type::Duration
            | m::Type::Record(_) => None,
        };
        let mut inner = self.clone();
        inner.items.push(record);
        inner
    }

    /// The tree of an expression.
    pub fn expr(&self, from: &'a m::Expr) -> Expr<'a> {
        use m::ExprKind as K;
        let p = self.plan.programme;
        match &from.kind {
            K::Bad => Expr::Silent { why: None },
            K::Bool(value) => Expr::Bool { value: *value },
            K::Number(value) => Expr::Number { value: value.to_string() },
            K::Text(value) => Expr::Text { value },
            K::Date(value) => Expr::Date { value: value.to_string() },
            K::Moment(value) => Expr::Moment { seconds: value.0 },
            K::Duration(by) => Expr::Duration { by: duration(*by) },
            K::EnumValue { of, value } => {
                let key = p.enumeration(*of).values.get(*value).map_or("", |v| v.ident.key.as_str());
                Expr::EnumValue { of: self.plan.list(*of), value: key }
            }
            K::Silent { why } => Expr::Silent { why: why.as_deref() },
            K::Input(id) => Expr::Input { pointer: &p.input(*id).pointer },
            K::Rule(id) => Expr::Rule { rule: self.track.map_or("", |t| &p.track(t).rules[id.index()].ident.key) },
            K::Let(id) => Expr::Let { name: self.track.map_or("", |t| &p.track(t).lets[id.index()].ident.key) },
            K::Constant(id) => Expr::Constant { name: &p.lets[id.index()].ident.key },
            K::ItemField { depth, field } => Expr::ItemField { depth: *depth, field: self.item_field(*depth, *field) },
            K::Item { depth } => Expr::Item { depth: *depth },
            K::Member { of, field } => {
                let record = if let m::Type::Record(id) = &of.ty { Some(*id) } else { None };
                Expr::Member { of: self.boxed(of), field: self.field(record, *field) }
            }
            K::Key(index) => Expr::Key { index: *index },
            K::Due(stage) => Expr::Due { stage: self.plan.stage(*stage) },
            K::Time(stage) => Expr::Time { stage: self.plan.stage(*stage) },
            K::ReadingIs { reading, value } => self.reading_is(*reading, *value),
            K::Lookup { table, column, keys } => {
                let (table, column) = self.column(*table, *column);
                Expr::Lookup { table, column, keys: self.all(keys) }
            }
            K::Length(of) => Expr::Length { of: self.boxed(of) },
            K::Not(of) => Expr::Not { of: self.boxed(of) },
            K::And(of) => Expr::And { of: self.all(of) },
            K::Or(of) => Expr::Or { of: self.all(of) },
            K::Compare { op, left, right } => Expr::Compare { op: *op, left: self.boxed(left), right: self.boxed(right) },
            K::About { value, target } => Expr::About { value: self.boxed(value), target: self.boxed(target) },
            K::In { value, set } => Expr::In { value: self.boxed(value), set: self.all(set) },
            K::IsGiven(of) => Expr::IsGiven { of: self.boxed(of) },
            K::Otherwise { value, default } => Expr::Otherwise { value: self.boxed(value), default: self.boxed(default) },
            K::If { test, then, other } => Expr::If { test: self.boxed(test), then: self.boxed(then), other: self.boxed(other) },
            K::Arithmetic { op, left, right } => {
                let (op, left, right) = (arithmetic(*op), self.boxed(left), self.boxed(right));
                Expr::Arithmetic { op, left, right, ty: ty(self.plan, &from.ty) }
            }
            K::Negate(of) => Expr::Negate { of: self.boxed(of) },
            K::Extreme { larger, of } => Expr::Extreme { larger: *larger, of: self.all(of) },
            K::Round { mode, digits, unit, value } => {
                let (unit, value) = (unit.to_string(), self.boxed(value));
                Expr::Round { mode: *mode, digits: *digits, unit, value, ty: ty(self.plan, &from.ty) }
            }
            K::Shift { date, by } => Expr::Shift { date: self.boxed(date), by: duration(*by) },
            K::ShiftTimes { date, by, times } => Expr::ShiftTimes { date: self.boxed(date), by: duration(*by), times: self.boxed(times) },
            K::Elapsed { unit, from, to } => Expr::Elapsed { unit: *unit, from: self.boxed(from), to: self.boxed(to) },
            K::OfDay { part, day } => Expr::OfDay { part: part.word(), day: self.boxed(day) },
            K::OverList { op, list, filter, value } => {
                let inner = self.inside(&list.ty);
                let (filter, value) = (filter.as_ref().map(|e| inner.boxed(e)), value.as_ref().map(|e| inner.boxed(e)));
                let length = if let m::Aggregation::Consecutive(length) = op { Some(*length) } else { None };
                Expr::OverList { op: op.word(), length, list: self.boxed(list), filter, value, ty: ty(self.plan, &from.ty) }
            }
            K::OverCases { op, members } => {
                let members = members.iter().map(|c| self.case_member(c)).collect();
                Expr::OverCases { op: op.word(), members, ty: ty(self.plan, &from.ty) }
            }
            K::Share { members } => Expr::Share { members: members.iter().map(|c| self.share_member(c)).collect() },
            K::OverColumn { op, table, column } => {
                let (table, column) = self.column(*table, *column);
                Expr::OverColumn { op: op.word(), table, column }
            }
            K::Split { total, table, column, method, keys } => {
                let (table, column) = self.column(*table, *column);
                Expr::Split { total: self.boxed(total), table, column, method: *method, keys: self.all(keys) }
            }
        }
    }

    /// An expression that may be missing.
    pub fn some(&self, from: Option<&'a m::Expr>) -> Option<Expr<'a>> {
        from.map(|e| self.expr(e))
    }

    fn boxed(&self, from: &'a m::Expr) -> Box<Expr<'a>> {
        Box::new(self.expr(from))
    }

    fn all(&self, from: &'a [m::Expr]) -> Vec<Expr<'a>> {
        from.iter().map(|e| self.expr(e)).collect()
    }

    fn item_field(&self, depth: usize, field: usize) -> &'a str {
        let record = self.items.iter().rev().nth(depth).copied().flatten();
        self.field(record, field)
    }

    fn field(&self, record: Option<m::RecordId>, field: usize) -> &'a str {
        let record = record.map(|id| &self.plan.programme.records[id.index()]);
        record.and_then(|r| r.fields.get(field)).map_or("", |f| f.ident.key.as_str())
    }

    fn column(&self, table: m::TableId, column: usize) -> (&'a str, &'a str) {
        let table = self.plan.programme.table(table);
        (&table.ident.name, table.columns.get(column).map_or("", |c| c.ident.key.as_str()))
    }

    fn reading_is(&self, reading: m::ReadingId, value: usize) -> Expr<'a> {
        let reading = self.plan.programme.reading(reading);
        let value = match &reading.value {
            m::ReadingValue::Choice { values, .. } => values.get(value).map_or("", |v| v.key.as_str()),
            m::ReadingValue::Band(_) | m::ReadingValue::Expr(_) => "",
        };
        Expr::ReadingIs { reading: &reading.ident.key, value }
    }

    fn case_member(&self, from: &'a m::CaseMember) -> CaseMember<'a> {
        let scope = Scope::track(self.plan, from.track);
        let track = &self.plan.programme.track(from.track).ident.key;
        CaseMember { track, filter: scope.some(from.filter.as_ref()), value: scope.some(from.value.as_ref()) }
    }

    fn share_member(&self, from: &'a m::ShareMember) -> ShareMember<'a> {
        let scope = Scope::track(self.plan, from.track);
        let track = &self.plan.programme.track(from.track).ident.key;
        ShareMember { track, base: scope.some(from.base.as_ref()), part: scope.some(from.part.as_ref()) }
    }
}

fn arithmetic(op: m::ArithmeticOp) -> &'static str {
    match op {
        m::ArithmeticOp::Add => "add",
        m::ArithmeticOp::Subtract => "subtract",
        m::ArithmeticOp::Multiply => "multiply",
        m::ArithmeticOp::Divide => "divide",
    }
}

/// A duration as data.
pub fn duration(from: prog_base::Duration) -> Duration {
    Duration { count: from.count, unit: from.unit }
}
