//! `prog select PROGRAMME BATCH.ndjson [--at STAGE]`: who is proposed to the body that decides, and why each stands where it stands.
//!
//! Always: exit 0 if every place is sure, 3 if equals are still to be parted or something unknown decides, 1 if something could not be read;
//! every format says the same.

mod human;
mod words;

use crate::args::FormatArg;
use crate::disk::Disk;
use crate::shell::{FAILED, OK, Shell};
use crate::work;
use clap::{Args, ValueEnum};
use prog_base::{Diagnostic, Text, text};
use prog_driver::{BATCH_LIMIT, Session, to_csv};
use prog_emit::selection;
use prog_eval::{Fares, Given, Prepared, SelectReport};
use prog_model::{Programme, StageId};
use std::path::PathBuf;

/// Something is still open.
const OPEN: u8 = 3;

/// Rank the candidates of a batch: who is selected, who waits, and why
#[derive(Debug, Args)]
pub struct SelectArgs {
    /// A programme's folder or .prog file; `-` reads stdin
    programme: PathBuf,
    /// The batch: one case, package or decision a line; `-` reads stdin
    #[arg(value_name = "BATCH.ndjson")]
    batch: PathBuf,
    /// Only what is proposed at this stage; without it, every selection in turn
    #[arg(long, value_name = "STAGE")]
    at: Option<String>,
    /// The day or moment looked at: it decides whether freed places are still filled again
    #[arg(long, value_name = "DATETIME")]
    on: Option<String>,
    /// Read the notice this way, for this run; may be repeated
    #[arg(long = "reading", value_name = "NAME=VALUE")]
    readings: Vec<String>,
    /// How the lists are written; without it, the ending of FILE decides, else `human`
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<ListFormat>,
    /// The file to write instead of stdout; `xlsx` and `html` need it
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// `--format` of lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ListFormat {
    /// For people
    Human,
    /// For tools
    Json,
    /// One line a place, for spreadsheets
    Csv,
    /// A workbook, one sheet a selection
    Xlsx,
    /// A page to print and sign
    Html,
}

impl SelectArgs {
    fn format(&self) -> ListFormat {
        let by_name = |path: &PathBuf| ListFormat::from_str(path.extension()?.to_str()?, true).ok();
        self.format.or_else(|| self.out.as_ref().and_then(by_name)).unwrap_or(ListFormat::Human)
    }

    /// What is wrong with what was asked for, before anything is read.
    fn fault(&self) -> Option<Text> {
        let file = matches!(self.format(), ListFormat::Xlsx | ListFormat::Html) && self.out.is_none();
        let nowhere = || text!("工作簿和网页要写到文件里：加上 --out 文件", "a workbook or page is written to a file: add --out FILE");
        work::stdin_twice(&self.programme, &self.batch).or_else(|| file.then(nowhere))
    }
}

/// Ranks and prints, or writes.
pub fn run(args: &SelectArgs, shell: &Shell) -> u8 {
    if let Some(fault) = args.fault() {
        return shell.wrong_usage(&fault);
    }
    let disk = Disk;
    let mut session = Session::new(&disk);
    let format = if args.format() == ListFormat::Json { FormatArg::Json } else { FormatArg::Human }.into();
    let programme = match work::opened(&mut session, &args.programme, shell, format) {
        Ok(programme) => programme,
        Err(code) => return code,
    };
    if programme.selections.is_empty() {
        let name = &programme.ident.name;
        return shell.wrong_usage(&text!(
            "方案“{name}”没有遴选：写一个 select（遴选）块（见 docs/language.md），或用 prog evaluate --batch 评估",
            "programme `{name}` selects nobody: write a `select` block (docs/language.md), or evaluate with `prog evaluate --batch`"
        ));
    }
    let written = match select(args, &programme, &mut session, shell) {
        Some(Err(usage)) => return shell.wrong_usage(&usage),
        Some(Ok((code, bytes))) => match &args.out {
            None => Some(shell.print(&String::from_utf8_lossy(&bytes)).max(code)),
            Some(file) => work::write_file(&mut session, &disk, file, bytes).map(|()| code),
        },
        None => None,
    };
    written.unwrap_or_else(|| shell.refusal(&session.errors(), session.sources(), format).max(FAILED))
}

/// The exit code and what to write, or what was asked for wrongly; `None` when something was refused.
fn select(args: &SelectArgs, programme: &Programme, session: &mut Session<'_>, shell: &Shell) -> Option<Result<(u8, Vec<u8>), Text>> {
    let asked = work::Asked { at: args.at.as_deref(), on: args.on.as_deref(), readings: &args.readings };
    let (options, faults) = asked.options(programme, shell);
    if let Some(usage) = options.at.and_then(|at| nothing_at(programme, at)) {
        return Some(Err(usage));
    }
    let (file, text) = work::input(session, &args.batch, BATCH_LIMIT, faults)?;
    let prepared = Prepared::new(programme);
    let batch = match prepared.read_batch(&text) {
        Ok(batch) => batch,
        Err(refused) => {
            session.say(refused.to_diagnostic(file, 0));
            return None;
        }
    };
    let report = prepared.select(&batch, &options);
    match written(args.format(), &report, shell) {
        Ok(bytes) => Some(Ok((if is_sure(&report) { OK } else { OPEN }, bytes))),
        Err(faults) => {
            faults.into_iter().for_each(|fault| session.say(fault));
            None
        }
    }
}

/// What is wrong with a stage at which no selection is made.
fn nothing_at(programme: &Programme, at: StageId) -> Option<Text> {
    if programme.selections.iter().any(|selection| selection.at == Some(at)) {
        return None;
    }
    let mut stages: Vec<&str> = Vec::new();
    for stage in programme.selections.iter().filter_map(|selection| selection.at) {
        let key = programme.stages[stage.index()].key.as_str();
        if !stages.contains(&key) {
            stages.push(key);
        }
    }
    let (asked, list) = (&programme.stages[at.index()].key, stages.join("、"));
    let listed = stages.join("`, `");
    Some(match stages.is_empty() {
        true => text!("遴选都不在某个环节：不写 --at", "no selection belongs to a stage: leave out --at"),
        false => Text {
            zh: format!("环节“{asked}”没有遴选；有遴选的环节：{list}"),
            en: format!("no selection is made at stage `{asked}`; selections are made at: `{listed}`"),
        },
    })
}

/// Whether nobody still has to part equals and nothing unknown decides; what is recorded as decided stands.
fn is_sure(report: &SelectReport<'_>) -> bool {
    report.selections.iter().flat_map(|one| &one.lists).flat_map(|list| &list.places).all(|place| {
        let fares = match place.fares {
            Fares::Selected | Fares::Waiting(_) | Fares::NotSelected => true,
            Fares::Tied(_) | Fares::Unknown(_) => place.decided.is_some(),
        };
        fares && place.given != Given::Open
    })
}

fn written(format: ListFormat, report: &SelectReport<'_>, shell: &Shell) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let proposal = || words::proposal(report, shell.lang);
    match format {
        ListFormat::Human => Ok(human::text(&proposal()).into_bytes()),
        ListFormat::Json => Ok((report.to_json(shell.lang) + "\n").into_bytes()),
        ListFormat::Csv => Ok(to_csv(&proposal().rows()).into_bytes()),
        ListFormat::Xlsx => selection::book(&proposal()),
        ListFormat::Html => selection::page(&proposal()).map(String::into_bytes),
    }
}
