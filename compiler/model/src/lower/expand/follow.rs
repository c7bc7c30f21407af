//! A programme that follows another: what the base declares, as far as it is not amended or repealed, and what is new.
//!
//! In: the declarations of the base and of the programme itself. Out: those that hold. Always: everything of the base holds unless it
//! is amended whole or repealed by kind and name; its header and its examples do not, and its outline stands apart, so that what is
//! kept cites the old notice.

use super::Expansion;
use crate::lower::names::nearest;
use prog_base::{Diagnostic, Span, codes, text};
use prog_syntax::ast;

/// What a declaration is called: its kind as the author names it, and its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Called {
    kind: &'static str,
    name: String,
}

/// A declaration of the base that does not hold as it stood there.
#[derive(Clone, Debug)]
pub(crate) struct Changed {
    /// What people called it.
    pub label: String,
    /// What it cited.
    pub was: Vec<ast::Cite>,
    /// What is cited for the change.
    pub now: Vec<ast::Cite>,
    /// It is gone, with nothing in its place.
    pub repealed: bool,
}

/// What of a base does not hold any more as it stood: by its items, those of the programme itself, and those that hold.
pub(super) fn changed(base: &[ast::Item], own: &[ast::Item], held: &[ast::Item]) -> Vec<Changed> {
    let held: Vec<Declared<'_>> = held.iter().flat_map(declared).collect();
    let repeals: Vec<(Called, &[ast::Cite])> = own
        .iter()
        .filter_map(|i| match i {
            ast::Item::Repeal(r) => Some((one(kind_word(r.kind), &r.name), r.cites.as_slice())),
            _other => None,
        })
        .collect();
    let gone = base.iter().flat_map(declared).filter(|old| !held.iter().any(|new| new.called == old.called && new.span == old.span));
    gone.map(|old| {
        let new = held.iter().find(|new| new.called == old.called);
        let by = repeals.iter().find(|(called, _)| *called == old.called);
        let now = new.map(|new| new.cites).or(by.map(|(_, cites)| *cites)).unwrap_or_default();
        Changed { label: old.label.to_owned(), was: old.cites.to_vec(), now: now.to_vec(), repealed: new.is_none() }
    })
    .collect()
}

