//! Cases from a model: values at every boundary, drawn cases and batches, a sound case and the steps around it.
//!
//! In: a programme. Out: cases, values and changes as JSON. Always: the same in every run; what is made may be bad on purpose, so a reader
//! of cases decides what is one.
//!
//! | file | |
//! | --- | --- |
//! | `constants.rs` | the constants of a programme: where results change |
//! | `values.rs` | [`Boundaries`]: values of a field a step below, on and above each of them |
//! | `change.rs` | [`Change`]: one thing changed in a case; all those of a track |
//! | `draw.rs`, `draw_batch.rs`, `random.rs` | [`Generator`]: cases and batches drawn by chance that is the same in every run |
//! | `sound.rs` | a case that as little as possible speaks against |
//!
//! A boundary case is one step from a sound one: `Boundaries::of(p)`, then `sound(track, |case| against(&prepared, case, &options))`, then
//! each of `changes(track)` put `on` it.

mod change;
mod constants;
mod draw;
mod draw_batch;
mod place;
mod random;
mod sound;
mod suggest;
mod values;

pub use change::Change;
pub use constants::{Constants, each_expression};
pub use draw::Generator;
pub use place::{put, put_key, remove};
pub use random::Random;
pub use sound::{against, bettered};
pub use suggest::suggestions;
pub use values::{Boundaries, step, unit_size};
