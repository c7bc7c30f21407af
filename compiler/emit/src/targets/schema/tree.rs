//! The shape of a JSON object by the pointers of its leaves.
//!
//! In: pointers with what stands there. Out: nested nodes in order of first appearance. Always: a node is a leaf or has members.

/// A place in a case: what stands there, or its members.
#[derive(Debug)]
pub struct Node<L> {
    /// What stands at a leaf.
    pub leaf: Option<L>,
    /// Members by key.
    pub members: Vec<(String, Node<L>)>,
}

impl<L> Default for Node<L> {
    fn default() -> Self {
        Self { leaf: None, members: Vec::new() }
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
        let at = self.members.iter().position(|(k, _)| k == key).unwrap_or_else(|| {
            self.members.push((key.to_owned(), Node::default()));
            self.members.len() - 1
        });
        &mut self.members[at].1
    }
}

/// The steps of a JSON pointer, unescaped.
pub fn steps(pointer: &str) -> Vec<String> {
    pointer.split('/').skip(1).map(|s| s.replace("~1", "/").replace("~0", "~")).collect()
}