impl Expansion<'_> {
    /// What holds of a programme that follows a base.
    pub(super) fn followed(&mut self, base: Vec<ast::Item>, own: Vec<ast::Item>, base_name: &str) -> Vec<ast::Item> {
        let mut items: Vec<ast::Item> = base.into_iter().filter(|i| is_kept(i, &own)).collect();
        let known: Vec<(Called, Span)> = items.iter().flat_map(called).collect();
        let mut new = Vec::new();
        for item in own {
            match item {
                ast::Item::Amend(amend) => self.amend(&mut items, &amend, base_name),
                ast::Item::Repeal(repeal) => self.repeal(&mut items, &repeal, base_name),
                item => new.extend(self.declared_once(item, &known, base_name)),
            }
        }
        items.extend(new);
        items
    }

    /// `amend` and `repeal` in a programme that follows none; that a base was not found has been told.
    pub(super) fn nothing_followed(&mut self, items: &mut Vec<ast::Item>, follows: bool) {
        for item in items.iter().filter(|_| !follows) {
            let (ast::Item::Amend(ast::Amend { span, .. }) | ast::Item::Repeal(ast::Repeal { span, .. })) = item else { continue };
            self.diagnostics.push(
                Diagnostic::error(
                    codes::NOTHING_TO_AMEND,
                    *span,
                    text!(
                        "这个方案没有沿用别的方案，没有可改、可删的",
                        "this programme follows none, so there is nothing to amend or repeal"
                    ),
                )
                .help(text!("在方案开头写：方案 名称 \"标题\" 沿用 原方案", "write at its head: `programme NAME \"title\" follows BASE`")),
            );
        }
        items.retain(|i| !matches!(i, ast::Item::Amend(_) | ast::Item::Repeal(_)));
    }

    fn amend(&mut self, items: &mut [ast::Item], amend: &ast::Amend, base: &str) {
        let done = match &amend.what {
            ast::Amended::Item(new) => match &**new {
                ast::Item::Readings(block) => {
                    amend_readings(items, block);
                    true
                }
                ast::Item::Workflow(new) => {
                    let same = |w: &ast::Workflow| texts(&w.tracks) == texts(&new.tracks);
                    let old =
                        items.iter_mut().find_map(|i| if let ast::Item::Workflow(w) = i { Some(w).filter(|w| same(w)) } else { None });
                    old.map(|old| *old = new.clone()).is_some()
                }
                // Of tables and lets all versions go; the new one stands where the first stood.
                new => {
                    let wanted = names(new);
                    let mut first = true;
                    for item in items.iter_mut().filter(|i| names(i) == wanted && !wanted.is_empty()) {
                        *item = if std::mem::take(&mut first) { new.clone() } else { ast::Item::Bad(amend.span) };
                    }
                    !first
                }
            },
            ast::Amended::Member(new) => {
                let wanted = called_member(new);
                let mut count = 0;
                each_members(items, &mut |members| {
                    let mut here = true;
                    members.retain_mut(|m| {
                        if called_member(m) != wanted || wanted.is_none() {
                            return true;
                        }
                        count += 1;
                        *m = (**new).clone();
                        std::mem::take(&mut here)
                    });
                });
                count > 0
            }
            ast::Amended::Stage(new) => {
                let mut count = 0;
                for item in items.iter_mut() {
                    let ast::Item::Workflow(workflow) = item else { continue };
                    for stage in workflow.stages.iter_mut().filter(|s| s.head.name.text == new.head.name.text) {
                        *stage = (**new).clone();
                        count += 1;
                    }
                }
                count > 0
            }
        };
        if !done {
            let (wanted, span) = match &amend.what {
                ast::Amended::Item(new) => (names(new).pop(), amend.span),
                ast::Amended::Member(new) => (called_member(new), amend.span),
                ast::Amended::Stage(new) => (Some(one("stage", &new.head.name)), new.head.name.span),
            };
            self.missing(items, wanted, span, base);
        }
    }

    fn repeal(&mut self, items: &mut Vec<ast::Item>, repeal: &ast::Repeal, base: &str) {
        let wanted = one(kind_word(repeal.kind), &repeal.name);
        let mut count = items.len();
        items.retain(|i| !names(i).contains(&wanted) || matches!(i, ast::Item::Track(_) | ast::Item::Workflow(_)));
        count -= items.len();
        each_members(items, &mut |members| {
            let before = members.len();
            members.retain(|m| called_member(m).as_ref() != Some(&wanted));
            count += before - members.len();
        });
        for item in items.iter_mut() {
            let ast::Item::Workflow(workflow) = item else { continue };
            let before = workflow.stages.len();
            workflow.stages.retain(|s| wanted != one("stage", &s.head.name));
            count += before - workflow.stages.len();
        }
        if count == 0 {
            self.missing(items, Some(wanted), repeal.name.span, base);
        }
    }

    /// What is to be amended or repealed is not there.
    fn missing(&mut self, items: &[ast::Item], wanted: Option<Called>, span: Span, base: &str) {
        let wanted = wanted.unwrap_or(Called { kind: "workflow", name: String::new() });
        let (kind, name) = (wanted.kind, &wanted.name);
        let d =
            Diagnostic::error(codes::NOTHING_TO_AMEND, span, text!("“{base}”里没有 {kind} “{name}”", "`{base}` has no `{kind} {name}`"));
        let mut known: Vec<Called> = items.iter().flat_map(called).map(|(c, _)| c).collect();
        known.sort();
        known.dedup();
        let elsewhere = known.iter().find(|c| c.name == *name).map(|c| c.kind);
        let near = nearest(name, known.iter().filter(|c| c.kind == kind).map(|c| c.name.as_str())).map(str::to_owned);
        self.diagnostics.push(match (elsewhere, near) {
            (Some(kind), _) => d.help(text!("那里的“{name}”是 {kind}", "there `{name}` is a `{kind}`")),
            (None, Some(near)) => d.help(text!("是不是“{near}”？", "did you mean `{near}`?")),
            (None, None) => d.help(text!("核对名称，或去掉 改，作为新的内容写", "check the name, or declare it as new, without `amend`")),
        });
    }

    /// What the base has already is amended, not declared again; a version more is no second declaration.
    fn declared_once(&mut self, item: ast::Item, known: &[(Called, Span)], base: &str) -> Option<ast::Item> {
        match item {
            ast::Item::Let(l) if l.effective.is_some() => Some(ast::Item::Let(l)),
            ast::Item::Table(t) if t.effective.is_some() => Some(ast::Item::Table(t)),
            ast::Item::Track(mut track) => {
                track.members.retain(|m| is_version(m) || !self.redeclared(&members_called(m), known, base));
                Some(ast::Item::Track(track))
            }
            item => (!self.redeclared(&called(&item), known, base)).then_some(item),
        }
    }

    fn redeclared(&mut self, all: &[(Called, Span)], known: &[(Called, Span)], base: &str) -> bool {
        let mut again = false;
        for (new, place) in all {
            let Some((_, old)) = known.iter().find(|(c, _)| c == new) else { continue };
            again = true;
            let name = &new.name;
            let (zh, en) =
                (format!("改为新的内容，就写 改 …“{name}”…"), format!("to change it, write `amend` before the declaration of `{name}`"));
            self.diagnostics.push(
                Diagnostic::error(
                    codes::REDECLARED,
                    *place,
                    text!("“{name}”沿用自“{base}”，这里又声明了一次", "`{name}` holds from `{base}`, and is declared here again"),
                )
                .label(*old, text!("原来的声明", "declared there"))
                .help(text!("{zh}；原来的不再要，就写 删", "{en}; if it no longer holds, `repeal` it")),
            );
        }
        again
    }
}

