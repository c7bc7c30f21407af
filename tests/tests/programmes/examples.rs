//! The invented examples: nothing is left to say about them, their scenarios pass, every target is built, and they stand as `fmt` writes.

use super::compile;
use prog_emit::Target;
use prog_tests::{root, run};

const EXAMPLES: [&str; 3] =
    ["programmes/examples/reading-rooms", "programmes/examples/repair-workshops", "programmes/examples/stove-subsidy"];

#[test]
fn the_examples_are_whole() {
    for folder in EXAMPLES {
        let (programme, said) = compile(folder, &[]);
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
