//! A programme to its things.
//!
//! In: a programme, and the other version (only to see whether lists without names have as many members). Out: every thing with its
//! facts, in the order of the model. Always: an id stands once; what stands for several tracks is listed once a track.

mod across;
mod form;
mod head;
mod targets;
mod track;

use crate::canon::Scope;
use crate::thing::{Aspect, Id, Thing, Weighs, Words};
use prog_model::{Citation, Expr, Programme};
use std::collections::BTreeSet;

/// Every thing of a programme.
pub(crate) fn things<'p>(p: &'p Programme, other: &Programme) -> Vec<Thing<'p>> {
    let mut list = List { p, all: Vec::new(), ids: BTreeSet::new() };
    list.head();
    list.vocabulary();
    list.tracks();
    list.across();
    list.forms();
    list.targets(other);
    list.all
}

pub(crate) struct List<'p> {
    p: &'p Programme,
    all: Vec<Thing<'p>>,
    ids: BTreeSet<Id>,
}

impl<'p> List<'p> {
    /// Adds a thing, with what it cites; an id that stands already gets a number.
    fn put(&mut self, mut thing: Thing<'p>) -> Id {
        let mut id = thing.id.clone();
        for n in 2.. {
            if self.ids.insert(id.clone()) {
                break;
            }
            id = thing.id.clone();
            if let Some(last) = id.path.last_mut() {
                *last = format!("{last}#{n}");
            }
        }
        thing.id = id.clone();
        let cites = self.cites(&thing.cites);
        thing = thing.plain(Aspect::Cites, cites, Weighs::Editorial);
        self.all.push(thing);
        id
    }

    fn cites(&self, cites: &[&Citation]) -> String {
        let one = |c: &&Citation| {
            let whole = if c.whole { "all of " } else { "" };
            let anchor = c.anchor.as_ref().map(|a| format!("“{a}”")).unwrap_or_default();
            let clause = self.p.clause(c.clause);
            format!("{whole}{}{anchor}", clause.of_base.as_ref().unwrap_or(&clause.address))
        };
        let mut all: Vec<String> = cites.iter().map(one).collect();
        all.sort();
        all.dedup();
        all.join("、")
    }

    fn scope(&self) -> Scope<'p> {
        Scope::new(self.p, None)
    }
}

/// A condition or nothing, as a fact.
fn guard<'p>(thing: Thing<'p>, scope: &Scope<'_>, aspect: Aspect, e: Option<&Expr>, weighs: Weighs) -> Thing<'p> {
    let canon = e.map(|e| scope.expr(e)).unwrap_or_default();
    let words = e.map_or_else(|| Words::same(""), |e| Words::Source(e.span));
    thing.fact(aspect, canon, words, weighs)
}
