//! Requests one step from a sound case: every boundary, every value of a closed list, every missing entry, every deadline's second.
//!
//! In: a programme. Out: requests in a fixed order. Always: each differs from a sound case (the best that was drawn and bettered) in one
//! thing only, so that nothing else hides what that thing does.

use crate::generate::{Constants, Generator, Random, put, remove};
use crate::request::Request;
use prog_base::{Date, Duration, DurationUnit, Exact};
use prog_eval::Prepared;
use prog_model::*;
use serde_json::{Value, json};

/// How many cases are drawn for the best of them.
const DRAWN: usize = 120;
/// A batch is not made larger than this.
const LARGEST: i64 = 60;
/// Batches in which every case has something else changed, a quota.
const MIXED: usize = 24;

/// All requests for a programme.
pub fn requests(programme: &Programme) -> Vec<Request> {
    let steps = Steps { programme, constants: Constants::of(programme), prepared: Prepared::new(programme) };
    let mut all = Vec::new();
    for track in &programme.tracks {
        let sound = steps.sound(track, &[]);
        all.extend(steps.one_step(track, &sound));
        all.extend(steps.under_readings(track));
        all.extend(steps.options(&sound));
        all.extend(steps.batches(track, &sound));
    }
    all
}

struct Steps<'p> {
    programme: &'p Programme,
    constants: Constants,
    prepared: Prepared<'p>,
}

