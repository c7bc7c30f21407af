//! Why a slice was not understood.
//!
//! In: a `bad` or `odd` pair and the block it stands in. Out: one diagnostic that says what was expected there.
//! Always: only slices are parsed again, each once.

use crate::from_pairs::Builder;
use crate::grammar::{Grammar, Pair, Parser, Rule};
use crate::messages;
use prog_base::Span;

impl Builder<'_> {
    /// Says why a member was not understood; `only` reads one member of its block alone.
    pub fn bad(&mut self, pair: Pair, only: Rule) -> Span {
        let span = self.trimmed(&pair);
        let text = pair.as_str().trim_end();
        let start = pair.as_span().start();
        let at = match Grammar::parse(only, text) {
            Ok(_) => 0,
            Err(error) => match error.location {
                pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at,
            },
        };
        let place = self.layout.span(self.id, start + at, start + text.len());
        self.say(messages::not_understood(place, &text[at..]));
        span
    }

    /// Says that words in a block's head were not understood.
    pub fn odd(&mut self, pair: Pair, _block: Rule) {
        let span = self.trimmed(&pair);
        self.say(messages::not_understood(span, pair.as_str()));
    }
}
