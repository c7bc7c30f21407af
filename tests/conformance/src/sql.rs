//! Generated SQL in a real engine beside the reference: rows of rules, refused lines, quotas by key (semantics 12).
//!
//! In: a dialect, programmes, what is asked of each. Out: an [`Outcome`] a programme. Always: what the file says it does not carry is not
//! compared, everything else must be equal; the engine is started once for all programmes and works while the reference prepares what follows.

use crate::adversarial;
use crate::load::Subject;
use crate::request::{Kind, Request};
use prog_emit::Target;
use prog_eval::{Batch, Fares, FindingKind, Options, Prepared, SelectReport, Shown, result_word};
use prog_model::{Programme, ReadingValue};
use prog_tests::{root, scratch, write};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// An engine, by the dialect that it speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// In this process' Python.
    Duckdb,
    /// A server of its own on a socket in a temporary folder.
    Postgresql,
    /// In local mode.
    Spark,
    /// In this process' Python.
    Sqlite,
}

/// What came of a programme.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The programme.
    pub name: String,
    /// Cases and other lines compared.
    pub cases: u64,
    /// Batches compared.
    pub batches: u64,
    /// Groups of quotas compared.
    pub groups: u64,
    /// Places of selections compared.
    pub places: u64,
    /// Groups that the file says it does not carry in such a batch.
    pub skipped: u64,
    /// How many answers differ.
    pub wrong: u64,
    /// The first that do.
    pub first: Vec<Value>,
    /// Seconds that the engine worked.
    pub seconds: f64,
}

impl Engine {
    /// All of them.
    pub const ALL: &'static [Engine] = &[Engine::Duckdb, Engine::Postgresql, Engine::Spark, Engine::Sqlite];

    /// The name of its dialect.
    pub fn name(self) -> &'static str {
        match self {
            Engine::Duckdb => "duckdb",
            Engine::Postgresql => "postgresql",
            Engine::Spark => "spark",
            Engine::Sqlite => "sqlite",
        }
    }

    /// Lines laid into the tables at once: an engine that plans long gets many, one that reads slowly few.
    fn at_once(self) -> usize {
        match self {
            Engine::Postgresql | Engine::Sqlite => 5_000,
            Engine::Duckdb | Engine::Spark => 20_000,
        }
    }

    /// How many ways to set the readings are looked at: each is a look at all views.
    fn ways(self) -> usize {
        match self {
            Engine::Duckdb | Engine::Postgresql | Engine::Sqlite => usize::MAX,
            Engine::Spark => 2,
        }
    }

    /// The interpreter with the engine that test.sh installs; Spark, which is large, is installed here when it is first asked for.
    fn python(self) -> PathBuf {
        let ours = root().join("target/venv/bin/python");
        match self {
            Engine::Spark => spark(),
            Engine::Duckdb | Engine::Postgresql | Engine::Sqlite if ours.exists() => ours,
            Engine::Duckdb | Engine::Postgresql | Engine::Sqlite => PathBuf::from("python3"),
        }
    }
}

/// A Python with PySpark.
fn spark() -> PathBuf {
    let venv = root().join("target/spark-venv");
    let (python, installed) = (venv.join("bin/python"), venv.join(".installed"));
    if !installed.exists() {
        let list = root().join("tests/requirements-spark.txt");
        let made = Command::new("python3").args(["-m", "venv"]).arg(&venv).status();
        assert!(made.is_ok_and(|s| s.success()), "no virtual environment");
        let done = Command::new(venv.join("bin/pip")).args(["install", "-q", "-r"]).arg(list).status();
        assert!(done.is_ok_and(|s| s.success()), "pip could not install tests/requirements-spark.txt");
        write(&installed, "");
    }
    python
}

/// An engine that runs.
struct Running {
    engine: Engine,
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    folder: PathBuf,
}

