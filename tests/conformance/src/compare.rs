//! The reference and a validator side by side.
//!
//! In: a language's validators, requests by programme. Out: how many were asked; the first disagreement, made small, as text.

use crate::language::Ready;
use crate::load::Subject;
use crate::request::Request;
use crate::shrink::shrink;
use prog_eval::Prepared;

/// How many requests a driver gets at once: their answers stand in memory.
const AT_ONCE: usize = 5_000;

/// What the reference answers, once for all languages.
pub fn reference(subjects: &[Subject], asked: &[(usize, Request)]) -> Vec<String> {
    let prepared: Vec<Prepared<'_>> = subjects.iter().map(|subject| Prepared::new(&subject.programme)).collect();
    asked.iter().map(|(subject, request)| request.expected(&prepared[*subject])).collect()
}

/// Asks a language; the first answer that is not the reference's is told.
pub fn compare(ready: &Ready, subjects: &[Subject], asked: &[(usize, Request)], expected: &[String]) -> Result<usize, String> {
    for (part, expected) in asked.chunks(AT_ONCE).zip(expected.chunks(AT_ONCE)) {
        let requests: Vec<(usize, &Request)> = part.iter().map(|(subject, request)| (*subject, request)).collect();
        let answers = ready.answers(&requests);
        let wrong: Vec<usize> = (0..requests.len()).filter(|place| answers[*place] != expected[*place]).collect();
        if let Some(first) = wrong.first() {
            let (subject, request) = requests[*first];
            return Err(told(ready, subjects, subject, request, wrong.len()));
        }
    }
    Ok(asked.len())
}

fn told(ready: &Ready, subjects: &[Subject], subject: usize, request: &Request, count: usize) -> String {
    let prepared = Prepared::new(&subjects[subject].programme);
    let request = shrink(&prepared, &|tries| ready.answers(&tries.iter().map(|r| (subject, r)).collect::<Vec<_>>()), request.clone());
    let answer = ready.answers(&[(subject, &request)]).remove(0);
    let (expected, answer) = differing(&request.expected(&prepared), &answer);
    let language = ready.language.name();
    let name = &subjects[subject].name;
    format!(
        "{name}: {language} disagrees {count} times or more; the first, made small:\n{request:#?}\nreference:\n{expected}\n{language}:\n{answer}"
    )
}

/// Both texts around the first place where they differ.
fn differing(a: &str, b: &str) -> (String, String) {
    let same = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let around = |text: &str| text.chars().skip(same.saturating_sub(400)).take(800).collect();
    (around(a), around(b))
}
