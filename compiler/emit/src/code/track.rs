//! Tracks, their inputs and rules, as the runtime takes them.
//!
//! In: the programme. Out: [`Code`] trees. Always: source order; what a rule refers to stands by its key.

use super::expr::Scope;
use super::vocabulary::{actor, clauses, field_type, label, material_key, named, shown_type, stage, whole};
use super::{Code, Record, Var};
use prog_base::Span;
use prog_model::*;
use std::collections::BTreeSet;

/// One track.
pub fn track(programme: &Programme, id: TrackId) -> Code {
    let track = programme.track(id);
    let scope = Scope::track(programme, track);
    let rule_keys = |ids: &[RuleId]| ids.iter().map(|r| Code::text(&track.rules[r.index()].ident.key)).collect::<Vec<_>>();
    let group =
        |g: &Group| Record::of("RuleGroup").with("key", Code::text(&g.ident.key)).with("rules", Code::List(rule_keys(&g.rules))).code();
    named("Track", &track.ident)
        .list("forms", track.forms.iter().map(|f| Code::text(&programme.forms[f.index()].ident.key)).collect())
        .list("outcomes", track.outcomes.iter().map(|o| Code::text(&o.key)).collect())
        .with_some("route", track.workflow.map(|w| whole(w.0)))
        .with(
            "inputs",
            Code::List(track.inputs.iter().map(|i| input(scope, programme.input(*i), programme.cites_of_input(id, *i))).collect()),
        )
        .with("lets", Code::List(track.lets.iter().map(|l| case_let(scope, l)).collect()))
        .list("outputs", track.outputs.iter().map(|l| Code::text(&track.lets[l.index()].ident.key)).collect())
        .with("rules", Code::List(track.rules.iter().map(|r| rule(scope, track, r)).collect()))
        .with("order", Code::List(rule_keys(&track.order)))
        .list("groups", track.groups.iter().map(group).collect())
        .with("declared", declared(programme, id))
        .list("readings", readings(programme, &programme.readings_of_track(id)))
        .list("materials", track.materials.iter().map(|m| material_key(programme, *m)).collect())
        .code()
}

/// Keys of readings.
pub fn readings(programme: &Programme, ids: &BTreeSet<ReadingId>) -> Vec<Code> {
    ids.iter().map(|id| Code::text(&programme.reading(*id).ident.key)).collect()
}

/// What findings are made for, in source order.
fn declared(programme: &Programme, id: TrackId) -> Code {
    let track = programme.track(id);
    let one = |kind, key: &str| Record::of("Declared").with(kind, Code::text(key)).code();
    let mut all: Vec<(Span, Code)> = Vec::new();
    all.extend(track.inputs.iter().map(|i| programme.input(*i)).map(|i| (i.span, one("input", &i.pointer))));
    all.extend(track.rules.iter().map(|r| (r.span, one("rule", &r.ident.key))));
    let materials = track.materials.iter().map(|m| &programme.materials[m.index()]);
    all.extend(materials.map(|m| (m.span, one("material", &m.ident.key))));
    let stages = programme.route(id).map(|r| r.stages.as_slice()).unwrap_or_default();
    all.extend(stages.iter().map(|s| (s.span, one("stage", &s.ident.key))));
    // Stable: what stands at one place keeps this order.
    all.sort_by_key(|(span, _)| (span.file.0, span.start));
    Code::List(all.into_iter().map(|(_, code)| code).collect())
}

fn keys_of(programme: &Programme, materials: &[MaterialId]) -> Vec<Code> {
    materials.iter().map(|m| material_key(programme, *m)).collect()
}

fn input(scope: Scope<'_>, input: &Input, cites: &[Citation]) -> Code {
    let programme = scope.programme;
    let members = named("Input", &input.ident)
        .with("pointer", Code::text(&input.pointer))
        .with("clauses", clauses(programme, cites))
        .with("type", field_type(programme, &input.field))
        .with_some("shown", matches!(input.ty, Type::Number(_)).then(|| shown_type(programme, &input.ty)))
        .flag("optional", input.optional)
        .flag("seal", input.seal)
        .with_some("form", input.form.map(|f| Code::text(&programme.forms[f.index()].ident.key)))
        .with_some("stage", input.stage.map(|s| stage(programme, s)))
        .with_some("when", scope.function_of(input.when.as_ref()));
    match &input.origin {
        Origin::Entered => members,
        Origin::Attested { with } => members.with("origin", Code::Word("attested")).list("with", keys_of(programme, with)),
        Origin::Judged { by, on } => {
            members.with("origin", Code::Word("judged")).with("by", actor(programme, *by)).list("on", keys_of(programme, on))
        }
        Origin::External { register, as_of } => members
            .with("origin", Code::Word("external"))
            .with("register", Code::text(register))
            .with_some("asOf", scope.function_of(as_of.as_deref())),
        Origin::Computed(value) => members.with("origin", Code::Word("computed")).with("value", scope.function(value)),
    }
    .code()
}

