//! Zhejiang 2019: what its acceptance rows ask beyond what its scenarios show.

use super::compile;
use prog_eval::Options;
use prog_model::{Block, Programme};
use serde_json::{Value, json};

const FOLDER: &str = "programmes/zhejiang-2019";
const FILE: &str = "programmes/zhejiang-2019/programme.prog";
/// Where the formula explains the regions' places, and where the school counts are missing.
const FORMULA: &str = "by round half up (20% * 县数[设区市].县数)";
const SCHOOLS: &str = "by 设区市 absent in source";

fn programme() -> Programme {
    compile(FOLDER, &[]).0.expect("a model")
}

/// The cities that a formula's notes name, when the programme is edited so.
fn differing(edits: &[(&str, &str, &str)]) -> Vec<String> {
    let said = compile(FOLDER, edits).1;
    let rows = said.iter().filter_map(|d| d.strip_prefix("P0308 "));
    rows.map(|row| row.split('|').next().unwrap_or("").trim().to_owned()).collect()
}

/// Z01: the sums hold. By half up, the formula differs from the table twice; school counts are missing.
#[test]
fn z01_builds_with_only_the_notes_that_are_meant() {
    let said = compile(FOLDER, &[]).1;
    let codes: Vec<&str> = said.iter().map(|d| &d[..5]).collect();
    assert_eq!(codes, ["P0308", "P0308", "P0309"], "{said:#?}");
    assert_eq!(differing(&[]), ["温州", "嘉兴"]);
}

#[test]
fn every_scenario_passes_and_every_row_has_one() {
    let programme = programme();
    let run = prog_eval::run_scenarios(&programme);
    let failed: Vec<String> = run
        .results
        .iter()
        .flat_map(|r| r.failures.iter().map(|f| format!("{}: 应为{}，得到{}", r.scenario.title, f.expected.zh, f.found.zh)))
        .collect();
    assert!(failed.is_empty(), "{failed:#?}");
    // Z01, Z09, Z11, Z19 are in this file.
    let titles: Vec<&str> = run.results.iter().map(|r| r.scenario.title.as_str()).collect();
    for row in ["Z03", "Z05", "Z07", "Z13", "Z15", "Z17", "Z21", "Z23", "Z25", "Z27", "Z29"] {
        assert!(titles.iter().any(|t| t.starts_with(row)), "{row} has a scenario");
    }
}

/// One cell of annex 2 changed: the build fails with the sum that no longer holds.
#[test]
fn z01_a_changed_cell_breaks_the_sums() {
    let broken = |from: &str, to: &str| {
        let said = compile(FOLDER, &[(FILE, from, to)]).1;
        said.into_iter().filter(|d| d.starts_with("P0307 ") || d.starts_with("P0313 ")).collect::<Vec<_>>()
    };
    assert_eq!(broken("杭州   | 3 ", "杭州   | 4 "), ["P0307 20", "P0313 sum(名额.区域) = 区域试点数"]);
    assert_eq!(broken("| 10\n", "| 11\n"), ["P0307 60", "P0313 sum(名额.学校) = 学校试点数"]);
    let parts = "P0313 区域试点数 + 高校试点数 + 学校试点数 = 试点总数";
    assert_eq!(broken("\"高校试点数\" = 20", "\"高校试点数\" = 21"), [parts]);
}

/// Z09 and the table of Z08: no rounding of 20 % gives annex 2; sharing out 20 places does, by each of three methods.
#[test]
fn z09_how_the_regions_places_may_have_been_counted() {
    let rounded = |how: &str| differing(&[(FILE, FORMULA, &FORMULA.replace("round half up", how))]);
    assert_eq!(rounded("round up"), ["绍兴", "衢州"]);
    assert_eq!(rounded("round down"), ["杭州", "温州", "嘉兴", "金华", "舟山", "台州", "丽水"]);
    for method in ["webster", "jefferson"] {
        assert_eq!(differing(&[(FILE, "largest remainder", method)]), ["温州", "嘉兴"], "only those of the rounding");
    }
}

