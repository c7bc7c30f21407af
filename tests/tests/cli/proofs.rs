//! `prog check --proofs`: what was proved of the quotas, and what a smaller cap would make of it.

use prog_tests::{root, run, scratch, tree, write};

/// The first lines of the diagnostics with one of these codes.
fn said(path: &str, codes: &[&str]) -> String {
    let run = run(&["check", "--proofs", "--lang", "en", path]);
    let asked = |line: &&str| codes.iter().any(|code| line.contains(&format!("[{code}]")));
    run.stderr.lines().chain(run.stdout.lines()).filter(asked).map(|line| format!("{line}\n")).collect()
}

#[test]
fn quotas_that_can_be_kept_are_shown_to_be() {
    let said = said("programmes/heilongjiang-2024", &["P0317"]);
    assert!(said.contains("29 `示范区` can be sent, about 15 wanted: feasible"), "{said}");
    assert!(said.contains("42 `示范校` can be sent, at least 30 wanted: feasible"), "{said}");
}

#[test]
fn quotas_that_leave_no_choice_are_shown_to() {
    let said = said("programmes/zhejiang-2019", &["P0318"]);
    let equal =
        ["20 `区域` can be sent, and 20 are wanted", "20 `高校` can be counted, and 20 are wanted", "60 `学校` can be sent, and 60"];
    assert!(equal.iter().all(|words| said.contains(words)), "{said}");
}

#[test]
fn smaller_caps_are_shown_to_fall_short() {
    let folder = scratch("proofs-smaller-caps").join("heilongjiang-2024");
    for (path, bytes) in tree(&root().join("programmes/heilongjiang-2024")) {
        let text = String::from_utf8(bytes).expect("UTF-8");
        let text = text.replace("哈尔滨    | 5             | 6             | 2", "哈尔滨    | 5             | 2             | 2");
        write(
            &folder.join(path),
            text.replace("otherwise | 2             | 3             | 1", "otherwise | 2             | 2             | 1"),
        );
    }
    let said = said(folder.to_str().expect("UTF-8"), &["P0315"]);
    assert!(said.contains("26 < 30"), "{said}");
}
