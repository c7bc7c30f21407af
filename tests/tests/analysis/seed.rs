//! Seeds as they are written.
//!
//! A `##` heading with the codes that the edit brings up; `in FOLDER` (of `programmes/`) or a `prog` block, the sound programme; `> words` of a
//! message, `shown: …` a line for the reader; `edit FILE [VARIANT]` blocks: what is replaced, `====`, by what (nothing above: at the file's end
//! but one brace). `case [VARIANT] [at STAGE] [closed] [batch]` blocks: cases (`6 {…}`: six of them; a fact that lists
//! values: one for each) or other lines of a batch, then `+` lines that
//! the report comes to and `-` lines that it does not. Variants are `faulty` (as a rule), `sound`, or the edits named so.

use prog_driver::world::Memory;
use prog_tests::root;
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Default)]
pub struct Seed {
    pub title: String,
    pub codes: Vec<String>,
    /// The folder of the programme; none: it is a small one of the seed's own.
    pub folder: String,
    small: String,
    edits: Vec<Edit>,
    pub words: Vec<String>,
    pub shown: String,
    pub witnesses: Vec<Witness>,
}

struct Edit {
    file: String,
    variant: String,
    from: String,
    to: String,
}

/// Cases, and what comes of them.
#[derive(Default)]
pub struct Witness {
    pub variant: String,
    pub at: Option<String>,
    pub closed: bool,
    pub batch: bool,
    cases: Vec<(usize, Value)>,
    pub says: Vec<String>,
    pub never: Vec<String>,
}

impl Witness {
    fn of(head: &str, body: &str) -> Self {
        let mut witness = Witness { variant: "faulty".to_owned(), ..Witness::default() };
        let mut words = head.split(' ').skip(1);
        while let Some(word) = words.next() {
            match word {
                "at" => witness.at = words.next().map(str::to_owned),
                "closed" => (witness.closed, witness.batch) = (true, true),
                "batch" => witness.batch = true,
                variant => witness.variant = variant.to_owned(),
            }
        }
        for line in body.lines() {
            match line.split_once(' ').unwrap_or(("", line)) {
                ("+", words) => witness.says.push(words.to_owned()),
                ("-", words) => witness.never.push(words.to_owned()),
                (count, case) if count.parse::<usize>().is_ok() => {
                    witness.cases.push((count.parse().expect("a number"), serde_json::from_str(case).expect("JSON")));
                }
                _one => {
                    let value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{line}: {e}"));
                    witness.cases.extend(each(value).into_iter().map(|case| (1, case)));
                }
            }
        }
        witness
    }

    /// The lines of a batch.
    pub fn lines(&self, programme: &str) -> Vec<Value> {
        let mut lines = Vec::new();
        for (count, value) in &self.cases {
            for _ in 0..*count {
                let mut line = if value.get("track").is_some() { json!({ "case": value }) } else { value.clone() };
                if let Some(case) = line.get_mut("case") {
                    case["programme"] = json!(programme);
                    if case.get("id").is_none() {
                        case["id"] = json!(format!("c{}", lines.len() + 1));
                    }
                }
                lines.push(line);
            }
        }
        lines
    }
}

/// A case for each value of every fact that lists several.
fn each(case: Value) -> Vec<Value> {
    let listed = case["facts"].as_object().into_iter().flatten().find(|(_, value)| value.is_array());
    let Some((key, values)) = listed.map(|(key, values)| (key.clone(), values.as_array().cloned().unwrap_or_default())) else {
        return vec![case];
    };
    let with = |value: Value| {
        let mut one = case.clone();
        one["facts"][&key] = value;
        each(one)
    };
    values.into_iter().flat_map(with).collect()
}

impl Seed {
    /// The programme's files under `p`, with the edits of a variant.
    pub fn world(&self, variant: &str) -> Memory {
        let mut files: BTreeMap<String, String> = BTreeMap::new();
        if self.folder.is_empty() {
            files.insert("programme.prog".to_owned(), self.small.clone());
        } else {
            for entry in std::fs::read_dir(root().join("programmes").join(&self.folder)).expect("a programme") {
                let path = entry.expect("a file").path();
                let name = path.file_name().expect("a name").to_string_lossy().into_owned();
                files.insert(name, std::fs::read_to_string(&path).expect("a text"));
            }
        }
        for edit in self.edits.iter().filter(|e| e.variant == variant) {
            let text = files.get_mut(&edit.file).unwrap_or_else(|| panic!("{}: {}", self.title, edit.file));
            if edit.from.is_empty() {
                let end = text.trim_end().len();
                let end = if text.contains("\nprogramme ") || text.starts_with("programme ") || text.contains("\n方案 ") {
                    end - 1
                } else {
                    end
                };
                text.insert_str(end, &format!("\n{}\n", edit.to));
            } else {
                assert!(text.contains(&edit.from), "{}: {} holds\n{}", self.title, edit.file, edit.from);
                *text = text.replace(&edit.from, &edit.to);
            }
        }
        Memory::new(files.into_iter().map(|(name, text)| (format!("p/{name}"), text)))
    }

