//! A language: its target, how what was written is made ready to run, and the driver that answers requests on it.
//!
//! A driver reads JSON lines `{ "module", "text", "kind", "options" }` and writes one JSON string a line: the report's text, the reports
//! of a batch line by line with the batch's own last, or `refused CODE POINTER LINE:COLUMN WORDS`. It is started once for many requests.
//! Always: the answers stand in the order of the requests; a driver that fails ends the run, saying so.

use crate::load::Subject;
use crate::request::Request;
use prog_emit::Target;
use prog_tests::{scratch, write};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// One of the languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// `validators/java`
    Java,
    /// `validators/javascript`
    Javascript,
    /// `validators/python`
    Python,
    /// `validators/rust`
    Rust,
}

impl Language {
    /// All of them.
    pub const ALL: &'static [Language] = &[Language::Java, Language::Javascript, Language::Python, Language::Rust];

    /// Its name, and that of its target.
    pub fn name(self) -> &'static str {
        self.target().name()
    }

    /// How many drivers work beside one another: the slowest language keeps all others waiting.
    pub fn drivers(self) -> usize {
        match self {
            Language::Java | Language::Javascript | Language::Rust => 1,
            Language::Python => 3,
        }
    }

    /// What `prog build` calls it.
    pub fn target(self) -> Target {
        match self {
            Language::Java => Target::Java,
            Language::Javascript => Target::Javascript,
            Language::Python => Target::Python,
            Language::Rust => Target::Rust,
        }
    }

    /// Writes the validators of these programmes below a scratch folder of this name and makes them ready.
    pub fn prepare(self, subjects: &[Subject], name: &str) -> Ready {
        let out = scratch(&format!("conformance-{}-{name}", self.name()));
        let folders: Vec<PathBuf> = subjects.iter().map(|s| self.write(s, &out.join(&s.name))).collect();
        let shared = share(&folders.iter().map(|folder| self.runtime_folder(folder)).collect::<Vec<_>>(), &out);
        self.ready(folders, shared).unwrap_or_else(|fault| panic!("{}: {fault}", self.name()))
    }

    /// Where the hand-written files stand in a validator's folder.
    fn runtime_folder(self, folder: &Path) -> PathBuf {
        match self {
            // In the package of the programme.
            Language::Java => package_in(&folder.join("src/main/java")).join("runtime"),
            Language::Javascript => folder.join("runtime"),
            Language::Python => folder.join("_runtime"),
            Language::Rust => folder.join("src/runtime"),
        }
    }

    /// Writes the validator of one programme as it is delivered, and gives its folder.
    pub fn write(self, subject: &Subject, to: &Path) -> PathBuf {
        let files = prog_emit::emit(&subject.programme, &[self.target()]).unwrap_or_else(|faults| panic!("{}: {faults:?}", subject.name));
        for file in files {
            write(&to.join(&file.path), &file.bytes);
        }
        let folder = to.join("validators").join(self.name());
        match self {
            Language::Java | Language::Javascript | Language::Rust => folder,
            Language::Python => package_in(&folder),
        }
    }

    /// Makes what stands in these folders ready to answer.
    fn ready(self, folders: Vec<PathBuf>, runtime: PathBuf) -> Result<Ready, String> {
        match self {
            Language::Java => {
                let modules = folders.iter().map(|f| f.join("classes")).collect();
                let drivers = java_drivers()?;
                compiled(Command::new("java").arg("-cp").arg(&drivers).arg("Build").args(&folders))?;
                let options = ["java", "-XX:+UseSerialGC", "-Xss8m", "-cp"].map(str::to_owned);
                let command = options.into_iter().chain([drivers.to_string_lossy().into_owned(), "Run".to_owned()]).collect();
                Ok(Ready { language: self, modules, command, folders, runtime })
            }
            Language::Javascript => {
                let modules = folders.iter().map(|f| f.join("index.mjs")).collect();
                Ok(Ready { language: self, modules, command: vec!["node".to_owned(), driver("run.mjs")], folders, runtime })
            }
            Language::Python => {
                let (modules, command) = (folders.clone(), vec!["python3".to_owned(), driver("run.py")]);
                Ok(Ready { language: self, modules, command, folders, runtime })
            }
            Language::Rust => {
                let driver = crate::crates::driver(&folders, &runtime)?;
                let modules = (0..folders.len()).map(|place| place.to_string().into()).collect();
                Ok(Ready { language: self, modules, command: vec![driver.to_string_lossy().into_owned()], folders, runtime })
            }
        }
    }
}

