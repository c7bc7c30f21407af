//! One run: the files read so far, each parsed once, and every diagnostic found.
//!
//! In: paths. Out: [`Unit`]s with their files and modules. Always: a file that can't be read is a diagnostic, and the
//! run goes on with the others; diagnostics come out ordered by place, none twice.

use crate::bases::Base;
use crate::decode::{Fault, decode};
use crate::world::{Failure, FailureKind, World};
use crate::{SIZE_LIMIT, library};
use prog_base::{Diagnostic, FileId, Severity, Source, SourceMap, Span, codes, text};
use prog_syntax::Parse;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A file with its tree.
#[derive(Clone, Debug)]
pub struct ParsedFile {
    /// Its place in the source map.
    pub id: FileId,
    /// Tree and comments; its diagnostics have gone to the session.
    pub parse: Parse,
}

/// What is checked or built as one.
#[derive(Clone, Debug)]
pub struct Unit {
    /// What it is.
    pub kind: UnitKind,
    /// The folder beside which modules, tables and texts are looked for.
    pub folder: PathBuf,
    /// Its own files, by index into [`Session::files`].
    pub files: Vec<usize>,
    /// What it follows, the nearest first.
    pub bases: Vec<Base>,
    /// Whether every file that belongs to it could be read.
    pub complete: bool,
    /// The modules it uses, each after those it uses itself: dotted path and index into [`Session::files`].
    pub modules: Vec<(String, usize)>,
}

/// The two kinds of unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitKind {
    /// A programme: all files of its folder.
    Programme,
    /// A module of a library, checked for itself.
    Module,
}

/// One run over some paths.
pub struct Session<'w> {
    pub(crate) world: &'w dyn World,
    sources: SourceMap,
    files: Vec<ParsedFile>,
    /// Files by the path they were read from; `None` when reading failed.
    read: BTreeMap<PathBuf, Option<usize>>,
    diagnostics: Vec<Diagnostic>,
}

impl<'w> Session<'w> {
    /// An empty run in a world.
    pub fn new(world: &'w dyn World) -> Self {
        Self { world, sources: SourceMap::default(), files: Vec::new(), read: BTreeMap::new(), diagnostics: Vec::new() }
    }

    /// Every text read so far.
    pub fn sources(&self) -> &SourceMap {
        &self.sources
    }

    /// Every file parsed so far.
    pub fn files(&self) -> &[ParsedFile] {
        &self.files
    }

