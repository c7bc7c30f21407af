//! Routes, targets, duties, scenario titles.
//!
//! In: the model. Out: views of it. Always: stages, forms and materials by key.

use super::expr::{Duration, Expr, Scope, duration};
use super::rule::{Bound, Guard, Test, bound, guards, test};
use super::vocabulary::{Entry, Type, entry, ty};
use super::{Cite, Ident, Label, State, cites, ident, label};
use crate::Plan;
use prog_model as m;
use schemars::JsonSchema;
use serde::Serialize;

/// A route for some tracks.
#[derive(Serialize, JsonSchema)]
pub struct Workflow<'a> {
    tracks: Vec<&'a str>,
    /// In the order by which rules are due.
    stages: Vec<Stage<'a>>,
}

/// A stage.
#[derive(Serialize, JsonSchema)]
struct Stage<'a> {
    #[serde(flatten)]
    ident: Ident<'a>,
    cites: Vec<Cite<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    open: Option<Deadline<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<Deadline<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    when: Vec<Guard<'a>>,
    fills: Vec<&'a str>,
    reviews: Vec<Document<'a>>,
    sends: Vec<Document<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    public_notice: Option<PublicNotice<'a>>,
    /// Optional acts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    may: Vec<Act<'a>>,
    transitions: Vec<Transition<'a>>,
    /// What lateness does, if the notice says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    late: Option<Transition<'a>>,
}

/// A deadline or window start.
#[derive(Serialize, JsonSchema)]
struct Deadline<'a> {
    state: State,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<Expr<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'a str>,
}

/// Something sent or reviewed.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Document<'a> {
    Form { key: &'a str },
    Material { key: &'a str },
    Summary { key: &'a str },
}

/// A public notice.
#[derive(Serialize, JsonSchema)]
struct PublicNotice<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    at_least: Option<Duration>,
    cites: Vec<Cite<'a>>,
}

/// An optional act.
#[derive(Serialize, JsonSchema)]
struct Act<'a> {
    #[serde(flatten)]
    ident: Ident<'a>,
    cites: Vec<Cite<'a>>,
}

/// Where an outcome leads.
#[derive(Serialize, JsonSchema)]
struct Transition<'a> {
    outcome: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<Vec<Guard<'a>>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    otherwise: bool,
    /// A stage; without one the route ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<&'a str>,
    /// The result's name at an end.
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<&'a str>,
}

/// A block of indicators.
#[derive(Serialize, JsonSchema)]
pub struct Targets<'a> {
    #[serde(flatten)]
    ident: Ident<'a>,
    cites: Vec<Cite<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reported_by: Option<&'a str>,
    /// Years count from this stage.
    #[serde(skip_serializing_if = "Option::is_none")]
    from_stage: Option<&'a str>,
    /// Years count from this day.
    #[serde(skip_serializing_if = "Option::is_none")]
    from_day: Option<String>,
    indicators: Vec<Indicator<'a>>,
}

/// An indicator.
#[derive(Serialize, JsonSchema)]
struct Indicator<'a> {
    #[serde(flatten)]
    ident: Ident<'a>,
    cites: Vec<Cite<'a>>,
    measure: Measure<'a>,
    /// Must hold for every value of this list.
    #[serde(skip_serializing_if = "Option::is_none")]
    for_all: Option<&'a str>,
    strive: bool,
    milestones: Vec<Milestone<'a>>,
}

/// What is measured.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Measure<'a> {
    Reported {
        entry: Entry<'a>,
        #[serde(rename = "type")]
        ty: Type<'a>,
    },
    /// Over reported values; a `key` node n is input n.
    Computed {
        inputs: Vec<Ident<'a>>,
        value: Expr<'a>,
    },
    Judged {
        test: Test<'a>,
    },
}

/// A milestone.
#[derive(Serialize, JsonSchema)]
struct Milestone<'a> {
    when: Time,
    #[serde(skip_serializing_if = "Option::is_none")]
    bound: Option<Bound<'a>>,
    strive: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<Label<'a>>,
    cites: Vec<Cite<'a>>,
}

/// When a milestone falls due.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Time {
    By {
        day: String,
    },
    EachYear,
    Year {
        after: u32,
    },
    Total {
        #[serde(skip_serializing_if = "Option::is_none")]
        by: Option<String>,
    },
}

/// A duty without a date.
#[derive(Serialize, JsonSchema)]
pub struct Duty<'a> {
    actor: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[schemars(with = "Option<String>")]
    #[serde(skip_serializing_if = "Option::is_none")]
    strength: Option<m::Strength>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<&'a str>,
    message: Label<'a>,
    cites: Vec<Cite<'a>>,
}

/// An executable example, by title.
#[derive(Serialize, JsonSchema)]
pub struct Scenario<'a> {
    title: &'a str,
    cites: Vec<Cite<'a>>,
}

pub fn workflow<'a>(plan: &'a Plan<'a>, from: &'a m::Workflow) -> Workflow<'a> {
    Workflow {
        tracks: from.tracks.iter().map(|t| plan.programme.track(*t).ident.key.as_str()).collect(),
        stages: from.stages.iter().map(|s| stage(plan, s)).collect(),
    }
}

