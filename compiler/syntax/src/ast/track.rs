//! Tracks, their facts and rules, quotas, workflow.

use super::{Cite, Effective, Expr, Head, Let, Message, Name, Place, Score, Stated, Str, Test, TypeExpr};
use prog_base::Span;

/// `track A, B "label" [cites] applies with FORM { … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Track {
    /// One head a name; label and citations written once stand on the last name and count for all.
    pub heads: Vec<Head>,
    /// The forms an applicant fills.
    pub forms: Vec<Name>,
    /// Facts, rules, groups, lets … in source order.
    pub members: Vec<TrackMember>,
    /// The place.
    pub span: Span,
}

/// What stands in a track.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TrackMember {
    /// `fact NAME : TYPE …`
    Fact(Fact),
    /// A rule of any strength, `waive` included.
    Rule(Rule),
    /// `conditions NAME [cites] { … }`
    Conditions(Conditions),
    /// `let`, evaluated for each case.
    Let(Let),
    /// `outcomes [8] { granted, deferred, refused }`
    Outcomes(Outcomes),
    /// `output NAME [cites] "label" = EXPR`: a listed value that other tools read.
    Output(Let),
    /// `score`: points of items, their total, and what they must reach.
    Score(Score),
    /// Not understood.
    Bad(Span),
}

/// `fact NAME as KEY [cites] "label" : TYPE optional judged by panel when EXPR`: entered data that no form declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Name, key, label.
    pub head: Head,
    /// Its type with unit and bounds.
    pub ty: TypeExpr,
    /// May stay blank.
    pub optional: bool,
    /// Where the value comes from (`judged by`, `attested with`, `external …`); entered when absent.
    pub origin: Option<Test>,
    /// Relevant only when this holds.
    pub when: Option<Expr>,
    /// Entered at this stage, if not at the first.
    pub at: Option<Name>,
    /// The place.
    pub span: Span,
}

/// `conditions NAME [cites] { rules }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conditions {
    /// The group's name.
    pub head: Head,
    /// Its rules, groups and lets.
    pub members: Vec<TrackMember>,
    /// The place.
    pub span: Span,
}

/// `outcomes [cites] { best, …, worst }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcomes {
    /// Citations.
    pub cites: Vec<Cite>,
    /// Best to worst; each may carry a label.
    pub values: Vec<Head>,
    /// The place.
    pub span: Span,
}

/// The strength of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[allow(missing_docs)]
pub enum Strength {
    #[serde(rename = "require")]
    Require,
    #[serde(rename = "complete")]
    Complete,
    #[serde(rename = "in principle")]
    InPrinciple,
    #[serde(rename = "prefer")]
    Prefer,
    #[serde(rename = "encourage")]
    Encourage,
    #[serde(rename = "note")]
    Note,
    #[serde(rename = "waive")]
    Waive,
}

/// `STRENGTH NAME [cites] "message" at STAGE each LIST when E unless E : TEST else OUTCOME waives X needs Y`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What follows when it is unmet.
    pub strength: Strength,
    /// Name, citations, message.
    pub head: Head,
    /// Due at this stage.
    pub at: Option<Name>,
    /// When this version is in force, if there are several.
    pub effective: Option<Effective>,
    /// `each LIST`: once an item.
    pub each: Option<Expr>,
    /// Guard.
    pub when: Option<Expr>,
    /// Exception.
    pub unless: Option<Expr>,
    /// What is tested.
    pub test: Test,
    /// `else OUTCOME`.
    pub outcome: Option<Name>,
    /// For `waive`: what no longer applies.
    pub waives: Vec<Waived>,
    /// For `waive`: materials asked for instead.
    pub needs: Vec<Name>,
    /// The place.
    pub span: Span,
}

/// A rule, group, material or stage that a waiver lifts; a stage says where the case goes (`评审 -> 认定`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waived {
    /// What is lifted.
    pub name: Name,
    /// For a stage: where to.
    pub to: Option<Name>,
}

