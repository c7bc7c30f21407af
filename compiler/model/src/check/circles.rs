//! Tables and lets that need each other: no value would ever come out.
//!
//! In: the programme's lets and the cells of its tables. Out: an error for each circle, with every step.
//! Always: circles of lets alone have been told when they were lowered; their values are `Bad` and lead nowhere.

use crate::{ConstId, Expr, ExprKind, Ident, Programme, TableId};
use prog_base::{Diagnostic, codes, text};
use std::collections::BTreeSet;

/// What has a definition.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Node {
    Let(ConstId),
    Table(TableId),
}

/// Checks everything that is defined by others.
pub(super) fn check(p: &Programme, out: &mut Vec<Diagnostic>) {
    let mut done = BTreeSet::new();
    for table in 0..p.tables.len() {
        visit(p, Node::Table(TableId(table as u32)), &mut Vec::new(), &mut done, out);
    }
}

fn visit(p: &Programme, node: Node, path: &mut Vec<Node>, done: &mut BTreeSet<Node>, out: &mut Vec<Diagnostic>) {
    if let Some(start) = path.iter().position(|n| *n == node) {
        out.push(circle(p, &path[start..]));
        return;
    }
    if done.contains(&node) {
        return;
    }
    path.push(node);
    for next in needs(p, node) {
        visit(p, next, path, done, out);
    }
    path.pop();
    done.insert(node);
}

/// The definitions a definition uses.
fn needs(p: &Programme, node: Node) -> BTreeSet<Node> {
    let values: Vec<&Expr> = match node {
        Node::Let(id) => p.lets.get(id.index()).map(|l| &l.value).into_iter().collect(),
        Node::Table(id) => p.table(id).rows.iter().flat_map(|r| &r.values).collect(),
    };
    let mut found = BTreeSet::new();
    for value in values {
        value.visit(&mut |e| match &e.kind {
            ExprKind::Constant(id) => drop(found.insert(Node::Let(*id))),
            ExprKind::Lookup { table, .. } | ExprKind::OverColumn { table, .. } | ExprKind::Split { table, .. } => {
                found.insert(Node::Table(*table));
            }
            _other => {}
        });
    }
    found
}

fn circle(p: &Programme, nodes: &[Node]) -> Diagnostic {
    let idents: Vec<&Ident> = nodes
        .iter()
        .map(|n| match n {
            Node::Let(id) => &p.lets[id.index()].ident,
            Node::Table(id) => &p.table(*id).ident,
        })
        .collect();
    let round = idents.iter().chain(idents.first()).map(|i| i.name.as_str()).collect::<Vec<_>>().join(" → ");
    let span = idents.first().map(|i| i.span);
    let message = text!("定义绕成了圈：{round}", "These definitions go round in a circle: {round}");
    let d = Diagnostic::new(prog_base::Severity::Error, codes::CYCLE, span, message);
    idents
        .iter()
        .skip(1)
        .fold(d, |d, i| d.label(i.span, text!("绕经这里", "it passes here")))
        .help(text!("改写其中一处，使它不再依赖自己", "Change one of them so that it no longer depends on itself"))
}
