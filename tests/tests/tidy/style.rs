//! What never stands in the compiler's code, and how its files open.

use super::{File, compiler_files};

/// Hosts may touch the outside; nobody else may.
const HOSTS: &[&str] = &["cli"];
const OUTSIDE: &[&str] = &["std::fs", "std::env", "std::time", "std::thread", "std::process", "std::net", "SystemTime", "Instant::now"];
const NOWHERE: &[&str] =
    &["f32", "f64", "HashMap", "HashSet", "todo!(", "unimplemented!(", "unreachable!(", ".unwrap()", ".expect(\"", "panic!("];

/// Each line of code with its number, comments and literals left out as far as a line shows it.
fn lines(file: &File) -> impl Iterator<Item = (usize, String)> + '_ {
    file.code.lines().enumerate().map(|(number, line)| {
        let code = line.split("//").next().unwrap_or("");
        let outside_quotes: Vec<&str> = code.split('"').step_by(2).collect();
        (number + 1, outside_quotes.join("\"\""))
    })
}

/// Whether a word stands in a line as a word of its own.
fn holds(line: &str, word: &str) -> bool {
    let plain = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    line.match_indices(word).any(|(at, _)| {
        let opens = word.starts_with(char::is_alphanumeric) && plain(line[..at].chars().next_back());
        let goes_on = word.ends_with(char::is_alphanumeric) && plain(line[at + word.len()..].chars().next());
        !opens && !goes_on
    })
}

#[test]
fn nothing_forbidden_stands_in_code() {
    let mut faults = Vec::new();
    for file in compiler_files().iter().filter(|file| !file.path.ends_with("build.rs")) {
        let outside = if HOSTS.contains(&file.crate_name()) { &[] } else { OUTSIDE };
        for (number, line) in lines(file) {
            for word in outside.iter().chain(NOWHERE).filter(|word| holds(&line, word)) {
                faults.push(format!("{}:{number}: {word}", file.path));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_file_says_what_it_is_and_stays_readable() {
    let mut faults = Vec::new();
    for file in compiler_files() {
        if !file.text.starts_with("//!") {
            faults.push(format!("{} does not open with //!", file.path));
        }
        let count = file.code.lines().count();
        if count > 600 {
            faults.push(format!("{} has {count} lines", file.path));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
