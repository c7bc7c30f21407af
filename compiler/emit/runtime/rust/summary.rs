//! The summary of a package: every row has its case, every case its row, and what both hold agrees.

use super::case::Problem;
use super::definition::{of_track, Column, Document, Stage, Strength, Summary};
use super::finding::{Finding, Kind, Weight};
use super::keys::key_text;
use super::lines::{Package, SummaryCell, SummaryRow};
use super::messages::{of_field, of_package};
use super::package::about_cases;
use super::stage::StageRun;
use std::borrow::Cow;

/// The id of a row's case.
fn case_of<'a>(row: &'a SummaryRow<'a>) -> Option<&'a str> {
    match row.get("/case") {
        Some(SummaryCell::Text(id)) => Some(id),
        Some(SummaryCell::Blank | SummaryCell::Number(_) | SummaryCell::Bool(_)) | None => None,
    }
}

impl<'a> StageRun<'_, 'a> {
    /// Findings on the summary of a package, if the stage sends one or the package brings one.
    pub fn summary_findings(
        &self,
        package: &'a Package<'a>,
        stage: &'static Stage,
    ) -> Vec<Finding<'a>> {
        let summaries = self.prepared.definition.summaries;
        let key = stage.sends.iter().find_map(|document| match document {
            Document::Summary(key) => Some(*key),
            Document::Form(_) | Document::Material(_) => None,
        });
        let sent = summaries.iter().find(|summary| Some(summary.key) == key);
        let Some(rows) = &package.summary else {
            return sent.map(missing).into_iter().collect();
        };
        let summary = sent.or(summaries.first());
        let of = summary.map_or_else(|| stage.ident(), Summary::ident);
        let mut findings = Vec::new();
        for (problem, cases) in misplaced(package, rows) {
            if !cases.is_empty() {
                findings.push(about_cases(Kind::Summary, of, problem, cases, "/summary"));
            }
        }
        for (index, row) in rows.iter().enumerate() {
            let path = format!("/summary/{index}");
            match case_of(row) {
                None => {
                    let named = vec![Cow::Borrowed("case")];
                    let mut found = about_cases(Kind::Summary, of, Problem::Missing, named, "");
                    found.path = Cow::Owned(path);
                    found.cases = Some(Vec::new());
                    findings.push(found);
                }
                Some(id) => {
                    if let (Some(at), Some(summary)) = (self.by_id.get(id), summary) {
                        findings.extend(self.disagreements(summary, row, &path, *at));
                    }
                }
            }
        }
        findings
    }

    /// Columns of a row that differ from its case, or are blank though they may not be.
    fn disagreements(
        &self,
        summary: &'static Summary,
        row: &'a SummaryRow<'a>,
        path: &str,
        at: usize,
    ) -> Vec<Finding<'a>> {
        let mut findings = Vec::new();
        for column in summary.columns {
            let cell = row.get(column.pointer).unwrap_or(&SummaryCell::Blank);
            // A difference weighs what the column says; a blank cell always leaves the summary incomplete.
            let (problem, words, strength) = if !column.value.is_empty() {
                if !self.differs(column, cell, at) {
                    continue;
                }
                let strength = column.strength.unwrap_or(Strength::Complete);
                (Problem::Differs, of_package(Problem::Differs), strength)
            } else if *cell == SummaryCell::Blank && !column.optional {
                (Problem::Blank, of_field(Problem::Blank), Strength::Complete)
            } else {
                continue;
            };
            let of = column.ident();
            let path = format!("{path}{}", column.pointer);
            let mut found = Finding::wrong(Kind::Summary, of, problem, words.about(of.label), path);
            found.strength = Weight::Of(strength);
            found.cases = Some(vec![self.ids[at].clone()]);
            findings.push(found);
        }
        findings
    }

    /// Whether a cell shows another value than its case; a blank cell is filled from the case.
    fn differs(&self, column: &Column, cell: &SummaryCell<'_>, at: usize) -> bool {
        let scene = &self.scenes[at];
        let Some(formula) = of_track(column.value, scene.track.track.key) else {
            return false;
        };
        let known = formula(scene);
        let written = match cell {
            SummaryCell::Blank => return false,
            SummaryCell::Text(text) => text.to_string(),
            SummaryCell::Number(n) => n.to_string(),
            SummaryCell::Bool(value) => value.to_string(),
        };
        let shown = key_text(column.shown.as_ref(), &known);
        known.is_known() && shown.is_some_and(|shown| shown != written)
    }
}

fn missing<'a>(of: &'static Summary) -> Finding<'a> {
    let words = of_package(Problem::Missing).about(of.ident().label);
    Finding::wrong(Kind::Summary, of.ident(), Problem::Missing, words, "")
}

/// Cases without a row, rows without a case, rows that stand twice.
fn misplaced<'a>(
    package: &'a Package<'a>,
    rows: &'a [SummaryRow<'a>],
) -> [(Problem, Vec<Cow<'a, str>>); 3] {
    let ids: Vec<&'a str> = rows.iter().filter_map(case_of).collect();
    let cases = package.cases.iter().map(|id| &**id);
    let without_row = cases.filter(|id| !ids.contains(id));
    let without_case = ids
        .iter()
        .filter(|id| !package.cases.iter().any(|case| case == **id));
    let mut twice: Vec<&'a str> = Vec::new();
    for (index, id) in ids.iter().enumerate() {
        if ids[..index].contains(id) && !twice.contains(id) {
            twice.push(id);
        }
    }
    [
        (Problem::Missing, without_row.map(Cow::Borrowed).collect()),
        (
            Problem::Extra,
            without_case.copied().map(Cow::Borrowed).collect(),
        ),
        (
            Problem::Twice,
            twice.into_iter().map(Cow::Borrowed).collect(),
        ),
    ]
}
