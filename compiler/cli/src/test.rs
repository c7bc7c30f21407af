//! `prog test [PATH…]`: runs the scenarios, says why one failed, and which results of which rules they have shown.
//!
//! In: programmes with scenarios. Out: results for people, as JSON or as JUnit; with `--suggest` the scenarios that are missing. Always: what
//! failed is told with its place, the rule's place and the reasons for the result.

mod human;
mod junit;
mod suggest;
mod tools;

use crate::disk::Disk;
use crate::shell::{FAILED, OK, Shell};
use crate::watch::Watched;
use crate::work::each_unit;
use clap::{Args, ValueEnum};
use prog_base::{Diagnostic, Severity, SourceMap, codes, text};
use prog_driver::{Session, UnitKind, World};
use prog_eval::{Coverage, Failure, OutcomeCoverage, Why, run_scenarios, why};
use prog_model::Programme;
use prog_report::Format;
use std::path::PathBuf;
use std::time::Duration;

/// How often `--watch` looks whether something was saved.
const EVERY: Duration = Duration::from_millis(300);

/// Run the scenarios of programmes
#[derive(Debug, Args)]
pub struct TestArgs {
    /// A .prog file, a programme's folder or a folder of programmes; `-` reads stdin
    #[arg(default_value = ".", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How results are written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: TestFormat,
    /// Run only scenarios whose title holds this text
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Exit 1 if less than this share of the results that can come out was shown
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    coverage_min: Option<u8>,
    /// Run again whenever a file is saved
    #[arg(long)]
    watch: bool,
    /// Write the scenarios that are missing, with today's results for a person to confirm
    #[arg(long, conflicts_with_all = ["watch", "filter", "coverage_min"])]
    suggest: bool,
    /// Write them into this file
    #[arg(long, value_name = "FILE", requires = "suggest")]
    suggest_to: Option<PathBuf>,
}

/// How results are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum TestFormat {
    /// For people
    #[default]
    Human,
    /// For tools
    Json,
    /// For build servers
    Junit,
}

/// One programme's results, owned.
pub(crate) struct Ran {
    programme: String,
    scenarios: Vec<RanScenario>,
    coverage: Vec<Shown>,
    outcomes: Vec<ShownOutcome>,
}

/// One scenario's result.
pub(crate) struct RanScenario {
    title: String,
    failures: Vec<(Failure, Why)>,
}

/// What was shown of a rule, quota or target.
pub(crate) struct Shown {
    name: String,
    track: Option<String>,
    rule: String,
    clauses: Vec<String>,
    seen: Vec<prog_model::RuleResult>,
    reachable: Vec<prog_model::RuleResult>,
}

/// What was shown of an outcome of a stage.
pub(crate) struct ShownOutcome {
    tracks: Vec<String>,
    stage: String,
    outcome: Option<String>,
    leads_to: Option<String>,
    clauses: Vec<String>,
    seen: bool,
}

/// Runs and prints; with `--watch` again and again.
pub fn run(args: &TestArgs, shell: &Shell) -> u8 {
    if args.suggest {
        return suggest::run(args, shell);
    }
    if !args.watch {
        return once(&Disk, args, shell);
    }
    loop {
        let watched = Watched::new(Disk);
        once(&watched, args, shell);
        let said = text!("等待保存……（按 Ctrl+C 结束）", "waiting for a file to be saved … (Ctrl+C ends)");
        shell.complain(&format!("{}\n", said.get(shell.lang)));
        let seen = watched.state();
        while watched.state() == seen {
            std::thread::sleep(EVERY);
        }
    }
}

