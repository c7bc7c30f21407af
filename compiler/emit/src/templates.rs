//! Templates lay out, Rust decides: every template of every target, and the one way to fill it.
//!
//! In: a serialisable view. Out: text. Always: what goes into a page or a document is escaped.

use crate::theme::Theme;
use prog_base::{Diagnostic, Severity, codes, text};
use serde::Serialize;
use std::sync::LazyLock;
use tera::{Context, Tera};

const PAGES: &[(&str, &str)] = &[
    ("forms/parts.html", include_str!("targets/forms/parts.html.tera")),
    ("forms/page.html", include_str!("targets/forms/page.html.tera")),
    ("forms/themed.html", "{% extends \"forms/page.html\" %}\n"),
    ("docs/parts.html", include_str!("targets/docs/parts.html.tera")),
    ("docs/page.html", include_str!("targets/docs/page.html.tera")),
    ("progress/page.html", include_str!("progress/page.html.tera")),
    ("selection/page.html", include_str!("selection/page.html.tera")),
];

const DOCUMENTS: &[(&str, &str)] = &[
    ("docx/document.xml", include_str!("targets/docx/document.xml.tera")),
    ("docx/core.xml", include_str!("targets/docx/core.xml.tera")),
    ("docs/chart.svg.xml", include_str!("targets/docs/chart.svg.xml.tera")),
    ("workflow/workflow.bpmn.xml", include_str!("targets/workflow/workflow.bpmn.xml.tera")),
    ("workflow/workflow.svg.xml", include_str!("targets/workflow/workflow.svg.xml.tera")),
];

const TEXTS: &[(&str, &str)] = &[("schema/report.schema.json", include_str!("targets/schema/report.schema.json.tera"))];

/// Compiled when first asked for, each kind apart: most runs need one of them.
static FOR_PAGES: LazyLock<Result<Tera, String>> = LazyLock::new(|| compiled(PAGES));
static FOR_DOCUMENTS: LazyLock<Result<Tera, String>> = LazyLock::new(|| compiled(DOCUMENTS));
static FOR_TEXTS: LazyLock<Result<Tera, String>> = LazyLock::new(|| compiled(TEXTS));

fn compiled(templates: &[(&'static str, &'static str)]) -> Result<Tera, String> {
    let mut tera = Tera::default();
    tera.autoescape_on(vec![".html", ".xml"]);
    tera.add_raw_templates(templates.iter().copied()).map_err(|e| e.to_string())?;
    Ok(tera)
}

/// The templates of pages with an office's own `page.html`; says what is wrong with it.
pub fn themed(page: &str) -> Result<Tera, String> {
    let mut tera = Tera::default();
    tera.autoescape_on(vec![".html"]);
    let mut templates = PAGES.to_vec();
    templates.retain(|(name, _)| *name != "forms/themed.html");
    templates.push(("forms/themed.html", page));
    tera.add_raw_templates(templates).map_err(|e| e.to_string())?;
    Ok(tera)
}

/// Fills the page of a form, in the look of an office.
pub fn render_page(theme: Option<&Theme>, view: &impl Serialize) -> Result<String, Vec<Diagnostic>> {
    let Some(tera) = theme.and_then(Theme::pages) else { return render("forms/themed.html", view) };
    let filled = Context::from_serialize(view).and_then(|context| tera.render("forms/themed.html", &context));
    filled.map_err(|fault| {
        let reason = fault.to_string().lines().next().unwrap_or_default().to_owned();
        let message = text!("主题的 page.html 不能用：{reason}", "the theme's page.html can't be used: {reason}");
        vec![Diagnostic::new(Severity::Error, codes::TARGET_TEMPLATE, None, message)]
    })
}

/// Fills a template. One of ours that fails is a fault of the compiler, told as such.
pub fn render(name: &str, view: &impl Serialize) -> Result<String, Vec<Diagnostic>> {
    let tera = match name.rsplit_once('.') {
        Some((_, "html")) => &FOR_PAGES,
        Some((_, "xml")) => &FOR_DOCUMENTS,
        _ => &FOR_TEXTS,
    };
    let filled = tera.as_ref().map_err(Clone::clone).and_then(|tera| {
        let context = Context::from_serialize(view).map_err(|e| e.to_string())?;
        tera.render(name, &context).map_err(|e| e.to_string())
    });
    filled.map_err(|fault| {
        let message = text!("内部错误：模板 {name}：{fault}", "internal fault: template {name}: {fault}");
        let help = text!("这是编译器的问题，请报告", "this is a fault of the compiler; please report it");
        vec![Diagnostic::new(Severity::Error, codes::TEMPLATE_FAULT, None, message).help(help)]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_that_is_not_there_is_our_fault() {
        let faults = render("no such template", &()).unwrap_err();
        assert_eq!(faults[0].code, codes::TEMPLATE_FAULT);
    }

    #[test]
    fn all_templates_parse() {
        assert_eq!(FOR_PAGES.as_ref().err(), None);
        assert_eq!(FOR_DOCUMENTS.as_ref().err(), None);
        assert_eq!(FOR_TEXTS.as_ref().err(), None);
    }
}
