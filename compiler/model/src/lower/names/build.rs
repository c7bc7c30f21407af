//! Fills the index: modules first, then the programme's own files.

use super::modules::{self, Wanted};
use super::{BUILTIN_READINGS, Entry, Index, Named, Names, Space, TrackNames};
use crate::{
    ActorId, ConstId, EnumId, FormId, Inputs, MaterialId, QuotaId, ReadingId, RecordId, SelectionId, StageId, SummaryId, TableId, TrackId,
    UnitId,
};
use prog_base::{Diagnostic, codes, text};
use prog_syntax::ast;

impl<'a> Index<'a> {
    /// Indexes everything reachable.
    pub(crate) fn build(inputs: &Inputs<'a>, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut index = Self::default();
        let files = inputs.files.iter().map(|f| f.1).chain(inputs.modules.iter().map(|m| m.1));
        index.bad = files.flat_map(|file| file.unread.iter().copied()).collect();
        index.modules(inputs, diagnostics);
        let mut names = Names::default();
        for (_, file) in &inputs.files {
            index.uses(inputs, file, &mut names, diagnostics);
        }
        for (_, file) in &inputs.files {
            for programme in &file.programmes {
                match index.programme {
                    None => index.programme = Some(programme),
                    Some(_) => index.others.push(programme),
                }
            }
        }
        let own = index.programme.map(|p| p.items.iter()).into_iter().flatten();
        index.items = own.chain(inputs.files.iter().flat_map(|(_, f)| f.items.iter())).collect();
        for item in index.items.clone() {
            index.item(item, &mut names, diagnostics);
        }
        index.programme_names = names;
        index.fill_tracks(diagnostics);
        index
    }

    fn modules(&mut self, inputs: &Inputs<'a>, diagnostics: &mut Vec<Diagnostic>) {
        let wanted = Wanted::of(inputs);
        for (number, (_, file)) in inputs.modules.iter().enumerate() {
            self.module_of.insert(file.span.file, number);
            let mut names = Names::default();
            for (_, item) in file.items.iter().enumerate().filter(|(i, _)| wanted.has(number, *i)) {
                self.item(item, &mut names, diagnostics);
            }
            self.module_names.push(names);
        }
        for (number, (_, file)) in inputs.modules.iter().enumerate() {
            let mut names = std::mem::take(&mut self.module_names[number]);
            self.uses(inputs, file, &mut names, diagnostics);
            self.module_names[number] = names;
        }
    }

    /// Takes over what `use` lines name.
    fn uses(&mut self, inputs: &Inputs<'a>, file: &'a ast::File, into: &mut Names, diagnostics: &mut Vec<Diagnostic>) {
        for line in &file.uses {
            let path = modules::path(line);
            let module = inputs.modules.iter().position(|(p, _)| *p == path);
            match (module, &line.names) {
                (None, None) => self.lost_all = true,
                (None, Some(names)) => self.lost.extend(names.iter().map(|n| n.text.clone())),
                (Some(m), None) => self.module_names[m].0.iter().for_each(|(k, e)| into.import(k.0, &k.1, *e)),
                (Some(m), Some(names)) => {
                    for name in names {
                        let found: Vec<_> =
                            self.module_names[m].0.iter().filter(|((_, n), _)| *n == name.text).map(|(k, e)| (k.0, *e)).collect();
                        if found.is_empty() {
                            self.lost.insert(name.text.clone());
                            diagnostics.push(not_in_module(name, &path, inputs.modules[m].1));
                        }
                        found.into_iter().for_each(|(space, e)| into.import(space, &name.text, e));
                    }
                }
            }
        }
    }

