//! The generated JavaScript answers as the reference does, byte for byte: on every scenario, on generated cases and batches, and on
//! texts that are no case at all.

mod adversarial;
mod generate;
mod load;
mod node;
mod request;
mod shrink;
mod tools;

use generate::Generator;
use node::Validator;
use prog_eval::Prepared;
use prog_model::{Programme, Scenario};
use request::Request;
use std::sync::OnceLock;

/// Generated cases per programme.
const CASES: usize = 1500;
/// Generated batches per programme.
const BATCHES: usize = 300;

/// A programme with its validator.
struct Subject {
    name: String,
    programme: Programme,
    validator: Validator,
}

fn subjects() -> &'static [Subject] {
    static SUBJECTS: OnceLock<Vec<Subject>> = OnceLock::new();
    SUBJECTS.get_or_init(|| {
        let all = load::programmes().into_iter();
        all.map(|(name, programme)| Subject { validator: Validator::of(&programme, &name), name, programme }).collect()
    })
}

/// Compares both sides on all requests; the first disagreement is made small and shown.
fn agree(subject: &Subject, requests: Vec<Request>) {
    let prepared = Prepared::new(&subject.programme);
    let answers = subject.validator.answers(&requests);
    let wrong: Vec<Request> =
        requests.into_iter().zip(&answers).filter(|(request, answer)| request.expected(&prepared) != **answer).map(|(r, _)| r).collect();
    let Some(first) = wrong.first() else { return };
    let request = shrink::shrink(&prepared, &subject.validator, first.clone());
    let answer = subject.validator.answers(std::slice::from_ref(&request)).remove(0);
    let expected = request.expected(&prepared);
    panic!(
        "{}: {} of {} disagree; the first, made small:\n{request:#?}\nreference:\n{expected}\njavascript:\n{answer}",
        subject.name,
        wrong.len(),
        answers.len()
    );
}

#[test]
fn generated_cases_agree() {
    for subject in subjects().iter().filter(|s| !s.programme.tracks.is_empty()) {
        let mut generator = Generator::new(&subject.programme, 1);
        agree(subject, (0..CASES).map(|_| generator.case_request()).collect());
    }
}

#[test]
fn generated_batches_agree() {
    for subject in subjects().iter().filter(|s| !s.programme.tracks.is_empty()) {
        let mut generator = Generator::new(&subject.programme, 2);
        agree(subject, (0..BATCHES).filter_map(|_| generator.batch_request()).collect());
    }
}

#[test]
fn scenarios_agree() {
    for subject in subjects() {
        let requests = subject.programme.scenarios.iter().flat_map(|s| scenario(&subject.programme, s)).collect();
        agree(subject, requests);
    }
}

/// A scenario's cases one by one, and as a batch where it has a stage.
fn scenario(p: &Programme, scenario: &Scenario) -> Vec<Request> {
    let readings = scenario.readings.iter().map(|(id, value)| (p.reading(*id).ident.key.clone(), value.clone())).collect();
    let at = scenario.at.map(|s| p.stages[s.index()].key.clone());
    let base = Request { at, on: scenario.on.clone(), readings, closed: scenario.closed, ..Request::default() };
    let cases = scenario.cases.iter().map(|c| Request { text: c.json.to_string(), ..base.clone() });
    let lines = scenario.cases.iter().map(|c| serde_json::json!({ "case": c.json }));
    let lines = lines.chain(scenario.packages.iter().map(|p| serde_json::json!({ "package": p.json })));
    let batch = Request { text: lines.map(|l| l.to_string() + "\n").collect(), batch: true, ..base.clone() };
    cases.chain(base.at.is_some().then_some(batch)).collect()
}
