//! What `programme.json` holds, as plain types.
//!
//! In: the plan. Out: [`Programme`], serialisable, with a schema derived from it.
//! Always: what has no value is left out; references are keys (actors, forms, stages, materials, rules), names (closed
//! lists, records, units, tables) or JSON pointers into the case (facts and fields); exact numbers are texts.

mod expr;
mod form;
mod rule;
mod vocabulary;
mod workflow;

use crate::Plan;
use expr::{Expr, Scope};
use prog_model as m;
use schemars::JsonSchema;
use serde::Serialize;

/// A whole programme.
#[derive(Serialize, JsonSchema)]
pub struct Programme<'a> {
    /// The version of this file's shape.
    model: u32,
    #[serde(flatten)]
    ident: Ident<'a>,
    /// 12 hex digits that change whenever the source does.
    version: &'a str,
    /// What the notice says of itself.
    header: Vec<Header<'a>>,
    /// IANA time zone of all days.
    #[serde(skip_serializing_if = "Option::is_none")]
    zone: Option<&'a str>,
    /// The notice's outline, depth first.
    clauses: Vec<Clause<'a>>,
    /// Settings of interpretation, built-in ones first.
    readings: Vec<Reading<'a>>,
    actors: Vec<Actor<'a>>,
    units: Vec<vocabulary::Unit<'a>>,
    enums: Vec<vocabulary::Enum<'a>>,
    records: Vec<vocabulary::Record<'a>>,
    tables: Vec<vocabulary::Table<'a>>,
    /// Which days are worked, where working days are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    calendar: Option<vocabulary::Calendar<'a>>,
    /// Named expressions of the whole programme.
    lets: Vec<rule::Let<'a>>,
    tracks: Vec<rule::Track<'a>>,
    materials: Vec<rule::Material<'a>>,
    quotas: Vec<rule::Quota<'a>>,
    /// Assertions, all proved when the programme was compiled.
    asserts: Vec<rule::Assert<'a>>,
    /// Stage names in order of first appearance.
    stages: Vec<Ident<'a>>,
    workflows: Vec<workflow::Workflow<'a>>,
    forms: Vec<form::Form<'a>>,
    summaries: Vec<form::Summary<'a>>,
    targets: Vec<workflow::Targets<'a>>,
    duties: Vec<workflow::Duty<'a>>,
    scenarios: Vec<workflow::Scenario<'a>>,
}

/// Name, key and words of a declared thing.
#[derive(Serialize, JsonSchema)]
pub struct Ident<'a> {
    /// The name in the language.
    name: &'a str,
    /// The key in data, reports and pointers.
    key: &'a str,
    /// The label or message, in the author's language.
    label: &'a str,
    /// The same in English, if given.
    #[serde(skip_serializing_if = "Option::is_none")]
    label_en: Option<&'a str>,
    /// Documentation.
    #[serde(skip_serializing_if = "Option::is_none")]
    doc: Option<&'a str>,
}

/// A label in the author's language and, if given, in English.
#[derive(Serialize, JsonSchema)]
pub struct Label<'a> {
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    en: Option<&'a str>,
}

/// A citation.
#[derive(Serialize, JsonSchema)]
pub struct Cite<'a> {
    /// The clause's address.
    clause: &'a str,
    /// The clause with everything under it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    whole: bool,
    /// The words quoted from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    anchor: Option<&'a str>,
}

/// A header field.
#[derive(Serialize, JsonSchema)]
struct Header<'a> {
    #[schemars(with = "String")]
    field: m::HeaderKey,
    #[serde(flatten)]
    value: Stated<'a>,
    cites: Vec<Cite<'a>>,
}

/// How the notice states it, and what.
#[derive(Serialize, JsonSchema)]
struct Stated<'a> {
    state: State,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    values: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'a str>,
}

/// Whether the notice says it.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Stated.
    Given,
    /// Concluded by the author.
    Inferred,
    /// Not said.
    Unknown,
    /// Announced, but not in the text.
    AbsentInSource,
}

/// An entry of the outline.
#[derive(Serialize, JsonSchema)]
struct Clause<'a> {
    /// Its unique address.
    address: &'a str,
    #[schemars(with = "String")]
    kind: &'static str,
    number: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    heading: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alias: Option<&'a str>,
    /// The address of the entry that holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<&'a str>,
    /// Why it holds nothing to encode.
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    absent_in_source: bool,
    /// What is still to be encoded of it; empty where the author does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    todo: Option<&'a str>,
}

/// A setting of interpretation.
#[derive(Serialize, JsonSchema)]
struct Reading<'a> {
    #[serde(flatten)]
    ident: Ident<'a>,
    builtin: bool,
    /// Whether the programme sets it.
    stated: bool,
    setting: Setting<'a>,
    cites: Vec<Cite<'a>>,
}

/// The setting itself.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Setting<'a> {
    /// One of several words; without `chosen` it is open and all are evaluated.
    Choice {
        values: Vec<Ident<'a>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        chosen: Option<&'a str>,
    },
    /// A band as a fraction of one.
    Band { within: String },
    /// An expression, if set.
    Expr {
        #[serde(skip_serializing_if = "Option::is_none")]
        value: Option<Expr<'a>>,
    },
}

