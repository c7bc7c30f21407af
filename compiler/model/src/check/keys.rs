//! Keys in data: no two things may be written under one key in one place.

use crate::{Ident, Programme, SummaryColumn, Test, TestMember};
use prog_base::{Diagnostic, Span, codes, text};
use std::collections::BTreeMap;

/// Checks every place where keys meet.
pub(super) fn check(p: &Programme, out: &mut Vec<Diagnostic>) {
    let mut named = Seen { keys: BTreeMap::new(), out };
    for (place, idents) in [
        ("track", p.tracks.iter().map(|x| &x.ident).collect::<Vec<_>>()),
        ("document", p.forms.iter().map(|x| &x.ident).chain(p.summaries.iter().map(|x| &x.ident)).collect()),
        ("material", p.materials.iter().map(|x| &x.ident).collect()),
        ("stage", p.stages.iter().collect()),
        ("actor", p.actors.iter().map(|x| &x.ident).collect()),
        ("quota", p.quotas.iter().map(|x| &x.ident).chain(p.selections.iter().map(|x| &x.ident)).collect()),
    ] {
        for ident in idents {
            named.declared((place, 0), ident);
        }
    }
    for (t, track) in p.tracks.iter().enumerate() {
        for rule in &track.rules {
            named.declared(("rule", t), &rule.ident);
            members(&rule.test, ("rule", t), &mut named);
        }
        for value in &track.lets {
            named.declared(("let", t), &value.ident);
        }
    }
    for (t, track) in p.tracks.iter().enumerate() {
        for id in &track.inputs {
            let input = p.input(*id);
            named.pointer(("input", t), &input.pointer, &input.ident);
        }
        for rule in track.rules.iter().filter(|r| !matches!(r.test, Test::Expr(_) | Test::Threshold { .. } | Test::Bad)) {
            named.pointer(("input", t), &rule.path, &rule.ident);
        }
    }
    for (f, form) in p.forms.iter().enumerate() {
        for id in &form.inputs {
            let input = p.input(*id);
            named.pointer(("form", f), &input.pointer, &input.ident);
        }
    }
    let mut groups = 0;
    for (s, summary) in p.summaries.iter().enumerate() {
        for (column, SummaryColumn { ident, .. }) in summary.columns.iter().enumerate() {
            if summary.group_of(column).is_none() {
                named.pointer(("column", s), &ident.key, ident);
            }
        }
        for (group, first, count) in &summary.groups {
            groups += 1;
            named.pointer(("column", s), &group.key, group);
            for SummaryColumn { ident, .. } in summary.columns.iter().skip(*first).take(*count) {
                named.pointer(("grouped column", groups), &ident.key, ident);
            }
        }
    }
}

fn members<'p>(test: &'p Test, place: Place, named: &mut Seen<'p, '_>) {
    let Test::Threshold { members: list, .. } = test else { return };
    for TestMember { ident, test, .. } in list {
        named.pointer(place, &ident.key, ident);
        members(test, place, named);
    }
}

/// Where keys meet: the kind of place, and which of its kind.
type Place = (&'static str, usize);

struct Seen<'p, 'o> {
    keys: BTreeMap<(Place, &'p str), (&'p str, Span)>,
    out: &'o mut Vec<Diagnostic>,
}

impl<'p> Seen<'p, '_> {
    /// Equal names have been told already; only a key shared by different names is news.
    fn declared(&mut self, place: Place, ident: &'p Ident) {
        let known = self.keys.get(&(place, ident.key.as_str()));
        if known.is_none_or(|(name, _)| *name != ident.name) {
            self.pointer(place, &ident.key, ident);
        }
    }

    fn pointer(&mut self, place: Place, pointer: &'p str, ident: &'p Ident) {
        let Some((_, first)) = self.keys.get(&(place, pointer)) else {
            self.keys.insert((place, pointer), (&ident.name, ident.span));
            return;
        };
        if *first == ident.span {
            return;
        }
        let key = &ident.key;
        self.out.push(
            Diagnostic::error(
                codes::KEY_TWICE,
                ident.span,
                text!("数据中的代号“{key}”用了两次", "the key `{key}` is used twice in the data"),
            )
            .here(text!("第二处", "the second"))
            .label(*first, text!("第一处", "the first"))
            .help(text!("改名，或用 as 给其中一处另起代号", "rename one, or give it another key with `as`")),
        );
    }
}
