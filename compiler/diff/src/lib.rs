//! Two models to typed changes: what changed in effect, and for whom.
//!
//! In: two sound programmes. Out: [`Diff`]: each change with a stable id, class, clauses, both sides and a fingerprint. Always: comments,
//! layout, keyword language and an order without meaning change nothing; a witness is evaluated under both versions before it is told;
//! what was not decided is said to be unknown.
//!
//! | file | |
//! | --- | --- |
//! | `thing.rs`, `things/` | a programme to its things and their facts |
//! | `canon.rs` | expressions as text in which only what is said counts |
//! | `align.rs`, `change.rs` | both lists side by side; what is said of a difference |
//! | `effect.rs` | the class of a change, by what was found |
//! | `readers.rs` | the same through whoever reads what changed |
//! | `reads.rs`, `region.rs` | what a rule reads, and the values of it at which something can change |
//! | `ground.rs`, `pair.rs`, `search.rs` | a case sound under both versions, and those around it that come out differently |
//! | `batch.rs`, `targets.rs`, `data.rs` | the same for quotas and packages, for targets, for entries |
//! | `prove.rs` | that nobody gains, or nobody loses, shown by form |
//! | `impact.rs` | real cases under both versions |
//! | `describe.rs` | entries in words |

mod align;
mod batch;
mod canon;
mod change;
mod data;
mod describe;
mod effect;
mod ground;
mod impact;
mod pair;
mod prove;
mod readers;
mod reads;
mod region;
mod search;
mod selection;
mod targets;
mod thing;
mod things;

pub use change::{Change, Class, Effect, Outcome, Side, Witness, WitnessKind};
pub use thing::{Aspect, Id, Kind, Words};

pub use ground::Known;
pub use impact::{Impact, Moved, impact};

use prog_model::Programme;

/// What two versions differ in.
#[derive(Clone, Debug)]
pub struct Diff {
    /// In the order of the new version.
    pub changes: Vec<Change>,
}

/// Compares two programmes without errors.
pub fn compare(old: &Programme, new: &Programme) -> Diff {
    compare_with(old, new, &mut Known::default())
}

/// Compares two programmes without errors; sound cases found on the way are kept for the next comparison of like programmes.
pub fn compare_with(old: &Programme, new: &Programme, known: &mut Known) -> Diff {
    let (before, after) = (things::things(old, new), things::things(new, old));
    let raws = align::align(old, new, &before, &after);
    if raws.is_empty() {
        return Diff { changes: Vec::new() };
    }
    let grounds = ground::Grounds::new(old, new, std::mem::take(known));
    let classed = raws.into_iter().map(|raw| {
        let (class, effect) = effect::class(&grounds, &raw);
        Change { class, effect, ..raw.change }
    });
    let changes = classed.collect();
    *known = grounds.into_known();
    Diff { changes }
}
