//! The Java of every programme compiles without a warning, and so does its documentation; a programme of thousands of fields too.

use super::{KITCHEN, compile};
use prog_conformance::{lists, load};
use prog_emit::Target;
use prog_model::Programme;
use prog_tests::{root, scratch, write};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Writes the project of a programme; gives its source files.
fn project(programme: &Programme, folder: &Path) -> Vec<PathBuf> {
    let files = prog_emit::emit(programme, &[Target::Java]).unwrap_or_else(|faults| panic!("{faults:?}"));
    let mut sources = Vec::new();
    for file in files {
        let path = folder.join(&file.path);
        write(&path, &file.bytes);
        if file.path.ends_with(".java") {
            sources.push(path);
        }
    }
    sources
}

/// Runs a tool of the JDK, which must have nothing to say.
fn silent(tool: &str, arguments: &[&str], sources: &[PathBuf]) {
    let output = Command::new(tool).args(["-encoding", "UTF-8"]).args(arguments).args(sources).output().expect("it starts; run ./test.sh");
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.is_empty(), "{tool}:\n{said}");
}

fn compiles(programme: &Programme, name: &str) -> PathBuf {
    let folder = scratch(&format!("java-{name}"));
    let classes = folder.join("classes");
    silent("javac", &["-Xlint:all", "-Werror", "-d", &classes.to_string_lossy()], &project(programme, &folder));
    classes
}

#[test]
fn java_of_every_programme_compiles_without_a_warning() {
    for subject in load::programmes().into_iter().chain([lists::subject(false)]) {
        compiles(&subject.programme, &subject.name);
    }
}

#[test]
fn java_is_documented_without_a_warning() {
    let folder = scratch("java-documented");
    let sources = project(&compile(KITCHEN), &folder);
    silent("javac", &["-Xlint:all", "-Werror", "-d", &folder.join("classes").to_string_lossy()], &sources);
    silent("javadoc", &["-Xdoclint:all", "-quiet", "-d", &folder.join("pages").to_string_lossy()], &sources);
}

#[test]
fn java_of_thousands_of_fields_runs() {
    let mut text = String::from("programme many \"Many\" {\n    issuer \"Office\"\n    number unknown\n    form report \"Report\" {\n");
    for field in 0..6_000 {
        let kind = ["Count from 0 to 1_000", "Decimal(2)", "Text", "YesNo"][field % 4];
        let _ = writeln!(text, "        f{field} \"Field {field}\" : {kind}");
    }
    text.push_str("    }\n    track applicant \"Applicant\" applies with report {\n");
    for rule in 0..3_000 {
        let (a, b) = (rule * 8 % 6_000, (rule * 8 + 4) % 6_000);
        let _ = writeln!(text, "        require r{rule} \"Rule {rule}\" : f{a} + 3 at least f{b} and f{a} at most 900");
    }
    text.push_str("    }\n}\n");
    let classes = compiles(&compile(&text), "many");
    let case = r#"{"programme":"many","track":"applicant"}"#;
    let request = serde_json::json!({ "module": classes, "text": case, "kind": "case", "options": {} });
    let mut driver = Command::new("java");
    driver.arg(root().join("tests/conformance/drivers/Run.java")).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = driver.spawn().expect("it starts; run ./test.sh");
    writeln!(child.stdin.take().expect("a pipe"), "{request}").expect("it listens");
    let output = child.wait_with_output().expect("it ends");
    let answer: String = serde_json::from_slice(&output.stdout).expect("an answer");
    let report: serde_json::Value = serde_json::from_str(&answer).expect("a report");
    assert_eq!(report["verdict"], "returned");
    assert_eq!(report["findings"].as_array().map(Vec::len), Some(9_000));
}
