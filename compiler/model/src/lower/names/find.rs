//! The search for a name, with a suggestion when there is none.

use super::super::Lower;
use super::{Index, Named, Names, Space};
use crate::{ActorId, FormId, MaterialId, ReadingId, StageId, TableId, TrackId, UnitId};
use prog_base::{Diagnostic, Span, Text, codes, text};
use prog_syntax::ast;

impl Index<'_> {
    /// What a name stands for in the file where it is written; no word if nothing.
    pub(crate) fn get(&self, space: Space, name: &ast::Name) -> Option<Named> {
        let entry = self.names(name).0.get(&(space, name.text.clone()))?;
        self.used.borrow_mut().insert((space, entry.span));
        Some(entry.named)
    }

    /// Whether a declaration has been looked up.
    pub(crate) fn is_used(&self, space: Space, declared: &ast::Name) -> bool {
        self.used.borrow().contains(&(space, declared.span))
    }

    /// Whether a file is the programme's own, not a module's.
    pub(crate) fn is_own(&self, file: prog_base::FileId) -> bool {
        !self.module_of.contains_key(&file)
    }

    /// Where the found declaration's name stands.
    pub(crate) fn place(&self, space: Space, name: &ast::Name) -> Option<prog_base::Span> {
        self.names(name).0.get(&(space, name.text.clone())).map(|e| e.span)
    }

    /// All names of a space visible where `name` is written, for suggestions.
    pub(crate) fn visible<'s>(&'s self, space: Space, name: &ast::Name) -> impl Iterator<Item = &'s str> {
        self.names(name).0.keys().filter(move |k| k.0 == space).map(|k| k.1.as_str())
    }

    fn names(&self, name: &ast::Name) -> &Names {
        match self.module_of.get(&name.span.file) {
            Some(module) => &self.module_names[*module],
            None => &self.programme_names,
        }
    }

    /// Whether the name was lost with something that could not be read or loaded, so that no word is due.
    pub(crate) fn is_lost(&self, name: &str, sources: &prog_base::SourceMap) -> bool {
        self.lost_all || self.lost.contains(name) || self.bad.iter().any(|s| sources.slice(*s).contains(name))
    }
}

/// So many names are listed where one is not known.
const FEW: usize = 8;

