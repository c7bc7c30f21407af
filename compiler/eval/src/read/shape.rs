//! Where entries of a track may stand: a tree of member names, built from the pointers of its inputs.

use prog_model::{Programme, Test, TestMember, TrackId};
use std::collections::BTreeMap;

/// What a member of a case may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Members of its own.
    Group(BTreeMap<String, Shape>),
    /// The entry of an input, as index into `Track::inputs`.
    Slot(usize),
    /// The judgement, attestation or register entry of a rule or member of this key.
    Sheet(String),
}

impl Shape {
    /// The tree of a track.
    pub fn of(p: &Programme, track: TrackId) -> Self {
        let mut root = Shape::Group(BTreeMap::new());
        for (slot, id) in p.track(track).inputs.iter().enumerate() {
            root.put(&segments(&p.input(*id).pointer), Shape::Slot(slot));
        }
        for rule in &p.track(track).rules {
            root.sheets(&rule.ident.key, &rule.test);
        }
        root
    }

    fn sheets(&mut self, key: &str, test: &Test) {
        let place = match test {
            Test::Judged { .. } => "judgements",
            Test::Attested { .. } => "attested",
            Test::External { .. } => "external",
            Test::Threshold { members, .. } => {
                return members.iter().for_each(|TestMember { ident, test, .. }| self.sheets(&ident.key, test));
            }
            Test::Expr(_) | Test::Bad => return,
        };
        self.put(&[place.to_owned(), key.to_owned()], Shape::Sheet(key.to_owned()));
    }

    fn put(&mut self, path: &[String], leaf: Shape) {
        let Shape::Group(members) = self else { return };
        match path {
            [] => {}
            [last] => {
                members.entry(last.clone()).or_insert(leaf);
            }
            [first, rest @ ..] => members.entry(first.clone()).or_insert_with(|| Shape::Group(BTreeMap::new())).put(rest, leaf),
        }
    }

    /// The shape under a member name.
    pub fn member(&self, name: &str) -> Option<&Shape> {
        match self {
            Shape::Group(members) => members.get(name),
            Shape::Slot(_) | Shape::Sheet(_) => None,
        }
    }

    /// The member names known here.
    pub fn names(&self) -> Vec<&str> {
        match self {
            Shape::Group(members) => members.keys().map(String::as_str).collect(),
            Shape::Slot(_) | Shape::Sheet(_) => Vec::new(),
        }
    }
}

impl super::Known for Option<&Shape> {
    fn holds(&self, name: &str) -> bool {
        self.is_some_and(|shape| shape.member(name).is_some())
    }

    fn names(&self) -> Vec<&str> {
        self.map(Shape::names).unwrap_or_default()
    }
}

/// The segments of a JSON pointer.
pub fn segments(pointer: &str) -> Vec<String> {
    pointer.split('/').skip(1).map(|s| s.replace("~1", "/").replace("~0", "~")).collect()
}
