//! `prog build`: all or nothing, the same bytes each time, nothing touched that does not change.

use super::SOUND;
use prog_tests::{Run, finish, prog, run, scratch, tree, write};
use std::fs;
use std::path::Path;

fn build(source: &Path, out: &Path) -> Run {
    run(&["build", source.to_str().expect("UTF-8"), "--out", out.to_str().expect("UTF-8")])
}

#[test]
fn two_builds_are_byte_identical_and_the_second_touches_nothing() {
    let folder = scratch("build-twice");
    write(&folder.join("in/programme.prog"), SOUND);
    let first = build(&folder.join("in"), &folder.join("a"));
    assert_eq!((first.code, first.stderr.as_str()), (0, ""));
    assert_eq!(build(&folder.join("in"), &folder.join("b")).code, 0);
    let files = tree(&folder.join("a"));
    assert_eq!(files, tree(&folder.join("b")));
    assert!(files.contains_key("demo_2024/manifest.json") && files.contains_key("demo_2024/programme.json"), "{:?}", files.keys());
    let times = |out: &str| -> Vec<_> {
        files.keys().map(|f| fs::metadata(folder.join(out).join(f)).and_then(|m| m.modified()).expect("a time")).collect()
    };
    let before = times("a");
    assert_eq!(build(&folder.join("in"), &folder.join("a")).code, 0);
    assert_eq!(times("a"), before);
}

#[test]
fn files_that_only_the_old_manifest_lists_go_and_others_stay() {
    let folder = scratch("build-removes");
    let out = folder.join("out/demo_2024");
    write(&folder.join("in/programme.prog"), SOUND);
    write(&out.join("manifest.json"), r#"{"files":[{"path":"old/gone.json"},{"path":"../kept.txt"}]}"#);
    write(&out.join("old/gone.json"), "ours");
    write(&out.join("notes.txt"), "not ours");
    write(&folder.join("out/kept.txt"), "outside");
    assert_eq!(build(&folder.join("in"), &folder.join("out")).code, 0);
    assert!(!out.join("old").exists());
    assert!(out.join("notes.txt").exists() && folder.join("out/kept.txt").exists());
}

#[test]
fn an_error_replaces_nothing_of_that_programme_and_lets_the_others_be_built() {
    let folder = scratch("build-error");
    write(&folder.join("in/a/programme.prog"), SOUND);
    assert_eq!(build(&folder.join("in"), &folder.join("out")).code, 0);
    let before = tree(&folder.join("out"));
    write(&folder.join("in/a/programme.prog"), SOUND.replace("unknown", "number number"));
    write(&folder.join("in/b/programme.prog"), SOUND.replace("demo_2024", "demo_2025"));
    assert_eq!(build(&folder.join("in"), &folder.join("out")).code, 1);
    let after = tree(&folder.join("out"));
    assert!(before.iter().all(|(path, bytes)| after.get(path) == Some(bytes)));
    assert!(after.contains_key("demo_2025/manifest.json"));
}

#[test]
fn an_unwritable_target_is_said_and_nothing_is_left_behind() {
    let folder = scratch("build-unwritable");
    write(&folder.join("in/programme.prog"), SOUND);
    write(&folder.join("out"), "a file");
    let run = build(&folder.join("in"), &folder.join("out"));
    assert!(run.code == 1 && run.stderr.contains("P0913"), "{run:?}");
    let run = build(&folder.join("in"), &folder.join("out/deeper"));
    assert!(run.code == 1 && run.stderr.contains("P0913"), "{run:?}");
    assert_eq!(tree(&folder).keys().collect::<Vec<_>>(), ["in/programme.prog", "out"]);
    write(&folder.join("half/demo_2024/manifest.json/x"), "a folder where a file is to be");
    let run = build(&folder.join("in"), &folder.join("half"));
    assert!(run.code == 1 && run.stderr.contains("P0913"), "{run:?}");
    assert_eq!(tree(&folder.join("half")).keys().collect::<Vec<_>>(), ["demo_2024/manifest.json/x"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_nothing_is_half_written() {
    let folder = scratch("build-full");
    write(&folder.join("in/programme.prog"), SOUND);
    assert_eq!(build(&folder.join("in"), &folder.join("out")).code, 0);
    let before = tree(&folder.join("out"));
    write(&folder.join("in/programme.prog"), SOUND.replace("省教育厅", "市教育局"));
    // No file may grow beyond one block: to the program this is a disk without space.
    let script = "trap '' XFSZ; ulimit -f 0; exec \"$@\"";
    let mut command = std::process::Command::new("bash");
    command.args(["-c", script, "full"]).arg(prog().get_program()).arg("build").arg(folder.join("in")).arg("--out").arg(folder.join("out"));
    let run = finish(command.env("LANG", "C"));
    assert!(run.code == 1 && run.stderr.contains("P0913") && run.stderr.contains("disk is full"), "{run:?}");
    assert_eq!(tree(&folder.join("out")), before);
}

#[test]
fn two_programmes_of_one_name() {
    let folder = scratch("build-same-name");
    write(&folder.join("in/a/programme.prog"), SOUND);
    write(&folder.join("in/b/programme.prog"), SOUND);
    let run = build(&folder.join("in"), &folder.join("out"));
    assert!(run.code == 1 && run.stderr.contains("P0914"), "{run:?}");
}

#[test]
fn no_programme_to_build() {
    let folder = scratch("build-module");
    write(&folder.join("kinds.prog"), "enum 学段 { 小学, 初中 }\n");
    let run = build(&folder, &folder.join("out"));
    assert!(run.code == 1 && run.stderr.contains("P0909"), "{run:?}");
}

#[test]
fn a_dialect_asked_for_by_name_holds_everything_or_is_refused() {
    let folder = scratch("build-dialect");
    let source =
        "programme t \"t\" {\ntimezone \"Asia/Shanghai\"\ntrack t {\nfact rate : Decimal(6)\nnote given \"g\" : rate at least 1\n}\n}\n";
    write(&folder.join("in/programme.prog"), source);
    let build = |target: &str| {
        let out = folder.join(target);
        let (input, out) = (folder.join("in"), out.to_string_lossy().into_owned());
        run(&["build", &input.to_string_lossy(), "--out", &out, "--target", target, "--lang", "en"])
    };
    let refused = build("sqlite");
    assert_eq!(refused.code, 1);
    assert!(refused.stderr.contains("P0920") && refused.stderr.contains("more than 64 bits"), "{}", refused.stderr);
    assert_eq!(build("duckdb").code, 0);
    assert_eq!(build("sql").code, 0);
    let manifest = fs::read_to_string(folder.join("sql/t/manifest.json")).expect("a manifest");
    let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
    let file = manifest["files"].as_array().and_then(|files| files.iter().find(|f| f["path"] == "validators/sql/sqlite.sql"));
    assert_eq!(file.map(|f| f["not_carried"].clone()), Some(serde_json::json!(["given"])));
}
