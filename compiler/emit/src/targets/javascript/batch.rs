//! Materials, quotas, routes and summaries, as the runtime takes them.
//!
//! In: the programme. Out: [`Js`] trees. Always: source order; what differs by track stands under the track's key.

use super::expr::Scope;
use super::print::Js;
use super::track::{readings, strength};
use super::view::{
    Members, actor, clauses, duration, field_type, is_literal, label, list_key, material_key, named, shown_type, stage, track_key,
};
use prog_model::*;

/// Functions by track.
fn by_track(programme: &Programme, exprs: &[(TrackId, Expr)]) -> Option<Js> {
    if exprs.is_empty() {
        return None;
    }
    let one = |(id, expr): &(TrackId, Expr)| {
        let track = programme.track(*id);
        (track.ident.key.clone(), Scope::track(programme, track).function(expr))
    };
    Some(Js::Object(exprs.iter().map(one).collect()))
}

/// Documents.
pub fn materials(programme: &Programme) -> Js {
    let format = |f: &Format| Members::default().with("name", Js::text(&f.name)).flag("sealed", f.sealed).object();
    let refused = |(name, cites): &(String, Vec<Citation>)| {
        Members::default().with("name", Js::text(name)).with("clauses", clauses(programme, cites)).object()
    };
    let one = |material: &Material| {
        named(&material.ident)
            .with("clauses", clauses(programme, &material.cites))
            .flag("perPackage", material.per_package)
            .list("tracks", material.tracks.iter().map(|t| track_key(programme, *t)).collect())
            .with_some("by", material.by.map(|a| actor(programme, a)))
            .list("formats", material.formats.iter().map(format).collect())
            .with_some("channel", material.channel.as_deref().map(Js::text))
            .with_some("at", material.at.map(|s| stage(programme, s)))
            .with_some("when", by_track(programme, &material.when))
            .flag("optional", material.optional)
            .flag("onlyNeeded", material.only_needed)
            .list("refuse", material.refuse.iter().map(refused).collect())
            .object()
    };
    Js::Array(programme.materials.iter().map(one).collect())
}

/// Quotas.
pub fn quotas(programme: &Programme) -> Js {
    Js::Array(programme.quotas.iter().map(|q| quota(programme, q)).collect())
}

fn quota(programme: &Programme, quota: &Quota) -> Js {
    let scope = Scope::programme(programme);
    let binding = match &quota.binding {
        Binding::Sender(id) => Members::default().with("sender", actor(programme, *id)),
        Binding::Decider(id) => Members::default().with_some("decider", id.map(|a| actor(programme, a))),
    };
    let value = quota.value.as_ref();
    Members::default()
        .with("key", Js::text(&quota.ident.key))
        .with("clauses", clauses(programme, &quota.cites))
        .with("message", label(&quota.ident.label))
        .with_some("strength", quota.strength.map(|s| Js::text(strength(s))))
        .with_some("at", quota.at.map(|s| stage(programme, s)))
        .list("keys", (0..quota.keys.len()).map(|at| key(programme, quota, at)).collect())
        .flag("every", quota.every)
        .with_some("when", scope.function_of(quota.when.as_ref()))
        .with("test", scope.function(&quota.test))
        .with_some("value", scope.function_of(value))
        .with_some("type", value.map(|v| shown_type(programme, &v.ty)))
        .flag("share", value.is_some_and(|v| matches!(v.kind, ExprKind::Share { .. })))
        .flag("grows", value.is_some_and(grows))
        .with_some("bound", quota.bound.as_ref().map(|b| bound(scope, b)))
        .with("binding", binding.object())
        .with_some("outcome", outcome(programme, quota))
        .flag("soft", quota.soft)
        .list("readings", readings(programme, &programme.readings_of_quota(quota)))
        .with("tracks", Js::Array(quota.tracks.iter().map(|t| track_key(programme, *t)).collect()))
        .object()
}

