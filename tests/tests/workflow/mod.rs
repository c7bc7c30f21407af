//! Workflows as other tools read them: BPMN held to its schema, read by bpmn-moddle, linted, and run in SpiffWorkflow.
//!
//! In: the programmes' workflows, and a small one with every construct. Held: no complaint of the three checkers; every simple path to an end,
//! every cycle once, every deadline passed once and every way past a stage, worked out from the model, ends in the engine as the model says; and
//! `evaluate`, given the same events, says the same status.

mod faults;
mod status;

use crate::emit::tools;
use crate::programmes::compile;
use prog_base::DurationUnit;
use prog_emit::flow::{Kind, Pool, Timer};
use prog_emit::{Plan, Target};
use prog_model::{Programme, StageId, Target as To, Workflow};
use prog_tests::root;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::path::PathBuf;

const EVERYTHING: &str = include_str!("everything.prog");

/// Programmes with a workflow.
fn programmes() -> Vec<Programme> {
    let of = |folder: &str| compile(&format!("programmes/{folder}"), &[]).0.expect("a model");
    let mut all: Vec<Programme> = ["moe-2019", "zhejiang-2019", "heilongjiang-2024", "shenyang-2021"].map(of).into();
    all.push(crate::emit::compile(EVERYTHING));
    all
}

