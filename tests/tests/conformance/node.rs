//! The generated validator at work: its files in a folder, and node answering requests on them.

use super::request::Request;
use prog_model::Programme;
use prog_tests::{scratch, write};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A generated validator on disk.
pub struct Validator {
    /// Where `index.mjs` stands.
    pub folder: PathBuf,
}

impl Validator {
    /// Writes the validator of a programme into a scratch folder of this name.
    pub fn of(programme: &Programme, name: &str) -> Self {
        let out = scratch(&format!("conformance-{name}"));
        let files = prog_emit::emit(programme, &[prog_emit::Target::Javascript]).unwrap_or_else(|faults| panic!("{name}: {faults:?}"));
        for file in files {
            write(&out.join(&file.path), &file.bytes);
        }
        Self { folder: out.join("validators/javascript") }
    }
}

/// The answers to requests on validators, in their order, all from one node.
pub fn answers(requests: &[(&Validator, &Request)]) -> Vec<String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/run.mjs");
    let mut child = Command::new("node").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("node starts");
    let mut pipe = child.stdin.take().expect("a pipe");
    let line = |(validator, request): &(&Validator, &Request)| {
        let mut json = request.to_json();
        json["module"] = validator.folder.join("index.mjs").to_string_lossy().into();
        json.to_string() + "\n"
    };
    let lines: String = requests.iter().map(line).collect();
    let writer = std::thread::spawn(move || pipe.write_all(lines.as_bytes()));
    let output = child.wait_with_output().expect("node ends");
    writer.join().expect("the writer ends").expect("node reads all requests");
    assert!(output.status.success(), "node failed");
    let text = String::from_utf8(output.stdout).expect("UTF-8 output");
    let answers: Vec<String> = text.lines().map(|line| serde_json::from_str(line).expect("a JSON string")).collect();
    assert_eq!(answers.len(), requests.len(), "one answer a request");
    answers
}
