//! The lines of a batch: cases, packages, decisions (semantics 5.2).
//!
//! Blank lines are passed over. A package or decision may stand before the cases that it names.

use super::case::{case, materials, reasons};
use super::entry::{integer, when};
use super::scan::{Member, Node, Spot, scan};
use super::{Fault, below, each_member, filled, list, string, unknown_member, wrong_type};
use crate::case::{Batch, Cell, Decision, Package};
use crate::prepared::Prepared;
use crate::refusal::Refusal;
use prog_base::{codes, text};
use std::collections::BTreeSet;

/// Reads all lines; a refusal's line is the line of the file.
pub fn read_batch(prepared: &Prepared<'_>, text: &str) -> Result<Batch, Refusal> {
    let mut batch = Batch::default();
    let mut seen = Seen::default();
    each_line(text, |line| read_line(prepared, line, &mut batch, &mut seen))?;
    Ok(batch)
}

/// Goes through the lines that are not blank; a refusal's line is the line of the text.
pub fn each_line(text: &str, mut read: impl FnMut(&str) -> Result<(), Fault>) -> Result<(), Refusal> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut start = 0;
    for (number, line) in text.split('\n').enumerate() {
        if !line.trim_matches([' ', '\t', '\r']).is_empty() {
            read(line).map_err(|fault| {
                let mut refusal = fault.placed(line);
                refusal.line += number;
                refusal.offset += start;
                refusal
            })?;
        }
        start += line.len() + 1;
    }
    Ok(())
}

/// What a line may be.
const LINES: &[&str] = &["case", "package", "decision"];

/// Ids that stand already.
#[derive(Default)]
struct Seen {
    cases: BTreeSet<String>,
    packages: BTreeSet<String>,
}

fn read_line(prepared: &Prepared<'_>, line: &str, batch: &mut Batch, seen: &mut Seen) -> Result<(), Fault> {
    let spot = scan(line)?;
    let mut count = 0;
    each_member(&spot, "", LINES, |member, place| {
        count += 1;
        match member.name.as_ref() {
            "case" => {
                let case = case(prepared, &member.value, place)?;
                once(&mut seen.cases, case.id.as_deref(), member, place)?;
                batch.cases.push(case);
            }
            "package" => {
                let package = package(prepared, &member.value, place)?;
                once(&mut seen.packages, package.id.as_deref(), member, place)?;
                batch.packages.push(package);
            }
            "decision" => batch.decisions.push(decision(prepared, &member.value, place)?),
            _ => return Err(unknown_member(member, "", LINES)),
        }
        Ok(())
    })?;
    if count == 1 {
        return Ok(());
    }
    let message = text!("一行应是一个 case、package 或 decision", "a line should be one case, package or decision");
    Err(Fault::new(codes::MISSING_MEMBER, spot.at, "", message))
}

/// An id stands once in a batch.
fn once(seen: &mut BTreeSet<String>, id: Option<&str>, member: &Member<'_>, place: &str) -> Result<(), Fault> {
    match id {
        Some(id) if !seen.insert(id.to_owned()) => {
            let message = text!("编号“{id}”用了两次", "the id `{id}` is used twice");
            Err(Fault::new(codes::BATCH_REFERENCE, member.value.at, &below(place, "id"), message))
        }
        Some(_) | None => Ok(()),
    }
}

fn package(prepared: &Prepared<'_>, spot: &Spot<'_>, pointer: &str) -> Result<Package, Fault> {
    const MEMBERS: &[&str] = &["id", "stage", "by", "key", "at", "cases", "summary", "materials", "reasons", "channel"];
    let mut package = Package::default();
    each_member(spot, pointer, MEMBERS, |member, place| {
        let value = &member.value;
        match member.name.as_ref() {
            "id" => package.id = filled(string(value, place)?),
            "stage" => package.stage = filled(stage(prepared, value, place)?),
            "by" => package.by = filled(string(value, place)?),
            "key" => package.key = key(value, place)?,
            "at" => package.at = when(string(value, place)?),
            "cases" => {
                for (i, item) in list(value, place)?.iter().enumerate() {
                    package.cases.push(string(item, &below(place, &i.to_string()))?.to_owned());
                }
            }
            "summary" => package.summary = Some(summary(prepared, value, place)?),
            "materials" => package.materials = materials(value, place, &prepared.package_material_keys())?,
            "reasons" => package.reasons = reasons(value, place, &prepared.quota_keys())?,
            "channel" => package.channel = filled(string(value, place)?),
            _ => return Err(unknown_member(member, pointer, MEMBERS)),
        }
        Ok(())
    })?;
    Ok(package)
}

