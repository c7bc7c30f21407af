//! `prog diff`: what changed in effect, and for whom; `prog git-setup`.

use prog_tests::{Run, prog, root, run, scratch};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

const OLD: &str = "docs/example/diff/2024";
const NEW: &str = "docs/example/diff/2025";

/// Runs `prog diff` in a language.
fn diff(words: &[&str], lang: &str) -> Run {
    run(&[&["diff"], words, &["--lang", lang]].concat())
}

fn json(words: &[&str]) -> Value {
    let said = diff(&[words, &["--format", "json"]].concat(), "en");
    serde_json::from_str(&said.stdout).unwrap_or_else(|error| panic!("{error}: {said:?}"))
}

/// The changes as stable id and class.
fn classes(all: &Value) -> Vec<(String, String)> {
    let text = |v: &Value| v.as_str().expect("a text").to_owned();
    all["changes"].as_array().expect("changes").iter().map(|c| (text(&c["id"]), text(&c["class"]))).collect()
}

/// A copy of the old example with one thing written otherwise.
fn edited(name: &str, from: &str, to: &str) -> String {
    let folder = scratch(&format!("diff-{name}"));
    let text = fs::read_to_string(root().join(OLD).join("programme.prog")).expect("the example");
    assert!(text.contains(from), "{from}");
    fs::write(folder.join("programme.prog"), text.replacen(from, to, 1)).expect("written");
    folder.to_str().expect("UTF-8").to_owned()
}

