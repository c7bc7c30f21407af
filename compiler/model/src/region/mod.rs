//! What conditions can hold together, and values under which they do.
//!
//! In: conditions taken as true or false, in the scope of one track. Out: that no case fulfils them, or values of a case that does, or
//! neither. Always: "impossible" is said only when it is so whatever a case holds; an example fulfils every condition, and is given only
//! where each of them compares one entry with constants; values are the same when they are written the same, wherever they stand.
//!
//! | file | |
//! | --- | --- |
//! | `mod.rs` | conditions to alternatives, alternatives to values |
//! | `atoms.rs` | one comparison to what it allows of one value |
//! | `allowed.rs` | sets of values: lists, ranges with steps; one value of them |
//! | `example.rs` | the values of an alternative as people and cases show them |

mod allowed;
mod atoms;
mod example;

use crate::check::known::same;
use crate::lower::{Constant, constants};
use crate::{Comparison, Expr, ExprKind, Origin, Programme, ReadingId, TrackId};
use allowed::Allowed;
pub(crate) use allowed::floor;
pub use example::{Entry, Example, Held};

/// Whether conditions can hold together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// No case fulfils them.
    Impossible,
    /// A case with these values does.
    Possible(Example),
    /// More is compared than entries with constants.
    Undecided,
}

/// One condition.
#[derive(Clone, Debug)]
pub(crate) enum Condition<'a> {
    /// An expression is true, or false.
    Truth(&'a Expr, bool),
    /// A value is there, or not.
    Given(&'a Expr, bool),
    /// A value compares so with a constant.
    Compare(&'a Expr, Comparison, Constant),
    /// A reading is taken in this word.
    Word(ReadingId, usize),
    /// One of these lists of conditions holds.
    Either(Vec<Vec<Condition<'a>>>),
}

/// So many alternatives are tried; beyond, nothing is said.
const BRANCHES: usize = 256;

/// Whether conditions can hold together, in the scope of a track (or of none).
pub(crate) fn together<'a>(p: &'a Programme, track: Option<TrackId>, conditions: Vec<Condition<'a>>) -> Answer {
    Search { p, track, left: BRANCHES, open: false, relevance: true }.answer(conditions)
}

/// The same by comparisons alone: what is compared need not have a value. That an entry is there can then be asked beside what it holds.
pub(crate) fn compared_only<'a>(p: &'a Programme, track: Option<TrackId>, conditions: Vec<Condition<'a>>) -> Answer {
    Search { p, track, left: BRANCHES, open: false, relevance: false }.answer(conditions)
}

/// What is compared.
#[derive(Clone, Copy)]
enum Subject<'a> {
    /// A value.
    Value(&'a Expr),
    /// Whether a value is there.
    Given(&'a Expr),
    /// Which word of a reading holds.
    Reading(ReadingId),
}

impl Subject<'_> {
    fn is(&self, other: &Subject<'_>) -> bool {
        match (self, other) {
            (Subject::Value(a), Subject::Value(b)) | (Subject::Given(a), Subject::Given(b)) => same(a, b),
            (Subject::Reading(a), Subject::Reading(b)) => a == b,
            (Subject::Value(_) | Subject::Given(_) | Subject::Reading(_), _) => false,
        }
    }
}

/// What one alternative has said so far.
#[derive(Clone, Default)]
struct Known<'a> {
    values: Vec<(Subject<'a>, Allowed)>,
    /// More was compared than entries with constants.
    inexact: bool,
}

struct Search<'a> {
    p: &'a Programme,
    track: Option<TrackId>,
    left: usize,
    /// An alternative was left of which no example can be given.
    open: bool,
    /// What is compared has a value, and is relevant.
    relevance: bool,
}

impl<'a> Search<'a> {
    fn answer(mut self, conditions: Vec<Condition<'a>>) -> Answer {
        match self.branch(conditions, Known::default()) {
            Some(example) => Answer::Possible(example),
            None if self.open => Answer::Undecided,
            None => Answer::Impossible,
        }
    }

    /// An example of the first alternative that has one.
    fn branch(&mut self, mut todo: Vec<Condition<'a>>, mut known: Known<'a>) -> Option<Example> {
        if self.left == 0 {
            self.open = true;
            return None;
        }
        self.left -= 1;
        while let Some(condition) = todo.pop() {
            let ways = match condition {
                Condition::Truth(e, truth) => match self.truth(e, truth, &mut todo) {
                    Step::Done => continue,
                    Step::Never => return None,
                    Step::Atom => {
                        if !self.atom(e, truth, &mut todo, &mut known) {
                            return None;
                        }
                        continue;
                    }
                    Step::Ways(ways) => ways,
                },
                Condition::Given(e, truth) => {
                    if !self.given(e, truth, &mut todo, &mut known) {
                        return None;
                    }
                    continue;
                }
                Condition::Compare(e, op, constant) => match self.compare(e, op, constant, &mut todo, &mut known) {
                    Step::Done | Step::Atom => continue,
                    Step::Never => return None,
                    Step::Ways(ways) => ways,
                },
                Condition::Word(reading, word) => {
                    if !known.narrow(Subject::Reading(reading), Allowed::one(word)) {
                        return None;
                    }
                    continue;
                }
                Condition::Either(ways) => ways,
            };
            return ways.into_iter().find_map(|way| {
                let mut todo = todo.clone();
                todo.extend(way);
                self.branch(todo, known.clone())
            });
        }
        if known.inexact {
            self.open = true;
            return None;
        }
        let example = example::of(self.p, &known);
        self.open |= example.is_none();
        example
    }

