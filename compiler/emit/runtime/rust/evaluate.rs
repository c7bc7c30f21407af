//! A whole report: the pass under the settings asked for, open readings in all their words, other readings one at a time, verdict,
//! outcome, tags, notes.

use super::case::Case;
use super::deadline::late_is_read;
use super::definition::{Builtin, Let, Strength};
use super::finding::{Finding, Kind, Outcome, Under, Weight};
use super::messages::{self, Message, Note};
use super::options::Settled;
use super::pass::{pass_over, Pass};
use super::prepared::Prepared;
use super::readings::{alternatives, worlds, Alternative, Setting};
use super::route::Standing;
use super::scene::Scene;
use super::value::{Needs, Value};
use super::verdict::{OutcomeRange, Verdict};
use std::collections::BTreeSet;
use std::rc::Rc;

/// What is found on a case, not yet printed.
#[derive(Debug)]
pub struct Evaluated<'a> {
    /// The case.
    pub case: &'a Case<'a>,
    /// The verdict.
    pub verdict: Verdict,
    /// Best and worst outcome, if the track declares any.
    pub outcome: Option<OutcomeRange>,
    /// Listed lets with their values.
    pub values: Vec<(&'static Let, Value<'a>)>,
    /// What is due, in source order.
    pub findings: Vec<Finding<'a>>,
    /// What is due later, likewise.
    pub later: Vec<Finding<'a>>,
    /// Keys of `prefer` and `encourage` rules that are met.
    pub tags: Vec<&'static str>,
    /// Notes.
    pub notes: Vec<Note>,
    /// Where the case stands after its events.
    pub standing: Option<Vec<Standing>>,
}

/// Evaluates one case.
pub fn evaluate_case<'a>(
    prepared: &'static Prepared,
    case: &'a Case<'a>,
    options: &Settled,
    in_batch: bool,
) -> Evaluated<'a> {
    let uses = uses_of(prepared, case, options);
    let readings = prepared.readings();
    let settled = |settings: &Rc<[Setting]>| {
        let mut passes = worlds(readings, settings, &uses).into_iter().map(|world| {
            let scene = Scene::new(prepared, case, &world, options.on, in_batch);
            pass_over(&scene, options.at)
        });
        let mut first = passes.next();
        for other in passes {
            if let Some(first) = &mut first {
                agree(first, other);
            }
        }
        first.unwrap_or(Pass {
            findings: Vec::new(),
            values: Vec::new(),
            notes: Vec::new(),
            consulted: BTreeSet::new(),
            standing: None,
        })
    };
    let mut pass = settled(&options.settings);
    if options.alternatives {
        // Where nothing depended on a reading, its other words change nothing.
        let asked: Vec<usize> = uses
            .iter()
            .copied()
            .filter(|index| pass.consulted.contains(index))
            .collect();
        for other in alternatives(readings, &options.settings, &asked) {
            compare(&mut pass, &settled(&other.settings), &other);
        }
    }
    assemble(case, pass)
}

/// The readings that can matter for this case, ascending.
fn uses_of(prepared: &Prepared, case: &Case<'_>, options: &Settled) -> Vec<usize> {
    if case.events.is_empty() && options.on.is_none() {
        return case.track.readings.clone();
    }
    let mut uses: BTreeSet<usize> = case.track.readings.iter().copied().collect();
    if !case.events.is_empty() || options.on.is_some() {
        uses.extend(prepared.builtin(Builtin::Deadline));
        let mut stages = case.track.stages.iter();
        if stages.any(|stage| stage.due.is_some() && late_is_read(stage)) {
            uses.extend(prepared.builtin(Builtin::Late));
        }
    }
    uses.into_iter().collect()
}

