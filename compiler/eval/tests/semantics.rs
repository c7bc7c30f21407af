//! The numbered paragraphs of the semantics, each as data: `cases/*.md`.
//!
//! A case is a `##` heading that begins with the paragraph (`## 3.7 a share …`), a `csv NAME` block for each data file, a `prog` block (put into a programme unless it declares
//! one), then pairs: a `case OPTIONS` block with a case (`programme` and `track` may be left out), a `batch OPTIONS` block with lines, or a
//! `reports OPTIONS` block with reports on targets (`programme` is put in), and a `report` block with what the report must hold, or a `refused` block with `CODE LINE:COLUMN POINTER`.
//! What must be held: every member; of a list of objects, each in some element, in order; `"!NAME"` holds nothing of that list.

use prog_base::{Date, Duration, DurationUnit, Lang, Source, SourceMap};
use prog_eval::{Options, Prepared, Refusal};
use prog_model::Programme;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::path::Path;

struct Paragraph {
    title: String,
    data: BTreeMap<String, String>,
    source: String,
    steps: Vec<(String, String, String, String)>,
}

fn paragraphs(text: &str) -> Vec<Paragraph> {
    let mut list: Vec<Paragraph> = Vec::new();
    let mut block: Option<(String, String)> = None;
    for line in text.lines() {
        match &mut block {
            Some((head, body)) if line.starts_with("```") => {
                let paragraph = list.last_mut().expect("a heading first");
                let (kind, options) = head.split_once(' ').unwrap_or((head, ""));
                match kind {
                    "csv" => drop(paragraph.data.insert(options.to_owned(), body.clone())),
                    "prog" => paragraph.source = body.clone(),
                    "case" | "batch" | "reports" => paragraph.steps.push((head.clone(), body.clone(), String::new(), String::new())),
                    "report" | "refused" => {
                        let step = paragraph.steps.last_mut().expect("a case first");
                        (step.2, step.3) = (kind.to_owned(), body.clone());
                    }
                    other => panic!("unknown block {other} {options}"),
                }
                block = None;
            }
            Some((_, body)) => {
                body.push_str(line);
                body.push('\n');
            }
            None if line.starts_with("```") => block = Some((line[3..].trim().to_owned(), String::new())),
            None => {
                if let Some(heading) = line.strip_prefix("## ") {
                    list.push(Paragraph { title: heading.to_owned(), data: BTreeMap::new(), source: String::new(), steps: Vec::new() });
                }
            }
        }
    }
    list
}

/// Compiles a snippet; errors are failures of the test.
fn programme(source: &str) -> Result<Programme, String> {
    with_data(source, &BTreeMap::new())
}

/// The same with data files beside it.
fn with_data(source: &str, data: &BTreeMap<String, String>) -> Result<Programme, String> {
    let source = if source.contains("programme ") {
        source.to_owned()
    } else {
        format!("programme t \"t\" {{\ntimezone \"Asia/Shanghai\"\n{source}}}\n")
    };
    let mut sources = SourceMap::default();
    let id = sources.add(Source::new("t.prog", source.as_str()));
    let parse = prog_syntax::parse(id, &source);
    let inputs = prog_model::Inputs {
        files: vec![(id, &parse.ast)],
        bases: Vec::new(),
        modules: Vec::new(),
        sources: &sources,
        notice: None,
        data: &|name| data.get(name).cloned(),
        library: &|_| None,
    };
    let found = prog_model::analyse(&inputs);
    let errors: Vec<String> = parse
        .diagnostics
        .iter()
        .chain(&found.diagnostics)
        .filter(|d| d.severity == prog_base::Severity::Error)
        .map(|d| {
            let at = d.span().map_or(0, |s| sources.get(s.file).position(s.start as usize).line);
            format!("line {at}: {} {} {:?}", d.code.0, d.message.en, d.help.as_ref().map(|h| &h.en))
        })
        .collect();
    if errors.is_empty() { found.programme.ok_or_else(|| "no programme".to_owned()) } else { Err(errors.join("\n")) }
}

