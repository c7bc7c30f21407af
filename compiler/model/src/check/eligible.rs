//! Selections that rank those whom the rules reject too: whoever applied, since `where` says nothing.
//!
//! In: selections. Out: a note each. Always: one with a condition of its own is taken to mean it.

use crate::{Programme, Strength};
use prog_base::{Diagnostic, codes, text};

/// Notes each selection without a condition whose tracks have rules that reject.
pub(super) fn check(p: &Programme, out: &mut Vec<Diagnostic>) {
    for selection in p.selections.iter().filter(|s| s.candidates.is_empty()) {
        let rules = selection.tracks.iter().flat_map(|t| &p.track(*t).rules);
        let mut rejects = rules.filter(|r| r.strength == Strength::Require && r.outcome.is_none());
        let Some(rule) = rejects.next() else { continue };
        let (name, own) = (&selection.ident.name, &rule.ident.name);
        out.push(
            Diagnostic::note(
                codes::REJECTED_RANKED,
                selection.ident.span,
                text!(
                    "遴选“{name}”把每一份申报都排进去，不合必须条件的也在内，例如“{own}”",
                    "`{name}` ranks everyone who applied, those whom a rule rejects too, such as `{own}`"
                ),
            )
            .label(rule.ident.span, text!("不合这一条的", "whoever fails this"))
            .help(text!(
                "只在合格的里面选，写 其中 {own}（几条的写条件组的名称）；原文就是不论合格与否都排，可以保留",
                "to rank only those who qualify write `where {own}`, or the name of a group of conditions; if the notice ranks all, this may stand"
            )),
        );
    }
}
