//! Tracks: what is entered, named values, rules.
//!
//! Always: constant data; a member that is left out has the value of `BLANK`.

use super::definition::{unknown, Formula, ItemFormula};
use super::vocabulary::{FieldType, ShownType};

/// A kind of application.
#[derive(Clone, Copy, Debug)]
pub struct Track {
    /// Its key.
    pub key: &'static str,
    /// Keys of its outcomes, the best first.
    pub outcomes: &'static [&'static str],
    /// Position of its route.
    pub route: Option<usize>,
    /// What is entered, judged, attested or worked out.
    pub inputs: &'static [Input],
    /// Named values.
    pub lets: &'static [Let],
    /// Its rules.
    pub rules: &'static [Rule],
    /// Keys of its rules, those first that others stand on.
    pub order: &'static [&'static str],
    /// What findings are made for, in source order.
    pub declared: &'static [Declared],
    /// Keys of the readings that it depends on.
    pub readings: &'static [&'static str],
    /// Keys of its materials.
    pub materials: &'static [&'static str],
}

impl Track {
    /// Nothing said.
    pub const BLANK: Self = Self {
        key: "",
        outcomes: &[],
        route: None,
        inputs: &[],
        lets: &[],
        rules: &[],
        order: &[],
        declared: &[],
        readings: &[],
        materials: &[],
    };
}

/// What findings are made for.
#[derive(Clone, Copy, Debug)]
pub enum Declared {
    /// An input, by its pointer.
    Input(&'static str),
    /// A rule, by its key.
    Rule(&'static str),
    /// A material, by its key.
    Material(&'static str),
    /// A stage, by its key.
    Stage(&'static str),
}

/// What is entered, judged, attested or worked out.
#[derive(Clone, Copy, Debug)]
pub struct Input {
    /// Its key.
    pub key: &'static str,
    /// Its name, if it is another.
    pub name: Option<&'static str>,
    /// Its words, if they are not its key.
    pub label: &'static str,
    /// The same in English, if it is not the same.
    pub label_en: &'static str,
    /// Where it stands in a case.
    pub pointer: &'static str,
    /// Addresses of its clauses.
    pub clauses: &'static [&'static str],
    /// What is entered.
    pub entry: FieldType,
    /// How it is shown, if it is a number.
    pub shown: Option<ShownType>,
    /// Whether it may be left blank.
    pub optional: bool,
    /// Whether a no means that the seal is missing.
    pub seal: bool,
    /// Key of the stage at which it is due.
    pub stage: Option<&'static str>,
    /// When it is asked for.
    pub when: Option<Formula>,
    /// Where it comes from.
    pub origin: Origin,
}

impl Input {
    /// Nothing said.
    pub const BLANK: Self = Self {
        key: "",
        name: None,
        label: "",
        label_en: "",
        pointer: "",
        clauses: &[],
        entry: FieldType::BLANK,
        shown: None,
        optional: false,
        seal: false,
        stage: None,
        when: None,
        origin: Origin::Entered,
    };
}

/// Where an input comes from.
#[derive(Clone, Copy, Debug)]
pub enum Origin {
    /// The applicant.
    Entered,
    /// The applicant, who attests it.
    Attested,
    /// The judgement of an actor.
    Judged(&'static str),
    /// A register, as of a day if one is said.
    External(Option<Formula>),
    /// Other inputs.
    Computed(Formula),
}

/// A named value.
#[derive(Clone, Copy, Debug)]
pub struct Let {
    /// Its key.
    pub key: &'static str,
    /// Addresses of its clauses.
    pub clauses: &'static [&'static str],
    /// How it is shown.
    pub shown: ShownType,
    /// Whether reports list it.
    pub listed: bool,
    /// What it is.
    pub value: Formula,
}

impl Let {
    /// Nothing said.
    pub const BLANK: Self = Self {
        key: "",
        clauses: &[],
        shown: ShownType::BLANK,
        listed: false,
        value: unknown,
    };
}

/// A rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its key.
    pub key: &'static str,
    /// What it weighs.
    pub strength: Strength,
    /// Addresses of its clauses.
    pub clauses: &'static [&'static str],
    /// Its words.
    pub label: &'static str,
    /// The same in English, if it is not the same.
    pub label_en: &'static str,
    /// Where what it is about stands in a case.
    pub path: &'static str,
    /// Key of the stage at which it is due.
    pub due: Option<&'static str>,
    /// The list on each of whose items it is tested.
    pub each: Option<Formula>,
    /// Where that list stands in a case.
    pub list: &'static str,
    /// When it applies.
    pub when: Option<Part>,
    /// When it does not.
    pub unless: Option<Part>,
    /// What it tests.
    pub test: Test,
    /// Position of the outcome that it leads to if it is not met.
    pub outcome: Option<usize>,
    /// Whether it is only noted.
    pub soft: bool,
    /// What it lifts if it is met.
    pub waives: &'static [Waived],
    /// Keys of the materials that it asks for if it is met.
    pub needs: &'static [&'static str],
    /// Keys of the rules that lift it.
    pub waived_by: &'static [&'static str],
}

impl Rule {
    /// Nothing said.
    pub const BLANK: Self = Self {
        key: "",
        strength: Strength::Note,
        clauses: &[],
        label: "",
        label_en: "",
        path: "",
        due: None,
        each: None,
        list: "",
        when: None,
        unless: None,
        test: Test::Attested,
        outcome: None,
        soft: false,
        waives: &[],
        needs: &[],
        waived_by: &[],
    };
}

/// What a rule weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// Without it: rejected.
    Require,
    /// Without it: returned.
    Complete,
    /// Without it: a reason is needed.
    InPrinciple,
    /// Better with it.
    Prefer,
    /// Good to have.
    Encourage,
    /// Only noted.
    Note,
    /// Lifts something.
    Waive,
}

/// A part of a rule: of the case, or of an item of the rule's list.
#[derive(Clone, Copy, Debug)]
pub enum Part {
    /// Of the case.
    Of(Formula),
    /// Of an item.
    OfItem(ItemFormula),
}

/// What a rule tests.
#[derive(Clone, Copy, Debug)]
pub enum Test {
    /// An expression.
    Holds(Part),
    /// A judgement of this actor.
    Judged(&'static str),
    /// A statement of the applicant.
    Attested,
    /// A register, as of a day if one is said.
    External(Option<Part>),
    /// So many of these.
    Threshold(usize, &'static [Member]),
}

/// A member of a threshold.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// Its key.
    pub key: &'static str,
    /// Addresses of its clauses.
    pub clauses: &'static [&'static str],
    /// Its words.
    pub label: &'static str,
    /// The same in English, if it is not the same.
    pub label_en: &'static str,
    /// Where what it is about stands in a case.
    pub path: &'static str,
    /// When it applies.
    pub when: Option<Part>,
    /// What it tests.
    pub test: Test,
}

impl Member {
    /// Nothing said.
    pub const BLANK: Self = Self {
        key: "",
        clauses: &[],
        label: "",
        label_en: "",
        path: "",
        when: None,
        test: Test::Attested,
    };
}

/// What a rule lifts.
#[derive(Clone, Copy, Debug)]
pub enum Waived {
    /// A rule, by key.
    Rule(&'static str),
    /// A group of rules, by key.
    Group(&'static str),
    /// A material, by key.
    Material(&'static str),
    /// A stage, by key, and the stage where the case goes instead.
    Stage(&'static str, Option<&'static str>),
}
