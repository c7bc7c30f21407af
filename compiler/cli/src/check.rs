//! `prog check [PATH…] [--texts DIR] [--proofs]`: every diagnostic of every file; silent when all is well.

use crate::disk::Disk;
use crate::shell::Shell;
use crate::work::each_unit;
use clap::{Args, ValueEnum};
use prog_driver::Session;
use prog_report::Format;
use std::path::PathBuf;

/// Check programmes: every fault of every file, nothing when all is well
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// A .prog file, a programme's folder or a folder of programmes; `-` reads stdin
    #[arg(default_value = ".", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// A folder of notices: quoted anchors are looked up in DIR, in the file named after the programme's folder
    #[arg(long, value_name = "DIR")]
    texts: Option<PathBuf>,
    /// Tell too what was proved: quotas that can be kept, and how much room they leave
    #[arg(long)]
    proofs: bool,
    /// How diagnostics are written; all but `human` go to stdout
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: CheckFormat,
}

/// `--format` of `check`.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum CheckFormat {
    /// For people, with the source text around each place
    #[default]
    Human,
    /// One JSON array
    Json,
    /// SARIF 2.1.0
    Sarif,
    /// GitHub annotations
    Github,
}

/// Checks and says what is wrong.
pub fn run(args: &CheckArgs, shell: &Shell) -> u8 {
    let disk = Disk;
    let mut session = Session::new(&disk);
    each_unit(&mut session, &args.paths, args.texts.as_deref(), shell, |session, _, compiled| {
        if let Some(programme) = compiled.programme.filter(|_| args.proofs && compiled.sound) {
            prog_model::proof::proved(&programme).into_iter().for_each(|proof| session.say(proof));
        }
    });
    let format = match args.format {
        CheckFormat::Human => Format::Human,
        CheckFormat::Json => Format::Json,
        CheckFormat::Sarif => Format::Sarif,
        CheckFormat::Github => Format::Github,
    };
    let code = shell.diagnostics(&session.diagnostics(), session.sources(), format);
    // The process ends here: giving every tree back piece by piece would only take time.
    std::mem::forget(session);
    code
}
