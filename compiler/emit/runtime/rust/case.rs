//! A whole case: its header, entries by track, judgements, materials, events.
//!
//! In: a [`Spot`]. Out: a [`Case`], complete and typed, nothing evaluated; or a refusal.
//! Always: numbers are in base units; an entry that was left out, `null` or blank is [`Data::Blank`]; one that is not acceptable is
//! [`Data::Bad`], and its fault stands in `faults`.

use super::date::Day;
use super::definition::Record;
use super::entry::Entries;
use super::json::{Node, Pointer, Spot};
use super::number::Exact;
use super::prepared::{Prepared, PreparedTrack, Shape};
use super::read::{
    boolean, each_item, each_member, filled, object, string, unknown_member, when, Read, When,
};
use super::refusal::{there_are, Refusal};
use super::shared::codes;
use super::text::is_blank;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// An entered value; texts stand in what was read wherever they can.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Data<'t> {
    /// Nothing there.
    #[default]
    Blank,
    /// Something there that the rules cannot use.
    Bad,
    /// Yes or no.
    Bool(bool),
    /// A number in base units.
    Number(Exact),
    /// A text that is not blank.
    Text(Cow<'t, str>),
    /// The key of a closed list's value.
    Key(&'static str),
    /// Keys of a closed list's values, in the order of the list.
    Set(Vec<Data<'t>>),
    /// A day; a month is its first day.
    Day(Day),
    /// One a field of the record.
    Record(Vec<Data<'t>>, RecordOf),
    /// Items.
    List(Vec<Data<'t>>),
}

/// The record that data belong to.
pub type RecordOf = &'static Record;

impl Data<'_> {
    /// The key of a closed list's value.
    pub fn key(&self) -> Option<&str> {
        if let Data::Key(key) = self {
            Some(key)
        } else {
            None
        }
    }
}

/// Two records are of one kind wherever they are compared.
impl PartialEq for Record {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Record {}

/// One application.
#[derive(Clone, Debug)]
pub struct Case<'t> {
    /// Its track.
    pub track: &'static PreparedTrack,
    /// The version of the programme it was made for.
    pub version: Option<Cow<'t, str>>,
    /// Its id.
    pub id: Option<Cow<'t, str>>,
    /// Taken back: counted nowhere.
    pub withdrawn: bool,
    /// One an input of the track.
    pub entries: Vec<Entry<'t>>,
    /// What is wrong with entries: slot, path, problem; in order of slot and path.
    pub faults: Vec<(usize, String, Problem)>,
    /// Judgements, attestations and register entries of rules and members, by key.
    pub sheets: BTreeMap<&'static str, Sheet>,
    /// Written reasons by rule key; never blank.
    pub reasons: BTreeMap<&'static str, Cow<'t, str>>,
    /// Materials by key.
    pub materials: BTreeMap<&'static str, Vec<Copied<'t>>>,
    /// What happened, in the order given.
    pub events: Vec<Event<'t>>,
}

/// What was entered for one input.
#[derive(Clone, Debug, Default)]
pub struct Entry<'t> {
    /// The value.
    pub data: Data<'t>,
    /// For external facts: the day at which the register was read.
    pub as_of: Option<Day>,
    /// For judged facts: when it was judged.
    pub at: Option<When>,
}

/// A judgement, attestation or register entry of a rule or threshold member.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sheet {
    /// From `judgements`, `attested`, `external`.
    pub stated: [Option<bool>; 3],
    /// When it was judged.
    pub at: Option<When>,
    /// The day at which the register was read.
    pub as_of: Option<Day>,
}

impl Sheet {
    /// From `judgements`.
    pub fn judged(&self) -> Option<bool> {
        self.stated[0]
    }

    /// From `attested`.
    pub fn attested(&self) -> Option<bool> {
        self.stated[1]
    }

    /// From `external`.
    pub fn external(&self) -> Option<bool> {
        self.stated[2]
    }
}

/// One copy of a material.
#[derive(Clone, Debug, Default)]
pub struct Copied<'t> {
    /// `word`, `pdf`, …
    pub format: Option<Cow<'t, str>>,
    /// Bears the seal.
    pub sealed: Option<bool>,
}