impl Running {
    fn start(engine: Engine) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("drivers/sql.py");
        let mut command = Command::new(engine.python());
        command.arg(script).arg(engine.name()).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("python starts");
        let (to, from) = (child.stdin.take().expect("a pipe"), BufReader::new(child.stdout.take().expect("a pipe")));
        Self { engine, child, to, from, folder: scratch(&format!("sql-{}", engine.name())) }
    }

    fn ask(&mut self, question: &Value) {
        writeln!(self.to, "{question}").expect("the engine listens");
    }

    /// What it says next.
    fn hear(&mut self, outcome: &mut Outcome) {
        let mut line = String::new();
        self.from.read_line(&mut line).expect("a pipe");
        let Ok(answer) = serde_json::from_str::<Value>(&line) else {
            panic!("{}: the engine stopped at {}: {line}", self.engine.name(), outcome.name)
        };
        let count = |name: &str| answer[name].as_u64().unwrap_or(0);
        outcome.cases += count("cases");
        outcome.batches += count("batches");
        outcome.groups += count("groups");
        outcome.places += count("places");
        outcome.skipped += count("skipped");
        outcome.wrong += count("wrong");
        outcome.seconds += answer["seconds"].as_f64().unwrap_or(0.0);
        outcome.first.extend(answer["first"].as_array().into_iter().flatten().cloned());
        outcome.first.truncate(20);
    }
}

/// What is asked of a programme: parts one after another, so that not everything stands in memory.
pub type Parts<'a> = Box<dyn Iterator<Item = Vec<Request>> + 'a>;

/// Compares programmes in an engine; a programme without tracks has nothing to judge.
pub fn compare<'a>(engine: Engine, subjects: impl IntoIterator<Item = (&'a Subject, Parts<'a>)>, told: &mut dyn FnMut(Outcome)) {
    let mut running = Running::start(engine);
    for (subject, parts) in subjects {
        if !subject.programme.tracks.is_empty() {
            told(programme(&mut running, subject, parts));
        }
    }
    drop(running.to);
    let ended = running.child.wait();
    assert!(ended.is_ok_and(|status| status.success()), "{}: the engine failed", engine.name());
}

fn programme(running: &mut Running, subject: &Subject, parts: Parts<'_>) -> Outcome {
    let p = &subject.programme;
    let mut outcome = Outcome { name: subject.name.clone(), ..Outcome::default() };
    let files = prog_emit::emit(p, &[Target::Sql]).unwrap_or_else(|faults| panic!("{}: {faults:?}", subject.name));
    let file = files.iter().find(|f| f.path.ends_with(&format!("/{}.sql", running.engine.name()))).expect("a file a dialect");
    let script = running.folder.join(format!("{}.sql", subject.name));
    write(&script, &file.bytes);
    let left = left_out(&String::from_utf8_lossy(&file.bytes));
    running.ask(&json!({
        "name": subject.name, "script": script,
        "tracks": p.tracks.iter().map(|t| &t.ident.key).collect::<Vec<_>>(), "quotas": p.quotas.len(),
        "selections": p.selections.iter().map(|s| &s.ident.key).filter(|key| !left.contains(&format!("select {key}"))).collect::<Vec<_>>(),
    }));
    running.hear(&mut outcome);
    let (engine, prepared, mut ways, mut open) = (running.engine, Prepared::new(p), BTreeSet::new(), 0);
    let parts = parts.flat_map(|part| {
        let settled = part.into_iter().map(|request| settled(request, &mut ways, engine.ways())).collect();
        chunks(settled, engine.at_once())
    });
    for (at, part) in parts.enumerate() {
        let lines = part.into_iter().filter_map(|request| expected(&prepared, &left, &request));
        let requests = running.folder.join(format!("{}-{}.jsonl", subject.name, at % 3));
        write(&requests, lines.map(|line| line.to_string() + "\n").collect::<String>());
        running.ask(&json!({ "requests": requests }));
        open += 1;
        // While the engine works, the next part is prepared.
        if open == 2 {
            running.hear(&mut outcome);
            open -= 1;
        }
    }
    (0..open).for_each(|_| running.hear(&mut outcome));
    outcome
}

