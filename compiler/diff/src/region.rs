//! The region in which a change can be felt: for each entry that is read, the values at which something can change.
//!
//! In: what a rule reads under both versions. Out: one [`Dimension`] an entry; whether its values are all that matter. Always: the constants
//! are those of both versions, a step below, on and above each; blank; every value of a closed list; yes and no.

use crate::reads::Reads;
use prog_base::{Date, DayPart, Duration, DurationUnit, Exact};
use prog_cases::{Boundaries, Constants};
use prog_model::{ArithmeticOp, Expr, ExprKind, InputId, KeyCell, Programme, ReadingValue, TrackId, Type};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// One entry with the values that are tried; `None`: left out.
#[derive(Clone, Debug)]
pub(crate) struct Dimension {
    pub pointer: String,
    pub values: Vec<Option<Value>>,
}

/// The dimensions of a region, and whether trying them all decides.
pub(crate) struct Region {
    pub dimensions: Vec<Dimension>,
    pub exact: bool,
}

/// One version's side of a region.
pub(crate) struct Part<'p> {
    pub p: &'p Programme,
    pub track: TrackId,
    pub reads: &'p Reads<'p>,
}

/// The region of what both sides read, besides entries at these pointers.
pub(crate) fn region(parts: &[Part<'_>], besides: &BTreeSet<String>) -> Region {
    let mut constants = Constants::default();
    for part in parts {
        collect(part, &mut constants);
    }
    constants.dates.extend(moved_days(parts));
    let mut turning = Vec::new();
    for part in parts {
        let mut see = |x: &Expr| turning.extend(part.p.turning_days(x, &constants.numbers, &constants.dates));
        part.reads.exprs.iter().for_each(|(_, e)| e.visit(&mut see));
    }
    constants.dates.extend(turning);
    tidy(&mut constants);
    let mut wanted = besides.clone();
    for part in parts {
        let inputs = part.reads.inputs.get(&part.track).into_iter().flatten();
        wanted.extend(inputs.map(|id| part.p.input(*id).pointer.clone()));
        wanted.extend(part.reads.sheets.get(&part.track).into_iter().flatten().cloned());
    }
    if parts.iter().any(|part| part.reads.events) {
        wanted.insert("/events".to_owned());
    }
    let mut dimensions: BTreeMap<String, Vec<Option<Value>>> = BTreeMap::new();
    for part in parts {
        let boundaries = Boundaries { programme: part.p, constants: constants.clone() };
        for change in boundaries.changes(part.p.track(part.track)) {
            if wanted.contains(&change.pointer) {
                let values = dimensions.entry(change.pointer).or_default();
                if !values.contains(&change.value) {
                    values.push(change.value);
                }
            }
        }
        lists(part, &constants, &mut dimensions);
    }
    let exact = parts.iter().all(exact);
    Region { dimensions: dimensions.into_iter().map(|(pointer, values)| Dimension { pointer, values }).collect(), exact }
}

/// Days that one calendar has worked and another off, and where those lead that are counted over them.
fn moved_days(parts: &[Part<'_>]) -> BTreeSet<Date> {
    const MOST: usize = 6;
    let departures = |part: &Part<'_>| part.p.calendar.iter().flat_map(|c| c.days.departures()).collect::<BTreeSet<_>>();
    let all: Vec<BTreeSet<(Date, bool)>> = parts.iter().map(departures).collect();
    let in_all = |day: &(Date, bool)| all.iter().all(|one| one.contains(day));
    let moved: BTreeSet<Date> = all.iter().flatten().filter(|day| !in_all(day)).map(|(day, _)| *day).take(MOST).collect();
    let mut lengths = Vec::new();
    for (_, e) in parts.iter().flat_map(|part| &part.reads.exprs) {
        e.visit(&mut |x| {
            if let ExprKind::Shift { by, .. } = x.kind
                && by.unit == DurationUnit::WorkingDays
            {
                lengths.push(by);
            }
        });
    }
    let ends = moved.iter().flat_map(|day| {
        let lead = |by: &Duration| parts.iter().filter_map(|part| part.p.later(*day, *by)).collect::<Vec<_>>();
        lengths.iter().flat_map(lead).collect::<Vec<_>>()
    });
    ends.chain(moved.iter().copied()).collect()
}

/// Constants of the expressions that are read; bands of tables; bands of “about”.
fn collect(part: &Part<'_>, constants: &mut Constants) {
    let about = part.p.readings.iter().find_map(|r| if let ReadingValue::Band(n) = &r.value { Some(n.clone()) } else { None });
    for (_, e) in &part.reads.exprs {
        e.visit(&mut |x| match &x.kind {
            ExprKind::Number(n) => constants.numbers.push(n.clone()),
            ExprKind::Date(day) => constants.dates.push(*day),
            ExprKind::Text(text) => constants.texts.push(text.clone()),
            ExprKind::About { target, .. } => {
                if let (Some(n), Some(band)) = (number(part.p, target), &about) {
                    let (low, high) = (&n - &(&n * band), &n + &(&n * band));
                    constants.numbers.extend([low, high]);
                }
            }
            ExprKind::Compare { left, right, .. } => constants.numbers.extend([left, right].into_iter().filter_map(|e| number(part.p, e))),
            ExprKind::Shift { .. } => constants.dates.extend(day(part, x)),
            _other => {}
        });
    }
    for table in &part.p.tables {
        if !part.reads.names.contains(&format!("table:{}", table.ident.key)) {
            continue;
        }
        for cell in table.rows.iter().flat_map(|r| &r.keys) {
            if let KeyCell::Band { low, high } = cell {
                constants.numbers.extend(low.iter().chain(high).map(|(n, _)| n.clone()));
            }
        }
    }
}

fn tidy(constants: &mut Constants) {
    constants.numbers.sort();
    constants.numbers.dedup();
    constants.dates.sort();
    constants.dates.dedup();
    constants.texts.sort();
    constants.texts.dedup();
    // Without a day to lay around, a day like any other stands for days.
    constants.dates.extend(if constants.dates.is_empty() { Date::new(2024, 5, 1) } else { None });
}

/// Lists as long as a constant says, one less and one more; texts likewise where their length is asked for.
fn lists(part: &Part<'_>, constants: &Constants, dimensions: &mut BTreeMap<String, Vec<Option<Value>>>) {
    let lengths = constants.numbers.iter().filter_map(Exact::to_i64).filter(|n| (0..=2000).contains(n));
    let lengths: BTreeSet<usize> = lengths.flat_map(|n| [(n - 1).max(0) as usize, n as usize, n as usize + 1]).collect();
    let mut measured = false;
    for (_, e) in &part.reads.exprs {
        e.visit(&mut |x| measured |= matches!(x.kind, ExprKind::Length(_)));
    }
    for id in part.reads.inputs.get(&part.track).into_iter().flatten() {
        let input = part.p.input(*id);
        let Some(values) = dimensions.get_mut(&input.pointer) else { continue };
        match &input.ty {
            Type::List(_) => {
                let item = values.iter().flatten().filter_map(Value::as_array).find(|a| a.len() == 1).and_then(|a| a.first().cloned());
                let Some(item) = item else { continue };
                for n in lengths.iter().filter(|n| **n <= 100) {
                    let value = Some(Value::Array(vec![item.clone(); *n]));
                    if !values.contains(&value) {
                        values.push(value);
                    }
                }
            }
            Type::Text if measured => values.extend(lengths.iter().map(|n| Some(json!("字".repeat(*n))))),
            _other => {}
        }
    }
}

/// A number that is the same for every case.
pub(crate) fn number(p: &Programme, e: &Expr) -> Option<Exact> {
    match &e.kind {
        ExprKind::Number(n) => Some(n.clone()),
        ExprKind::Constant(id) => number(p, &p.lets[id.index()].value),
        ExprKind::Elapsed { unit, from, to } => Some(Exact::from(p.fixed_day(from)?.until(p.fixed_day(to)?, *unit))),
        ExprKind::OfDay { part: DayPart::Figure(figure), day } => Some(Exact::from(p.fixed_day(day)?.figure(*figure))),
        ExprKind::Negate(of) => number(p, of).map(|n| &Exact::ZERO - &n),
        ExprKind::Arithmetic { op, left, right } => {
            let (a, b) = (number(p, left)?, number(p, right)?);
            match op {
                ArithmeticOp::Add => Some(&a + &b),
                ArithmeticOp::Subtract => Some(&a - &b),
                ArithmeticOp::Multiply => Some(&a * &b),
                ArithmeticOp::Divide => a.checked_div(&b),
            }
        }
        _varies => None,
    }
}

/// A day that is the same for every case.
fn day(part: &Part<'_>, e: &Expr) -> Option<Date> {
    match &e.kind {
        ExprKind::Date(day) => Some(*day),
        ExprKind::Constant(id) => day(part, &part.p.lets[id.index()].value),
        ExprKind::Shift { date, by } => part.p.later(day(part, date)?, *by),
        ExprKind::OfDay { part: DayPart::Start(stretch), day: of } => day(part, of)?.start_of(*stretch),
        ExprKind::OfDay { part: DayPart::End(stretch), day: of } => day(part, of)?.end_of(*stretch),
        ExprKind::Due(stage) => match part.p.stage(part.track, *stage).and_then(|(_, s)| s.due.as_ref()) {
            Some(prog_model::Deadline::At(e) | prog_model::Deadline::Inferred(e)) => day(part, e),
            Some(prog_model::Deadline::Unknown(_) | prog_model::Deadline::Absent) | None => None,
        },
        _varies => None,
    }
}

/// Whether every condition compares one entry with constants, so that the values tried are all that matter.
fn exact(part: &Part<'_>) -> bool {
    !part.reads.events && !part.reads.items && part.reads.exprs.iter().all(|(track, e)| simple(part, *track, e))
}

/// The same of what is asked of each case of a batch: filters and keys, tables and constants; what is counted is another matter.
pub(crate) fn exact_in_cases(part: &Part<'_>) -> bool {
    !part.reads.events && !part.reads.items && part.reads.exprs.iter().all(|(track, e)| track.is_none() || simple(part, *track, e))
}

fn simple(part: &Part<'_>, track: Option<TrackId>, e: &Expr) -> bool {
    let all = |list: &[Expr]| list.iter().all(|e| simple(part, track, e));
    match &e.kind {
        ExprKind::Bool(_)
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
        | ExprKind::Key(_)
        | ExprKind::Due(_)
        | ExprKind::ReadingIs { .. } => true,
        ExprKind::Member { of, .. } => matches!(of.kind, ExprKind::Input(_)),
        ExprKind::Not(of) | ExprKind::IsGiven(of) | ExprKind::Length(of) => simple(part, track, of),
        ExprKind::And(list) | ExprKind::Or(list) => all(list),
        ExprKind::Compare { left, right, .. } | ExprKind::About { value: left, target: right } => {
            let varies = [left, right].map(|e| !entries(part, track, e).is_empty());
            simple(part, track, left) && simple(part, track, right) && !(varies[0] && varies[1])
        }
        ExprKind::In { value, set } => simple(part, track, value) && all(set),
        ExprKind::Otherwise { value, default } => simple(part, track, value) && simple(part, track, default),
        ExprKind::If { test, then, other } => [test, then, other].iter().all(|e| simple(part, track, e)),
        ExprKind::Lookup { keys, .. } => all(keys),
        // Anything computed is exact only where nothing of it varies.
        ExprKind::Arithmetic { .. }
        | ExprKind::Negate(_)
        | ExprKind::Extreme { .. }
        | ExprKind::Round { .. }
        | ExprKind::Shift { .. }
        | ExprKind::ShiftTimes { .. }
        | ExprKind::Elapsed { .. }
        | ExprKind::OfDay { .. } => entries(part, track, e).is_empty() && (number(part.p, e).is_some() || day(part, e).is_some()),
        ExprKind::Bad
        | ExprKind::ItemField { .. }
        | ExprKind::Item { .. }
        | ExprKind::Time(_)
        | ExprKind::OverList { .. }
        | ExprKind::OverCases { .. }
        | ExprKind::Share { .. }
        | ExprKind::OverColumn { .. }
        | ExprKind::Split { .. } => false,
    }
}

/// The entries that an expression's value is made of; what is looked up is one of a table's constants.
fn entries(part: &Part<'_>, track: Option<TrackId>, e: &Expr) -> BTreeSet<InputId> {
    match &e.kind {
        ExprKind::Input(id) => BTreeSet::from([*id]),
        ExprKind::Let(id) => track.map(|t| entries(part, track, &part.p.track(t).lets[id.index()].value)).unwrap_or_default(),
        ExprKind::Constant(id) => entries(part, None, &part.p.lets[id.index()].value),
        ExprKind::Lookup { .. } => BTreeSet::new(),
        _made_of_parts => e.parts().into_iter().flat_map(|x| entries(part, track, x)).collect(),
    }
}
