//! Targets and their milestones, as the runtime takes them.
//!
//! In: the programme. Out: [`Code`] trees. Always: source order; formulas are functions of the block's reported numbers.

use super::batch::bound;
use super::expr::{Scope, day};
use super::track::readings;
use super::vocabulary::{actor, clauses, field_type, label, list_key, named, shown_type, stage, whole};
use super::{Code, Record};
use prog_model::*;

/// Blocks of targets.
pub fn targets(programme: &Programme) -> Code {
    Code::List(programme.targets.iter().map(|t| block(programme, t)).collect())
}

fn block(programme: &Programme, block: &Targets) -> Code {
    let inputs = block.inputs();
    let from = block.from.as_ref().map(|from| match from {
        TargetsFrom::Stage(id) => Record::of("ReportedFrom").with("stage", stage(programme, *id)).code(),
        TargetsFrom::Day(date) => Record::of("ReportedFrom").with("day", day(*date)).code(),
    });
    let per = block.reported_by.and_then(|a| programme.actors[a.index()].per.as_deref());
    let input = |input: &TargetInput| {
        let of = &block.indicators[input.indicator];
        named("TargetInput", &input.ident)
            .with("clauses", cited(programme, &[&of.cites, &block.cites]))
            .with("place", Code::Word(input.place.member()))
            .with("type", field_type(programme, &input.field))
            .with_some("forAll", input.for_all.map(|list| list_key(programme, list)))
            .code()
    };
    let indicators = (0..block.indicators.len()).map(|at| indicator(programme, block, &inputs, at)).collect();
    named("Targets", &block.ident)
        .with_some("reporter", block.reported_by.map(|a| actor(programme, a)))
        .with_some("per", per.map(Code::text))
        .with_some("from", from)
        .with("inputs", Code::List(inputs.iter().map(input).collect()))
        .with("indicators", Code::List(indicators))
        .code()
}

/// The first citations that there are.
fn cited(programme: &Programme, all: &[&[Citation]]) -> Code {
    clauses(programme, all.iter().find(|cites| !cites.is_empty()).copied().unwrap_or_default())
}

fn indicator(programme: &Programme, block: &Targets, inputs: &[TargetInput], at: usize) -> Code {
    let indicator = &block.indicators[at];
    let scope = Scope::programme(programme);
    let (value, ty) = match &indicator.measure {
        Measure::Reported(_, ty) => (None, ty),
        Measure::Computed { inputs, value } => (Some(formula(scope.reported(inputs), value)), &value.ty),
        Measure::Judged(_) => (None, &Type::Bool),
    };
    let reads = block.reads(inputs, at).into_iter().map(whole).collect();
    let milestones = indicator.milestones.iter().map(|m| milestone(programme, block, indicator, m)).collect();
    named("Indicator", &indicator.ident)
        .with("clauses", clauses(programme, &indicator.cites))
        .with_some("formula", value)
        .with("type", shown_type(programme, ty))
        .with_some("forAll", indicator.for_all.map(|list| list_key(programme, list)))
        .list("reads", reads)
        .list("readings", readings(programme, &programme.readings_of_indicator(indicator)))
        .list("milestones", milestones)
        .code()
}

/// A formula; of a ratio its numerator and denominator too.
fn formula(scope: Scope<'_>, value: &Expr) -> Code {
    let members = Record::of("Formula").with("value", scope.function(value));
    match &value.kind {
        ExprKind::Arithmetic { op: ArithmeticOp::Divide, left, right } => {
            members.with("part", scope.function(left)).with("base", scope.function(right))
        }
        _other => members,
    }
    .code()
}

fn milestone(programme: &Programme, block: &Targets, indicator: &Indicator, milestone: &Milestone) -> Code {
    let members = match milestone.when {
        MilestoneTime::By(date) => Record::of("Milestone").with("by", day(date)),
        MilestoneTime::EachYear => Record::of("Milestone").flag("eachYear", true),
        MilestoneTime::Year(n) => Record::of("Milestone").with("year", whole(n)),
        MilestoneTime::Total(due) => Record::of("Milestone").flag("total", true).with_some("by", due.map(day)),
    };
    let soft = milestone.strive || indicator.strive || matches!(milestone.bound, Some(Bound::About(_)));
    members
        .with("clauses", cited(programme, &[&milestone.cites, &indicator.cites, &block.cites]))
        .with_some("bound", milestone.bound.as_ref().map(|b| bound(Scope::programme(programme), b)))
        .flag("soft", soft)
        .with_some("words", milestone.words.as_ref().map(label))
        .code()
}
