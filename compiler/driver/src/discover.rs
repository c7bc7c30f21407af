//! Paths to units: a `.prog` file, a programme's folder, or a folder of programmes at any depth.
//!
//! Always: all `.prog` files of a folder with a programme are that programme; below such a folder no other is looked for.
//! A folder without a programme but with `.prog` files holds modules. Entries are taken in order of name.

use crate::session::{Session, Unit, UnitKind, shown, unreadable};
use crate::world::{Entry, Kind};
use prog_base::{Diagnostic, Severity, Span, codes, text};
use std::path::{Path, PathBuf};

/// The `.prog` files met in one folder.
pub(crate) struct Found {
    /// Those that could be read.
    pub files: Vec<usize>,
    /// Whether there was any such name.
    met: bool,
    /// Whether all of them could be read.
    complete: bool,
}

impl Found {
    fn one(file: usize) -> Self {
        Self { files: vec![file], met: true, complete: true }
    }
}

impl Session<'_> {
    /// The units at a path, with the modules they use; what is wrong with the path is a diagnostic.
    pub fn load(&mut self, path: &Path) -> Vec<Unit> {
        let mut units = self.units_at(path);
        for unit in &mut units {
            self.load_bases(unit);
            self.load_modules(unit);
        }
        units
    }

    /// The files at a path, without modules used from elsewhere: one file for a file's own name; by index into [`Session::files`].
    pub fn files_at(&mut self, path: &Path) -> Vec<usize> {
        match self.world.kind(path) {
            Ok(Kind::File) if is_source_name(path) => self.parse_file(path).into_iter().collect(),
            Ok(_) | Err(_) => self.units_at(path).into_iter().flat_map(|unit| unit.files).collect(),
        }
    }

    /// Says that a programme was needed and these paths hold none.
    pub fn say_no_programme(&mut self, paths: &[PathBuf]) {
        let names: Vec<String> = paths.iter().map(|path| shown(path)).collect();
        let (zh, en) = (names.join("”、“"), names.join("`, `"));
        let message = text!("“{zh}”里没有方案", "there is no programme in `{en}`");
        self.say(
            Diagnostic::new(Severity::Error, codes::NO_PROGRAMME, None, message)
                .help(text!("给出方案所在的文件夹", "name a programme's folder")),
        );
    }

    fn units_at(&mut self, path: &Path) -> Vec<Unit> {
        if path == Path::new("-") {
            return self.parse_stdin().map(|file| self.unit(PathBuf::from("."), Found::one(file))).into_iter().collect();
        }
        match self.world.kind(path) {
            Ok(Kind::Folder) if is_source_name(path) => _ = self.say_folder_named_as_file(path),
            Ok(Kind::Folder) => return self.units_in(path),
            Ok(Kind::File) if is_source_name(path) => return self.single_file(path),
            Ok(Kind::File | Kind::Other) => _ = self.say_not_a_source(path),
            Err(failure) => {
                let span = self.mention(path);
                self.say(unreadable(path, span, &failure));
            }
        }
        Vec::new()
    }

    fn units_in(&mut self, folder: &Path) -> Vec<Unit> {
        let mut units = Vec::new();
        if !self.walk(folder, folder, &mut units) {
            let span = self.mention(folder);
            let name = shown(folder);
            self.say(
                Diagnostic::error(codes::NO_SOURCE_FOUND, span, text!("“{name}”里没有 .prog 文件", "there is no .prog file in `{name}`"))
                    .help(text!("给出方案所在的文件夹或 .prog 文件", "name a programme's folder or a .prog file")),
            );
        }
        units
    }

    /// Collects the units of a folder and of the folders in it; whether any `.prog` name was met.
    fn walk(&mut self, folder: &Path, top: &Path, units: &mut Vec<Unit>) -> bool {
        let entries = match self.world.list(folder) {
            Ok(entries) => entries,
            Err(failure) => {
                let span = self.mention(folder);
                self.say(unreadable(folder, span, &failure));
                return true;
            }
        };
        let found = self.parse_entries(folder, &entries);
        let mut met = found.met;
        if self.hold_programme(&found.files) {
            units.push(self.unit(folder.to_owned(), found));
            return true;
        }
        for file in found.files {
            units.push(self.unit(top.to_owned(), Found::one(file)));
        }
        for entry in entries {
            if entry.kind == Kind::Folder && !entry.name.starts_with('.') && !entry.name.ends_with(".prog") {
                met |= self.walk(&folder.join(&entry.name), top, units);
            }
        }
        met
    }

    /// Parses the `.prog` files among a folder's entries.
    pub(crate) fn parse_entries(&mut self, folder: &Path, entries: &[Entry]) -> Found {
        let mut found = Found { files: Vec::new(), met: false, complete: true };
        for entry in entries.iter().filter(|e| is_source_name(Path::new(&e.name)) && !e.name.starts_with('.')) {
            found.met = true;
            let path = folder.join(&entry.name);
            let file = match entry.kind {
                Kind::File => self.parse_file(&path),
                Kind::Folder => self.say_folder_named_as_file(&path),
                Kind::Other => self.say_not_a_source(&path),
            };
            found.complete &= file.is_some();
            found.files.extend(file);
        }
        found
    }

    /// A file given by name: itself alone, unless it holds no programme and its folder does (a file of scenarios).
    fn single_file(&mut self, path: &Path) -> Vec<Unit> {
        let Some(file) = self.parse_file(path) else { return Vec::new() };
        let folder = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            Some(_) | None => PathBuf::from("."),
        };
        if !self.hold_programme(&[file])
            && let Ok(entries) = self.world.list(&folder)
        {
            let mark = self.diagnostics_mark();
            let found = self.parse_entries(&folder, &entries);
            if self.hold_programme(&found.files) {
                return vec![self.unit(folder, found)];
            }
            self.forget_since(mark);
        }
        vec![self.unit(folder, Found::one(file))]
    }

    /// Whether one of these files declares a programme.
    fn hold_programme(&self, files: &[usize]) -> bool {
        files.iter().any(|file| !self.files()[*file].parse.ast.programmes.is_empty())
    }

    fn unit(&mut self, folder: PathBuf, found: Found) -> Unit {
        let Found { files, complete, met: _ } = found;
        let programmes: Vec<(String, Span)> = files
            .iter()
            .flat_map(|file| &self.files()[*file].parse.ast.programmes)
            .map(|p| (p.head.name.text.clone(), p.head.name.span))
            .collect();
        if let [(first, first_span), (second, second_span), ..] = programmes.as_slice() {
            let message = text!(
                "一个文件夹里只能有一个方案，这里有“{first}”和“{second}”",
                "a folder holds one programme; here are `{first}` and `{second}`"
            );
            self.say(
                Diagnostic::error(codes::SEVERAL_PROGRAMMES, *second_span, message)
                    .here(text!("又一个方案", "another programme"))
                    .label(*first_span, text!("第一个方案", "the first programme"))
                    .help(text!("每个方案放进一个单独的文件夹", "give each programme a folder of its own")),
            );
        }
        let kind = if programmes.is_empty() { UnitKind::Module } else { UnitKind::Programme };
        Unit { kind, folder, files, bases: Vec::new(), complete, modules: Vec::new() }
    }

    /// Says so; there is no file to go on with.
    fn say_folder_named_as_file(&mut self, path: &Path) -> Option<usize> {
        let span = self.mention(path);
        let name = shown(path);
        self.say(
            Diagnostic::error(codes::NOT_A_SOURCE_FILE, span, text!("“{name}”是文件夹，不是文件", "`{name}` is a folder, not a file"))
                .help(text!("文件夹的名字不要以 .prog 结尾", "give the folder a name that does not end in .prog")),
        );
        None
    }

    /// Says so; there is no file to go on with.
    fn say_not_a_source(&mut self, path: &Path) -> Option<usize> {
        let span = self.mention(path);
        let name = shown(path);
        self.say(
            Diagnostic::error(codes::NOT_A_SOURCE_FILE, span, text!("“{name}”不是 .prog 文件", "`{name}` is not a .prog file"))
                .help(text!("给出 .prog 文件，或方案所在的文件夹", "name a .prog file or a programme's folder")),
        );
        None
    }
}

fn is_source_name(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("prog"))
}
