//! `follows X`: the programme that another follows, and the one that that follows.
//!
//! In: a unit with its files. Out: its bases, the nearest first. Always: a base is a folder beside the programme's own whose source
//! declares that name; only such a folder is parsed; a circle is told and cut.

use crate::session::{Session, Unit};
use crate::world::{Entry, Kind};
use crate::{SIZE_LIMIT, decode::decode};
use prog_base::{Diagnostic, codes, text};
use prog_syntax::ast::Name;
use std::path::{Path, PathBuf};

/// A programme that another follows.
#[derive(Clone, Debug)]
pub struct Base {
    /// Its folder.
    pub folder: PathBuf,
    /// Its files, by index into [`Session::files`].
    pub files: Vec<usize>,
}

impl Session<'_> {
    /// Finds and parses what a unit follows.
    pub(crate) fn load_bases(&mut self, unit: &mut Unit) {
        let (mut folder, mut files) = (unit.folder.clone(), unit.files.clone());
        while let Some(name) = self.follows(&files) {
            let Some(base) = self.find_base(&folder, &name.text) else {
                self.say_no_base(&name);
                break;
            };
            if base.files.iter().any(|f| unit.files.contains(f) || unit.bases.iter().any(|b| b.files.contains(f))) {
                self.say_circle(&name);
                break;
            }
            (folder, files) = (base.folder.clone(), base.files.clone());
            unit.bases.push(base);
        }
    }

    /// What the programme in these files follows.
    fn follows(&self, files: &[usize]) -> Option<Name> {
        files.iter().flat_map(|f| &self.files()[*f].parse.ast.programmes).find_map(|p| p.follows.clone())
    }

    /// The folder beside `folder` whose source declares a programme of this name; the likeliest names are looked at first.
    fn find_base(&mut self, folder: &Path, name: &str) -> Option<Base> {
        let own = self.world.absolute(folder);
        let parent = match folder.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            Some(_) if folder != Path::new(".") => PathBuf::from("."),
            Some(_) | None => own.parent()?.to_owned(),
        };
        let mut folders: Vec<String> =
            self.world.list(&parent).ok()?.into_iter().filter(|e| e.kind == Kind::Folder).map(|e| e.name).collect();
        let plain = name.replace('_', "-");
        folders.sort_by_key(|f| (*f != name && *f != plain, f.clone()));
        for beside in folders {
            let path = if parent == Path::new(".") { PathBuf::from(&beside) } else { parent.join(&beside) };
            if self.world.absolute(&path) == own {
                continue;
            }
            let Ok(entries) = self.world.list(&path) else { continue };
            if entries.iter().any(|e| self.declares(&path, e, name)) {
                let files = self.parse_entries(&path, &entries).files;
                return Some(Base { folder: path, files });
            }
        }
        None
    }

    /// Whether a file has a line that begins a programme of this name.
    fn declares(&self, folder: &Path, entry: &Entry, name: &str) -> bool {
        let path = folder.join(&entry.name);
        if entry.kind != Kind::File || path.extension().is_none_or(|e| e != "prog") {
            return false;
        }
        let text = self.world.read(&path, SIZE_LIMIT).ok().and_then(|bytes| decode(&bytes).ok());
        let begins = |line: &str| {
            let line = line.trim_start();
            ["programme", "program", "方案"].iter().any(|word| {
                let rest = line.strip_prefix(word).map(str::trim_start).and_then(|rest| rest.strip_prefix(name));
                rest.is_some_and(|rest| !rest.starts_with(|c: char| c == '_' || c.is_alphanumeric()))
            })
        };
        text.is_some_and(|text| text.lines().any(begins))
    }

    fn say_no_base(&mut self, name: &Name) {
        let base = &name.text;
        self.say(
            Diagnostic::error(
                codes::BASE_UNKNOWN,
                name.span,
                text!("找不到所沿用的方案“{base}”", "the programme `{base}` that this one follows was not found"),
            )
            .help(text!(
                "它要在旁边的文件夹里，与本方案的文件夹并列；核对名称",
                "it stands in a folder beside this programme's own; check the name"
            )),
        );
    }

    fn say_circle(&mut self, name: &Name) {
        let base = &name.text;
        self.say(
            Diagnostic::error(
                codes::BASE_UNKNOWN,
                name.span,
                text!("方案互相沿用成了一圈：到“{base}”又回来了", "programmes follow each other in a circle: `{base}` comes back"),
            )
            .help(text!("最早的方案不沿用别的方案", "the first programme follows none")),
        );
    }
}
