//! Model to files: schemas, pages, validators, the typed model itself.
//!
//! In: a programme without errors. Out: [`OutFile`]s with their bytes; the manifest is the last of them.
//! Always: same model, same bytes; every file says which rules it carries; a target that cannot carry a rule refuses.

use prog_base::Diagnostic;
use prog_model::Programme;

/// A target that `prog build --target` can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// `programme.json`, `programme.schema.json`
    Model,
    /// `schema/*.schema.json`
    Schema,
    /// `forms/*.html`
    Forms,
    /// `validators/javascript/`
    Javascript,
}

impl Target {
    /// All targets in order.
    pub const ALL: &'static [Target] = &[Target::Model, Target::Schema, Target::Forms, Target::Javascript];

    /// The word on the command line and in the manifest.
    pub fn name(self) -> &'static str {
        match self {
            Target::Model => "model",
            Target::Schema => "schema",
            Target::Forms => "forms",
            Target::Javascript => "javascript",
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
pub fn emit(_programme: &Programme, _targets: &[Target]) -> Result<Vec<OutFile>, Vec<Diagnostic>> {
    Ok(Vec::new())
}
