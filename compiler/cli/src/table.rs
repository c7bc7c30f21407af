//! `prog table import PROGRAMME FILE` and `prog table export PROGRAMME [BATCH.ndjson] --out FILE`: between spreadsheets and batches, of the
//! rows of a summary, or of cases.
//!
//! Always: exit 0 when all cells were read, 1 when something could not be; then nothing is written.

use crate::disk::Disk;
use crate::shell::{FAILED, OK, Shell};
use crate::work;
use clap::{Args, Subcommand};
use prog_base::{Text, text};
use prog_driver::{Sending, Session, What};
use prog_model::{Ident, Programme, SummaryId, TrackId};
use prog_report::Format;
use std::path::PathBuf;

/// Between spreadsheets and batches: summaries or cases filled as XLSX or CSV
#[derive(Debug, Args)]
#[command(disable_help_subcommand = true, arg_required_else_help = true)]
pub struct TableArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Read a filled table; prints lines for `prog evaluate --batch`
    Import(ImportArgs),
    /// Write the rows of a batch into a table, or a blank one
    Export(ExportArgs),
}

#[derive(Debug, Args)]
struct Which {
    /// Which summary it is, by key; needed where the programme has several
    #[arg(long, value_name = "SUMMARY", conflicts_with = "track")]
    of: Option<String>,
    /// Not a summary: its rows are cases of this track
    #[arg(long, value_name = "TRACK")]
    track: Option<String>,
}

#[derive(Debug, Args)]
struct ImportArgs {
    /// A programme's folder or .prog file
    programme: PathBuf,
    /// The table: XLSX, or CSV in UTF-8; `-` reads stdin
    file: PathBuf,
    #[command(flatten)]
    which: Which,
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
    #[command(flatten)]
    which: Which,
}

/// Reads or writes a table.
pub fn run(args: &TableArgs, shell: &Shell) -> u8 {
    let disk = Disk;
    let mut session = Session::new(&disk);
    let (path, which) = match &args.verb {
        Verb::Import(import) => (&import.programme, &import.which),
        Verb::Export(export) => (&export.programme, &export.which),
    };
    let programme = match work::opened(&mut session, path, shell, Format::Human) {
        Ok(programme) => programme,
        Err(code) => return code,
    };
    let what = match chosen(&programme, which) {
        Ok(what) => what,
        Err(usage) => return shell.wrong_usage(&usage),
    };
    let done = match &args.verb {
        Verb::Import(import) => {
            let sending = Sending { key: import.key.clone(), at: import.at.clone() };
            session.import_table(&programme, what, &import.file, &sending).map(|line| shell.print(&line))
        }
        Verb::Export(export) => write(&mut session, &disk, &programme, what, export),
    };
    match done {
        Some(code) => code,
        None => shell.refusal(&session.errors(), session.sources(), Format::Human).max(FAILED),
    }
}

fn write(session: &mut Session<'_>, disk: &Disk, programme: &Programme, what: What, export: &ExportArgs) -> Option<u8> {
    let workbook = !export.out.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let bytes = session.export_table(programme, what, export.batch.as_deref(), workbook)?;
    work::write_file(session, disk, &export.out, bytes).map(|()| OK)
}

/// What was asked for, or the only summary.
fn chosen(programme: &Programme, which: &Which) -> Result<What, Text> {
    let is = |ident: &Ident, key: &str| ident.key == key || ident.name == key;
    let listed = |idents: &mut dyn Iterator<Item = &Ident>| idents.map(|i| i.key.as_str()).collect::<Vec<_>>().join("、");
    if let Some(key) = &which.track {
        let names = listed(&mut programme.tracks.iter().map(|t| &t.ident));
        let found = programme.tracks.iter().position(|t| is(&t.ident, key)).map(|index| What::Track(TrackId(index as u32)));
        return found.ok_or_else(|| text!("没有申报类别“{key}”，有：{names}", "there is no track `{key}`; there is: {names}"));
    }
    let present = || programme.summaries.iter().enumerate().filter(|(_, s)| !s.absent);
    let names = listed(&mut present().map(|(_, s)| &s.ident));
    let wanted = |ident: &Ident| which.of.as_ref().is_none_or(|key| is(ident, key));
    let found: Vec<usize> = present().filter(|(_, s)| wanted(&s.ident)).map(|(index, _)| index).collect();
    match (found.as_slice(), &which.of) {
        ([one], _) => Ok(What::Summary(SummaryId(*one as u32))),
        ([], Some(key)) => Err(text!("没有汇总表“{key}”，有：{names}", "there is no summary `{key}`; there is: {names}")),
        ([], None) => {
            Err(text!("方案没有汇总表；行是申报的，用 --track", "the programme has no summary; where rows are cases, use --track"))
        }
        (_, _) => {
            Err(text!("方案有几份汇总表（{names}），用 --of 指定一份", "the programme has several summaries ({names}); name one with --of"))
        }
    }
}