fn case_let(scope: Scope<'_>, l: &Let) -> Code {
    named("CaseLet", &l.ident)
        .with("clauses", clauses(scope.programme, &l.cites))
        .with("type", shown_type(scope.programme, &l.value.ty))
        .flag("listed", l.value.ty.is_listed())
        .with("value", scope.function(&l.value))
        .code()
}

fn rule(scope: Scope<'_>, track: &Track, rule: &Rule) -> Code {
    let programme = scope.programme;
    // Inside `each`, the item is the outermost item scope and so a parameter of the function around.
    let inner = rule.each.as_ref().map_or(scope, |list| scope.items(&list.ty));
    let wrap = |body: Code| {
        let inner = if rule.each.is_some() { Code::function(Some(Var::Item(0)), body) } else { body };
        Code::function(Some(Var::Case), inner)
    };
    let function = |e: &Expr| wrap(inner.expr(e));
    let waived = |w: &Waived| waived(programme, track, w);
    Record::of("Rule")
        .with("key", Code::text(&rule.ident.key))
        .with("strength", Code::Word(strength(rule.strength)))
        .with("clauses", clauses(programme, &rule.cites))
        .with("message", label(&rule.ident.label))
        .with("path", Code::text(&rule.path))
        .with_some("due", rule.due.map(|s| stage(programme, s)))
        .with_some("each", scope.function_of(rule.each.as_ref()))
        .with_some("list", rule.each.as_ref().map(|list| Code::text(list_pointer(programme, list, &rule.path))))
        .with_some("when", rule.when.as_ref().map(function))
        .with_some("unless", rule.unless.as_ref().map(function))
        .with("test", test(programme, &rule.test, &function))
        .with_some("outcome", rule.outcome.map(whole))
        .flag("soft", rule.soft)
        .list("waives", rule.waives.iter().map(waived).collect())
        .list("needs", keys_of(programme, &rule.needs))
        .list("waivedBy", rule.waived_by.iter().map(|r| Code::text(&track.rules[r.index()].ident.key)).collect())
        .code()
}

/// Where the list of an `each` rule stands.
fn list_pointer<'a>(programme: &'a Programme, list: &Expr, path: &'a str) -> &'a str {
    match &list.kind {
        ExprKind::Input(id) => &programme.input(*id).pointer,
        _computed => path,
    }
}

/// A test: a condition, or where the answer stands.
fn test(programme: &Programme, of: &Test, function: &impl Fn(&Expr) -> Code) -> Code {
    let kind = |kind, word| Record::of(kind).with("kind", Code::Word(word));
    match of {
        // A programme with such a test has errors and is never built.
        Test::Bad => Code::Null,
        Test::Expr(expr) => Record::of("Condition").with("value", function(expr)).code(),
        Test::Judged { by, on } => kind("JudgedTest", "judged").with("by", actor(programme, *by)).list("on", keys_of(programme, on)).code(),
        Test::Attested { with } => kind("AttestedTest", "attested").list("with", keys_of(programme, with)).code(),
        Test::External { register, as_of } => {
            kind("ExternalTest", "external").with("register", Code::text(register)).with_some("asOf", as_of.as_deref().map(function)).code()
        }
        Test::Threshold { need, members } => {
            let members = members.iter().map(|m| member(programme, m, function)).collect();
            kind("Threshold", "threshold").with("need", whole(*need)).with("members", Code::List(members)).code()
        }
    }
}

fn member(programme: &Programme, member: &TestMember, function: &impl Fn(&Expr) -> Code) -> Code {
    Record::of("TestMember")
        .with("key", Code::text(&member.ident.key))
        .with("clauses", clauses(programme, &member.cites))
        .with("message", label(&member.ident.label))
        .with("path", Code::text(&member.path))
        .with_some("when", member.when.as_ref().map(function))
        .with("test", test(programme, &member.test, function))
        .code()
}

fn waived(programme: &Programme, track: &Track, of: &Waived) -> Code {
    let one = |key, value: Code| Record::of("Waived").with(key, value);
    match of {
        Waived::Rule(rule) => one("rule", Code::text(&track.rules[rule.index()].ident.key)),
        Waived::Group(group) => one("group", Code::text(&track.groups[*group].ident.key)),
        Waived::Material(material) => one("material", material_key(programme, *material)),
        Waived::Stage { stage: s, to } => one("stage", stage(programme, *s)).with_some("to", to.map(|t| stage(programme, t))),
    }
    .code()
}

/// The word for a strength.
pub fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Require => "require",
        Strength::Complete => "complete",
        Strength::InPrinciple => "in principle",
        Strength::Prefer => "prefer",
        Strength::Encourage => "encourage",
        Strength::Note => "note",
        Strength::Waive => "waive",
    }
}