fn stage<'a>(plan: &'a Plan<'a>, from: &'a m::Stage) -> Stage<'a> {
    let documents = |list: &[m::Document]| list.iter().map(|d| document(plan, *d)).collect();
    Stage {
        ident: ident(&from.ident),
        cites: cites(plan, &from.cites),
        by: from.by.map(|a| plan.actor(a)),
        open: from.open.as_ref().map(|d| deadline(plan, d)),
        due: from.due.as_ref().map(|d| deadline(plan, d)),
        when: guards(plan, &from.when),
        fills: from.fills.iter().map(|f| plan.programme.forms[f.index()].ident.key.as_str()).collect(),
        reviews: documents(&from.reviews),
        sends: documents(&from.sends),
        channel: from.channel.as_deref(),
        public_notice: from.notice.as_ref().map(|n| PublicNotice { at_least: n.at_least.map(duration), cites: cites(plan, &n.cites) }),
        may: from.may.iter().map(|(act, c)| Act { ident: ident(act), cites: cites(plan, c) }).collect(),
        transitions: from.transitions.iter().map(|t| transition(plan, t)).collect(),
        late: from.late.as_ref().map(|t| transition(plan, t)),
    }
}

fn deadline<'a>(plan: &'a Plan<'a>, from: &'a m::Deadline) -> Deadline<'a> {
    let expr = |e| Some(Scope::programme(plan).expr(e));
    match from {
        m::Deadline::At(e) => Deadline { state: State::Given, at: expr(e), why: None },
        m::Deadline::Inferred(e) => Deadline { state: State::Inferred, at: expr(e), why: None },
        m::Deadline::Unknown(why) => Deadline { state: State::Unknown, at: None, why: why.as_deref() },
        m::Deadline::Absent => Deadline { state: State::AbsentInSource, at: None, why: None },
    }
}

fn document<'a>(plan: &'a Plan<'a>, from: m::Document) -> Document<'a> {
    match from {
        m::Document::Form(id) => Document::Form { key: &plan.programme.forms[id.index()].ident.key },
        m::Document::Material(id) => Document::Material { key: plan.material(id) },
        m::Document::Summary(id) => Document::Summary { key: &plan.programme.summaries[id.index()].ident.key },
    }
}

fn transition<'a>(plan: &'a Plan<'a>, from: &'a m::Transition) -> Transition<'a> {
    let (to, end) = match &from.target {
        m::Target::Stage(id) => (Some(plan.stage(*id)), None),
        m::Target::End(name) => (None, name.as_deref()),
    };
    let when = from.when.as_ref().map(|w| guards(plan, w));
    Transition { outcome: &from.outcome, when, otherwise: from.otherwise, to, end }
}

pub fn targets<'a>(plan: &'a Plan<'a>, from: &'a m::Targets) -> Targets<'a> {
    let (from_stage, from_day) = match &from.from {
        Some(m::TargetsFrom::Stage(id)) => (Some(plan.stage(*id)), None),
        Some(m::TargetsFrom::Day(day)) => (None, Some(day.to_string())),
        None => (None, None),
    };
    Targets {
        ident: ident(&from.ident),
        cites: cites(plan, &from.cites),
        reported_by: from.reported_by.map(|a| plan.actor(a)),
        from_stage,
        from_day,
        indicators: from.indicators.iter().map(|i| indicator(plan, i)).collect(),
    }
}

fn indicator<'a>(plan: &'a Plan<'a>, from: &'a m::Indicator) -> Indicator<'a> {
    let scope = Scope::programme(plan);
    let measure = match &from.measure {
        m::Measure::Reported(field, t) => Measure::Reported { entry: entry(plan, field), ty: ty(plan, t) },
        m::Measure::Computed { inputs, value } => {
            Measure::Computed { inputs: inputs.iter().map(ident).collect(), value: scope.expr(value) }
        }
        m::Measure::Judged(t) => Measure::Judged { test: test(&scope, t) },
    };
    let milestone = |x: &'a m::Milestone| Milestone {
        when: match x.when {
            m::MilestoneTime::By(day) => Time::By { day: day.to_string() },
            m::MilestoneTime::EachYear => Time::EachYear,
            m::MilestoneTime::Year(after) => Time::Year { after },
            m::MilestoneTime::Total(by) => Time::Total { by: by.map(|d| d.to_string()) },
        },
        bound: x.bound.as_ref().map(|b| bound(&scope, b)),
        strive: x.strive,
        words: x.words.as_ref().map(label),
        cites: cites(plan, &x.cites),
    };
    Indicator {
        ident: ident(&from.ident),
        cites: cites(plan, &from.cites),
        measure,
        for_all: from.for_all.map(|id| plan.list(id)),
        strive: from.strive,
        milestones: from.milestones.iter().map(milestone).collect(),
    }
}

pub fn duty<'a>(plan: &'a Plan<'a>, from: &'a m::Duty) -> Duty<'a> {
    Duty {
        actor: plan.actor(from.actor),
        name: from.ident.as_ref().map(|i| i.name.as_str()),
        strength: from.strength,
        stage: from.at.map(|s| plan.stage(s)),
        message: label(&from.message),
        cites: cites(plan, &from.cites),
    }
}

pub fn scenario<'a>(plan: &'a Plan<'a>, from: &'a m::Scenario) -> Scenario<'a> {
    Scenario { title: &from.title, cites: cites(plan, &from.cites) }
}
