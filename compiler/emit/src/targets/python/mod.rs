//! Target `python`: a typed package without dependencies, for Python 3.9 and later.
//!
//! In: the plan. Out: `validators/python/`: `pyproject.toml` and a package: its functions, the types of its cases, the programme's
//! definition, the runtime. Always: same plan, same bytes; every rule is carried; formatted as `ruff format` does.

mod from_code;
mod print;
mod shapes;
mod shared;

use super::javascript::print::string;
use super::{Draft, Drafts};
use crate::Plan;
use crate::code::{self, definition};
use from_code::Module;
use print::{KEYWORDS, Py, docstring};
use serde::Serialize;

const FOLDER: &str = "validators/python";

macro_rules! runtime {
    ($($name:literal),* $(,)?) => {
        /// The hand-written files of the package's `_runtime`.
        const RUNTIME: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../../runtime/python/", $name)))),*];
    };
}

runtime![
    "__init__.py",
    "aggregate.py",
    "assign.py",
    "batch.py",
    "calendar.py",
    "case.py",
    "cut.py",
    "date.py",
    "deadline.py",
    "definition.py",
    "entry.py",
    "evaluate.py",
    "expression.py",
    "finding.py",
    "group.py",
    "inputs.py",
    "interval.py",
    "json.py",
    "keys.py",
    "lines.py",
    "materials.py",
    "messages.py",
    "number.py",
    "options.py",
    "package.py",
    "pass_.py",
    "passing.py",
    "place.py",
    "prepared.py",
    "quota.py",
    "ranking.py",
    "read.py",
    "readings.py",
    "refusal.py",
    "report.py",
    "route.py",
    "rules.py",
    "scene.py",
    "scope.py",
    "selection.py",
    "selection_report.py",
    "sending.py",
    "shapes.py",
    "stage.py",
    "summary.py",
    "table.py",
    "target_lines.py",
    "target_measure.py",
    "target_period.py",
    "target_report.py",
    "targets.py",
    "text.py",
    "truth.py",
    "validator.py",
    "value.py",
    "verdict.py",
    "vocabulary.py",
];

/// Writes the files of this target.
pub fn emit(plan: &Plan<'_>) -> Drafts {
    let view = View::of(plan);
    let package = format!("{FOLDER}/{}", view.package);
    let draft = |name: &str, kind: &'static str, text: String| Draft::text(format!("{package}/{name}"), kind, text);
    let init = super::render("__init__.py", include_str!("init.py.tera"), &view)?;
    let project = super::render("pyproject.toml", include_str!("pyproject.toml.tera"), &view)?;
    let mut drafts = vec![
        Draft::text(format!("{FOLDER}/pyproject.toml"), "validator package", project),
        draft("__init__.py", "validator", init).carrying(super::carried(plan), Vec::new()),
        draft("definition.py", "validator", super::render("definition.py", include_str!("definition.py.tera"), &view)?),
        draft("py.typed", "validator types", String::new()),
        draft("_runtime/shared.py", "validator runtime", shared::module()),
    ];
    if view.has_tracks {
        drafts.push(draft("cases.py", "validator types", super::render("cases.py", include_str!("cases.py.tera"), &view)?));
    }
    drafts.extend(RUNTIME.iter().map(|(name, text)| draft(&format!("_runtime/{name}"), "validator runtime", (*text).to_owned())));
    Ok(drafts)
}

/// What the templates lay out.
#[derive(Serialize)]
struct View {
    title: String,
    /// The title as a one-line text of the project's file.
    title_literal: String,
    key: String,
    key_literal: String,
    version: String,
    version_literal: String,
    /// The package's name.
    package: String,
    has_tracks: bool,
    has_selections: bool,
    has_targets: bool,
    /// What the front takes from the runtime's shapes.
    shape_imports: String,
    /// What can be printed.
    reports: String,
    /// What `definition.py` takes from the runtime.
    imports: String,
    functions: Vec<String>,
    sections: Vec<String>,
    members: Vec<String>,
    /// Names of the types of cases, and what they take from elsewhere.
    cases: Vec<String>,
    case_imports: String,
    case_typing: String,
    case_sequences: bool,
    shapes: String,
    exports: Vec<String>,
}

