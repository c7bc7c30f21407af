//! Selections as the programme declares them.

use super::definition::{unknown, ByTrack, Formula};
use super::vocabulary::ShownType;
use super::workflow::{GroupKey, TypedOf};

/// A computed proposal to the body that decides.
#[derive(Clone, Copy, Debug)]
pub struct Selection {
    /// Its key.
    pub key: &'static str,
    /// Its words.
    pub label: &'static str,
    /// The same in English, if it is not the same.
    pub label_en: &'static str,
    /// Addresses of its clauses.
    pub clauses: &'static [&'static str],
    /// Key of the stage at which it is proposed.
    pub at: Option<&'static str>,
    /// A list for each group by these.
    pub keys: &'static [GroupKey],
    /// Keys of the tracks whose cases are candidates.
    pub tracks: &'static [&'static str],
    /// Keys of the tracks whose cases its numbers count, candidates or not.
    pub counted: &'static [&'static str],
    /// Only where this holds.
    pub when: ByTrack,
    /// What ranks, the weightiest first.
    pub order: &'static [Criterion],
    /// How many.
    pub take: Take,
    /// What becomes of equals at the cut; none: the notice is silent.
    pub tied: Option<Tie>,
    /// So many are listed after those selected.
    pub wait: Option<Formula>,
    /// Key of the stage before which a freed place goes to the next who waits.
    pub refill: Option<&'static str>,
    /// Places by wish.
    pub assign: Option<Assign>,
    /// Where the decision is recorded, by track.
    pub recorded: &'static [(&'static str, &'static str)],
    /// Keys of the readings that it depends on.
    pub readings: &'static [&'static str],
}

impl Selection {
    /// Nothing said.
    pub const BLANK: Self = Self {
        key: "",
        label: "",
        label_en: "",
        clauses: &[],
        at: None,
        keys: &[],
        tracks: &[],
        counted: &[],
        when: &[],
        order: &[],
        take: Take {
            kind: TakeKind::All,
            of: &[],
            limit: Some(unknown),
            shown: ShownType::BLANK,
            least: None,
        },
        tied: None,
        wait: None,
        refill: None,
        assign: None,
        recorded: &[],
        readings: &[],
    };
}

/// One step of an order.
#[derive(Clone, Copy, Debug)]
pub struct Criterion {
    /// As written.
    pub name: &'static str,
    /// The greatest first; of a condition, those for whom it holds.
    pub highest: bool,
    /// What is compared, by track.
    pub of: &'static [LevelOf],
}

/// What a criterion compares, for one track.
#[derive(Clone, Copy, Debug)]
pub struct LevelOf {
    /// Key of the track.
    pub track: &'static str,
    /// The value.
    pub value: Formula,
    /// How it is shown.
    pub shown: ShownType,
    /// The closed list that it is of, if it is of one.
    pub list: Option<&'static str>,
}

/// How many are taken.
#[derive(Clone, Copy, Debug)]
pub struct Take {
    /// In which way.
    pub kind: TakeKind,
    /// What is added up, by track.
    pub of: ByTrack,
    /// The number, the limit of a sum, or what it comes near to.
    pub limit: Option<Formula>,
    /// How that is shown.
    pub shown: ShownType,
    /// The sum is not less than this.
    pub least: Option<Formula>,
}

/// Ways to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakeKind {
    /// So many.
    Number,
    /// Every candidate.
    All,
    /// As long as the sum is not more than the limit.
    While,
    /// What fits in what is left of the limit.
    Passing,
    /// The beginning whose sum is nearest.
    Nearest,
}

/// What becomes of equals whom the cut would part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// All of them are selected.
    AdmitAll,
    /// None of them.
    AdmitNone,
    /// Somebody parts them: the key of an actor, if the notice says who.
    Judged(Option<&'static str>),
}

/// Places by wish.
#[derive(Clone, Copy, Debug)]
pub struct Assign {
    /// The lists of wishes, by track; each with how a wish is shown.
    pub wishes: &'static [TypedOf],
    /// How many places there are of a wish, which is the key after those of the group.
    pub places: Formula,
}
