//! `prog table`: filled spreadsheets to batches and back, and what is refused on the way.

use prog_tests::{run, run_with, scratch, write};
use serde_json::{Value, json};

const PROGRAMME: &str = "programmes/zhejiang-2019";
const HEAD: &str = "申报编号,试点单位,试点类别,试点选题,试点工作负责人 姓名,试点工作负责人 联系电话,备注\r\n";

fn import(csv: &str) -> prog_tests::Run {
    run_with(csv.as_bytes(), &["table", "import", PROGRAMME, "-", "--key", "杭州", "--sent", "2019-03-20", "--quiet", "--lang", "en"])
}

fn package(line: &str) -> Value {
    serde_json::from_str::<Value>(line).expect("JSON")["package"].clone()
}

#[test]
fn a_csv_file_becomes_a_package_that_evaluate_reads() {
    let run = import(&format!("\u{feff}{HEAD}x1,甲县,区域,=1+1,'=SUM(A1),057112345678,\r\n,,,,,,\r\nx2,乙校,学校,选题,王某,0571-1,甲\r\n"));
    assert_eq!(run.code, 0, "{}", run.stderr);
    let package = package(&run.stdout);
    assert_eq!(package["stage"].as_str().map(str::is_empty), Some(false));
    assert_eq!((package["key"].as_str(), package["at"].as_str()), (Some("杭州"), Some("2019-03-20")));
    assert_eq!(package["cases"], json!(["x1", "x2"]));
    let first = &package["summary"][0];
    assert_eq!(first["topic"], "=1+1", "a text is a text");
    assert_eq!(first["head"], json!({ "name": "=SUM(A1)", "phone": "057112345678" }), "the apostrophe comes off, the zero stays");
    let one = |id: &str, unit: &str| json!({ "case": { "programme": "zhejiang_2019", "track": "region", "id": id, "form": { "application": { "unit_name": unit } } } });
    let batch = format!("{}\n{}\n{}", one("x1", "甲县"), one("x2", "乙县"), run.stdout);
    let judged = run_with(batch.as_bytes(), &["evaluate", PROGRAMME, "--batch", "-"]);
    assert_eq!(judged.code, 3, "{}", judged.stderr);
    assert!(judged.stdout.contains("\"packages\""), "{}", judged.stdout);
}

#[test]
fn what_is_exported_comes_back_as_it_was() {
    let folder = scratch("table");
    let first = import(&format!(
        "{HEAD}x1,甲县,区域,\"=cmd|' /C calc'!A0\",\"-1+2, \"\"@\"\"\",0571-88888888,'=1\r\nx2,＋1,学校,选题,'@,00012345678901234567,\r\n"
    ));
    assert_eq!(first.code, 0, "{}", first.stderr);
    let batch = folder.join("batch.ndjson");
    write(&batch, &first.stdout);
    for (name, given) in [("list.csv", vec!["--key", "杭州", "--sent", "2019-03-20"]), ("list.xlsx", vec![])] {
        let file = folder.join(name);
        let (batch, file) = (batch.to_str().expect("a path"), file.to_str().expect("a path"));
        let export = run(&["table", "export", PROGRAMME, batch, "--out", file, "--quiet"]);
        assert_eq!(export.code, 0, "{}", export.stderr);
        let again = run(&[&["table", "import", PROGRAMME, file, "--quiet"], given.as_slice()].concat());
        assert_eq!((again.code, package(&again.stdout)), (0, package(&first.stdout)), "{name}: {}", again.stderr);
    }
    let text = std::fs::read_to_string(folder.join("list.csv")).expect("the file");
    for line in text.trim_start_matches('\u{feff}').lines() {
        for cell in line.split(',') {
            assert!(!cell.trim_start_matches('"').starts_with(['=', '+', '-', '@', '＋']), "{cell} in {line}");
        }
    }
    let again = folder.join("again.xlsx");
    let export = run(&["table", "export", PROGRAMME, batch.to_str().expect("a path"), "--out", again.to_str().expect("a path"), "--quiet"]);
    assert_eq!(export.code, 0, "{}", export.stderr);
    assert_eq!(std::fs::read(&again).expect("a file"), std::fs::read(folder.join("list.xlsx")).expect("a file"), "the same bytes");
}

