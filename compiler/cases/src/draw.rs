//! Cases drawn from a model, the same in every run.
//!
//! In: a programme and a seed. Out: cases, values of fields, times. Every entry is drawn among valid, boundary, blank and invalid values;
//! boundaries are those of the field and of every constant in the programme's expressions, one step below, on and above.

use crate::constants::Constants;
use crate::place::{put, put_key};
use crate::random::Random;
use crate::values::{step, unit_size};
use prog_base::{Date, Duration, DurationUnit, Exact};
use prog_model::*;
use serde_json::{Map, Value, json};

/// Draws cases for one programme.
pub struct Generator<'p> {
    /// The programme.
    pub programme: &'p Programme,
    constants: Constants,
    /// The source of chance.
    pub random: Random,
}

impl<'p> Generator<'p> {
    /// For a programme.
    pub fn new(programme: &'p Programme, seed: u64) -> Self {
        Self { programme, constants: Constants::of(programme), random: Random::new(seed) }
    }

    /// A day or moment, mostly near one that the programme names.
    pub fn time(&mut self, for_options: bool) -> String {
        let base = self.random.pick(&self.constants.dates).copied().or(Date::new(2024, 5, 1));
        let shift = [-400, -1, 0, 0, 1, 30][self.random.below(6)];
        let day =
            base.and_then(|d| d.plus(Duration { count: shift, unit: DurationUnit::Days })).map_or_else(String::new, |d| d.to_string());
        match self.random.below(if for_options { 4 } else { 6 }) {
            0 => format!("{day}T23:59:59+08:00"),
            1 => format!("{day}T00:00:00+08:00"),
            2 => format!("{day}T16:00:00.5Z"),
            3 | 4 => day,
            _ => ["2024-02-30", "昨天", "", "2024-04-22T10:00:00", "2024-04-22T23:59:60Z"][self.random.below(5)].to_owned(),
        }
    }

    /// A case of a track.
    pub fn case(&mut self, track: &Track, id: Option<&str>) -> Value {
        let p = self.programme;
        let mut case = json!({ "programme": p.ident.key, "track": track.ident.key });
        if let Some(id) = id {
            case["id"] = json!(id);
        }
        match self.random.below(6) {
            0 => case["version"] = json!("000000000000"),
            1 => case["version"] = json!(p.version),
            _ => {}
        }
        if self.random.one_in(20) {
            case["withdrawn"] = json!(true);
        }
        // Some cases are nearly complete, so that late rules are reached too.
        let blank = [2, 5, 40][self.random.below(3)];
        for input in track.inputs.iter().map(|i| p.input(*i)) {
            if !matches!(input.origin, Origin::Computed(_)) && !self.random.one_in(blank) {
                let value = self.value(&input.field, 0);
                let value = self.with_origin(&input.origin, value);
                put(&mut case, &input.pointer, value);
            }
        }
        for rule in &track.rules {
            self.sheets(&mut case, &rule.ident.key, &rule.test, blank);
            if rule.strength == Strength::InPrinciple && self.random.one_in(2) {
                put_key(&mut case, "reasons", &rule.ident.key, json!(["情况特殊", " ", ""][self.random.below(3)]));
            }
        }
        for material in track.materials.iter().map(|m| &p.materials[m.index()]) {
            if !self.random.one_in(blank) {
                let copies = self.copies(material);
                put_key(&mut case, "materials", &material.ident.key, copies);
            }
        }
        if self.random.one_in(2) {
            let events = self.events(track);
            case["events"] = json!(events);
        }
        case
    }

    fn with_origin(&mut self, origin: &Origin, value: Value) -> Value {
        match origin {
            Origin::Entered | Origin::Computed(_) => value,
            Origin::Attested { .. } => json!({ "value": value, "evidence": "附件" }),
            Origin::Judged { .. } => json!({ "value": value, "by": "专家", "at": self.time(false) }),
            Origin::External { .. } => json!({ "value": value, "as_of": self.time(false) }),
        }
    }

