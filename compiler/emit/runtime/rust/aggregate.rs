//! Aggregates over members that are surely in, surely out, or maybe in: intervals.
//!
//! In: each member with whether it counts and its value. Out: a value; a known one only when nothing is open.

use super::number::Exact;
use super::truth::Truth;
use super::value::{Needs, Value};
use std::collections::BTreeSet;

/// What is made of many values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregation {
    /// How many there are.
    Count,
    /// How many different ones there are.
    CountDistinct,
    /// Their sum.
    Sum,
    /// The smallest.
    Min,
    /// The largest.
    Max,
    /// Whether one holds.
    Any,
    /// Whether all hold.
    All,
    /// Whether none holds.
    None,
}

/// One member: whether it counts, and its value where the aggregate asks for one.
#[derive(Clone, Debug)]
pub struct Counted<'a> {
    /// Whether it counts.
    pub counts: Truth,
    /// Its value; truth values for any, all, none.
    pub value: Option<Value<'a>>,
}

/// The aggregate of all members; those surely out are passed over.
pub fn aggregate<'a>(op: Aggregation, members: Vec<Counted<'a>>) -> Value<'a> {
    match op {
        Aggregation::Count => count(&members),
        Aggregation::CountDistinct => count_distinct(&members),
        Aggregation::Sum => sum(&members),
        Aggregation::Min => extreme(false, &members),
        Aggregation::Max => extreme(true, &members),
        Aggregation::Any => exists(members).into_value(),
        Aggregation::None => exists(members).negated().into_value(),
        Aggregation::All => {
            let every = members.into_iter().map(|m| {
                let holds = m.value.map_or(Truth::True, Truth::from_value);
                Truth::or([m.counts.negated(), holds])
            });
            Truth::and(every).into_value()
        }
    }
}

fn exists(members: Vec<Counted<'_>>) -> Truth {
    Truth::or(members.into_iter().map(|m| {
        let holds = m.value.map_or(Truth::True, Truth::from_value);
        Truth::and([m.counts, holds])
    }))
}

/// What members await: whether they count, then what they are.
fn needs(members: &[Counted<'_>]) -> Needs {
    let mut needs = Needs::default();
    for member in members.iter().filter(|m| !m.counts.is_false()) {
        if let Truth::Unknown(more) = &member.counts {
            needs.add(more);
        }
        if let Some(more) = member.value.as_ref().and_then(Value::needs) {
            needs.add(more);
        }
    }
    needs
}

/// A number between two counts; known when nothing is open.
fn between<'a>(low: usize, high: usize, open: bool, members: &[Counted<'a>]) -> Value<'a> {
    if !open {
        return Value::whole(low);
    }
    let end = |n: usize| Value::whole(n).number().cloned();
    Value::between(needs(members), end(low), end(high))
}

fn count<'a>(members: &[Counted<'a>]) -> Value<'a> {
    let sure = members.iter().filter(|m| m.counts.is_true()).count();
    let out = members.iter().filter(|m| m.counts.is_false()).count();
    let possible = members.len() - out;
    between(sure, possible, possible > sure, members)
}

fn count_distinct<'a>(members: &[Counted<'a>]) -> Value<'a> {
    let (mut sure, mut possible): (Vec<&Value<'a>>, Vec<&Value<'a>>) = (Vec::new(), Vec::new());
    let (mut nameless_sure, mut nameless, mut open) = (false, 0, false);
    for member in members.iter().filter(|m| !m.counts.is_false()) {
        let Some(value) = &member.value else { continue };
        let certain = member.counts.is_true();
        open |= !certain;
        if !value.is_known() {
            open = true;
            nameless += 1;
            nameless_sure |= certain;
            continue;
        }
        if !possible.contains(&value) {
            possible.push(value);
        }
        if certain && !sure.contains(&value) {
            sure.push(value);
        }
    }
    let low = sure.len().max(usize::from(nameless_sure));
    between(low, possible.len() + nameless, open, members)
}

fn sum<'a>(members: &[Counted<'a>]) -> Value<'a> {
    let zero = Exact::ZERO;
    let (mut low, mut high, mut open) = (Some(zero.clone()), Some(zero.clone()), false);
    for member in members.iter().filter(|m| !m.counts.is_false()) {
        let Some(value) = &member.value else { continue };
        let (mut l, mut h) = value.bounds();
        open |= value.number().is_none();
        if !member.counts.is_true() {
            open = true;
            // One that may not count adds between nothing and its value.
            l = l.map(|n| n.min(&zero));
            h = h.map(|n| n.max(&zero));
        }
        low = low.zip(l).map(|(sum, n)| &sum + n);
        high = high.zip(h).map(|(sum, n)| &sum + n);
    }
    match low {
        Some(sum) if !open => Value::Number(sum),
        low => Value::between(needs(members), low, high),
    }
}

