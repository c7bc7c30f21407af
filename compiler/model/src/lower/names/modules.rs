//! Which declarations of the modules are needed: what is imported, and what that needs itself.
//!
//! In: the `use` lines of the programme's files and of modules. Out: [`Wanted`], by module and item.
//! Always: a list, record or unit needs the types and units it names, a calendar nothing; anything else needs its whole module.

use crate::Inputs;
use prog_syntax::ast;
use std::collections::BTreeSet;

/// The items needed of each module.
pub(super) struct Wanted(BTreeSet<(usize, usize)>);

impl Wanted {
    /// Whether an item of a module is needed.
    pub(super) fn has(&self, module: usize, item: usize) -> bool {
        self.0.contains(&(module, item))
    }

    /// Follows all imports from the programme's own files.
    pub(super) fn of(inputs: &Inputs<'_>) -> Self {
        let mut search = Search { inputs, wanted: BTreeSet::new(), next: Vec::new() };
        for (_, file) in &inputs.files {
            for line in &file.uses {
                search.line(line, None);
            }
        }
        while let Some((module, item)) = search.next.pop() {
            search.needs(module, item);
        }
        Self(search.wanted)
    }
}

/// The dotted path of a `use` line.
pub(super) fn path(line: &ast::Use) -> String {
    line.path.iter().map(|n| n.text.as_str()).collect::<Vec<_>>().join(".")
}

/// The name an item declares, if it declares one that a module can give.
pub(super) fn declared(item: &ast::Item) -> Vec<&ast::Name> {
    match item {
        ast::Item::Reading(x) => vec![&x.head.name],
        ast::Item::Actor(x) => vec![&x.head.name],
        ast::Item::Enum(x) => vec![&x.head.name],
        ast::Item::Record(x) => vec![&x.head.name],
        ast::Item::Unit(x) => vec![&x.head.name],
        ast::Item::Table(x) => vec![&x.head.name],
        ast::Item::Calendar(x) => vec![&x.head.name],
        ast::Item::Let(x) => vec![&x.head.name],
        ast::Item::Quota(x) => vec![&x.head.name],
        ast::Item::Select(x) => vec![&x.head.name],
        ast::Item::Form(x) => vec![&x.head.name],
        ast::Item::Summary(x) => vec![&x.head.name],
        ast::Item::Track(x) => x.heads.iter().map(|h| &h.name).collect(),
        ast::Item::Material(x) => x.heads.iter().map(|h| &h.name).collect(),
        ast::Item::Workflow(x) => x.stages.iter().map(|s| &s.head.name).collect(),
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
        | ast::Item::Bad(_) => Vec::new(),
    }
}

struct Search<'i, 'a> {
    inputs: &'i Inputs<'a>,
    wanted: BTreeSet<(usize, usize)>,
    next: Vec<(usize, usize)>,
}

impl Search<'_, '_> {
    /// What a `use` line takes; with `only`, no more than that name.
    fn line(&mut self, line: &ast::Use, only: Option<&str>) {
        let path = path(line);
        let Some(module) = self.inputs.modules.iter().position(|(p, _)| *p == path) else { return };
        let takes = |name: &str| line.names.as_ref().is_none_or(|list| list.iter().any(|n| n.text == name));
        match only {
            Some(name) if takes(name) => self.name(module, name),
            Some(_) => {}
            None => match &line.names {
                Some(names) => names.iter().for_each(|n| self.name(module, &n.text)),
                None => self.all(module),
            },
        }
    }

    fn all(&mut self, module: usize) {
        for item in 0..self.inputs.modules[module].1.items.len() {
            self.item(module, item);
        }
    }

    fn item(&mut self, module: usize, item: usize) {
        if self.wanted.insert((module, item)) {
            self.next.push((module, item));
        }
    }

    /// A name as a module sees it: its own declaration, else what it imports.
    fn name(&mut self, module: usize, name: &str) {
        let file = self.inputs.modules[module].1;
        let own: Vec<usize> = (0..file.items.len()).filter(|i| declared(&file.items[*i]).iter().any(|n| n.text == name)).collect();
        own.iter().for_each(|i| self.item(module, *i));
        if own.is_empty() {
            file.uses.iter().for_each(|line| self.line(line, Some(name)));
        }
    }

    fn needs(&mut self, module: usize, item: usize) {
        let file = self.inputs.modules[module].1;
        match &file.items[item] {
            ast::Item::Enum(_) | ast::Item::Calendar(_) => {}
            ast::Item::Unit(unit) => {
                if let ast::UnitMeaning::Multiple { of, .. } = &unit.meaning {
                    self.name(module, &of.text);
                }
            }
            ast::Item::Record(record) => {
                for name in record.fields.iter().flat_map(|f| type_names(&f.ty)) {
                    self.name(module, &name.text);
                }
            }
            _anything_else => {
                self.all(module);
                file.uses.iter().for_each(|line| self.line(line, None));
            }
        }
    }
}

/// The types and units a type names.
fn type_names(ty: &ast::TypeExpr) -> Vec<&ast::Name> {
    let mut names: Vec<&ast::Name> = ty.unit.iter().collect();
    match &ty.kind {
        ast::TypeKind::Named(name) | ast::TypeKind::ManyOf(name) => names.push(name),
        ast::TypeKind::List(item) => names.extend(type_names(item)),
        ast::TypeKind::Record(fields) => names.extend(fields.iter().flat_map(|f| type_names(&f.ty))),
        ast::TypeKind::Text
        | ast::TypeKind::Prose
        | ast::TypeKind::Integer
        | ast::TypeKind::Count
        | ast::TypeKind::Decimal(_)
        | ast::TypeKind::Percent(_)
        | ast::TypeKind::Money(_)
        | ast::TypeKind::Date
        | ast::TypeKind::Month
        | ast::TypeKind::Year
        | ast::TypeKind::YesNo
        | ast::TypeKind::Email
        | ast::TypeKind::Phone
        | ast::TypeKind::Mobile
        | ast::TypeKind::Postcode
        | ast::TypeKind::Url
        | ast::TypeKind::File { .. }
        | ast::TypeKind::Choice { .. }
        | ast::TypeKind::Bad => {}
    }
    names
}
