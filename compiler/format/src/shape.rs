//! A tree as text without its places: two trees of one shape say the same.
//!
//! In: a tree. Out: its debugging text, each span left out. Always: what differs in anything but a place differs in the text.

use prog_syntax::ast;

/// The start and the end of a span's debugging text.
const SPAN: (&str, &str) = ("Span { file: FileId(", " }");

/// The shape of a file's tree. What could not be read has no shape of its own, and neither has where it stands.
pub(crate) fn of(file: &ast::File) -> String {
    let whole = format!("{:?}", (&file.uses, &file.programmes, &file.items));
    let mut shape = String::with_capacity(whole.len() / 2);
    let mut rest = whole.as_str();
    while let Some((before, after)) = rest.split_once(SPAN.0) {
        shape.push_str(before);
        rest = after.split_once(SPAN.1).map_or("", |(_, behind)| behind);
    }
    shape + rest
}
