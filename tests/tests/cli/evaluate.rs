//! `prog evaluate` and `prog test`: results, refusals, exit codes.

use prog_tests::{Run, run, run_with, scratch, write};
use std::path::PathBuf;

const PROGRAMME: &str = r#"programme demo_2024 "示范" {
    number   unknown
    timezone "Asia/Shanghai"
    notice {
        clause 一 "条件"
    }
    actor 学校
    actor 专家组
    track 校 "学校" {
        fact 人数 : Count
        require 规模 [一] "不少于100人" : 人数 at least 100
        require 评定 [一] "办学水平较高" : judged by 专家组
    }
    scenario "人数不足" [一] {
        given 校 { 人数: 99 }
        expect 规模 unmet
        expect verdict rejected
    }
}
"#;

fn programme(name: &str, text: &str) -> PathBuf {
    let folder = scratch(name);
    write(&folder.join("in/programme.prog"), text);
    folder
}

/// Evaluates a case given on stdin.
fn evaluate(name: &str, case: &str, more: &[&str]) -> Run {
    let folder = programme(name, PROGRAMME).join("in");
    run_with(case.as_bytes(), &[&["evaluate", folder.to_str().expect("UTF-8"), "-"], more].concat())
}

fn case(count: u32, judged: bool) -> String {
    format!(r#"{{"programme":"demo_2024","track":"校","facts":{{"人数":{count}}},"judgements":{{"评定":{{"value":{judged}}}}}}}"#)
}

#[test]
fn accepted_is_0_anything_else_3() {
    let good = evaluate("evaluate-good", &case(120, true), &[]);
    let report: serde_json::Value = serde_json::from_str(&good.stdout).expect("one JSON text");
    assert_eq!((good.code, &report["verdict"], good.stderr.as_str()), (0, &"accepted".into(), ""));
    let bad = evaluate("evaluate-bad", &case(99, true), &[]);
    assert!(bad.code == 3 && bad.stdout.contains(r#""verdict":"rejected""#), "{bad:?}");
    let open = r#"{"programme":"demo_2024","track":"校","facts":{"人数":120}}"#;
    let pending = evaluate("evaluate-pending", open, &[]);
    assert!(pending.code == 3 && pending.stdout.contains(r#""verdict":"pending judgement""#), "{pending:?}");
}

#[test]
fn bad_input_is_1_with_a_code_and_a_place_and_no_report() {
    let deep = format!(r#"{{"programme":"demo_2024","track":"校","facts":{}1{}}}"#, "[".repeat(10_000), "]".repeat(10_000));
    for (code, text, place) in [
        ("P0801", "{\"programme\":\n  demo}", "2:3"),
        ("P0801", " ", "1:"),
        ("P0802", "{\"programme\":\"demo_2024\",\"track\":\"校\",\n\"facts\":[]}", "2:"),
        ("P0803", "{\"programme\":\"demo_2024\",\n\"track\":\"校\",\"colour\":1}", "2:"),
        ("P0804", "{\"programme\":\"demo_2024\",\"track\":\"校\",\n\"track\":\"校\"}", "2:"),
        ("P0805", deep.as_str(), "1:"),
        ("P0807", "{\"programme\":\"demo_2024\",\"track\":\"校\",\n\"facts\":{\"人数\":9007199254740993}}", "2:"),
        ("P0808", "{\"programme\":\"other\",\"track\":\"校\"}", "1:"),
        ("P0809", "{\"programme\":\"demo_2024\",\"track\":\"市\"}", "1:"),
        ("P0810", "{\"programme\":\"demo_2024\"}", "1:"),
    ] {
        let run = evaluate(&format!("evaluate-{code}"), text, &[]);
        assert_eq!((run.code, run.stdout.as_str()), (1, ""), "{code}: {run:?}");
        assert!(run.stderr.starts_with(&format!("error[{code}]")), "{code}: {}", run.stderr);
        assert!(run.stderr.contains(&format!("-:{place}")), "{code}: {}", run.stderr);
        let json = evaluate(&format!("evaluate-{code}"), text, &["--format", "json"]);
        let list: serde_json::Value = serde_json::from_str(&json.stderr).expect("JSON diagnostics");
        assert!(json.code == 1 && list[0]["span"]["start"]["line"].is_number(), "{code}");
    }
}

#[test]
fn texts_that_are_not_texts_are_refused() {
    let folder = programme("evaluate-bytes", PROGRAMME).join("in");
    let path = folder.to_str().expect("UTF-8");
    for (bytes, code) in [(&b"\xFF\xFE{\0"[..], "P0905"), (b"{\0}", "P0906"), (b"{\"programme\":\"\xCA\xBE\xB7\xB6\"}", "P0905")] {
        let run = run_with(bytes, &["evaluate", path, "-"]);
        assert!(run.code == 1 && run.stdout.is_empty() && run.stderr.contains(code), "{run:?}");
    }
    let huge = format!("{{\"programme\":\"{}\"}}", "x".repeat(100 * 1024 * 1024));
    let run = run_with(huge.as_bytes(), &["evaluate", path, "-"]);
    assert!(run.code == 1 && run.stderr.contains("P0904"), "{}", run.stderr);
    assert!(run_with(b"", &["evaluate", path, path]).stderr.contains("P0902"), "a folder is no case");
    assert!(run_with(b"", &["evaluate", path, "no-such.json"]).stderr.contains("P0901"));
}

#[test]
fn options_that_name_nothing_are_bad_input() {
    for (arguments, code) in [
        (&["--at", "公布"][..], "P0812"),
        (&["--on", "tomorrow"], "P0813"),
        (&["--reading", "deadline"], "P0814"),
        (&["--reading", "deadline=sometimes"], "P0814"),
    ] {
        let run = evaluate("evaluate-options", &case(120, true), arguments);
        assert!(run.code == 1 && run.stdout.is_empty() && run.stderr.contains(code), "{arguments:?}: {run:?}");
    }
    assert_eq!(evaluate("evaluate-usage", &case(120, true), &["--closed"]).code, 2);
    assert_eq!(run(&["evaluate", "-", "-"]).code, 2);
    assert_eq!(run(&["evaluate", "x"]).code, 2);
}

#[test]
fn a_batch_gives_a_report_a_line_and_one_line_of_findings() {
    let folder = programme("evaluate-batch", PROGRAMME);
    let lines = format!("{{\"case\":{}}}\n{{\"case\":{}}}\n", case(120, true), case(99, true));
    write(&folder.join("cases.ndjson"), lines);
    let (source, cases) = (folder.join("in"), folder.join("cases.ndjson"));
    let run = run(&["evaluate", source.to_str().expect("UTF-8"), "--batch", cases.to_str().expect("UTF-8")]);
    let reports: Vec<serde_json::Value> = run.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!((run.code, reports.len()), (3, 3), "{run:?}");
    assert_eq!(
        (&reports[0]["verdict"], &reports[1]["verdict"], &reports[2]["closed"]),
        (&"accepted".into(), &"rejected".into(), &false.into())
    );
}

#[test]
fn explain_shows_values_clauses_and_places() {
    let json = evaluate("evaluate-explain", &case(99, true), &["--explain"]);
    let report: serde_json::Value = serde_json::from_str(&json.stdout).expect("one JSON text");
    assert_eq!(report["verdict"], "rejected");
    let tree = report["explanation"].to_string();
    assert!(tree.contains("规模") && tree.contains("99") && tree.contains("programme.prog:"), "{tree}");
    let human = evaluate("evaluate-explain", &case(99, true), &["--explain", "--format", "human"]);
    assert!(human.stdout.contains("99") && human.stdout.contains("programme.prog:"), "{human:?}");
}

#[test]
fn a_faulty_programme_is_not_evaluated() {
    let folder = programme("evaluate-faulty", &PROGRAMME.replace("人数 at least 100", "人头 at least 100")).join("in");
    let run = run_with(case(120, true).as_bytes(), &["evaluate", folder.to_str().expect("UTF-8"), "-"]);
    assert!(run.code == 1 && run.stdout.is_empty() && run.stderr.contains("P0102"), "{run:?}");
}

#[test]
fn scenarios_pass_or_fail_the_run() {
    let path = |folder: PathBuf| folder.join("in").to_str().expect("UTF-8").to_owned();
    let good = path(programme("test-good", PROGRAMME));
    let passed = run(&["test", &good]);
    assert!(passed.code == 0 && passed.stdout.contains("ok 人数不足") && passed.stdout.contains("1 passed, 0 failed"), "{passed:?}");
    assert!(passed.stdout.contains("校.规模 [一] not yet: met"), "coverage is printed: {}", passed.stdout);
    let bad = path(programme("test-bad", &PROGRAMME.replace("expect 规模 unmet", "expect 规模 met")));
    let failed = run(&["test", &bad]);
    assert!(failed.code == 1 && failed.stdout.contains("FAILED 人数不足"), "{failed:?}");
    assert!(failed.stderr.contains("P0916") && failed.stderr.contains("programme.prog:16"), "{}", failed.stderr);
    let json = run(&["test", &bad, "--format", "json"]);
    let result: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(result["programmes"][0]["scenarios"][0]["passed"], false);
}

#[test]
fn targets_are_held_against_reports() {
    let plan = "programme 计划 \"计划\" { actor 市\n targets 设施 [一] reported by 市 { 占比 \"互动式占比\" : Percent(1) by 2020 at least 40% by 2022 at least 60% } }\n";
    let folder = programme("targets", plan).join("in");
    let path = folder.to_str().expect("UTF-8");
    let report = |value: &str| format!("{{\"programme\":\"计划\",\"year\":2020,\"values\":{{\"占比\":\"{value}\"}}}}\n");
    let judged = |value: &str, more: &[&str]| run_with(report(value).as_bytes(), &[&["targets", path, "-"], more].concat());
    let met = judged("40", &["--on", "2021-06-30"]);
    assert!(met.code == 0 && met.stdout.contains("\"result\":\"not yet due\""), "{met:?}");
    let missed = judged("39.9", &["--on", "2021-06-30", "--format", "human", "--lang", "zh"]);
    assert_eq!(missed.code, 3, "{missed:?}");
    assert!(missed.stdout.contains("不符合 2020 [一] 互动式占比：39.9%，不少于40.0%，差0.1%"), "{}", missed.stdout);
    assert!(missed.stdout.contains("未到期 2022 [一] 互动式占比：39.9%，不少于60.0%，差20.1%"), "{}", missed.stdout);
    let refused = run_with(b"{\"programme\":\"\xe8\xae\xa1\xe5\x88\x92\",\"year\":2020,\"value\":null}", &["targets", path, "-"]);
    assert!(refused.code == 1 && refused.stdout.is_empty() && refused.stderr.contains("P0803"), "{refused:?}");
    let none = run_with(b"", &["targets", programme("no-targets", PROGRAMME).join("in").to_str().expect("UTF-8"), "-"]);
    assert_eq!(none.code, 2, "{none:?}");
}

#[test]
fn progress_on_targets_is_a_page() {
    let plan = "programme 计划 \"计划\" { actor 市\n targets 设施 [一] reported by 市 { 占比 \"互动式占比\" : Percent(1) by 2020 at least 40% by 2022 at least 60% } }\n";
    let folder = programme("progress", plan).join("in");
    let page = folder.join("progress.html");
    let (path, out) = (folder.to_str().expect("UTF-8"), page.to_str().expect("UTF-8"));
    let report = |when: &str, value: &str| format!("{{\"programme\":\"计划\",{when},\"values\":{{\"占比\":\"{value}\"}}}}\n");
    let reports = report("\"year\":2020", "39.9") + &report("\"at\":\"2021-06-30\"", "45") + &report("\"year\":2022", "61");
    let run = run_with(reports.as_bytes(), &["targets", path, "-", "--out", out, "--lang", "en"]);
    assert_eq!((run.code, run.stdout.as_str()), (3, ""), "{run:?}");
    let text = std::fs::read_to_string(&page).expect("a page");
    // Met and missed as of each day; reported and due, drawn.
    let cells = [
        "39.9%<br><span class=\"result\">2020: unmet",
        "45.0%<br><span class=\"result\">2022: not yet due",
        "61.0%<br><span class=\"result\">2022: met",
    ];
    assert!(cells.iter().all(|cell| text.contains(cell)), "{text}");
    assert_eq!((text.matches("<circle class=\"due\"").count(), text.matches("<circle class=\"met\"").count()), (2, 1), "{text}");
    let nowhere = run_with(reports.as_bytes(), &["targets", path, "-", "--format", "html"]);
    assert_eq!(nowhere.code, 2, "{nowhere:?}");
}

#[test]
fn coverage_lists_every_clause_and_fails_on_an_uncited_one() {
    let outline = "clause 一 \"条件\"\n        clause 二 \"背景\" left out \"无可执行内容\"\n        annex 1 \"申报书\" absent in source";
    let whole = PROGRAMME.replace("clause 一 \"条件\"", outline);
    let coverage = |name: &str, text: &str| {
        let folder = programme(name, text).join("in");
        run(&["coverage", folder.to_str().expect("UTF-8")])
    };
    let good = coverage("coverage-good", &whole);
    assert!(good.code == 0 && good.stdout.contains("1 encoded, 1 left out, 1 absent in source, 0 uncited"), "{good:?}");
    assert!(good.stdout.contains("programme.prog:13"), "{good:?}");
    let bad = coverage("coverage-bad", &whole.replace("left out \"无可执行内容\"", ""));
    assert!(bad.code == 1 && bad.stdout.contains("二 背景  UNCITED"), "{bad:?}");
    let later =
        coverage("coverage-todo", &whole.replace("一 \"条件\"", "一 \"条件\" todo \"人数\"").replace("left out \"无可执行内容\"", "todo"));
    assert!(later.code == 1 && later.stdout.contains("一 条件  TODO 人数 programme.prog:13"), "{later:?}");
    assert!(later.stdout.contains("0 left out, 1 absent in source, 2 to do, 0 uncited"), "{later:?}");
}
