//! What a PATH may be: a file, a programme's folder, a folder of programmes, standard input.

use super::{SOUND, codes};
use prog_tests::{run, run_in, run_with, scratch, write};

const FAULTY: &str = "programme faulty_2024 {\n    issuer issuer issuer\n}\n";

#[test]
fn silent_when_all_is_well() {
    let folder = scratch("sound");
    write(&folder.join("programme.prog"), SOUND);
    let file = folder.join("programme.prog");
    for path in [folder.to_str(), file.to_str()] {
        let run = run(&["check", path.expect("UTF-8")]);
        assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (0, "", ""));
    }
    let here = run_in(&folder, &["check"]);
    assert_eq!((here.code, here.stdout.as_str(), here.stderr.as_str()), (0, "", ""));
    let stdin = run_with(SOUND.as_bytes(), &["check", "-"]);
    assert_eq!((stdin.code, stdin.stdout.as_str(), stdin.stderr.as_str()), (0, "", ""));
}

#[test]
fn a_folder_of_programmes_is_searched_at_any_depth_and_no_fault_hides_another() {
    let folder = scratch("many");
    write(&folder.join("2024/spring/programme.prog"), SOUND);
    write(&folder.join("2024/autumn/programme.prog"), FAULTY);
    write(&folder.join("2025/programme.prog"), FAULTY);
    write(&folder.join("2026/programme.prog"), b"\xFF\xFE\x00");
    write(&folder.join(".git/programme.prog"), FAULTY);
    let result = run(&["check", folder.to_str().expect("UTF-8"), "--format", "json"]);
    assert_eq!(result.code, 1);
    let list: serde_json::Value = serde_json::from_str(&result.stdout).expect("JSON");
    let mut files: Vec<&str> = list.as_array().expect("an array").iter().filter_map(|d| d["file"].as_str()).collect();
    files.sort_unstable();
    files.dedup();
    let ends: Vec<bool> = ["2024/autumn", "2025", "2026"].iter().map(|part| files.iter().any(|f| f.contains(part))).collect();
    assert_eq!((files.len(), ends), (3, vec![true; 3]), "{files:?}");
}

#[test]
fn all_files_of_a_folder_are_one_programme() {
    let folder = scratch("parts");
    write(&folder.join("programme.prog"), "programme demo_2024 {\n    number unknown\n    let twice = 2 * once\n}\n");
    write(&folder.join("lets.prog"), "let once = 1\n");
    let run = run(&["check", folder.to_str().expect("UTF-8"), "--format", "json"]);
    assert_eq!(codes(&run), Vec::<String>::new(), "{run:?}");
}

#[test]
fn a_module_beside_the_programme_is_found() {
    let folder = scratch("module-beside");
    write(
        &folder.join("programme.prog"),
        "use local.kinds.{ 学段 }\nprogramme demo_2024 {\n    number unknown\n    track 校 {\n        fact 段 : 学段\n    }\n}\n",
    );
    write(&folder.join("local/kinds.prog"), "enum 学段 { 小学, 初中 }\n");
    let run = run(&["check", folder.to_str().expect("UTF-8"), "--format", "json"]);
    assert!(!codes(&run).iter().any(|code| code.starts_with("P09")), "{run:?}");
}

#[test]
fn a_module_of_the_library_may_not_be_shadowed_by_another_text() {
    let folder = scratch("module-twice");
    write(&folder.join("programme.prog"), format!("use cn.education\n{SOUND}"));
    write(&folder.join("cn/education.prog"), "enum 别的 { 甲, 乙 }\n");
    let path = folder.to_str().expect("UTF-8");
    assert!(codes(&run(&["check", path, "--format", "json"])).contains(&"P0912".to_owned()));
    let library = std::fs::read(prog_tests::root().join("stdlib/cn/education.prog")).expect("the library");
    write(&folder.join("cn/education.prog"), library);
    assert!(!codes(&run(&["check", path, "--format", "json"])).contains(&"P0912".to_owned()), "a copy is no other text");
}

#[test]
fn the_library_itself_checks_clean() {
    let run = run(&["check", "stdlib"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
}

#[test]
fn anchors_are_looked_up_in_the_notice_where_it_is_given() {
    let folder = scratch("texts");
    let text = "programme demo_2024 {\n    number unknown [一: \"名额不超过5个\"]\n    notice {\n        clause 一 \"名额\"\n    }\n}\n";
    write(&folder.join("in/demo/programme.prog"), text);
    let (source, texts) = (folder.join("in/demo"), folder.join("texts"));
    let check = || {
        let run = run(&["check", source.to_str().expect("UTF-8"), "--format", "json", "--texts", texts.to_str().expect("UTF-8")]);
        codes(&run)
    };
    assert!(check().contains(&"P0915".to_owned()));
    write(&texts.join("demo.txt"), "一、名额\n报送名额不超过5个。\n");
    assert!(!check().iter().any(|code| ["P0915", "P0109"].contains(&code.as_str())));
    write(&texts.join("demo.txt"), "一、名额\n报送名额不超过6个。\n");
    assert!(check().contains(&"P0109".to_owned()));
}
