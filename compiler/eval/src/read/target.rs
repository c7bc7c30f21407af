//! The lines of reports on targets: strict, like cases.

use super::entry::{Entries, integer, when};
use super::scan::{Node, Spot, scan};
use super::{Fault, below, each_member, filled, object, string, unknown_member, wrong_type};
use crate::case::{Data, When};
use crate::prepared::Prepared;
use crate::refusal::Refusal;
use crate::targets::{Period, Reported, TargetReport};
use prog_base::{Date, codes, text};
use prog_model::{TargetInput, TargetPlace};

const MEMBERS: &[&str] = &["programme", "targets", "id", "key", "year", "at", "from", "values", "judgements", "attested", "external"];

/// Reads all lines; a refusal's line is the line of the file. Blank lines are passed over.
pub fn read_reports(prepared: &Prepared<'_>, text: &str) -> Result<Vec<TargetReport>, Refusal> {
    let mut reports = Vec::new();
    super::batch::each_line(text, |line| {
        let spot = scan(line)?;
        reports.push(report(prepared, &spot)?);
        Ok(())
    })?;
    Ok(reports)
}

fn report(prepared: &Prepared<'_>, spot: &Spot<'_>) -> Result<TargetReport, Fault> {
    super::case::our_programme(prepared, spot, "")?;
    let block = block(prepared, spot)?;
    let inputs = &prepared.targets[block].inputs;
    let entries = vec![Reported::None; inputs.len()];
    let mut report = TargetReport { block, id: None, key: None, period: Period::Nth(0), from: None, entries, faults: Vec::new() };
    let mut period = None;
    each_member(spot, "", MEMBERS, |member, place| {
        let value = &member.value;
        match member.name.as_ref() {
            "id" => report.id = filled(string(value, place)?),
            "key" => report.key = Some(super::batch::key_text(value, place)?),
            "year" => period = period.or(Some(year(value, place)?)),
            "at" => period = Some(Period::Day(day(prepared, value, place)?)),
            "from" => report.from = Some(day(prepared, value, place)?),
            _ => {}
        }
        Ok(())
    })?;
    let missing = || Fault::new(codes::MISSING_MEMBER, spot.at, "", text!("缺少“year”或“at”", "`year` or `at` is missing"));
    report.period = period.ok_or_else(missing)?;
    for place in TargetPlace::ALL {
        let found = object(spot, "")?.iter().find(|m| m.name == place.member() && m.value.node != Node::Null);
        if let Some(member) = found {
            entries_of(prepared, &mut report, place, &member.value)?;
        }
    }
    Ok(report)
}

/// The block that a report is on; with one block it goes without saying.
fn block(prepared: &Prepared<'_>, spot: &Spot<'_>) -> Result<usize, Fault> {
    let blocks = &prepared.programme.targets;
    let found = object(spot, "")?.iter().find(|m| m.name == "targets" && m.value.node != Node::Null);
    let Some(member) = found else {
        return match blocks.len() {
            1 => Ok(0),
            _ => Err(Fault::new(codes::MISSING_MEMBER, spot.at, "", text!("缺少“targets”", "`targets` is missing"))),
        };
    };
    let name = string(&member.value, "/targets")?;
    let keys: Vec<&str> = blocks.iter().map(|b| b.ident.key.as_str()).collect();
    keys.iter().position(|key| *key == name).ok_or_else(|| {
        let message = text!("没有名为“{name}”的目标", "there are no targets `{name}`");
        let mut fault = Fault::new(codes::UNKNOWN_MEMBER, member.value.at, "/targets", message);
        fault.help = super::meant(name, &keys);
        fault
    })
}

/// `2020`, or the block's year `1`.
fn year(spot: &Spot<'_>, pointer: &str) -> Result<Period, Fault> {
    let number = integer(spot, pointer)?;
    match i16::try_from(number) {
        Ok(year @ 1000..=9999) => Ok(Period::Year(year)),
        Ok(n @ 1..=999) => Ok(Period::Nth(n)),
        Ok(_) | Err(_) => {
            let message = text!("“{pointer}”应为 1 到 9999", "`{pointer}` should be from 1 to 9999");
            Err(Fault::new(codes::NUMBER_RANGE, spot.at, pointer, message))
        }
    }
}

