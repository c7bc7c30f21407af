//! Indicators: reports on targets that come out differently.
//!
//! In: an indicator under both versions. Out: the report that is worse under the new one, the one that is better. Always: values lie around
//! the bounds of both; one report says the same of every value of a list.

use crate::change::{Outcome, Witness, WitnessKind};
use crate::describe::shown;
use crate::effect::Felt;
use crate::ground::Grounds;
use crate::pair::Side;
use crate::prove::{At, smaller};
use crate::search::Level;
use prog_base::{Date, Exact};
use prog_cases::{Boundaries, Constants};
use prog_eval::{Options, result_word};
use prog_model::{Bound, Expr, ExprKind, Indicator, Measure, Milestone, MilestoneTime, Programme, RuleResult, TargetInput, Targets};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// So many reports are tried at most, in each year.
const MANY: usize = 240;

/// An indicator that changed, came or went; each by block and place.
pub(crate) fn felt(grounds: &Grounds<'_>, old: Option<(usize, usize)>, new: Option<(usize, usize)>) -> Felt {
    let sides = [Half::new(&grounds.old, old), Half::new(&grounds.new, new)];
    let Some(named) = sides[1].as_ref().or(sides[0].as_ref()) else { return Felt::default() };
    let mut felt = Felt { through: vec![named.indicator.ident.key.clone()], ..Felt::default() };
    let mut values: BTreeMap<(String, String), (TargetInput, &Programme, Vec<Value>)> = BTreeMap::new();
    let constants = constants(&sides);
    for half in sides.iter().flatten() {
        let boundaries = Boundaries { programme: half.side.p, constants: constants.clone() };
        let inputs = half.block.inputs();
        for index in half.block.reads(&inputs, half.place.1) {
            let input = &inputs[index];
            let id = (input.place.member().to_owned(), input.ident.key.clone());
            let known = &mut values.entry(id).or_insert_with(|| (input.clone(), half.side.p, Vec::new())).2;
            for value in boundaries.values(&input.field, 1) {
                if !known.contains(&value) && known.len() < MANY {
                    known.push(value);
                }
            }
        }
    }
    let periods = periods(&sides);
    let each = (2..).find(|n: &usize| n.pow(values.len().clamp(1, 8) as u32) > MANY).unwrap_or(2) - 1;
    let entries: Vec<(&TargetInput, &Programme, Vec<Option<Value>>)> = values
        .values()
        .map(|(input, p, all)| {
            let apart = all.len().div_ceil(each).max(1);
            (input, *p, all.iter().cloned().map(Some).step_by(apart).chain([None]).collect())
        })
        .collect();
    let mut digits = vec![0; entries.len()];
    loop {
        let chosen: Vec<Option<&Value>> = entries.iter().zip(&digits).map(|((_, _, all), d)| all[*d].as_ref()).collect();
        for (member, period) in &periods {
            compare(&sides, &entries, &chosen, member, period, &mut felt);
        }
        let Some(place) = (0..digits.len()).find(|i| digits[*i] + 1 < entries[*i].2.len()) else { break };
        digits[place] += 1;
        digits[..place].fill(0);
    }
    let reported = |half: &Option<Half<'_, '_>>| {
        half.as_ref().is_none_or(|h| matches!(h.indicator.measure, Measure::Reported(..) | Measure::Judged(_)))
    };
    felt.exact = sides.iter().all(reported) && entries.len() < 2;
    (felt.no_gain, felt.no_loss) = match &sides {
        [Some(a), Some(b)] => (indicators(b, a), indicators(a, b)),
        [None, _] => (true, false),
        [_, None] => (false, true),
    };
    felt
}

/// Indicators that read a constant, a table, a list.
pub(crate) fn of_readers(grounds: &Grounds<'_>, name: &str) -> Vec<Felt> {
    let reads = |p: &Programme, indicator: &Indicator| {
        let mut reader = crate::reads::Reader::new(p);
        if let Measure::Computed { value, .. } = &indicator.measure {
            reader.expr(None, value);
        }
        for bound in indicator.milestones.iter().filter_map(|m| m.bound.as_ref()) {
            bound.limits().into_iter().for_each(|e| reader.expr(None, e));
        }
        reader.finish().names.contains(name)
    };
    let mut keys: BTreeSet<(String, String)> = BTreeSet::new();
    for p in [grounds.old.p, grounds.new.p] {
        for block in &p.targets {
            let mine = block.indicators.iter().filter(|i| reads(p, i));
            keys.extend(mine.map(|i| (block.ident.key.clone(), i.ident.key.clone())));
        }
    }
    let find = |p: &Programme, (block, key): &(String, String)| {
        let at = p.targets.iter().position(|b| b.ident.key == *block)?;
        Some((at, p.targets[at].indicators.iter().position(|i| i.ident.key == *key)?))
    };
    keys.iter().map(|key| felt(grounds, find(grounds.old.p, key), find(grounds.new.p, key))).collect()
}

