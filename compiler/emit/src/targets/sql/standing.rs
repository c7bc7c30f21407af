//! Where candidates stand: in the line at the best place and, if that is another, at the worst; who stands ahead.
//!
//! In: candidates in their groups. Out: common table expressions. Always: whoever surely stands ahead is counted at its worst place, whoever may at
//! its best; only a case that can stand at two places is looked up twice.

use super::cut::smallest;
use super::dialect::Dialect;
use super::selection::{Lowered, Taken};

/// Columns of a candidate that are carried along.
pub struct Along {
    /// Its group.
    pub keys: Vec<String>,
    /// Everything but the places.
    pub all: Vec<String>,
    /// Its places at best and at worst.
    pub places: usize,
}

impl Along {
    /// The columns of a place.
    pub fn named(&self, name: &str) -> Vec<String> {
        (0..self.places).map(|at| format!("{name}{at}")).collect()
    }

    /// Both ends.
    pub fn ends(&self) -> Vec<String> {
        [self.named("best"), self.named("worst")].concat()
    }
}

/// Each candidate at its best place; where the worst is another, there too.
pub fn points(one: &Lowered, along: &Along) -> String {
    let own: Vec<String> = along.keys.iter().chain(&along.all).cloned().collect();
    let own = own.join(", ");
    let at = |name: &str| {
        along.named(name).iter().zip(along.named("place")).map(|(from, to)| format!("{from} AS {to}")).collect::<Vec<_>>().join(", ")
    };
    let fixed: Vec<String> = along.named("best").iter().zip(along.named("worst")).map(|(b, w)| format!("{b} = {w}")).collect();
    let fixed = fixed.join(" AND ");
    let adds = if let Taken::Sum { .. } = one.taken { " AND adds_least = adds_most" } else { "" };
    if !one.loose {
        let adds = if adds.is_empty() { String::new() } else { format!(", (belongs IS TRUE{adds}) IS TRUE AS settled") };
        return format!(
            ", points AS (\n  SELECT {own}, belongs, {}, TRUE AS fixed, TRUE AS own, TRUE AS may, belongs IS TRUE AS sure{adds}\n  FROM members\n)",
            at("best")
        );
    }
    let settled = |sql: String| if adds.is_empty() { String::new() } else { format!(", {sql} AS settled") };
    format!(
        ", points AS (\n  SELECT {own}, belongs, {}, {fixed} AS fixed, TRUE AS own, TRUE AS may, belongs IS TRUE AND {fixed} AS sure{}\n  FROM members\n  UNION ALL\n  SELECT {own}, belongs, {}, FALSE, FALSE, FALSE, belongs IS TRUE{}\n  FROM members\n  WHERE NOT ({fixed})\n)",
        at("best"),
        settled(format!("(belongs IS TRUE AND {fixed}{adds}) IS TRUE")),
        at("worst"),
        settled("FALSE".to_owned())
    )
}

/// How many stand ahead of each candidate, and with it, at least and at most; what these add up to.
pub fn placed(d: Dialect, one: &Lowered, along: &Along) -> String {
    let own: Vec<String> = along.keys.iter().chain(&along.all).map(|c| format!("here.{c}")).collect();
    let head = format!("SELECT\n    {}, here.belongs,\n    ", own.join(", "));
    let fixed = format!("{head}{}\n  FROM counted AS here\n  WHERE here.own", standing(d, one, true).join(",\n    "));
    if !one.loose {
        return format!(", placed AS (\n  {fixed}\n)");
    }
    let same: Vec<String> = along.keys.iter().map(|k| format!(" AND last_.{k} = here.{k}")).collect();
    let loose = format!(
        "{head}{}\n  FROM counted AS here\n  JOIN counted AS last_ ON last_.line = here.line{}\n  WHERE here.own AND NOT here.fixed AND NOT last_.own",
        standing(d, one, false).join(",\n    "),
        same.concat()
    );
    format!(", placed AS (\n  {fixed} AND here.fixed\n  UNION ALL\n  {loose}\n)")
}

/// The columns of one that stands at one place, or between two: then it may stand ahead of itself.
fn standing(d: Dialect, one: &Lowered, fixed: bool) -> Vec<String> {
    let last = |name: &str| format!("{}.{name}", if fixed { "here" } else { "last_" });
    // Itself it counts among those ahead of its worst place, and not among those who surely stand as far as its best.
    let (itself, beside) = if fixed { ("", "CASE WHEN here.belongs IS TRUE THEN 0 ELSE 1 END") } else { (" - 1", "1") };
    let mut columns = vec![
        "here.sure_upto - here.sure_here AS ahead_least".to_owned(),
        format!("{} - {}{itself} AS ahead_most", last("may_upto"), last("may_here")),
        format!("here.sure_upto + {beside} AS with_least"),
        format!("{} AS with_most", last("may_upto")),
    ];
    if let Taken::Sum { falls, endless, .. } = one.taken {
        let (upto, ahead) = (last("may_sum_upto"), last("may_sum_here"));
        let (any, here) = (last("endless_upto"), last("endless_here"));
        let bounded = |test: String, sum: String| if endless { format!("CASE WHEN {test} THEN {sum} END") } else { sum };
        let (itself, beside) = match fixed {
            true => ("", "CASE WHEN here.belongs IS TRUE THEN 0 ELSE here.adds_least END"),
            false => (" - here.adds_most", "here.adds_least"),
        };
        let level = if fixed { "here.level_least" } else { "here.sure_least" };
        let open = smallest(d, &[&format!("COALESCE({level}, here.adds_least)"), "here.adds_least", "here.loose_least"]);
        let first =
            |open: &str| format!("CASE WHEN here.loose_least IS NULL THEN COALESCE(here.level_least, here.adds_least) ELSE {open} END");
        columns.extend([
            "here.sure_sum_upto - here.sure_sum_here AS sum_least".to_owned(),
            format!("{} AS sum_most", bounded(format!("{any} = {here}"), format!("{upto} - {ahead}{itself}"))),
            format!("here.sure_sum_upto + {beside} AS all_least"),
            format!("{} AS all_most", bounded(format!("{any} = 0"), upto.clone())),
            format!("{} AS first_least", first(&open)),
            format!("{} AS first_most", first("here.adds_most")),
        ]);
        columns.extend(falls.then(|| "here.lowest".to_owned()));
    }
    columns
}
