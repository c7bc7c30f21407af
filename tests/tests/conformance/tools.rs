//! What the language's own tools say of the generated files: node's parser and tests, TypeScript's strict checker.

use super::{Tested, features, programmes};
use prog_conformance::{Language, Subject};
use prog_tests::{finish, root, write};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the JavaScript of these programmes stands.
fn folders(tested: &Tested) -> impl Iterator<Item = (&Subject, &PathBuf)> {
    let ready = tested.ready.iter().find(|r| r.language == Language::Javascript).expect("JavaScript is one of the languages");
    tested.subjects.iter().zip(&ready.folders)
}

#[test]
fn node_parses_every_file() {
    for (_, folder) in folders(programmes()).take(1) {
        let runtime = std::fs::read_dir(folder.join("runtime")).expect("a folder");
        let files = runtime.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_file());
        for path in files.chain([folder.join("index.mjs")]) {
            let run = finish(Command::new("node").arg("--check").arg(&path));
            assert_eq!(run.code, 0, "{}: {}", path.display(), run.stderr);
        }
    }
}

#[test]
fn prettier_would_change_nothing() {
    let prettier = root().join("tests/node_modules/prettier/bin/prettier.cjs");
    assert!(prettier.exists(), "prettier is missing: run ./test.sh, which installs it");
    let mut files = Vec::new();
    for (_, folder) in folders(programmes()).chain(folders(features())) {
        files.extend(["index.mjs", "index.d.ts", "index.d.mts", "package.json"].map(|name| folder.join(name)));
    }
    files.extend(folders(programmes()).take(1).map(|(_, folder)| {
        folder.join("runtime/*.mjs").parent().map(|f| f.canonicalize().expect("a folder").join("*.mjs")).expect("a folder")
    }));
    let run = finish(Command::new("node").arg(&prettier).args(["--check", "--ignore-path", "/dev/null"]).args(&files));
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
}

#[test]
fn the_runtime_passes_its_own_tests() {
    let Some((_, folder)) = folders(programmes()).next() else { return };
    let from = root().join("compiler/emit/runtime/javascript/test");
    let to = folder.join("runtime/test");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        write(&to.join(path.file_name().expect("a name")), std::fs::read(&path).expect("a file"));
    }
    let run = finish(Command::new("node").arg("--test").arg("--test-reporter=spec").arg(&to));
    assert_eq!(run.code, 0, "{}", run.stdout);
}

/// A program that uses all that is exported, and mistakes that the types must catch.
const PROGRAM: &str = r#"
import { BatchOptions, Case, Refusal, Report, Stage, charCount, checkBatch, deadlines, judgeBatch, programme, reportToText, validate, validateText, version } from "./index.mjs";
export function use(one: Case, stage: Stage, options: BatchOptions): string[] {
  const report: Report = validate(one, { at: stage, on: "2024-04-22", readings: { deadline: "exclusive" }, lang: "en" });
  const open = report.findings.filter((f) => f.result === "pending").flatMap((f) => f.needs);
  const batch = checkBatch([{ case: one }, { package: { id: "p", cases: ["c"] } }], stage, options);
  const whole = judgeBatch("", stage);
  const due = deadlines.map((d) => `${d.track} ${d.stage} ${d.due ?? "?"}`);
  try {
    validateText("{}");
  } catch (fault) {
    if (fault instanceof Refusal && fault.line !== null) return [fault.code, fault.pointer];
  }
  return [...open, ...due, ...batch.findings.map((f) => f.rule), reportToText(whole.batch), programme, version, String(charCount("字"))];
}
// @ts-expect-error no such member
validate({ programme, nothing: 1 });
// @ts-expect-error no such stage
checkBatch([], 1);
"#;

#[test]
fn typescript_accepts_the_types_strictly() {
    let compiler = root().join("tests/node_modules/typescript/bin/tsc");
    assert!(Path::exists(&compiler), "typescript is missing: run ./test.sh, which installs it");
    let has_stages = |(s, _): &(&Subject, &PathBuf)| !s.programme.stages.is_empty() && !s.programme.tracks.is_empty();
    let programs: Vec<_> =
        folders(programmes()).chain(folders(features())).filter(has_stages).map(|(_, folder)| folder.join("use.mts")).collect();
    for program in &programs {
        write(program, PROGRAM);
    }
    let options = "--strict --noEmit --module nodenext --target es2022 --exactOptionalPropertyTypes --noUncheckedIndexedAccess";
    let run = finish(Command::new("node").arg(&compiler).args(options.split(' ')).args(&programs));
    assert_eq!(run.code, 0, "{}", run.stdout);
}
