//! Shell completions and the manual page, in the reader's language.

use crate::args::Cli;
use crate::chinese;
use crate::shell::{FAILED, Shell};
use clap::{Args, Command, CommandFactory};
use clap_complete::Shell as Kind;
use prog_base::Lang;

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
    clap_complete::generate(args.shell, &mut command(shell), "prog", &mut script);
    shell.print(&String::from_utf8_lossy(&script))
}

/// Prints the manual page: the command, then each subcommand.
pub fn man(shell: &Shell) -> u8 {
    let mut command = command(shell);
    command.build();
    let visible = command.get_subcommands().filter(|sub| !sub.is_hide_set()).cloned();
    let pages = std::iter::once(command.clone()).chain(visible);
    let mut text = Vec::new();
    for page in pages {
        if clap_mangen::Man::new(page).render(&mut text).is_err() {
            return FAILED;
        }
    }
    shell.print(&String::from_utf8_lossy(&text))
}

fn command(shell: &Shell) -> Command {
    match shell.lang {
        Lang::Zh => chinese::localise(Cli::command()),
        Lang::En => Cli::command(),
    }
}