#[test]
fn a_blank_workbook_is_known_and_its_programme_is_held_against_it() {
    let folder = scratch("table_blank");
    let file = folder.join("blank.xlsx");
    let file = file.to_str().expect("a path");
    assert_eq!(run(&["table", "export", PROGRAMME, "--out", file, "--quiet"]).code, 0);
    let blank = run(&["table", "import", PROGRAMME, file, "--quiet"]);
    assert_eq!(package(&blank.stdout)["summary"], json!([]), "{}", blank.stderr);
    let csv = folder.join("x.csv");
    write(&csv, "甲,乙\r\n1,2\r\n");
    for (input, code) in [(csv.to_str().expect("a path"), "P0816"), ("Cargo.toml", "P0816"), ("tests/package.json", "P0816")] {
        let refused = run(&["table", "import", PROGRAMME, input, "--quiet"]);
        assert!(refused.code == 1 && refused.stderr.contains(code) && refused.stdout.is_empty(), "{input}: {}", refused.stderr);
    }
    let damaged = folder.join("damaged.xlsx");
    write(&damaged, b"PK\x03\x04 and no more");
    let refused = run(&["table", "import", PROGRAMME, damaged.to_str().expect("a path"), "--quiet"]);
    assert!(refused.code == 1 && refused.stderr.contains("P0815"), "{}", refused.stderr);
}

#[test]
fn cases_go_through_a_spreadsheet_as_they_were() {
    let folder = scratch("table_cases");
    let case = std::fs::read_to_string(prog_tests::root().join("docs/example/area.json")).expect("a case");
    let case: Value = serde_json::from_str(&case).expect("JSON");
    let batch = folder.join("batch.ndjson");
    write(&batch, format!("{}\n", json!({ "case": case })));
    let programme = "programmes/heilongjiang-2024";
    for name in ["cases.csv", "cases.xlsx"] {
        let file = folder.join(name);
        let (batch, file) = (batch.to_str().expect("a path"), file.to_str().expect("a path"));
        let export = run(&["table", "export", programme, batch, "--track", "示范区", "--out", file, "--quiet"]);
        assert_eq!(export.code, 0, "{}", export.stderr);
        let again = run(&["table", "import", programme, file, "--track", "示范区", "--quiet"]);
        assert_eq!(again.code, 0, "{}", again.stderr);
        let read: Value = serde_json::from_str(&again.stdout).expect("JSON");
        for member in ["programme", "track", "id", "facts", "attested"] {
            assert_eq!(read["case"][member], case[member], "{name}: {member}");
        }
        let judged = run_with(again.stdout.as_bytes(), &["evaluate", programme, "--batch", "-"]);
        assert_eq!(judged.code, 3, "{}", judged.stderr);
    }
    let form = folder.join("form.xlsx");
    let form = form.to_str().expect("a path");
    for (programme, track) in [("programmes/moe-2019", "application"), (PROGRAMME, "region")] {
        assert_eq!(run(&["table", "export", programme, "--track", track, "--out", form, "--quiet"]).code, 0);
        let blank = run(&["table", "import", programme, form, "--track", track, "--quiet"]);
        assert_eq!((blank.code, blank.stdout.as_str()), (0, ""), "every head is found again: {}", blank.stderr);
    }
    let refused = run(&["table", "import", PROGRAMME, form, "--track", "甲", "--lang", "en"]);
    assert!(refused.code == 2 && refused.stderr.contains("there is no track `甲`"), "{}", refused.stderr);
}

#[test]
fn faults_are_told_with_their_cells_all_at_once() {
    let run = import("申报编号,试点单位,联系人数,试点单位\r\n,甲县,3,乙县\r\nx2,乙校,4,\r\n");
    assert!(run.code == 1 && run.stdout.is_empty());
    for words in
        ["row 1, column C: there is no column `联系人数`", "row 1, column D: this column stands twice", "row 2, column A (申报编号)"]
    {
        assert!(run.stderr.contains(words), "{words} in {}", run.stderr);
    }
    assert!(run.stderr.contains("P0816") && run.stderr.contains("P0817"), "{}", run.stderr);
}
