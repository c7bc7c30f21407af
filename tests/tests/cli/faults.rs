//! A file with ten unrelated faults gives ten diagnostics, each at its line, in the language asked for, and none besides.

use prog_tests::{run, scratch, write};

/// Line, code.
const FAULTS: &[(u64, &str)] = &[
    (4, "P0117"),
    (13, "P0101"),
    (17, "P0302"),
    (23, "P0106"),
    (24, "P0204"),
    (25, "P0107"),
    (26, "P0102"),
    (27, "P0202"),
    (28, "P0213"),
    (29, "P0012"),
];

const TEXT: &str = r#"programme demo_2024 "示范" {
    issuer "省教育厅"
    number unknown
    timezone "Asia/Shangai"
    notice {
        clause 四 "条件" { (一) (二) }
        clause 五 "程序" as 程序 { (一) }
        clause 五 "要求" as 要求 { (一) }
    }
    actor 学校
    actor 专家组
    enum 类型 { 小学, 初中 }
    enum 类型 { 高中 }
    table 名额 [四(一)] by 类型 {
        类型 | 数: Count
        小学 | 3
        初中 | 2 | 7
    }
    track 校 "学校" [四(一)] {
        fact 人数 : Count
        fact 比例 : Percent
        fact 种类 : 类型
        require 规模 [四(三)] "不少于100人" : 人数 at least 100
        require 占比 [四(二)] "不低于五成" : 比例 at least 50
        require 成立 [五(一)] "有人" : 人数 at least 1
        require 评定 [四(二)] "办学水平较高" : judged by 专家
        require 够 [四(一)] "够" : 人数 at most "多"
        require 好 [四(一)] "好" : 种类 = 大学
        requier 错 [四(一)] "错" : 人数 at least 1
    }
}
"#;

#[test]
fn ten_faults_ten_diagnostics() {
    let file = scratch("ten-faults").join("programme.prog");
    write(&file, TEXT);
    let path = file.to_str().expect("UTF-8");
    let json = run(&["check", path, "--format", "json", "--lang", "zh"]);
    let list: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    let list = list.as_array().expect("an array");
    let found: Vec<(u64, &str)> =
        list.iter().map(|d| (d["span"]["start"]["line"].as_u64().unwrap_or(0), d["code"].as_str().unwrap_or(""))).collect();
    assert_eq!(found, FAULTS);
    for d in list {
        let message = d["message"].as_str().expect("a message");
        assert!(message.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "not Chinese: {message}");
    }
    let human = run(&["check", path, "--lang", "zh"]);
    assert_eq!(human.code, 1);
    assert!(human.stderr.contains("10 个错误") && human.stderr.matches("详见 prog explain").count() == 10, "{}", human.stderr);
    let english = run(&["check", path, "--lang", "en"]);
    assert_eq!(english.stderr.matches("see prog explain").count(), 10);
}

#[test]
fn a_missing_brace_costs_one_block() {
    let text = TEXT.replace("        初中 | 2 | 7\n    }\n", "        初中 | 2\n");
    let file = scratch("missing-brace").join("programme.prog");
    write(&file, &text);
    let json = run(&["check", file.to_str().expect("UTF-8"), "--format", "json"]);
    let list: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    let found: Vec<&str> = list.as_array().expect("an array").iter().filter_map(|d| d["code"].as_str()).collect();
    let mut expected: Vec<&str> = FAULTS.iter().map(|(_, code)| if *code == "P0302" { "P0002" } else { *code }).collect();
    let mut sorted = found.clone();
    sorted.sort_unstable();
    expected.sort_unstable();
    assert_eq!(sorted, expected, "{found:?}");
}
