//! `cargo run --release -p prog-conformance`: all languages against the reference, and the proof that a fault would show.
//!
//! In: options. Out: a line a language and programme; what disagrees, made small. Exit code 1 if anything disagrees or a fault survives
//! that nobody explained.

use prog_conformance::compare::{Told, compare};
use prog_conformance::edits::Judge;
use prog_conformance::faults::{Asked, Fate, every, seeded};
use prog_conformance::language::Ready;
use prog_conformance::sql::{self, Engine, no_lines};
use prog_conformance::{Kind, Language, Request, Subject, adversarial, lists, load, mutate, systematic};
use prog_eval::Prepared;
use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::Instant;

const USAGE: &str = "conformance [options]

  --cases N         generated cases a programme (default 2000)
  --batches N       generated batches a programme (default 200)
  --languages L,…   only these languages
  --sql D,…         generated SQL in these dialects' engines, and no language
  --programmes P,…  only these programmes
  --selections N    N batches of 40 lists each, ranked by selections of every kind, and nothing else
  --features        the small programmes too, one a feature (with --programmes: those whose names begin so)
  --models [N]      faults in the models: every Nth
  --only TEXT       of the faults in models, those whose description holds this
  --edits [N]       single-fact edits as `prog diff` classes them: every Nth
  --runtimes [N]    faults in the runtimes: the named ones, and every Nth that can be drawn
";

/// How many lists a request ranks with a fault in the runtime.
const LISTS: usize = 12;

/// Cases drawn at once.
const DRAWN: usize = 20_000;

struct Options {
    cases: usize,
    batches: usize,
    languages: Vec<Language>,
    sql: Vec<Engine>,
    programmes: Vec<String>,
    features: bool,
    selections: usize,
    models: Option<usize>,
    only: String,
    edits: Option<usize>,
    runtimes: Option<usize>,
}

fn options() -> Result<Options, String> {
    let mut options = Options {
        cases: 2000,
        batches: 200,
        languages: Language::ALL.to_vec(),
        sql: Vec::new(),
        programmes: Vec::new(),
        features: false,
        selections: 0,
        models: None,
        only: String::new(),
        edits: None,
        runtimes: None,
    };
    let mut words = std::env::args().skip(1).peekable();
    while let Some(word) = words.next() {
        let number = |text: Option<String>| text.and_then(|t| t.parse().ok()).ok_or(format!("{word} wants a number"));
        match word.as_str() {
            "--cases" => options.cases = number(words.next())?,
            "--selections" => options.selections = number(words.next())?,
            "--batches" => options.batches = number(words.next())?,
            "--languages" => {
                let names = words.next().unwrap_or_default();
                let find = |name: &str| Language::ALL.iter().copied().find(|l| l.name() == name).ok_or(format!("no language `{name}`"));
                options.languages = names.split(',').map(find).collect::<Result<_, _>>()?;
            }
            "--sql" => {
                let names = words.next().unwrap_or_default();
                let find = |name: &str| Engine::ALL.iter().copied().find(|e| e.name() == name).ok_or(format!("no dialect `{name}`"));
                options.sql = names.split(',').map(find).collect::<Result<_, _>>()?;
            }
            "--programmes" => options.programmes = words.next().unwrap_or_default().split(',').map(str::to_owned).collect(),
            "--only" => options.only = words.next().unwrap_or_default(),
            "--features" => options.features = true,
            "--models" | "--runtimes" | "--edits" => {
                let every = words.next_if(|next| next.parse::<usize>().is_ok());
                let every = every.map_or(Ok(1), |n| number(Some(n)))?;
                let option = match word.as_str() {
                    "--models" => &mut options.models,
                    "--edits" => &mut options.edits,
                    _runtimes => &mut options.runtimes,
                };
                *option = Some(every.max(1));
            }
            _ => return Err(format!("`{word}` is no option")),
        }
    }
    Ok(options)
}

