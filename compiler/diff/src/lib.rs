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

mod align;
mod canon;
mod change;
mod thing;
mod things;

pub use change::{Change, Class, Effect, Outcome, Side, Witness, WitnessKind};
pub use thing::{Aspect, Id, Kind, Words};

use prog_model::Programme;
use thing::Weighs;

/// What two versions differ in.
#[derive(Clone, Debug)]
pub struct Diff {
    /// In the order of the new version.
    pub changes: Vec<Change>,
}

/// Compares two programmes without errors.
pub fn compare(old: &Programme, new: &Programme) -> Diff {
    let (before, after) = (things::things(old, new), things::things(new, old));
    let raws = align::align(old, new, &before, &after);
    let changes = raws.into_iter().map(classed).collect();
    Diff { changes }
}

fn classed(raw: align::Raw) -> Change {
    let mut change = raw.change;
    change.class = match raw.weighs {
        Weighs::Editorial => Class::Editorial,
        Weighs::Nothing => Class::Equivalent,
        Weighs::InFlight => Class::InFlight,
        Weighs::Data => Class::Data,
        Weighs::Words | Weighs::Effect => Class::Unknown,
    };
    change
}
