//! Every clause with the address by which it is cited.
//!
//! In: a tree. Out: short names where two clauses would have one address, and the addresses. Always: no two entries have one address.

use crate::mark::Style;
use crate::tree::{Kind, Node};
use prog_base::fold;
use std::collections::{BTreeMap, BTreeSet};

/// Gives short names where they are needed.
pub fn name_twins(nodes: &mut [Node]) {
    let mut taken = BTreeSet::new();
    for node in nodes.iter() {
        node.visit(&mut |n| {
            taken.insert(n.label.clone());
        });
    }
    let mut used = BTreeSet::new();
    twins(nodes, "", &mut used);
}

/// How an entry is addressed under its parent.
pub fn own(node: &Node) -> String {
    match node.kind {
        Kind::Annex if node.number.starts_with(|c: char| c.is_ascii_alphabetic()) => format!("annex {}", node.number),
        Kind::Annex => format!("附件{}", node.number),
        Kind::Clause | Kind::Item if node.number.is_empty() => node.label.clone(),
        Kind::Clause | Kind::Item => node.number.clone(),
    }
}

/// The whole address.
pub fn of(node: &Node, parent: &str) -> String {
    match &node.alias {
        Some(alias) => alias.clone(),
        None => fold::joined(parent, &own(node)),
    }
}

fn twins(nodes: &mut [Node], parent: &str, used: &mut BTreeSet<String>) {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for node in nodes.iter() {
        *count.entry(fold::text(&own(node))).or_default() += 1;
    }
    let mut nth: BTreeMap<String, usize> = BTreeMap::new();
    for node in nodes.iter_mut() {
        let own = fold::text(&own(node));
        let several = count.get(&own).is_some_and(|n| *n > 1);
        if several {
            let n = nth.entry(own.clone()).or_default();
            *n += 1;
            node.alias = Some(free(&short_name(node, parent, &own, *n), used));
        } else if node.kind == Kind::Item && node.alias.is_none() && word(&node.label) != node.label {
            // A label with marks in it is no name that can be cited.
            let n = nth.entry("item".to_owned()).or_default();
            *n += 1;
            node.alias = Some(free(&short_name(node, parent, &own, *n), used));
        } else if node.style == Some(Style::Article) && !parent.is_empty() {
            // Articles count through the whole text, whatever chapter they stand in.
            node.alias = Some(free(&node.number, used));
        }
        let address = of(node, parent);
        twins(&mut node.children, &address, used);
    }
}

/// The heading, where it is a short word; else the place: `四一之二`.
fn short_name(node: &Node, parent: &str, own: &str, nth: usize) -> String {
    let label = word(&node.label);
    let length = label.chars().count();
    let fits = (2..=8).contains(&length) || (label.is_ascii() && (2..=16).contains(&length));
    if fits && label.starts_with(char::is_alphabetic) {
        return label;
    }
    let number = if node.kind == Kind::Item { String::new() } else { word(own) };
    match (word(parent), label.is_ascii() && parent.is_ascii()) {
        (parent, true) => format!("{}{parent}{number}_{nth}", if parent.starts_with(char::is_alphabetic) { "" } else { "clause" }),
        (parent, false) => {
            let head = if parent.starts_with(char::is_alphabetic) || (parent.is_empty() && number.starts_with(char::is_alphabetic)) {
                ""
            } else {
                "第"
            };
            format!("{head}{parent}{number}之{}", crate::han(nth as u32))
        }
    }
}

/// Letters and digits only.
fn word(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn free(wanted: &str, used: &mut BTreeSet<String>) -> String {
    let mut name = wanted.to_owned();
    let mut n = 2;
    while !used.insert(name.clone()) {
        name = format!("{wanted}_{n}");
        n += 1;
    }
    name
}
