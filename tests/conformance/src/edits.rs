//! Single-fact edits, compared: is each classed as what it does, both ways?
//!
//! In: a programme and its mutants. Out: what is wrong with what `prog diff` says of each. Always: what a class claims is held against cases
//! that the comparison never saw (every boundary in turn, and drawn ones); a witness is evaluated again here; the comparison of the edit
//! taken back gives the mirror class.

use crate::Kind;
use crate::mutate::Mutant;
use crate::systematic;
use prog_diff::{Change, Class, Known, WitnessKind, compare_with};
use prog_eval::{Options, Prepared};
use prog_model::{Programme, Verdict};
use serde_json::Value;

/// What came of one edit.
#[derive(Debug)]
pub struct Checked {
    /// What was edited.
    pub what: String,
    /// The classes found, the edit's own first.
    pub classes: Vec<Class>,
    /// Whether it compares entries with constants only, so that it must be decided.
    pub exact: bool,
    /// What is wrong.
    pub wrong: Vec<String>,
    /// What was said of it, where it was not decided.
    pub undecided: Vec<String>,
}

/// Cases with what the original says of them.
pub struct Judge<'p> {
    original: &'p Programme,
    prepared: Prepared<'p>,
    cases: Vec<(String, Verdict)>,
    known: Known,
}

impl<'p> Judge<'p> {
    /// Asks the original about everything.
    pub fn new(original: &'p Programme) -> Self {
        let prepared = Prepared::new(original);
        let requests =
            systematic::requests(original).into_iter().filter(|r| r.kind == Kind::Case && r.at.is_none() && r.readings.is_empty());
        let verdict = |text: &str| Some(prepared.evaluate(&prepared.read_case(text).ok()?, &plain()).verdict);
        let cases = requests.filter_map(|r| verdict(&r.text).map(|v| (r.text, v))).collect();
        Self { original, prepared, cases, known: Known::default() }
    }

    /// Compares the original with an edit of it, both ways.
    pub fn check(&mut self, mutant: &Mutant) -> Checked {
        let diff = compare_with(self.original, &mutant.programme, &mut self.known);
        let back = compare_with(&mutant.programme, self.original, &mut self.known);
        let own: Vec<&Change> = diff.changes.iter().filter(|c| !c.follows).collect();
        let mut wrong = Vec::new();
        if own.is_empty() {
            wrong.push("nothing found".to_owned());
        }
        let other = Prepared::new(&mutant.programme);
        let classes: Vec<Class> = own.iter().map(|c| c.class).collect();
        let mirrored: Vec<Class> = back.changes.iter().filter(|c| !c.follows).map(|c| c.class.mirror()).collect();
        let sorted = |mut list: Vec<Class>| {
            list.sort();
            list
        };
        if sorted(classes.clone()) != sorted(mirrored.clone()) {
            wrong.push(format!("{classes:?}, taken back {mirrored:?}"));
        }
        for change in &own {
            wrong.extend(self.witnesses(change, &other));
        }
        wrong.extend(self.claims(&classes, &other));
        let unknown = own.iter().filter(|c| c.class == Class::Unknown);
        let undecided =
            unknown.map(|c| format!("{}: {}", c.stable_id(), c.effect.notes.iter().map(|n| n.en.as_str()).collect::<Vec<_>>().join("; ")));
        let exact = own.iter().all(|c| c.effect.exact);
        Checked { what: mutant.what.clone(), undecided: undecided.collect(), exact, classes, wrong }
    }

    /// Stricter and looser have a witness; every witness comes out as it is told.
    fn witnesses(&self, change: &Change, other: &Prepared<'_>) -> Vec<String> {
        let mut wrong = Vec::new();
        let (loses, gains) = (change.effect.witnesses.iter().any(|w| w.loses), change.effect.witnesses.iter().any(|w| !w.loses));
        let needed = match change.class {
            Class::Stricter => loses,
            Class::Looser => gains,
            Class::Incomparable => loses && gains,
            Class::Equivalent | Class::InFlight | Class::Data | Class::Editorial | Class::Unknown => true,
        };
        if !needed {
            wrong.push(format!("{} {:?} without witness", change.stable_id(), change.class));
        }
        for witness in change.effect.witnesses.iter().filter(|w| w.kind == WitnessKind::Case && w.data.len() == 2) {
            let word = |prepared: &Prepared<'_>, case: &Value| match prepared.read_case(&case.to_string()) {
                Ok(case) => prog_eval::verdict_word(prepared.evaluate(&case, &plain()).verdict),
                Err(_) => "refused",
            };
            let told = (witness.before.word, witness.after.word);
            if told.0.ends_with("tag") || told.0.ends_with("note") {
                continue;
            }
            let found = (word(&self.prepared, &witness.data[1]), word(other, &witness.data[0]));
            if told != found {
                wrong.push(format!("{}: told {told:?}, found {found:?}", change.stable_id()));
            }
        }
        wrong
    }

    /// Nobody loses or gains against what the class says.
    fn claims(&self, classes: &[Class], other: &Prepared<'_>) -> Vec<String> {
        let all = |allowed: &[Class]| classes.iter().all(|c| allowed.contains(c));
        let no_loss = all(&[Class::Looser, Class::Equivalent, Class::Editorial]);
        let no_gain = all(&[Class::Stricter, Class::Equivalent, Class::Editorial]);
        if !no_loss && !no_gain {
            return Vec::new();
        }
        for (text, was) in &self.cases {
            let Ok(case) = other.read_case(text) else { continue };
            let is = other.evaluate(&case, &plain()).verdict;
            if (is < *was && no_loss) || (is > *was && no_gain) {
                return vec![format!("{classes:?}, but {was:?} → {is:?}: {text}")];
            }
        }
        Vec::new()
    }
}

fn plain() -> Options {
    Options { alternatives: false, ..Options::default() }
}
