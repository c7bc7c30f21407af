//! Keys in data: no two things may be written under one key in one place.

use crate::{Ident, Programme, Test, TestMember};
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
        ("quota", p.quotas.iter().map(|x| &x.ident).collect()),
    ] {
        for ident in idents {
            named.declared(place, ident);
        }
    }
    for (t, track) in p.tracks.iter().enumerate() {
        let place = format!("rule {t}");
        for rule in &track.rules {
            named.declared(&place, &rule.ident);
            members(&rule.test, &place, &mut named);
        }
        let place = format!("let {t}");
        for value in &track.lets {
            named.declared(&place, &value.ident);
        }
    }
    for (t, track) in p.tracks.iter().enumerate() {
        let place = format!("input {t}");
        for id in &track.inputs {
            let input = p.input(*id);
            named.pointer(&place, &input.pointer, &input.ident);
        }
        for rule in track.rules.iter().filter(|r| !matches!(r.test, Test::Expr(_) | Test::Threshold { .. } | Test::Bad)) {
            named.pointer(&place, &rule.path, &rule.ident);
        }
    }
    for (f, form) in p.forms.iter().enumerate() {
        let place = format!("form {f}");
        for id in &form.inputs {
            let input = p.input(*id);
            named.pointer(&place, &input.pointer, &input.ident);
        }
    }
}

fn members(test: &Test, place: &str, named: &mut Seen<'_>) {
    let Test::Threshold { members: list, .. } = test else { return };
    for TestMember { ident, test, .. } in list {
        named.pointer(place, &ident.key, ident);
        members(test, place, named);
    }
}

struct Seen<'o> {
    keys: BTreeMap<(String, String), (String, Span)>,
    out: &'o mut Vec<Diagnostic>,
}

impl Seen<'_> {
    /// Equal names have been told already; only a key shared by different names is news.
    fn declared(&mut self, place: &str, ident: &Ident) {
        let known = self.keys.get(&(place.to_owned(), ident.key.clone()));
        if known.is_none_or(|(name, _)| *name != ident.name) {
            self.pointer(place, &ident.key, ident);
        }
    }

    fn pointer(&mut self, place: &str, pointer: &str, ident: &Ident) {
        let at = (place.to_owned(), pointer.to_owned());
        let Some((_, first)) = self.keys.get(&at) else {
            self.keys.insert(at, (ident.name.clone(), ident.span));
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