/// A file with the workflow of a programme.
fn written(programme: &Programme) -> PathBuf {
    let folder = root().join("target/workflow").join(&programme.ident.key);
    for file in prog_emit::emit(programme, &[Target::Workflow]).expect("files") {
        let path = folder.join(&file.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        std::fs::write(path, file.bytes).expect("it can be written");
    }
    folder.join("workflow/workflow.bpmn")
}

#[test]
fn other_readers_take_the_files() {
    let files: String = programmes().iter().map(|p| format!("{}\n", written(p).display())).collect();
    assert_eq!(tools::node("../workflow/check.mjs", &files), "");
}

#[test]
fn days_are_a_calendar() {
    let programme = crate::emit::compile(EVERYTHING);
    let files = prog_emit::emit(&programme, &[Target::Workflow]).expect("files");
    let file = files.iter().find(|file| file.path == "workflow/deadlines.ics").expect("a calendar");
    let text = String::from_utf8(file.bytes.clone()).expect("UTF-8");
    assert!(text.split_terminator("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{text}");
    insta::assert_snapshot!(text.replace("\r\n", "\n"));
}

/// Days counted from a deadline stand in the calendar and go off in the engine; those counted from an event, and notices of working days, are words.
#[test]
fn working_days_are_a_day_where_they_are_one_for_all() {
    let source = "use cn.holidays\nprogramme p \"p\" { issuer \"x\"; number unknown; timezone \"Asia/Shanghai\"\nactor office\ntrack t { fact n : Count }\n\
        workflow {\nstage filing by office due 2024-09-27 { on sent -> publicity }\n\
        stage publicity by office due 10 working days after filing { public notice at least 7 working days   on clear -> deciding }\n\
        stage deciding by office due due(filing) + 15 working days { on granted -> end granted }\n}\n}\n";
    let files = prog_emit::emit(&crate::emit::compile(source), &[Target::Workflow]).expect("files");
    let text = |path: &str| String::from_utf8(files.iter().find(|f| f.path == path).expect(path).bytes.clone()).expect("UTF-8");
    let calendar = text("workflow/deadlines.ics");
    let days: Vec<&str> = calendar.lines().filter_map(|line| line.strip_prefix("DTSTART;VALUE=DATE:")).collect();
    assert_eq!(days, ["20240927", "20241023"], "over the first week of October, with its two worked weekend days");
    let process = text("workflow/workflow.bpmn");
    assert_eq!(process.matches("<bpmn:timerEventDefinition").count(), 2, "{process}");
    assert!(process.contains("2024-10-24T00:00:00+08:00") && process.contains("7 working days"), "{process}");
}

#[test]
fn every_path_ends_in_the_engine_as_in_the_model() {
    let mut lines = String::new();
    let (mut runs, mut processes) = (0, 0);
    let (mut differing, mut compared) = (Vec::new(), 0);
    for programme in &programmes() {
        let (plan, file) = (Plan::new(programme), written(programme));
        for (workflow, pool) in programme.workflows.iter().zip(prog_emit::flow::pools(&plan)) {
            let paths = Paths { workflow, pool: &pool }.all();
            runs += paths.len();
            processes += 1;
            let (wrong, count) = status::compare(programme, workflow, &pool, &paths);
            differing.extend(wrong);
            compared += count;
            lines += &format!("{}\n", json!({ "file": file, "process": pool.id, "variables": variables(&pool), "runs": paths }));
        }
    }
    let said = tools::python("../workflow/run.py", &lines);
    let counted: Vec<Value> = said.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let wrong: Vec<&Value> = counted.iter().filter(|one| one.get("runs").is_none()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(counted.len(), processes);
    // The ends are the engine's: nothing above differed from them.
    assert!(differing.is_empty(), "{}", differing.join("\n"));
    println!("{runs} runs of {processes} processes; {compared} statuses as `evaluate` says them");
    assert!(runs > 60, "{runs}");
}

/// Every variable that a condition asks for, as it is where nothing holds.
fn variables(pool: &Pool) -> Value {
    let words = pool.flows.iter().filter_map(|flow| flow.when.as_ref()).flat_map(|when| when.split([' ', '(', ')']));
    let names = words.filter(|w| ["holds_", "waived_", "passed_"].iter().any(|prefix| w.starts_with(prefix)));
    let mut all: Map<String, Value> = names.map(|name| (name.to_owned(), json!(false))).collect();
    all.insert("outcome".to_owned(), json!(""));
    all.insert("next".to_owned(), json!(""));
    Value::Object(all)
}

/// A way through a workflow.
#[derive(Clone, Default)]
struct Path {
    /// What the first stage needs to know.
    before: Map<String, Value>,
    steps: Vec<Step>,
    /// The moment at which the last stage was done.
    clock: i64,
}

/// A stage on a way.
#[derive(Clone)]
struct Step {
    stage: usize,
    /// What is known after it.
    data: Map<String, Value>,
    /// When its task is ready, and whether it was waited for.
    ready: i64,
    waits: bool,
    /// When it is done.
    at: i64,
    /// Its deadline stops it.
    stops: bool,
}

/// The times of a stage that is come to at a moment.
struct Times {
    ready: i64,
    /// The deadline, and whether it stops the task.
    due: Option<(i64, bool)>,
}

/// One way on from a stage.
struct Way {
    data: Map<String, Value>,
    /// After its deadline.
    late: bool,
    /// Which stops it.
    stops: bool,
    to: Option<usize>,
    /// The end that it reaches, as it is called in the file.
    end: Option<String>,
}

struct Paths<'m> {
    workflow: &'m Workflow,
    pool: &'m Pool,
}

impl Paths<'_> {
    /// All of them, as the engine is asked for them.
    fn all(&self) -> Vec<Value> {
        let mut found = Vec::new();
        for (before, first) in self.entered(0) {
            match first {
                Ok(stage) => {
                    self.on(stage, &Path { before, ..Path::default() }, &mut BTreeSet::from([stage]), Vec::new(), false, &mut found)
                }
                Err(_) => continue,
            }
        }
        found
    }

    /// Every way on from a stage; one that was on the path is gone to once more, and from there straight to an end.
    fn on(&self, stage: usize, path: &Path, seen: &mut BTreeSet<usize>, ends: Vec<String>, again: bool, found: &mut Vec<Value>) {
        let times = self.times(stage, path.clock);
        for way in self.ways(stage, &times) {
            let mut next = path.clone();
            let at = match times.due {
                Some((due, _)) if way.late => (due + 1).max(times.ready),
                Some((due, _)) => due - 1,
                None => times.ready,
            };
            let (ready, waits) = (times.ready, times.ready > path.clock);
            next.steps.push(Step { stage, data: way.data.clone(), ready, waits, at, stops: way.stops });
            next.clock = at;
            let mut ends = ends.clone();
            if way.late && !way.stops {
                ends.push(self.id(stage, "Overdue_"));
            }
            match (way.to, way.end) {
                (None, Some(end)) => {
                    ends.push(end);
                    found.push(self.asked(&next, &ends));
                    if again {
                        return;
                    }
                }
                (Some(to), _) if seen.insert(to) => {
                    let before = found.len();
                    self.on(to, &next, seen, ends, again, found);
                    seen.remove(&to);
                    if again && found.len() > before {
                        return;
                    }
                }
                (Some(to), _) if !again => self.on(to, &next, &mut BTreeSet::from([to]), ends, true, found),
                (Some(_), _) | (None, None) => {}
            }
        }
    }

    /// When a stage that is come to now can be worked on, and until when. A timer has surely gone off the second after.
    fn times(&self, stage: usize, now: i64) -> Times {
        let mut times = Times { ready: now, due: None };
        for node in self.pool.nodes.iter().filter(|n| n.column == stage) {
            match node.kind {
                Kind::Wait(Timer::At(moment)) => times.ready = times.ready.max(moment.0 + 1),
                Kind::Wait(Timer::For(length)) => {
                    assert_eq!(length.unit, DurationUnit::Days, "in days");
                    times.ready += length.count * 86_400 + 1;
                }
                Kind::Due { at, stops, .. } => times.due = Some((at.0, stops)),
                Kind::Start | Kind::Task | Kind::Join | Kind::Enter | Kind::Leave | Kind::End | Kind::Overdue => {}
            }
        }
        times
    }

    /// Transitions of a stage, each with what it takes: in time, and too late.
    fn ways(&self, stage: usize, times: &Times) -> Vec<Way> {
        let declared = &self.workflow.stages[stage];
        let name = self.id(stage, "");
        let mut ways = Vec::new();
        // In time where it still can be; too late with the first outcome, with each where its day is past already.
        let past = times.due.is_some_and(|(due, _)| times.ready >= due);
        let stops = times.due.is_some_and(|(_, stops)| stops);
        for (index, transition) in declared.transitions.iter().enumerate() {
            let mut data = Map::from_iter([("outcome".to_owned(), json!(transition.outcome))]);
            if transition.when.is_some() {
                data.insert(format!("holds_{name}_{}", index + 1), json!(true));
            }
            for late in [false, true] {
                let possible = if late { times.due.is_some() && !stops && (past || index == 0) } else { !past };
                if possible {
                    ways.extend(self.reached(&data, (late, false), &transition.target, &format!("End_{name}_{}", index + 1)));
                }
            }
        }
        if let (Some(late), true) = (&declared.late, stops) {
            ways.extend(self.reached(&Map::new(), (true, true), &late.target, &format!("End_{name}_late")));
        }
        if declared.transitions.is_empty() {
            ways.push(Way { data: Map::new(), late: past, stops: false, to: None, end: Some(format!("End_{name}")) });
        }
        ways
    }

    fn reached(&self, data: &Map<String, Value>, (late, stops): (bool, bool), target: &To, end: &str) -> Vec<Way> {
        let way = |data: Map<String, Value>, to, end| Way { data, late, stops, to, end };
        match target {
            To::Stage(stage) => {
                let Some(at) = self.position(*stage) else { return vec![way(data.clone(), None, Some(end.to_owned()))] };
                let enter = |(more, to): (Map<String, Value>, Result<usize, String>)| {
                    let data = data.clone().into_iter().chain(more).collect();
                    way(data, to.clone().ok(), to.err())
                };
                self.entered(at).into_iter().map(enter).collect()
            }
            To::End(_) => vec![way(data.clone(), None, Some(end.to_owned()))],
        }
    }

    /// Where a case that is sent to a stage can come out: at it, or past it, with what makes it so.
    fn entered(&self, stage: usize) -> Vec<(Map<String, Value>, Result<usize, String>)> {
        let mut out = vec![(Map::new(), Ok(stage))];
        let enter = self.pool.nodes.iter().position(|n| n.kind == Kind::Enter && n.column == stage);
        for flow in enter.into_iter().flat_map(|enter| self.pool.leaving(enter)) {
            let Some(when) = &flow.when else { continue };
            let variable = when.split(' ').next().unwrap_or_default().to_owned();
            let node = &self.pool.nodes[flow.to];
            let mut data = Map::from_iter([(variable, json!(true))]);
            if let Some((_, next)) = when.split_once("next == \"") {
                data.insert("next".to_owned(), json!(next.trim_end_matches('"')));
            }
            match node.kind {
                Kind::End => out.push((data, Err(node.id.clone()))),
                _ => out.push((data, Ok(node.column))),
            }
        }
        out
    }

    fn position(&self, stage: StageId) -> Option<usize> {
        self.workflow.stages.iter().position(|s| s.id == stage)
    }

    /// The name of a stage in ids.
    fn id(&self, stage: usize, prefix: &str) -> String {
        let task = self.pool.nodes.iter().find(|n| n.kind == Kind::Task && n.column == stage).expect("its task");
        format!("{prefix}{}", task.id.trim_start_matches("Task_"))
    }

    fn asked(&self, path: &Path, ends: &[String]) -> Value {
        let step = |step: &Step| {
            let Step { stage, data, ready, waits, at, stops } = step;
            let task = self.id(*stage, "Task_");
            json!({ "task": task, "data": data, "ready": ready, "waits": waits, "at": at, "stops": stops, "before": path.before })
        };
        json!({ "steps": path.steps.iter().map(step).collect::<Vec<_>>(), "ends": ends })
    }
}
