//! moe-2019: what its acceptance rows ask beyond what its scenarios show.

use super::compile;
use prog_model::Stage;
use prog_tests::{run, scratch, write};
use serde_json::{Value, json};

const FOLDER: &str = "programmes/moe-2019";

#[test]
fn checks_clean_and_every_scenario_passes() {
    let (programme, said) = compile(FOLDER, &[]);
    assert_eq!(said, Vec::<String>::new());
    let programme = programme.expect("a model");
    let run = prog_eval::run_scenarios(&programme);
    let failed: Vec<&str> = run.results.iter().filter(|r| !r.failures.is_empty()).map(|r| r.scenario.title.as_str()).collect();
    assert_eq!(failed, Vec::<&str>::new());
    let titles: Vec<&str> = run.results.iter().map(|r| r.scenario.title.as_str()).collect();
    for row in ["M01", "M03", "M05", "M07", "M09", "M11", "M13", "M15", "M17", "M19", "M21", "M23", "M25", "M27", "M29", "M31"] {
        assert!(titles.iter().any(|t| t.starts_with(row)), "{row} has a scenario");
    }
}

/// The number is kept as printed and as it is officially written: a search for either finds the programme.
#[test]
fn both_ways_of_writing_the_number() {
    let out = scratch("moe-number");
    let built = run(&["build", FOLDER, "--out", out.to_str().expect("UTF-8")]);
    assert_eq!((built.code, built.stderr.as_str()), (0, ""));
    let model = std::fs::read_to_string(out.join("moe_2019/programme.json")).expect("the model");
    for number in ["教技厅函[2019]1号", "教技厅函〔2019〕1号"] {
        assert!(model.contains(number), "{number}");
    }
}

/// The notice asks for no public notice, so that there is no such stage.
#[test]
fn no_public_notice_is_invented() {
    let (programme, _) = compile(FOLDER, &[]);
    let programme = programme.expect("a model");
    let notices = |stage: &&Stage| stage.notice.is_some();
    assert_eq!(programme.workflows.iter().flat_map(|w| &w.stages).filter(notices).count(), 0);
}

/// M13: half of the eight approved are cities. The breach stays, with who let it pass and why; the cases are as they were.
#[test]
fn m13_an_override_is_recorded_and_changes_nothing_else() {
    let facts = |kind: &str| json!({"province": "河北", "city": "甲市", "year": 2019, "region_type": kind});
    let case = |i: usize| {
        let kind = if i < 4 { "地市" } else { "区县" };
        json!({"case": {"programme": "moe_2019", "track": "application", "id": format!("{kind}{i}"), "facts": facts(kind)}})
    };
    let decision = json!({"decision": {"quota": "地市占比", "key": 2019, "by": "科技司", "why": "申报质量", "at": "2019-05-28"}});
    let cases: Vec<Value> = (0..8).map(case).collect();
    let alone = evaluate("moe-m13-alone", &cases);
    let decided = evaluate("moe-m13", &[cases, vec![decision]].concat());
    assert_eq!(alone[..8], decided[..8]);
    let share = decided[8]["findings"].as_array().expect("findings").iter().find(|f| f["rule"] == "地市占比").expect("the share");
    let numbers = ["result", "numerator", "denominator", "addressed"].map(|key| share[key].clone());
    assert_eq!(numbers, [json!("unmet"), json!(4), json!(8), json!("department")]);
    assert_eq!(share["override"], json!({"at": "2019-05-28", "by": "科技司", "why": "申报质量"}));
}

/// The reports of a closed batch at the stage of approval, the batch's own last.
fn evaluate(name: &str, lines: &[Value]) -> Vec<Value> {
    let file = scratch(name).join("batch.ndjson");
    write(&file, lines.iter().map(|l| format!("{l}\n")).collect::<String>());
    let done = run(&["evaluate", FOLDER, "--batch", file.to_str().expect("UTF-8"), "--at", "立项", "--closed"]);
    assert_eq!(done.stderr, "");
    done.stdout.lines().map(|line| serde_json::from_str(line).expect("a report")).collect()
}
