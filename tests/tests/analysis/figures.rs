//! What proofs and findings show by themselves, evaluated and added up.
//!
//! In: a programme. Out: what is not true of it. Looked at: of a quota's proof, the batch by the reference and every sum by the limits that the
//! reference gives, group by group; of a rule's finding, its example as a case.

use prog_base::{Exact, Lang, RoundMode};
use prog_cases::{put, unit_size};
use prog_eval::{BatchReport, Limit, Options, Prepared};
use prog_model::proof::{Because, Proof, RuleFault, RuleFinding, Shown, quotas, rules};
use prog_model::{
    Bound, BuiltinReading, Constant, Entry, Example, FieldKind, Held, Input, Origin, Programme, QuotaId, ReadingValue, RuleResult, StageId,
    TrackId, Type,
};
use serde_json::json;

/// What is shown of a programme and is not so.
pub fn untrue(p: &Programme) -> Vec<String> {
    let of_quotas = quotas(p).iter().flat_map(|proof| [refuted(p, proof), miscounted(p, proof)].concat()).collect::<Vec<_>>();
    of_quotas.into_iter().chain(rules(p).iter().filter_map(|found| contradicted(p, found))).collect()
}

/// A case that holds what an example says and nothing else.
fn case_of(p: &Programme, track: TrackId, example: &Example) -> serde_json::Value {
    let mut case = json!({ "programme": p.ident.key, "track": p.track(track).ident.key });
    for entry in &example.entries {
        let Entry::Input { input, member: None, held: Held::Value(value) } = entry else { continue };
        let input = p.input(*input);
        put(&mut case, &input.pointer, entered(p, input, value));
    }
    case
}

fn entered(p: &Programme, input: &Input, value: &Constant) -> serde_json::Value {
    let value = match (value, &input.ty) {
        (Constant::Bool(b), _) => json!(b),
        (Constant::Number(n), Type::Number(_)) => {
            let shown = n.checked_div(&unit_size(p, &input.field)).expect("a unit is not nothing");
            match &input.field.kind {
                FieldKind::Decimal { digits } | FieldKind::Percent { digits } | FieldKind::Money { digits } => {
                    json!(shown.round(RoundMode::Down, *digits as usize).to_string())
                }
                _whole => json!(shown.to_i64()),
            }
        }
        (Constant::Number(n), _) => json!(n.to_string()),
        (Constant::Date(day), _) => json!(day.to_string()),
        (Constant::Enum(of, v), _) => json!(p.enumeration(*of).values[*v].ident.key),
        (Constant::Text(text), _) => json!(text),
    };
    match input.origin {
        Origin::Entered | Origin::Computed(_) => value,
        Origin::Attested { .. } | Origin::Judged { .. } | Origin::External { .. } => json!({ "value": value }),
    }
}

fn name(p: &Programme, id: QuotaId) -> &str {
    &p.quotas[id.index()].ident.key
}

fn closed(at: Option<StageId>) -> Options {
    Options { at, closed: true, alternatives: false, lang: Lang::En, ..Options::default() }
}

/// What the reference says against a proof's batch.
fn refuted(p: &Programme, proof: &Proof) -> Vec<String> {
    let mut lines = Vec::new();
    for kind in &proof.batch {
        for _ in 0..kind.count {
            let mut case = case_of(p, kind.track, &kind.example);
            case["id"] = json!(format!("c{}", lines.len()));
            lines.push(json!({ "case": case }).to_string());
        }
    }
    let prepared = Prepared::new(p);
    let batch = match prepared.read_batch(&lines.join("\n")) {
        Ok(batch) => batch,
        Err(refused) => return vec![format!("the batch of {} is refused: {refused:?}", name(p, proof.quota))],
    };
    let report = prepared.evaluate_batch(&batch, &closed(proof.at));
    let unmet = |id: QuotaId| report.findings.iter().any(|f| f.ident.key == *name(p, id) && f.result == RuleResult::Unmet);
    let here = |id: &QuotaId| p.quotas[id.index()].at == proof.at;
    let required: Vec<QuotaId> =
        proof.because.iter().filter(|b| b.requires).map(|b| b.quota).chain([proof.quota]).filter(|id| here(id)).collect();
    let mut faults = Vec::new();
    if matches!(proof.what, Shown::Infeasible { .. }) {
        if !required.is_empty() && !required.iter().any(|id| unmet(*id)) {
            faults.push(format!("{} is kept by {} cases", name(p, proof.quota), lines.len()));
        }
    } else if unmet(proof.quota) {
        faults.push(format!("{} is broken by {} cases", name(p, proof.quota), lines.len()));
    }
    let caps = proof.because.iter().filter(|b| !b.requires && !required.contains(&b.quota));
    faults.extend(caps.filter(|b| unmet(b.quota)).map(|b| format!("the cap {} is broken by {} cases", name(p, b.quota), lines.len())));
    faults
}