#[test]
fn nothing_changed_prints_nothing() {
    for programme in prog_tests::programmes() {
        let path = programme.to_str().expect("UTF-8");
        let other = scratch("diff-keywords").join("p");
        copy(&programme, &other);
        let other = other.to_str().expect("UTF-8");
        // One programme is written in Chinese keywords, the others in English ones.
        let lang = if path.ends_with("moe-2019") { "en" } else { "zh" };
        assert_eq!(run(&["fmt", "--keywords", lang, "--quiet", other]).code, 0);
        let said = diff(&[path, other], lang);
        assert_eq!((said.code, said.stdout.as_str(), said.stderr.as_str()), (0, "", ""), "{path} {lang}");
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for file in fs::read_dir(from).expect("a folder").map(|e| e.expect("an entry").path()).filter(|p| p.is_file()) {
        fs::copy(&file, to.join(file.file_name().expect("a name"))).expect("copied");
    }
}

#[test]
fn each_change_has_its_class_and_mirror() {
    let forth = classes(&json(&[OLD, NEW]));
    let expected = [
        ("cell 上限.东区.数量 value", "looser"),
        ("fact school.books name", "editorial"),
        ("rule school.size label", "editorial"),
        ("rule school.size test", "stricter"),
        ("rule school.stock strength", "stricter"),
        ("rule school.民办学校 test", "equivalent"),
        ("stage school.报送 due", "in-flight"),
    ];
    let mut sorted = forth.clone();
    sorted.sort();
    assert_eq!(sorted, expected.map(|(id, class)| (id.to_owned(), class.to_owned())));
    let mirror = |class: &str| match class {
        "stricter" => "looser".to_owned(),
        "looser" => "stricter".to_owned(),
        same => same.to_owned(),
    };
    let mut back: Vec<_> = classes(&json(&[NEW, OLD])).into_iter().map(|(id, class)| (id, mirror(&class))).collect();
    let mut forth = forth;
    forth.sort();
    back.sort();
    assert_eq!(forth, back);
}

/// Edits that were once classed wrong: one hid behind a condition that several have to confirm together, one changes which entries are asked
/// for, one shows only where the entry itself is bad.
#[test]
fn what_hides_behind_other_conditions_is_found() {
    let edits = [
        ("heilongjiang-2024", "programme.prog", "in principle 申报主体 ", "require 申报主体 ", "stricter"),
        ("zhejiang-2019", "tracks.prog", "complete 封面公章 ", "require 封面公章 ", "stricter"),
        (
            "moe-2019",
            "programme.prog",
            "上海, 重庆, 新疆生产建设兵团 }\n\n        原则上",
            "上海, 重庆 }\n\n        原则上",
            "incomparable",
        ),
    ];
    for (programme, file, from, to, class) in edits {
        let old = root().join("programmes").join(programme);
        let new = scratch(&format!("diff-hidden-{programme}"));
        copy(&old, &new);
        let file = new.join(file);
        let text = fs::read_to_string(&file).expect("a programme");
        assert!(text.contains(from), "{from}");
        fs::write(&file, text.replacen(from, to, 1)).expect("written");
        let all = json(&[old.to_str().expect("UTF-8"), new.to_str().expect("UTF-8")]);
        assert_eq!(classes(&all).into_iter().map(|(_, class)| class).collect::<Vec<_>>(), [class], "{programme}");
    }
}

/// A holiday that is moved is a change of its own, and shows whom it hurts; what the calendar says beside it is none.
/// Groups of other keys do not stand beside one another: what the old version finds unmet is not told as met.
#[test]
fn other_groups_are_compared_as_a_whole() {
    let folder = scratch("diff-groups");
    let programme = |keys: &str, more: &str| {
        format!(
            "programme p \"p\" {{\n issuer \"o\"\n number unknown\n enum kind {{ a, b }}\n actor office\n track t {{ fact kind : kind  fact unit : Text  \
             fact top : YesNo }}\n quota q at s per {keys} : count(t) at most 2{more}\n workflow {{ stage s by office {{ on d -> end }} }}\n}}\n"
        )
    };
    let write = |name: &str, text: String| {
        fs::create_dir_all(folder.join(name)).expect("a folder");
        fs::write(folder.join(name).join("programme.prog"), text).expect("written");
        folder.join(name).to_str().expect("UTF-8").to_owned()
    };
    let old = write("old", programme("unit, kind", ""));
    let new = write("new", programme("unit, kind, top", " + (if top then 2 else 0)"));
    let said = diff(&[&old, &new], "en").stdout;
    assert!(said.contains("was unmet by q, is"), "{said}");
    assert!(!said.contains("was met"), "{said}");
}

#[test]
fn a_moved_holiday_shows_who_loses() {
    let source = "programme room \"Rooms\" {\n    issuer \"office\"; number unknown; timezone \"Asia/Shanghai\"\n    \
        calendar work from \"days.csv\" dated 2031-01-01\n    actor office\n    track room {\n        fact asked : Date\n        \
        fact answered : Date\n        require soon : answered on or before asked + 5 working days\n    }\n}\n";
    let version = |name: &str, lines: &str| {
        let folder = scratch(&format!("diff-days-{name}"));
        fs::write(folder.join("p.prog"), source).expect("written");
        fs::write(folder.join("days.csv"), format!("day,kind\n{lines}")).expect("written");
        folder.to_str().expect("UTF-8").to_owned()
    };
    let old = version("old", "2031-01-01,off\n2031-04-04,off\n2031-04-05,off\n");
    let said = |new: &str| classes(&json(&[&old, new]));
    assert_eq!(said(&version("same", "2031-04-04,off\n2031-01-01,off\n2031-01-04,off\n")), [], "a Saturday is off anyway");
    let moved = version("moved", "2031-01-01,off\n2031-04-03,off\n");
    let ids: Vec<String> = said(&moved).into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, ["day work.2031-04-03", "day work.2031-04-04"]);
    let shown = diff(&[&old, &moved], "en").stdout;
    assert!(shown.contains("is now rejected by soon"), "{shown}");
}

#[test]
fn a_reviewer_reads_who_loses_and_by_which_clause() {
    let said = diff(&[OLD, NEW], "zh");
    assert_eq!(said.code, 4);
    let flat: String = said.stdout.split_whitespace().collect();
    assert!(flat.contains("“学校申报”类的一份申报，在校生=1000：原来通过，现在不通过（规模一1）"), "{}", said.stdout);
    assert!(flat.contains("4份申报，区=东区：原来不符合（各区名额二），现在符合"), "{}", said.stdout);
    assert!(said.stdout.lines().all(|line| width(line) <= 80), "{}", said.stdout);
    let said = diff(&[OLD, NEW], "en");
    let flat = said.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("with 在校生 = 1000 was accepted, is now rejected by 规模 一1"), "{}", said.stdout);
    let swapped = diff(&[NEW, OLD], "en").stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(swapped.contains("with 在校生 = 1000 was rejected by 规模 一1, is now accepted"), "{swapped}");
}

fn width(line: &str) -> usize {
    line.chars().map(|c| if matches!(c as u32, 0x2E80..=0xFF60) { 2 } else { 1 }).sum()
}

