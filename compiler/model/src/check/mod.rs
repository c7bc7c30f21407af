//! Static checks over the finished model, one file a subject.
//!
//! In: a model whose every expression is typed, with the walk that made it. Out: diagnostics.
//! Always: what is `Unknown` or `Bad` is passed over; nothing is changed.

mod circles;
mod coverage;
mod eligible;
mod keys;
pub(crate) mod known;
mod limits;
mod personal;
mod presence;
mod prove;
mod routes;
mod rules;
mod sent;
mod targets;
mod ties;
mod turns;
mod unused;

use crate::lower::Lower;
use prog_base::Diagnostic;

/// All checks, one call a line.
pub(crate) fn run(lower: &Lower<'_>) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    coverage::header(lower, &mut out);
    coverage::clauses(&lower.p, &mut out);
    coverage::rules(lower, &mut out);
    keys::check(&lower.p, &mut out);
    unused::check(lower, &mut out);
    routes::check(lower, &mut out);
    rules::check(&lower.p, &mut out);
    limits::check(&lower.p, &mut out);
    targets::check(lower, &mut out);
    ties::check(&lower.p, &mut out);
    turns::check(&lower.p, &mut out);
    eligible::check(&lower.p, &mut out);
    sent::check(lower, &mut out);
    personal::check(lower, &mut out);
    circles::check(&lower.p, &mut out);
    presence::check(lower, &mut out);
    out
}

/// Checks of scenarios, which are lowered last.
pub(crate) fn scenarios(lower: &Lower<'_>) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    routes::events(&lower.p, &mut out);
    out
}
