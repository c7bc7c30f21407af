//! Reports as data, before they are printed.
//!
//! In: built by the evaluation. Out: read by `json`, scenarios, and whoever holds the crate.
//! Always: everything borrows from the programme and the case; the order of lists is the order printed.

use crate::case::Problem;
use crate::value::Needs;
use prog_base::{Exact, Lang, Text};
use prog_model::{Citation, Ident, Label, NumberType, PackageState, Programme, RuleResult, Strength, Verdict};
use std::borrow::Cow;

/// The report of a case.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    /// The programme (for its name, version, clause addresses, units).
    pub programme: &'a Programme,
    /// Key of the track.
    pub track: &'a str,
    /// The version the case was made for, if another.
    pub case_version: Option<&'a str>,
    /// The case's id.
    pub id: Option<&'a str>,
    /// The verdict.
    pub verdict: Verdict,
    /// Best and worst outcome, equal when decided; `None` where the track declares none.
    pub outcome: Option<OutcomeRange<'a>>,
    /// Case-level lets, sorted by key in UTF-16 order.
    pub values: Vec<ValueEntry<'a>>,
    /// What is due, in source order.
    pub findings: Vec<Finding<'a>>,
    /// What is due later, likewise.
    pub later: Vec<Finding<'a>>,
    /// Keys of `prefer` and `encourage` rules that are met.
    pub tags: Vec<&'a str>,
    /// Notes.
    pub notes: Vec<Note<'a>>,
    /// Where the case stands after its events: one place, or all that are possible while a guard is not known; `None`: it has no events, or
    /// its track no route.
    pub standing: Option<Vec<Standing<'a>>>,
}

/// A place on a route where a case may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing<'a> {
    /// Key of the stage: where it is, or which it left when it ended.
    pub stage: &'a str,
    /// Whether it has come to an end.
    pub ended: bool,
    /// The result in the notice's words; `None`: under way, or an end without a name.
    pub result: Option<&'a str>,
}

/// Best and worst outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutcomeRange<'a> {
    /// If all that is open turns out well.
    pub best: &'a str,
    /// If all that is open turns out badly.
    pub worst: &'a str,
}

/// A listed value.
#[derive(Clone, Debug)]
pub struct ValueEntry<'a> {
    /// Its key.
    pub key: &'a str,
    /// Citations.
    pub cites: &'a [Citation],
    /// Key of the unit shown.
    pub unit: Option<&'a str>,
    /// What it is.
    pub shown: Shown<'a>,
}

/// A value as it is printed.
#[derive(Clone, Debug)]
pub enum Shown<'a> {
    /// `true` or `false`.
    Bool(bool),
    /// A number of this type, in base units.
    Number(Exact, &'a NumberType),
    /// A text, key or date.
    Text(Cow<'a, str>),
    /// Keys.
    Texts(Vec<&'a str>),
    /// No value.
    None,
    /// Unknown, with bounds if the type is a number's.
    Unknown(Needs<'a>, Option<Box<NumberBounds<'a>>>),
}

/// Between what a number lies that is not known, and its type.
pub type NumberBounds<'a> = (Option<Exact>, Option<Exact>, &'a NumberType);

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum FindingKind {
    Rule,
    Material,
    Field,
    Stage,
    Quota,
    Summary,
    Package,
}

impl FindingKind {
    /// The word in reports.
    pub fn word(self) -> &'static str {
        match self {
            FindingKind::Rule => "rule",
            FindingKind::Material => "material",
            FindingKind::Field => "field",
            FindingKind::Stage => "stage",
            FindingKind::Quota => "quota",
            FindingKind::Summary => "summary",
            FindingKind::Package => "package",
        }
    }
}

/// What an unmet finding means for the verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingStrength {
    /// A rule's strength.
    Rule(Strength),
    /// Addressed to an actor, outside the verdict.
    Finding,
}

impl FindingStrength {
    /// The word in reports.
    pub fn word(self) -> &'static str {
        match self {
            FindingStrength::Rule(strength) => strength_word(strength),
            FindingStrength::Finding => "finding",
        }
    }
}

/// A strength's word in reports.
pub fn strength_word(strength: Strength) -> &'static str {
    match strength {
        Strength::Require => "require",
        Strength::Complete => "complete",
        Strength::InPrinciple => "in principle",
        Strength::Prefer => "prefer",
        Strength::Encourage => "encourage",
        Strength::Note => "note",
        Strength::Waive => "waive",
    }
}

