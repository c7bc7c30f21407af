//! Materials, quotas, routes and summaries, as the runtime takes them.
//!
//! In: the programme. Out: [`Code`] trees. Always: source order; what differs by track stands under the track's key.

use super::expr::Scope;
use super::keys::keys;
use super::track::{readings, strength};
use super::vocabulary::{actor, clauses, duration, field_type, label, material_key, named, shown_type, stage, track_key};
use super::{Code, Record, Var};
use prog_model::*;

/// Functions by track.
pub fn by_track(programme: &Programme, exprs: &[(TrackId, Expr)]) -> Option<Code> {
    if exprs.is_empty() {
        return None;
    }
    let one = |(id, expr): &(TrackId, Expr)| {
        let track = programme.track(*id);
        (track.ident.key.clone(), Scope::track(programme, track).function(expr))
    };
    Some(Code::Map(exprs.iter().map(one).collect()))
}

/// Documents.
pub fn materials(programme: &Programme) -> Code {
    let format = |f: &Format| Record::of("Format").with("name", Code::text(&f.name)).flag("sealed", f.sealed).code();
    let refused = |(name, cites): &(String, Vec<Citation>)| {
        Record::of("Refused").with("name", Code::text(name)).with("clauses", clauses(programme, cites)).code()
    };
    let one = |material: &Material| {
        named("Material", &material.ident)
            .with("clauses", clauses(programme, &material.cites))
            .flag("perPackage", material.per_package)
            .list("tracks", material.tracks.iter().map(|t| track_key(programme, *t)).collect())
            .with_some("by", material.by.map(|a| actor(programme, a)))
            .list("formats", material.formats.iter().map(format).collect())
            .with_some("channel", material.channel.as_deref().map(Code::text))
            .with_some("at", material.at.map(|s| stage(programme, s)))
            .with_some("when", by_track(programme, &material.when))
            .flag("optional", material.optional)
            .flag("onlyNeeded", material.only_needed)
            .list("refuse", material.refuse.iter().map(refused).collect())
            .code()
    };
    Code::List(programme.materials.iter().map(one).collect())
}

/// Quotas.
pub fn quotas(programme: &Programme) -> Code {
    Code::List(programme.quotas.iter().map(|q| quota(programme, q)).collect())
}

fn quota(programme: &Programme, quota: &Quota) -> Code {
    let scope = Scope::programme(programme);
    let binding = match &quota.binding {
        Binding::Sender(id) => Record::of("Binding").with("sender", actor(programme, *id)),
        Binding::Decider(id) => Record::of("Binding").with_some("decider", id.map(|a| actor(programme, a))),
    };
    let value = quota.value.as_ref();
    Record::of("Quota")
        .with("key", Code::text(&quota.ident.key))
        .with("clauses", clauses(programme, &quota.cites))
        .with("message", label(&quota.ident.label))
        .with_some("strength", quota.strength.map(|s| Code::Word(strength(s))))
        .with_some("at", quota.at.map(|s| stage(programme, s)))
        .list("keys", keys(programme, &quota.keys, &[&quota.test]))
        .flag("every", quota.every)
        .with_some("when", scope.function_of(quota.when.as_ref()))
        .with("test", scope.function(&quota.test))
        .with_some("value", scope.function_of(value))
        .with_some("type", value.map(|v| shown_type(programme, &v.ty)))
        .flag("share", value.is_some_and(|v| matches!(v.kind, ExprKind::Share { .. })))
        .flag("grows", value.is_some_and(grows))
        .with_some("bound", quota.bound.as_ref().map(|b| bound(scope, b)))
        .with("binding", binding.code())
        .with_some("outcome", outcome(programme, quota))
        .flag("soft", quota.soft)
        .list("readings", readings(programme, &programme.readings_of_quota(quota)))
        .with("tracks", Code::List(quota.tracks.iter().map(|t| track_key(programme, *t)).collect()))
        .code()
}

/// The outcome of every case of a breaching group, by track.
fn outcome(programme: &Programme, quota: &Quota) -> Option<Code> {
    let name = quota.outcome.as_ref()?;
    let of = |track: &Track| {
        let outcome = track.outcomes.iter().find(|o| o.name == *name || o.key == *name)?;
        Some((track.ident.key.clone(), Code::text(&outcome.key)))
    };
    Some(Code::Map(programme.tracks.iter().filter_map(of).collect()))
}

/// Whether a value can only grow as cases are added: counts, sums of what is not negative, the largest; sums and multiples of these.
fn grows(e: &Expr) -> bool {
    let not_negative = |e: &Expr| matches!(&e.ty, Type::Number(n) if n.low.as_ref().is_some_and(|low| !low.is_negative()));
    match &e.kind {
        ExprKind::OverCases { op, members } => match op {
            Aggregation::Count | Aggregation::CountDistinct | Aggregation::Max | Aggregation::Any => true,
            Aggregation::Sum => members.iter().all(|m| m.value.as_ref().is_some_and(not_negative)),
            Aggregation::Min | Aggregation::All | Aggregation::None | Aggregation::Consecutive(_) => false,
        },
        ExprKind::Number(_) | ExprKind::Key(_) | ExprKind::Lookup { .. } | ExprKind::OverColumn { .. } => true,
        ExprKind::Arithmetic { op: ArithmeticOp::Add, left, right } => grows(left) && grows(right),
        ExprKind::Arithmetic { op: ArithmeticOp::Multiply, left, right } => match (&left.kind, &right.kind) {
            (ExprKind::Number(n), _) => !n.is_negative() && grows(right),
            (_, ExprKind::Number(n)) => !n.is_negative() && grows(left),
            (_, _) => false,
        },
        ExprKind::Arithmetic { op: ArithmeticOp::Subtract | ArithmeticOp::Divide, .. } => false,
        ExprKind::Extreme { of, .. } => of.iter().all(grows),
        _other => false,
    }
}