/// One version's indicator.
struct Half<'s, 'p> {
    side: &'s Side<'p>,
    block: &'p Targets,
    indicator: &'p Indicator,
    place: (usize, usize),
}

impl<'s, 'p> Half<'s, 'p> {
    fn new(side: &'s Side<'p>, place: Option<(usize, usize)>) -> Option<Self> {
        let (block, index) = place?;
        let block = side.p.targets.get(block)?;
        Some(Self { side, block, indicator: block.indicators.get(index)?, place: place? })
    }

    fn at<'e>(&'e self, e: &'e Expr) -> At<'e> {
        At { p: self.side.p, track: None, e }
    }
}

fn constants(sides: &[Option<Half<'_, '_>>; 2]) -> Constants {
    let mut constants = Constants::default();
    for half in sides.iter().flatten() {
        let mut see = |e: &Expr| {
            e.visit(&mut |x| match &x.kind {
                ExprKind::Number(n) => {
                    let tenth = n * &Exact::ratio(1, 10).unwrap_or(Exact::ZERO);
                    constants.numbers.extend([n.clone(), n - &tenth, n + &tenth]);
                }
                ExprKind::Date(day) => constants.dates.push(*day),
                ExprKind::Constant(_) => constants.numbers.extend(crate::region::number(half.side.p, x)),
                _other => {}
            });
        };
        if let Measure::Computed { value, .. } = &half.indicator.measure {
            see(value);
        }
        half.indicator.milestones.iter().filter_map(|m| m.bound.as_ref()).for_each(|b| b.limits().into_iter().for_each(&mut see));
    }
    constants.numbers.sort();
    constants.numbers.dedup();
    constants.dates.sort();
    constants.dates.dedup();
    constants
}

/// The years that milestones of either version speak of.
fn periods(sides: &[Option<Half<'_, '_>>; 2]) -> Vec<(String, i64)> {
    let mut all = BTreeSet::new();
    for milestone in sides.iter().flatten().flat_map(|h| &h.indicator.milestones) {
        let year = match &milestone.when {
            MilestoneTime::By(day) | MilestoneTime::Total(Some(day)) => i64::from(Date::parts(*day).0),
            MilestoneTime::EachYear | MilestoneTime::Total(None) => 1,
            MilestoneTime::Year(n) => i64::from(*n),
        };
        all.insert(year);
    }
    all.into_iter().map(|year| ("year".to_owned(), year)).collect()
}

type Entry<'e> = (&'e TargetInput, &'e Programme, Vec<Option<Value>>);

