//! `prog fmt [PATH…] [--check] [--diff] [--keywords zh|en]`: one canonical layout.
//!
//! In: `.prog` files. Out: the same files, laid out; with `--check` or `--diff` what would change, with `-` the text on stdout.
//! Always: a file is rewritten only when what would stand there reads back as the same tree and comments; files whose text does not change
//! are not touched.

use crate::args::{FormatArg, LangArg};
use crate::disk::Disk;
use crate::shell::{FAILED, OK, Shell};
use clap::Args;
use prog_base::{Diagnostic, Text, text};
use prog_driver::{Change, Session, World};
use serde_json::json;
use similar::TextDiff;
use std::path::{Path, PathBuf};

/// Rewrite files in the canonical layout, meaning and comments unchanged
#[derive(Debug, Args)]
pub struct FmtArgs {
    /// A .prog file, a programme's folder or a folder of programmes; `-` reads stdin
    #[arg(default_value = ".", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Change nothing; list the files that would change and exit 1 if there are any
    #[arg(long)]
    check: bool,
    /// Change nothing; show what would change
    #[arg(long)]
    diff: bool,
    /// Write all keywords in this language; without it, the one that most of the file's keywords are in
    #[arg(long, value_enum, value_name = "LANG")]
    keywords: Option<LangArg>,
    /// How the list of files is written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: FormatArg,
}

/// A file that has another layout.
struct Changed {
    path: String,
    old: String,
    new: String,
}

/// Lays out and writes.
pub fn run(args: &FmtArgs, shell: &Shell) -> u8 {
    let disk = Disk;
    let mut session = Session::new(&disk);
    let mut files: Vec<usize> = args.paths.iter().flat_map(|path| session.files_at(path)).collect();
    files.sort_unstable();
    files.dedup();
    let (mut changed, mut code) = (Vec::new(), OK);
    for file in &files {
        let id = session.files()[*file].id;
        let source = session.sources().get(id);
        match prog_format::canonical(id, &source.text, args.keywords.map(LangArg::lang)) {
            Ok(canonical) if canonical.text == raw(&disk, &source.path, &source.text) && source.path != "-" => {}
            Ok(canonical) => changed.push(Changed { path: source.path.clone(), old: source.text.to_string(), new: canonical.text }),
            Err(prog_format::Unfaithful) => {
                code = FAILED;
                shell.complain(&format!("prog: {}\n", unfaithful(&source.path).get(shell.lang)));
            }
        }
    }
    code = code.max(if args.check || args.diff { show(args, &changed, shell) } else { write(&disk, args, &changed, shell) });
    let errors: Vec<Diagnostic> = session.errors();
    if errors.is_empty() { code } else { shell.refusal(&errors, session.sources(), args.format.into()) }
}

/// What stands on the disk: a mark of the encoding or foreign ends of lines, which reading takes away, are a change too.
fn raw(disk: &Disk, path: &str, text: &str) -> String {
    let bytes = disk.read(Path::new(path), prog_driver::SIZE_LIMIT).ok();
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_else(|| text.to_owned())
}

/// Lists the files, or shows their differences. Only `--check` makes a difference a failure.
fn show(args: &FmtArgs, changed: &[Changed], shell: &Shell) -> u8 {
    let differing: Vec<&Changed> = changed.iter().filter(|file| file.path != "-" || file.old != file.new).collect();
    let printed = match (args.format, args.diff) {
        (FormatArg::Json, _) => list(&differing),
        (FormatArg::Human, false) => differing.iter().map(|file| file.path.clone() + "\n").collect(),
        (FormatArg::Human, true) => differing.iter().map(|file| unified(file)).collect(),
    };
    let code = if args.check && !differing.is_empty() { FAILED } else { OK };
    code.max(shell.print(&printed))
}

fn list(changed: &[&Changed]) -> String {
    format!("{:#}\n", json!({ "changed": changed.iter().map(|file| file.path.as_str()).collect::<Vec<_>>() }))
}

fn unified(file: &Changed) -> String {
    let (old, new) = (format!("a/{}", file.path), format!("b/{}", file.path));
    TextDiff::from_lines(&file.old, &file.new).unified_diff().context_radius(3).header(&old, &new).to_string()
}

/// Writes each file in place; standard input goes to standard output.
fn write(disk: &Disk, args: &FmtArgs, changed: &[Changed], shell: &Shell) -> u8 {
    let mut code = OK;
    for file in changed {
        let path = Path::new(&file.path);
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let change = Change { write: vec![(name, file.new.clone().into_bytes())], remove: Vec::new() };
        if file.path == "-" {
            code = code.max(shell.print(&file.new));
        } else if let Err(failure) = disk.replace(folder, &change) {
            let prog_base::Text { zh, en } = failure.reason;
            let path = &file.path;
            shell.complain(&format!("prog: {}\n", text!("没有改写“{path}”：{zh}", "`{path}` was not rewritten: {en}").get(shell.lang)));
            code = FAILED;
        }
    }
    let files: Vec<&Changed> = changed.iter().filter(|file| file.path != "-").collect();
    if args.format == FormatArg::Json { code.max(shell.print(&list(&files))) } else { code }
}

fn unfaithful(path: &str) -> Text {
    text!(
        "“{path}”保持原样：排版后读回来意思会变，这是编译器的问题，请报告",
        "`{path}` is left as it is: laid out, it would read back as something else. That is a fault of the compiler; please report it"
    )
}
