//! Real cases under both versions.
//!
//! In: cases as JSON, as they were sent. Out: those whose verdict changes, with the findings that decide it. Always: a case is shown to both
//! versions as it is; what a version refuses to read is a result too.

use crate::change::Outcome;
use crate::pair::{Said, Side};
use prog_base::Text;
use prog_eval::Options;
use prog_model::Programme;
use serde_json::Value;

/// What became of all cases.
#[derive(Clone, Debug, Default)]
pub struct Impact {
    /// How many cases there were.
    pub cases: usize,
    /// Those that come out differently, in the order given.
    pub moved: Vec<Moved>,
    /// Why cases were refused under the new version, by line.
    pub refused: Vec<(usize, Text)>,
}

/// A case that comes out differently.
#[derive(Clone, Debug)]
pub struct Moved {
    /// Its line, from 1.
    pub line: usize,
    /// Its id.
    pub id: Option<String>,
    /// Whether it is worse off.
    pub loses: bool,
    /// Under the old version.
    pub before: Outcome,
    /// Under the new version.
    pub after: Outcome,
}

/// Evaluates each case under both; a line of a batch that is no case is passed over.
pub fn impact(old: &Programme, new: &Programme, lines: &[(usize, Value)]) -> Impact {
    let (old, new) = (Side::new(old), Side::new(new));
    let mut impact = Impact::default();
    for (line, value) in lines {
        let case = value.get("case").unwrap_or(value);
        if case.get("track").is_none() {
            continue;
        }
        impact.cases += 1;
        let (was, is) = (says(&old, case), says(&new, case));
        if let Err(reason) = &is {
            impact.refused.push((*line, reason.clone()));
        }
        let (was, is) = (was.unwrap_or_else(|_| Said::refused()), is.unwrap_or_else(|_| Said::refused()));
        if was.rank != is.rank {
            let outcome = |said: &Said| Outcome { word: said.rank.word(), by: said.decided() };
            let id = case.get("id").and_then(Value::as_str).map(str::to_owned);
            impact.moved.push(Moved { line: *line, id, loses: is.rank < was.rank, before: outcome(&was), after: outcome(&is) });
        }
    }
    impact
}

fn says(side: &Side<'_>, case: &Value) -> Result<Said, Text> {
    let mut case = case.clone();
    if let Some(members) = case.as_object_mut() {
        members.insert("programme".to_owned(), side.p.ident.key.clone().into());
    }
    match side.prepared.read_case(&case.to_string()) {
        Ok(read) => Ok(side.said(&side.prepared.evaluate(&read, &Options { alternatives: false, ..Options::default() }))),
        Err(refusal) => Err(refusal.message),
    }
}

impl Impact {
    /// How many are worse off, and how many better.
    pub fn totals(&self) -> (usize, usize) {
        let worse = self.moved.iter().filter(|m| m.loses).count();
        (worse, self.moved.len() - worse)
    }
}
