//! Nothing of a printed form is missing: each of its elements is on the page, under a name that says which it is.
//!
//! In: `tests/acceptance/elements.tsv`: form, kind, words, options. Held of each row: a control of that kind that no row before
//! took has all the words in its accessible name, and offers the options; what is only printed stands on the page.

use super::compile;
use crate::emit::tools::node;
use prog_emit::Target;
use prog_tests::root;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Forms, and how many elements are printed.
const FORMS: [(&str, usize); 3] = [("moe-2019/report", 77), ("zhejiang-2019/application", 35), ("zhejiang-2019/list", 19)];

#[test]
fn every_printed_element_is_on_the_page_by_its_name() {
    let table = std::fs::read_to_string(root().join("tests/acceptance/elements.tsv")).expect("the table");
    let mut forms: BTreeMap<&str, Vec<Vec<&str>>> = BTreeMap::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        forms.entry(cells[0]).or_default().push(cells[1..].to_vec());
    }
    let mut faults = Vec::new();
    for (form, count) in FORMS {
        let printed = &forms[form];
        assert_eq!(printed.len(), count, "{form}");
        let mut page = Page::of(form);
        faults.extend(printed.iter().filter(|row| !page.has(row)).map(|row| format!("{form}: {}", row.join(" | "))));
    }
    assert!(faults.is_empty(), "{} missing:\n{}", faults.len(), faults.join("\n"));
}

/// What a page asks and has not been found to be printed yet.
struct Page {
    asked: Vec<Value>,
    text: String,
    /// Columns of the first row of a summary.
    columns: usize,
}

impl Page {
    fn of(form: &str) -> Self {
        let (folder, name) = form.split_once('/').expect("a folder and a form");
        let programme = compile(&format!("programmes/{folder}"), &[]).0.expect("a model");
        let files = prog_emit::emit(&programme, &[Target::Forms]).expect("files");
        let file = files.into_iter().find(|f| f.path == format!("forms/{name}.html")).expect("the page");
        let html = String::from_utf8(file.bytes).expect("UTF-8");
        let answer: Value = serde_json::from_str(&node("names.mjs", &json!([[form, html]]).to_string())).expect("JSON");
        let text = answer[0]["text"].as_str().expect("a text").to_owned();
        let asked = answer[0]["asked"].as_array().expect("controls").clone();
        let cells: BTreeSet<&str> = asked.iter().filter_map(|c| c["at"].as_str()?.strip_prefix("/package/summary/0/")).collect();
        let columns = cells.into_iter().filter(|cell| *cell != "case").count();
        Self { asked, text, columns }
    }

    fn has(&mut self, row: &[&str]) -> bool {
        let (kind, words) = (row[0], row[1]);
        let options: Vec<&str> = row.get(2).map(|list| list.split('、').collect()).unwrap_or_default();
        match kind {
            "static" => words.split(' ').all(|word| self.text.contains(word)),
            "rows" => words.split(' ').all(|word| self.text.contains(word)) && options == [self.columns.to_string()],
            _control => words.split(" + ").enumerate().all(|(place, words)| {
                let kind = if place == 0 { kind } else { "seal" };
                self.take(kind, words, &options)
            }),
        }
    }

    fn take(&mut self, kind: &str, words: &str, options: &[&str]) -> bool {
        let controls: &[&str] = match kind {
            "tel" | "email" | "url" | "date" | "file" => &[kind],
            "longtext" => &["textarea"],
            "choice1" => &["radio", "select"],
            "seal" => &["checkbox", "radio"],
            _typed => &["text"],
        };
        let fits = |control: &Value| {
            let name = control["name"].as_str().unwrap_or("");
            let offered = control["options"].as_array().map(Vec::as_slice).unwrap_or_default();
            controls.iter().any(|kind| control["kind"] == *kind)
                && words.split(' ').all(|word| name.contains(word))
                && options.iter().all(|option| offered.iter().any(|o| o == option))
        };
        let found = self.asked.iter().position(fits);
        found.map(|at| self.asked.remove(at)).is_some()
    }
}