    /// What a name stands for.
    fn meant(&self, e: &'a Expr) -> &'a Expr {
        match &e.kind {
            ExprKind::Let(id) => match self.track.and_then(|t| self.p.track(t).lets.get(id.index())) {
                Some(named) => self.meant(&named.value),
                None => e,
            },
            ExprKind::Input(id) => match &self.p.input(*id).origin {
                Origin::Computed(value) if self.p.input(*id).when.is_none() => self.meant(value),
                Origin::Computed(_) | Origin::Entered | Origin::Attested { .. } | Origin::Judged { .. } | Origin::External { .. } => e,
            },
            _itself => e,
        }
    }

    fn constant(&self, e: &Expr) -> Option<Constant> {
        constants::value(self.p, e, &[])
    }

    /// Takes a condition apart.
    fn truth(&self, e: &'a Expr, truth: bool, todo: &mut Vec<Condition<'a>>) -> Step<'a> {
        let all = |list: &'a [Expr]| list.iter().map(|e| Condition::Truth(e, truth));
        match &e.kind {
            ExprKind::Not(of) => todo.push(Condition::Truth(of, !truth)),
            ExprKind::And(list) if truth => todo.extend(all(list)),
            ExprKind::Or(list) if !truth => todo.extend(all(list)),
            ExprKind::And(list) | ExprKind::Or(list) => return Step::Ways(all(list).map(|c| vec![c]).collect()),
            ExprKind::IsGiven(of) => todo.push(Condition::Given(of, truth)),
            ExprKind::Let(_) if !std::ptr::eq(self.meant(e), e) => todo.push(Condition::Truth(self.meant(e), truth)),
            ExprKind::Otherwise { value, default } => {
                return Step::Ways(vec![
                    vec![Condition::Given(value, true), Condition::Truth(value, truth)],
                    vec![Condition::Given(value, false), Condition::Truth(default, truth)],
                ]);
            }
            ExprKind::If { test, then, other } => {
                return Step::Ways(vec![
                    vec![Condition::Truth(test, true), Condition::Truth(then, truth)],
                    vec![Condition::Truth(test, false), Condition::Truth(other, truth)],
                ]);
            }
            _atom => {
                return match self.constant(e) {
                    Some(Constant::Bool(b)) if b == truth => Step::Done,
                    Some(_) => Step::Never,
                    None => Step::Atom,
                };
            }
        }
        Step::Done
    }

    /// A value is there, or not; what has no value at all is told by its guard.
    fn given(&mut self, e: &'a Expr, truth: bool, todo: &mut Vec<Condition<'a>>, known: &mut Known<'a>) -> bool {
        if self.constant(e).is_some() {
            return truth;
        }
        let before = known.values.len();
        if !known.narrow(Subject::Given(e), Allowed::one(usize::from(truth))) {
            return false;
        }
        if !self.relevance {
            return true;
        }
        if !truth {
            if let ExprKind::Input(id) = &e.kind {
                // A blank entry that is asked for leaves open what else holds.
                known.inexact |= !self.p.input(*id).optional;
            }
            // What is compared has a value.
            return !known.values.iter().any(|(s, _)| s.is(&Subject::Value(e)));
        }
        match &e.kind {
            ExprKind::Input(id) if known.values.len() > before => {
                todo.extend(self.p.input(*id).when.iter().map(|guard| Condition::Truth(guard, true)));
            }
            ExprKind::Input(_) | ExprKind::Member { .. } | ExprKind::ItemField { .. } => {}
            _more => known.inexact = true,
        }
        true
    }
}

/// What became of a condition.
enum Step<'a> {
    /// It holds, or was taken apart.
    Done,
    /// It can't hold.
    Never,
    /// It is to be looked at as a comparison.
    Atom,
    /// One of these holds.
    Ways(Vec<Vec<Condition<'a>>>),
}

impl<'a> Known<'a> {
    /// Narrows what a subject may be; whether anything is left.
    fn narrow(&mut self, subject: Subject<'a>, allowed: Allowed) -> bool {
        match self.values.iter_mut().find(|(s, _)| s.is(&subject)) {
            Some((_, so_far)) => {
                *so_far = so_far.clone().and(allowed);
                !so_far.is_empty()
            }
            None => {
                let empty = allowed.is_empty();
                self.values.push((subject, allowed));
                !empty
            }
        }
    }
}
