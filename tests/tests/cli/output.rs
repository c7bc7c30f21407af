//! Languages, colours, formats, usage, pages.

use prog_tests::{finish, prog, run, run_with};
use std::process::Stdio;

#[test]
fn the_locale_chooses_the_language_and_lang_overrides_it() {
    let words = |variables: &[(&str, &str)], arguments: &[&str]| {
        let mut command = prog();
        command.args(["check", "no/such/place"]).args(arguments);
        finish(command.envs(variables.iter().copied())).stderr
    };
    assert!(words(&[], &[]).starts_with("error[P0901]"));
    assert!(words(&[("LANG", "zh_CN.UTF-8")], &[]).starts_with("错误[P0901]"));
    assert!(words(&[("LC_ALL", "en_US.UTF-8"), ("LANG", "zh_CN.UTF-8")], &[]).starts_with("error[P0901]"));
    assert!(words(&[], &["--lang", "zh"]).starts_with("错误[P0901]"));
    assert!(words(&[("LANG", "zh_CN.UTF-8")], &["--lang", "en"]).starts_with("error[P0901]"));
}

#[test]
fn colours_only_where_asked_for() {
    let coloured = |arguments: &[&str]| run(&[&["check", "no/such/place"], arguments].concat()).stderr.contains('\u{1b}');
    assert!(!coloured(&[]));
    assert!(coloured(&["--color", "always"]));
    assert!(!coloured(&["--color", "never"]));
}

#[test]
fn the_help_line_comes_last_and_names_the_page() {
    let shown = run(&["check", "no/such/place", "--quiet"]).stderr;
    assert!(shown.trim_end().ends_with("see prog explain P0901"), "{shown}");
}

#[test]
fn formats_for_tools_go_to_stdout() {
    let sarif = run(&["check", "no/such/place", "--format", "sarif"]);
    let log: serde_json::Value = serde_json::from_str(&sarif.stdout).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    assert_eq!(log["runs"][0]["results"][0]["ruleId"], "P0901");
    let github = run(&["check", "no/such/place", "--format", "github"]);
    assert!(github.stdout.starts_with("::error file=no/such/place,line=1,col=1,"), "{}", github.stdout);
    assert_eq!((sarif.code, github.code), (1, 1));
    let none = run_with(super::SOUND.as_bytes(), &["check", "-", "--format", "json"]);
    assert_eq!((none.code, none.stdout.as_str()), (0, "[]\n"));
}

#[test]
fn wrong_usage_exits_2() {
    for arguments in [&["chek"][..], &["check", "--no-such"], &["build"], &["check", "--lang", "fr"], &["explain", "P9999"], &[]] {
        assert_eq!(run(arguments).code, 2, "{arguments:?}");
    }
    for arguments in [&["--help"][..], &["check", "--help"], &["--version"]] {
        assert_eq!(run(arguments).code, 0, "{arguments:?}");
    }
}

#[test]
fn help_is_in_the_reader_s_language() {
    let zh = run(&["check", "--help", "--lang", "zh"]);
    assert!(zh.code == 0 && zh.stdout.contains("用法：prog check") && zh.stdout.contains("通知原文"), "{zh:?}");
    let en = run(&["check", "--help"]);
    assert!(en.code == 0 && en.stdout.contains("Usage: prog check"), "{en:?}");
}

#[test]
fn completions_and_manual_are_there_for_packagers() {
    for arguments in [&["completions", "bash"][..], &["completions", "zsh"], &["completions", "fish"], &["completions", "elvish"], &["man"]]
    {
        let en = run(arguments);
        assert!(en.code == 0 && en.stdout.contains("evaluate"), "{arguments:?}");
        let zh = run(&[arguments, &["--lang", "zh"]].concat());
        let told = arguments[1..] == ["bash"] || zh.stdout.contains("评估一份申报");
        assert!(zh.code == 0 && told, "{arguments:?}");
    }
}

#[test]
fn explain_prints_the_page_in_both_languages() {
    let zh = run(&["explain", "P0905", "--lang", "zh"]);
    assert!(zh.code == 0 && zh.stdout.starts_with("P0905 不是 UTF-8 文本"), "{zh:?}");
    let en = run(&["explain", "p905"]);
    assert!(en.code == 0 && en.stdout.starts_with("P0905 Not UTF-8 text"), "{en:?}");
    let all = run(&["explain"]);
    assert!(all.code == 0 && all.stdout.lines().count() > 10, "{all:?}");
}

#[cfg(unix)]
#[test]
fn a_reader_that_leaves_early_is_no_fault() {
    let mut child = prog().arg("explain").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("prog starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("prog ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}