fn main() -> ExitCode {
    let options = match options() {
        Ok(options) => options,
        Err(fault) => {
            eprint!("{fault}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let wanted = |s: &Subject| options.programmes.is_empty() || options.programmes.contains(&s.name);
    let subjects: Vec<Subject> = load::programmes().into_iter().filter(wanted).collect();
    let faults = options.models.is_some() || options.runtimes.is_some() || options.edits.is_some();
    let mut sound = true;
    if let Some(nth) = options.models {
        sound &= models(&subjects, &options, nth);
    }
    if let Some(nth) = options.edits {
        sound &= subjects.iter().map(|subject| edits(subject, nth)).fold(true, |all, one| all & one);
    }
    if let Some(nth) = options.runtimes {
        sound &= runtimes(&options, nth);
    }
    if !options.sql.is_empty() {
        sound &= engines(&subjects, &options);
    } else if options.selections > 0 {
        sound &= selections(&options);
    } else if !faults {
        let features = chosen_features(&options);
        if features.is_empty() || !subjects.is_empty() {
            sound &= languages(&subjects, &options, "programmes");
        }
        if options.features {
            sound &= languages(
                &features,
                &Options {
                    cases: 80,
                    batches: 30,
                    languages: options.languages.clone(),
                    sql: Vec::new(),
                    programmes: Vec::new(),
                    only: String::new(),
                    ..options
                },
                "features",
            );
        }
    }
    ExitCode::from(u8::from(!sound))
}

/// The small programmes that are asked for: all, or those whose names begin so.
fn chosen_features(options: &Options) -> Vec<Subject> {
    let wanted = |name: &str| options.programmes.is_empty() || options.programmes.iter().any(|prefix| name.starts_with(prefix));
    if options.features { load::features().into_iter().filter(|s| wanted(&s.name)).collect() } else { Vec::new() }
}

/// What `prog diff` says of every edit of a programme.
fn edits(subject: &Subject, nth: usize) -> bool {
    let started = Instant::now();
    let mut judge = Judge::new(&subject.programme);
    let (mut counts, mut wrong, mut asked) = (BTreeMap::new(), 0, 0);
    for mutant in mutate::mutants(&subject.programme).iter().step_by(nth) {
        let checked = judge.check(mutant);
        asked += 1;
        checked.classes.iter().take(1).for_each(|class| *counts.entry(class.key()).or_insert(0) += 1);
        wrong += usize::from(!checked.wrong.is_empty());
        checked.wrong.iter().for_each(|fault| println!("  WRONG {}: {fault}", checked.what));
        checked
            .undecided
            .iter()
            .for_each(|fault| println!("  unknown {}{}: {fault}", if checked.exact { "EXACT " } else { "" }, checked.what));
    }
    println!("{}: {asked} edits, {counts:?}, {wrong} wrong, {} s", subject.name, started.elapsed().as_secs());
    wrong == 0
}

/// Everything that is asked about a programme.
fn requests(subject: &Subject, cases: usize, batches: usize) -> Vec<Request> {
    let mut all = subject.given.clone();
    all.extend(adversarial::requests(subject));
    all.extend(adversarial::batches(subject));
    all.extend(systematic::requests(&subject.programme));
    all.extend(subject.drawn(cases.saturating_sub(all.len()), batches, 1));
    all
}

/// What an engine is asked first: cases and batches that stand beside the programme, texts that are no case, every boundary, drawn batches.
fn lines(subject: &Subject, batches: usize) -> Vec<Request> {
    let drawn = subject.drawn(0, batches, 1);
    let boundaries = systematic::requests(&subject.programme).into_iter().filter(|r| r.kind == Kind::Case).collect();
    [subject.given.clone(), drawn, adversarial::requests(subject), boundaries].concat()
}

/// Generated SQL beside the reference, one engine after another; drawn cases come in parts, so that a hundred thousand fit.
fn engines(subjects: &[Subject], options: &Options) -> bool {
    let features = chosen_features(options);
    let mut sound = true;
    for engine in &options.sql {
        let drawn = |subject: &'_ Subject, cases: usize, batches: usize| {
            let first = [sql::few(lines(subject, batches), batches), no_lines(subject)].concat();
            let (subject, rest) = (subject.clone(), cases.saturating_sub(first.len()));
            let parts = (0..rest.div_ceil(DRAWN)).map(move |part| subject.drawn(DRAWN.min(rest - part * DRAWN), 0, 100 + part as u64));
            Box::new(std::iter::once(first).chain(parts)) as sql::Parts<'_>
        };
        let of_programmes = subjects.iter().map(|s| (s, drawn(s, options.cases, options.batches)));
        let of_features = features.iter().map(|s| (s, drawn(s, 60, 40)));
        sql::compare(*engine, of_programmes.chain(of_features), &mut |told| {
            sound &= told.wrong == 0;
            println!(
                "{:<12} {:<20} {:>8} cases {:>5} batches {:>6} groups ({} not carried)  {} differences  {:>7.1} s",
                engine.name(),
                told.name,
                told.cases,
                told.batches,
                told.groups,
                told.skipped,
                told.wrong,
                told.seconds
            );
            told.first.iter().take(3).for_each(|first| println!("{first:#}"));
        });
    }
    sound
}

fn languages(subjects: &[Subject], options: &Options, what: &str) -> bool {
    let ready: Vec<Ready> = options.languages.iter().map(|language| language.prepare(subjects, what)).collect();
    let mut sound = true;
    let (mut asked, started) = (0, Instant::now());
    for (place, subject) in subjects.iter().enumerate() {
        let all: Vec<(usize, Request)> = requests(subject, options.cases, options.batches).into_iter().map(|r| (place, r)).collect();
        asked += all.len();
        let mut on = |done: usize| {
            if all.len() > DRAWN {
                eprintln!("{}: {done} of {} answered by the reference, {:.0?}", subject.name, all.len(), started.elapsed());
            }
        };
        for Told { language, result, took } in compare(&ready, subjects, &all, &mut on) {
            sound &= result.is_ok();
            match result {
                Ok(_) if what == "features" => {}
                Ok(count) => {
                    println!("{:<12} {:<20} {count:>8} requests  0 differences  {:>6.1?}", language.name(), subject.name, took)
                }
                Err(fault) => println!("{fault}"),
            }
        }
    }
    println!("{what}: {asked} requests to each of {} languages in {:.0?}", ready.len(), started.elapsed());
    sound
}

/// Selections of every kind in every language beside the reference.
fn selections(options: &Options) -> bool {
    let subjects = [lists::subject(true)];
    let ready: Vec<Ready> = options.languages.iter().map(|language| language.prepare(&subjects, "selections")).collect();
    let asked: Vec<(usize, Request)> = (0..options.selections).map(|seed| (0, lists::request(seed as u64, 40))).collect();
    let prepared = Prepared::new(&subjects[0].programme);
    let ranked: usize = asked.iter().map(|(_, request)| request.expected(&prepared).matches("\"key\":").count()).sum();
    let mut sound = true;
    for Told { language, result, took } in compare(&ready, &subjects, &asked, &mut |_| {}) {
        sound &= result.is_ok();
        match result {
            Ok(_) => println!("{:<12} {ranked:>8} lists ranked  0 differences  {took:>6.1?}", language.name()),
            Err(fault) => println!("{fault}"),
        }
    }
    sound
}

/// Whether every fault in a model changes an answer of the reference: what is asked would show it in any language.
fn models(subjects: &[Subject], options: &Options, nth: usize) -> bool {
    let mut sound = true;
    for subject in subjects {
        let prepared = Prepared::new(&subject.programme);
        let asked = requests(subject, options.cases, options.batches);
        let answers: Vec<String> = asked.iter().map(|request| request.expected(&prepared)).collect();
        let mutants = mutate::mutants(&subject.programme).into_iter().filter(|m| m.what.contains(&options.only));
        let mutants: Vec<_> = mutants.step_by(nth).collect();
        let (mut survivors, mut kinds) = (Vec::new(), BTreeMap::new());
        for mutant in &mutants {
            let kind: &mut (usize, usize) = kinds.entry(mutant.what.rsplit(": ").next().unwrap_or_default()).or_default();
            kind.1 += 1;
            let wrong = Prepared::new(&mutant.programme);
            if asked.iter().zip(&answers).all(|(request, answer)| request.expected(&wrong) == *answer) {
                survivors.push(mutant);
            } else {
                kind.0 += 1;
            }
        }
        println!("model        {:<20} {:>6} faults, {} caught", subject.name, mutants.len(), mutants.len() - survivors.len());
        kinds.iter().for_each(|(kind, (caught, all))| println!("    {caught:>4} of {all:>4} caught: {kind}"));
        for mutant in survivors {
            match mutant.reason(&subject.name) {
                Some(reason) => println!("    equivalent: {} — {reason}", mutant.what),
                None => {
                    println!("    survived: {}", mutant.what);
                    sound = false;
                }
            }
        }
    }
    sound
}

/// Whether every fault in a runtime changes an answer.
fn runtimes(options: &Options, nth: usize) -> bool {
    let mut features = load::features();
    features.push(lists::subject(false));
    let asked = Asked::of(&features, |subject| {
        if subject.name == lists::NAME {
            return vec![lists::request(1, LISTS), lists::request(2, LISTS)];
        }
        let mut all = subject.given.clone();
        all.extend(subject.drawn(12, 8, 3));
        if subject.name.starts_with("5-input") {
            all.extend(adversarial::requests(subject).into_iter().filter(|r| r.text.len() < 10_000));
        }
        all
    });
    let mut sound = true;
    for language in &options.languages {
        let ready = language.prepare(&features, "faults");
        let named = seeded(*language, ready.runtime());
        let drawn: Vec<_> = every(ready.runtime()).into_iter().step_by(nth).collect();
        println!("{}: {} named faults, {} drawn", language.name(), named.len(), drawn.len());
        let (mut caught, mut explained) = (0, 0);
        for (fault, must) in named.iter().map(|f| (f, true)).chain(drawn.iter().map(|f| (f, false))) {
            match fault.fate(&ready, &asked) {
                Fate::Caught if must => {
                    caught += 1;
                    println!("    caught: {}", fault.told(ready.runtime()));
                }
                Fate::Caught => caught += 1,
                Fate::Explained(reason) => {
                    explained += 1;
                    println!("    equivalent: {} — {reason}", fault.told(ready.runtime()));
                }
                Fate::Survived => {
                    sound = false;
                    println!("    survived: {}", fault.told(ready.runtime()));
                }
            }
        }
        println!("{}: {caught} of {} caught, {explained} cannot show", language.name(), named.len() + drawn.len());
    }
    sound
}
