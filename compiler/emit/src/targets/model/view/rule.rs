//! Tracks, facts, rules, materials, quotas.
//!
//! In: the model. Out: views of it. Always: source order; expressions stand in their track's scope.

use super::expr::{Expr, Scope};
use super::vocabulary::{Entry, Type, entry, ty};
use super::{Cite, Ident, Label, cites, ident, label};
use crate::Plan;
use prog_model as m;
use schemars::JsonSchema;
use serde::Serialize;

/// A track.
#[derive(Serialize, JsonSchema)]
pub struct Track<'a> {
    #[serde(flatten)]
    ident: Ident<'a>,
    cites: Vec<Cite<'a>>,
    /// The forms an applicant fills.
    forms: Vec<&'a str>,
    /// What rules need and no form declares. The fields of its forms stand in `forms`.
    facts: Vec<Input<'a>>,
    lets: Vec<Let<'a>>,
    rules: Vec<Rule<'a>>,
    groups: Vec<Group<'a>>,
    /// Best to worst.
    outcomes: Vec<Ident<'a>>,
    /// Lets that are listed as outputs.
    outputs: Vec<&'a str>,
    materials: Vec<&'a str>,
}

/// A fact or form field.
#[derive(Serialize, JsonSchema)]
pub struct Input<'a> {
    #[serde(flatten)]
    ident: Ident<'a>,
    /// Where it stands in a case.
    pointer: &'a str,
    entry: Entry<'a>,
    #[serde(rename = "type")]
    ty: Type<'a>,
    optional: bool,
    origin: Origin<'a>,
    /// Relevant only when this holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<Expr<'a>>,
    /// Due at this stage.
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cites: Vec<Cite<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prompt: Option<Label<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Label<'a>>,
    /// Personal data.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    personal: bool,
}

/// Where a value comes from.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Origin<'a> {
    Entered,
    Attested {
        with: Vec<&'a str>,
    },
    Judged {
        by: &'a str,
        on: Vec<&'a str>,
    },
    External {
        register: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        as_of: Option<Expr<'a>>,
    },
    Computed {
        value: Expr<'a>,
    },
}

/// A named expression.
#[derive(Serialize, JsonSchema)]
pub struct Let<'a> {
    #[serde(flatten)]
    ident: Ident<'a>,
    cites: Vec<Cite<'a>>,
    value: Expr<'a>,
    #[serde(rename = "type")]
    ty: Type<'a>,
    /// Points of a score: what they are out of, in base units.
    #[serde(skip_serializing_if = "Option::is_none")]
    out_of: Option<String>,
    /// Over the cases of a batch.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    batch: bool,
}

/// A rule.
#[derive(Serialize, JsonSchema)]
pub struct Rule<'a> {
    #[serde(flatten)]
    ident: Ident<'a>,
    #[schemars(with = "String")]
    strength: m::Strength,
    cites: Vec<Cite<'a>>,
    /// Due at this stage; without one at the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<&'a str>,
    /// Evaluated once an item of this list.
    #[serde(skip_serializing_if = "Option::is_none")]
    each: Option<Expr<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<Expr<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unless: Option<Expr<'a>>,
    test: Test<'a>,
    /// Where an unmet rule leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    waives: Vec<Waived<'a>>,
    /// Materials asked for instead when this waiver holds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    needs: Vec<&'a str>,
    /// Waivers that lift this rule.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    waived_by: Vec<&'a str>,
    /// The pointer that a finding names.
    path: &'a str,
    /// A note, never more.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    soft: bool,
}

/// What a rule tests.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Test<'a> {
    Expr {
        value: Expr<'a>,
    },
    Judged {
        by: &'a str,
        on: Vec<&'a str>,
    },
    Attested {
        with: Vec<&'a str>,
    },
    External {
        register: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        as_of: Option<Expr<'a>>,
    },
    /// At least `need` of the members.
    Threshold {
        need: usize,
        members: Vec<Member<'a>>,
    },
}

/// A member of a threshold.
#[derive(Serialize, JsonSchema)]
pub struct Member<'a> {
    #[serde(flatten)]
    ident: Ident<'a>,
    cites: Vec<Cite<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<Expr<'a>>,
    test: Test<'a>,
    path: &'a str,
}

