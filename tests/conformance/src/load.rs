//! Programmes of the repository and of this folder, compiled.

use crate::request::{Kind, Request};
use crate::{generate, reports};
use prog_cases::Generator;
use prog_driver::world::Memory;
use prog_driver::{Session, UnitKind};
use prog_model::*;
use prog_tests::root;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// To work out alternatives costs as much as a dozen judgements: past so many cases every eighth asks for them.
const ALTERNATIVES: usize = 10_000;

/// A programme to ask about.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Its folder, or the file of cases and its place there.
    pub name: String,
    /// The programme.
    pub programme: Programme,
    /// Cases and batches that stand beside it.
    pub given: Vec<Request>,
}

impl Subject {
    fn new(name: String, programme: Programme) -> Self {
        let given = programme.scenarios.iter().flat_map(|s| scenario(&programme, s)).collect();
        Self { name, programme, given }
    }

    /// So many drawn cases (or reports on targets) and batches.
    pub fn drawn(&self, cases: usize, batches: usize, seed: u64) -> Vec<Request> {
        let mut generator = Generator::new(&self.programme, seed);
        let mut all: Vec<Request> = (0..cases).filter_map(|_| generate::case_request(&mut generator)).collect();
        let many = all.iter_mut().enumerate().skip(ALTERNATIVES);
        many.filter(|(at, _)| at % 8 != 0).for_each(|(_, request)| request.plain = true);
        all.extend((0..batches).filter_map(|_| generate::batch_request(&mut generator)));
        all.extend((0..batches).filter_map(|_| generate::select_request(&mut generator)));
        all.extend((0..cases).filter_map(|_| reports::request(&self.programme, &mut generator)).collect::<Vec<_>>());
        all
    }
}

/// Every programme of the repository.
pub fn programmes() -> Vec<Subject> {
    prog_tests::programmes().into_iter().map(|path| Subject::new(name(&path), compile(&name(&path), sources(&path)))).collect()
}

/// The small programmes that hold the reference to the semantics, and the cases and batches given there.
pub fn features() -> Vec<Subject> {
    let mut all: Vec<Subject> = Vec::new();
    // A data file stands before the programme that reads it.
    let mut data: Vec<(String, Vec<u8>)> = Vec::new();
    for path in entries(&root().join("compiler/eval/tests/cases")) {
        let text = fs::read_to_string(&path).expect("a file of cases");
        let blocks = text.split("\n```").map(|block| block.split_once('\n').unwrap_or((block, "")));
        for (head, body) in blocks {
            let mut words = head.split_whitespace();
            match (words.next(), all.last_mut()) {
                (Some("csv"), _) => data.push((words.next().unwrap_or_default().to_owned(), body.as_bytes().to_vec())),
                (Some("prog"), _) => {
                    let name = format!("{}-{}", name(&path), all.len() + 1);
                    data.push(("t.prog".to_owned(), whole(body).into_bytes()));
                    let programme = compile(&name, std::mem::take(&mut data));
                    all.push(Subject::new(name, programme));
                }
                (Some(kind @ ("case" | "batch" | "reports")), Some(subject)) => {
                    subject.given.push(request(&subject.programme, kind, words.collect(), body));
                }
                (_, _) => {}
            }
        }
    }
    assert!(!all.is_empty(), "no small programmes");
    all
}

/// A scenario's cases one by one, as a batch where it has a stage, and its reports on targets.
fn scenario(p: &Programme, scenario: &Scenario) -> Vec<Request> {
    let readings = scenario.readings.iter().map(|(id, value)| (p.reading(*id).ident.key.clone(), value.clone())).collect();
    let at = scenario.at.map(|s| p.stages[s.index()].key.clone());
    let base = Request { at, on: scenario.on.clone(), readings, closed: scenario.closed, ..Request::default() };
    let cases = scenario.cases.iter().map(|c| Request { text: c.json.to_string(), ..base.clone() });
    let lines = scenario.cases.iter().map(|c| serde_json::json!({ "case": c.json }));
    let lines = lines.chain(scenario.packages.iter().map(|p| serde_json::json!({ "package": p.json })));
    let batch = Request { text: lines.map(|l| l.to_string() + "\n").collect(), kind: Kind::Batch, ..base.clone() };
    let lines = scenario.reports.iter().map(|r| r.json.to_string() + "\n").collect();
    let reports = Request { text: lines, kind: Kind::Targets, ..base.clone() };
    let reports = (!scenario.reports.is_empty()).then_some(reports);
    cases.chain(base.at.is_some().then_some(batch)).chain(reports).collect()
}

