//! Workbooks as other programs write them: numbers, days and faults cell by cell; a workbook of ours as LibreOffice saves it.

use prog_tests::{Run, root, run, scratch, write};
use serde_json::{Value, json};
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const SOURCE: &str = "programme p \"试\" {
    issuer \"省厅\"
    notice { clause 一 \"条件\" }
    actor 学校
    form 表 as sheet \"表\" [一] { 校名 as name : Text }
    summary 汇总 as list \"汇总\" [一] of 表 by 学校 {
        column 数 as n [一] : Count
        column 小数 as d : Decimal(2)
        column 比例 as p : Percent(1)
        column 日 as day : Date
        column 月 as month : Month
        column 是否 as yes : YesNo
        columns 甲 as a { 类别 as kind : one of { 区域, 学校 }, 几项 as some : any of { 一项, 二项 } }
        column 文 as words : Text
    }
}
";
const HEAD: &str = "申报编号,数,小数,比例,日,月,是否,甲 类别,甲 几项,文";

fn programme(folder: &Path) -> String {
    write(&folder.join("p/programme.prog"), SOURCE);
    folder.join("p").to_string_lossy().into_owned()
}

fn import(folder: &Path, file: &Path) -> Run {
    run(&["table", "import", &programme(folder), file.to_str().expect("a path"), "--quiet", "--lang", "en"])
}

fn rows(run: &Run) -> Value {
    assert_eq!(run.code, 0, "{}", run.stderr);
    serde_json::from_str::<Value>(&run.stdout).expect("JSON")["package"]["summary"].clone()
}

/// A workbook of one sheet: a cell is a text, `#digits` a number, `@digits` a day, `!` an error.
fn workbook(file: &Path, rows: &[&str]) {
    let cell = |text: &str| match (text.strip_prefix('#'), text.strip_prefix('@')) {
        (Some(digits), _) => format!("<c><v>{digits}</v></c>"),
        (_, Some(digits)) => format!("<c s=\"1\"><v>{digits}</v></c>"),
        _ if text == "!" => "<c t=\"e\"><v>#REF!</v></c>".to_owned(),
        _ if text.is_empty() => "<c/>".to_owned(),
        _ => format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>"),
    };
    let row = |cells: &&str| format!("<row>{}</row>", cells.split(',').map(cell).collect::<String>());
    let sheet: String = rows.iter().map(row).collect();
    const MAIN: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    const DOCUMENT: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    let links = |links: &[(&str, &str)]| {
        let link = |(i, (kind, target)): (usize, &(&str, &str))| {
            format!("<Relationship Id=\"r{i}\" Type=\"{DOCUMENT}/{kind}\" Target=\"{target}\"/>")
        };
        format!(
            "<Relationships xmlns=\"{PACKAGE}/relationships\">{}</Relationships>",
            links.iter().enumerate().map(link).collect::<String>()
        )
    };
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{KIND}.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{KIND}.worksheet+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"{KIND}.styles+xml\"/></Types>"
            ),
        ),
        ("_rels/.rels", links(&[("officeDocument", "xl/workbook.xml")])),
        (
            "xl/workbook.xml",
            format!("<workbook {MAIN} xmlns:r=\"{DOCUMENT}\"><sheets><sheet name=\"甲\" sheetId=\"1\" r:id=\"r0\"/></sheets></workbook>"),
        ),
        ("xl/_rels/workbook.xml.rels", links(&[("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")])),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet {MAIN}><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", format!("<worksheet {MAIN}><sheetData>{sheet}</sheetData></worksheet>")),
    ];
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in parts {
        package.start_file(path, SimpleFileOptions::default()).expect("a part");
        package.write_all(text.as_bytes()).expect("its text");
    }
    write(file, package.finish().expect("a package").into_inner());
}

