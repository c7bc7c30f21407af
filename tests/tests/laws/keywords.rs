//! The keyword table, the grammar and the language reference say the same words.

use prog_tests::root;
use std::collections::BTreeSet;

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).expect(path)
}

#[test]
fn table_grammar_and_reference_are_in_step() {
    let (table, grammar, reference) = (read("grammar/keywords.tsv"), read("grammar/prog.pest"), read("docs/language.md"));
    let mut rules = BTreeSet::new();
    let mut missing = Vec::new();
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let rule = cells[0];
        rules.insert(rule.to_owned());
        // Stated by the table, used by a rule of the grammar besides its own line; these two kinds are names to the grammar.
        if !matches!(cells[1], "reading-name" | "entry") && grammar.matches(rule).count() < 2 {
            missing.push(format!("the grammar does not use {rule}"));
        }
        let words = cells.iter().skip(2).take(4).flat_map(|c| c.split('|')).filter(|w| !w.is_empty());
        for word in words.filter(|w| !reference.contains(&format!("`{w}`"))) {
            missing.push(format!("the reference does not say `{word}` ({rule})"));
        }
    }
    for word in grammar.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).filter(|w| w.starts_with("kw_")) {
        if !rules.contains(word) {
            missing.push(format!("{word} of the grammar is not in the table"));
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}
