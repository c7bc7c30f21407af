//! What conditions can't hold together, for checks that ask no more than that.
//!
//! In: conditions taken as true or false. Out: whether no case at all fulfils them, or surely one does. Always: as `region` says it.

use crate::Expr;
use crate::lower::Lower;
use crate::region::{self, Condition};

/// Whether conditions can hold together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// No case fulfils them.
    Impossible,
    /// Some case does.
    Possible,
    /// More is compared than values with constants.
    Undecided,
}

/// Whether conditions can hold together, each taken as true or false.
pub(super) fn together<'a>(lower: &'a Lower<'a>, conditions: &[(&'a Expr, bool)]) -> Answer {
    let conditions = conditions.iter().map(|(e, truth)| Condition::Truth(e, *truth)).collect();
    match region::together(&lower.p, None, conditions) {
        region::Answer::Impossible => Answer::Impossible,
        region::Answer::Possible(_) => Answer::Possible,
        region::Answer::Undecided => Answer::Undecided,
    }
}

/// Values with which conditions hold together, as written: `学校类型 = 高校，人数 = 40`.
pub(super) fn example<'a>(lower: &'a Lower<'a>, conditions: &[(&'a Expr, bool)]) -> Option<prog_base::Text> {
    let conditions = conditions.iter().map(|(e, truth)| Condition::Truth(e, *truth)).collect();
    match region::together(&lower.p, None, conditions) {
        region::Answer::Possible(example) => Some(example.words(&lower.p)).filter(|t| !t.zh.is_empty()),
        region::Answer::Impossible | region::Answer::Undecided => None,
    }
}
