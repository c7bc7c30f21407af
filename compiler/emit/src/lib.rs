//! Model to files: schemas, pages, validators, the typed model itself.
//!
//! In: a programme without errors. Out: [`OutFile`]s with their bytes; the manifest is the last of them.
//! Always: same model, same bytes; every file says which rules it carries; a target that cannot carry a rule refuses.

pub mod code;
mod drawing;
pub mod flow;
mod from_model;
pub mod json;
pub mod layout;
mod manifest;
pub mod names;
mod office;
mod own;
pub mod progress;
mod prose;
pub mod selection;
pub mod targets;
mod templates;
mod theme;
mod words;

pub use from_model::Plan;
pub use own::{OwnManifest, OwnTarget, OwnText, Step};
pub use theme::Theme;

use prog_base::{Diagnostic, Lang};
use prog_model::Programme;
use targets::Draft;

/// A target that `prog build --target` can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// `programme.json`, `programme.schema.json`
    Model,
    /// `schema/*.schema.json`
    Schema,
    /// `forms/*.html`
    Forms,
    /// `forms/*.docx`
    Docx,
    /// `forms/<summary>.xlsx`
    Xlsx,
    /// `docs/index.html`
    Docs,
    /// `workflow/workflow.bpmn`, `workflow.svg`, `deadlines.ics`
    Workflow,
    /// `validators/java/`
    Java,
    /// `validators/javascript/`
    Javascript,
    /// `validators/python/`
    Python,
    /// `validators/rust/`
    Rust,
    /// `validators/sql/`, what a dialect cannot hold left out
    Sql,
    /// `validators/sql/duckdb.sql`, whole
    Duckdb,
    /// `validators/sql/postgresql.sql`, whole
    Postgresql,
    /// `validators/sql/spark.sql`, whole
    Spark,
    /// `validators/sql/sqlite.sql`, whole
    Sqlite,
}

impl Target {
    /// All targets in order: what is written where none is named.
    pub const ALL: &'static [Target] = &[
        Target::Model,
        Target::Schema,
        Target::Forms,
        Target::Docx,
        Target::Xlsx,
        Target::Docs,
        Target::Workflow,
        Target::Java,
        Target::Javascript,
        Target::Python,
        Target::Rust,
        Target::Sql,
    ];

    /// Dialects by their own names: such a one must hold everything, else nothing is written.
    pub const DIALECTS: &'static [Target] = &[Target::Duckdb, Target::Postgresql, Target::Spark, Target::Sqlite];

    /// All that can be named.
    pub fn named() -> impl Iterator<Item = Target> {
        Target::ALL.iter().chain(Target::DIALECTS).copied()
    }

    /// The word on the command line and in the manifest.
    pub fn name(self) -> &'static str {
        match self {
            Target::Model => "model",
            Target::Schema => "schema",
            Target::Forms => "forms",
            Target::Docx => "docx",
            Target::Xlsx => "xlsx",
            Target::Docs => "docs",
            Target::Workflow => "workflow",
            Target::Java => "java",
            Target::Javascript => "javascript",
            Target::Python => "python",
            Target::Rust => "rust",
            Target::Sql => "sql",
            Target::Duckdb => "duckdb",
            Target::Postgresql => "postgresql",
            Target::Spark => "spark",
            Target::Sqlite => "sqlite",
        }
    }
}

/// One file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutFile {
    /// Path below `DIR/<programme>/`, with `/`.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Writes every asked target; the last file is `manifest.json`. Or says why a target cannot carry the programme.
pub fn emit(programme: &Programme, targets: &[Target]) -> Result<Vec<OutFile>, Vec<Diagnostic>> {
    emit_with(programme, targets, Vec::new(), Look::default())
}

/// How pages and documents look.
#[derive(Clone, Copy, Default)]
pub struct Look<'a> {
    /// An office's own look.
    pub theme: Option<&'a Theme>,
    /// The language in which forms open; without one, the author's.
    pub lang: Option<Lang>,
}

/// The same with the files of other people's targets, by the names of these, and with pages in the look of an office.
pub fn emit_with(
    programme: &Programme,
    targets: &[Target],
    own: Vec<(String, Vec<Draft>)>,
    look: Look<'_>,
) -> Result<Vec<OutFile>, Vec<Diagnostic>> {
    let plan = Plan::new(programme);
    let plan = Plan { theme: look.theme, lang: look.lang.unwrap_or(plan.lang), ..plan };
    let asked: Vec<Target> = Target::named().filter(|t| targets.contains(t)).collect();
    let mut names: Vec<String> = asked.iter().map(|t| t.name().to_owned()).collect();
    let mut drafts = Vec::new();
    let mut faults = Vec::new();
    for target in &asked {
        match targets::run(*target, &plan) {
            // A dialect asked for by name and with all others is written once.
            Ok(files) => {
                drafts.extend(files.into_iter().filter(|f| !drafts.iter().any(|d: &targets::Draft| d.path == f.path)).collect::<Vec<_>>())
            }
            Err(diagnostics) => faults.extend(diagnostics),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    for (name, files) in own {
        names.push(name);
        drafts.extend(files);
    }
    drafts.sort_by(|a, b| a.path.cmp(&b.path));
    let manifest = manifest::manifest(&plan, &names, &drafts).into_bytes();
    let mut files: Vec<OutFile> = drafts.into_iter().map(|d| OutFile { path: d.path, bytes: d.bytes }).collect();
    files.push(OutFile { path: "manifest.json".to_owned(), bytes: manifest });
    Ok(files)
}

/// The typed model as `programme.json` holds it.
pub fn model_json(programme: &Programme) -> String {
    targets::model::text(&Plan::new(programme))
}
