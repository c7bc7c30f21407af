//! Entries that are filled in otherwise: can what was filled in for the old version be read under the new one?
//!
//! In: an entry under both versions. Out: values that one takes and the other does not, in a case that is sound otherwise. Always: the
//! class is data; whether somebody loses is said beside it.

use crate::align::Raw;
use crate::change::{Effect, Outcome, Witness, WitnessKind};
use crate::describe::entries;
use crate::ground::Grounds;
use crate::pair::{Rank, Said};
use crate::search::{Ground, with};
use crate::thing::Subject;
use prog_base::text;
use prog_cases::Boundaries;
use prog_model::{EnumId, FieldKind, FieldType, InputId, Programme, RecordId, TrackId};
use serde_json::Value;
use std::collections::BTreeSet;

/// What becomes of old data.
pub(crate) fn effect(grounds: &Grounds<'_>, raw: &Raw) -> Effect {
    let mut effect = Effect::default();
    let mut reading = Reading::default();
    for (old, new) in &raw.subjects {
        for track in grounds.tracks() {
            if raw.change.tracks.is_empty() || raw.change.tracks.contains(&track) {
                grounds.with(&track, |ground| {
                    for pointer in touched(ground, old.as_ref(), new.as_ref()) {
                        reading.look(ground, &pointer, &mut effect);
                    }
                });
            }
        }
    }
    if effect.tried > 0 {
        effect.notes.push(match (reading.refused, reading.worse) {
            (true, _) => text!("旧数据有读不进的", "some old data is refused"),
            (false, true) => text!("旧数据读得进，但有的会被退回", "old data is read, but some of it is sent back"),
            (false, false) => text!("旧数据照样能读", "old data is read as before"),
        });
    }
    effect.witnesses.extend(reading.loss.into_iter().chain(reading.gain));
    effect
}

/// Pointers of the entries that a change touches, in one track.
fn touched(ground: &Ground<'_, '_>, old: Option<&Subject>, new: Option<&Subject>) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for (p, track, subject) in [(ground.old.p, ground.tracks.0, old), (ground.new.p, ground.tracks.1, new)] {
        let inputs = p.track(track).inputs.iter();
        match subject {
            Some(Subject::Input(id)) => all.extend(inputs.filter(|i| *i == id).map(|i| p.input(*i).pointer.clone())),
            Some(Subject::Read(name) | Subject::Cell(name, _)) => {
                let reads = |i: &&InputId| mentions(p, &p.input(**i).field, name);
                all.extend(inputs.filter(reads).map(|i| p.input(*i).pointer.clone()));
            }
            Some(
                Subject::None
                | Subject::Rule(..)
                | Subject::Track(_)
                | Subject::Quota(_)
                | Subject::Selection(_)
                | Subject::Material(_)
                | Subject::Indicator(..),
            )
            | None => {}
        }
    }
    all
}

/// Whether a list or record of this name is used in a field.
fn mentions(p: &Programme, field: &FieldType, name: &str) -> bool {
    let list = |id: &EnumId| name == format!("enum:{}", p.enumeration(*id).ident.key);
    let record = |id: &RecordId| {
        let record = &p.records[id.index()];
        name == format!("record:{}", record.ident.key) || record.fields.iter().any(|f| mentions(p, &f.field, name))
    };
    match &field.kind {
        FieldKind::OneOf(id) | FieldKind::AnyOf(id) => list(id),
        FieldKind::Record(id) => record(id),
        FieldKind::List(item) => mentions(p, item, name),
        FieldKind::Text
        | FieldKind::Prose
        | FieldKind::Integer
        | FieldKind::Count
        | FieldKind::Decimal { .. }
        | FieldKind::Percent { .. }
        | FieldKind::Money { .. }
        | FieldKind::Date
        | FieldKind::Month
        | FieldKind::Year
        | FieldKind::YesNo
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::Mobile
        | FieldKind::Postcode
        | FieldKind::Url
        | FieldKind::File { .. }
        | FieldKind::Unknown => false,
    }
}

#[derive(Default)]
struct Reading {
    refused: bool,
    worse: bool,
    loss: Option<Witness>,
    gain: Option<Witness>,
}

impl Reading {
    fn look(&mut self, ground: &Ground<'_, '_>, pointer: &str, effect: &mut Effect) {
        for value in values(ground, pointer) {
            let case = with(ground.sound, pointer, &value);
            let (old, new) = ground.both(&case);
            effect.tried += 1;
            // What the new version does not have at all is dropped from the case here, but refused in a file.
            let dropped = value.is_some() && lacks(ground.new.p, ground.tracks.1, pointer);
            let (was, is) = (old.rank, if dropped { Rank::Refused } else { new.rank });
            self.refused |= is == Rank::Refused && was != Rank::Refused;
            if is < was {
                self.worse = true;
                self.loss.get_or_insert_with(|| witness(ground, &case, pointer, true, &old, &new, (was, is)));
            } else if is > was && !lacks(ground.old.p, ground.tracks.0, pointer) {
                self.gain.get_or_insert_with(|| witness(ground, &case, pointer, false, &old, &new, (was, is)));
            }
        }
    }
}

fn lacks(p: &Programme, track: TrackId, pointer: &str) -> bool {
    !p.track(track).inputs.iter().any(|i| p.input(*i).pointer == pointer)
}

/// Everything that either version lays around its boundaries, and nothing; a value that is sound first.
fn values(ground: &Ground<'_, '_>, pointer: &str) -> Vec<Option<Value>> {
    let mut all = vec![ground.sound.pointer(pointer).cloned()];
    for (p, track) in [(ground.old.p, ground.tracks.0), (ground.new.p, ground.tracks.1)] {
        let changes = Boundaries::of(p).changes(p.track(track));
        for change in changes.into_iter().filter(|c| c.pointer == pointer) {
            if !all.contains(&change.value) {
                all.push(change.value);
            }
        }
    }
    all
}

fn witness(ground: &Ground<'_, '_>, case: &Value, pointer: &str, loses: bool, old: &Said, new: &Said, (was, is): (Rank, Rank)) -> Witness {
    Witness {
        kind: WitnessKind::Case,
        loses,
        of: ground.new.p.track(ground.tracks.1).ident.name.clone(),
        count: 1,
        entries: entries(ground, case, &[pointer.to_owned()]),
        before: Outcome { word: was.word(), by: if loses { Vec::new() } else { old.decided() } },
        after: Outcome { word: is.word(), by: if loses { new.decided() } else { Vec::new() } },
        data: vec![ground.new.project(ground.tracks.1, case), ground.old.project(ground.tracks.0, case)],
    }
}
