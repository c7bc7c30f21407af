//! `prog fmt`: writes what reads back as the same, touches nothing else, and leaves what it does not understand.

use super::SOUND;
use prog_tests::{root, run, run_in, run_with, scratch, write};
use std::fs;
use std::path::Path;

/// A copy of a programme, in English words, one in Chinese words, and the library.
fn copy(name: &str) -> std::path::PathBuf {
    let folder = scratch(name);
    for (path, bytes) in ["programmes/heilongjiang-2024", "programmes/chongqing-2018", "stdlib"]
        .iter()
        .flat_map(|top| prog_tests::tree(&root().join(top)).into_iter().map(move |(path, bytes)| (format!("{top}/{path}"), bytes)))
    {
        write(&folder.join(path), bytes);
    }
    folder
}

fn sources(folder: &Path) -> Vec<(String, String)> {
    let text = |(path, bytes): (String, Vec<u8>)| path.ends_with(".prog").then(|| (path, String::from_utf8(bytes).expect("UTF-8")));
    prog_tests::tree(folder).into_iter().filter_map(text).collect()
}

#[test]
fn formatting_again_changes_nothing_and_keywords_come_back() {
    let folder = copy("fmt-repository");
    let path = folder.to_str().expect("UTF-8");
    let fmt = |options: &[&str]| {
        let done = run(&[&["fmt", path], options].concat());
        assert_eq!(done.code, 0, "{done:?}");
        sources(&folder)
    };
    let first = fmt(&[]);
    assert_eq!(run(&["fmt", "--check", path]).code, 0);
    let chinese = fmt(&["--keywords", "zh"]);
    let english = fmt(&["--keywords", "en"]);
    assert_ne!(chinese, english);
    assert_eq!(fmt(&["--keywords", "zh"]), chinese);
    assert_eq!(fmt(&["--keywords", "en"]), english);
    // Every file was mostly in one language before: that one is kept.
    assert!(first.iter().all(|file| chinese.contains(file) || english.contains(file)));
    let checked = run(&["check", folder.join("programmes").to_str().expect("UTF-8")]);
    assert_eq!(checked.code, 0, "{}", checked.stderr);
}

#[test]
fn check_lists_and_diff_shows_but_neither_writes() {
    let folder = scratch("fmt-check");
    let loose = "programme  demo   \"示范\"{\nissuer  \"省教育厅\"\n}\n";
    write(&folder.join("a.prog"), loose);
    write(&folder.join("lib/b.prog"), "enum 甲 { 乙, 丙 }\n");
    let path = folder.to_str().expect("UTF-8");
    let checked = run(&["fmt", "--check", path]);
    assert_eq!((checked.code, checked.stdout.ends_with("a.prog\n")), (1, true), "{checked:?}");
    assert_eq!(checked.stdout.lines().count(), 1);
    let shown = run(&["fmt", "--diff", path]);
    assert_eq!(shown.code, 0);
    assert!(
        shown.stdout.contains("\n-issuer  \"省教育厅\"\n+programme demo \"示范\" {\n+    issuer     \"省教育厅\"\n"),
        "{}",
        shown.stdout
    );
    assert_eq!(fs::read_to_string(folder.join("a.prog")).expect("a file"), loose);
    let listed = run(&["fmt", "--format", "json", path]);
    assert!(listed.stdout.contains("a.prog\""), "{listed:?}");
    assert_eq!(run(&["fmt", "--check", path]).code, 0);
}

#[test]
fn foreign_ends_of_lines_and_marks_go() {
    let file = scratch("fmt-crlf").join("a.prog");
    write(&file, format!("\u{FEFF}{}", SOUND.replace('\n', "\r\n")));
    let path = file.to_str().expect("UTF-8");
    assert_eq!(run(&["fmt", "--check", path]).code, 1);
    assert_eq!(run(&["fmt", path]).code, 0);
    assert_eq!(fs::read_to_string(&file).expect("a file"), SOUND);
}

#[test]
fn what_is_not_understood_stays_and_is_told() {
    let text = "方案 甲 \"x\" {\n  主体   乙\n // 先说\n 名额 坏 [] 于  ：：  // 后说\n 主体 丙   // 注\n}\n";
    let done = run_with(text.as_bytes(), &["fmt", "-"]);
    assert_eq!(done.code, 1);
    assert!(done.stderr.contains("P0001"), "{}", done.stderr);
    assert_eq!(done.stdout, "方案 甲 \"x\" {\n    主体 乙\n    // 先说\n    名额 坏 [] 于  ：：  // 后说\n    主体 丙  // 注\n}\n");
}

#[test]
fn full_width_marks_become_the_usual_ones() {
    let done = run_with("选项 甲 ｛ 乙，丙 ｝\n".as_bytes(), &["fmt", "-"]);
    assert_eq!((done.code, done.stdout.as_str()), (0, "选项 甲 { 乙, 丙 }\n"), "{done:?}");
}

#[test]
fn one_file_is_laid_out_alone_and_one_that_is_not_there_is_told() {
    let folder = scratch("fmt-one");
    write(&folder.join("a.prog"), SOUND);
    write(&folder.join("b.prog"), "actor   甲\n");
    assert_eq!(run(&["fmt", "--check", folder.join("a.prog").to_str().expect("UTF-8")]).code, 0);
    assert_eq!(run(&["fmt", "--check", folder.join("b.prog").to_str().expect("UTF-8")]).code, 1);
    let missing = run_in(&folder, &["fmt", "c.prog"]);
    assert!(missing.code == 1 && missing.stderr.contains("P0901"), "{missing:?}");
}
