//! Where a candidate stands towards a cut, as SQL.
//!
//! In: what stands before it and with it, at least and at most; a limit. Out: conditions and words. Always: those of `eval/select/cut`: whole groups
//! of equals are taken while they fit, nobody is picked; an end that is NULL decides nothing.

use super::dialect::Dialect;
use super::selection::Limit;
use prog_base::Exact;
use prog_model::Tied;

/// What is laid against a limit.
pub struct Sides {
    /// With the first of a group of equals, at least and at most.
    first: (String, String),
    /// With all of the group.
    whole: (String, String),
    /// The limit, at least and at most.
    limit: (String, String),
}

impl Sides {
    /// Numbers of candidates.
    pub fn of_counts(limit: &Limit, ends: (String, String), [first_least, first_most, least, most]: [&str; 4]) -> Self {
        let of = |count: &str| if limit.one == Exact::ONE { count.to_owned() } else { format!("({count}) * {}", limit.one.to_parts().0) };
        Self { first: (of(first_least), of(first_most)), whole: (of(least), of(most)), limit: ends }
    }

    /// Sums along the list; where one may go down, nothing is sure in a list with such a one.
    pub fn of_sums((low, high): (String, String), falls: bool) -> Self {
        let end = |end: String| if falls { format!("CASE WHEN lowest >= 0 THEN {end} END") } else { end };
        Self {
            first: ("sum_least + first_least".to_owned(), "sum_most + first_most".to_owned()),
            whole: ("all_least".to_owned(), "all_most".to_owned()),
            limit: (end(low), end(high)),
        }
    }

    /// A whole number of places.
    pub fn floor(d: Dialect, limit: &Limit, low: &str) -> String {
        if limit.one == Exact::ONE {
            return low.to_owned();
        }
        let by = limit.one.to_parts().0;
        match d {
            Dialect::Duckdb => format!("{low} // {by}"),
            Dialect::Postgresql => format!("div({low}, {by})"),
            Dialect::Spark => format!("{low} DIV {by}"),
            Dialect::Sqlite => format!("{low} / {by}"),
        }
    }

    fn inside(&self, tied: Option<Tied>) -> String {
        match tied {
            Some(Tied::AdmitAll) => format!("{} <= {}", self.first.1, self.limit.0),
            Some(Tied::AdmitNone | Tied::Judged(_)) | None => format!("{} <= {}", self.whole.1, self.limit.0),
        }
    }

    fn outside(&self, tied: Option<Tied>) -> String {
        match tied {
            Some(Tied::AdmitNone) => format!("{} > {}", self.whole.0, self.limit.1),
            Some(Tied::AdmitAll | Tied::Judged(_)) | None => format!("{} > {}", self.first.0, self.limit.1),
        }
    }

    /// In a group of equals that somebody parts.
    fn parted(&self, tied: Option<Tied>) -> Option<String> {
        let parted = || format!("{} <= {} AND {} > {}", self.first.1, self.limit.0, self.whole.0, self.limit.1);
        matches!(tied, Some(Tied::Judged(_))).then(parted)
    }

    /// Taken, or not.
    pub fn taken(&self, tied: Option<Tied>) -> String {
        let parted = self.parted(tied).map_or(String::new(), |parted| format!("\n      WHEN {parted} THEN 'tied'"));
        format!(
            "CASE\n      WHEN {} THEN 'not selected'\n      WHEN belongs IS NOT TRUE THEN 'unknown'\n      WHEN {} THEN 'selected'{parted}\n      ELSE 'unknown'\n    END",
            self.outside(tied),
            self.inside(tied)
        )
    }

    /// Whoever was not taken: in line, or not. Who was taken back waits no more.
    pub fn waits(&self, tied: Option<Tied>) -> String {
        let here = "CASE WHEN withdrawn THEN 'not selected' ELSE 'waiting' END";
        let parted = self.parted(tied).map_or(String::new(), |parted| format!("\n      WHEN belongs IS TRUE AND {parted} THEN 'tied'"));
        format!(
            "CASE\n      WHEN fare <> 'not selected' THEN fare\n      WHEN {} THEN 'not selected'\n      WHEN {} AND (belongs IS NOT TRUE OR turn_least <> turn_most) THEN 'unknown'\n      WHEN {} THEN {here}{parted}\n      ELSE 'unknown'\n    END",
            self.outside(tied),
            self.inside(tied),
            self.inside(tied)
        )
    }
}

/// The greater of two.
pub fn greatest(d: Dialect, a: &str, b: &str) -> String {
    format!("{}({a}, {b})", if d == Dialect::Sqlite { "MAX" } else { "GREATEST" })
}

/// The smallest of some that are there.
pub fn smallest(d: Dialect, all: &[&str]) -> String {
    format!("{}({})", if d == Dialect::Sqlite { "MIN" } else { "LEAST" }, all.join(", "))
}