/// Z11: with school counts (invented), 820 agree with the table's 9, 700 give 8.
#[test]
fn z11_school_counts_can_be_checked_once_they_are_known() {
    let with = |hangzhou: u32| {
        let others = [("宁波", 700), ("温州", 900), ("嘉兴", 270), ("湖州", 270), ("绍兴", 450)];
        let more = [("金华", 640), ("衢州", 270), ("舟山", 180), ("台州", 640), ("丽水", 270)];
        let rows = [("杭州", hangzhou)].into_iter().chain(others).chain(more);
        let rows: String = rows.map(|(city, n)| format!("        {city} | {n}\n")).collect();
        let table = format!("by 设区市 {{\n        设区市 | 校数: Count\n{rows}    }}");
        differing(&[(FILE, SCHOOLS, &table), (FILE, "学校数[设区市])", "学校数[设区市].校数)")])
    };
    assert_eq!(with(820), ["温州", "嘉兴"]);
    assert_eq!(with(700), ["杭州", "温州", "嘉兴"]);
}

/// Z19: 左右 is a band of a tenth to both sides, ends included; outside it is a note, never more.
#[test]
fn z19_lengths() {
    let programme = programme();
    let fields = ["intro", "plan"];
    for (intro, plan, noted) in [(449, 5399, true), (450, 5400, false), (550, 6600, false), (551, 6601, true)] {
        let form = json!({ fields[0]: "字".repeat(intro), fields[1]: "字".repeat(plan) });
        let case = json!({ "programme": "zhejiang_2019", "track": "university", "form": { "application": form } });
        let case = prog_eval::read_case(&programme, &case.to_string()).unwrap_or_else(|r| panic!("{r:?}"));
        let report: Value = serde_json::from_str(&prog_eval::evaluate(&programme, &case, &Options::default())).expect("a report");
        let notes: Vec<&str> = report["notes"].as_array().expect("notes").iter().filter_map(|n| n["rule"].as_str()).collect();
        let lengths: Vec<&str> = notes.into_iter().filter(|rule| fields.contains(rule)).collect();
        assert_eq!(lengths, if noted { fields.to_vec() } else { Vec::new() }, "{intro}, {plan}");
        let found = report["findings"].as_array().expect("findings").iter().filter(|f| f["problem"] == "length");
        assert!(found.into_iter().all(|f| f["strength"] == "note"));
    }
}

/// Annex 1: its 35 elements in printed order, and the topic, which the plan names first and annex 3 repeats; annex 3: 14 leaf columns under two rows of heads.
#[test]
fn the_printed_forms() {
    let programme = programme();
    let form = &programme.forms[0];
    let mut printed = Vec::new();
    collect(&programme, &form.layout, &mut printed);
    let person = ["姓名", "职务", "职称", "办公电话", "手机", "电子邮箱"];
    let of = |who: &str| person.map(|part| format!("{who}·{part}"));
    let opinion = |whose: &str| ["", "·负责人（公章）", "·年月日"].map(|part| format!("{whose}意见{part}"));
    let plain = |labels: &str| labels.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let expected = [
        plain("申报单位 申报单位（公章） 单位负责人 联系电话 电子邮箱 通讯地址 邮政编码"),
        vec!["浙江省教育厅编制　2019年2月".to_owned()],
        plain("单位名称 通讯地址 邮编 类别 所在地区 单位网址"),
        of("单位负责人").to_vec(),
        of("项目联系人").to_vec(),
        plain("试点完成时间 单位基本情况简介 试点选题 智慧教育试点方案"),
        opinion("县（市、区）教育局").to_vec(),
        opinion("设区市教育局").to_vec(),
    ];
    assert_eq!(printed, expected.concat());
    let summary = &programme.summaries[0];
    let labels: Vec<&str> = summary.columns.iter().map(|c| c.ident.label.text.as_str()).collect();
    let four = ["姓名", "职务", "联系电话", "电子邮箱"];
    assert_eq!(labels, [&["试点单位", "试点类别", "试点选题", "通讯地址", "邮编"][..], &four, &four, &["备注"]].concat());
    let groups: Vec<(&str, usize, usize)> = summary.groups.iter().map(|(i, first, n)| (i.label.text.as_str(), *first, *n)).collect();
    assert_eq!(groups, [("试点工作负责人", 5, 4), ("试点工作联系人", 9, 4)]);
    let head: Vec<&str> = summary.fields.iter().map(|f| f.ident.label.text.as_str()).collect();
    assert_eq!(head, ["申报单位", "申报单位（公章）", "填表人", "联系电话"]);
}

