//! Holds the tree to `compiler/ARCHITECTURE.md`: who may import whom, what never stands in code, how files open.

mod codes;
mod layers;
mod style;

use prog_tests::root;
use std::fs;
use std::path::{Path, PathBuf};

/// A Rust file of the compiler, read once.
struct File {
    /// Its path from the root, with `/`.
    path: String,
    /// Its text without test modules.
    code: String,
    /// Its whole text.
    text: String,
}

impl File {
    /// The crate it belongs to.
    fn crate_name(&self) -> &str {
        self.path.split('/').nth(1).unwrap_or("")
    }
}

/// All Rust files below `compiler/`, those that hold only tests left out.
fn compiler_files() -> Vec<File> {
    let mut paths = Vec::new();
    collect(&root().join("compiler"), "rs", &mut paths);
    let files = paths.into_iter().map(|path| {
        let text = fs::read_to_string(&path).expect("a source file");
        File { path: relative(&path), code: without_tests(&text), text }
    });
    files.filter(|file| !is_test_file(&file.path)).collect()
}

fn is_test_file(path: &str) -> bool {
    path.ends_with("tests.rs") || path.contains("/tests/")
}

/// Every file with this extension below a folder, ordered by path.
fn collect(folder: &Path, extension: &str, into: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && !["target", "node_modules", "scratch"].contains(&name.as_str()) {
            collect(&path, extension, into);
        } else if path.extension().is_some_and(|e| e == extension) {
            into.push(path);
        }
    }
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).expect("below the root").to_string_lossy().replace('\\', "/")
}

/// The text up to an inline test module.
fn without_tests(text: &str) -> String {
    let start = text.match_indices("#[cfg(test)]\n").find(|(at, marker)| {
        let next = text[at + marker.len()..].lines().next().unwrap_or("");
        next.trim_start().starts_with("mod ") && next.ends_with('{')
    });
    start.map_or(text, |(at, _)| &text[..at]).to_owned()
}
