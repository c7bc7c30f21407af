//! How fast the generated validators are: `cargo bench -p prog-conformance`.
//!
//! In: a programme of 62 fields and 28 rules, and sound cases as JSON texts. Out: a table of cases a second, each beside a hand-written
//! validator of the same language in the same run. Always: every contestant reads the same texts and tells everything that is wrong; the
//! hand-written one gives a list of messages, ours a whole report; nothing here passes or fails.

use prog_conformance::language::Ready;
use prog_conformance::{Language, Request, Subject, load};
use prog_tests::{root, scratch, write};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

const FIELDS: usize = 62;
const RULES: usize = 28;
const CASES: usize = 2_000;

fn main() {
    let folder = scratch("bench-validators");
    let cases = folder.join("cases.ndjson");
    write(&cases, (0..CASES).map(case).collect::<String>());
    let subject =
        Subject { name: "bench".to_owned(), programme: load::compiled("bench", &prog_tests::sample(FIELDS, RULES)), given: Vec::new() };
    println!("{CASES} cases of {FIELDS} fields, {RULES} rules: thousands a second, best of 5");
    for language in Language::ALL {
        let ready = language.prepare(std::slice::from_ref(&subject), "bench");
        let schema = folder.join("schema.json");
        write(&schema, form_schema(&subject));
        if *language == Language::Javascript {
            let by_hand = folder.join("by-hand.mjs");
            write(&by_hand, javascript_by_hand());
            run(Command::new("node"), "bench.mjs", &[&ready.folders[0].join("index.mjs"), &by_hand, &schema, &cases]);
        }
        if *language == Language::Python {
            let by_hand = folder.join("by_hand.py");
            write(&by_hand, python_by_hand());
            run(Command::new(python()), "bench.py", &[&ready.folders[0], &by_hand, &schema, &cases]);
        }
        let few = through_driver(&ready, CASES);
        let many = through_driver(&ready, 4 * CASES);
        let rate = 3.0 * CASES as f64 / (many.saturating_sub(few)).as_secs_f64() / 1000.0;
        println!("{:<11} {:<44} {rate:>9.1}", language.name(), "generated, through the harness's driver, warm");
    }
}

/// What it takes to answer so many requests, the start of the driver included.
fn through_driver(ready: &Ready, count: usize) -> Duration {
    let requests: Vec<Request> = (0..count).map(|n| Request { text: case(n), plain: true, ..Request::default() }).collect();
    let asked: Vec<(usize, &Request)> = requests.iter().map(|r| (0, r)).collect();
    let start = Instant::now();
    assert_eq!(ready.answers(&asked).len(), count);
    start.elapsed()
}

fn run(mut command: Command, script: &str, arguments: &[&Path]) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches").join(script);
    let status = command.arg(script).args(arguments).current_dir(root().join("tests")).status();
    assert!(status.is_ok_and(|status| status.success()), "a benchmark's script failed");
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
            _ => format!("{}", (n + f) % 2 == 0),
        };
        let _ = write!(fields, "{}\"f{f}\":{value}", if f == 0 { "" } else { "," });
    }
    format!("{{\"programme\":\"bench_2030\",\"track\":\"applicant\",\"id\":\"{n}\",\"form\":{{\"report\":{{{fields}}}}}}}\n")
}

/// Fields that a rule compares.
fn compared(r: usize) -> (usize, usize) {
    (r * 8 % FIELDS / 4 * 4, (r * 8 + 4) % FIELDS / 4 * 4)
}

/// What a good engineer would write by hand: every field's type and range, every rule, all messages.
fn javascript_by_hand() -> String {
    let mut text = String::from(
        "const DECIMAL = /^-?\\d{1,16}(\\.\\d{1,2})?$/;\nexport function validate(value) {\n  const errors = [];\n  const f = value.form.report;\n",
    );
    for n in 0..FIELDS {
        let check = match n % 4 {
            0 => format!("!Number.isSafeInteger(f.f{n}) || f.f{n} < 0 || f.f{n} > 1000"),
            1 => format!("typeof f.f{n} !== \"string\" || !DECIMAL.test(f.f{n})"),
            2 => format!("typeof f.f{n} !== \"string\" || f.f{n}.trim() === \"\""),
            _ => format!("typeof f.f{n} !== \"boolean\""),
        };
        let _ = writeln!(text, "  if ({check}) errors.push(\"Field {n}\");");
    }
    for r in 0..RULES {
        let (a, b) = compared(r);
        let _ = writeln!(text, "  if (!(f.f{a} + 3 >= f.f{b} && f.f{a} <= 900)) errors.push(\"Rule {r}\");");
    }
    text + "  return errors;\n}\n"
}

fn python_by_hand() -> String {
    let mut text = String::from(
        "import re\n\nDECIMAL = re.compile(r\"-?[0-9]{1,16}(\\.[0-9]{1,2})?\")\n\n\ndef validate(value):\n    errors = []\n    f = value[\"form\"][\"report\"]\n",
    );
    for n in 0..FIELDS {
        let check = match n % 4 {
            0 => format!("type(f[\"f{n}\"]) is not int or not 0 <= f[\"f{n}\"] <= 1000"),
            1 => format!("type(f[\"f{n}\"]) is not str or not DECIMAL.fullmatch(f[\"f{n}\"])"),
            2 => format!("type(f[\"f{n}\"]) is not str or not f[\"f{n}\"].strip()"),
            _ => format!("type(f[\"f{n}\"]) is not bool"),
        };
        let _ = writeln!(text, "    if {check}:\n        errors.append(\"Field {n}\")");
    }
    for r in 0..RULES {
        let (a, b) = compared(r);
        let _ = writeln!(text, "    if not (f[\"f{a}\"] + 3 >= f[\"f{b}\"] and f[\"f{a}\"] <= 900):\n        errors.append(\"Rule {r}\")");
    }
    let mut model = String::from(
        "\n\ndef model():\n    from typing import Annotated\n    from pydantic import BaseModel, Field, StrictBool, StrictInt, StrictStr\n\n    class Form(BaseModel, extra=\"forbid\"):\n",
    );
    for n in 0..FIELDS {
        let kind = match n % 4 {
            0 => "Annotated[StrictInt, Field(ge=0, le=1000)]",
            1 => "Annotated[StrictStr, Field(pattern=r\"^-?[0-9]{1,16}(\\.[0-9]{1,2})?$\")]",
            2 => "StrictStr",
            _ => "StrictBool",
        };
        let _ = writeln!(model, "        f{n}: {kind}");
    }
    text + "    return errors\n" + &model + "\n    return Form\n"
}
