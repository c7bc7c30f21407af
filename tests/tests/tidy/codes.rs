//! Every diagnostic code is said somewhere in the compiler and provoked somewhere in the tests.

use super::{collect, compiler_files, is_test_file, relative};
use prog_tests::root;
use std::fs;

/// The constants of the registry: name and code.
fn registry() -> Vec<(String, String)> {
    let text = fs::read_to_string(root().join("compiler/base/src/codes.rs")).expect("the registry");
    let table = text.split("\ncodes! {").nth(1).expect("the table");
    let entries = table.lines().filter_map(|line| line.trim().strip_suffix("\";")?.split_once(" = \""));
    entries.map(|(name, code)| (name.to_owned(), code.to_owned())).collect()
}

/// Everything that tests say: test files, test modules, the language book, snapshots.
fn test_texts() -> String {
    let mut paths = Vec::new();
    for extension in ["rs", "md", "snap", "txt", "json", "mjs"] {
        collect(&root().join("tests"), extension, &mut paths);
    }
    let mut compiler = Vec::new();
    collect(&root().join("compiler"), "rs", &mut compiler);
    collect(&root().join("compiler"), "snap", &mut compiler);
    let mut snippets = Vec::new();
    collect(&root().join("compiler"), "md", &mut snippets);
    compiler.extend(snippets.into_iter().filter(|path| is_test_file(&relative(path))));
    let whole = |path: &std::path::Path| path.extension().is_some_and(|e| e == "snap") || is_test_file(&relative(path));
    let mut texts: Vec<String> = paths.iter().map(|path| fs::read_to_string(path).unwrap_or_default()).collect();
    for path in compiler {
        let text = fs::read_to_string(&path).unwrap_or_default();
        texts.push(if whole(&path) { text } else { text[super::without_tests(&text).len()..].to_owned() });
    }
    texts.concat()
}

#[test]
fn every_code_is_said_and_provoked() {
    let code: String = compiler_files().iter().filter(|file| !file.path.ends_with("base/src/codes.rs")).map(|f| f.code.as_str()).collect();
    let tests = test_texts();
    let mut faults = Vec::new();
    let registry = registry();
    assert!(registry.len() > 10, "the registry is read");
    for (name, number) in registry {
        if !code.contains(&format!("codes::{name}")) && !code.contains(&format!(" {name}")) {
            faults.push(format!("{number} {name}: nothing says it"));
        }
        if !tests.contains(&number) && !tests.contains(&format!("codes::{name}")) {
            faults.push(format!("{number} {name}: no test provokes it"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
