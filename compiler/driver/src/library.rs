//! The library of modules that every programme can `use`, embedded in the binary.

use include_dir::{Dir, include_dir};

static LIBRARY: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../stdlib");

/// The text of a module such as `cn/education.prog`, with the path it is shown under.
pub(crate) fn module(relative: &str) -> Option<(String, &'static str)> {
    let file = LIBRARY.get_file(relative)?;
    Some((format!("stdlib/{relative}"), file.contents_utf8()?))
}
