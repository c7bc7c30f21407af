//! Targets of other people: a folder's templates over the published model, or files that a program of theirs wrote.
//!
//! In: a `target.json` and templates as texts with their files; a programme. Out: files below a folder of the target's name.
//! Always: a template sees `programme` (what `programme.json` holds) and, for each of several, that one; what goes into `.html` is escaped; a
//! fault names the template, the line and the expression.

use crate::targets::Draft;
use prog_base::{Diagnostic, FileId, Severity, Span, Text, codes, text};
use serde::Deserialize;
use serde_json::Value;
use tera::{Context, Tera};

/// Folders that our own targets write into.
const TAKEN: &[&str] = &["schema", "forms", "docs", "validators", "workflow"];

/// What `target.json` says.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnManifest {
    /// The target's name: its word in the manifest and the folder that its files go to.
    pub name: String,
    /// What its templates make.
    #[serde(default)]
    pub files: Vec<Step>,
    /// A program and its arguments, instead of templates: it gets `programme.json` on standard input and writes into the folder it runs in.
    #[serde(default)]
    pub command: Vec<String>,
}

/// Files that one template makes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The template's file name.
    pub template: String,
    /// Where the file goes, below the target's folder; may hold `{{ … }}`.
    pub path: String,
    /// One file for each entry of this list of the model (`tracks`, `forms`).
    #[serde(default)]
    pub each: Option<String>,
    /// What the template calls the entry; `one` where nothing is said.
    #[serde(rename = "as", default = "one")]
    pub name: String,
}

fn one() -> String {
    "one".to_owned()
}

/// A text of the target's folder, and its place among the sources.
#[derive(Clone, Debug)]
pub struct OwnText {
    /// The file's name.
    pub name: String,
    /// Its content.
    pub text: String,
    /// Where diagnostics point.
    pub file: FileId,
}

/// A target of somebody else, ready to run on programmes.
#[derive(Clone, Debug)]
pub struct OwnTarget {
    /// What it says of itself.
    pub manifest: OwnManifest,
    /// Its `target.json`.
    source: FileId,
    templates: Vec<OwnText>,
}

impl OwnTarget {
    /// Reads `target.json`; the templates come with [`Self::with_templates`].
    pub fn read(source: &OwnText) -> Result<Self, Diagnostic> {
        let manifest: OwnManifest = serde_json::from_str(&source.text).map_err(|fault| {
            let at = place(&source.text, fault.line(), fault.column());
            let message = text!("{} 写得不对：{fault}", "{} is not as it should be: {fault}", source.name);
            wrong(Span::new(source.file, at, at), message)
        })?;
        let head = Span::new(source.file, 0, 1);
        let name = &manifest.name;
        let plain = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_');
        if !plain {
            let message = text!(
                "目标名“{name}”只能用小写英文字母、数字、- 和 _，以字母开头",
                "the target's name `{name}` may hold small letters, digits, - and _, a letter first"
            );
            return Err(wrong(head, message));
        }
        if TAKEN.contains(&name.as_str()) || crate::Target::named().any(|t| t.name() == name) {
            let message = text!("目标名“{name}”已被占用", "the target's name `{name}` is taken");
            return Err(wrong(head, message).help(text!("换一个名字", "choose another one")));
        }
        if manifest.files.is_empty() == manifest.command.is_empty() {
            let message = text!("“{name}”应写 files 或 command，两者取一", "`{name}` needs `files` or `command`, one of the two");
            return Err(wrong(head, message));
        }
        Ok(Self { manifest, source: source.file, templates: Vec::new() })
    }

    /// With the templates of its folder.
    #[must_use]
    pub fn with_templates(mut self, templates: Vec<OwnText>) -> Self {
        self.templates = templates;
        self
    }

    /// What its templates make of a programme: paths below the target's folder, with texts.
    pub fn render(&self, model: &str) -> Result<Vec<(String, Vec<u8>)>, Vec<Diagnostic>> {
        let model: Value = serde_json::from_str(model).unwrap_or_default();
        let mut tera = Tera::default();
        tera.autoescape_on(vec![".html", ".html.tera", ".xml", ".xml.tera"]);
        tera.add_raw_templates(self.templates.iter().map(|t| (t.name.as_str(), t.text.as_str())))
            .map_err(|fault| vec![self.fault(&fault)])?;
        let mut files = Vec::new();
        for step in &self.manifest.files {
            let mut context = Context::new();
            context.insert("programme", &model);
            let entries = match &step.each {
                None => vec![None],
                Some(list) => match model.get(list) {
                    Some(Value::Array(entries)) => entries.iter().map(Some).collect(),
                    _ => return Err(vec![self.no_list(list)]),
                },
            };
            for entry in entries {
                if let Some(entry) = entry {
                    context.insert(step.name.clone(), entry);
                }
                let path = tera.render_str(&step.path, &context, false).map_err(|fault| vec![self.path_fault(&step.path, &fault)])?;
                let text = tera.render(&step.template, &context).map_err(|fault| vec![self.fault(&fault)])?;
                files.push((path, text.into_bytes()));
            }
        }
        Ok(files)
    }

