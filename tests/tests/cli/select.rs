//! `prog select`: ranked lists as people, tools and spreadsheets get them, and what is refused.

use prog_tests::{Run, root, run, run_with, scratch, write};
use std::io::{Cursor, Read};
use std::path::Path;

/// Two counties, a tie, a silent notice, wishes.
pub const PROGRAMME: &str = "tests/tests/cli/selection/seats.prog";
/// Seven villages, one of them without points.
pub const BATCH: &str = "tests/tests/cli/selection/seats.ndjson";

fn batch() -> String {
    std::fs::read_to_string(root().join(BATCH)).expect("the batch")
}

/// The same with nothing left to judge or to part; one who was selected has left.
fn settled() -> String {
    let batch = batch()
        .replace(r#""judgements":{"quality":{"value":"good","by":"panel"}}}"#, r#""judgements":{"points":{"value":"60","by":"panel"}}}"#);
    let decided = |batch: String, id: &str, yes: bool| {
        let lines = batch.lines().map(|line| match line.contains(&format!("\"id\":\"{id}\"")) {
            true => line.replace(r#""judgements":{"#, &format!(r#""judgements":{{"shortlist":{{"value":{yes},"by":"panel"}},"#)),
            false => line.to_owned(),
        });
        lines.map(|line| line + "\n").collect::<String>()
    };
    decided(decided(batch, "Ash", false), "桥头村", true).replace(r#""id":"Oak","#, r#""id":"Oak","withdrawn":true,"#)
}

fn select(batch: &str, arguments: &[&str]) -> Run {
    run_with(batch.as_bytes(), &[&["select", PROGRAMME, "-"], arguments].concat())
}

/// Columns of a terminal: Han and its punctuation take two.
fn columns(line: &str) -> usize {
    line.chars().map(|c| if ('\u{2e80}'..='\u{ffe6}').contains(&c) { 2 } else { 1 }).sum()
}

#[test]
fn lists_for_people_say_why_each_stands_where_it_stands() {
    for lang in ["en", "zh"] {
        let shown = select(&batch(), &["--lang", lang]);
        assert_eq!(shown.code, 3, "{shown:?}");
        assert!(shown.stdout.lines().all(|line| columns(line) <= 80), "{lang}: {}", shown.stdout);
        insta::assert_snapshot!(format!("open_{lang}"), shown.stdout);
        let shown = select(&settled(), &["--lang", lang, "--at", "decision"]);
        assert_eq!(shown.code, 0, "{shown:?}");
        insta::assert_snapshot!(format!("sites_{lang}"), shown.stdout);
    }
    let shown = select(&settled(), &["--lang", "en", "--at", "visit"]);
    assert!(shown.stdout.contains("moved up") && shown.stdout.contains("has left"), "{}", shown.stdout);
    let late = select(&settled(), &["--lang", "en", "--at", "visit", "--on", "2031-10-01"]);
    assert!(late.stdout.contains("1 place stays vacant") && !late.stdout.contains("moved up"), "{}", late.stdout);
}

#[test]
fn csv_has_a_line_for_each_place_and_no_formulas() {
    let shown = select(&batch(), &["--lang", "zh", "--format", "csv"]);
    assert!(shown.code == 3 && shown.stdout.starts_with('\u{feff}') && shown.stdout.contains(",'=Yew,"), "{shown:?}");
    insta::assert_snapshot!("csv", shown.stdout.trim_start_matches('\u{feff}').replace("\r\n", "\n"));
}

/// Writes a file and gives its bytes.
fn written(folder: &Path, name: &str, batch: &str, arguments: &[&str]) -> Vec<u8> {
    let file = folder.join(name);
    let ran = select(batch, &[&["--out", file.to_str().expect("a path")], arguments].concat());
    assert!(ran.code == 3 && ran.stdout.is_empty() && ran.stderr.is_empty(), "{ran:?}");
    std::fs::read(file).expect("the file")
}

#[test]
fn the_page_for_the_committee_is_escaped_and_runs_nothing() {
    let folder = scratch("select_page");
    for lang in ["en", "zh"] {
        let batch = batch().replace("\"Ash\"", "\"<i>Ash</i>\"");
        let page = String::from_utf8(written(&folder, "list.html", &batch, &["--lang", lang])).expect("UTF-8");
        assert!(page.contains("default-src 'none'") && !page.contains("<script") && !page.contains("<i>"), "{lang}");
        let body = page.split_once("</style>").expect("a style").1.split("<footer>").next().unwrap_or_default().to_owned();
        insta::assert_snapshot!(format!("page_{lang}"), body);
    }
}

#[test]
fn the_workbook_has_a_sheet_for_each_selection() {
    let folder = scratch("select_book");
    let bytes = written(&folder, "list.xlsx", &batch(), &["--lang", "en"]);
    assert_eq!(bytes, written(&folder, "again.xlsx", &batch(), &["--lang", "en", "--format", "xlsx"]), "the same bytes");
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut part = |name: &str| {
        let mut text = String::new();
        package.by_name(name).expect(name).read_to_string(&mut text).expect("a text");
        text
    };
    let (book, first) = (part("xl/workbook.xml"), part("xl/worksheets/sheet1.xml"));
    for name in ["Short list", "Prize", "Sites"] {
        assert!(book.contains(&format!("name=\"{name}\"")), "{book}");
    }
    assert!(book.contains("Print_Titles") && first.contains("state=\"frozen\"") && first.contains("orientation=\"landscape\""), "{first}");
    let words = part("xl/sharedStrings.xml");
    assert!(words.contains("=Yew") && words.contains("behind Oak by “bonus”: 1 &lt; 2"), "{words}");
    assert!(!first.contains("<f>"), "no formula");
}

#[test]
fn wrong_usage_is_told_with_what_to_do() {
    let folder = scratch("select_usage");
    write(&folder.join("none.prog"), super::SOUND);
    let none = folder.join("none.prog");
    let none = none.to_str().expect("a path");
    let cases = [
        (vec!["select", none, BATCH], "`select` block"),
        (vec!["select", PROGRAMME, BATCH, "--format", "xlsx"], "--out FILE"),
        (vec!["select", PROGRAMME, BATCH, "--format", "html"], "--out FILE"),
        (vec!["select", PROGRAMME, BATCH, "--at", "filing"], "`visit`, `decision`"),
        (vec!["select", "-", "-"], "only once"),
        (vec!["select", PROGRAMME], "BATCH.ndjson"),
    ];
    for (arguments, said) in cases {
        let ran = run(&[&arguments[..], &["--lang", "en"]].concat());
        assert!(ran.code == 2 && ran.stdout.is_empty() && ran.stderr.contains(said), "{arguments:?}: {ran:?}");
    }
    let chinese = run(&["select", none, BATCH, "--lang", "zh"]);
    assert!(chinese.code == 2 && chinese.stderr.contains("没有遴选"), "{chinese:?}");
}

#[test]
fn what_cannot_be_read_or_written_is_refused() {
    let folder = scratch("select_refused");
    write(&folder.join("file"), "");
    let nowhere = folder.join("file/list.csv");
    let nowhere = nowhere.to_str().expect("a path");
    let cases = [
        (select(&batch(), &["--at", "visits"]), "did you mean `visit`?"),
        (select("{\"case\":", &[]), "P0801"),
        (select("", &["--on", "soon"]), "soon"),
        (select(&batch(), &["--reading", "x=y"]), "`x`"),
        (run(&["select", PROGRAMME, "no/such/batch.ndjson"]), "no/such/batch.ndjson"),
        (select(&batch(), &["--out", nowhere]), "list.csv"),
    ];
    for (ran, said) in cases {
        assert!(ran.code == 1 && ran.stdout.is_empty() && ran.stderr.contains(said), "{said}: {ran:?}");
    }
    let json = select("{\"case\":", &["--format", "json"]);
    assert!(json.code == 1 && serde_json::from_str::<serde_json::Value>(&json.stderr).is_ok(), "{json:?}");
}

#[test]
fn days_go_from_early_to_late_and_who_judges_last_is_named() {
    let folder = scratch("select-judged");
    let programme = "programme p \"P\" {
    actor office
    actor board \"the board\"
    track a { fact late : YesNo fact day : Date }
    select top at s from a { order late lowest first, then day lowest first, then judged by board take 1 }
    workflow { stage s by office { on sent -> end } }
}
";
    write(&folder.join("p/programme.prog"), programme);
    let case = r#"{"case":{"programme":"p","track":"a","id":"A","facts":{"late":false,"day":"2031-01-01"}}}"#;
    let path = folder.join("p");
    let path = path.to_str().expect("UTF-8");
    for (lang, said) in [
        ("en", "those without “late” first, then “day” earliest first, then judged by the board"),
        ("zh", "无“late”者在前，再按“day”由早到晚，再由the board评定"),
    ] {
        let shown = run_with(case.as_bytes(), &["select", path, "-", "--lang", lang]);
        let text = shown.stdout.replace("\n  ", if lang == "en" { " " } else { "" });
        assert!(text.contains(said), "{shown:?}");
    }
}
