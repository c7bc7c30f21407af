//! Snippets of the language with the diagnostics they must give: data in `cases/*.md`.
//!
//! A case is a `##` heading that ends with the codes expected (`## title: P0203 P0203`), lines `> words` that some message,
//! label or help must hold, a `prog` block (put into a programme unless it declares one), any number of `csv NAME` blocks and of
//! `module PATH` blocks; `case` blocks are for whoever runs them (tests/tests/workflow). What is declared but never used (P0114) or makes no
//! difference (P0316, P0714, P0715) is passed over unless it is expected.

mod proofs;
mod tracks;

use prog_base::{Diagnostic, Source, SourceMap};
use std::collections::BTreeMap;
use std::path::Path;

struct Case {
    title: String,
    codes: Vec<String>,
    words: Vec<String>,
    source: String,
    data: BTreeMap<String, String>,
    modules: BTreeMap<String, String>,
}

fn cases(text: &str) -> Vec<Case> {
    let mut list: Vec<Case> = Vec::new();
    let mut block: Option<(String, String)> = None;
    for line in text.lines() {
        match &mut block {
            Some((kind, body)) if line.starts_with("```") => {
                if let Some(case) = list.last_mut() {
                    match kind.split_once(' ') {
                        Some(("csv", name)) => drop(case.data.insert(name.to_owned(), body.clone())),
                        Some(("case", _)) => {}
                        Some((_, name)) => drop(case.modules.insert(name.to_owned(), body.clone())),
                        None => case.source = body.clone(),
                    }
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
                    let (title, codes) = heading.rsplit_once(':').unwrap_or((heading, ""));
                    let codes = codes.split_whitespace().map(str::to_owned).collect();
                    list.push(Case {
                        title: title.to_owned(),
                        codes,
                        words: Vec::new(),
                        source: String::new(),
                        data: BTreeMap::new(),
                        modules: BTreeMap::new(),
                    });
                } else if let (Some(word), Some(case)) = (line.strip_prefix("> "), list.last_mut()) {
                    case.words.push(word.trim().to_owned());
                }
            }
        }
    }
    list
}

fn check(case: &Case) -> Result<(), String> {
    let source =
        if case.source.contains("programme ") { case.source.clone() } else { format!("programme t \"t\" {{\n{}}}\n", case.source) };
    let mut sources = SourceMap::default();
    let id = sources.add(Source::new("t.prog", source.as_str()));
    let parse = prog_syntax::parse(id, &source);
    let data = |name: &str| case.data.get(name).cloned();
    let modules: Vec<(String, prog_syntax::Parse)> = case
        .modules
        .iter()
        .map(|(path, text)| (path.clone(), prog_syntax::parse(sources.add(Source::new(path.as_str(), text.as_str())), text)))
        .collect();
    let modules = modules.iter().map(|(path, parse)| (path.clone(), &parse.ast)).collect();
    let inputs = prog_model::Inputs {
        files: vec![(id, &parse.ast)],
        bases: Vec::new(),
        modules,
        sources: &sources,
        notice: case.data.get("notice.txt").map(String::as_str),
        data: &data,
        library: &|name| (name == "万元").then(|| "cn.units".to_owned()),
    };
    let found = prog_model::analyse(&inputs);
    let all: Vec<&Diagnostic> = parse.diagnostics.iter().chain(&found.diagnostics).collect();
    // Snippets declare more than they use, and say the same in several ways.
    let unused = |c: &&str| !["P0114", "P0316", "P0714", "P0715"].contains(c) || case.codes.iter().any(|w| w == c);
    let mut codes: Vec<&str> = all.iter().map(|d| d.code.0).filter(unused).collect();
    codes.sort_unstable();
    let mut wanted: Vec<&str> = case.codes.iter().map(String::as_str).collect();
    wanted.sort_unstable();
    let told: Vec<String> = all.iter().map(|d| show(d, &sources)).collect();
    if codes != wanted {
        return Err(format!("wanted {wanted:?}\n{}", told.join("\n")));
    }
    match case.words.iter().find(|w| !told.iter().any(|t| t.contains(w.as_str()))) {
        Some(word) => Err(format!("nobody says `{word}`:\n{}", told.join("\n"))),
        None => Ok(()),
    }
}

fn show(d: &Diagnostic, sources: &SourceMap) -> String {
    let labels = d.labels.iter().map(|l| {
        let at = sources.get(l.span.file).position(l.span.start as usize);
        format!("      {}:{} `{}` {} / {}", at.line, at.column, sources.slice(l.span), l.text.zh, l.text.en)
    });
    let help = d.help.iter().map(|h| format!("      help: {} / {}", h.zh, h.en));
    let fix = d.fix.iter().map(|f| format!("      fix: {:?}", f.edits.iter().map(|e| e.text.as_str()).collect::<Vec<_>>()));
    let lines: Vec<String> = labels.chain(help).chain(fix).collect();
    format!("   {} {} / {}\n{}", d.code.0, d.message.zh, d.message.en, lines.join("\n"))
}

#[test]
fn snippets_give_the_diagnostics_they_promise() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let mut failures = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for case in cases(&text) {
            if let Err(why) = check(&case) {
                failures.push(format!("{}: {}\n   {why}", file.file_name().unwrap().to_string_lossy(), case.title));
            }
        }
    }
    assert!(failures.is_empty(), "{} failed\n\n{}", failures.len(), failures.join("\n\n"));
}
