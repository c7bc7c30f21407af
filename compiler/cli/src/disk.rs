//! The outside as the operating system has it: the command line's [`World`].
//!
//! Always: a folder's files are all staged beside it before the first one takes its place; what fails before that leaves
//! the folder as it was, and the stage is cleared away either way.

use crate::program;
use prog_base::{Text, text};
use prog_driver::{Change, Entry, Failure, Kind, World};
use std::fs::{self, File, FileType};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// The disk, stdin included.
pub struct Disk;

impl World for Disk {
    fn kind(&self, path: &Path) -> Result<Kind, Failure> {
        Ok(kind_of(fs::metadata(path).map_err(failure)?.file_type()))
    }

    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, Failure> {
        let meta = fs::metadata(path).map_err(failure)?;
        if meta.is_dir() {
            return Err(Failure::other(text!("它是文件夹", "it is a folder")));
        }
        if meta.is_file() && meta.len() > limit {
            return Err(Failure::too_large(Some(meta.len()), limit));
        }
        bounded(File::open(path).map_err(failure)?, limit)
    }

    fn stdin(&self, limit: u64) -> Result<Vec<u8>, Failure> {
        bounded(io::stdin().lock(), limit)
    }

    fn list(&self, folder: &Path) -> Result<Vec<Entry>, Failure> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(folder).map_err(failure)? {
            let entry = entry.map_err(failure)?;
            let mut kind = kind_of(entry.file_type().map_err(failure)?);
            if kind == Kind::Other && fs::metadata(entry.path()).is_ok_and(|meta| meta.is_file()) {
                kind = Kind::File; // a link to a file
            }
            entries.push(Entry { name: entry.file_name().to_string_lossy().into_owned(), kind });
        }
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    fn absolute(&self, path: &Path) -> PathBuf {
        path.canonicalize().unwrap_or_else(|_| path.to_owned())
    }

    fn replace(&self, folder: &Path, change: &Change) -> Result<(), Failure> {
        let stage = stage_beside(folder);
        let mut moved = Moved::default();
        let outcome = stage_all(&stage, change, &mut moved).and_then(|()| move_in(&stage, folder, change, &mut moved));
        if outcome.is_err() {
            moved.restore_old();
        }
        let _ = fs::remove_dir_all(&stage);
        if outcome.is_err() {
            moved.remove_new();
        }
        outcome.map_err(failure)
    }

    fn run(&self, command: &[String], home: &Path, input: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        program::run(command, home, input)
    }
}

impl Disk {
    /// Makes a folder that was not there, with these files: all of it appears at once, or nothing.
    pub fn create(&self, folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Failure> {
        let stage = stage_beside(folder);
        let change = Change { write: files.to_vec(), remove: Vec::new() };
        let mut moved = Moved::default();
        let outcome = stage_all(&stage, &change, &mut moved).and_then(|()| match fs::symlink_metadata(folder) {
            Ok(_) => Err(io::Error::from(ErrorKind::AlreadyExists)),
            Err(_) => fs::rename(stage.join("new"), folder),
        });
        let _ = fs::remove_dir_all(&stage);
        if outcome.is_err() {
            moved.remove_new();
        }
        outcome.map_err(failure)
    }
}

fn kind_of(kind: FileType) -> Kind {
    if kind.is_dir() {
        Kind::Folder
    } else if kind.is_file() {
        Kind::File
    } else {
        Kind::Other
    }
}

/// Reads all there is, unless that is more than `limit`.
fn bounded(from: impl Read, limit: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    from.take(limit + 1).read_to_end(&mut bytes).map_err(failure)?;
    if bytes.len() as u64 > limit { Err(Failure::too_large(None, limit)) } else { Ok(bytes) }
}

/// A folder of our own on the same disk as the target, so that moving is renaming.
fn stage_beside(folder: &Path) -> PathBuf {
    let name = folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    folder.with_file_name(format!(".{name}.prog-stage-{}", std::process::id()))
}

fn stage_all(stage: &Path, change: &Change, moved: &mut Moved) -> io::Result<()> {
    moved.create_folders(stage.parent().unwrap_or(Path::new("")))?;
    for (relative, bytes) in &change.write {
        let path = stage.join("new").join(relative);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut file = File::create(&path)?;
        file.write_all(bytes)?;
    }
    Ok(())
}

/// What has been moved so far, to be moved back when a later step fails.
#[derive(Default)]
struct Moved {
    /// Old files and where they are kept meanwhile.
    kept: Vec<(PathBuf, PathBuf)>,
    /// Files and folders that were not there before.
    added: Vec<PathBuf>,
}

impl Moved {
    fn restore_old(&self) {
        for (place, keep) in &self.kept {
            let _ = fs::rename(keep, place);
        }
    }

