//! Aggregates over members that are surely in, surely out, or maybe in: intervals (semantics 3.7).
//!
//! In: each member with whether it counts and its value. Out: a value; a known one only when nothing is open.

use crate::truth::Truth;
use crate::value::{Needs, Unknown, Value};
use prog_base::Exact;
use prog_model::Aggregation;
use std::collections::BTreeSet;

/// One member: whether it counts, and its value where the aggregate asks for one.
pub struct Member<'a> {
    /// Whether it counts.
    pub counts: Truth<'a>,
    /// Its value; truth values for any, all, none.
    pub value: Option<Value<'a>>,
}

/// The aggregate of all members; those surely out are passed over.
pub fn aggregate<'a>(op: Aggregation, members: Vec<Member<'a>>) -> Value<'a> {
    match op {
        Aggregation::Count => count(&members),
        Aggregation::CountDistinct => count_distinct(&members),
        Aggregation::Sum => sum(&members),
        Aggregation::Min => extreme(false, &members),
        Aggregation::Max => extreme(true, &members),
        Aggregation::Consecutive(length) => has_run(length as usize, members).into_value(),
        Aggregation::Any => exists(members).into_value(),
        Aggregation::None => exists(members).not().into_value(),
        Aggregation::All => Truth::and(members.into_iter().map(|m| {
            let holds = m.value.map_or(Truth::True, Truth::from_value);
            Truth::or([m.counts.not(), holds])
        }))
        .into_value(),
    }
}

fn exists<'a>(members: Vec<Member<'a>>) -> Truth<'a> {
    Truth::or(members.into_iter().map(|m| {
        let holds = m.value.map_or(Truth::True, Truth::from_value);
        Truth::and([m.counts, holds])
    }))
}

/// What members await: whether they count, then what they are.
fn needs<'a>(members: &[Member<'a>]) -> Needs<'a> {
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

fn whole(n: usize) -> Exact {
    Exact::from(n as i64)
}

/// A number between two counts; known when they are the same and nothing is open.
fn between<'a>(low: usize, high: usize, open: bool, members: &[Member<'a>]) -> Value<'a> {
    if !open {
        return Value::Number(whole(low));
    }
    Value::Unknown(Unknown { needs: needs(members), low: Some(whole(low)), high: Some(whole(high)) })
}

fn count<'a>(members: &[Member<'a>]) -> Value<'a> {
    let sure = members.iter().filter(|m| m.counts.is_true()).count();
    let maybe = members.iter().filter(|m| matches!(m.counts, Truth::Unknown(_))).count();
    between(sure, sure + maybe, maybe > 0, members)
}

fn count_distinct<'a>(members: &[Member<'a>]) -> Value<'a> {
    let (mut sure, mut possible): (Vec<&Value<'a>>, Vec<&Value<'a>>) = (Vec::new(), Vec::new());
    let (mut nameless_sure, mut nameless, mut open) = (false, 0, false);
    for member in members.iter().filter(|m| !m.counts.is_false()) {
        let Some(value) = &member.value else { continue };
        let certain = member.counts.is_true();
        open |= !certain;
        if matches!(value, Value::Unknown(_) | Value::None) {
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

fn sum<'a>(members: &[Member<'a>]) -> Value<'a> {
    let zero = Exact::ZERO;
    let (mut low, mut high, mut open) = (Some(zero.clone()), Some(zero.clone()), false);
    for member in members.iter().filter(|m| !m.counts.is_false()) {
        let Some(value) = &member.value else { continue };
        let (mut l, mut h) = value.bounds();
        open |= !matches!(value, Value::Number(_));
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
        low => Value::Unknown(Unknown { needs: needs(members), low, high }),
    }
}

/// The smallest or largest; nothing to choose from has no value that is known.
fn extreme<'a>(larger: bool, members: &[Member<'a>]) -> Value<'a> {
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
        open |= !certain || !matches!(value, Value::Number(_));
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
    let (low, high) = if larger { (inner, outer) } else { (outer, inner) };
    Value::Unknown(Unknown { needs: needs(members), low, high })
}

