//! Rust validators made ready: all programmes as modules of one crate around one runtime, so that one build serves all.
//!
//! In: the folders of the validators, and the runtime that they share. Out: a binary that answers requests.
//! Always: no network; the build is kept below `target/`, so that only what changed is built again.

use prog_tests::{root, write};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const MANIFEST: &str = "edition = \"2021\"\npublish = false\n\n[dependencies]\nnum-bigint = \"0.4\"\nserde_json = \"1.0\"\n\n[workspace]\n";

/// Optimised, with all checks: added where thousands of requests outweigh the longer build.
const OPTIMISED: &str = "\n[profile.dev]\nopt-level = 1\n";

/// Where generated crates are built.
pub fn target() -> PathBuf {
    root().join("target/generated-rust")
}

/// Runs cargo offline in a folder, with the versions that this workspace has and these flags; what it says if it fails.
pub fn cargo(folder: &Path, arguments: &[&str], flags: &str) -> Result<(), String> {
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).map_err(|fault| fault.to_string())?;
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    command.args(arguments).args(["--offline", "--quiet"]).current_dir(folder).env("CARGO_TARGET_DIR", target());
    command.env("RUSTFLAGS", flags).env("RUSTDOCFLAGS", flags).env_remove("CARGO_MANIFEST_DIR");
    let output = command.output().map_err(|fault| fault.to_string())?;
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

/// Builds the driver for validators in these folders.
pub fn driver(folders: &[PathBuf], runtime: &Path) -> Result<PathBuf, String> {
    let out = runtime.parent().ok_or("a runtime stands in a folder")?;
    let name = out.file_name().ok_or("a folder has a name")?.to_string_lossy().into_owned();
    let driver = out.join("driver");
    let source = driver.join("src");
    // A harness that was built to run long wants a driver that runs fast; one with a fault in it is built for a few requests.
    let profile = if cfg!(debug_assertions) || name.ends_with("faults") { "" } else { OPTIMISED };
    write(&driver.join("Cargo.toml"), format!("[package]\nname = \"{name}\"\nversion = \"0.0.0\"\n{MANIFEST}{profile}"));
    write(&source.join("main.rs"), include_str!("../drivers/rust.rs"));
    let link = source.join("runtime");
    if !link.exists() {
        std::os::unix::fs::symlink(runtime, &link).map_err(|fault| fault.to_string())?;
    }
    let mut modules = String::new();
    let mut arms = String::new();
    for (place, folder) in folders.iter().enumerate() {
        let module = source.join(format!("programmes/p{place}"));
        for (path, bytes) in prog_tests::tree(&folder.join("src")) {
            match path.as_str() {
                "lib.rs" => {
                    // The runtime that all share, instead of one of its own.
                    let text = String::from_utf8_lossy(&bytes).replace("pub mod runtime;", "use crate::runtime;");
                    write(&module.join("mod.rs"), text);
                }
                path if !path.contains('/') => write(&module.join(path), &bytes),
                _runtime => {}
            }
        }
        modules += &format!("mod p{place};\n");
        let function = |name: &str| format!("{name}: p{place}::{name}");
        let functions = ["validate_text", "judge_batch", "select", "check_targets"].map(function).join(", ");
        arms += &format!("        \"{place}\" => Some(crate::Programme {{ {functions} }}),\n");
    }
    let list =
        format!("pub fn programme(place: &str) -> Option<crate::Programme> {{\n    match place {{\n{arms}        _ => None,\n    }}\n}}\n");
    write(&source.join("programmes/mod.rs"), modules + &list);
    cargo(&driver, &["build"], "")?;
    Ok(target().join("debug").join(name))
}
