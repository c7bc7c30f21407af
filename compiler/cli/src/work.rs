//! What `check`, `build` and `test` have in common: every unit of every path, with a progress line when that takes long.

use crate::shell::Shell;
use prog_base::{Text, text};
use prog_driver::{Compiled, Session, Unit, UnitKind};
use prog_model::Programme;
use std::path::{Path, PathBuf};

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