/// All cases, and so many batches at most, spread over what there is: an engine plans each batch anew.
pub fn few(requests: Vec<Request>, batches: usize) -> Vec<Request> {
    let (batch, mut all): (Vec<Request>, Vec<Request>) = requests.into_iter().partition(|r| r.kind != Kind::Case);
    let batch: Vec<Request> = batch.into_iter().filter(|r| r.kind == Kind::Batch && r.at.is_some()).collect();
    let every = batch.len().div_ceil(batches.max(1)).max(1);
    all.extend(batch.into_iter().step_by(every).take(batches));
    all
}

/// Packages and decisions that are none. To SQL, unlike `evaluate`, a line may be a bare case.
pub fn no_lines(subject: &Subject) -> Vec<Request> {
    adversarial::batches(subject).into_iter().filter(|request| request.text.starts_with("{\"")).collect()
}

/// A part in pieces of so many at most, where it can be each of one way to read the notice: a look works out every line that is laid in.
fn chunks(mut part: Vec<Request>, most: usize) -> Vec<Vec<Request>> {
    part.sort_by(|a, b| a.readings.cmp(&b.readings));
    part.chunks(most).map(<[Request]>::to_vec).collect()
}

/// A request under one of so many ways to read the notice.
fn settled(mut request: Request, ways: &mut BTreeSet<Vec<(String, String)>>, most: usize) -> Request {
    if !ways.contains(&request.readings) {
        if ways.len() < most {
            ways.insert(request.readings.clone());
        } else {
            request.readings.clear();
        }
    }
    request
}

/// What a file says that it leaves out: `track.rule`, `quota key`.
fn left_out(text: &str) -> BTreeSet<String> {
    let head = text.lines().take_while(|line| line.starts_with("--")).skip_while(|line| !line.starts_with("-- Not carried"));
    head.filter_map(|line| Some(line.strip_prefix("--   ")?.split(": ").next()?.to_owned())).collect()
}

/// A request with the rows that the reference gives; `None`: nothing that SQL answers.
fn expected(prepared: &Prepared<'_>, left: &BTreeSet<String>, request: &Request) -> Option<Value> {
    let p = prepared.programme;
    if matches!(request.kind, Kind::Targets | Kind::Select) {
        return None;
    }
    let mut line = json!({ "text": request.text, "settings": settings(p, request)? });
    if request.kind == Kind::Batch {
        let batch: Batch = match prepared.read_batch(&request.text) {
            Ok(batch) => batch,
            // Reading ends at the first line that is refused; ids of cases are told apart by whoever fills the tables.
            Err(refusal) => {
                line["refused"] = json!([refusal.line, refusal.code.0]);
                let twins = refusal.code == prog_base::codes::BATCH_REFERENCE && refusal.pointer.starts_with("/case");
                return (request.at.is_some() && !twins).then_some(line);
            }
        };
        request.at.as_ref()?;
        let options = request.options(prepared);
        let report = prepared.evaluate_batch(&batch, &options);
        line["closed"] = report.closed.into();
        let told: Value = serde_json::from_str(&report.to_json(options.lang)).expect("a report is JSON");
        let carried = |f: &&Value| !left.contains(&format!("quota {}", f["rule"].as_str().unwrap_or_default()));
        line["stage"] = told["stage"].clone();
        line["quotas"] = told["findings"].as_array().into_iter().flatten().filter(carried).cloned().collect();
        line["selections"] = selections(prepared, left, &batch, request);
        return Some(line);
    }
    // What other readings would give is no row.
    let request = Request { plain: true, ..request.clone() };
    match prepared.read_case(&request.text) {
        Err(refusal) => line["refused"] = refusal.code.0.into(),
        Ok(case) => {
            let report = prepared.evaluate(&case, &request.options(prepared));
            let rules = report.findings.iter().chain(&report.later).filter(|f| f.kind == FindingKind::Rule);
            let carried = rules.filter(|f| !left.contains(&format!("{}.{}", report.track, f.ident.key)));
            let rows = carried.map(|f| {
                let clauses = json!(p.addresses(f.cites)).to_string();
                let needs = json!(f.needs.0.iter().map(|n| n.key).collect::<Vec<_>>()).to_string();
                [&f.ident.key, result_word(f.result), &clauses, &f.path, &needs].join("\t")
            });
            let mut rows: Vec<String> = rows.collect();
            let rules = report.findings.iter().chain(&report.later).filter(|f| f.kind == FindingKind::Rule);
            let carried = rules.filter(|f| !left.contains(&format!("{}.{}", report.track, f.ident.key)));
            for f in carried {
                rows.extend(f.items.iter().flatten().map(|item| {
                    let needs = json!(item.needs.0.iter().map(|n| n.key).collect::<Vec<_>>()).to_string();
                    [&f.ident.key, result_word(item.result), &item.path, &needs].join("\t")
                }));
            }
            rows.sort();
            line["rows"] = rows.into();
        }
    }
    Some(line)
}