/// What a waiver lifts.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Waived<'a> {
    Rule {
        rule: &'a str,
    },
    Group {
        group: &'a str,
    },
    Material {
        material: &'a str,
    },
    Stage {
        stage: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<&'a str>,
    },
}

/// A named group of rules.
#[derive(Serialize, JsonSchema)]
pub struct Group<'a> {
    #[serde(flatten)]
    ident: Ident<'a>,
    cites: Vec<Cite<'a>>,
    rules: Vec<&'a str>,
}

/// A document.
#[derive(Serialize, JsonSchema)]
pub struct Material<'a> {
    #[serde(flatten)]
    ident: Ident<'a>,
    cites: Vec<Cite<'a>>,
    per_package: bool,
    tracks: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
    formats: Vec<Format<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    when: Vec<Guard<'a>>,
    optional: bool,
    /// Asked for only by a waiver.
    only_needed: bool,
    refuse: Vec<Refused<'a>>,
}

/// A guard within one track.
#[derive(Serialize, JsonSchema)]
pub struct Guard<'a> {
    track: &'a str,
    holds: Expr<'a>,
}

/// A format.
#[derive(Serialize, JsonSchema)]
struct Format<'a> {
    name: &'a str,
    sealed: bool,
}

/// A format that is turned away.
#[derive(Serialize, JsonSchema)]
struct Refused<'a> {
    format: &'a str,
    cites: Vec<Cite<'a>>,
}

/// A check over many applications.
#[derive(Serialize, JsonSchema)]
pub struct Quota<'a> {
    #[serde(flatten)]
    ident: Ident<'a>,
    cites: Vec<Cite<'a>>,
    #[schemars(with = "Option<String>")]
    #[serde(skip_serializing_if = "Option::is_none")]
    strength: Option<m::Strength>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<&'a str>,
    keys: Vec<Key<'a>>,
    /// Empty groups too.
    every: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<Expr<'a>>,
    test: Expr<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Expr<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bound: Option<Bound<'a>>,
    binding: Binding<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<&'a str>,
    soft: bool,
    tracks: Vec<&'a str>,
}

/// A key of a quota.
#[derive(Serialize, JsonSchema)]
struct Key<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    ty: Type<'a>,
    by_track: Vec<KeyOf<'a>>,
    range: Range<'a>,
}

/// The key of a track's case.
#[derive(Serialize, JsonSchema)]
struct KeyOf<'a> {
    track: &'a str,
    value: Expr<'a>,
}

/// Which groups a key has.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Range<'a> {
    Enum { of: &'a str },
    Table { of: &'a str },
    Present,
}

/// How value and limit compare.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Bound<'a> {
    AtMost { limit: Expr<'a> },
    Less { limit: Expr<'a> },
    AtLeast { limit: Expr<'a> },
    More { limit: Expr<'a> },
    Equal { limit: Expr<'a> },
    Between { low: Expr<'a>, high: Expr<'a> },
    About { target: Expr<'a> },
}

/// Whom a quota binds.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Binding<'a> {
    Sender {
        actor: &'a str,
    },
    Decider {
        #[serde(skip_serializing_if = "Option::is_none")]
        actor: Option<&'a str>,
    },
}

/// An assertion that was proved.
#[derive(Serialize, JsonSchema)]
pub struct Assert<'a> {
    #[serde(flatten)]
    ident: Ident<'a>,
    cites: Vec<Cite<'a>>,
    test: Expr<'a>,
}

pub fn track<'a>(plan: &'a Plan<'a>, from: &'a m::Track) -> Track<'a> {
    let p = plan.programme;
    let id = m::TrackId(p.tracks.iter().position(|t| std::ptr::eq(t, from)).unwrap_or_default() as u32);
    let scope = Scope::track(plan, id);
    let facts = from.inputs.iter().map(|i| p.input(*i)).filter(|i| i.form.is_none());
    Track {
        ident: ident(&from.ident),
        cites: cites(plan, &from.cites),
        forms: from.forms.iter().map(|f| p.forms[f.index()].ident.key.as_str()).collect(),
        facts: facts.map(|i| input(&scope, i)).collect(),
        lets: from.lets.iter().map(|l| named(&scope, l)).collect(),
        rules: from.rules.iter().map(|r| rule(&scope, from, r)).collect(),
        groups: from
            .groups
            .iter()
            .map(|g| Group { ident: ident(&g.ident), cites: cites(plan, &g.cites), rules: rule_keys(from, &g.rules) })
            .collect(),
        outcomes: from.outcomes.iter().map(ident).collect(),
        outputs: from.outputs.iter().map(|l| from.lets[l.index()].ident.key.as_str()).collect(),
        materials: plan.material_keys(&from.materials),
    }
}

fn rule_keys<'a>(track: &'a m::Track, ids: &[m::RuleId]) -> Vec<&'a str> {
    ids.iter().map(|id| track.rules[id.index()].ident.key.as_str()).collect()
}

