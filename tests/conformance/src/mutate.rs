//! Small faults in a model, one at a time: what an author or a compiler might have got wrong.
//!
//! In: a programme. Out: mutants with what was changed. Always: a mutant differs from its original in one place; its order is fixed.
//! What changes nothing by its meaning is not made: a constant or table that only other constants and static checks read, whether a judgement
//! may be blank (only what an applicant enters or attests is asked for), the strength of a soft rule (always a note), counting cases
//! distinctly.

use prog_base::{Date, DayPart, Duration, DurationUnit, Exact, Figure};
use prog_cases::each_expression;
use prog_model::*;
use std::collections::BTreeSet;

/// A programme with one fault.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// What was changed, and where: stable as long as the source is.
    pub what: String,
    /// The programme with the fault.
    pub programme: Programme,
}

impl Mutant {
    /// Why no answer can show it, where somebody found out (`equivalent.tsv`).
    pub fn reason(&self, programme: &str) -> Option<&'static str> {
        let rows = include_str!("../equivalent.tsv").lines().skip(1);
        let columns = rows.filter_map(|line| line.split_once('\t').and_then(|(of, rest)| Some((of, rest.split_once('\t')?))));
        columns.into_iter().find_map(|(of, (what, reason))| (of == programme && self.what.ends_with(what)).then_some(reason))
    }
}

/// Every mutant of a programme.
pub fn mutants(original: &Programme) -> Vec<Mutant> {
    let mut found = Vec::new();
    let mut count = 0;
    each_place(&mut original.clone(), &mut |_, place| {
        found.extend(faults_of(place).into_iter().map(|fault| (count, fault)));
        count += 1;
    });
    found.into_iter().map(|(at, fault)| mutant(original, at, fault)).collect()
}

/// The original with the fault at the place of this number.
fn mutant(original: &Programme, at: usize, fault: Fault) -> Mutant {
    let mut programme = original.clone();
    let (mut count, mut what) = (0, String::new());
    each_place(&mut programme, &mut |of, place| {
        if count == at {
            what = format!("{of}: {}", fault.name());
            fault.make(place);
        }
        count += 1;
    });
    Mutant { what: format!("{at} {what}"), programme }
}

