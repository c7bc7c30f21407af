//! The command line as clap reads it: what all subcommands share.

use crate::{
    build, check, chinese, complete, coverage, diff, evaluate, explain, fmt, git_setup, new, preview, schema, select, table, targets, test,
};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use prog_base::Lang;
use prog_report::Format;

/// Programme definitions (.prog): check them, build everything from them, evaluate cases against them.
#[derive(Debug, Parser)]
#[command(
    name = "prog",
    version,
    propagate_version = true,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    max_term_width = 110
)]
pub struct Cli {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Command,
}

/// One variant a subcommand.
#[derive(Debug, Subcommand)]
pub enum Command {
    New(new::NewArgs),
    Check(check::CheckArgs),
    Build(build::BuildArgs),
    Evaluate(evaluate::EvaluateArgs),
    Select(select::SelectArgs),
    Targets(targets::TargetsArgs),
    Table(table::TableArgs),
    Preview(preview::PreviewArgs),
    Test(test::TestArgs),
    Fmt(fmt::FmtArgs),
    Diff(diff::DiffArgs),
    GitSetup(git_setup::GitSetupArgs),
    Coverage(coverage::CoverageArgs),
    Explain(explain::ExplainArgs),
    Schema(schema::SchemaArgs),
    Completions(complete::CompletionsArgs),
    /// Print the manual page
    Man,
}

/// Options that every subcommand takes.
#[derive(Debug, Args)]
pub struct Common {
    /// Language of messages; without it, the locale decides
    #[arg(long, global = true, value_name = "LANG", display_order = 101)]
    pub lang: Option<LangArg>,
    /// Colours in messages
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", display_order = 102)]
    pub color: ColorArg,
    /// Draw frames around source text with ASCII characters only
    #[arg(long, global = true, display_order = 103)]
    pub ascii: bool,
    /// Say nothing but errors
    #[arg(long, short, global = true, display_order = 104)]
    pub quiet: bool,
}

/// `--lang`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum LangArg {
    /// 中文
    Zh,
    /// English
    En,
}

impl LangArg {
    /// The language.
    pub fn lang(self) -> Lang {
        match self {
            LangArg::Zh => Lang::Zh,
            LangArg::En => Lang::En,
        }
    }
}

/// `--color`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ColorArg {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// `--format` where there are results for people and for tools.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum FormatArg {
    /// For people
    #[default]
    Human,
    /// For tools
    Json,
}

impl From<FormatArg> for Format {
    fn from(format: FormatArg) -> Self {
        match format {
            FormatArg::Human => Format::Human,
            FormatArg::Json => Format::Json,
        }
    }
}

impl Cli {
    /// The arguments of this process; wrong ones end it with a message and exit 2. Help is in the reader's language.
    pub fn from_command_line() -> Self {
        let lang = lang_asked_for(std::env::args_os().filter_map(|word| word.into_string().ok()))
            .unwrap_or_else(|| lang_of_locale(|name| std::env::var(name).ok()));
        let command = match lang {
            Lang::Zh => chinese::localise(Self::command()),
            Lang::En => Self::command(),
        };
        Self::from_arg_matches(&command.get_matches()).unwrap_or_else(|error| error.exit())
    }
}

/// `--lang` as far as it can be seen before the arguments are read, for the language of their help.
fn lang_asked_for(mut words: impl Iterator<Item = String>) -> Option<Lang> {
    while let Some(word) = words.next() {
        let value = if word == "--lang" { words.next() } else { word.strip_prefix("--lang=").map(str::to_owned) };
        match value.as_deref() {
            Some("zh") => return Some(Lang::Zh),
            Some("en") => return Some(Lang::En),
            Some(_) | None => {}
        }
    }
    None
}

impl Common {
    /// The language asked for, else that of the locale, else English.
    pub fn lang(&self) -> Lang {
        self.lang.map_or_else(|| lang_of_locale(|name| std::env::var(name).ok()), LangArg::lang)
    }
}

/// The first of LC_ALL, LC_MESSAGES, LANG that is set decides.
fn lang_of_locale(variable: impl Fn(&str) -> Option<String>) -> Lang {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(variable).find(|value| !value.is_empty());
    match locale {
        Some(locale) if locale.to_ascii_lowercase().starts_with("zh") => Lang::Zh,
        Some(_) | None => Lang::En,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_locale_variable_that_is_set_decides() {
        let lang = |set: &'static [(&'static str, &'static str)]| {
            lang_of_locale(|name| set.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
        };
        assert_eq!(lang(&[]), Lang::En);
        assert_eq!(lang(&[("LANG", "zh_CN.UTF-8")]), Lang::Zh);
        assert_eq!(lang(&[("LC_ALL", ""), ("LANG", "zh_TW")]), Lang::Zh);
        assert_eq!(lang(&[("LC_ALL", "C"), ("LANG", "zh_CN.UTF-8")]), Lang::En);
        assert_eq!(lang(&[("LC_MESSAGES", "ZH"), ("LANG", "en_GB")]), Lang::Zh);
    }

    #[test]
    fn the_command_line_is_well_formed() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }
}
