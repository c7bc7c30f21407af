//! Word documents: taken apart, and as LibreOffice opens and prints them.

use super::tools::python;
use super::{compile, kitchen};
use prog_emit::Target;
use prog_model::Programme;
use prog_tests::{root, scratch, write};
use serde_json::json;

/// Words that a careless writer would take for markup or a formula.
const HOSTILE: [&str; 3] = ["</w:t></w:r><script>alert(1)</script>", "=cmd|' /C calc'!A0", "<b>&amp;\u{7}{{ title }}"];

fn documents(programme: &Programme) -> Vec<(String, Vec<u8>)> {
    let files = prog_emit::emit(programme, &[Target::Docx]).unwrap_or_else(|faults| panic!("{faults:?}"));
    let files = files.into_iter().filter(|f| f.path.ends_with(".docx"));
    files.map(|f| (f.path.trim_start_matches("forms/").to_owned(), f.bytes)).collect()
}

fn of_folder(name: &str) -> Programme {
    crate::programmes::compile(&format!("programmes/{name}"), &[]).0.expect("a model")
}

fn hostile() -> Programme {
    let label = |at: usize| serde_json::to_string(&HOSTILE[at].replace('\u{7}', "")).expect("a string");
    compile(&format!(
        "programme p \"试\" {{\n    issuer \"省厅\"\n    notice {{ clause 一 \"条件\" }}\n    actor 学校\n    form 表 as hostile {} {{\n        \
         part 概况 as basics {} by 学校 {{ 校名 as name {} : Text }}\n    }}\n}}\n",
        label(0),
        label(1),
        label(2)
    ))
}

#[test]
fn word_documents_hold_every_printed_element_and_open() {
    let folder = scratch("office");
    let forms = [("moe-2019", "report", "moe-2019/report"), ("zhejiang-2019", "application", "zhejiang-2019/application")];
    let forms = forms.into_iter().chain([("zhejiang-2019", "list", "zhejiang-2019/list")]);
    let mut asked = serde_json::Map::new();
    for (source, file, form) in forms {
        asked.insert(form.to_owned(), json!(file));
        for (name, bytes) in documents(&of_folder(source)) {
            write(&folder.join(name), bytes);
        }
    }
    for (name, bytes) in documents(&kitchen()) {
        write(&folder.join(format!("kitchen-{name}")), bytes);
    }
    for (name, bytes) in documents(&hostile()) {
        write(&folder.join(name), bytes);
    }
    let absent = documents(&of_folder("heilongjiang-2024")).remove(0);
    write(&folder.join("absent.docx"), absent.1);
    let elements = std::fs::read_to_string(root().join("tests/acceptance/elements.tsv")).expect("the table");
    let words = json!({ "absent": ["原文未附此表"], "hostile": HOSTILE.map(|w| w.replace('\u{7}', "")) });
    let input =
        json!({ "home": root().join("target/libreoffice"), "folder": folder, "forms": asked, "elements": elements, "words": words });
    let said = python("office.py", &input.to_string());
    assert!(said.is_empty(), "{said}");
}

#[test]
fn the_same_model_gives_the_same_documents() {
    assert_eq!(documents(&kitchen()), documents(&kitchen()));
}
