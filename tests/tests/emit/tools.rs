//! The two JSON Schema validators, and node.

use prog_tests::root;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Runs a program of this folder on an input; it must end well.
fn run(mut command: Command, input: &str) -> String {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts; run ./test.sh");
    let mut pipe = child.stdin.take().expect("a pipe");
    let input = input.to_owned();
    let writer = std::thread::spawn(move || pipe.write_all(input.as_bytes()));
    let output = child.wait_with_output().expect("it ends");
    let _ = writer.join();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{}\n{text}", String::from_utf8_lossy(&output.stderr));
    text
}

fn here(name: &str) -> PathBuf {
    root().join("tests/tests/emit").join(name)
}

/// A script of this folder under node.
pub fn node(script: &str, input: &str) -> String {
    let mut command = Command::new("node");
    command.arg(here(script)).current_dir(root().join("tests"));
    run(command, input)
}

/// A script of this folder under Python, with the packages that `test.sh` installs.
pub fn python(script: &str, input: &str) -> String {
    let ours = root().join("target/venv/bin/python");
    let mut command = Command::new(if ours.exists() { ours } else { PathBuf::from("python3") });
    command.arg(here(script)).current_dir(root().join("tests"));
    run(command, input)
}
