//! `prog diff OLD NEW`: what changed in effect, and for whom.
//!
//! In: two paths, each a file, a folder or `REV:PATH` of git. Out: the changes, for people or tools. Always: nothing changed prints nothing;
//! exit 0 when nothing comes out differently, 4 when something may, 1 when they could not be compared.

mod human;
mod json;
mod view;

use crate::disk::Disk;
use crate::git;
use crate::shell::{FAILED, OK, Shell};
use crate::work::one_programme;
use clap::{Args, ValueEnum};
use prog_base::SourceMap;
use prog_driver::{Session, World};
use prog_model::Programme;
use prog_report::Format;
use std::path::{Path, PathBuf};
use view::View;

/// The exit code of a difference.
const DIFFERS: u8 = 4;

/// Show what changed in effect between two versions of a programme, and for whom
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// The old version: a .prog file, a programme's folder, or REV:PATH of a git revision
    old: PathBuf,
    /// The new version, likewise
    new: PathBuf,
    /// How the changes are written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: DiffFormat,
}

/// `--format`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For people
    #[default]
    Human,
    /// For tools
    Json,
}

/// A version with the texts behind it.
pub struct Version {
    /// The programme.
    pub programme: Programme,
    /// Its texts.
    pub sources: SourceMap,
}

/// Compares and prints.
pub fn run(args: &DiffArgs, shell: &Shell) -> u8 {
    let (old, new) = (version(&args.old, shell), version(&args.new, shell));
    let (Some(old), Some(new)) = (old, new) else { return FAILED };
    let diff = prog_diff::compare(&old.programme, &new.programme);
    let views: Vec<View> = diff.changes.iter().map(|change| View::of(change, &old, &new, shell.lang)).collect();
    let printed = match args.format {
        DiffFormat::Human => shell.print(&human::show(&views, shell.lang)),
        DiffFormat::Json => shell.print(&format!("{:#}\n", json::show(&views, &old, &new))),
    };
    printed.max(if views.iter().any(View::differs) { DIFFERS } else { OK })
}

/// The programme at a path or revision; what is wrong with it is told.
fn version(path: &Path, shell: &Shell) -> Option<Version> {
    if !git::is_revision(path) {
        return load(&Disk, path, shell);
    }
    match git::revision(path) {
        Ok(revision) => load(&revision.world, &revision.path, shell),
        Err(reason) => {
            shell.complain(&format!("prog: {}\n", reason.get(shell.lang)));
            None
        }
    }
}

fn load(world: &dyn World, path: &Path, shell: &Shell) -> Option<Version> {
    let mut session = Session::new(world);
    let found = one_programme(&mut session, path, shell);
    let errors = session.errors();
    if !errors.is_empty() {
        shell.refusal(&errors, session.sources(), Format::Human);
    }
    match found {
        Ok(programme) if errors.is_empty() => Some(Version { programme, sources: session.sources().clone() }),
        Err(Some(reason)) => {
            shell.complain(&format!("prog: {}\n", reason.get(shell.lang)));
            None
        }
        Ok(_) | Err(None) => None,
    }
}