/// Who acts.
#[derive(Serialize, JsonSchema)]
struct Actor<'a> {
    #[serde(flatten)]
    ident: Ident<'a>,
    /// One body per value of this key.
    #[serde(skip_serializing_if = "Option::is_none")]
    per: Option<&'a str>,
    cites: Vec<Cite<'a>>,
}

/// The view of a programme.
pub fn programme<'a>(plan: &'a Plan<'a>) -> Programme<'a> {
    let p = plan.programme;
    Programme {
        model: 1,
        ident: ident(&p.ident),
        version: &p.version,
        header: p.header.iter().map(|h| header(plan, h)).collect(),
        zone: p.zone.as_ref().map(prog_base::Zone::name),
        clauses: p.clauses.iter().map(|c| clause(plan, c)).collect(),
        readings: p.readings.iter().map(|r| reading(plan, r)).collect(),
        actors: p.actors.iter().map(|a| Actor { ident: ident(&a.ident), per: a.per.as_deref(), cites: cites(plan, &a.cites) }).collect(),
        units: p.units.iter().map(|u| vocabulary::unit(plan, u)).collect(),
        enums: p.enums.iter().zip(&plan.enum_ids).map(|(e, id)| vocabulary::enumeration(e, id)).collect(),
        records: p.records.iter().map(|r| vocabulary::record(plan, r)).collect(),
        tables: p.tables.iter().map(|t| vocabulary::table(plan, t)).collect(),
        calendar: p.calendar.as_ref().map(|c| vocabulary::calendar(plan, c)),
        lets: p.lets.iter().map(|l| rule::named(&Scope::programme(plan), l)).collect(),
        tracks: p.tracks.iter().map(|t| rule::track(plan, t)).collect(),
        materials: p.materials.iter().map(|x| rule::material(plan, x)).collect(),
        quotas: p.quotas.iter().map(|q| rule::quota(plan, q)).collect(),
        asserts: p.asserts.iter().map(|a| rule::assertion(plan, a)).collect(),
        stages: p.stages.iter().map(ident).collect(),
        workflows: p.workflows.iter().map(|w| workflow::workflow(plan, w)).collect(),
        forms: p.forms.iter().map(|f| form::form(plan, f)).collect(),
        summaries: p.summaries.iter().map(|s| form::summary(plan, s)).collect(),
        targets: p.targets.iter().map(|t| workflow::targets(plan, t)).collect(),
        duties: p.duties.iter().map(|d| workflow::duty(plan, d)).collect(),
        scenarios: p.scenarios.iter().map(|s| workflow::scenario(plan, s)).collect(),
    }
}

fn ident(from: &m::Ident) -> Ident<'_> {
    Ident { name: &from.name, key: &from.key, label: &from.label.text, label_en: from.label.en.as_deref(), doc: from.doc.as_deref() }
}

fn label(from: &m::Label) -> Label<'_> {
    Label { text: &from.text, en: from.en.as_deref() }
}

fn cites<'a>(plan: &Plan<'a>, from: &'a [m::Citation]) -> Vec<Cite<'a>> {
    from.iter().map(|c| Cite { clause: &plan.programme.clause(c.clause).address, whole: c.whole, anchor: c.anchor.as_deref() }).collect()
}

fn header<'a>(plan: &Plan<'a>, from: &'a m::HeaderField) -> Header<'a> {
    let value = match &from.value {
        m::HeaderValue::Given(values) => Stated { state: State::Given, values, why: None },
        m::HeaderValue::Inferred(values) => Stated { state: State::Inferred, values, why: None },
        m::HeaderValue::Unknown(why) => Stated { state: State::Unknown, values: &[], why: why.as_deref() },
        m::HeaderValue::Absent => Stated { state: State::AbsentInSource, values: &[], why: None },
    };
    Header { field: from.key, value, cites: cites(plan, &from.cites) }
}

fn clause<'a>(plan: &Plan<'a>, from: &'a m::Clause) -> Clause<'a> {
    Clause {
        address: &from.address,
        kind: match from.kind {
            m::ClauseKind::Clause => "clause",
            m::ClauseKind::Annex => "annex",
            m::ClauseKind::Item => "item",
        },
        number: &from.number,
        heading: from.label.as_deref(),
        alias: from.alias.as_deref(),
        parent: from.parent.map(|p| plan.programme.clause(p).address.as_str()),
        left_out: from.left_out.as_deref(),
        absent_in_source: from.absent,
        todo: from.todo.as_deref(),
    }
}

fn reading<'a>(plan: &'a Plan<'a>, from: &'a m::Reading) -> Reading<'a> {
    let setting = match &from.value {
        m::ReadingValue::Choice { values, chosen } => Setting::Choice {
            values: values.iter().map(ident).collect(),
            chosen: chosen.and_then(|i| values.get(i)).map(|v| v.key.as_str()),
        },
        m::ReadingValue::Band(within) => Setting::Band { within: within.to_string() },
        m::ReadingValue::Expr(value) => Setting::Expr { value: value.as_ref().map(|e| Scope::programme(plan).expr(e)) },
    };
    Reading { ident: ident(&from.ident), builtin: from.builtin.is_some(), stated: from.stated, setting, cites: cites(plan, &from.cites) }
}