fn is_version(member: &ast::TrackMember) -> bool {
    match member {
        ast::TrackMember::Let(l) | ast::TrackMember::Output(l) => l.effective.is_some(),
        ast::TrackMember::Rule(rule) => rule.effective.is_some(),
        ast::TrackMember::Fact(_)
        | ast::TrackMember::Conditions(_)
        | ast::TrackMember::Outcomes(_)
        | ast::TrackMember::Score(_)
        | ast::TrackMember::Bad(_) => false,
    }
}

/// Whether a declaration of the base holds on: not its outline and header, save the zone when no other is given, nor its examples.
fn is_kept(item: &ast::Item, own: &[ast::Item]) -> bool {
    match item {
        ast::Item::Header(h) => {
            let zone = |i: &ast::Item| matches!(i, ast::Item::Header(h) if h.key == ast::HeaderKey::Timezone);
            h.key == ast::HeaderKey::Timezone && !own.iter().any(zone)
        }
        ast::Item::Notice(_) | ast::Item::Scenario(_) => false,
        _other => true,
    }
}

fn one(kind: &'static str, name: &ast::Name) -> Called {
    Called { kind, name: name.text.clone() }
}

/// One thing that an item declares.
struct Declared<'i> {
    called: Called,
    span: Span,
    cites: &'i [ast::Cite],
    /// What people call it.
    label: &'i str,
}

/// What an item declares, a track's members included.
fn declared(item: &ast::Item) -> Vec<Declared<'_>> {
    let at = |kind, head| vec![of_head(kind, head)];
    match item {
        ast::Item::Reading(x) => at("reading", &x.head),
        ast::Item::Actor(x) => at("actor", &x.head),
        ast::Item::Enum(x) => at("enum", &x.head),
        ast::Item::Record(x) => at("record", &x.head),
        ast::Item::Unit(x) => at("unit", &x.head),
        ast::Item::Table(x) => at("table", &x.head),
        ast::Item::Calendar(x) => at("calendar", &x.head),
        ast::Item::Let(x) => at("let", &x.head),
        ast::Item::Quota(x) => at("quota", &x.head),
        ast::Item::Select(x) => at("select", &x.head),
        ast::Item::Form(x) => at("form", &x.head),
        ast::Item::Summary(x) => at("summary", &x.head),
        ast::Item::Targets(x) => at("targets", &x.head),
        ast::Item::Material(x) => x.heads.iter().map(|h| of_head("material", h)).collect(),
        ast::Item::Readings(x) => x.settings.iter().map(of_setting).collect(),
        ast::Item::Workflow(x) => x.stages.iter().map(|s| of_head("stage", &s.head)).collect(),
        ast::Item::Track(x) => x.members.iter().flat_map(members_declared).collect(),
        ast::Item::Header(_)
        | ast::Item::Notice(_)
        | ast::Item::Explain(_)
        | ast::Item::Assert(_)
        | ast::Item::Duty(_)
        | ast::Item::Scenario(_)
        | ast::Item::Amend(_)
        | ast::Item::Repeal(_)
        | ast::Item::Bad(_) => Vec::new(),
    }
}

fn of_head<'i>(kind: &'static str, head: &'i ast::Head) -> Declared<'i> {
    let label = head.message.as_ref().map_or(head.name.text.as_str(), |m| m.text.text.as_str());
    Declared { called: one(kind, &head.name), span: head.name.span, cites: &head.cites, label }
}

