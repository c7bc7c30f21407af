//! The stages wired together: paths in, diagnostics, models and files out.
//!
//! In: a [`World`], the only door to the outside. Out: what the hosts (command line, editor) show.
//! Always: nothing here touches files, environment, clock or threads; all faults of all files are found in one run.

mod bases;
mod compile;
mod decode;
mod discover;
mod library;
mod modules;
mod own;
mod publish;
mod session;
mod table;
mod theme;
pub mod world;

pub use bases::Base;
pub use compile::Compiled;
pub use own::OwnFolder;
pub use publish::Office;
pub use session::{ParsedFile, Session, Unit, UnitKind};
pub use table::{Sending, What, to_csv};
pub use world::{Change, Entry, Failure, FailureKind, Kind, World};

/// The largest source or case file that is read: 16 MiB.
pub const SIZE_LIMIT: u64 = 16 * 1024 * 1024;

/// The largest batch that is read: 1 GiB; each of its lines may have [`SIZE_LIMIT`].
pub const BATCH_LIMIT: u64 = 1024 * 1024 * 1024;
