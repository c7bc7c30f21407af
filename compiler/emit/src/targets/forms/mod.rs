//! Target `forms`.
//!
//! In: the plan. Out: its files. Always: same plan, same bytes.

use super::Drafts;
use crate::Plan;

/// Writes the files of this target.
pub fn emit(_plan: &Plan<'_>) -> Drafts {
    Ok(Vec::new())
}
