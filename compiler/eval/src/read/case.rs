//! A whole case: its header, entries by track, judgements, materials, events.

use super::entry::{Entries, when};
use super::scan::{Member, Node, Spot, scan};
use super::shape::Shape;
use super::{Fault, boolean, each_member, filled, is_blank, list, object, string, unknown_member};
use crate::case::{Case, Copy, Entry, Event, Fault as CaseFault, Sheet, TrackIndex};
use crate::prepared::Prepared;
use crate::refusal::Refusal;
use prog_base::{Date, Text, codes, text};
use prog_model::TrackId;

/// Members of a case.
const MEMBERS: &[&str] = &[
    "programme",
    "version",
    "id",
    "track",
    "form",
    "facts",
    "attested",
    "judgements",
    "external",
    "reasons",
    "materials",
    "events",
    "withdrawn",
];

/// Reads a case from its text.
pub fn read_case(prepared: &Prepared<'_>, text: &str) -> Result<Case, Refusal> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    scan(body).and_then(|spot| case(prepared, &spot, "")).map_err(|fault| fault.placed(body))
}

/// Reads a case that stands at `pointer` of its text.
pub fn case(prepared: &Prepared<'_>, spot: &Spot<'_>, pointer: &str) -> Result<Case, Fault> {
    our_programme(prepared, spot, pointer)?;
    let track = track(prepared, spot, pointer)?;
    let shape = prepared.shape(track);
    let inputs = prepared.programme.track(track).inputs.len();
    let entries = vec![Entry::default(); inputs];
    let mut reader = Reader { prepared, track, outer: pointer.len(), case: Case { track: TrackIndex(track), entries, ..Case::default() } };
    each_member(spot, pointer, MEMBERS, |member, place| reader.member(shape, member, place, pointer))?;
    Ok(reader.finish())
}

/// The programme must be ours.
pub fn our_programme(prepared: &Prepared<'_>, spot: &Spot<'_>, pointer: &str) -> Result<(), Fault> {
    let p = prepared.programme;
    let programme = required(spot, pointer, "programme")?;
    let name = string(&programme.value, &super::below(pointer, "programme"))?;
    if name != p.ident.key {
        let ours = &p.ident.key;
        let place = super::below(pointer, "programme");
        let message = text!("这是“{name}”的申报，本项目是“{ours}”", "this is a case of `{name}`; this programme is `{ours}`");
        return Err(Fault::new(codes::OTHER_PROGRAMME, programme.value.at, &place, message));
    }
    Ok(())
}

/// The track must be one of ours.
fn track(prepared: &Prepared<'_>, spot: &Spot<'_>, pointer: &str) -> Result<TrackId, Fault> {
    let p = prepared.programme;
    let track = required(spot, pointer, "track")?;
    let place = super::below(pointer, "track");
    let name = string(&track.value, &place)?;
    if let Some(index) = p.tracks.iter().position(|t| t.ident.key == name) {
        return Ok(TrackId(index as u32));
    }
    let known: Vec<&str> = p.tracks.iter().map(|t| t.ident.key.as_str()).collect();
    let mut fault = Fault::new(codes::UNKNOWN_TRACK, track.value.at, &place, text!("没有名为“{name}”的类别", "there is no track `{name}`"));
    fault.help = Some(Text { zh: format!("可选：{}", known.join("、")), en: format!("there are: `{}`", known.join("`, `")) });
    Err(fault)
}

/// A member that must be there.
fn required<'s, 't>(spot: &'s Spot<'t>, pointer: &str, name: &str) -> Result<&'s Member<'t>, Fault> {
    let found = object(spot, pointer)?.iter().find(|m| m.name == name && m.value.node != Node::Null);
    found.ok_or_else(|| Fault::new(codes::MISSING_MEMBER, spot.at, pointer, text!("缺少“{name}”", "`{name}` is missing")))
}

struct Reader<'r, 'p> {
    prepared: &'r Prepared<'p>,
    track: TrackId,
    /// Length of the pointer at which the case itself stands.
    outer: usize,
    case: Case,
}

