//! The disk, with a note of everything that was asked of it.
//!
//! In: what the stages read. Out: the same, and the state of all that they looked at. Always: a file or folder that was looked for and not found
//! is watched too; a folder changes when a file comes or goes.

use prog_driver::{Change, Entry, Failure, Kind, World};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// A world that remembers what it was asked for.
pub struct Watched<W> {
    world: W,
    asked: Mutex<BTreeSet<PathBuf>>,
}

/// Of each path: when it was changed and its size, if it is there.
pub type State = Vec<(PathBuf, Option<(Option<SystemTime>, u64)>)>;

impl<W: World> Watched<W> {
    /// With nothing asked yet.
    pub fn new(world: W) -> Self {
        Self { world, asked: Mutex::new(BTreeSet::new()) }
    }

    /// How everything that was asked for stands now.
    pub fn state(&self) -> State {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let of = |path: &PathBuf| fs::metadata(path).ok().map(|meta| (meta.modified().ok(), meta.len()));
        asked.into_iter().map(|path| (path.clone(), of(&path))).collect()
    }

    fn note(&self, path: &Path) {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
    }
}

impl<W: World> World for Watched<W> {
    fn kind(&self, path: &Path) -> Result<Kind, Failure> {
        self.note(path);
        self.world.kind(path)
    }

    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, Failure> {
        // Noted before it is read: the clock of some disks is coarse, and so is a look at the size.
        self.note(path);
        self.world.read(path, limit)
    }

    fn stdin(&self, limit: u64) -> Result<Vec<u8>, Failure> {
        self.world.stdin(limit)
    }

    fn list(&self, folder: &Path) -> Result<Vec<Entry>, Failure> {
        self.note(folder);
        self.world.list(folder)
    }

    fn absolute(&self, path: &Path) -> PathBuf {
        self.world.absolute(path)
    }

    fn replace(&self, folder: &Path, change: &Change) -> Result<(), Failure> {
        self.world.replace(folder, change)
    }
}
