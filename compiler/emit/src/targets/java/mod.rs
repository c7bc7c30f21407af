//! Target `java`: classes of Java 17 that need nothing but the JDK.
//!
//! In: the plan. Out: `validators/java/`: `pom.xml`, and below `src/main/java/<package>/` the class `Validator`, the programme's definition
//! in classes of its own, and the runtime beside them. Always: same plan, same bytes; every rule is carried.

mod classes;
mod from_code;
mod print;
mod runtime;
mod shared;

use super::{Draft, Drafts};
use crate::Plan;
use crate::code::{Definition, definition};
use classes::{Classes, javadoc};
use from_code::Writer;
use print::{Java, Link, comment, string};

const FOLDER: &str = "validators/java";

/// The package in which the runtime is written.
const WRITTEN: &str = "programme.runtime";

/// The classes of the definition: name, what it holds, sections.
const CLASSES: &[(&str, &str, &[&str])] = &[
    (
        "Vocabulary",
        "Readings, actors, closed lists, records, tables, values, stages.",
        &["zone", "calendar", "readings", "actors", "lists", "records", "tables", "constants", "stages"],
    ),
    ("Workflow", "Materials, routes, summaries.", &["materials", "routes", "summaries"]),
    ("Quotas", "Quotas.", &["quotas"]),
    ("Selections", "Selections.", &["selections"]),
    ("TargetBlocks", "Targets.", &["targets"]),
];

/// Writes the files of this target.
pub fn emit(plan: &Plan<'_>) -> Drafts {
    let package = package(plan);
    let folder = format!("{FOLDER}/src/main/java/{package}");
    let draft = |name: &str, kind: &'static str, text: String| Draft::text(format!("{folder}/{name}.java"), kind, text);
    let mut classes = Classes::default();
    let judge = judge(&definition(plan), &mut classes);
    let mut drafts = vec![
        Draft::text(format!("{FOLDER}/pom.xml"), "validator package", pom(&package)),
        draft("Validator", "validator", validator(plan, &package, judge)).carrying(super::carried(plan), Vec::new()),
        draft("runtime/Shared", "validator runtime", shared::class(&package)),
    ];
    drafts.extend(classes.files(&package).into_iter().map(|(name, text)| draft(&name, "validator definition", text)));
    let runtime = format!("{package}.runtime");
    drafts.extend(
        runtime::FILES.iter().map(|(name, text)| draft(&format!("runtime/{name}"), "validator runtime", text.replace(WRITTEN, &runtime))),
    );
    Ok(drafts)
}

/// The package: the programme's code name.
fn package(plan: &Plan<'_>) -> String {
    const RESERVED: &str = "abstract assert boolean break byte case catch char class const continue default do double else enum extends \
        false final finally float for goto if implements import instanceof int interface java long native new null package private \
        protected public return short static strictfp super switch synchronized this throw throws transient true try void volatile \
        while _";
    let name = crate::names::code_name(&plan.programme.ident).to_ascii_lowercase();
    if RESERVED.split_whitespace().any(|word| word == name) { format!("{name}_") } else { name }
}

/// `new Judge(new Definition()…)`, its parts in the classes.
fn judge(definition: &Definition, classes: &mut Classes) -> Java {
    let raw = |text: &str| Java::Raw(text.to_owned());
    let mut links = vec![Link { name: "programme", args: vec![raw("PROGRAMME")] }, Link { name: "version", args: vec![raw("VERSION")] }];
    for (name, doc, sections) in CLASSES {
        classes.part(name, doc);
        for section in definition.shared.iter().filter(|s| sections.contains(&s.name.as_str())) {
            let Some(member) = sections.iter().find(|name| **name == section.name) else { continue };
            let parts = Writer::new(classes).section(member, section.kind, &comment(&section.doc), &section.code);
            links.extend(parts.into_iter().map(|part| Link { name: member, args: vec![part] }));
        }
    }
    for section in &definition.tracks {
        classes.part(&class_name(&section.name), &comment(&section.doc));
        let parts = Writer::new(classes).section("track", section.kind, &comment(&section.doc), &section.code);
        links.push(Link { name: "tracks", args: parts });
    }
    let names = classes.names();
    let definition = Java::Chain { kind: "Definition", links };
    let judge = Java::Call { callee: print::Callee::New("Judge"), args: vec![definition] };
    judge.within(usize::MAX, &|class| names.get(class).cloned().unwrap_or_default())
}

/// `track_demo_area` to `TrackDemoArea`.
fn class_name(section: &str) -> String {
    let capital = |word: &str| {
        let mut chars = word.chars();
        chars.next().map_or(String::new(), |c| c.to_ascii_uppercase().to_string() + chars.as_str())
    };
    section.split('_').map(capital).collect()
}

/// The class that people call.
fn validator(plan: &Plan<'_>, package: &str, judge: Java) -> String {
    let programme = plan.programme;
    let title = comment(&programme.ident.label.text);
    let mut methods = String::new();
    let mut imports = vec!["Definition", "Judge", "Options", "Report"];
    if !programme.tracks.is_empty() {
        methods.push_str(include_str!("cases.java"));
        imports.extend(["Judgement", "StageDates"]);
    }
    if !programme.selections.is_empty() {
        methods.push_str(include_str!("selections.java"));
    }
    if !programme.targets.is_empty() {
        methods.push_str(include_str!("targets.java"));
    }
    imports.sort_unstable();
    let mut out = format!("package {package};\n\n");
    imports.iter().for_each(|class| out.push_str(&format!("import {package}.runtime.{class};\n")));
    out.push_str("import java.util.List;\n");
    if !programme.tracks.is_empty() {
        out.push_str("import java.util.Map;\n");
    }
    let doc = format!(
        "/**\n * {title}\n *\n * <p>Programme {}, version {}. Written by prog; edit the programme and build again.\n */\n",
        comment(&programme.ident.key),
        comment(&programme.version)
    );
    let field =
        |doc: &str, visible: &str, head: &str, value: &str| format!("{}  {visible} static final {head} ={value};\n\n", javadoc(2, doc));
    let constant = |text: &str| format!(" {}", string(text));
    out.push_str(&format!("\n{doc}public final class Validator {{\n"));
    out.push_str(&field("The programme's key.", "public", "String PROGRAMME", &constant(&programme.ident.key)));
    let version = "The version of the programme: it changes whenever its source does.";
    out.push_str(&field(version, "public", "String VERSION", &constant(&programme.version)));
    let value = format!("\n      {}", judge.print(6, 6, 1));
    out.push_str(&format!("  private static final Judge JUDGE ={value};\n\n  private Validator() {{}}\n"));
    out + &methods + include_str!("common.java") + "}\n"
}

/// What makes the folder a project of Maven.
fn pom(package: &str) -> String {
    include_str!("pom.xml").replace("PACKAGE", package)
}
