//! A programme made ready once for many cases.

use crate::case::{Batch, Case};
use crate::options::Options;
use crate::refusal::Refusal;
use crate::report::{BatchReport, Report};
use prog_base::{Code, Text};
use prog_model::{Programme, Verdict};

/// A programme made ready: what is the same for every case is worked out once.
pub struct Prepared<'p> {
    /// The programme.
    pub programme: &'p Programme,
}

impl<'p> Prepared<'p> {
    /// Makes a programme ready.
    pub fn new(programme: &'p Programme) -> Self {
        Self { programme }
    }

    /// Reads a case strictly.
    pub fn read_case(&self, text: &str) -> Result<Case, Refusal> {
        let message = Text::same(text);
        Err(Refusal { code: Code("P0801"), message, help: None, offset: 0, line: 1, column: 1, pointer: String::new() })
    }

    /// Reads the lines of a batch strictly; the refusal's line is the line of the file.
    pub fn read_batch(&self, text: &str) -> Result<Batch, Refusal> {
        let message = Text::same(text);
        Err(Refusal { code: Code("P0801"), message, help: None, offset: 0, line: 1, column: 1, pointer: String::new() })
    }

    /// Evaluates one case.
    pub fn evaluate<'a>(&'a self, case: &'a Case, _options: &Options) -> Report<'a> {
        Report {
            programme: self.programme,
            track: &self.programme.track(case.track.0).ident.key,
            case_version: None,
            id: case.id.as_deref(),
            verdict: Verdict::Unknown,
            outcome: None,
            values: Vec::new(),
            findings: Vec::new(),
            later: Vec::new(),
            tags: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Evaluates a batch at a stage.
    pub fn evaluate_batch<'a>(&'a self, batch: &'a Batch, options: &Options) -> BatchReport<'a> {
        BatchReport {
            programme: self.programme,
            reports: batch.cases.iter().map(|c| self.evaluate(c, options)).collect(),
            closed: options.closed,
            stage: None,
            packages: Vec::new(),
            findings: Vec::new(),
        }
    }
}
