//! Selections that may have to part equals, where the notice does not say how.
//!
//! In: selections. Out: a note each, since the result is then unknown. Always: what is taken whole parts nobody.

use crate::{Programme, Take};
use prog_base::{Diagnostic, codes, text};

/// Notes each selection whose ties are left open.
pub(super) fn check(p: &Programme, out: &mut Vec<Diagnostic>) {
    for selection in &p.selections {
        let parts = match selection.take {
            Take::Number(_) | Take::While { .. } => true,
            Take::All | Take::Nearest { .. } => false,
        };
        if selection.tied.is_some() || !parts {
            continue;
        }
        let name = &selection.ident.name;
        out.push(
            Diagnostic::note(
                codes::TIES_OPEN,
                selection.ident.span,
                text!(
                    "遴选“{name}”没有说末位并列时怎么办：有并列时，这几份的结果是未明",
                    "`{name}` does not say what becomes of equals at the cut: where there are some, their result is unknown"
                ),
            )
            .help(text!(
                "原文说了就写 并列 全部入选、并列 均不入选 或 并列 由 … 评定；原文没有说，可以保留",
                "if the notice says it, write `tied admit all`, `tied admit none` or `tied judged by …`; if it is silent, this may stand"
            )),
        );
    }
}
