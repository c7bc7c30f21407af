//! What the terminal shows, and that no span, however odd, stops it.

use crate::{Format, Style, render};
use prog_base::{Code, Diagnostic, Lang, Source, SourceMap, Span, text};

const TEXT: &str = "方案 甲 {\r\n\tclause 五 \"遴选程序\" as 程序\u{202E}\n    quota 示范区名额 [五(一)] at 市级报送\n}\n";

fn sources() -> SourceMap {
    let mut map = SourceMap::default();
    map.add(Source::new("甲/programme.prog", TEXT));
    map.add(Source::new("empty.prog", ""));
    map.add(Source::new("no-newline.prog", "abc"));
    map
}

fn find(map: &SourceMap, needle: &str) -> Span {
    let (id, source) = map.iter().next().unwrap();
    let at = source.text.find(needle).unwrap();
    Span::new(id, at, at + needle.len())
}

#[test]
fn looks_as_designed() {
    let map = sources();
    let d = Diagnostic::error(Code("P0107"), find(&map, "五(一)"), text!("引用不明确", "the citation is ambiguous"))
        .here(text!("有两个“五(一)”", "there are two `五(一)`"))
        .label(find(&map, "遴选程序"), text!("第一处", "the first one"))
        .help(text!("改为 [程序(一)]。", "write [程序(一)]."));
    let shown = |lang, ascii| render(std::slice::from_ref(&d), &map, Format::Human, Style { lang, color: false, ascii });
    assert_eq!(
        shown(Lang::Zh, false),
        "错误[P0107] 引用不明确
   ╭─[ 甲/programme.prog:3:18 ]
   │
 2 │     clause 五 \"遴选程序\" as 程序�
   │                ────┬───
   │                    ╰───── 第一处
 3 │     quota 示范区名额 [五(一)] at 市级报送
   │                       ───┬──
   │                          ╰──── 有两个“五(一)”
───╯
   改为 [程序(一)]；详见 prog explain P0107

"
    );
    let ascii = shown(Lang::En, true);
    assert!(ascii.starts_with("error[P0107] the citation is ambiguous\n   ,-[ "), "{ascii}");
    assert!(ascii.ends_with("   write [程序(一)]; see prog explain P0107\n\n"), "{ascii}");
}

#[test]
fn arrows_of_one_line_do_not_cross_and_a_question_keeps_its_mark() {
    let map = sources();
    let d = Diagnostic::error(Code("P0202"), find(&map, "示范区名额"), text!("不能相比", "not comparable"))
        .here(text!("左", "left"))
        .label(find(&map, "市级报送"), text!("右", "right"))
        .help(text!("是不是“甲”？", "did you mean `a`?"));
    let shown = render(&[d], &map, Format::Human, Style { lang: Lang::Zh, color: false, ascii: false });
    assert_eq!(
        shown,
        "错误[P0202] 不能相比
   ╭─[ 甲/programme.prog:3:11 ]
   │
 3 │     quota 示范区名额 [五(一)] at 市级报送
   │           ────┬─────             ────┬───
   │               │                      ╰───── 右
   │               │
   │               ╰──────────────────────────── 左
───╯
   是不是“甲”？ 详见 prog explain P0202

"
    );
}

#[test]
fn a_very_long_line_is_shown_in_part() {
    let mut map = SourceMap::default();
    let id = map.add(Source::new("long.prog", format!("let a = {}1{}\n", "(".repeat(10_000), ")".repeat(10_000))));
    let d = Diagnostic::error(Code("P0001"), Span::new(id, 10_008, 10_009), text!("太深", "too deep")).here(text!("这里", "here"));
    let shown = render(&[d], &map, Format::Human, Style { lang: Lang::En, color: false, ascii: false });
    assert!(shown.len() < 300 && shown.contains("long.prog:1:10009") && shown.contains("(1)"), "{shown}");
}

#[test]
fn no_span_stops_it() {
    let map = sources();
    for (id, source) in map.iter() {
        let end = source.text.len() as u32 + 3;
        for start in 0..=end {
            for stop in [0, start.saturating_sub(1), start, start + 1, start + 2, start + 9, end, end / 2] {
                let span = Span { file: id, start, end: stop };
                let other = Span { file: id, start: stop, end: start };
                let d = Diagnostic::error(Code("P0001"), span, text!("坏", "bad")).label(other, text!("另", "other"));
                let style = Style { lang: Lang::Zh, color: true, ascii: false };
                for format in [Format::Human, Format::Json, Format::Sarif, Format::Github] {
                    assert!(!render(std::slice::from_ref(&d), &map, format, style).is_empty());
                }
            }
        }
    }
    let nowhere = Span::new(prog_base::FileId(99), 0, 4);
    let d = Diagnostic::error(Code("P0001"), nowhere, text!("坏", "bad"));
    assert!(!render(&[d], &map, Format::Human, Style { lang: Lang::En, color: false, ascii: true }).is_empty());
}

#[test]
fn tools_get_lines_columns_in_characters_and_byte_offsets() {
    let map = sources();
    let d = Diagnostic::warning(Code("P0107"), find(&map, "五(一)"), text!("不明", "unclear")).fix(
        text!("改写", "rewrite"),
        find(&map, "五(一)"),
        "程序(一)",
    );
    let style = Style { lang: Lang::Zh, color: false, ascii: false };
    let json: serde_json::Value = serde_json::from_str(&render(&[d], &map, Format::Json, style)).unwrap();
    let at = TEXT.find("五(一)").unwrap();
    assert_eq!(json[0]["span"]["start"], serde_json::json!({ "line": 3, "column": 18, "offset": at }));
    assert_eq!(json[0]["file"], "甲/programme.prog");
    assert_eq!(json[0]["severity"], "warning");
    assert_eq!(json[0]["help"], serde_json::Value::Null);
    assert_eq!(json[0]["fix"]["edits"][0]["text"], "程序(一)");
}
