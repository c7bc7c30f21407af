//! Guards of one outcome: disjoint, the last may be `otherwise` (semantics 2.6).

use crate::lower::Lower;
use crate::{Comparison, Expr, ExprKind, InputId, Programme, Stage, TrackId, Transition, Type};
use prog_base::{Diagnostic, Span, codes, text};
use std::collections::{BTreeMap, BTreeSet};

/// Checks the transitions of every stage.
pub(super) fn check(lower: &Lower<'_>, out: &mut Vec<Diagnostic>) {
    for stage in lower.p.workflows.iter().flat_map(|w| &w.stages) {
        let mut outcomes: BTreeMap<&str, Vec<&Transition>> = BTreeMap::new();
        for transition in &stage.transitions {
            outcomes.entry(&transition.outcome).or_default().push(transition);
        }
        for (outcome, list) in outcomes {
            one_outcome(&lower.p, stage, outcome, &list, out);
        }
    }
}

fn one_outcome(p: &Programme, stage: &Stage, outcome: &str, list: &[&Transition], out: &mut Vec<Diagnostic>) {
    for (at, transition) in list.iter().enumerate() {
        let open = transition.when.is_none();
        if open && at + 1 < list.len() {
            // Whatever follows a transition without condition is never taken.
            let next = list[at + 1].span;
            out.push(fault(stage, outcome, next, transition.span, text!("这一行总是成立", "this line always holds")));
            return;
        }
        if open && at > 0 && !transition.otherwise {
            out.push(fault(stage, outcome, transition.span, list[at - 1].span, text!("这一行也可能成立", "this line may hold too")));
        }
    }
    for (at, a) in list.iter().enumerate() {
        for b in &list[at + 1..] {
            if overlap(p, a, b) {
                out.push(fault(stage, outcome, b.span, a.span, text!("这一行可能同时成立", "this line may hold at the same time")));
            }
        }
    }
}

fn fault(stage: &Stage, outcome: &str, span: Span, other: Span, what: prog_base::Text) -> Diagnostic {
    let name = &stage.ident.name;
    Diagnostic::error(
        codes::GUARDS_OVERLAP,
        span,
        text!("环节“{name}”的结果“{outcome}”通向两处，分不清", "outcome `{outcome}` of stage `{name}` leads to two places at once"),
    )
    .label(other, what)
    .help(text!(
        "写互不重叠的条件（当 …），最后一行可写 其余",
        "write conditions that exclude each other (`when …`); the last may be `otherwise`"
    ))
}

/// Whether two guards can surely hold for one case: both test one closed list and share a value.
fn overlap(p: &Programme, a: &Transition, b: &Transition) -> bool {
    let (Some(a), Some(b)) = (&a.when, &b.when) else { return false };
    let pairs = |list: &[(TrackId, Expr)], track: TrackId| list.iter().find(|(t, _)| *t == track).map(|(_, e)| e.clone());
    a.iter().any(|(track, left)| {
        let Some(right) = pairs(b, *track) else { return false };
        match (values(p, left), values(p, &right)) {
            (Some((x, xs)), Some((y, ys))) => x == y && !xs.is_disjoint(&ys),
            _undecided => left.kind == right.kind && left.ty != Type::Unknown,
        }
    })
}

/// The values of one closed list for which a guard holds.
fn values(p: &Programme, guard: &Expr) -> Option<(InputId, BTreeSet<usize>)> {
    let one = |e: &Expr| if let ExprKind::EnumValue { value, .. } = &e.kind { Some(*value) } else { None };
    let input = |e: &Expr| if let (ExprKind::Input(id), Type::Enum(of)) = (&e.kind, &e.ty) { Some((*id, *of)) } else { None };
    let others = |of: crate::EnumId, set: &BTreeSet<usize>| {
        (0..p.enumeration(of).values.len()).filter(|v| !set.contains(v)).collect::<BTreeSet<usize>>()
    };
    match &guard.kind {
        ExprKind::Compare { op: Comparison::Equal, left, right } => Some((input(left)?.0, BTreeSet::from([one(right)?]))),
        ExprKind::Compare { op: Comparison::NotEqual, left, right } => {
            let (id, of) = input(left)?;
            Some((id, others(of, &BTreeSet::from([one(right)?]))))
        }
        ExprKind::In { value, set } => Some((input(value)?.0, set.iter().map(one).collect::<Option<_>>()?)),
        ExprKind::Not(inner) => {
            let (id, set) = values(p, inner)?;
            let Type::Enum(of) = p.input(id).ty else { return None };
            Some((id, others(of, &set)))
        }
        _undecided => None,
    }
}