/// Whether so many whole numbers, one after another, are each the value of a member that counts. A member of which the value is not
/// known can stand for any one number; one that has no value stands for none.
fn has_run(length: usize, mut members: Vec<Member<'_>>) -> Truth<'_> {
    members.retain(|m| !m.counts.is_false() && !matches!(m.value, None | Some(Value::None)));
    let (mut sure, mut possible, mut free) = (BTreeSet::new(), BTreeSet::new(), 0);
    for member in &members {
        let Some(Value::Number(n)) = &member.value else {
            free += 1;
            continue;
        };
        possible.insert(n.clone());
        if member.counts.is_true() {
            sure.insert(n.clone());
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
    let Some(before) = length.checked_sub(free + 1) else { return true };
    let reach = whole(length);
    numbers.iter().zip(numbers.iter().skip(before)).any(|(first, last)| last - first < reach)
}

/// One case in a share: whether it is in the base, and whether in the part.
pub struct Portion<'a> {
    /// In the base.
    pub base: Truth<'a>,
    /// In the part (within the base).
    pub part: Truth<'a>,
}

/// A share with what it was made of.
pub struct Share<'a> {
    /// The share.
    pub value: Value<'a>,
    /// Part and base, when both are known.
    pub counted: Option<(u64, u64)>,
}

/// `lo = t/(t+b)`, `hi = p/(p+m)`: t surely in the part, b maybe in the base outside the part, p maybe or surely in the part, m surely in
/// the base outside the part. A bound of 0/0 makes it unknown.
pub fn share<'a>(portions: Vec<Portion<'a>>) -> Share<'a> {
    let (mut t, mut b, mut p, mut m) = (0i64, 0i64, 0i64, 0i64);
    let mut needs = Needs::default();
    for portion in portions {
        let inside = Truth::and([portion.base.clone(), portion.part.clone()]);
        let outside = Truth::and([portion.base, portion.part.not()]);
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
    let (low, high) = (Exact::ratio(t, t + b), Exact::ratio(p, p + m));
    let counted = (t == p && b == m).then_some((t as u64, (t + b) as u64));
    let value = match (low, high) {
        (Some(low), Some(_)) if counted.is_some() => Value::Number(low),
        (Some(low), Some(high)) => Value::Unknown(Unknown { needs, low: Some(low), high: Some(high) }),
        (None, _) | (_, None) => Value::unknown(needs),
    };
    Share { value, counted }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Source;

    fn open() -> Truth<'static> {
        Truth::Unknown(Needs::one("x", Source::Other))
    }

    fn n(i: i64) -> Value<'static> {
        Value::Number(Exact::from(i))
    }

    fn bounds(value: &Value<'_>) -> String {
        let show = |e: Option<&Exact>| e.map_or(String::new(), Exact::to_string);
        let (low, high) = value.bounds();
        let mark = if matches!(value, Value::Number(_)) { "=" } else { "?" };
        format!("{mark}{}..{}", show(low), show(high))
    }

    #[test]
    fn semantics_3_7_aggregates_are_intervals() {
        let blank =
            |low, high| Value::Unknown(Unknown { needs: Needs::default(), low: Some(Exact::from(low)), high: Some(Exact::from(high)) });
        for (op, members, result) in [
            (Aggregation::Count, vec![(Truth::True, None), (open(), None), (Truth::False, None)], "?1..2"),
            (Aggregation::Count, vec![], "=0..0"),
            (Aggregation::Sum, vec![(Truth::True, Some(n(3))), (open(), Some(n(2))), (open(), Some(n(-1)))], "?2..5"),
            (Aggregation::Sum, vec![(Truth::True, Some(blank(0, 10))), (Truth::True, Some(n(5)))], "?5..15"),
            (Aggregation::Max, vec![(Truth::True, Some(n(3))), (open(), Some(n(7)))], "?3..7"),
            (Aggregation::Max, vec![(open(), Some(n(7)))], "?.."),
            (Aggregation::Min, vec![(Truth::True, Some(n(3))), (Truth::True, Some(n(7)))], "=3..3"),
            (Aggregation::CountDistinct, vec![(Truth::True, Some(n(3))), (Truth::True, Some(n(3))), (open(), Some(n(7)))], "?1..2"),
        ] {
            let members = members.into_iter().map(|(counts, value)| Member { counts, value }).collect();
            assert_eq!(bounds(&aggregate(op, members)), result, "{op:?}");
        }
    }

    #[test]
    fn semantics_3_7_share_of_twenty_with_two_unknown() {
        let shares = |sure: usize, unknown: usize| {
            let part = (0..20).map(|i| {
                if i < sure {
                    Truth::True
                } else if i < sure + unknown {
                    open()
                } else {
                    Truth::False
                }
            });
            share(part.map(|part| Portion { base: Truth::True, part }).collect())
        };
        assert_eq!(bounds(&shares(4, 2).value), "?0.2..0.3");
        assert_eq!(bounds(&shares(3, 2).value), "?0.15..0.25");
        assert_eq!(shares(4, 0).counted, Some((4, 20)));
        let none = share(Vec::new());
        assert_eq!((bounds(&none.value).as_str(), none.counted), ("?..", Some((0, 0))));
    }

    /// An item of a list as `any N consecutive` sees it: whether it counts (`None`: open), and its year.
    type Yearly = (Option<bool>, Year);

    #[derive(Clone, Copy)]
    enum Year {
        Known(i64),
        Open,
        Absent,
    }

    /// Every way in which what is open may turn out: the years that count. An open year may be any near the known ones, or far from all.
    fn completions(items: &[Yearly]) -> Vec<Vec<i64>> {
        let mut all = vec![Vec::new()];
        for (at, (counts, year)) in items.iter().enumerate() {
            let years: Vec<i64> = match year {
                Year::Known(y) => vec![*y],
                Year::Open => (-2..=7).chain([1000 * (at as i64 + 1)]).collect(),
                Year::Absent => Vec::new(),
            };
            let out = (*counts != Some(true) || years.is_empty()).then_some(None);
            let within = years.into_iter().filter(|_| *counts != Some(false)).map(Some);
            let options: Vec<Option<i64>> = within.chain(out).collect();
            let with = |list: &Vec<i64>| options.iter().map(|y| list.iter().copied().chain(*y).collect()).collect::<Vec<Vec<i64>>>();
            all = all.iter().flat_map(with).collect();
        }
        all
    }

    /// Exhaustive: every list of up to four items, of years 1 to 4 that are known, open or absent, that count, do not, or may.
    #[test]
    fn consecutive_years_are_told_as_every_completion_tells_them() {
        let years = [1, 2, 3, 4].map(Year::Known).into_iter().chain([Year::Open, Year::Absent]);
        let mut kinds: Vec<Yearly> = years.flat_map(|y| [(Some(true), y), (None, y)]).collect();
        kinds.push((Some(false), Year::Open));
        let mut lists: Vec<Vec<usize>> = vec![Vec::new()];
        let mut longest = lists.clone();
        for _ in 0..4 {
            let longer = |l: &Vec<usize>| {
                (l.last().copied().unwrap_or(0)..kinds.len()).map(|k| l.iter().copied().chain([k]).collect()).collect::<Vec<Vec<usize>>>()
            };
            longest = longest.iter().flat_map(longer).collect();
            lists.extend(longest.clone());
        }
        let (mut checked, mut told) = (0, [0; 3]);
        for list in &lists {
            let items: Vec<Yearly> = list.iter().map(|k| kinds[*k]).collect();
            let completions = completions(&items);
            for length in 2..=4i64 {
                let holds = |years: &Vec<i64>| years.iter().any(|y| (0..length).all(|i| years.contains(&(y + i))));
                let (some, all) = (completions.iter().any(holds), completions.iter().all(holds));
                let members = items.iter().map(|(counts, year)| Member {
                    counts: counts.map_or_else(open, Truth::of),
                    value: Some(match year {
                        Year::Known(y) => n(*y),
                        Year::Open => Value::unknown(Needs::one("year", Source::Other)),
                        Year::Absent => Value::None,
                    }),
                });
                let found = aggregate(Aggregation::Consecutive(length as u32), members.collect());
                match &found {
                    Value::Bool(found) => assert!(*found == some && *found == all, "{list:?} {length}: {found} {some} {all}"),
                    Value::Unknown(u) => assert!(some && !all && !u.needs.0.is_empty(), "{list:?} {length}: {some} {all}"),
                    other => panic!("{other:?}"),
                }
                checked += 1;
                told[usize::from(some) + usize::from(all)] += 1;
            }
        }
        assert_eq!(checked, 7140);
        assert!(told.iter().all(|n| *n > 300), "{told:?}");
    }
}