/// `[in principle] quota NAME [cites] "message" at STAGE per KEY, … : TEST else OUTCOME`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quota {
    /// The strength in front, if any.
    pub strength: Option<Strength>,
    /// Name, citations, message.
    pub head: Head,
    /// Counted at this stage.
    pub at: Option<Name>,
    /// Keys; any expression.
    pub per: Vec<Expr>,
    /// `per every`: empty groups too.
    pub every: bool,
    /// Counted only when this holds.
    pub when: Option<Expr>,
    /// The check, a comparison.
    pub test: Expr,
    /// `else OUTCOME` for every case of a breaching group.
    pub outcome: Option<Name>,
    /// The place.
    pub span: Span,
}

/// `assert NAME? [cites] "message" : EXPR`, checked when the programme is compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assert {
    /// Its name.
    pub head: Head,
    /// What must hold.
    pub test: Expr,
    /// The place.
    pub span: Span,
}

/// `material A, B [cites] "label" per package for T, U by ACTOR as F and sealed G by CHANNEL at STAGE refuse paper [cites]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Material {
    /// One head a name.
    pub heads: Vec<Head>,
    /// Belongs to a package, not to each case.
    pub per_package: bool,
    /// Only for these tracks (all when empty).
    pub tracks: Vec<Name>,
    /// Who provides it.
    pub by: Option<Name>,
    /// All of these together.
    pub formats: Vec<Format>,
    /// The channel (`by email`, `经 电子邮件`).
    pub channel: Option<Name>,
    /// Sent at this stage.
    pub at: Option<Name>,
    /// Asked for only when this holds.
    pub when: Option<Expr>,
    /// May be left out.
    pub optional: bool,
    /// Formats that are turned away.
    pub refuse: Vec<(Name, Vec<Cite>)>,
    /// The place.
    pub span: Span,
}

/// `word`, `sealed pdf`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format {
    /// The format's name, free (`word`, `pdf`, `纸质`).
    pub name: Name,
    /// Must bear the seal.
    pub sealed: bool,
}

/// `workflow for TRACK, … { stage … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workflow {
    /// The tracks it routes (all when empty).
    pub tracks: Vec<Name>,
    /// Its stages in order.
    pub stages: Vec<Stage>,
    /// The place.
    pub span: Span,
}

/// `stage NAME "label" by ACTOR open D due D [cites] { … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Name, label, citations.
    pub head: Head,
    /// Who acts.
    pub by: Option<Name>,
    /// Window start.
    pub open: Option<Stated<Expr>>,
    /// Deadline.
    pub due: Option<Stated<Expr>>,
    /// Reached only when this holds.
    pub when: Option<Expr>,
    /// What happens there.
    pub members: Vec<StageMember>,
    /// The place.
    pub span: Span,
}

/// What happens at a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StageMember {
    /// `fill FORM, …`
    Fill(Vec<Name>),
    /// `review FORM or MATERIAL, …`
    Review(Vec<Name>),
    /// `send FORM or MATERIAL, … [by CHANNEL]`
    Send {
        /// What is sent.
        what: Vec<Name>,
        /// Through which channel.
        channel: Option<Name>,
    },
    /// `public notice [at least 7 days]` with citations.
    PublicNotice {
        /// The least length: number and unit as written (a duration), if stated.
        at_least: Option<Expr>,
        /// Citations.
        cites: Vec<Cite>,
        /// The place.
        span: Span,
    },
    /// `may NAME "label" [cites]`: an optional act such as a site visit.
    May(Head),
    /// `on OUTCOME when E -> STAGE` or `-> end RESULT`.
    On(Transition),
    /// Not understood.
    Bad(Span),
}

/// `on OUTCOME [when E | otherwise] -> TARGET`; `on late -> …` says what lateness does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// The outcome; `None` for `late`.
    pub outcome: Option<Name>,
    /// Guard.
    pub guard: Guard,
    /// Where the case goes.
    pub target: Target,
    /// The place.
    pub span: Span,
}

