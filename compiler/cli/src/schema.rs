//! `prog schema [VERB]`: the JSON Schema of what a verb prints for tools.
//!
//! Always: the files of `docs/schemas`, embedded; a test holds each verb's real output to its schema.

use crate::shell::Shell;
use clap::{Args, ValueEnum};

/// Print the JSON Schema of what a verb prints with `--format json`
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// The verb; without it, their list
    #[arg(value_enum, value_name = "VERB")]
    verb: Option<Verb>,
}

/// The verbs that print JSON.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Verb {
    Build,
    Check,
    Coverage,
    Diff,
    Evaluate,
    Explain,
    Fmt,
    New,
    Select,
    Targets,
    Test,
}

impl Verb {
    fn schema(self) -> &'static str {
        match self {
            Verb::Build | Verb::Check => include_str!("../../../docs/schemas/diagnostics.schema.json"),
            Verb::Coverage => include_str!("../../../docs/schemas/coverage.schema.json"),
            Verb::Diff => include_str!("../../../docs/schemas/diff.schema.json"),
            Verb::Evaluate => include_str!("../../../docs/schemas/evaluate.schema.json"),
            Verb::Explain => include_str!("../../../docs/schemas/explain.schema.json"),
            Verb::Fmt => include_str!("../../../docs/schemas/fmt.schema.json"),
            Verb::New => include_str!("../../../docs/schemas/new.schema.json"),
            Verb::Select => include_str!("../../../docs/schemas/select.schema.json"),
            Verb::Targets => include_str!("../../../docs/schemas/targets.schema.json"),
            Verb::Test => include_str!("../../../docs/schemas/test.schema.json"),
        }
    }
}

/// Prints one schema, or the names.
pub fn run(args: &SchemaArgs, shell: &Shell) -> u8 {
    match args.verb {
        Some(verb) => shell.print(verb.schema()),
        None => {
            let names = Verb::value_variants().iter().filter_map(Verb::to_possible_value);
            shell.print(&names.map(|name| format!("{}\n", name.get_name())).collect::<String>())
        }
    }
}
