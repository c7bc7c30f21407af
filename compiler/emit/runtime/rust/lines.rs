//! The lines of a batch: cases, packages, decisions.
//!
//! In: a text of JSON lines. Out: a [`Batch`], in the order given.
//! Always: blank lines are passed over; a package or decision may stand before the cases that it names.

use super::case::{read_case, read_materials, read_reasons, Case, Copied};
use super::json::{scan, segment, Node, Pointer, Spot};
use super::prepared::Prepared;
use super::read::{
    boolean, each_item, each_member, filled, integer, object, string, unknown_member, when,
    wrong_type, Read, When,
};
use super::refusal::{meant, Refusal};
use super::shared::codes;
use super::text::is_blank;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The lines of a batch.
#[derive(Debug, Default)]
pub struct Batch<'t> {
    /// Cases in the order given.
    pub cases: Vec<Case<'t>>,
    /// Packages in the order given.
    pub packages: Vec<Package<'t>>,
    /// Decisions in the order given.
    pub decisions: Vec<Decision<'t>>,
}

/// What one actor sends at one stage.
#[derive(Debug, Default)]
pub struct Package<'t> {
    /// Its id.
    pub id: Option<Cow<'t, str>>,
    /// The stage's key.
    pub stage: Option<Cow<'t, str>>,
    /// The sender.
    pub by: Option<Cow<'t, str>>,
    /// The sender's key by name; a bare value stands under the empty name.
    pub key: Keys<'t>,
    /// When.
    pub at: Option<When>,
    /// Ids of its cases.
    pub cases: Vec<Cow<'t, str>>,
    /// Rows of the summary, cells by their pointers within the row; none: there is no summary.
    pub summary: Option<Vec<SummaryRow<'t>>>,
    /// Materials by key.
    pub materials: BTreeMap<&'static str, Vec<Copied<'t>>>,
    /// Written reasons by quota key; never blank.
    pub reasons: BTreeMap<&'static str, Cow<'t, str>>,
    /// Through which channel.
    pub channel: Option<Cow<'t, str>>,
}

/// A recorded override of a quota.
#[derive(Debug, Default)]
pub struct Decision<'t> {
    /// The quota's key.
    pub quota: Option<&'static str>,
    /// The group's key by name; a bare value stands under the empty name.
    pub key: Keys<'t>,
    /// Who.
    pub by: Option<Cow<'t, str>>,
    /// Why.
    pub why: Option<Cow<'t, str>>,
    /// When, as written.
    pub at: Option<Cow<'t, str>>,
}

/// A key's values by name, in the order written.
pub type Keys<'t> = Vec<(Cow<'t, str>, Cow<'t, str>)>;

/// A row of a summary: its cells by pointer, and at `/case` the id of its case.
pub type SummaryRow<'t> = BTreeMap<String, SummaryCell<'t>>;

/// A cell of a summary's row, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SummaryCell<'t> {
    /// Nothing there.
    Blank,
    /// A text.
    Text(Cow<'t, str>),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Bool(bool),
}

/// Reads all lines; a refusal's line is the line of the text.
pub fn read_lines<'t>(prepared: &'static Prepared, text: &'t str) -> Read<Batch<'t>> {
    let mut lines = Lines {
        prepared,
        batch: Batch::default(),
        cases: BTreeSet::new(),
        packages: BTreeSet::new(),
    };
    each_text_line(text, |line| lines.line(&scan(line)?))?;
    Ok(lines.batch)
}

/// Goes through the lines that are not blank; what is refused gets its place in the text.
pub fn each_text_line<'t>(text: &'t str, mut read: impl FnMut(&'t str) -> Read<()>) -> Read<()> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (number, line) in text.split('\n').enumerate() {
        if !line.trim_matches([' ', '\t', '\r']).is_empty() {
            read(line).map_err(|fault| fault.placed(line, number))?;
        }
    }
    Ok(())
}

