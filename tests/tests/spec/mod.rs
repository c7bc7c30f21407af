//! The language book runs: every example of `tests/spec/*.md` is compiled, its expected faults stand in its code, its scenarios pass,
//! its cases give the reports shown, and it prints and reads back the same.
//!
//! In a ```` ```prog ```` block, `// error P0107: 五(一)` at a line's end says that this line, and no other, has that fault at that text;
//! several are separated by `; `. A block without `programme` is put into one. After it, ```` ```json case ```` gives a case and
//! ```` ```json report ```` what must stand in its report (more may stand there); `at=`, `on=`, `reading=` set options. A
//! ```` ```text NAME ```` is a file beside it; with a name that begins with `/`, a file in a folder beside its own.

mod book;
mod report;

use book::{Block, Example};
use prog_base::{Diagnostic, Lang, Severity};
use prog_driver::world::Memory;
use prog_driver::{Compiled, Session, UnitKind};
use prog_eval::Options;
use prog_format::Style;
use prog_tests::root;
use std::path::Path;

/// What an example without a programme of its own is put into: nothing of it can be at fault.
const FRAME: &str = "programme example \"例\" { issuer \"省教育厅\"; number unknown; timezone \"Asia/Shanghai\"; ";

#[test]
fn every_example_runs() {
    let mut faults = Vec::new();
    let mut paths: Vec<_> = std::fs::read_dir(root().join("tests/spec")).expect("the book").map(|e| e.expect("an entry").path()).collect();
    paths.sort();
    let mut count = 0;
    for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "md")) {
        let text = std::fs::read_to_string(path).expect("a chapter");
        let chapter = path.file_name().expect("a name").to_string_lossy().into_owned();
        for example in book::examples(&text) {
            count += 1;
            let place = format!("{chapter}:{}", example.line);
            faults.extend(run(&example).into_iter().map(|fault| format!("{place}: {fault}")));
        }
    }
    assert!(count > 30, "the book is read");
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// What is wrong with an example.
fn run(example: &Example) -> Vec<String> {
    let framed = !example.code.lines().any(|l| l.starts_with("programme ") || l.starts_with("方案 "));
    let uses: Vec<&str> = example.code.lines().filter(|l| framed && l.starts_with("use ")).collect();
    let source = if framed {
        // The frame takes one line; `use` lines move before it and leave blank lines behind.
        let body: Vec<&str> = example.code.lines().map(|l| if uses.contains(&l) { "" } else { l }).collect();
        let outline = if example.code.contains("notice {") { "" } else { "notice { clause 一 clause 二 clause 三 }" };
        format!("{} {FRAME}{outline}\n{}\n}}\n", uses.join("; "), body.join("\n"))
    } else {
        format!("\n{}\n", example.code)
    };
    let mut files = vec![("book/programme.prog".to_owned(), source.clone())];
    let place = |name: &String| name.strip_prefix('/').map_or_else(|| format!("book/{name}"), str::to_owned);
    files.extend(example.files.iter().map(|(name, text)| (place(name), text.clone())));
    let world = Memory::new(files);
    let mut session = Session::new(&world);
    let units = session.load(Path::new("book"));
    let mut faults = Vec::new();
    let mut compiled: Vec<Compiled> = Vec::new();
    for unit in units.iter().filter(|u| u.kind == UnitKind::Programme) {
        compiled.push(session.compile(unit, None));
    }
    faults.extend(compare(example, &session, framed));
    if session.errors().is_empty() {
        faults.extend(prints_back(&source));
        for one in &compiled {
            let Some(programme) = &one.programme else { continue };
            for result in prog_eval::run_scenarios(programme).results {
                for failure in result.failures {
                    let line = session.sources().get(failure.span.file).position(failure.span.start as usize).line - 1;
                    faults.push(format!(
                        "line {line} of the example, scenario “{}”: expected {}, found {}",
                        result.scenario.title, failure.expected.en, failure.found.en
                    ));
                }
            }
            faults.extend(example.reports.iter().filter_map(|r| report::check(programme, r).err()));
        }
    }
    faults
}

/// Expected and found diagnostics, line by line.
fn compare(example: &Example, session: &Session<'_>, framed: bool) -> Vec<String> {
    let mut expected: Vec<(usize, String)> = Vec::new();
    for (index, line) in example.code.lines().enumerate() {
        expected.extend(book::expectations(line).into_iter().map(|e| (index + 1, e)));
    }
    let mut faults = Vec::new();
    for d in session.diagnostics() {
        let (line, said) = said(&d, session);
        // In a frame, what concerns the outline as a whole has no place in the example.
        if framed && line == 0 && d.severity != Severity::Error {
            continue;
        }
        match expected.iter().position(|(l, e)| *l == line && (*e == said || said.starts_with(&format!("{e}: ")))) {
            Some(found) => _ = expected.remove(found),
            None => faults.push(format!("line {line}: unexpected {said} ({})", d.message.en)),
        }
    }
    faults.extend(expected.into_iter().map(|(line, e)| format!("line {line}: nothing said “{e}”")));
    faults
}

/// `error P0107: 五(一)` with its line in the example.
fn said(d: &Diagnostic, session: &Session<'_>) -> (usize, String) {
    let severity = match d.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let Some(span) = d.span() else { return (0, format!("{severity} {}", d.code.0)) };
    let line = session.sources().get(span.file).position(span.start as usize).line - 1;
    let text = session.sources().slice(span).lines().next().unwrap_or("").trim();
    (line, format!("{severity} {}: {text}", d.code.0))
}

/// Canonical text of either keyword language means the same.
fn prints_back(source: &str) -> Vec<String> {
    let file = prog_base::FileId(0);
    let parse = prog_syntax::parse(file, source);
    let mut faults = Vec::new();
    for keywords in [Lang::En, Lang::Zh] {
        let style = Style { keywords };
        let printed = prog_format::format(&parse, source, style);
        let read = prog_syntax::parse(file, &printed);
        if let Some(d) = read.diagnostics.first() {
            faults.push(format!("printed with {keywords:?} keywords it does not read: {} in\n{printed}", d.message.en));
        } else if prog_format::format(&read, &printed, style) != printed {
            faults.push(format!("printing with {keywords:?} keywords is not idempotent:\n{printed}"));
        }
    }
    faults
}

/// Options from an info string: `at=市级报送 on=2024-04-23 reading=deadline=exclusive`.
fn options(programme: &prog_model::Programme, block: &Block) -> Result<Options, String> {
    let mut options = Options { lang: Lang::Zh, alternatives: false, ..Options::default() };
    for (key, value) in &block.options {
        match key.as_str() {
            "at" => options.at = Some(Options::stage(programme, value).map_err(|d| d.message.en)?),
            "on" => options.on = Some(Options::day_or_moment(programme, value).map_err(|d| d.message.en)?),
            "reading" => options.readings.push(Options::reading(programme, value).map_err(|d| d.message.en)?),
            "alternatives" => options.alternatives = value == "yes",
            "lang" => options.lang = if value == "en" { Lang::En } else { Lang::Zh },
            other => return Err(format!("unknown option `{other}` of a block")),
        }
    }
    Ok(options)
}

/// No example shows ten thousand brackets: one fault, P0006, and no crash.
#[test]
fn deep_nesting_is_one_fault() {
    let text = format!("let 甲 = {}1{}\n", "(".repeat(10_000), ")".repeat(10_000));
    let codes: Vec<&str> = prog_syntax::parse(prog_base::FileId(0), &text).diagnostics.iter().map(|d| d.code.0).collect();
    assert_eq!(codes, ["P0006"]);
}