impl Reader<'_, '_> {
    fn member(&mut self, shape: &Shape, member: &Member<'_>, place: &str, pointer: &str) -> Result<(), Fault> {
        let value = &member.value;
        match member.name.as_ref() {
            "programme" | "track" => {}
            "version" => self.case.version = filled(string(value, place)?),
            "id" => self.case.id = filled(string(value, place)?),
            "withdrawn" => self.case.withdrawn = boolean(value, place)?,
            "form" => self.entries(shape.member("form"), value, place)?,
            "facts" => self.entries(shape.member("facts"), value, place)?,
            "judgements" => self.sheets(shape, Origins::Judged, value, place)?,
            "attested" => self.sheets(shape, Origins::Attested, value, place)?,
            "external" => self.sheets(shape, Origins::External, value, place)?,
            "reasons" => self.case.reasons = reasons(value, place, &self.prepared.reason_keys(self.track))?,
            "materials" => self.case.materials = materials(value, place, &self.prepared.material_keys(self.track))?,
            "events" => {
                for (i, item) in list(value, place)?.iter().enumerate() {
                    self.case.events.push(event(item, &super::below(place, &i.to_string()))?);
                }
            }
            _ => return Err(unknown_member(member, pointer, MEMBERS)),
        }
        Ok(())
    }

    /// Entered values: a tree of groups down to the inputs.
    fn entries(&mut self, shape: Option<&Shape>, spot: &Spot<'_>, pointer: &str) -> Result<(), Fault> {
        each_member(spot, pointer, &shape, |member, place| match shape.and_then(|s| s.member(&member.name)) {
            Some(Shape::Slot(slot)) => self.entry(*slot, &member.value, place),
            Some(group @ Shape::Group(_)) => self.entries(Some(group), &member.value, place),
            Some(Shape::Sheet(_)) | None => Err(unknown_member(member, pointer, &shape.map(Shape::names).unwrap_or_default())),
        })
    }

    fn entry(&mut self, slot: usize, spot: &Spot<'_>, pointer: &str) -> Result<(), Fault> {
        let p = self.prepared.programme;
        let input = p.input(p.track(self.track).inputs[slot]);
        let mut reader = Entries { programme: p, faults: Vec::new() };
        self.case.entries[slot].data = reader.read(spot, &input.field, pointer)?;
        let outer = self.outer;
        self.case.faults.extend(reader.faults.into_iter().map(|(path, problem)| CaseFault {
            slot,
            path: path[outer..].to_owned(),
            problem,
        }));
        Ok(())
    }

    /// `judgements`, `attested`, `external`: of facts, or of rules and members.
    fn sheets(&mut self, shape: &Shape, origin: Origins, spot: &Spot<'_>, pointer: &str) -> Result<(), Fault> {
        let shape = shape.member(origin.member());
        each_member(spot, pointer, &shape, |member, place| match shape.and_then(|s| s.member(&member.name)) {
            Some(Shape::Slot(slot)) => self.sheet_entry(*slot, origin, &member.value, place),
            Some(Shape::Sheet(key)) => self.sheet(key, origin, &member.value, place),
            Some(Shape::Group(_)) | None => Err(unknown_member(member, pointer, &shape.map(Shape::names).unwrap_or_default())),
        })
    }

    fn sheet(&mut self, key: &str, origin: Origins, spot: &Spot<'_>, pointer: &str) -> Result<(), Fault> {
        let mut sheet = Sheet::default();
        each_member(spot, pointer, origin.known(), |member, place| match member.name.as_ref() {
            "value" => {
                let value = Some(boolean(&member.value, place)?);
                match origin {
                    Origins::Judged => sheet.judged = value,
                    Origins::Attested => sheet.attested = value,
                    Origins::External => sheet.external = value,
                }
                Ok(())
            }
            _ => origin.rest(member, place, pointer, &mut sheet.as_of, &mut sheet.judged_at),
        })?;
        match self.case.sheets.binary_search_by(|(k, _)| k.as_str().cmp(key)) {
            Ok(index) => {
                let old = &mut self.case.sheets[index].1;
                old.judged = old.judged.or(sheet.judged);
                old.judged_at = old.judged_at.or(sheet.judged_at);
                old.attested = old.attested.or(sheet.attested);
                old.external = old.external.or(sheet.external);
                old.as_of = old.as_of.or(sheet.as_of);
            }
            Err(index) => self.case.sheets.insert(index, (key.to_owned(), sheet)),
        }
        Ok(())
    }