/// Notes under each finding what another word of one reading would give.
fn compare(pass: &mut Pass<'_>, there: &Pass<'_>, other: &Alternative) {
    for (position, (_, found)) in pass.findings.iter_mut().enumerate() {
        // Nearly always the same findings stand at the same positions.
        let beside = there.findings.get(position).map(|(_, other)| other);
        let beside = beside
            .filter(|other| other.is_same_thing(found))
            .or_else(|| {
                let mut all = there.findings.iter().map(|(_, other)| other);
                all.find(|other| other.is_same_thing(found))
            });
        let result = match beside {
            None if found.result == Outcome::Unmet => Outcome::Met,
            None => continue,
            // What lateness does matters only to what is late.
            Some(there) if there.result == found.result => {
                let late = other.reading == "late" && there.result == Outcome::Unmet;
                if !late || there.strength == found.strength {
                    continue;
                }
                there.result
            }
            Some(there) => there.result,
        };
        found.settled = None;
        found.under.push(Under {
            reading: other.reading,
            value: other.word,
            result,
        });
    }
}

/// Where two words of an open reading disagree, the notice leaves it open.
fn agree<'a>(first: &mut Pass<'a>, other: Pass<'a>) {
    first.consulted.extend(other.consulted);
    for (due, found) in other.findings {
        let mut all = first.findings.iter_mut().map(|(_, mine)| mine);
        match all.find(|mine| mine.is_same_thing(&found)) {
            Some(mine) if mine.result == found.result => {}
            Some(mine) => open(mine),
            None if matches!(found.result, Outcome::Met | Outcome::NotApplicable) => {}
            None => {
                let mut found = found;
                open(&mut found);
                first.findings.push((due, found));
            }
        }
    }
    for (mine, theirs) in first.values.iter_mut().zip(other.values) {
        if *mine != theirs {
            *mine = hull(mine, &theirs);
        }
    }
    if let (Some(mine), Some(theirs)) = (&mut first.standing, other.standing) {
        for one in theirs {
            if !mine.contains(&one) {
                mine.push(one);
            }
        }
    }
    let mine = |note: &Note| first.notes.iter().any(|mine| mine.rule == note.rule);
    let news: Vec<Note> = other.notes.into_iter().filter(|note| !mine(note)).collect();
    first.notes.extend(news);
}

fn open(found: &mut Finding<'_>) {
    found.settled = None;
    found.result = Outcome::Unknown;
    found.needs = Needs::notice();
    found.reason = None;
}

/// Unknown, between the bounds that both have.
fn hull<'a>(a: &Value<'a>, b: &Value<'a>) -> Value<'a> {
    let ((al, ah), (bl, bh)) = (a.bounds(), b.bounds());
    let low = al.zip(bl).map(|(x, y)| x.min(y).clone());
    let high = ah.zip(bh).map(|(x, y)| x.max(y).clone());
    let mut needs = Needs::notice();
    for more in [a, b].into_iter().filter_map(Value::needs) {
        needs.add(more);
    }
    Value::between(needs, low, high)
}

fn assemble<'a>(case: &'a Case<'a>, pass: Pass<'a>) -> Evaluated<'a> {
    let (mut findings, mut later) = (Vec::with_capacity(pass.findings.len()), Vec::new());
    for (due, found) in pass.findings {
        if due {
            findings.push(found);
        } else {
            later.push(found);
        }
    }
    let track = case.track.track;
    let listed = track.lets.iter().filter(|one| one.listed);
    Evaluated {
        case,
        verdict: Verdict::of(&findings),
        outcome: OutcomeRange::of(track, &findings),
        values: listed.zip(pass.values).collect(),
        tags: findings
            .iter()
            .filter(|found| is_tag(found))
            .map(|found| found.of.key)
            .collect(),
        notes: findings
            .iter()
            .filter_map(note_of)
            .chain(pass.notes)
            .collect(),
        standing: pass.standing,
        findings,
        later,
    }
}

/// The note that a finding leaves: an unmet note, an exception granted.
fn note_of(found: &Finding<'_>) -> Option<Note> {
    let note = found.strength == Weight::Of(Strength::Note);
    let message = if found.reason.is_some() {
        Message::Own(messages::EXCEPTION.about(found.of.label))
    } else if note && found.result == Outcome::Unmet {
        found.message.clone()
    } else {
        return None;
    };
    Some(Note {
        rule: found.of.key,
        clauses: found.of.clauses,
        message,
    })
}

fn is_tag(found: &Finding<'_>) -> bool {
    let preferred = matches!(
        found.strength,
        Weight::Of(Strength::Prefer | Strength::Encourage)
    );
    found.kind == Kind::Rule && preferred && found.result == Outcome::Met
}
