//! How fast the generated validators are: `cargo bench -p prog-conformance`.
//!
//! In: a programme of 62 fields and 28 rules, and sound cases as JSON texts. Out: a table of cases a second, each beside a hand-written
//! validator of the same language in the same run. Always: every contestant reads the same texts and tells everything that is wrong; the
//! hand-written one gives a list of messages, ours a whole report; nothing here passes or fails.

mod by_hand;

use prog_conformance::{Language, Subject, load};
use prog_tests::{root, scratch, write};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

const FIELDS: usize = 62;
const RULES: usize = 28;
const CASES: usize = 2_000;

fn main() {
    let folder = scratch("bench-validators");
    let cases = folder.join("cases.ndjson");
    write(&cases, (0..CASES).map(case).collect::<String>());
    let subject =
        Subject { name: "bench".to_owned(), programme: load::compiled("bench", &prog_tests::sample(FIELDS, RULES)), given: Vec::new() };
    println!("{CASES} cases of {FIELDS} fields, {RULES} rules: thousands a second of the processor's time, the best of several runs");
    let schema = folder.join("schema.json");
    write(&schema, form_schema(&subject));
    for language in Language::ALL {
        let ours = language.write(&subject, &folder.join(language.name()));
        match language {
            Language::Javascript => {
                let by_hand = folder.join("by-hand.mjs");
                write(&by_hand, by_hand::javascript());
                run(Command::new("node").arg(script("bench.mjs")).arg(ours.join("index.mjs")).args([&by_hand, &schema, &cases]));
            }
            Language::Python => {
                let by_hand = folder.join("by_hand.py");
                write(&by_hand, by_hand::python());
                run(Command::new(python()).arg(script("bench.py")).args([&ours, &by_hand, &schema, &cases]));
            }
            Language::Java => java(&ours, &folder.join("java-bench"), &cases),
            Language::Rust => rust(&ours, &folder.join("rust-bench"), &cases),
        }
    }
}

/// Classes of the validator, of the one by hand and of what measures them, compiled together.
fn java(ours: &Path, folder: &Path, cases: &Path) {
    write(&folder.join("ByHand.java"), by_hand::java());
    let sources = prog_tests::tree(&ours.join("src/main/java"));
    let sources = sources.keys().map(|path| ours.join("src/main/java").join(path));
    let classes = folder.join("classes");
    run(Command::new("javac")
        .args(["-encoding", "UTF-8", "-d"])
        .arg(&classes)
        .args(sources)
        .args([folder.join("ByHand.java"), script("Bench.java")]));
    run(Command::new("java").args(["-XX:+UseSerialGC", "-cp"]).arg(&classes).arg("Bench").arg(cases));
}

/// A crate around the validator's own, built for speed.
fn rust(ours: &Path, folder: &Path, cases: &Path) {
    let source = folder.join("src");
    let ours = ours.display();
    let manifest = format!(
        "[package]\nname = \"bench\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n[dependencies]\nbench_2030 = {{ path = \"{ours}\" }}\nserde = {{ version = \"1.0\", features = [\"derive\"] }}\nserde_json = \"1.0\"\n\n[workspace]\n"
    );
    write(&folder.join("Cargo.toml"), manifest);
    write(&source.join("by_hand.rs"), by_hand::rust());
    write(&source.join("main.rs"), include_str!("../bench.rs.txt"));
    let built = prog_conformance::crates::cargo(folder, &["build", "--release"], "");
    assert!(built.is_ok(), "{built:?}");
    run(Command::new(prog_conformance::crates::target().join("release/bench")).arg(cases));
}

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches").join(name)
}

fn run(command: &mut Command) {
    let status = command.current_dir(root().join("tests")).status();
    assert!(status.is_ok_and(|status| status.success()), "a contestant failed: {command:?}");
}

/// A Python that has the contestants.
fn python() -> PathBuf {
    let venv = root().join("target/bench-venv");
    if !venv.join("bin/python").exists() {
        let done = Command::new("python3").args(["-m", "venv"]).arg(&venv).status();
        assert!(done.is_ok_and(|s| s.success()), "no virtual environment");
        let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/requirements.txt");
        let done = Command::new(venv.join("bin/pip")).args(["install", "-q", "-r"]).arg(list).status();
        assert!(done.is_ok_and(|s| s.success()), "the contestants can't be installed");
    }
    venv.join("bin/python")
}

/// The schema of the form: what ajv and fastjsonschema compile.
fn form_schema(subject: &Subject) -> Vec<u8> {
    let files = prog_emit::emit(&subject.programme, &[prog_emit::Target::Schema]).unwrap_or_default();
    files.into_iter().find(|f| f.path.ends_with("report.form.schema.json")).map(|f| f.bytes).expect("the form's schema")
}

fn case(n: usize) -> String {
    let mut fields = String::new();
    for f in 0..FIELDS {
        let value = match f % 4 {
            0 => format!("{}", 400 + (n + f) % 4),
            1 => format!("\"{}.{:02}\"", n % 1000, f),
            2 => format!("\"文字 {n}\""),
            _ => format!("{}", (n + f).is_multiple_of(2)),
        };
        let _ = write!(fields, "{}\"f{f}\":{value}", if f == 0 { "" } else { "," });
    }
    format!("{{\"programme\":\"bench_2030\",\"track\":\"applicant\",\"id\":\"{n}\",\"form\":{{\"report\":{{{fields}}}}}}}\n")
}