/// The outcome of every case of a breaching group, by track.
fn outcome(programme: &Programme, quota: &Quota) -> Option<Js> {
    let name = quota.outcome.as_ref()?;
    let of = |track: &Track| {
        let outcome = track.outcomes.iter().find(|o| o.name == *name || o.key == *name)?;
        Some((track.ident.key.clone(), Js::text(&outcome.key)))
    };
    Some(Js::Object(programme.tracks.iter().filter_map(of).collect()))
}

/// Whether a value can only grow as cases are added: counts, sums of what is not negative, the largest; sums and multiples of these.
fn grows(e: &Expr) -> bool {
    let not_negative = |e: &Expr| matches!(&e.ty, Type::Number(n) if n.low.as_ref().is_some_and(|low| !low.is_negative()));
    match &e.kind {
        ExprKind::OverCases { op, members } => match op {
            Aggregation::Count | Aggregation::CountDistinct | Aggregation::Max | Aggregation::Any => true,
            Aggregation::Sum => members.iter().all(|m| m.value.as_ref().is_some_and(not_negative)),
            Aggregation::Min | Aggregation::All | Aggregation::None => false,
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

fn key(programme: &Programme, quota: &Quota, at: usize) -> Js {
    let key = &quota.keys[at];
    let range = match &key.range {
        KeyRange::Enum(list) => Members::default().with("list", list_key(programme, *list)),
        KeyRange::Table(_) => table_keys(programme, quota, at).unwrap_or_default(),
        KeyRange::Present => Members::default(),
    };
    let of = |(id, expr): &(TrackId, Expr)| {
        let track = programme.track(*id);
        let value =
            Members::default().with("value", Scope::track(programme, track).function(expr)).with("type", shown_type(programme, &expr.ty));
        (track.ident.key.clone(), value.object())
    };
    Members::default()
        .with("name", Js::text(&key.name))
        .with("range", range.object())
        .with("of", Js::Object(key.by_track.iter().map(of).collect()))
        .object()
}

/// The constant keys of the table that the check indexes with this key.
fn table_keys(programme: &Programme, quota: &Quota, at: usize) -> Option<Members> {
    let mut found = None;
    quota.test.visit(&mut |e| {
        if let ExprKind::Lookup { table, keys, .. } = &e.kind {
            let column = keys.iter().position(|k| k.kind == ExprKind::Key(at));
            found = found.or(column.map(|column| (*table, column)));
        }
    });
    let (table, column) = found?;
    let scope = Scope::programme(programme);
    let cells = programme.table(table).rows.iter().filter_map(|row| row.keys.get(column));
    let constants: Vec<&Expr> = cells.flat_map(|cell| if let KeyCell::OneOf(all) = cell { all.as_slice() } else { &[] }).collect();
    let first = constants.first()?;
    let constant = |e: &&Expr| if is_literal(e) { scope.expr(e) } else { scope.function(e) };
    let values = Js::Array(constants.iter().map(constant).collect());
    Some(Members::default().with("constants", values).with("type", shown_type(programme, &first.ty)))
}

pub fn bound(scope: Scope<'_>, bound: &Bound) -> Js {
    let one = |kind: &str, limit: &Expr| {
        let members = Members::default().with("kind", Js::text(kind)).with("limit", scope.function(limit));
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
    .object()
}

/// Routes.
pub fn routes(programme: &Programme) -> Js {
    let one = |route: &Workflow| {
        Members::default()
            .with("tracks", Js::Array(route.tracks.iter().map(|t| track_key(programme, *t)).collect()))
            .with("stages", Js::Array(route.stages.iter().map(|s| route_stage(programme, s)).collect()))
            .object()
    };
    Js::Array(programme.workflows.iter().map(one).collect())
}

fn route_stage(programme: &Programme, at: &Stage) -> Js {
    let deadline = |d: &Option<Deadline>| d.as_ref().map(|d| deadline(programme, d));
    let documents = |list: &[Document]| list.iter().map(|d| document(programme, *d)).collect::<Vec<_>>();
    let notice =
        |n: &PublicNotice| Members::default().with_some("atLeast", n.at_least.map(duration)).with("clauses", clauses(programme, &n.cites));
    named(&at.ident)
        .with("clauses", clauses(programme, &at.cites))
        .with_some("by", at.by.map(|a| actor(programme, a)))
        .with_some("open", deadline(&at.open))
        .with_some("due", deadline(&at.due))
        .flag("inferred", matches!(at.due, Some(Deadline::Inferred(_))))
        .with_some("when", by_track(programme, &at.when))
        .list("fills", at.fills.iter().map(|f| Js::text(&programme.forms[f.index()].ident.key)).collect())
        .list("reviews", documents(&at.reviews))
        .list("sends", documents(&at.sends))
        .with_some("channel", at.channel.as_deref().map(Js::text))
        .with_some("notice", at.notice.as_ref().map(|n| notice(n).object()))
        .with("transitions", Js::Array(at.transitions.iter().map(|t| transition(programme, t)).collect()))
        .with_some("late", at.late.as_ref().map(|t| transition(programme, t)))
        .object()
}

fn deadline(programme: &Programme, deadline: &Deadline) -> Js {
    match deadline {
        Deadline::At(expr) | Deadline::Inferred(expr) => Scope::programme(programme).function(expr),
        Deadline::Unknown(_) | Deadline::Absent => Js::text("unknown"),
    }
}

fn document(programme: &Programme, document: Document) -> Js {
    match document {
        Document::Form(id) => Members::default().with("form", Js::text(&programme.forms[id.index()].ident.key)),
        Document::Material(id) => Members::default().with("material", material_key(programme, id)),
        Document::Summary(id) => Members::default().with("summary", Js::text(&programme.summaries[id.index()].ident.key)),
    }
    .object()
}

fn transition(programme: &Programme, transition: &Transition) -> Js {
    let members = Members::default()
        .with("outcome", Js::text(&transition.outcome))
        .with_some("when", transition.when.as_deref().and_then(|w| by_track(programme, w)))
        .flag("otherwise", transition.otherwise);
    match &transition.target {
        Target::Stage(id) => members.with("to", stage(programme, *id)),
        Target::End(result) => members.with("end", result.as_deref().map_or(Js::raw("true"), Js::text)),
    }
    .object()
}

/// Table forms whose rows are cases.
pub fn summaries(programme: &Programme) -> Js {
    // A column's value stands in the scope of the row's case, whatever its track.
    let functions = |value: &Expr| {
        let one = |track: &Track| (track.ident.key.clone(), Scope::track(programme, track).function(value));
        Js::Object(programme.tracks.iter().map(one).collect())
    };
    let column = |summary: &Summary, index: usize, c: &SummaryColumn| {
        named(&c.ident)
            .with("pointer", Js::text(&summary.pointer(index)))
            .with("type", field_type(programme, &c.field))
            .flag("optional", c.optional)
            .with_some("strength", c.strength.map(|s| Js::text(strength(s))))
            .with("clauses", clauses(programme, &c.cites))
            .with_some("value", c.value.as_ref().map(functions))
            .with_some("shown", c.value.as_ref().map(|value| shown_type(programme, &value.ty)))
            .object()
    };
    let one = |summary: &Summary| {
        named(&summary.ident)
            .with("clauses", clauses(programme, &summary.cites))
            .with_some("form", summary.of.map(|f| Js::text(&programme.forms[f.index()].ident.key)))
            .with_some("by", summary.by.map(|a| actor(programme, a)))
            .flag("absent", summary.absent)
            .with("columns", Js::Array(summary.columns.iter().enumerate().map(|(i, c)| column(summary, i, c)).collect()))
            .object()
    };
    Js::Array(programme.summaries.iter().map(one).collect())
}
