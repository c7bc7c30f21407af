//! Schemas and evaluator judge alike (semantics 5.1), whatever stands at whatever place.
//!
//! A case schema is invalid exactly where the strict reader refuses; a form schema is invalid exactly where the report holds a finding
//! that the schema says it carries.

use super::{KITCHEN, compile, files, sources, tools};
use prog_emit::Target;
use prog_eval::{Options, Prepared};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A case in which nothing is wrong with the form.
fn good() -> Value {
    json!({
        "programme": "kitchen", "track": "village", "id": "A",
        "form": { "application": {
            "applicant": "甲村", "filed_on": "2031-03-01", "county": "east", "seats": 30, "area": "12.5",
            "readers": { "children": 3, "adults": 4 },
            "hours": { "平日": { "morning": 3, "afternoon": 4 }, "周末": { "morning": 1, "afternoon": 2 } },
            "own": "3.00", "share": "20.5", "public": true, "opened": "2030-01", "services": ["lending"], "built": 2001,
            "postcode": "150001", "email": "a@b.cn", "head": { "name": "张", "mobile": "13800138000" },
            "books": [{ "title": "书", "copies": 2 }], "summary": "简介",
            "county_opinion": { "text": "同意", "signature": "王", "date": "2031-04-02", "seal": true }
        } },
        "facts": { "people": 600 },
        "attested": { "owned": { "value": true, "evidence": "证" }, "events": { "value": false } },
        "judgements": { "visit": { "value": "7.5", "by": "专家组", "at": "2031-05-01", "reason": "好" }, "collection": { "value": true } },
        "external": { "listed": { "value": true, "as_of": "2031-03-01", "evidence": "名册" } },
        "reasons": { "enough_people": "" },
        "materials": { "照片": [{ "format": "jpg" }, { "format": "pdf", "sealed": true }] },
        "events": [{ "stage": "填报", "outcome": "提交", "by": "甲", "at": "2031-03-01", "channel": "邮寄" }]
    })
}

/// What may be put anywhere.
fn values() -> Vec<Value> {
    let mut values: Vec<Value> = [
        "null",
        "true",
        "false",
        "0",
        "1",
        "-1",
        "20",
        "500",
        "501",
        "3.5",
        "1e3",
        "9999",
        "10000",
        "9007199254740991",
        "9007199254740992",
        r#""""#,
        r#"" \u3000""#,
        r#""x""#,
        r#""12""#,
        r#""-12.5""#,
        r#""12.55""#,
        r#""012.5""#,
        r#""12.""#,
        r#""1e3""#,
        r#""１２""#,
        r#""12345678901234567.5""#,
        r#""123456789012345678.5""#,
        r#""2031-02-28""#,
        r#""2031-02-29""#,
        r#""2032-02-29""#,
        r#""2031-2-3""#,
        r#""2031-02""#,
        r#""2031-13""#,
        r#""east""#,
        r#""东县""#,
        r#""first""#,
        r#""一级""#,
        r#""13800138000""#,
        r#""12800138000""#,
        r#""0451-82353821""#,
        r#""0451--82353821""#,
        r#""150001""#,
        r#""15000""#,
        r#""a@b.cn""#,
        r#""a@b""#,
        r#""a b@c.cn""#,
        r#""https://x.cn/a""#,
        r#""ftp://x.cn""#,
        "[]",
        "[null]",
        r#"["lending"]"#,
        r#"["lending","lending","talks","training"]"#,
        r#"["lending","x"]"#,
        r#"[1]"#,
        "{}",
        r#"{"x":1}"#,
        r#"{"name":"a.png"}"#,
        r#"{"name":"a.PNG","size":3,"sealed":true}"#,
        r#"{"name":"a.exe"}"#,
        r#"{"name":"png"}"#,
        r#"{"name":" "}"#,
        r#"{"size":1}"#,
        r#"{"name":"a.jpg","size":-1}"#,
        r#"{"name":"张","mobile":"13800138000","fax":""}"#,
        r#"{"name":"张"}"#,
        r#"{"name":"张","mobile":"1"}"#,
        r#"{"name":null,"fax":" "}"#,
        r#"{"fax":"0451-82353821"}"#,
        "[{}]",
        r#"[{"title":"a","copies":1},{"title":"b","copies":0,"bought":"2031-02-30"}]"#,
        r#"[{"title":"a","copies":1,"bought":null}]"#,
        r#"[{"title":"a"}]"#,
        r#"[{"title":"a","copies":-1}]"#,
        r#"[{"title":"a","copies":"1"}]"#,
    ]
    .iter()
    .map(|text| serde_json::from_str(text).expect("JSON"))
    .collect();
    values.push(Value::Array(vec![json!({ "title": "a", "copies": 1 }); 6]));
    values
}