/// A stage of the programme.
fn stage<'s>(prepared: &Prepared<'_>, spot: &'s Spot<'_>, pointer: &str) -> Result<&'s str, Fault> {
    let name = string(spot, pointer)?;
    let known: Vec<&str> = prepared.programme.stages.iter().map(|s| s.key.as_str()).collect();
    if known.contains(&name) {
        return Ok(name);
    }
    let mut fault = Fault::new(codes::NO_SUCH_STAGE, spot.at, pointer, text!("没有名为“{name}”的环节", "there is no stage `{name}`"));
    fault.help = super::meant(name, &known);
    Err(fault)
}

/// A key: a bare value, or values by key name.
fn key(spot: &Spot<'_>, pointer: &str) -> Result<Vec<(String, String)>, Fault> {
    let Node::Object(_) = &spot.node else { return Ok(vec![(String::new(), key_text(spot, pointer)?)]) };
    let mut keys = Vec::new();
    each_member(spot, pointer, &super::Any, |member, place| {
        keys.push((member.name.clone().into_owned(), key_text(&member.value, place)?));
        Ok(())
    })?;
    Ok(keys)
}

pub fn key_text(spot: &Spot<'_>, pointer: &str) -> Result<String, Fault> {
    match &spot.node {
        Node::Text(text) => Ok(text.clone().into_owned()),
        Node::Bool(value) => Ok(value.to_string()),
        Node::Number(_) => integer(spot, pointer).map(|n| n.to_string()),
        Node::Null | Node::List(_) | Node::Object(_) => {
            Err(wrong_type(spot, pointer, text!("字符串、数字或是/否", "a string, a number or true/false")))
        }
    }
}

/// The rows of a summary: cells by their pointers within the row, and at `/case` the id of the row's case.
fn summary(prepared: &Prepared<'_>, spot: &Spot<'_>, pointer: &str) -> Result<Vec<Vec<(String, Cell)>>, Fault> {
    let known = prepared.summary_keys();
    let heads: Vec<&str> = known.iter().map(|(head, _)| *head).collect();
    let mut rows = Vec::new();
    for (i, item) in list(spot, pointer)?.iter().enumerate() {
        let place = below(pointer, &i.to_string());
        let mut row = Vec::new();
        each_member(item, &place, &heads[..], |member, head_place| {
            let Some((_, inner)) = known.iter().find(|(head, _)| *head == member.name) else {
                return Err(unknown_member(member, &place, &heads));
            };
            let at = below("", &member.name);
            if inner.is_empty() {
                row.push((at, cell(&member.value, head_place)?));
                return Ok(());
            }
            each_member(&member.value, head_place, &inner[..], |column, cell_place| {
                if !inner.contains(&column.name.as_ref()) {
                    return Err(unknown_member(column, head_place, inner));
                }
                row.push((below(&at, &column.name), cell(&column.value, cell_place)?));
                Ok(())
            })
        })?;
        rows.push(row);
    }
    Ok(rows)
}

fn cell(spot: &Spot<'_>, pointer: &str) -> Result<Cell, Fault> {
    match &spot.node {
        Node::Null => Ok(Cell::Blank),
        Node::Text(text) if super::is_blank(text) => Ok(Cell::Blank),
        Node::Text(text) => Ok(Cell::Text(text.clone().into_owned())),
        Node::Bool(value) => Ok(Cell::Bool(*value)),
        Node::Number(_) => integer(spot, pointer).map(Cell::Number),
        Node::List(_) | Node::Object(_) => Err(wrong_type(spot, pointer, text!("字符串、数字或是/否", "a string, a number or true/false"))),
    }
}

fn decision(prepared: &Prepared<'_>, spot: &Spot<'_>, pointer: &str) -> Result<Decision, Fault> {
    const MEMBERS: &[&str] = &["quota", "key", "by", "why", "at"];
    let mut decision = Decision::default();
    each_member(spot, pointer, MEMBERS, |member, place| {
        let value = &member.value;
        match member.name.as_ref() {
            "quota" => {
                let name = string(value, place)?;
                let known = prepared.quota_keys();
                if !known.contains(&name) {
                    let message = text!("没有名为“{name}”的名额", "there is no quota `{name}`");
                    return Err(Fault::new(codes::BATCH_REFERENCE, value.at, place, message));
                }
                decision.quota = Some(name.to_owned());
            }
            "key" => decision.key = key(value, place)?,
            "by" => decision.by = filled(string(value, place)?),
            "why" => decision.why = filled(string(value, place)?),
            "at" => decision.at = filled(string(value, place)?),
            _ => return Err(unknown_member(member, pointer, MEMBERS)),
        }
        Ok(())
    })?;
    Ok(decision)
}
