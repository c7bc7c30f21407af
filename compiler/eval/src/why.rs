//! Why an expectation of a scenario did not come true: where the rule stands, and how its result came to be.
//!
//! In: a scenario's cases and report, a failed expectation. Out: a place and a tree of reasons. Always: the same evaluation as the report,
//! seen from inside.

use crate::case::{Batch, Case};
use crate::explain::{Explained, explain_some};
use crate::options::Options;
use crate::prepared::Prepared;
use crate::report::{BatchReport, Measure, QuotaFinding, Report, result_word, strength_word};
use crate::scenario::Failure;
use prog_base::{SourceMap, Span};
use prog_model::{Citation, Expectation, ExpectationKind, ExpectedStatus, Quota, RuleResult, Scenario};

/// Where the thing stands that an expectation is about, and the reasons for its result.
#[derive(Clone, Debug, Default)]
pub struct Why {
    /// The rule, quota, let or milestone.
    pub place: Option<Span>,
    /// How the result came to be.
    pub reasons: Vec<Explained>,
}

/// What a scenario gave.
pub(crate) struct Asked<'r, 'a> {
    pub prepared: &'r Prepared<'a>,
    pub batch: &'r Batch,
    pub report: &'r BatchReport<'r>,
    pub options: &'r Options,
    pub sources: &'r SourceMap,
}

pub(crate) fn why(asked: &Asked<'_, '_>, scenario: &Scenario, expectation: &Expectation, failure: &Failure) -> Why {
    let p = asked.prepared.programme;
    match &expectation.kind {
        ExpectationKind::Rule(key, _) | ExpectationKind::Value(key, _) | ExpectationKind::Tag(key) => asked.named(failure, key),
        ExpectationKind::Note(key) | ExpectationKind::Finding(key, _) => match p.quotas.iter().find(|q| q.ident.key == *key) {
            Some(quota) => asked.quota(quota),
            None => asked.named(failure, key),
        },
        ExpectationKind::Verdict(_) | ExpectationKind::Outcome(_) => asked.deciding(failure),
        ExpectationKind::Quota(id, _) => asked.quota(&p.quotas[id.index()]),
        ExpectationKind::Package(_) => {
            let breached =
                |q: &&Quota| scenario.at.is_none_or(|at| q.at == Some(at)) && asked.groups(q).any(|f| f.result != RuleResult::Met);
            p.quotas.iter().find(breached).map(|q| asked.quota(q)).unwrap_or_default()
        }
        ExpectationKind::Material(key, _) => {
            Why { place: p.materials.iter().find(|m| m.ident.key == *key).map(|m| m.ident.span), reasons: Vec::new() }
        }
        ExpectationKind::Status(status) => {
            let stage = p.stages.iter().find(|s| matches!(status, ExpectedStatus::At(key) if s.key == *key));
            Why { place: stage.map(|s| s.span), reasons: Vec::new() }
        }
        ExpectationKind::Order(id, _) | ExpectationKind::Place(id, _) | ExpectationKind::Given(id, _) => {
            Why { place: Some(p.selections[id.index()].ident.span), reasons: Vec::new() }
        }
        ExpectationKind::Target(block, key, _) => {
            let indicator = p.targets[*block].indicators.iter().find(|i| i.ident.key == *key);
            Why { place: indicator.map(|i| i.ident.span), reasons: Vec::new() }
        }
    }
}

impl Asked<'_, '_> {
    /// The case that an expectation failed for, else the first.
    fn case(&self, failure: &Failure) -> Option<(&Case, &Report<'_>)> {
        let at = self.report.reports.iter().position(|r| failure.case.is_none() || r.id.map(str::to_owned) == failure.case)?;
        Some((self.batch.cases.get(at)?, &self.report.reports[at]))
    }

    /// A rule or let of the case.
    fn named(&self, failure: &Failure, key: &str) -> Why {
        let Some((case, report)) = self.case(failure) else { return Why::default() };
        let track = self.prepared.programme.tracks.iter().find(|t| t.ident.key == report.track);
        let rule = track.and_then(|t| t.rules.iter().find(|r| r.ident.key == key)).map(|r| r.ident.span);
        let named = track.and_then(|t| t.lets.iter().find(|l| l.ident.key == key)).map(|l| l.ident.span);
        Why { place: rule.or(named), reasons: explain_some(self.prepared, case, self.options, self.sources, |k| k == key) }
    }

    /// Whatever keeps the case from being accepted.
    fn deciding(&self, failure: &Failure) -> Why {
        let Some((case, report)) = self.case(failure) else { return Why::default() };
        let keys: Vec<&str> = report
            .findings
            .iter()
            .filter(|f| !matches!(f.result, RuleResult::Met | RuleResult::NotApplicable | RuleResult::NotYetDue))
            .map(|f| f.ident.key.as_str())
            .collect();
        let place = report.findings.iter().find(|f| keys.contains(&f.ident.key.as_str())).map(|f| f.ident.span);
        Why { place, reasons: explain_some(self.prepared, case, self.options, self.sources, |k| keys.contains(&k)) }
    }

    fn groups<'s>(&'s self, quota: &'s Quota) -> impl Iterator<Item = &'s QuotaFinding<'s>> {
        self.report.findings.iter().filter(|f| f.ident.key == quota.ident.key)
    }

    /// What each group that holds cases counted.
    fn quota(&self, quota: &Quota) -> Why {
        let filled = self.groups(quota).filter(|f| !f.members.is_empty());
        Why { place: Some(quota.ident.span), reasons: filled.map(|f| self.group(quota, f)).collect() }
    }

    fn group(&self, quota: &Quota, finding: &QuotaFinding<'_>) -> Explained {
        let key = finding.key.iter().map(|(_, value)| value.as_ref()).collect::<Vec<_>>().join(" ");
        let counted = match &finding.measure {
            Measure::Value(value, ty) => self.shown(value, ty),
            Measure::Share(part, base) => format!("{part} / {base}"),
            Measure::Bounds(..) | Measure::None => String::new(),
        };
        let members = finding.members.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(", ");
        let written = self.sources.slice(quota.test.span).split_whitespace().collect::<Vec<_>>().join(" ");
        Explained {
            what: format!("{} {} {key}", strength_word(finding.strength), finding.ident.name).trim().to_owned(),
            value: result_word(finding.result).to_owned(),
            clauses: self.clauses(finding.cites),
            place: self.place(quota.ident.span),
            parts: vec![
                self.leaf(written, counted, quota.test.span),
                self.leaf(members, finding.members.len().to_string(), quota.test.span),
            ],
        }
    }

    fn shown(&self, value: &prog_base::Exact, ty: &prog_model::NumberType) -> String {
        crate::json::number(self.prepared.programme, value, ty).0
    }

    fn leaf(&self, what: String, value: String, span: Span) -> Explained {
        Explained { what, value, clauses: Vec::new(), place: self.place(span), parts: Vec::new() }
    }

    fn clauses(&self, cites: &[Citation]) -> Vec<String> {
        self.prepared.programme.addresses(cites).into_iter().map(str::to_owned).collect()
    }

    fn place(&self, span: Span) -> String {
        let source = self.sources.get(span.file);
        let position = source.position(span.start as usize);
        format!("{}:{}:{}", source.path, position.line, position.column)
    }
}