/// What every selection that is carried proposes of a batch, each at its own stage.
fn selections(prepared: &Prepared<'_>, left: &BTreeSet<String>, batch: &Batch, request: &Request) -> Value {
    let p = prepared.programme;
    let is_case = |line: &Value| line.get("package").is_none() && line.get("decision").is_none();
    let lines = request.text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let lines: Vec<usize> = lines.filter(|(_, line)| serde_json::from_str(line).is_ok_and(|v| is_case(&v))).map(|(at, _)| at + 1).collect();
    let stages: BTreeSet<_> = p.selections.iter().map(|s| s.at).collect();
    let reports = stages.into_iter().map(|at| prepared.select(batch, &Options { at, ..request.options(prepared) }));
    let reports: Vec<SelectReport<'_>> = reports.collect();
    let carried = p.selections.iter().filter(|s| !left.contains(&format!("select {}", s.ident.key)));
    let all = carried.map(|selection| {
        let mut told = reports.iter().flat_map(|report| &report.selections);
        let own = told.find(|s| std::ptr::eq(s.selection, selection)).expect("it was asked for");
        let rows = own.lists.iter().flat_map(|list| {
            let key: Map<String, Value> = list.key.iter().map(|(name, text)| ((*name).to_owned(), json!(text))).collect();
            list.places.iter().enumerate().map(move |(at, place)| {
                let position = if let Fares::Waiting(position) = place.fares { Some(position) } else { None };
                let values: Vec<Value> = list.values(at).iter().map(value).collect();
                let told = (place.rank, place.level, place.fares.word(), position, place.decided);
                json!({ "line": place.at, "key": key, "told": told, "values": values })
            })
        });
        let rows = rows.map(|mut row| {
            row["line"] = lines[row["line"].as_u64().unwrap_or_default() as usize].into();
            row
        });
        json!({ "name": selection.ident.key, "rows": rows.collect::<Vec<_>>() })
    });
    all.collect()
}

/// What is compared, as a column holds it; an object where that is another measure.
fn value(shown: &Shown<'_>) -> Value {
    match shown {
        Shown::Bool(value) => json!(value),
        Shown::Text(text) => json!(text),
        Shown::Number(n, ty) if n.is_integer() && ty.digits.is_none_or(|d| d == 0) && ty.unit.is_none() => {
            n.to_i64().map_or_else(|| json!({}), |n| json!(n))
        }
        Shown::Number(..) | Shown::Texts(_) => json!({}),
        Shown::None | Shown::Unknown(..) => Value::Null,
    }
}

/// The row of `settings` for a request; `None`: it asks for what no word says.
fn settings(p: &Programme, request: &Request) -> Option<Map<String, Value>> {
    let mut set = Map::new();
    for reading in &p.readings {
        let ReadingValue::Choice { values, chosen } = &reading.value else { continue };
        let Some(chosen) = chosen else { continue };
        set.insert(format!("reading/{}", reading.ident.key), values[*chosen].key.clone().into());
    }
    for (name, value) in &request.readings {
        let reading = p.readings.iter().find(|r| r.ident.key == *name || r.ident.name == *name)?;
        let ReadingValue::Choice { values, chosen: Some(_) } = &reading.value else { return None };
        let word = values.iter().find(|v| v.key == *value || v.name == *value)?;
        set.insert(format!("reading/{}", reading.ident.key), word.key.clone().into());
    }
    Some(set)
}