struct Lines<'t> {
    prepared: &'static Prepared,
    batch: Batch<'t>,
    /// Ids that stand already.
    cases: BTreeSet<Cow<'t, str>>,
    packages: BTreeSet<Cow<'t, str>>,
}

impl<'t> Lines<'t> {
    fn line(&mut self, spot: &Spot<'t>) -> Read<()> {
        let mut count = 0;
        let known = ["case", "package", "decision"];
        each_member(spot, Pointer::ROOT, &known, |member, value, place| {
            count += 1;
            match member {
                0 => {
                    let case = read_case(self.prepared, value, place)?;
                    once(&mut self.cases, case.id.as_ref(), value, place)?;
                    self.batch.cases.push(case);
                }
                1 => {
                    let package = self.package(value, place)?;
                    once(&mut self.packages, package.id.as_ref(), value, place)?;
                    self.batch.packages.push(package);
                }
                _ => {
                    let decision = self.decision(value, place)?;
                    self.batch.decisions.push(decision);
                }
            }
            Ok(())
        })?;
        if count == 1 {
            return Ok(());
        }
        let zh = "一行应是一个 case、package 或 decision".to_owned();
        let en = "a line should be one case, package or decision".to_owned();
        Err(Refusal::new(codes::MISSING_MEMBER, spot.at, "", zh, en))
    }

    fn package(&self, spot: &Spot<'t>, pointer: Pointer<'_>) -> Read<Package<'t>> {
        let prepared = self.prepared;
        let known = [
            "id",
            "stage",
            "by",
            "key",
            "at",
            "cases",
            "summary",
            "materials",
            "reasons",
            "channel",
        ];
        let mut package = Package::default();
        each_member(spot, pointer, &known, |member, value, place| {
            match known[member] {
                "id" => package.id = filled(value, place)?,
                "stage" => package.stage = self.stage(value, place)?,
                "by" => package.by = filled(value, place)?,
                "key" => package.key = read_key(value, place)?,
                "at" => package.at = when(value, place)?,
                "cases" => {
                    package.cases = each_item(value, place, |item, at| string(item, at).cloned())?
                }
                "summary" => package.summary = Some(self.summary(value, place)?),
                "materials" => {
                    package.materials =
                        read_materials(value, place, &prepared.package_material_keys)?;
                }
                "reasons" => package.reasons = read_reasons(value, place, &prepared.quota_keys)?,
                _ => package.channel = filled(value, place)?,
            }
            Ok(())
        })?;
        Ok(package)
    }

    /// A stage of the programme.
    fn stage(&self, spot: &Spot<'t>, pointer: Pointer<'_>) -> Read<Option<Cow<'t, str>>> {
        let name = string(spot, pointer)?;
        let known = &self.prepared.stage_keys;
        if known.iter().any(|key| key == name) {
            return filled(spot, pointer);
        }
        let (zh, en) = (
            format!("没有名为“{name}”的环节"),
            format!("there is no stage `{name}`"),
        );
        let refusal = Refusal::new(codes::NO_SUCH_STAGE, spot.at, pointer, zh, en);
        Err(refusal.help(meant(name, known)))
    }

    /// The rows of a summary.
    fn summary(&self, spot: &Spot<'t>, pointer: Pointer<'_>) -> Read<Vec<SummaryRow<'t>>> {
        let heads = &self.prepared.summary_keys;
        let names: Vec<&'static str> = heads.iter().map(|(head, _)| *head).collect();
        each_item(spot, pointer, |item, place| {
            let mut row = SummaryRow::new();
            for member in object(item, place)? {
                let head = heads.iter().find(|(head, _)| *head == member.name);
                let Some((_, inner)) = head else {
                    return Err(unknown_member(member, place, &names));
                };
                let (at, value) = (segment(&member.name), &member.value);
                let below = place.below(&member.name);
                if value.node == Node::Null {
                    continue;
                }
                if inner.is_empty() {
                    row.insert(at, read_cell(value, below)?);
                    continue;
                }
                each_member(value, below, inner, |column, value, place| {
                    let pointer = format!("{at}{}", segment(inner[column]));
                    row.insert(pointer, read_cell(value, place)?);
                    Ok(())
                })?;
            }
            Ok(row)
        })
    }

    fn decision(&self, spot: &Spot<'t>, pointer: Pointer<'_>) -> Read<Decision<'t>> {
        let known = ["quota", "key", "by", "why", "at"];
        let mut decision = Decision::default();
        each_member(spot, pointer, &known, |member, value, place| {
            match member {
                0 => decision.quota = Some(self.quota(value, place)?),
                1 => decision.key = read_key(value, place)?,
                2 => decision.by = filled(value, place)?,
                3 => decision.why = filled(value, place)?,
                _ => decision.at = filled(value, place)?,
            }
            Ok(())
        })?;
        Ok(decision)
    }

    /// A quota of the programme.
    fn quota(&self, spot: &Spot<'t>, pointer: Pointer<'_>) -> Read<&'static str> {
        let name = string(spot, pointer)?;
        let found = self.prepared.quota_keys.iter().find(|key| *key == name);
        found.copied().ok_or_else(|| {
            let (zh, en) = (
                format!("没有名为“{name}”的名额"),
                format!("there is no quota `{name}`"),
            );
            Refusal::new(codes::BATCH_REFERENCE, spot.at, pointer, zh, en)
        })
    }
}

