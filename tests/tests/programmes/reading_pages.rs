//! The pages of the programmes: valid HTML, and nothing of the notice missing on the pages for reading.

use super::compile;
use prog_emit::Target;

/// Folders of programmes, sorted.
pub fn folders() -> Vec<String> {
    let name = |path: std::path::PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    prog_tests::programmes().into_iter().map(|path| format!("programmes/{}", name(path))).collect()
}

#[test]
fn every_clause_stands_on_the_page_with_what_cites_it() {
    for folder in folders() {
        let programme = compile(&folder, &[]).0.expect("a model");
        let files = prog_emit::emit(&programme, &[Target::Docs]).expect("files");
        let page = files.iter().find(|f| f.path == "docs/index.html").expect("the page");
        let page = std::str::from_utf8(&page.bytes).expect("UTF-8");
        assert!(!page.contains("class=\"clause uncited\""), "{folder}: a clause is not encoded");
        for (index, clause) in programme.clauses.iter().enumerate() {
            let anchor = clause.address.split_whitespace().collect::<Vec<_>>().join("-");
            let (_, rest) = page.split_once(&format!("id=\"{anchor}\"")).unwrap_or_else(|| panic!("{folder}: {anchor}"));
            let section = rest.split("</section>").next().unwrap_or_default();
            let cited = programme.cited.iter().filter(|c| c.clause.index() == index);
            if cited.clone().next().is_some() {
                assert!(section.contains("<article"), "{folder}: nothing at {anchor}");
            }
            for quote in cited.filter_map(|c| c.anchor.as_deref()) {
                let escaped =
                    quote.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;");
                assert!(section.contains(quote) || section.contains(&escaped), "{folder}: {quote} at {anchor}");
            }
        }
    }
}

#[test]
fn every_page_is_valid_html() {
    let mut pages: Vec<(String, String)> = Vec::new();
    for folder in folders() {
        let programme = compile(&folder, &[]).0.expect("a model");
        let files = prog_emit::emit(&programme, &[Target::Forms, Target::Docs]).expect("files");
        let html = files.into_iter().filter(|f| f.path.ends_with(".html"));
        pages.extend(html.map(|f| (format!("{folder}/{}", f.path), String::from_utf8(f.bytes).expect("UTF-8"))));
    }
    assert!(pages.len() > 10, "every programme has pages");
    let said = crate::emit::tools::node("html.mjs", &serde_json::to_string(&pages).expect("JSON"));
    assert!(said.is_empty(), "{said}");
}
