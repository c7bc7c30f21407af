//! What is told without any application, held to what is so: seeded faults, each found, each shown by cases that the reference evaluates.
//!
//! `workflow.md`, `quotas.md`, `rules.md` hold the seeds as data; `seed.rs` says how they are written. Held of each: the sound programme is
//! told nothing of it; with its edit exactly its codes come up, in its words; its cases come out as it says; and whatever the quota proofs and
//! the rule findings show of it by themselves (batches, sums, examples) is true when it is evaluated and added up.

mod figures;
mod seed;
mod table;

use prog_base::{Diagnostic, Lang};
use prog_driver::{Session, UnitKind};
use prog_eval::{Options, Prepared};
use prog_model::Programme;
use seed::{Seed, Witness};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;

/// A model, and what is said of it.
type Compiled = (Option<Programme>, Vec<Diagnostic>);

thread_local! {
    /// The programmes as they stand, by folder.
    static SOUND: RefCell<BTreeMap<String, Compiled>> = const { RefCell::new(BTreeMap::new()) };
}

/// A seed's programme without its edit; each folder is compiled once.
fn sound(seed: &Seed) -> Compiled {
    if seed.folder.is_empty() {
        return compile(seed, "sound");
    }
    if let Some(known) = SOUND.with_borrow(|known| known.get(&seed.folder).cloned()) {
        return known;
    }
    let compiled = compile(seed, "sound");
    SOUND.with_borrow_mut(|known| known.insert(seed.folder.clone(), compiled.clone()));
    compiled
}

/// Compiles one variant of a seed's programme.
fn compile(seed: &Seed, variant: &str) -> Compiled {
    let world = seed.world(variant);
    let mut session = Session::new(&world);
    let units = session.load(Path::new("p"));
    let mut compiled = None;
    for unit in units.iter().filter(|u| u.kind == UnitKind::Programme) {
        compiled = session.compile(unit, None).programme;
    }
    let mut said = session.diagnostics();
    if let (Some(p), true) = (&compiled, session.errors().is_empty()) {
        said.extend(prog_model::proof::proved(p).into_iter().filter(|d| d.code.0 == "P0318"));
    }
    (compiled, said)
}

/// The codes of a list that another has fewer of.
fn codes(said: &[Diagnostic], before: &[Diagnostic]) -> Vec<&'static str> {
    let mut left: Vec<&str> = before.iter().map(|d| d.code.0).collect();
    let mut more: Vec<&'static str> = Vec::new();
    for d in said {
        match left.iter().position(|code| *code == d.code.0) {
            Some(at) => drop(left.swap_remove(at)),
            None => more.push(d.code.0),
        }
    }
    more.sort_unstable();
    more
}

/// What is not as a seed says; of quotas and rules also what their proofs show by themselves.
fn wrong(seed: &Seed, proved: bool) -> Vec<String> {
    let ((sound, before), (faulty, said)) = (sound(seed), compile(seed, "faulty"));
    let told: Vec<String> = said.iter().map(|d| format!("{} {} / {}", d.code.0, d.message.zh, d.message.en)).collect();
    let mut wrong = Vec::new();
    let found = codes(&said, &before);
    if found != seed.codes {
        wrong.push(format!("expected {:?}, found {found:?}\n{}", seed.codes, told.join("\n")));
    }
    // Formulas that explain a printed table differ from it in the notice itself; the seed's own words tell the rows apart.
    let noted = ["P0308", "P0318"];
    wrong.extend(
        before.iter().filter(|d| found.contains(&d.code.0) && !noted.contains(&d.code.0)).map(|d| format!("before it: {}", d.message.en)),
    );
    wrong.extend(
        seed.words.iter().filter(|w| !told.iter().any(|t| t.contains(*w))).map(|w| format!("nobody says `{w}`:\n{}", told.join("\n"))),
    );
    for witness in &seed.witnesses {
        let programme = match witness.variant.as_str() {
            "sound" => sound.clone(),
            "faulty" => faulty.clone(),
            other => compile(seed, other).0,
        };
        wrong.extend(not_shown(&programme.expect("a model"), witness));
    }
    if let Some(p) = faulty.as_ref().filter(|_| proved) {
        wrong.extend(figures::untrue(p));
    }
    wrong
}

/// What the reference says of a witness's cases.
fn answered(p: &Programme, witness: &Witness) -> Result<Vec<String>, String> {
    let prepared = Prepared::new(p);
    let at = witness.at.as_ref().map(|name| prog_model::StageId(p.stages.iter().position(|s| s.name == *name).expect("a stage") as u32));
    let options = Options { at, closed: witness.closed, alternatives: false, lang: Lang::Zh, ..Options::default() };
    let lines = witness.lines(&p.ident.key);
    if let ([only], false) = (lines.as_slice(), witness.batch) {
        let case = prepared.read_case(&only["case"].to_string()).map_err(|refused| format!("{refused:?}"))?;
        return Ok(seed::of_case(&prepared.evaluate(&case, &options).to_json(Lang::Zh)));
    }
    let text: Vec<String> = lines.iter().map(ToString::to_string).collect();
    let batch = prepared.read_batch(&text.join("\n")).map_err(|refused| format!("{refused:?}"))?;
    Ok(seed::of_batch(&prepared.evaluate_batch(&batch, &options).to_json(Lang::Zh)))
}

fn not_shown(p: &Programme, witness: &Witness) -> Vec<String> {
    let report = match answered(p, witness) {
        Ok(report) => report,
        Err(refused) => return vec![refused],
    };
    let about = |line: &str| report.iter().filter(|r| r.split(' ').next() == line.split(' ').next()).cloned().collect::<Vec<_>>();
    let missing = witness.says.iter().filter(|line| !report.contains(line));
    let missing = missing.map(|line| format!("{} does not say `{line}`, but {:?}", witness.variant, about(line)));
    let more = witness.never.iter().filter(|line| report.contains(line)).map(|line| format!("{} says `{line}`", witness.variant));
    missing.chain(more).collect()
}

fn held(file: &str, least: usize, proved: bool) {
    let seeds = seed::read(file);
    let wrong: Vec<String> = seeds.iter().flat_map(|s| wrong(s, proved).into_iter().map(|w| format!("## {}: {w}", s.title))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(seeds.len() >= least, "{} faults", seeds.len());
    let shown = seeds.iter().filter(|s| !s.witnesses.is_empty() && !s.shown.is_empty()).count();
    assert_eq!(shown, seeds.len(), "each is shown by cases");
}

#[test]
fn faults_of_workflows_are_found() {
    held("workflow.md", 10, false);
}

#[test]
fn faults_of_quotas_and_tables_are_found() {
    held("quotas.md", 10, true);
}

#[test]
fn faults_of_rules_are_found() {
    held("rules.md", 5, true);
}