/// Something that happened to the case.
#[derive(Clone, Debug, Default)]
pub struct Event<'t> {
    /// The stage's key.
    pub stage: Option<Cow<'t, str>>,
    /// The outcome.
    pub outcome: Option<Cow<'t, str>>,
    /// Who acted.
    pub by: Option<Cow<'t, str>>,
    /// When.
    pub at: Option<When>,
    /// Through which channel.
    pub channel: Option<Cow<'t, str>>,
}

/// What may be wrong with an entry, or with a step of the route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Left blank.
    Blank,
    /// Out of range.
    Range,
    /// Between two steps.
    Step,
    /// Not in the right form.
    Pattern,
    /// Not a date.
    Date,
    /// Too long or too short.
    Length,
    /// Not one of the choices.
    Unlisted,
    /// Another value than the one worked out.
    Total,
    /// Not asked for.
    Irrelevant,
    /// Late.
    Late,
    /// Not done by the deadline.
    Overdue,
    /// Too short a time.
    Short,
    /// Before the window opened.
    Early,
    /// Left out.
    Skipped,
    /// By the wrong actor.
    Actor,
    /// Through the wrong channel.
    Channel,
    /// Missing.
    Missing,
    /// In none of the forms asked for.
    Format,
    /// Without a seal.
    Seal,
    /// In a form that is turned away.
    Refused,
    /// Does not belong there.
    Extra,
    /// Stands twice.
    Twice,
    /// Differs.
    Differs,
}

impl Problem {
    /// The word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Problem::Blank => "blank",
            Problem::Range => "range",
            Problem::Step => "step",
            Problem::Pattern => "pattern",
            Problem::Date => "date",
            Problem::Length => "length",
            Problem::Unlisted => "unlisted",
            Problem::Total => "total",
            Problem::Irrelevant => "irrelevant",
            Problem::Late => "late",
            Problem::Overdue => "overdue",
            Problem::Short => "short",
            Problem::Early => "early",
            Problem::Skipped => "skipped",
            Problem::Actor => "actor",
            Problem::Channel => "channel",
            Problem::Missing => "missing",
            Problem::Format => "format",
            Problem::Seal => "seal",
            Problem::Refused => "refused",
            Problem::Extra => "extra",
            Problem::Twice => "twice",
            Problem::Differs => "differs",
        }
    }
}

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

/// The members that hold values with their origin, and what stands in each beside the value.
const ORIGINS: [(&str, &[&str]); 3] = [
    ("judgements", &["value", "by", "at", "reason"]),
    ("attested", &["value", "evidence"]),
    ("external", &["value", "as_of", "evidence"]),
];

/// Reads a case that stands at a pointer of its text.
pub fn read_case<'t>(
    prepared: &'static Prepared,
    spot: &Spot<'t>,
    pointer: Pointer<'_>,
) -> Read<Case<'t>> {
    let track = track_of(prepared, spot, pointer)?;
    let case = Case {
        track,
        version: None,
        id: None,
        withdrawn: false,
        entries: vec![Entry::default(); track.track.inputs.len()],
        faults: Vec::new(),
        sheets: BTreeMap::new(),
        reasons: BTreeMap::new(),
        materials: BTreeMap::new(),
        events: Vec::new(),
    };
    let outer = pointer.to_string().len();
    let mut reader = Reader {
        prepared,
        outer,
        case,
    };
    each_member(spot, pointer, MEMBERS, |member, value, place| {
        reader.member(MEMBERS[member], value, place)
    })?;
    let mut case = reader.case;
    case.faults.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    Ok(case)
}

/// The programme must be ours.
pub fn our_programme(prepared: &Prepared, spot: &Spot<'_>, pointer: Pointer<'_>) -> Read<()> {
    let programme = required(spot, pointer, "programme")?;
    let place = pointer.below("programme");
    let name = string(programme, place)?;
    let ours = prepared.definition.programme;
    if name == ours {
        return Ok(());
    }
    let zh = format!("这是“{name}”的申报，本项目是“{ours}”");
    let en = format!("this is a case of `{name}`; this programme is `{ours}`");
    Err(Refusal::new(
        codes::OTHER_PROGRAMME,
        programme.at,
        place,
        zh,
        en,
    ))
}

