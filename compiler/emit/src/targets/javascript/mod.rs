//! Target `javascript`: an ES module with its types, for Node and browsers.
//!
//! In: the plan. Out: `validators/javascript/`: `index.mjs` (the programme), `index.d.ts`, the runtime beside them.
//! Always: same plan, same bytes; every rule is carried.

mod from_code;
pub mod print;
mod shared;
mod types;

use super::{Draft, Drafts};
use crate::Plan;
use crate::code::{self, definition};
use crate::json::{Json, Object};
use from_code::js;
use print::{Js, string};
use prog_base::Diagnostic;
use serde::Serialize;
use std::collections::BTreeSet;

const FOLDER: &str = "validators/javascript";

macro_rules! runtime {
    ($($name:literal),* $(,)?) => {
        /// The hand-written files that stand beside the programme.
        const RUNTIME: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../../runtime/javascript/", $name)))),*];
    };
}

runtime![
    "aggregate.mjs",
    "assign.mjs",
    "batch.mjs",
    "case.mjs",
    "cursor.mjs",
    "cut.mjs",
    "date.mjs",
    "deadline.mjs",
    "entry.mjs",
    "evaluate.mjs",
    "expression.mjs",
    "finding.mjs",
    "group.mjs",
    "index.mjs",
    "inputs.mjs",
    "interval.mjs",
    "json.mjs",
    "keys.mjs",
    "lines.mjs",
    "materials.mjs",
    "messages.mjs",
    "number.mjs",
    "options.mjs",
    "package.mjs",
    "pass.mjs",
    "passing.mjs",
    "prepared.mjs",
    "quota.mjs",
    "ranking.mjs",
    "read.mjs",
    "readings.mjs",
    "refusal.mjs",
    "report.mjs",
    "route.mjs",
    "rules.mjs",
    "scene.mjs",
    "scope.mjs",
    "select-report.mjs",
    "select.mjs",
    "sending.mjs",
    "stage.mjs",
    "summary.mjs",
    "table.mjs",
    "target-lines.mjs",
    "target-measure.mjs",
    "target-period.mjs",
    "target-report.mjs",
    "targets.mjs",
    "text.mjs",
    "truth.mjs",
    "value.mjs",
    "verdict.mjs",
    "working-days.mjs",
];

/// Writes the files of this target.
pub fn emit(plan: &Plan<'_>) -> Drafts {
    let module = module(plan);
    let types = declarations(plan);
    let index = super::render("index.mjs", include_str!("index.mjs.tera"), &module)?;
    let declared = super::render("index.d.ts", include_str!("index.d.ts.tera"), &types)?;
    let draft = |name: &str, kind: &'static str, text: String| Draft::text(format!("{FOLDER}/{name}"), kind, text);
    let mut drafts = vec![
        draft("index.mjs", "validator", index).carrying(super::carried(plan), Vec::new()),
        draft("index.d.ts", "validator types", declared),
        draft("index.d.mts", "validator types", "export * from \"./index.js\";\n".to_owned()),
        draft("package.json", "validator package", package(plan)),
        draft("runtime/shared.mjs", "validator runtime", shared::module()),
    ];
    drafts.extend(RUNTIME.iter().map(|(name, text)| draft(&format!("runtime/{name}"), "validator runtime", (*text).to_owned())));
    Ok(drafts)
}

/// What a page leaves out of the runtime: its front, and what selects.
const FRONT: &[&str] = &["assign.mjs", "cut.mjs", "index.mjs", "passing.mjs", "ranking.mjs", "select-report.mjs", "select.mjs"];

/// The modules that a page runs: the programme as data, and the runtime without its front, targets and selections.
pub(super) fn for_pages(plan: &Plan<'_>) -> Result<Vec<(String, String)>, Vec<Diagnostic>> {
    let mut module = module(plan);
    module.imports.retain(|name| !NOT_IN_PAGES.contains(&name.as_str()));
    let definition = super::render("definition.mjs", include_str!("definition.mjs.tera"), &module)?;
    let mut files = vec![("definition.mjs".to_owned(), definition), ("runtime/shared.mjs".to_owned(), shared::module())];
    let runtime = RUNTIME.iter().filter(|(name, _)| !name.starts_with("target") && !FRONT.contains(name));
    files.extend(runtime.map(|(name, text)| (format!("runtime/{name}"), (*text).to_owned())));
    Ok(files)
}

/// What a validator's own module takes from the runtime, and a page does not.
const NOT_IN_PAGES: &[&str] = &["validatorOf", "charCount", "Refusal"];

/// What makes the folder a package of modules.
fn package(plan: &Plan<'_>) -> String {
    let exports = Object::new().with("types", "./index.d.ts").with("default", "./index.mjs");
    let package = Object::new()
        .with("name", crate::names::code_name(&plan.programme.ident).to_ascii_lowercase())
        .with("version", "0.0.0")
        .with("private", true)
        .with("type", "module")
        .with("types", "./index.d.ts")
        .with("exports", Object::new().with(".", exports));
    crate::json::pretty(&Json::from(package))
}

