//! Typed expressions to calls of the runtime.
//!
//! In: an expression and the scope it stands in. Out: a [`Code`] tree. Always: an item of a list aggregate is counted from the outside in.

use super::vocabulary::{duration as duration_of, list_key, whole};
use super::{Code, Record, Var};
use prog_base::{Date, ElapsedUnit, RoundMode};
use prog_model::*;

/// Where an expression stands.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The programme.
    pub programme: &'a Programme,
    /// The track whose rules and lets are meant, if any.
    pub track: Option<&'a Track>,
    /// The reported numbers that a formula of targets names, for data notes.
    pub reported: &'a [Ident],
    /// How many item scopes stand around.
    depth: usize,
    /// The records of their items, outermost first.
    records: [Option<RecordId>; DEEPEST],
}

/// How many lists within lists are told apart; the compiler allows fewer.
const DEEPEST: usize = 8;

impl<'a> Scope<'a> {
    /// The scope of a track.
    pub fn track(programme: &'a Programme, track: &'a Track) -> Self {
        Self { programme, track: Some(track), reported: &[], depth: 0, records: [None; DEEPEST] }
    }

    /// The scope of the programme.
    pub fn programme(programme: &'a Programme) -> Self {
        Self { programme, track: None, reported: &[], depth: 0, records: [None; DEEPEST] }
    }

    /// With the reported numbers of a formula.
    pub fn reported(self, reported: &'a [Ident]) -> Self {
        Self { reported, ..self }
    }

    /// The scope of the items of a list of this type.
    pub fn items(mut self, list: &Type) -> Self {
        if let Some(record) = self.records.get_mut(self.depth) {
            *record = record_of(list);
        }
        self.depth += 1;
        self
    }

    /// The item so many scopes outward.
    fn item(self, outward: usize) -> Var {
        Var::Item(self.depth.saturating_sub(1 + outward))
    }

    fn all(self, exprs: &[Expr]) -> Vec<Code> {
        exprs.iter().map(|e| self.expr(e)).collect()
    }

    /// A function of the case or batch in hand.
    pub fn function(self, expr: &Expr) -> Code {
        Code::function(Some(Var::Case), self.expr(expr))
    }

    /// A function of the case or batch in hand, where there is an expression.
    pub fn function_of(self, expr: Option<&Expr>) -> Option<Code> {
        expr.map(|e| self.function(e))
    }

    /// A function of an item of a list.
    pub fn item_function(self, list: &Type, expr: &Expr) -> Code {
        Code::function(Some(Var::Item(self.depth)), self.items(list).expr(expr))
    }