/// The track must be one of ours.
fn track_of(
    prepared: &'static Prepared,
    spot: &Spot<'_>,
    pointer: Pointer<'_>,
) -> Read<&'static PreparedTrack> {
    our_programme(prepared, spot, pointer)?;
    let value = required(spot, pointer, "track")?;
    let place = pointer.below("track");
    let key = string(value, place)?;
    if let Some(track) = prepared.tracks.iter().find(|t| t.track.key == key) {
        return Ok(track);
    }
    let known: Vec<&str> = prepared.tracks.iter().map(|t| t.track.key).collect();
    let (zh, en) = (
        format!("没有名为“{key}”的类别"),
        format!("there is no track `{key}`"),
    );
    let refusal = Refusal::new(codes::UNKNOWN_TRACK, value.at, place, zh, en);
    Err(refusal.help(Some(there_are(&known))))
}

/// The value of a member that must be there.
fn required<'s, 't>(spot: &'s Spot<'t>, pointer: Pointer<'_>, name: &str) -> Read<&'s Spot<'t>> {
    let found = object(spot, pointer)?
        .iter()
        .find(|m| m.name == name && m.value.node != Node::Null);
    found.map(|member| &member.value).ok_or_else(|| {
        let (zh, en) = (format!("缺少“{name}”"), format!("`{name}` is missing"));
        Refusal::new(codes::MISSING_MEMBER, spot.at, pointer, zh, en)
    })
}

struct Reader<'t> {
    prepared: &'static Prepared,
    /// Length of the pointer at which the case itself stands.
    outer: usize,
    case: Case<'t>,
}

impl<'t> Reader<'t> {
    fn member(&mut self, name: &str, value: &Spot<'t>, place: Pointer<'_>) -> Read<()> {
        let track = self.case.track;
        match name {
            "version" => self.case.version = filled(value, place)?,
            "id" => self.case.id = filled(value, place)?,
            "withdrawn" => self.case.withdrawn = boolean(value, place)?,
            "form" | "facts" => self.entries(track.shape.member(name), value, place)?,
            "judgements" => self.sheets(0, value, place)?,
            "attested" => self.sheets(1, value, place)?,
            "external" => self.sheets(2, value, place)?,
            "reasons" => self.case.reasons = read_reasons(value, place, &track.reason_keys)?,
            "materials" => {
                self.case.materials = read_materials(value, place, &track.material_keys)?
            }
            "events" => self.case.events = each_item(value, place, read_event)?,
            _ => {}
        }
        Ok(())
    }

    /// Entered values: a tree of groups down to the inputs.
    fn entries(
        &mut self,
        shape: Option<&'static Shape>,
        spot: &Spot<'t>,
        pointer: Pointer<'_>,
    ) -> Read<()> {
        for member in object(spot, pointer)? {
            let place = pointer.below(&member.name);
            match shape.and_then(|shape| shape.member(&member.name)) {
                Some(_) if member.value.node == Node::Null => {}
                Some(Shape::Slot(slot)) => self.entry(*slot, &member.value, place)?,
                Some(group @ Shape::Group(_)) => self.entries(Some(group), &member.value, place)?,
                Some(Shape::Sheet(_)) | None => {
                    return Err(unknown_member(member, pointer, &names_of(shape)));
                }
            }
        }
        Ok(())
    }

    fn entry(&mut self, slot: usize, spot: &Spot<'t>, pointer: Pointer<'_>) -> Read<()> {
        let mut reader = Entries {
            prepared: self.prepared,
            faults: Vec::new(),
        };
        let field = &self.case.track.track.inputs[slot].entry;
        self.case.entries[slot].data = reader.read(spot, field, pointer)?;
        for (path, problem) in reader.faults {
            self.case
                .faults
                .push((slot, path[self.outer..].to_owned(), problem));
        }
        Ok(())
    }

    /// `judgements`, `attested`, `external`: of facts, or of rules and members.
    fn sheets(&mut self, origin: usize, spot: &Spot<'t>, pointer: Pointer<'_>) -> Read<()> {
        let shape = self.case.track.shape.member(ORIGINS[origin].0);
        for member in object(spot, pointer)? {
            let place = pointer.below(&member.name);
            match shape.and_then(|shape| shape.member(&member.name)) {
                Some(_) if member.value.node == Node::Null => {}
                Some(Shape::Slot(slot)) => self.sheet_entry(*slot, origin, &member.value, place)?,
                Some(Shape::Sheet(key)) => self.sheet(key, origin, &member.value, place)?,
                Some(Shape::Group(_)) | None => {
                    return Err(unknown_member(member, pointer, &names_of(shape)));
                }
            }
        }
        Ok(())
    }

