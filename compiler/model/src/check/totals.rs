//! Quota totals that no distribution of the caps can reach.
//!
//! In: quotas. Out: an error where a total is required and the caps per key, summed over all keys, stay below it.
//! Always: said only when every key of the caps is closed and every cap is known, so that the sum is certain.

use crate::lower::constants::{self, Constant};
use crate::{Aggregation, Bound, CaseMember, Expr, ExprKind, KeyRange, Programme, Quota, Strength, TrackId};
use prog_base::{Diagnostic, Exact, codes, text};

/// Checks every required total against all caps.
pub(super) fn check(p: &Programme, out: &mut Vec<Diagnostic>) {
    for total in p.quotas.iter().filter(|q| q.keys.is_empty() && q.when.is_none()) {
        let (Some(members), Some(least)) = (total.value.as_ref().and_then(counted), least(p, total)) else { continue };
        let mut sum = Exact::ZERO;
        let mut caps = Vec::new();
        for member in members {
            let others = p.quotas.iter().filter(|q| !std::ptr::eq(*q, total));
            let best = others.filter_map(|q| Some((most(p, q, member)?, q))).min_by(|a, b| a.0.cmp(&b.0));
            let Some((cap, quota)) = best else {
                caps.clear();
                break;
            };
            sum = &sum + &cap;
            caps.push((cap, quota));
        }
        if !caps.is_empty() && sum < least {
            out.push(unreachable(total, &least, &sum, &caps));
        }
    }
}

/// The members of a plain count of cases.
fn counted(value: &Expr) -> Option<&[CaseMember]> {
    match &value.kind {
        ExprKind::OverCases { op: Aggregation::Count, members } => Some(members),
        _other => None,
    }
}

/// The number a total requires.
fn least(p: &Programme, total: &Quota) -> Option<Exact> {
    let number = |e: &Expr| match constants::value(p, e, &[]) {
        Some(Constant::Number(n)) => Some(n),
        Some(_) | None => None,
    };
    match total.bound.as_ref()? {
        Bound::AtLeast(e) | Bound::Equal(e) | Bound::Between(e, _) => number(e),
        Bound::More(e) => number(e).map(|n| &n + &Exact::ONE),
        Bound::AtMost(_) | Bound::Less(_) | Bound::About(_) => None,
    }
}

/// The most cases of a member that a quota lets through, over all its keys.
fn most(p: &Programme, quota: &Quota, member: &CaseMember) -> Option<Exact> {
    if quota.when.is_some()
        || quota.keys.is_empty()
        || quota.soft
        || matches!(quota.strength, Some(Strength::Note | Strength::Prefer | Strength::Encourage))
    {
        return None;
    }
    let covers = |m: &CaseMember| m.track == member.track && m.filter.as_ref().is_none_or(|f| narrower(member, f));
    if !counted(quota.value.as_ref()?)?.iter().any(covers) || !keyed(quota, member.track) {
        return None;
    }
    let limit = match quota.bound.as_ref()? {
        Bound::AtMost(e) | Bound::Less(e) | Bound::Equal(e) | Bound::Between(_, e) => e,
        Bound::AtLeast(_) | Bound::More(_) | Bound::About(_) => return None,
    };
    let strict = matches!(quota.bound, Some(Bound::Less(_)));
    let mut sum = Exact::ZERO;
    for key in keys(p, quota)? {
        let Some(Constant::Number(cap)) = constants::value(p, limit, &key) else { return None };
        let cap = if strict { &cap - &Exact::ONE } else { cap };
        sum = &sum + &cap;
    }
    Some(sum)
}

/// Whether the member's cases all pass the quota's filter, so that its cap binds them.
fn narrower(member: &CaseMember, filter: &Expr) -> bool {
    member.filter.as_ref().is_some_and(|own| super::known::Known::default().assume(own, true).implies(filter))
}

/// Every case of the track has a key.
fn keyed(quota: &Quota, track: TrackId) -> bool {
    quota.keys.iter().all(|k| k.by_track.iter().any(|(t, _)| *t == track))
}

/// All groups of a quota; `None` where a key is open.
fn keys(p: &Programme, quota: &Quota) -> Option<Vec<Vec<Constant>>> {
    let mut all: Vec<Vec<Constant>> = vec![Vec::new()];
    for key in &quota.keys {
        let KeyRange::Enum(_) = key.range else { return None };
        let values = constants::closed_values(p, &key.ty)?;
        if all.len().saturating_mul(values.len()) > 100_000 {
            return None;
        }
        all = all.iter().flat_map(|k| values.iter().map(|v| k.iter().cloned().chain([v.clone()]).collect())).collect();
    }
    Some(all)
}

fn unreachable(total: &Quota, least: &Exact, sum: &Exact, caps: &[(Exact, &Quota)]) -> Diagnostic {
    let d = Diagnostic::error(
        codes::UNREACHABLE_TOTAL,
        total.ident.span,
        text!(
            "要求至少 {least}，而各项上限合计只有 {sum}，怎样分配都达不到",
            "At least {least} are required, but all caps together allow {sum}"
        ),
    );
    let d = caps.iter().fold(d, |d, (cap, quota)| d.label(quota.ident.span, text!("各组上限合计 {cap}", "its caps add up to {cap}")));
    d.help(text!("核对原文，改正上限或总数", "Compare with the notice, then correct the caps or the total"))
}
