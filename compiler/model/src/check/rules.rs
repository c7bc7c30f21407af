//! Rules and quotas that can never be met, never fail, or never apply; rules and parts of conditions that make no difference.
//!
//! Always: said only when it is so for every case; what the notice leaves open decides nothing.

use crate::Programme;
use crate::proof;
use prog_base::Diagnostic;

/// Checks the tests of every rule and quota, and what quotas come to together.
pub(super) fn check(p: &Programme, out: &mut Vec<Diagnostic>) {
    out.extend(proof::rules(p).into_iter().map(|found| found.diagnostic));
    out.extend(proof::faults(p));
}