    fn sheet_entry(&mut self, slot: usize, origin: Origins, spot: &Spot<'_>, pointer: &str) -> Result<(), Fault> {
        let (mut as_of, mut at) = (None, None);
        each_member(spot, pointer, origin.known(), |member, place| match member.name.as_ref() {
            "value" => self.entry(slot, &member.value, place),
            _ => origin.rest(member, place, pointer, &mut as_of, &mut at),
        })?;
        let entry = &mut self.case.entries[slot];
        (entry.as_of, entry.at) = (as_of, at);
        Ok(())
    }

    /// Faults in order of input and path; values that are faulty within become unknown as a whole only where they are.
    fn finish(mut self) -> Case {
        self.case.faults.sort_by(|a, b| (a.slot, &a.path).cmp(&(b.slot, &b.path)));
        self.case
    }
}

/// The three members that hold values with their origin.
#[derive(Clone, Copy)]
enum Origins {
    Judged,
    Attested,
    External,
}

impl Origins {
    fn member(self) -> &'static str {
        match self {
            Origins::Judged => "judgements",
            Origins::Attested => "attested",
            Origins::External => "external",
        }
    }

    /// The members of an entry.
    fn known(self) -> &'static [&'static str] {
        match self {
            Origins::Judged => &["value", "by", "at", "reason"],
            Origins::Attested => &["value", "evidence"],
            Origins::External => &["value", "as_of", "evidence"],
        }
    }

    /// Members beside `value`.
    fn rest(
        self,
        member: &Member<'_>,
        place: &str,
        pointer: &str,
        as_of: &mut Option<Date>,
        at: &mut Option<crate::case::When>,
    ) -> Result<(), Fault> {
        let known = self.known();
        if !known.contains(&member.name.as_ref()) {
            return Err(unknown_member(member, pointer, known));
        }
        let text = string(&member.value, place)?;
        match member.name.as_ref() {
            "at" => *at = when(text),
            "as_of" => *as_of = Date::parse(text),
            _ => {}
        }
        Ok(())
    }
}

/// Written reasons by key; a blank one is none.
pub fn reasons(spot: &Spot<'_>, pointer: &str, known: &[&str]) -> Result<Vec<(String, String)>, Fault> {
    let mut reasons = Vec::new();
    each_member(spot, pointer, known, |member, place| {
        if !known.contains(&member.name.as_ref()) {
            return Err(unknown_member(member, pointer, known));
        }
        let reason = string(&member.value, place)?;
        if !is_blank(reason) {
            reasons.push((member.name.clone().into_owned(), reason.to_owned()));
        }
        Ok(())
    })?;
    Ok(reasons)
}

/// Materials by key, each a list of copies.
pub fn materials(spot: &Spot<'_>, pointer: &str, known: &[&str]) -> Result<Vec<(String, Vec<Copy>)>, Fault> {
    let mut materials = Vec::new();
    each_member(spot, pointer, known, |member, place| {
        if !known.contains(&member.name.as_ref()) {
            return Err(unknown_member(member, pointer, known));
        }
        let mut copies = Vec::new();
        for (i, item) in list(&member.value, place)?.iter().enumerate() {
            copies.push(copy(item, &super::below(place, &i.to_string()))?);
        }
        materials.push((member.name.clone().into_owned(), copies));
        Ok(())
    })?;
    Ok(materials)
}

fn copy(spot: &Spot<'_>, pointer: &str) -> Result<Copy, Fault> {
    const MEMBERS: &[&str] = &["format", "sealed"];
    let mut copy = Copy::default();
    each_member(spot, pointer, MEMBERS, |member, place| {
        match member.name.as_ref() {
            "format" => copy.format = filled(string(&member.value, place)?),
            "sealed" => copy.sealed = Some(boolean(&member.value, place)?),
            _ => return Err(unknown_member(member, pointer, MEMBERS)),
        }
        Ok(())
    })?;
    Ok(copy)
}

fn event(spot: &Spot<'_>, pointer: &str) -> Result<Event, Fault> {
    const MEMBERS: &[&str] = &["stage", "outcome", "by", "at", "channel"];
    let mut event = Event::default();
    each_member(spot, pointer, MEMBERS, |member, place| {
        let value = &member.value;
        match member.name.as_ref() {
            "stage" => event.stage = filled(string(value, place)?),
            "outcome" => event.outcome = filled(string(value, place)?),
            "by" => event.by = filled(string(value, place)?),
            "at" => event.at = when(string(value, place)?),
            "channel" => event.channel = filled(string(value, place)?),
            _ => return Err(unknown_member(member, pointer, MEMBERS)),
        }
        Ok(())
    })?;
    Ok(event)
}
