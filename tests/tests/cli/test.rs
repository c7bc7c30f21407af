//! `prog test`: why a scenario failed, what was never shown, for people and for tools.

use prog_tests::{run, scratch, write};

const PROGRAMME: &str = r#"programme demo_2024 "示范" {
    issuer     "省教育厅"
    notice {
        clause 一 "条件"
    }
    readings {
        deadline inclusive
    }
    enum 类型 { 县级, 其他 }
    actor 县教育局
    track 申报 [一] {
        fact 单位类型 : 类型
        require 申报主体 [一] "申报单位为县级" : 单位类型 = 县级
    }
    workflow {
        stage 填报 by 县教育局 [一] {
            on 提交 -> end 办结
        }
    }
    scenario "县级 & <可以>" [一] {
        given 申报 "甲" { 单位类型: 县级 }
        expect 申报主体 met
    }
    scenario "其他也可以？" [一] {
        given 申报 "乙" { 单位类型: 其他 }
        expect 申报主体 met
    }
}
"#;

fn path(name: &str) -> String {
    let folder = scratch(name);
    write(&folder.join("demo/programme.prog"), PROGRAMME);
    folder.to_str().expect("UTF-8").to_owned()
}

#[test]
fn a_failure_says_what_was_expected_and_why_it_came_otherwise() {
    let path = path("test-failure");
    let done = run(&["test", "--lang", "zh", &path]);
    assert_eq!(done.code, 1, "{done:?}");
    insta::assert_snapshot!(done.stdout, @"
    demo_2024
      通过 县级 & <可以>
      不符 其他也可以？
          预期：乙 申报主体 符合
          结果：乙 不符合
            必须 申报主体：不符合 [一]
              单位类型 = 县级：否
                单位类型：其他
      规则覆盖 100%：可能出现的 2 种结果中，样例已显示 2 种
      环节：1 种处理中，样例已走过 0 种
        填报（申报） [一] 还没有：提交 → 终止
    2 个样例：1 个通过，1 个不符
    ");
    assert!(done.stderr.contains("programme.prog:26:9") && done.stderr.contains("结果由这里决定"), "{}", done.stderr);
    let english = run(&["test", "--lang", "en", &path]);
    insta::assert_snapshot!(english.stdout, @"
    demo_2024
      ok 县级 & <可以>
      FAILED 其他也可以？
          expected: 乙 申报主体 met
          found:    乙 unmet
            require 申报主体: unmet [一]
              单位类型 = 县级: false
                单位类型: 其他
      coverage 100%: 2 of 2 results that can come out were shown
      stages: 0 of 1 outcomes were taken
        填报 (申报) [一] not yet: 提交 -> end
    2 scenarios: 1 passed, 1 failed
    ");
}

#[test]
fn a_filter_runs_some_and_a_share_can_be_asked_for() {
    let path = path("test-filter");
    let done = run(&["test", "--lang", "en", "--filter", "可以>", &path]);
    assert_eq!((done.code, done.stdout.as_str()), (0, "demo_2024\n  ok 县级 & <可以>\n1 scenarios: 1 passed, 0 failed\n"));
    assert_eq!(run(&["test", "--filter", "可以>", "--coverage-min", "90", &path]).code, 0);
    assert_eq!(run(&["test", "--coverage-min", "101", &path]).code, 2);
}

#[test]
fn tools_get_junit_and_json() {
    let path = path("test-tools");
    let done = run(&["test", "--lang", "en", "--format", "junit", &path]);
    insta::assert_snapshot!(done.stdout, @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="prog test" tests="2" failures="1" errors="0" time="0">
      <testsuite name="demo_2024" tests="2" failures="1" errors="0" time="0" skipped="0">
        <testcase name="县级 &amp; &lt;可以&gt;" classname="demo_2024" time="0"/>
        <testcase name="其他也可以？" classname="demo_2024" time="0">
          <failure message="expected 乙 申报主体 met, found 乙 unmet" type="expectation">require 申报主体: unmet [一]
      单位类型 = 县级: false
        单位类型: 其他
    </failure>
        </testcase>
      </testsuite>
    </testsuites>
    "#);
    let done = run(&["test", "--lang", "en", "--format", "json", &path]);
    let json: serde_json::Value = serde_json::from_str(&done.stdout).expect("JSON");
    let failure = &json["programmes"][0]["scenarios"][1]["failures"][0];
    assert_eq!(failure["case"], "乙");
    assert_eq!(failure["decided_by"]["line"], 13);
    assert_eq!(failure["reasons"][0]["clauses"][0], "一");
    assert_eq!(json["programmes"][0]["outcomes"][0]["seen"], false);
}

#[test]
fn suggested_scenarios_are_read_pass_and_show_more() {
    for name in ["heilongjiang-2024", "moe-2019", "shenyang-2021"] {
        let folder = scratch(&format!("suggest-{name}"));
        for (path, bytes) in prog_tests::tree(&prog_tests::root().join("programmes").join(name)) {
            if !path.starts_with("scenarios") {
                write(&folder.join(name).join(path), bytes);
            }
        }
        let path = folder.join(name);
        let before = run(&["test", "--format", "json", path.to_str().expect("UTF-8")]);
        let file = path.join("suggested.prog");
        let done = run(&["test", "--suggest", "--suggest-to", file.to_str().expect("UTF-8"), path.to_str().expect("UTF-8")]);
        assert_eq!(done.code, 0, "{done:?}");
        assert_eq!(run(&["fmt", "--check", file.to_str().expect("UTF-8")]).code, 0, "{name}: the layout of suggestions");
        let after = run(&["test", "--format", "json", path.to_str().expect("UTF-8")]);
        assert_eq!(after.code, 0, "{name}: {}", after.stderr);
        let seen = |text: &str| {
            let json: serde_json::Value = serde_json::from_str(text).expect("JSON");
            let rules = json["programmes"][0]["coverage"].as_array().expect("a list").clone();
            rules.iter().map(|rule| rule["seen"].as_array().map_or(0, Vec::len)).sum::<usize>()
        };
        let (before, after) = (seen(&before.stdout), seen(&after.stdout));
        assert!(after >= before + 30, "{name}: {before} results, then {after}");
        let again = run(&["test", "--suggest", path.to_str().expect("UTF-8")]);
        assert!(again.stdout.matches("// ").count() < 12, "{name}: what is shown is not suggested again: {}", again.stdout);
    }
}
