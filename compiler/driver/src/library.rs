//! The library of modules that every programme can `use`, embedded in the binary.

use include_dir::{Dir, DirEntry, include_dir};
use prog_base::FileId;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static LIBRARY: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../stdlib");

/// The text of a module such as `cn/education.prog`, with the path it is shown under.
pub(crate) fn module(relative: &str) -> Option<(String, &'static str)> {
    let file = LIBRARY.get_file(relative)?;
    Some((format!("stdlib/{relative}"), file.contents_utf8()?))
}

/// The text of a data file of the library, by the path it is shown under: `stdlib/cn/holidays.csv`.
pub(crate) fn data(path: &str) -> Option<&'static str> {
    LIBRARY.get_file(path.strip_prefix("stdlib/")?)?.contents_utf8()
}

/// Every name that a module of the library declares, with the module's path; read when first asked for.
static DECLARED: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let mut names = BTreeMap::new();
    collect(&LIBRARY, &mut names);
    names
});

/// The module that declares a name: `cn.units` for `万元`.
pub(crate) fn declaring(name: &str) -> Option<String> {
    DECLARED.get(name).cloned()
}

fn collect(folder: &Dir<'_>, names: &mut BTreeMap<String, String>) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(inner) => collect(inner, names),
            DirEntry::File(file) if file.path().extension().is_none_or(|e| e != "prog") => {}
            DirEntry::File(file) => {
                let path = file.path().with_extension("");
                let module = path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join(".");
                let parse = prog_syntax::parse(FileId(0), file.contents_utf8().unwrap_or_default());
                for head in parse.ast.items.iter().filter_map(prog_syntax::ast::Item::vocabulary) {
                    names.entry(head.name.text.clone()).or_insert_with(|| module.clone());
                }
            }
        }
    }
}
