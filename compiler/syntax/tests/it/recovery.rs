//! Every code of this stage, recovery of what stands around a fault, limits.

use super::common::{clean, faults, fixed, messages, position, read};
use prog_syntax::ast::{Item, TrackMember};

/// Inside a track, where most is written.
fn in_track(member: &str) -> Vec<String> {
    faults(&format!("track t {{\n{member}\n}}"))
}

#[test]
fn p0001_what_does_not_belong() {
    assert_eq!(in_track("note z [一] : a extra"), ["P0001 extra"]);
    assert_eq!(faults("actor a\n?!\nactor b"), ["P0001 ?"]);
    let two = read("scenario \"s\" {\n  given t { n: 1 m: 2 }\n  expect r met\n}");
    assert!(two.diagnostics[0].help.as_ref().is_some_and(|help| help.en.contains("comma")), "{}", messages(&two));
}

#[test]
fn p0002_a_missing_brace_costs_one_block() {
    let text = "programme p {\n    track a {\n        fact x : Text\n    track b {\n        fact y : Text\n    }\n    actor c\n}\n";
    let parse = read(text);
    assert_eq!(parse.diagnostics.len(), 1, "{}", messages(&parse));
    assert_eq!(parse.diagnostics[0].code.0, "P0002");
    assert_eq!(position(text, parse.diagnostics[0].span().unwrap().start), (3, 22));
    assert_eq!(parse.ast.programmes[0].items.len(), 3);
    clean(&fixed(text));
    for text in [
        "programme p {\n  workflow {\n    stage a {\n      on x -> b\n    stage b {\n      on y -> a\n    }\n  }\n}",
        "form f {\n  part a \"a\" {\n    x : Text\n  part b \"b\" {\n    y : Text\n  }\n}",
        "form f {\n  part a \"a\" {\n    group \"g\" {\n      x : Text\n  }\n  part b \"b\" {\n    y : Text\n  }\n}",
        "scenario \"s\" {\n  given a \"A\" { x: 1\n  at s\n  expect q met\n}",
        "programme p {\n  enum a { x, y\n  enum b { x }\n}",
        "programme p {\n  actor a\n",
        "track t {\n  require r : any of {\n    a : b\n  require s : c\n}",
    ] {
        let parse = read(text);
        assert_eq!(parse.diagnostics.iter().map(|d| d.code.0).collect::<Vec<_>>(), ["P0002"], "{text}\n{}", messages(&parse));
        clean(&fixed(text));
    }
}

#[test]
fn p0003_an_extra_brace() {
    assert_eq!(faults("actor a }\nactor b"), ["P0003 }"]);
    let text = "programme p {\n  track a {\n    fact x : Text\n    }\n    fact y : Text\n  }\n  actor b\n}";
    let parse = read(text);
    assert_eq!(position(text, parse.diagnostics[0].span().unwrap().start), (4, 5));
    assert_eq!(parse.diagnostics.len(), 1, "{}", messages(&parse));
    let Item::Track(track) = &parse.ast.programmes[0].items[0] else { panic!() };
    assert_eq!(track.members.len(), 2);
}

#[test]
fn p0004_a_text_without_end() {
    let text = "issuer \"省厅\nactor a \"b\"";
    assert_eq!(faults(text), ["P0004 \"省厅"]);
    assert_eq!(read(text).ast.items.len(), 2);
    clean(&fixed(text));
    assert_eq!(faults("actor a “b"), ["P0004 “b"]);
    assert_eq!(faults("actor `a\nactor b"), ["P0004 `"]);
    assert_eq!(faults("主体 「甲 “乙”\n主体 丙"), ["P0004 「"]);
    assert_eq!(faults("actor a \"b\\"), ["P0004 \"b"]);
    assert_eq!(faults("actor a \"b“c\nactor d"), ["P0004 \"b“c"]);
}

#[test]
fn p0005_brackets_that_do_not_match() {
    assert_eq!(in_track("require r [四 \"m\" : a = b\nrequire s : c"), ["P0005 ["]);
    assert_eq!(in_track("require r : (a = b\nrequire s : c"), ["P0005 ("]);
    assert_eq!(in_track("require r : a = b)\nrequire s : c"), ["P0005 )"]);
}