/// Every place of a value, those of its members first.
fn places(value: &Value, at: &str, into: &mut Vec<String>) {
    let step = |key: &str| format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
    match value {
        Value::Object(members) => members.iter().for_each(|(key, member)| places(member, &step(key), into)),
        Value::Array(items) => items.iter().enumerate().for_each(|(i, item)| places(item, &step(&i.to_string()), into)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    if !at.is_empty() {
        into.push(at.to_owned());
    }
}

/// The good case with one change each: every value at every place, every member left out, unknown members, pairs of guarded fields.
fn samples() -> Vec<Value> {
    let good = good();
    let mut at = Vec::new();
    places(&good, "", &mut at);
    let form = "/form/application";
    at.extend(["deputy", "grade", "site", "picture", "closed"].map(|key| format!("{form}/{key}")));
    at.extend(["head/fax", "books/0/bought", "readers/合计", "nothing"].map(|key| format!("{form}/{key}")));
    at.extend(["/version", "/withdrawn", "/form/promise", "/facts/x", "/attested/x", "/reasons/x", "/reasons/special"].map(str::to_owned));
    at.extend(["/materials/x", "/judgements/owned", "/external/listed/x", "/x", "/materials/县汇总"].map(str::to_owned));
    let mut samples = vec![good.clone()];
    // Not tried: `null` under a name that is not known, which readers take as nothing there and no schema can.
    let unknown = |place: &str| good.pointer(place).is_none() && !place.contains("application") || place.ends_with("nothing");
    for place in &at {
        let values = values().into_iter().filter(|value| !value.is_null() || !unknown(place));
        samples.extend(values.map(|value| with(&good, place, Some(value))));
        samples.push(with(&good, place, None));
    }
    for public in [json!(true), json!(false), json!(null), json!("x")] {
        for opened in [None, Some(json!("2030-01")), Some(json!("")), Some(json!("2030"))] {
            for closed in [None, Some(json!("修缮")), Some(json!(" ")), Some(json!(null))] {
                let case = with(&good, &format!("{form}/public"), Some(public.clone()));
                let case = with(&case, &format!("{form}/opened"), opened.clone());
                samples.push(with(&case, &format!("{form}/closed"), closed));
            }
        }
    }
    samples
}

/// The case with this value at this place, or with nothing there.
fn with(case: &Value, place: &str, value: Option<Value>) -> Value {
    let mut case = case.clone();
    let (parent, key) = place.rsplit_once('/').expect("a place");
    let key = key.replace("~1", "/").replace("~0", "~");
    match (case.pointer_mut(parent), value) {
        (Some(Value::Object(members)), Some(value)) => drop(members.insert(key, value)),
        (Some(Value::Object(members)), None) => drop(members.remove(&key)),
        (Some(Value::Array(items)), value) => items[key.parse::<usize>().expect("an index")] = value.unwrap_or_default(),
        (_, _) => panic!("{place}"),
    }
    case
}

/// What the form schema says it can't carry, as path and problem, and what it can.
struct Carried {
    problems: BTreeSet<String>,
    missed: BTreeSet<(String, String)>,
}

impl Carried {
    fn of(schema: &str) -> Self {
        let schema: Value = serde_json::from_str(schema).expect("JSON");
        let said: Value = serde_json::from_str(schema["$comment"].as_str().expect("a comment")).expect("JSON");
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let problems = said["x-prog"]["carries"].as_array().expect("problems").iter().map(text).collect();
        let missed = said["x-prog"]["not_carried"].as_array().expect("problems").iter();
        Self { problems, missed: missed.map(|m| (text(&m["path"]), text(&m["problem"]))).collect() }
    }

    /// Whether a finding is one that the schema stands for.
    fn holds(&self, finding: &Value) -> bool {
        let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
        let (path, problem) = (text("path"), text("problem"));
        // Items of lists are named `-` in the schema.
        let general: Vec<&str> =
            path.split('/').map(|s| if !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit()) { "-" } else { s }).collect();
        finding["kind"] == "field"
            && finding["strength"] == "complete"
            && path.starts_with("/form/application")
            && self.problems.contains(&problem)
            && !self.missed.contains(&(general.join("/"), problem))
    }
}

#[test]
fn semantics_5_1_schemas_and_evaluation_judge_alike() {
    let programme = compile(KITCHEN);
    let files = files(&programme, &[Target::Schema]);
    let (case_schema, form_schema) = (&files["schema/village.case.schema.json"], &files["schema/application.schema.json"]);
    let carried = Carried::of(form_schema);
    let prepared = Prepared::new(&programme);
    let options = Options { alternatives: false, ..Options::default() };
    let untouched = good().pointer("/form/application").cloned();
    let schemas: String = [case_schema, form_schema].map(|text| format!("{}\n", json!({ "schema": text }))).concat();
    let (mut lines, mut expected) = (Vec::new(), Vec::new());
    let samples = samples();
    for sample in &samples {
        let text = sample.to_string();
        lines.push(format!("{}\n", json!({ "use": 0, "instance": text })));
        let case = prepared.read_case(&text);
        expected.push((case.is_ok(), sample, String::new()));
        // A form that is not an object is refused; there is nothing to find in it.
        let form = sample.pointer("/form/application").filter(|form| form.is_object() && Some(*form) != untouched.as_ref());
        if let (Ok(case), Some(form)) = (case, form) {
            let report = prepared.evaluate(&case, &options).to_json(options.lang);
            let report: Value = serde_json::from_str(&report).expect("a report");
            let finding = report["findings"].as_array().expect("findings").iter().find(|f| carried.holds(f));
            lines.push(format!("{}\n", json!({ "use": 1, "instance": form.to_string() })));
            expected.push((finding.is_none(), sample, finding.map(Value::to_string).unwrap_or_default()));
        }
    }
    assert!(expected.len() > 5_000, "{}", expected.len());
    // The second validator is some twenty times slower: it sees every ninth.
    for (name, run, step) in [("ajv.mjs", tools::node as fn(&str, &str) -> String, 1), ("schemas.py", tools::python, 9)] {
        let answers = run(name, &(schemas.clone() + &lines.iter().step_by(step).cloned().collect::<String>()));
        let pairs = answers.lines().skip(2).zip(expected.iter().step_by(step));
        let wrong = pairs.filter(|(got, (valid, _, _))| *got != valid.to_string());
        let wrong: Vec<String> = wrong.map(|(got, (_, sample, why))| format!("{got}: {} {why}", changed(sample))).collect();
        assert!(wrong.is_empty(), "{name}: {} of {}: {:#?}", wrong.len(), expected.len(), &wrong[..wrong.len().min(20)]);
    }
}

/// The members in which a sample is not the good case, for messages.
fn changed(sample: &Value) -> String {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    places(sample, "", &mut ours);
    places(&good(), "", &mut theirs);
    ours.extend(theirs);
    ours.sort_by_key(|place| std::cmp::Reverse(place.len()));
    let good = good();
    let differs = |place: &&String| sample.pointer(place) != good.pointer(place);
    ours.iter().find(differs).map_or("nothing".to_owned(), |p| format!("{p} = {}", sample.pointer(p).unwrap_or(&json!("left out"))))
}

#[test]
fn every_schema_passes_the_metaschema_and_strict_mode() {
    for (name, source) in sources() {
        let files = files(&compile(&source), &[Target::Model, Target::Schema]);
        let schemas: Vec<&String> = files.iter().filter(|(path, _)| path.ends_with(".schema.json")).map(|(_, text)| text).collect();
        assert!(schemas.len() > 5, "{name}");
        let model = files.keys().filter(|path| path.ends_with(".schema.json")).position(|path| path == "programme.schema.json");
        let mut lines: String = schemas.iter().map(|text| format!("{}\n", json!({ "schema": text }))).collect();
        lines.push_str(&format!("{}\n", json!({ "use": model, "instance": files["programme.json"] })));
        for answers in [tools::node("ajv.mjs", &lines), tools::python("schemas.py", &lines)] {
            assert_eq!(answers.lines().last(), Some("true"), "{name}: programme.json does not fit its schema");
        }
    }
}

#[test]
fn reports_fit_their_schema() {
    let programme = compile(KITCHEN);
    let schema = &files(&programme, &[Target::Schema])["schema/report.schema.json"];
    let mut lines = format!("{}\n", json!({ "schema": schema }));
    let mut count = 0;
    let prepared = Prepared::new(&programme);
    for sample in samples().iter().step_by(7) {
        if let Ok(case) = prepared.read_case(&sample.to_string()) {
            let report = prepared.evaluate(&case, &Options::default()).to_json(Options::default().lang);
            lines.push_str(&format!("{}\n", json!({ "use": 0, "instance": report })));
            count += 1;
        }
    }
    assert!(count > 200, "{count}");
    for answers in [tools::node("ajv.mjs", &lines), tools::python("schemas.py", &lines)] {
        assert_eq!(answers.lines().skip(1).filter(|a| *a == "true").count(), count);
    }
}
