//! What comes out of a selection.

use super::passing::Short;
use crate::report::Shown;
use crate::value::Needs;
use prog_base::Exact;
use prog_model::{ActorId, Programme, Selection};
use std::borrow::Cow;

/// Every selection asked for, in the order of the programme.
#[derive(Clone, Debug)]
pub struct SelectReport<'a> {
    /// The programme.
    pub programme: &'a Programme,
    /// Its selections.
    pub selections: Vec<Selected<'a>>,
}

/// One selection.
#[derive(Clone, Debug)]
pub struct Selected<'a> {
    /// Which.
    pub selection: &'a Selection,
    /// A list for each group.
    pub lists: Vec<List<'a>>,
}

/// The list of one group.
#[derive(Clone, Debug)]
pub struct List<'a> {
    /// Its keys by name, sorted.
    pub key: Vec<(&'a str, Cow<'a, str>)>,
    /// How many are taken, or up to which sum; `None`: all.
    pub limit: Option<Shown<'a>>,
    /// Candidates, best first; level ones in the order of the batch.
    pub places: Vec<Place<'a>>,
    /// What the order compares: place by place, one a criterion.
    pub compared: Vec<Shown<'a>>,
    /// Places that nobody takes: not filled, or freed and not filled again; `None` where a number is not all that limits, or it is open.
    pub vacant: Option<Exact>,
}

impl<'a> List<'a> {
    /// What the order compares of the candidate at a place, one a criterion.
    pub fn values(&self, place: usize) -> &[Shown<'a>] {
        let criteria = self.compared.len().checked_div(self.places.len()).unwrap_or_default();
        self.compared.get(place * criteria..(place + 1) * criteria).unwrap_or_default()
    }
}

/// Where one candidate stands.
#[derive(Clone, Debug)]
pub struct Place<'a> {
    /// The case's id.
    pub id: Cow<'a, str>,
    /// Key of its track.
    pub track: &'a str,
    /// Its position in the batch.
    pub at: usize,
    /// Its rank, the same for all that stand level; `None` while something that matters is unknown.
    pub rank: Option<usize>,
    /// How it fares.
    pub fares: Fares<'a>,
    /// Position of the criterion that puts it behind the one above; `None`: first, level with it, or open.
    pub behind: Option<usize>,
    /// It stands level with another.
    pub level: bool,
    /// It was put in place of one who left.
    pub moved_up: bool,
    /// It left after it was selected.
    pub left: bool,
    /// What was decided, if it was recorded.
    pub decided: Option<bool>,
    /// What it was given of its wishes.
    pub given: Given<'a>,
    /// What did not fit in what was left of a sum, where that is why it is passed over.
    pub short: Option<Short>,
}

/// How a candidate fares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fares<'a> {
    /// Taken.
    Selected,
    /// In line, at this position.
    Waiting(usize),
    /// Level with others at the cut: somebody parts them.
    Tied(Option<ActorId>),
    /// Not taken.
    NotSelected,
    /// Open until these are known.
    Unknown(Needs<'a>),
}

/// What a candidate was given of its wishes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given<'a> {
    /// Nothing is given here, or it was not selected.
    None,
    /// This.
    One(Cow<'a, str>),
    /// None of its wishes had a free place.
    Nothing,
    /// It depends on what is open.
    Open,
}

impl Fares<'_> {
    /// The word in reports.
    pub fn word(&self) -> &'static str {
        match self {
            Fares::Selected => "selected",
            Fares::Waiting(_) => "waiting",
            Fares::Tied(_) => "tied",
            Fares::NotSelected => "not selected",
            Fares::Unknown(_) => "unknown",
        }
    }
}
