//! What the fuzz targets share: small damage done to a sound text.
//!
//! In: a seed text and a list of [`Edit`]s that the fuzzer chooses. Out: the damaged text.
//! Always: the result is UTF-8; places count characters, so that Chinese text is damaged as often as English.
//!
//! `cargo test -p prog-fuzz` runs each target on random edits for `PROG_FUZZ_SECONDS` (10 where unset); `cargo bolero test` runs the
//! same targets under a coverage-guided engine.

use bolero::TypeGenerator;
use std::time::Duration;

/// One piece of damage.
#[derive(Clone, Copy, Debug, TypeGenerator)]
pub struct Edit {
    /// What is done.
    pub kind: Kind,
    /// Where: a fraction of the text.
    pub at: u16,
    /// How many characters, or which word.
    pub size: u8,
}

/// The kinds of damage.
#[derive(Clone, Copy, Debug, TypeGenerator)]
pub enum Kind {
    /// Characters are left out.
    Delete,
    /// Characters stand twice.
    Repeat,
    /// A word of the list is put in.
    Insert,
    /// The rest is cut off.
    Cut,
}

/// Does all the damage to a text.
pub fn damage(seed: &str, edits: &[Edit], words: &[&str]) -> String {
    let mut text: Vec<char> = seed.chars().collect();
    for edit in edits {
        let at = text.len() * usize::from(edit.at) / (usize::from(u16::MAX) + 1);
        let end = (at + usize::from(edit.size)).min(text.len());
        match edit.kind {
            Kind::Delete => drop(text.drain(at..end)),
            Kind::Repeat => {
                let piece = text[at..end].to_vec();
                text.splice(at..at, piece);
            }
            Kind::Insert => {
                let word = words.get(usize::from(edit.size) % words.len().max(1)).copied().unwrap_or("");
                text.splice(at..at, word.chars());
            }
            Kind::Cut => text.truncate(end),
        }
    }
    text.into_iter().collect()
}

/// How long each target runs.
pub fn time() -> Duration {
    let seconds = std::env::var("PROG_FUZZ_SECONDS").ok().and_then(|s| s.parse().ok());
    Duration::from_secs(seconds.unwrap_or(10))
}
