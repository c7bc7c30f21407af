//! `prog new`: a folder that checks clean, whatever notice it is read from.
//!
//! The notices in `notices/` are invented; each one's programme is a snapshot, read beside the notice by a person when it changes.

use prog_tests::{run, run_in, run_with, scratch};
use std::fs;
use std::path::Path;

/// What `prog check` and `prog coverage` say of a new folder: nothing, and that every clause is to do.
fn assert_begun(folder: &Path, name: &str) {
    let check = run_in(folder, &["check", name]);
    assert_eq!((check.code, check.stdout.as_str(), check.stderr.as_str()), (0, "", ""), "{name}");
    let coverage = run_in(folder, &["coverage", name, "--format", "json"]);
    let list: serde_json::Value = serde_json::from_str(&coverage.stdout).expect("JSON");
    let clauses = list["programmes"][0]["clauses"].as_array().expect("clauses");
    assert!(!clauses.is_empty(), "{name}");
    for clause in clauses {
        assert!(["todo", "divided"].contains(&clause["status"].as_str().expect("a status")), "{name}: {clause}");
    }
    let fmt = run_in(folder, &["fmt", "--check", name]);
    assert_eq!((fmt.code, fmt.stdout.as_str()), (0, ""), "{name} is laid out");
}

#[test]
fn every_notice_begins_as_its_snapshot_shows() {
    let notices = prog_tests::root().join("tests/tests/cli/notices");
    let mut files: Vec<_> = fs::read_dir(&notices).expect("notices").map(|e| e.expect("an entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    files.sort();
    assert!(files.len() >= 10, "there are notices");
    let folder = scratch("new-notices");
    for path in files {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let made = run_in(&folder, &["new", &name, "--from", path.to_str().expect("UTF-8")]);
        assert_eq!((made.code, made.stderr.as_str()), (0, ""), "{name}");
        assert!(made.stdout.contains(&format!("prog coverage {name}")), "{}", made.stdout);
        assert_begun(&folder, &name);
        let programme = fs::read_to_string(folder.join(&name).join("programme.prog")).expect("the programme");
        insta::with_settings!({ snapshot_path => "notices", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, programme);
        });
    }
}

#[test]
fn without_a_notice_there_is_a_skeleton() {
    let folder = scratch("new-empty");
    for (name, lang) in [("demo-2031", "en"), ("示范-2031", "zh"), ("2031", "zh")] {
        let made = run_in(&folder, &["new", name, "--lang", lang]);
        assert_eq!((made.code, made.stderr.as_str()), (0, ""), "{name}");
        assert_begun(&folder, name);
    }
    assert_eq!(run_in(&folder, &["new", ".."]).code, 2);
}

#[test]
fn what_is_there_is_never_touched() {
    let folder = scratch("new-there");
    prog_tests::write(&folder.join("demo/notes.md"), "mine");
    let again = run_in(&folder, &["new", "demo"]);
    assert!(again.code == 1 && again.stderr.contains("P0932"), "{again:?}");
    assert_eq!(fs::read_dir(folder.join("demo")).expect("the folder").count(), 1);
    let stages =
        fs::read_dir(&folder).expect("the folder").filter_map(Result::ok).filter(|e| e.file_name().to_string_lossy().contains("stage"));
    assert_eq!(stages.count(), 0);
}

#[test]
fn what_cannot_be_read_is_refused_with_what_to_do() {
    let folder = scratch("new-unreadable");
    let cases: [(&str, &[u8], &str); 5] = [
        ("empty.txt", b"", "no text in it"),
        ("old.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", ".docx"),
        ("scan.pdf", b"%PDF-1.7\n", "PDF"),
        ("rubbish.txt", b"\x00\x01\x02\xFF", "no text"),
        ("sheet.docx", b"PK\x03\x04", "damaged"),
    ];
    for (file, bytes, said) in cases {
        fs::write(folder.join(file), bytes).expect("written");
        let refused = run_in(&folder, &["new", "demo", "--from", file]);
        assert!(refused.code == 1 && refused.stderr.contains("P0931") && refused.stderr.contains(said), "{file}: {refused:?}");
        assert!(!folder.join("demo").exists(), "{file}");
    }
    let large = fs::File::create(folder.join("large.txt")).expect("created");
    large.set_len(100 * 1024 * 1024).expect("100 MB");
    let refused = run_in(&folder, &["new", "demo", "--from", "large.txt"]);
    assert!(refused.code == 1 && refused.stderr.contains("P0904"), "{refused:?}");
    assert_eq!(run(&["new", "no/such/demo", "--from", "no/such/notice.txt"]).code, 1);
}

#[test]
fn encodings_and_ends_of_lines_make_no_difference() {
    let folder = scratch("new-encodings");
    let text = fs::read_to_string(prog_tests::root().join("tests/tests/cli/notices/courts.txt")).expect("a notice");
    let marked = format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
    let utf16: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut programmes = Vec::new();
    for (name, bytes) in [("a", text.as_bytes()), ("b", marked.as_bytes()), ("c", utf16.as_slice())] {
        let path = folder.join(name);
        fs::create_dir_all(&path).expect("a folder");
        let made = run_with_in(&path, bytes);
        assert_eq!((made.code, made.stderr.as_str()), (0, ""), "{name}");
        programmes.push(fs::read_to_string(path.join("courts/programme.prog")).expect("the programme"));
    }
    assert!(programmes.windows(2).all(|pair| pair[0] == pair[1]));
    // 一、总则 in GB 18030
    let gbk = b"\xD2\xBB\xA1\xA2\xD7\xDC\xD4\xF2\n\xB8\xF7\xCF\xD8\xA1\xA3\n";
    let made = run_with(gbk, &["new", folder.join("gbk").to_str().expect("UTF-8"), "--from", "-", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&made.stdout).expect("JSON");
    assert_eq!((&told["found"]["read_as"], &told["found"]["chapters"]), (&"GB 18030".into(), &1.into()), "{made:?}");
}

fn run_with_in(folder: &Path, bytes: &[u8]) -> prog_tests::Run {
    fs::write(folder.join("notice"), bytes).expect("written");
    run_in(folder, &["new", "courts", "--from", "notice", "--lang", "zh"])
}

/// A proposal in the place where its first words belong.
fn placed(line: &str) -> String {
    let starts = |words: &[&str]| words.iter().any(|word| line.starts_with(word));
    if starts(&["stage ", "环节 "]) {
        format!("workflow {{ {line} }}\n")
    } else if starts(&["quota ", "名额 ", "table ", "表 ", "targets ", "目标 ", "let ", "计算 ", "material ", "材料 "]) {
        format!("{line}\n")
    } else if starts(&["some_text ", "some_choice ", "某栏 "]) {
        format!("form f \"f\" {{ part p \"p\" {{ {line} }} }}\n")
    } else if starts(&["effective ", "施行日期 "]) {
        String::new()
    } else {
        format!("track t \"t\" {{ {line} }}\n")
    }
}

#[test]
fn every_proposal_reads_as_the_language() {
    let mut lines = std::collections::BTreeSet::new();
    for entry in fs::read_dir(prog_tests::root().join("tests/tests/cli/notices")).expect("snapshots") {
        let text = fs::read_to_string(entry.expect("an entry").path()).expect("a text");
        let proposals = text.lines().filter_map(|l| l.trim().strip_prefix("// perhaps: ").or_else(|| l.trim().strip_prefix("// 也许：")));
        lines.extend(proposals.map(placed));
    }
    assert!(lines.len() > 40, "there are proposals");
    let text: String = lines.iter().map(String::as_str).collect();
    let check = run_with(format!("programme p \"p\" {{\n    issuer \"x\"\n{text}}}\n").as_bytes(), &["check", "-", "--format", "json"]);
    let list: serde_json::Value = serde_json::from_str(&check.stdout).expect("JSON");
    // P00: what does not fit its place.
    let unread: Vec<String> = list
        .as_array()
        .expect("a list")
        .iter()
        .filter(|d| d["code"].as_str().is_some_and(|c| c.starts_with("P00")))
        .map(|d| {
            format!(
                "{} {}: {}",
                d["code"],
                d["message"],
                text.lines().nth(d["span"]["start"]["line"].as_u64().unwrap_or(0) as usize - 3).unwrap_or("")
            )
        })
        .collect();
    assert!(unread.is_empty(), "{unread:#?}");
}