pub fn input<'a>(scope: &Scope<'a>, from: &'a m::Input) -> Input<'a> {
    let plan = scope.plan();
    let origin = match &from.origin {
        m::Origin::Entered => Origin::Entered,
        m::Origin::Attested { with } => Origin::Attested { with: plan.material_keys(with) },
        m::Origin::Judged { by, on } => Origin::Judged { by: plan.actor(*by), on: plan.material_keys(on) },
        m::Origin::External { register, as_of } => Origin::External { register, as_of: scope.some(as_of.as_deref()) },
        m::Origin::Computed(value) => Origin::Computed { value: scope.expr(value) },
    };
    Input {
        ident: ident(&from.ident),
        pointer: &from.pointer,
        entry: entry(plan, &from.field),
        ty: ty(plan, &from.ty),
        optional: from.optional,
        origin,
        when: scope.some(from.when.as_ref()),
        stage: from.stage.map(|s| plan.stage(s)),
        cites: cites(plan, &from.cites),
        prompt: from.prompt.as_ref().map(label),
        help: from.help.as_ref().map(label),
        personal: from.personal,
    }
}

pub fn named<'a>(scope: &Scope<'a>, from: &'a m::Let) -> Let<'a> {
    Let {
        ident: ident(&from.ident),
        cites: cites(scope.plan(), &from.cites),
        value: scope.expr(&from.value),
        ty: ty(scope.plan(), &from.value.ty),
        out_of: from.out_of.as_ref().map(ToString::to_string),
        batch: from.batch,
    }
}

fn rule<'a>(scope: &Scope<'a>, track: &'a m::Track, from: &'a m::Rule) -> Rule<'a> {
    let plan = scope.plan();
    let inner = from.each.as_ref().map_or_else(|| scope.clone(), |list| scope.inside(&list.ty));
    Rule {
        ident: ident(&from.ident),
        strength: from.strength,
        cites: cites(plan, &from.cites),
        due: from.due.map(|s| plan.stage(s)),
        each: scope.some(from.each.as_ref()),
        when: inner.some(from.when.as_ref()),
        unless: inner.some(from.unless.as_ref()),
        test: test(&inner, &from.test),
        outcome: from.outcome.and_then(|i| track.outcomes.get(i)).map(|o| o.key.as_str()),
        waives: from.waives.iter().map(|w| waived(plan, track, w)).collect(),
        needs: plan.material_keys(&from.needs),
        waived_by: rule_keys(track, &from.waived_by),
        path: &from.path,
        soft: from.soft,
    }
}

pub fn test<'a>(scope: &Scope<'a>, from: &'a m::Test) -> Test<'a> {
    let plan = scope.plan();
    match from {
        m::Test::Bad => Test::Threshold { need: 0, members: Vec::new() },
        m::Test::Expr(value) => Test::Expr { value: scope.expr(value) },
        m::Test::Judged { by, on } => Test::Judged { by: plan.actor(*by), on: plan.material_keys(on) },
        m::Test::Attested { with } => Test::Attested { with: plan.material_keys(with) },
        m::Test::External { register, as_of } => Test::External { register, as_of: scope.some(as_of.as_deref()) },
        m::Test::Threshold { need, members } => {
            let member = |x: &'a m::TestMember| Member {
                ident: ident(&x.ident),
                cites: cites(plan, &x.cites),
                when: scope.some(x.when.as_ref()),
                test: test(scope, &x.test),
                path: &x.path,
            };
            Test::Threshold { need: *need, members: members.iter().map(member).collect() }
        }
    }
}

