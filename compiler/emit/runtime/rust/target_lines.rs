//! The lines of reports on targets: strict, like cases.
//!
//! In: a text of JSON lines. Out: reports. Always: blank lines are passed over.

use super::case::{our_programme, Data, Problem};
use super::date::Day;
use super::definition::TargetInput;
use super::entry::Entries;
use super::json::{scan, Node, Pointer, Spot};
use super::lines::{each_text_line, read_key_text};
use super::prepared::{Prepared, PreparedTargets};
use super::read::{each_member, filled, integer, object, string, when, wrong_type, Read, When};
use super::refusal::{meant, Refusal};
use super::shared::codes;
use super::target_period::{Period, FIRST_YEAR};
use std::borrow::Cow;

/// What one body reports of one time.
#[derive(Debug)]
pub struct TargetReport<'t> {
    /// The block of targets.
    pub block: &'static PreparedTargets,
    /// Its id.
    pub id: Option<Cow<'t, str>>,
    /// Whose.
    pub key: Option<Cow<'t, str>>,
    /// Of which time.
    pub period: Period,
    /// From when the block's years count.
    pub from: Option<Day>,
    /// One an input.
    pub entries: Vec<Reported<'t>>,
    /// What is wrong with entries: slot, path, problem.
    pub faults: Vec<(usize, String, Problem)>,
}

/// What is reported on one input.
#[derive(Clone, Debug)]
pub enum Reported<'t> {
    /// Nothing.
    None,
    /// One value.
    One(Data<'t>),
    /// One a value of the list of `for all`.
    ByKey(Vec<Data<'t>>),
}

const MEMBERS: &[&str] = &[
    "programme",
    "targets",
    "id",
    "key",
    "year",
    "at",
    "from",
    "values",
    "judgements",
    "attested",
    "external",
];

const PLACES: [&str; 4] = ["values", "judgements", "attested", "external"];

/// Reads all reports; a refusal's line is the line of the text.
pub fn read_reports<'t>(prepared: &'static Prepared, text: &'t str) -> Read<Vec<TargetReport<'t>>> {
    let mut reports = Vec::new();
    each_text_line(text, |line| {
        reports.push(read_report(prepared, &scan(line)?)?);
        Ok(())
    })?;
    Ok(reports)
}

/// The value of a member, if it is there.
fn member<'s, 't>(spot: &'s Spot<'t>, name: &str) -> Read<Option<&'s Spot<'t>>> {
    let mut members = object(spot, Pointer::ROOT)?.iter();
    let found = members.find(|member| member.name == name && member.value.node != Node::Null);
    Ok(found.map(|member| &member.value))
}

fn read_report<'t>(prepared: &'static Prepared, spot: &Spot<'t>) -> Read<TargetReport<'t>> {
    our_programme(prepared, spot, Pointer::ROOT)?;
    let block = block_of(prepared, spot)?;
    let (mut id, mut key, mut from, mut year, mut at) = (None, None, None, None, None);
    each_member(spot, Pointer::ROOT, MEMBERS, |member, value, place| {
        match MEMBERS[member] {
            "id" => id = filled(value, place)?,
            "key" => key = Some(read_key_text(value, place)?),
            "year" => year = Some(read_year(value, place)?),
            "at" => at = Some(Period::Day(read_day(prepared, value, place)?)),
            "from" => from = Some(read_day(prepared, value, place)?),
            _ => {}
        }
        Ok(())
    })?;
    let Some(period) = at.or(year) else {
        let (zh, en) = ("缺少“year”或“at”", "`year` or `at` is missing");
        return Err(Refusal::new(
            codes::MISSING_MEMBER,
            spot.at,
            "",
            zh.to_owned(),
            en.to_owned(),
        ));
    };
    let entries = vec![Reported::None; block.block.inputs.len()];
    let mut report = TargetReport {
        block,
        id,
        key,
        period,
        from,
        entries,
        faults: Vec::new(),
    };
    for place in PLACES {
        if let Some(value) = member(spot, place)? {
            read_entries(prepared, &mut report, place, value)?;
        }
    }
    Ok(report)
}

/// The block that a report is on; with one block it goes without saying.
fn block_of(prepared: &'static Prepared, spot: &Spot<'_>) -> Read<&'static PreparedTargets> {
    let blocks = &prepared.targets;
    let Some(value) = member(spot, "targets")? else {
        if let [block] = blocks.as_slice() {
            return Ok(block);
        }
        let (zh, en) = ("缺少“targets”", "`targets` is missing");
        return Err(Refusal::new(
            codes::MISSING_MEMBER,
            spot.at,
            "",
            zh.to_owned(),
            en.to_owned(),
        ));
    };
    let place = Pointer::ROOT;
    let place = place.below("targets");
    let name = string(value, place)?;
    if let Some(found) = blocks.iter().find(|one| one.block.key == name) {
        return Ok(found);
    }
    let known: Vec<&str> = blocks.iter().map(|one| one.block.key).collect();
    let (zh, en) = (
        format!("没有名为“{name}”的目标"),
        format!("there are no targets `{name}`"),
    );
    Err(Refusal::new(codes::UNKNOWN_MEMBER, value.at, place, zh, en).help(meant(name, &known)))
}