/// A part of `index.mjs`.
#[derive(Serialize)]
struct Section {
    name: String,
    doc: String,
    body: String,
}

/// What `index.mjs.tera` lays out.
#[derive(Serialize)]
struct Module {
    title: String,
    key: String,
    key_literal: String,
    version: String,
    version_literal: String,
    imports: Vec<String>,
    sections: Vec<Section>,
    members: Vec<String>,
    /// The names exported, in braces.
    functions: String,
}

fn module(plan: &Plan<'_>) -> Module {
    let programme = plan.programme;
    let mut names: BTreeSet<String> = ["validatorOf", "charCount", "Refusal"].map(str::to_owned).into();
    let mut sections = Vec::new();
    let mut members = Vec::new();
    let mut print = |name: &str, doc: &str, code: &code::Code| {
        let body = js(code);
        body.callees(&mut names);
        let body = body.print(0, "const  = ".len() + name.len());
        sections.push(Section { name: name.to_owned(), doc: doc.to_owned(), body });
    };
    let definition = definition(plan);
    for section in definition.shared.iter().filter(|s| s.name != "stages") {
        print(&section.name, &section.doc, &section.code);
        members.push(section.name.clone());
    }
    let mut tracks = Vec::new();
    for section in &definition.tracks {
        print(&section.name, &section.doc, &section.code);
        tracks.push(section.name.clone());
    }
    if let Some(stages) = definition.shared.iter().find(|s| s.name == "stages") {
        members.push(format!("stages: {}", js(&stages.code).print(2, "  stages: ".len())));
    }
    members.push(format!("tracks: {}", Js::Array(tracks.into_iter().map(Js::raw).collect()).print(2, "  tracks: ".len())));
    Module {
        title: programme.ident.label.text.clone(),
        key: programme.ident.key.clone(),
        key_literal: string(&programme.ident.key),
        version: programme.version.clone(),
        version_literal: string(&programme.version),
        imports: names.into_iter().collect(),
        sections,
        members,
        functions: functions(programme),
    }
}

/// What the module offers: applications are judged where there are tracks, reports where there are targets.
fn functions(programme: &prog_model::Programme) -> String {
    let mut names = Vec::new();
    if !programme.tracks.is_empty() {
        names.extend(["validate", "validateText", "judgeBatch", "checkBatch"]);
    }
    if !programme.selections.is_empty() {
        names.push("select");
    }
    if !programme.targets.is_empty() {
        names.push("checkTargets");
    }
    names.push("reportToText");
    if !programme.tracks.is_empty() {
        names.push("deadlines");
    }
    let line = format!("{{ {} }}", names.join(", "));
    if "export const  = validatorOf({".len() + line.len() <= 80 { line } else { format!("{{\n  {},\n}}", names.join(",\n  ")) }
}

/// What `index.d.ts.tera` lays out.
#[derive(Serialize)]
struct Declarations {
    title: String,
    key: String,
    key_literal: String,
    version: String,
    version_literal: String,
    cases: Vec<types::CaseType>,
    has_tracks: bool,
    report_to_text: String,
    has_targets: bool,
    has_selections: bool,
    case_union: String,
    track_union: String,
    stage_union: String,
}

fn declarations(plan: &Plan<'_>) -> Declarations {
    let programme = plan.programme;
    let cases = types::cases(plan);
    let names: Vec<String> = cases.iter().map(|c| c.name.clone()).collect();
    let tracks: Vec<String> = cases.iter().map(|c| c.key.clone()).collect();
    let stages: Vec<String> = programme.stages.iter().map(|s| string(&s.key)).collect();
    Declarations {
        title: programme.ident.label.text.clone(),
        key: programme.ident.key.clone(),
        key_literal: string(&programme.ident.key),
        version: programme.version.clone(),
        version_literal: string(&programme.version),
        has_tracks: !programme.tracks.is_empty(),
        report_to_text: report_to_text(programme),
        has_targets: !programme.targets.is_empty(),
        has_selections: !programme.selections.is_empty(),
        case_union: types::alias("Case", &names),
        track_union: types::alias("Track", &tracks),
        stage_union: types::alias("Stage", &stages),
        cases,
    }
}

/// The declaration of `reportToText`, which takes whatever reports there are.
fn report_to_text(programme: &prog_model::Programme) -> String {
    let mut kinds = Vec::new();
    if !programme.tracks.is_empty() {
        kinds.extend(["Report", "BatchReport"]);
    }
    if !programme.selections.is_empty() {
        kinds.push("SelectReport");
    }
    if !programme.targets.is_empty() {
        kinds.push("TargetsReport");
    }
    if kinds.is_empty() {
        kinds.push("unknown");
    }
    let of = kinds.join(" | ");
    let line = format!("export declare function reportToText(report: {of}): string;");
    if line.len() <= 80 { line } else { format!("export declare function reportToText(\n  report: {of},\n): string;") }
}
