//! How fast, as ratios to a reference in the same run: `cargo bench -p prog-tests`.
//!
//! In: programmes made up here, and the one of this repository. Out: a table on stdout, best of several runs each.
//! Always: a figure is printed beside what it is compared with; nothing here passes or fails.

use prog_base::{FileId, Lang};
use prog_driver::world::Memory;
use prog_driver::{Session, UnitKind};
use prog_eval::{Options, Prepared};
use prog_model::Programme;
use prog_tests::{binary, root};
use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use wait4::Wait4;

fn main() {
    processes();
    parsing();
    evaluation();
}

/// Cold processes: model, schemas and JavaScript of programmes with so many fields, each tenfold step against the one before.
fn processes() {
    println!("process                                   wall ms   peak MiB   against");
    let folder = std::env::temp_dir().join(format!("prog-bench-{}", std::process::id()));
    let start = process("start-up (prog --version)", &["--version"], None);
    let notice = root().join("programmes/heilongjiang-2024");
    process("check heilongjiang-2024", &["check", &notice.to_string_lossy()], Some(("start-up", start)));
    let mut before: Option<(&str, Duration)> = Some(("start-up", start));
    for (fields, rules) in [(62, 28), (6_200, 2_800), (62_000, 28_000)] {
        let source = folder.join(format!("fields-{fields}.prog"));
        fs::create_dir_all(&folder).expect("a temporary folder");
        fs::write(&source, programme_text(fields, rules)).expect("a temporary file");
        let out = folder.join(format!("out-{fields}"));
        let name = format!("build of {fields} fields, {rules} rules");
        let words = ["build", &source.to_string_lossy(), "--target", "model,schema,javascript", "--out", &out.to_string_lossy()];
        let took = process(&name, &words, before);
        before = Some(("the step before", took));
    }
    fs::remove_dir_all(&folder).expect("the temporary folder goes");
}

fn process(name: &str, words: &[&str], against: Option<(&str, Duration)>) -> Duration {
    let mut best = (Duration::MAX, 0);
    for _ in 0..3 {
        let begin = Instant::now();
        let mut child = Command::new(binary()).args(words).stdout(Stdio::null()).spawn().expect("prog runs");
        let end = child.wait4().expect("prog ends");
        assert!(end.status.success(), "{words:?}");
        best = best.min((begin.elapsed(), end.rusage.maxrss / 1024 / 1024));
    }
    println!("  {name:<38} {:>8.1} {:>10}   {}", millis(best.0), best.1, ratio(best.0, against));
    best.0
}

/// Parsing: sound text against twice as much, and against the same text with faults.
fn parsing() {
    println!("\nparsing                                       ms     MB/s   against");
    let small = programme_text(5_000, 2_500);
    let large = programme_text(10_000, 5_000);
    let faulty = small.replace("at least f77 ", "at leest f77 ").replace("    f99", "    99f");
    let parse = |text: &str| drop(black_box(prog_syntax::parse(FileId(0), black_box(text))));
    let copied =
        inside("reference: copying as characters", small.len(), 9, None, || drop(black_box(small.chars().rev().collect::<String>())));
    let clean = inside("sound", small.len(), 9, Some(("reference", copied)), || parse(&small));
    inside("sound, twice as much", large.len(), 5, Some(("sound", clean)), || parse(&large));
    inside("with faults", faulty.len(), 5, Some(("sound", clean)), || parse(&faulty));
}

/// Full reports of a track with twelve fields and ten rules, against reading and printing the same case as plain JSON.
fn evaluation() {
    println!("\nevaluation                                    us    per s   against");
    let programme = compile(&track_text());
    let prepared = Prepared::new(&programme);
    let text = case_text();
    let options = Options::default();
    let per = 1_000;
    let plain = each("reference: JSON read and printed", per, None, || {
        let value: serde_json::Value = serde_json::from_str(black_box(&text)).expect("JSON");
        drop(black_box(value.to_string()));
    });
    let case = prepared.read_case(&text).expect("a case");
    each("evaluate and print", per, Some(("reference", plain)), || {
        drop(black_box(prepared.evaluate(black_box(&case), &options).to_json(Lang::Zh)));
    });
    each("read, evaluate and print", per, Some(("reference", plain)), || {
        let case = prepared.read_case(black_box(&text)).expect("a case");
        drop(black_box(prepared.evaluate(&case, &options).to_json(Lang::Zh)));
    });
}

