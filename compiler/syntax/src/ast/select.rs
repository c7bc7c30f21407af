//! `select`: who is proposed, in which order, and how many.

use super::{Expr, Head, Name};
use prog_base::Span;

/// `select NAME [cites] "label" at STAGE per KEY, … from TRACK, … where EXPR { order … take … tied … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Select {
    /// Name, citations, label.
    pub head: Head,
    /// Proposed at this stage.
    pub at: Option<Name>,
    /// A list of its own for each key; any expression.
    pub per: Vec<Expr>,
    /// Whose cases are candidates.
    pub from: Vec<Name>,
    /// Candidates only where this holds.
    pub filter: Option<Expr>,
    /// What ranks, the weightiest first.
    pub order: Vec<Criterion>,
    /// How many.
    pub take: Option<Take>,
    /// What becomes of equals at the cut.
    pub tied: Option<Tied>,
    /// So many wait for a place.
    pub wait: Option<Expr>,
    /// A place freed before this stage goes to the next who waits.
    pub refill: Option<Name>,
    /// Places by wish.
    pub assign: Option<Assign>,
    /// The place.
    pub span: Span,
}

/// One step of the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Criterion {
    /// `total highest first`, `opened lowest first`.
    Value {
        /// What is compared.
        value: Expr,
        /// The greatest first.
        highest: bool,
    },
    /// `listed first`: those for whom it holds.
    First(Expr),
    /// `judged by panel`.
    Judged(Name),
}

/// How many are taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Take {
    /// `take 5`.
    Number(Expr),
    /// `take all`, at its place.
    All(Span),
    /// `take while sum(asked) at most 100_000`: the longest beginning of the list.
    While {
        /// `sum(…)`.
        sum: Expr,
        /// Not more than this.
        limit: Expr,
        /// `passing over`: what does not fit is passed over, and what comes below may.
        passing: bool,
    },
    /// `take nearest sum(asked) to 150_000 at least 120_000`.
    Nearest {
        /// `sum(…)`.
        sum: Expr,
        /// As near to this as groups of equals allow.
        target: Expr,
        /// Not less than this.
        least: Option<Expr>,
    },
}

/// What becomes of a group of equals that the cut would part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tied {
    /// `admit all`, at its place: all of them, though more are taken than stated.
    AdmitAll(Span),
    /// `admit none`, at its place: none of them, though fewer are taken.
    AdmitNone(Span),
    /// `judged by panel`.
    Judged(Name),
}

/// `assign WISHES within PLACES`: in order, each gets the first wish with a free place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assign {
    /// A list of each case.
    pub wishes: Expr,
    /// A table of places by what is wished for.
    pub within: Name,
}

/// What a scenario expects of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Selected.
    Selected,
    /// Waiting, at this position if one was written.
    Waiting(Option<u32>),
    /// In a group of equals at the cut that somebody has to part.
    Tied,
    /// Not selected, not waiting.
    NotSelected,
}
