//! Selections that go by what is proposed only after them: they are made in the order in which they are written.
//!
//! In: selections. Out: an error each. Always: what a selection reads is followed through lets and rules.

use crate::lower::reads::Reads;
use crate::lower::walk;
use crate::{ConstId, Expr, ExprKind, InputId, Programme, Selection, TrackId};
use prog_base::{Diagnostic, codes, text};

/// Checks that each selection reads only earlier ones.
pub(super) fn check(p: &Programme, out: &mut Vec<Diagnostic>) {
    for (at, selection) in p.selections.iter().enumerate() {
        let read = inputs(p, selection);
        let reads = |other: &Selection| other.recorded.iter().any(|recorded| read.contains(recorded));
        for later in p.selections[at..].iter().filter(|other| reads(other)) {
            let (own, other) = (&selection.ident.name, &later.ident.name);
            let diagnostic = if own == other {
                Diagnostic::error(
                    codes::SELECT_TURN,
                    selection.ident.span,
                    text!("遴选“{own}”要看它自己选出了谁", "`select {own}` goes by whom it selects itself"),
                )
                .help(text!("只能看写在它前面的遴选", "it can go by selections that are written before it"))
            } else {
                Diagnostic::error(
                    codes::SELECT_TURN,
                    selection.ident.span,
                    text!(
                        "遴选“{own}”要看“{other}”选出了谁，而那要到它后面才选",
                        "`select {own}` goes by `{other}`, which is made only after it"
                    ),
                )
                .label(later.ident.span, text!("写在后面", "written later"))
                .help(text!("按先后写：先选的写在前面", "write them in the order in which they are made"))
            };
            out.push(diagnostic);
        }
    }
}

/// The facts that a selection reads, each with the track of the case.
fn inputs(p: &Programme, selection: &Selection) -> Vec<(TrackId, InputId)> {
    let mut exprs: Vec<(TrackId, &Expr)> = selection.of_cases().map(|(track, e)| (*track, e)).collect();
    let mut constants = Vec::new();
    selection.of_group().for_each(|e| over_cases(p, e, &mut exprs, &mut constants));
    let read = |(track, e): (TrackId, &Expr)| Reads::of_expr(p, track, e).with_rules(p, track).inputs.into_iter().map(move |i| (track, i));
    exprs.into_iter().flat_map(read).collect()
}

/// What an expression of a group looks at in cases.
fn over_cases<'p>(p: &'p Programme, e: &'p Expr, found: &mut Vec<(TrackId, &'p Expr)>, constants: &mut Vec<ConstId>) {
    let mut named = Vec::new();
    walk::each(e, &mut |x| match &x.kind {
        ExprKind::OverCases { members, .. } => {
            found.extend(members.iter().flat_map(|m| m.filter.iter().chain(&m.value).map(|e| (m.track, e))));
        }
        ExprKind::Share { members, .. } => {
            found.extend(members.iter().flat_map(|m| m.base.iter().chain(&m.part).map(|e| (m.track, e))));
        }
        ExprKind::Constant(id) => named.push(*id),
        _other => {}
    });
    for id in named {
        if !constants.contains(&id) {
            constants.push(id);
            over_cases(p, &p.lets[id.index()].value, found, constants);
        }
    }
}