/// What a value is held to.
pub fn bound(scope: Scope<'_>, bound: &Bound) -> Code {
    let one = |kind, limit: &Expr| {
        let members = Record::of("Bound").with("kind", Code::Word(kind)).with("limit", scope.function(limit));
        members.with("type", shown_type(scope.programme, &limit.ty))
    };
    match bound {
        Bound::AtMost(limit) => one("at most", limit),
        Bound::Less(limit) => one("less", limit),
        Bound::AtLeast(limit) => one("at least", limit),
        Bound::More(limit) => one("more", limit),
        Bound::Equal(limit) => one("equal", limit),
        Bound::Between(low, high) => one("between", low).with("high", scope.function(high)),
        Bound::About(limit) => one("about", limit),
    }
    .code()
}

/// Routes.
pub fn routes(programme: &Programme) -> Code {
    let one = |route: &Workflow| {
        Record::of("Route")
            .with("tracks", Code::List(route.tracks.iter().map(|t| track_key(programme, *t)).collect()))
            .with("stages", Code::List(route.stages.iter().map(|s| route_stage(programme, s)).collect()))
            .code()
    };
    Code::List(programme.workflows.iter().map(one).collect())
}

fn route_stage(programme: &Programme, at: &Stage) -> Code {
    let deadline = |d: &Option<Deadline>| d.as_ref().map(|d| deadline(programme, d));
    let documents = |list: &[Document]| list.iter().map(|d| document(programme, *d)).collect::<Vec<_>>();
    let notice = |n: &PublicNotice| {
        Record::of("Notice").with_some("atLeast", n.at_least.map(duration)).with("clauses", clauses(programme, &n.cites))
    };
    named("Stage", &at.ident)
        .with("clauses", clauses(programme, &at.cites))
        .with_some("by", at.by.map(|a| actor(programme, a)))
        .with_some("open", deadline(&at.open))
        .with_some("due", deadline(&at.due))
        .flag("inferred", matches!(at.due, Some(Deadline::Inferred(_))))
        .with_some("when", by_track(programme, &at.when))
        .flag("handsIn", at.hands_in)
        .list("fills", at.fills.iter().map(|f| Code::text(&programme.forms[f.index()].ident.key)).collect())
        .list("reviews", documents(&at.reviews))
        .list("sends", documents(&at.sends))
        .with_some("channel", at.channel.as_deref().map(Code::text))
        .with_some("notice", at.notice.as_ref().map(|n| notice(n).code()))
        .with("transitions", Code::List(at.transitions.iter().map(|t| transition(programme, t)).collect()))
        .with_some("late", at.late.as_ref().map(|t| transition(programme, t)))
        .code()
}

fn deadline(programme: &Programme, deadline: &Deadline) -> Code {
    match deadline {
        Deadline::At(expr) | Deadline::Inferred(expr) => Scope::programme(programme).function(expr),
        Deadline::Unknown(_) | Deadline::Absent => Code::function(Some(Var::Case), Code::call("silent", vec![])),
    }
}

fn document(programme: &Programme, document: Document) -> Code {
    match document {
        Document::Form(id) => Record::of("Document").with("form", Code::text(&programme.forms[id.index()].ident.key)),
        Document::Material(id) => Record::of("Document").with("material", material_key(programme, id)),
        Document::Summary(id) => Record::of("Document").with("summary", Code::text(&programme.summaries[id.index()].ident.key)),
    }
    .code()
}

fn transition(programme: &Programme, transition: &Transition) -> Code {
    let members = Record::of("Transition")
        .with("outcome", Code::text(&transition.outcome))
        .with_some("when", transition.when.as_deref().and_then(|w| by_track(programme, w)))
        .flag("otherwise", transition.otherwise);
    match &transition.target {
        Target::Stage(id) => members.with("to", stage(programme, *id)),
        Target::End(status) => members.flag("end", true).with_some("status", status.as_deref().map(Code::text)),
    }
    .code()
}

/// Table forms whose rows are cases.
pub fn summaries(programme: &Programme) -> Code {
    // A column's value stands in the scope of the row's case, whatever its track.
    let functions = |value: &Expr| {
        let one = |track: &Track| (track.ident.key.clone(), Scope::track(programme, track).function(value));
        Code::Map(programme.tracks.iter().map(one).collect())
    };
    let column = |summary: &Summary, index: usize, c: &SummaryColumn| {
        named("Column", &c.ident)
            .with("pointer", Code::text(&summary.pointer(index)))
            .with("type", field_type(programme, &c.field))
            .flag("optional", c.optional)
            .with_some("strength", c.strength.map(|s| Code::Word(strength(s))))
            .with("clauses", clauses(programme, &c.cites))
            .with_some("value", c.value.as_ref().map(functions))
            .with_some("shown", c.value.as_ref().map(|value| shown_type(programme, &value.ty)))
            .code()
    };
    let one = |summary: &Summary| {
        named("Summary", &summary.ident)
            .with("clauses", clauses(programme, &summary.cites))
            .with_some("form", summary.of.map(|f| Code::text(&programme.forms[f.index()].ident.key)))
            .with_some("by", summary.by.map(|a| actor(programme, a)))
            .flag("absent", summary.absent)
            .with("columns", Code::List(summary.columns.iter().enumerate().map(|(i, c)| column(summary, i, c)).collect()))
            .code()
    };
    Code::List(programme.summaries.iter().map(one).collect())
}