impl Lower<'_> {
    /// Tells that a name is unknown, with the nearest of `known`; silent when its declaration was lost to another fault.
    pub(crate) fn unknown_name(&mut self, name: &ast::Name, what: Text, known: &[String]) {
        let n = &name.text;
        if self.index.is_lost(n, self.inputs.sources) {
            return;
        }
        let (zh, en) = (what.zh, what.en);
        let d = Diagnostic::error(codes::UNKNOWN_NAME, name.span, text!("没有名为“{n}”的{zh}", "There is no {en} `{n}`"));
        if let Some(module) = (self.inputs.library)(n) {
            let d = self.taking_from_library(d, name, &module);
            self.diagnostics.push(d);
            return;
        }
        if let Some(short) = self.labelled(n, known) {
            self.diagnostics.push(
                d.help(text!("是不是“{short}”？它的说明是“{n}”", "Did you mean `{short}`, whose label is \"{n}\"?")).fix(
                    text!("改为“{short}”", "write `{short}`"),
                    name.span,
                    short,
                ),
            );
            return;
        }
        self.diagnostics.push(match nearest(n, known.iter().map(String::as_str)) {
            Some(near) => {
                d.help(text!("是不是“{near}”？", "Did you mean `{near}`?")).fix(text!("改为“{near}”", "write `{near}`"), name.span, near)
            }
            None if (1..=FEW).contains(&known.len()) => {
                let all = known.join("、");
                let list = known.join(", ");
                d.help(text!("这里可以写：{all}", "What can stand here: {list}"))
            }
            None => d.help(text!("先声明它，或改正写法", "Declare it, or correct the spelling")),
        });
    }

    /// The name is declared by a module of the library: says how to take it, with the line to add.
    fn taking_from_library(&self, d: Diagnostic, name: &ast::Name, module: &str) -> Diagnostic {
        let n = &name.text;
        let word = if self.writes_chinese(name.span) { "引用" } else { "use" };
        let file = self.inputs.files.iter().find(|(id, _)| *id == name.span.file).map(|(_, file)| *file);
        let path = |line: &ast::Use| line.path.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(".");
        let taken = file.and_then(|f| f.uses.iter().find(|line| path(line) == module)).and_then(|line| line.names.as_ref()?.last());
        let d = d.help(text!(
            "库里有它：在文件开头写 引用 {module}.{{ {n} }}",
            "The library has it: write `use {module}.{{ {n} }}` at the top of the file"
        ));
        match taken {
            Some(last) => d.fix(text!("从 {module} 引用", "take it from {module}"), last.span.after(), format!(", {n}")),
            None => {
                let top = Span::new(name.span.file, 0, 0);
                d.fix(text!("从 {module} 引用", "take it from {module}"), top, format!("{word} {module}.{{ {n} }}\n"))
            }
        }
    }

    /// The declared name whose label these words are, among those that would do here.
    fn labelled(&self, words: &str, known: &[String]) -> Option<String> {
        let p = &self.p;
        let idents = p.actors.iter().map(|a| &a.ident).chain(p.forms.iter().map(|f| &f.ident)).chain(p.materials.iter().map(|m| &m.ident));
        let idents = idents.chain(p.stages.iter()).chain(p.tracks.iter().map(|t| &t.ident)).chain(p.inputs.iter().map(|i| &i.ident));
        let mut found = idents.filter(|i| i.label.text == words && i.name != words && known.contains(&i.name));
        found.next().map(|i| i.name.clone())
    }

    /// Whether the file that holds a place is written with the Chinese keywords, for fixes.
    pub(crate) fn writes_chinese(&self, at: prog_base::Span) -> bool {
        let text = &self.inputs.sources.get(at.file).text;
        let lines = || text.lines().map(str::trim_start);
        let starts = |words: &[&str]| {
            lines().filter(|l| words.iter().any(|w| l.strip_prefix(w).is_some_and(|r| r.starts_with([' ', '　'])))).count()
        };
        starts(&["方案", "类别", "信息", "必须", "名额", "环节", "主体", "情形"])
            > starts(&["programme", "track", "fact", "require", "quota", "stage", "actor", "scenario"])
    }

    /// Finds a name or tells that there is none. `fits` takes what is wanted of the space.
    pub(crate) fn find<T>(&mut self, space: Space, name: &ast::Name, what: Text, fits: impl Fn(Named) -> Option<T>) -> Option<T> {
        let found = self.index.get(space, name).and_then(&fits);
        if found.is_none() {
            let known: Vec<String> = self.index.visible(space, name).map(str::to_owned).collect();
            self.unknown_name(name, what, &known);
        }
        found
    }
}

macro_rules! finders {
    ($($(#[doc = $doc:literal])* $name:ident: $space:ident $variant:ident -> $id:ty, $zh:literal, $en:literal;)*) => {
        impl Lower<'_> {
            $($(#[doc = $doc])*
            pub(crate) fn $name(&mut self, name: &ast::Name) -> Option<$id> {
                self.find(Space::$space, name, text!($zh, $en), |n| if let Named::$variant(id) = n { Some(id) } else { None })
            })*
        }
    };
}

finders! {
    /// The unit of that name, or a diagnostic.
    find_unit: Unit Unit -> UnitId, "单位", "unit";
    /// The table of that name, or a diagnostic.
    find_table: Value Table -> TableId, "表", "table";
    /// The track of that name, or a diagnostic.
    find_track: Track Track -> TrackId, "类别", "track";
    /// The stage of that name, or a diagnostic.
    find_stage: Stage Stage -> StageId, "环节", "stage";
    /// The actor of that name, or a diagnostic.
    find_actor: Actor Actor -> ActorId, "主体", "actor";
    /// The form of that name, or a diagnostic.
    find_form: Document Form -> FormId, "表单", "form";
    /// The material of that name, or a diagnostic.
    find_material: Document Material -> MaterialId, "材料", "material";
    /// The declared reading of that name, or a diagnostic (built-in ones are the readings phase's matter).
    find_reading: Reading Reading -> ReadingId, "口径", "reading";
}

/// The most similar of the known names, if any is near enough to be meant. Names of two characters are near when they begin alike.
pub(crate) fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let first = name.chars().next();
    let score = |k: &str| (strsim::jaro_winkler(name, k) * 1000.0) as u32 + if k.chars().next() == first { 50 } else { 0 };
    known.filter(|k| *k != name).map(|k| (score(k), k)).filter(|(s, _)| *s >= 700).max_by_key(|(s, _)| *s).map(|(_, k)| k)
}
