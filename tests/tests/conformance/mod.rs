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

/// Generated cases and batches per programme of the repository.
const MANY: (usize, usize) = (1500, 250);
/// Generated cases and batches per small programme of one feature.
const SOME: (usize, usize) = (80, 30);

/// A programme with its validator.
struct Subject {
    name: String,
    programme: Programme,
    validator: Validator,
    /// Cases and batches that stand beside it.
    given: Vec<Request>,
}

impl Subject {
    fn new((name, programme, given): (String, Programme, Vec<Request>)) -> Self {
        Self { validator: Validator::of(&programme, &name), name, programme, given }
    }

    fn generated(&self, (cases, batches): (usize, usize)) -> Vec<Request> {
        let mut generator = Generator::new(&self.programme, 1);
        if self.programme.tracks.is_empty() {
            return Vec::new();
        }
        let mut requests: Vec<Request> = (0..cases).map(|_| generator.case_request()).collect();
        requests.extend((0..batches).filter_map(|_| generator.batch_request()));
        requests
    }
}

/// The programmes of the repository.
fn subjects() -> &'static [Subject] {
    static SUBJECTS: OnceLock<Vec<Subject>> = OnceLock::new();
    SUBJECTS.get_or_init(|| load::programmes().into_iter().map(Subject::new).collect())
}

/// Small programmes, one a feature: those that hold the reference to the semantics.
fn features() -> &'static [Subject] {
    static SUBJECTS: OnceLock<Vec<Subject>> = OnceLock::new();
    SUBJECTS.get_or_init(|| load::features().into_iter().map(Subject::new).collect())
}

/// Compares both sides on all requests; the first disagreement is made small and shown.
fn agree(all: Vec<(&Subject, Vec<Request>)>) {
    let asked: Vec<(&Validator, &Request)> = all.iter().flat_map(|(s, requests)| requests.iter().map(|r| (&s.validator, r))).collect();
    let mut answers = node::answers(&asked).into_iter();
    for (subject, requests) in &all {
        let prepared = Prepared::new(&subject.programme);
        let wrong: Vec<&Request> = requests.iter().filter(|r| answers.next().as_ref() != Some(&r.expected(&prepared))).collect();
        let Some(first) = wrong.first() else { continue };
        let request = shrink::shrink(&prepared, &subject.validator, (*first).clone());
        let answer = node::answers(&[(&subject.validator, &request)]).remove(0);
        let (expected, answer) = differing(&request.expected(&prepared), &answer);
        panic!(
            "{}: {} of {} disagree; the first, made small:\n{request:#?}\nreference:\n{expected}\njavascript:\n{answer}",
            subject.name,
            wrong.len(),
            requests.len()
        );
    }
}

/// Both texts around the first place where they differ.
fn differing(a: &str, b: &str) -> (String, String) {
    let same = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let around = |text: &str| text.chars().skip(same.saturating_sub(400)).take(800).collect();
    (around(a), around(b))
}

#[test]
fn generated_cases_and_batches_agree() {
    agree(subjects().iter().map(|subject| (subject, subject.generated(MANY))).collect());
}

#[test]
fn every_feature_agrees() {
    let with_given = |subject: &Subject| [subject.given.clone(), subject.generated(SOME)].concat();
    agree(features().iter().map(|subject| (subject, with_given(subject))).collect());
}

#[test]
fn scenarios_agree() {
    let all = |subject: &'static Subject| subject.programme.scenarios.iter().flat_map(|s| scenario(&subject.programme, s)).collect();
    agree(subjects().iter().map(|subject| (subject, all(subject))).collect());
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
    let lines = scenario.reports.iter().map(|r| r.json.to_string() + "\n").collect();
    let reports = Request { text: lines, targets: true, ..base.clone() };
    let reports = (!scenario.reports.is_empty()).then_some(reports);
    cases.chain(base.at.is_some().then_some(batch)).chain(reports).collect()
}
