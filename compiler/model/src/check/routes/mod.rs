//! Routes: every stage is reached and leads on, every case can end, days can be kept, everything is there when it is read, nobody
//! reviews his own application.
//!
//! Always: each finding names the path, the pair or the values that show it, and both places; what two conditions say together is
//! decided by `prove`, so a path that no case can go is no witness.

mod deadlines;
mod early;
mod ends;
mod guards;
mod own;
mod places;
mod statuses;
mod ways;

use crate::lower::Lower;
use prog_base::Diagnostic;
pub(super) use statuses::events;
use ways::Route;

/// Checks every route.
pub(super) fn check<'a>(lower: &'a Lower<'a>, out: &mut Vec<Diagnostic>) {
    let routes = Route::all(lower);
    places::check(&lower.p, out);
    ends::check(lower, &routes, out);
    deadlines::check(lower, &routes, out);
    guards::check(lower, &routes, out);
    early::check(lower, &routes, out);
    own::check(lower, &routes, out);
    statuses::check(lower, &routes, out);
}
