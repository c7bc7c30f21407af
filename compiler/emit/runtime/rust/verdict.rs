//! Verdict and outcome.

use super::definition::{Strength, Track};
use super::finding::{Finding, Outcome, Weight};
use std::cmp::Reverse;

/// Verdicts, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Cannot be taken.
    Rejected,
    /// To be completed.
    Returned,
    /// A reason must be written.
    ReasonNeeded,
    /// Something is not known.
    Unknown,
    /// People still have to judge.
    Pending,
    /// As asked.
    Accepted,
}

impl Verdict {
    /// The word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Rejected => "rejected",
            Verdict::Returned => "returned",
            Verdict::ReasonNeeded => "reason needed",
            Verdict::Unknown => "unknown",
            Verdict::Pending => "pending judgement",
            Verdict::Accepted => "accepted",
        }
    }

    /// The verdict: the worst that any finding brings.
    pub fn of(findings: &[Finding<'_>]) -> Self {
        findings
            .iter()
            .map(bears)
            .min()
            .unwrap_or(Verdict::Accepted)
    }
}

/// What one finding brings.
fn bears(found: &Finding<'_>) -> Verdict {
    let Some(unmet) = unmet(found.strength) else {
        return Verdict::Accepted;
    };
    match found.result {
        Outcome::Met | Outcome::NotApplicable | Outcome::NotYetDue => Verdict::Accepted,
        Outcome::Unmet => unmet,
        Outcome::Pending => Verdict::Pending,
        Outcome::Unknown => Verdict::Unknown,
    }
}

/// What an unmet finding of this weight brings.
fn unmet(weight: Weight) -> Option<Verdict> {
    match weight {
        Weight::Of(Strength::Require) => Some(Verdict::Rejected),
        Weight::Of(Strength::Complete) => Some(Verdict::Returned),
        Weight::Of(Strength::InPrinciple) => Some(Verdict::ReasonNeeded),
        Weight::Of(Strength::Prefer | Strength::Encourage | Strength::Note | Strength::Waive)
        | Weight::Finding => None,
    }
}

/// Best and worst outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutcomeRange {
    /// If all that is open turns out well.
    pub best: &'static str,
    /// If all that is open turns out badly.
    pub worst: &'static str,
}

/// How good an outcome is: a declared one by its place, a verdict's word below all of them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Word(Verdict),
    Declared(Reverse<usize>),
}

fn rank(track: &Track, name: &str) -> Rank {
    use Verdict::{Pending, ReasonNeeded, Rejected, Returned, Unknown};
    if let Some(place) = track.outcomes.iter().position(|key| *key == name) {
        return Rank::Declared(Reverse(place));
    }
    let words = [Rejected, Returned, ReasonNeeded, Unknown, Pending];
    let found = words.into_iter().find(|verdict| verdict.word() == name);
    Rank::Word(found.unwrap_or(Verdict::Accepted))
}

fn worse(track: &Track, a: &'static str, b: &'static str) -> &'static str {
    if rank(track, b) < rank(track, a) {
        b
    } else {
        a
    }
}

impl OutcomeRange {
    /// The best and worst outcome, if the track declares any.
    pub fn of(track: &Track, findings: &[Finding<'_>]) -> Option<Self> {
        let first = track.outcomes.first()?;
        let mut range = Self {
            best: first,
            worst: first,
        };
        for found in findings {
            // Where an unmet finding leads: its own outcome, else the word of its strength.
            let word = || unmet(found.strength).map(Verdict::word);
            let Some(name) = found.outcome.or_else(word) else {
                continue;
            };
            match found.result {
                Outcome::Unmet => range = range.worsened(track, name),
                Outcome::Unknown | Outcome::Pending => {
                    range.worst = worse(track, range.worst, name)
                }
                Outcome::Met | Outcome::NotApplicable | Outcome::NotYetDue => {}
            }
        }
        Some(range)
    }

    /// The worse of it and another outcome.
    #[must_use]
    pub fn worsened(self, track: &Track, outcome: &'static str) -> Self {
        Self {
            best: worse(track, self.best, outcome),
            worst: worse(track, self.worst, outcome),
        }
    }
}
