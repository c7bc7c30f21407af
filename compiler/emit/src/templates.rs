//! Templates lay out, Rust decides: every template of every target, and the one way to fill it.
//!
//! In: a serialisable view. Out: text. Always: what goes into a page is escaped; a template that does not fit its view is a fault of
//! this program, found by the first test that emits anything.

use serde::Serialize;
use std::sync::LazyLock;
use tera::{Context, Tera};

const PAGES: &[(&str, &str)] = &[];

const TEXTS: &[(&str, &str)] = &[("schema/report.schema.json", include_str!("targets/schema/report.schema.json.tera"))];

static TERA: LazyLock<Result<Tera, String>> = LazyLock::new(|| {
    let mut tera = Tera::default();
    tera.autoescape_on(vec![".html"]);
    let templates = PAGES.iter().chain(TEXTS).copied();
    tera.add_raw_templates(templates).map_err(|e| e.to_string())?;
    Ok(tera)
});

/// Fills a template.
pub fn render(name: &str, view: &impl Serialize) -> String {
    let filled = TERA.as_ref().map_err(Clone::clone).and_then(|tera| {
        let context = Context::from_serialize(view).map_err(|e| e.to_string())?;
        tera.render(name, &context).map_err(|e| e.to_string())
    });
    filled.unwrap_or_else(|fault| unreachable!("template {name}: {fault}"))
}
