//! Every generated validator answers as the reference does, byte for byte: on every scenario, on generated cases and batches, at every
//! boundary, and on texts that are no case at all. The harness is `tests/conformance`; here stands its daily portion.

mod python_tools;
mod rust_tools;
mod selections;
mod sql;
mod tools;

use prog_conformance::compare::compare;
use prog_conformance::faults::{Asked, Fate, seeded};
use prog_conformance::language::Ready;
use prog_conformance::{Language, Request, Subject, adversarial, lists, load, mutate, systematic};
use prog_eval::Prepared;
use std::sync::OnceLock;

/// Generated cases and batches per programme of the repository.
const MANY: (usize, usize) = (800, 150);
/// Generated cases and batches per small programme of one feature.
const SOME: (usize, usize) = (40, 20);
/// Of the requests one step from a sound case, every so many-th.
const STEP: usize = 20;
/// How many lists a request ranks with a fault in the runtime.
const LISTS: usize = 12;
/// Of the faults that a model can have, every so many-th.
const FAULT: usize = 40;

/// Programmes with their validators in every language.
struct Tested {
    subjects: Vec<Subject>,
    ready: Vec<Ready>,
}

impl Tested {
    fn new(subjects: Vec<Subject>, name: &str) -> Self {
        let ready = Language::ALL.iter().map(|language| language.prepare(&subjects, name)).collect();
        Self { subjects, ready }
    }

    /// All languages answer these requests as the reference does.
    fn agree(&self, requests: impl Fn(&Subject) -> Vec<Request>) {
        let of = |(place, subject): (usize, &Subject)| requests(subject).into_iter().map(move |r| (place, r)).collect::<Vec<_>>();
        let asked: Vec<(usize, Request)> = self.subjects.iter().enumerate().flat_map(of).collect();
        for told in compare(&self.ready, &self.subjects, &asked, &mut |_| {}) {
            if let Err(told) = told.result {
                panic!("{told}");
            }
        }
    }
}

/// The programmes of the repository.
fn programmes() -> &'static Tested {
    static TESTED: OnceLock<Tested> = OnceLock::new();
    TESTED.get_or_init(|| Tested::new(load::programmes(), "programmes"))
}

/// Small programmes, one a feature: those that hold the reference to the semantics.
fn features() -> &'static Tested {
    static TESTED: OnceLock<Tested> = OnceLock::new();
    TESTED.get_or_init(|| Tested::new(load::features(), "features"))
}

#[test]
fn generated_cases_and_batches_agree() {
    programmes().agree(|subject| subject.drawn(MANY.0, MANY.1, 1));
}

#[test]
fn one_step_from_a_sound_case_agrees() {
    programmes().agree(|subject| systematic::requests(&subject.programme).into_iter().step_by(STEP).collect());
}

#[test]
fn every_feature_agrees() {
    features().agree(|subject| [subject.given.clone(), subject.drawn(SOME.0, SOME.1, 1)].concat());
}

#[test]
fn what_is_no_case_is_refused_alike() {
    programmes().agree(adversarial::requests);
}

#[test]
fn lines_of_a_batch_are_refused_alike() {
    programmes().agree(adversarial::batches);
}

#[test]
fn scenarios_agree() {
    programmes().agree(|subject| subject.given.clone());
}

#[test]
fn named_faults_in_a_runtime_are_caught() {
    let mut subjects = load::features();
    subjects.push(lists::subject(false));
    let asked = Asked::of(&subjects, |subject| {
        if subject.name == lists::NAME {
            return vec![lists::request(1, LISTS)];
        }
        let odd = if subject.name == "5-input-44" { adversarial::requests(subject) } else { Vec::new() };
        [subject.given.clone(), subject.drawn(10, 6, 3), odd].concat()
    });
    let mut survivors = Vec::new();
    // A compiled language takes its time: its faults are for the harness's own command, as are those left out here.
    for language in [Language::Javascript, Language::Python] {
        let ready = language.prepare(&subjects, "faults");
        let faults = seeded(language, ready.runtime());
        let some = faults.iter().step_by(faults.len().div_ceil(3).max(1));
        let left = some.filter(|fault| fault.fate(&ready, &asked) != Fate::Caught);
        survivors.extend(left.map(|fault| format!("{}: {}", language.name(), fault.told(ready.runtime()))));
    }
    assert!(survivors.is_empty(), "{survivors:#?}");
}

#[test]
fn faults_in_a_model_are_caught() {
    let mut survivors = Vec::new();
    for subject in &programmes().subjects {
        let prepared = Prepared::new(&subject.programme);
        let steps = systematic::requests(&subject.programme);
        let asked = [subject.given.clone(), steps, subject.drawn(200, 60, 1)].concat();
        let answers: Vec<String> = asked.iter().map(|request| request.expected(&prepared)).collect();
        let mutants = mutate::mutants(&subject.programme).into_iter().filter(|m| m.reason(&subject.name).is_none());
        for mutant in mutants.step_by(FAULT) {
            let wrong = Prepared::new(&mutant.programme);
            if asked.iter().zip(&answers).all(|(request, answer)| request.expected(&wrong) == *answer) {
                survivors.push(format!("{}: {}", subject.name, mutant.what));
            }
        }
    }
    assert!(survivors.is_empty(), "{survivors:#?}");
}
