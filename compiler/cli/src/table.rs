//! `prog table import PROGRAMME FILE` and `prog table export PROGRAMME [BATCH.ndjson] --out FILE`: between spreadsheets and batches.
//!
//! Always: exit 0 when all cells were read, 1 when something could not be; then nothing is written.

use crate::disk::Disk;
use crate::shell::{FAILED, OK, Shell};
use crate::work;
use clap::{Args, Subcommand};
use prog_base::{Text, text};
use prog_driver::{Change, Sending, Session, World};
use prog_model::{Programme, Summary};
use prog_report::Format;
use std::path::{Path, PathBuf};

/// Between spreadsheets and batches: summaries filled as XLSX or CSV
#[derive(Debug, Args)]
#[command(disable_help_subcommand = true, arg_required_else_help = true)]
pub struct TableArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Read a filled table; prints a line for `prog evaluate --batch`
    Import(ImportArgs),
    /// Write the rows of a batch into a table, or a blank one
    Export(ExportArgs),
}

#[derive(Debug, Args)]
struct ImportArgs {
    /// A programme's folder or .prog file
    programme: PathBuf,
    /// The table: XLSX, or CSV in UTF-8; `-` reads stdin
    file: PathBuf,
    /// Which summary it is, by key; needed where the programme has several
    #[arg(long, value_name = "SUMMARY")]
    of: Option<String>,
    /// Who sends it, as the programme lists them; without it, what the workbook says
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
    /// When it is sent; without it, what the workbook says
    #[arg(long = "sent", value_name = "DATETIME")]
    at: Option<String>,
}

#[derive(Debug, Args)]
struct ExportArgs {
    /// A programme's folder or .prog file
    programme: PathBuf,
    /// A batch as for `prog evaluate --batch`; without it the table is blank
    batch: Option<PathBuf>,
    /// The file to write: its ending says which kind, .xlsx or .csv
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Which summary it is, by key; needed where the programme has several
    #[arg(long, value_name = "SUMMARY")]
    of: Option<String>,
}

/// Reads or writes a table.
pub fn run(args: &TableArgs, shell: &Shell) -> u8 {
    let disk = Disk;
    let mut session = Session::new(&disk);
    let (path, of) = match &args.verb {
        Verb::Import(import) => (&import.programme, &import.of),
        Verb::Export(export) => (&export.programme, &export.of),
    };
    let programme = match work::one_programme(&mut session, path, shell) {
        Ok(programme) => programme,
        Err(Some(usage)) => return shell.wrong_usage(&usage),
        Err(None) => return shell.refusal(&session.diagnostics(), session.sources(), Format::Human),
    };
    let summary = match chosen(&programme, of.as_deref()) {
        Ok(summary) => summary,
        Err(usage) => return shell.wrong_usage(&usage),
    };
    let done = match &args.verb {
        Verb::Import(import) => {
            let sending = Sending { key: import.key.clone(), at: import.at.clone() };
            session.import_table(&programme, summary, &import.file, &sending).map(|line| shell.print(&line))
        }
        Verb::Export(export) => write(&mut session, &disk, &programme, summary, export),
    };
    match done {
        Some(code) => code,
        None => shell.refusal(&session.errors(), session.sources(), Format::Human).max(FAILED),
    }
}

fn write(session: &mut Session<'_>, disk: &Disk, programme: &Programme, summary: &Summary, export: &ExportArgs) -> Option<u8> {
    let workbook = !export.out.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let bytes = session.export_table(programme, summary, export.batch.as_deref(), workbook)?;
    let name = export.out.file_name()?.to_string_lossy().into_owned();
    let folder = export.out.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match disk.replace(&disk.absolute(folder), &Change { write: vec![(name, bytes)], remove: Vec::new() }) {
        Ok(()) => Some(OK),
        Err(failure) => {
            session.say_cannot_write(&export.out, &failure);
            None
        }
    }
}

/// The summary asked for, or the only one.
fn chosen<'p>(programme: &'p Programme, key: Option<&str>) -> Result<&'p Summary, Text> {
    let all: Vec<&Summary> = programme.summaries.iter().filter(|s| !s.absent).collect();
    let names = all.iter().map(|s| s.ident.key.as_str()).collect::<Vec<_>>().join("、");
    match (key, all.as_slice()) {
        (None, [one]) => Ok(one),
        (None, []) => Err(text!("方案没有汇总表", "the programme has no summary")),
        (None, _) => {
            Err(text!("方案有几份汇总表（{names}），用 --of 指定一份", "the programme has several summaries ({names}); name one with --of"))
        }
        (Some(key), all) => all
            .iter()
            .find(|s| s.ident.key == key || s.ident.name == key)
            .copied()
            .ok_or_else(|| text!("没有汇总表“{key}”，有：{names}", "there is no summary `{key}`; there is: {names}")),
    }
}