/// The guard of a transition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guard {
    /// None.
    Always,
    /// `when E`.
    When(Expr),
    /// `otherwise`: the last of one outcome.
    Otherwise,
}

/// Where a transition leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A stage.
    Stage(Name),
    /// `end [RESULT]`.
    End(Option<Name>),
}

/// `targets NAME [cites] "label" reported by ACTOR from STAGE { indicators }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Targets {
    /// Name.
    pub head: Head,
    /// Who reports.
    pub reported_by: Option<Name>,
    /// Years count from this event (stage name or date).
    pub from: Option<Expr>,
    /// Its indicators.
    pub indicators: Vec<Indicator>,
    /// The place.
    pub span: Span,
}

/// `NAME [cites] : TYPE or EXPR or judged … for all ENUM strive MILESTONE…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indicator {
    /// Name, label.
    pub head: Head,
    /// What is reported or computed.
    pub measure: Measure,
    /// `for all 区县`.
    pub for_all: Option<Name>,
    /// `strive` / `力争`: soft.
    pub strive: bool,
    /// Milestones in order.
    pub milestones: Vec<Milestone>,
    /// The place.
    pub span: Span,
}

/// What an indicator measures.
#[derive(Clone, Debug, PartialEq, Eq)]
// Most members are the large ones; a box each would cost more than it saves.
#[allow(clippy::large_enum_variant)]
pub enum Measure {
    /// A reported value.
    Reported(TypeExpr),
    /// A ratio or sum of reported values.
    Computed(Expr),
    /// A quality that people judge.
    Judged(Test),
}

/// `by 2020 at least 40%`, `each year at least 200`, `year 1 at least 20%`, `by 2020 "进一步增加"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// When.
    pub when: MilestoneTime,
    /// The bound, with the indicator as left side: operator and value(s).
    pub bound: Option<MilestoneBound>,
    /// `strive` on this milestone alone.
    pub strive: bool,
    /// The words of a qualitative milestone, or a remark on its bound.
    pub words: Option<Message>,
    /// Citations.
    pub cites: Vec<Cite>,
    /// The place.
    pub span: Span,
}

/// When a milestone falls due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MilestoneTime {
    /// `by 2020`: the end of that year; `by 2020-06-30`: that day.
    By(Expr),
    /// `each year`.
    EachYear,
    /// `year N` counted from the block's `from`.
    Year(u32),
    /// `total`: summed over all years; `by 2022 total`: over the years up to then.
    Total(Option<Expr>),
}

/// A milestone's bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MilestoneBound {
    /// `at least 40%` …
    Compare(super::CompareOp, Expr),
    /// `between 2 and 3`.
    Between(Expr, Expr),
    /// `about 5`.
    About(Expr),
}

/// `[STRENGTH] duty ACTOR NAME [cites] "text" at STAGE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// Whose; its citations and the text.
    pub actor: Name,
    /// Citations.
    pub cites: Vec<Cite>,
    /// What must be done.
    pub message: Option<Message>,
    /// A name for references, if given as `duty ACTOR NAME`.
    pub name: Option<Name>,
    /// The strength in front: `encourage duty …`; `None`: an obligation.
    pub strength: Option<Strength>,
    /// The stage at which it is to be done.
    pub at: Option<Name>,
    /// The place.
    pub span: Span,
}

/// An executable example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// Its title.
    pub title: Str,
    /// Citations.
    pub cites: Vec<Cite>,
    /// Its steps in order.
    pub steps: Vec<Step>,
    /// The place.
    pub span: Span,
}

/// One line of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// `given 6 示范区 "A" { 市地: 哈尔滨, … }`.
    Given(Given),
    /// `sent [by ACTOR] [KEY] [on DATETIME] at STAGE { … }`: what was given since the last `sent` goes as one package.
    Sent(Sent),
    /// `at STAGE`.
    At(Name),
    /// `on DATE` or date-time: the day the batch is looked at.
    On(Expr),
    /// `closed`.
    Closed(Span),
    /// `open`.
    Open(Span),
    /// `reading NAME = VALUE`.
    Reading {
        /// The reading.
        name: Name,
        /// The value (`exclusive`, `within 20%` as its text).
        value: ReadingValue,
    },
    /// `expect …`.
    Expect(Expect),
    /// Not understood.
    Bad(Span),
}