impl Steps<'_> {
    /// A case that little speaks against: the best of those drawn, each entry then set to the value that betters it most.
    fn sound(&self, track: &Track, readings: &[(String, String)]) -> Value {
        let mut generator = Generator::new(self.programme, 7);
        let drawn = (0..DRAWN).map(|_| generator.case(track, None));
        let Some(mut best) = drawn.min_by_key(|case| self.against(case, readings)) else { return Value::Null };
        let mut least = self.against(&best, readings);
        for change in self.changes(track) {
            let changed = change.on(&best);
            let against = self.against(&changed, readings);
            if against < least {
                (best, least) = (changed, against);
            }
        }
        best
    }

    /// How much speaks against a case; a refused one is worse than any, though its report names nothing.
    fn against(&self, case: &Value, readings: &[(String, String)]) -> usize {
        let report = plain(case, readings).expected(&self.prepared);
        if report.starts_with("refused") {
            return usize::MAX;
        }
        let count = |word: &str| report.matches(word).count();
        4 * count("\"result\":\"unmet\"") + 2 * count("\"result\":\"unknown\"") + count("\"result\":\"pending\"")
    }

    fn one_step(&self, track: &Track, sound: &Value) -> Vec<Request> {
        self.changes(track).iter().map(|change| Request { text: change.on(sound).to_string(), ..Request::default() }).collect()
    }

    /// One step from a case that is sound under another reading of the notice, where that reading makes a difference.
    fn under_readings(&self, track: &Track) -> Vec<Request> {
        let (changes, mut all) = (self.changes(track), Vec::new());
        for reading in &self.programme.readings {
            let ReadingValue::Choice { values, .. } = &reading.value else { continue };
            for value in values {
                let readings = [(reading.ident.key.clone(), value.key.clone())];
                let sound = self.sound(track, &readings);
                let asked = changes.iter().map(|change| change.on(&sound));
                all.extend(asked.filter_map(|case| {
                    let request = plain(&case, &readings);
                    (request.expected(&self.prepared) != plain(&case, &[]).expected(&self.prepared)).then_some(request)
                }));
            }
        }
        all
    }

    /// Everything that may be changed in a case of a track.
    fn changes(&self, track: &Track) -> Vec<Change> {
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
            all.extend([None, Some(json!([])), Some(json!(copies))].map(put));
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
            let dated = self.days().into_iter().map(|day| json!({ "value": true, "as_of": day }));
            all.extend(dated.map(|value| Change::of(place, key, Some(value))));
        }
    }

    /// Days around those that the programme names.
    fn days(&self) -> Vec<String> {
        let around = |date: &Date| [-1, 0, 1].map(|count| date.plus(Duration { count, unit: DurationUnit::Days }));
        let mut days: Vec<Date> = self.constants.dates.iter().flat_map(around).flatten().collect();
        days.sort();
        days.dedup();
        days.into_iter().map(|d| d.to_string()).collect()
    }

    /// Days and seconds around those that the programme names.
    fn times(&self) -> Vec<String> {
        let seconds = |day: String| ["", "T00:00:00+08:00", "T00:00:01+08:00", "T23:59:59+08:00"].map(|time| format!("{day}{time}"));
        self.days().into_iter().flat_map(seconds).collect()
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

    /// Values of a field: its own bounds and all constants, a step below, on and above; all of a closed list.
    fn values(&self, field: &FieldType, depth: usize) -> Vec<Value> {
        let p = self.programme;
        match &field.kind {
            FieldKind::Text | FieldKind::Prose | FieldKind::Unknown => {
                // The ends of the band of `about`, a tenth aside, too.
                let ends = |l: &Limit| [0, -1, 1].map(|tenth| l.value as i64 + tenth * (l.value as i64 / 10));
                let lengths = field.limits.iter().flat_map(ends).flat_map(|end| [-1, 0, 1, 2].map(|step| (end + step).max(0) as usize));
                let long = lengths.flat_map(|n| [json!("字".repeat(n)), json!(format!("{}，", "字".repeat(n.saturating_sub(1))))]);
                let own = self.constants.texts.iter().map(|t| json!(t));
                long.chain(own).chain(["哈尔滨", "某校，IPv6。", "😀𠀀", "　"].map(|t| json!(t))).collect()
            }
            FieldKind::Integer | FieldKind::Count | FieldKind::Year => {
                self.numbers(field, 0).iter().filter_map(|n| n.to_i64()).map(|n| json!(n)).collect()
            }
            FieldKind::Decimal { digits } | FieldKind::Percent { digits } | FieldKind::Money { digits } => {
                self.numbers(field, *digits).iter().map(|n| json!(n.to_string())).collect()
            }
            FieldKind::Date => self.days().into_iter().chain(["2024-02-30".to_owned()]).map(|d| json!(d)).collect(),
            FieldKind::Month => self.days().iter().filter_map(|d| d.get(..7)).map(|d| json!(d)).collect(),
            FieldKind::YesNo => vec![json!(true), json!(false)],
            FieldKind::Email => ["a@b.cn", "a@b"].map(|t| json!(t)).to_vec(),
            FieldKind::Phone => ["0451-82353821", "12"].map(|t| json!(t)).to_vec(),
            FieldKind::Mobile => ["13800138000", "12800138000"].map(|t| json!(t)).to_vec(),
            FieldKind::Postcode => ["150001", "15000"].map(|t| json!(t)).to_vec(),
            FieldKind::Url => ["https://moe.gov.cn/", "moe.gov.cn"].map(|t| json!(t)).to_vec(),
            FieldKind::File { kinds, .. } => {
                let name = kinds.first().map_or("pdf", |k| k.as_str());
                [("甲.", true), ("甲.x", false)].map(|(stem, sealed)| json!({ "name": format!("{stem}{name}"), "sealed": sealed })).to_vec()
            }
            FieldKind::OneOf(list) => p.enumeration(*list).values.iter().map(|v| json!(v.ident.key)).chain([json!("不在表内")]).collect(),
            FieldKind::AnyOf(list) => {
                let all: Vec<Value> = p.enumeration(*list).values.iter().map(|v| json!(v.ident.key)).collect();
                let one = all.iter().map(|v| json!([v]));
                one.chain([json!([]), json!(all), json!(["不在表内"])]).collect()
            }
            FieldKind::Record(record) if depth < 2 => {
                let fields = &p.records[record.index()].fields;
                let whole: serde_json::Map<String, Value> =
                    fields.iter().filter_map(|f| Some((f.ident.key.clone(), self.first(&f.field, depth + 1)?))).collect();
                let changed = fields.iter().flat_map(|f| {
                    let values = self.values(&f.field, depth + 1).into_iter().map(Some).chain([None]);
                    values.map(|value| {
                        let mut record = Value::Object(whole.clone());
                        record[&f.ident.key] = value.unwrap_or(Value::Null);
                        record
                    })
                });
                changed.collect()
            }
            FieldKind::Record(_) => vec![json!({})],
            FieldKind::List(item) => {
                let items = self.values(item, depth + 1);
                let few = (0..5).map(|n| Value::Array(items.iter().cycle().take(if items.is_empty() { 0 } else { n }).cloned().collect()));
                let one = items.iter().map(|item| json!([item]));
                few.chain(one.take(60)).collect()
            }
        }
    }

    fn first(&self, field: &FieldType, depth: usize) -> Option<Value> {
        self.values(field, depth).into_iter().next()
    }

    fn numbers(&self, field: &FieldType, digits: u32) -> Vec<Exact> {
        let size = crate::generate::unit_size(self.programme, field);
        let step = crate::generate::step(field, digits);
        let constants = self.constants.numbers.iter().filter_map(|n| n.checked_div(&size));
        let bases = field.low.iter().chain(&field.high).cloned().chain(constants).chain([Exact::ZERO]);
        let mut all = Vec::new();
        for base in bases {
            let base = base.round(prog_base::RoundMode::Down, digits as usize);
            all.extend([&base - &step, base.clone(), &base + &step]);
        }
        all.sort();
        all.dedup();
        all
    }

    /// The sound case at every stage, at every time, under every reading.
    fn options(&self, sound: &Value) -> Vec<Request> {
        let p = self.programme;
        let base = || Request { text: sound.to_string(), ..Request::default() };
        let mut all = vec![base()];
        for stage in &p.stages {
            let at = Request { at: Some(stage.key.clone()), ..base() };
            all.extend(self.times().into_iter().take(60).map(|time| Request { on: Some(time), ..at.clone() }));
            all.push(at);
        }
        for reading in &p.readings {
            if let ReadingValue::Choice { values, .. } = &reading.value {
                let with = |value: &String| Request { readings: vec![(reading.ident.key.clone(), value.clone())], ..base() };
                all.extend(values.iter().map(|v| with(&v.key)));
            }
        }
        all
    }

    /// So many copies of the sound case as each quota's numbers, one less and one more; sent together, sent in two, open and closed.
    fn batches(&self, track: &Track, sound: &Value) -> Vec<Request> {
        let p = self.programme;
        let mut all = Vec::new();
        for quota in p.quotas.iter().filter(|q| q.at.is_some()) {
            let Some(stage) = quota.at.map(|s| p.stages[s.index()].key.clone()) else { continue };
            let mut counts: Vec<i64> = Vec::new();
            quota.test.visit(&mut |e| {
                if let ExprKind::Number(n) = &e.kind {
                    counts.extend(n.to_i64())
                }
            });
            let table = self.constants.numbers.iter().filter_map(Exact::to_i64).filter(|n| *n <= 10);
            counts.extend(table.collect::<Vec<_>>());
            let mut counts: Vec<i64> = counts.into_iter().flat_map(|n| [n - 1, n, n + 1]).filter(|n| (0..=LARGEST).contains(n)).collect();
            counts.sort_unstable();
            counts.dedup();
            for n in counts {
                let case = |i: i64| {
                    let mut case = sound.clone();
                    case["id"] = json!(format!("c{i}"));
                    if let Some(case) = case.as_object_mut() {
                        case.remove("events");
                    }
                    json!({ "case": case })
                };
                let ids: Vec<String> = (0..n).map(|i| format!("c{i}")).collect();
                let package =
                    |id: &str, cases: &[String], at: &str| json!({ "package": { "id": id, "stage": stage, "cases": cases, "at": at } });
                let (early, late) = ids.split_at(ids.len() / 2);
                let sent = [
                    vec![],
                    vec![package("p", &ids, "2024-04-01")],
                    vec![package("p", early, "2024-04-01"), package("q", late, "2024-04-02")],
                ];
                for (packages, closed) in sent.into_iter().zip([true, false, true]) {
                    let text = (0..n).map(case).chain(packages).map(|line| format!("{line}\n")).collect();
                    all.push(Request { text, batch: true, at: Some(stage.clone()), closed, ..Request::default() });
                }
            }
        }
        all.extend(self.mixed(track, sound));
        all
    }

    /// Batches of unlike cases: each with one or two other things changed, so that shares, kinds and keys spread.
    fn mixed(&self, track: &Track, sound: &Value) -> Vec<Request> {
        let p = self.programme;
        let changes: Vec<Change> = self.changes(track).into_iter().filter(|change| change.pointer != "/events").collect();
        let chosen: Vec<&Change> = changes.iter().filter(|change| change.chooses()).collect();
        let mut random = Random::new(11);
        let mut all = Vec::new();
        for stage in p.quotas.iter().filter_map(|q| q.at) {
            for round in 0..MIXED {
                let count = [3, 6, 10, 16, 21, 31, 43, 52][round % 8];
                let line = |i: usize, random: &mut Random| {
                    let mut case = sound.clone();
                    for change in random.pick(&chosen).into_iter().copied().chain(random.pick(&chosen).copied()) {
                        case = change.on(&case);
                    }
                    if let (Some(change), true) = (random.pick(&changes), random.one_in(6)) {
                        case = change.on(&case);
                    }
                    case["id"] = json!(format!("c{i}"));
                    if let Some(case) = case.as_object_mut() {
                        case.remove("events");
                    }
                    format!("{}\n", json!({ "case": case }))
                };
                let text = (0..count).map(|i| line(i, &mut random)).collect();
                let at = Some(p.stages[stage.index()].key.clone());
                all.push(Request { text, batch: true, at, closed: random.one_in(2), ..Request::default() });
            }
        }
        all
    }
}

/// A case under these readings and no others.
fn plain(case: &Value, readings: &[(String, String)]) -> Request {
    Request { text: case.to_string(), plain: true, readings: readings.to_vec(), ..Request::default() }
}

/// One thing changed in a case.
struct Change {
    pointer: String,
    /// What stands there then; nothing.
    value: Option<Value>,
}

impl Change {
    fn of(place: &str, key: &str, value: Option<Value>) -> Self {
        Self { pointer: format!("/{place}/{}", key.replace('~', "~0").replace('/', "~1")), value }
    }

    /// Whether it chooses among few: a value of a closed list, yes or no.
    fn chooses(&self) -> bool {
        match &self.value {
            Some(Value::Bool(_)) => true,
            Some(Value::String(text)) => text != "不在表内" && text.chars().count() < 12 && self.pointer.starts_with("/facts"),
            Some(_) | None => false,
        }
    }

    fn on(&self, case: &Value) -> Value {
        let mut case = case.clone();
        match &self.value {
            Some(value) => put(&mut case, &self.pointer, value.clone()),
            None => remove(&mut case, &self.pointer),
        }
        case
    }
}
