//! A whole report: the pass under the settings asked for, open readings in all their words, other readings one at a time, verdict,
//! outcome, tags, notes.

use crate::case::Case;
use crate::deadline::late_is_read;
use crate::messages;
use crate::options::Options;
use crate::pass::{Pass, same_thing};
use crate::prepared::Prepared;
use crate::readings::{ReadingUse, Setting, alternatives, builtin, settings_of, word, worlds};
use crate::report::{Finding, FindingKind, Message, Note, Report, Shown, Under, ValueEntry};
use crate::scene::Scene;
use crate::value::{Needs, Unknown, Value};
use crate::verdict;
use prog_base::Zone;
use prog_model::{BuiltinReading, RuleResult, Strength, Type};
use std::borrow::Cow;

impl<'p> Prepared<'p> {
    /// Evaluates one case.
    pub fn evaluate<'a>(&'a self, case: &'a Case, options: &Options) -> Report<'a> {
        self.report(case, options, false)
    }

    pub(crate) fn report<'a>(&'a self, case: &'a Case, options: &Options, in_batch: bool) -> Report<'a> {
        let uses = self.uses(case, options);
        let settings = settings_of(&self.settings, options);
        let run = Run { prepared: self, case, options, uses: &uses, in_batch };
        let mut pass = run.settled(&settings);
        if options.alternatives {
            for (reading, index, other) in alternatives(self.programme, &settings, &uses) {
                let there = run.settled(&other);
                run.compare(&mut pass, &there, reading, index);
            }
        }
        run.assemble(pass)
    }

    /// The readings that can matter for this case.
    fn uses(&self, case: &Case, options: &Options) -> ReadingUse {
        let track = case.track.0;
        let mut uses = self.tracks[track.index()].readings.clone();
        if !case.events.is_empty() || options.on.is_some() {
            uses.add(self.programme, BuiltinReading::Deadline);
            if self.programme.route(track).is_some_and(|r| r.stages.iter().any(|s| s.due.is_some() && late_is_read(s))) {
                uses.add(self.programme, BuiltinReading::Late);
            }
        }
        uses
    }
}

/// What does not change between passes.
struct Run<'r, 'a> {
    prepared: &'a Prepared<'a>,
    case: &'a Case,
    options: &'r Options,
    uses: &'r ReadingUse,
    in_batch: bool,
}

impl<'a> Run<'_, 'a> {
    /// One pass under these settings; under open readings, what all their words agree on.
    fn settled(&self, settings: &[Setting]) -> Pass<'a> {
        let mut all = worlds(self.prepared.programme, settings, self.uses).into_iter().map(|world| self.pass(world));
        let Some(mut first) = all.next() else { return self.pass(settings.to_vec()) };
        for other in all {
            agree(&mut first, other);
        }
        first
    }

    fn pass(&self, settings: Vec<Setting>) -> Pass<'a> {
        let mut scene = Scene::new(self.prepared, self.case, settings.into(), self.options.on);
        scene.in_batch = self.in_batch;
        scene.pass(self.options.at)
    }

    /// Notes under each finding what another word of one reading would give.
    fn compare(&self, pass: &mut Pass<'a>, there: &Pass<'a>, reading: usize, index: usize) {
        let p = self.prepared.programme;
        let is_late = builtin(p, BuiltinReading::Late) == Some(reading);
        for (position, (_, finding)) in pass.findings.iter_mut().enumerate() {
            // Nearly always the same findings stand at the same positions.
            let same = there.findings.get(position).map(|(_, f)| f).filter(|f| same_thing(f, finding));
            let other = same.or_else(|| there.findings.iter().map(|(_, f)| f).find(|f| same_thing(f, finding)));
            let result = match other {
                Some(other) if other.result == finding.result && !(is_late && differs_when_late(other, finding)) => continue,
                Some(other) => other.result,
                None if finding.result == RuleResult::Unmet => RuleResult::Met,
                None => continue,
            };
            finding.under.push(Under { reading: &p.readings[reading].ident.key, value: word(p, reading, index), result });
        }
    }

    fn assemble(&self, pass: Pass<'a>) -> Report<'a> {
        let p = self.prepared.programme;
        let track = p.track(self.case.track.0);
        let Pass { findings: all, values, notes: mut data_notes, standing } = pass;
        let (mut findings, mut later, mut tags, mut notes) = (Vec::with_capacity(all.len()), Vec::new(), Vec::new(), Vec::new());
        for (due, finding) in all {
            if !due {
                later.push(finding);
                continue;
            }
            notes.extend(note_of(&finding));
            if is_tag(&finding) {
                tags.push(finding.ident.key.as_str());
            }
            findings.push(finding);
        }
        notes.append(&mut data_notes);
        let listed = &self.prepared.tracks[self.case.track.0.index()].listed;
        let values = listed.iter().zip(values).map(|(index, value)| value_entry(p, &track.lets[*index], value)).collect();
        Report {
            programme: p,
            track: &track.ident.key,
            case_version: self.case.version.as_deref().filter(|v| *v != p.version),
            id: self.case.id.as_deref(),
            verdict: verdict::verdict(&findings),
            outcome: verdict::outcome(track, &findings),
            values,
            findings,
            later,
            tags,
            notes,
            standing,
        }
    }
}

