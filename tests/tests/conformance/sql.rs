//! The generated SQL gives the rows of the reference in every engine that is there: on scenarios, generated cases, and texts that are no case.

use prog_conformance::{Request, Subject, adversarial, load};
use prog_emit::Target;
use prog_eval::Prepared;
use prog_model::{Programme, ReadingValue};
use prog_tests::{root, scratch, write};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Generated cases and batches per programme of the repository, and per small programme of one feature.
const MANY: (usize, usize) = (60, 30);
const SOME: (usize, usize) = (12, 12);

/// What the engines are told of one programme: its file, what that leaves out, the requests with the reference's answers.
fn described(subject: &Subject, requests: &[Request], dialect: &str, folder: &Path) -> Option<Value> {
    let p = &subject.programme;
    if p.tracks.is_empty() {
        return None;
    }
    let files = prog_emit::emit(p, &[Target::Sql]).unwrap_or_else(|faults| panic!("{}: {faults:?}", subject.name));
    let file = files.iter().find(|f| f.path.ends_with(&format!("/{dialect}.sql"))).expect("a file a dialect");
    let script = folder.join(format!("{}.{dialect}.sql", subject.name));
    write(&script, &file.bytes);
    let text = String::from_utf8_lossy(&file.bytes);
    let head = text.lines().take_while(|line| line.starts_with("--")).skip_while(|line| !line.starts_with("-- Not carried"));
    let left: Vec<&str> = head.filter_map(|line| line.strip_prefix("--   ")?.split(": ").next()).collect();
    let prepared = Prepared::new(p);
    let asked = folder.join(format!("{}.jsonl", subject.name));
    let line = |r: &Request| {
        let mut line = r.to_json();
        line["expected"] = r.expected(&prepared).into();
        line.to_string() + "\n"
    };
    write(&asked, requests.iter().map(line).collect::<String>());
    let readings = readings(p);
    Some(json!({
        "name": subject.name, "script": script, "dialect": dialect, "not_carried": left, "requests": asked,
        "tracks": p.tracks.iter().map(|t| &t.ident.key).collect::<Vec<_>>(),
        "quotas": p.quotas.iter().map(|q| &q.ident.key).collect::<Vec<_>>(),
        "readings": readings.0, "settings": readings.1, "batches": batches(dialect),
    }))
}

/// Batches judged per programme: an engine that plans long, or that a client starts anew, gets few.
fn batches(dialect: &str) -> usize {
    match dialect {
        "sqlite" => 60,
        "duckdb" => 6,
        _started_anew => 3,
    }
}

/// Readings that can be set, and how the programme sets them.
fn readings(p: &Programme) -> (Value, Value) {
    let (mut all, mut set) = (Vec::new(), serde_json::Map::new());
    for reading in &p.readings {
        let ReadingValue::Choice { values, chosen: Some(chosen) } = &reading.value else { continue };
        let words: Vec<Value> = values.iter().map(|v| json!({ "name": v.name, "key": v.key })).collect();
        all.push(json!({ "name": reading.ident.name, "key": reading.ident.key, "values": words }));
        set.insert(reading.ident.key.clone(), values[*chosen].key.clone().into());
    }
    (all.into(), set.into())
}

/// The interpreter with the engines that test.sh installs.
fn python() -> PathBuf {
    let ours = root().join("target/venv/bin/python");
    if ours.exists() { ours } else { PathBuf::from("python3") }
}

/// Whether an engine is there.
fn is_there(dialect: &str) -> bool {
    let module = match dialect {
        "duckdb" => "duckdb",
        "spark" => "pyspark",
        "postgresql" => return Path::new("/usr/lib/postgresql").exists(),
        _sqlite => "sqlite3",
    };
    let run = Command::new(python()).args(["-c", &format!("import {module}")]).stderr(Stdio::null()).status();
    run.is_ok_and(|status| status.success())
}

/// All rows of all subjects are the reference's, in one engine.
fn agree(dialect: &str, subjects: &[(Subject, Vec<Request>)]) {
    assert!(is_there(dialect), "{dialect} is missing: run ./test.sh, which installs it");
    let folder = scratch(&format!("sql-{dialect}"));
    let lines: String = subjects
        .iter()
        .filter_map(|(subject, requests)| described(subject, requests, dialect, &folder))
        .map(|described| described.to_string() + "\n")
        .collect();
    let list = folder.join("subjects.jsonl");
    write(&list, lines);
    let script = root().join("tests/tests/conformance/sql.py");
    let run = Command::new(python()).arg(script).stdin(std::fs::File::open(&list).expect("the list")).output().expect("python starts");
    let told = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{dialect}: {told}{}", String::from_utf8_lossy(&run.stderr));
    let answers: Vec<Value> = told.lines().map(|line| serde_json::from_str(line).expect("an answer")).collect();
    assert!(!answers.is_empty(), "{dialect}: nothing was compared");
    for answer in answers {
        assert_eq!(answer["wrong"], 0, "{dialect}: {answer:#}");
        assert_ne!(answer["compared"], 0, "{dialect}: {answer:#}");
    }
}

/// The programmes of the repository with scenarios, generated cases and texts that are no case.
fn programmes() -> Vec<(Subject, Vec<Request>)> {
    let with = |subject: Subject| {
        let requests = [subject.given.clone(), subject.drawn(MANY.0, MANY.1, 7), adversarial::requests(&subject)].concat();
        (subject, requests)
    };
    load::programmes().into_iter().filter(|s| !s.programme.tracks.is_empty()).map(with).collect()
}

/// Small programmes of one feature each.
fn features() -> Vec<(Subject, Vec<Request>)> {
    let with = |subject: Subject| {
        let requests = [subject.given.clone(), subject.drawn(SOME.0, SOME.1, 7)].concat();
        (subject, requests)
    };
    load::features().into_iter().filter(|s| !s.programme.tracks.is_empty()).map(with).collect()
}

#[test]
fn sqlite_gives_the_rows_of_the_reference() {
    agree("sqlite", &programmes());
    agree("sqlite", &features());
}

#[test]
fn duckdb_gives_the_rows_of_the_reference() {
    agree("duckdb", &programmes());
    agree("duckdb", &features().into_iter().step_by(4).collect::<Vec<_>>());
}

#[test]
fn postgresql_gives_the_rows_of_the_reference() {
    agree("postgresql", &programmes().into_iter().filter(|(s, _)| s.name.starts_with("heilongjiang")).collect::<Vec<_>>());
}

/// Spark takes minutes to start and to plan: it is looked at where `PROG_FULL` asks for everything.
#[test]
fn spark_gives_the_rows_of_the_reference() {
    if std::env::var_os("PROG_FULL").is_some() {
        agree("spark", &programmes().into_iter().filter(|(s, _)| s.name.starts_with("heilongjiang")).collect::<Vec<_>>());
    }
}
