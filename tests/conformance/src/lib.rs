//! The agreement harness: every validator, in every language, answers as the reference does.
//!
//! In: the programmes of the repository and small ones, one a feature. Out: for each the first disagreement, made small; which faults
//! were caught. Always: what is asked is the same in every run; the reference is `prog_eval`, compared byte for byte, refusals included.
//!
//! | file | |
//! | --- | --- |
//! | `load.rs` | the programmes |
//! | `generate.rs`, `reports.rs`, `systematic.rs`, `adversarial.rs` | what is asked: drawn, every boundary in turn, texts that are no case |
//! | `request.rs` | one request, and what the reference answers |
//! | `lists.rs` | selections of every kind, and batches of many lists |
//! | `language.rs` | a language: its target, how its files are made ready, the driver that answers |
//! | `sql.rs` | the same of a dialect of SQL, in a real engine: rows beside the reference's |
//! | `compare.rs`, `shrink.rs` | both sides side by side; a disagreement made small |
//! | `edits.rs` | what `prog diff` says of each fault in a model, held against cases |
//! | `mutate.rs`, `faults.rs` | the proof that a fault would show: in a model, in a runtime |

pub mod adversarial;
pub mod compare;
pub mod crates;
pub mod edits;
pub mod faults;
pub mod generate;
pub mod language;
pub mod lists;
pub mod load;
pub mod mutate;
pub mod reports;
pub mod request;
pub mod shrink;
pub mod sql;
pub mod systematic;

pub use language::Language;
pub use load::Subject;
pub use request::{Kind, Request};
