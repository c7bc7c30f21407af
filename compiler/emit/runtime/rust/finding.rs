//! Findings: what came of one rule, material, field or stage.
//!
//! Two findings of two passes are about the same thing if they stand for the same declaration at the same place.

use super::case::Problem;
use super::definition::{Ident, Strength};
use super::messages::{of_field, of_stage, Message};
use super::prepared::Settled;
use super::text::Text;
use super::value::Needs;
use std::borrow::Cow;

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A rule.
    Rule,
    /// A material.
    Material,
    /// An entry.
    Field,
    /// A stage.
    Stage,
    /// A package.
    Package,
    /// A summary.
    Summary,
}

impl Kind {
    /// The word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Rule => "rule",
            Kind::Material => "material",
            Kind::Field => "field",
            Kind::Stage => "stage",
            Kind::Package => "package",
            Kind::Summary => "summary",
        }
    }
}

/// What an unmet finding means for the verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// What a rule of this strength means.
    Of(Strength),
    /// Nothing: it is addressed to an actor.
    Finding,
}

impl Weight {
    /// The word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Weight::Of(strength) => strength.word(),
            Weight::Finding => "finding",
        }
    }

    /// Whether it bears on the verdict.
    pub fn is_weighty(self) -> bool {
        match self {
            Weight::Of(strength) => strength.is_weighty(),
            Weight::Finding => false,
        }
    }
}

impl Strength {
    /// The word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Strength::Require => "require",
            Strength::Complete => "complete",
            Strength::InPrinciple => "in principle",
            Strength::Prefer => "prefer",
            Strength::Encourage => "encourage",
            Strength::Note => "note",
            Strength::Waive => "waive",
        }
    }

    /// Whether a rule of this strength bears on the verdict.
    pub fn is_weighty(self) -> bool {
        matches!(
            self,
            Strength::Require | Strength::Complete | Strength::InPrinciple
        )
    }
}

/// What came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// As asked.
    Met,
    /// Not as asked.
    Unmet,
    /// Not known.
    Unknown,
    /// People still have to judge.
    Pending,
    /// Not asked.
    NotApplicable,
    /// Asked later.
    NotYetDue,
}

impl Outcome {
    /// The word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Met => "met",
            Outcome::Unmet => "unmet",
            Outcome::Unknown => "unknown",
            Outcome::Pending => "pending",
            Outcome::NotApplicable => "not applicable",
            Outcome::NotYetDue => "not yet due",
        }
    }

    /// Whether nothing is left open, and nothing is wrong.
    pub fn is_fine(self) -> bool {
        matches!(
            self,
            Outcome::Met | Outcome::NotApplicable | Outcome::NotYetDue
        )
    }
}

/// What another word of a reading would give.
#[derive(Clone, Copy, Debug)]
pub struct Under {
    /// Key of the reading.
    pub reading: &'static str,
    /// Key of the word.
    pub value: &'static str,
    /// The result then.
    pub result: Outcome,
}

/// A member of a threshold.
#[derive(Clone, Debug)]
pub struct MemberFinding {
    /// Its declaration.
    pub of: Ident,
    /// The result.
    pub result: Outcome,
    /// What is awaited.
    pub needs: Needs,
    /// JSON pointer into the case.
    pub path: &'static str,
    /// Members of its own.
    pub members: Option<Vec<MemberFinding>>,
}

/// An item of an `each` rule that is not met.
#[derive(Clone, Debug)]
pub struct ItemFinding {
    /// JSON pointer to the item.
    pub path: String,
    /// The result.
    pub result: Outcome,
    /// What is awaited.
    pub needs: Needs,
}

/// A finding on a case or a package.
#[derive(Clone, Debug)]
pub struct Finding<'a> {
    /// What it is about.
    pub kind: Kind,
    /// The declaration.
    pub of: Ident,
    /// Its weight.
    pub strength: Weight,
    /// The result.
    pub result: Outcome,
    /// What is awaited.
    pub needs: Needs,
    /// Words.
    pub message: Message,
    /// JSON pointer into the case; empty when none.
    pub path: Cow<'a, str>,
    /// What other readings would give.
    pub under: Vec<Under>,
    /// A threshold's members.
    pub members: Option<Vec<MemberFinding>>,
    /// Items of an `each` rule that are not met.
    pub items: Option<Vec<ItemFinding>>,
    /// The written reason that excuses it.
    pub reason: Option<&'a str>,
    /// Key of the outcome that this unmet rule leads to.
    pub outcome: Option<&'static str>,
    /// Key of the actor it is addressed to.
    pub addressed: Option<&'static str>,
    /// What is wrong.
    pub problem: Option<Problem>,
    /// Ids of the cases named (findings on a package).
    pub cases: Option<Vec<Cow<'a, str>>>,
    /// Where its text is kept, if nothing of this case is in it.
    pub settled: Option<&'static Settled>,
}

impl<'a> Finding<'a> {
    /// A plain finding in the author's words.
    pub fn new(kind: Kind, of: Ident, strength: Weight, result: Outcome) -> Self {
        Self {
            kind,
            of,
            strength,
            result,
            needs: Needs::default(),
            message: Message::Author(of.label),
            path: Cow::Borrowed(""),
            under: Vec::new(),
            members: None,
            items: None,
            reason: None,
            outcome: None,
            addressed: None,
            problem: None,
            cases: None,
            settled: None,
        }
    }

    /// An entry that is not as asked.
    pub fn about_field(of: Ident, problem: Problem, path: impl Into<Cow<'a, str>>) -> Self {
        let words = of_field(problem).about(of.label);
        Self::wrong(Kind::Field, of, problem, words, path)
    }

    /// A step that was not as the route asks: returned.
    pub fn about_stage(of: Ident, problem: Problem, path: impl Into<Cow<'a, str>>) -> Self {
        let words = of_stage(problem).about(of.label);
        Self::wrong(Kind::Stage, of, problem, words, path)
    }

    /// Something that is wrong: incomplete.
    pub fn wrong(
        kind: Kind,
        of: Ident,
        problem: Problem,
        words: Text,
        path: impl Into<Cow<'a, str>>,
    ) -> Self {
        let weight = Weight::Of(Strength::Complete);
        let mut found = Self::new(kind, of, weight, Outcome::Unmet);
        found.message = Message::Own(words);
        found.problem = Some(problem);
        found.path = path.into();
        found
    }

    /// Deadlines are one thing whether kept or not; every other problem is a thing of its own.
    fn kind_of_problem(&self) -> Option<Problem> {
        self.problem
            .filter(|problem| self.kind != Kind::Material && *problem != Problem::Late)
    }

    /// Whether two findings of two passes are about the same thing.
    pub fn is_same_thing(&self, other: &Finding<'_>) -> bool {
        self.kind == other.kind
            && self.of.key == other.of.key
            && self.path == other.path
            && self.kind_of_problem() == other.kind_of_problem()
    }
}
