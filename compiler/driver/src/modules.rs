//! `use a.b`: which file that is, every one parsed once, none in a circle.
//!
//! In: a unit with its files. Out: its modules, each after those it uses itself.
//! Always: a module is `a/b.prog` of the embedded library or beside the programme; if both exist they must be the same text.

use crate::session::{Session, Unit};
use crate::world::Kind;
use prog_base::{Diagnostic, Span, codes, text};
use prog_syntax::ast;
use std::path::Path;

/// A module on the way from the programme to the one being read, with the `use` that led there.
struct Step {
    path: String,
    place: Span,
}

impl Session<'_> {
    /// Finds and parses every module that a unit uses, directly or through others.
    pub(crate) fn load_modules(&mut self, unit: &mut Unit) {
        let mut way = Vec::new();
        let bases: Vec<usize> = unit.bases.iter().flat_map(|b| b.files.clone()).collect();
        for file in unit.files.clone().into_iter().chain(bases) {
            self.follow(file, unit, &mut way);
        }
    }

    fn follow(&mut self, file: usize, unit: &mut Unit, way: &mut Vec<Step>) {
        for used in self.files()[file].parse.ast.uses.clone() {
            let path = dotted(&used);
            let place = path_span(&used);
            if let Some(start) = way.iter().position(|step| step.path == path) {
                self.say_cycle(&way[start..], &path, place);
            } else if !unit.modules.iter().any(|(known, _)| *known == path) {
                let Some(module) = self.find_module(unit, &used, &path, place) else { continue };
                if unit.files.contains(&module) {
                    continue; // a file of the programme's own folder belongs to it anyway
                }
                way.push(Step { path: path.clone(), place });
                self.follow(module, unit, way);
                way.pop();
                unit.modules.push((path, module));
            }
        }
    }

    fn find_module(&mut self, unit: &Unit, used: &ast::Use, path: &str, place: Span) -> Option<usize> {
        let plain = |name: &str| !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':', '\0']);
        if !used.path.iter().all(|name| plain(&name.text)) {
            self.say_unknown(path, place);
            return None;
        }
        let names: Vec<&str> = used.path.iter().map(|name| name.text.as_str()).collect();
        let relative = names.join("/") + ".prog";
        let places = std::iter::once(&unit.folder).chain(unit.bases.iter().map(|b| &b.folder));
        let mut beside: Vec<_> = places.map(|folder| folder.join(Path::new(&relative))).collect();
        let there = beside.iter().position(|path| matches!(self.world.kind(path), Ok(Kind::File))).unwrap_or_default();
        let beside = beside.swap_remove(there);
        let library = self.parse_library(&relative);
        let local = if matches!(self.world.kind(&beside), Ok(Kind::File)) { self.parse_file(&beside) } else { None };
        match (library, local) {
            (Some(library), Some(local)) => {
                let text = |index: usize| &self.sources().get(self.files()[index].id).text;
                if text(library) != text(local) {
                    self.say_ambiguous(path, place, local);
                }
                Some(local)
            }
            (found, None) | (None, found) => {
                if found.is_none() && !matches!(self.world.kind(&beside), Ok(Kind::File)) {
                    self.say_unknown(path, place);
                }
                found
            }
        }
    }

    fn say_unknown(&mut self, path: &str, place: Span) {
        let file = path.replace('.', "/") + ".prog";
        self.say(
            Diagnostic::error(codes::UNKNOWN_MODULE, place, text!("没有“{path}”这个模块", "there is no module `{path}`"))
                .here(text!("标准库里没有，方案旁边也没有 {file}", "neither in the library nor beside the programme as {file}"))
                .help(text!("核对写法，或在方案文件夹里建立 {file}", "check the spelling, or create {file} in the programme's folder")),
        );
    }

    fn say_ambiguous(&mut self, path: &str, place: Span, local: usize) {
        let other = Span::new(self.files()[local].id, 0, 0);
        self.say(
            Diagnostic::error(
                codes::AMBIGUOUS_MODULE,
                place,
                text!(
                    "“{path}”有两个：标准库里一个，方案旁边一个，内容不同",
                    "there are two modules `{path}`, one in the library and one beside the programme, and they differ"
                ),
            )
            .label(other, text!("方案旁边的", "the one beside the programme"))
            .help(text!("给方案旁边的文件换个名字", "give the file beside the programme another name")),
        );
    }

    fn say_cycle(&mut self, circle: &[Step], path: &str, place: Span) {
        let mut names: Vec<&str> = circle.iter().map(|step| step.path.as_str()).collect();
        names.push(path);
        let zh = names.join("” → “");
        let en = names.join("` → `");
        let mut diagnostic = Diagnostic::error(
            codes::IMPORT_CYCLE,
            place,
            text!("模块互相引用成了一圈：“{zh}”", "modules use each other in a circle: `{en}`"),
        )
        .here(text!("到这里又回到“{path}”", "here it comes back to `{path}`"))
        .help(text!("把两边都要用的内容移到第三个模块里", "move what both need into a third module"));
        for step in circle.iter().skip(1) {
            let name = &step.path;
            diagnostic = diagnostic.label(step.place, text!("引用“{name}”", "uses `{name}`"));
        }
        self.say(diagnostic);
    }
}

fn dotted(used: &ast::Use) -> String {
    let names: Vec<&str> = used.path.iter().map(|name| name.text.as_str()).collect();
    names.join(".")
}

fn path_span(used: &ast::Use) -> Span {
    match (used.path.first(), used.path.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        (Some(_), None) | (None, Some(_)) | (None, None) => used.span,
    }
}
