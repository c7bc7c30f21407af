//! What is printed reads back as the same tree, in either keyword language, and prints again the same; on random trees and on every
//! programme, module and fixture of the repository.

mod bytes;
mod exprs;
mod items;
mod tracks;

use bytes::Bytes;
use prog_base::{FileId, Lang};
use prog_format::Style;
use prog_syntax::{Parse, ast};
use proptest::prelude::*;
use std::path::{Path, PathBuf};

const STYLES: [Style; 2] = [Style { keywords: Lang::En }, Style { keywords: Lang::Zh }];

fn parse(text: &str) -> Parse {
    prog_syntax::parse(FileId(0), text)
}

/// The tree without its places.
fn shape(file: &ast::File) -> String {
    let text = format!("{file:#?}");
    let mut out = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        // `span: Span {` … `},` and bare `Span {` … `},`: six lines, the places of no interest.
        if line.trim_end().ends_with("Span {") {
            out.push('_');
            for inner in lines.by_ref() {
                if inner.len() - inner.trim_start().len() <= line.len() - line.trim_start().len() {
                    break;
                }
            }
        } else {
            out.push_str(line.trim_start());
        }
        out.push('\n');
    }
    out
}

/// Where two shapes part, with what stands before.
fn parting(a: &str, b: &str) -> String {
    let (a, b): (Vec<_>, Vec<_>) = (a.lines().collect(), b.lines().collect());
    let at = a.iter().zip(&b).position(|(x, y)| x != y).unwrap_or(a.len().min(b.len()));
    let around = |v: &[&str]| v[at.saturating_sub(12)..(at + 6).min(v.len())].join("\n");
    format!("expected:\n{}\n\nread:\n{}", around(&a), around(&b))
}

fn check(tree: &ast::File) -> Result<(), String> {
    for style in STYLES {
        let printed = prog_format::print(tree, style);
        let read = parse(&printed);
        if let Some(d) = read.diagnostics.first() {
            return Err(format!("{}: {} at {:?}\n{printed}", d.code.0, d.message.en, d.span()));
        }
        let (expected, found) = (shape(tree), shape(&read.ast));
        if expected != found {
            return Err(format!("{}\n\n{printed}", parting(&expected, &found)));
        }
        let again = prog_format::format(&read, &printed, style);
        if again != printed {
            return Err(format!("not idempotent:\n{printed}\n---\n{again}"));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn random_trees_come_back(data in prop::collection::vec(any::<u8>(), 0..400)) {
        let tree = items::file(&mut Bytes::new(&data));
        if let Err(problem) = check(&tree) {
            return Err(TestCaseError::fail(problem));
        }
    }
}

/// Every `.prog` file under a folder.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "prog") {
            found.push(path);
        }
    }
}

#[test]
fn every_source_comes_back() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    for folder in ["programmes", "stdlib"] {
        sources(&root.join(folder), &mut files);
    }
    assert!(files.len() > 5);
    for path in files {
        let text = std::fs::read_to_string(&path).expect("a text");
        let first = parse(&text);
        assert!(first.diagnostics.is_empty(), "{}: {:#?}", path.display(), first.diagnostics);
        for style in STYLES {
            let printed = prog_format::format(&first, &text, style);
            let second = parse(&printed);
            assert!(second.diagnostics.is_empty(), "{}: {:#?}\n{printed}", path.display(), second.diagnostics);
            let (expected, found) = (shape(&first.ast), shape(&second.ast));
            assert!(expected == found, "{}: {}", path.display(), parting(&expected, &found));
            let words = |p: &Parse| p.comments.iter().map(|c| c.text.trim_end().to_owned()).collect::<Vec<_>>();
            assert_eq!(words(&first), words(&second), "comments of {}", path.display());
            assert_eq!(prog_format::format(&second, &printed, style), printed, "{}", path.display());
        }
    }
}

/// Blanks, blank lines, full-width marks where they say nothing: a text of the same meaning.
fn disturbed(text: &str, data: &mut Bytes<'_>) -> String {
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        let (mut quoted, mut comment) = (false, false);
        let indent = line.len() - line.trim_start_matches(' ').len();
        out.push_str(["", " ", "\t", "\u{3000}"][data.below(4)]);
        for (at, c) in line.char_indices().skip(indent) {
            comment |= !quoted && line[at..].starts_with("//");
            quoted ^= c == '"';
            match c {
                ' ' if !quoted && !comment => out.push_str([" ", "  ", "\t", " \u{3000}"][data.below(4)]),
                ',' if !quoted && !comment && line[at..].starts_with(", ") => out.push_str([",", "，"][data.below(2)]),
                '\n' => out.push_str(["\n", "  \n", "\t\n"][data.below(3)]),
                _ => out.push(c),
            }
        }
        if line == "\n" && data.below(2) == 0 {
            out.push_str(" \n\n");
        }
    }
    out
}

#[test]
fn white_space_and_full_width_marks_are_laid_out_alike() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    sources(&root.join("programmes"), &mut files);
    for (path, keywords) in files.iter().zip([Lang::Zh, Lang::En].into_iter().cycle()) {
        let text = std::fs::read_to_string(path).expect("a text");
        let canonical = |text: &str| prog_format::canonical(FileId(0), text, Some(keywords)).map(|c| c.text);
        let clean = canonical(&text).unwrap_or_else(|_| panic!("{}", path.display()));
        let noise: Vec<u8> = (0..200_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let messy = disturbed(&clean, &mut Bytes::new(&noise));
        assert_ne!(messy, clean);
        let again = canonical(&messy).unwrap_or_else(|_| panic!("{}", path.display()));
        assert!(again == clean, "{}:\n{}", path.display(), parting(&clean, &again));
    }
}
