//! What `check`, `build` and `test` have in common: every unit of every path, with a progress line when that takes long.

use crate::shell::Shell;
use prog_driver::{Compiled, Session, Unit};
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