fn once(world: &dyn World, args: &TestArgs, shell: &Shell) -> u8 {
    let mut session = Session::new(world);
    let (mut all, mut programmes) = (Vec::new(), 0);
    each_unit(&mut session, &args.paths, None, shell, |session, unit, compiled| {
        programmes += usize::from(unit.kind == UnitKind::Programme);
        if let Some(mut programme) = compiled.programme.filter(|_| compiled.sound) {
            let named = |title: &str| args.filter.as_ref().is_none_or(|text| title.contains(text.as_str()));
            programme.scenarios.retain(|scenario| named(&scenario.title));
            let ran = Ran::of(&programme, session.sources(), args.filter.is_none());
            for (failure, why) in ran.scenarios.iter().flat_map(|s| &s.failures) {
                session.say(as_diagnostic(failure, why));
            }
            all.push(ran);
        }
    });
    if programmes == 0 && session.errors().is_empty() {
        session.say_no_programme(&args.paths);
    }
    let faults: Vec<Diagnostic> = session.diagnostics().into_iter().filter(|d| d.severity == Severity::Error).collect();
    let printed = shell.print(&match args.format {
        TestFormat::Human => human::of(&all, shell.lang),
        TestFormat::Json => tools::json(&all, session.sources(), shell.lang),
        TestFormat::Junit => junit::of(&all, shell.lang),
    });
    let format = if args.format == TestFormat::Json { Format::Json } else { Format::Human };
    let told = if faults.is_empty() { OK } else { shell.refusal(&faults, session.sources(), format) };
    let failed = all.iter().flat_map(|ran| &ran.scenarios).any(|s| !s.failures.is_empty());
    let scant = args.coverage_min.is_some_and(|least| all.iter().any(|ran| ran.percent() < usize::from(least)));
    printed.max(told).max(if failed || scant { FAILED } else { OK })
}

impl Ran {
    fn of(programme: &Programme, sources: &SourceMap, whole: bool) -> Self {
        let run = run_scenarios(programme);
        let scenarios = run.results.into_iter().map(|result| {
            let reasons = |failure: Failure| (failure.clone(), why(programme, result.scenario, &failure, sources));
            RanScenario { title: result.scenario.title.clone(), failures: result.failures.into_iter().map(reasons).collect() }
        });
        Self {
            programme: programme.ident.name.clone(),
            scenarios: scenarios.collect(),
            coverage: run.coverage.iter().filter(|_| whole).map(Shown::of).collect(),
            outcomes: run.outcomes.iter().filter(|_| whole).map(ShownOutcome::of).collect(),
        }
    }

    /// How many results were shown, and how many can come out.
    fn shown(&self) -> (usize, usize) {
        let results: usize = self.coverage.iter().map(|entry| entry.reachable.len()).sum();
        let missing: usize = self.coverage.iter().map(|entry| entry.missing().len()).sum();
        (results - missing, results)
    }

    fn percent(&self) -> usize {
        let (shown, of) = self.shown();
        (shown * 100).checked_div(of).unwrap_or(100)
    }
}

impl Shown {
    fn of(entry: &Coverage<'_>) -> Self {
        Self {
            name: entry.track.map(|track| format!("{track}.")).unwrap_or_default() + &entry.rule,
            track: entry.track.map(str::to_owned),
            rule: entry.rule.clone().into_owned(),
            clauses: entry.clauses.iter().map(|c| (*c).to_owned()).collect(),
            seen: entry.seen.clone(),
            reachable: entry.reachable.clone(),
        }
    }

    fn missing(&self) -> Vec<prog_model::RuleResult> {
        self.reachable.iter().copied().filter(|result| !self.seen.contains(result)).collect()
    }
}

impl ShownOutcome {
    fn of(entry: &OutcomeCoverage<'_>) -> Self {
        Self {
            tracks: entry.tracks.iter().map(|t| (*t).to_owned()).collect(),
            stage: entry.stage.to_owned(),
            outcome: entry.outcome.map(str::to_owned),
            leads_to: entry.leads_to.map(str::to_owned),
            clauses: entry.clauses.iter().map(|c| (*c).to_owned()).collect(),
            seen: entry.seen,
        }
    }
}

fn as_diagnostic(failure: &Failure, why: &Why) -> Diagnostic {
    let (zh, en) = ((&failure.expected.zh, &failure.found.zh), (&failure.expected.en, &failure.found.en));
    let message = prog_base::Text { zh: format!("预期{}，结果{}", zh.0, zh.1), en: format!("expected {}, found {}", en.0, en.1) };
    let diagnostic = Diagnostic::error(codes::SCENARIO_FAILED, failure.span, message)
        .here(text!("这一条预期不成立", "this expectation does not hold"))
        .help(text!("对照通知改规则，或改预期", "compare with the notice: mend the rule, or the expectation"));
    match why.place {
        Some(place) => diagnostic.label(place, text!("结果由这里决定", "this decides the result")),
        None => diagnostic,
    }
}