#[test]
fn p0006_nesting_is_limited_and_told_once() {
    for (open, close) in [("(", ")"), ("[", "]"), ("{", "}"), ("（", "）"), ("list of ", ""), ("x : any of { ", "}")] {
        for text in [
            format!("let a = {}1{}\nactor b", open.repeat(10_000), close.repeat(10_000)),
            format!("let a = {}\nactor b", open.repeat(10_000)),
            format!("track t {{ fact a : {}Text{}\n fact b : Text }}\n", open.repeat(10_000), close.repeat(10_000)),
            format!("track t {{ require a : {}b{}\n fact b : Text }}\n", open.repeat(10_000), close.repeat(10_000)),
        ] {
            let parse = read(&text);
            assert!((1..=3).contains(&parse.diagnostics.len()), "{open}: {}", &messages(&parse)[..2000.min(messages(&parse).len())]);
        }
    }
    let text = format!("let a = {}1{}\nactor b", "(".repeat(10_000), ")".repeat(10_000));
    assert_eq!(faults(&text), ["P0006 ("]);
    assert_eq!(read(&text).ast.items.len(), 2);
    for long in [
        "not ".repeat(10_000),
        "- ".repeat(10_000),
        "1 + ".repeat(10_000),
        "1 otherwise ".repeat(10_000),
        "if a then b else ".repeat(10_000),
    ] {
        let parse = read(&format!("let a = {long}1\nactor b"));
        assert_eq!(parse.diagnostics.iter().map(|d| d.code.0).collect::<Vec<_>>(), ["P0006"], "{}", &long[..20]);
    }
    assert!(!faults(&format!("actor a \"{}", "“".repeat(10_000))).is_empty());
    assert!(!faults(&format!("actor a {}", "“".repeat(10_000))).is_empty());
    assert!(!faults(&format!("let a = b{}", ".c".repeat(10_000))).is_empty());
    assert!(!faults(&"{".repeat(10_000)).is_empty());
    assert!(!faults(&"}".repeat(1_000)).is_empty());
}

#[test]
fn p0007_is_tested_with_names() {
    assert_eq!(faults("let a\u{200D} = 1"), ["P0007 \u{200D}"]);
}

#[test]
fn p0008_and_with_or_needs_brackets() {
    let text = "track t { require r : a and b or c and d }";
    assert_eq!(faults(text), ["P0008 or"]);
    assert_eq!(fixed(text), "track t { require r : (a and b) or (c and d) }");
    clean(&fixed(text));
    clean("let a = (b or c) and d");
    clean("计算 a = (b 或 c) 且 d");
}

#[test]
fn p0009_dates() {
    assert_eq!(faults("let a = 2024-02-30"), ["P0009 2024-02-30"]);
    assert_eq!(faults("let a = 2024年13月1日"), ["P0009 2024年13月1日"]);
    for text in ["2024/4/22", "2024.4.22", "2024-4-22"] {
        let text = format!("let a = {text}");
        assert_eq!(faults(&text).len(), 1, "{text}");
        assert_eq!(fixed(&text), "let a = 2024-04-22");
    }
    assert_eq!(faults("let a = 2024-04-22T25:00"), ["P0009 25:00"]);
    clean("let a = 2024-04-22T24:00");
}

#[test]
fn p0010_numbers() {
    assert_eq!(faults("let a = 1_"), ["P0010 1_"]);
    assert_eq!(faults("track t { require r : at least 99999999999 of { a : b } }"), ["P0010 99999999999"]);
    let text = "table t by a {\n a | b: Count\n x | 1,000\n}";
    assert_eq!(faults(text), ["P0010 1,000"]);
    clean(&fixed(text));
}

#[test]
fn p0012_misspelt_words() {
    for (text, mended) in [
        ("actro a", "actor a"),
        ("类型 示范区 { 信息 甲 : 文本 }", "类别 示范区 { 信息 甲 : 文本 }"),
        ("track t { fact f : Text optionnal }", "track t { fact f : Text optional }"),
        ("track t { require r : count(x) at mots 5 }", "track t { require r : count(x) at most 5 }"),
        ("track t aplies with f { }", "track t applies with f { }"),
        ("scenario \"s\" { expect verdict acepted }", "scenario \"s\" { expect verdict accepted }"),
        ("workflow { stages x { } }", "workflow { stage x { } }"),
    ] {
        let codes: Vec<&str> = read(text).diagnostics.iter().map(|d| d.code.0).collect();
        assert_eq!(codes, ["P0012"], "{text}");
        assert_eq!(fixed(text), mended);
        clean(mended);
    }
}

#[test]
fn p0013_a_space_after_a_keyword() {
    for (text, mended) in [
        ("名额 q 于市级报送 : 计数(x) 不超过5", "名额 q 于 市级报送 : 计数(x) 不超过5"),
        ("名额 q 按市地 : 计数(x) 不超过5", "名额 q 按 市地 : 计数(x) 不超过5"),
        ("名额 q : 计数(x) 不超过上限", "名额 q : 计数(x) 不超过 上限"),
        ("类别 t { 必须 r : 由专家组 评定 }", "类别 t { 必须 r : 由 专家组 评定 }"),
        ("类别示范区 { 信息 a : 文本 }", "类别 示范区 { 信息 a : 文本 }"),
    ] {
        let codes: Vec<&str> = read(text).diagnostics.iter().map(|d| d.code.0).collect();
        assert_eq!(codes, ["P0013"], "{text}");
        assert_eq!(fixed(text), mended);
        clean(mended);
    }
}

#[test]
fn p0014_a_keyword_for_a_name() {
    let text = "track t { require r : when = 3 }";
    assert_eq!(faults(text), ["P0014 when"]);
    assert_eq!(fixed(text), "track t { require r : `when` = 3 }");
    assert_eq!(faults("track t { fact 5G网络 : YesNo }"), ["P0014 5G网络"]);
}

