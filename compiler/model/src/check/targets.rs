//! Targets that do not fit together: one that falls, a yearly figure that does not reach its total, a period before its notice.
//!
//! In: blocks of targets, the header. Out: notes, since a notice may say so on purpose.
//! Always: milestones are compared only where both bounds are known numbers.

use crate::lower::Lower;
use crate::lower::constants::{self, Constant};
use crate::{Bound, HeaderField, HeaderKey, Indicator, Measure, Milestone, MilestoneTime, Programme, Targets, TargetsFrom, Type};
use prog_base::{Date, Diagnostic, Exact, RoundMode, codes, text};

/// Checks every indicator, and the period.
pub(super) fn check(lower: &Lower<'_>, out: &mut Vec<Diagnostic>) {
    for targets in &lower.p.targets {
        for indicator in &targets.indicators {
            falls(lower, indicator, out);
            yearly(lower, targets, indicator, out);
        }
    }
    period(&lower.p, out);
}

/// The least that a milestone asks for.
fn least(p: &Programme, m: &Milestone) -> Option<Exact> {
    let bound = match m.bound.as_ref()? {
        Bound::AtLeast(e) | Bound::More(e) | Bound::Equal(e) | Bound::Between(e, _) | Bound::About(e) => e,
        Bound::AtMost(_) | Bound::Less(_) => return None,
    };
    match constants::value(p, bound, &[]) {
        Some(Constant::Number(n)) => Some(n),
        Some(_) | None => None,
    }
}

/// A later milestone asks for less than an earlier one (row by row in time).
fn falls(lower: &Lower<'_>, indicator: &Indicator, out: &mut Vec<Diagnostic>) {
    let when = |m: &Milestone| match m.when {
        MilestoneTime::By(day) => Some((0, day.to_string())),
        MilestoneTime::Year(n) => Some((1, format!("{n:05}"))),
        MilestoneTime::EachYear | MilestoneTime::Total(_) => None,
    };
    let mut timed: Vec<_> = indicator.milestones.iter().filter_map(|m| Some((when(m)?, least(&lower.p, m)?, m))).collect();
    timed.sort_by(|a, b| a.0.cmp(&b.0));
    for pair in timed.windows(2) {
        let [(earlier_time, before, earlier), (time, after, later)] = pair else { continue };
        if earlier_time.0 != time.0 || after >= before {
            continue;
        }
        let name = &indicator.ident.name;
        let ty = measured(indicator);
        let (before, after) = (lower.show(before, &ty), lower.show(after, &ty));
        out.push(
            Diagnostic::note(
                codes::TARGET_FALLS,
                later.span,
                text!(
                    "“{name}”后面的目标 {after} 低于前面的 {before}",
                    "the later target of `{name}`, {after}, is below the earlier one, {before}"
                ),
            )
            .label(earlier.span, text!("前面的目标", "the earlier target"))
            .help(text!("核对原文中的数；确实如此就不用改", "compare with the notice; if it says so, leave it")),
        );
    }
}

fn measured(indicator: &Indicator) -> Type {
    match &indicator.measure {
        Measure::Reported(_, ty) => ty.clone(),
        Measure::Computed { value, .. } => value.ty.clone(),
        Measure::Judged(_) => Type::Bool,
    }
}

/// What is due each year, summed up to the total's year.
fn yearly(lower: &Lower<'_>, targets: &Targets, indicator: &Indicator, out: &mut Vec<Diagnostic>) {
    let p = &lower.p;
    let each = indicator.milestones.iter().find(|m| m.when == MilestoneTime::EachYear).and_then(|m| Some((m, least(p, m)?)));
    let Some((each, each_year)) = each.filter(|(_, n)| *n > Exact::ZERO) else { return };
    for total in &indicator.milestones {
        let MilestoneTime::Total(by) = total.when else { continue };
        let last = by.map(year_of).or_else(|| header_years(p).and_then(|y| y.1));
        let (Some(needed), Some(last)) = (least(p, total), last) else { continue };
        let first = match targets.from {
            Some(TargetsFrom::Day(day)) => Some(year_of(day)),
            Some(TargetsFrom::Stage(_)) => continue,
            None => header_years(p).map(|y| y.0),
        };
        let Some(years) = needed.checked_div(&each_year).map(|n| ceiling(&n)).and_then(|n| n.to_i64()) else { continue };
        let latest = last - years + 1;
        // Years to spare: nothing to say.
        if first.is_some_and(|first| first < latest) {
            continue;
        }
        let from = first.filter(|first| *first > latest).unwrap_or(latest + 1);
        let reached = &each_year * &Exact::from((last - from + 1).max(0));
        let ty = measured(indicator);
        let (reached, needed, name) = (lower.show(&reached, &ty), lower.show(&needed, &ty), &indicator.ident.name);
        out.push(
            Diagnostic::note(
                codes::TOTAL_UNREACHED,
                total.span,
                text!(
                    "“{name}”按每年的目标，要从 {latest} 年起计，到 {last} 年才够累计的 {needed}；从 {from} 年起只有 {reached}",
                    "the yearly target of `{name}` adds up to {needed} by {last} only if counting starts in {latest}; from {from} it gives {reached}"
                ),
            )
            .label(each.span, text!("每年的目标", "the yearly target"))
            .help(text!("核对累计从哪年算起，写在 自 后面", "check from which year the total counts, and say it after `from`")),
        );
    }
}

fn ceiling(n: &Exact) -> Exact {
    if n.is_integer() { n.clone() } else { &n.round(RoundMode::Down, 0) + &Exact::ONE }
}

fn year_of(day: Date) -> i64 {
    i64::from(day.parts().0)
}

/// First and last year of the header's period.
fn header_years(p: &Programme) -> Option<(i64, Option<i64>)> {
    let years = header(p, HeaderKey::Period)?.values();
    Some((year_in(years.first()?)?, years.get(1).and_then(|y| year_in(y))))
}

fn header(p: &Programme, key: HeaderKey) -> Option<&HeaderField> {
    p.header.iter().find(|h| h.key == key)
}

fn year_in(text: &str) -> Option<i64> {
    text.get(..4)?.parse().ok()
}

/// A period that begins before the notice was issued (or, where that is not known, printed).
fn period(p: &Programme, out: &mut Vec<Diagnostic>) {
    let Some(period) = header(p, HeaderKey::Period) else { return };
    let issued = [HeaderKey::Issued, HeaderKey::Printed].into_iter().filter_map(|key| header(p, key)).find(|h| !h.values().is_empty());
    let (Some(start), Some(issued)) = (period.values().first(), issued) else { return };
    let Some(day) = issued.values().first() else { return };
    // Whole years are compared as years, days as days.
    let length = if start.len() < 10 { 4 } else { 10 };
    if start.get(..length) < day.get(..length) {
        out.push(
            Diagnostic::note(
                codes::PERIOD_EARLIER,
                period.span,
                text!("期间从 {start} 开始，早于发文的 {day}", "the period begins in {start}, before the notice of {day}"),
            )
            .label(issued.span, text!("发文日期", "the notice's date"))
            .help(text!("核对原文；已经开始的期间不用改", "compare with the notice; a period that has begun already may stand")),
        );
    }
}