/// `given [COUNT] TRACK ["id"] { entries }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// How many alike (1 when absent).
    pub count: Option<u32>,
    /// The track.
    pub track: Name,
    /// The case's id; numbered ids when absent or counted.
    pub id: Option<Str>,
    /// The data.
    pub entries: Vec<Entry>,
    /// The place.
    pub span: Span,
}

/// `sent …`: see [`Step::Sent`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The package's id, if named.
    pub id: Option<Str>,
    /// The sender.
    pub by: Option<Name>,
    /// When (date or date-time).
    pub on: Option<Expr>,
    /// At which stage.
    pub at: Option<Name>,
    /// `key`, `materials`, `reasons`, `channel` entries.
    pub entries: Vec<Entry>,
    /// The place.
    pub span: Span,
}

/// `NAME : VALUE` inside scenario data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Fact, field, attested or judged rule, material; or `reason`/`event`/… written as a dotted name.
    pub key: Vec<Name>,
    /// Its value.
    pub value: Data,
    /// The place.
    pub span: Span,
}

/// Literal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Data {
    /// A scalar: number, text, name, date, yes/no, `blank`.
    Scalar(Expr),
    /// `blank`: stated to be missing.
    Blank(Span),
    /// `sealed pdf`: a copy in this format, with the seal.
    Sealed(Name),
    /// `[a, b]`.
    List(Vec<Data>, Span),
    /// `{ a: 1, b: 2 }`.
    Record(Vec<Entry>, Span),
}

/// What a scenario expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expect {
    /// The expectation.
    pub kind: ExpectKind,
    /// `for KEY or "id", …`.
    pub of: Vec<Expr>,
    /// The place.
    pub span: Span,
}

/// The kinds of expectation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpectKind {
    /// `verdict accepted`, `verdict reason needed`.
    Verdict(Verdict, Span),
    /// `NAME met | unmet | unknown | pending | not applicable`: a rule, quota or material.
    Result(Name, RuleResult, Span),
    /// `status at STAGE`, `status end [RESULT]`, `status unknown` (`None`): where the case's events have brought it.
    Status(Option<Target>, Span),
    /// `tag NAME`.
    Tag(Name),
    /// `note NAME`: the note rule or soft bound speaks.
    Note(Name),
    /// `NAME = VALUE`: a value.
    Value(Name, Expr),
    /// `outcome NAME`.
    Outcome(Name),
    /// `package returned | complete | reason needed | pending`.
    Package(PackageState, Span),
    /// `finding NAME`: a finding on that rule, quota or stage exists.
    Finding(Name),
    /// `no finding NAME`.
    NoFinding(Name),
    /// `NAME order A, B`: the list of a selection, in its order.
    Order(Name, Vec<Expr>),
    /// `NAME selected`, `NAME waiting 2`: where a case stands in a selection.
    Place(Name, Place, Span),
}

/// Verdicts, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Verdict {
    Rejected,
    Returned,
    ReasonNeeded,
    Unknown,
    Pending,
    Accepted,
}

/// The result of one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum RuleResult {
    Met,
    Unmet,
    Unknown,
    Pending,
    NotApplicable,
    /// Of a target: its last day is still to come.
    NotYetDue,
}

/// The state of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum PackageState {
    Complete,
    Returned,
    ReasonNeeded,
    Unknown,
}

/// A reading's value: a name, a percentage, a date expression or `unknown`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadingValue {
    /// `inclusive`, `counts punctuation` (several words joined by a blank, in their English spelling).
    Word(Name),
    /// `within 10%`.
    Within(Expr),
    /// `unknown` / `open`.
    Open(Span),
    /// `ends due(filing)`, `by filed_on`.
    Ends(Expr),
}
