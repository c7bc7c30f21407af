//! Targets and their milestones, as the runtime takes them.
//!
//! In: the programme. Out: [`Js`] trees. Always: source order; formulas are functions of the block's reported numbers.

use super::batch::bound;
use super::expr::{Scope, day};
use super::print::Js;
use super::track::readings;
use super::view::{Members, actor, clauses, field_type, label, list_key, named, shown_type, stage, whole};
use prog_model::*;

/// Blocks of targets.
pub fn targets(programme: &Programme) -> Js {
    Js::Array(programme.targets.iter().map(|t| block(programme, t)).collect())
}

fn block(programme: &Programme, block: &Targets) -> Js {
    let inputs = block.inputs();
    let from = block.from.as_ref().map(|from| match from {
        TargetsFrom::Stage(id) => Members::default().with("stage", stage(programme, *id)).object(),
        TargetsFrom::Day(date) => Members::default().with("day", day(*date)).object(),
    });
    let per = block.reported_by.and_then(|a| programme.actors[a.index()].per.as_deref());
    let input = |input: &TargetInput| {
        let of = &block.indicators[input.indicator];
        named(&input.ident)
            .with("clauses", cited(programme, &[&of.cites, &block.cites]))
            .with("place", Js::text(input.place.member()))
            .with("type", field_type(programme, &input.field))
            .with_some("forAll", input.for_all.map(|list| list_key(programme, list)))
            .object()
    };
    let indicators = (0..block.indicators.len()).map(|at| indicator(programme, block, &inputs, at)).collect();
    named(&block.ident)
        .with_some("reporter", block.reported_by.map(|a| actor(programme, a)))
        .with_some("per", per.map(Js::text))
        .with_some("from", from)
        .with("inputs", Js::Array(inputs.iter().map(input).collect()))
        .with("indicators", Js::Array(indicators))
        .object()
}

/// The first citations that there are.
fn cited(programme: &Programme, all: &[&[Citation]]) -> Js {
    clauses(programme, all.iter().find(|cites| !cites.is_empty()).copied().unwrap_or_default())
}

fn indicator(programme: &Programme, block: &Targets, inputs: &[TargetInput], at: usize) -> Js {
    let indicator = &block.indicators[at];
    let scope = Scope::programme(programme);
    let (value, ty) = match &indicator.measure {
        Measure::Reported(_, ty) => (None, ty),
        Measure::Computed { inputs, value } => (Some(formula(scope.reported(inputs), value)), &value.ty),
        Measure::Judged(_) => (None, &Type::Bool),
    };
    let reads = block.reads(inputs, at).into_iter().map(whole).collect();
    let milestones = indicator.milestones.iter().map(|m| milestone(programme, block, indicator, m)).collect();
    named(&indicator.ident)
        .with("clauses", clauses(programme, &indicator.cites))
        .with_some("formula", value)
        .with("type", shown_type(programme, ty))
        .with_some("forAll", indicator.for_all.map(|list| list_key(programme, list)))
        .list("reads", reads)
        .list("readings", readings(programme, &programme.readings_of_indicator(indicator)))
        .list("milestones", milestones)
        .object()
}

/// A formula; of a ratio its numerator and denominator too.
fn formula(scope: Scope<'_>, value: &Expr) -> Js {
    let members = Members::default().with("value", scope.function(value));
    match &value.kind {
        ExprKind::Arithmetic { op: ArithmeticOp::Divide, left, right } => {
            members.with("part", scope.function(left)).with("base", scope.function(right))
        }
        _other => members,
    }
    .object()
}

fn milestone(programme: &Programme, block: &Targets, indicator: &Indicator, milestone: &Milestone) -> Js {
    let members = match milestone.when {
        MilestoneTime::By(date) => Members::default().with("by", day(date)),
        MilestoneTime::EachYear => Members::default().flag("eachYear", true),
        MilestoneTime::Year(n) => Members::default().with("year", whole(n)),
        MilestoneTime::Total(due) => Members::default().flag("total", true).with_some("by", due.map(day)),
    };
    let soft = milestone.strive || indicator.strive || matches!(milestone.bound, Some(Bound::About(_)));
    members
        .with("clauses", cited(programme, &[&milestone.cites, &indicator.cites, &block.cites]))
        .with_some("bound", milestone.bound.as_ref().map(|b| bound(Scope::programme(programme), b)))
        .flag("soft", soft)
        .with_some("words", milestone.words.as_ref().map(label))
        .object()
}
