//! Every command of the README runs and does what the README says.

use prog_tests::{prog, root, scratch};
use std::fs;

/// The commands in the README's shell blocks, comments taken off.
fn commands() -> Vec<String> {
    let text = fs::read_to_string(root().join("README.md")).expect("the README");
    let blocks = text.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.flat_map(str::lines).map(|line| line.split(" # ").next().unwrap_or(line).trim().to_owned()).collect()
}

#[test]
fn every_prog_command_of_the_readme_runs() {
    let out = scratch("readme");
    let mut seen = 0;
    for command in commands() {
        let Some(words) = command.strip_prefix("prog ").or_else(|| command.split_once("prog-cli -- ").map(|(_, words)| words)) else {
            assert!(["./test.sh", "cargo install --path compiler/cli"].contains(&command.as_str()), "not run by any test: {command}");
            continue;
        };
        if words.starts_with("preview ") {
            continue; // it goes on until it is ended: cli/preview.rs starts and ends it
        }
        let words = words.split_whitespace().map(|word| match word.strip_prefix("out") {
            Some(rest) if rest.is_empty() || rest.starts_with('/') => format!("{}{rest}", out.display()),
            Some(_) | None => word.to_owned(),
        });
        let run = prog().args(words).output().expect("prog runs");
        let expected = match command.split_whitespace().nth(1) {
            _ if [" evaluate ", " targets "].iter().any(|verb| command.contains(verb)) => 3,
            Some("diff") => 4,
            Some(_) | None => 0,
        };
        assert_eq!(run.status.code(), Some(expected), "{command}: {}", String::from_utf8_lossy(&run.stderr));
        seen += 1;
    }
    assert!(seen >= 6, "the README shows the commands");
    assert!(out.join("heilongjiang_2024/manifest.json").is_file());
}
