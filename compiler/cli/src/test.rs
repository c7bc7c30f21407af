//! `prog test [PATH…]`: runs the scenarios, and says which results of which rules they have shown.

use crate::args::FormatArg;
use crate::disk::Disk;
use crate::human::in_words;
use crate::shell::{FAILED, OK, Shell};
use crate::work::each_unit;
use clap::Args;
use prog_base::{Diagnostic, Lang, Severity, codes, text};
use prog_driver::{Session, UnitKind};
use prog_eval::{Coverage, Failure, ScenarioResult, result_word, run_scenarios};
use prog_model::RuleResult;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Run the scenarios of programmes
#[derive(Debug, Args)]
pub struct TestArgs {
    /// A .prog file, a programme's folder or a folder of programmes; `-` reads stdin
    #[arg(default_value = ".", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How results are written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: FormatArg,
}

/// What all programmes together have given.
#[derive(Default)]
struct Outcome {
    human: String,
    json: Vec<Value>,
    scenarios: usize,
    failed: usize,
    programmes: usize,
}

/// Runs and prints.
pub fn run(args: &TestArgs, shell: &Shell) -> u8 {
    let disk = Disk;
    let mut session = Session::new(&disk);
    let mut outcome = Outcome::default();
    each_unit(&mut session, &args.paths, None, shell, |session, unit, compiled| {
        outcome.programmes += usize::from(unit.kind == UnitKind::Programme);
        if let Some(programme) = compiled.programme.filter(|_| compiled.sound) {
            let run = run_scenarios(&programme);
            for failure in run.results.iter().flat_map(|result| &result.failures) {
                session.say(as_diagnostic(failure));
            }
            outcome.add(&programme.ident.name, &run.results, &run.coverage, shell.lang);
        }
    });
    if outcome.programmes == 0 && session.errors().is_empty() {
        session.say_no_programme(&args.paths);
    }
    let faults: Vec<Diagnostic> = session.diagnostics().into_iter().filter(|d| d.severity == Severity::Error).collect();
    let printed = match args.format {
        FormatArg::Human => shell.print(&(outcome.human + &summary(outcome.scenarios, outcome.failed, shell.lang))),
        FormatArg::Json => shell.print(&format!("{:#}\n", json!({ "programmes": outcome.json }))),
    };
    let told = if faults.is_empty() { OK } else { shell.refusal(&faults, session.sources(), args.format.into()) };
    printed.max(told).max(if outcome.failed > 0 { FAILED } else { OK })
}

impl Outcome {
    fn add(&mut self, programme: &str, results: &[ScenarioResult<'_>], coverage: &[Coverage<'_>], lang: Lang) {
        self.scenarios += results.len();
        self.failed += results.iter().filter(|result| !result.failures.is_empty()).count();
        self.human += &format!("{programme}\n");
        for result in results {
            self.human += &format!("  {} {}\n", word(result.failures.is_empty(), lang), result.scenario.title);
        }
        self.human += &covered(coverage, lang);
        self.json.push(json!({
            "programme": programme,
            "scenarios": results.iter().map(|result| json!({
                "title": result.scenario.title,
                "passed": result.failures.is_empty(),
                "failures": result.failures.iter().map(|failure| json!({
                    "expected": failure.expected.get(lang), "found": failure.found.get(lang),
                })).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
            "coverage": coverage.iter().map(|entry| json!({
                "track": entry.track, "rule": entry.rule, "clauses": entry.clauses, "seen": words(&entry.seen, Lang::En), "reachable": words(&entry.reachable, Lang::En),
            })).collect::<Vec<_>>(),
        }));
    }
}

fn as_diagnostic(failure: &Failure) -> Diagnostic {
    let (zh, en) = ((&failure.expected.zh, &failure.found.zh), (&failure.expected.en, &failure.found.en));
    let message = prog_base::Text { zh: format!("预期{}，结果{}", zh.0, zh.1), en: format!("expected {}, found {}", en.0, en.1) };
    Diagnostic::error(codes::SCENARIO_FAILED, failure.span, message)
        .here(text!("这一条预期不成立", "this expectation does not hold"))
        .help(text!("对照通知改规则，或改预期", "compare with the notice: mend the rule, or the expectation"))
}

/// How many results were shown, and line by line each rule that has more to show: its clauses, and what is missing.
fn covered(coverage: &[Coverage<'_>], lang: Lang) -> String {
    let missing = |entry: &Coverage<'_>| -> Vec<RuleResult> {
        entry.reachable.iter().copied().filter(|result| !entry.seen.contains(result)).collect()
    };
    let reachable: usize = coverage.iter().map(|entry| entry.reachable.len()).sum();
    let shown = reachable - coverage.iter().map(|entry| missing(entry).len()).sum::<usize>();
    let percent = (shown * 100).checked_div(reachable).unwrap_or(100);
    let mut out = match lang {
        Lang::Zh => format!("  规则覆盖 {percent}%：可能出现的 {reachable} 种结果中，样例已显示 {shown} 种\n"),
        Lang::En => format!("  coverage {percent}%: {shown} of {reachable} results that can come out were shown\n"),
    };
    for entry in coverage {
        let lacking = missing(entry);
        if lacking.is_empty() {
            continue;
        }
        let name = entry.track.map(|track| format!("{track}.")).unwrap_or_default() + &entry.rule;
        let clauses = entry.clauses.join(", ");
        out += &match lang {
            Lang::Zh => format!("    {name} [{clauses}] 还没有：{}\n", words(&lacking, lang).join("、")),
            Lang::En => format!("    {name} [{clauses}] not yet: {}\n", words(&lacking, lang).join(", ")),
        };
    }
    out
}

fn words(results: &[RuleResult], lang: Lang) -> Vec<&'static str> {
    results.iter().map(|result| in_words(result_word(*result), lang)).collect()
}

fn word(passed: bool, lang: Lang) -> &'static str {
    match (passed, lang) {
        (true, Lang::Zh) => "通过",
        (true, Lang::En) => "ok",
        (false, Lang::Zh) => "不符",
        (false, Lang::En) => "FAILED",
    }
}

fn summary(scenarios: usize, failed: usize, lang: Lang) -> String {
    let passed = scenarios - failed;
    match lang {
        Lang::Zh => format!("{scenarios} 个情景：{passed} 个通过，{failed} 个不符\n"),
        Lang::En => format!("{scenarios} scenarios: {passed} passed, {failed} failed\n"),
    }
}