#[test]
fn one_fact_is_one_change() {
    let cases = [
        ("when", "\"有专人管理\" : judged", "\"有专人管理\" when 民办 : judged", "rule school.care when", "looser"),
        ("gone", "        require 管理 as care [一3] \"有专人管理\" : judged by 区教育局\n", "", "rule school.care", "looser"),
        (
            "entry",
            "fact 民办 as private : YesNo\n",
            "fact 民办 as private : YesNo\nfact 说明 as remark : Text optional\n",
            "fact school.remark",
            "data",
        ),
        ("value", "{ 东区, 西区, 南区 }", "{ 东区, 西区, 南区, 北区 }", "value 区.北区", "data"),
        ("order", "{ 东区, 西区, 南区 }", "{ 西区, 东区, 南区 }", "enum 区 order", "editorial"),
        ("flip", "在校生 at least 1_000", "在校生 at most 1_000", "rule school.size test", "incomparable"),
        ("words", "\"民办学校优先\"", "\"民办学校优先考虑\"", "rule school.民办学校 label", "editorial"),
        ("ratio", "at least 20 * 在校生", "at least 25 * 在校生", "rule school.stock test", "stricter"),
        ("quota", "at most 上限[区].数量", "at least 上限[区].数量", "quota share test", "incomparable"),
        ("title", "\"校园阅读角\"", "\"校园书角\"", "programme label", "editorial"),
    ];
    for (name, from, to, id, class) in cases {
        let all = json(&[OLD, &edited(name, from, to)]);
        assert_eq!(classes(&all), [(id.to_owned(), class.to_owned())], "{name}");
        let witnesses = all["changes"][0]["witnesses"].as_array().expect("witnesses").len();
        let least = match class {
            "incomparable" => 2,
            "stricter" | "looser" => 1,
            _other => 0,
        };
        assert!(witnesses >= least, "{name}: {witnesses}");
    }
}

#[test]
fn fingerprints_approve_whatever_the_language() {
    let all = json(&[OLD, NEW]);
    let of = |all: &Value| -> Vec<String> {
        all["changes"].as_array().expect("changes").iter().map(|c| c["fingerprint"].as_str().expect("a text").to_owned()).collect()
    };
    let fingerprints = of(&all);
    assert!(fingerprints.iter().all(|f| f.len() == 12));
    let rewritten = scratch("diff-approved");
    copy(&root().join(NEW), &rewritten);
    assert_eq!(run(&["fmt", "--keywords", "zh", "--quiet", rewritten.to_str().expect("UTF-8")]).code, 0);
    let rewritten = rewritten.to_str().expect("UTF-8").to_owned();
    assert_eq!(of(&json(&[OLD, &rewritten])), fingerprints);

    let file = scratch("diff-approvals").join("approved.tsv");
    let lines: String = fingerprints.iter().map(|f| format!("{f}\t主任\t通知已改\t2025-01-02\n")).collect();
    fs::write(&file, format!("# 已批准\n{lines}")).expect("written");
    let path = file.to_str().expect("UTF-8");
    let said = diff(&[OLD, NEW, "--approved", path], "zh");
    assert_eq!((said.code, said.stderr.as_str()), (0, ""));
    assert!(said.stdout.contains("已由主任批准：通知已改，2025-01-02"), "{}", said.stdout);
    fs::write(&file, format!("{}\t主任\t通知已改\nffffffffffff\t主任\t旧的\n", fingerprints[0])).expect("written");
    let said = diff(&[OLD, NEW, "--approved", path], "zh");
    assert_eq!(said.code, 4);
    assert!(said.stderr.contains("ffffffffffff"), "{}", said.stderr);
    fs::write(&file, "oops\n").expect("written");
    assert_eq!(diff(&[OLD, NEW, "--approved", path], "zh").code, 1);
}