    fn block(&mut self, head: &str, body: &str) {
        let words: Vec<&str> = head.split(' ').collect();
        match words.as_slice() {
            ["prog"] => self.small = body.to_owned(),
            ["edit", file, variant @ ..] => {
                let (from, to) = body.split_once("====\n").unwrap_or_else(|| panic!("{}: an edit has a line ====", self.title));
                let variant = variant.first().unwrap_or(&"faulty");
                let [from, to] = [from, to].map(|text| text.trim_end_matches('\n').to_owned());
                self.edits.push(Edit { file: (*file).to_owned(), variant: (*variant).to_owned(), from, to });
            }
            ["case", ..] => self.witnesses.push(Witness::of(head, body)),
            _other => panic!("{}: a block `{head}`", self.title),
        }
    }
}

/// The seeds of a file.
pub fn read(file: &str) -> Vec<Seed> {
    let text = std::fs::read_to_string(root().join("tests/tests/analysis").join(file)).expect("seeds");
    let mut seeds: Vec<Seed> = Vec::new();
    let mut block: Option<(String, String)> = None;
    for line in text.lines() {
        match (&mut block, seeds.last_mut()) {
            (Some((head, body)), Some(seed)) if line == "```" => {
                seed.block(head, body);
                block = None;
            }
            (Some((_, body)), _) => {
                body.push_str(line);
                body.push('\n');
            }
            (None, Some(_)) if line.starts_with("```") => block = Some((line[3..].to_owned(), String::new())),
            (None, last) => match (line.split_once(' '), last) {
                (Some(("##", heading)), _) => {
                    let (title, codes) = heading.rsplit_once(": ").expect("codes after a colon");
                    let mut codes: Vec<String> = codes.split(' ').map(str::to_owned).collect();
                    codes.sort_unstable();
                    seeds.push(Seed { title: title.to_owned(), codes, ..Seed::default() });
                }
                (Some(("in", folder)), Some(seed)) => seed.folder = folder.to_owned(),
                (Some((">", words)), Some(seed)) => seed.words.push(words.to_owned()),
                (Some(("shown:", words)), Some(seed)) => seed.shown = words.to_owned(),
                _text => {}
            },
        }
    }
    seeds
}

/// A case's report in short: `RULE RESULT (PROBLEM)`, what is due `later`, where it stands, its values.
pub fn of_case(report: &str) -> Vec<String> {
    let report: Value = serde_json::from_str(report).expect("JSON");
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let mut lines = Vec::new();
    for (place, list) in [("", "findings"), ("later ", "later")] {
        for finding in report[list].as_array().into_iter().flatten() {
            let problem = finding.get("problem").map_or_else(String::new, |problem| format!(" ({})", text(problem)));
            lines.push(format!("{place}{} {}{problem}", text(&finding["rule"]), text(&finding["result"])));
        }
    }
    if let Some(places) = report["status"].as_array() {
        lines.extend(places.iter().map(|at| match at["ended"] == json!(true) {
            true => format!("ended {} at {}", text(&at["result"]), text(&at["stage"])),
            false => format!("stands at {}", text(&at["stage"])),
        }));
        lines.extend(places.is_empty().then(|| "stands nowhere".to_owned()));
    }
    for (name, value) in report["values"].as_object().into_iter().flatten() {
        let known = value.get("value").filter(|n| !n.is_null());
        lines.push(known.map_or_else(|| format!("value {name} unknown"), |n| format!("value {name} = {}", text(n))));
    }
    lines
}

/// What a batch comes to in short: `QUOTA KEYS RESULT VALUE of LIMIT`.
pub fn of_batch(report: &str) -> Vec<String> {
    let report: Value = serde_json::from_str(report).expect("JSON");
    let one = |finding: &Value| {
        let keys = finding["key"].as_object().into_iter().flatten().map(|(_, key)| key.as_str().unwrap_or_default());
        let words = [finding["rule"].as_str().unwrap_or_default()].into_iter().chain(keys).chain(finding["result"].as_str());
        let line = words.collect::<Vec<_>>().join(" ");
        match (&finding["value"], &finding["limit"]) {
            (Value::Number(value), Value::Number(limit)) => format!("{line} {value} of {limit}"),
            _open => line,
        }
    };
    report["findings"].as_array().into_iter().flatten().map(one).collect()
}