fn day(prepared: &Prepared<'_>, spot: &Spot<'_>, pointer: &str) -> Result<Date, Fault> {
    let read = match when(string(spot, pointer)?) {
        Some(When::Day(day)) => Some(day),
        Some(When::At(moment)) => prepared.programme.zone.as_ref().and_then(|z| z.day_of(moment)),
        Some(When::Bad) | None => None,
    };
    let message = || text!("“{pointer}”应为日期，例如 2020-12-31", "`{pointer}` should be a day, such as 2020-12-31");
    read.ok_or_else(|| Fault::new(codes::WRONG_TYPE, spot.at, pointer, message()))
}

/// The members of `values`, `judgements`, `attested` or `external`.
fn entries_of(prepared: &Prepared<'_>, report: &mut TargetReport, place: TargetPlace, spot: &Spot<'_>) -> Result<(), Fault> {
    let inputs = &prepared.targets[report.block].inputs;
    let known: Vec<&str> = inputs.iter().filter(|i| i.place == place).map(|i| i.ident.key.as_str()).collect();
    let pointer = below("", place.member());
    each_member(spot, &pointer, &known[..], |member, at| {
        let Some(slot) = inputs.iter().position(|i| i.place == place && i.ident.key == member.name) else {
            return Err(unknown_member(member, &pointer, &known));
        };
        let mut reader = Reader { prepared, input: &inputs[slot], slot, key: report.key.as_deref(), faults: Vec::new() };
        let entry = reader.read(&member.value, at)?;
        report.faults.append(&mut reader.faults);
        report.entries[slot] = entry;
        Ok(())
    })
}

struct Reader<'r, 'p> {
    prepared: &'r Prepared<'p>,
    input: &'r TargetInput,
    slot: usize,
    key: Option<&'r str>,
    faults: Vec<(usize, String, crate::case::Problem)>,
}

impl Reader<'_, '_> {
    /// One value, or one a value of the list of `for all`; a body of that list may state its own.
    fn read(&mut self, spot: &Spot<'_>, pointer: &str) -> Result<Reported, Fault> {
        let Some(list) = self.input.for_all else { return self.entry(spot, pointer).map(Reported::One) };
        let keys: Vec<&str> = self.prepared.programme.enumeration(list).values.iter().map(|v| v.ident.key.as_str()).collect();
        let mut all = vec![Data::Blank; keys.len()];
        let own = self.key.and_then(|key| keys.iter().position(|k| *k == key));
        match (own, is_by_key(spot, self.input.place)) {
            (Some(own), false) => all[own] = self.entry(spot, pointer)?,
            (None, false) => return Err(wrong_type(spot, pointer, text!("每个对象各一个值", "an object with a value for each"))),
            (_, true) => each_member(spot, pointer, &keys[..], |member, at| {
                let index = keys.iter().position(|k| *k == member.name);
                let index = index.ok_or_else(|| unknown_member(member, pointer, &keys))?;
                all[index] = self.entry(&member.value, at)?;
                Ok(())
            })?,
        }
        Ok(Reported::ByKey(all))
    }

    fn entry(&mut self, spot: &Spot<'_>, pointer: &str) -> Result<Data, Fault> {
        if self.input.place == TargetPlace::Values {
            return self.value(spot, pointer);
        }
        let known: &[&str] = match self.input.place {
            TargetPlace::Judgements | TargetPlace::Values => &["value", "by", "at", "reason"],
            TargetPlace::Attested => &["value", "evidence"],
            TargetPlace::External => &["value", "as_of", "evidence"],
        };
        let mut data = Data::Blank;
        each_member(spot, pointer, known, |member, at| match member.name.as_ref() {
            "value" => {
                data = self.value(&member.value, at)?;
                Ok(())
            }
            name if known.contains(&name) => string(&member.value, at).map(drop),
            _ => Err(unknown_member(member, pointer, known)),
        })?;
        Ok(data)
    }

    fn value(&mut self, spot: &Spot<'_>, pointer: &str) -> Result<Data, Fault> {
        let mut reader = Entries { programme: self.prepared.programme, faults: Vec::new() };
        let data = reader.read(spot, &self.input.field, pointer)?;
        self.faults.extend(reader.faults.into_iter().map(|(path, problem)| (self.slot, path, problem)));
        Ok(data)
    }
}

/// Whether a value is written per key: an object, that of a judgement or statement left aside.
fn is_by_key(spot: &Spot<'_>, place: TargetPlace) -> bool {
    match &spot.node {
        Node::Object(members) => place == TargetPlace::Values || !members.iter().any(|m| m.name == "value"),
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::List(_) => false,
    }
}
