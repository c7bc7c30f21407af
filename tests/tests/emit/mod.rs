//! What the targets write: schemas that judge as the evaluator does, pages that hold together, the typed model.

mod agreement;
mod export;
mod java;
mod office;
mod pages;
pub mod reading_page;
mod sentences;
mod snapshots;
pub mod tools;

use prog_driver::world::Memory;
use prog_driver::{Session, UnitKind};
use prog_emit::Target;
use prog_model::Programme;
use prog_tests::root;
use std::collections::BTreeMap;
use std::path::Path;

/// Every kind of entry, layout and origin once.
const KITCHEN: &str = include_str!("kitchen.prog");

/// The programme of a source text; the test fails where it does not compile.
pub fn compile(source: &str) -> Programme {
    compile_beside(source, [])
}

/// The same with others in folders beside it.
fn compile_beside<const N: usize>(source: &str, others: [(&str, &str); N]) -> Programme {
    let files = others.into_iter().chain([("p/programme.prog", source)]);
    let world = Memory::new(files);
    let mut session = Session::new(&world);
    let units = session.load(Path::new("p"));
    let unit = units.iter().find(|u| u.kind == UnitKind::Programme).expect("a programme");
    let compiled = session.compile(unit, None);
    let shown: Vec<String> = session.errors().iter().map(|d| format!("{} {}", d.code.0, d.message.en)).collect();
    assert!(compiled.sound, "{shown:#?}");
    compiled.programme.expect("a programme")
}

/// The programme that has one of everything.
pub fn kitchen() -> Programme {
    compile(KITCHEN)
}

/// The files of some targets as texts, by path; office files are left out.
fn files(programme: &Programme, targets: &[Target]) -> BTreeMap<String, String> {
    let files = prog_emit::emit(programme, targets).unwrap_or_else(|faults| panic!("{faults:?}"));
    let texts = files.into_iter().filter(|f| !f.path.ends_with(".docx") && !f.path.ends_with(".xlsx"));
    texts.map(|f| (f.path, String::from_utf8(f.bytes).expect("UTF-8"))).collect()
}

/// Sources whose output is looked at as a whole: the last holds the longest form, its files as one text.
fn sources() -> Vec<(&'static str, String)> {
    let folder = root().join("programmes/moe-2019");
    let files = ["programme", "form", "workflow", "targets"].map(|name| folder.join(name).with_extension("prog"));
    let texts = files.map(|file| std::fs::read_to_string(file).expect("a file of the programme"));
    vec![("kitchen", KITCHEN.to_owned()), ("moe_2019", texts.join("\n"))]
}

#[test]
fn the_same_model_gives_the_same_bytes() {
    let programme = compile(KITCHEN);
    assert_eq!(files(&programme, Target::ALL), files(&compile(KITCHEN), Target::ALL));
}

#[test]
fn the_manifest_is_last_and_lists_every_file() {
    let programme = compile(KITCHEN);
    let files = prog_emit::emit(&programme, Target::ALL).expect("files");
    let (manifest, others) = files.split_last().expect("a manifest");
    assert_eq!(manifest.path, "manifest.json");
    let manifest: serde_json::Value = serde_json::from_slice(&manifest.bytes).expect("JSON");
    let listed: Vec<&str> = manifest["files"].as_array().expect("files").iter().map(|f| f["path"].as_str().expect("a path")).collect();
    let written: Vec<&str> = others.iter().map(|f| f.path.as_str()).collect();
    assert_eq!(listed, written);
    assert!(written.is_sorted());
    let case = manifest["files"].as_array().expect("files").iter().find(|f| f["path"] == "schema/village.case.schema.json");
    assert_eq!(case.expect("the case schema")["not_carried"][0], "enough_seats");
}

#[test]
fn only_what_was_asked_for_is_written() {
    let files = files(&compile(KITCHEN), &[Target::Schema]);
    assert!(files.keys().all(|path| path.starts_with("schema/") || path == "manifest.json"), "{:?}", files.keys());
}
