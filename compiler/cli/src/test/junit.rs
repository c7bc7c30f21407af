//! Results of scenarios as JUnit XML: a programme is a suite, a scenario a test case.
//!
//! Always: well-formed; only the elements and attributes that every reader of the format knows.

use super::{Ran, RanScenario, human};
use prog_base::{Lang, text};
use std::fmt::Write;

/// The document.
pub fn of(all: &[Ran], lang: Lang) -> String {
    let scenarios = all.iter().flat_map(|ran| &ran.scenarios);
    let counts = counts(&scenarios.collect::<Vec<_>>());
    let suites: String = all.iter().map(|ran| suite(ran, lang)).collect();
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"prog test\" {counts}>\n{suites}</testsuites>\n")
}

fn counts(scenarios: &[&RanScenario]) -> String {
    let failed = scenarios.iter().filter(|s| !s.failures.is_empty()).count();
    format!("tests=\"{}\" failures=\"{failed}\" errors=\"0\" time=\"0\"", scenarios.len())
}

fn suite(ran: &Ran, lang: Lang) -> String {
    let name = escaped(&ran.programme);
    let counts = counts(&ran.scenarios.iter().collect::<Vec<_>>());
    let cases: String = ran.scenarios.iter().map(|s| case(&name, s, lang)).collect();
    format!("  <testsuite name=\"{name}\" {counts} skipped=\"0\">\n{cases}  </testsuite>\n")
}

fn case(programme: &str, scenario: &RanScenario, lang: Lang) -> String {
    let mut out = format!("    <testcase name=\"{}\" classname=\"{programme}\" time=\"0\"", escaped(&scenario.title));
    if scenario.failures.is_empty() {
        return out + "/>\n";
    }
    out += ">\n";
    for (failure, why) in &scenario.failures {
        let (expected, found) = (failure.expected.get(lang), failure.found.get(lang));
        let message = text!("预期{expected}，结果{found}", "expected {expected}, found {found}");
        let reasons: String = why.reasons.iter().map(|node| human::reason(node, 0, lang)).collect();
        // Writing to a string does not fail.
        let _ =
            writeln!(out, "      <failure message=\"{}\" type=\"expectation\">{}</failure>", escaped(message.get(lang)), escaped(&reasons));
    }
    out + "    </testcase>\n"
}

/// What XML can hold, its own signs written as entities.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}
