//! What subcommands have in common: every unit of every path, with a progress line when that takes long; options of an evaluation; a file
//! written.

use crate::disk::Disk;
use crate::shell::Shell;
use prog_base::{Diagnostic, FileId, Text, text};
use prog_driver::{Change, Compiled, Failure, Session, Unit, UnitKind, World};
use prog_eval::Options;
use prog_model::Programme;
use prog_report::Format;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Compiles every unit at these paths and hands each one on.
pub fn each_unit<'w>(
    session: &mut Session<'w>,
    paths: &[PathBuf],
    texts: Option<&Path>,
    shell: &Shell,
    mut then: impl FnMut(&mut Session<'w>, &Unit, Compiled),
) {
    let units: Vec<Unit> = paths.iter().flat_map(|path| session.load(path)).collect();
    for (index, unit) in units.iter().enumerate() {
        shell.progress(index + 1, units.len(), &unit.folder);
        let compiled = session.compile(unit, texts);
        then(session, unit, compiled);
    }
    shell.end_progress();
}

/// The one sound programme at a path; `Err(None)` when diagnostics say why there is none, else what is wrong with the request.
pub fn one_programme(session: &mut Session<'_>, path: &Path, shell: &Shell) -> Result<Programme, Option<Text>> {
    let mut programmes = Vec::new();
    let mut count = 0;
    each_unit(session, &[path.to_owned()], None, shell, |_, unit, compiled| {
        count += usize::from(unit.kind == UnitKind::Programme);
        programmes.extend(compiled.programme.filter(|_| compiled.sound));
    });
    let shown = path.display();
    match (count, programmes.pop()) {
        (1, Some(programme)) => Ok(programme),
        (0, _) if session.errors().is_empty() => {
            session.say_no_programme(&[path.to_owned()]);
            Err(None)
        }
        (0 | 1, _) => Err(None),
        (_, _) => Err(Some(text!("“{shown}”里有 {count} 个方案，请指定一个", "`{shown}` holds {count} programmes; name one"))),
    }
}

/// The one sound programme at a path, or the exit code once it was said why there is none.
pub fn opened(session: &mut Session<'_>, path: &Path, shell: &Shell, format: Format) -> Result<Programme, u8> {
    one_programme(session, path, shell).map_err(|usage| match usage {
        Some(usage) => shell.wrong_usage(&usage),
        None => shell.refusal(&session.diagnostics(), session.sources(), format),
    })
}

/// What is wrong where a programme and what it is asked about are both to be read from stdin.
pub fn stdin_twice(programme: &Path, input: &Path) -> Option<Text> {
    let stdin = Path::new("-");
    (programme == stdin && input == stdin).then(|| text!("标准输入只能读一次", "stdin can be read only once"))
}

/// What an evaluation is asked, as given on the command line.
pub struct Asked<'a> {
    /// A stage.
    pub at: Option<&'a str>,
    /// A day or moment.
    pub on: Option<&'a str>,
    /// `NAME=VALUE`
    pub readings: &'a [String],
}

impl Asked<'_> {
    /// The options, and everything that is wrong with them.
    pub fn options(&self, programme: &Programme, shell: &Shell) -> (Options, Vec<Diagnostic>) {
        let mut faults = Vec::new();
        let mut keep = |fault: Diagnostic| faults.push(fault);
        let at = self.at.and_then(|stage| Options::stage(programme, stage).map_err(&mut keep).ok());
        let on = self.on.and_then(|day| Options::day_or_moment(programme, day).map_err(&mut keep).ok());
        let readings = self.readings.iter().filter_map(|text| Options::reading(programme, text).map_err(&mut keep).ok()).collect();
        (Options { at, on, readings, lang: shell.lang, ..Options::default() }, faults)
    }
}

/// The text of what is to be evaluated; `None` when it can't be read, or when something is wrong with the options (`faults`).
pub fn input(session: &mut Session<'_>, path: &Path, limit: u64, faults: Vec<Diagnostic>) -> Option<(FileId, Arc<str>)> {
    let file = session.read_input(path, limit);
    let sound = faults.is_empty();
    faults.into_iter().for_each(|fault| session.say(fault));
    let file = file.filter(|_| sound)?;
    Some((file, session.sources().get(file).text.clone()))
}

/// Writes one file, whole or not at all; `None` when that failed, which is said.
pub fn write_file(session: &mut Session<'_>, disk: &Disk, file: &Path, bytes: Vec<u8>) -> Option<()> {
    let Some(name) = file.file_name() else {
        session.say_cannot_write(file, &Failure::other(text!("没有文件名", "it names no file")));
        return None;
    };
    let folder = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let change = Change { write: vec![(name.to_string_lossy().into_owned(), bytes)], remove: Vec::new() };
    match disk.replace(&disk.absolute(folder), &change) {
        Ok(()) => Some(()),
        Err(failure) => {
            session.say_cannot_write(file, &failure);
            None
        }
    }
}
