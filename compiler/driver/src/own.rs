//! Targets of other people: their folders read, their templates or programs run.
//!
//! In: the folders given by `--target-dir`. Out: what each makes of a programme. Always: a folder is read once; what is wrong with it is said
//! once, at its place.

use crate::session::{Session, shown};
use prog_base::{Diagnostic, codes, text};
use prog_emit::targets::Draft;
use prog_emit::{OwnTarget, OwnText};
use prog_model::Programme;
use std::path::{Path, PathBuf};

/// The file that says what a target is.
const MANIFEST: &str = "target.json";
/// A template is no longer than this.
const TEMPLATE_LIMIT: u64 = 1 << 20;

/// A target with the folder it was read from.
#[derive(Clone, Debug)]
pub struct OwnFolder {
    folder: PathBuf,
    target: OwnTarget,
}

impl Session<'_> {
    /// Reads the folder of a target; what is wrong with it is a diagnostic.
    pub fn read_target(&mut self, folder: &Path) -> Option<OwnFolder> {
        let source = self.own_text(folder, MANIFEST)?;
        let target = match OwnTarget::read(&source) {
            Ok(target) => target,
            Err(diagnostic) => {
                self.say(diagnostic);
                return None;
            }
        };
        let mut names: Vec<String> = target.manifest.files.iter().map(|step| step.template.clone()).collect();
        let listed = self.world.list(folder).unwrap_or_default();
        names.extend(listed.into_iter().map(|entry| entry.name).filter(|name| name.ends_with(".tera")));
        names.sort();
        names.dedup();
        let templates: Option<Vec<OwnText>> = names.iter().map(|name| self.own_text(folder, name)).collect();
        Some(OwnFolder { folder: folder.to_owned(), target: target.with_templates(templates?) })
    }

    fn own_text(&mut self, folder: &Path, name: &str) -> Option<OwnText> {
        let file = self.read_input(&folder.join(name), TEMPLATE_LIMIT)?;
        Some(OwnText { name: name.to_owned(), text: self.sources().get(file).text.to_string(), file })
    }

    /// What these targets make of a programme, by their names; what went wrong is said, and then there is nothing.
    pub(crate) fn own_files(&mut self, programme: &Programme, own: &[OwnFolder]) -> Option<Vec<(String, Vec<Draft>)>> {
        if own.is_empty() {
            return Some(Vec::new());
        }
        let model = prog_emit::model_json(programme);
        let mut all: Vec<(String, Vec<Draft>)> = Vec::new();
        for one in own {
            let name = &one.target.manifest.name;
            if all.iter().any(|(other, _)| other == name) {
                let message = text!("有两个目标都叫“{name}”", "two targets are called `{name}`");
                let folder = shown(&one.folder);
                self.say(
                    Diagnostic::new(prog_base::Severity::Error, codes::TARGET_FOLDER, None, message)
                        .help(text!("给“{folder}”里的那个改名", "rename the one in `{folder}`")),
                );
                return None;
            }
            let drafts = self.files_of(one, &model).and_then(|files| one.target.drafts(files));
            match drafts {
                Ok(drafts) => all.push((name.clone(), drafts)),
                Err(diagnostics) => {
                    diagnostics.into_iter().for_each(|diagnostic| self.say(diagnostic));
                    return None;
                }
            }
        }
        Some(all)
    }

    fn files_of(&self, one: &OwnFolder, model: &str) -> Result<Vec<(String, Vec<u8>)>, Vec<Diagnostic>> {
        let command = &one.target.manifest.command;
        if command.is_empty() {
            return one.target.render(model);
        }
        let ran = self.world.run(command, &one.folder, model.as_bytes());
        ran.map_err(|failure| vec![one.target.program_failed(&failure.reason)])
    }
}
