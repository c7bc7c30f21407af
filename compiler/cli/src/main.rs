//! The `prog` command: one file per subcommand.
//!
//! In: arguments, environment, files. Out: results on stdout, diagnostics on stderr, an exit code.
//! Always: wrong usage exits 2; an internal fault asks for a report and exits 101; nothing else here decides anything.

mod args;
mod build;
mod check;
mod chinese;
mod complete;
mod coverage;
mod diff;
mod disk;
mod evaluate;
mod explain;
mod fault;
mod fmt;
mod git;
mod git_setup;
mod human;
mod new;
mod preview;
mod program;
mod schema;
mod select;
mod shell;
mod table;
mod targets;
mod test;
mod values;
mod watch;
mod work;

use args::{Cli, Command};
use shell::Shell;
use std::process::ExitCode;

/// Deeply nested input is refused long before this is used up.
const STACK: usize = 256 * 1024 * 1024;

fn main() -> ExitCode {
    fault::install_hook();
    let cli = Cli::from_command_line();
    ExitCode::from(guarded(move || run(cli)))
}

/// The work's exit code; that of an internal fault, if it does not come to an end.
fn guarded(work: impl FnOnce() -> u8 + Send + 'static) -> u8 {
    let worker = std::thread::Builder::new().stack_size(STACK).spawn(work);
    worker.ok().and_then(|handle| handle.join().ok()).unwrap_or(fault::EXIT)
}

fn run(cli: Cli) -> u8 {
    let shell = Shell::new(&cli.common);
    match cli.command {
        Command::Check(args) => check::run(&args, &shell),
        Command::Build(args) => build::run(&args, &shell),
        Command::Evaluate(args) => evaluate::run(&args, &shell),
        Command::Preview(args) => preview::run(&args, &shell),
        Command::Table(args) => table::run(&args, &shell),
        Command::Select(args) => select::run(&args, &shell),
        Command::Targets(args) => targets::run(&args, &shell),
        Command::Test(args) => test::run(&args, &shell),
        Command::Fmt(args) => fmt::run(&args, &shell),
        Command::Diff(args) => diff::run(&args, &shell),
        Command::New(args) => new::run(&args, &shell),
        Command::GitSetup(args) => git_setup::run(&args, &shell),
        Command::Coverage(args) => coverage::run(&args, &shell),
        Command::Explain(args) => explain::run(&args, &shell),
        Command::Schema(args) => schema::run(&args, &shell),
        Command::Completions(args) => complete::completions(&args, &shell),
        Command::Man => complete::man(&shell),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_internal_fault_exits_101_and_nothing_else_does() {
        assert_eq!(super::guarded(|| 4), 4);
        assert_eq!(super::guarded(|| std::panic::resume_unwind(Box::new("a fault"))), 101);
    }
}