/// Sums of a proof that do not come out by plain addition of the limits in force.
fn miscounted(p: &Programme, proof: &Proof) -> Vec<String> {
    let mut wrong = Vec::new();
    for because in &proof.because {
        let limits = limits(p, because);
        // Where only some groups count, they are not more than all.
        let sum: i64 = limits.iter().sum();
        let right = if limits.len() == because.groups { sum == because.sum } else { limits.len() > because.groups && sum >= because.sum };
        if !right {
            wrong.push(format!("{}: limits {limits:?}, told are {} over {}", name(p, because.quota), because.sum, because.groups));
        }
    }
    let sums = |requires: bool| proof.because.iter().filter(|b| b.requires == requires).map(|b| b.sum).sum::<i64>();
    let (least, most) = (sums(true), sums(false));
    let adds_up = match proof.what {
        Shown::Infeasible { wanted, most: m, sums: true, .. } => wanted == least && m == most && most < least,
        Shown::Infeasible { wanted, most: m, sums: false, .. } => m < wanted,
        // Sets that cross in many ways may leave less than the sums allow.
        Shown::Feasible { most: Some(m), .. } | Shown::NoChoice { number: m } => m <= most - least,
        Shown::NeverBinds { most: m, cap } => m <= most - least && m < cap,
        Shown::Feasible { most: None, .. } => true,
    };
    if !adds_up {
        wrong.push(format!("{}: {:?}, but {least} against {most}", name(p, proof.quota), proof.what));
    }
    wrong
}

/// What the groups of a quota allow or require, as the reference has it.
fn limits(p: &Programme, because: &Because) -> Vec<i64> {
    let quota = &p.quotas[because.quota.index()];
    let prepared = Prepared::new(p);
    let batch = prepared.read_batch("").expect("an empty batch");
    let report: BatchReport<'_> = prepared.evaluate_batch(&batch, &closed(quota.at));
    let band = p.builtin_reading(BuiltinReading::About).and_then(|id| match &p.reading(id).value {
        ReadingValue::Band(band) => Some(band.clone()),
        ReadingValue::Choice { .. } | ReadingValue::Expr(_) => None,
    });
    let up = |n: &Exact| n.round(RoundMode::Up, 0).to_i64().expect("a number");
    let down = |n: &Exact| n.round(RoundMode::Down, 0).to_i64().expect("a number");
    let own = report.findings.iter().filter(|f| f.ident.key == quota.ident.key);
    let one = |limit: &Limit<'_>| {
        let (low, high) = match limit {
            Limit::One(n, _) => (n, n),
            Limit::Between(low, high, _) => (low, high),
        };
        match (&quota.bound, because.requires) {
            (Some(Bound::More(_)), _) => down(low) + 1,
            (Some(Bound::Less(_)), _) => up(high) - 1,
            (Some(Bound::About(_)), requires) => {
                let width = low * band.as_ref().expect("a band");
                if requires { up(&(low - &width)) } else { down(&(low + &width)) }
            }
            (Some(_) | None, true) => up(low),
            (Some(_) | None, false) => down(high),
        }
    };
    own.filter_map(|f| f.limit.as_ref().map(one)).collect()
}

/// What the reference says against a finding's example.
fn contradicted(p: &Programme, found: &RuleFinding) -> Option<String> {
    let (Some(example), Some(track)) = (&found.example, found.track) else { return None };
    let prepared = Prepared::new(p);
    let text = case_of(p, track, example).to_string();
    let case = match prepared.read_case(&text) {
        Ok(case) => case,
        Err(refused) => return Some(format!("{text} is refused: {refused:?}")),
    };
    let report = prepared.evaluate(&case, &closed(None));
    let result = |key: &str| report.findings.iter().chain(&report.later).find(|f| f.ident.key == *key).map(|f| f.result);
    let results: Vec<Option<RuleResult>> = found.rules.iter().map(|id| result(&p.track(track).rules[id.index()].ident.key)).collect();
    let expected: &[RuleResult] = match found.what {
        RuleFault::NeverMet => &[RuleResult::Unmet],
        // A part may stand in a condition of something else.
        RuleFault::PartIdle if found.rules.is_empty() => &[],
        RuleFault::AlwaysMet | RuleFault::PartIdle => &[RuleResult::Met],
        RuleFault::ShutOut => &[RuleResult::Met, RuleResult::Unmet],
        RuleFault::AddsNothing => &[RuleResult::Unmet, RuleResult::Unmet],
        RuleFault::NeverApplies => &[RuleResult::NotApplicable],
    };
    let as_expected = results.iter().copied().eq(expected.iter().map(|r| Some(*r)));
    (!as_expected).then(|| format!("{:?}: expected {expected:?}, got {results:?} by {text}", found.what))
}

/// What is shown of the programmes themselves is true too.
#[test]
fn proofs_of_the_programmes_hold_when_evaluated() {
    let mut batches = 0;
    for folder in ["heilongjiang-2024", "zhejiang-2019", "moe-2019", "shenyang-2021", "chongqing-2018"] {
        let p = crate::programmes::compile(&format!("programmes/{folder}"), &[]).0.expect("a model");
        assert_eq!(untrue(&p), Vec::<String>::new(), "{folder}");
        batches += quotas(&p).iter().filter(|proof| !proof.batch.is_empty()).count();
    }
    assert!(batches >= 7, "{batches} proofs have a batch");
}
