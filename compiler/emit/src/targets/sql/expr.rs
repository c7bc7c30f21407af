//! Typed expressions to nodes.
//!
//! In: expressions of the model, in the scope of a case or of a quota's group. Out: nodes over its relation. Always: what comes out is what
//! the evaluation gives, with its needs in their order; what cannot be said in this dialect is refused with a reason.

use super::dialect::Dialect;
use super::node::{Awaits, Node, all_needs, awaited, notice};
use super::number::Refused;
use super::scope::Scope;
use super::tree::{Function, Sql, and, call, case, column, compare, equal, given, int, is_null, or, text, when};
use prog_base::{DurationUnit, Exact};
use prog_model::{
    Aggregation, ArithmeticOp, BuiltinReading, Comparison, EnumId, EnumOrder, Expr, ExprKind, KeyCell, ReadingValue, Table, TableBound,
    TableId, TableLookup, TableRow, Type,
};

/// A reason in both languages.
pub fn refuse<T>(zh: &str, en: &str) -> Result<T, Refused> {
    Err(Refused { zh: zh.to_owned(), en: en.to_owned() })
}

impl Scope<'_> {
    /// The node of an expression.
    pub fn expr(&mut self, e: &Expr) -> Result<Node, Refused> {
        let p = self.p;
        match &e.kind {
            ExprKind::Bad => Ok(Node::unknown(text(""), Awaits::OTHER)),
            ExprKind::Bool(value) => Ok(Node::known(Sql::Bool(*value))),
            ExprKind::Number(n) => Ok(Node::exact(n)),
            ExprKind::Text(words) => Ok(Node::known(text(words.clone()))),
            ExprKind::Date(day) => Ok(Node::known(text(day.to_string()))),
            ExprKind::EnumValue { of, value } => {
                Ok(Node::known(text(p.enumeration(*of).values.get(*value).map_or("", |v| v.ident.key.as_str()))))
            }
            ExprKind::Silent { .. } => Ok(silent(&e.ty)),
            ExprKind::Input(id) => self.input(*id),
            ExprKind::Rule(id) => self.rule_operand(*id),
            ExprKind::Let(id) => self.named(*id),
            ExprKind::Constant(id) => self.expr(&p.lets[id.index()].value),
            ExprKind::Key(index) => self.keys.get(*index).cloned().map_or_else(|| refuse("表格的键", "a key of a table"), Ok),
            ExprKind::Member { of, field } => self.member(of, *field),
            ExprKind::Due(stage) => self.due(*stage),
            ExprKind::Moment(_) | ExprKind::Time(_) => refuse("时刻", "points in time"),
            ExprKind::Duration(_) => refuse("时长", "a duration by itself"),
            ExprKind::ItemField { depth, field } => self.item_field(*depth, *field),
            ExprKind::Item { depth } => self.item_itself(*depth),
            ExprKind::ReadingIs { reading, value } => self.reading_is(reading.index(), *value),
            ExprKind::Lookup { table, column, keys } => self.lookup(*table, *column, keys),
            ExprKind::Length(of) => self.length(of),
            ExprKind::Not(x) => {
                let x = self.expr(x)?;
                Ok(self.layers.not(x))
            }
            ExprKind::And(all) => {
                let all = self.exprs(all)?;
                Ok(self.layers.all(all))
            }
            ExprKind::Or(any) => {
                let any = self.exprs(any)?;
                Ok(self.layers.any(any))
            }
            ExprKind::Compare { op, left, right } => self.comparison(*op, left, right),
            ExprKind::About { value, target } => self.about(value, target),
            ExprKind::In { value, set } => self.within(value, set),
            ExprKind::IsGiven(x) => self.is_given(x),
            ExprKind::Otherwise { value, default } => {
                let (value, default) = (self.expr(value)?, self.expr(default)?);
                let (value, default) = self.numbers().aligned(value, default)?;
                Ok(self.layers.otherwise(value, default))
            }
            ExprKind::If { test, then, other } => {
                let test = self.expr(test)?;
                let (then, other) = (self.expr(then)?, self.expr(other)?);
                if [&then, &other].iter().any(|n| n.number.as_ref().is_some_and(|n| n.over.is_some())) {
                    return refuse("在比值之间选择", "a choice between ratios");
                }
                let (then, other) = self.numbers().aligned(then, other)?;
                Ok(self.layers.choose(test, then, other))
            }
            ExprKind::Arithmetic { op, left, right } => self.arithmetic(*op, left, right),
            ExprKind::Negate(x) => {
                let x = self.expr(x)?;
                Ok(self.numbers().negate(x))
            }
            ExprKind::Extreme { larger, of } => {
                let mut all = self.exprs(of)?.into_iter();
                let Some(mut best) = all.next() else { return Ok(Node::none()) };
                for one in all {
                    best = self.numbers().extreme(*larger, best, one)?;
                }
                Ok(best)
            }
            ExprKind::Round { mode, digits, unit, value } => {
                let value = self.expr(value)?;
                self.numbers().round(value, *mode, *digits, unit)
            }
            ExprKind::Shift { date, by } => {
                let date = self.expr(date)?;
                let count = |n: i64| int(n);
                let (function, count) = match by.unit {
                    DurationUnit::Days => (Function::AddDays, count(by.count)),
                    DurationUnit::Weeks => (Function::AddDays, count(by.count * 7)),
                    DurationUnit::Months => (Function::AddMonths, count(by.count)),
                    DurationUnit::Years => (Function::AddMonths, count(by.count * 12)),
                    DurationUnit::WorkingDays => return self.working_day(date, by.count),
                };
                Ok(Node { value: call(function, [date.value.clone(), count]), ..date })
            }
            ExprKind::ShiftTimes { .. } => refuse("按数计算的时长", "a length of time taken a number of times"),
            ExprKind::Elapsed { unit, from, to } => self.elapsed(*unit, from, to),
            ExprKind::OfDay { part, day } => self.of_day(*part, day),
            ExprKind::OverList { op: Aggregation::Count, list, filter: None, .. } => self.length(list),
            ExprKind::OverList { op, list, filter, value } => self.over_list(*op, list, filter.as_deref(), value.as_deref()),
            ExprKind::OverCases { op, members } => self.over_cases(*op, members),
            ExprKind::Share { .. } => refuse("占比参与运算", "a share as part of a calculation"),
            ExprKind::OverColumn { op, table, column } => self.over_column(*op, *table, *column),
            ExprKind::Split { .. } => refuse("按权重分配", "a total split by weights"),
        }
    }

    fn exprs(&mut self, all: &[Expr]) -> Result<Vec<Node>, Refused> {
        all.iter().map(|x| self.expr(x)).collect()
    }

    /// The so-many-th working day after a day, or before it; beyond the calendar that is what is awaited.
    fn working_day(&mut self, date: Node, count: i64) -> Result<Node, Refused> {
        let Some(calendar) = self.p.calendar.as_ref().filter(|_| self.dialect != Dialect::Spark) else {
            return refuse("工作日", "working days");
        };
        if count == 0 {
            return Ok(date);
        }
        let date = self.layers.shared(date);
        let day = date.value.clone();
        // Counted backwards, the day itself is left out.
        let (last, places) = if count > 0 { (day.clone(), count) } else { (call(Function::AddDays, [day.clone(), int(-1)]), count + 1) };
        let found = self.layers.share(call(Function::WorkingDay, [last, int(places)]));
        let beyond = and([given(day), is_null(found.clone())]);
        let needs = case([(beyond, awaited(&calendar.ident.key))], date.needs);
        Ok(Node { value: found, needs, number: None, absent: date.absent, awaits: date.awaits.and(Awaits::OTHER) })
    }

    fn reading_is(&mut self, reading: usize, value: usize) -> Result<Node, Refused> {
        let reading = &self.p.readings[reading];
        let ReadingValue::Choice { values, chosen } = &reading.value else { return refuse("此口径", "this reading") };
        if chosen.is_none() {
            return refuse("未定的口径", "an open reading");
        }
        let word = values.get(value).map_or("", |v| v.key.as_str());
        Ok(Node::known(equal(column(super::script::setting(reading)), text(word))))
    }

    /// Whether a built-in reading is at its first word.
    fn first_word(&mut self, which: BuiltinReading) -> Result<Sql, Refused> {
        let id = self.p.builtin_reading(which);
        match id {
            Some(id) => self.reading_is(id.index(), 0).map(|n| n.value),
            None => Ok(Sql::Bool(true)),
        }
    }

    fn length(&mut self, of: &Expr) -> Result<Node, Refused> {
        let node = self.expr(of)?;
        let node = self.layers.shared(node);
        let value = match &of.ty {
            Type::Set(_) => {
                let bare = call(Function::Replace, [node.value.clone(), text("/"), text("")]);
                let length = |x| call(Function::Length, [x]);
                // A set is written `/a/b/`: one stroke more than members; none: `/`.
                Sql::Arithmetic('-', super::tree::Width::Small, Box::new(minus(length(node.value.clone()), length(bare))), Box::new(int(1)))
            }
            Type::List(_) => node.value.clone(),
            _text => self.words(node.value.clone())?,
        };
        let number = super::node::Number { quantum: Exact::ONE, most: Exact::from(1 << 31), over: None, ends: None };
        Ok(Node { value, ..node }.sized(number))
    }

    /// 字数 of a text, as the reading counts.
    pub fn words(&mut self, of: Sql) -> Result<Sql, Refused> {
        let count = |punctuation: bool| call(Function::WordCount { punctuation }, [of.clone()]);
        Ok(case([(self.first_word(BuiltinReading::Length)?, count(true))], count(false)))
    }

    fn comparison(&mut self, op: Comparison, left: &Expr, right: &Expr) -> Result<Node, Refused> {
        match (&left.kind, &right.kind) {
            (ExprKind::Share { members }, _) => return self.compare_share(op, members, right, false),
            (_, ExprKind::Share { members }) => return self.compare_share(op, members, left, true),
            (_, _) => {}
        }
        let (a, b) = (self.expr(left)?, self.expr(right)?);
        match (&left.ty, &right.ty) {
            (Type::Number(_), _) | (_, Type::Number(_)) => self.numbers().compare(op, a, b),
            (Type::Enum(id), _) | (_, Type::Enum(id)) if !matches!(op, Comparison::Equal | Comparison::NotEqual) => {
                self.by_rank(op, *id, a, b)
            }
            (Type::Date, Type::Date) => self.by_day(op, a, b),
            (Type::Date | Type::Moment, _) | (_, Type::Date | Type::Moment) => refuse("时刻", "points in time"),
            (_, _) => Ok(self.layers.compared(super::number::sign(op), a, b)),
        }
    }

    /// Values of a closed list by rank: of `best first` lists the first ranks highest.
    fn by_rank(&mut self, op: Comparison, id: EnumId, a: Node, b: Node) -> Result<Node, Refused> {
        let list = self.p.enumeration(id);
        let last = list.values.len();
        let rank = |node: Node| {
            let place = |i: usize| match list.order {
                EnumOrder::BestFirst => last - i,
                EnumOrder::LowestFirst | EnumOrder::None => i + 1,
            };
            let arms =
                list.values.iter().enumerate().map(|(i, v)| (equal(node.value.clone(), text(v.ident.key.clone())), int(place(i) as i64)));
            Node { value: case(arms, Sql::Null), ..node.clone() }
        };
        Ok(self.layers.compared(super::number::sign(op), rank(a), rank(b)))
    }

    /// Days in their order; on the boundary itself of `before` and `after` the reading decides.
    fn by_day(&mut self, op: Comparison, a: Node, b: Node) -> Result<Node, Refused> {
        let which = match op {
            Comparison::Before => BuiltinReading::Before,
            Comparison::After => BuiltinReading::After,
            Comparison::Equal | Comparison::NotEqual | Comparison::Less | Comparison::AtMost | Comparison::More | Comparison::AtLeast => {
                return Ok(self.layers.compared(super::number::sign(op), a, b));
            }
        };
        let (a, b) = (self.layers.shared(a), self.layers.shared(b));
        let on = equal(a.value.clone(), b.value.clone());
        let beyond = compare(super::number::sign(op), a.value.clone(), b.value.clone());
        let first = self.first_word(which)?;
        let node = self.layers.compared("=", a, b);
        Ok(Node { value: case([(on, first)], beyond), ..node })
    }

    fn about(&mut self, value: &Expr, target: &Expr) -> Result<Node, Refused> {
        let band = self.p.builtin_reading(BuiltinReading::About).map(|id| &self.p.reading(id).value);
        let Some(ReadingValue::Band(band)) = band else { return Ok(silent(&Type::Bool)) };
        let (value, target) = (self.expr(value)?, self.expr(target)?);
        self.numbers().about(value, target, &band.clone())
    }

    fn within(&mut self, value: &Expr, set: &[Expr]) -> Result<Node, Refused> {
        let wanted = self.expr(value)?;
        let wanted = self.layers.shared(wanted);
        let constant = |x: &Expr| matches!(x.kind, ExprKind::EnumValue { .. } | ExprKind::Text(_));
        if set.iter().all(constant) && wanted.number.is_none() {
            let choices: Vec<Sql> = self.exprs(set)?.into_iter().map(|n| n.value).collect();
            let value = if choices.is_empty() { Sql::Bool(false) } else { Sql::In(Box::new(wanted.value.clone()), choices) };
            return Ok(Node { value, ..wanted });
        }
        let mut any = Vec::new();
        for choice in set {
            let one = self.expr(choice)?;
            any.push(match (&value.ty, &choice.ty) {
                (Type::Enum(_), Type::Set(_)) => self.among(&wanted, one),
                (Type::Number(_), _) | (_, Type::Number(_)) => self.numbers().compare(Comparison::Equal, wanted.clone(), one)?,
                (_, _) => self.layers.same(wanted.clone(), one),
            });
        }
        let any = self.layers.any(any);
        Ok(Node { absent: wanted.absent, ..any })
    }

    /// Whether a key is one of a set, written `/a/b/`.
    fn among(&mut self, key: &Node, set: Node) -> Node {
        let (key, set) = (self.layers.shared(key.clone()), self.layers.shared(set));
        let step = Sql::Concat(vec![text("/"), key.value.clone(), text("/")]);
        let value = compare(">", call(Function::Position, [set.value.clone(), step]), int(0));
        let (needs, awaits) = all_needs([&key, &set]);
        Node { value, needs, number: None, absent: false, awaits }
    }

    fn is_given(&mut self, x: &Expr) -> Result<Node, Refused> {
        let value = match &x.kind {
            ExprKind::Input(id) => self.input_given(*id)?,
            _other => given(self.expr(x)?.value),
        };
        Ok(Node::known(value))
    }

    fn arithmetic(&mut self, op: ArithmeticOp, left: &Expr, right: &Expr) -> Result<Node, Refused> {
        let (a, b) = (self.expr(left)?, self.expr(right)?);
        let constant = |n: &Node| match (&n.value, &n.number) {
            (Sql::Int(digits), Some(number)) if number.over.is_none() => Exact::parse(digits).map(|d| &d * &number.quantum),
            (_, _) => None,
        };
        let mut numbers = self.numbers();
        match op {
            ArithmeticOp::Add => numbers.add(a, b),
            ArithmeticOp::Subtract => {
                let b = numbers.negate(b);
                numbers.add(a, b)
            }
            ArithmeticOp::Multiply => match (constant(&a), constant(&b)) {
                (Some(factor), _) => Ok(numbers.scale(b, &factor)),
                (_, Some(factor)) => Ok(numbers.scale(a, &factor)),
                (None, None) => numbers.multiply(a, b),
            },
            ArithmeticOp::Divide => match constant(&b).and_then(|by| Exact::ONE.checked_div(&by)) {
                Some(inverse) => Ok(numbers.scale(a, &inverse)),
                None => numbers.divide(a, b),
            },
        }
    }

    /// The cell in the row that the keys choose; where there is none the notice says nothing.
    fn lookup(&mut self, id: TableId, at: usize, keys: &[Expr]) -> Result<Node, Refused> {
        let table = self.p.table(id);
        if table.absent {
            return Ok(silent(&table.columns[at].ty));
        }
        let keys: Vec<Node> = self.exprs(keys)?;
        let keys: Vec<Node> = keys.into_iter().map(|n| self.layers.shared(n)).collect();
        let outer = std::mem::replace(&mut self.keys, keys.clone());
        let rows: Result<Vec<(Sql, Node)>, Refused> =
            in_order(table).into_iter().map(|row| Ok((self.row_fits(table, row, &keys)?, self.expr(&row.values[at])?))).collect();
        self.keys = outer;
        let rows = rows?;
        if rows.iter().any(|(_, cell)| cell.absent || cell.number.as_ref().is_some_and(|n| n.over.is_some())) {
            return refuse("格中的比值", "a ratio as a cell");
        }
        let quantum =
            rows.iter().filter_map(|(_, n)| n.number.as_ref()).map(|n| n.quantum.clone()).reduce(|a, b| super::number::common(&a, &b));
        let mut cells = Vec::new();
        for (fits, cell) in rows {
            let cell = match &quantum {
                Some(quantum) => self.numbers().refine(&cell, quantum)?,
                None => cell,
            };
            cells.push((fits, cell));
        }
        Ok(chosen(&keys, cells, quantum))
    }

    fn row_fits(&mut self, table: &Table, row: &TableRow, keys: &[Node]) -> Result<Sql, Refused> {
        let mut all = Vec::new();
        for (index, ((cell, key), declared)) in row.keys.iter().zip(keys).zip(&table.keys).enumerate() {
            if let (Some(bound), true) = (bound(table, row), index + 1 == keys.len()) {
                let reached = if table.lookup == TableLookup::LowerBound { Comparison::AtLeast } else { Comparison::AtMost };
                all.push(match (bound, cell) {
                    (TableBound::Number(n), _) => self.numbers().compare(reached, key.clone(), Node::exact(&n))?.value,
                    (TableBound::Day(_), KeyCell::OneOf(days)) => {
                        let day = self.expr(&days[0])?;
                        compare(super::number::sign(reached), key.value.clone(), day.value)
                    }
                    (TableBound::Day(_), KeyCell::Any | KeyCell::Band { .. }) => continue,
                });
                continue;
            }
            match cell {
                KeyCell::Any => {}
                KeyCell::OneOf(values) if !matches!(declared.ty, Type::Number(_)) => {
                    let values: Vec<Sql> = self.exprs(values)?.into_iter().map(|n| n.value).collect();
                    all.push(match values.as_slice() {
                        [one] => equal(key.value.clone(), one.clone()),
                        _ => Sql::In(Box::new(key.value.clone()), values),
                    });
                }
                KeyCell::OneOf(values) => {
                    let mut any = Vec::new();
                    for value in self.exprs(values)? {
                        any.push(self.numbers().compare(Comparison::Equal, key.clone(), value)?.value);
                    }
                    all.push(or(any));
                }
                KeyCell::Band { low, high } => {
                    for (end, closed, open) in [(low, Comparison::AtLeast, Comparison::More), (high, Comparison::AtMost, Comparison::Less)]
                    {
                        if let Some((end, is_in)) = end {
                            let op = if *is_in { closed } else { open };
                            all.push(self.numbers().compare(op, key.clone(), Node::exact(end))?.value);
                        }
                    }
                }
            }
        }
        Ok(and(all))
    }

    /// An aggregate over a column: known when the file is written.
    fn over_column(&mut self, op: Aggregation, id: TableId, at: usize) -> Result<Node, Refused> {
        let table = self.p.table(id);
        if table.absent {
            return Ok(silent(&table.columns[at].ty));
        }
        let mut numbers = Vec::new();
        for row in &table.rows {
            let ExprKind::Number(n) = &row.values[at].kind else { return refuse("由键算出的格", "cells computed from the keys") };
            numbers.push(n.clone());
        }
        let value = match op {
            Aggregation::Sum => Some(numbers.iter().fold(Exact::ZERO, |sum, n| &sum + n)),
            Aggregation::Min => numbers.into_iter().min(),
            Aggregation::Max => numbers.into_iter().max(),
            Aggregation::Count => Some(Exact::from(numbers.len() as i64)),
            Aggregation::CountDistinct | Aggregation::Any | Aggregation::All | Aggregation::None | Aggregation::Consecutive(_) => None,
        };
        value.map_or_else(|| refuse("此种统计", "this aggregate"), |n| Ok(Node::exact(&n)))
    }
}

