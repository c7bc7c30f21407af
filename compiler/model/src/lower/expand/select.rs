//! A `select`: beside it, in every track selected from, a yes or no under its name that records what was decided.
//!
//! In: the programme's items. Out: blocks that reopen the tracks. Always: a track that is not declared is not made; who judges is the
//! actor of the stage at which is proposed.

use prog_syntax::ast;

/// The blocks with what is recorded of each selection.
pub(super) fn facts(items: &[ast::Item]) -> Vec<ast::Item> {
    let known = |name: &ast::Name| {
        let tracks = items.iter().filter_map(|i| if let ast::Item::Track(t) = i { Some(t) } else { None });
        tracks.flat_map(|t| &t.heads).find(|h| h.name.text == name.text).map(|h| ast::Head {
            message: None,
            cites: Vec::new(),
            ..h.clone()
        })
    };
    let selects = items.iter().filter_map(|i| if let ast::Item::Select(s) = i { Some(s) } else { None });
    let recorded = selects.map(|select| {
        let heads: Vec<ast::Head> = select.from.iter().filter_map(known).collect();
        let members = vec![ast::TrackMember::Fact(fact(select, items))];
        ast::Item::Track(ast::Track { heads, forms: Vec::new(), members, span: select.span })
    });
    recorded.collect()
}

fn fact(select: &ast::Select, items: &[ast::Item]) -> ast::Fact {
    let span = select.head.name.span;
    let by = actor(select, items).map(|by| ast::Test::Judged { by, on: Vec::new(), span });
    let ty = ast::TypeExpr { kind: ast::TypeKind::YesNo, unit: None, from: None, to: None, step: None, limits: Vec::new(), span };
    ast::Fact { head: select.head.clone(), ty, optional: false, origin: by, when: None, at: select.at.clone(), span: select.span }
}

/// Who has the stage at which is proposed.
pub(super) fn actor(select: &ast::Select, items: &[ast::Item]) -> Option<ast::Name> {
    let at = select.at.as_ref()?;
    let workflows = items.iter().filter_map(|i| if let ast::Item::Workflow(w) = i { Some(w) } else { None });
    let stage = workflows.flat_map(|w| &w.stages).find(|s| s.head.name.text == at.text);
    stage.and_then(|s| s.by.clone())
}