/// The smallest or largest; nothing to choose from has no value that is known.
fn extreme<'a>(larger: bool, members: &[Counted<'a>]) -> Value<'a> {
    let (mut inner, mut outer): (Option<Exact>, Option<Exact>) = (None, None);
    let (mut outer_open, mut open, mut any) = (false, false, false);
    let better = |old: Option<Exact>, new: &Exact| match old {
        Some(old) if (larger && old >= *new) || (!larger && old <= *new) => Some(old),
        Some(_) | None => Some(new.clone()),
    };
    for member in members.iter().filter(|m| !m.counts.is_false()) {
        let Some(value) = &member.value else { continue };
        let certain = member.counts.is_true();
        any |= certain;
        open |= !certain || value.number().is_none();
        let (low, high) = value.bounds();
        let (near, far) = if larger { (low, high) } else { (high, low) };
        if let (true, Some(near)) = (certain, near) {
            inner = better(inner, near);
        }
        match far {
            Some(far) => outer = better(outer, far),
            None => outer_open = true,
        }
    }
    if any && !open {
        return inner.map_or(Value::None, Value::Number);
    }
    if !any {
        return Value::unknown(needs(members));
    }
    let outer = if outer_open { None } else { outer };
    let (low, high) = if larger {
        (inner, outer)
    } else {
        (outer, inner)
    };
    Value::between(needs(members), low, high)
}

/// Whether so many whole numbers, one after another, are each the value of a member that counts. A member of which the value is not
/// known can stand for any one number; one that has no value stands for none.
pub fn has_run(length: usize, mut members: Vec<Counted<'_>>) -> Truth {
    members.retain(|m| !m.counts.is_false() && !matches!(m.value, None | Some(Value::None)));
    let (mut sure, mut possible, mut free) = (BTreeSet::new(), BTreeSet::new(), 0);
    for member in &members {
        let Some(number) = member.value.as_ref().and_then(Value::number) else {
            free += 1;
            continue;
        };
        possible.insert(number.clone());
        if member.counts.is_true() {
            sure.insert(number.clone());
        }
    }
    if makes_run(length, 0, &sure) {
        Truth::True
    } else if makes_run(length, free, &possible) {
        Truth::Unknown(needs(&members))
    } else {
        Truth::False
    }
}

/// Whether these whole numbers and so many `free` ones can make up a run of that length: all but `free` of them are there.
fn makes_run(length: usize, free: usize, numbers: &BTreeSet<Exact>) -> bool {
    let Some(before) = length.checked_sub(free + 1) else {
        return true;
    };
    let reach = Exact::from(length as i64);
    let mut pairs = numbers.iter().zip(numbers.iter().skip(before));
    pairs.any(|(first, last)| last - first < reach)
}

/// One case in a share: whether it is in the base, and whether in the part within it.
#[derive(Clone, Debug)]
pub struct Portion {
    /// In the base.
    pub base: Truth,
    /// In the part.
    pub part: Truth,
}

/// `lo = t/(t+b)`, `hi = p/(p+m)`: t surely in the part, b maybe in the base outside the part, p maybe or surely in the part, m surely
/// in the base outside the part. A bound of 0/0 makes it unknown. With part and base, where both are known.
pub fn share<'a>(portions: Vec<Portion>) -> (Value<'a>, Option<(i64, i64)>) {
    let (mut t, mut b, mut p, mut m) = (0_i64, 0_i64, 0_i64, 0_i64);
    let mut needs = Needs::default();
    for portion in portions {
        let inside = Truth::and([portion.base.clone(), portion.part.clone()]);
        let outside = Truth::and([portion.base, portion.part.negated()]);
        t += i64::from(inside.is_true());
        p += i64::from(!inside.is_false());
        m += i64::from(outside.is_true());
        b += i64::from(!outside.is_false());
        for open in [inside, outside] {
            if let Truth::Unknown(more) = open {
                needs.add(&more);
            }
        }
    }
    let quotient = |part: i64, base: i64| Exact::from(part).divided(&Exact::from(base));
    let counted = (t == p && b == m).then_some((t, t + b));
    let value = match (quotient(t, t + b), quotient(p, p + m)) {
        (Some(low), Some(_)) if counted.is_some() => Value::Number(low),
        (Some(low), Some(high)) => Value::between(needs, Some(low), Some(high)),
        (_, _) => Value::unknown(needs),
    };
    (value, counted)
}
