//! A sound case: one that as little as possible speaks against.
//!
//! In: boundaries, a track, and what speaks against a case. Out: a case. Always: the same in every run; the best of those drawn, each
//! entry then set to the value that betters it most.

use crate::change::Change;
use crate::draw::Generator;
use crate::values::Boundaries;
use prog_eval::{Options, Prepared};
use prog_model::Track;
use serde_json::Value;

/// How many cases are drawn for the best of them.
const DRAWN: usize = 120;

impl Boundaries<'_> {
    /// A case that little speaks against by this measure.
    pub fn sound(&self, track: &Track, against: impl Fn(&Value) -> usize) -> Value {
        let mut generator = Generator::new(self.programme, 7);
        let drawn = (0..DRAWN).map(|_| generator.case(track, None));
        let Some(best) = drawn.min_by_key(&against) else { return Value::Null };
        let changes = self.changes(track);
        // What several have to confirm together is not bettered by one of them: also begin where all of them do.
        let confirmed = changes.iter().filter(|c| c.confirms()).fold(best.clone(), |case, change| change.on(&case));
        let ends = [best, confirmed].map(|case| bettered(case, &changes, &against));
        ends.into_iter().min_by_key(&against).unwrap_or(Value::Null)
    }
}

/// The case with each of the changes that betters it.
pub fn bettered(case: Value, changes: &[Change], against: impl Fn(&Value) -> usize) -> Value {
    let mut least = against(&case);
    let mut best = case;
    for change in changes {
        let changed = change.on(&best);
        let against = against(&changed);
        if against < least {
            (best, least) = (changed, against);
        }
    }
    best
}

/// How much speaks against a case; a refused one is worse than any, though its report names nothing.
pub fn against(prepared: &Prepared<'_>, case: &Value, options: &Options) -> usize {
    let Ok(case) = prepared.read_case(&case.to_string()) else { return usize::MAX };
    let report = prepared.evaluate(&case, options).to_json(options.lang);
    let count = |word: &str| report.matches(word).count();
    4 * count("\"result\":\"unmet\"") + 2 * count("\"result\":\"unknown\"") + count("\"result\":\"pending\"")
}