    /// Every diagnostic so far, ordered by place, those without a place first; what two programmes say of one module, once.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut list = self.diagnostics.clone();
        list.sort_by(|a, b| (a.span(), a.code, &a.message.zh).cmp(&(b.span(), b.code, &b.message.zh)));
        list.dedup();
        list
    }

    /// The errors among them.
    pub fn errors(&self) -> Vec<Diagnostic> {
        self.diagnostics().into_iter().filter(|d| d.severity == Severity::Error).collect()
    }

    /// Adds a diagnostic.
    pub fn say(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Whether a unit's files and modules could all be read and understood so far.
    pub(crate) fn is_sound(&self, unit: &Unit) -> bool {
        let own = |span: Span| {
            let mut indices =
                unit.files.iter().chain(unit.bases.iter().flat_map(|b| &b.files)).chain(unit.modules.iter().map(|(_, index)| index));
            indices.any(|index| self.files[*index].id == span.file)
        };
        unit.complete && !self.diagnostics.iter().any(|d| d.severity == Severity::Error && d.span().is_some_and(own))
    }

    /// How many diagnostics there are, to come back to with [`Self::forget_since`].
    pub(crate) fn diagnostics_mark(&self) -> usize {
        self.diagnostics.len()
    }

    /// Drops what was said since a mark: of files that turned out not to belong to what was asked for.
    pub(crate) fn forget_since(&mut self, mark: usize) {
        self.diagnostics.truncate(mark);
    }

    /// Reads standard input as one file, shown as `-`.
    pub(crate) fn parse_stdin(&mut self) -> Option<usize> {
        let bytes = self.world.stdin(SIZE_LIMIT);
        self.parse_bytes(Path::new("-"), bytes)
    }

    /// Reads a text that is not source (`-` is standard input): a case, a batch. What is wrong with it is a diagnostic.
    pub fn read_input(&mut self, path: &Path, limit: u64) -> Option<FileId> {
        let bytes = if path == Path::new("-") { self.world.stdin(limit) } else { self.world.read(path, limit) };
        let text = self.text_of(path, bytes)?;
        Some(self.sources.add(Source::new(shown(path), text)))
    }

    /// Reads a file that may be no text (`-` is standard input). What keeps it from being read is a diagnostic.
    pub fn read_bytes(&mut self, path: &Path, limit: u64) -> Option<Vec<u8>> {
        let bytes = if path == Path::new("-") { self.world.stdin(limit) } else { self.world.read(path, limit) };
        match bytes {
            Ok(bytes) => Some(bytes),
            Err(failure) => {
                let span = self.mention(path);
                self.say(unreadable(path, span, &failure));
                None
            }
        }
    }

    /// Reads and parses a file, once.
    pub(crate) fn parse_file(&mut self, path: &Path) -> Option<usize> {
        if let Some(known) = self.read.get(path) {
            return *known;
        }
        let bytes = self.world.read(path, SIZE_LIMIT);
        let index = self.parse_bytes(path, bytes);
        self.read.insert(path.to_owned(), index);
        index
    }

    /// Parses a module of the library, once.
    pub(crate) fn parse_library(&mut self, relative: &str) -> Option<usize> {
        let (shown, text) = library::module(relative)?;
        let key = Path::new("\0library").join(relative);
        if let Some(known) = self.read.get(&key) {
            return *known;
        }
        let index = self.parse_text(shown, text.to_owned());
        self.read.insert(key, Some(index));
        Some(index)
    }

    fn parse_bytes(&mut self, path: &Path, bytes: Result<Vec<u8>, Failure>) -> Option<usize> {
        let text = self.text_of(path, bytes)?;
        Some(self.parse_text(shown(path), text))
    }

    fn parse_text(&mut self, shown: String, text: String) -> usize {
        let id = self.sources.add(Source::new(shown, text));
        let text = self.sources.get(id).text.clone();
        let mut parse = prog_syntax::parse(id, &text);
        for diagnostic in std::mem::take(&mut parse.diagnostics) {
            self.say(diagnostic);
        }
        self.files.push(ParsedFile { id, parse });
        self.files.len() - 1
    }

    /// The text that was read, or a diagnostic.
    pub(crate) fn text_of(&mut self, path: &Path, bytes: Result<Vec<u8>, Failure>) -> Option<String> {
        match bytes.map(|bytes| decode(&bytes)) {
            Ok(Ok(text)) => Some(text),
            Ok(Err(fault)) => {
                let diagnostic = self.damaged(path, fault);
                self.say(diagnostic);
                None
            }
            Err(failure) => {
                let span = self.mention(path);
                self.say(unreadable(path, span, &failure));
                None
            }
        }
    }

    /// Puts a path without a text into the source map, so that a diagnostic can name it.
    pub fn mention(&mut self, path: &Path) -> Span {
        let shown = shown(path);
        let known = self.sources.iter().find(|(_, s)| s.path == shown && s.text.is_empty()).map(|(id, _)| id);
        let id = known.unwrap_or_else(|| self.sources.add(Source::new(shown, "")));
        Span::new(id, 0, 0)
    }

    fn damaged(&mut self, path: &Path, fault: Fault) -> Diagnostic {
        let name = shown(path);
        match fault {
            Fault::Encoding { readable, looks_like } => {
                let at = readable.trim_end_matches('\u{FFFD}').len();
                let id = self.sources.add(Source::new(name.clone(), readable));
                let message = match looks_like.map(|l| l.name()) {
                    Some(prog_base::Text { zh, en }) => prog_base::Text {
                        zh: format!("“{name}”不是 UTF-8 文本，看起来是{zh}"),
                        en: format!("`{name}` is not UTF-8 text; it looks like {en}"),
                    },
                    None => text!("“{name}”不是 UTF-8 文本", "`{name}` is not UTF-8 text"),
                };
                Diagnostic::error(codes::WRONG_ENCODING, Span::new(id, at, at), message)
                    .here(text!("从这里起读不懂", "not readable from here on"))
                    .help(text!(
                        "用编辑器打开后另存为纯文本，编码选“UTF-8”",
                        "open it in an editor and save it as plain text with the encoding “UTF-8”"
                    ))
            }
            Fault::Nul { text, first, count } => {
                let id = self.sources.add(Source::new(name.clone(), text));
                Diagnostic::error(
                    codes::NUL_CHARACTER,
                    Span::new(id, first, first + 1),
                    text!(
                        "“{name}”中有 {count} 个空字符（NUL），文件可能已损坏",
                        "`{name}` holds {count} NUL characters; the file may be damaged"
                    ),
                )
                .here(text!("第一处", "the first one"))
                .help(text!("删去这些字符，或从备份中恢复文件", "remove them, or restore the file from a backup"))
            }
        }
    }
}

/// The diagnostic for a file or folder that can't be read.
pub(crate) fn unreadable(path: &Path, span: Span, failure: &Failure) -> Diagnostic {
    let name = shown(path);
    let prog_base::Text { zh, en } = &failure.reason;
    match failure.kind {
        FailureKind::NotFound => Diagnostic::error(codes::PATH_NOT_FOUND, span, text!("找不到“{name}”", "`{name}` was not found"))
            .help(text!("核对路径；不写路径时用当前文件夹", "check the path; without one the current folder is used")),
        FailureKind::TooLarge { size, limit } => {
            let limit = limit / 1024 / 1024;
            let message = match size.map(|bytes| bytes.div_ceil(1024 * 1024)) {
                Some(size) => text!(
                    "“{name}”有 {size} MB，超过一个文件最多 {limit} MB 的限制，未读取",
                    "`{name}` has {size} MB; a file may have at most {limit} MB, so it was not read"
                ),
                None => text!(
                    "“{name}”超过一个文件最多 {limit} MB 的限制，未读取",
                    "`{name}` has more than the {limit} MB that a file may have, so it was not read"
                ),
            };
            Diagnostic::error(codes::FILE_TOO_LARGE, span, message).help(text!(
                "核对是不是选错了文件；大的表可以放进 CSV 文件",
                "check that it is the right file; large tables can go into CSV files"
            ))
        }
        FailureKind::Other => Diagnostic::error(codes::UNREADABLE, span, text!("读不了“{name}”：{zh}", "`{name}` can't be read: {en}"))
            .help(text!("核对文件的权限", "check the file's permissions")),
    }
}

/// A path as the user would write it.
pub(crate) fn shown(path: &Path) -> String {
    let path = path.strip_prefix(".").ok().filter(|rest| !rest.as_os_str().is_empty()).unwrap_or(path);
    path.display().to_string()
}