    fn remove_new(&self) {
        for path in self.added.iter().rev() {
            let _ = fs::remove_file(path).or_else(|_| fs::remove_dir(path));
        }
    }

    /// Keeps a file that stands there in the stage; it stays in its place too where the disk can do that, so that
    /// the new one replaces it in one step.
    fn keep_old(&mut self, place: &Path, keep: PathBuf) -> io::Result<bool> {
        if !fs::symlink_metadata(place).is_ok_and(|meta| !meta.is_dir()) {
            return Ok(false);
        }
        if let Some(parent) = keep.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::hard_link(place, &keep).or_else(|_| fs::rename(place, &keep))?;
        self.kept.push((place.to_owned(), keep));
        Ok(true)
    }

    fn create_folders(&mut self, folder: &Path) -> io::Result<()> {
        let missing: Vec<&Path> = folder.ancestors().take_while(|f| !f.as_os_str().is_empty() && !f.exists()).collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder)?;
            self.added.push(folder.to_owned());
        }
        Ok(())
    }
}

fn move_in(stage: &Path, folder: &Path, change: &Change, moved: &mut Moved) -> io::Result<()> {
    let (new, old) = (stage.join("new"), stage.join("old"));
    for (relative, _) in &change.write {
        let target = folder.join(relative);
        if let Some(parent) = target.parent() {
            moved.create_folders(parent)?;
        }
        let replaced = moved.keep_old(&target, old.join(relative))?;
        fs::rename(new.join(relative), &target)?;
        if !replaced {
            moved.added.push(target);
        }
    }
    for relative in &change.remove {
        let path = folder.join(relative);
        if moved.keep_old(&path, old.join(relative))? && path.exists() {
            fs::remove_file(&path)?;
        }
    }
    for relative in &change.remove {
        remove_empty_folders(folder.join(relative).parent(), folder);
    }
    Ok(())
}

/// Removes the folders between a removed file and `top` that are now empty.
fn remove_empty_folders(mut folder: Option<&Path>, top: &Path) {
    while let Some(path) = folder.filter(|path| *path != top && path.starts_with(top)) {
        if fs::remove_dir(path).is_err() {
            return;
        }
        folder = path.parent();
    }
}

/// A failure of the system, in words.
pub fn failure(error: io::Error) -> Failure {
    match error.kind() {
        ErrorKind::NotFound => Failure::not_found(),
        _ => Failure::other(reason(&error)),
    }
}

/// The system's reason in both languages; what is not known by name keeps the system's words.
fn reason(error: &io::Error) -> Text {
    match error.kind() {
        ErrorKind::PermissionDenied => text!("没有权限", "permission denied"),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => text!("磁盘已满", "the disk is full"),
        ErrorKind::ReadOnlyFilesystem => text!("磁盘是只读的", "the disk is read-only"),
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            text!("路径中有一段是文件，不是文件夹", "a part of the path is a file, not a folder")
        }
        ErrorKind::IsADirectory | ErrorKind::DirectoryNotEmpty => {
            text!("要写文件的地方已有同名文件夹", "a folder stands where a file is to be written")
        }
        ErrorKind::InvalidFilename => text!("文件名太长或不合规", "the file name is too long or not allowed"),
        _ => Text::same(error.to_string()),
    }
}
