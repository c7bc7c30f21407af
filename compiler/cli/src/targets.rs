//! `prog targets PROGRAMME REPORTS.ndjson [--on DATE]`: what is reported against what was aimed at.
//!
//! Always: exit 0 if every target that is due is met (soft ones aside), 3 if not, 1 if something could not be read.

use crate::args::FormatArg;
use crate::disk::Disk;
use crate::shell::{FAILED, OK, Shell};
use crate::{human, work};
use clap::Args;
use prog_base::{Diagnostic, text};
use prog_driver::{BATCH_LIMIT, Session};
use prog_eval::{Options, Prepared, TargetFinding};
use prog_model::{Programme, RuleResult};
use std::path::{Path, PathBuf};

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
    /// How the report is written [default: json]; `json` also writes diagnostics as JSON, to stderr
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<FormatArg>,
}

/// Judges and prints.
pub fn run(args: &TargetsArgs, shell: &Shell) -> u8 {
    if args.programme == Path::new("-") && args.reports == Path::new("-") {
        return shell.wrong_usage(&text!("标准输入只能读一次", "stdin can be read only once"));
    }
    let disk = Disk;
    let mut session = Session::new(&disk);
    let format = args.format.unwrap_or(FormatArg::Human).into();
    let programme = match work::one_programme(&mut session, &args.programme, shell) {
        Ok(programme) => programme,
        Err(Some(usage)) => return shell.wrong_usage(&usage),
        Err(None) => return shell.refusal(&session.diagnostics(), session.sources(), format),
    };
    if programme.targets.is_empty() {
        let name = &programme.ident.name;
        return shell.wrong_usage(&text!(
            "方案“{name}”没有目标；评估申报用 prog evaluate",
            "programme `{name}` has no targets; applications are evaluated by `prog evaluate`"
        ));
    }
    match judge(args, &programme, &mut session, shell) {
        Some((met, text)) => shell.print(&text).max(if met { OK } else { NOT_MET }),
        None => shell.refusal(&session.errors(), session.sources(), format).max(FAILED),
    }
}

/// Whether all that is due is met, and what to print; `None` when something was refused.
fn judge(args: &TargetsArgs, programme: &Programme, session: &mut Session<'_>, shell: &Shell) -> Option<(bool, String)> {
    let (options, faults) = options(args, programme, shell);
    let file = session.read_input(&args.reports, BATCH_LIMIT);
    let sound = faults.is_empty();
    faults.into_iter().for_each(|fault| session.say(fault));
    let file = file.filter(|_| sound)?;
    let text = session.sources().get(file).text.clone();
    let prepared = Prepared::new(programme);
    match prepared.read_reports(&text) {
        Ok(reports) => {
            let report = prepared.check_targets(&reports, &options);
            let text = match args.format {
                Some(FormatArg::Human) => human::targets(&report, shell.lang),
                Some(FormatArg::Json) | None => report.to_json(shell.lang) + "\n",
            };
            Some((report.findings.iter().all(is_met), text))
        }
        Err(refused) => {
            session.say(refused.to_diagnostic(file, 0));
            None
        }
    }
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
