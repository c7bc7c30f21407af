//! The tree of sub-results behind a report: values, clauses, source places.

use crate::case::Case;
use crate::options::Options;
use crate::prepared::Prepared;
use prog_base::{Lang, SourceMap};

/// One node: a rule, or an expression within it.
#[derive(Clone, Debug)]
pub struct Explained {
    /// Rule, field or operator as written.
    pub what: String,
    /// Its value as shown.
    pub value: String,
    /// Clauses, for rules and lets.
    pub clauses: Vec<String>,
    /// `file:line:column`.
    pub place: String,
    /// What it was made of.
    pub parts: Vec<Explained>,
}

/// Explains every rule of the case's track.
pub fn explain(_prepared: &Prepared<'_>, _case: &Case, _options: &Options, _sources: &SourceMap) -> Vec<Explained> {
    Vec::new()
}

/// As indented text.
pub fn to_text(_tree: &[Explained], _lang: Lang) -> String {
    String::new()
}

/// As JSON (RFC 8785).
pub fn to_json(_tree: &[Explained]) -> String {
    String::from("[]")
}
