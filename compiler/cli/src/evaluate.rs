//! `prog evaluate PROGRAMME CASE.json` and `--batch CASES.ndjson`: reports on stdout, what is refused on stderr.
//!
//! Always: exit 0 if everything is accepted (of a batch: every case accepted, every package complete, every quota kept),
//! 3 if not, 1 if something could not be read; a refused input gives no report at all.

use crate::args::FormatArg;
use crate::disk::Disk;
use crate::shell::{FAILED, OK, Shell};
use crate::{human, work};
use clap::Args;
use prog_base::Diagnostic;
use prog_driver::{BATCH_LIMIT, SIZE_LIMIT, Session};
use prog_eval::{BatchReport, Options, Prepared, QuotaFinding, Report, explain};
use prog_model::{PackageState, Programme, RuleResult, Strength, Verdict};
use std::path::PathBuf;

/// Not everything is accepted.
const NOT_ACCEPTED: u8 = 3;

/// Evaluate a case, or a batch of cases, packages and decisions
#[derive(Debug, Args)]
pub struct EvaluateArgs {
    /// A programme's folder or .prog file; `-` reads stdin
    programme: PathBuf,
    /// The case as JSON; `-` reads stdin
    #[arg(required_unless_present = "batch", conflicts_with = "batch", value_name = "CASE.json")]
    case: Option<PathBuf>,
    /// A batch instead: one case, package or decision a line; `-` reads stdin
    #[arg(long, value_name = "CASES.ndjson")]
    batch: Option<PathBuf>,
    /// Judge what is due up to this stage; without it, everything
    #[arg(long, value_name = "STAGE")]
    at: Option<String>,
    /// The day or moment of judgement; without it nothing is overdue
    #[arg(long, value_name = "DATETIME")]
    on: Option<String>,
    /// Read the notice this way, for this run; may be repeated
    #[arg(long = "reading", value_name = "NAME=VALUE")]
    readings: Vec<String>,
    /// The batch is closed: nothing more will be sent
    #[arg(long, conflicts_with = "case")]
    closed: bool,
    /// Show how each result came about: values, clauses, places in the source
    #[arg(long, conflicts_with = "batch")]
    explain: bool,
    /// Do not say where another reading would give another result
    #[arg(long)]
    no_alternatives: bool,
    /// How the report is written [default: json]; `json` also writes diagnostics as JSON, to stderr
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<FormatArg>,
}

/// Evaluates and prints.
pub fn run(args: &EvaluateArgs, shell: &Shell) -> u8 {
    let input = args.batch.as_ref().or(args.case.as_ref());
    if let Some(fault) = input.and_then(|input| work::stdin_twice(&args.programme, input)) {
        return shell.wrong_usage(&fault);
    }
    let disk = Disk;
    let mut session = Session::new(&disk);
    let format = args.format.unwrap_or(FormatArg::Human).into();
    let programme = match work::opened(&mut session, &args.programme, shell, format) {
        Ok(programme) => programme,
        Err(code) => return code,
    };
    match evaluate(args, input, &programme, &mut session, shell) {
        Some((accepted, text)) => shell.print(&text).max(if accepted { OK } else { NOT_ACCEPTED }),
        None => shell.refusal(&session.errors(), session.sources(), format).max(FAILED),
    }
}

/// Whether all is accepted, and what to print; `None` when something was refused.
fn evaluate(
    args: &EvaluateArgs,
    input: Option<&PathBuf>,
    programme: &Programme,
    session: &mut Session<'_>,
    shell: &Shell,
) -> Option<(bool, String)> {
    let (options, faults) = options(args, programme, shell);
    let limit = if args.batch.is_some() { BATCH_LIMIT } else { SIZE_LIMIT };
    let (file, text) = work::input(session, input?, limit, faults)?;
    let prepared = Prepared::new(programme);
    let refused = if args.batch.is_some() {
        match prepared.read_batch(&text) {
            Ok(batch) => return Some(show_batch(args, &prepared.evaluate_batch(&batch, &options), shell)),
            Err(refused) => refused,
        }
    } else {
        match prepared.read_case(&text) {
            Ok(case) => {
                let report = prepared.evaluate(&case, &options);
                let tree = args.explain.then(|| explain::explain(&prepared, &case, &options, session.sources()));
                return Some((report.verdict == Verdict::Accepted, show(args, &report, tree.as_deref(), shell)));
            }
            Err(refused) => refused,
        }
    };
    session.say(refused.to_diagnostic(file, 0));
    None
}

/// The options, and everything that is wrong with them.
fn options(args: &EvaluateArgs, programme: &Programme, shell: &Shell) -> (Options, Vec<Diagnostic>) {
    let asked = work::Asked { at: args.at.as_deref(), on: args.on.as_deref(), readings: &args.readings };
    let (options, faults) = asked.options(programme, shell);
    (Options { alternatives: !args.no_alternatives, closed: args.closed, ..options }, faults)
}

fn show(args: &EvaluateArgs, report: &Report<'_>, tree: Option<&[explain::Explained]>, shell: &Shell) -> String {
    match (args.format, tree) {
        (Some(FormatArg::Human), None) => human::report(report, shell.lang),
        (Some(FormatArg::Human), Some(tree)) => human::report(report, shell.lang) + "\n" + &explain::to_text(tree, shell.lang),
        (Some(FormatArg::Json) | None, None) => report.to_json(shell.lang) + "\n",
        (Some(FormatArg::Json) | None, Some(tree)) => with_member("explanation", &explain::to_json(tree), &report.to_json(shell.lang)),
    }
}

/// The object with one more member in front; `explanation` sorts before every member of a report.
fn with_member(name: &str, value: &str, object: &str) -> String {
    let rest = object.strip_prefix('{').unwrap_or(object);
    format!("{{\"{name}\":{value},{rest}\n")
}

fn show_batch(args: &EvaluateArgs, batch: &BatchReport<'_>, shell: &Shell) -> (bool, String) {
    let text = match args.format {
        Some(FormatArg::Human) => human::batch(batch, shell.lang),
        Some(FormatArg::Json) | None => {
            let mut text: String = batch.reports.iter().map(|report| report.to_json(shell.lang) + "\n").collect();
            text.push_str(&batch.to_json(shell.lang));
            text.push('\n');
            text
        }
    };
    let kept = |finding: &QuotaFinding<'_>| {
        finding.strength == Strength::Note || matches!(finding.result, RuleResult::Met | RuleResult::NotApplicable)
    };
    let accepted = batch.reports.iter().all(|report| report.verdict == Verdict::Accepted)
        && batch.packages.iter().all(|package| package.state == PackageState::Complete)
        && batch.findings.iter().all(kept);
    (accepted, text)
}
