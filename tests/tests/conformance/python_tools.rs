//! What Python's own tools say of the generated packages: mypy's strict checker, ruff's linter and formatter.

use super::{Tested, features, programmes};
use crate::emit::kitchen;
use prog_conformance::{Language, Subject, lists};
use prog_model::Programme;
use prog_tests::{finish, root, scratch, write};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A tool that `test.sh` installs.
fn tool(name: &str) -> Command {
    let ours = root().join("target/venv/bin").join(name);
    assert!(ours.exists(), "{name} is missing: run ./test.sh, which installs it");
    Command::new(ours)
}

/// Where the packages of these programmes stand.
fn packages(tested: &Tested) -> impl Iterator<Item = (&Subject, &PathBuf)> {
    let ready = tested.ready.iter().find(|r| r.language == Language::Python).expect("Python is one of the languages");
    tested.subjects.iter().zip(&ready.folders)
}

/// The package of the programme that has one of everything, with its own runtime.
fn kitchen_package(name: &str) -> PathBuf {
    package_of(&kitchen(), name)
}

/// The package of a programme, with its own runtime.
fn package_of(programme: &Programme, name: &str) -> PathBuf {
    let out = scratch(name);
    for file in prog_emit::emit(programme, &[prog_emit::Target::Python]).unwrap_or_else(|faults| panic!("{faults:?}")) {
        write(&out.join(&file.path), &file.bytes);
    }
    out.join("validators/python")
}

#[test]
fn ruff_would_change_nothing() {
    let own = [kitchen_package("python-ruff"), package_of(&lists::subject(false).programme, "python-ruff-selections")];
    let folders: Vec<&Path> = packages(programmes())
        .chain(packages(features()))
        .filter_map(|(_, p)| p.parent())
        .chain(own.iter().map(PathBuf::as_path))
        .collect();
    for arguments in [["check", "--no-cache"], ["format", "--check"]] {
        let run = finish(tool("ruff").args(arguments).arg("--quiet").args(&folders));
        assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    }
}

#[test]
fn mypy_accepts_every_package_strictly() {
    let own = [kitchen_package("python-mypy"), package_of(&lists::subject(false).programme, "python-mypy-selections")];
    let cache = scratch("python-mypy-cache");
    for folder in packages(programmes()).filter_map(|(_, p)| p.parent()).chain(own.iter().map(PathBuf::as_path)) {
        let run =
            finish(tool("mypy").args(["--strict", "--python-version", "3.9", "--cache-dir"]).arg(&cache).arg(".").current_dir(folder));
        assert_eq!(run.code, 0, "{}: {}", folder.display(), run.stdout);
    }
}

/// A program that uses all that is offered.
const PROGRAM: &str = r#"
from __future__ import annotations

import kitchen
from kitchen import Case, Refusal, Report, Stage


def use(case: Case, stage: Stage) -> list[str]:
    report: Report = kitchen.validate(
        case, at=stage, on="2024-04-22", readings={"deadline": "exclusive"}, lang="en"
    )
    waits = [f["needs"] for f in report["findings"] if f["result"] == "pending"]
    batch = kitchen.check_batch([{"case": case}, {"package": {"id": "p"}}], stage)
    whole = kitchen.judge_batch("", stage, closed=True)
    due = [f"{d.track} {d.stage} {d.due}" for d in kitchen.deadlines()]
    try:
        kitchen.validate_text("{}")
    except Refusal as refusal:
        due += [refusal.code, refusal.pointer, str(refusal.line)]
    rules = [found["rule"] for found in batch["findings"]]
    text = kitchen.report_to_text(whole.batch)
    count = kitchen.char_count("字", with_punctuation=False)
    return [*due, *rules, text, kitchen.PROGRAMME, kitchen.VERSION, str(count), *waits[0]]


kitchen.validate({"programme": "kitchen", "track": "nothing"})  # type: ignore[typeddict-item]
kitchen.check_batch([], "nothing")  # type: ignore[arg-type]
"#;

#[test]
fn the_types_of_a_package_say_what_it_takes() {
    let (folder, cache) = (kitchen_package("python-use"), scratch("python-use-cache"));
    write(&folder.join("use.py"), PROGRAM.trim_start());
    let run = finish(tool("mypy").args(["--strict", "--cache-dir"]).arg(&cache).arg("use.py").current_dir(&folder));
    assert_eq!(run.code, 0, "{}", run.stdout);
}

#[test]
fn the_python_runtime_passes_its_own_tests() {
    let folder = kitchen_package("python-runtime");
    let from = root().join("compiler/emit/runtime/python/test");
    let entries = std::fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry").path());
    for entry in entries.filter(|path| path.extension().is_some_and(|e| e == "py")) {
        let to = folder.join("kitchen/_runtime/test").join(entry.file_name().expect("a name"));
        write(&to, std::fs::read(&entry).expect("a file"));
    }
    let tests = ["-B", "-m", "unittest", "discover", "-t", ".", "-s", "kitchen/_runtime/test"];
    let run = finish(Command::new("python3").args(tests).current_dir(&folder));
    assert_eq!(run.code, 0, "{}", run.stderr);
    for arguments in [["check", "--no-cache"], ["format", "--check"]] {
        let run = finish(tool("ruff").args(arguments).arg("kitchen/_runtime/test").current_dir(&folder));
        assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    }
}

/// Judges each text as it is, and once more as parsed JSON.
const TWICE: &str = r#"
import importlib, json, sys
from decimal import Decimal

validator = importlib.import_module(sys.argv[1])
for line in open("texts.jsonl", encoding="utf-8"):
    text, said = json.loads(line), []
    try:
        case = json.loads(text, parse_float=Decimal)
    except ValueError:
        continue
    for judge in (
        lambda: validator.validate_text(text, lang="en"),
        lambda: validator.validate(case, lang="en"),
    ):
        try:
            said.append(validator.report_to_text(judge()))
        except validator.Refusal as refusal:
            said.append((refusal.code, refusal.pointer, refusal.zh, refusal.help))
    assert said[0] == said[1], (text, *said)
"#;

#[test]
fn parsed_json_is_judged_like_its_text() {
    for (subject, package) in packages(programmes()).filter(|(subject, _)| !subject.programme.tracks.is_empty()) {
        let out = scratch(&format!("python-twice-{}", subject.name));
        let texts = subject.drawn(60, 0, 5).into_iter().map(|request| serde_json::Value::from(request.text).to_string() + "\n");
        write(&out.join("texts.jsonl"), texts.collect::<String>());
        write(&out.join("twice.py"), TWICE);
        let (folder, name) = (package.parent().expect("a folder"), package.file_name().expect("a name"));
        let run = finish(Command::new("python3").args(["-B", "twice.py"]).arg(name).env("PYTHONPATH", folder).current_dir(&out));
        assert_eq!(run.code, 0, "{}: {}", subject.name, run.stderr);
    }
}
