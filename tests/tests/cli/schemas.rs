//! What `prog` prints for tools fits the schemas that `prog schema` publishes; SARIF and GitHub annotations have their own shapes.

use crate::emit::tools;
use prog_tests::{root, run, run_in, run_with, scratch};
use serde_json::{Value, json};

/// Asserts that each instance fits its schema, all in one run of the validator.
fn assert_fit(pairs: &[(&str, String, String)]) {
    let lines = pairs.iter().enumerate().flat_map(|(index, (_, schema, instance))| {
        [json!({ "schema": schema }).to_string(), json!({ "use": index, "instance": instance }).to_string()]
    });
    let answers = tools::python("schemas.py", &lines.map(|line| line + "\n").collect::<String>());
    for ((name, _, instance), answer) in pairs.iter().zip(answers.lines().skip(1).step_by(2)) {
        assert_eq!(answer, "true", "{name}: {instance}");
    }
}

fn schema(verb: &str) -> String {
    let printed = run(&["schema", verb]);
    assert_eq!(printed.code, 0, "{verb}");
    printed.stdout
}

/// A file with a fault that has a fix, one without a place, warnings and notes.
const FAULTY: &str = "programme demo \"示范\" {\n    issuer \"厅\"\n    notice { clause 五 \"甲\" as 甲 { (一) } clause 五 \"乙\" as 乙 { (一) } clause 六 \"丙\" }\n    actor 校 [五(一)]\n}\n";

/// A file with a warning.
const UNCITED: &str = "programme demo \"示范\" {\n    issuer \"厅\"\n    number unknown\n    notice { clause 一 \"甲\" }\n}\n";

/// `old.prog` and `new.prog`, in which one number differs.
fn two_versions(folder: &std::path::Path) {
    let old = r#"programme demo "示范" {
    issuer "厅"
    number unknown
    track 校 "学校" {
        fact 人数 : Count
        require 规模 "至少100人" : 人数 at least 100
    }
    scenario "够大" { given 校 { 人数: 120 }  expect 规模 met }
    scenario "不够大" { given 校 { 人数: 90 }  expect 规模 met }
}
"#;
    prog_tests::write(&folder.join("old.prog"), old);
    prog_tests::write(&folder.join("new.prog"), old.replace("at least 100", "at least 110"));
}

#[test]
fn what_each_verb_prints_fits_its_schema() {
    let folder = scratch("schemas");
    let out = folder.join("out").to_string_lossy().into_owned();
    let begun = folder.join("begun").to_string_lossy().into_owned();
    two_versions(&folder);
    let case = ["evaluate", "programmes/heilongjiang-2024", "docs/example/area.json"];
    let batch = run(&["table", "import", "programmes/zhejiang-2019", "docs/example/list.csv", "--key", "杭州"]).stdout;
    let runs = [
        ("check", run_with(FAULTY.as_bytes(), &["check", "-", "--format", "json"])),
        ("check", run(&["check", "no/such/place", "--format", "json"])),
        ("build", run(&["build", "programmes/moe-2019", "--target", "model", "--out", &out, "--format", "json"])),
        ("coverage", run(&["coverage", "programmes/moe-2019", "--format", "json"])),
        ("new", run(&["new", &begun, "--from", "docs/example/notice.txt", "--format", "json"])),
        ("coverage", run(&["coverage", &begun, "--format", "json"])),
        ("diff", run_in(&folder, &["diff", "old.prog", "new.prog", "--format", "json"])),
        ("evaluate", run(&case)),
        ("evaluate", run(&[&case[..], &["--explain"]].concat())),
        ("evaluate", run_with(batch.as_bytes(), &["evaluate", "programmes/zhejiang-2019", "--batch", "-", "--at", "推荐"])),
        ("explain", run(&["explain", "P0107", "--format", "json"])),
        ("explain", run(&["explain", "--format", "json", "--lang", "zh"])),
        ("fmt", run(&["fmt", "--check", "programmes/moe-2019", "--format", "json"])),
        ("select", run(&["select", super::select::PROGRAMME, super::select::BATCH, "--format", "json"])),
        ("targets", run(&["targets", "programmes/chongqing-2018", "docs/example/plan.ndjson", "--on", "2021-06-30"])),
        ("test", run_in(&folder, &["test", "old.prog", "--format", "json"])),
    ];
    let mut pairs = Vec::new();
    for (verb, ran) in &runs {
        assert!([0, 1, 3, 4].contains(&ran.code) && !ran.stdout.is_empty(), "{verb}: {ran:?}");
        // A verb prints one document, or one a line.
        let documents: Vec<String> = match serde_json::from_str::<Value>(&ran.stdout) {
            Ok(_) => vec![ran.stdout.clone()],
            Err(_) => ran.stdout.lines().map(str::to_owned).collect(),
        };
        pairs.extend(documents.into_iter().map(|document| (*verb, schema(verb), document)));
    }
    assert_fit(&pairs);
    let listed = run(&["schema"]).stdout;
    for verb in listed.lines() {
        assert!(runs.iter().any(|(ran, _)| *ran == verb), "no output of {verb} is held to its schema");
    }
}

