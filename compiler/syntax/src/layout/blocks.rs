//! Which block a brace opens and what may stand in it: enough to find where a `}` is missing.

use super::lines;
use crate::keywords::{self, Keyword};

/// Something open.
#[derive(Clone, Copy, Debug)]
pub struct Open {
    /// Where its sign stands.
    pub at: usize,
    /// A brace, else `(` or `[`.
    pub brace: bool,
    /// It is a `[`.
    pub square: bool,
    /// The keyword its statement starts with, if any.
    pub keyword: Option<&'static str>,
    /// Indentation of the line of the statement, and of the line of the brace itself.
    pub indents: (usize, usize),
    /// Start of the line the brace stands on.
    pub line: usize,
}

impl Open {
    /// Rows of a table are lines: nothing joins them.
    pub fn is_rows(&self) -> bool {
        self.brace && matches!(self.keyword, Some("kw_table" | "kw_readings" | "kw_reading" | "kw_enum" | "kw_outcomes"))
    }

    /// Steps of a scenario.
    pub fn is_scenario(&self) -> bool {
        self.brace && self.keyword == Some("kw_scenario")
    }
}

/// The keyword that a statement starts with (`in principle quota …` is a quota, `encourage duty …` a duty).
pub fn keyword_of(statement: &str) -> Option<&'static str> {
    let (length, rows) = keywords::longest_at(statement)?;
    let rows: Vec<&Keyword> = rows.collect();
    let first = rows.iter().find(|k| k.starts).or(rows.first())?;
    if first.rule == "kw_amend" {
        return keyword_of(lines::after_blanks(&statement[length..])).or(Some(first.rule));
    }
    if first.position != "strength" {
        return Some(first.rule);
    }
    let next = keywords::longest_at(lines::after_blanks(&statement[length..]));
    let declared = next.and_then(|(_, mut rows)| rows.find(|k| matches!(k.rule, "kw_quota" | "kw_duty" | "kw_column" | "kw_columns")));
    Some(declared.map_or(first.rule, |k| k.rule))
}

/// Whether a declaration may stand directly in the block of `parent` (`None`: the file).
pub fn may_stand_in(keyword: &Keyword, parent: Option<&Open>) -> bool {
    let parent = match parent {
        None => "",
        Some(open) => open.keyword.unwrap_or("?"),
    };
    match (keyword.position, keyword.rule) {
        ("file", _) => parent.is_empty(),
        ("item", _) => parent.is_empty() || parent == "kw_programme",
        ("strength", _) | (_, "kw_conditions") => matches!(parent, "kw_track" | "kw_conditions"),
        ("track", _) => matches!(parent, "kw_track" | "kw_conditions"),
        ("workflow", _) => parent == "kw_workflow",
        ("form", _) => parent == "kw_form",
        ("scenario", _) => parent == "kw_scenario",
        _ => true,
    }
}

/// A step of a scenario where its data is still open.
pub fn step_in_data(line: &str, top: Option<&Open>) -> Option<&'static Keyword> {
    top.filter(|o| matches!(o.keyword, Some("kw_given" | "kw_sent")))?;
    let (length, mut rows) = keywords::longest_at(line)?;
    let step = rows.find(|k| k.position == "scenario")?;
    let rest = lines::after_blanks(&line[length..]);
    (!rest.starts_with([':', '：', '.', '。', ','])).then_some(step)
}

/// Declarations without a block: their brace is itself the fault, and told as such.
pub fn has_no_block(open: &Open) -> bool {
    matches!(open.keyword, Some("kw_actor" | "kw_duty" | "kw_explain" | "kw_unit" | "kw_material"))
}
