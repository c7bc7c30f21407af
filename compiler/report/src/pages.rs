//! The catalogue: one Markdown page a diagnostic code, embedded in the binary.
//!
//! A page is `# P0107 中文标题 / English title`, then `## 中文` and `## English`, each with an explanation and an example.

use include_dir::{Dir, include_dir};
use prog_base::{Lang, codes};

static PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/codes");

/// One language of a code's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// The code itself.
    pub code: &'static str,
    /// The title, without the code.
    pub title: &'static str,
    /// The explanation, in Markdown.
    pub body: &'static str,
}

/// The page of a code; `p107`, `0107` and `P0107` are the same code.
pub fn page(code: &str, lang: Lang) -> Option<Page> {
    let number: u32 = code.trim().trim_start_matches(['p', 'P']).parse().ok()?;
    let wanted = format!("P{number:04}");
    let (code, _) = codes::ALL.iter().find(|(c, _)| c.0 == wanted)?;
    let text = PAGES.get_file(format!("{wanted}.md"))?.contents_utf8()?;
    read(code.0, text, lang)
}

/// Every code that has a page, in order.
pub fn pages(lang: Lang) -> Vec<Page> {
    codes::ALL.iter().filter_map(|(code, _)| page(code.0, lang)).collect()
}

fn read(code: &'static str, text: &'static str, lang: Lang) -> Option<Page> {
    let (first, rest) = text.split_once('\n')?;
    let (zh_title, en_title) = first.strip_prefix("# ")?.strip_prefix(code)?.split_once(" / ")?;
    let (zh_body, en_body) = rest.trim_start().strip_prefix("## 中文")?.split_once("\n## English")?;
    let (title, body) = match lang {
        Lang::Zh => (zh_title, zh_body),
        Lang::En => (en_title, en_body),
    };
    Some(Page { code, title: title.trim(), body: body.trim() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_page_in_both_languages_and_every_page_a_code() {
        let mut faults = Vec::new();
        for (code, _) in codes::ALL {
            for lang in [Lang::Zh, Lang::En] {
                match page(code.0, lang) {
                    Some(p) if !p.title.is_empty() && !p.body.is_empty() => {}
                    Some(_) | None => faults.push(format!("codes/{}.md is missing or not in shape ({lang:?})", code.0)),
                }
            }
        }
        for file in PAGES.files() {
            let name = file.path().with_extension("").display().to_string();
            if !codes::ALL.iter().any(|(code, _)| code.0 == name) {
                faults.push(format!("{name} has a page but no constant in base/src/codes.rs"));
            }
        }
        assert!(faults.is_empty(), "{faults:#?}");
    }

    #[test]
    fn codes_stand_once_and_in_order() {
        assert!(codes::ALL.windows(2).all(|w| w[0].0 < w[1].0), "codes.rs is not in order of number");
    }

    #[test]
    fn codes_are_found_as_people_type_them() {
        for typed in ["P0901", "p0901", "0901", "901", " P0901 "] {
            assert!(page(typed, Lang::En).is_some(), "{typed}");
        }
        for typed in ["", "P", "PP", "P9999", "x"] {
            assert!(page(typed, Lang::En).is_none(), "{typed}");
        }
    }
}
