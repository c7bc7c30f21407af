//! An office's own look: colours, a logo, blocks of the page that it words itself.
//!
//! In: the texts of a theme's folder. Out: a [`Theme`] that pages are rendered with. Always: a theme changes looks and frame; what a form
//! asks, and the script that checks it, are not in its reach.

use crate::own::OwnText;
use crate::templates;
use base64::{Engine, engine::general_purpose::STANDARD};
use prog_base::{Diagnostic, Severity, codes, text};
use tera::Tera;

/// A theme, read.
#[derive(Default)]
pub struct Theme {
    style: String,
    logo: Option<String>,
    pages: Option<Tera>,
}

impl Theme {
    /// A theme of these texts: `theme.css`, `page.html`, and a logo with its kind (`image/svg+xml`).
    pub fn read(style: Option<&str>, page: Option<&OwnText>, logo: Option<(&str, &[u8])>) -> Result<Self, Diagnostic> {
        let pages = match page {
            None => None,
            Some(page) => Some(templates::themed(&page.text).map_err(|fault| {
                let reason = fault.lines().next().unwrap_or_default().to_owned();
                let message = text!("主题的 page.html 不能用：{reason}", "the theme's page.html can't be used: {reason}");
                Diagnostic::new(Severity::Error, codes::TARGET_TEMPLATE, None, message)
                    .help(text!("写法见 docs/forms.md", "docs/forms.md shows how it is written"))
            })?),
        };
        let logo = logo.map(|(kind, bytes)| format!("data:{kind};base64,{}", STANDARD.encode(bytes)));
        Ok(Self { style: style.unwrap_or_default().to_owned(), logo, pages })
    }

    /// Rules after those of every page.
    pub fn style(&self) -> &str {
        &self.style
    }

    /// The logo as an address that holds it.
    pub fn logo(&self) -> Option<&str> {
        self.logo.as_deref()
    }

    /// The templates, if it has some of its own.
    pub(crate) fn pages(&self) -> Option<&Tera> {
        self.pages.as_ref()
    }
}
