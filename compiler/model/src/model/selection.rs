//! Selections: who is proposed to the body that decides, in which order, and how many.

use super::{ActorId, Citation, Expr, Ident, InputId, Key, StageId, TableId, TrackId};
use prog_base::Span;

/// A value of each case, by its track.
pub type OfCase = Vec<(TrackId, Expr)>;

/// A computed proposal; what is decided is recorded under its name, a yes or no judged by the stage's actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Name, label.
    pub ident: Ident,
    /// Citations.
    pub cites: Vec<Citation>,
    /// Proposed at this stage.
    pub at: Option<StageId>,
    /// A list for each group.
    pub keys: Vec<Key>,
    /// Whose cases are candidates.
    pub tracks: Vec<TrackId>,
    /// Whose cases its numbers count: all of the group that came to the stage, candidates or not. Mostly empty.
    pub counted: Vec<TrackId>,
    /// Only where this holds; a track that is not named has no condition.
    pub candidates: OfCase,
    /// What ranks, the weightiest first.
    pub order: Vec<Criterion>,
    /// The last step of the order: this actor ranks those that are still level.
    pub judged: Option<ActorId>,
    /// How many.
    pub take: Take,
    /// What becomes of equals at the cut; `None`: the notice is silent.
    pub tied: Option<Tied>,
    /// So many are listed after those selected; in the group's scope.
    pub wait: Option<Expr>,
    /// A place freed before this stage goes to the next who waits.
    pub refill: Option<StageId>,
    /// Places by wish.
    pub assign: Option<Assign>,
    /// Where the decision is recorded, per track.
    pub recorded: Vec<(TrackId, InputId)>,
    /// The place.
    pub span: Span,
}

/// One step of the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// As written.
    pub name: String,
    /// What is compared.
    pub by_track: OfCase,
    /// The greatest first; of a condition, those for whom it holds.
    pub highest: bool,
    /// The place.
    pub span: Span,
}

/// How many are taken; numbers in the group's scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Take {
    /// So many.
    Number(Box<Expr>),
    /// Every candidate.
    All,
    /// The longest beginning of the list whose sum is not more than the limit.
    While {
        /// What is added up.
        of: OfCase,
        /// Not more than this.
        limit: Box<Expr>,
        /// What does not fit in what is left is passed over, and what comes below may fit.
        passing: bool,
    },
    /// The beginning of the list, at an end of a group of equals, whose sum is nearest to the target.
    Nearest {
        /// What is added up.
        of: OfCase,
        /// As near to this as can be.
        target: Box<Expr>,
        /// Not less than this.
        least: Option<Box<Expr>>,
    },
}

/// What becomes of a group of equals that the cut would part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tied {
    /// All of them are selected.
    AdmitAll,
    /// None of them.
    AdmitNone,
    /// Somebody parts them.
    Judged(Option<ActorId>),
}

/// In the order of the list, each who is selected gets the first of its wishes that has a free place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assign {
    /// A list of each case: texts, values of a closed list, or records whose first field is what is wished for.
    pub wishes: OfCase,
    /// The table that says how many places there are of each.
    pub table: TableId,
    /// How many there are of one: what is wished for is the key after those of the group.
    pub places: Expr,
}

impl super::Programme {
    /// Whether an input is where the decision on a selection is recorded.
    pub fn is_proposed(&self, id: InputId) -> bool {
        self.selections.iter().flat_map(|s| &s.recorded).any(|(_, input)| *input == id)
    }
}

impl Selection {
    /// Every expression in the scope of a case, with its track.
    pub fn of_cases(&self) -> impl Iterator<Item = &(TrackId, Expr)> {
        let sums = match &self.take {
            Take::While { of, .. } | Take::Nearest { of, .. } => of.as_slice(),
            Take::Number(_) | Take::All => &[],
        };
        let keys = self.keys.iter().flat_map(|k| &k.by_track);
        let wishes = self.assign.iter().flat_map(|a| &a.wishes);
        keys.chain(&self.candidates).chain(self.order.iter().flat_map(|c| &c.by_track)).chain(sums).chain(wishes)
    }

    /// Every expression in the scope of a group.
    pub fn of_group(&self) -> impl Iterator<Item = &Expr> {
        self.take.numbers().into_iter().chain(&self.wait)
    }
}

impl Take {
    /// The numbers that limit it, in the scope of a group.
    pub fn numbers(&self) -> Vec<&Expr> {
        match self {
            Take::Number(n) => vec![n],
            Take::All => Vec::new(),
            Take::While { limit, .. } => vec![limit],
            Take::Nearest { target, least, .. } => std::iter::once(&**target).chain(least.as_deref()).collect(),
        }
    }
}