fn options(p: &Programme, head: &str) -> Options {
    let mut options = Options { lang: Lang::En, ..Options::default() };
    let words: Vec<&str> = head.split_whitespace().skip(1).collect();
    let mut at = 0;
    while at < words.len() {
        let next = words.get(at + 1).copied().unwrap_or("");
        at += 2;
        match words[at - 2] {
            "--at" => options.at = Some(Options::stage(p, next).expect("stage")),
            "--on" => options.on = Some(Options::day_or_moment(p, next).expect("day")),
            "--reading" => options.readings.push(Options::reading(p, &next.replace('_', " ")).expect("reading")),
            "--closed" => (options.closed, at) = (true, at - 1),
            "--no-alternatives" => (options.alternatives, at) = (false, at - 1),
            "--zh" => (options.lang, at) = (Lang::Zh, at - 1),
            other => panic!("unknown option {other}"),
        }
    }
    options
}

/// A case with `programme` and `track` filled in.
fn filled(p: &Programme, text: &str) -> String {
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(mut case)) if !text.contains("\"programme\"") => {
            case.insert("programme".to_owned(), p.ident.key.clone().into());
            if !case.contains_key("track") {
                case.insert("track".to_owned(), p.tracks[0].ident.key.clone().into());
            }
            Value::Object(case).to_string()
        }
        _ => text.to_owned(),
    }
}

fn run(p: &Programme, head: &str, body: &str) -> Result<Vec<String>, Refusal> {
    let prepared = Prepared::new(p);
    let options = options(p, head);
    if head.starts_with("case") {
        let case = prepared.read_case(&filled(p, body))?;
        return Ok(vec![prepared.evaluate(&case, &options).to_json(options.lang)]);
    }
    if head.starts_with("reports") {
        let line = |line: &str| line.replacen('{', &format!("{{\"programme\":\"{}\",", p.ident.key), 1);
        let reports = prepared.read_reports(&body.lines().map(line).collect::<Vec<_>>().join("\n"))?;
        return Ok(vec![prepared.check_targets(&reports, &options).to_json(options.lang)]);
    }
    let line = |line: &str| match serde_json::from_str::<Value>(line) {
        Ok(Value::Object(mut map)) if map.contains_key("case") => {
            map["case"] = serde_json::from_str(&filled(p, &map["case"].to_string())).expect("case");
            Value::Object(map).to_string()
        }
        _ => line.to_owned(),
    };
    let lines: Vec<String> = body.lines().map(line).collect();
    let batch = prepared.read_batch(&lines.join("\n"))?;
    let report = prepared.evaluate_batch(&batch, &options);
    let mut all: Vec<String> = report.reports.iter().map(|r| r.to_json(options.lang)).collect();
    all.push(report.to_json(options.lang));
    Ok(all)
}

/// Whether what is wanted is held; else where it is not.
fn holds(found: &Value, wanted: &Value, at: &str) -> Result<(), String> {
    match (found, wanted) {
        (Value::Object(found), Value::Object(wanted)) => wanted.iter().try_for_each(|(name, value)| member(found, name, value, at)),
        (Value::Array(found), Value::Array(wanted)) if wanted.first().is_some_and(Value::is_object) => {
            let mut rest = found.iter();
            wanted.iter().try_for_each(|one| match rest.any(|f| holds(f, one, at).is_ok()) {
                true => Ok(()),
                false => Err(format!("{at}: nothing holds {one} (in order)")),
            })
        }
        _ if found == wanted => Ok(()),
        _ => Err(format!("{at}: wanted {wanted}, found {found}")),
    }
}

fn member(found: &Map<String, Value>, name: &str, wanted: &Value, at: &str) -> Result<(), String> {
    if let Some(name) = name.strip_prefix('!') {
        let list = found.get(name).and_then(Value::as_array).into_iter().flatten();
        return match list.into_iter().find(|f| holds(f, wanted, at).is_ok()) {
            Some(one) => Err(format!("{at}/{name}: should not hold {one}")),
            None => Ok(()),
        };
    }
    match found.get(name) {
        Some(value) => holds(value, wanted, &format!("{at}/{name}")),
        None if wanted.is_null() => Ok(()),
        None => Err(format!("{at}/{name}: is not there")),
    }
}

