//! Paths to units: a `.prog` file, a programme's folder, or a folder of programmes at any depth.
//!
//! Always: all `.prog` files of a folder with a programme are that programme; below such a folder no other is looked for.
//! A folder without a programme but with `.prog` files holds modules. Entries are taken in order of name.

use crate::session::{Session, Unit, UnitKind, shown, unreadable};
use crate::world::{Entry, Kind};
use prog_base::{Diagnostic, Span, codes, text};
use std::path::{Path, PathBuf};

impl Session<'_> {
    /// The units at a path, with the modules they use; what is wrong with the path is a diagnostic.
    pub fn load(&mut self, path: &Path) -> Vec<Unit> {
        let mut units = self.units_at(path);
        for unit in &mut units {
            self.load_modules(unit);
        }
        units
    }

    fn units_at(&mut self, path: &Path) -> Vec<Unit> {
        if path == Path::new("-") {
            return self.parse_stdin().map(|file| self.unit(PathBuf::from("."), vec![file])).into_iter().collect();
        }
        match self.world.kind(path) {
            Ok(Kind::Folder) if is_source_name(path) => self.say_folder_named_as_file(path),
            Ok(Kind::Folder) => return self.units_in(path),
            Ok(Kind::File) if is_source_name(path) => return self.single_file(path),
            Ok(Kind::File | Kind::Other) => self.say_not_a_source(path),
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
        let (files, mut met) = self.parse_entries(folder, &entries);
        if self.holding_programme(&files).next().is_some() {
            units.push(self.unit(folder.to_owned(), files));
            return true;
        }
        for file in files {
            units.push(self.unit(top.to_owned(), vec![file]));
        }
        for entry in entries {
            if entry.kind == Kind::Folder && !entry.name.starts_with('.') && !entry.name.ends_with(".prog") {
                met |= self.walk(&folder.join(&entry.name), top, units);
            }
        }
        met
    }

    /// Parses the `.prog` files among a folder's entries; whether there was any such name.
    fn parse_entries(&mut self, folder: &Path, entries: &[Entry]) -> (Vec<usize>, bool) {
        let mut files = Vec::new();
        let mut met = false;
        for entry in entries.iter().filter(|e| is_source_name(Path::new(&e.name)) && !e.name.starts_with('.')) {
            met = true;
            let path = folder.join(&entry.name);
            match entry.kind {
                Kind::File => files.extend(self.parse_file(&path)),
                Kind::Folder => self.say_folder_named_as_file(&path),
                Kind::Other => self.say_not_a_source(&path),
            }
        }
        (files, met)
    }

    /// A file given by name: itself alone, unless it holds no programme and its folder does (a file of scenarios).
    fn single_file(&mut self, path: &Path) -> Vec<Unit> {
        let Some(file) = self.parse_file(path) else { return Vec::new() };
        let folder = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            Some(_) | None => PathBuf::from("."),
        };
        if self.holding_programme(&[file]).next().is_none()
            && let Ok(entries) = self.world.list(&folder)
        {
            let faults = self.diagnostics_mark();
            let (files, _) = self.parse_entries(&folder, &entries);
            if self.holding_programme(&files).next().is_some() {
                return vec![self.unit(folder, files)];
            }
            self.forget_since(faults);
        }
        vec![self.unit(folder, vec![file])]
    }

    /// The files among these that declare a programme.
    fn holding_programme<'a>(&'a self, files: &'a [usize]) -> impl Iterator<Item = usize> + 'a {
        files.iter().copied().filter(|file| !self.files()[*file].parse.ast.programmes.is_empty())
    }

    fn unit(&mut self, folder: PathBuf, files: Vec<usize>) -> Unit {
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
        Unit { kind, folder, files, modules: Vec::new() }
    }

    fn say_folder_named_as_file(&mut self, path: &Path) {
        let span = self.mention(path);
        let name = shown(path);
        self.say(
            Diagnostic::error(codes::NOT_A_SOURCE_FILE, span, text!("“{name}”是文件夹，不是文件", "`{name}` is a folder, not a file"))
                .help(text!("文件夹的名字不要以 .prog 结尾", "give the folder a name that does not end in .prog")),
        );
    }

    fn say_not_a_source(&mut self, path: &Path) {
        let span = self.mention(path);
        let name = shown(path);
        self.say(
            Diagnostic::error(codes::NOT_A_SOURCE_FILE, span, text!("“{name}”不是 .prog 文件", "`{name}` is not a .prog file"))
                .help(text!("给出 .prog 文件，或方案所在的文件夹", "name a .prog file or a programme's folder")),
        );
    }
}

fn is_source_name(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("prog"))
}