    fn item(&mut self, item: &'a ast::Item, names: &mut Names, out: &mut Vec<Diagnostic>) {
        let id = |n: usize| n as u32;
        match item {
            ast::Item::Enum(e) => {
                names.declare(Space::Type, &e.head.name, Named::Enum(EnumId(id(self.enums.len()))), out);
                self.enums.push(e);
            }
            ast::Item::Record(r) => {
                names.declare(Space::Type, &r.head.name, Named::Record(RecordId(id(self.records.len()))), out);
                self.records.push(r);
            }
            ast::Item::Unit(u) => {
                names.declare(Space::Unit, &u.head.name, Named::Unit(UnitId(id(self.units.len()))), out);
                self.units.push(u);
            }
            ast::Item::Table(t) => {
                names.declare(Space::Value, &t.head.name, Named::Table(TableId(id(self.tables.len()))), out);
                self.tables.push(t);
            }
            ast::Item::Calendar(c) => {
                names.declare(Space::Calendar, &c.head.name, Named::Calendar, out);
                self.calendars.push(c);
            }
            ast::Item::Let(l) => {
                names.declare(Space::Value, &l.head.name, Named::Let(ConstId(id(self.lets.len()))), out);
                self.lets.push(l);
            }
            ast::Item::Actor(a) => {
                names.declare(Space::Actor, &a.head.name, Named::Actor(ActorId(id(self.actors.len()))), out);
                self.actors.push(a);
            }
            ast::Item::Reading(r) => {
                let number = BUILTIN_READINGS + id(self.readings.len());
                names.declare(Space::Reading, &r.head.name, Named::Reading(ReadingId(number)), out);
                self.readings.push(r);
            }
            ast::Item::Quota(q) => {
                names.declare(Space::Quota, &q.head.name, Named::Quota(QuotaId(id(self.quotas.len()))), out);
                self.quotas.push(q);
            }
            ast::Item::Select(s) => {
                names.declare(Space::Quota, &s.head.name, Named::Selection(SelectionId(id(self.selections.len()))), out);
                self.selections.push(s);
            }
            ast::Item::Form(f) => {
                names.declare(Space::Document, &f.head.name, Named::Form(FormId(id(self.forms.len()))), out);
                self.forms.push(f);
            }
            ast::Item::Summary(s) => {
                names.declare(Space::Document, &s.head.name, Named::Summary(SummaryId(id(self.summaries.len()))), out);
                self.summaries.push(s);
            }
            ast::Item::Material(m) => self.material(m, names, out),
            ast::Item::Track(t) => self.track(t, names),
            ast::Item::Workflow(w) => self.workflow(w, names, out),
            ast::Item::Header(_)
            | ast::Item::Notice(_)
            | ast::Item::Readings(_)
            | ast::Item::Explain(_)
            | ast::Item::Assert(_)
            | ast::Item::Targets(_)
            | ast::Item::Duty(_)
            | ast::Item::Scenario(_)
            | ast::Item::Amend(_)
            | ast::Item::Repeal(_)
            | ast::Item::Bad(_) => {}
        }
    }

    fn material(&mut self, material: &'a ast::Material, names: &mut Names, out: &mut Vec<Diagnostic>) {
        for head in &material.heads {
            let id = MaterialId(self.materials.len() as u32);
            names.declare(Space::Document, &head.name, Named::Material(id), out);
            self.materials.push((material, head));
        }
    }

    /// A track may be reopened: its later blocks add to the first.
    fn track(&mut self, track: &'a ast::Track, names: &mut Names) {
        for head in &track.heads {
            let known = names.0.get(&(Space::Track, head.name.text.clone())).map(|e| e.named);
            let Some(Named::Track(id)) = known else {
                let id = TrackId(self.tracks.len() as u32);
                names.import(Space::Track, &head.name.text, Entry { named: Named::Track(id), span: head.name.span });
                self.tracks.push(TrackNames::new(head, track));
                continue;
            };
            self.tracks[id.index()].blocks.push(track);
        }
    }

    /// A stage's name is one for all routes; only within one route it must not be declared twice.
    fn workflow(&mut self, workflow: &'a ast::Workflow, names: &mut Names, out: &mut Vec<Diagnostic>) {
        self.workflows.push(workflow);
        for (at, stage) in workflow.stages.iter().enumerate() {
            let name = &stage.head.name;
            if let Some(first) = workflow.stages[..at].iter().find(|s| s.head.name.text == name.text) {
                out.push(duplicate(name, first.head.name.span));
            }
            if !names.0.contains_key(&(Space::Stage, name.text.clone())) {
                let named = Named::Stage(StageId(self.stages.len() as u32));
                names.import(Space::Stage, &name.text, Entry { named, span: name.span });
                self.stages.push(&stage.head);
            }
        }
    }
}

impl Names {
    /// Adds a declaration; the first of two equal names stays.
    fn declare(&mut self, space: Space, name: &ast::Name, named: Named, out: &mut Vec<Diagnostic>) {
        if let Some(first) = self.0.get(&(space, name.text.clone())) {
            out.push(duplicate(name, first.span));
        } else {
            self.import(space, &name.text, Entry { named, span: name.span });
        }
    }

    /// Makes a name visible without a word.
    fn import(&mut self, space: Space, name: &str, entry: Entry) {
        self.0.entry((space, name.to_owned())).or_insert(entry);
    }
}

/// Two declarations of one name, with both places.
pub(super) fn duplicate(name: &ast::Name, first: prog_base::Span) -> Diagnostic {
    let n = &name.text;
    Diagnostic::error(codes::DUPLICATE_NAME, name.span, text!("“{n}”声明了两次", "`{n}` is declared twice"))
        .here(text!("第二处", "here again"))
        .label(first, text!("第一处", "first declared here"))
        .help(text!(
            "给其中一处换个名称，或删去一处（看起来相同的字即使编码不同，也算同名）",
            "Rename one of them, or remove one (names that look alike count as equal even when they are encoded differently)"
        ))
}

fn not_in_module(name: &ast::Name, path: &str, module: &ast::File) -> Diagnostic {
    let n = &name.text;
    let d = Diagnostic::error(codes::NOT_IN_MODULE, name.span, text!("模块 {path} 中没有“{n}”", "Module {path} declares no `{n}`"));
    let known = module.items.iter().flat_map(modules::declared).map(|n| n.text.as_str());
    match super::find::nearest(n, known) {
        Some(near) => d.fix(text!("改为“{near}”", "write `{near}`"), name.span, near),
        None => d,
    }
}
