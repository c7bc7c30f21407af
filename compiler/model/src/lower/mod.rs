//! The walk from tree to model, in phases that each need only the earlier ones.
//!
//! 1. `vocabulary`: units, enums, records, actors, stage names, header, outline, readings (names and values known).
//! 2. `tracks`, `forms`: inputs with types and pointers; names of rules, lets, materials, quotas (no expressions yet).
//! 3. expressions: tables, lets, guards, rules, quotas, workflow, materials, targets, each typed in its [`Scope`].
//! 4. `derive`: due stages, paths, waivers, order of evaluation.
//! 5. `crate::check`: static checks; asserts. 6. `scenarios`: lowered to JSON.

use crate::{Analysis, FormId, Inputs, Programme, RecordId, TrackId, Type};
use prog_base::Diagnostic;

/// The model under construction with what the walk needs to know.
pub(crate) struct Lower<'a> {
    /// What came in.
    pub inputs: &'a Inputs<'a>,
    /// The programme as far as it is known.
    pub p: Programme,
    /// Diagnostics so far.
    pub diagnostics: Vec<Diagnostic>,
}

/// What names mean where an expression stands (semantics 8.1: member in `where`/`each` → `per` key → the track's facts and form
/// fields → lets and rules; then tables, programme lets, constants).
#[derive(Clone, Default)]
pub(crate) struct Scope {
    /// The track whose facts, fields, lets and rules are visible.
    pub track: Option<TrackId>,
    /// A form's own scope (guards and computed fields): only its fields are visible.
    pub form: Option<FormId>,
    /// Records (or other item types) of enclosing list scopes, innermost last.
    pub items: Vec<ItemScope>,
    /// `per` keys of a quota or key columns of a table row, by name.
    pub keys: Vec<(String, Type)>,
    /// Aggregates over cases are allowed (quotas, programme lets).
    pub batch: bool,
    /// Reported values of a targets block, by name; they become `Key(n)`, new names are added by the caller beforehand.
    pub reported: Vec<(String, Type)>,
}

/// One enclosing list scope.
#[derive(Clone)]
pub(crate) enum ItemScope {
    /// Items are records.
    Record(RecordId),
    /// Items are plain values.
    Plain(Type),
}

/// Runs all phases.
pub(crate) fn run(_inputs: &Inputs<'_>) -> Analysis {
    Analysis { programme: None, diagnostics: Vec::new() }
}
