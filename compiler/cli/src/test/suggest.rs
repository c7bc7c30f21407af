//! `prog test --suggest`: the scenarios that are missing, in the programme's own keywords and layout.
//!
//! In: programmes. Out: scenarios with today's results, each under a mark for the person who confirms it. Always: what is written was read as
//! part of its programme and passed.

use super::TestArgs;
use crate::disk::Disk;
use crate::shell::{FAILED, OK, Shell};
use crate::work::each_unit;
use prog_base::{FileId, Lang, text};
use prog_driver::{Change, Entry, Failure, Kind, Session, UnitKind, World};
use prog_eval::run_scenarios;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The file in which suggestions are tried beside a programme.
const NAME: &str = "zz-suggested.prog";

/// A programme that suggestions are wanted for.
struct Wanted {
    folder: PathBuf,
    keywords: Lang,
    suggested: Vec<String>,
    shown: usize,
}

/// Finds, tries and writes.
pub fn run(args: &TestArgs, shell: &Shell) -> u8 {
    let mut session = Session::new(&Disk);
    let mut wanted = Vec::new();
    each_unit(&mut session, &args.paths, None, shell, |session, unit, compiled| {
        let Some(programme) = compiled.programme.filter(|_| compiled.sound && unit.kind == UnitKind::Programme) else { return };
        let source = session.sources().get(programme.ident.span.file).text.to_string();
        let keywords = prog_format::keywords_of(&source);
        let run = run_scenarios(&programme);
        let suggested = prog_cases::suggestions(&programme, &run, keywords);
        wanted.push(Wanted { folder: unit.folder.clone(), keywords, suggested, shown: shown(&run) });
    });
    let errors = session.errors();
    if wanted.is_empty() && errors.is_empty() {
        session.say_no_programme(&args.paths);
    }
    let errors = session.errors();
    if !errors.is_empty() {
        return shell.refusal(&errors, session.sources(), prog_report::Format::Human);
    }
    let mut out = String::new();
    for one in wanted {
        let (kept, after) = one.tried(shell);
        let (count, more) = (kept.len(), after.saturating_sub(one.shown));
        let folder = one.folder.display();
        let said = text!(
            "{folder}：建议 {count} 个样例，多显示 {more} 种结果",
            "{folder}: {count} scenarios suggested; they show {more} more results"
        );
        shell.complain(&format!("{}\n", said.get(shell.lang)));
        out += &one.laid_out(&kept);
    }
    match &args.suggest_to {
        None => shell.print(&out),
        Some(path) => written(path, &out, shell),
    }
}

/// How many of the results that can come out were shown.
fn shown(run: &prog_eval::ScenarioRun<'_>) -> usize {
    run.coverage.iter().map(|c| c.reachable.iter().filter(|r| c.seen.contains(r)).count()).sum()
}

impl Wanted {
    /// Those that are read and pass beside the programme, and how many results are shown with them.
    fn tried(&self, shell: &Shell) -> (Vec<String>, usize) {
        let mut kept = self.suggested.clone();
        // What is not read is left out first, then what does not pass.
        for _ in 0..3 {
            let world = Beside { folder: self.folder.clone(), text: kept.concat() };
            let mut session = Session::new(&world);
            let (mut bad, mut after) = (BTreeSet::new(), 0);
            let offsets: Vec<usize> = kept.iter().scan(0, |end, one| Some((*end, *end += one.len()).0)).collect();
            let which = |offset: u32| offsets.partition_point(|start| *start <= offset as usize).saturating_sub(1);
            each_unit(&mut session, std::slice::from_ref(&self.folder), None, shell, |session, _, compiled| {
                let ours = |file: FileId| session.sources().get(file).path.ends_with(NAME);
                for diagnostic in session.errors() {
                    bad.extend(diagnostic.span().filter(|span| ours(span.file)).map(|span| which(span.start)));
                }
                let Some(programme) = compiled.programme.filter(|_| compiled.sound) else { return };
                let run = run_scenarios(&programme);
                after = shown(&run);
                let failed = run.results.iter().filter(|r| !r.failures.is_empty() && ours(r.scenario.span.file));
                bad.extend(failed.map(|r| which(r.scenario.span.start)));
            });
            if bad.is_empty() {
                return (kept, after);
            }
            kept = kept.into_iter().enumerate().filter(|(i, _)| !bad.contains(i)).map(|(_, one)| one).collect();
        }
        (Vec::new(), self.shown)
    }

    /// Each under its mark, in the canonical layout.
    fn laid_out(&self, kept: &[String]) -> String {
        let mark = match self.keywords {
            Lang::Zh => "// 待确认：结果是今天算出来的；对照通知核对后删去这一行",
            Lang::En => "// to confirm: the result is today's; compare it with the notice, then delete this line",
        };
        let marked: Vec<String> = kept.iter().map(|one| format!("{mark}\n{one}")).collect();
        let text = marked.join("\n");
        prog_format::canonical(FileId(0), &text, Some(self.keywords)).map_or(text, |canonical| canonical.text)
    }
}

fn written(path: &Path, out: &str, shell: &Shell) -> u8 {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let change = Change { write: vec![(name, out.as_bytes().to_vec())], remove: Vec::new() };
    match Disk.replace(folder, &change) {
        Ok(()) => OK,
        Err(failure) => {
            let path = path.display();
            let prog_base::Text { zh, en } = failure.reason;
            shell.complain(&format!("prog: {}\n", text!("没有写“{path}”：{zh}", "`{path}` was not written: {en}").get(shell.lang)));
            FAILED
        }
    }
}

/// The disk with one more file in a folder.
struct Beside {
    folder: PathBuf,
    text: String,
}

impl Beside {
    fn is_it(&self, path: &Path) -> bool {
        path.parent() == Some(&self.folder) && path.file_name().is_some_and(|name| name == NAME)
    }
}

impl World for Beside {
    fn kind(&self, path: &Path) -> Result<Kind, Failure> {
        if self.is_it(path) { Ok(Kind::File) } else { Disk.kind(path) }
    }

    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, Failure> {
        if self.is_it(path) { Ok(self.text.as_bytes().to_vec()) } else { Disk.read(path, limit) }
    }

    fn stdin(&self, limit: u64) -> Result<Vec<u8>, Failure> {
        Disk.stdin(limit)
    }

    fn list(&self, folder: &Path) -> Result<Vec<Entry>, Failure> {
        let mut entries = Disk.list(folder)?;
        if folder == self.folder {
            entries.push(Entry { name: NAME.to_owned(), kind: Kind::File });
        }
        Ok(entries)
    }

    fn absolute(&self, path: &Path) -> PathBuf {
        Disk.absolute(path)
    }

    fn replace(&self, folder: &Path, change: &Change) -> Result<(), Failure> {
        Disk.replace(folder, change)
    }
}
