//! Editing one fact of a laid out file changes one line: a number, a day, a name, a clause's number, the words of a text. Only a table's
//! rows may move with a wider cell.

use super::bytes::Bytes;
use super::{noise, parse, sources};
use prog_format::Style;
use prog_syntax::ast;
use std::path::Path;

/// A stretch of the text and what takes its place.
struct Edit {
    from: usize,
    to: usize,
    by: &'static str,
}

/// Every fact of a text that stands by itself: numbers, words, texts.
fn edits(text: &str, b: &mut Bytes<'_>) -> Vec<Edit> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let line_end = rest.find('\n').unwrap_or(rest.len());
        let taken = match c {
            '/' if rest.starts_with("//") => line_end,
            '"' => {
                let end = rest[1..].find('"').map_or(rest.len(), |end| end + 2);
                // More words and none: a text of another length.
                found.push(Edit {
                    from: at + 1,
                    to: at + end - 1,
                    by: ["甲", "写得长一些的说明，比原来的要长得多，占去半行还要多"][b.below(2)],
                });
                end
            }
            c if c.is_ascii_digit() => {
                let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
                found.push(Edit { from: at, to: at + end, by: ["7", "1234"][b.below(2)] });
                end
            }
            c if c.is_alphabetic() && !c.is_ascii() => {
                let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
                if !prog_syntax::keywords::is_keyword(&rest[..end]) {
                    found.push(Edit { from: at, to: at + end, by: ["丙", "另外一个要长得多的名称"][b.below(2)] });
                }
                end
            }
            c => c.len_utf8(),
        };
        at += taken;
    }
    found
}

fn not_read(file: &ast::File) -> usize {
    let items = file.items.iter().chain(file.programmes.iter().flat_map(|p| &p.items));
    items.filter(|i| matches!(i, ast::Item::Bad(_))).count()
}

#[test]
fn one_fact_is_one_line() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    ["programmes", "stdlib"].iter().for_each(|folder| sources(&root.join(folder), &mut files));
    let each = if std::env::var_os("PROG_FULL").is_some() { usize::MAX } else { 10 };
    let (mut made, mut tables) = (0, 0);
    for path in files {
        let text = std::fs::read_to_string(&path).expect("a text");
        let read = parse(&text);
        let style =
            Style { keywords: if text.contains("样例") || text.contains("主体") { prog_base::Lang::Zh } else { prog_base::Lang::En } };
        let laid = prog_format::format(&read, &text, style);
        let noise = noise(5, 60_000);
        let mut b = Bytes::new(&noise);
        let all = edits(&laid, &mut b);
        let step = (all.len() / each).max(1);
        for edit in all.iter().skip(b.below(step.min(200))).step_by(step) {
            let edited = format!("{}{}{}", &laid[..edit.from], edit.by, &laid[edit.to..]);
            let changed = parse(&edited);
            // A keyword written over, a day that is none: no edit of a fact.
            if !changed.diagnostics.is_empty() || not_read(&changed.ast) > 0 {
                continue;
            }
            let again = prog_format::format(&changed, &edited, style);
            made += 1;
            let row = laid[..edit.from].rsplit('\n').next().unwrap_or("").len();
            let line = laid[edit.from - row..].lines().next().unwrap_or("");
            if line.contains(" | ") {
                tables += 1;
                let moved = laid.lines().zip(again.lines()).filter(|(a, b)| a != b).all(|(a, _)| a.contains(" | "));
                assert!(moved && laid.lines().count() == again.lines().count(), "{}: {line}", path.display());
            } else {
                let differing = laid.lines().zip(again.lines()).filter(|(a, b)| a != b).count();
                let lines = (laid.lines().count(), again.lines().count());
                let shown = || format!("{}: {line}\n{}", path.display(), edited.lines().find(|l| !laid.contains(l)).unwrap_or(""));
                assert!(differing == 1 && lines.0 == lines.1, "{differing} lines, {lines:?}: {}", shown());
            }
        }
    }
    assert!(made > 100 && tables > 0, "{made} edits, {tables} in tables");
}
