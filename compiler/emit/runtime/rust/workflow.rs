//! Materials, routes with their stages, summaries, quotas.
//!
//! Always: constant data; a member that is left out has the value of `BLANK`.

use super::application::Strength;
use super::date::Duration;
use super::definition::{unknown, ByTrack, Formula};
use super::vocabulary::{Cell, ShownType};

/// A document.
#[derive(Clone, Copy, Debug)]
pub struct Material {
    /// Its key.
    pub key: &'static str,
    /// Its words, if they are not its key.
    pub label: &'static str,
    /// The same in English, if it is not the same.
    pub label_en: &'static str,
    /// Addresses of its clauses.
    pub clauses: &'static [&'static str],
    /// Whether it belongs to a package.
    pub per_package: bool,
    /// Keys of its tracks.
    pub tracks: &'static [&'static str],
    /// The forms in which it is asked for, and whether each bears a seal.
    pub formats: &'static [(&'static str, bool)],
    /// Through which channel it comes.
    pub channel: Option<&'static str>,
    /// Key of the stage at which it is due.
    pub at: Option<&'static str>,
    /// When it is asked for, by track.
    pub when: ByTrack,
    /// Whether it may be left out.
    pub optional: bool,
    /// Whether it is asked for only where a rule needs it.
    pub only_needed: bool,
    /// Forms that are turned away.
    pub refuse: &'static [&'static str],
}

impl Material {
    /// Nothing said.
    pub const BLANK: Self = Self {
        key: "",
        label: "",
        label_en: "",
        clauses: &[],
        per_package: false,
        tracks: &[],
        formats: &[],
        channel: None,
        at: None,
        when: &[],
        optional: false,
        only_needed: false,
        refuse: &[],
    };
}

/// A route: the stages of some tracks.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// Keys of its tracks.
    pub tracks: &'static [&'static str],
    /// Its stages.
    pub stages: &'static [Stage],
}

/// A stage of a route.
#[derive(Clone, Copy, Debug)]
pub struct Stage {
    /// Its key.
    pub key: &'static str,
    /// Its words, if they are not its key.
    pub label: &'static str,
    /// The same in English, if it is not the same.
    pub label_en: &'static str,
    /// Addresses of its clauses.
    pub clauses: &'static [&'static str],
    /// Key of the actor.
    pub by: Option<&'static str>,
    /// When its window opens.
    pub open: Option<Formula>,
    /// Until when it must be done.
    pub due: Option<Formula>,
    /// Whether the deadline is inferred.
    pub inferred: bool,
    /// When it is passed, by track.
    pub when: ByTrack,
    /// Whether the application is handed in here.
    pub hands_in: bool,
    /// Keys of the forms filled in.
    pub fills: &'static [&'static str],
    /// What is sent.
    pub sends: &'static [Document],
    /// Through which channel.
    pub channel: Option<&'static str>,
    /// A public notice.
    pub notice: Option<Notice>,
    /// Where it leads.
    pub transitions: &'static [Transition],
    /// Where lateness leads.
    pub late: Option<Transition>,
}

impl Stage {
    /// Nothing said.
    pub const BLANK: Self = Self {
        key: "",
        label: "",
        label_en: "",
        clauses: &[],
        by: None,
        open: None,
        due: None,
        inferred: false,
        when: &[],
        hands_in: false,
        fills: &[],
        sends: &[],
        channel: None,
        notice: None,
        transitions: &[],
        late: None,
    };
}

/// What is sent.
#[derive(Clone, Copy, Debug)]
pub enum Document {
    /// A form, by key.
    Form(&'static str),
    /// A material, by key.
    Material(&'static str),
    /// A summary, by key.
    Summary(&'static str),
}

/// A public notice.
#[derive(Clone, Copy, Debug)]
pub struct Notice {
    /// How long it must stand at least.
    pub at_least: Option<Duration>,
    /// Addresses of its clauses.
    pub clauses: &'static [&'static str],
}

/// Where a stage leads.
#[derive(Clone, Copy, Debug)]
pub struct Transition {
    /// The outcome.
    pub outcome: &'static str,
    /// When, by track.
    pub when: ByTrack,
    /// Key of the next stage; none: the end.
    pub to: Option<&'static str>,
    /// How it ends.
    pub status: Option<&'static str>,
}

impl Transition {
    /// Nothing said.
    pub const BLANK: Self = Self {
        outcome: "",
        when: &[],
        to: None,
        status: None,
    };
}

/// A table whose rows are cases.
#[derive(Clone, Copy, Debug)]
pub struct Summary {
    /// Its key.
    pub key: &'static str,
    /// Its words, if they are not its key.
    pub label: &'static str,
    /// The same in English, if it is not the same.
    pub label_en: &'static str,
    /// Addresses of its clauses.
    pub clauses: &'static [&'static str],
    /// Its columns.
    pub columns: &'static [Column],
}

impl Summary {
    /// Nothing said.
    pub const BLANK: Self = Self {
        key: "",
        label: "",
        label_en: "",
        clauses: &[],
        columns: &[],
    };
}

/// A column of a summary.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its key.
    pub key: &'static str,
    /// Its words, if they are not its key.
    pub label: &'static str,
    /// The same in English, if it is not the same.
    pub label_en: &'static str,
    /// Addresses of its clauses.
    pub clauses: &'static [&'static str],
    /// Where it stands in a row.
    pub pointer: &'static str,
    /// Whether it may be left blank.
    pub optional: bool,
    /// What a difference weighs.
    pub strength: Option<Strength>,
    /// The value of the row's case, by track.
    pub value: ByTrack,
    /// How that value is shown.
    pub shown: Option<ShownType>,
}

