//! The only door to the outside: reading files, listing folders, replacing a folder's files.
//!
//! A host supplies one [`World`]: the command line its disk, a test or a browser some texts in memory ([`Memory`]).

use prog_base::{Text, text};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What the stages may ask of the outside.
pub trait World {
    /// What stands at a path.
    fn kind(&self, path: &Path) -> Result<Kind, Failure>;
    /// A file's bytes; one larger than `limit` is refused unread.
    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, Failure>;
    /// Standard input, refused beyond `limit`.
    fn stdin(&self, limit: u64) -> Result<Vec<u8>, Failure>;
    /// A folder's entries, ordered by name.
    fn list(&self, folder: &Path) -> Result<Vec<Entry>, Failure>;
    /// The path from the root, for its name only (`.` has none).
    fn absolute(&self, path: &Path) -> PathBuf;
    /// Makes a change to a folder's files; after a failure the folder holds what it held before.
    fn replace(&self, folder: &Path, change: &Change) -> Result<(), Failure>;
    /// Runs a program in an empty folder with this standard input; gives the files that it leaves there. Arguments that name files of
    /// `home` are told with their whole path. A world without programs refuses.
    fn run(&self, _command: &[String], _home: &Path, _input: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        Err(Failure::other(text!("这里不能运行程序", "no program can be run here")))
    }
}

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A pipe, a device …
    Other,
}

/// One entry of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name, without the folder.
    pub name: String,
    /// What it is; a link counts as what it leads to, a link to a folder as `Other`, so that no walk is endless.
    pub kind: Kind,
}

/// Files to write into a folder and files to take out of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Relative path and bytes, in the order in which they take their places.
    pub write: Vec<(String, Vec<u8>)>,
    /// Relative paths that go.
    pub remove: Vec<String>,
}

/// Why something could not be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The cases that are told apart.
    pub kind: FailureKind,
    /// The reason in words, to stand after a colon.
    pub reason: Text,
}

/// The failures that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// There is nothing at that path.
    NotFound,
    /// More bytes than were allowed.
    TooLarge {
        /// How many there are, if that is known.
        size: Option<u64>,
        /// How many were allowed.
        limit: u64,
    },
    /// Anything else; the reason says it.
    Other,
}

impl Failure {
    /// Nothing at that path.
    pub fn not_found() -> Self {
        Self { kind: FailureKind::NotFound, reason: text!("没有这个文件或文件夹", "there is no such file or folder") }
    }

    /// More than was allowed.
    pub fn too_large(size: Option<u64>, limit: u64) -> Self {
        Self { kind: FailureKind::TooLarge { size, limit }, reason: text!("文件太大", "the file is too large") }
    }

    /// Any other reason.
    pub fn other(reason: Text) -> Self {
        Self { kind: FailureKind::Other, reason }
    }
}

/// A world of texts in memory, for tests and for hosts without a disk. Folders are what the paths imply.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    files: BTreeMap<PathBuf, Vec<u8>>,
}

impl Memory {
    /// A world of these files.
    pub fn new<P: Into<PathBuf>, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, B)>) -> Self {
        Self { files: files.into_iter().map(|(path, bytes)| (path.into(), bytes.into())).collect() }
    }
}

impl World for Memory {
    fn kind(&self, path: &Path) -> Result<Kind, Failure> {
        if self.files.contains_key(path) {
            return Ok(Kind::File);
        }
        let folder = path == Path::new(".") || self.files.keys().any(|file| file.starts_with(path));
        if folder { Ok(Kind::Folder) } else { Err(Failure::not_found()) }
    }

    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, Failure> {
        let bytes = self.files.get(path).ok_or_else(Failure::not_found)?;
        let size = bytes.len() as u64;
        if size > limit { Err(Failure::too_large(Some(size), limit)) } else { Ok(bytes.clone()) }
    }

    fn stdin(&self, limit: u64) -> Result<Vec<u8>, Failure> {
        self.read(Path::new("-"), limit)
    }

    fn list(&self, folder: &Path) -> Result<Vec<Entry>, Failure> {
        let mut entries = BTreeMap::new();
        for file in self.files.keys() {
            let inside = if folder == Path::new(".") { Some(file.as_path()) } else { file.strip_prefix(folder).ok() };
            let mut parts = inside.into_iter().flat_map(Path::components);
            if let Some(name) = parts.next() {
                let kind = if parts.next().is_some() { Kind::Folder } else { Kind::File };
                entries.insert(name.as_os_str().to_string_lossy().into_owned(), kind);
            }
        }
        Ok(entries.into_iter().map(|(name, kind)| Entry { name, kind }).collect())
    }

    fn absolute(&self, path: &Path) -> PathBuf {
        Path::new("/").join(path)
    }

    fn replace(&self, _folder: &Path, _change: &Change) -> Result<(), Failure> {
        Err(Failure::other(text!("这里不能写文件", "files can't be written here")))
    }
}