    /// An expression.
    pub fn expr(self, expr: &Expr) -> Code {
        let one = |name, of: &Expr| Code::call(name, vec![self.expr(of)]);
        match &expr.kind {
            // A programme with such an expression has errors and is never built.
            ExprKind::Bad => Code::call("silent", vec![]),
            ExprKind::Bool(value) => Code::Bool(*value),
            ExprKind::Number(value) => Code::Number(value.clone()),
            ExprKind::Text(text) => Code::text(text),
            ExprKind::Date(date) => day(*date),
            ExprKind::Moment(moment) => Code::call("moment", vec![whole(moment.0)]),
            ExprKind::Duration(duration) => duration_of(*duration),
            ExprKind::EnumValue { of, value } => Code::text(&self.programme.enumeration(*of).values[*value].ident.key),
            ExprKind::Silent { .. } => Code::call("silent", vec![]),
            ExprKind::Input(id) => self.named("read", &self.programme.input(*id).pointer),
            ExprKind::Rule(id) => self.named("rule", self.track.map_or("", |t| &t.rules[id.index()].ident.key)),
            ExprKind::Let(id) => self.named("let", self.track.map_or("", |t| &t.lets[id.index()].ident.key)),
            ExprKind::Constant(id) => self.named("constant", &self.programme.lets[id.index()].ident.key),
            ExprKind::ItemField { depth, field } => self.item_field(*depth, *field),
            ExprKind::Item { depth } => Code::Method { of: self.item(*depth), name: "value", args: vec![] },
            ExprKind::Member { of, field } => {
                Code::call("field", vec![self.expr(of), Code::text(self.field_key(record_of(&of.ty), *field))])
            }
            ExprKind::Key(index) => Code::of_case("key", vec![whole(*index)]),
            ExprKind::Due(stage) => self.named("due", &self.programme.stages[stage.index()].key),
            ExprKind::Time(stage) => self.named("time", &self.programme.stages[stage.index()].key),
            ExprKind::ReadingIs { reading, value } => self.reading_is(*reading, *value),
            ExprKind::Lookup { table, column, keys } => {
                let table = self.programme.table(*table);
                let column = &table.columns[*column].ident.key;
                Code::of_case("lookup", vec![Code::text(&table.ident.key), Code::text(column), Code::List(self.all(keys))])
            }
            ExprKind::Length(of) => Code::of_case("length", vec![self.expr(of)]),
            ExprKind::Not(of) => one("not", of),
            ExprKind::And(of) => Code::call("and", self.all(of)),
            ExprKind::Or(of) => Code::call("or", self.all(of)),
            ExprKind::Compare { op, left, right } => self.compare(*op, left, right),
            ExprKind::About { value, target } => Code::of_case("about", vec![self.expr(value), self.expr(target)]),
            ExprKind::In { value, set } => Code::call("isIn", vec![self.expr(value), Code::List(self.all(set))]),
            ExprKind::IsGiven(of) => match &of.kind {
                ExprKind::Input(id) => self.named("isGiven", &self.programme.input(*id).pointer),
                _other => one("isGiven", of),
            },
            ExprKind::Otherwise { value, default } => Code::call("otherwise", vec![self.expr(value), self.lazily(default)]),
            ExprKind::If { test, then, other } => Code::call("choose", vec![self.expr(test), self.lazily(then), self.lazily(other)]),
            ExprKind::Arithmetic { op, left, right } => self.arithmetic(*op, left, right),
            ExprKind::Negate(of) => one("negative", of),
            ExprKind::Extreme { larger, of } => Code::call(if *larger { "largest" } else { "smallest" }, self.all(of)),
            ExprKind::Round { mode, digits, unit, value } => {
                let mode = Code::Word(match mode {
                    RoundMode::HalfUp => "half_up",
                    RoundMode::HalfEven => "half_even",
                    RoundMode::Up => "up",
                    RoundMode::Down => "down",
                });
                Code::call("rounded", vec![self.expr(value), mode, whole(*digits), Code::Number(unit.clone())])
            }
            ExprKind::Shift { date, by } => Code::of_case("shifted", vec![self.expr(date), duration_of(*by)]),
            ExprKind::ShiftTimes { date, by, times } => {
                Code::of_case("shiftedTimes", vec![self.expr(date), duration_of(*by), self.expr(times)])
            }
            ExprKind::Elapsed { unit, from, to } => {
                let name = match unit {
                    ElapsedUnit::Days => "daysBetween",
                    ElapsedUnit::Months => "monthsBetween",
                    ElapsedUnit::Years => "yearsBetween",
                };
                Code::of_case(name, vec![self.expr(from), self.expr(to)])
            }
            ExprKind::OfDay { part, day } => Code::of_case("ofDay", vec![Code::Word(part.word()), self.expr(day)]),
            ExprKind::OverList { op, list, filter, value } => self.over_list(*op, list, filter.as_deref(), value.as_deref()),
            ExprKind::OverCases { op, members } => {
                let members = members.iter().map(|m| self.member(m.track, [("where", &m.filter), ("value", &m.value)])).collect();
                Code::of_case("overCases", vec![Code::Word(op.word()), Code::List(members)])
            }
            ExprKind::Share { members } => {
                let members = members.iter().map(|m| self.member(m.track, [("base", &m.base), ("part", &m.part)])).collect();
                let name = self.denominator(expr).map(Code::text);
                Code::of_case("share", [Some(Code::List(members)), name].into_iter().flatten().collect())
            }
            ExprKind::OverColumn { op, table, column } => {
                let table = self.programme.table(*table);
                let column = &table.columns[*column].ident.key;
                Code::of_case("overColumn", vec![Code::Word(op.word()), Code::text(&table.ident.key), Code::text(column)])
            }
            ExprKind::Split { total, table, column, method, keys } => {
                let table = self.programme.table(*table);
                let column = &table.columns[*column].ident.key;
                let method = match method {
                    SplitMethod::LargestRemainder => "largest_remainder",
                    SplitMethod::Webster => "webster",
                    SplitMethod::Jefferson => "jefferson",
                };
                let of = vec![
                    self.expr(total),
                    Code::text(&table.ident.key),
                    Code::text(column),
                    Code::Word(method),
                    Code::List(self.all(keys)),
                ];
                Code::of_case("split", of)
            }
        }
    }

    fn named(self, name: &'static str, key: &str) -> Code {
        Code::of_case(name, vec![Code::text(key)])
    }

    fn reading_is(self, reading: ReadingId, value: usize) -> Code {
        let reading = self.programme.reading(reading);
        let word = match &reading.value {
            ReadingValue::Choice { values, .. } => values.get(value).map_or("", |v| v.key.as_str()),
            ReadingValue::Band(_) | ReadingValue::Expr(_) => "",
        };
        Code::of_case("readingIs", vec![Code::text(&reading.ident.key), Code::text(word)])
    }

