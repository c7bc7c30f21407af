//! A loaded unit to its model: what the analysis may look at is fetched here.
//!
//! In: a [`Unit`]. Out: its programme, if the unit is one; all diagnostics go to the session.
//! Always: data files (save those of the library) and the notice's text come through the world; what is wrong with them is said once.

use crate::SIZE_LIMIT;
use crate::decode::decode;
use crate::session::{Session, Unit, UnitKind, shown, unreadable};
use crate::world::{Failure, FailureKind};
use prog_base::{Diagnostic, Severity, Span, codes, text};
use prog_model::{Inputs, Programme};
use prog_syntax::ast::{Expr, ExprKind, HeaderKey, Item, Stated};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A unit with its model.
pub struct Compiled {
    /// The programme; `None` for modules and where nothing could be understood.
    pub programme: Option<Programme>,
    /// Whether this unit, its modules included, has no error: only then may the programme be built or evaluated.
    pub sound: bool,
}

/// Files that were there and could not be used: their names in the source, and what was read of them.
type Unusable = BTreeMap<String, (PathBuf, Result<Vec<u8>, Failure>)>;

impl Session<'_> {
    /// Analyses a unit. `texts` is the folder of notices given by `--texts`.
    pub fn compile(&mut self, unit: &Unit, texts: Option<&Path>) -> Compiled {
        let notice = self.notice(unit, texts);
        let unusable: RefCell<Unusable> = RefCell::default();
        let data = |name: &str| {
            if let Some(text) = crate::library::data(name) {
                return Some(text.to_owned());
            }
            let places = std::iter::once(&unit.folder).chain(unit.bases.iter().map(|b| &b.folder));
            let read = places.map(|folder| folder.join(name)).map(|path| (self.world.read(&path, SIZE_LIMIT), path));
            let mut found: Vec<_> = read.collect();
            let there = found.iter().position(|(bytes, _)| !is_missing(bytes)).unwrap_or_default();
            let (bytes, path) = found.swap_remove(there);
            let text = bytes.as_ref().ok().and_then(|bytes| decode(bytes).ok());
            if text.is_none() && !is_missing(&bytes) {
                unusable.borrow_mut().insert(name.to_owned(), (path, bytes));
            }
            text
        };
        let analysis = prog_model::analyse(&self.inputs(unit, notice.as_deref(), &data));
        let unusable = unusable.into_inner();
        let errors = analysis.diagnostics.iter().any(|d| d.severity == Severity::Error);
        let sound = unusable.is_empty() && self.is_sound(unit) && !errors;
        for diagnostic in analysis.diagnostics {
            let moot = !sound && codes::OF_ABSENCE.contains(&diagnostic.code);
            if !moot && !self.is_about_unusable(&diagnostic, &unusable) {
                self.say(diagnostic);
            }
        }
        for (path, bytes) in unusable.into_values() {
            self.text_of(&path, bytes);
        }
        Compiled { programme: analysis.programme.filter(|_| unit.kind == UnitKind::Programme), sound }
    }

    /// Whether a diagnostic only says that a data file is missing of which we say what is wrong with it.
    fn is_about_unusable(&self, diagnostic: &Diagnostic, unusable: &Unusable) -> bool {
        let quoted = diagnostic.span().map(|span| self.sources().slice(span)).unwrap_or("");
        let name = quoted.trim_matches(|c: char| "\"“”".contains(c));
        diagnostic.code == codes::DATA_FILE && unusable.contains_key(name)
    }

    fn inputs<'a>(&'a self, unit: &Unit, notice: Option<&'a str>, data: &'a dyn Fn(&str) -> Option<String>) -> Inputs<'a> {
        let file = |index: usize| &self.files()[index];
        Inputs {
            files: unit.files.iter().map(|index| (file(*index).id, &file(*index).parse.ast)).collect(),
            bases: unit.bases.iter().map(|b| b.files.iter().map(|i| (file(*i).id, &file(*i).parse.ast)).collect()).collect(),
            modules: unit.modules.iter().map(|(path, index)| (path.clone(), &file(*index).parse.ast)).collect(),
            sources: self.sources(),
            notice,
            data,
            library: &crate::library::declaring,
        }
    }

    /// The notice's text: `TEXTS/<programme folder>.txt`, else the file that the header names beside the programme.
    fn notice(&mut self, unit: &Unit, texts: Option<&Path>) -> Option<String> {
        if unit.kind != UnitKind::Programme {
            return None;
        }
        let given = texts.and_then(|texts| Some(texts.join(format!("{}.txt", self.folder_name(unit)?))));
        let named = self.named_text(unit);
        if let Some(path) = given {
            let bytes = self.world.read(&path, SIZE_LIMIT);
            if !is_missing(&bytes) {
                return self.text_of(&path, bytes);
            }
            if named.is_none() {
                self.say_no_notice(&path);
            }
        }
        let (name, place) = named?;
        let path = unit.folder.join(name);
        match self.world.read(&path, SIZE_LIMIT) {
            Err(failure) => {
                self.say(unreadable(&path, place, &failure));
                None
            }
            bytes @ Ok(_) => self.text_of(&path, bytes),
        }
    }

    fn say_no_notice(&mut self, path: &Path) {
        let span = self.mention(path);
        let name = shown(path);
        self.say(
            Diagnostic::warning(
                codes::NO_NOTICE_TEXT,
                span,
                text!(
                    "没有“{name}”，这个方案的引文未与通知原文核对",
                    "there is no `{name}`; this programme's quoted anchors were not looked up"
                ),
            )
            .help(text!("把通知原文按这个名字放进 --texts 的文件夹", "put the notice's text under this name into the --texts folder")),
        );
    }

    /// The name of the programme's folder, even when it was given as `.`.
    fn folder_name(&self, unit: &Unit) -> Option<String> {
        let folder = self.world.absolute(&unit.folder);
        Some(folder.file_name()?.to_string_lossy().into_owned())
    }

    /// `text "notice.txt"` of the header.
    fn named_text(&self, unit: &Unit) -> Option<(String, Span)> {
        let programmes = unit.files.iter().flat_map(|index| &self.files()[*index].parse.ast.programmes);
        let mut items = programmes.flat_map(|programme| &programme.items);
        items.find_map(|item| {
            let Item::Header(field) = item else { return None };
            let (Stated::Given(values) | Stated::Inferred(values)) = &field.value else { return None };
            let Expr { kind: ExprKind::Text(name), span } = values.first()? else { return None };
            (field.key == HeaderKey::Text).then(|| (name.clone(), *span))
        })
    }
}

fn is_missing(bytes: &Result<Vec<u8>, Failure>) -> bool {
    bytes.as_ref().is_err_and(|failure| failure.kind == FailureKind::NotFound)
}