/// A snippet as a whole programme.
fn whole(source: &str) -> String {
    if source.contains("programme ") {
        return source.to_owned();
    }
    format!("programme t \"t\" {{\ntimezone \"Asia/Shanghai\"\n{source}\n}}\n")
}

/// A case or batch with the options written beside it; `programme` and `track` are filled in where they are left out.
fn request(p: &Programme, kind: &str, options: Vec<&str>, body: &str) -> Request {
    let kind = match kind {
        "batch" => Kind::Batch,
        "reports" => Kind::Targets,
        _case => Kind::Case,
    };
    let mut request = Request { kind, english: true, ..Request::default() };
    let mut words = options.into_iter();
    while let Some(word) = words.next() {
        match word {
            "--closed" => request.closed = true,
            "--no-alternatives" => request.plain = true,
            "--zh" => request.english = false,
            _ => {
                let value = words.next().unwrap_or_default().to_owned();
                match word {
                    "--at" => request.at = Some(value),
                    "--on" => request.on = Some(value),
                    _ => request.readings.extend(value.replace('_', " ").split_once('=').map(|(n, v)| (n.to_owned(), v.to_owned()))),
                }
            }
        }
    }
    if kind == Kind::Targets {
        let ours = format!("{{\"programme\":\"{}\",", p.ident.key);
        request.text = body.lines().map(|line| line.replacen('{', &ours, 1) + "\n").collect();
        return request;
    }
    request.text =
        if kind == Kind::Batch { body.lines().map(|line| filled(p, line, "case") + "\n").collect() } else { filled(p, body, "") };
    request
}

fn filled(p: &Programme, text: &str, member: &str) -> String {
    let Ok(mut value) = serde_json::from_str::<Value>(text) else { return text.to_owned() };
    let case = if member.is_empty() { Some(&mut value) } else { value.get_mut(member) };
    if let (Some(Value::Object(case)), false) = (case, text.contains("\"programme\"")) {
        case.insert("programme".to_owned(), p.ident.key.clone().into());
        let first = p.tracks.first().map_or("", |t| t.ident.key.as_str());
        case.entry("track").or_insert_with(|| first.into());
    }
    value.to_string()
}

fn name(path: &Path) -> String {
    path.file_stem().expect("a name").to_string_lossy().into_owned()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().map(|e| e.expect("an entry").path()).collect();
    paths.sort();
    paths
}

/// A programme of one file.
pub fn compiled(name: &str, text: &str) -> Programme {
    compile(name, vec![("t.prog".to_owned(), text.as_bytes().to_vec())])
}

/// The files of a programme's folder.
fn sources(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let files = entries(folder).into_iter().filter(|f| f.is_file());
    files.map(|f| (f.file_name().expect("a name").to_string_lossy().into_owned(), fs::read(&f).expect("a file"))).collect()
}

/// The programme that these files make; the test fails where it does not compile.
fn compile(name: &str, files: Vec<(String, Vec<u8>)>) -> Programme {
    let world = Memory::new(files.into_iter().map(|(file, bytes)| (Path::new("p").join(file), bytes)));
    let mut session = Session::new(&world);
    let units = session.load(Path::new("p"));
    let unit = units.iter().find(|u| u.kind == UnitKind::Programme).expect("a programme");
    let compiled = session.compile(unit, None);
    let shown: Vec<String> = session.errors().iter().map(|d| format!("{} {}", d.code.0, d.message.en)).collect();
    assert!(compiled.sound, "{name}: {shown:#?}");
    compiled.programme.expect("a programme")
}