impl Column {
    /// Nothing said.
    pub const BLANK: Self = Self {
        key: "",
        label: "",
        label_en: "",
        clauses: &[],
        pointer: "",
        optional: false,
        strength: None,
        value: &[],
        shown: None,
    };
}

/// A limit over many cases.
#[derive(Clone, Copy, Debug)]
pub struct Quota {
    /// Its key.
    pub key: &'static str,
    /// Its words.
    pub label: &'static str,
    /// The same in English, if it is not the same.
    pub label_en: &'static str,
    /// Addresses of its clauses.
    pub clauses: &'static [&'static str],
    /// What it weighs.
    pub strength: Option<Strength>,
    /// Key of the stage at which it is judged.
    pub at: Option<&'static str>,
    /// What its groups are formed by.
    pub keys: &'static [GroupKey],
    /// When it applies.
    pub when: Option<Formula>,
    /// Its check.
    pub test: Formula,
    /// What is counted.
    pub value: Option<Formula>,
    /// How that is shown.
    pub shown: Option<ShownType>,
    /// Whether it is a share.
    pub share: bool,
    /// Whether the value can only grow as cases are added.
    pub grows: bool,
    /// The limit.
    pub bound: Option<Bound>,
    /// Whom it binds.
    pub binding: Binding,
    /// The outcome of every case of a breaching group, by track.
    pub outcome: &'static [(&'static str, &'static str)],
    /// Whether it is only noted.
    pub soft: bool,
    /// Keys of the readings that it depends on.
    pub readings: &'static [&'static str],
    /// Keys of the tracks whose cases it counts.
    pub tracks: &'static [&'static str],
}

impl Quota {
    /// Nothing said.
    pub const BLANK: Self = Self {
        key: "",
        label: "",
        label_en: "",
        clauses: &[],
        strength: None,
        at: None,
        keys: &[],
        when: None,
        test: unknown,
        value: None,
        shown: None,
        share: false,
        grows: false,
        bound: None,
        binding: Binding::Decider(None),
        outcome: &[],
        soft: false,
        readings: &[],
        tracks: &[],
    };
}

/// What groups are formed by, of a quota or a selection.
#[derive(Clone, Copy, Debug)]
pub struct GroupKey {
    /// Its name.
    pub name: &'static str,
    /// Which values it has.
    pub range: Range,
    /// The key of a case and how it is shown, by track.
    pub of: &'static [TypedOf],
}

/// A value of a case, for one track.
#[derive(Clone, Copy, Debug)]
pub struct TypedOf {
    /// Key of the track.
    pub track: &'static str,
    /// The value.
    pub value: Formula,
    /// How it is shown.
    pub shown: ShownType,
}

/// Which values a key has.
#[derive(Clone, Copy, Debug)]
pub enum Range {
    /// Those that cases show.
    Present,
    /// Those of a closed list.
    List(&'static str),
    /// These, and those that cases show.
    Constants(&'static [Cell], ShownType),
}

/// A limit.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    /// Its kind.
    pub kind: BoundKind,
    /// The limit, or the lower of two.
    pub limit: Formula,
    /// How it is shown.
    pub shown: ShownType,
    /// The upper of two.
    pub high: Option<Formula>,
}

/// Kinds of limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoundKind {
    /// Not more.
    AtMost,
    /// Less.
    Less,
    /// Not less.
    AtLeast,
    /// More.
    More,
    /// Exactly.
    Equal,
    /// Between two.
    Between,
    /// About so much.
    About,
}

/// Whom a quota binds.
#[derive(Clone, Copy, Debug)]
pub enum Binding {
    /// An actor that sends.
    Sender(&'static str),
    /// An actor that decides, if the notice says who.
    Decider(Option<&'static str>),
}
