//! A programme's files to its output folder, all or none.
//!
//! In: what the targets wrote. Out: a folder that holds exactly that, beside files that are not ours.
//! Always: a file with the same bytes is not touched; the manifest takes its place last; only what the old manifest lists
//! and the new files do not is removed; after a failure nothing of the programme has been replaced.

use crate::own::OwnFolder;
use crate::session::{Session, shown};
use crate::world::{Change, Failure, World};
use prog_base::{Diagnostic, Severity, codes, text};
use prog_emit::{Look, OutFile, Target};
use prog_model::Programme;
use std::collections::BTreeSet;
use std::path::{Component, Path};

const MANIFEST: &str = "manifest.json";

/// What an office brings along.
#[derive(Clone, Copy, Default)]
pub struct Office<'a> {
    /// Targets of its own.
    pub own: &'a [OwnFolder],
    /// Its look, and the language of its forms.
    pub look: Look<'a>,
}

impl Session<'_> {
    /// Emits a sound programme's targets into `out/<programme>`, with those of other people; whether that went well.
    pub fn publish(&mut self, programme: &Programme, targets: &[Target], office: Office<'_>, out: &Path) -> bool {
        let Some(own) = self.own_files(programme, office.own) else { return false };
        let files = match prog_emit::emit_with(programme, targets, own, office.look) {
            Ok(files) => files,
            Err(diagnostics) => {
                diagnostics.into_iter().for_each(|diagnostic| self.say(diagnostic));
                return false;
            }
        };
        let name = &programme.ident.name;
        if !is_plain(name) || Path::new(name).components().count() != 1 {
            let message = text!("方案名“{name}”不能用作文件夹名", "the programme's name `{name}` can't be a folder's name");
            self.say(Diagnostic::error(codes::CANNOT_WRITE, programme.ident.span, message).help(text!(
                "名字里不要用斜线、反斜线、冒号，也不要以点开头",
                "use no slash, backslash or colon in it, and no leading dot"
            )));
            return false;
        }
        let folder = out.join(name);
        let change = change_between(self.world, &folder, files);
        if change == Change::default() {
            return true;
        }
        let Err(failure) = self.world.replace(&folder, &change) else { return true };
        self.say_cannot_write(&folder, &failure);
        false
    }

    /// Says that files could not be written.
    pub fn say_cannot_write(&mut self, place: &Path, failure: &Failure) {
        let (name, reason) = (shown(place), &failure.reason);
        let message = prog_base::Text {
            zh: format!("写不了“{name}”：{}；原有的文件没有改动", reason.zh),
            en: format!("`{name}` can't be written: {}; what was there has not been changed", reason.en),
        };
        self.say(
            Diagnostic::new(Severity::Error, codes::CANNOT_WRITE, None, message)
                .help(text!("核对 --out 的位置、权限和剩余空间", "check the place given by --out, its permissions and the space left")),
        );
    }

    /// Says that a second programme would overwrite the first one's files.
    pub fn say_same_output(&mut self, first: &Programme, second: &Programme) {
        let name = &second.ident.name;
        let message =
            text!("有两个方案都叫“{name}”，会写到同一个文件夹", "two programmes are called `{name}` and would be written to one folder");
        self.say(
            Diagnostic::error(codes::SAME_OUTPUT_FOLDER, second.ident.span, message)
                .here(text!("第二个，没有写", "the second one; it was not written"))
                .label(first.ident.span, text!("第一个", "the first one"))
                .help(text!(
                    "给其中一个改名，或分两次写到不同的 --out",
                    "rename one, or build them one at a time into different --out folders"
                )),
        );
    }
}

/// What has to change in a folder so that it holds these files.
fn change_between(world: &dyn World, folder: &Path, files: Vec<OutFile>) -> Change {
    let kept: BTreeSet<String> = files.iter().map(|file| file.path.clone()).collect();
    let old = world.read(&folder.join(MANIFEST), u64::MAX - 1).unwrap_or_default();
    let remove = listed(&old).into_iter().filter(|path| !kept.contains(path) && path != MANIFEST).collect();
    let differs = |file: &OutFile| {
        let path = folder.join(&file.path);
        world.read(&path, file.bytes.len() as u64).map_or(true, |bytes| bytes != file.bytes)
    };
    let mut write: Vec<(String, Vec<u8>)> = files.into_iter().filter(differs).map(|file| (file.path, file.bytes)).collect();
    write.sort_by_key(|(path, _)| path == MANIFEST);
    Change { write, remove }
}

/// The paths that a manifest lists; only those that stay below its folder.
fn listed(manifest: &[u8]) -> BTreeSet<String> {
    let manifest: serde_json::Value = serde_json::from_slice(manifest).unwrap_or_default();
    let files = manifest["files"].as_array().into_iter().flatten();
    files.filter_map(|file| file["path"].as_str()).filter(|path| is_plain(path)).map(str::to_owned).collect()
}

/// Whether a relative path has only plain parts: nothing leads out of the folder.
fn is_plain(path: &str) -> bool {
    let parts_ok = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    !path.is_empty() && parts_ok && !path.contains(['\\', ':', '\0']) && !path.starts_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::Memory;

    fn file(path: &str, bytes: &str) -> OutFile {
        OutFile { path: path.to_owned(), bytes: bytes.into() }
    }

    #[test]
    fn only_what_differs_is_written_and_only_what_was_ours_is_removed() {
        let manifest = r#"{"files":[{"path":"a.json"},{"path":"old/b.json"},{"path":"../../etc/passwd"},{"path":"/etc/passwd"}]}"#;
        let world = Memory::new([("out/p/manifest.json", manifest), ("out/p/a.json", "same"), ("out/p/mine.txt", "not ours")]);
        let change =
            change_between(&world, Path::new("out/p"), vec![file("manifest.json", "{}"), file("a.json", "same"), file("c/d.json", "new")]);
        let written: Vec<&str> = change.write.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(written, ["c/d.json", "manifest.json"]);
        assert_eq!(change.remove, ["old/b.json"]);
    }

    #[test]
    fn nothing_to_do_is_nothing_done() {
        let world = Memory::new([("out/p/manifest.json", "{}")]);
        assert_eq!(change_between(&world, Path::new("out/p"), vec![file("manifest.json", "{}")]), Change::default());
    }
}
