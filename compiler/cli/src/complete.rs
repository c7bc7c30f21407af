//! Shell completions and the manual page, for packagers.

use crate::args::Cli;
use crate::shell::Shell;
use clap::{Args, CommandFactory};
use clap_complete::Shell as Kind;

/// Print a completion script for a shell
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: Kind,
}

/// Prints the script.
pub fn completions(args: &CompletionsArgs, shell: &Shell) -> u8 {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "prog", &mut script);
    shell.print(&String::from_utf8_lossy(&script))
}

/// Prints the manual page: the command, then each subcommand.
pub fn man(shell: &Shell) -> u8 {
    let mut command = Cli::command();
    command.build();
    let visible = command.get_subcommands().filter(|sub| !sub.is_hide_set()).cloned();
    let pages = std::iter::once(command.clone()).chain(visible);
    let mut text = Vec::new();
    for page in pages {
        if clap_mangen::Man::new(page).render(&mut text).is_err() {
            return crate::shell::FAILED;
        }
    }
    shell.print(&String::from_utf8_lossy(&text))
}
