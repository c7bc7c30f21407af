//! Pages in a real browser: filled in, wrong and corrected, kept, exported and read back, printed, without scripts, on a narrow screen.
//!
//! In: pages of the programmes with forms, and of the one that has everything. Held: what `run.mjs` and its concerns say; the case that a page
//! exports fits the schema of one track, and is judged by the reference as the page judged it, byte for byte; the batch of a summary is one that the reference reads.

use crate::emit::{kitchen, tools};
use crate::programmes::compile;
use prog_base::Lang;
use prog_emit::{Look, Target};
use prog_eval::{Options, Prepared};
use prog_model::Programme;
use prog_tests::root;
use std::path::Path;

/// Programmes with their folders.
fn programmes() -> Vec<(&'static str, Programme)> {
    let of = |key, folder: &str| (key, compile(&format!("programmes/{folder}"), &[]).0.expect("a model"));
    vec![
        of("moe_2019", "moe-2019"),
        of("zhejiang_2019", "zhejiang-2019"),
        of("heilongjiang_2024", "heilongjiang-2024"),
        ("kitchen", kitchen()),
        ("grants", crate::emit::compile(include_str!("english.prog"))),
        ("english", crate::emit::compile(include_str!("english.prog"))),
    ]
}

#[test]
fn forms_work_in_a_browser() {
    let folder = root().join("target/forms");
    let _ = std::fs::remove_dir_all(&folder);
    let programmes = programmes();
    for (key, programme) in &programmes {
        // What is looked for on the pages is Chinese, save where English is.
        let look = Look { lang: (*key != "english").then_some(Lang::Zh), ..Look::default() };
        for file in prog_emit::emit_with(programme, &[Target::Forms, Target::Schema], Vec::new(), look).expect("files") {
            let path = folder.join(key).join(&file.path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
            std::fs::write(path, file.bytes).expect("it can be written");
        }
    }
    println!("{}", tools::node("../forms/run.mjs", &folder.display().to_string()));
    for (key, programme) in &programmes {
        judged_alike(programme, key, &folder);
    }
}

/// How many schemas of cases accept a case.
fn accepted(schemas: &Path, case: &str) -> usize {
    let files = prog_tests::tree(schemas).into_iter().filter(|(name, _)| name.ends_with(".case.schema.json"));
    let ask = |(place, (_, bytes)): (usize, (String, Vec<u8>))| {
        let schema = serde_json::json!({ "schema": String::from_utf8(bytes).expect("UTF-8") });
        format!("{schema}\n{}\n", serde_json::json!({ "use": place, "instance": case }))
    };
    let lines: String = files.enumerate().map(ask).collect();
    tools::node("ajv.mjs", &lines).lines().filter(|answer| *answer == "true").count()
}

/// The cases that pages exported, with the reports that they showed.
fn judged_alike(programme: &Programme, key: &str, folder: &Path) {
    let prepared = Prepared::new(programme);
    let read = |name: &str| std::fs::read_to_string(folder.join(name));
    for form in ["report", "application", "judged"] {
        let name = format!("{key}.forms.{form}");
        let Ok(text) = read(&format!("{name}.case.json")) else { continue };
        let stage = read(&format!("{name}.stage")).expect("the stage");
        let at = Some(stage.as_str()).filter(|s| !s.is_empty()).map(|s| Options::stage(programme, s).expect("a stage"));
        let options = Options { at, lang: Lang::Zh, ..Options::default() };
        let case = prepared.read_case(&text).unwrap_or_else(|refused| panic!("{name}: {refused:?}"));
        let expected = prepared.evaluate(&case, &options).to_json(Lang::Zh) + "\n";
        assert_eq!(read(&format!("{name}.report.json")).expect("its report"), expected, "{name}");
        assert_eq!(accepted(&folder.join(key).join("schema"), &text), 1, "{name}: one track's schema accepts what the page exports");
    }
    if let Ok(text) = read(&format!("{key}.batch.ndjson")) {
        let batch = prepared.read_batch(&text).unwrap_or_else(|refused| panic!("{key}: {refused:?}"));
        assert_eq!(batch.cases.len(), 1, "{text}");
    }
}