    fn sheets(&mut self, case: &mut Value, key: &str, test: &Test, blank: usize) {
        let place = match test {
            Test::Judged { .. } => "judgements",
            Test::Attested { .. } => "attested",
            Test::External { .. } => "external",
            Test::Threshold { members, .. } => return members.iter().for_each(|m| self.sheets(case, &m.ident.key, &m.test, blank)),
            Test::Expr(_) | Test::Bad => return,
        };
        if self.random.one_in(blank) {
            return;
        }
        let mut sheet = Map::new();
        sheet.insert("value".to_owned(), [json!(true), json!(true), json!(false), Value::Null][self.random.below(4)].clone());
        match place {
            "judgements" if self.random.one_in(2) => drop(sheet.insert("at".to_owned(), json!(self.time(false)))),
            "external" if !self.random.one_in(4) => drop(sheet.insert("as_of".to_owned(), json!(self.time(false)))),
            _ => {}
        }
        put_key(case, place, key, Value::Object(sheet));
    }

    pub(crate) fn copies(&mut self, material: &Material) -> Value {
        let mut copies: Vec<Value> = Vec::new();
        for format in &material.formats {
            if !self.random.one_in(4) {
                copies.push(json!({ "format": format.name, "sealed": if self.random.one_in(4) { !format.sealed } else { format.sealed } }));
            }
        }
        match self.random.below(5) {
            0 => copies.push(json!({ "format": "传真" })),
            1 => copies.push(json!({ "sealed": null })),
            _ => {}
        }
        if let (Some((name, _)), true) = (material.refuse.first(), self.random.one_in(4)) {
            copies.push(json!({ "format": name }));
        }
        Value::Array(copies)
    }

    /// A walk along the route, with a slip now and then.
    fn events(&mut self, track: &Track) -> Vec<Value> {
        let p = self.programme;
        let Some(route) = track.workflow.map(|w| &p.workflows[w.index()]) else { return Vec::new() };
        let mut events = Vec::new();
        let mut at = 0;
        for _ in 0..self.random.below(route.stages.len() + 3) {
            let stage = &route.stages[at];
            let transition = self.random.pick(&stage.transitions);
            let mut event = json!({ "stage": stage.ident.key });
            if let Some(transition) = transition {
                event["outcome"] = json!(transition.outcome);
            }
            if let (Some(by), false) = (stage.by, self.random.one_in(4)) {
                event["by"] = json!(p.actors[by.index()].ident.key);
            }
            if !self.random.one_in(5) {
                event["at"] = json!(self.time(false));
            }
            if let (Some(channel), false) = (&stage.channel, self.random.one_in(3)) {
                event["channel"] = json!(channel);
            }
            match self.random.below(14) {
                0 => event["outcome"] = json!("没有的结果"),
                1 => event["by"] = json!("别人"),
                2 => event["channel"] = json!("paper"),
                3 => event["stage"] = json!("没有的环节"),
                _ => {}
            }
            events.push(event);
            let next = transition.and_then(|t| match &t.target {
                Target::Stage(to) => route.stages.iter().position(|s| s.id == *to),
                Target::End(_) => None,
            });
            match next {
                Some(next) => at = next,
                None if self.random.one_in(3) => at = self.random.below(route.stages.len()),
                None => break,
            }
        }
        events
    }

