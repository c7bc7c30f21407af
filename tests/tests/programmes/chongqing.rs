//! Chongqing 2018, a plan without applicants: what its acceptance rows ask beyond what its scenarios show.

use super::compile;
use prog_tests::{run, scratch, tree};
use serde_json::Value;

const FOLDER: &str = "programmes/chongqing-2018";
const TARGETS: &str = "programmes/chongqing-2018/targets.prog";

/// C15, C23: the only notes are the two that are meant: 200 a year make 1000 from 2018 only; the period begins before the notice.
#[test]
fn c15_c23_builds_with_only_the_notes_that_are_meant() {
    let (programme, said) = compile(FOLDER, &[]);
    let codes: Vec<&str> = said.iter().map(|d| &d[..5]).collect();
    assert_eq!(codes, ["P0417", "P0416"], "{said:#?}");
    let programme = programme.expect("a model");
    let run = prog_eval::run_scenarios(&programme);
    let failed: Vec<&str> = run.results.iter().filter(|r| !r.failures.is_empty()).map(|r| r.scenario.title.as_str()).collect();
    assert_eq!(failed, Vec::<&str>::new());
    let titles: Vec<&str> = run.results.iter().map(|r| r.scenario.title.as_str()).collect();
    // C01, C21, C23 are here only.
    for row in ["C03", "C05", "C07", "C09", "C11", "C13", "C15", "C17", "C19"] {
        assert!(titles.iter().any(|t| t.starts_with(row)), "{row} has a scenario");
    }
}

/// C21: a target of 2022 below that of 2020 is noted, no more.
#[test]
fn c21_a_target_that_falls_is_noted() {
    let (programme, said) = compile(FOLDER, &[(TARGETS, "不少于 700 门", "不少于 60 门")]);
    assert!(programme.is_some());
    let falls: Vec<&String> = said.iter().filter(|d| d.starts_with("P0415 ")).collect();
    assert!(falls.len() == 1 && falls[0].contains("60 门"), "{said:#?}");
}

/// C01: no form, quota or deadline, and nothing that validates an applicant; what is built holds reports against targets.
#[test]
fn c01_builds_no_validator_of_applicants() {
    let out = scratch("chongqing");
    let built = run(&["build", FOLDER, "--out", out.to_str().expect("UTF-8")]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    let files = tree(&out.join("chongqing_2018"));
    assert!(files.keys().all(|path| !path.starts_with("forms/") && !path.contains(".case.schema")), "{:?}", files.keys());
    let types = String::from_utf8_lossy(&files["validators/javascript/index.d.ts"]);
    assert!(types.contains("function checkTargets(") && !types.contains("function validate"), "{types}");
}

/// C19: in the middle of 2021 the targets of 2020 are judged, those of 2022 not yet due, with what is missing.
#[test]
fn c19_what_is_not_yet_due_says_the_gap() {
    let reports = scratch("chongqing-reports").with_extension("ndjson");
    let line = r#"{"programme":"chongqing_2018","targets":"基础设施","year":2020,"values":{"互动式占比":"45"}}"#;
    std::fs::write(&reports, line).expect("a file");
    let ran = run(&["targets", FOLDER, reports.to_str().expect("UTF-8"), "--on", "2021-06-30"]);
    let report: Value = serde_json::from_str(&ran.stdout).expect("a report");
    let of = |f: &&Value| f["rule"] == "互动式占比";
    let shown: Vec<String> = report["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter(of)
        .map(|f| format!("{} {} {}", f["milestone"], f["result"], f["gap"]).replace('"', ""))
        .collect();
    assert_eq!(shown, ["2020 met 0.00", "2022 not yet due 15.00"]);
}
