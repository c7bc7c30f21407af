//! What the tests share: parsing, trees without places, codes with places.

use prog_base::{FileId, Source};
use prog_syntax::{Parse, parse};

/// Parses a text as file 0.
pub fn read(text: &str) -> Parse {
    parse(FileId(0), text)
}

/// Parses a text that must have no faults.
pub fn clean(text: &str) -> Parse {
    let parse = read(text);
    assert!(parse.diagnostics.is_empty(), "{}\n---\n{text}", messages(&parse));
    parse
}

/// The tree without its places, comparable across spellings.
pub fn tree(text: &str) -> String {
    without_spans(&format!("{:#?}", clean(text).ast))
}

/// Every message with its code, one a line.
pub fn messages(parse: &Parse) -> String {
    parse.diagnostics.iter().map(|d| format!("{} {:?} {}\n", d.code.0, d.span(), d.message.en)).collect()
}

/// Codes with the words they stand at: `P0012 aplies with`.
pub fn faults(text: &str) -> Vec<String> {
    let parse = read(text);
    let at = |d: &prog_base::Diagnostic| d.span().map_or("", |s| &text[s.start as usize..s.end as usize]).to_owned();
    parse.diagnostics.iter().map(|d| format!("{} {}", d.code.0, at(d)).trim_end().to_owned()).collect()
}

/// The text after all fixes of all messages are made.
pub fn fixed(text: &str) -> String {
    let mut edits: Vec<_> = read(text).diagnostics.into_iter().filter_map(|d| d.fix).flat_map(|f| f.edits).collect();
    edits.sort_by_key(|e| (e.span.start, e.span.end));
    let mut result = text.to_owned();
    for edit in edits.into_iter().rev() {
        result.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
    }
    result
}

/// Line and column of a byte, 1-based.
pub fn position(text: &str, offset: u32) -> (usize, usize) {
    let p = Source::new("", text).position(offset as usize);
    (p.line, p.column)
}

fn without_spans(debug: &str) -> String {
    let mut result = String::new();
    let mut skip = 0;
    for line in debug.lines() {
        if skip > 0 {
            skip -= usize::from(line.trim_start().starts_with('}'));
            continue;
        }
        if line.trim_end().ends_with("Span {") {
            skip = 1;
            result.push_str("_\n");
            continue;
        }
        result.push_str(line);
        result.push('\n');
    }
    result
}
