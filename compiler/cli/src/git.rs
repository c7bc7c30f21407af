//! Revisions in git: `REV:PATH` as a world of files that can be read but not written.
//!
//! In: a revision and a path from the repository's root, a folder or a file. Out: the files that stand there, and modules beside them.
//! Always: asked of the `git` command; nothing in the work tree is touched; links are not followed.

use prog_base::{Text, text};
use prog_driver::world::Memory;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A larger file is left out: no source, table or notice is.
const LARGEST: usize = 16 << 20;

/// Files as they stand at a revision, and the path by which they are asked for.
pub struct Revision {
    /// The files.
    pub world: Memory,
    /// `REV:PATH`, as given.
    pub path: PathBuf,
}

/// Whether an argument names a revision: it has a colon, and no file has that name.
pub fn is_revision(argument: &Path) -> bool {
    !argument.exists() && argument.to_str().is_some_and(|text| text.split_once(':').is_some_and(|(rev, _)| !rev.is_empty()))
}

/// Reads what stands at `REV:PATH`.
pub fn revision(argument: &Path) -> Result<Revision, Text> {
    let spec = argument.to_string_lossy().into_owned();
    let spec = spec.trim_end_matches('/');
    let kind = git(&["cat-file", "-t", spec], argument)?;
    let (tree, shown) = match String::from_utf8_lossy(&kind).trim() {
        "tree" => (spec.to_owned(), PathBuf::from(spec)),
        _file => {
            let (rev, path) = spec.split_once(':').unwrap_or((spec, ""));
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            (format!("{rev}:{folder}"), PathBuf::from(format!("{rev}:{folder}")))
        }
    };
    let listed = git(&["ls-tree", "-r", "-z", "-l", &tree], argument)?;
    let mut files = Vec::new();
    for entry in listed.split(|byte| *byte == 0).filter(|entry| !entry.is_empty()) {
        let entry = String::from_utf8_lossy(entry);
        let Some((head, name)) = entry.split_once('\t') else { continue };
        let mut words = head.split_whitespace();
        let (mode, hash, size) = (words.next().unwrap_or(""), words.nth(1).unwrap_or(""), words.next().and_then(|s| s.parse().ok()));
        let needed = [".prog", ".csv", ".txt", ".tsv"].iter().any(|ending| name.to_ascii_lowercase().ends_with(ending));
        if mode.starts_with("100") && needed && size.is_some_and(|size: usize| size <= LARGEST) {
            files.push((join(&shown, name), git(&["cat-file", "blob", hash], argument)?));
        }
    }
    Ok(Revision { world: Memory::new(files), path: PathBuf::from(spec) })
}

/// `REV:` joins without a slash, `REV:folder` with one.
fn join(folder: &Path, name: &str) -> PathBuf {
    let text = folder.to_string_lossy();
    if text.ends_with(':') { PathBuf::from(format!("{text}{name}")) } else { folder.join(name) }
}

/// What a git command prints; why it failed.
fn git(arguments: &[&str], of: &Path) -> Result<Vec<u8>, Text> {
    let of = of.display();
    let output = Command::new("git").args(arguments).stdin(Stdio::null()).output();
    let output =
        output.map_err(|error| text!("不能运行 git，读不了“{of}”：{error}", "git cannot be run, so `{of}` can't be read: {error}"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(text!("找不到“{of}”：{said}", "`{of}` was not found: {said}"))
}
