//! The programme's version: what a report and a case name it by.
//!
//! In: every text that gives the programme its meaning — its files, the modules they use, its data files. Out: 12 hex digits.
//! Always: scenarios have no part in it (an example more does not make another programme), nor have line ends and file order on disk.

use crate::Inputs;
use prog_syntax::ast::{Calendar, File, Item, Table, TableRows};
use sha2::{Digest, Sha256};

/// The first 12 hex digits of the SHA-256 over all meaningful texts, in the order of their paths.
pub(super) fn version(inputs: &Inputs<'_>) -> String {
    let own = inputs.files.iter().map(|(_, file)| *file).filter(|file| !only_scenarios(file));
    let bases = inputs.bases.iter().flatten().map(|(_, file)| *file).filter(|file| !only_scenarios(file));
    let files: Vec<&File> = own.chain(bases).chain(inputs.modules.iter().map(|(_, file)| *file)).collect();
    let mut texts: Vec<(&str, String)> = files
        .iter()
        .map(|file| inputs.sources.get(file.span.file))
        .map(|source| (source.path.rsplit(['/', '\\']).next().unwrap_or(&source.path), source.text.replace('\r', "")))
        .collect();
    texts.sort();
    texts.extend(files.iter().flat_map(|file| data_files(file)).filter_map(|path| Some((path, (inputs.data)(path)?))));
    let mut hash = Sha256::new();
    for (name, text) in texts {
        hash.update(name.as_bytes());
        hash.update([0]);
        hash.update(text.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

fn only_scenarios(file: &File) -> bool {
    file.programmes.is_empty() && !file.items.is_empty() && file.items.iter().all(|item| matches!(item, Item::Scenario(_)))
}

fn data_files(file: &File) -> impl Iterator<Item = &str> {
    let items = file.items.iter().chain(file.programmes.iter().flat_map(|p| &p.items));
    items.filter_map(|item| match item {
        Item::Table(Table { rows: TableRows::File { path, .. }, .. }) | Item::Calendar(Calendar { path, .. }) => Some(path.text.as_str()),
        _other => None,
    })
}