/// What lateness does matters only to what is late.
fn differs_when_late(a: &Finding<'_>, b: &Finding<'_>) -> bool {
    a.result == RuleResult::Unmet && a.strength != b.strength
}

/// The note that a finding leaves: an unmet note, an exception granted.
fn note_of<'a>(finding: &Finding<'a>) -> Option<Note<'a>> {
    let unmet_note = finding.weighs(Strength::Note) && finding.result == RuleResult::Unmet;
    let message = if finding.reason.is_some() {
        Message::Own(messages::about(messages::EXCEPTION, &finding.ident.label))
    } else if unmet_note {
        finding.message.clone()
    } else {
        return None;
    };
    Some(Note { rule: &finding.ident.key, cites: finding.cites, message })
}

fn is_tag(finding: &Finding<'_>) -> bool {
    let preferred = finding.weighs(Strength::Prefer) || finding.weighs(Strength::Encourage);
    finding.kind == FindingKind::Rule && preferred && finding.result == RuleResult::Met
}

/// Where two words of an open reading disagree, the notice leaves it open (semantics 7.1).
fn agree<'a>(first: &mut Pass<'a>, other: Pass<'a>) {
    for (due, finding) in other.findings {
        match first.findings.iter_mut().map(|(_, f)| f).find(|f| same_thing(f, &finding)) {
            Some(mine) if mine.result == finding.result => {}
            Some(mine) => open(mine),
            None if matches!(finding.result, RuleResult::Met | RuleResult::NotApplicable) => {}
            None => {
                let mut finding = finding;
                open(&mut finding);
                first.findings.push((due, finding));
            }
        }
    }
    for (mine, theirs) in first.values.iter_mut().zip(other.values) {
        if *mine != theirs {
            *mine = hull(mine, &theirs);
        }
    }
    for (mine, theirs) in first.standing.iter_mut().zip(other.standing) {
        let news: Vec<_> = theirs.into_iter().filter(|one| !mine.contains(one)).collect();
        mine.extend(news);
    }
    first.notes.extend(other.notes.into_iter().filter(|n| !first.notes.iter().any(|m| m.rule == n.rule)).collect::<Vec<_>>());
}

fn open(finding: &mut Finding<'_>) {
    finding.result = RuleResult::Unknown;
    finding.needs = Needs::notice();
    finding.reason = None;
}

/// Unknown, between the bounds that both have.
fn hull<'a>(a: &Value<'a>, b: &Value<'a>) -> Value<'a> {
    let ((al, ah), (bl, bh)) = (a.bounds(), b.bounds());
    let low = al.zip(bl).map(|(x, y)| x.min(y).clone());
    let high = ah.zip(bh).map(|(x, y)| x.max(y).clone());
    let mut needs = Needs::notice();
    for value in [a, b] {
        if let Some(more) = value.needs() {
            needs.add(more);
        }
    }
    Value::Unknown(Unknown { needs, low, high })
}

/// A let as it is listed.
pub(crate) fn value_entry<'a>(p: &'a prog_model::Programme, named: &'a prog_model::Let, value: Value<'a>) -> ValueEntry<'a> {
    let unit = match &named.value.ty {
        Type::Number(number) => number.unit.map(|u| p.unit(u).ident.key.as_str()),
        _other => None,
    };
    ValueEntry { key: &named.ident.key, cites: &named.cites, unit, shown: shown(p, &named.value.ty, value) }
}

/// A value as it is printed.
pub(crate) fn shown<'a>(p: &'a prog_model::Programme, ty: &'a Type, value: Value<'a>) -> Shown<'a> {
    let key = |index: usize| match ty {
        Type::Enum(id) | Type::Set(id) => p.enumeration(*id).values.get(index).map_or("", |v| v.ident.key.as_str()),
        _other => "",
    };
    match (value, ty) {
        (Value::Number(n), Type::Number(number)) => Shown::Number(n, number),
        (Value::Unknown(u), Type::Number(number)) => Shown::Unknown(u.needs, Some(Box::new((u.low, u.high, number)))),
        (Value::Unknown(u), _) => Shown::Unknown(u.needs, None),
        (Value::Bool(value), _) => Shown::Bool(value),
        (Value::Enum(index), _) => Shown::Text(Cow::Borrowed(key(index))),
        (Value::Set(chosen), _) => Shown::Texts(chosen.iter().map(|i| key(*i)).collect()),
        (Value::Text(text), _) => Shown::Text(Cow::Borrowed(text)),
        (Value::Date(day), _) => Shown::Text(Cow::Owned(day.to_string())),
        (Value::Moment(moment), _) => Shown::Text(Cow::Owned(Zone::show(p.zone.as_ref(), moment))),
        (Value::None | Value::Number(_) | Value::Duration(_) | Value::Record(_) | Value::List(_), _) => Shown::None,
    }
}
