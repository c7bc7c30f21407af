//! What the tests share: the `prog` binary as a user would run it, and folders to run it in.
//!
//! Always: the binary is built from this workspace; no locale, colour or terminal setting of the machine reaches it.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// What a run of `prog` gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The exit code; -1 if a signal ended it.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

/// The repository's root.
pub fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    root.canonicalize().unwrap_or(root)
}

/// The `prog` binary, built once a run in the profile of the tests.
pub fn binary() -> &'static Path {
    static BINARY: OnceLock<Option<PathBuf>> = OnceLock::new();
    let built = BINARY.get_or_init(|| {
        // target/<profile>/deps/main-…, target/<profile>/conformance → target/<profile>/prog
        let me = std::env::current_exe().expect("the test's own path");
        let folder = me.ancestors().skip(1).find(|folder| !folder.ends_with("deps")).expect("target/<profile>");
        let mut build = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
        build.args(["build", "-q", "-p", "prog-cli"]).current_dir(root());
        build.env("CARGO_TARGET_DIR", folder.parent().expect("target"));
        if folder.ends_with("release") {
            build.arg("--release");
        }
        let done = build.status().expect("cargo runs").success();
        done.then(|| folder.join(format!("prog{}", std::env::consts::EXE_SUFFIX)))
    });
    built.as_deref().expect("prog does not build")
}

/// The folders of the programmes made from notices: those beside the invented examples.
pub fn programmes() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("programmes")).expect("the programmes");
    let mut folders: Vec<PathBuf> = entries.map(|e| e.expect("an entry").path()).filter(|p| p.join("programme.prog").exists()).collect();
    folders.sort();
    folders
}

/// A command that runs `prog` from the repository's root, in English unless it says otherwise.
pub fn prog() -> Command {
    let mut command = Command::new(binary());
    for variable in ["LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "RUST_BACKTRACE"] {
        command.env_remove(variable);
    }
    command.current_dir(root());
    command
}

/// Runs `prog` with these arguments.
pub fn run(arguments: &[&str]) -> Run {
    finish(prog().args(arguments))
}

/// Runs `prog` in a folder.
pub fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    finish(prog().args(arguments).current_dir(folder))
}

/// Runs `prog` with these arguments and this standard input.
pub fn run_with(input: &[u8], arguments: &[&str]) -> Run {
    let mut child =
        prog().args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("prog starts");
    let mut pipe = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        let _ = pipe.write_all(&input); // it may have read enough
    });
    let output = child.wait_with_output().expect("prog ends");
    let _ = writer.join();
    Run::from(output)
}

/// Runs a command to its end.
pub fn finish(command: &mut Command) -> Run {
    Run::from(command.stdin(Stdio::null()).output().expect("the command starts"))
}

impl From<std::process::Output> for Run {
    fn from(output: std::process::Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8 output");
        Self { code: output.status.code().unwrap_or(-1), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

/// A programme with one form of so many fields and so many rules over them.
pub fn sample(fields: usize, rules: usize) -> String {
    let mut text =
        String::from("programme bench_2030 \"Bench\" {\n    issuer \"Office\"\n    number unknown\n\n    form report \"Report\" {\n");
    for f in 0..fields {
        let kind = ["Count from 0 to 1_000", "Decimal(2)", "Text", "YesNo"][f % 4];
        let _ = writeln!(text, "        f{f} \"Field {f}\" : {kind}");
    }
    text.push_str("    }\n\n    track applicant \"Applicant\" applies with report {\n");
    for r in 0..rules {
        let (a, b) = (r * 8 % fields / 4 * 4, (r * 8 + 4) % fields / 4 * 4);
        let _ = writeln!(text, "        require r{r} \"Rule {r}\" : f{a} + 3 at least f{b} and f{a} at most 900");
    }
    text.push_str("    }\n}\n");
    text
}

/// An empty folder of this name, kept after the run so that it can be looked at.
pub fn scratch(name: &str) -> PathBuf {
    let folder = binary().parent().map(|profile| profile.join("scratch").join(name)).expect("target/<profile>");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a scratch folder");
    folder
}

/// Writes a file, with the folders that lead to it.
pub fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
    fs::write(path, bytes).expect("a file");
}

/// Every file below a folder with its bytes, by relative path.
pub fn tree(folder: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut files = std::collections::BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let relative = path.strip_prefix(folder).expect("below").to_string_lossy().replace('\\', "/");
                files.insert(relative, fs::read(&path).expect("a file"));
            }
        }
    }
    files
}
