//! `--target-dir`: targets of other people, as `docs/writing-a-target.md` shows them.

use prog_tests::{root, run, scratch, tree, write};
use std::path::Path;

const PROGRAMME: &str = "programmes/heilongjiang-2024";

fn built(folders: &[&Path], name: &str) -> (prog_tests::Run, std::collections::BTreeMap<String, Vec<u8>>) {
    let out = scratch(name);
    let mut words = vec!["--lang".to_owned(), "en".to_owned(), "build".to_owned(), PROGRAMME.to_owned()];
    words.extend(["--target".to_owned(), "model".to_owned(), "--out".to_owned(), out.to_string_lossy().into_owned()]);
    for folder in folders {
        words.extend(["--target-dir".to_owned(), folder.to_string_lossy().into_owned()]);
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    (run(&words), tree(&out))
}

/// A folder of one target made of these files.
fn target(name: &str, files: &[(&str, &str)]) -> std::path::PathBuf {
    let folder = scratch(name);
    files.iter().for_each(|(file, text)| write(&folder.join(file), text));
    folder
}

/// The blocks of the guide whose fence names a file.
fn blocks() -> Vec<(String, String)> {
    let guide = std::fs::read_to_string(root().join("docs/writing-a-target.md")).expect("the guide");
    let mut blocks = Vec::new();
    for part in guide.split("\n```").skip(1).step_by(2) {
        let (head, body) = part.split_once('\n').expect("a fence's line");
        if let Some((_, file)) = head.split_once(' ') {
            blocks.push((file.to_owned(), format!("{body}\n")));
        }
    }
    blocks
}

#[test]
fn the_guide_shows_the_files_that_stand_there() {
    let blocks = blocks();
    assert_eq!(blocks.len(), 6);
    for (file, body) in blocks.iter().filter(|(file, _)| file.starts_with("docs/")) {
        let text = std::fs::read_to_string(root().join(file)).expect("a file of the example");
        assert_eq!(text, *body, "{file}");
    }
}

#[test]
fn both_examples_are_built() {
    let example = root().join("docs/example");
    let (run, files) = built(&[&example.join("checklist"), &example.join("words")], "own-targets");
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let text = |path: &str| String::from_utf8(files[&format!("heilongjiang_2024/{path}")].clone()).expect("UTF-8");
    let model: serde_json::Value = serde_json::from_str(&text("programme.json")).expect("JSON");
    let shown = blocks().into_iter().find(|(file, _)| file == "checklist/index.md").expect("the result").1;
    assert_eq!(text("checklist/index.md").trim_end(), shown.replace("VERSION", model["version"].as_str().expect("a version")).trim_end());
    let area = text("checklist/示范区.md");
    assert_eq!(area.matches("- [ ] ").count(), 15 + 4);
    assert!(area.contains("- [ ] 边境县（市、区） (encourage, 程序(一))"), "{area}");
    assert!(text("words/示范校.tsv").lines().count() == 12);
    let manifest: serde_json::Value = serde_json::from_str(&text("manifest.json")).expect("JSON");
    assert_eq!(manifest["targets"], serde_json::json!(["model", "checklist", "words"]));
    assert_eq!(manifest["files"].as_array().expect("files").iter().filter(|f| f["kind"] == "own target").count(), 5);
}

/// A faulty target gives this first line, and nothing is written.
fn refused(name: &str, files: &[(&str, &str)], expected: &str) {
    let folder = target(&format!("own-{name}"), files);
    let (run, files) = built(&[&folder], &format!("own-{name}-out"));
    assert_eq!(run.code, 1, "{}", run.stderr);
    let first = run.stderr.lines().next().unwrap_or_default();
    assert!(first.starts_with(expected), "{name}: {first}");
    assert!(files.is_empty(), "{name}: {files:?}");
}

#[test]
fn what_is_wrong_with_a_target_is_told_at_its_place() {
    let one = r#"{ "name": "list", "files": [{ "template": "a.tera", "path": "a.txt" }] }"#;
    refused("json", &[("target.json", "{")], "error[P0917] target.json is not as it should be: EOF");
    refused(
        "member",
        &[("target.json", r#"{ "name": "list", "file": [] }"#)],
        "error[P0917] target.json is not as it should be: unknown field `file`",
    );
    refused("name", &[("target.json", r#"{ "name": "Liste", "command": ["x"] }"#)], "error[P0917] the target's name `Liste` may hold");
    refused("taken", &[("target.json", r#"{ "name": "schema", "command": ["x"] }"#)], "error[P0917] the target's name `schema` is taken");
    refused("neither", &[("target.json", r#"{ "name": "list" }"#)], "error[P0917] `list` needs `files` or `command`");
    refused("missing", &[("target.json", one)], "error[P0901]");
    refused("syntax", &[("target.json", one), ("a.tera", "a\n{% endfro %}")], "error[P0918] template a.tera, line 2, `endfro`: ");
    refused(
        "member-of-model",
        &[("target.json", one), ("a.tera", "{{ programme.titel }}")],
        "error[P0918] template a.tera, line 1, `titel`: ",
    );
    let each = r#"{ "name": "list", "files": [{ "template": "a.tera", "path": "{{ one.no }}", "each": "LIST" }] }"#;
    refused("list", &[("target.json", each), ("a.tera", "")], "error[P0917] the model has no list `LIST`");
    refused(
        "path",
        &[("target.json", &each.replace("LIST", "tracks")), ("a.tera", "")],
        "error[P0918] the path `{{ one.no }}` can't be worked out",
    );
    refused(
        "twice",
        &[("target.json", &each.replace("LIST", "tracks").replace("one.no", "1")), ("a.tera", "")],
        "error[P0917] the target `list` writes the file `1` twice",
    );
    let outside = one.replace("a.txt", "../a.txt");
    refused("outside", &[("target.json", &outside), ("a.tera", "")], "error[P0917] the target `list` would write `../a.txt`");
    refused(
        "no-program",
        &[("target.json", r#"{ "name": "list", "command": ["no-such-program"] }"#)],
        "error[P0919] the program of the target `list` did not finish",
    );
    let fails = r#"{ "name": "list", "command": ["python3", "a.py"] }"#;
    refused(
        "program",
        &[("target.json", fails), ("a.py", "import sys; sys.exit('no luck')")],
        "error[P0919] the program of the target `list` did not finish",
    );
}