/// The same text with its members sorted again.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(map) => {
            let mut names: Vec<&String> = map.keys().collect();
            names.sort_by(|a, b| a.encode_utf16().cmp(b.encode_utf16()));
            let members: Vec<String> =
                names.iter().map(|n| format!("{}:{}", Value::from(n.as_str()), canonical(&map[n.as_str()]))).collect();
            format!("{{{}}}", members.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}

fn step(p: &Programme, head: &str, body: &str, kind: &str, wanted: &str) -> Result<(), String> {
    match (run(p, head, body), kind) {
        (Ok(lines), "report") => {
            let values: Vec<Value> = lines.iter().map(|l| serde_json::from_str(l).expect("our own JSON")).collect();
            for (line, value) in lines.iter().zip(&values) {
                if *line != canonical(value) {
                    return Err(format!("not canonical: {line}"));
                }
            }
            let wanted: Value = serde_json::from_str(wanted).map_err(|e| format!("the wanted report: {e}"))?;
            let mut last = values.last().cloned().unwrap_or_default();
            if head.starts_with("batch") {
                last["reports"] = values[..values.len() - 1].to_vec().into();
            }
            holds(&last, &wanted, "").map_err(|why| format!("{why}\n{last:#}"))
        }
        (Err(refusal), "refused") => {
            let found = format!("{} {}:{} {}", refusal.code.0, refusal.line, refusal.column, refusal.pointer);
            let found = found.trim();
            if found == wanted.trim() { Ok(()) } else { Err(format!("wanted {}, refused {found}: {}", wanted.trim(), refusal.message.en)) }
        }
        (Ok(_), _) => Err("should be refused".to_owned()),
        (Err(refusal), _) => Err(format!("refused {} {} {}", refusal.code.0, refusal.pointer, refusal.message.en)),
    }
}

fn chapter(name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(name);
    let text = std::fs::read_to_string(path).unwrap();
    let mut failures = Vec::new();
    for paragraph in paragraphs(&text) {
        let programme = match with_data(&paragraph.source, &paragraph.data) {
            Ok(programme) => programme,
            Err(why) => {
                failures.push(format!("## {}\n{why}", paragraph.title));
                continue;
            }
        };
        for (index, (head, body, kind, wanted)) in paragraph.steps.iter().enumerate() {
            if let Err(why) = step(&programme, head, body, kind, wanted) {
                failures.push(format!("## {} (step {})\n{why}", paragraph.title, index + 1));
            }
        }
    }
    assert!(failures.is_empty(), "{} failed\n\n{}", failures.len(), failures.join("\n\n"));
}

macro_rules! chapters {
    ($($name:ident = $file:literal;)*) => { $(#[test] fn $name() { chapter($file); })* };
}

chapters! {
    semantics_1_results = "1-results.md";
    semantics_2_stages_and_time = "2-stages.md";
    semantics_3_quotas_and_packages = "3-quotas.md";
    semantics_4_groups_and_waivers = "4-groups.md";
    semantics_5_input = "5-input.md";
    semantics_6_numbers = "6-numbers.md";
    semantics_7_readings = "7-readings.md";
    semantics_11_materials = "11-materials.md";
    semantics_12_targets = "12-targets.md";
    lists_tables_and_caps = "generality.md";
    rounds_and_scores = "rounds-and-scores.md";
    working_days = "working-days.md";
    consecutive_years = "consecutive.md";
    time_between_days = "elapsed.md";
    what_is_read_off_one_day = "day-parts.md";
}

/// Every numbered paragraph that is about evaluation has a case that names it.
#[test]
fn every_paragraph_has_a_case() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut titles: Vec<String> = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        titles.extend(paragraphs(&std::fs::read_to_string(file.unwrap().path()).unwrap()).into_iter().map(|p| p.title));
    }
    let counts = [(1, 7), (2, 6), (3, 8), (4, 3), (5, 5), (6, 4), (7, 4), (11, 1), (12, 5)];
    let numbers = counts.iter().flat_map(|(chapter, last)| (1..=*last).map(move |n| format!("{chapter}.{n} ")));
    let missing: Vec<String> = numbers.filter(|n| !titles.iter().any(|t| t.starts_with(n.as_str()))).collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
}

