//! Requests drawn for a programme: cases and batches with options as a command line would give them.
//!
//! In: a generator of cases. Out: requests. Always: the same in every run.

use crate::request::{Kind, Request};
use prog_cases::Generator;
use prog_model::{ReadingValue, StageId};

/// A case with options; `None` where the programme has no tracks.
pub fn case_request(g: &mut Generator<'_>) -> Option<Request> {
    let track = g.random.pick(&g.programme.tracks)?;
    let case = g.case(track, None);
    let mut request = options(g);
    request.text = case.to_string();
    Some(request)
}

/// A batch with options; `None` where the programme has no stages.
pub fn batch_request(g: &mut Generator<'_>) -> Option<Request> {
    let p = g.programme;
    if p.tracks.is_empty() {
        return None;
    }
    let mut request = options(g);
    request.kind = Kind::Batch;
    let stages: Vec<StageId> = p.quotas.iter().filter_map(|q| q.at).collect();
    let stage = match g.random.pick(&stages) {
        Some(stage) if !g.random.one_in(5) => p.stages[stage.index()].key.clone(),
        _ => g.random.pick(&p.stages)?.key.clone(),
    };
    let lines = g.batch(&stage);
    request.at = Some(stage);
    request.closed = g.random.one_in(2);
    request.text = lines.iter().map(|l| l.to_string() + "\n").collect();
    Some(request)
}

/// A batch of which candidates are ranked; `None` where the programme has no selections.
pub fn select_request(g: &mut Generator<'_>) -> Option<Request> {
    let p = g.programme;
    let selection = g.random.pick(&p.selections)?;
    let request = batch_request(g)?;
    let at = selection.at.filter(|_| !g.random.one_in(4)).map(|stage| p.stages[stage.index()].key.clone());
    Some(Request { kind: Kind::Select, at, closed: false, ..request })
}

fn options(g: &mut Generator<'_>) -> Request {
    let p = g.programme;
    let mut request = Request { plain: g.random.one_in(8), english: g.random.one_in(8), ..Request::default() };
    if g.random.one_in(3) {
        request.at = g.random.pick(&p.stages).map(|s| s.key.clone());
    }
    if g.random.one_in(3) {
        request.on = Some(g.time(true));
    }
    if g.random.one_in(4)
        && let Some(reading) = g.random.pick(&p.readings)
    {
        let value = match &reading.value {
            ReadingValue::Choice { values, .. } => g.random.pick(values).map(|v| v.key.clone()),
            ReadingValue::Band(_) => Some("20%".to_owned()),
            ReadingValue::Expr(_) => None,
        };
        request.readings.extend(value.map(|v| (reading.ident.key.clone(), v)));
    }
    request
}