    /// Its files among the programme's; a path that leaves its folder is refused.
    pub fn drafts(&self, files: Vec<(String, Vec<u8>)>) -> Result<Vec<Draft>, Vec<Diagnostic>> {
        let name = &self.manifest.name;
        let mut drafts: Vec<Draft> = Vec::new();
        for (path, bytes) in files {
            let plain = path.split('/').all(|part| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '\0', '\n']));
            let twice = drafts.iter().any(|d| d.path == format!("{name}/{path}"));
            if !plain || twice {
                let message = if twice {
                    text!("目标“{name}”把文件“{path}”写了两次", "the target `{name}` writes the file `{path}` twice")
                } else {
                    text!(
                        "目标“{name}”要写的“{path}”不是它文件夹里的路径",
                        "the target `{name}` would write `{path}`, which is no path below its folder"
                    )
                };
                return Err(vec![wrong(Span::new(self.source, 0, 1), message)]);
            }
            drafts.push(Draft { bytes, ..Draft::text(format!("{name}/{path}"), "own target", "") });
        }
        Ok(drafts)
    }

    /// Says that its program could not be run, or what it died of.
    pub fn program_failed(&self, reason: &Text) -> Diagnostic {
        let name = &self.manifest.name;
        let message = Text {
            zh: format!("目标“{name}”的程序没有完成：{}", reason.zh),
            en: format!("the program of the target `{name}` did not finish: {}", reason.en),
        };
        let command = self.manifest.command.join(" ");
        Diagnostic::error(codes::TARGET_PROGRAM, Span::new(self.source, 0, 1), message)
            .help(text!("可以单独运行：{command} < programme.json", "run it by itself: {command} < programme.json"))
    }

    fn no_list(&self, list: &str) -> Diagnostic {
        let message = text!("编译后的方案里没有列表“{list}”", "the model has no list `{list}`");
        wrong(Span::new(self.source, 0, 1), message).help(text!(
            "列表见 programme.schema.json，例如 tracks、forms、quotas",
            "its lists are in programme.schema.json: tracks, forms, quotas and others"
        ))
    }

    fn path_fault(&self, path: &str, fault: &tera::Error) -> Diagnostic {
        let reason = last_words(fault);
        let message = text!("路径“{path}”算不出来：{reason}", "the path `{path}` can't be worked out: {reason}");
        Diagnostic::error(codes::TARGET_TEMPLATE, Span::new(self.source, 0, 1), message)
    }

    /// A fault in a template, at its place.
    fn fault(&self, fault: &tera::Error) -> Diagnostic {
        let (tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report)) = fault.kind() else {
            let reason = last_words(fault);
            let message = text!("模板不能用：{reason}", "the templates can't be used: {reason}");
            return Diagnostic::error(codes::TARGET_TEMPLATE, Span::new(self.source, 0, 1), message);
        };
        let (name, line, reason) = (report.filename(), report.span().start_line, report.message());
        let template = self.templates.iter().find(|t| t.name == name);
        let range = report.span().range.clone();
        let expression = template.and_then(|t| t.text.get(range.clone())).unwrap_or_default().trim();
        let message =
            text!("模板 {name} 第 {line} 行的“{expression}”有问题：{reason}", "template {name}, line {line}, `{expression}`: {reason}");
        let span = template.map(|t| Span::new(t.file, range.start, range.end.max(range.start + 1)));
        Diagnostic::new(Severity::Error, codes::TARGET_TEMPLATE, span, message)
            .help(text!("模板能用的成员见 programme.schema.json", "what a template may name is in programme.schema.json"))
    }
}

fn wrong(span: Span, message: Text) -> Diagnostic {
    Diagnostic::error(codes::TARGET_FOLDER, span, message)
        .help(text!("写法见 docs/writing-a-target.md", "docs/writing-a-target.md shows how it is written"))
}

fn last_words(fault: &tera::Error) -> String {
    fault.to_string().lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned()
}

/// The byte at a line and column, as serde counts them.
fn place(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let at = (before + column.saturating_sub(1)).min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
