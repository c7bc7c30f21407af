//! Shenyang 2021: what its acceptance rows ask beyond what its scenarios show.

use super::compile;
use prog_model::Stage;
use prog_tests::run_with;
use serde_json::{Value, json};

const FOLDER: &str = "programmes/shenyang-2021";

#[test]
fn checks_clean_and_every_scenario_passes() {
    let (programme, said) = compile(FOLDER, &[]);
    assert_eq!(said, Vec::<String>::new());
    let programme = programme.expect("a model");
    let run = prog_eval::run_scenarios(&programme);
    let failed: Vec<&str> = run.results.iter().filter(|r| !r.failures.is_empty()).map(|r| r.scenario.title.as_str()).collect();
    assert_eq!(failed, Vec::<&str>::new());
    let titles: Vec<&str> = run.results.iter().map(|r| r.scenario.title.as_str()).collect();
    for row in ["S01", "S03", "S05", "S07", "S09", "S11", "S13", "S15", "S17", "S19", "S21", "S23", "S25"] {
        assert!(titles.iter().any(|t| t.starts_with(row)), "{row} has a scenario");
    }
}

/// The notice asks for no public notice, so that there is no such stage.
#[test]
fn no_public_notice_is_invented() {
    let programme = compile(FOLDER, &[]).0.expect("a model");
    let notices = |stage: &&Stage| stage.notice.is_some();
    assert_eq!(programme.workflows.iter().flat_map(|w| &w.stages).filter(notices).count(), 0);
}

/// Districts recognised without review are counted apart; the finding says what counting them together would give.
#[test]
fn automatic_districts_are_shown_both_ways() {
    for (ordinary, apart, together) in [(3, "unmet", "met"), (4, "met", "met"), (5, "met", "unmet")] {
        let finding = recognised(ordinary, 1);
        assert_eq!(finding["result"], apart, "{ordinary}");
        assert_eq!(finding["addressed"], "bureau");
        let other = finding["under"].as_array().expect("readings").iter().find(|u| u["value"] == "合计");
        assert_eq!(other.map_or(apart, |u| u["result"].as_str().expect("a result")), together, "{ordinary}");
    }
}

/// S17: 3 public and 2 private schools beside 20 public ones are too few; the finding says that counting the private ones is enough.
#[test]
fn s17_the_other_reading_stands_beside_the_result() {
    let values = json!({"public_schools": 20, "counted_on": "2022-01-01", "public_reached": 3, "undecided": 0, "private_reached": 2});
    let report =
        json!({"programme": "shenyang_2021", "targets": "benchmark", "key": "和平", "year": 1, "from": "2021-12-20", "values": values});
    let said = run_with(report.to_string().as_bytes(), &["targets", FOLDER, "-", "--on", "2022-12-31"]);
    let answer: Value = serde_json::from_str(&said.stdout).unwrap_or_else(|e| panic!("{e}: {}", said.stderr));
    let findings = answer["findings"].as_array().expect("findings");
    let first = findings.iter().find(|f| f["rule"] == "share" && f["milestone"] == "year 1").expect("the first year");
    assert_eq!((&first["result"], &first["clauses"]), (&json!("unmet"), &json!(["三"])));
    assert_eq!(first["under"], json!([{"reading": "标杆校范围", "value": "全部", "result": "met"}]));
}

/// The finding on the number of districts, so many by review and so many from the provincial list.
fn recognised(ordinary: usize, automatic: usize) -> Value {
    let lines = (0..ordinary + automatic).map(|i| {
        let external = json!({"直接认定": {"value": i >= ordinary, "as_of": "2021-12-07"}});
        json!({"case": {"programme": "shenyang_2021", "track": "application", "id": i.to_string(), "external": external}}).to_string()
            + "\n"
    });
    let said = run_with(lines.collect::<String>().as_bytes(), &["evaluate", FOLDER, "--batch", "-", "--at", "认定", "--closed"]);
    let last: Value = serde_json::from_str(said.stdout.lines().last().unwrap_or("")).unwrap_or_else(|e| panic!("{e}: {}", said.stderr));
    last["findings"].as_array().expect("findings").iter().find(|f| f["rule"] == "首批数量").expect("the quota").clone()
}

/// X01: what a reviewer sees between the notice of 2019 and this one: rules pair by their names.
#[test]
fn x01_what_changed_since_the_notice_of_2019() {
    let (before, _) = compile("programmes/moe-2019", &[]);
    let (after, _) = compile("programmes/shenyang-2021", &[]);
    let (before, after) = (before.expect("a model"), after.expect("a model"));
    // A rule's clause and what it says.
    let rule = |p: &prog_model::Programme, name: &str| {
        let rule = p.tracks.iter().flat_map(|t| &t.rules).find(|r| r.ident.name == name)?;
        Some((p.addresses(&rule.cites).join(" "), rule.ident.label.text.clone()))
    };
    let quota = |p: &prog_model::Programme, name: &str| p.quotas.iter().any(|q| q.ident.name == name);
    let both = |name: &str| (rule(&before, name).expect("in 2019"), rule(&after, name).expect("in 2021"));
    let (was, is) = both("数字校园");
    assert_eq!((was.0.as_str(), is.0.as_str()), ("六(一)2", "六(一)2"));
    assert_ne!(was.1, is.1, "普及率较高 became 建设水平较高");
    let (was, is) = both("智慧城市");
    assert_eq!((was.0.as_str(), is.0.as_str()), ("六(一)5", "六(一)6"), "moved");
    for added in ["典型引领", "直接认定"] {
        assert!(rule(&before, added).is_none() && rule(&after, added).is_some(), "{added}");
    }
    assert!(quota(&before, "地市占比") && !quota(&after, "地市占比"), "no share of cities");
}