    fn compare(self, op: Comparison, left: &Expr, right: &Expr) -> Code {
        let lists = list_of(&left.ty).or(list_of(&right.ty));
        let day = left.ty == Type::Date || right.ty == Type::Date;
        let time = is_time(&left.ty) || is_time(&right.ty);
        let (left, right) = (self.expr(left), self.expr(right));
        if time {
            // Days are compared by day, even with a moment; only two moments by the moment.
            let by = if day { "days" } else { "moments" };
            return Code::of_case(by, vec![left, Code::Word(relation(op)), right]);
        }
        let level = |list: EnumId, value: Code| Code::of_case("level", vec![list_key(self.programme, list), value]);
        match (op, lists) {
            (Comparison::Less | Comparison::AtMost | Comparison::More | Comparison::AtLeast, Some(list)) => {
                Code::call(relation(op), vec![level(list, left), level(list, right)])
            }
            _ => Code::call(relation(op), vec![left, right]),
        }
    }

    fn arithmetic(self, op: ArithmeticOp, left: &Expr, right: &Expr) -> Code {
        let mut args = vec![self.expr(left), self.expr(right)];
        let name = match op {
            ArithmeticOp::Add => "plus",
            ArithmeticOp::Subtract => "minus",
            ArithmeticOp::Multiply if self.is_constant(right) => "timesConstant",
            ArithmeticOp::Multiply if self.is_constant(left) => "constantTimes",
            ArithmeticOp::Multiply => "times",
            ArithmeticOp::Divide => {
                args.extend(self.denominator(right).map(Code::text));
                return Code::of_case(if self.is_constant(right) { "dividedByConstant" } else { "divided" }, args);
            }
        };
        Code::call(name, args)
    }

    /// A part that is only worked out if it is needed; a literal needs no working out.
    fn lazily(self, e: &Expr) -> Code {
        match &e.kind {
            ExprKind::Bool(_) | ExprKind::Number(_) | ExprKind::Text(_) | ExprKind::EnumValue { .. } => self.expr(e),
            _other => Code::function(None, self.expr(e)),
        }
    }

    fn item_field(self, depth: usize, field: usize) -> Code {
        let record = self.depth.checked_sub(1 + depth).and_then(|level| self.records.get(level).copied().flatten());
        Code::Method { of: self.item(depth), name: "field", args: vec![Code::text(self.field_key(record, field))] }
    }

    fn field_key(self, record: Option<RecordId>, field: usize) -> &'a str {
        let record = record.map(|r| &self.programme.records[r.index()]);
        record.and_then(|r| r.fields.get(field)).map_or("", |f| f.ident.key.as_str())
    }

    fn over_list(self, op: Aggregation, list: &Expr, filter: Option<&Expr>, value: Option<&Expr>) -> Code {
        let part = |expr: Option<&Expr>| expr.map(|e| self.item_function(&list.ty, e));
        let of = Record::of("OfItems").with_some("where", part(filter)).with_some("value", part(value));
        if let Aggregation::Consecutive(length) = op {
            return Code::call("consecutive", vec![whole(length), self.expr(list), of.code()]);
        }
        let mut args = vec![Code::Word(op.word()), self.expr(list)];
        if !of.members.is_empty() {
            args.push(of.code());
        }
        Code::call("overList", args)
    }

    /// One track's part of an aggregate over cases; its functions take that track's case.
    fn member(self, track: TrackId, parts: [(&'static str, &Option<Expr>); 2]) -> Code {
        let track = self.programme.track(track);
        let scope = Scope::track(self.programme, track);
        let of = Record::of("OfCases").with("track", Code::text(&track.ident.key));
        let with_part = |of: Record, (name, expr): (&'static str, &Option<Expr>)| of.with_some(name, scope.function_of(expr.as_ref()));
        parts.into_iter().fold(of, with_part).code()
    }
}

fn is_time(ty: &Type) -> bool {
    matches!(ty, Type::Date | Type::Moment)
}

/// The closed list of a value's type.
fn list_of(ty: &Type) -> Option<EnumId> {
    match ty {
        Type::Enum(id) => Some(*id),
        Type::Unknown
        | Type::Bool
        | Type::Number(_)
        | Type::Text
        | Type::Set(_)
        | Type::Date
        | Type::Moment
        | Type::Duration
        | Type::Record(_)
        | Type::List(_) => None,
    }
}

/// The record of a value, or of a list's items.
fn record_of(ty: &Type) -> Option<RecordId> {
    match ty {
        Type::List(item) => record_of(item),
        Type::Record(id) => Some(*id),
        Type::Unknown
        | Type::Bool
        | Type::Number(_)
        | Type::Text
        | Type::Enum(_)
        | Type::Set(_)
        | Type::Date
        | Type::Moment
        | Type::Duration => None,
    }
}

/// The runtime's word for a comparison.
fn relation(op: Comparison) -> &'static str {
    match op {
        Comparison::Equal => "equal",
        Comparison::NotEqual => "notEqual",
        Comparison::Less => "less",
        Comparison::AtMost => "atMost",
        Comparison::More => "more",
        Comparison::AtLeast => "atLeast",
        Comparison::Before => "before",
        Comparison::After => "after",
    }
}

/// A day literal.
pub fn day(date: Date) -> Code {
    let (year, month, day) = date.parts();
    Code::call("day", [i64::from(year), i64::from(month), i64::from(day)].map(Code::Int).to_vec())
}
