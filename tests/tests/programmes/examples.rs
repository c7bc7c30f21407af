//! The invented examples: nothing is left to say about them, their scenarios pass, every target is built, and they stand as `fmt` writes.

use super::compile;
use prog_emit::Target;
use prog_tests::{root, run};
use serde_json::Value;
use std::collections::BTreeMap;

const EXAMPLES: [&str; 4] = [
    "programmes/examples/reading-rooms",
    "programmes/examples/reading-rooms-zh",
    "programmes/examples/repair-workshops",
    "programmes/examples/stove-subsidy",
];

#[test]
fn the_examples_are_whole() {
    for folder in EXAMPLES {
        let (programme, said) = compile(folder, &[]);
        // The invented notice of the reading rooms ranks every room that is clean, and cuts a list of all who applied, to show what becomes
        // of equals.
        let meant = [" shortlist", " cut", " 入围", " 压减"];
        let meant = |said: &&String| folder.contains("reading-rooms") && meant.iter().any(|list| said.ends_with(list));
        let said: Vec<&String> = said.iter().filter(|s| !meant(s)).collect();
        assert!(said.is_empty(), "{folder}: {said:#?}");
        let programme = programme.expect("a model");
        for result in prog_eval::run_scenarios(&programme).results {
            let failures: Vec<_> = result.failures.iter().map(|f| format!("expected {}, found {}", f.expected.en, f.found.en)).collect();
            assert!(failures.is_empty(), "{folder}: {}: {failures:#?}", result.scenario.title);
        }
        prog_emit::emit(&programme, Target::ALL).unwrap_or_else(|faults| panic!("{folder}: {faults:?}"));
        let formatted = run(&["fmt", "--check", "--quiet", root().join(folder).to_str().expect("UTF-8")]);
        assert_eq!(formatted.code, 0, "{folder}: {}", formatted.stdout);
    }
}

#[test]
fn the_reading_rooms_are_the_same_in_both_languages() {
    let [english, chinese] = ["programmes/examples/reading-rooms", "programmes/examples/reading-rooms-zh"].map(|folder| {
        let programme = compile(folder, &[]).0.expect("a model");
        let files = prog_emit::emit(&programme, &[Target::Model]).expect("a model is written");
        let model = files.iter().find(|file| file.path.ends_with("programme.json")).expect("programme.json");
        serde_json::from_slice::<Value>(&model.bytes).expect("JSON")
    });
    same(&chinese, &english, "", &mut BTreeMap::new());
}

/// Demands that one value is the other with every text renamed, each always to the same.
fn same<'v>(one: &'v Value, other: &'v Value, path: &str, names: &mut BTreeMap<&'v str, &'v str>) {
    match (one, other) {
        (Value::String(one), Value::String(other)) => {
            let known = *names.entry(one).or_insert(other);
            assert_eq!(known, other, "{path}: {one} was {known} before");
        }
        (Value::Array(one), Value::Array(other)) => {
            assert_eq!(one.len(), other.len(), "{path}");
            one.iter().zip(other).enumerate().for_each(|(at, (one, other))| same(one, other, &format!("{path}/{at}"), names));
        }
        (Value::Object(one), Value::Object(other)) => {
            assert_eq!(one.len(), other.len(), "{path}");
            for ((key, one), (its, other)) in one.iter().zip(other) {
                assert_eq!(key, its, "{path}");
                same(one, other, &format!("{path}/{key}"), names);
            }
        }
        (one, other) => assert_eq!(one, other, "{path}"),
    }
}