fn waived<'a>(plan: &'a Plan<'a>, track: &'a m::Track, from: &m::Waived) -> Waived<'a> {
    match from {
        m::Waived::Rule(id) => Waived::Rule { rule: &track.rules[id.index()].ident.key },
        m::Waived::Group(index) => Waived::Group { group: &track.groups[*index].ident.key },
        m::Waived::Material(id) => Waived::Material { material: plan.material(*id) },
        m::Waived::Stage { stage, to } => Waived::Stage { stage: plan.stage(*stage), to: to.map(|s| plan.stage(s)) },
    }
}

fn track_keys<'a>(plan: &'a Plan<'a>, ids: &[m::TrackId]) -> Vec<&'a str> {
    ids.iter().map(|id| plan.programme.track(*id).ident.key.as_str()).collect()
}

/// Guards of several tracks.
pub fn guards<'a>(plan: &'a Plan<'a>, from: &'a [(m::TrackId, m::Expr)]) -> Vec<Guard<'a>> {
    from.iter().map(|(id, e)| Guard { track: &plan.programme.track(*id).ident.key, holds: Scope::track(plan, *id).expr(e) }).collect()
}

pub fn material<'a>(plan: &'a Plan<'a>, from: &'a m::Material) -> Material<'a> {
    Material {
        ident: ident(&from.ident),
        cites: cites(plan, &from.cites),
        per_package: from.per_package,
        tracks: track_keys(plan, &from.tracks),
        by: from.by.map(|a| plan.actor(a)),
        formats: from.formats.iter().map(|f| Format { name: &f.name, sealed: f.sealed }).collect(),
        channel: from.channel.as_deref(),
        at: from.at.map(|s| plan.stage(s)),
        when: guards(plan, &from.when),
        optional: from.optional,
        only_needed: from.only_needed,
        refuse: from.refuse.iter().map(|(format, c)| Refused { format, cites: cites(plan, c) }).collect(),
    }
}

pub fn quota<'a>(plan: &'a Plan<'a>, from: &'a m::Quota) -> Quota<'a> {
    let scope = Scope::programme(plan);
    let key = |k: &'a m::Key| Key {
        name: &k.name,
        ty: ty(plan, &k.ty),
        by_track: k
            .by_track
            .iter()
            .map(|(id, e)| KeyOf { track: &plan.programme.track(*id).ident.key, value: Scope::track(plan, *id).expr(e) })
            .collect(),
        range: match &k.range {
            m::KeyRange::Enum(id) => Range::Enum { of: plan.list(*id) },
            m::KeyRange::Table(id) => Range::Table { of: &plan.programme.table(*id).ident.name },
            m::KeyRange::Present => Range::Present,
        },
    };
    Quota {
        ident: ident(&from.ident),
        cites: cites(plan, &from.cites),
        strength: from.strength,
        at: from.at.map(|s| plan.stage(s)),
        keys: from.keys.iter().map(key).collect(),
        every: from.every,
        when: scope.some(from.when.as_ref()),
        test: scope.expr(&from.test),
        value: scope.some(from.value.as_ref()),
        bound: from.bound.as_ref().map(|b| bound(&scope, b)),
        binding: match from.binding {
            m::Binding::Sender(actor) => Binding::Sender { actor: plan.actor(actor) },
            m::Binding::Decider(actor) => Binding::Decider { actor: actor.map(|a| plan.actor(a)) },
        },
        outcome: from.outcome.as_deref(),
        soft: from.soft,
        tracks: track_keys(plan, &from.tracks),
    }
}

pub fn bound<'a>(scope: &Scope<'a>, from: &'a m::Bound) -> Bound<'a> {
    match from {
        m::Bound::AtMost(e) => Bound::AtMost { limit: scope.expr(e) },
        m::Bound::Less(e) => Bound::Less { limit: scope.expr(e) },
        m::Bound::AtLeast(e) => Bound::AtLeast { limit: scope.expr(e) },
        m::Bound::More(e) => Bound::More { limit: scope.expr(e) },
        m::Bound::Equal(e) => Bound::Equal { limit: scope.expr(e) },
        m::Bound::Between(low, high) => Bound::Between { low: scope.expr(low), high: scope.expr(high) },
        m::Bound::About(e) => Bound::About { target: scope.expr(e) },
    }
}

pub fn assertion<'a>(plan: &'a Plan<'a>, from: &'a m::Assert) -> Assert<'a> {
    Assert { ident: ident(&from.ident), cites: cites(plan, &from.cites), test: Scope::programme(plan).expr(&from.test) }
}
