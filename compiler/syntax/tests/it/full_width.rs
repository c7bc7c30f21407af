//! Semantics 9.2: what an input method really produces.

use super::common::{clean, faults, tree};
use prog_syntax::ast::{ExprKind, Item};

fn same(a: &str, b: &str) {
    assert_eq!(tree(a), tree(b), "{a}\n---\n{b}");
}

#[test]
fn semantics_9_2_signs_of_either_width() {
    same(
        "名额 甲【四（一）：“不超过5个”】于 市级报送 按 市地、学段：计数（示范区）≤５",
        "quota 甲 [四（一）: \"不超过5个\"] at 市级报送 per 市地, 学段 : count(示范区) <= 5",
    );
    same("选项 学段 ｛ 小学，初中、高中 ｝", "enum 学段 { 小学, 初中, 高中 }");
    same("流程 ｛ 环节 填报 ｛ 若 提交→审核；若 逾期 －＞ 终止 ｝ ｝", "workflow { stage 填报 { on 提交 -> 审核; on late -> end } }");
    same("计算 甲＝１２．５＋３×４÷２－１", "let 甲 = 12.5 + 3 * 4 / 2 - 1");
    same("计算 甲 = 乙 ≠ 丙", "let 甲 = 乙 != 丙");
    same("计算 甲 = 上限【市地】。示范区", "let 甲 = 上限[市地].示范区");
    same("表 甲 由 乙 {\n 乙 ｜ 丙：数量\n 一 │ 2\n}", "table 甲 by 乙 {\n 乙 | 丙: Count\n 一 | 2\n}");
}

#[test]
fn semantics_9_2_blanks_and_numbers() {
    same("主体\u{3000}甲\u{A0}“乙”", "actor 甲 \"乙\"");
    for text in ["40%", "40 %", "４０％", "40％"] {
        same(&format!("let a = {text}"), "let a = 40%");
    }
    for text in ["2 years", "2年", "2 年", "２年"] {
        same(&format!("let a = {text}"), "let a = 2 years");
    }
    for text in ["2024-04-22", "2024年4月22日", "２０２４年０４月２２日", "2024 年 4 月 22 日", "２０２４－０４－２２"]
    {
        same(&format!("let a = {text}"), "let a = 2024-04-22");
    }
    for text in ["2024-04-22T17:00", "2024-04-22 17:00", "2024年4月22日17时", "2024年4月22日 17：00", "2024年4月22日17点00分"]
    {
        same(&format!("let a = {text}"), "let a = 2024-04-22T17:00");
    }
    same("let a = 10_000 万元", "let a = 10000万元");
}

#[test]
fn semantics_9_2_a_han_keyword_may_touch_a_digit() {
    same("名额 q : 计数(x) 不超过40", "quota q : count(x) at most 40");
    same("计算 q = x 封顶5 保底1", "let q = x capped at 5 floored at 1");
}

#[test]
fn semantics_9_2_no_keyword_is_a_unit() {
    let ast = clean("track t { fact a : Count from 0 to 10 step 5 optional }").ast;
    assert_eq!(ast.items.len(), 1);
    let ast = clean("let a = 40 项").ast;
    let Item::Let(l) = &ast.items[0] else { panic!() };
    assert!(matches!(&l.value.kind, ExprKind::Number { unit: Some(u), .. } if u.text == "项"));
}

#[test]
fn semantics_9_2_curly_quotes() {
    let label = |text: &str| {
        let ast = clean(text).ast;
        let Item::Actor(a) = &ast.items[0] else { panic!() };
        a.head.message.as_ref().unwrap().text.text.clone()
    };
    assert_eq!(label("actor a “甲”"), "甲");
    assert_eq!(label("actor a ”甲”"), "甲");
    assert_eq!(label("actor a ”甲“"), "甲");
    assert_eq!(label("actor a “甲“乙”丙”"), "甲“乙”丙");
    assert_eq!(label("actor a \"“甲”乙\""), "“甲”乙");
    assert_eq!(label("actor a “他说\"好\"”"), "他说\"好\"");
    assert_eq!(label(r#"actor a "a\"b\\c""#), r#"a"b\c"#);
    assert_eq!(label("actor a ＂甲＂"), "甲");
    assert_eq!(faults(r#"actor a "a\qb""#), [r"P0019 \q"]);
}

#[test]
fn quoted_names_may_be_anything() {
    same("actor `名额`", "actor 「名额」");
    same("let a = `when` + 「5G网络」", "let a = 「when」 + `5G网络`");
    let ast = clean("actor `5G 网络`").ast;
    let Item::Actor(a) = &ast.items[0] else { panic!() };
    assert_eq!(a.head.name.text, "5G 网络");
}

#[test]
fn names_may_equal_keywords_where_the_place_tells() {
    clean("名额 名额 [一] 于 名额 : 计数(名额) 不超过 名额[名额].名额");
    clean("form form { part part { form : Text\n part : Text\n note : Text\n 名额 : 数量\n row { a : Text } } }");
    clean("track track { fact fact : Text\n require require : fact = quota\n let total = sum(total) }");
    clean("workflow { stage stage by by { on on -> on\n on fill -> fill } }");
    clean("scenario \"s\" { given track { quota: 5, at: 3 }\n expect outcome met\n expect tag = 5 }");
}

#[test]
fn names_are_nfc_and_visible() {
    let ast = clean("actor e\u{301}").ast;
    let Item::Actor(a) = &ast.items[0] else { panic!() };
    assert_eq!(a.head.name.text, "é");
    assert_eq!(faults("actor 甲\u{200B}乙"), ["P0007 \u{200B}"]);
    assert_eq!(faults("actor \u{202E}甲"), ["P0007 \u{202E}"]);
    assert_eq!(faults("actor `a\u{2066}b`"), ["P0007 \u{2066}"]);
    assert_eq!(faults("actor שלום"), ["P0007 שלום"]);
}
