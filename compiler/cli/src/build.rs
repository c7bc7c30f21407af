//! `prog build [PATH…] --out DIR [--target T,…]`: every target of every programme, each programme all or nothing.

use crate::args::FormatArg;
use crate::disk::Disk;
use crate::shell::Shell;
use crate::work::each_unit;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use prog_base::Severity;
use prog_driver::{Office, OwnFolder, Session, UnitKind};
use prog_emit::{Look, Target};
use prog_model::Programme;
use std::path::{Path, PathBuf};

/// Build schemas, forms, validators and the typed model
#[derive(Debug, Args)]
pub struct BuildArgs {
    /// A .prog file, a programme's folder or a folder of programmes; `-` reads stdin
    #[arg(default_value = ".", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The folder that gets one folder a programme
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// What to build, separated by commas; without it, everything
    #[arg(long, value_name = "TARGET", value_delimiter = ',', value_parser = target_parser())]
    target: Vec<Target>,
    /// A folder with a target of your own (docs/writing-a-target.md); may be given several times
    #[arg(long, value_name = "DIR")]
    target_dir: Vec<PathBuf>,
    /// A folder with your office's look: theme.css, page.html, logo (docs/forms.md)
    #[arg(long, value_name = "DIR")]
    theme: Option<PathBuf>,
    /// A folder of notices, as for `check`
    #[arg(long, value_name = "DIR")]
    texts: Option<PathBuf>,
    /// How diagnostics are written; `json` goes to stdout
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: FormatArg,
}

fn target_parser() -> impl TypedValueParser<Value = Target> {
    let names = Target::named().map(Target::name);
    PossibleValuesParser::new(names).map(|name| Target::named().find(|target| target.name() == name).unwrap_or(Target::ALL[0]))
}

/// Builds what is sound and says what is wrong with the rest.
pub fn run(args: &BuildArgs, shell: &Shell) -> u8 {
    let disk = Disk;
    let mut session = Session::new(&disk);
    let targets = if args.target.is_empty() { Target::ALL } else { &args.target };
    let own: Vec<OwnFolder> = args.target_dir.iter().filter_map(|folder| session.read_target(folder)).collect();
    let theme = args.theme.as_deref().and_then(|folder| session.read_theme(folder));
    let office = Office { own: &own, look: Look { theme: theme.as_ref(), lang: shell.lang_asked_for } };
    let mut built: Vec<Programme> = Vec::new();
    let mut any = false;
    each_unit(&mut session, &args.paths, args.texts.as_deref(), shell, |session, unit, compiled| {
        any |= unit.kind == UnitKind::Programme;
        // A target that could not be read was asked for: without it nothing is replaced.
        let whole = own.len() == args.target_dir.len() && theme.is_some() == args.theme.is_some();
        if let Some(programme) = compiled.programme.filter(|_| compiled.sound && whole) {
            publish(session, programme, (targets, office), &args.out, &mut built);
        }
    });
    if !any && !session.diagnostics().iter().any(|d| d.severity == Severity::Error) {
        session.say_no_programme(&args.paths);
    }
    let code = shell.diagnostics(&session.diagnostics(), session.sources(), args.format.into());
    // The process ends here: giving every tree back piece by piece would only take time.
    std::mem::forget((session, built, theme));
    code
}

fn publish(
    session: &mut Session<'_>,
    programme: Programme,
    (targets, office): (&[Target], Office<'_>),
    out: &Path,
    built: &mut Vec<Programme>,
) {
    match built.iter().find(|other| other.ident.name == programme.ident.name) {
        Some(first) if first.ident.span == programme.ident.span => {} // the same programme, named twice
        Some(first) => session.say_same_output(first, &programme),
        None => {
            session.publish(&programme, targets, office, out);
            built.push(programme);
        }
    }
}