fn inside(name: &str, bytes: usize, runs: usize, against: Option<(&str, Duration)>, mut work: impl FnMut()) -> Duration {
    let best = best_of(runs, &mut work);
    let rate = bytes as u128 * 1_000 / best.as_nanos().max(1);
    println!("  {name:<38} {:>8.1} {rate:>8}   {}", millis(best), ratio(best, against));
    best
}

fn each(name: &str, per: u32, against: Option<(&str, Duration)>, mut work: impl FnMut()) -> Duration {
    let best = best_of(15, &mut || (0..per).for_each(|_| work())) / per;
    let rate = 1_000_000_000 / best.as_nanos().max(1);
    println!("  {name:<38} {:>8.2} {rate:>8}   {}", millis(best) * 1000.0, ratio(best, against));
    best
}

fn best_of(runs: usize, work: &mut impl FnMut()) -> Duration {
    let time = || {
        let begin = Instant::now();
        work();
        begin.elapsed()
    };
    std::iter::repeat_with(time).take(runs).min().unwrap_or_default()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn ratio(time: Duration, against: Option<(&str, Duration)>) -> String {
    against.map_or_else(String::new, |(name, reference)| format!("{:.2} x {name}", time.as_secs_f64() / reference.as_secs_f64()))
}

/// A programme with one form of so many fields and so many rules over them.
fn programme_text(fields: usize, rules: usize) -> String {
    let mut text =
        String::from("programme bench_2030 \"Bench\" {\n    issuer \"Office\"\n    number unknown\n\n    form report \"Report\" {\n");
    for f in 0..fields {
        let kind = ["Count from 0 to 1_000", "Decimal(2)", "Text", "YesNo"][f % 4];
        let _ = writeln!(text, "        f{f} \"Field {f}\" : {kind}");
    }
    text.push_str("    }\n\n    track applicant \"Applicant\" applies with report {\n");
    for r in 0..rules {
        let (a, b) = (r * 8 % fields / 4 * 4, (r * 8 + 4) % fields / 4 * 4);
        let _ = writeln!(text, "        require r{r} \"Rule {r}\" : f{a} + 3 at least f{b} and f{a} at most 900");
    }
    text.push_str("    }\n}\n");
    text
}

/// A track with twelve facts and ten rules.
fn track_text() -> String {
    let mut text = String::from("programme bench_2030 \"Bench\" {\n    issuer \"Office\"\n    track t \"T\" {\n");
    for f in 0..6 {
        let _ = writeln!(text, "        fact n{f} : Count\n        fact y{f} : YesNo");
    }
    for r in 0..5 {
        let _ = writeln!(
            text,
            "        require a{r} \"Numbers {r}\" : n{r} + 2 at least n{}\n        require b{r} \"Yes {r}\" : y{r} or n{r} at most 40",
            r + 1
        );
    }
    text.push_str("    }\n}\n");
    text
}

fn case_text() -> String {
    let facts: Vec<String> = (0..6).map(|f| format!("\"n{f}\":{},\"y{f}\":{}", f * 7 + 3, f % 2 == 0)).collect();
    format!("{{\"programme\":\"bench_2030\",\"id\":\"1\",\"track\":\"t\",\"facts\":{{{}}}}}", facts.join(","))
}

fn compile(text: &str) -> Programme {
    let world = Memory::new([("p/programme.prog", text)]);
    let mut session = Session::new(&world);
    let units = session.load(Path::new("p"));
    let unit = units.iter().find(|u| u.kind == UnitKind::Programme).expect("a programme");
    let compiled = session.compile(unit, None);
    assert!(compiled.sound, "{:?}", session.errors().first());
    compiled.programme.expect("a programme")
}
