//! Selections, as the runtime takes them.
//!
//! In: the programme. Out: [`Code`] trees. Always: source order; what differs by track stands under the track's key.

use super::batch::by_track;
use super::expr::Scope;
use super::keys::{keys, typed_by_track};
use super::track::readings;
use super::vocabulary::{actor, clauses, label, shown_type, stage, track_key};
use super::{Code, Record};
use prog_model::*;

/// Selections.
pub fn selections(programme: &Programme) -> Code {
    Code::List(programme.selections.iter().map(|s| selection(programme, s)).collect())
}

fn selection(programme: &Programme, selection: &Selection) -> Code {
    let reads: Vec<&Expr> = selection.of_group().collect();
    let recorded =
        |(id, input): &(TrackId, InputId)| (programme.track(*id).ident.key.clone(), Code::text(&programme.inputs[input.index()].pointer));
    Record::of("Selection")
        .with("key", Code::text(&selection.ident.key))
        .with("clauses", clauses(programme, &selection.cites))
        .with("message", label(&selection.ident.label))
        .with_some("at", selection.at.map(|s| stage(programme, s)))
        .list("keys", keys(programme, &selection.keys, &reads))
        .with("tracks", Code::List(selection.tracks.iter().map(|t| track_key(programme, *t)).collect()))
        .list("counted", selection.counted.iter().map(|t| track_key(programme, *t)).collect())
        .with_some("when", by_track(programme, &selection.candidates))
        .with("order", Code::List(selection.order.iter().map(|c| criterion(programme, c)).collect()))
        .with("take", take(programme, &selection.take))
        .with_some("tied", selection.tied.map(|tied| tie(programme, tied)))
        .with_some("wait", Scope::programme(programme).function_of(selection.wait.as_ref()))
        .with_some("refill", selection.refill.map(|s| stage(programme, s)))
        .with_some("assign", selection.assign.as_ref().map(|a| assign(programme, a)))
        .with("recorded", Code::Map(selection.recorded.iter().map(recorded).collect()))
        .list("readings", readings(programme, &programme.readings_of_selection(selection)))
        .code()
}

fn criterion(programme: &Programme, criterion: &Criterion) -> Code {
    Record::of("Criterion")
        .with("name", Code::text(&criterion.name))
        .flag("highest", criterion.highest)
        .with("of", typed_by_track(programme, &criterion.by_track))
        .code()
}

fn take(programme: &Programme, take: &Take) -> Code {
    let scope = Scope::programme(programme);
    let limit = |members: Record, e: &Expr| members.with("limit", scope.function(e)).with("type", shown_type(programme, &e.ty));
    let kind = |word, of: &[(TrackId, Expr)]| Record::of("Take").with("kind", Code::Word(word)).with_some("of", by_track(programme, of));
    match take {
        Take::All => kind("all", &[]),
        Take::Number(e) => limit(kind("number", &[]), e),
        Take::While { of, limit: e, passing } => limit(kind(if *passing { "passing" } else { "while" }, of), e),
        Take::Nearest { of, target, least } => limit(kind("nearest", of), target).with_some("least", scope.function_of(least.as_deref())),
    }
    .code()
}

fn tie(programme: &Programme, tied: Tied) -> Code {
    let members = Record::of("Tie");
    match tied {
        Tied::AdmitAll => members.with("kind", Code::Word("admit all")),
        Tied::AdmitNone => members.with("kind", Code::Word("admit none")),
        Tied::Judged(by) => members.with("kind", Code::Word("judged")).with_some("by", by.map(|a| actor(programme, a))),
    }
    .code()
}

fn assign(programme: &Programme, assign: &Assign) -> Code {
    Record::of("Assign")
        .with("wishes", wishes(programme, &assign.wishes))
        .with("places", Scope::programme(programme).function(&assign.places))
        .code()
}

/// The lists of wishes by track, each with the type of what is wished for: the item, or the first field of it.
fn wishes(programme: &Programme, lists: &[(TrackId, Expr)]) -> Code {
    let one = |(id, expr): &(TrackId, Expr)| {
        let Type::List(item) = &expr.ty else { return None };
        let ty = match &**item {
            Type::Record(record) => &programme.records[record.index()].fields.first()?.ty,
            item => item,
        };
        let value = Scope::track(programme, programme.track(*id)).function(expr);
        let wish = Record::of("KeyValue").with("value", value).with("type", shown_type(programme, ty));
        Some((programme.track(*id).ident.key.clone(), wish.code()))
    };
    Code::Map(lists.iter().filter_map(one).collect())
}