#[test]
fn review_comments_and_pages_say_the_same() {
    let page = scratch("diff-page").join("page.html");
    let said = diff(&[OLD, NEW, "--format", "markdown", "--html", page.to_str().expect("UTF-8")], "zh");
    assert_eq!(said.code, 4);
    assert!(said.stdout.starts_with("### 7 处改动"), "{}", said.stdout);
    let loses = said.stdout.find("**谁吃亏**").expect("who loses");
    let table = said.stdout.find("| 类别 |").expect("a table");
    assert!(loses < table, "{}", said.stdout);
    let page = fs::read_to_string(page).expect("a page");
    assert!(page.contains("Content-Security-Policy") && page.contains("default-src 'none'"));
    assert!(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"));
    for change in json(&[OLD, NEW])["changes"].as_array().expect("changes") {
        let fingerprint = change["fingerprint"].as_str().expect("a text");
        assert!(page.contains(fingerprint) && said.stdout.contains(fingerprint), "{fingerprint}");
    }
    assert_eq!(diff(&[OLD, OLD, "--format", "markdown"], "zh").stdout, "");
}

#[test]
fn real_cases_show_who_moves() {
    let said = diff(&[OLD, NEW, "--impact", "docs/example/diff/cases.ndjson"], "en");
    assert!(said.stdout.contains("4 cases: 2 worse off, 0 better off, 2 unchanged"), "{}", said.stdout);
    assert!(said.stdout.contains("line 1 a: accepted → rejected (规模 一1)"), "{}", said.stdout);
    let all = json(&[OLD, NEW, "--impact", "docs/example/diff/cases.ndjson"]);
    assert_eq!((&all["impact"]["cases"], &all["impact"]["worse"]), (&4.into(), &2.into()));
    assert_eq!(diff(&[OLD, NEW, "--impact", "nowhere.ndjson"], "en").code, 1);
}

fn git(folder: &Path, words: &[&str]) -> String {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]);
    let output = command.args(words).current_dir(folder).output().expect("git runs");
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn revisions_of_git_are_read_where_they_lie() {
    let folder = scratch("diff-git");
    copy(&root().join(OLD), &folder.join("p"));
    fs::create_dir_all(folder.join("p/own")).expect("a folder");
    git(&folder, &["init", "-q"]);
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "-qm", "old"]);
    copy(&root().join(NEW), &folder.join("p"));
    let said = |words: &[&str]| prog().args(["diff", "--lang", "en"]).args(words).current_dir(&folder).output().expect("prog runs");
    for old in ["HEAD:p", "HEAD:p/programme.prog", "main:p/"] {
        let run = said(&[old, "p"]);
        assert_eq!(run.status.code(), Some(4), "{old}: {}", String::from_utf8_lossy(&run.stderr));
    }
    assert_eq!(said(&["HEAD:p", "HEAD:p"]).status.code(), Some(0));
    let none = said(&["HEAD:q", "p"]);
    assert_eq!(none.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&none.stderr).contains("`HEAD:q` was not found"));
    assert_eq!(said(&["p", "nowhere"]).status.code(), Some(1));

    let setup = || prog().args(["git-setup", "--lang", "en"]).current_dir(&folder).output().expect("prog runs");
    assert!(String::from_utf8_lossy(&setup().stdout).starts_with("set up: diff.prog.textconv"));
    assert_eq!(String::from_utf8_lossy(&setup().stdout), "already set up; nothing was changed\n");
    assert_eq!(fs::read_to_string(folder.join(".gitattributes")).expect("attributes"), "*.prog diff=prog\n");
    let shown = Command::new("git").args(["diff", "-U0"]).current_dir(&folder).env("PATH", path()).output().expect("git runs");
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(
        shown
            .lines()
            .any(|l| l.starts_with("@@") && l.ends_with("stage 报送 by 区教育局 due 2024-06-30 [三] {") || l.contains("prefer 民办学校")),
        "{shown}"
    );
}

/// The search path with `prog` on it.
fn path() -> std::ffi::OsString {
    let own = prog_tests::binary().parent().expect("a folder").to_owned();
    let rest = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths([own].into_iter().chain(std::env::split_paths(&rest))).expect("a path")
}

/// Of several cells that changed, each shows whom it alone moves.
#[test]
fn a_cell_shows_its_own_witness() {
    let folder = scratch("diff-cells");
    let write = |name: &str, [a, b]: [u8; 2]| {
        let text = format!(
            "programme p \"p\" {{\n issuer \"o\"\n number unknown\n enum kind {{ a, b }}\n actor office\n track t {{ fact kind : kind }}\n table most by kind {{\n  \
             kind | n: Count\n  a | {a}\n  b | {b}\n }}\n quota q at s per kind : count(t) at most most[kind]\n workflow {{ stage s by office {{ on d -> end }} }}\n}}\n"
        );
        fs::create_dir_all(folder.join(name)).expect("a folder");
        fs::write(folder.join(name).join("programme.prog"), text).expect("written");
        folder.join(name).to_str().expect("UTF-8").to_owned()
    };
    let said = diff(&[&write("old", [6, 4]), &write("new", [5, 5])], "en").stdout;
    let of = |cell: &str| said.split(cell).nth(1).expect("the cell").split("cell").next().expect("its lines");
    assert!(of("most.a.n").contains("kind = a was met, is now unmet"), "{said}");
    assert!(of("most.b.n").contains("kind = b was unmet by q, is now met"), "{said}");
}