    fn sheet(
        &mut self,
        key: &'static str,
        origin: usize,
        spot: &Spot<'t>,
        pointer: Pointer<'_>,
    ) -> Read<()> {
        let known = ORIGINS[origin].1;
        let mut sheet = self.case.sheets.get(key).copied().unwrap_or_default();
        each_member(spot, pointer, known, |member, value, place| {
            match known[member] {
                "value" => {
                    sheet.stated[origin] = Some(boolean(value, place)?);
                    Ok(())
                }
                name => beside(name, value, place, &mut sheet.at, &mut sheet.as_of),
            }
        })?;
        self.case.sheets.insert(key, sheet);
        Ok(())
    }

    fn sheet_entry(
        &mut self,
        slot: usize,
        origin: usize,
        spot: &Spot<'t>,
        pointer: Pointer<'_>,
    ) -> Read<()> {
        let known = ORIGINS[origin].1;
        let (mut at, mut as_of) = (None, None);
        each_member(spot, pointer, known, |member, value, place| {
            match known[member] {
                "value" => self.entry(slot, value, place),
                name => beside(name, value, place, &mut at, &mut as_of),
            }
        })?;
        let entry = &mut self.case.entries[slot];
        (entry.at, entry.as_of) = (at, as_of);
        Ok(())
    }
}

/// A member beside a value.
fn beside(
    name: &str,
    value: &Spot<'_>,
    place: Pointer<'_>,
    at: &mut Option<When>,
    as_of: &mut Option<Day>,
) -> Read<()> {
    let text = string(value, place)?;
    match name {
        "at" => *at = when(value, place)?,
        "as_of" => *as_of = Day::parse(text),
        _ => {}
    }
    Ok(())
}

fn names_of(shape: Option<&'static Shape>) -> Vec<&'static str> {
    shape.map(Shape::names).unwrap_or_default()
}

/// Written reasons by key; a blank one is none.
pub fn read_reasons<'t>(
    spot: &Spot<'t>,
    pointer: Pointer<'_>,
    known: &[&'static str],
) -> Read<BTreeMap<&'static str, Cow<'t, str>>> {
    let mut reasons = BTreeMap::new();
    each_member(spot, pointer, known, |member, value, place| {
        let reason = string(value, place)?;
        if !is_blank(reason) {
            reasons.insert(known[member], reason.clone());
        }
        Ok(())
    })?;
    Ok(reasons)
}

/// Materials by key, each a list of copies.
pub fn read_materials<'t>(
    spot: &Spot<'t>,
    pointer: Pointer<'_>,
    known: &[&'static str],
) -> Read<BTreeMap<&'static str, Vec<Copied<'t>>>> {
    let mut materials = BTreeMap::new();
    each_member(spot, pointer, known, |member, value, place| {
        materials.insert(known[member], each_item(value, place, read_copy)?);
        Ok(())
    })?;
    Ok(materials)
}

fn read_copy<'t>(spot: &Spot<'t>, pointer: Pointer<'_>) -> Read<Copied<'t>> {
    let mut copy = Copied::default();
    each_member(
        spot,
        pointer,
        &["format", "sealed"],
        |member, value, place| {
            match member {
                0 => copy.format = filled(value, place)?,
                _ => copy.sealed = Some(boolean(value, place)?),
            }
            Ok(())
        },
    )?;
    Ok(copy)
}

fn read_event<'t>(spot: &Spot<'t>, pointer: Pointer<'_>) -> Read<Event<'t>> {
    let mut event = Event::default();
    let known = ["stage", "outcome", "by", "at", "channel"];
    each_member(spot, pointer, &known, |member, value, place| {
        match member {
            0 => event.stage = filled(value, place)?,
            1 => event.outcome = filled(value, place)?,
            2 => event.by = filled(value, place)?,
            3 => event.at = when(value, place)?,
            _ => event.channel = filled(value, place)?,
        }
        Ok(())
    })?;
    Ok(event)
}