fn of_setting(setting: &ast::ReadingSetting) -> Declared<'_> {
    let name = &setting.name;
    Declared { called: one("readings", name), span: name.span, cites: &setting.cites, label: &name.text }
}

fn called(item: &ast::Item) -> Vec<(Called, Span)> {
    declared(item).into_iter().map(|d| (d.called, d.span)).collect()
}

fn names(item: &ast::Item) -> Vec<Called> {
    called(item).into_iter().map(|(c, _)| c).collect()
}

fn members_called(member: &ast::TrackMember) -> Vec<(Called, Span)> {
    members_declared(member).into_iter().map(|d| (d.called, d.span)).collect()
}

fn members_declared(member: &ast::TrackMember) -> Vec<Declared<'_>> {
    let mut all: Vec<Declared<'_>> = of_member(member).into_iter().collect();
    if let ast::TrackMember::Conditions(group) = member {
        all.extend(group.members.iter().flat_map(members_declared));
    }
    all
}

fn of_member(member: &ast::TrackMember) -> Option<Declared<'_>> {
    match member {
        ast::TrackMember::Fact(x) => Some(of_head("fact", &x.head)),
        ast::TrackMember::Rule(x) => Some(of_head(strength_word(x.strength), &x.head)),
        ast::TrackMember::Conditions(x) => Some(of_head("conditions", &x.head)),
        ast::TrackMember::Let(x) => Some(of_head("let", &x.head)),
        ast::TrackMember::Output(x) => Some(of_head("output", &x.head)),
        ast::TrackMember::Score(x) => Some(of_head("score", &x.head)),
        ast::TrackMember::Outcomes(_) | ast::TrackMember::Bad(_) => None,
    }
}

fn called_member(member: &ast::TrackMember) -> Option<Called> {
    of_member(member).map(|d| d.called)
}

/// A rule is amended and repealed by any strength that it had: its name tells it.
fn strength_word(_strength: ast::Strength) -> &'static str {
    "rule"
}

fn kind_word(kind: ast::RepealKind) -> &'static str {
    match kind {
        ast::RepealKind::Rule(strength) => strength_word(strength),
        ast::RepealKind::Quota => "quota",
        ast::RepealKind::Select => "select",
        ast::RepealKind::Fact => "fact",
        ast::RepealKind::Conditions => "conditions",
        ast::RepealKind::Output => "output",
        ast::RepealKind::Score => "score",
        ast::RepealKind::Stage => "stage",
        ast::RepealKind::Enum => "enum",
        ast::RepealKind::Record => "record",
        ast::RepealKind::Unit => "unit",
        ast::RepealKind::Table => "table",
        ast::RepealKind::Let => "let",
        ast::RepealKind::Actor => "actor",
        ast::RepealKind::Material => "material",
        ast::RepealKind::Form => "form",
        ast::RepealKind::Summary => "summary",
        ast::RepealKind::Targets => "targets",
        ast::RepealKind::Reading => "reading",
        ast::RepealKind::Calendar => "calendar",
    }
}

fn texts(names: &[ast::Name]) -> Vec<&str> {
    names.iter().map(|n| n.text.as_str()).collect()
}

/// Every list of members of every track, groups first.
fn each_members(items: &mut [ast::Item], see: &mut dyn FnMut(&mut Vec<ast::TrackMember>)) {
    fn inner(members: &mut Vec<ast::TrackMember>, see: &mut dyn FnMut(&mut Vec<ast::TrackMember>)) {
        for member in members.iter_mut() {
            if let ast::TrackMember::Conditions(group) = member {
                inner(&mut group.members, see);
            }
        }
        see(members);
    }
    for item in items {
        if let ast::Item::Track(track) = item {
            inner(&mut track.members, see);
        }
    }
}

/// Settings of readings: in place of those of the base, or new.
fn amend_readings(items: &mut [ast::Item], block: &ast::Readings) {
    let mut new: Vec<ast::ReadingSetting> = block.settings.clone();
    for item in items.iter_mut() {
        let ast::Item::Readings(old) = item else { continue };
        for setting in &mut old.settings {
            if let Some(at) = new.iter().position(|s| s.name.text == setting.name.text) {
                *setting = new.remove(at);
            }
        }
    }
    let block = items.iter_mut().find_map(|i| if let ast::Item::Readings(old) = i { Some(old) } else { None });
    if let Some(old) = block {
        old.settings.extend(new);
    }
}
