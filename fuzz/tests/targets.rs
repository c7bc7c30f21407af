//! Two targets: the parser answers every text, evaluation answers every case.

use bolero::check;
use prog_base::{FileId, Lang};
use prog_driver::world::Memory;
use prog_driver::{Session, UnitKind};
use prog_eval::{On, Options, Prepared};
use prog_fuzz::{Edit, damage, time};
use prog_model::Programme;
use std::path::Path;

const PROGRAMME: &str = include_str!("../../programmes/heilongjiang-2024/programme.prog");
const WORKFLOW: &str = include_str!("../../programmes/heilongjiang-2024/workflow.prog");
const SCENARIOS: &str = include_str!("../../programmes/heilongjiang-2024/scenarios.prog");
const FORM: &str = include_str!("../../programmes/moe-2019/form.prog");

/// What faults are made of.
const WORDS: &[&str] = &[
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "\"",
    "“",
    "”",
    "`",
    "「",
    "\n",
    "\r\n",
    ":",
    "：",
    "->",
    "|",
    ",",
    "、",
    "//",
    "///",
    "-",
    "4",
    "４０",
    "%",
    "\0",
    "\u{202E}",
    "\u{FEFF}",
    "é",
    "e\u{301}",
    "2024-02-30",
    "2024年4月22日",
    " at ",
    " 于 ",
    " per ",
    " where ",
    " and ",
    " or ",
    " track A ",
    " 类别 ",
    " quota ",
    " 名额 ",
    " one of { ",
    " table T by x { ",
    " at least 2 of { ",
    " otherwise ",
    " unknown ",
    " as of ",
];

/// What cases are spoilt with.
const VALUES: &[&str] = &[
    "null",
    "true",
    "{}",
    "[]",
    "\"\"",
    "-0",
    "1e400",
    "0.1",
    "9007199254740993",
    "\"哈尔滨\"",
    "\"\\ud800\"",
    ",",
    ":",
    "{\"",
    "]",
    "\"events\":[",
    "2024-02-30",
    "2024-04-22T24:00:00+08:00",
    "\u{FEFF}",
    "99999999999999999999999999",
];

const CASE: &str = r#"{"programme":"heilongjiang_2024","id":"1","track":"示范区","facts":{"市地":"哈尔滨","单位类型":"县级教育局","是否边境县":true,"建设月数":24},
"attested":{"协同应用":{"value":true},"归口部门":{"value":false,"evidence":"x"}},"judgements":{"管理体制":{"value":true,"by":"专家组","at":"2024-05-01T09:00:00+08:00"}},
"reasons":{"申报主体":"省里批准"},"materials":{"申报书":[{"format":"word","sealed":false},{"format":"pdf","sealed":true}]},
"events":[{"stage":"填报","outcome":"提交","at":"2024-03-20"},{"stage":"市级报送","outcome":"报送","by":"市地教育局","at":"2024-04-22","channel":"email"}]}"#;

#[test]
fn parsing_answers_every_text() {
    let seeds = [PROGRAMME, WORKFLOW, SCENARIOS, FORM];
    check!().with_test_time(time()).with_type::<(u8, Vec<Edit>)>().for_each(|(seed, edits)| {
        let text = damage(seeds[usize::from(*seed) % seeds.len()], edits, WORDS);
        let parse = prog_syntax::parse(FileId(0), &text);
        for diagnostic in &parse.diagnostics {
            assert!(!diagnostic.message.zh.is_empty() && !diagnostic.message.en.is_empty());
            for label in &diagnostic.labels {
                assert!(text.get(label.span.start as usize..label.span.end as usize).is_some(), "a label inside a character");
            }
        }
    });
}

#[test]
fn evaluation_answers_every_case() {
    let programme = heilongjiang();
    let prepared = Prepared::new(&programme);
    let stages: Vec<_> = programme.workflows.iter().flat_map(|w| w.stages.iter().map(|s| s.id)).collect();
    check!().with_test_time(time()).with_type::<(u8, Vec<Edit>)>().for_each(|(stage, edits)| {
        let text = damage(CASE, edits, VALUES);
        let at = stages.get(usize::from(*stage)).copied();
        let on = On::Day(prog_base::Date::new(2024, 4, 23).expect("a day"));
        let options = Options { at, on: at.map(|_| on), lang: Lang::Zh, ..Options::default() };
        if let Ok(case) = prepared.read_case(&text) {
            let first = prepared.evaluate(&case, &options).to_json(Lang::Zh);
            assert_eq!(first, prepared.evaluate(&case, &options).to_json(Lang::Zh), "twice the same");
        }
        let line = format!("{{\"case\":{}}}", text.replace('\n', " "));
        if let Ok(batch) = prepared.read_batch(&line) {
            let _ = prepared.evaluate_batch(&batch, &options);
        }
    });
}

/// The programme of this repository, compiled without touching the disk.
fn heilongjiang() -> Programme {
    let files = [
        ("p/programme.prog", PROGRAMME),
        ("p/workflow.prog", WORKFLOW),
        ("p/duties.prog", include_str!("../../programmes/heilongjiang-2024/duties.prog")),
    ];
    let world = Memory::new(files);
    let mut session = Session::new(&world);
    let units = session.load(Path::new("p"));
    let unit = units.iter().find(|u| u.kind == UnitKind::Programme).expect("a programme");
    let compiled = session.compile(unit, None);
    assert!(compiled.sound, "{:?}", session.errors().first());
    compiled.programme.expect("a programme")
}
