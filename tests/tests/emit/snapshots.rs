//! Source and result side by side, small enough to be read.

use super::{compile, files};
use prog_emit::Target;

/// One file of one small programme.
fn shown(items: &str, target: Target, path: &str) -> String {
    let source = format!("programme p \"试\" {{\n    issuer \"省厅\"\n    notice {{ clause 一 \"条件\" }}\n    actor 学校\n{items}}}\n");
    let programme = compile(&source);
    let mut files = files(&programme, &[target]);
    let text = files.remove(path).unwrap_or_else(|| panic!("{path} among {:?}", files.keys()));
    let text = text.replace(&programme.version, "VERSION");
    format!("{source}\n---- {path}\n{text}")
}

const FORM: &str = r#"    unit 所 : count
    form 表 as sheet "申请表" {
        part 概况 as basics "一、概况" by 学校 {
            校名 as name : Text
            班数 as classes : Count to 90
            grid 学生 as pupils in 所 total 共计 { 男 as boys, 女 as girls : Count }
            寄宿 as boarding : YesNo
            床位 as beds : Count when 寄宿
            说明 as words : Prose at most 200 chars optional
        }
    }
"#;

#[test]
fn a_form_schema() {
    insta::assert_snapshot!(shown(FORM, Target::Schema, "schema/sheet.schema.json"));
}

#[test]
fn a_form_page() {
    let page = shown(FORM, Target::Forms, "forms/sheet.html");
    let (head, rest) = page.split_once("<style>").expect("a style");
    let (_, body) = rest.split_once("</style>").expect("its end");
    let (head, policy) = (head.split_once(" content=\"default").expect("a policy"), "<meta name=\"viewport\"");
    let head = format!("{} content=\"…\">\n{policy}{}", head.0, head.1.split_once(policy).expect("what follows").1);
    insta::assert_snapshot!(format!("{head}<style>…</style>{body}"));
}

#[test]
fn a_case_schema() {
    let items = r#"    track 校 as school [一] {
        fact 班数 as classes : Count
        fact 评分 as score : Decimal(1) from 0 to 10 judged by 学校
        require 够大 as big [一] "不少于6个班" : 班数 at least 6
        require 达标 as good [一] "合格" : attested
    }
"#;
    insta::assert_snapshot!(shown(items, Target::Schema, "schema/school.case.schema.json"));
}

#[test]
fn the_model_of_a_rule() {
    let items = r#"    track 校 as school [一] {
        fact 班数 as classes : Count
        require 够大 as big [一: "条件"] "不少于6个班" when 班数 is given : 班数 at least 6
    }
"#;
    let shown = shown(items, Target::Model, "programme.json");
    let (source, model) = shown.split_once("---- programme.json\n").expect("two parts");
    let model: serde_json::Value = serde_json::from_str(model).expect("JSON");
    insta::assert_snapshot!(format!(
        "{source}---- programme.json /tracks/0\n{}",
        serde_json::to_string_pretty(&model["tracks"][0]).expect("text")
    ));
}