#[test]
fn p0015_what_is_incomplete() {
    assert_eq!(in_track("require r [一] \"m\"\nfact f : Text"), ["P0015"]);
    assert_eq!(in_track("fact f one of { a, b }"), ["P0015 one"]);
    assert_eq!(faults("workflow { stage s { on x end y } }"), ["P0015 end"]);
    assert_eq!(in_track("fact f : Decimal"), ["P0015 Decimal"]);
    assert_eq!(faults("unit a = 5"), ["P0015 5"]);
    assert_eq!(in_track("必须 r : 由 a"), ["P0015"]);
    assert_eq!(faults("table t by a {\n a | b\n x 6\n}"), ["P0015 6"]);
}

#[test]
fn p0016_said_twice() {
    assert_eq!(faults("quota q at a at b : c"), ["P0016 at b"]);
    assert_eq!(faults("actor a \"b\" \"c\""), ["P0016 \"c\""]);
}

#[test]
fn p0017_the_wrong_place() {
    assert_eq!(faults("programme p {\n require r : a\n actor b\n}"), ["P0017 require"]);
    assert_eq!(in_track("quota q : a"), ["P0017 quota"]);
    assert_eq!(faults("programme p {\n stage s { }\n 若 x -> y\n actor b\n}"), ["P0017 stage", "P0017 若"]);
    assert_eq!(faults("programme p {\n actor a\n fill x\n}"), ["P0017 fill"]);
    assert_eq!(faults("record r { a : opinion of b }"), ["P0017 a : opinion of b"]);
}

#[test]
fn p0018_signs_of_other_languages() {
    assert_eq!(in_track("require r : a == b"), ["P0018 =="]);
}

#[test]
fn ten_faults_give_ten_messages() {
    let text = include_str!("../data/ten-faults.prog");
    let parse = read(text);
    let lines: Vec<usize> = parse.diagnostics.iter().map(|d| position(text, d.span().unwrap().start).0).collect();
    let marked: Vec<usize> = text.lines().enumerate().filter(|(_, l)| l.contains("// fault")).map(|(i, _)| i + 1).collect();
    assert_eq!(marked.len(), 10);
    assert_eq!(lines, marked, "{}", messages(&parse));
    for d in &parse.diagnostics {
        assert!(!d.message.zh.is_empty() && !d.message.en.is_empty());
        for text in [&d.message.en, &d.message.zh] {
            assert!(!text.contains("kw_") && !text.contains("Rule"), "{text}");
        }
    }
}

#[test]
fn what_stands_around_a_fault_is_kept() {
    let parse = read("track t {\n fact a : Text\n fact b Text\n fact c : Text\n}");
    let Item::Track(track) = &parse.ast.items[0] else { panic!() };
    assert!(matches!(track.members[..], [TrackMember::Fact(_), TrackMember::Bad(_), TrackMember::Fact(_)]));
}

#[test]
fn twice_the_input_takes_about_twice_the_time() {
    // Not timed: the work is bounded by what can be counted. Here only that long bad input ends at all.
    for piece in [
        "(",
        "[一: \"a",
        "{ a : ",
        "require ",
        "“",
        "a | b\n",
        "if a then ",
        "}\n",
        "x : y z\n",
        "count(",
        "- ",
        "not ",
        "、",
        "///\n",
        "一、",
        "`",
        "「",
        "\"a\n",
    ] {
        read(&piece.repeat(300));
        read(&format!("programme p {{ track t {{ {} }} }}", piece.repeat(300)));
    }
}

#[test]
fn p0012_offices_words() {
    for (text, written, mended) in [
        ("quota q [一] : count(t) 5个以上", "5个以上", "quota q [一] : count(t) 不少于 5"),
        ("form f { 摘要 : 长文本 1000字左右 }", "1000字左右", "form f { 摘要 : 长文本 约 1000 字 }"),
        ("form f { 率 : 百分比 0-100 }", "0-100", "form f { 率 : 百分比 自 0 至 100 }"),
        ("form f { 年 : 年份 从 2019 到 2020 }", "从 2019 到 2020", "form f { 年 : 年份 自 2019 至 2020 }"),
        ("track t { 信息 类 : 单选（地市、区县） }", "单选（地市、区县）", "track t { 信息 类 : 单选 { 地市, 区县 } }"),
        ("track t { 必须 甲 : 专家组 评定 }", "专家组 评定", "track t { 必须 甲 : 由 专家组 评定 }"),
        ("流程 { 环节 甲 {\n 如果 报送 → 评选\n } }", "如果", "流程 { 环节 甲 {\n 若 报送 → 评选\n } }"),
        ("样例 \"甲\" {\n 应 退回\n}", "应 退回", "样例 \"甲\" {\n 应 结论为 退回\n}"),
    ] {
        assert_eq!(faults(text), [format!("P0012 {written}")], "{text}");
        assert_eq!(fixed(text), mended);
        clean(mended);
    }
}
