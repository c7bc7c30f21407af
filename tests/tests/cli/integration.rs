//! `docs/continuous-integration.md`: its shell blocks run in a repository with one programme, whose change the last ones compare.

use prog_tests::{binary, root, scratch, write};
use std::path::Path;
use std::process::Command;

const PROGRAMME: &str = r#"programme demo "示范" {
    issuer     "省教育厅"
    number     unknown

    notice {
        clause 一 "条件"
    }

    track 校 "学校" {
        fact 人数 : Count
        require 规模 [一] "至少100人" : 人数 at least 100
    }

    scenario "够大" [一] {
        given 校 { 人数: 120 }
        expect 规模 met
    }
}
"#;

/// The shell's exit code and all that it says.
fn shell(folder: &Path, script: &str) -> (Option<i32>, String) {
    let path = std::env::var("PATH").unwrap_or_default();
    let tools = binary().parent().expect("a folder").display().to_string();
    let run = Command::new("sh")
        .args(["-e", "-c", script])
        .current_dir(folder)
        .env("PATH", format!("{tools}:{path}"))
        .env("LANG", "C.UTF-8")
        .output()
        .expect("sh runs");
    (run.status.code(), String::from_utf8_lossy(&[run.stdout, run.stderr].concat()).into_owned())
}

#[cfg(unix)]
#[test]
fn every_recipe_runs() {
    let folder = scratch("integration");
    let file = folder.join("programmes/demo/programme.prog");
    write(&file, PROGRAMME);
    let git = "git init -q . && git config user.name x && git config user.email x@example.org && git add -A && git commit -qm one";
    assert_eq!(shell(&folder, &format!("{git} && git update-ref refs/remotes/origin/main HEAD")).0, Some(0));
    let text = std::fs::read_to_string(root().join("docs/continuous-integration.md")).expect("the page");
    let recipes: Vec<&str> = text.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    let [checks, review, _approved, hook] = recipes.as_slice() else { panic!("the page has four recipes") };
    for recipe in [checks, hook] {
        let (code, said) = shell(&folder, recipe);
        assert_eq!(code, Some(0), "{recipe}{said}");
    }
    let help = prog_tests::run(&["diff", "--help"]).stdout;
    if help.contains("markdown") {
        write(&file, PROGRAMME.replace("at least 100", "at least 110"));
        let (code, said) = shell(&folder, review);
        assert!(code == Some(0) && said.contains("规模"), "{said}");
    }
    write(&file, PROGRAMME.replace("    issuer", "  issuer"));
    for recipe in [checks, hook] {
        assert_eq!(shell(&folder, recipe).0, Some(1), "{recipe}");
    }
}