#[test]
fn sarif_has_the_published_shape() {
    let shape = std::fs::read_to_string(root().join("tests/tests/cli/sarif.schema.json")).expect("the shape");
    let runs = [
        run_with(FAULTY.as_bytes(), &["check", "-", "--format", "sarif"]),
        run(&["check", "no/such place/的", "--format", "sarif", "--lang", "zh"]),
        run_with(b"", &["check", "-", "--format", "sarif"]),
        run_with(UNCITED.as_bytes(), &["check", "-", "--format", "sarif"]),
    ];
    assert!(runs[0].stdout.contains("\"fixes\"") && runs[3].stdout.contains("\"warning\""), "{runs:?}");
    assert_fit(&runs.map(|ran| ("sarif", shape.clone(), ran.stdout)));
}

#[test]
fn github_annotations_are_one_line_each_and_escaped() {
    let folder = scratch("github");
    prog_tests::write(&folder.join("a,b: 100%/x.prog"), FAULTY);
    let ran = run_in(&folder, &["check", "a,b: 100%", "--format", "github"]);
    assert!(ran.code == 1 && !ran.stdout.is_empty(), "{ran:?}");
    for line in ran.stdout.lines() {
        let kind = ["::error ", "::warning ", "::notice "].iter().any(|start| line.starts_with(start));
        assert!(kind && line.contains("file=a%2Cb%3A 100%25/x.prog,line="), "{line}");
        assert!(line.contains(",title=P0") && line.matches("::").count() >= 2, "{line}");
    }
}

#[test]
fn colours_follow_the_option_then_the_environment() {
    let coloured = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = prog_tests::prog();
        command.args(["check", "no/such/place"]).args(arguments).envs(variables.iter().copied());
        prog_tests::finish(&mut command).stderr.contains('\u{1b}')
    };
    assert!(!coloured(&["--color", "auto"], &[]), "no terminal");
    assert!(coloured(&["--color", "always"], &[("NO_COLOR", "1")]), "what is asked for by name comes first");
    assert!(!coloured(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    let json = run(&["check", "no/such/place", "--color", "always", "--format", "json"]);
    assert!(!json.stdout.contains('\u{1b}'), "colours are for people");
}

/// The exit codes that the README lists.
#[test]
fn exit_codes_are_those_of_the_readme() {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("the README");
    let folder = scratch("codes");
    two_versions(&folder);
    let same = run_in(&folder, &["diff", "old.prog", "old.prog"]);
    let cases = [
        (0, run_in(&folder, &["check", "old.prog"])),
        (0, same),
        (1, run(&["check", "no/such/place"])),
        (2, run(&["check", "--no-such-option"])),
        (3, run(&["evaluate", "programmes/heilongjiang-2024", "docs/example/area.json"])),
        (4, run_in(&folder, &["diff", "old.prog", "new.prog"])),
    ];
    for (code, ran) in cases {
        assert_eq!(ran.code, code, "{ran:?}");
        assert!(readme.contains(&format!("| {code} |")), "the README says what {code} means");
    }
    // 101 asks for a report; nothing that a test could give it leads there.
    assert!(readme.contains("| 101 |"));
}
