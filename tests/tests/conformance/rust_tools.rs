//! What Rust's own tools say of the generated crates: rustfmt, clippy, rustdoc.

use super::{Tested, features, programmes};
use crate::emit::kitchen;
use prog_conformance::Language;
use prog_conformance::crates::cargo;
use prog_tests::{finish, scratch, write};
use std::path::PathBuf;
use std::process::Command;

/// Where the crates of these programmes stand.
fn crates(tested: &Tested) -> &[PathBuf] {
    let ready = tested.ready.iter().find(|r| r.language == Language::Rust).expect("Rust is one of the languages");
    &ready.folders
}

/// A crate of every programme and of the kitchen: with a runtime of its own, as somebody would build it.
fn whole_crates(name: &str) -> Vec<PathBuf> {
    let out = scratch(name);
    let kitchen = kitchen();
    let all = programmes().subjects.iter().map(|s| (s.name.as_str(), &s.programme)).chain([("kitchen", &kitchen)]);
    let written = all.map(|(name, programme)| {
        let to = out.join(name);
        for file in prog_emit::emit(programme, &[prog_emit::Target::Rust]).unwrap_or_else(|faults| panic!("{faults:?}")) {
            write(&to.join(&file.path), &file.bytes);
        }
        to.join("validators/rust")
    });
    written.collect()
}

#[test]
fn rustfmt_would_change_nothing() {
    let own = whole_crates("rust-format");
    // The default layout, not that of the repository around the scratch folder.
    let config = scratch("rust-format-config").join("rustfmt.toml");
    write(&config, "");
    for folder in own.iter().chain(crates(features())) {
        let run = finish(
            Command::new("rustfmt").args(["--check", "--edition", "2021", "--config-path"]).arg(&config).arg(folder.join("src/lib.rs")),
        );
        assert_eq!(run.code, 0, "{}", run.stdout);
    }
}

#[test]
fn clippy_and_rustdoc_have_nothing_to_say() {
    for folder in whole_crates("rust-lints") {
        cargo(&folder, &["clippy", "--all-targets"], "-D warnings").unwrap_or_else(|fault| panic!("{}: {fault}", folder.display()));
        cargo(&folder, &["doc", "--no-deps"], "-D warnings").unwrap_or_else(|fault| panic!("{}: {fault}", folder.display()));
    }
}