/// A result's word in reports.
pub fn result_word(result: RuleResult) -> &'static str {
    match result {
        RuleResult::Met => "met",
        RuleResult::Unmet => "unmet",
        RuleResult::Unknown => "unknown",
        RuleResult::Pending => "pending",
        RuleResult::NotApplicable => "not applicable",
        RuleResult::NotYetDue => "not yet due",
    }
}

/// The result in both languages.
pub fn result_text(result: RuleResult) -> Text {
    let zh = match result {
        RuleResult::Met => "符合",
        RuleResult::Unmet => "不符合",
        RuleResult::Unknown => "未明",
        RuleResult::Pending => "待评定",
        RuleResult::NotApplicable => "不适用",
        RuleResult::NotYetDue => "未到期",
    };
    Text { zh: zh.to_owned(), en: result_word(result).to_owned() }
}

/// A verdict's word in reports.
pub fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Rejected => "rejected",
        Verdict::Returned => "returned",
        Verdict::ReasonNeeded => "reason needed",
        Verdict::Unknown => "unknown",
        Verdict::Pending => "pending judgement",
        Verdict::Accepted => "accepted",
    }
}

/// A package's state as word.
pub fn state_word(state: PackageState) -> &'static str {
    match state {
        PackageState::Complete => "complete",
        PackageState::Returned => "returned",
        PackageState::ReasonNeeded => "reason needed",
        PackageState::Unknown => "unknown",
    }
}

/// Words of a finding.
#[derive(Clone, Debug)]
pub enum Message<'a> {
    /// The author's.
    Author(&'a Label),
    /// Ours.
    Own(Text),
}

impl Message<'_> {
    /// The words in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match self {
            Message::Author(label) => label.get(lang),
            Message::Own(text) => text.get(lang),
        }
    }
}

/// A finding on a case or a package.
#[derive(Clone, Debug)]
pub struct Finding<'a> {
    /// What it is about.
    pub kind: FindingKind,
    /// Name, key.
    pub ident: &'a Ident,
    /// Citations.
    pub cites: &'a [Citation],
    /// Its strength.
    pub strength: FindingStrength,
    /// The result.
    pub result: RuleResult,
    /// What is awaited.
    pub needs: Needs<'a>,
    /// Words.
    pub message: Message<'a>,
    /// JSON pointer into the case; empty when none.
    pub path: Cow<'a, str>,
    /// What other readings would give.
    pub under: Vec<Under<'a>>,
    /// A threshold's members.
    pub members: Option<Vec<Member<'a>>>,
    /// Items of an `each` rule that are not met.
    pub items: Option<Vec<Item<'a>>>,
    /// The written reason that excuses it.
    pub reason: Option<&'a str>,
    /// Key of the outcome that this unmet rule leads to.
    pub outcome: Option<&'a str>,
    /// Key of the actor it is addressed to.
    pub addressed: Option<&'a str>,
    /// What is wrong.
    pub problem: Option<Problem>,
    /// Ids of the cases named (findings on a package).
    pub cases: Option<Vec<Cow<'a, str>>>,
}

impl<'a> Finding<'a> {
    /// A plain finding in the author's words.
    pub fn new(kind: FindingKind, ident: &'a Ident, cites: &'a [Citation], strength: FindingStrength, result: RuleResult) -> Self {
        Self {
            kind,
            ident,
            cites,
            strength,
            result,
            needs: Needs::default(),
            message: Message::Author(&ident.label),
            path: Cow::Borrowed(""),
            under: Vec::new(),
            members: None,
            items: None,
            reason: None,
            outcome: None,
            addressed: None,
            problem: None,
            cases: None,
        }
    }

    /// Whether it bears on the verdict with this strength.
    pub fn weighs(&self, strength: Strength) -> bool {
        self.strength == FindingStrength::Rule(strength)
    }
}

/// What another value of a reading would give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Under<'a> {
    /// Key of the reading.
    pub reading: &'a str,
    /// Key of the value.
    pub value: Cow<'a, str>,
    /// The result then.
    pub result: RuleResult,
}

/// A member of a threshold.
#[derive(Clone, Debug)]
pub struct Member<'a> {
    /// Name, key, message.
    pub ident: &'a Ident,
    /// Citations.
    pub cites: &'a [Citation],
    /// The result.
    pub result: RuleResult,
    /// What is awaited.
    pub needs: Needs<'a>,
    /// JSON pointer into the case.
    pub path: &'a str,
    /// Members of its own.
    pub members: Option<Vec<Member<'a>>>,
}

