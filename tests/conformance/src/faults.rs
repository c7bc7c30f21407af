//! The proof that a fault would show: faults put into a runtime, one at a time, must change an answer.
//!
//! In: a language with its validators ready. Out: which faults were caught and which survived. Always: a fault is one text for another at
//! one place of the hand-written runtime; `faults.tsv` names those that must be caught, each told in a word; the drawn ones come from
//! the operators below; `survivors.tsv` says of a survivor why no answer can show it.

use crate::compare::reference;
use crate::language::{Language, Ready};
use crate::load::Subject;
use crate::request::Request;
use std::fs;
use std::path::Path;

/// One text for another in a file of the runtime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file, below the runtime's folder.
    pub file: String,
    /// Where in the file, in bytes.
    pub at: usize,
    /// What stands there.
    pub from: String,
    /// What is put there.
    pub to: String,
    /// What it is.
    pub what: String,
}

/// What becomes of a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// An answer changed, or the driver died of it.
    Caught,
    /// No answer changed.
    Survived,
    /// As before, and `survivors.tsv` says why none can.
    Explained(String),
}

/// What is asked of a runtime with a fault, and what a sound one answers.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    asked: Vec<(usize, Request)>,
    expected: Vec<String>,
}

impl Asked {
    /// Requests on programmes by their place.
    pub fn of(subjects: &[Subject], requests: impl Fn(&Subject) -> Vec<Request>) -> Self {
        let of =
            |(place, subject): (usize, &Subject)| requests(subject).into_iter().map(move |request| (place, request)).collect::<Vec<_>>();
        let asked: Vec<(usize, Request)> = subjects.iter().enumerate().flat_map(of).collect();
        Self { expected: reference(subjects, &asked), asked }
    }

    fn requests(&self) -> Vec<(usize, &Request)> {
        self.asked.iter().map(|(place, request)| (*place, request)).collect()
    }
}

/// Words that are put in one another's place; where a language has no such word, nothing is found.
const OPERATORS: &[(&str, &str, &str)] = &[
    (" < ", " <= ", "boundary in or out"),
    (" <= ", " < ", "boundary in or out"),
    (" > ", " >= ", "boundary in or out"),
    (" >= ", " > ", "boundary in or out"),
    (" === ", " !== ", "inverse"),
    (" !== ", " === ", "inverse"),
    (" == ", " != ", "inverse"),
    (" != ", " == ", "inverse"),
    (" is not None", " is None", "inverse"),
    (" + ", " - ", "wrong sign"),
    (" - ", " + ", "wrong sign"),
    (" * ", " + ", "another operator"),
    (" && ", " || ", "and for or"),
    (" || ", " && ", "or for and"),
    (" and ", " or ", "and for or"),
    (" or ", " and ", "or for and"),
    ("if not ", "if ", "negation lost"),
    ("if (!", "if (", "negation lost"),
    ("if !", "if ", "negation lost"),
    ("return true;", "return false;", "inverse"),
    ("return false;", "return true;", "inverse"),
    ("return True", "return False", "inverse"),
    ("return False", "return True", "inverse"),
];

/// The faults that must be caught: those of `faults.tsv` for this language.
pub fn seeded(language: Language, runtime: &Path) -> Vec<Fault> {
    let rows = include_str!("../faults.tsv").lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    let mut faults = Vec::new();
    for row in rows {
        let &[name, what, file, from, to] = row.as_slice() else { panic!("faults.tsv: {row:?} has no five columns") };
        if name != language.name() {
            continue;
        }
        let text = fs::read_to_string(runtime.join(file)).unwrap_or_else(|fault| panic!("faults.tsv: {file}: {fault}"));
        let places: Vec<usize> = text.match_indices(from).map(|(at, _)| at).collect();
        let &[at] = places.as_slice() else { panic!("faults.tsv: `{from}` stands {} times in {name} {file}", places.len()) };
        faults.push(Fault { file: file.to_owned(), at, from: from.to_owned(), to: to.to_owned(), what: what.to_owned() });
    }
    faults
}

/// Every fault that the operators can make, in the order of files and lines.
pub fn every(runtime: &Path) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (file, bytes) in prog_tests::tree(runtime) {
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let code = |at: usize| {
            let line = text[..at].rsplit('\n').next().unwrap_or_default().trim_start();
            !["//", "*", "/*", "#", "\"\"\""].iter().any(|sign| line.starts_with(sign)) && !line.contains('`') && !line.contains('"')
        };
        for (from, to, what) in OPERATORS {
            let places = text.match_indices(from).filter(|(at, _)| code(*at));
            faults.extend(places.map(|(at, _)| Fault {
                file: file.clone(),
                at,
                from: (*from).to_owned(),
                to: (*to).to_owned(),
                what: (*what).to_owned(),
            }));
        }
    }
    faults.sort_by(|a, b| (&a.file, a.at).cmp(&(&b.file, b.at)));
    faults
}

impl Fault {
    /// How it is told: file, line and what.
    pub fn told(&self, runtime: &Path) -> String {
        let text = fs::read_to_string(runtime.join(&self.file)).unwrap_or_default();
        let line = text[..self.at.min(text.len())].matches('\n').count();
        let shown = text.lines().nth(line).unwrap_or_default().trim();
        format!("{}:{} {} (`{}` for `{}`): {shown}", self.file, line + 1, self.what, self.to.trim(), self.from.trim())
    }

    /// Why no answer can show it, if somebody found out. Lines are named by what stands in them, so that they may move.
    fn reason(&self, runtime: &Path) -> Option<String> {
        let told = self.told(runtime);
        let rows = include_str!("../survivors.tsv").lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
        rows.into_iter().find_map(|row| {
            let &[file, line, fault, reason] = row.as_slice() else { panic!("survivors.tsv: {row:?} has no four columns") };
            (file == self.file && told.contains(line) && told.contains(fault)).then(|| reason.to_owned())
        })
    }

    /// Puts the fault in, asks, and takes it out again.
    pub fn fate(&self, ready: &Ready, asked: &Asked) -> Fate {
        let path = ready.runtime().join(&self.file);
        let sound = fs::read_to_string(&path).expect("a file of the runtime");
        let wrong = format!("{}{}{}", &sound[..self.at], self.to, &sound[self.at + self.from.len()..]);
        fs::write(&path, wrong).expect("a file of the runtime");
        let answers = ready.again().and_then(|ready| ready.try_answers(&asked.requests()));
        let caught = answers.map_or(true, |answers| answers != asked.expected);
        fs::write(&path, sound).expect("a file of the runtime");
        match self.reason(ready.runtime()) {
            _ if caught => Fate::Caught,
            Some(reason) => Fate::Explained(reason),
            None => Fate::Survived,
        }
    }
}
