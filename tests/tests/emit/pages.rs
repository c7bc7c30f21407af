//! Pages hold together: valid nesting, unique ids, every control named, nothing that the house rules forbid.

use super::{KITCHEN, compile, files, sources};
use prog_emit::Target;
use std::collections::{BTreeMap, BTreeSet};

/// A start tag with its attributes.
struct Tag {
    name: String,
    attributes: BTreeMap<String, String>,
}

const VOID: &[&str] = &["meta", "link", "input", "br", "hr", "img", "col"];
/// What a phrasing element may not hold.
const FLOW: &[&str] = &["p", "div", "table", "fieldset", "form", "h1", "h2", "ul", "ol", "section"];

/// Reads a page strictly: every element is closed where it should be.
fn tags(path: &str, page: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        let text = &rest[..start];
        assert!(!text.contains('>') || open.last().is_some_and(|t| t == "style" || t == "script"), "{path}: a bare > in {text:?}");
        rest = &rest[start..];
        if let Some(after) = rest.strip_prefix("<!DOCTYPE html>") {
            rest = after;
            continue;
        }
        let end = rest.find('>').expect("a tag's end");
        let (inside, after) = (&rest[1..end], &rest[end + 1..]);
        rest = after;
        if let Some(name) = inside.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "{path}: closed out of order");
            continue;
        }
        let tag = tag(inside);
        let phrasing = open.last().is_some_and(|parent| ["p", "span", "label", "legend", "caption"].contains(&parent.as_str()));
        let heading = tag.name == "h2" && open.last().is_some_and(|parent| parent == "legend");
        assert!(!phrasing || heading || !FLOW.contains(&tag.name.as_str()), "{path}: <{}> within {open:?}", tag.name);
        if ["style", "script"].contains(&tag.name.as_str()) {
            let close = format!("</{}>", tag.name);
            rest = &rest[rest.find(&close).expect("its end") + close.len()..];
        } else if !VOID.contains(&tag.name.as_str()) {
            open.push(tag.name.clone());
        }
        tags.push(tag);
    }
    assert!(open.is_empty(), "{path}: never closed: {open:?}");
    tags
}

fn tag(inside: &str) -> Tag {
    let (name, mut rest) = inside.split_once([' ', '\n']).unwrap_or((inside, ""));
    let mut attributes = BTreeMap::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Tag { name: name.to_owned(), attributes };
        }
        let end = rest.find(['=', ' ', '\n']).unwrap_or(rest.len());
        let key = rest[..end].to_owned();
        rest = &rest[end..];
        let mut value = String::new();
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let close = quoted.find('"').expect("a quote");
            value = quoted[..close].to_owned();
            rest = &quoted[close + 1..];
        }
        assert!(attributes.insert(key.clone(), value).is_none(), "{inside}: {key} stands twice");
    }
}

fn check(path: &str, page: &str) {
    let tags = tags(path, page);
    let mut ids = BTreeSet::new();
    for id in tags.iter().filter_map(|t| t.attributes.get("id")) {
        assert!(!id.is_empty() && !id.contains(char::is_whitespace), "{path}: id {id:?}");
        assert!(ids.insert(id.as_str()), "{path}: id {id} stands twice");
    }
    let mut labelled = BTreeSet::new();
    for tag in &tags {
        for key in ["for", "aria-labelledby", "aria-describedby"] {
            for id in tag.attributes.get(key).into_iter().flat_map(|ids| ids.split(' ')) {
                assert!(ids.contains(id), "{path}: {key} names {id}, which is not there");
                labelled.extend((key == "for").then_some(id));
            }
        }
        for forbidden in ["maxlength", "placeholder", "onclick", "src"] {
            assert!(!tag.attributes.contains_key(forbidden), "{path}: {forbidden}");
        }
        assert_ne!(tag.attributes.get("type").map(String::as_str), Some("number"), "{path}");
    }
    for control in tags.iter().filter(|t| ["input", "select", "textarea"].contains(&t.name.as_str())) {
        let named = control.attributes.contains_key("aria-labelledby") || labelled.contains(control.attributes["id"].as_str());
        assert!(named, "{path}: {:?} has no name", control.attributes);
    }
    for cell in tags.iter().filter(|t| t.name == "th") {
        assert!(["row", "col", "rowgroup", "colgroup"].contains(&cell.attributes["scope"].as_str()), "{path}: th without scope");
    }
    assert!(page.contains("<html lang=\"zh-CN\">") && page.contains("size: A4"), "{path}");
    assert!(page.len() < 200 * 1024, "{path}: {} bytes", page.len());
    assert!(!page.contains("http://") && !page.contains("https://"), "{path} reaches for the network");
}

#[test]
fn every_page_holds_together() {
    for (name, source) in sources() {
        let files = files(&compile(&source), &[Target::Forms]);
        let pages: Vec<_> = files.iter().filter(|(path, _)| path.ends_with(".html")).collect();
        assert!(pages.len() > 1, "{name}");
        pages.iter().for_each(|(path, page)| check(path, page));
    }
}