fn minus(a: Sql, b: Sql) -> Sql {
    Sql::Arithmetic('-', super::tree::Width::Small, Box::new(a), Box::new(b))
}

/// The bound of a row of a table looked up by bounds.
fn bound(table: &Table, row: &TableRow) -> Option<TableBound> {
    if table.lookup == TableLookup::Match { None } else { row.bound() }
}

/// The rows of a table so that the first that fits is the one: of bounds the nearest, then what stands for all others.
fn in_order(table: &Table) -> Vec<&TableRow> {
    if table.lookup == TableLookup::Match {
        return table.rows.iter().collect();
    }
    let mut bounded: Vec<(TableBound, &TableRow)> = table.rows.iter().filter_map(|row| Some((bound(table, row)?, row))).collect();
    bounded.sort_by(|(a, _), (b, _)| if table.lookup == TableLookup::LowerBound { b.cmp(a) } else { a.cmp(b) });
    let rest = table.rows.iter().filter(|row| matches!(row.keys.last(), Some(KeyCell::Any)));
    bounded.into_iter().map(|(_, row)| row).chain(rest).collect()
}

/// Unknown because the notice is silent.
fn silent(ty: &Type) -> Node {
    let node = Node::unknown(notice(), Awaits::OTHER);
    match ty {
        Type::Number(_) => node.sized(super::node::Number { quantum: Exact::ONE, most: Exact::ZERO, over: None, ends: None }),
        _other => node,
    }
}

