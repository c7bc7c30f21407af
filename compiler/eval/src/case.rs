//! A case, a package and a decision as read: typed, complete, nothing evaluated.
//!
//! In: built only by `read`. Out: read by every part of the evaluation.
//! Always: numbers are in base units; an entry that was left out, `null` or blank is [`Data::Blank`]; an entry that is not acceptable is
//! [`Data::Bad`] and its fault stands in [`Case::faults`].

use prog_base::{Date, Exact, Moment};
use prog_model::TrackId;

/// One application.
#[derive(Clone, Debug, Default)]
pub struct Case {
    /// Its track.
    pub track: TrackIndex,
    /// The version of the programme it was made for.
    pub version: Option<String>,
    /// Its id.
    pub id: Option<String>,
    /// Taken back: counted nowhere.
    pub withdrawn: bool,
    /// One a member of `Track::inputs`, in that order.
    pub entries: Vec<Entry>,
    /// What is wrong with entries, in order of input and path.
    pub faults: Vec<Fault>,
    /// Judged, attested and external rules and members, by key.
    pub sheets: Vec<(String, Sheet)>,
    /// Written reasons by rule key; never blank.
    pub reasons: Vec<(String, String)>,
    /// Materials by key.
    pub materials: Vec<(String, Vec<Copy>)>,
    /// What happened, in the order given.
    pub events: Vec<Event>,
    /// Calculations of the track, by position, that are taken as given instead of worked out; only scenarios do that.
    pub assumed: Vec<(usize, Data)>,
}

/// A track's id with a default, so that a case can be built step by step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrackIndex(pub TrackId);

impl Default for TrackIndex {
    fn default() -> Self {
        Self(TrackId(0))
    }
}

/// What was entered for one input.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// The value.
    pub data: Data,
    /// For external facts: the day at which the register was read.
    pub as_of: Option<Date>,
    /// For judged facts: when it was judged.
    pub at: Option<When>,
}

/// An entered value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Data {
    /// Nothing there.
    #[default]
    Blank,
    /// Something there that the rules cannot use.
    Bad,
    /// Yes or no.
    Bool(bool),
    /// A number in base units.
    Number(Exact),
    /// A text that is not blank.
    Text(String),
    /// Index of a closed list's value.
    Enum(usize),
    /// Indices of a closed list's values, ascending.
    Set(Vec<usize>),
    /// A day; a month is its first day.
    Date(Date),
    /// One a field of the record.
    Record(Vec<Data>),
    /// Items.
    List(Vec<Data>),
    /// An uploaded file by its name.
    File(String),
}

/// A fault of one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The input, as index into `Track::inputs`.
    pub slot: usize,
    /// Where: a JSON pointer into the case.
    pub path: String,
    /// What is wrong.
    pub problem: Problem,
}

/// What may be wrong with an entry, or with a step of the route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Problem {
    Blank,
    Range,
    Step,
    Pattern,
    Date,
    Length,
    Unlisted,
    Total,
    Irrelevant,
    Late,
    Overdue,
    Short,
    Early,
    Skipped,
    Actor,
    Channel,
    Missing,
    Format,
    Seal,
    Refused,
    Extra,
    Twice,
    Differs,
}

impl Problem {
    /// The word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Problem::Blank => "blank",
            Problem::Range => "range",
            Problem::Step => "step",
            Problem::Pattern => "pattern",
            Problem::Date => "date",
            Problem::Length => "length",
            Problem::Unlisted => "unlisted",
            Problem::Total => "total",
            Problem::Irrelevant => "irrelevant",
            Problem::Late => "late",
            Problem::Overdue => "overdue",
            Problem::Short => "short",
            Problem::Early => "early",
            Problem::Skipped => "skipped",
            Problem::Actor => "actor",
            Problem::Channel => "channel",
            Problem::Missing => "missing",
            Problem::Format => "format",
            Problem::Seal => "seal",
            Problem::Refused => "refused",
            Problem::Extra => "extra",
            Problem::Twice => "twice",
            Problem::Differs => "differs",
        }
    }
}

/// A judgement, attestation or register entry of a rule or threshold member.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// From `judgements`.
    pub judged: Option<bool>,
    /// When it was judged.
    pub judged_at: Option<When>,
    /// From `attested`.
    pub attested: Option<bool>,
    /// From `external`.
    pub external: Option<bool>,
    /// The day at which the register was read.
    pub as_of: Option<Date>,
}

/// One copy of a material.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copy {
    /// `word`, `pdf`, …
    pub format: Option<String>,
    /// Bears the seal.
    pub sealed: Option<bool>,
}

/// A time as given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// A bare local day.
    Day(Date),
    /// A point in time.
    At(Moment),
    /// Given, but not a time.
    Bad,
}

/// Something that happened to the case.
#[derive(Clone, Debug, Default)]
pub struct Event {
    /// The stage's key.
    pub stage: Option<String>,
    /// The outcome.
    pub outcome: Option<String>,
    /// Who acted.
    pub by: Option<String>,
    /// When.
    pub at: Option<When>,
    /// Through which channel.
    pub channel: Option<String>,
}

/// What one actor sends at one stage.
#[derive(Clone, Debug, Default)]
pub struct Package {
    /// Its id.
    pub id: Option<String>,
    /// The stage's key.
    pub stage: Option<String>,
    /// The sender.
    pub by: Option<String>,
    /// The sender's key by name; a bare value stands under the empty name.
    pub key: Vec<(String, KeyText)>,
    /// When.
    pub at: Option<When>,
    /// Ids of its cases.
    pub cases: Vec<String>,
    /// Rows of the summary, cells by their pointers within the row; `None`: there is no summary.
    pub summary: Option<Vec<Vec<(String, Cell)>>>,
    /// Materials by key.
    pub materials: Vec<(String, Vec<Copy>)>,
    /// Written reasons by quota key; never blank.
    pub reasons: Vec<(String, String)>,
    /// Through which channel.
    pub channel: Option<String>,
}

/// A key's value as written in data.
pub type KeyText = String;

/// A cell of a summary's row, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing there.
    Blank,
    /// A text.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Bool(bool),
}

/// A recorded override of a quota.
#[derive(Clone, Debug, Default)]
pub struct Decision {
    /// The quota's key.
    pub quota: Option<String>,
    /// The group's key by name; a bare value stands under the empty name.
    pub key: Vec<(String, KeyText)>,
    /// Who.
    pub by: Option<String>,
    /// Why.
    pub why: Option<String>,
    /// When, as written.
    pub at: Option<String>,
}

/// The lines of a batch.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// Cases in the order given.
    pub cases: Vec<Case>,
    /// Packages in the order given.
    pub packages: Vec<Package>,
    /// Decisions in the order given.
    pub decisions: Vec<Decision>,
}
