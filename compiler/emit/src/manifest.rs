//! `manifest.json`: every file with its kind, its hash and the rules it carries.
//!
//! In: the drafts of all targets. Out: one JSON text. Always: no times, no machine; files sorted by path.

use crate::Plan;
use crate::names::hex;
use crate::targets::Draft;
use serde::Serialize;

#[derive(Serialize)]
struct Manifest<'a> {
    programme: &'a str,
    title: &'a str,
    version: &'a str,
    compiler: &'a str,
    targets: &'a [String],
    files: Vec<File<'a>>,
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<&'a str>,
    sha256: String,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    carries: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    not_carried: &'a [String],
}

/// The manifest of these files, which are sorted by path.
pub fn manifest(plan: &Plan<'_>, targets: &[String], drafts: &[Draft]) -> String {
    let programme = plan.programme;
    let files = drafts
        .iter()
        .map(|draft| File {
            path: &draft.path,
            kind: draft.kind,
            of: draft.of.as_deref(),
            sha256: hex(&draft.bytes),
            carries: &draft.carries,
            not_carried: &draft.not_carried,
        })
        .collect();
    crate::json::pretty(&Manifest {
        programme: &programme.ident.key,
        title: &programme.ident.label.text,
        version: &programme.version,
        compiler: env!("CARGO_PKG_VERSION"),
        targets,
        files,
    })
}
