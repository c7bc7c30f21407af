//! Whole files: a round, reading rooms in both languages, everything in the repository.

use super::common::{clean, messages, read, tree};
use std::path::{Path, PathBuf};

#[test]
fn a_round_parses_clean() {
    let parse = clean(include_str!("../data/notice.prog"));
    assert_eq!(parse.ast.programmes[0].items.len(), 17);
    assert_eq!(parse.comments.len(), 3);
}

#[test]
fn reading_rooms_in_both_languages_are_one() {
    assert_eq!(tree(include_str!("../data/rooms.en.prog")), tree(include_str!("../data/rooms.zh.prog")));
}

#[test]
fn every_programme_of_the_repository_parses() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    for folder in ["stdlib", "programmes"] {
        collect(&root.join(folder), &mut files);
    }
    for path in files {
        let parse = read(&std::fs::read_to_string(&path).unwrap());
        assert!(parse.diagnostics.is_empty(), "{}\n{}", path.display(), messages(&parse));
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.map(|e| e.unwrap().path()) {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "prog") {
            files.push(path);
        }
    }
}
