//! Tracks, inputs, rules.

use super::{ActorId, Citation, Expr, FieldType, FormId, Ident, InputId, Label, LetId, MaterialId, RuleId, StageId, Type, WorkflowId};
use prog_base::Span;
pub use prog_syntax::ast::Strength;

/// One category of applicant.
#[derive(Clone, Debug)]
pub struct Track {
    /// Name, label.
    pub ident: Ident,
    /// Citations.
    pub cites: Vec<Citation>,
    /// The forms an applicant fills.
    pub forms: Vec<FormId>,
    /// Facts, then the fields of its forms, in source order.
    pub inputs: Vec<InputId>,
    /// Case-level lets in an order in which each uses only earlier ones.
    pub lets: Vec<Let>,
    /// Rules in source order.
    pub rules: Vec<Rule>,
    /// An order of evaluation in which a rule used by another comes first.
    pub order: Vec<RuleId>,
    /// Named groups of rules.
    pub groups: Vec<Group>,
    /// Outcomes, best to worst; empty when none are declared.
    pub outcomes: Vec<Ident>,
    /// Lets that are listed as outputs.
    pub outputs: Vec<LetId>,
    /// Its route.
    pub workflow: Option<WorkflowId>,
    /// Its materials (per case), in source order.
    pub materials: Vec<MaterialId>,
    /// The place.
    pub span: Span,
}

/// An entered, attested, judged, external or computed value of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Name, key, label.
    pub ident: Ident,
    /// Its form; `None` for a fact.
    pub form: Option<FormId>,
    /// Where it stands in the case, as a JSON pointer (`/facts/市地`, `/form/report/schools/小学`, `/judgements/visit`).
    pub pointer: String,
    /// What is entered.
    pub field: FieldType,
    /// Its type in expressions.
    pub ty: Type,
    /// May stay blank.
    pub optional: bool,
    /// Where it comes from.
    pub origin: Origin,
    /// Relevant only when this holds.
    pub when: Option<Expr>,
    /// The stage at which it is due (its part's stage); `None`: from the start.
    pub stage: Option<StageId>,
    /// Citations.
    pub cites: Vec<Citation>,
    /// What to write about.
    pub prompt: Option<Label>,
    /// Printed help.
    pub help: Option<Label>,
    /// A seal: `no` is as good as blank.
    pub seal: bool,
    /// Personal data.
    pub personal: bool,
    /// The place.
    pub span: Span,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Typed in by whoever fills the form or the facts page.
    Entered,
    /// Stated by the applicant, with evidence.
    Attested {
        /// Materials that show it.
        with: Vec<MaterialId>,
    },
    /// Judged by an actor.
    Judged {
        /// Who.
        by: ActorId,
        /// On what.
        on: Vec<MaterialId>,
    },
    /// Looked up in a register.
    External {
        /// The register's name.
        register: String,
        /// The day at which the status counts.
        as_of: Option<Box<Expr>>,
    },
    /// Computed from others.
    Computed(Box<Expr>),
}

/// A named expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Let {
    /// Name, label.
    pub ident: Ident,
    /// Citations.
    pub cites: Vec<Citation>,
    /// The value.
    pub value: Expr,
    /// Points of a score: what they are out of, in base units; proved, never a clip.
    pub out_of: Option<prog_base::Exact>,
    /// Whether it holds an aggregate over cases (programme level only).
    pub batch: bool,
    /// The place.
    pub span: Span,
}

/// `conditions NAME { … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Name, label.
    pub ident: Ident,
    /// Citations.
    pub cites: Vec<Citation>,
    /// The rules in it, those of inner groups included.
    pub rules: Vec<RuleId>,
}

/// A rule of one track.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Name, message as label.
    pub ident: Ident,
    /// What follows when it is unmet.
    pub strength: Strength,
    /// Citations.
    pub cites: Vec<Citation>,
    /// Due at this stage: as written, else derived from its inputs; `None`: at the first stage, or no workflow.
    pub due: Option<StageId>,
    /// `each LIST`: evaluated once an item ([`super::ExprKind::ItemField`] depth 0).
    pub each: Option<Expr>,
    /// Guard.
    pub when: Option<Expr>,
    /// Exception.
    pub unless: Option<Expr>,
    /// What is tested.
    pub test: Test,
    /// Index of the outcome an unmet rule leads to.
    pub outcome: Option<usize>,
    /// For `waive`: what it lifts.
    pub waives: Vec<Waived>,
    /// For `waive`: materials asked for instead when it is met.
    pub needs: Vec<MaterialId>,
    /// Waivers (of this track) that lift this rule.
    pub waived_by: Vec<RuleId>,
    /// The JSON pointer a finding on it names (the judgement, attestation, or first input it reads; empty when none).
    pub path: String,
    /// The soft check of a bound written `about`: a note, never more.
    pub soft: bool,
    /// The place.
    pub span: Span,
}

/// What a rule tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// Not understood.
    Bad,
    /// An expression of type [`Type::Bool`].
    Expr(Expr),
    /// A judgement under the rule's (or member's) key.
    Judged {
        /// Who.
        by: ActorId,
        /// On what.
        on: Vec<MaterialId>,
    },
    /// An attestation under the rule's (or member's) key.
    Attested {
        /// Evidence.
        with: Vec<MaterialId>,
    },
    /// A register entry under the rule's (or member's) key.
    External {
        /// The register.
        register: String,
        /// The day at which the status counts.
        as_of: Option<Box<Expr>>,
    },
    /// At least `need` of the members.
    Threshold {
        /// How many.
        need: usize,
        /// The members.
        members: Vec<TestMember>,
    },
}

/// A member of a threshold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestMember {
    /// Name, message as label; its key is the key of its judgement, attestation or register entry.
    pub ident: Ident,
    /// Citations.
    pub cites: Vec<Citation>,
    /// Guard.
    pub when: Option<Expr>,
    /// What is tested.
    pub test: Test,
    /// As [`Rule::path`].
    pub path: String,
}

/// What a waiver lifts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Waived {
    Rule(RuleId),
    Group(usize),
    Material(MaterialId),
    Stage { stage: StageId, to: Option<StageId> },
}