/// What cannot stand in a data file: too large a text, options that name nothing.
#[test]
fn refuses_what_is_too_large_and_options_that_name_nothing() {
    let p =
        programme("actor town\ntrack t { fact a : YesNo   require r : a }\nworkflow { stage filing by town { on sent -> end } }").unwrap();
    let prepared = Prepared::new(&p);
    let large = format!("{{\"programme\":\"{}\"}}", "x".repeat(16 << 20));
    assert_eq!(prepared.read_case(&large).unwrap_err().code.0, "P0806");
    assert_eq!(prepared.read_case(&"[".repeat(65)).unwrap_err().code.0, "P0805");
    let code = |fault: prog_base::Diagnostic| (fault.code.0, fault.help.map(|h| h.en).unwrap_or_default());
    assert_eq!(code(Options::stage(&p, "filling").unwrap_err()), ("P0812", "did you mean `filing`?".to_owned()));
    assert_eq!(code(Options::day_or_moment(&p, "4月22日").unwrap_err()).0, "P0813");
    for reading in ["deadline", "deadlin=exclusive", "deadline=maybe", "about=wide"] {
        assert_eq!(code(Options::reading(&p, reading).unwrap_err()).0, "P0814", "{reading}");
    }
    assert!(Options::day_or_moment(&p, "2024-04-22T17:00").is_ok());
    assert!(Options::reading(&p, "about=within 20%").is_ok());
}

/// Scenarios say which expectation failed; coverage says what was seen and what can be; explanations name clauses and places.
#[test]
fn semantics_13_scenarios_and_coverage() {
    let p = programme(
        "actor panel\ntrack t { fact a : YesNo   require r : a   require j : judged by panel }\n\
         scenario \"good\" { given t { a: yes }   expect r met   expect verdict pending }\n\
         scenario \"bad\" { given t { a: no }   expect r met   expect verdict rejected }",
    )
    .unwrap();
    let run = prog_eval::run_scenarios(&p);
    assert_eq!(run.results[0].failures, []);
    let failure = &run.results[1].failures[0];
    assert_eq!(run.results[1].failures.len(), 1);
    assert!(failure.expected.en.ends_with("r met") && failure.found.en.ends_with("unmet"), "{failure:?}");
    use prog_model::RuleResult::{Met, Pending, Unmet};
    let of = |rule: &str| run.coverage.iter().find(|c| c.rule == rule).unwrap();
    assert_eq!((of("r").seen.clone(), of("r").reachable.clone()), (vec![Met, Unmet], vec![Met, Unmet]));
    assert_eq!((of("j").seen.clone(), of("j").reachable.clone()), (vec![Pending], vec![Met, Unmet, Pending]));
}

/// Coverage asks for what can come out: no more (semantics 13), no less.
#[test]
fn semantics_13_what_can_come_out() {
    let p = programme(
        "actor panel\nunit 月 : time\nenum kind { school, society }\n\
         track t { fact k : kind   fact n : Integer from 0 to 9   fact opened : Date   fact m : Count optional\n\
         require small when k = school : n at most 9\n\
         require some when k = school : n at least 1\n\
         require early : opened before 2020-01-01\n\
         require listed : external \"register\" as of 2020-01-01\n\
         require silent : unknown \"not said\"\n\
         prefer said : attested   encourage praised : judged by panel\n\
         waive known : listed waives some }\n\
         quota q : count(t) at most unknown \"not said\"\n\
         quota w when count(t) at least 1 : count(t) at most 2",
    )
    .unwrap();
    let run = prog_eval::run_scenarios(&p);
    let of = |rule: &str| {
        let one = run.coverage.iter().find(|c| c.rule == rule).unwrap();
        one.reachable.iter().map(|r| prog_eval::result_word(*r)).collect::<Vec<_>>().join(", ")
    };
    let all: Vec<String> = run.coverage.iter().map(|c| format!("{}: {}", c.rule, of(&c.rule))).collect();
    assert_eq!(
        all,
        [
            "small: met, not applicable",
            "some: met, unmet, not applicable",
            "early: met, unmet",
            "listed: met, unmet",
            "silent: unknown",
            "said: met, unmet",
            "praised: met, unmet, pending",
            "known: met, unmet",
            "q: unknown",
            "w: met, unmet, not applicable",
        ]
    );
}

