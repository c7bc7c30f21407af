//! The command line as a new user meets it: bad input, output, languages, exit codes.

mod bad_input;
mod build;
mod diff;
mod evaluate;
mod faults;
mod fmt;
mod guide;
mod integration;
mod loading;
mod new;
mod output;
mod own_targets;
mod preview;
mod proofs;
mod readme;
mod schemas;
mod select;
mod table;
mod test;
mod workbooks;

/// The codes of the errors and warnings in a run's JSON output.
fn codes(run: &prog_tests::Run) -> Vec<String> {
    let list: serde_json::Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:?}"));
    let grave = list.as_array().expect("an array").iter().filter(|d| d["severity"] != "note");
    grave.map(|d| d["code"].as_str().expect("a code").to_owned()).collect()
}

/// A programme without a fault.
const SOUND: &str = "programme demo_2024 \"示范\" {\n    issuer     \"省教育厅\"\n    number     unknown\n}\n";