    /// A value for a field.
    pub fn value(&mut self, field: &FieldType, depth: usize) -> Value {
        if self.random.one_in(60) {
            let kinds = if self.random.one_in(6) { 9 } else { 3 };
            return [json!(null), json!(""), json!("　"), json!([]), json!({}), json!(1.5), json!(-1), json!(true), json!("1e5")]
                [self.random.below(kinds)]
            .clone();
        }
        match &field.kind {
            FieldKind::Text | FieldKind::Prose | FieldKind::Unknown => self.text(field),
            FieldKind::Integer | FieldKind::Count | FieldKind::Year => {
                let number = self.number(field, 0);
                number.to_i64().map_or(Value::Null, |n| json!(n))
            }
            FieldKind::Decimal { digits } | FieldKind::Percent { digits } | FieldKind::Money { digits } => {
                json!(self.number(field, *digits).to_string())
            }
            FieldKind::Date => json!(self.time(false).get(..10).unwrap_or("")),
            FieldKind::Month => json!(self.time(false).get(..7).unwrap_or("")),
            FieldKind::YesNo => json!(self.random.one_in(2)),
            FieldKind::Email => json!(["a@b.cn", "a@b", "甲@乙.丙"][self.random.below(3)]),
            FieldKind::Phone => json!(["0451-82353821", "12", "０４５１82353821"][self.random.below(3)]),
            FieldKind::Mobile => json!(["13800138000", "12800138000"][self.random.below(2)]),
            FieldKind::Postcode => json!(["150001", "15000"][self.random.below(2)]),
            FieldKind::Url => json!(["https://moe.gov.cn/", "moe.gov.cn"][self.random.below(2)]),
            FieldKind::File { kinds, .. } => {
                let kind = self.random.pick(kinds).map_or("pdf", |k| k.as_str());
                json!({ "name": format!("甲.{kind}"), "size": self.random.below(1 << 24), "sealed": self.random.one_in(2) })
            }
            FieldKind::OneOf(list) => self.one_of(*list),
            FieldKind::AnyOf(list) => {
                let count = self.random.below(4);
                Value::Array((0..count).map(|_| self.one_of(*list)).collect())
            }
            FieldKind::Record(record) => {
                let mut members = Map::new();
                for f in &self.programme.records[record.index()].fields {
                    if !self.random.one_in(6) {
                        let value = self.value(&f.field, depth + 1);
                        members.insert(f.ident.key.clone(), value);
                    }
                }
                Value::Object(members)
            }
            FieldKind::List(item) => {
                let count = if depth > 2 { 0 } else { self.random.below(5) };
                Value::Array((0..count).map(|_| self.value(item, depth + 1)).collect())
            }
        }
    }

    /// A value of a closed list, rarely another text.
    pub fn one_of(&mut self, list: EnumId) -> Value {
        if self.random.one_in(15) {
            return json!("不在表内");
        }
        self.random.pick(&self.programme.enumeration(list).values).map_or(Value::Null, |v| json!(v.ident.key))
    }

    fn text(&mut self, field: &FieldType) -> Value {
        if let (Some(limit), true) = (self.random.pick(&field.limits), self.random.one_in(2)) {
            let length = limit.value as usize + [0, 1, 1, 2][self.random.below(4)];
            return json!("字".repeat(length.saturating_sub(1).min(3000)));
        }
        match self.random.pick(&self.constants.texts) {
            Some(text) if self.random.one_in(2) => json!(text),
            _ => json!(["哈尔滨", "某校，IPv6。", "a b c", "😀𠀀"][self.random.below(4)]),
        }
    }

    /// A number in the field's unit: at one of its own bounds or at a constant of the programme, a step aside or on it.
    fn number(&mut self, field: &FieldType, digits: u32) -> Exact {
        let size = unit_size(self.programme, field);
        let bounds: Vec<Exact> = field.low.iter().chain(&field.high).cloned().collect();
        let base = match self.random.below(4) {
            0 => self.random.pick(&bounds).cloned(),
            1 | 2 => self.random.pick(&self.constants.numbers).and_then(|n| n.checked_div(&size)),
            _ => Some(Exact::from(self.random.below(60) as i64)),
        };
        let step = step(field, digits);
        let base = base.unwrap_or(Exact::ZERO).round(prog_base::RoundMode::Down, digits as usize);
        match self.random.below(5) {
            0 => &base - &step,
            1 => &base + &step,
            _ => base,
        }
    }
}