/// `2020`, or the block's year `1`.
fn read_year(spot: &Spot<'_>, pointer: Pointer<'_>) -> Read<Period> {
    match integer(spot, pointer)? {
        year @ FIRST_YEAR..=9999 => Ok(Period::Year(year)),
        nth @ 1..FIRST_YEAR => Ok(Period::Nth(nth)),
        _ => Err(Refusal::new(
            codes::NUMBER_RANGE,
            spot.at,
            pointer,
            format!("“{pointer}”应为 1 到 9999"),
            format!("`{pointer}` should be from 1 to 9999"),
        )),
    }
}

fn read_day(prepared: &Prepared, spot: &Spot<'_>, pointer: Pointer<'_>) -> Read<Day> {
    let day = match when(spot, pointer)? {
        Some(When::Day(day)) => Some(day),
        Some(When::At(moment)) => prepared.zone().map(|zone| zone.day_of(moment)),
        Some(When::Bad) | None => None,
    };
    day.ok_or_else(|| {
        Refusal::new(
            codes::WRONG_TYPE,
            spot.at,
            pointer,
            format!("“{pointer}”应为日期，例如 2020-12-31"),
            format!("`{pointer}` should be a day, such as 2020-12-31"),
        )
    })
}

/// The members of `values`, `judgements`, `attested` or `external`.
fn read_entries<'t>(
    prepared: &'static Prepared,
    report: &mut TargetReport<'t>,
    place: &'static str,
    spot: &Spot<'t>,
) -> Read<()> {
    let inputs = report.block.block.inputs.iter().enumerate();
    let ours: Vec<(usize, &'static TargetInput)> =
        inputs.filter(|(_, input)| input.place == place).collect();
    let known: Vec<&'static str> = ours.iter().map(|(_, input)| input.key).collect();
    let root = Pointer::ROOT;
    each_member(spot, root.below(place), &known, |member, value, pointer| {
        let (slot, input) = ours[member];
        let own = report.key.as_deref();
        let faults = &mut report.faults;
        let mut reader = Reader {
            prepared,
            input,
            slot,
            own,
            faults,
        };
        let entry = reader.read(value, pointer)?;
        report.entries[slot] = entry;
        Ok(())
    })
}

struct Reader<'r> {
    prepared: &'static Prepared,
    input: &'static TargetInput,
    slot: usize,
    /// The body that reports.
    own: Option<&'r str>,
    faults: &'r mut Vec<(usize, String, Problem)>,
}

impl Reader<'_> {
    /// One value, or one a value of the list of `for all`; a body of that list may state its own.
    fn read<'t>(&mut self, spot: &Spot<'t>, pointer: Pointer<'_>) -> Read<Reported<'t>> {
        let Some(list) = self.input.for_all else {
            return self.entry(spot, pointer).map(Reported::One);
        };
        let keys = self.prepared.values_of(list);
        let mut all = vec![Data::Blank; keys.len()];
        if is_by_key(spot, self.input.place) {
            each_member(spot, pointer, keys, |member, value, place| {
                all[member] = self.entry(value, place)?;
                Ok(())
            })?;
            return Ok(Reported::ByKey(all));
        }
        let own = self
            .own
            .and_then(|own| keys.iter().position(|key| *key == own));
        let Some(own) = own else {
            return Err(wrong_type(
                spot,
                pointer,
                "每个对象各一个值",
                "an object with a value for each",
            ));
        };
        all[own] = self.entry(spot, pointer)?;
        Ok(Reported::ByKey(all))
    }

    fn entry<'t>(&mut self, spot: &Spot<'t>, pointer: Pointer<'_>) -> Read<Data<'t>> {
        let known: &[&'static str] = match self.input.place {
            "judgements" => &["value", "by", "at", "reason"],
            "attested" => &["value", "evidence"],
            "external" => &["value", "as_of", "evidence"],
            _ => return self.value(spot, pointer),
        };
        let mut data = Data::Blank;
        each_member(spot, pointer, known, |member, value, place| {
            match member {
                0 => data = self.value(value, place)?,
                _ => drop(string(value, place)?),
            }
            Ok(())
        })?;
        Ok(data)
    }

    fn value<'t>(&mut self, spot: &Spot<'t>, pointer: Pointer<'_>) -> Read<Data<'t>> {
        if spot.node == Node::Null {
            return Ok(Data::Blank);
        }
        let mut reader = Entries {
            prepared: self.prepared,
            faults: Vec::new(),
        };
        let data = reader.read(spot, &self.input.entry, pointer)?;
        let faults = reader.faults.into_iter();
        self.faults
            .extend(faults.map(|(path, problem)| (self.slot, path, problem)));
        Ok(data)
    }
}

/// Whether a value is written per key: an object, that of a judgement or statement left aside.
fn is_by_key(spot: &Spot<'_>, place: &str) -> bool {
    match &spot.node {
        Node::Object(members) => {
            place == "values" || !members.iter().any(|member| member.name == "value")
        }
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::List(_) => false,
    }
}
