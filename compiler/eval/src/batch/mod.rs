//! Many cases at a stage: packages, quotas, decisions (semantics 3).

use crate::case::Batch;
use crate::options::Options;
use crate::prepared::Prepared;
use crate::report::BatchReport;

impl<'p> Prepared<'p> {
    /// Evaluates a batch at a stage.
    pub fn evaluate_batch<'a>(&'a self, batch: &'a Batch, options: &Options) -> BatchReport<'a> {
        BatchReport {
            programme: self.programme,
            reports: batch.cases.iter().map(|c| self.report(c, options, true)).collect(),
            closed: options.closed,
            stage: options.at.map(|s| self.programme.stages[s.index()].key.as_str()),
            packages: Vec::new(),
            findings: Vec::new(),
        }
    }
}
