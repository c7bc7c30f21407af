//! Requests one step from a sound case: every boundary, every value of a closed list, every missing entry, every deadline's second.
//!
//! In: a programme. Out: requests in a fixed order. Always: each differs from a sound case (the best that was drawn and bettered) in one
//! thing only, so that nothing else hides what that thing does.

use crate::request::{Kind, Request};
use prog_base::Exact;
use prog_cases::{Boundaries, Change, Random, against};
use prog_eval::Prepared;
use prog_model::*;
use serde_json::{Value, json};

/// A batch is not made larger than this.
const LARGEST: i64 = 60;
/// Batches in which every case has something else changed, a quota.
const MIXED: usize = 24;

/// All requests for a programme.
pub fn requests(programme: &Programme) -> Vec<Request> {
    let steps = Steps { programme, boundaries: Boundaries::of(programme), prepared: Prepared::new(programme) };
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
    boundaries: Boundaries<'p>,
    prepared: Prepared<'p>,
}

impl Steps<'_> {
    /// A case that little speaks against.
    fn sound(&self, track: &Track, readings: &[(String, String)]) -> Value {
        let options = plain(&Value::Null, readings).options(&self.prepared);
        self.boundaries.sound(track, |case| against(&self.prepared, case, &options))
    }

    fn one_step(&self, track: &Track, sound: &Value) -> Vec<Request> {
        self.boundaries.changes(track).iter().map(|change| Request { text: change.on(sound).to_string(), ..Request::default() }).collect()
    }

    /// One step from a case that is sound under another reading of the notice, where that reading makes a difference.
    fn under_readings(&self, track: &Track) -> Vec<Request> {
        let (changes, mut all) = (self.boundaries.changes(track), Vec::new());
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

    /// The sound case at every stage, at every time, under every reading.
    fn options(&self, sound: &Value) -> Vec<Request> {
        let p = self.programme;
        let base = || Request { text: sound.to_string(), ..Request::default() };
        let mut all = vec![base()];
        for stage in &p.stages {
            let at = Request { at: Some(stage.key.clone()), ..base() };
            all.extend(self.boundaries.times().into_iter().take(60).map(|time| Request { on: Some(time), ..at.clone() }));
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
            let table = self.boundaries.constants.numbers.iter().filter_map(Exact::to_i64).filter(|n| *n <= 10);
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
                    all.push(Request { text, kind: Kind::Batch, at: Some(stage.clone()), closed, ..Request::default() });
                }
            }
        }
        all.extend(self.mixed(track, sound));
        all
    }

    /// Batches of unlike cases: each with one or two other things changed, so that shares, kinds and keys spread.
    fn mixed(&self, track: &Track, sound: &Value) -> Vec<Request> {
        let p = self.programme;
        let changes: Vec<Change> = self.boundaries.changes(track).into_iter().filter(|change| change.pointer != "/events").collect();
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
                all.push(Request { text, kind: Kind::Batch, at, closed: random.one_in(2), ..Request::default() });
            }
        }
        all
    }
}

/// A case under these readings and no others.
fn plain(case: &Value, readings: &[(String, String)]) -> Request {
    Request { text: case.to_string(), plain: true, readings: readings.to_vec(), ..Request::default() }
}