/// A length that is only about so much is no less a check that the schema leaves to the evaluator.
#[test]
fn the_schema_says_that_lengths_are_checked_elsewhere() {
    let files = prog_emit::emit(&programme(), &[prog_emit::Target::Schema]).expect("files");
    let file = files.iter().find(|f| f.path == "schema/application.schema.json").expect("the form's schema");
    let schema: Value = serde_json::from_slice(&file.bytes).expect("JSON");
    let said: Value = serde_json::from_str(schema["$comment"].as_str().expect("a comment")).expect("JSON");
    let missed = said["x-prog"]["not_carried"].as_array().expect("a list");
    for field in ["intro", "plan"] {
        let here = json!({ "path": format!("/form/application/{field}"), "problem": "length" });
        assert!(missed.contains(&here), "{field} in {missed:?}");
    }
}

/// Annex 3 asks the same four things of two people: each cell stands under its own head, and each is compared with its own case.
#[test]
fn cells_under_two_heads_are_kept_apart() {
    let row = "[{ 案件: \"一\", 单位负责人.姓名: \"甲\", 项目联系人: { 姓名: \"丙\" } }]";
    let given = "scenario \"两组\" {\n    given 学校 \"一\" { 设区市: 杭州, 单位负责人: { 姓名: \"甲\" }, 项目联系人: { 姓名: \"乙\" } }";
    let scenario = format!("{given}\n    sent \"包\" on 2019-05-10 at 推荐 {{ 汇总表: {row} }}\n    at 推荐\n}}\n");
    let first = "// —— 设区市名额";
    let (programme, said) = compile(FOLDER, &[("programmes/zhejiang-2019/scenarios.prog", first, &format!("{scenario}{first}"))]);
    let programme = programme.unwrap_or_else(|| panic!("{said:#?}"));
    let scenario = programme.scenarios.iter().find(|s| s.title == "两组").expect("the scenario");
    let package = &scenario.packages[0].json;
    assert_eq!(package["summary"], json!([{ "case": "一", "head": { "name": "甲" }, "contact": { "name": "丙" } }]));
    let lines = [json!({ "case": scenario.cases[0].json }), json!({ "package": package })].map(|line| line.to_string()).join("\n");
    let prepared = prog_eval::Prepared::new(&programme);
    let batch = prepared.read_batch(&lines).unwrap_or_else(|r| panic!("{r:?}"));
    let report = prepared.evaluate_batch(&batch, &Options::default()).to_json(prog_base::Lang::Zh);
    assert!(report.contains("/summary/0/contact/name"), "{report}");
    assert!(!report.contains("/summary/0/head/name"), "{report}");
}

fn collect(p: &Programme, blocks: &[Block], printed: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Cover(inner) | Block::Row(inner) | Block::Group { blocks: inner, .. } => collect(p, inner, printed),
            Block::Part(part) => collect(p, &part.blocks, printed),
            Block::Grid(_) => printed.push("grid".to_owned()),
            Block::Field(id) => {
                let input = p.input(*id);
                let label = &input.ident.label.text;
                match &input.ty {
                    prog_model::Type::Record(record) => {
                        let fields = &p.records[record.index()].fields;
                        printed.extend(fields.iter().map(|f| format!("{label}·{}", f.ident.label.text)));
                    }
                    _plain => printed.push(label.clone()),
                }
            }
            Block::Opinion(o) => {
                let label = &o.ident.label.text;
                printed.push(label.clone());
                let signed = o.signature.as_ref().filter(|_| o.seal.is_some());
                printed.extend(signed.map(|(who, _)| format!("{label}·{who}（公章）")));
                printed.extend(o.date.map(|_| format!("{label}·年月日")));
            }
            Block::Note(words) => printed.push(words.text.clone()),
        }
    }
}