/// Something that can be wrong.
enum Place<'a> {
    Expr(&'a mut Expr),
    Strength(&'a mut Strength),
    /// A condition on which something hangs, or none.
    Guard(&'a mut Option<Expr>),
    Bound(&'a mut Option<Exact>),
    Limit(&'a mut Limit),
    Flag(&'a mut bool),
    Need(&'a mut usize),
    Day(&'a mut Date),
}

#[derive(Clone, Copy)]
enum Fault {
    OneMore,
    OneLess,
    Inverse,
    OtherRelation,
    Boundary,
    Swap,
    AndOr,
    DropLast,
    DropFilter,
    OtherRound,
    OtherSum,
    Always,
    Soft,
    Gone,
}

impl Fault {
    fn name(self) -> &'static str {
        match self {
            Fault::OneMore => "one more",
            Fault::OneLess => "one less",
            Fault::Inverse => "inverse",
            Fault::OtherRelation => "the other way round",
            Fault::Boundary => "boundary in or out",
            Fault::Swap => "operands swapped",
            Fault::AndOr => "and for or",
            Fault::DropLast => "last part lost",
            Fault::DropFilter => "filter lost",
            Fault::OtherRound => "another rounding",
            Fault::OtherSum => "another aggregate",
            Fault::Always => "the default instead",
            Fault::Soft => "another strength",
            Fault::Gone => "condition lost",
        }
    }

    fn make(self, place: Place<'_>) {
        match place {
            Place::Expr(expr) => self.in_expr(expr),
            Place::Strength(strength) => *strength = if *strength == Strength::Require { Strength::Complete } else { Strength::Require },
            Place::Guard(guard) => *guard = None,
            Place::Bound(bound) => *bound = bound.as_ref().map(|b| b + &Exact::ONE),
            Place::Limit(limit) => limit.value += 1,
            Place::Flag(flag) => *flag = !*flag,
            Place::Day(day) => *day = day.plus(Duration { count: 1, unit: DurationUnit::Years }).unwrap_or(*day),
            Place::Need(need) => *need = if matches!(self, Fault::OneMore) { *need + 1 } else { need.saturating_sub(1) },
        }
    }

    fn in_expr(self, expr: &mut Expr) {
        match &mut expr.kind {
            ExprKind::Number(n) => *n = if matches!(self, Fault::OneMore) { &*n + &Exact::ONE } else { &*n - &Exact::ONE },
            ExprKind::Date(day) => {
                let count = if matches!(self, Fault::OneMore) { 1 } else { -1 };
                *day = day.plus(Duration { count, unit: DurationUnit::Days }).unwrap_or(*day);
            }
            ExprKind::Bool(value) => *value = !*value,
            ExprKind::Compare { op, left, right } => match self {
                Fault::Swap => std::mem::swap(left, right),
                Fault::Boundary => *op = boundary(*op),
                _other => *op = inverse(*op),
            },
            ExprKind::Not(of) => *expr = (**of).clone(),
            ExprKind::And(of) | ExprKind::Or(of) if matches!(self, Fault::DropLast) => drop(of.pop()),
            ExprKind::And(of) => expr.kind = ExprKind::Or(std::mem::take(of)),
            ExprKind::Or(of) => expr.kind = ExprKind::And(std::mem::take(of)),
            ExprKind::In { set, .. } => drop(set.pop()),
            ExprKind::Arithmetic { op, left, right } => match self {
                Fault::Swap => std::mem::swap(left, right),
                _other => {
                    *op = match op {
                        ArithmeticOp::Add => ArithmeticOp::Subtract,
                        ArithmeticOp::Subtract => ArithmeticOp::Add,
                        ArithmeticOp::Multiply => ArithmeticOp::Divide,
                        ArithmeticOp::Divide => ArithmeticOp::Multiply,
                    }
                }
            },
            ExprKind::Extreme { larger, .. } => *larger = !*larger,
            ExprKind::Round { mode, .. } => {
                *mode = match mode {
                    prog_base::RoundMode::HalfUp | prog_base::RoundMode::HalfEven | prog_base::RoundMode::Down => prog_base::RoundMode::Up,
                    prog_base::RoundMode::Up => prog_base::RoundMode::Down,
                }
            }
            ExprKind::If { then, other, .. } => std::mem::swap(then, other),
            ExprKind::Otherwise { value, default } => {
                *expr = if matches!(self, Fault::Always) { (**default).clone() } else { (**value).clone() }
            }
            ExprKind::Shift { by, .. } | ExprKind::ShiftTimes { by, .. } => by.count += 1,
            ExprKind::Elapsed { from, to, .. } => std::mem::swap(from, to),
            ExprKind::OfDay { part, .. } => *part = other_part(*part),
            ExprKind::ReadingIs { value, .. } => *value = usize::from(*value == 0),
            ExprKind::OverList { filter, .. } if matches!(self, Fault::DropFilter) => *filter = None,
            ExprKind::OverCases { members, .. } if matches!(self, Fault::DropFilter) => members.iter_mut().for_each(|m| m.filter = None),
            ExprKind::OverList { op: Aggregation::Consecutive(length), .. } => {
                *length = if matches!(self, Fault::OneMore) { *length + 1 } else { length.saturating_sub(1) };
            }
            ExprKind::OverList { op, .. } | ExprKind::OverCases { op, .. } => *op = other_sum(*op),
            ExprKind::Share { members } => members.iter_mut().for_each(|m| std::mem::swap(&mut m.base, &mut m.part)),
            _other => {}
        }
    }
}

fn boundary(op: Comparison) -> Comparison {
    match op {
        Comparison::Less => Comparison::AtMost,
        Comparison::AtMost => Comparison::Less,
        Comparison::More => Comparison::AtLeast,
        Comparison::AtLeast => Comparison::More,
        Comparison::Equal => Comparison::AtLeast,
        Comparison::NotEqual => Comparison::More,
        Comparison::Before => Comparison::AtMost,
        Comparison::After => Comparison::AtLeast,
    }
}

fn inverse(op: Comparison) -> Comparison {
    match op {
        Comparison::Less => Comparison::AtLeast,
        Comparison::AtMost => Comparison::More,
        Comparison::More => Comparison::AtMost,
        Comparison::AtLeast => Comparison::Less,
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Before => Comparison::After,
        Comparison::After => Comparison::Before,
    }
}

fn other_sum(op: Aggregation) -> Aggregation {
    match op {
        Aggregation::Count => Aggregation::CountDistinct,
        Aggregation::CountDistinct => Aggregation::Count,
        Aggregation::Sum | Aggregation::Min => Aggregation::Max,
        Aggregation::Max => Aggregation::Min,
        Aggregation::Any => Aggregation::All,
        Aggregation::All => Aggregation::Any,
        Aggregation::None => Aggregation::Any,
        // Its faults are its length.
        Aggregation::Consecutive(_) => op,
    }
}

/// The faults that a place can have.
fn faults_of(place: Place<'_>) -> Vec<Fault> {
    match place {
        Place::Strength(_) => vec![Fault::Soft],
        Place::Guard(guard) => guard.iter().map(|_| Fault::Gone).collect(),
        Place::Bound(bound) => bound.iter().map(|_| Fault::OneMore).collect(),
        Place::Limit(_) => vec![Fault::OneMore],
        Place::Flag(_) => vec![Fault::Inverse],
        Place::Day(_) => vec![Fault::OneMore],
        Place::Need(_) => vec![Fault::OneMore, Fault::OneLess],
        Place::Expr(expr) => match &expr.kind {
            ExprKind::Number(_) | ExprKind::Date(_) => vec![Fault::OneMore, Fault::OneLess],
            ExprKind::Bool(_) | ExprKind::Not(_) | ExprKind::ReadingIs { .. } | ExprKind::Share { .. } => vec![Fault::Inverse],
            ExprKind::Compare { op, .. } => match op {
                Comparison::Equal | Comparison::NotEqual if !matches!(expr.ty, Type::Number(_)) => vec![Fault::OtherRelation],
                Comparison::Before | Comparison::After => vec![Fault::OtherRelation, Fault::Swap],
                _numbers => vec![Fault::OtherRelation, Fault::Boundary, Fault::Swap],
            },
            ExprKind::And(_) | ExprKind::Or(_) => vec![Fault::AndOr, Fault::DropLast],
            ExprKind::In { set, .. } if set.len() > 1 => vec![Fault::DropLast],
            ExprKind::Arithmetic { op: ArithmeticOp::Subtract | ArithmeticOp::Divide, .. } => vec![Fault::OtherSum, Fault::Swap],
            ExprKind::Arithmetic { .. } => vec![Fault::OtherSum],
            ExprKind::Extreme { .. } => vec![Fault::Inverse],
            ExprKind::Round { .. } => vec![Fault::OtherRound],
            ExprKind::If { .. } => vec![Fault::Swap],
            ExprKind::Otherwise { .. } => vec![Fault::Always],
            ExprKind::Shift { .. } | ExprKind::ShiftTimes { .. } => vec![Fault::OneMore],
            ExprKind::Elapsed { .. } | ExprKind::OfDay { .. } => vec![Fault::Swap],
            ExprKind::OverList { op, filter, .. } => of_aggregate(*op, filter.is_some()),
            ExprKind::OverCases { op, members } => of_aggregate(*op, members.iter().any(|m| m.filter.is_some())),
            _other => Vec::new(),
        },
    }
}

fn of_aggregate(op: Aggregation, filtered: bool) -> Vec<Fault> {
    let other = match op {
        Aggregation::Count => vec![],
        Aggregation::Consecutive(_) => vec![Fault::OneMore, Fault::OneLess],
        _other => vec![Fault::OtherSum],
    };
    other.into_iter().chain(filtered.then_some(Fault::DropFilter)).collect()
}

/// What something else than a constant reads, directly or through others.
#[derive(Default)]
struct Read {
    constants: BTreeSet<usize>,
    tables: BTreeSet<usize>,
}

impl Read {
    fn of(p: &Programme) -> Self {
        let mut read = Self::default();
        let without = Programme { lets: Vec::new(), ..p.clone() };
        let mut left = Vec::new();
        each_expression(&without, &mut |expr| left.extend(read.see(expr)));
        while let Some(at) = left.pop() {
            p.lets[at].value.visit(&mut |expr| left.extend(read.see(expr)));
        }
        read
    }

    /// Notes what an expression names; gives a constant that was not noted yet.
    fn see(&mut self, expr: &Expr) -> Option<usize> {
        match &expr.kind {
            ExprKind::Constant(id) if self.constants.insert(id.index()) => return Some(id.index()),
            ExprKind::Lookup { table, .. } | ExprKind::OverColumn { table, .. } | ExprKind::Split { table, .. } => {
                self.tables.insert(table.index());
            }
            _other => {}
        }
        None
    }
}

/// Shows every place with the declaration it belongs to, in a fixed order.
fn each_place(p: &mut Programme, see: &mut dyn FnMut(&str, Place<'_>)) {
    let read = Read::of(p);
    for (_, named) in p.lets.iter_mut().enumerate().filter(|(at, _)| read.constants.contains(at)) {
        each_expr(&named.ident.key, &mut named.value, see);
    }
    for (_, table) in p.tables.iter_mut().enumerate().filter(|(at, _)| read.tables.contains(at)) {
        for value in table.rows.iter_mut().flat_map(|row| &mut row.values) {
            each_expr(&table.ident.key, value, see);
        }
    }
    let asked: BTreeSet<InputId> = p.tracks.iter().flat_map(|t| t.inputs.clone()).collect();
    for (_, input) in p.inputs.iter_mut().enumerate().filter(|(at, _)| asked.contains(&InputId(*at as u32))) {
        let of = input.ident.key.clone();
        if matches!(input.origin, Origin::Entered | Origin::Attested { .. }) {
            see(&of, Place::Flag(&mut input.optional));
        }
        see(&of, Place::Bound(&mut input.field.low));
        see(&of, Place::Bound(&mut input.field.high));
        input.field.limits.iter_mut().for_each(|limit| see(&of, Place::Limit(limit)));
        guard(&of, &mut input.when, see);
        if let Origin::Computed(value) = &mut input.origin {
            each_expr(&of, value, see);
        }
    }
    for track in &mut p.tracks {
        for named in &mut track.lets {
            each_expr(&named.ident.key, &mut named.value, see);
        }
        for rule in &mut track.rules {
            let of = rule.ident.key.clone();
            if !rule.soft {
                see(&of, Place::Strength(&mut rule.strength));
            }
            guard(&of, &mut rule.when, see);
            guard(&of, &mut rule.unless, see);
            each_test(&of, &mut rule.test, see);
        }
    }
    for material in &mut p.materials {
        let of = material.ident.key.clone();
        see(&of, Place::Flag(&mut material.optional));
        material.formats.iter_mut().for_each(|format| see(&of, Place::Flag(&mut format.sealed)));
    }
    for quota in &mut p.quotas {
        let of = quota.ident.key.clone();
        guard(&of, &mut quota.when, see);
        each_expr(&of, &mut quota.test, see);
    }
    for indicator in p.targets.iter_mut().flat_map(|t| &mut t.indicators) {
        let of = indicator.ident.key.clone();
        let soft = |m: &Milestone| m.strive || matches!(m.bound, Some(Bound::About(_)));
        if !indicator.milestones.iter().all(soft) {
            see(&of, Place::Flag(&mut indicator.strive));
        }
        if let Measure::Computed { value, .. } = &mut indicator.measure {
            each_expr(&of, value, see);
        }
        for milestone in &mut indicator.milestones {
            if let MilestoneTime::By(day) = &mut milestone.when {
                see(&of, Place::Day(day));
            }
            match &mut milestone.bound {
                None => {}
                Some(Bound::Between(low, high)) => [low, high].into_iter().for_each(|limit| each_expr(&of, limit, see)),
                Some(
                    Bound::AtMost(limit)
                    | Bound::Less(limit)
                    | Bound::AtLeast(limit)
                    | Bound::More(limit)
                    | Bound::Equal(limit)
                    | Bound::About(limit),
                ) => each_expr(&of, limit, see),
            }
        }
    }
    for stage in p.workflows.iter_mut().flat_map(|w| &mut w.stages) {
        let of = stage.ident.key.clone();
        for deadline in stage.open.iter_mut().chain(&mut stage.due) {
            if let Deadline::At(expr) | Deadline::Inferred(expr) = deadline {
                each_expr(&of, expr, see);
            }
        }
    }
}

fn guard(of: &str, guard: &mut Option<Expr>, see: &mut dyn FnMut(&str, Place<'_>)) {
    see(of, Place::Guard(guard));
    if let Some(expr) = guard {
        each_expr(of, expr, see);
    }
}

fn each_test(of: &str, test: &mut Test, see: &mut dyn FnMut(&str, Place<'_>)) {
    match test {
        Test::Expr(expr) => each_expr(of, expr, see),
        Test::Threshold { need, members } => {
            see(of, Place::Need(need));
            for member in members {
                guard(of, &mut member.when, see);
                each_test(of, &mut member.test, see);
            }
        }
        Test::Bad | Test::Judged { .. } | Test::Attested { .. } | Test::External { .. } => {}
    }
}

/// Another of the same kind.
fn other_part(part: DayPart) -> DayPart {
    match part {
        DayPart::Start(stretch) => DayPart::End(stretch),
        DayPart::End(stretch) => DayPart::Start(stretch),
        DayPart::Figure(Figure::Year) => DayPart::Figure(Figure::Month),
        DayPart::Figure(Figure::Month | Figure::DayOfWeek) => DayPart::Figure(Figure::DayOfMonth),
        DayPart::Figure(Figure::DayOfMonth) => DayPart::Figure(Figure::DayOfWeek),
    }
}

/// The expression and its parts, outside in.
fn each_expr(of: &str, expr: &mut Expr, see: &mut dyn FnMut(&str, Place<'_>)) {
    see(of, Place::Expr(expr));
    let mut all = |parts: Vec<&mut Expr>| parts.into_iter().for_each(|part| each_expr(of, part, see));
    match &mut expr.kind {
        ExprKind::Member { of: x, .. } | ExprKind::Length(x) | ExprKind::Not(x) | ExprKind::IsGiven(x) | ExprKind::Negate(x) => {
            all(vec![x])
        }
        ExprKind::Round { value: x, .. } | ExprKind::Shift { date: x, .. } | ExprKind::OfDay { day: x, .. } => all(vec![x]),
        ExprKind::And(of) | ExprKind::Or(of) | ExprKind::Extreme { of, .. } => all(of.iter_mut().collect()),
        ExprKind::Lookup { keys, .. } => all(keys.iter_mut().collect()),
        ExprKind::Compare { left, right, .. } | ExprKind::Arithmetic { left, right, .. } => all(vec![left, right]),
        ExprKind::Elapsed { from, to, .. } => all(vec![from, to]),
        ExprKind::ShiftTimes { date, times, .. } => all(vec![date, times]),
        ExprKind::About { value, target } => all(vec![value, target]),
        ExprKind::In { value, set } => {
            all(vec![value]);
            all(set.iter_mut().collect());
        }
        ExprKind::Otherwise { value, default } => all(vec![value, default]),
        ExprKind::If { test, then, other } => all(vec![test, then, other]),
        ExprKind::OverList { list, filter, value, .. } => {
            all(vec![list]);
            all(filter.iter_mut().chain(value).map(|x| &mut **x).collect());
        }
        ExprKind::OverCases { members, .. } => all(members.iter_mut().flat_map(|m| m.filter.iter_mut().chain(&mut m.value)).collect()),
        ExprKind::Share { members } => all(members.iter_mut().flat_map(|m| m.base.iter_mut().chain(&mut m.part)).collect()),
        ExprKind::Split { total, keys, .. } => {
            all(vec![total]);
            all(keys.iter_mut().collect());
        }
        ExprKind::Bad
        | ExprKind::Bool(_)
        | ExprKind::Number(_)
        | ExprKind::Text(_)
        | ExprKind::Date(_)
        | ExprKind::Moment(_)
        | ExprKind::Duration(_)
        | ExprKind::EnumValue { .. }
        | ExprKind::Silent { .. }
        | ExprKind::Input(_)
        | ExprKind::Rule(_)
        | ExprKind::Let(_)
        | ExprKind::Constant(_)
        | ExprKind::ItemField { .. }
        | ExprKind::Item { .. }
        | ExprKind::Key(_)
        | ExprKind::Due(_)
        | ExprKind::Time(_)
        | ExprKind::ReadingIs { .. }
        | ExprKind::OverColumn { .. } => {}
    }
}
