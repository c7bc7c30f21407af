//! What `evaluate` says of a case that has gone a path: the status that the engine ended in.
//!
//! In: paths that the engine has run, each with the ends it reached. Held: a case with the same events, whose facts let it go that path,
//! stands where the engine ended; a case whose facts lead elsewhere goes on, or is told that it skipped a stage. A case has its facts once: paths
//! on which they would have to change are the engine's alone.

use prog_emit::flow::{Kind, Pool};
use prog_eval::{Options, Prepared};
use prog_model::{Deadline, Expr, ExprKind, InputId, Programme, Target, Test, TrackId, Type, Waived, Workflow};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Compares all paths of a workflow, for each of its tracks; what differs, and how many were compared.
pub fn compare(programme: &Programme, workflow: &Workflow, pool: &Pool, paths: &[Value]) -> (Vec<String>, usize) {
    let prepared = Prepared::new(programme);
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (index, _) in programme.tracks.iter().enumerate() {
        let track = TrackId(index as u32);
        if !programme.route(track).is_some_and(|route| std::ptr::eq(route, workflow)) {
            continue;
        }
        let ended = Ended { programme, workflow, pool };
        let facts = assignments(programme, track, workflow);
        // Paths that differ only in what the data decides have the same events.
        let mut groups: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for path in paths {
            if changes(path) {
                continue;
            }
            count += 1;
            groups.entry(ended.events(path).to_string()).or_default().insert(ended.status(path).to_string());
        }
        for (events, wanted) in groups {
            let said = statuses(&prepared, programme, track, &facts, &events);
            let events: Value = serde_json::from_str(&events).expect("JSON");
            let stages: Vec<&Value> = events.as_array().expect("events").iter().map(|e| &e["stage"]).collect();
            // Of ways round a cycle only the first is run.
            let again = (1..stages.len()).any(|i| stages[..i].contains(&stages[i]));
            if !(said == wanted || (again && wanted.is_subset(&said))) {
                wrong.push(format!("{}: {events}\n engine {wanted:?}\n evaluate {said:?}", programme.tracks[index].ident.key));
            }
        }
    }
    (wrong, count)
}

/// Whether what the data decides is another thing later on the path: a stage worked on and passed over, two ways out of one stage.
fn changes(path: &Value) -> bool {
    let mut decided: BTreeMap<String, bool> = BTreeMap::new();
    let mut differs = |name: String, truth: bool| decided.insert(name, truth).is_some_and(|before| before != truth);
    let steps = path["steps"].as_array().expect("steps");
    steps.iter().any(|step| {
        let stage = step["task"].as_str().expect("a task").trim_start_matches("Task_").to_owned();
        let data = step["data"].as_object().expect("data");
        let set = |prefix: &str| data.keys().find_map(|k| k.strip_prefix(prefix).map(str::to_owned));
        let passed = set("waived_").or_else(|| set("passed_"));
        let outcome = format!("{stage} {}", step["data"]["outcome"]);
        let way = data.keys().any(|k| k.starts_with("holds_"));
        let (acted, left) = (differs(stage, true), differs(outcome, way));
        acted || left || passed.is_some_and(|stage| differs(stage, false))
    })
}

/// Where cases have ended that have had these events and left out no stage.
fn statuses(prepared: &Prepared<'_>, programme: &Programme, track: TrackId, facts: &[Value], events: &str) -> BTreeSet<String> {
    let mut said = BTreeSet::new();
    for facts in facts {
        let mut case = facts.clone();
        case["programme"] = json!(programme.ident.key);
        case["track"] = json!(programme.track(track).ident.key);
        case["events"] = serde_json::from_str(events).expect("JSON");
        let case = prepared.read_case(&case.to_string()).unwrap_or_else(|refused| panic!("{refused:?}"));
        let report = prepared.evaluate(&case, &Options { alternatives: false, ..Options::default() }).to_json(prog_base::Lang::En);
        if !report.contains("\"problem\":\"skipped\"") && !report.contains("\"problem\":\"extra\"") {
            let report: Value = serde_json::from_str(&report).expect("JSON");
            let places = report["status"].as_array().expect("a status");
            if places.iter().all(|place| place["ended"] == true) {
                said.insert(report["status"].to_string());
            }
        }
    }
    said
}

/// The ends of a file, as the model has them.
struct Ended<'m> {
    programme: &'m Programme,
    workflow: &'m Workflow,
    pool: &'m Pool,
}