#[test]
fn numbers_days_and_choices_are_read_exactly() {
    let folder = scratch("workbooks");
    let file = folder.join("good.xlsx");
    workbook(
        &file,
        &[
            "汇总",
            HEAD,
            "x1,#12,#0.1,35%,@43525,2019-03,是,区域,一项、二项,#10000000",
            "x2,１２,-3.50,12.5,2019年3月1日,@43525,否,kind,二项,甲",
        ],
    );
    let expected = json!([
        { "case": "x1", "n": 12, "d": "0.1", "p": "35", "day": "2019-03-01", "month": "2019-03", "yes": true, "a": { "kind": "区域", "some": ["一项", "二项"] }, "words": "10000000" },
        { "case": "x2", "n": 12, "d": "-3.50", "p": "12.5", "day": "2019-03-01", "month": "2019-03", "yes": false, "a": { "kind": "kind", "some": ["二项"] }, "words": "甲" },
    ]);
    assert_eq!(rows(&import(&folder, &file)), expected);
}

#[test]
fn what_was_rounded_or_is_something_else_is_refused_with_its_cell() {
    let folder = scratch("workbooks_bad");
    let file = folder.join("bad.xlsx");
    workbook(
        &file,
        &[
            HEAD,
            "x1,#1.5,#0.30000000000000004,#0.35,@43525.5,三月,也许,,,#12345678901234567",
            "x2,十,1.2.3,x%,#43525,2019,,,,!",
            ",,,,,,,,,甲",
        ],
    );
    let run = import(&folder, &file);
    assert!(run.code == 1 && run.stdout.is_empty(), "{}", run.stdout);
    let told = [
        ("row 2, column B (数)", "no whole number"),
        ("row 2, column C (小数)", "may be rounded"),
        ("row 2, column D (比例)", "35 % or 0.35 %"),
        ("row 2, column E (日)", "can't be read"),
        ("row 2, column F (月)", "no month"),
        ("row 2, column G (是否)", "neither yes"),
        ("row 2, column J (文)", "may be rounded"),
        ("row 3, column B (数)", "no number"),
        ("row 3, column C (小数)", "no number"),
        ("row 3, column D (比例)", "no number"),
        ("row 3, column E (日)", "no day"),
        ("row 3, column F (月)", "no month"),
        ("row 3, column J (文)", "can't be read"),
        ("row 4, column A (申报编号)", "names no application"),
    ];
    for (place, words) in told {
        let found = run.stderr.lines().find(|line| line.contains(place));
        assert!(
            found.is_some_and(|line| line.contains("P0817") && line.contains("`甲`") && line.contains(words)),
            "{place}: {words} in {}",
            run.stderr
        );
    }
    assert_eq!(run.stderr.matches("P0817]").count(), told.len(), "{}", run.stderr);
}

/// LibreOffice's own copy of a file.
fn saved_again(file: &Path, ending: &str) -> PathBuf {
    let folder = file.with_extension("libreoffice");
    let home = format!("-env:UserInstallation=file://{}", root().join("target/libreoffice-tables").display());
    let mut command = Command::new("soffice");
    command.args([&home, "--headless", "--convert-to", ending, "--outdir"]).arg(&folder).arg(file);
    let output = command.output().expect("it starts; run ./test.sh");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    folder.join(file.file_name().expect("a name")).with_extension(ending)
}

#[test]
fn a_workbook_of_ours_comes_back_from_libreoffice_as_it_was() {
    let folder = scratch("workbooks_saved");
    let csv = folder.join("a.csv");
    write(&csv, format!("{HEAD}\r\nx1,7,0.10,35,2019-03-01,2019-03,是,学校,一项、二项,'=cmd|' /C calc'!A0\r\nx2,,,,,,,,,<b>&amp;\"\r\n"));
    let first = rows(&import(&folder, &csv));
    let batch = folder.join("batch.ndjson");
    write(&batch, import(&folder, &csv).stdout);
    let file = folder.join("a.xlsx");
    let (out, batch) = (file.to_str().expect("a path"), batch.to_str().expect("a path"));
    let export = run(&["table", "export", &programme(&folder), batch, "--out", out, "--quiet"]);
    assert_eq!(export.code, 0, "{}", export.stderr);
    assert_eq!(rows(&import(&folder, &file)), first);
    assert_eq!(rows(&import(&folder, &saved_again(&file, "xlsx"))), first);
    assert_eq!(first[0]["words"], "=cmd|' /C calc'!A0");
}
