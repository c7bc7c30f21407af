//! What can be proved of a programme without any application: that quotas can be kept together, or that they can't and why; what
//! rules can never do.
//!
//! In: the model. Out: [`Proof`]s: what was shown of a quota, in words, with a batch that shows it. Always: exact and whole; what is not proved is
//! not said; `docs/analysis.md` tells what is looked at.
//!
//! | file | |
//! | --- | --- |
//! | `cells.rs` | quotas to groups of cells: kinds of application, and where each is counted |
//! | `flow.rs` | numbers for cells within the bounds of their groups, or the groups that can't be kept together |
//! | `crossing.rs`, `sets.rs` | the same for sets that cross in more than two ways; whichever of both can answer |
//! | `stages.rs` | which quotas are in force at a stage |
//! | `quotas.rs` | what is asked of each quota, and the answers |
//! | `rules.rs`, `parts.rs` | rules alone and two by two; parts of their conditions |
//! | `words.rs`, `told.rs` | the answers in sentences, and as diagnostics |

mod cells;
mod crossing;
mod flow;
mod parts;
mod quotas;
mod rules;
mod sets;
mod stages;
mod told;
mod words;

use crate::region::Example;
use crate::{QuotaId, StageId, TrackId};
use prog_base::Text;

pub use crossing::Crossing;
pub use flow::{Cut, Families};
pub use quotas::quotas;
pub use rules::{RuleFault, RuleFinding, rules};
pub(crate) use told::faults;
pub use told::proved;

/// What was shown of a quota.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The quota.
    pub quota: QuotaId,
    /// The stage at which applications were counted.
    pub at: Option<StageId>,
    /// What was shown.
    pub what: Shown,
    /// The same in words.
    pub words: Text,
    /// The quotas because of which it is so, each with what its groups come to.
    pub because: Vec<Because>,
    /// Applications that show it: so many of each kind. All firm caps are kept by them, and those in principle where that can be; of an
    /// infeasible quota they are the most that there can be.
    pub batch: Vec<Kind>,
}

/// What can be shown of a quota.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The number required can be reached.
    Feasible {
        /// The most there can be; `None`: as many as one likes.
        most: Option<i64>,
        /// The least that is required.
        wanted: i64,
    },
    /// The number required can just be reached: every place has to be filled, nothing is left to choose.
    NoChoice {
        /// The number required, and the most there can be.
        number: i64,
    },
    /// The number required can't be reached.
    Infeasible {
        /// What is required, by all quotas that require something.
        wanted: i64,
        /// The most there can be.
        most: i64,
        /// Whether only quotas that bind without exception were looked at.
        firm: bool,
        /// Whether both are plain sums: of what is required, and of the caps. Else it is one requirement, and the most that all others leave it.
        sums: bool,
    },
    /// Other quotas never let it come to this cap.
    NeverBinds {
        /// The most there can be in each group: the greatest of them.
        most: i64,
        /// The cap there.
        cap: i64,
    },
}

/// A quota that is a reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Because {
    /// The quota.
    pub quota: QuotaId,
    /// Whether it requires something; else it is a cap.
    pub requires: bool,
    /// How many of its groups count.
    pub groups: usize,
    /// What they come to.
    pub sum: i64,
}

/// So many applications of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Their track.
    pub track: TrackId,
    /// What they hold.
    pub example: Example,
    /// How many.
    pub count: i64,
}
