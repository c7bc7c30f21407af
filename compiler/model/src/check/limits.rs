//! Totals that are given out by weights and then lifted or lowered to a limit, so that the parts no longer add up.
//!
//! In: expressions known when the programme is compiled. Out: a note each, with the parts that would add up. Always: said only where every part is
//! known; a place that a tie would decide stays open.

use crate::apportion::{apportion, apportion_within};
use crate::lower::{Constant, constants};
use crate::{Expr, ExprKind, Programme, Test};
use prog_base::{Diagnostic, Exact, Text, codes, text};

/// Looks at every formula, let, rule and quota.
pub(super) fn check(p: &Programme, out: &mut Vec<Diagnostic>) {
    let mut all: Vec<&Expr> = p.tables.iter().flat_map(|t| &t.explained).map(|e| &e.by).collect();
    all.extend(p.lets.iter().map(|l| &l.value));
    all.extend(p.quotas.iter().map(|q| &q.test));
    for track in &p.tracks {
        all.extend(track.lets.iter().map(|l| &l.value));
        all.extend(track.rules.iter().filter_map(|r| if let Test::Expr(e) = &r.test { Some(e) } else { None }));
    }
    all.into_iter().for_each(|e| look(p, e, out));
}

fn look(p: &Programme, e: &Expr, out: &mut Vec<Diagnostic>) {
    match limited(p, e) {
        Some(limited) if !matches!(e.kind, ExprKind::Split { .. }) => out.extend(told(p, e, &limited)),
        Some(_) | None => e.parts().into_iter().for_each(|part| look(p, part, out)),
    }
}

/// A split, and between what its parts are kept.
struct Limited<'a> {
    split: &'a Expr,
    low: i64,
    high: i64,
}

/// The split that limits are put on, one around the other.
fn limited<'a>(p: &Programme, e: &'a Expr) -> Option<Limited<'a>> {
    match &e.kind {
        ExprKind::Split { .. } => Some(Limited { split: e, low: 0, high: i64::MAX }),
        ExprKind::Extreme { larger, of } => {
            let [one, other] = of.as_slice() else { return None };
            let (inner, limit) = limited(p, one).map(|l| (l, other)).or_else(|| limited(p, other).map(|l| (l, one)))?;
            let Some(Constant::Number(limit)) = constants::value(p, limit, &[]) else { return None };
            let limit = limit.to_i64()?;
            let kept = |n: i64| if *larger { n.max(limit) } else { n.min(limit) };
            Some(Limited { split: inner.split, low: kept(inner.low), high: kept(inner.high) })
        }
        _other => None,
    }
}

fn told(p: &Programme, e: &Expr, limited: &Limited<'_>) -> Option<Diagnostic> {
    let ExprKind::Split { total, table, column, method, .. } = &limited.split.kind else { return None };
    let Some(Constant::Number(total)) = constants::value(p, total, &[]) else { return None };
    let table = p.table(*table);
    let (mut names, mut weights) = (Vec::new(), Vec::new());
    for (keys, weight) in constants::figures(p, table, *column)? {
        let Constant::Number(weight) = weight else { return None };
        weights.push(weight);
        let shown = keys.iter().zip(&table.keys).map(|(key, column)| p.shown(key, &column.ty));
        names.push(Text::joined(shown, &text!("、", ", ")));
    }
    let parts = apportion(&total, &weights, *method)?.into_iter().collect::<Option<Vec<_>>>()?;
    let (low, high) = (Exact::from(limited.low), Exact::from(limited.high));
    let sum = parts.into_iter().fold(Exact::ZERO, |sum, part| &sum + &part.max(low.clone()).min(high.clone()));
    if sum == total {
        return None;
    }
    let anew = apportion_within(&total, &weights, *method, (limited.low, limited.high));
    let (zh, en) = match &anew {
        Some(parts) => {
            let one = |(name, part): (&Text, &Option<Exact>)| match part {
                Some(n) => Text { zh: format!("{} {n}", name.zh), en: format!("{} {n}", name.en) },
                None => Text { zh: format!("{} 并列未定", name.zh), en: format!("{} open by a tie", name.en) },
            };
            let Text { zh, en } = Text::joined(names.iter().zip(parts).map(one), &text!("、", ", "));
            (format!("；在上下限以内重新分配，应为：{zh}"), format!("; given out anew within the limits they would be: {en}"))
        }
        None => ("；在这样的上下限以内，怎样分配都不行".to_owned(), "; within these limits it can't be given out at all".to_owned()),
    };
    let what = text!("分配 {total} 以后再取上下限，各行合计是 {sum}{zh}", "after its limits the parts of {total} add up to {sum}{en}");
    Some(
        Diagnostic::note(codes::PARTS_DIFFER, e.span, what)
            .label(table.ident.span, text!("按这张表的权重分配", "by the weights of this table"))
            .help(text!(
                "核对原文：差额由谁增减；表中已经印出的数以表为准",
                "compare with the notice: who gets the difference; where figures are printed, the table decides"
            )),
    )
}
