//! What stands under a clause: an entry a declaration, in plain sentences.
//!
//! In: declarations that cite a clause. Out: [`Entry`]s in the order in which one reads them. Always: what says the same for several
//! tracks stands once and names them; small things of one kind stand in one list.

use super::sentences::Sentences;
use prog_base::text;
use prog_model::{Citation, ClauseId, Declared, Thing};
use serde::Serialize;

/// One thing said under a clause.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// What it is: 条件, 名额, 环节 …; of rules with its strength.
    pub kind: String,
    /// How it looks: `must`, `soft`, `fact`, `time`, `act`.
    pub tone: &'static str,
    /// Its name or message.
    pub title: String,
    /// Whom it concerns, when not all.
    pub scope: Vec<String>,
    /// Sentences.
    pub lines: Vec<String>,
    /// Members, fields, choices.
    pub items: Vec<Item>,
    /// Figures.
    pub table: Option<Table>,
    /// Sentences after the list: what follows, and when.
    pub after: Vec<String>,
    /// The author's explanation.
    pub doc: Option<String>,
    /// The words of the notice that it was encoded from.
    pub quotes: Vec<String>,
    /// A page it leads to.
    pub link: Option<String>,
    /// Its place among the entries of a clause.
    #[serde(skip)]
    pub rank: u8,
}

/// A line of a list, with lines of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Item {
    pub text: String,
    pub items: Vec<Item>,
}

impl Item {
    /// A line.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), items: Vec::new() }
    }
}

/// A table of words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    pub caption: String,
    pub heads: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// What the declarations that cite a clause say.
pub fn under(says: &Sentences<'_>, declared: &[Declared<'_>], clause: ClauseId) -> Vec<Entry> {
    let here: Vec<usize> = (0..declared.len()).filter(|index| cites(&declared[*index], clause).next().is_some()).collect();
    let shown = here.iter().filter(|index| !told_by_holder(declared, &here, **index));
    let mut entries: Vec<Entry> = Vec::new();
    for index in shown {
        let one = &declared[*index];
        let mut entry = says.entry(one, declared);
        // What is told inside it brings its quotations along.
        let inside = here.iter().filter(|i| declared[**i].within == Some(*index) && told_by_holder(declared, &here, **i));
        let quoted = std::iter::once(index).chain(inside).flat_map(|i| cites(&declared[*i], clause));
        let quotes: Vec<String> = quoted.filter_map(|c| c.anchor.clone()).collect();
        merge(&mut entry.quotes, quotes);
        add(&mut entries, entry);
    }
    entries.sort_by_key(|entry| entry.rank);
    entries
}

/// What no clause is cited for, in the programme's own words: collected facts, named values.
pub fn beyond(says: &Sentences<'_>, declared: &[Declared<'_>]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for one in declared.iter().filter(|d| d.cites.is_empty() && says.stands_alone(d)) {
        add(&mut entries, says.entry(one, declared));
    }
    entries.sort_by_key(|entry| entry.rank);
    entries
}

fn cites<'d>(one: &'d Declared<'_>, clause: ClauseId) -> impl Iterator<Item = &'d Citation> {
    one.cites.iter().copied().filter(move |cite| cite.clause == clause)
}

/// A member of a rule is told with its rule, a column with its table, where both cite the clause.
fn told_by_holder(declared: &[Declared<'_>], here: &[usize], index: usize) -> bool {
    let told = matches!(declared[index].what, Thing::Member(_) | Thing::Column(_));
    told && declared[index].within.is_some_and(|holder| here.contains(&holder))
}

/// Adds an entry, or adds to one that says the same or lists things of its kind.
fn add(entries: &mut Vec<Entry>, new: Entry) {
    let same =
        |e: &&mut Entry| e.kind == new.kind && e.title == new.title && e.lines == new.lines && e.items == new.items && e.after == new.after;
    if let Some(old) = entries.iter_mut().find(|e| same(e) && e.table == new.table) {
        merge(&mut old.scope, new.scope);
        merge(&mut old.quotes, new.quotes);
        return;
    }
    let list = |e: &&mut Entry| {
        e.kind == new.kind
            && e.title == new.title
            && e.scope == new.scope
            && e.lines.is_empty()
            && new.lines.is_empty()
            && e.table.is_none()
    };
    match entries.iter_mut().find(list) {
        Some(old) if !new.items.is_empty() => {
            old.items.extend(new.items);
            merge(&mut old.quotes, new.quotes);
        }
        _none => entries.push(new),
    }
}

fn merge(into: &mut Vec<String>, from: Vec<String>) {
    for one in from {
        if !into.contains(&one) {
            into.push(one);
        }
    }
}

/// The word of a strength, as on the forms and in reports.
pub fn strength(strength: prog_model::Strength) -> (prog_base::Text, &'static str) {
    use prog_model::Strength as S;
    match strength {
        S::Require => (text!("必须", "required"), "must"),
        S::Complete => (text!("须齐备", "to be complete"), "must"),
        S::InPrinciple => (text!("原则上", "in principle"), "soft"),
        S::Prefer => (text!("优先", "preferred"), "soft"),
        S::Encourage => (text!("鼓励", "encouraged"), "soft"),
        S::Note => (text!("提示", "note"), "soft"),
        S::Waive => (text!("免除", "waiver"), "soft"),
    }
}
