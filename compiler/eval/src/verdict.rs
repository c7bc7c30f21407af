//! Verdict and outcome (semantics 1.5, 1.6).

use crate::report::{Finding, FindingStrength, OutcomeRange};
use prog_model::{RuleResult, Strength, Track, Verdict};

/// The verdict: the worst that any due finding brings.
pub(crate) fn verdict(findings: &[Finding<'_>]) -> Verdict {
    findings.iter().map(bears).min().unwrap_or(Verdict::Accepted)
}

/// What one finding brings.
fn bears(finding: &Finding<'_>) -> Verdict {
    let strength = match finding.strength {
        FindingStrength::Rule(strength @ (Strength::Require | Strength::Complete | Strength::InPrinciple)) => strength,
        FindingStrength::Rule(Strength::Prefer | Strength::Encourage | Strength::Note | Strength::Waive) | FindingStrength::Finding => {
            return Verdict::Accepted;
        }
    };
    match finding.result {
        RuleResult::Met | RuleResult::NotApplicable | RuleResult::NotYetDue => Verdict::Accepted,
        RuleResult::Unknown => Verdict::Unknown,
        RuleResult::Pending => Verdict::Pending,
        RuleResult::Unmet => unmet(strength),
    }
}

fn unmet(strength: Strength) -> Verdict {
    match strength {
        Strength::Complete => Verdict::Returned,
        Strength::InPrinciple => Verdict::ReasonNeeded,
        Strength::Require => Verdict::Rejected,
        Strength::Prefer | Strength::Encourage | Strength::Note | Strength::Waive => Verdict::Accepted,
    }
}

/// How good an outcome is: a declared one by its place, a verdict's word below all of them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Word(Verdict),
    /// Places count backwards: the first is the best.
    Declared(std::cmp::Reverse<usize>),
}

/// The best and worst outcome, if the track declares any.
pub(crate) fn outcome<'a>(track: &'a Track, findings: &[Finding<'a>]) -> Option<OutcomeRange<'a>> {
    let first = track.outcomes.first()?;
    let (mut best, mut worst) = (Rank::Declared(std::cmp::Reverse(0)), Rank::Declared(std::cmp::Reverse(0)));
    for finding in findings {
        let Some(rank) = leads_to(track, finding) else { continue };
        match finding.result {
            RuleResult::Unmet => {
                best = best.min(rank);
                worst = worst.min(rank);
            }
            RuleResult::Unknown | RuleResult::Pending => worst = worst.min(rank),
            RuleResult::Met | RuleResult::NotApplicable | RuleResult::NotYetDue => {}
        }
    }
    let name = |rank: Rank| match rank {
        Rank::Word(verdict) => crate::report::verdict_word(verdict),
        Rank::Declared(place) => track.outcomes.get(place.0).unwrap_or(first).key.as_str(),
    };
    Some(OutcomeRange { best: name(best), worst: name(worst) })
}

/// Where an unmet finding leads: its own outcome, else the word of its strength.
fn leads_to(track: &Track, finding: &Finding<'_>) -> Option<Rank> {
    if let Some(outcome) = finding.outcome {
        return track.outcomes.iter().position(|o| o.key == outcome).map(|place| Rank::Declared(std::cmp::Reverse(place)));
    }
    match finding.strength {
        FindingStrength::Rule(strength) => match unmet(strength) {
            Verdict::Accepted => None,
            word => Some(Rank::Word(word)),
        },
        FindingStrength::Finding => None,
    }
}

/// The worse of an outcome and another declared one, for cases of a breaching group (semantics 3.5).
pub(crate) fn worsen<'a>(track: &'a Track, range: OutcomeRange<'a>, outcome: &'a str) -> OutcomeRange<'a> {
    let rank = |name: &str| match track.outcomes.iter().position(|o| o.key == name) {
        Some(place) => Rank::Declared(std::cmp::Reverse(place)),
        None => Rank::Word(Verdict::Rejected),
    };
    let worse = |name: &'a str| if rank(outcome) < rank(name) { outcome } else { name };
    OutcomeRange { best: worse(range.best), worst: worse(range.worst) }
}
