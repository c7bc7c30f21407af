//! Guards of one outcome: disjoint, the last may be `otherwise` (semantics 2.6).

use super::known::same;
use super::prove::{Answer, together};
use crate::lower::Lower;
use crate::{Stage, Transition, Type};
use prog_base::{Diagnostic, Span, codes, text};
use std::collections::BTreeMap;

/// Checks the transitions of every stage.
pub(super) fn check<'a>(lower: &'a Lower<'a>, out: &mut Vec<Diagnostic>) {
    for stage in lower.p.workflows.iter().flat_map(|w| &w.stages) {
        let mut outcomes: BTreeMap<&str, Vec<&Transition>> = BTreeMap::new();
        for transition in &stage.transitions {
            outcomes.entry(&transition.outcome).or_default().push(transition);
        }
        for (outcome, list) in outcomes {
            one_outcome(lower, stage, outcome, &list, out);
        }
    }
}

fn one_outcome<'a>(lower: &'a Lower<'a>, stage: &Stage, outcome: &str, list: &[&'a Transition], out: &mut Vec<Diagnostic>) {
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
            if overlap(lower, a, b) {
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

/// Whether two guards can surely hold for one case.
fn overlap<'a>(lower: &'a Lower<'a>, a: &'a Transition, b: &'a Transition) -> bool {
    let (Some(a), Some(b)) = (&a.when, &b.when) else { return false };
    a.iter().any(|(track, left)| {
        let Some((_, right)) = b.iter().find(|(t, _)| t == track) else { return false };
        match together(lower, &[(left, true), (right, true)]) {
            Answer::Possible => true,
            Answer::Impossible => false,
            Answer::Undecided => same(left, right) && left.ty != Type::Unknown,
        }
    })
}
