//! Who may import whom, read from the manifests.

use prog_tests::root;
use std::fs;

/// Each crate with the crates of ours that it may use.
const LAYERS: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("syntax", &["base"]),
    ("model", &["base", "syntax"]),
    ("eval", &["base", "model"]),
    ("cases", &["base", "model", "eval"]),
    ("diff", &["base", "model", "eval", "cases"]),
    ("emit", &["base", "model"]),
    ("format", &["base", "syntax"]),
    ("report", &["base"]),
    ("outline", &["base"]),
    ("driver", &["base", "syntax", "model", "eval", "emit", "format"]),
    ("cli", &["base", "model", "eval", "cases", "diff", "emit", "format", "report", "outline", "driver"]),
];

/// Libraries with the one crate that knows them.
const OWNERS: &[(&str, &str)] = &[
    ("pest", "syntax"),
    ("pest_derive", "syntax"),
    ("tera", "emit"),
    ("rust_xlsxwriter", "emit"),
    ("calamine", "driver"),
    ("encoding_rs", "outline"),
    ("quick-xml", "outline"),
    ("tiny_http", "cli"),
    ("ariadne", "report"),
    ("clap", "cli"),
    ("comfy-table", "cli"),
    ("clap_complete", "cli"),
    ("clap_mangen", "cli"),
];

/// The names under `[dependencies]`; what tests need is their own matter.
fn dependencies(name: &str) -> Vec<String> {
    let manifest = fs::read_to_string(root().join("compiler").join(name).join("Cargo.toml")).expect("a manifest");
    let section = manifest.split("\n[").find(|part| part.starts_with("dependencies]")).unwrap_or("");
    let names = section.lines().skip(1).filter_map(|line| line.split(['.', '=', ' ']).next());
    names.filter(|name| !name.is_empty() && !name.starts_with('#')).map(str::to_owned).collect()
}

#[test]
fn every_crate_keeps_to_its_layer() {
    let mut crates: Vec<String> = fs::read_dir(root().join("compiler"))
        .expect("compiler/")
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().join("Cargo.toml").exists())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    crates.sort();
    let mut faults = Vec::new();
    for name in crates {
        let Some((_, allowed)) = LAYERS.iter().find(|(layer, _)| *layer == name) else {
            faults.push(format!("compiler/{name} has no layer in tests/tests/tidy/layers.rs"));
            continue;
        };
        for dependency in dependencies(&name) {
            if let Some(ours) = dependency.strip_prefix("prog-")
                && !allowed.contains(&ours)
            {
                faults.push(format!("compiler/{name} may not use {dependency}"));
            }
            if let Some((_, owner)) = OWNERS.iter().find(|(library, _)| *library == dependency)
                && *owner != name
            {
                faults.push(format!("only compiler/{owner} may use {dependency}, not compiler/{name}"));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
