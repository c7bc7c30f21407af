//! Target `rust`: a crate without unsafe code, for servers, command lines and other languages' extensions.
//!
//! In: the plan. Out: `validators/rust/`: `Cargo.toml`, `src/lib.rs` (the functions), one module a section of the programme, the runtime.
//! Always: same plan, same bytes; every rule is carried; what is printed is as rustfmt lays it out.

mod expression;
mod fields;
mod layout;
mod records;
mod shared;

use super::{Draft, Drafts};
use crate::Plan;
use crate::code::{Definition, Section, definition};
use fields::{escaped, text_constant};
use layout::Doc;
use records::Items;

const FOLDER: &str = "validators/rust";

macro_rules! runtime {
    ($($name:literal),* $(,)?) => {
        /// The hand-written files that stand beside the programme.
        const RUNTIME: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../../runtime/rust/", $name)))),*];
    };
}

runtime![
    "aggregate.rs",
    "aims.rs",
    "application.rs",
    "assign.rs",
    "batch.rs",
    "case.rs",
    "cut.rs",
    "date.rs",
    "deadline.rs",
    "definition.rs",
    "entry.rs",
    "evaluate.rs",
    "expression.rs",
    "finding.rs",
    "group.rs",
    "inputs.rs",
    "interval.rs",
    "json.rs",
    "keys.rs",
    "lines.rs",
    "materials.rs",
    "messages.rs",
    "mod.rs",
    "number.rs",
    "options.rs",
    "package.rs",
    "pass.rs",
    "passing.rs",
    "prelude.rs",
    "prepared.rs",
    "quota.rs",
    "ranking.rs",
    "read.rs",
    "readings.rs",
    "refusal.rs",
    "report.rs",
    "route.rs",
    "rules.rs",
    "scene.rs",
    "scope.rs",
    "select.rs",
    "selection.rs",
    "sending.rs",
    "stage.rs",
    "summary.rs",
    "table.rs",
    "target_lines.rs",
    "target_measure.rs",
    "target_period.rs",
    "target_report.rs",
    "targets.rs",
    "text.rs",
    "truth.rs",
    "validator.rs",
    "value.rs",
    "verdict.rs",
    "vocabulary.rs",
    "workflow.rs",
    "working_days.rs",
];

/// Writes the files of this target.
pub fn emit(plan: &Plan<'_>) -> Drafts {
    let draft = |name: &str, kind: &'static str, text: String| Draft::text(format!("{FOLDER}/{name}"), kind, text);
    let definition = definition(plan);
    let mut drafts = vec![
        draft("Cargo.toml", "validator package", manifest(plan)),
        draft("src/lib.rs", "validator", library(plan, &definition)).carrying(super::carried(plan), Vec::new()),
        draft("src/runtime/shared.rs", "validator runtime", shared::module()),
    ];
    for section in definition.shared.iter().chain(&definition.tracks).filter(|section| has_module(section)) {
        drafts.push(draft(&format!("src/{}.rs", section.name), "validator part", module(section)));
    }
    drafts.extend(RUNTIME.iter().map(|(name, text)| draft(&format!("src/runtime/{name}"), "validator runtime", (*text).to_owned())));
    Ok(drafts)
}

/// Sections that hold nothing have no module.
fn has_module(section: &Section) -> bool {
    !matches!(&section.code, crate::code::Code::List(items) if items.is_empty()) && section.code != crate::code::Code::Null
}

/// The crate's name: ASCII, in small letters.
fn crate_name(plan: &Plan<'_>) -> String {
    crate::names::code_name(&plan.programme.ident).to_ascii_lowercase()
}

fn manifest(plan: &Plan<'_>) -> String {
    let name = crate_name(plan);
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2021\"\nrust-version = \"1.85\"\npublish = false\n\n\
         [lib]\nname = \"{name}\"\n\n[dependencies]\n# Numbers beyond 64 bits.\nnum-bigint = \"0.4\"\n\n\
         # Built as it stands, also inside another workspace.\n[workspace]\n"
    )
}

/// One section of the programme.
fn module(section: &Section) -> String {
    let mut items = Items::new();
    items.section(constant_of(section), &section.doc, type_of(section), &section.code);
    format!("//! {}\n\nuse super::runtime::prelude::*;\n\n{}\n", escaped(&section.doc), items.items.join("\n\n"))
}

/// The name of the section's constant.
fn constant_of(section: &Section) -> &str {
    if section.kind == "Track" { "track" } else { &section.name }
}

fn type_of(section: &Section) -> &'static str {
    match section.kind {
        "ClosedList" => "List",
        "RecordType" => "Record",
        kind => kind,
    }
}

/// `src/lib.rs`
fn library(plan: &Plan<'_>, definition: &Definition) -> String {
    let programme = plan.programme;
    let shared = definition.shared.iter();
    let mut modules: Vec<String> = shared.chain(&definition.tracks).filter(|s| has_module(s)).map(|s| format!("mod {};", s.name)).collect();
    modules.push("pub mod runtime;".to_owned());
    modules.sort_by(|a, b| a.trim_start_matches("pub ").cmp(b.trim_start_matches("pub ")));
    let path = |s: &Section| format!("{}::{}", s.name, constant_of(s).to_uppercase());
    let mut fields = vec![("programme", Doc::atom("PROGRAMME")), ("version", Doc::atom("VERSION"))];
    for section in &definition.shared {
        let empty = if section.kind == "Zone" { "None" } else { "&[]" };
        let there = Doc::atom(if has_module(section) { path(section) } else { empty.to_owned() });
        fields.push((field_of(section), if section.kind == "Calendar" { Doc::some(there) } else { there }));
    }
    if !definition.shared.iter().any(|section| section.kind == "Calendar") {
        fields.insert(3, ("calendar", Doc::atom("None")));
    }
    let tracks = definition.tracks.iter().map(|s| Doc::atom(path(s))).collect();
    fields.push(("tracks", Doc::slice(tracks)));
    let definition = Doc::Struct("Definition", fields, false).value_of("static DEFINITION: Definition");
    include_str!("lib.rs.txt")
        .replace("{title}", &escaped(&programme.ident.label.text))
        .replace("{key}", &escaped(&programme.ident.key))
        .replace("{modules}", &modules.join("\n"))
        .replace("{programme}", &text_constant("PROGRAMME", &programme.ident.key))
        .replace("{version}", &text_constant("VERSION", &programme.version))
        .replace("{definition}", &definition)
}

/// The field of the definition that a section fills.
fn field_of(section: &Section) -> &'static str {
    match section.kind {
        "Zone" => "zone",
        "Calendar" => "calendar",
        "Reading" => "readings",
        "Actor" => "actors",
        "ClosedList" => "lists",
        "RecordType" => "records",
        "Table" => "tables",
        "Constant" => "constants",
        "Material" => "materials",
        "Route" => "routes",
        "Summary" => "summaries",
        "Quota" => "quotas",
        "Selection" => "selections",
        "Targets" => "targets",
        _ => "stages",
    }
}