impl View {
    fn of(plan: &Plan<'_>) -> Self {
        let programme = plan.programme;
        let (has_tracks, has_targets) = (!programme.tracks.is_empty(), !programme.targets.is_empty());
        let has_selections = !programme.selections.is_empty();
        let reports: Vec<&str> =
            [("Report", has_tracks), ("BatchReport", has_tracks), ("SelectReport", has_selections), ("TargetsReport", has_targets)]
                .into_iter()
                .filter_map(|(name, has)| has.then_some(name))
                .collect();
        let reported = if has_targets { Some("TargetReport") } else { None };
        let mut module = Module::new(&["PROGRAMME", "VERSION", "DEFINITION", "c", "item"]);
        let (mut functions, mut sections, mut members) = (Vec::new(), Vec::new(), Vec::new());
        let definition = definition(plan);
        for section in &definition.shared {
            let value = member(&mut module, section, &mut functions, &mut sections);
            members.extend(value.map(|value| format!("{}={value}", section.name)));
        }
        let mut tracks = Vec::new();
        for section in &definition.tracks {
            tracks.extend(member(&mut module, section, &mut functions, &mut sections).map(Py::Raw));
        }
        if has_tracks {
            members.push(format!("tracks={}", Py::List(tracks).print(4, 11)));
        }
        module.imports.insert("Definition".to_owned());
        let shapes = shapes::shapes(plan);
        let mut typing: Vec<&str> = shapes.typing.into_iter().collect();
        typing.sort_unstable();
        let title = programme.ident.label.text.clone();
        Self {
            title: docstring(&title).trim_matches('"').to_owned(),
            title_literal: format!("\"{}\"", title.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " ")),
            key: docstring(&programme.ident.key).trim_matches('"').to_owned(),
            key_literal: string(&programme.ident.key),
            version: programme.version.clone(),
            version_literal: string(&programme.version),
            package: package(plan),
            has_tracks,
            has_selections,
            has_targets,
            shape_imports: import("._runtime.shapes", reports.iter().copied().chain(reported).chain(["Lang"])),
            reports: reports.join(" | "),
            imports: import("._runtime", module.imports.iter().map(String::as_str)),
            functions,
            sections,
            members,
            exports: exports(has_tracks, has_selections, has_targets, &shapes.cases),
            cases: shapes.cases,
            case_imports: import("._runtime.shapes", shapes.imports.into_iter().chain(["Decision", "Package"])),
            case_typing: import("typing", typing.into_iter().chain(["TypedDict", "Union"])),
            case_sequences: shapes.sequences,
            shapes: shapes.text,
        }
    }
}

/// A section as a constant of the module; its name there, or nothing of an empty one.
fn member(module: &mut Module, section: &code::Section, functions: &mut Vec<String>, sections: &mut Vec<String>) -> Option<String> {
    let is_bare = |item: &Py| matches!(item, Py::Raw(_));
    let (hoisted, value) = module.section(section);
    functions.extend(hoisted);
    let name = section.name.to_ascii_uppercase();
    let head = match &value {
        Py::Raw(none) if none == "None" => return Some(none.clone()),
        Py::List(items) if items.is_empty() => return None,
        Py::List(items) if items.iter().all(is_bare) => format!("{name}: list[str] = "),
        Py::List(items) if items.iter().any(is_bare) => format!("{name}: list[str | {}] = ", section.kind),
        Py::List(_) => format!("{name}: list[{}] = ", section.kind),
        Py::Raw(_) | Py::Call { .. } | Py::Subscript { .. } | Py::Tuple(_) | Py::Dict(_) => format!("{name} = "),
    };
    sections.push(format!("{head}{}\n{}", value.print(0, head.len()), docstring(&section.doc)));
    Some(name)
}

/// The package's name: the programme's code name.
fn package(plan: &Plan<'_>) -> String {
    let name = crate::names::code_name(&plan.programme.ident).to_ascii_lowercase();
    if KEYWORDS.contains(&name.as_str()) { name + "_" } else { name }
}

/// `from module import names`, in the order of `isort`: constants, classes, functions.
fn import<'a>(module: &str, names: impl Iterator<Item = &'a str>) -> String {
    let place = |name: &str| match (name.starts_with(|c: char| c.is_ascii_uppercase()), name.chars().any(|c| c.is_ascii_lowercase())) {
        (true, false) => 0,
        (true, true) => 1,
        (false, _) => 2,
    };
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable_by_key(|name| (place(name), name.to_ascii_lowercase()));
    names.dedup();
    let line = format!("from {module} import {}", names.join(", "));
    if line.len() <= print::WIDTH { line } else { format!("from {module} import (\n    {},\n)", names.join(",\n    ")) }
}

/// What the package offers, in order.
fn exports(has_tracks: bool, has_selections: bool, has_targets: bool, cases: &[String]) -> Vec<String> {
    let mut names = vec!["PROGRAMME", "VERSION", "Refusal", "char_count", "report_to_text"];
    if has_tracks {
        names.extend(["BatchLine", "BatchReport", "Case", "JudgedBatch", "Report", "Stage", "StageDates", "Track"]);
        names.extend(["check_batch", "deadlines", "judge_batch", "validate", "validate_text"]);
        names.extend(cases.iter().map(String::as_str));
    }
    if has_selections {
        names.extend(["SelectReport", "select"]);
    }
    if has_targets {
        names.extend(["TargetReport", "TargetsReport", "check_targets"]);
    }
    names.sort_unstable();
    names.into_iter().map(string).collect()
}
