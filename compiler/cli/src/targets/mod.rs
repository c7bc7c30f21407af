//! `prog targets PROGRAMME REPORTS.ndjson [--on DATE]`: what is reported against what was aimed at, as it stands or as it has come about.
//!
//! Always: exit 0 if every target that is due is met (soft ones aside), 3 if not, 1 if something could not be read.

mod progress;

use crate::args::FormatArg;
use crate::disk::Disk;
use crate::shell::{FAILED, OK, Shell};
use crate::{human, work};
use clap::{Args, ValueEnum};
use prog_base::{Diagnostic, Lang, Text, text};
use prog_driver::{BATCH_LIMIT, Session};
use prog_eval::{Options, Prepared, TargetFinding, TargetReport};
use prog_model::{Programme, RuleResult};
use std::path::PathBuf;

/// Some target is not met.
const NOT_MET: u8 = 3;

/// Hold reports against the targets of a programme
#[derive(Debug, Args)]
pub struct TargetsArgs {
    /// A programme's folder or .prog file; `-` reads stdin
    programme: PathBuf,
    /// The reports, one a line; `-` reads stdin
    #[arg(value_name = "REPORTS.ndjson")]
    reports: PathBuf,
    /// The day looked at: what falls due later is not judged yet; without it, everything is due
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// Read the notice this way, for this run; may be repeated
    #[arg(long = "reading", value_name = "NAME=VALUE")]
    readings: Vec<String>,
    /// Do not say where another reading would give another result
    #[arg(long)]
    no_alternatives: bool,
    /// How the report is written; without it, the ending of FILE decides, else `json`; `json` also writes diagnostics as JSON, to stderr
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<ReportFormat>,
    /// The file to write instead of stdout; `html` needs it
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// `--format` of a report on targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    /// For people
    Human,
    /// For tools
    Json,
    /// A page with the progress from report to report, as table and drawing
    Html,
}

impl TargetsArgs {
    fn written_as(&self) -> ReportFormat {
        let by_name = |path: &PathBuf| ReportFormat::from_str(path.extension()?.to_str()?, true).ok();
        self.format.or_else(|| self.out.as_ref().and_then(by_name)).unwrap_or(ReportFormat::Json)
    }

    /// What is wrong with what was asked for, before anything is read.
    fn fault(&self) -> Option<Text> {
        let page = self.written_as() == ReportFormat::Html && self.out.is_none();
        work::stdin_twice(&self.programme, &self.reports)
            .or_else(|| page.then(|| text!("网页要写到文件里：加上 --out 文件", "a page is written to a file: add --out FILE")))
    }
}

/// Judges and prints.
pub fn run(args: &TargetsArgs, shell: &Shell) -> u8 {
    if let Some(fault) = args.fault() {
        return shell.wrong_usage(&fault);
    }
    let disk = Disk;
    let mut session = Session::new(&disk);
    let format = if args.format == Some(ReportFormat::Json) { FormatArg::Json } else { FormatArg::Human }.into();
    let programme = match work::opened(&mut session, &args.programme, shell, format) {
        Ok(programme) => programme,
        Err(code) => return code,
    };
    if programme.targets.is_empty() {
        let name = &programme.ident.name;
        return shell.wrong_usage(&text!(
            "方案“{name}”没有目标；评估申报用 prog evaluate",
            "programme `{name}` has no targets; applications are evaluated by `prog evaluate`"
        ));
    }
    let written = judge(args, &programme, &mut session, shell).and_then(|(met, text)| {
        let code = if met { OK } else { NOT_MET };
        match &args.out {
            None => Some(shell.print(&text).max(code)),
            Some(file) => work::write_file(&mut session, &disk, file, text.into_bytes()).map(|()| code),
        }
    });
    match written {
        Some(code) => code,
        None => shell.refusal(&session.errors(), session.sources(), format).max(FAILED),
    }
}

/// Whether all that is due is met, and what to print; `None` when something was refused.
fn judge(args: &TargetsArgs, programme: &Programme, session: &mut Session<'_>, shell: &Shell) -> Option<(bool, String)> {
    let (options, faults) = options(args, programme, shell);
    let (file, text) = work::input(session, &args.reports, BATCH_LIMIT, faults)?;
    let prepared = Prepared::new(programme);
    match prepared.read_reports(&text) {
        Ok(reports) => {
            let report = prepared.check_targets(&reports, &options);
            let text = match args.written_as() {
                ReportFormat::Human => Ok(human::targets(&report, shell.lang)),
                ReportFormat::Json => Ok(report.to_json(shell.lang) + "\n"),
                ReportFormat::Html => page(&prepared, &reports, &options, shell.lang),
            };
            match text {
                Ok(text) => Some((report.findings.iter().all(is_met), text)),
                Err(faults) => {
                    faults.into_iter().for_each(|fault| session.say(fault));
                    None
                }
            }
        }
        Err(refused) => {
            session.say(refused.to_diagnostic(file, 0));
            None
        }
    }
}

fn page(prepared: &Prepared<'_>, reports: &[TargetReport], options: &Options, lang: Lang) -> Result<String, Vec<Diagnostic>> {
    let days = prepared.targets_over_time(reports, options);
    prog_emit::progress::page(&progress::progress(prepared.programme, &days, lang))
}

fn is_met(finding: &TargetFinding<'_>) -> bool {
    finding.soft || matches!(finding.result, RuleResult::Met | RuleResult::NotYetDue)
}

/// The options, and everything that is wrong with them.
fn options(args: &TargetsArgs, programme: &Programme, shell: &Shell) -> (Options, Vec<Diagnostic>) {
    let asked = work::Asked { at: None, on: args.on.as_deref(), readings: &args.readings };
    let (options, faults) = asked.options(programme, shell);
    (Options { alternatives: !args.no_alternatives, ..options }, faults)
}
