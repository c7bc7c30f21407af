//! The reference and validators side by side.
//!
//! In: languages' validators, requests by programme. Out: how many were asked; the first disagreement, made small, as text. Always: the
//! reference answers once for all languages, part by part, while they work on the parts before: so both cores have something to do, and
//! only a few parts stand in memory.

use crate::language::{Language, Ready};
use crate::load::Subject;
use crate::request::Request;
use crate::shrink::shrink;
use prog_eval::Prepared;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::{Duration, Instant};

/// How many requests a driver gets at once: their answers stand in memory.
const AT_ONCE: usize = 6_000;
/// How many bytes of them: a batch is as long as its cases together, and its answer many times as long.
const BYTES_AT_ONCE: usize = 8 << 20;
/// How many parts the reference may be ahead of a language.
const AHEAD: usize = 2;

/// What a language came to.
#[derive(Clone, Debug)]
pub struct Told {
    /// Which.
    pub language: Language,
    /// How many requests it answered alike; or the first that it did not, made small.
    pub result: Result<usize, String>,
    /// How long it worked.
    pub took: Duration,
}

/// Requests with the reference's answers.
struct Part<'r> {
    asked: &'r [(usize, Request)],
    expected: Vec<String>,
}

/// What the reference answers, once for all languages.
pub fn reference(subjects: &[Subject], asked: &[(usize, Request)]) -> Vec<String> {
    let prepared: Vec<Prepared<'_>> = subjects.iter().map(|subject| Prepared::new(&subject.programme)).collect();
    asked.iter().map(|(subject, request)| request.expected(&prepared[*subject])).collect()
}

/// Asks all languages the same; `on` hears how many requests the reference has answered.
pub fn compare(ready: &[Ready], subjects: &[Subject], asked: &[(usize, Request)], on: &mut dyn FnMut(usize)) -> Vec<Told> {
    std::thread::scope(|scope| {
        let mut languages = Vec::new();
        for one in ready {
            let (to, from) = sync_channel::<Arc<Part<'_>>>(AHEAD);
            languages.push((to, scope.spawn(move || language(one, subjects, &from))));
        }
        let mut done = 0;
        for part in parts(asked) {
            let part = Arc::new(Part { asked: part, expected: reference(subjects, part) });
            done += part.asked.len();
            // One that has disagreed listens no longer.
            let listening = languages.iter().filter(|(to, _)| to.send(part.clone()).is_ok()).count();
            if listening == 0 {
                break;
            }
            on(done);
        }
        let running = languages.into_iter().map(|(to, running)| {
            drop(to);
            running
        });
        running.collect::<Vec<_>>().into_iter().map(|one| one.join().expect("a comparison ends")).collect()
    })
}

/// Asks one language part by part.
fn language(ready: &Ready, subjects: &[Subject], parts: &Receiver<Arc<Part<'_>>>) -> Told {
    let (mut count, mut took) = (0, Duration::ZERO);
    for part in parts {
        let started = Instant::now();
        let requests: Vec<(usize, &Request)> = part.asked.iter().map(|(subject, request)| (*subject, request)).collect();
        let answers = answers(ready, &requests);
        took += started.elapsed();
        let wrong: Vec<usize> = (0..requests.len()).filter(|place| answers[*place] != part.expected[*place]).collect();
        if let Some(first) = wrong.first() {
            let (subject, request) = requests[*first];
            return Told { language: ready.language, result: Err(told(ready, subjects, subject, request, wrong.len())), took };
        }
        count += requests.len();
    }
    Told { language: ready.language, result: Ok(count), took }
}

/// The answers of as many drivers as the language wants beside one another.
fn answers(ready: &Ready, requests: &[(usize, &Request)]) -> Vec<String> {
    let each = requests.len().div_ceil(ready.language.drivers()).max(1);
    std::thread::scope(|scope| {
        let running: Vec<_> = requests.chunks(each).map(|some| scope.spawn(move || ready.answers(some))).collect();
        running.into_iter().flat_map(|one| one.join().expect("a driver ends")).collect()
    })
}

/// Requests in parts that a driver gets at once.
fn parts(asked: &[(usize, Request)]) -> Vec<&[(usize, Request)]> {
    let (mut parts, mut from, mut bytes) = (Vec::new(), 0, 0);
    for (at, (_, request)) in asked.iter().enumerate() {
        if at - from == AT_ONCE || bytes > BYTES_AT_ONCE {
            parts.push(&asked[from..at]);
            (from, bytes) = (at, 0);
        }
        bytes += request.text.len();
    }
    parts.push(&asked[from..]);
    parts
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
