//! `prog diff OLD NEW`: what changed in effect, and for whom.
//!
//! In: two paths, each a file, a folder or `REV:PATH` of git. Out: the changes, for people or tools. Always: nothing changed prints nothing;
//! exit 0 when nothing comes out differently, 4 when something may, 1 when they could not be compared.

mod approvals;
mod html;
mod human;
mod impact;
mod json;
mod markdown;
mod view;

use crate::disk::Disk;
use crate::git;
use crate::shell::{FAILED, OK, Shell};
use crate::work::one_programme;
use approvals::Approvals;
use clap::{Args, ValueEnum};
use prog_base::{SourceMap, Text, text};
use prog_driver::{Session, World};
use prog_model::Programme;
use prog_report::Format;
use std::fs;
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
    /// Write a page with both versions side by side, too
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Real cases, one a line: list those whose verdict changes
    #[arg(long, value_name = "CASES.ndjson")]
    impact: Option<PathBuf>,
    /// Approved changes: lines of fingerprint, who, why and date, apart by tabs
    #[arg(long, value_name = "FILE")]
    approved: Option<PathBuf>,
}

/// `--format`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For people
    #[default]
    Human,
    /// For tools
    Json,
    /// For a review comment
    Markdown,
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
    compared(args, &old, &new, shell).unwrap_or_else(|reason| {
        shell.complain(&format!("prog: {}\n", reason.get(shell.lang)));
        FAILED
    })
}

fn compared(args: &DiffArgs, old: &Version, new: &Version, shell: &Shell) -> Result<u8, Text> {
    let approvals = args.approved.as_deref().map(approvals).transpose()?.unwrap_or_default();
    let impact = args.impact.as_deref().map(|path| impact::of_file(path, old, new)).transpose()?;
    let diff = prog_diff::compare(&old.programme, &new.programme);
    let mut views: Vec<View> = diff.changes.iter().map(|change| View::of(change, old, new, shell.lang)).collect();
    for view in &mut views {
        view.approve(approvals.of(view).cloned(), shell.lang);
    }
    if let Some(path) = &args.html {
        let shown = path.display();
        fs::write(path, html::page(&views, old, new, shell.lang))
            .map_err(|error| text!("写不了“{shown}”：{error}", "`{shown}` can't be written: {error}"))?;
    }
    approvals.tell_stale(&views, shell);
    let told = impact.as_ref().map(|impact| impact::show(impact, shell)).unwrap_or_default();
    let gap = if views.is_empty() || told.is_empty() { "" } else { "\n" };
    let printed = match args.format {
        DiffFormat::Human => shell.print(&(human::show(&views, shell.lang) + gap + &told)),
        DiffFormat::Markdown => shell.print(&(markdown::show(&views, shell.lang) + gap + &told)),
        DiffFormat::Json => {
            let mut all = json::show(&views, old, new);
            all["stale_approvals"] = approvals.stale(&views).into();
            all["impact"] = impact.as_ref().map(impact::as_json).unwrap_or_default();
            shell.print(&format!("{all:#}\n"))
        }
    };
    Ok(printed.max(if views.iter().any(View::is_open) { DIFFERS } else { OK }))
}

fn approvals(path: &Path) -> Result<Approvals, Text> {
    let shown = path.display().to_string();
    let content = fs::read_to_string(path).map_err(|error| text!("读不了“{shown}”：{error}", "`{shown}` can't be read: {error}"))?;
    Approvals::parse(&shown, &content)
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
