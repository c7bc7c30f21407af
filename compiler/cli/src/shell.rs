//! What a subcommand says to its user: results to stdout, diagnostics to stderr, both in the language asked for.
//!
//! Always: a reader that closes the pipe early is no fault; a stdout that can't be written is one.

use crate::args::{ColorArg, Common};
use prog_base::{Diagnostic, Lang, Severity, SourceMap, Text};
use prog_report::{Format, Style};
use std::cell::Cell;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;
use std::time::{Duration, Instant};

/// The exit codes of interface.md.
pub const OK: u8 = 0;
/// Any error, bad input included.
pub const FAILED: u8 = 1;
/// Wrong usage.
pub const USAGE: u8 = 2;

/// Where words go and how they look.
pub struct Shell {
    /// The language of every word.
    pub lang: Lang,
    /// The language that was asked for by name.
    pub lang_asked_for: Option<Lang>,
    style: Style,
    quiet: bool,
    started: Instant,
    /// Whether a progress line stands on the terminal.
    line: Cell<bool>,
}

impl Shell {
    /// From the common options and the environment.
    pub fn new(common: &Common) -> Self {
        let lang = common.lang();
        let color = match common.color {
            ColorArg::Always => true,
            ColorArg::Never => false,
            ColorArg::Auto => io::stderr().is_terminal() && !is_set("NO_COLOR") && std::env::var("TERM").is_ok_and(|t| t != "dumb"),
        };
        Self {
            lang,
            lang_asked_for: common.lang.map(crate::args::LangArg::lang),
            style: Style { lang, color, ascii: common.ascii },
            quiet: common.quiet,
            started: Instant::now(),
            line: Cell::new(false),
        }
    }

    /// Writes diagnostics: for people to stderr with a closing count, for tools to stdout. Gives [`FAILED`] if one is an error.
    pub fn diagnostics(&self, list: &[Diagnostic], sources: &SourceMap, format: Format) -> u8 {
        let kept: Vec<Diagnostic> = list.iter().filter(|d| !self.quiet || d.severity == Severity::Error).cloned().collect();
        let text = prog_report::render(&kept, sources, format, self.style);
        let code = if list.iter().any(|d| d.severity == Severity::Error) { FAILED } else { OK };
        match format {
            Format::Human => {
                let summary = if self.quiet { String::new() } else { prog_report::summary(&kept, self.lang) };
                self.complain(&text);
                if !summary.is_empty() {
                    self.complain(&(summary + "\n"));
                }
                code
            }
            Format::Json | Format::Sarif | Format::Github => code.max(self.print(&text)),
        }
    }

    /// Writes diagnostics of a subcommand that has results of its own: to stderr in every format. Gives [`FAILED`].
    pub fn refusal(&self, list: &[Diagnostic], sources: &SourceMap, format: Format) -> u8 {
        self.complain(&prog_report::render(list, sources, format, self.style));
        FAILED
    }

    /// Shows how far the work is, on a terminal, once it has taken a second.
    pub fn progress(&self, step: usize, of: usize, place: &Path) {
        let wanted = !self.quiet && self.started.elapsed() > Duration::from_secs(1) && io::stderr().is_terminal();
        if wanted {
            self.line.set(true);
            self.complain(&format!("\r\u{1b}[K{step}/{of} {}", place.display()));
        }
    }

    /// Clears the progress line.
    pub fn end_progress(&self) {
        if self.line.replace(false) {
            self.complain("\r\u{1b}[K");
        }
    }

    /// Whether only errors are to be told.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Writes a result to stdout; [`FAILED`] if that is not possible.
    pub fn print(&self, text: &str) -> u8 {
        let mut out = io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                self.complain(&format!("prog: stdout: {error}\n"));
                FAILED
            }
            Ok(()) | Err(_) => OK,
        }
    }

    /// Writes to stderr; there is nobody left to tell if that fails.
    pub fn complain(&self, text: &str) {
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// A sentence about wrong usage, to stderr.
    pub fn wrong_usage(&self, text: &Text) -> u8 {
        self.complain(&format!("prog: {}\n", text.get(self.lang)));
        USAGE
    }
}

fn is_set(variable: &str) -> bool {
    std::env::var_os(variable).is_some_and(|value| !value.is_empty())
}