/// All judgements, attestations or materials of a case can be set at once; what is said of one stands.
#[test]
fn scenarios_set_many_entries_at_once() {
    let p = programme(
        "actor panel\ntrack t { require a : attested   require b : all of { c : judged by panel   d : attested }   fact e : YesNo judged by panel\n\
         require f : e }\n\
         scenario \"all\" { given t \"x\" { c: no, judgements: yes, attestations: yes }   given t \"y\" { judgements: yes, 各项证明: 是 }\n\
         expect b unmet for \"x\"   expect f met   expect verdict rejected for \"x\"   expect verdict accepted for \"y\" }",
    )
    .unwrap();
    assert_eq!(prog_eval::run_scenarios(&p).results[0].failures, []);
}

/// Of two days.
const BETWEEN: &str = "track t {
    fact a : Date
    fact b : Date
    require there : a is given and b is given
    let years = years between (a, b)
    let months = months between (a, b)
    let days = days between (a, b)
}";

/// An oracle that counts up one by one: the most units that, added to the first day, do not lead beyond the second. Backwards the negative
/// of the same.
fn counted_up(from: Date, to: Date, unit: DurationUnit) -> i64 {
    if to < from {
        return -counted_up(to, from, unit);
    }
    (1..).take_while(|n| from.plus(Duration { count: *n, unit }).is_some_and(|there| there <= to)).count() as i64
}

/// Days around the ends of months, of leap years and others, of a century that is none; some far apart.
fn days() -> Vec<Date> {
    let around = [(2096, 2), (2100, 2), (2103, 2), (2104, 2), (2031, 12), (2032, 1), (2031, 1), (2031, 4)];
    let near = around.iter().flat_map(|(year, month)| [1, 2, 14, 27, 28, 29, 30, 31].map(|day| Date::new(*year, *month, day)));
    let far = [Date::new(0, 2, 29), Date::new(1, 1, 1), Date::new(1999, 12, 31), Date::new(2000, 2, 29), Date::new(9999, 12, 31)];
    near.chain(far).flatten().collect()
}

#[test]
fn the_time_between_two_days_is_what_counting_up_gives() {
    let programme = programme(BETWEEN).expect("a programme");
    let prepared = Prepared::new(&programme);
    let days = days();
    let mut checked = 0;
    for a in &days {
        for b in &days {
            let case = format!("{{\"programme\":\"t\",\"track\":\"t\",\"facts\":{{\"a\":\"{a}\",\"b\":\"{b}\"}}}}");
            let case = prepared.read_case(&case).expect("a case");
            let report = prepared.evaluate(&case, &Options::default());
            let report: Value = serde_json::from_str(&report.to_json(prog_base::Lang::En)).expect("a report");
            for (name, unit) in [("years", DurationUnit::Years), ("months", DurationUnit::Months), ("days", DurationUnit::Days)] {
                // A day at a time is slow across centuries.
                if unit == DurationUnit::Days && (a.parts().0 - b.parts().0).abs() > 100 {
                    continue;
                }
                let found = &report["values"][name]["value"];
                assert_eq!(*found, counted_up(*a, *b, unit), "{name} between ({a}, {b})");
                checked += 1;
            }
        }
    }
    assert!(checked > 9_000, "{checked}");
}
