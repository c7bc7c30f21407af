//! Aggregates over members that are surely in, surely out, or maybe in: intervals (semantics 3.7), in SQL's own aggregates.
//!
//! In: where a member's part stands among the columns. Out: the columns of a group. Always: `low` and `high` are the ends, `open` counts what
//! keeps it from being known, `needs` are the keys awaited, members in their order.

use super::dialect::Dialect;
use prog_model::Aggregation;

/// Where the part of a member stands.
pub struct Members<'m> {
    /// The dialect.
    pub dialect: Dialect,
    /// Whether it counts; what that waits for stands in the column of the same name with `?`.
    pub counts: &'m str,
    /// What its value's columns begin with.
    pub value: &'m str,
    /// The column that is NULL in the row of the group itself; it gives members their order.
    pub place: &'m str,
}

impl Members<'_> {
    fn name(&self, name: &str) -> String {
        self.dialect.name_of(name)
    }

    /// A column of the value.
    pub fn part(&self, part: &str) -> String {
        self.name(&format!("{} {part}", self.value))
    }

    /// A member that is not surely out.
    pub fn there(&self) -> String {
        format!("{} IS NOT NULL AND {} IS NOT FALSE", self.place, self.counts)
    }

    /// A member of which it is not known whether it counts.
    fn open(&self) -> String {
        format!("{} IS NULL", self.counts)
    }

    /// What members wait for: whether they count, then what they are.
    pub fn needs(&self, of_value: bool) -> String {
        let (open, own) = (self.open(), self.name(&format!("{}?", self.counts)));
        if !of_value {
            return self.dialect.joined(&own, self.place, &format!("{} IS NOT NULL AND {open}", self.place));
        }
        let more = self.part("value?");
        let text = format!("COALESCE(CASE WHEN {open} THEN {own} END, '') || COALESCE({more}, '')");
        self.dialect.joined(&text, self.place, &format!("{} AND ({open} OR {more} IS NOT NULL)", self.there()))
    }

    /// The columns of an aggregate: name and text.
    pub fn aggregate(&self, op: Aggregation) -> Vec<(&'static str, String)> {
        let (there, counts) = (self.there(), self.counts);
        match op {
            Aggregation::Sum | Aggregation::Min | Aggregation::Max => self.measured(op),
            Aggregation::CountDistinct => {
                let value = self.part("value");
                let nameless = count(&format!("{there} AND {value} IS NULL"));
                let sure = format!("COUNT(DISTINCT CASE WHEN {counts} THEN {value} END)");
                let unnamed = count(&format!("{counts} AND {value} IS NULL"));
                vec![
                    ("low", format!("CASE WHEN {sure} = 0 AND {unnamed} > 0 THEN 1 ELSE {sure} END")),
                    ("high", format!("COUNT(DISTINCT CASE WHEN {there} THEN {value} END) + {nameless}")),
                    ("open", format!("{} + {nameless}", self.maybe())),
                    ("needs", self.needs(true)),
                ]
            }
            Aggregation::Count => {
                vec![("low", count(counts)), ("high", count(&there)), ("open", self.maybe()), ("needs", self.needs(false))]
            }
            Aggregation::Any | Aggregation::All | Aggregation::None => self.truths(op),
            // Only over lists, where it is worked out by itself.
            Aggregation::Consecutive(_) => Vec::new(),
        }
    }

    /// How many members surely are so, surely are not, and what the others wait for.
    fn truths(&self, op: Aggregation) -> Vec<(&'static str, String)> {
        let (counts, value) = (self.counts, format!("{} = 'true'", self.part("value")));
        let so = if op == Aggregation::All { format!("(NOT {counts} OR {value})") } else { format!("({counts} AND {value})") };
        let open = format!("{} IS NOT NULL AND {so} IS NULL", self.place);
        let (own, more) = (self.name(&format!("{counts}?")), self.part("value?"));
        let needs = format!("COALESCE(CASE WHEN {} THEN {own} END, '') || COALESCE({more}, '')", self.open());
        let needs = self.dialect.joined(&needs, self.place, &open);
        vec![("yes", count(&so)), ("no", count(&format!("NOT {so}"))), ("open", count(&open)), ("needs", needs)]
    }

    fn maybe(&self) -> String {
        count(&format!("{} IS NOT NULL AND {}", self.place, self.open()))
    }

    /// A sum, or the smallest or largest: ends over members that surely, or maybe, count.
    fn measured(&self, op: Aggregation) -> Vec<(&'static str, String)> {
        let (there, counts) = (self.there(), self.counts);
        let open = count(&format!("{there} AND ({} OR {} IS NULL)", self.open(), self.part("value")));
        let (own_low, own_high) = (self.part("low"), self.part("high"));
        let unbound = |end: &str| format!("{} > 0", count(&format!("{there} AND {end} IS NULL")));
        let sum = |end: &str, op: &str| {
            let kept = format!("CASE WHEN NOT ({there}) OR ({} AND {end} {op} 0) THEN 0 ELSE {end} END", self.open());
            format!("CASE WHEN {} THEN NULL ELSE COALESCE(SUM({kept}), 0) END", unbound(end))
        };
        let (low, high, open) = if op == Aggregation::Sum {
            (sum(&own_low, ">"), sum(&own_high, "<"), open)
        } else {
            let larger = op == Aggregation::Max;
            let (best, near, far) = if larger { ("MAX", &own_low, &own_high) } else { ("MIN", &own_high, &own_low) };
            let any = format!("{} > 0", count(counts));
            let inner = format!("CASE WHEN {any} THEN {best}(CASE WHEN {counts} THEN {near} END) END");
            let outer = format!("CASE WHEN {any} AND NOT ({}) THEN {best}(CASE WHEN {there} THEN {far} END) END", unbound(far));
            let open = format!("{open} + CASE WHEN {any} THEN 0 ELSE 1 END");
            if larger { (inner, outer, open) } else { (outer, inner, open) }
        };
        vec![("low", low), ("high", high), ("open", open), ("needs", self.needs(true))]
    }
}

/// How many members pass a test.
pub fn count(test: &str) -> String {
    format!("COUNT(CASE WHEN {test} THEN 1 END)")
}
