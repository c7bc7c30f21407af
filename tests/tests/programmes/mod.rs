//! The programmes of the repository: checked, tested, built, and held to what their notices say.

mod chongqing;
mod divisions;
mod elements;
mod examples;
mod heilongjiang;
mod moe;
mod moe_form;
mod personal;
mod provisions;
mod reading_pages;
mod shenyang;
mod zhejiang;

use prog_driver::world::{Entry, Failure, Kind, World};
use prog_driver::{Change, Session, UnitKind};
use prog_model::Programme;
use prog_tests::root;
use std::path::Path;

/// The repository's files, with some replaced; nothing is written.
struct Edited<'a> {
    /// Path from the repository's root, what is replaced, by what.
    edits: &'a [(&'a str, &'a str, &'a str)],
}

impl World for Edited<'_> {
    fn kind(&self, path: &Path) -> Result<Kind, Failure> {
        let meta = std::fs::metadata(root().join(path)).map_err(|_| Failure::not_found())?;
        Ok(if meta.is_dir() { Kind::Folder } else { Kind::File })
    }

    fn read(&self, path: &Path, _limit: u64) -> Result<Vec<u8>, Failure> {
        let mut text = std::fs::read_to_string(root().join(path)).map_err(|_| Failure::not_found())?;
        for (_, from, to) in self.edits.iter().filter(|(file, _, _)| path == Path::new(file)) {
            assert!(text.contains(from), "{} holds “{from}”", path.display());
            text = text.replace(from, to);
        }
        Ok(text.into_bytes())
    }

    fn stdin(&self, _limit: u64) -> Result<Vec<u8>, Failure> {
        Err(Failure::not_found())
    }

    fn list(&self, folder: &Path) -> Result<Vec<Entry>, Failure> {
        let entries = std::fs::read_dir(root().join(folder)).map_err(|_| Failure::not_found())?;
        let mut list: Vec<Entry> = entries
            .filter_map(|e| {
                let e = e.ok()?;
                let kind = if e.file_type().ok()?.is_dir() { Kind::Folder } else { Kind::File };
                Some(Entry { name: e.file_name().to_string_lossy().into_owned(), kind })
            })
            .collect();
        list.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(list)
    }

    fn absolute(&self, path: &Path) -> std::path::PathBuf {
        root().join(path)
    }

    fn replace(&self, _folder: &Path, _change: &Change) -> Result<(), Failure> {
        Err(Failure::not_found())
    }
}

/// Compiles a programme's folder with some texts replaced: its model, and `CODE text-at-fault` of every diagnostic.
pub fn compile(folder: &str, edits: &[(&str, &str, &str)]) -> (Option<Programme>, Vec<String>) {
    let world = Edited { edits };
    let mut session = Session::new(&world);
    let units = session.load(Path::new(folder));
    let mut programme = None;
    for unit in units.iter().filter(|u| u.kind == UnitKind::Programme) {
        programme = session.compile(unit, None).programme;
    }
    let diagnostics = session.diagnostics();
    let said = diagnostics.iter().map(|d| {
        let text = d.span().map(|span| session.sources().slice(span)).unwrap_or("");
        format!("{} {text}", d.code.0)
    });
    (programme, said.collect())
}