/// An item of an `each` rule that is not met.
#[derive(Clone, Debug)]
pub struct Item<'a> {
    /// JSON pointer to the item.
    pub path: String,
    /// The result.
    pub result: RuleResult,
    /// What is awaited.
    pub needs: Needs<'a>,
}

/// A note.
#[derive(Clone, Debug)]
pub struct Note<'a> {
    /// Key of what it is about.
    pub rule: &'a str,
    /// Citations.
    pub cites: &'a [Citation],
    /// Words.
    pub message: Message<'a>,
}

/// Adds a note of ours that does not stand there yet.
pub(crate) fn add_note<'a>(notes: &mut Vec<Note<'a>>, note: Note<'a>) {
    let same = |n: &Note<'a>| n.rule == note.rule && n.message.get(Lang::Zh) == note.message.get(Lang::Zh);
    if !notes.iter().any(same) {
        notes.push(note);
    }
}

/// The result of one quota for one group.
#[derive(Clone, Debug)]
pub struct QuotaFinding<'a> {
    /// Name, key, message.
    pub ident: &'a Ident,
    /// Citations.
    pub cites: &'a [Citation],
    /// Its strength.
    pub strength: Strength,
    /// The result.
    pub result: RuleResult,
    /// Whether it can no longer change.
    pub settled: bool,
    /// The group: key name and value, sorted by name in UTF-16 order.
    pub key: Vec<(&'a str, Cow<'a, str>)>,
    /// What was counted.
    pub measure: Measure<'a>,
    /// The limit.
    pub limit: Option<Limit<'a>>,
    /// How far the value is above the limit, and below it.
    pub distance: Option<(Exact, Exact)>,
    /// Ids of the cases counted.
    pub members: Vec<Cow<'a, str>>,
    /// What is awaited.
    pub needs: Needs<'a>,
    /// What other readings would give.
    pub under: Vec<Under<'a>>,
    /// Ids of packages that did not fit.
    pub returned: Vec<Cow<'a, str>>,
    /// Key of the actor it binds.
    pub addressed: Option<&'a str>,
    /// The decision recorded.
    pub over_ruled: Option<&'a crate::case::Decision>,
    /// The written reason that excuses it.
    pub reason: Option<&'a str>,
}

/// What a quota counted.
#[derive(Clone, Debug)]
pub enum Measure<'a> {
    /// One number.
    Value(Exact, &'a NumberType),
    /// A share: part and base.
    Share(u64, u64),
    /// Only bounds are known.
    Bounds(Option<Exact>, Option<Exact>, &'a NumberType),
    /// The check is not one comparison.
    None,
}

/// The limit of a quota.
#[derive(Clone, Debug)]
pub enum Limit<'a> {
    /// One number.
    One(Exact, &'a NumberType),
    /// Two ends.
    Between(Exact, Exact, &'a NumberType),
}

/// The result of one package.
#[derive(Clone, Debug)]
pub struct PackageReport<'a> {
    /// Its id.
    pub id: Option<&'a str>,
    /// The sender's key, sorted by name in UTF-16 order.
    pub key: Vec<(&'a str, Cow<'a, str>)>,
    /// Ids of its cases.
    pub cases: Vec<&'a str>,
    /// Its state.
    pub state: PackageState,
    /// What is due.
    pub findings: Vec<PackageFinding<'a>>,
}

/// A finding on a package.
#[derive(Clone, Debug)]
pub enum PackageFinding<'a> {
    /// On the package itself.
    Own(Finding<'a>),
    /// A quota it was judged by.
    Quota(QuotaFinding<'a>),
}

/// Everything about a batch.
#[derive(Clone, Debug)]
pub struct BatchReport<'a> {
    /// The programme.
    pub programme: &'a Programme,
    /// One a case, in the order given.
    pub reports: Vec<Report<'a>>,
    /// Whether the batch is closed at its stage.
    pub closed: bool,
    /// Key of the stage.
    pub stage: Option<&'a str>,
    /// One a package, in the order given.
    pub packages: Vec<PackageReport<'a>>,
    /// One a quota and group.
    pub findings: Vec<QuotaFinding<'a>>,
    /// Divisions by zero in quotas; decisions that no quota finding took up.
    pub notes: Vec<Note<'a>>,
}