impl Ended<'_> {
    /// The events of a path.
    fn events(&self, path: &Value) -> Value {
        let steps = path["steps"].as_array().expect("steps");
        let event = |step: &Value| {
            let task = step["task"].as_str().expect("a task");
            let node = self.pool.nodes.iter().find(|n| n.kind == Kind::Task && n.id == task).expect("its node");
            let stage = &self.workflow.stages[node.column];
            // A task that its deadline stops is never done; in a case it is what is done after it.
            let outcome = step["data"]["outcome"].as_str().or(stage.transitions.first().map(|t| t.outcome.as_str()));
            let at = prog_base::Zone::show(None, prog_base::Moment(step["at"].as_i64().expect("a moment")));
            json!({ "stage": stage.ident.key, "outcome": outcome, "at": at })
        };
        steps.iter().map(event).collect()
    }

    /// The status that the engine ended in.
    fn status(&self, path: &Value) -> Value {
        let mut ends = path["ends"].as_array().expect("ends").iter().filter_map(Value::as_str);
        let end = ends.rfind(|end| !end.starts_with("Overdue_")).expect("an end");
        let node = self.pool.nodes.iter().find(|n| n.id == end).expect("its node");
        let stage = &self.workflow.stages[node.column];
        let standing = |target: &Target| match target {
            Target::End(result) => Some(json!({ "ended": true, "result": result, "stage": stage.ident.key })),
            Target::Stage(_) => None,
        };
        let number = end.rsplit('_').next().and_then(|n| n.parse::<usize>().ok());
        // An end behind a stage that is passed over is named by the variable that says so.
        let passed = self.pool.flows.iter().any(|f| self.pool.nodes[f.from].kind == Kind::Enter && self.pool.nodes[f.to].id == end);
        if passed {
            let mut all: Vec<Value> = stage.transitions.iter().filter_map(|t| standing(&t.target)).collect();
            all.dedup();
            return Value::Array(all);
        }
        let taken = if end.ends_with("_late") { stage.late.as_ref() } else { number.and_then(|n| stage.transitions.get(n - 1)) };
        let taken = taken.unwrap_or_else(|| panic!("{} has no end {end}", self.programme.ident.key));
        Value::Array(standing(&taken.target).into_iter().collect())
    }
}

/// Cases with every combination of what conditions of the route read.
fn assignments(programme: &Programme, track: TrackId, workflow: &Workflow) -> Vec<Value> {
    let mut inputs = BTreeSet::new();
    let own = |list: &'_ [(TrackId, Expr)], inputs: &mut BTreeSet<InputId>| {
        list.iter().filter(|(t, _)| *t == track).for_each(|(_, e)| read(programme, track, e, inputs));
    };
    for stage in &workflow.stages {
        own(&stage.when, &mut inputs);
        stage.transitions.iter().filter_map(|t| t.when.as_deref()).for_each(|when| own(when, &mut inputs));
    }
    let mut cases = vec![json!({})];
    for rule in programme.track(track).rules.iter().filter(|r| r.waives.iter().any(|w| matches!(w, Waived::Stage { .. }))) {
        match &rule.test {
            Test::Expr(e) => read(programme, track, e, &mut inputs),
            // A register speaks of a day.
            Test::External { as_of: Some(day), .. } => {
                let day = due(workflow, day).expect("a day that the notice states");
                cases = with(&cases, &rule.path, &[true, false].map(|v| json!({ "value": v, "as_of": day })));
            }
            _other => cases = with(&cases, &rule.path, &[true, false].map(|v| json!({ "value": v }))),
        }
    }
    for input in inputs.into_iter().map(|id| programme.input(id)) {
        let values: Vec<Value> = match &input.ty {
            Type::Enum(of) => programme.enumeration(*of).values.iter().map(|v| json!(v.ident.key)).collect(),
            Type::Bool => vec![json!(true), json!(false)],
            Type::Number(number) => {
                let end = |n: &Option<prog_base::Exact>| n.as_ref().and_then(prog_base::Exact::to_i64);
                let (low, high) = (end(&number.low).unwrap_or(0), end(&number.high).unwrap_or(0));
                (low..=high.min(low + 5)).map(|n| json!(n)).collect()
            }
            _other => continue,
        };
        cases = with(&cases, &input.pointer, &values);
    }
    cases
}

/// Each case with each value at a place.
fn with(cases: &[Value], pointer: &str, values: &[Value]) -> Vec<Value> {
    let put = |case: &Value, value: &Value| {
        let mut case = case.clone();
        let place = pointer.split('/').skip(1).fold(&mut case, |place, name| &mut place[name]);
        *place = value.clone();
        case
    };
    cases.iter().flat_map(|case| values.iter().map(|v| put(case, v)).collect::<Vec<_>>()).collect()
}

/// The day of `due(STAGE)`.
fn due(workflow: &Workflow, day: &Expr) -> Option<String> {
    let ExprKind::Due(stage) = day.kind else { return None };
    match workflow.stages.iter().find(|s| s.id == stage)?.due.as_ref()? {
        Deadline::At(Expr { kind: ExprKind::Date(day), .. }) | Deadline::Inferred(Expr { kind: ExprKind::Date(day), .. }) => {
            Some(day.to_string())
        }
        _other => None,
    }
}

/// The inputs that an expression reads, through lets.
fn read(programme: &Programme, track: TrackId, e: &Expr, inputs: &mut BTreeSet<InputId>) {
    e.visit(&mut |e| match &e.kind {
        ExprKind::Input(id) => drop(inputs.replace(*id)),
        ExprKind::Let(id) => read(programme, track, &programme.track(track).lets[id.index()].value, inputs),
        _other => {}
    });
}