/// The cell of the first row that fits.
fn chosen(keys: &[Node], cells: Vec<(Sql, Node)>, quantum: Option<Exact>) -> Node {
    let (needs, mut awaits) = all_needs(keys);
    let absent = keys.iter().any(|k| k.absent);
    let known = and(keys.iter().filter(|k| !k.is_sure()).map(|k| given(k.value.clone())));
    let complete = cells.last().is_some_and(|(fits, _)| *fits == Sql::Bool(true));
    let silent_rows = !complete || cells.iter().any(|(_, n)| n.value == Sql::Null || n.needs != Sql::Null);
    if cells.iter().any(|(_, n)| n.awaits.judged) {
        awaits.judged = true;
    }
    let most = cells.iter().filter_map(|(_, n)| n.number.as_ref()).map(|n| n.most.clone()).max().unwrap_or(Exact::ZERO);
    let value = case(cells.iter().map(|(fits, n)| (fits.clone(), n.value.clone())), Sql::Null);
    let value = if known == Sql::Bool(true) { value } else { when(known.clone(), value) };
    let none: Vec<Sql> = keys.iter().filter(|k| k.absent).map(|k| and([is_null(k.value.clone()), is_null(k.needs.clone())])).collect();
    let needs = if silent_rows {
        awaits.other = true;
        let rows = cells.iter().map(|(fits, n)| (fits.clone(), n.needs.clone()));
        let found = case(rows, if complete { Sql::Null } else { notice() });
        let open = case([(known, found)], needs);
        if none.is_empty() { open } else { case([(or(none), Sql::Null)], open) }
    } else if none.is_empty() || keys.len() == 1 {
        needs
    } else {
        case([(or(none), Sql::Null)], needs)
    };
    let number = quantum.map(|quantum| super::node::Number { quantum, most, over: None, ends: None });
    Node { value, needs, number, absent, awaits }
}
