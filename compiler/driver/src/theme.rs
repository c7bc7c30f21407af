//! The look of an office: the folder given by `--theme`, read.
//!
//! In: a folder. Out: a [`Theme`]. Always: what is there is read, what is not is left as it is; a folder with nothing of a theme is told.

use crate::session::{Session, shown};
use prog_base::{Diagnostic, Severity, codes, text};
use prog_emit::{OwnText, Theme};
use std::path::Path;

/// A file of a theme is no longer than this.
const LIMIT: u64 = 64 << 10;
/// Logos by their names, with their kinds.
const LOGOS: &[(&str, &str)] = &[("logo.svg", "image/svg+xml"), ("logo.png", "image/png")];

impl Session<'_> {
    /// Reads a theme; what is wrong with it is a diagnostic.
    pub fn read_theme(&mut self, folder: &Path) -> Option<Theme> {
        let names: Vec<String> = self.world.list(folder).unwrap_or_default().into_iter().map(|entry| entry.name).collect();
        let has = |name: &str| names.iter().any(|other| other == name);
        let logo = LOGOS.iter().find(|(name, _)| has(name));
        if !has("theme.css") && !has("page.html") && logo.is_none() {
            let folder = shown(folder);
            let message = text!("“{folder}”里没有主题", "there is no theme in `{folder}`");
            self.say(Diagnostic::new(Severity::Error, codes::TARGET_FOLDER, None, message).help(text!(
                "主题有 theme.css、page.html、logo.svg 或 logo.png，见 docs/forms.md",
                "a theme has theme.css, page.html, logo.svg or logo.png: see docs/forms.md"
            )));
            return None;
        }
        let style = if has("theme.css") { Some(self.theme_text(folder, "theme.css")?) } else { None };
        let page = if has("page.html") { Some(self.theme_text(folder, "page.html")?) } else { None };
        let logo = logo.and_then(|(name, kind)| Some((*kind, self.world.read(&folder.join(name), LIMIT).ok()?)));
        let logo = logo.as_ref().map(|(kind, bytes)| (*kind, bytes.as_slice()));
        match Theme::read(style.as_ref().map(|s| s.text.as_str()), page.as_ref(), logo) {
            Ok(theme) => Some(theme),
            Err(diagnostic) => {
                self.say(diagnostic);
                None
            }
        }
    }

    fn theme_text(&mut self, folder: &Path, name: &str) -> Option<OwnText> {
        let file = self.read_input(&folder.join(name), LIMIT)?;
        Some(OwnText { name: name.to_owned(), text: self.sources().get(file).text.to_string(), file })
    }
}
