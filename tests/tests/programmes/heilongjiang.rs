//! Heilongjiang 2024: what its acceptance rows ask beyond what its scenarios show.

use super::compile;
use prog_tests::{run, scratch, tree};

const FOLDER: &str = "programmes/heilongjiang-2024";
const FILE: &str = "programmes/heilongjiang-2024/programme.prog";

#[test]
fn checks_clean_and_every_scenario_passes() {
    let (programme, said) = compile(FOLDER, &[]);
    assert_eq!(said, Vec::<String>::new());
    let programme = programme.expect("a model");
    let run = prog_eval::run_scenarios(&programme);
    let failed: Vec<String> = run
        .results
        .iter()
        .flat_map(|r| r.failures.iter().map(|f| format!("{}: 应为{}，得到{}", r.scenario.title, f.expected.zh, f.found.zh)))
        .collect();
    assert!(failed.is_empty(), "{failed:#?}");
    // The rows of the acceptance list; H21, H27 and H29 are below.
    let titles: Vec<&str> = run.results.iter().map(|r| r.scenario.title.as_str()).collect();
    for row in ["H01", "H03", "H05", "H07", "H09", "H11", "H13", "H15", "H17", "H19", "H23", "H25", "X07"] {
        assert!(titles.iter().any(|t| t.starts_with(row)), "{row} has a scenario");
    }
}

/// H21: 13 cities can send at most 29 areas and 42 schools, enough for 15 and 30.
#[test]
fn h21_enough_can_be_sent() {
    let exactly = [(FILE, "示范区最多 at least 15", "示范区最多 = 29"), (FILE, "示范校最多 at least 30", "示范校最多 = 42")];
    assert_eq!(compile(FOLDER, &exactly).1, Vec::<String>::new());
    let too_many = [(FILE, "示范区最多 at least 15", "示范区最多 at least 30")];
    assert_eq!(compile(FOLDER, &too_many).1.len(), 1);
}

/// H27: the annexes are not in the source; their pages say so and ask for nothing.
#[test]
fn h27_pages() {
    let out = scratch("heilongjiang-pages");
    let built = run(&["build", FOLDER, "--out", out.to_str().expect("UTF-8")]);
    assert_eq!((built.code, built.stderr.as_str()), (0, ""));
    let files = tree(&out.join("heilongjiang_2024"));
    let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
    let pages: Vec<(&String, &str)> = pages.map(|(path, bytes)| (path, std::str::from_utf8(bytes).expect("UTF-8"))).collect();
    let absent: Vec<_> = pages.iter().filter(|(_, page)| page.contains("黑龙江省智慧教育示范") && !page.contains("<input")).collect();
    assert!(absent.len() >= 4, "four annexes have placeholder pages: {:?}", pages.iter().map(|p| p.0).collect::<Vec<_>>());
}

/// H29: two chapters are numbered 五, so a bare 五(二) is refused.
#[test]
fn h29_a_bare_citation_is_ambiguous() {
    let edit = [(FILE, "quota 示范区总量 [二: \"遴选15个左右省级智\"]", "quota 示范区总量 [五(二)]")];
    let said = compile(FOLDER, &edit).1;
    assert_eq!(said.first().map(String::as_str), Some("P0107 五(二)"));
}