#[test]
fn every_row_of_a_sheet_is_as_wide_as_its_columns() {
    for (_, source) in sources() {
        for (path, page) in files(&compile(&source), &[Target::Forms]).iter().filter(|(path, _)| path.ends_with(".html")) {
            for sheet in page.split("<table class=\"sheet\">").skip(1) {
                let sheet = sheet.split("<table").next().expect("a part").split("</tbody>").next().expect("a part");
                let columns = sheet.matches("<col ").count();
                let mut above: Vec<(usize, usize)> = Vec::new();
                for row in sheet.split("<tr>").skip(1) {
                    let cells = row.match_indices("<t").filter(|(at, _)| row[at + 2..].starts_with(['h', 'd']));
                    let mut width: usize = above.iter().map(|(columns, _)| columns).sum();
                    above = above.into_iter().filter(|(_, rows)| *rows > 1).map(|(c, r)| (c, r - 1)).collect();
                    for (at, _) in cells {
                        let head = &row[at..at + row[at..].find('>').expect("an end")];
                        let span = |key: &str| {
                            head.split(&format!("{key}=\"")).nth(1).and_then(|s| s.split('"').next()?.parse().ok()).unwrap_or(1)
                        };
                        width += span("colspan");
                        above.extend((span("rowspan") > 1).then(|| (span("colspan"), span("rowspan") - 1)));
                    }
                    assert_eq!(width, columns, "{path}: {row}");
                }
            }
        }
    }
}

#[test]
fn absent_forms_say_so_and_ask_nothing() {
    let files = files(&compile(KITCHEN), &[Target::Forms]);
    let page = &files["forms/promise.html"];
    assert!(page.contains("原文未附此表"));
    for element in ["<input", "<textarea", "<select", "<form", "<script"] {
        assert!(!page.contains(element), "{element}");
    }
}

#[test]
fn facts_pages_ask_only_what_the_applicant_may_set() {
    let files = files(&compile(KITCHEN), &[Target::Forms]);
    let page = &files["forms/village.facts.html"];
    assert!(page.contains("不是通知所附的表格"));
    for set in ["/facts/people", "/attested/owned/value", "/attested/events/value", "/reasons/enough_people", "/materials/照片"] {
        assert!(page.contains(&format!("data-at=\"{set}\"")), "{set}");
    }
    for withheld in ["/judgements/", "/external/"] {
        assert!(!page.contains(withheld), "{withheld}");
    }
}

#[test]
fn a_page_of_one_actor_lets_nobody_else_write() {
    let files = files(&compile(KITCHEN), &[Target::Forms]);
    let pages: Vec<&String> = files.iter().filter(|(path, _)| path.starts_with("forms/application.n_")).map(|(_, page)| page).collect();
    assert_eq!(pages.len(), 2);
    let disabled = |page: &str, at: &str| {
        let tag = page.split(&format!("data-at=\"{at}\"")).nth(1).expect("the control").split('>').next().expect("its end");
        tag.contains(" disabled")
    };
    let both = |at: &str| pages.iter().filter(|page| disabled(page, at)).count();
    assert_eq!((both("/form/application/applicant"), both("/form/application/county_opinion/text")), (1, 1));
}

#[test]
fn an_office_words_the_frame_and_not_the_form() {
    let programme = compile(KITCHEN);
    let page = prog_emit::OwnText {
        name: "page.html".to_owned(),
        text: "{% extends \"forms/page.html\" %}{% block colophon %}<p>某省教育厅印制</p>{% endblock colophon %}".to_owned(),
        file: prog_base::FileId(0),
    };
    let theme = prog_emit::Theme::read(Some(":root { --accent: #8a1c1c; }"), Some(&page), Some(("image/png", b"PNG"))).expect("a theme");
    let files =
        prog_emit::emit_with(&programme, &[Target::Forms], Vec::new(), prog_emit::Look { theme: Some(&theme), lang: None }).expect("files");
    let (own, plain) =
        (|path: &str| files.iter().find(|f| f.path == path).map(|f| f.bytes.clone()), super::files(&programme, &[Target::Forms]));
    let own = String::from_utf8(own("forms/application.html").expect("the page")).expect("UTF-8");
    for word in ["某省教育厅印制", "--accent: #8a1c1c", "data:image/png;base64,UE5H"] {
        assert!(own.contains(word), "{word}");
    }
    let form = |page: &str| page.split("<form ").nth(1).expect("a form").split("</form>").next().expect("its end").to_owned();
    assert_eq!(form(&own), form(&plain["forms/application.html"]));
    let wrong = prog_emit::OwnText { text: "{% extends \"forms/page.html\" %}{% block".to_owned(), ..page };
    assert!(prog_emit::Theme::read(None, Some(&wrong), None).is_err());
}
