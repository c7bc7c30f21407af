//! Everything that can be looked at: built files in memory, and what does not compile.
//!
//! In: a path. Out: a [`Site`]. Always: a programme with an error has no files, and its diagnostics are those of `prog check`.

use prog_base::{Lang, Severity, Text, text};
use prog_driver::{Session, UnitKind, World};
use prog_emit::names::code_name;
use prog_emit::{OutFile, Target};
use prog_model::{Ident, Programme};
use prog_report::{Format, Style};
use std::collections::BTreeMap;
use std::path::Path;

/// What a page may link to.
const TARGETS: &[Target] = &[Target::Forms, Target::Docx, Target::Xlsx, Target::Docs];

/// What is served.
#[derive(Default)]
pub struct Site {
    /// Files by `<programme>/<path>`.
    pub files: BTreeMap<String, Vec<u8>>,
    pub programmes: Vec<Shown>,
    /// Diagnostics in each language; nothing where all is well.
    pub said: BTreeMap<&'static str, String>,
    /// Whether one of them is an error.
    pub broken: bool,
}

/// A programme as it is listed.
pub struct Shown {
    pub name: String,
    pub title: String,
    /// Whether its reading page has routes.
    pub routes: bool,
    /// Each form, summary and track with its files.
    pub things: Vec<Thing>,
}

/// A form, a summary or a track.
pub struct Thing {
    pub title: String,
    /// Its files.
    pub files: Vec<Link>,
}

/// A file to look at or to save.
pub struct Link {
    pub path: String,
    /// What it is.
    pub words: Text,
    /// Whose part of the form it opens.
    pub whose: String,
}

impl Site {
    /// Builds what stands at a path.
    pub fn build(world: &dyn World, path: &Path, texts: Option<&Path>) -> Self {
        let mut site = Site::default();
        let mut session = Session::new(world);
        for unit in session.load(path) {
            let compiled = session.compile(&unit, texts);
            let Some(programme) = compiled.programme.filter(|_| compiled.sound && unit.kind == UnitKind::Programme) else { continue };
            match prog_emit::emit(&programme, TARGETS) {
                Ok(files) => site.add(&programme, files),
                Err(faults) => faults.into_iter().for_each(|fault| session.say(fault)),
            }
        }
        if site.programmes.is_empty() && session.errors().is_empty() {
            session.say_no_programme(&[path.to_owned()]);
        }
        let diagnostics = session.diagnostics();
        site.broken = diagnostics.iter().any(|d| d.severity == Severity::Error);
        for (name, lang) in [("zh", Lang::Zh), ("en", Lang::En)] {
            let style = Style { lang, color: false, ascii: false };
            site.said.insert(name, prog_report::render(&diagnostics, session.sources(), Format::Human, style));
        }
        site
    }

    fn add(&mut self, programme: &Programme, files: Vec<OutFile>) {
        let name = &programme.ident.name;
        let things = things(programme, &files);
        let routes = programme.workflows.iter().any(|w| !w.stages.is_empty());
        self.files.extend(files.into_iter().map(|file| (format!("{name}/{}", file.path), file.bytes)));
        self.programmes.push(Shown { name: name.clone(), title: programme.ident.label.text.clone(), routes, things });
    }
}

fn things(programme: &Programme, files: &[OutFile]) -> Vec<Thing> {
    let manifest = files.iter().find(|f| f.path == "manifest.json");
    let manifest = manifest.and_then(|f| serde_json::from_slice::<serde_json::Value>(&f.bytes).ok()).unwrap_or_default();
    let listed = manifest["files"].as_array().map(Vec::as_slice).unwrap_or_default();
    let forms = programme.forms.iter().map(|f| &f.ident).chain(programme.summaries.iter().map(|s| &s.ident));
    let thing = |ident: &Ident| {
        let own = listed.iter().filter(|file| file["of"] == ident.key.as_str()).filter_map(|file| file["path"].as_str());
        let mut files: Vec<Link> = own.filter_map(|path| link(programme, path)).collect();
        // The whole form first, then one actor's, then what is saved.
        files.sort_by_key(|link| (!link.path.ends_with(".html"), !link.whose.is_empty(), link.path.clone()));
        Thing { title: ident.label.text.clone(), files }
    };
    let things = forms.chain(programme.tracks.iter().map(|t| &t.ident)).map(thing);
    let mut things: Vec<Thing> = things.filter(|thing| !thing.files.is_empty()).collect();
    // Pages that are for none of them are listed by their names.
    let paths = listed.iter().filter_map(|file| file["path"].as_str());
    for link in paths.filter_map(|path| link(programme, path)) {
        if !things.iter().flat_map(|thing| &thing.files).any(|known| known.path == link.path) {
            things.push(Thing { title: link.path.clone(), files: vec![link] });
        }
    }
    things
}

/// A file with what it is and whose it is.
fn link(programme: &Programme, path: &str) -> Option<Link> {
    let (name, ending) = path.strip_prefix("forms/")?.rsplit_once('.')?;
    let whose = name.rsplit_once('.').map(|(_, whose)| whose);
    let actor = programme.actors.iter().find(|a| Some(code_name(&a.ident).as_str()) == whose).map(|a| a.ident.label.text.clone());
    let words = match (ending, whose) {
        ("docx", _) => Text::same("Word"),
        ("xlsx", _) => Text::same("Excel"),
        (_, Some("facts")) => text!("核对所需信息", "facts"),
        (_, _) if name.contains(".review.") => text!("评审表", "review"),
        (_, _) => text!("网页", "page"),
    };
    let whose = actor.or_else(|| whose.filter(|w| *w != "facts").map(str::to_owned)).unwrap_or_default();
    Some(Link { path: path.to_owned(), words, whose })
}
