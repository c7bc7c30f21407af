//! Clause coverage (semantics 10.1), citations of rules, the header's essentials.
//!
//! Always: a leaf clause is covered by its own citation, by `all of` an ancestor, by being left out or absent; never by an
//! ancestor's plain citation. One that is said to be `todo` is the author's own list, and not told again.

use crate::lower::Lower;
use crate::{Citation, Clause, ClauseId, HeaderKey, Ident, Programme};
use prog_base::{Diagnostic, codes, text};

/// Every leaf of the outline is encoded or said to hold nothing.
pub(super) fn clauses(p: &Programme, out: &mut Vec<Diagnostic>) {
    for (i, clause) in p.clauses.iter().enumerate() {
        if !p.outlined || clause.of_base.is_some() || !clause.children.is_empty() || covered(p, ClauseId(i as u32)) {
            continue;
        }
        let address = &clause.address;
        out.push(
            Diagnostic::warning(
                codes::CLAUSE_UNCITED,
                clause.span,
                text!("“{address}”没有被任何内容引用", "`{address}` is cited by nothing"),
            )
            .help(text!(
                "把它写成规则、名额或别的内容并引用 [{address}]，或注明 略去 \"原因\"",
                "encode it and cite [{address}], or say `left out \"why\"`"
            )),
        );
    }
    for cite in &p.cited {
        left_out(p, cite, out);
    }
}

fn covered(p: &Programme, id: ClauseId) -> bool {
    let lineage: Vec<ClauseId> = std::iter::successors(Some(id), |id| p.clause(*id).parent).collect();
    let silent = |c: &Clause| c.left_out.is_some() || c.absent;
    p.clause(id).todo.is_some()
        || lineage.iter().any(|id| silent(p.clause(*id)))
        || p.cited.iter().any(|c| c.clause == id || (c.whole && lineage.contains(&c.clause)))
}

fn left_out(p: &Programme, cite: &Citation, out: &mut Vec<Diagnostic>) {
    let clause = p.clause(cite.clause);
    // The base's own check tells what is cited there.
    if clause.left_out.is_none() || clause.of_base.is_some() {
        return;
    }
    let address = &clause.address;
    out.push(
        Diagnostic::warning(
            codes::CITES_LEFT_OUT,
            cite.span,
            text!("“{address}”注明略去，这里却引用了它", "`{address}` is said to be left out, but is cited here"),
        )
        .label(clause.span, text!("在这里注明略去", "left out here"))
        .help(text!("删去 略去，或改引别的条款", "remove `left out`, or cite another clause")),
    );
}

/// Every rule, quota and material cites its clause.
pub(super) fn rules(lower: &Lower<'_>, out: &mut Vec<Diagnostic>) {
    let (p, index) = (&lower.p, lower.index);
    if !p.outlined {
        return;
    }
    // A citation that was written but could not be resolved has been told.
    let written = index.tracks.iter().flat_map(|t| &t.rules).map(|r| r.rule.head.cites.is_empty());
    let rules = p.tracks.iter().flat_map(|t| &t.rules).zip(written).map(|(r, none)| (&r.ident, none && r.cites.is_empty()));
    let quotas = p.quotas.iter().zip(&index.quotas).map(|(q, written)| (&q.ident, written.head.cites.is_empty()));
    let selections = p.selections.iter().zip(&index.selections).map(|(s, written)| (&s.ident, written.head.cites.is_empty()));
    let materials = p.materials.iter().zip(&index.materials).map(|(m, (_, head))| (&m.ident, head.cites.is_empty() && m.cites.is_empty()));
    for (ident, none) in rules.chain(quotas).chain(selections).chain(materials) {
        if none {
            uncited(ident, out);
        }
    }
}

fn uncited(ident: &Ident, out: &mut Vec<Diagnostic>) {
    let name = &ident.name;
    out.push(
        Diagnostic::warning(codes::RULE_UNCITED, ident.span, text!("“{name}”没有引用条款", "`{name}` cites no clause"))
            .help(text!("在名称后写 [条款]，例如 [四(一)2]", "write [clause] after the name, such as [四(一)2]")),
    );
}

/// A programme with an outline says whose notice it is and what it is called.
pub(super) fn header(lower: &Lower<'_>, out: &mut Vec<Diagnostic>) {
    let p = &lower.p;
    if !p.outlined {
        return;
    }
    let mut missing = |zh: &str, en: &str, help: prog_base::Text| {
        out.push(
            Diagnostic::warning(codes::HEADER_MISSING, p.ident.span, text!("方案没有写{zh}", "the programme does not give its {en}"))
                .help(help),
        );
    };
    if !p.header.iter().any(|h| h.key == HeaderKey::Issuer) {
        missing(
            "发文机关",
            "issuer",
            text!("写 发文机关 \"…\"，通知没有写就写 发文机关 未明", "write `issuer \"…\"`, or `issuer unknown`"),
        );
    }
    if lower.index.programme.is_some_and(|written| written.head.message.is_none()) {
        missing("标题", "title", text!("在名称后用引号写标题", "write the title in quotes after the name"));
    }
}
