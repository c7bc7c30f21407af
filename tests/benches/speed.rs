//! How fast, as ratios to a reference in the same run: `cargo bench -p prog-tests`; a word behind `--` measures that part alone.
//!
//! In: programmes made up here, and those of this repository. Out: a table on stdout, best of several runs each.
//! Always: a figure is printed beside its aim (1.00 is just reached, more is missed by so much) and what it is compared with;
//! nothing here passes or fails.

use prog_base::{FileId, Lang};
use prog_driver::world::Memory;
use prog_driver::{Session, UnitKind};
use prog_eval::{Options, Prepared};
use prog_model::Programme;
use prog_tests::{binary, root, sample};
use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use wait4::Wait4;

fn main() {
    println!("what                                          measured   of the aim   against what was measured beside it");
    let asked: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let parts: [(&str, fn()); 5] =
        [("processes", processes), ("parsing", parsing), ("recovery", recovery), ("evaluation", evaluation), ("selection", selection)];
    parts.iter().filter(|(name, _)| asked.is_empty() || asked.iter().any(|word| word == name)).for_each(|(_, measure)| measure());
}

/// Cold processes: processor time and memory of checking all notices, and of building programmes of more and more fields.
fn processes() {
    println!("\nprocesses, processor time (best of several)");
    let folder = std::env::temp_dir().join(format!("prog-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a temporary folder");
    let start = process(&["--version"], 20);
    row("start-up (prog --version)", start.time, None, None);
    let notices = process(&["check", &root().join("programmes").to_string_lossy()], 20);
    row("check of all notices", notices.time, Some(10), Some((start.time, "start-up")));
    let mut before: Option<Process> = None;
    for (fields, rules, runs, aim, memory) in
        [(62, 28, 20, 15, Some(20)), (620, 280, 5, 60, None), (6_200, 2_800, 3, 200, None), (62_000, 28_000, 1, 2_000, Some(400))]
    {
        let source = folder.join(format!("fields-{fields}.prog"));
        fs::write(&source, sample(fields, rules)).expect("a temporary file");
        let out = folder.join(format!("out-{fields}"));
        let words = ["build", &source.to_string_lossy(), "--target", "model,schema,javascript", "--out", &out.to_string_lossy()];
        let took = process(&words, runs);
        // What issue 2 allows a tenfold step: twelve times.
        let step = before.map(|b| (b.time, "a tenth of the fields; aim 12"));
        row(&format!("build of {fields} fields, {rules} rules"), took.time, Some(aim), step);
        let of = memory.map_or(String::new(), |aim| format!("{:>9.2}", took.mebibytes as f64 / f64::from(aim)));
        println!("    its memory                              {:>6} MiB {of}", took.mebibytes);
        before = Some(took);
    }
    fs::remove_dir_all(&folder).expect("the temporary folder goes");
}

/// What a process cost.
#[derive(Clone, Copy)]
struct Process {
    time: Duration,
    mebibytes: u64,
}

fn process(words: &[&str], runs: usize) -> Process {
    let one = || {
        let mut child = Command::new(binary()).args(words).stdout(Stdio::null()).spawn().expect("prog runs");
        let end = child.wait4().expect("prog ends");
        assert!(end.status.success(), "{words:?}");
        Process { time: end.rusage.utime + end.rusage.stime, mebibytes: end.rusage.maxrss / 1024 / 1024 }
    };
    std::iter::repeat_with(one).take(runs).min_by_key(|p| p.time).expect("at least one run")
}

/// Parsing: this repository's programmes, sound text against twice as much, and against the same text with faults.
fn parsing() {
    println!("\nparsing to a tree, with recovery (20 MB/s: 50 ms a megabyte)");
    let notices = notices();
    let small = sample(5_000, 2_500);
    let large = sample(10_000, 5_000);
    let faulty = small.replace("at least f77 ", "at leest f77 ").replace("    f99", "    99f");
    let parse = |text: &str| drop(black_box(prog_syntax::parse(FileId(0), black_box(text))));
    let read = best_of(9, &mut || drop(black_box(notices.iter().map(|t| t.chars().rev().collect::<String>()).collect::<Vec<_>>())));
    let all = best_of(9, &mut || notices.iter().for_each(|text| parse(text)));
    let bytes: usize = notices.iter().map(String::len).sum();
    row(&format!("all notices, {bytes} bytes"), all, Some(bytes as u64 / 20_000), Some((read, "turning their characters round")));
    let clean = best_of(5, &mut || parse(&small));
    row(&format!("made up, {} bytes", small.len()), clean, Some(small.len() as u64 / 20_000), None);
    row("made up, twice as much", best_of(5, &mut || parse(&large)), None, Some((clean, "half of it; aim 2.2")));
    row("made up, with faults", best_of(5, &mut || parse(&faulty)), None, Some((clean, "the sound text")));
}

/// The grammar with its rules for what is not understood, against the same grammar without: both run by one interpreter.
fn recovery() {
    println!("\nthe grammar interpreted, on sound text");
    let grammar = fs::read_to_string(root().join("grammar/prog.pest")).expect("the grammar");
    let text = sample(1_000, 500);
    let time = |grammar: &str| {
        let (_, rules) = pest_meta::parse_and_optimize(grammar).expect("a grammar");
        let vm = pest_vm::Vm::new(rules);
        best_of(7, &mut || drop(black_box(vm.parse("file", black_box(&text)).expect("sound text"))))
    };
    let (with, without) = (time(&grammar), time(&without_recovery(&grammar)));
    row("without recovery", without, None, None);
    // 0.9 times the speed is 1.11 times the time.
    row("with recovery", with, None, Some((without, "without; aim 1.11")));
}

/// The grammar without `bad` and `odd`: a text with a fault is no text of it.
fn without_recovery(grammar: &str) -> String {
    let mut plain = grammar.to_owned();
    for (with, without) in [(" | bad)", ")"), (" ~ bad?", ""), (" ~ odd?", "")] {
        plain = plain.replace(with, without);
    }
    let left = plain.lines().filter(|l| !l.starts_with("///") && !l.starts_with("bad =") && !l.starts_with("odd ="));
    let left: Vec<&str> = left.filter(|l| l.split(|c: char| !c.is_alphanumeric() && c != '_').any(|w| w == "bad" || w == "odd")).collect();
    assert!(left.is_empty(), "recovery is written in another way: {left:?}");
    plain
}

/// Every text of this repository's programmes.
fn notices() -> Vec<String> {
    let folders = fs::read_dir(root().join("programmes")).expect("programmes").flatten();
    let files = folders.flat_map(|folder| fs::read_dir(folder.path()).expect("a folder")).flatten();
    let sources = files.map(|file| file.path()).filter(|path| path.extension().is_some_and(|e| e == "prog"));
    sources.map(|path| fs::read_to_string(path).expect("a text")).collect()
}

/// Full reports of a track with twelve fields and ten rules, against reading and printing the same case as plain JSON.
fn evaluation() {
    println!("\nevaluation, 1,000 reports (200,000 a second: 5 ms)");
    let programme = compile(&track_text());
    let prepared = Prepared::new(&programme);
    let text = case_text();
    let options = Options::default();
    let many = |work: &mut dyn FnMut()| best_of(15, &mut || (0..1_000).for_each(|_| work()));
    let plain = many(&mut || {
        let value: serde_json::Value = serde_json::from_str(black_box(&text)).expect("JSON");
        drop(black_box(value.to_string()));
    });
    row("reading and printing cases as plain JSON", plain, None, None);
    let case = prepared.read_case(&text).expect("a case");
    let full = many(&mut || drop(black_box(prepared.evaluate(black_box(&case), &options).to_json(Lang::Zh))));
    row("evaluate and print", full, Some(5), Some((plain, "plain JSON")));
    let read = many(&mut || {
        let case = prepared.read_case(black_box(&text)).expect("a case");
        drop(black_box(prepared.evaluate(&case, &options).to_json(Lang::Zh)));
    });
    row("read, evaluate and print", read, None, Some((plain, "plain JSON")));
}

/// A proposal over 1,000,000 cases in eight groups, three criteria, against sorting the same numbers as plain rows.
fn selection() {
    const CASES: u64 = 1_000_000;
    println!("\nselection, {CASES} cases in process");
    let programme = compile(SELECTION);
    let prepared = Prepared::new(&programme);
    let drawn = |at: u64, of: u64| at.wrapping_mul(6_364_136_223_846_793_005).rotate_left(29) % of;
    let mut lines = String::new();
    let mut rows = Vec::new();
    for at in 0..CASES {
        let (points, prize, asked, county) = (drawn(at + 1, 1_000), drawn(at + 7, 2) == 1, drawn(at + 13, 5_000), drawn(at + 3, 8));
        let county = char::from(b'a' + county as u8);
        let _ = writeln!(
            lines,
            "{{\"case\":{{\"programme\":\"bench_2030\",\"id\":\"{at}\",\"track\":\"t\",\"facts\":{{\"points\":{points},\"prize\":{prize},\"asked\":{asked},\"county\":\"{county}\"}}}}}}"
        );
        rows.push((county, points, prize, 5_000 - asked, at));
    }
    let plain = best_of(3, &mut || {
        let mut rows = rows.clone();
        rows.sort_unstable_by(|a, b| b.cmp(a));
        drop(black_box(rows));
    });
    row("sorting plain rows", plain, None, None);
    row("reading the batch", best_of(2, &mut || drop(black_box(prepared.read_batch(&lines).expect("a batch")))), None, None);
    let batch = prepared.read_batch(&lines).expect("a batch");
    let took = best_of(2, &mut || drop(black_box(prepared.select(&batch, &Options::default()))));
    row("ranking, cutting, the reason for each place", took, Some(2_000), Some((plain, "sorting plain rows")));
}

/// Eight groups, three criteria, equals and a waiting list.
const SELECTION: &str = r#"programme bench_2030 "Bench" {
    issuer "Office"
    timezone "Asia/Shanghai"
    actor panel
    track t "T" {
        fact points : Count from 0 to 1000
        fact prize : YesNo
        fact asked : Count from 0 to 5000
        fact county : one of { a, b, c, d, e, f, g, h }
    }
    select chosen at review per county from t {
        order points highest first, then prize first, then asked lowest first
        take 10_000
        tied admit all
        wait 10
    }
    workflow {
        stage review by panel { on done -> end closed }
    }
}
"#;

fn best_of(runs: usize, work: &mut dyn FnMut()) -> Duration {
    let time = || {
        let begin = Instant::now();
        work();
        begin.elapsed()
    };
    std::iter::repeat_with(time).take(runs).min().unwrap_or_default()
}

/// One line: what it took, of how many milliseconds the aim is, and how many times a reference that was.
fn row(name: &str, time: Duration, aim: Option<u64>, against: Option<(Duration, &str)>) {
    let millis = time.as_secs_f64() * 1000.0;
    let of = aim.map_or(String::new(), |aim| format!("{:.2}", millis / aim as f64));
    let beside = against.map_or(String::new(), |(reference, what)| format!("{:.2} x {what}", time.as_secs_f64() / reference.as_secs_f64()));
    println!("  {name:<42} {millis:>8.2} ms {of:>8}     {beside}");
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
