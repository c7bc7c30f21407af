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

/// A sound programme, and slips of a hand in it: what was right, what was written instead.
const SOUND: &str = r#"programme demo_2024 "示范" {
    issuer "省教育厅"
    number unknown
    timezone "Asia/Shanghai"
    notice {
        clause 四 "条件" { (一) (二) }
        clause 五 "程序" as 程序 { (一) }
        clause 五 "要求" as 要求 { (一) }
    }
    actor 学校
    actor 市局 per 市
    actor 专家组
    enum 市 { 甲市, 乙市 }
    enum 类型 { 小学, 初中 }
    table 上限 [程序(一)] by 市 {
        市        | 数: Count
        甲市      | 3
        otherwise | 2
    }
    record 教师 {
        姓名 : Text
        周课时 : Count
    }
    assert 够选 [要求(一)] : sum(上限.数) at least 5
    material 证书 [四(二)] by 学校 as pdf by email at 填报
    track 校 "学校" [四(一)] {
        fact 市   : 市
        fact 人数 : Count
        fact 比例 : Percent
        fact 种类 : 类型
        fact 教师 : list of 教师
        fact 备用 : Count optional
        require 规模 [四(一)] "不少于100人" : 人数 at least 100
        require 占比 [四(二)] "不低于五成" : 比例 at least 50%
        require 课时 [四(二)] "总课时" : sum(教师.周课时) at least 10
        require 评定 [四(二)] "办学水平较高" : judged by 专家组 on 证书
        require 够 [四(一)] "够" : (备用 otherwise 0) at most 9
        require 好 [四(一)] "好" : 种类 = 小学
        require 齐 [四(一)] "三样都有" : all of {
            其一 [四(一)] : attested
            其二 [四(一)] : attested
        }
    }
    quota 名额 [程序(一)] at 报送 per 市 : count(校 where 种类 = 小学) at most 上限[市].数
    workflow {
        stage 填报 by 学校 { on 提交 -> 报送 }
        stage 报送 by 市局 due 2024-04-22 [要求(一)] {
            send 证书
            on 报送 -> 评审
        }
        stage 评审 by 专家组 { on 入选 -> end 入选 }
    }
    scenario "合格" [四(一)] {
        given 校 { 市: 甲市, 人数: 100, 种类: 小学, 评定: yes, 其一: yes }
        expect 规模 met
    }
}
"#;

const SLIPS: &[(&str, &str)] = &[
    ("Asia/Shanghai", "Asia/Shangai"),
    ("actor 市局 per 市", "actor 市局 per 市县"),
    ("甲市      | 3", "甲市      | 三"),
    ("甲市      | 3", "甲市      | 3 | 4"),
    ("        姓名 : Text\n", "        姓名 Text\n"),
    ("        周课时 : Count\n", "        周课时 ： 列\n"),
    ("fact 人数 : Count", "fact 人数 : Cuont"),
    ("fact 教师 : list of 教师", "fact 教师 : lst of 教师"),
    ("require 规模 [四(一)]", "requier 规模 [四(一)]"),
    ("require 规模 [四(一)]", "require 规模 [四(三)]"),
    ("require 规模 [四(一)]", "require 规模 [四(一)"),
    ("require 规模 [四(一)]", "require 规模 [五(一)]"),
    ("\"不少于100人\"", "\"不少于100人"),
    ("at least 50%", "at least 50"),
    ("at least 50%", "at least \"五成\""),
    ("judged by 专家组 on", "judged by 专家 on"),
    ("on 证书", "on 证件"),
    ("require 够 ", "require 占比 "),
    ("(备用 otherwise 0)", "备用"),
    ("(备用 otherwise 0)", "(备用 otherwise 0"),
    ("种类 = 小学\n", "种类 = 大学\n"),
    ("            其二 [四(一)] : attested\n        }", "            其二 [四(一)] : attested"),
    ("            其一 [四(一)] : attested\n", "            其一 [四(一)] ; attested\n"),
    ("at 报送 per", "at 报 per"),
    ("上限[市].数", "上限[市].额"),
    ("count(校 where", "count(学校 where"),
    ("2024-04-22", "2024-04-31"),
    ("-> 评审", "-> 终审"),
    ("stage 评审 by", "stge 评审 by"),
    ("send 证书", "send 证件"),
    ("人数: 100", "人数: 一百"),
    ("人数: 100", "人数数: 100"),
    ("expect 规模 met", "expect 规模 mt"),
    ("expect 规模 met", "expect 规格 met"),
];

/// Lines and codes of what is said about the text with these slips; none where one slip undoes the place of another.
fn said(file: &std::path::Path, slips: &[(&str, &str)]) -> Option<Vec<String>> {
    let mut text = SOUND.to_owned();
    for (right, wrong) in slips {
        let at = text.find(right)?;
        text.replace_range(at..at + right.len(), wrong);
    }
    write(file, &text);
    let json = run(&["check", file.to_str().expect("UTF-8"), "--format", "json", "--lang", "zh"]);
    let list: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    let one = |d: &serde_json::Value| format!("{}: {} {}", d["span"]["start"]["line"], d["code"], d["message"]);
    Some(list.as_array().expect("an array").iter().map(one).collect())
}

#[test]
fn each_slip_is_told_once() {
    let file = scratch("slips").join("programme.prog");
    assert_eq!(said(&file, &[]), Some(Vec::new()));
    let mut wrong = Vec::new();
    for slip in SLIPS {
        let found = said(&file, &[*slip]).unwrap_or_else(|| panic!("`{}` stands nowhere", slip.0));
        if found.len() != 1 {
            wrong.push(format!("{slip:?}: {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn ten_slips_together_are_ten() {
    let file = scratch("ten-slips").join("programme.prog");
    let mut wrong = Vec::new();
    for stride in [3, 11] {
        for start in 0..SLIPS.len() {
            let ten: Vec<_> = (0..10).map(|i| SLIPS[(start + i * stride) % SLIPS.len()]).collect();
            // Two slips in one line are not unrelated.
            let line = |slip: &(&str, &str)| SOUND.find(slip.0).map_or(0, |at| SOUND[..at].matches('\n').count());
            let lines: std::collections::BTreeSet<usize> = ten.iter().map(line).collect();
            if lines.len() < 10 {
                continue;
            }
            if let Some(found) = said(&file, &ten)
                && found.len() != 10
            {
                wrong.push(format!("{ten:#?}: {found:#?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of the tens\n{}", wrong.len(), wrong.first().map_or("", |w| w));
}
