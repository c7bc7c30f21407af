//! One module a target: each turns the plan into files.
//!
//! In: a [`Plan`]. Out: [`Draft`]s. Always: a target that cannot carry a rule refuses with a diagnostic, or lists it in `not_carried`.

pub mod docs;
pub mod docx;
pub mod forms;
pub mod java;
pub mod javascript;
pub mod model;
pub mod python;
pub mod rust;
pub mod schema;
pub mod sql;
mod workflow;
pub mod xlsx;

use crate::Plan;
use prog_base::{Code, Diagnostic, Severity, text};
use serde::Serialize;
use std::collections::BTreeSet;

/// What all pages look like; each target adds its own.
pub(crate) const SHARED_STYLE: &str = include_str!("shared.css");

/// A file with what the manifest says of it.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Path below `DIR/<programme>/`, with `/`.
    pub path: String,
    /// What it is, in one or two words (`form schema`, `form page`, `validator`).
    pub kind: &'static str,
    /// The key of the form, summary or track that it is for.
    pub of: Option<String>,
    /// Keys of the rules (materials, fields, quotas) whose check it carries, in source order.
    pub carries: Vec<String>,
    /// Keys of those that concern it and that it can only name.
    pub not_carried: Vec<String>,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl Draft {
    /// A text file that carries no rules.
    pub fn text(path: impl Into<String>, kind: &'static str, text: impl Into<String>) -> Self {
        Self::bytes(path, kind, text.into().into_bytes())
    }

    /// The same of a file that is no text.
    pub fn bytes(path: impl Into<String>, kind: &'static str, bytes: Vec<u8>) -> Self {
        Self { path: path.into(), kind, of: None, carries: Vec::new(), not_carried: Vec::new(), bytes }
    }

    /// For this form, summary or track.
    #[must_use]
    pub fn of(mut self, key: impl Into<String>) -> Self {
        self.of = Some(key.into());
        self
    }

    /// Carrying these.
    #[must_use]
    pub fn carrying(mut self, carries: Vec<String>, not_carried: Vec<String>) -> Self {
        self.carries = carries;
        self.not_carried = not_carried;
        self
    }
}

/// What a target gives.
pub type Drafts = Result<Vec<Draft>, Vec<Diagnostic>>;

/// Runs one target.
pub(crate) fn run(target: crate::Target, plan: &Plan<'_>) -> Drafts {
    match target {
        crate::Target::Model => model::emit(plan),
        crate::Target::Schema => schema::emit(plan),
        crate::Target::Forms => forms::emit(plan),
        crate::Target::Docx => docx::emit(plan),
        crate::Target::Xlsx => xlsx::emit(plan),
        crate::Target::Docs => docs::emit(plan),
        crate::Target::Workflow => workflow::emit(plan),
        crate::Target::Java => java::emit(plan),
        crate::Target::Javascript => javascript::emit(plan),
        crate::Target::Python => python::emit(plan),
        crate::Target::Rust => rust::emit(plan),
        crate::Target::Sql => sql::emit(plan),
        crate::Target::Duckdb => sql::emit_one(plan, sql::Dialect::Duckdb),
        crate::Target::Postgresql => sql::emit_one(plan, sql::Dialect::Postgresql),
        crate::Target::Spark => sql::emit_one(plan, sql::Dialect::Spark),
        crate::Target::Sqlite => sql::emit_one(plan, sql::Dialect::Sqlite),
    }
}

/// Keys of everything checked, which a validator carries: all of it.
fn carried(plan: &Plan<'_>) -> Vec<String> {
    let programme = plan.programme;
    let rules = programme.tracks.iter().flat_map(|t| &t.rules).map(|r| &r.ident.key);
    let materials = programme.materials.iter().map(|m| &m.ident.key);
    let quotas = programme.quotas.iter().map(|q| &q.ident.key);
    let mut seen = BTreeSet::new();
    rules.chain(materials).chain(quotas).filter(|key| seen.insert(*key)).cloned().collect()
}

/// Lays out one file. A template of ours that fails is a fault of the compiler, told as such.
fn render(name: &str, template: &str, view: &impl Serialize) -> Result<String, Vec<Diagnostic>> {
    let mut tera = tera::Tera::default();
    tera.autoescape_on(Vec::<&str>::new());
    let rendered = tera
        .add_raw_template(name, template)
        .and_then(|()| tera::Context::from_serialize(view))
        .and_then(|context| tera.render(name, &context));
    rendered.map_err(|fault| {
        let message = text!("内部错误：模板 {name}：{fault}", "internal fault: template {name}: {fault}");
        vec![Diagnostic::new(Severity::Error, Code("P0999"), None, message)]
    })
}
