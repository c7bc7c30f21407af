//! Typed expressions to JavaScript.
//!
//! In: an expression and the scope it stands in. Out: a [`Js`] tree of calls to the runtime's functions.
//! Always: `c` is the case or batch in hand; the items of list aggregates are `item`, `item2`, … from the outside in.

use super::print::Js;
use super::view::list_key;
use prog_base::{Date, Duration, DurationUnit, Exact, RoundMode};
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

    /// The name of the item so many scopes outward.
    fn item(self, outward: usize) -> String {
        item_name(self.depth.saturating_sub(1 + outward))
    }

    fn all(self, exprs: &[Expr]) -> Vec<Js> {
        exprs.iter().map(|e| self.expr(e)).collect()
    }

    /// A function of the case or batch in hand.
    pub fn function(self, expr: &Expr) -> Js {
        Js::arrow("c", self.expr(expr))
    }

    /// A function of the case or batch in hand, where there is an expression.
    pub fn function_of(self, expr: Option<&Expr>) -> Option<Js> {
        expr.map(|e| self.function(e))
    }

    /// A function of an item of a list.
    pub fn item_function(self, list: &Type, expr: &Expr) -> Js {
        Js::arrow(&item_name(self.depth), self.items(list).expr(expr))
    }

    /// An expression.
    pub fn expr(self, expr: &Expr) -> Js {
        let one = |name: &str, of: &Expr| Js::call(name, vec![self.expr(of)]);
        let two = |name: &str, left: &Expr, right: &Expr| Js::call(name, vec![self.expr(left), self.expr(right)]);
        match &expr.kind {
            // A programme with such an expression has errors and is never built.
            ExprKind::Bad => Js::call("silent", vec![]),
            ExprKind::Bool(value) => Js::raw(value.to_string()),
            ExprKind::Number(value) => number(value),
            ExprKind::Text(text) => Js::text(text),
            ExprKind::Date(date) => day(*date),
            ExprKind::Moment(moment) => Js::call("moment", vec![Js::raw(moment.0.to_string())]),
            ExprKind::Duration(duration) => self.duration(*duration),
            ExprKind::EnumValue { of, value } => Js::text(&self.programme.enumeration(*of).values[*value].ident.key),
            ExprKind::Silent { .. } => Js::call("silent", vec![]),
            ExprKind::Input(id) => self.named("c.read", &self.programme.input(*id).pointer),
            ExprKind::Rule(id) => self.named("c.rule", self.track.map_or("", |t| &t.rules[id.index()].ident.key)),
            ExprKind::Let(id) => self.named("c.let", self.track.map_or("", |t| &t.lets[id.index()].ident.key)),
            ExprKind::Constant(id) => self.named("c.constant", &self.programme.lets[id.index()].ident.key),
            ExprKind::ItemField { depth, field } => self.item_field(*depth, *field),
            ExprKind::Item { depth } => Js::raw(format!("{}.value", self.item(*depth))),
            ExprKind::Member { of, field } => Js::call("field", vec![self.expr(of), Js::text(self.field_key(record_of(&of.ty), *field))]),
            ExprKind::Key(index) => Js::call("c.key", vec![Js::raw(index.to_string())]),
            ExprKind::Due(stage) => self.named("c.due", &self.programme.stages[stage.index()].key),
            ExprKind::Time(stage) => self.named("c.time", &self.programme.stages[stage.index()].key),
            ExprKind::ReadingIs { reading, value } => self.reading_is(*reading, *value),
            ExprKind::Lookup { table, column, keys } => {
                let table = self.programme.table(*table);
                let column = &table.columns[*column].ident.key;
                Js::call("c.lookup", vec![Js::text(&table.ident.key), Js::text(column), Js::Array(self.all(keys))])
            }
            ExprKind::Length(of) => one("c.length", of),
            ExprKind::Not(of) => one("not", of),
            ExprKind::And(of) => Js::call("and", self.all(of)),
            ExprKind::Or(of) => Js::call("or", self.all(of)),
            ExprKind::Compare { op, left, right } => self.compare(*op, left, right),
            ExprKind::About { value, target } => two("c.about", value, target),
            ExprKind::In { value, set } => Js::call("isIn", vec![self.expr(value), Js::Array(self.all(set))]),
            ExprKind::IsGiven(of) => match &of.kind {
                ExprKind::Input(id) => self.named("c.isGiven", &self.programme.input(*id).pointer),
                _other => one("isGiven", of),
            },
            ExprKind::Otherwise { value, default } => Js::call("otherwise", vec![self.expr(value), self.lazily(default)]),
            ExprKind::If { test, then, other } => Js::call("choose", vec![self.expr(test), self.lazily(then), self.lazily(other)]),
            ExprKind::Arithmetic { op, left, right } => self.arithmetic(*op, left, right),
            ExprKind::Negate(of) => one("negative", of),
            ExprKind::Extreme { larger, of } => Js::call(if *larger { "largest" } else { "smallest" }, self.all(of)),
            ExprKind::Round { mode, digits, unit, value } => {
                let mode = Js::text(match mode {
                    RoundMode::HalfUp => "half_up",
                    RoundMode::HalfEven => "half_even",
                    RoundMode::Up => "up",
                    RoundMode::Down => "down",
                });
                Js::call("rounded", vec![self.expr(value), mode, Js::raw(digits.to_string()), number(unit)])
            }
            ExprKind::Shift { date, by } => Js::call("c.shifted", vec![self.expr(date), self.duration(*by)]),
            ExprKind::OverList { op, list, filter, value } => self.over_list(*op, list, filter.as_deref(), value.as_deref()),
            ExprKind::OverCases { op, members } => {
                let members = members.iter().map(|m| self.member(m.track, [("where", &m.filter), ("value", &m.value)])).collect();
                Js::call("c.overCases", vec![Js::text(aggregation(*op)), Js::Array(members)])
            }
            ExprKind::Share { members } => {
                let members = members.iter().map(|m| self.member(m.track, [("base", &m.base), ("part", &m.part)])).collect();
                let name = self.denominator(expr).map(Js::text);
                Js::call("c.share", [Some(Js::Array(members)), name].into_iter().flatten().collect())
            }
            ExprKind::OverColumn { op, table, column } => {
                let table = self.programme.table(*table);
                let column = &table.columns[*column].ident.key;
                Js::call("c.overColumn", vec![Js::text(aggregation(*op)), Js::text(&table.ident.key), Js::text(column)])
            }
            ExprKind::Split { total, table, column, method, keys } => {
                let table = self.programme.table(*table);
                let column = &table.columns[*column].ident.key;
                let method = match method {
                    SplitMethod::LargestRemainder => "largest_remainder",
                    SplitMethod::Webster => "webster",
                    SplitMethod::Jefferson => "jefferson",
                };
                let of = [&table.ident.key, column, method].map(Js::text);
                Js::call("c.split", [vec![self.expr(total)], of.to_vec(), vec![Js::Array(self.all(keys))]].concat())
            }
        }
    }

    fn named(self, function: &str, name: &str) -> Js {
        Js::call(function, vec![Js::text(name)])
    }

    fn duration(self, duration: Duration) -> Js {
        let unit = match duration.unit {
            DurationUnit::Days => "days",
            DurationUnit::Weeks => "weeks",
            DurationUnit::Months => "months",
            DurationUnit::Years => "years",
        };
        Js::call(unit, vec![Js::raw(duration.count.to_string())])
    }

    fn reading_is(self, reading: ReadingId, value: usize) -> Js {
        let reading = self.programme.reading(reading);
        let word = match &reading.value {
            ReadingValue::Choice { values, .. } => values.get(value).map_or("", |v| v.key.as_str()),
            ReadingValue::Band(_) | ReadingValue::Expr(_) => "",
        };
        Js::call("c.readingIs", vec![Js::text(&reading.ident.key), Js::text(word)])
    }

    fn compare(self, op: Comparison, left: &Expr, right: &Expr) -> Js {
        let (left_js, right_js) = (self.expr(left), self.expr(right));
        if is_time(&left.ty) || is_time(&right.ty) {
            // Days are compared by day, even with a moment; only two moments by the moment.
            let by = if left.ty == Type::Date || right.ty == Type::Date { "c.days" } else { "c.moments" };
            return Js::call(by, vec![left_js, Js::text(relation(op)), right_js]);
        }
        let level = |list: EnumId, value: Js| Js::call("c.level", vec![list_key(self.programme, list), value]);
        match (op, list_of(&left.ty).or(list_of(&right.ty))) {
            (Comparison::Less | Comparison::AtMost | Comparison::More | Comparison::AtLeast, Some(list)) => {
                Js::call(relation(op), vec![level(list, left_js), level(list, right_js)])
            }
            _ => Js::call(relation(op), vec![left_js, right_js]),
        }
    }

    fn arithmetic(self, op: ArithmeticOp, left: &Expr, right: &Expr) -> Js {
        let mut args = vec![self.expr(left), self.expr(right)];
        let name = match op {
            ArithmeticOp::Add => "plus",
            ArithmeticOp::Subtract => "minus",
            ArithmeticOp::Multiply if self.is_constant(right) => "timesConstant",
            ArithmeticOp::Multiply if self.is_constant(left) => "constantTimes",
            ArithmeticOp::Multiply => "times",
            ArithmeticOp::Divide => {
                args.extend(self.denominator(right).map(Js::text));
                if self.is_constant(right) { "c.dividedByConstant" } else { "c.divided" }
            }
        };
        Js::call(name, args)
    }

    /// A part that is only worked out if it is needed; a literal needs no working out.
    fn lazily(self, e: &Expr) -> Js {
        match &e.kind {
            ExprKind::Bool(_) | ExprKind::Number(_) | ExprKind::Text(_) | ExprKind::EnumValue { .. } => self.expr(e),
            _other => Js::arrow("", self.expr(e)),
        }
    }

    fn item_field(self, depth: usize, field: usize) -> Js {
        let record = self.depth.checked_sub(1 + depth).and_then(|level| self.records.get(level).copied().flatten());
        Js::call(format!("{}.field", self.item(depth)), vec![Js::text(self.field_key(record, field))])
    }

    fn field_key(self, record: Option<RecordId>, field: usize) -> &'a str {
        let record = record.map(|r| &self.programme.records[r.index()]);
        record.and_then(|r| r.fields.get(field)).map_or("", |f| f.ident.key.as_str())
    }

    fn over_list(self, op: Aggregation, list: &Expr, filter: Option<&Expr>, value: Option<&Expr>) -> Js {
        let mut members = Vec::new();
        for (name, expr) in [("where", filter), ("value", value)] {
            if let Some(expr) = expr {
                members.push((name.to_owned(), self.item_function(&list.ty, expr)));
            }
        }
        let mut args = vec![Js::text(aggregation(op)), self.expr(list)];
        if !members.is_empty() {
            args.push(Js::Object(members));
        }
        Js::call("overList", args)
    }

    /// One track's part of an aggregate over cases; its functions take that track's case.
    fn member(self, track: TrackId, parts: [(&str, &Option<Expr>); 2]) -> Js {
        let track = self.programme.track(track);
        let scope = Scope::track(self.programme, track);
        let mut members = vec![("track".to_owned(), Js::text(&track.ident.key))];
        for (name, expr) in parts {
            if let Some(expr) = expr {
                members.push((name.to_owned(), scope.function(expr)));
            }
        }
        Js::Object(members)
    }
}

fn item_name(level: usize) -> String {
    if level == 0 { "item".to_owned() } else { format!("item{}", level + 1) }
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

/// A number literal: `5n`, `ratio(2n, 5n)`.
pub fn number(value: &Exact) -> Js {
    let (numerator, denominator) = value.to_parts();
    if denominator == "1" {
        Js::raw(format!("{numerator}n"))
    } else {
        Js::call("ratio", vec![Js::raw(format!("{numerator}n")), Js::raw(format!("{denominator}n"))])
    }
}

/// A day literal.
pub fn day(date: Date) -> Js {
    let (year, month, day) = date.parts();
    Js::call("day", [i32::from(year), i32::from(month), i32::from(day)].map(|n| Js::raw(n.to_string())).to_vec())
}

/// The word for an aggregation.
pub fn aggregation(op: Aggregation) -> &'static str {
    match op {
        Aggregation::Count => "count",
        Aggregation::CountDistinct => "count_distinct",
        Aggregation::Sum => "sum",
        Aggregation::Min => "min",
        Aggregation::Max => "max",
        Aggregation::Any => "any",
        Aggregation::All => "all",
        Aggregation::None => "none",
    }
}
