//! The shape of a JSON object by the pointers of its leaves.
//!
//! In: pointers with what stands there. Out: nested nodes in order of first appearance. Always: a node is a leaf or has members.

use std::collections::BTreeMap;

/// A place in a case: what stands there, or its members.
#[derive(Debug)]
pub struct Node<L> {
    /// What stands at a leaf.
    pub leaf: Option<L>,
    /// Members with their keys.
    pub members: Vec<(String, Node<L>)>,
    /// Where the member of a key stands.
    places: BTreeMap<String, usize>,
}

impl<L> Default for Node<L> {
    fn default() -> Self {
        Self { leaf: None, members: Vec::new(), places: BTreeMap::new() }
    }
}

impl<L> Node<L> {
    /// Puts a leaf at the end of these steps.
    pub fn insert(&mut self, steps: &[String], leaf: L) {
        let Some((first, rest)) = steps.split_first() else {
            self.leaf = Some(leaf);
            return;
        };
        self.member(first).insert(rest, leaf);
    }

    /// The member of a key, made where there is none.
    pub fn member(&mut self, key: &str) -> &mut Node<L> {
        let at = match self.places.get(key) {
            Some(at) => *at,
            None => {
                self.places.insert(key.to_owned(), self.members.len());
                self.members.push((key.to_owned(), Node::default()));
                self.members.len() - 1
            }
        };
        &mut self.members[at].1
    }
}

/// The steps of a JSON pointer, unescaped.
pub fn steps(pointer: &str) -> Vec<String> {
    pointer.split('/').skip(1).map(|s| s.replace("~1", "/").replace("~0", "~")).collect()
}
