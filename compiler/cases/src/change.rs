//! One step from a case: every boundary, every value of a closed list, every missing entry, every deadline's second.
//!
//! In: a programme's boundaries. Out: changes in a fixed order. Always: each changes one thing only.

use crate::place::{put, remove};
use crate::values::Boundaries;
use prog_base::Date;
use prog_model::*;
use serde_json::{Value, json};

/// One thing changed in a case.
#[derive(Clone, Debug)]
pub struct Change {
    /// Where.
    pub pointer: String,
    /// What stands there then; nothing.
    pub value: Option<Value>,
}

impl Change {
    /// Whether somebody says yes here: an attestation, a judgement, a register.
    pub fn confirms(&self) -> bool {
        let said = ["/attested/", "/judgements/", "/external/"].iter().any(|place| self.pointer.starts_with(place));
        said && self.value.as_ref().and_then(|v| v.get("value")).is_some_and(|v| *v == Value::Bool(true))
    }

    /// At a key of a part of the case.
    pub fn of(place: &str, key: &str, value: Option<Value>) -> Self {
        Self { pointer: format!("/{place}/{}", key.replace('~', "~0").replace('/', "~1")), value }
    }

    /// Whether it chooses among few: a value of a closed list, yes or no.
    pub fn chooses(&self) -> bool {
        match &self.value {
            Some(Value::Bool(_)) => true,
            Some(Value::String(text)) => text != "不在表内" && text.chars().count() < 12 && self.pointer.starts_with("/facts"),
            Some(_) | None => false,
        }
    }

    /// The case with it.
    pub fn on(&self, case: &Value) -> Value {
        let mut case = case.clone();
        match &self.value {
            Some(value) => put(&mut case, &self.pointer, value.clone()),
            None => remove(&mut case, &self.pointer),
        }
        case
    }
}

impl Boundaries<'_> {
    /// Everything that may be changed in a case of a track.
    pub fn changes(&self, track: &Track) -> Vec<Change> {
        let p = self.programme;
        let mut all = Vec::new();
        for input in track.inputs.iter().map(|i| p.input(*i)) {
            all.push(Change { pointer: input.pointer.clone(), value: None });
            let mut put = |value: Value| all.push(Change { pointer: input.pointer.clone(), value: Some(value) });
            for value in self.values(&input.field, 0) {
                match &input.origin {
                    Origin::Computed(_) | Origin::Entered => put(value),
                    Origin::Attested { .. } => put(json!({ "value": value, "evidence": "附件" })),
                    Origin::Judged { .. } => put(json!({ "value": value, "by": "专家" })),
                    Origin::External { .. } => put(json!({ "value": value, "as_of": self.constants.dates.first().map(Date::to_string) })),
                }
            }
            if let Origin::External { .. } = &input.origin {
                let value = self.values(&input.field, 0).into_iter().next();
                self.days().iter().for_each(|day| put(json!({ "value": value, "as_of": day })));
            }
        }
        for rule in &track.rules {
            self.sheets(&rule.ident.key, &rule.test, &mut all);
            let reason = |text: Option<&str>| Change::of("reasons", &rule.ident.key, text.map(|t| json!(t)));
            if rule.strength == Strength::InPrinciple {
                all.extend([reason(None), reason(Some("情况特殊")), reason(Some(" "))]);
            }
        }
        for material in track.materials.iter().map(|m| &p.materials[m.index()]) {
            let put = |copies: Option<Value>| Change::of("materials", &material.ident.key, copies);
            let copies: Vec<Value> = material.formats.iter().map(|f| json!({ "format": f.name, "sealed": f.sealed })).collect();
            let wrong = material.formats.iter().map(|f| json!([{ "format": f.name, "sealed": !f.sealed }]));
            let refused = material.refuse.iter().map(|(name, _)| json!([{ "format": name }]));
            // Where no format is asked for, any copy will do.
            let sent = if copies.is_empty() { json!([{}]) } else { json!(copies) };
            all.extend([None, Some(json!([])), Some(sent)].map(put));
            all.extend(wrong.chain(refused).map(|copies| put(Some(copies))));
        }
        all.extend(self.walks(track));
        all
    }

    fn sheets(&self, key: &str, test: &Test, all: &mut Vec<Change>) {
        let place = match test {
            Test::Judged { .. } => "judgements",
            Test::Attested { .. } => "attested",
            Test::External { .. } => "external",
            Test::Threshold { members, .. } => return members.iter().for_each(|m| self.sheets(&m.ident.key, &m.test, all)),
            Test::Expr(_) | Test::Bad => return,
        };
        all.extend([None, Some(json!({ "value": true })), Some(json!({ "value": false }))].map(|value| Change::of(place, key, value)));
        if let Test::External { .. } = test {
            let dated = self.days().into_iter().flat_map(|day| [true, false].map(|value| json!({ "value": value, "as_of": day })));
            all.extend(dated.map(|value| Change::of(place, key, Some(value))));
        }
    }

    /// The whole route along first outcomes, its last stage at every time that matters; and every other outcome and a skipped stage.
    fn walks(&self, track: &Track) -> Vec<Change> {
        let Some(route) = track.workflow.map(|w| &self.programme.workflows[w.index()]) else { return Vec::new() };
        let events = |events: Vec<Value>| Change { pointer: "/events".to_owned(), value: Some(json!(events)) };
        let mut all = vec![Change { pointer: "/events".to_owned(), value: None }];
        let mut before: Vec<Value> = Vec::new();
        let mut at = route.stages.first();
        while let Some(stage) = at.filter(|_| before.len() < route.stages.len()) {
            let event = |outcome: &str| {
                let mut event = json!({ "stage": stage.ident.key, "outcome": outcome });
                if let Some(by) = stage.by {
                    event["by"] = json!(self.programme.actors[by.index()].ident.key);
                }
                if let Some(channel) = &stage.channel {
                    event["channel"] = json!(channel);
                }
                event
            };
            let with = |event: Value| events(before.iter().cloned().chain([event]).collect());
            let first = stage.transitions.first();
            if stage.due.is_some() || stage.open.is_some() {
                for time in self.times() {
                    let mut timed = event(first.map_or("", |t| &t.outcome));
                    timed["at"] = json!(time);
                    all.push(with(timed));
                }
            }
            all.extend(stage.transitions.iter().map(|t| with(event(&t.outcome))));
            for (member, value) in [("by", "别人"), ("channel", "paper"), ("outcome", "没有"), ("stage", "没有")] {
                let mut wrong = event(first.map_or("", |t| &t.outcome));
                wrong[member] = json!(value);
                all.push(with(wrong));
            }
            if let Some((_, earlier)) = before.split_last() {
                all.push(events(earlier.iter().cloned().chain([event(first.map_or("", |t| &t.outcome))]).collect()));
            }
            let next = event(first.map_or("", |t| &t.outcome));
            before.push(next);
            at = first.and_then(|t| match &t.target {
                Target::Stage(to) => route.stages.iter().find(|s| s.id == *to),
                Target::End(_) => None,
            });
        }
        all
    }
}
