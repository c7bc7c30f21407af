//! Programmes of the repository and of this folder, compiled.

use prog_driver::world::Memory;
use prog_driver::{Session, UnitKind};
use prog_model::*;
use prog_tests::root;
use std::fs;
use std::path::{Path, PathBuf};

/// Every programme to agree on: name and model.
pub fn programmes() -> Vec<(String, Programme)> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/programmes");
    let folders = entries(&root().join("programmes")).into_iter().filter(|path| path.is_dir());
    let files = entries(&here).into_iter().filter(|path| path.extension().is_some_and(|e| e == "prog"));
    folders.chain(files).map(|path| (name(&path), compile(&path))).collect()
}

fn name(path: &Path) -> String {
    path.file_stem().expect("a name").to_string_lossy().into_owned()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().map(|e| e.expect("an entry").path()).collect();
    paths.sort();
    paths
}

/// The programme of a folder or file; the test fails where it does not compile.
fn compile(path: &Path) -> Programme {
    let files = if path.is_dir() { entries(path) } else { vec![path.to_owned()] };
    let files = files.into_iter().filter(|f| f.is_file());
    let world = Memory::new(files.map(|f| (Path::new("p").join(f.file_name().expect("a name")), fs::read(&f).expect("a file"))));
    let mut session = Session::new(&world);
    let units = session.load(Path::new("p"));
    let unit = units.iter().find(|u| u.kind == UnitKind::Programme).expect("a programme");
    let compiled = session.compile(unit, None);
    let shown: Vec<String> = session.errors().iter().map(|d| format!("{} {}", d.code.0, d.message.en)).collect();
    assert!(compiled.sound, "{}: {shown:#?}", path.display());
    compiled.programme.expect("a programme")
}

/// Shows every expression of a programme, parts included.
pub fn each_expression(p: &Programme, see: &mut dyn FnMut(&Expr)) {
    let mut all: Vec<&Expr> = p.lets.iter().map(|l| &l.value).collect();
    for row in p.tables.iter().flat_map(|t| &t.rows) {
        all.extend(&row.values);
        for key in &row.keys {
            if let KeyCell::OneOf(values) = key {
                all.extend(values);
            }
        }
    }
    for track in &p.tracks {
        all.extend(track.lets.iter().map(|l| &l.value));
        for rule in &track.rules {
            all.extend(rule.each.iter().chain(&rule.when).chain(&rule.unless));
            tests(&rule.test, &mut all);
        }
    }
    for input in &p.inputs {
        all.extend(&input.when);
        if let Origin::Computed(value) = &input.origin {
            all.push(value);
        }
    }
    for quota in &p.quotas {
        all.push(&quota.test);
        all.extend(&quota.when);
    }
    for stage in p.workflows.iter().flat_map(|w| &w.stages) {
        for deadline in stage.open.iter().chain(&stage.due) {
            if let Deadline::At(e) | Deadline::Inferred(e) = deadline {
                all.push(e);
            }
        }
    }
    all.into_iter().for_each(|expr| expr.visit(see));
}

fn tests<'a>(test: &'a Test, all: &mut Vec<&'a Expr>) {
    match test {
        Test::Expr(expr) => all.push(expr),
        Test::External { as_of, .. } => all.extend(as_of.as_deref()),
        Test::Threshold { members, .. } => {
            for member in members {
                all.extend(&member.when);
                tests(&member.test, all);
            }
        }
        Test::Bad | Test::Judged { .. } | Test::Attested { .. } => {}
    }
}