fn compare(
    sides: &[Option<Half<'_, '_>>; 2],
    entries: &[Entry<'_>],
    chosen: &[Option<&Value>],
    member: &str,
    period: &i64,
    felt: &mut Felt,
) {
    let results = sides.each_ref().map(|half| half.as_ref().map(|h| results(h, entries, chosen, member, *period)).unwrap_or_default());
    felt.tried += 1;
    let milestones: BTreeSet<usize> = results[0].keys().chain(results[1].keys()).copied().collect();
    for at in milestones {
        let met = (9, "met", false, String::new());
        let (was, is) = (results[0].get(&at).unwrap_or(&met), results[1].get(&at).unwrap_or(&met));
        if was.0 == is.0 {
            continue;
        }
        let loses = is.0 < was.0;
        let level = if (was.2 || was.0 == 9) && (is.2 || is.0 == 9) { Level::Note } else { Level::Verdict };
        let slot = if loses { &mut felt.loss } else { &mut felt.gain };
        if slot.as_ref().is_some_and(|(known, _)| *known <= level) {
            continue;
        }
        let Some(half) = sides[1].as_ref().or(sides[0].as_ref()) else { continue };
        let p = half.side.p;
        let cites = half.indicator.milestones.get(at).map(|m| &m.cites).filter(|c| !c.is_empty()).unwrap_or(&half.indicator.cites);
        let label = if is.3.is_empty() { &was.3 } else { &is.3 };
        let by = vec![(format!("{} {label}", half.indicator.ident.name), p.addresses(cites).into_iter().map(str::to_owned).collect())];
        let told = entries.iter().zip(chosen).map(|((input, p, _), value)| (input.ident.name.clone(), shown(p, &input.field, *value)));
        let witness = Witness {
            kind: WitnessKind::Report,
            loses,
            of: half.block.ident.name.clone(),
            count: 1,
            entries: told.collect(),
            before: Outcome { word: was.1, by: if loses { Vec::new() } else { by.clone() } },
            after: Outcome { word: is.1, by: if loses { by } else { Vec::new() } },
            data: vec![report(half, entries, chosen, member, *period)],
        };
        *slot = Some((level, witness));
    }
}

fn report(half: &Half<'_, '_>, entries: &[Entry<'_>], chosen: &[Option<&Value>], member: &str, period: i64) -> Value {
    let p = half.side.p;
    let mut report = json!({ "programme": p.ident.key, "targets": half.block.ident.key, "id": "r" });
    report[member] = json!(period);
    if period < 1000 {
        report["from"] = json!("2020-01-01");
    }
    let inputs = half.block.inputs();
    for ((input, _, _), value) in entries.iter().zip(chosen) {
        let own = inputs.iter().find(|i| i.ident.key == input.ident.key && i.place == input.place);
        let (Some(own), Some(value)) = (own, value) else { continue };
        let one = if input.place.member() == "values" { (*value).clone() } else { json!({ "value": value }) };
        let value = match own.for_all {
            Some(list) => {
                Value::Object(p.enumeration(list).values.iter().map(|v| (v.ident.key.clone(), one.clone())).collect::<Map<_, _>>())
            }
            None => one,
        };
        report[input.place.member()][&input.ident.key] = value;
    }
    report
}

/// By milestone: how good, the word, whether soft, its label.
fn results(
    half: &Half<'_, '_>,
    entries: &[Entry<'_>],
    chosen: &[Option<&Value>],
    member: &str,
    period: i64,
) -> BTreeMap<usize, (u8, &'static str, bool, String)> {
    let text = report(half, entries, chosen, member, period).to_string();
    let Ok(reports) = half.side.prepared.read_reports(&text) else { return BTreeMap::new() };
    let options = Options { alternatives: false, ..Options::default() };
    let said = half.side.prepared.check_targets(&reports, &options);
    let mine = said.findings.iter().filter(|f| f.block.ident.key == half.block.ident.key && f.ident.key == half.indicator.ident.key);
    mine.filter_map(|f| {
        let rank = match f.result {
            RuleResult::Unmet if f.soft => 4,
            RuleResult::Unmet => 0,
            RuleResult::Unknown => 5,
            RuleResult::Pending => 6,
            RuleResult::Met | RuleResult::NotApplicable | RuleResult::NotYetDue => 9,
        };
        Some((f.milestone?, (rank, result_word(f.result), f.soft, f.label.clone())))
    })
    .collect()
}

/// Whether an indicator is never more easily met than another.
fn indicators(a: &Half<'_, '_>, b: &Half<'_, '_>) -> bool {
    let (x, y) = (a.indicator, b.indicator);
    let (rises, falls) = match (&x.measure, &y.measure) {
        (Measure::Computed { value, .. }, Measure::Computed { value: other, .. }) => {
            (smaller(&a.at(value), &b.at(other)), smaller(&b.at(other), &a.at(value)))
        }
        (Measure::Reported(..), Measure::Reported(..)) | (Measure::Judged(_), Measure::Judged(_)) => (true, true),
        (_, _) => (false, false),
    };
    let one = |m: &Milestone, n: &Milestone| {
        let bound = match (&m.bound, &n.bound) {
            (None, None) => rises && falls,
            (Some(Bound::AtMost(e)), Some(Bound::AtMost(f))) => falls && smaller(&a.at(e), &b.at(f)),
            (Some(Bound::Less(e)), Some(Bound::Less(f) | Bound::AtMost(f))) => falls && smaller(&a.at(e), &b.at(f)),
            (Some(Bound::AtLeast(e)), Some(Bound::AtLeast(f))) => rises && smaller(&b.at(f), &a.at(e)),
            (Some(Bound::More(e)), Some(Bound::More(f) | Bound::AtLeast(f))) => rises && smaller(&b.at(f), &a.at(e)),
            (_, _) => false,
        };
        m.when == n.when && bound && (m.strive || x.strive) <= (n.strive || y.strive)
    };
    x.milestones.len() == y.milestones.len() && x.milestones.iter().zip(&y.milestones).all(|(m, n)| one(m, n))
}
