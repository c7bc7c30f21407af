//! `--impact`: real cases under both versions, in words or as JSON.

use super::Version;
use super::view::{say, word};
use crate::shell::Shell;
use prog_base::{Lang, Text, text};
use prog_diff::{Impact, Outcome};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// Reads the cases, one a line, and evaluates them under both versions.
pub fn of_file(path: &Path, old: &Version, new: &Version) -> Result<Impact, Text> {
    let shown = path.display();
    let content = fs::read_to_string(path).map_err(|error| text!("读不了“{shown}”：{error}", "`{shown}` can't be read: {error}"))?;
    let mut lines = Vec::new();
    for (index, line) in content.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let number = index + 1;
        let value = serde_json::from_str(line)
            .map_err(|error| text!("“{shown}”第 {number} 行不是 JSON：{error}", "line {number} of `{shown}` is not JSON: {error}"))?;
        lines.push((number, value));
    }
    Ok(prog_diff::impact(&old.programme, &new.programme, &lines))
}

/// For people.
pub fn show(impact: &Impact, shell: &Shell) -> String {
    let lang = shell.lang;
    let ((worse, better), cases) = (impact.totals(), impact.cases);
    let mut out = match lang {
        Lang::Zh => format!("{cases} 份申报：{worse} 份变差，{better} 份变好，{} 份不变\n", cases - worse - better),
        Lang::En => format!("{cases} cases: {worse} worse off, {better} better off, {} unchanged\n", cases - worse - better),
    };
    for moved in &impact.moved {
        let name = moved.id.clone().unwrap_or_else(|| say(lang, "无编号", "no id").to_owned());
        let (was, is) = (told(&moved.before, lang), told(&moved.after, lang));
        out += &match lang {
            Lang::Zh => format!("  第 {} 行 {name}：{was} → {is}\n", moved.line),
            Lang::En => format!("  line {} {name}: {was} → {is}\n", moved.line),
        };
        let refused = impact.refused.iter().find(|(line, _)| *line == moved.line);
        out.extend(refused.map(|(_, reason)| format!("    {}\n", reason.get(lang))));
    }
    out
}

fn told(outcome: &Outcome, lang: Lang) -> String {
    let one = |(name, clauses): &(String, Vec<String>)| format!("{name} {}", clauses.join("、")).trim().to_owned();
    let by = outcome.by.iter().take(3).map(one).collect::<Vec<_>>().join(say(lang, "；", "; "));
    let result = word(outcome.word, lang);
    match (by.is_empty(), lang) {
        (true, _) => result.to_owned(),
        (false, Lang::Zh) => format!("{result}（{by}）"),
        (false, Lang::En) => format!("{result} ({by})"),
    }
}

/// For tools.
pub fn as_json(impact: &Impact) -> Value {
    let (worse, better) = impact.totals();
    let outcome =
        |o: &Outcome| json!({ "result": o.word, "by": o.by.iter().map(|(n, c)| json!({ "name": n, "clauses": c })).collect::<Vec<_>>() });
    let moved: Vec<Value> = impact
        .moved
        .iter()
        .map(|m| json!({ "line": m.line, "id": m.id, "loses": m.loses, "before": outcome(&m.before), "after": outcome(&m.after) }))
        .collect();
    json!({ "cases": impact.cases, "worse": worse, "better": better, "moved": moved })
}
