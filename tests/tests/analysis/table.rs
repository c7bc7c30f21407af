//! The table of seeds in `docs/analysis.md`.

use super::{compile, seed};
use prog_tests::root;

const FILES: [(&str, &str); 3] = [("workflow.md", "W"), ("quotas.md", "Q"), ("rules.md", "R")];

/// A row a seed: its number, what was done to which programme, the code, what is then told, what shows it.
fn rows() -> String {
    let mut text = String::from("| | seeded fault | in | told | shown by |\n| --- | --- | --- | --- | --- |\n");
    for (file, letter) in FILES {
        for (at, seed) in seed::read(file).iter().enumerate() {
            let said = compile(seed, "faulty").1;
            // The message in the seed's own words, where it names some.
            let own = said.iter().filter(|d| seed.codes.iter().any(|c| c == d.code.0));
            let holds = |m: &str| seed.words.iter().any(|w| m.contains(w.as_str()));
            let first = own.clone().find(|d| holds(&d.message.en) || holds(&d.message.zh)).or_else(|| own.clone().next());
            let told = first.map_or_else(String::new, |d| format!("{}: {}", d.code.0, d.message.en.replace('|', "\\|")));
            let place = if seed.folder.is_empty() { "a small programme" } else { &seed.folder };
            text += &format!("| {letter}{} | {} | {place} | {told} | {} |\n", at + 1, seed.title, seed.shown);
        }
    }
    text
}

#[test]
fn the_documents_list_every_seed() {
    let path = root().join("docs/analysis.md");
    let text = std::fs::read_to_string(&path).expect("the page");
    let (before, rest) = text.split_once("<!-- seeds -->\n").expect("where the table begins");
    let (table, after) = rest.split_once("<!-- /seeds -->").expect("where it ends");
    let rows = rows();
    if std::env::var_os("UPDATE_SEEDS").is_some() {
        std::fs::write(&path, format!("{before}<!-- seeds -->\n{rows}<!-- /seeds -->{after}")).expect("it can be written");
        return;
    }
    assert_eq!(table, rows, "UPDATE_SEEDS=1 writes the table anew");
}