/// An id stands once in a batch.
fn once<'t>(
    seen: &mut BTreeSet<Cow<'t, str>>,
    id: Option<&Cow<'t, str>>,
    spot: &Spot<'_>,
    place: Pointer<'_>,
) -> Read<()> {
    match id {
        Some(id) if !seen.insert(id.clone()) => {
            let (zh, en) = (
                format!("编号“{id}”用了两次"),
                format!("the id `{id}` is used twice"),
            );
            Err(Refusal::new(
                codes::BATCH_REFERENCE,
                spot.at,
                place.below("id"),
                zh,
                en,
            ))
        }
        Some(_) | None => Ok(()),
    }
}

/// A key: a bare value, or values by key name.
fn read_key<'t>(spot: &Spot<'t>, pointer: Pointer<'_>) -> Read<Keys<'t>> {
    let Node::Object(members) = &spot.node else {
        return Ok(vec![(Cow::Borrowed(""), read_key_text(spot, pointer)?)]);
    };
    let mut keys = Keys::new();
    for member in members
        .iter()
        .filter(|member| member.value.node != Node::Null)
    {
        let text = read_key_text(&member.value, pointer.below(&member.name))?;
        keys.push((member.name.clone(), text));
    }
    Ok(keys)
}

fn plain_value(spot: &Spot<'_>, pointer: Pointer<'_>) -> Refusal {
    wrong_type(
        spot,
        pointer,
        "字符串、数字或是/否",
        "a string, a number or true/false",
    )
}

/// A key's value as text.
pub fn read_key_text<'t>(spot: &Spot<'t>, pointer: Pointer<'_>) -> Read<Cow<'t, str>> {
    match &spot.node {
        Node::Text(text) => Ok(text.clone()),
        Node::Bool(value) => Ok(Cow::Owned(value.to_string())),
        Node::Number(_) => Ok(Cow::Owned(integer(spot, pointer)?.to_string())),
        Node::Null | Node::List(_) | Node::Object(_) => Err(plain_value(spot, pointer)),
    }
}

fn read_cell<'t>(spot: &Spot<'t>, pointer: Pointer<'_>) -> Read<SummaryCell<'t>> {
    match &spot.node {
        Node::Text(text) if is_blank(text) => Ok(SummaryCell::Blank),
        Node::Text(text) => Ok(SummaryCell::Text(text.clone())),
        Node::Bool(_) => boolean(spot, pointer).map(SummaryCell::Bool),
        Node::Number(_) => integer(spot, pointer).map(SummaryCell::Number),
        Node::Null | Node::List(_) | Node::Object(_) => Err(plain_value(spot, pointer)),
    }
}