/// The package in a folder that holds one.
fn package_in(folder: &Path) -> PathBuf {
    let entries = std::fs::read_dir(folder).expect("a folder of ours").map(|entry| entry.expect("an entry").path());
    entries.into_iter().find(|path| path.is_dir()).expect("a package")
}

/// Lets all validators use one copy of the runtime, which they have alike, given where each has its own; gives its place.
fn share(runtimes: &[PathBuf], out: &Path) -> PathBuf {
    let shared = out.join("shared");
    for own in runtimes {
        if shared.exists() {
            std::fs::remove_dir_all(own).expect("a folder of ours");
        } else {
            std::fs::rename(own, &shared).expect("a folder of ours");
        }
        std::os::unix::fs::symlink(&shared, own).expect("a link");
    }
    shared
}

/// Where the Java drivers stand, compiled once a run.
fn java_drivers() -> Result<PathBuf, String> {
    static DRIVERS: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let compile = || {
        let classes = scratch("conformance-java-drivers");
        let sources = ["Build.java", "Run.java"].map(driver);
        compiled(Command::new("javac").args(["-encoding", "UTF-8", "-d"]).arg(&classes).args(sources)).map(|()| classes)
    };
    DRIVERS.get_or_init(compile).clone()
}

/// Runs a compiler; what it says where it fails.
fn compiled(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|fault| format!("{command:?} does not start: {fault}"))?;
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

fn driver(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("drivers").join(name).to_string_lossy().into_owned()
}

/// Validators of several programmes that can be asked.
#[derive(Clone, Debug)]
pub struct Ready {
    /// In which language.
    pub language: Language,
    /// Where the files of each programme stand.
    pub folders: Vec<PathBuf>,
    /// What the driver is told of each programme.
    modules: Vec<PathBuf>,
    command: Vec<String>,
    runtime: PathBuf,
}

impl Ready {
    /// Where the runtime stands that all of them use.
    pub fn runtime(&self) -> &Path {
        &self.runtime
    }

    /// The same after a file was changed: compiled again, where the language is compiled.
    pub fn again(&self) -> Result<Ready, String> {
        self.language.ready(self.folders.clone(), self.runtime.clone())
    }

    /// The answers to requests on programmes by their place, in order.
    pub fn answers(&self, requests: &[(usize, &Request)]) -> Vec<String> {
        self.try_answers(requests).unwrap_or_else(|fault| panic!("{}: {fault}", self.language.name()))
    }

    /// The answers, or what the driver died of.
    pub fn try_answers(&self, requests: &[(usize, &Request)]) -> Result<Vec<String>, String> {
        let (program, arguments) = self.command.split_first().ok_or("no command")?;
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|fault| format!("{program} does not start: {fault}"))?;
        let mut pipe = child.stdin.take().ok_or("no pipe")?;
        let line = |(subject, request): &(usize, &Request)| {
            let mut json = request.to_json();
            json["module"] = self.modules[*subject].to_string_lossy().into();
            json.to_string() + "\n"
        };
        let lines: String = requests.iter().map(line).collect();
        let writer = std::thread::spawn(move || pipe.write_all(lines.as_bytes()));
        let output = child.wait_with_output().map_err(|fault| fault.to_string())?;
        // A driver that ends early closes the pipe; what it says of it is on its standard error.
        let _ = writer.join();
        let said = String::from_utf8_lossy(&output.stderr);
        if !output.status.success() {
            return Err(format!("the driver failed: {said}"));
        }
        let text = String::from_utf8(output.stdout).map_err(|fault| fault.to_string())?;
        let answers: Result<Vec<String>, _> = text.lines().map(serde_json::from_str).collect();
        let answers = answers.map_err(|fault| format!("an answer is no JSON string: {fault}"))?;
        if answers.len() == requests.len() {
            Ok(answers)
        } else {
            Err(format!("{} answers to {} requests: {said}", answers.len(), requests.len()))
        }
    }
}
