//! The summary of a package: every row has its case, every case its row, and what both hold agrees.

use super::package::{is_known, named};
use super::stage::StageRun;
use crate::case::{Cell, Package, Problem};
use crate::eval::eval;
use crate::messages;
use crate::report::{Finding, FindingKind, FindingStrength, Message};
use prog_model::{Citation, Document, Expr, Ident, RuleResult, Stage, Strength, Summary};
use std::borrow::Cow;

/// Findings on the summary of a package, if the stage sends one or the package brings one.
pub(crate) fn findings<'a>(run: &mut StageRun<'_, 'a>, package: &'a Package, stage: &'a Stage) -> Vec<Finding<'a>> {
    let p = run.prepared.programme;
    let sent = stage.sends.iter().find_map(|d| match d {
        Document::Summary(id) => Some(&p.summaries[id.index()]),
        Document::Form(_) | Document::Material(_) => None,
    });
    let summary = sent.or_else(|| p.summaries.first().filter(|_| package.summary.is_some()));
    let (ident, cites): (&'a Ident, &'a [Citation]) = summary.map_or((&stage.ident, &stage.cites), |s| (&s.ident, &s.cites));
    let Some(rows) = &package.summary else {
        return match sent {
            Some(_) => vec![missing(ident, cites)],
            None => Vec::new(),
        };
    };
    let mut findings = Vec::new();
    let row_case = |row: &'a [(String, Cell)]| row.iter().find(|(name, _)| name == "/case").and_then(|(_, cell)| text(cell));
    let ids: Vec<&'a str> = rows.iter().filter_map(|row| row_case(row)).collect();
    let without_row: Vec<&'a str> = package.cases.iter().map(String::as_str).filter(|id| !ids.contains(id)).collect();
    let without_case: Vec<&'a str> = ids.iter().copied().filter(|id| !package.cases.iter().any(|c| c == id)).collect();
    let mut twice: Vec<&'a str> = Vec::new();
    for (index, id) in ids.iter().enumerate() {
        if ids[..index].contains(id) && !twice.contains(id) {
            twice.push(id);
        }
    }
    for (problem, ids) in [(Problem::Missing, without_row), (Problem::Extra, without_case), (Problem::Twice, twice)] {
        if !ids.is_empty() {
            findings.push(named(FindingKind::Summary, ident, cites, problem, ids, "/summary"));
        }
    }
    for (index, row) in rows.iter().enumerate() {
        match row_case(row).and_then(|id| run.by_id.get(id).copied()) {
            Some(at) => findings.extend(summary.map(|s| disagreements(run, s, row, index, at)).unwrap_or_default()),
            None if row_case(row).is_none() => {
                let mut finding = named(FindingKind::Summary, ident, cites, Problem::Missing, vec!["case"], "");
                finding.path = Cow::Owned(format!("/summary/{index}"));
                finding.cases = Some(Vec::new());
                findings.push(finding);
            }
            None => {}
        }
    }
    findings
}

fn missing<'a>(ident: &'a Ident, cites: &'a [Citation]) -> Finding<'a> {
    let mut finding = Finding::new(FindingKind::Summary, ident, cites, FindingStrength::Rule(Strength::Complete), RuleResult::Unmet);
    finding.message = Message::Own(messages::about(messages::package(Problem::Missing), &ident.label));
    finding.problem = Some(Problem::Missing);
    finding
}

/// Columns of a row that differ from its case, or are blank though they may not be.
fn disagreements<'a>(
    run: &mut StageRun<'_, 'a>,
    summary: &'a Summary,
    row: &[(String, Cell)],
    index: usize,
    at: usize,
) -> Vec<Finding<'a>> {
    let mut findings = Vec::new();
    for (number, column) in summary.columns.iter().enumerate() {
        let pointer = summary.pointer(number);
        let cell = row.iter().find(|(at, _)| *at == pointer).map_or(&Cell::Blank, |(_, cell)| cell);
        // A difference weighs what the column says; a blank cell always leaves the summary incomplete.
        let (problem, strength) = match &column.value {
            Some(value) if differs(run, value, cell, at) => (Problem::Differs, column.strength.unwrap_or(Strength::Complete)),
            None if *cell == Cell::Blank && !column.optional => (Problem::Blank, Strength::Complete),
            Some(_) | None => continue,
        };
        let strength = FindingStrength::Rule(strength);
        let mut finding = Finding::new(FindingKind::Summary, &column.ident, &column.cites, strength, RuleResult::Unmet);
        let words = if problem == Problem::Blank { messages::field(problem) } else { messages::package(problem) };
        finding.message = Message::Own(messages::about(words, &column.ident.label));
        finding.problem = Some(problem);
        finding.path = Cow::Owned(format!("/summary/{index}{pointer}"));
        finding.cases = Some(vec![run.ids[at].clone()]);
        findings.push(finding);
    }
    findings
}

/// Whether a cell shows another value than its case; a blank cell is filled from the case.
fn differs<'a>(run: &mut StageRun<'_, 'a>, value: &'a Expr, cell: &Cell, at: usize) -> bool {
    let p = run.prepared.programme;
    let known = eval(&mut run.scenes[at], value);
    if *cell == Cell::Blank || !is_known(&known) {
        return false;
    }
    let shown = super::keys::key_text(p, &value.ty, &known);
    let written = match cell {
        Cell::Blank => None,
        Cell::Text(text) => Some(text.clone()),
        Cell::Number(n) => Some(n.to_string()),
        Cell::Bool(value) => Some(value.to_string()),
    };
    shown.is_some() && shown.as_deref() != written.as_deref()
}

fn text(cell: &Cell) -> Option<&str> {
    match cell {
        Cell::Text(text) => Some(text),
        Cell::Blank | Cell::Number(_) | Cell::Bool(_) => None,
    }
}
