//! Quotas, materials, asserts, targets.

use super::{ActorId, Citation, EnumId, Expr, FieldType, Ident, Label, StageId, Strength, TableId, Test, TrackId, Type};
use prog_base::{Date, Span};

/// A check over many applications.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Name, message as label.
    pub ident: Ident,
    /// Citations.
    pub cites: Vec<Citation>,
    /// The strength in front; `None`: hard.
    pub strength: Option<Strength>,
    /// Counted at this stage.
    pub at: Option<StageId>,
    /// Keys.
    pub keys: Vec<Key>,
    /// Empty groups too (`per every`).
    pub every: bool,
    /// Counted only when this holds.
    pub when: Option<Expr>,
    /// The check as a truth value.
    pub test: Expr,
    /// The value side of the check, if it is one comparison.
    pub value: Option<Expr>,
    /// How value and limit compare.
    pub bound: Option<Bound>,
    /// Whom it binds.
    pub binding: Binding,
    /// Index of the outcome for every case of a breaching group, per track that declares outcomes.
    pub outcome: Option<String>,
    /// `about` or `strive`: a note, never more.
    pub soft: bool,
    /// Tracks whose cases are counted.
    pub tracks: Vec<TrackId>,
    /// The place.
    pub span: Span,
}

/// The limit of a quota.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant)] // one a quota: reads better than a box saves
pub enum Bound {
    /// Not more than.
    AtMost(Expr),
    /// Less than.
    Less(Expr),
    /// Not fewer than.
    AtLeast(Expr),
    /// More than.
    More(Expr),
    /// Exactly.
    Equal(Expr),
    /// Between, ends included.
    Between(Expr, Expr),
    /// Within the band of the reading `about`.
    About(Expr),
}

impl Bound {
    /// The number, or both ends of a range.
    pub fn limits(&self) -> Vec<&Expr> {
        match self {
            Bound::AtMost(e) | Bound::Less(e) | Bound::AtLeast(e) | Bound::More(e) | Bound::Equal(e) | Bound::About(e) => vec![e],
            Bound::Between(low, high) => vec![low, high],
        }
    }
}

/// Whom a quota binds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Binding {
    /// The sender at its stage: its package is returned.
    Sender(ActorId),
    /// The deciding actor: a finding.
    Decider(Option<ActorId>),
}

/// A key of a quota.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Its name as written.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// The key of a case, per track.
    pub by_track: Vec<(TrackId, Expr)>,
    /// Which groups exist.
    pub range: KeyRange,
}

/// Which groups a key has (semantics 3.6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyRange {
    /// All values of a closed list.
    Enum(EnumId),
    /// The constant keys of a table.
    Table(TableId),
    /// Those present in the batch.
    Present,
}

/// A document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Material {
    /// Name, label.
    pub ident: Ident,
    /// Citations.
    pub cites: Vec<Citation>,
    /// Belongs to a package, not to each case.
    pub per_package: bool,
    /// The tracks it concerns (all of them when none was named).
    pub tracks: Vec<TrackId>,
    /// Who provides it.
    pub by: Option<ActorId>,
    /// All of these together.
    pub formats: Vec<Format>,
    /// The channel.
    pub channel: Option<String>,
    /// Sent at this stage.
    pub at: Option<StageId>,
    /// Asked for only when this holds, per track.
    pub when: Vec<(TrackId, Expr)>,
    /// May be left out.
    pub optional: bool,
    /// Asked for only by a waiver's `needs`.
    pub only_needed: bool,
    /// Formats turned away, with citations.
    pub refuse: Vec<(String, Vec<Citation>)>,
    /// The place.
    pub span: Span,
}

/// A format of a material.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format {
    /// `word`, `pdf`, `纸质`.
    pub name: String,
    /// Must bear the seal.
    pub sealed: bool,
}

/// A compile-time assertion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assert {
    /// Name, message.
    pub ident: Ident,
    /// Citations.
    pub cites: Vec<Citation>,
    /// What must hold.
    pub test: Expr,
    /// The place.
    pub span: Span,
}

/// A block of indicators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Targets {
    /// Name, label.
    pub ident: Ident,
    /// Citations.
    pub cites: Vec<Citation>,
    /// Who reports.
    pub reported_by: Option<ActorId>,
    /// Years count from here: a stage or a day.
    pub from: Option<TargetsFrom>,
    /// Reported values of its indicators, in order.
    pub indicators: Vec<Indicator>,
    /// The place.
    pub span: Span,
}

/// Where a block's years count from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum TargetsFrom {
    Stage(StageId),
    Day(Date),
}

/// One indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indicator {
    /// Name, label.
    pub ident: Ident,
    /// Citations.
    pub cites: Vec<Citation>,
    /// What is measured.
    pub measure: Measure,
    /// Must hold for every value of this list.
    pub for_all: Option<EnumId>,
    /// Soft.
    pub strive: bool,
    /// Milestones in order.
    pub milestones: Vec<Milestone>,
    /// The place.
    pub span: Span,
}

/// What an indicator measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// A reported number (or other value).
    Reported(FieldType, Type),
    /// Computed from reported values: names are resolved among the block's reports.
    Computed {
        /// Reported inputs in order of first use.
        inputs: Vec<Ident>,
        /// The expression; [`super::ExprKind::Key`] n is input n.
        value: Expr,
    },
    /// Judged by people.
    Judged(Test),
}

/// A milestone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// When.
    pub when: MilestoneTime,
    /// The bound, in base units.
    pub bound: Option<Bound>,
    /// Soft.
    pub strive: bool,
    /// Words of a qualitative milestone, or a remark on the bound.
    pub words: Option<Label>,
    /// Citations.
    pub cites: Vec<Citation>,
    /// The place.
    pub span: Span,
}

/// When a milestone falls due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MilestoneTime {
    /// On this day (a bare year: its last day).
    By(Date),
    /// At the end of every year.
    EachYear,
    /// So many years after the block's `from`.
    Year(u32),
    /// Summed over the years from the block's `from` on: up to this day, or all of them.
    Total(Option<Date>),
}
